# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waits until a cluster is usable, or says at once why it never will be.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import MrsError, WaitError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._run import Work

#: A wait for a usable cluster ends here. Abnormal clusters may work and may recover; that is for the user to judge.
USABLE = frozenset({"running", "abnormal"})
#: Nothing needs to be done to get rid of a cluster in one of these.
LEAVING = frozenset({"failed", "terminating", "terminated"})
#: From these a cluster never becomes usable, or only by something outside this API.
HOPELESS = {
    "failed": "The service removes a failed cluster by itself. Mend the cause, then create it anew (option recreate).",
    "frozen": "Clusters are frozen for lack of payment. Settle the account, then run the task again.",
    "terminating": "The cluster is being deleted.",
    "terminated": "The cluster was deleted.",
}


def until_usable(work: Work, cluster: Cluster) -> Cluster:
    """The cluster once it is running and no longer scaling.

    :raises WaitError: it cannot become usable any more; carries the service's reason.
    """
    if is_usable(cluster):
        return cluster
    return follow(work, cluster, is_usable)


def until_gone(work: Work, cluster: Cluster) -> None:
    """Wait until the cluster is terminated, or the service has forgotten it (4.5: both happen)."""
    follow(work, cluster, lambda seen: seen.state in ("terminated", "failed"), gone="terminated")


def follow(
    work: Work,
    cluster: Cluster,
    done: t.Callable[[Cluster], bool],
    *,
    gone: str | None = None,
    limit: float | None = None,
) -> Cluster:
    """Read the cluster until C(done). C(gone): what it counts as when the service has forgotten it."""
    from_id = cluster.id

    def read() -> Cluster:
        seen = work.client.cluster(from_id)
        if seen is None and gone is None:
            raise WaitError(f"Cluster {cluster.title} is gone: the service does not know it any more.")
        seen = seen or with_state(cluster, gone or "")
        work.results["cluster"] = seen.result()
        return seen

    return work.waiter.until(f"cluster {cluster.title}", read, done, lambda seen: seen.told, limit=limit)


def watch(
    work: Work, cluster: Cluster, done: t.Callable[[Cluster], bool], seconds: float, *, gone: str | None = None
) -> Cluster:
    """The cluster once C(done), or as it is after so many C(seconds)."""
    started = work.waiter.elapsed()
    return follow(work, cluster, lambda seen: done(seen) or work.waiter.elapsed() - started >= seconds, gone=gone)


def until_leaving(work: Work, cluster: Cluster) -> Cluster:
    """The cluster as it is when its deletion shows, or when it has not for long enough (quirk Q33)."""
    return watch(work, cluster, lambda seen: seen.state in LEAVING, work.patience, gone="terminated")


def with_state(cluster: Cluster, state: str) -> Cluster:
    """The cluster as it was, in another state."""
    return cluster._replace(state=state, stage=None, error=None)


def until_deletable(work: Work, cluster: Cluster) -> Cluster:
    """The cluster once the service would delete it (2.2): it refuses while one starts or scales."""

    def deletable(seen: Cluster) -> bool:
        return seen.state in LEAVING or not (seen.state == "starting" or seen.scaling)

    return cluster if deletable(cluster) else follow(work, cluster, deletable, gone="terminated")


def check_hope(cluster: Cluster) -> None:
    """:raises WaitError: the cluster is in a state from which it never becomes usable."""
    if cluster.state in HOPELESS:
        raise hopeless(cluster)


def check_there(cluster: Cluster | None, identity: str) -> None:
    """:raises WaitError: the cluster that was read is not there any more, or never becomes usable."""
    if cluster is None:
        raise WaitError(f"Cluster {identity} is gone: the service does not know it any more.")
    check_hope(cluster)


def hopeless(cluster: Cluster, what: str = "is") -> MrsError:
    """The error that tells state, stage and the service's reason."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._codes import explain

    reason = cluster.error or cluster.stage
    hint = " ".join(filter(None, (explain(reason), HOPELESS.get(cluster.state))))
    error = WaitError(f"Cluster {cluster.title} {what} {cluster.told}.", hint=hint or None)
    error.reason = reason
    return error


def is_usable(cluster: Cluster, or_in: t.Collection[str] = ()) -> bool:
    """:raises WaitError: it never will be. C(or_in): further states that end the wait."""
    if cluster.state in or_in:
        return True
    check_hope(cluster)
    return cluster.state in USABLE and not cluster.scaling
