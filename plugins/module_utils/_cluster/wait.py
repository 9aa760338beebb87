# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waits until a cluster is usable, or says at once why it never will be.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OvertakenError,
    ServiceError,
    WaitError,
    waiting_after,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import (
    LEAVING,
    is_usable,
    not_now,
    with_state,
)


def until_usable(context: Context, cluster: Cluster) -> Cluster:
    """The cluster once it is running and no longer scaling.

    :raises WaitError: it cannot become usable any more; carries the service's reason.
    """
    if is_usable(cluster):
        return cluster
    return follow(context, cluster, is_usable)


@contextlib.contextmanager
def for_another_state(context: Context, cluster: Cluster, what: str) -> t.Iterator[None]:
    """Where the service refuses a change for the state of the cluster, wait for another one.

    :param what: what cannot be done now, for the error.
    :raises OvertakenError: it is in another state now. Look and plan again.
    :raises WaitError: it never will be, or the task does not wait.
    :raises ServiceError: the refusal, where the cluster looks usable and does not change.
    """
    try:
        yield
    except ServiceError as error:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import (
            is_about_state,
        )

        if not is_about_state(error.code, error.status):
            raise
        with waiting_after(error):
            is_another = _until_another_state(context, cluster, what, error)
        if not is_another:
            raise
        raise OvertakenError(f"Cluster {cluster.title} is busy.") from error


def _until_another_state(
    context: Context, cluster: Cluster, what: str, refused: ServiceError
) -> bool:
    """False: it is as it was, and nothing speaks against it."""
    seen = reader(context, cluster)()
    if is_usable(seen) and context.wait:
        seen = watch(context, cluster, lambda now: _has_changed(cluster, now))
        return _has_changed(cluster, seen)
    if is_usable(seen):
        return False
    if not context.wait:
        error = not_now(seen, what)
        error.tell_answer_of(refused)
        raise error from refused
    _until_usable_anew(context, cluster)
    return True


def _until_usable_anew(context: Context, cluster: Cluster) -> None:
    """The cluster is usable again.

    As it was before, it may be shown by a copy that is behind, so that counts once it stays.
    """
    unchanged = context.lasting()

    def is_over(seen: Cluster) -> bool:
        if not is_usable(seen):
            unchanged.ends()
            return False
        return _has_changed(cluster, seen) or unchanged.stays()

    follow(context, cluster, is_over)


def _has_changed(before: Cluster, now: Cluster) -> bool:
    """Not in what is worded in another way in lists."""
    told = [
        (each.state, each.scaling, each.counts, each.updated_at, each.components)
        for each in (before, now)
    ]
    return told[0] != told[1]


def until_gone(context: Context, cluster: Cluster) -> None:
    """Wait until the cluster is terminated, or the service has forgotten it (4.5: both happen)."""
    follow(context, cluster, lambda seen: seen.state in ("terminated", "failed"), gone="terminated")


def follow(
    context: Context,
    cluster: Cluster,
    done: t.Callable[[Cluster], bool],
    *,
    gone: str | None = None,
) -> Cluster:
    """Read the cluster until C(done).

    :param gone: what it counts as when the service has forgotten it.
    """
    read = reader(context, cluster, gone=gone)
    return context.waiter.until(
        f"cluster {cluster.title}", read, done, lambda seen: seen.description
    )


def reader(
    context: Context, cluster: Cluster, *, gone: str | None = None
) -> t.Callable[[], Cluster]:
    """What reads the cluster anew, into the result as well.

    One that the service does not know is gone only if that stays so: the answer may come from a
    copy that is behind.
    """
    last, unknown = cluster, context.lasting()

    def read() -> Cluster:
        nonlocal last
        seen = context.client.cluster(cluster.id)
        if seen is None and gone is None:
            if unknown.stays() or not context.wait:
                raise WaitError(
                    f"Cluster {cluster.title} is gone: the service does not know it any more."
                )
            return last
        unknown.ends()
        last = seen or with_state(cluster, gone or "")
        context.results["cluster"] = last.result()
        return last

    return read


def watch(
    context: Context,
    cluster: Cluster,
    shows: t.Callable[[Cluster], bool],
    *,
    gone: str | None = None,
) -> Cluster:
    """The cluster once it C(shows) what is expected, or as it is when the time for that is over."""
    read = reader(context, cluster, gone=gone)
    return context.until_shown(
        f"cluster {cluster.title}", read, shows, lambda seen: seen.description
    )


def until_leaving(context: Context, cluster: Cluster) -> Cluster:
    """The cluster when its deletion shows, or has not shown for long enough (service_v1 Q33)."""
    return watch(context, cluster, lambda seen: seen.state in LEAVING, gone="terminated")


def until_deletable(context: Context, cluster: Cluster) -> Cluster:
    """The cluster once the service would delete it (service_v1 2.2).

    The service refuses while a cluster starts or scales.
    """

    def deletable(seen: Cluster) -> bool:
        if seen.state in LEAVING:
            return True
        return seen.state != "starting" and not seen.scaling

    if deletable(cluster):
        return cluster
    return follow(context, cluster, deletable, gone="terminated")
