# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Judges what was read of clusters: which states are usable, which lead nowhere.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    WaitError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

#: A wait for a usable cluster ends here. Abnormal clusters may work and may recover; that is for
#: the user to judge.
USABLE = frozenset({"running", "abnormal"})
#: Nothing needs to be done to get rid of a cluster in one of these.
LEAVING = frozenset({"failed", "terminating", "terminated"})
#: From these a cluster never becomes usable, or only by something outside this API.
HOPELESS = {
    "failed": (
        "The service removes a failed cluster by itself. Remove the cause, then create it again "
        "(option recreate of mrs_cluster)."
    ),
    "frozen": (
        "The cluster is frozen because the account has unpaid bills. Pay them, then run the task "
        "again."
    ),
    "terminating": "The cluster is being deleted.",
    "terminated": "The cluster was deleted.",
}


class Found(t.NamedTuple):
    """The clusters of one name.

    C(cluster) is the one that counts: the living one, else the one being deleted, else the newest
    failed one. C(terminated) are those of the past, newest first.
    """

    cluster: Cluster | None = None
    terminated: tuple[Cluster, ...] = ()
    ids: frozenset[str] = frozenset()


def with_state(cluster: Cluster, state: str) -> Cluster:
    """The cluster as it was, in another state."""
    return cluster._replace(state=state, stage=None, error=None)


def check_hope(cluster: Cluster) -> None:
    """:raises WaitError: the cluster is in a state from which it never becomes usable."""
    if cluster.state in HOPELESS:
        raise hopeless(cluster)


def check_there(cluster: Cluster | None, identity: str) -> None:
    """:raises WaitError: the cluster is not there any more, or never becomes usable."""
    if cluster is None:
        raise WaitError(f"Cluster {identity} is gone: the service does not know it any more.")
    check_hope(cluster)


def hopeless(cluster: Cluster, what: str = "is") -> MrsError:
    """The error that tells state, stage and the service's reason."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import explain

    reason = cluster.error or cluster.stage
    hint = " ".join(filter(None, (explain(reason), HOPELESS.get(cluster.state))))
    error = WaitError(f"Cluster {cluster.title} {what} {cluster.description}.", hint=hint or None)
    error.reason = reason
    return error


def is_usable(cluster: Cluster, or_in: t.Collection[str] = ()) -> bool:
    """:raises WaitError: it never will be. C(or_in): further states that end the wait."""
    if cluster.state in or_in:
        return True
    check_hope(cluster)
    return is_settled(cluster)


def is_settled(cluster: Cluster) -> bool:
    """It works, and no nodes come or go."""
    return cluster.state in USABLE and not cluster.scaling


def not_now(cluster: Cluster, what: str) -> WaitError:
    """What is to be done or judged has to wait, and the task shall not."""
    return WaitError(
        f"Cluster {cluster.title} is {cluster.description}: {what}.",
        hint="With wait: true the task waits for it.",
    )
