# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Node counts: from wanted numbers to the service's deltas, one group after the other.

Shared by M(huaweicloud.mrs.mrs_cluster) and M(huaweicloud.mrs.mrs_cluster_scale). The calls are in
service_v1 4.4 and service_v2 5.1; the cluster is looked at by API v1.1 whichever resizes it.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import (
    is_about_state,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OvertakenError,
    ServiceError,
    WaitError,
    waiting_after,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import (
    Resize,
    overshot,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

#: How many polls a finished resize may still show the old number.
LATE_POLLS = 3


def send(context: Context, cluster: Cluster, resize: Resize) -> None:
    """Ask for the resize.

    :raises OvertakenError: the cluster is not as it was: look and plan again.
    """
    while not _is_taken(context, cluster, resize):
        pass


def _is_taken(context: Context, cluster: Cluster, resize: Resize) -> bool:
    """Ask once.

    False where the service refuses for the state of the cluster, which has not changed for a while.
    """
    try:
        return act_once(context, _call(context, cluster, resize))
    except ServiceError as error:
        if not context.wait or not is_about_state(error.code, error.status):
            raise
        with waiting_after(error):
            seen = _until_changed(context, cluster)
    if _has_changed(cluster, seen):
        raise OvertakenError(f"Cluster {cluster.title} changed before it was resized.")
    return False


def _call(context: Context, cluster: Cluster, resize: Resize) -> Call[bool, Cluster]:
    """A resize is only asked for while the cluster is as it was.

    The old state may still show for a moment after a resize was accepted (service_v1 Q33). The
    service takes one resize at a time (12000018), so asking again later does not do it twice.
    """

    def still_due() -> bool:
        return not _has_changed(cluster, context.client.cluster(cluster.id))

    def ask() -> bool:
        with context.alone("cluster", cluster.id):
            if not still_due():
                raise OvertakenError(f"Cluster {cluster.title} changed before it was resized.")
            _ask(context, cluster, resize, still_due)
        return True

    def judge(seen: Cluster) -> bool | Verdict:
        if _is_resized(cluster, seen, resize.group):
            return True
        return Verdict.OVERTAKEN if _has_changed(cluster, seen) else Verdict.OPEN

    read, names = cluster_wait.reader(context, cluster), ("cluster", cluster.id)
    return Call(
        f"cluster {cluster.title}",
        ask,
        read,
        judge,
        lambda seen: seen.description,
        again=True,
        names=names,
    )


def _ask(
    context: Context, cluster: Cluster, resize: Resize, still_due: t.Callable[[], bool]
) -> None:
    if resize.api == V1:
        context.client.resize_cluster(cluster, resize.parameters(), still_due)
        return
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import clusters_v2

    how: t.Literal["expand", "shrink"] = "expand" if resize.outwards else "shrink"
    clusters_v2.resize(context.client, cluster, how, resize.body(), still_due)


def _has_changed(before: Cluster, now: Cluster | None) -> bool:
    """Something happened to the cluster since it was read."""
    if now is None:
        return True
    told = [(seen.state, seen.counts, seen.scaling, seen.updated_at) for seen in (before, now)]
    return told[0] != told[1]


def _is_resized(before: Cluster, now: Cluster, group: str) -> bool:
    """A resize of the group was accepted since the cluster was read.

    Another change, such as a deletion, does not mean that.
    """
    if now.scaling:
        return True
    if now.node_groups and now.counts.get(group) != before.counts.get(group):
        return True
    return now.scale_state == "scaling-error" and now.updated_at != before.updated_at


def _until_changed(context: Context, cluster: Cluster) -> Cluster:
    """The cluster once it has changed, or as it is when the time for looking is over."""
    return cluster_wait.watch(context, cluster, lambda seen: _has_changed(cluster, seen))


class _Course:
    """Judges what is seen of one resize, from the request on."""

    def __init__(self, before: Cluster, resize: Resize) -> None:
        self._before, self._resize = before, resize
        self._seen_scaling = False
        self._late = 0

    def is_over(self, seen: Cluster) -> bool:
        """:raises WaitError: it failed.

        The state alone does not tell (service_v1 Q32): C(scale) and the count do.
        """
        cluster_state.check_hope(seen)
        count = seen.counts.get(self._resize.group)
        if count is None:
            return False
        if seen.scaling:
            self._seen_scaling = True
            return False
        is_usable = seen.state in cluster_state.USABLE
        if is_usable and count == self._resize.after:
            return True
        has_failed = seen.scale_state == "scaling-error" and self._is_news(seen)
        if has_failed or (is_usable and self._is_too_late(count)):
            raise self._failed(seen, count)
        return False

    def _is_too_late(self, count: int) -> bool:
        """It is over by its state, and other nodes are there for too long."""
        is_beyond = self._resize.outwards and count > self._resize.after
        if self._seen_scaling or is_beyond:
            self._late += 1
        return self._late >= LATE_POLLS

    def _is_news(self, seen: Cluster) -> bool:
        """The error is of this resize, not of one before it."""
        was = (self._before.scale_state, self._before.updated_at, self._before.stage)
        return self._seen_scaling or was != (seen.scale_state, seen.updated_at, seen.stage)

    def _failed(self, seen: Cluster, count: int) -> WaitError:
        resize = self._resize
        if resize.outwards and count > resize.after:
            return overshot(
                seen.title, resize.group, first=resize.before, wanted=resize.after, now=count
            )
        error = cluster_state.hopeless(
            seen,
            f"was to have {resize.after} {resize.group} nodes, has {count} (before: "
            f"{resize.before}), and is",
        )
        error.hint = (
            error.hint or "Look at the cluster's log in the console, then run the task again."
        )
        return t.cast(WaitError, error)


def finish(context: Context, cluster: Cluster, resize: Resize) -> Cluster:
    """Wait for the end of a resize: the count is reached and nothing is scaling any more.

    :raises WaitError: it failed; carries the service's reason.
    """
    return cluster_wait.follow(context, cluster, _Course(cluster, resize).is_over)
