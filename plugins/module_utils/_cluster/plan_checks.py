# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What may be wrong with a plan for a cluster, before anything of it is done. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    DifferenceError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Change,
    Plan,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
    ChangeTags,
    Create,
    Delete,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import counted
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_doubts,
    creation_request,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Submit
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
        ClusterChange,
        Current,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


def checked(plan: Plan, desired: DesiredCluster, current: Current, *, wait: bool) -> Plan:
    """The plan, with warnings of what the service may refuse.

    :raises OptionError: a new cluster lacks something, or this cloud refuses something.
    :raises DifferenceError: a cluster would go for one that the service may refuse.
    """
    doubts: list[str] = []
    for change in plan.changes:
        if isinstance(change, Create):
            creation_request(desired._replace(name=change.name or None), current.region)
            _check_job_now(desired, wait)
        doubts += _doubts(desired, change, current)
    _check_successor(desired, current, plan, doubts)
    if plan.before:
        limits.check_tags(plan.before["tags"], plan.after["tags"])
        limits.check_nodes(plan.before["node_counts"], plan.after["node_counts"], "node_groups")
    return plan._replace(warnings=tuple(dict.fromkeys((*plan.warnings, *doubts))))


def _check_successor(
    desired: DesiredCluster, current: Current, plan: Plan, doubts: t.Sequence[str]
) -> None:
    """What is deleted is lost, so it stays where its successor may be refused.

    C(validate) false takes the risk.

    :raises DifferenceError: it may be.
    """
    gone = [change.cluster.title for change in plan.changes if isinstance(change, Delete)]
    if not gone or not desired.given["validate"]:
        return
    found = list(doubts)
    if desired.jobs and current.cloud != limits.HUAWEI:
        found.append("jobs: this cloud may not serve the call that creates a cluster with jobs.")
    if found:
        raise DifferenceError(
            f"Cluster {gone[0]} is not deleted, since the service may refuse the new cluster: "
            f"{' '.join(found)}",
            hint="Nothing was changed. Correct these options, or set validate: false to take the "
            "risk.",
        )


def _check_job_now(desired: DesiredCluster, wait: bool) -> None:
    """:raises OptionError: the job waits for the new cluster, but the task shall not."""
    if desired.all_jobs and not wait and not desired.creates_with_job:
        raise OptionError(
            "wait",
            f"a cluster of {desired.version} must be running before it takes a job, so the task "
            "must wait for that",
        )


def _doubts(desired: DesiredCluster, change: Change, current: Current) -> list[str]:
    """What the service may refuse of a change."""
    cloud = current.cloud
    if isinstance(change, Create):
        return creation_doubts(desired, cloud)
    if isinstance(change, ChangeTags):
        return limits.warnings(limits.CLUSTER, {"tags": change.set}, cloud)
    cluster = current.found.cluster
    if isinstance(change, Submit) and cluster:
        jobs = [job for job in desired.all_jobs if job.name == change.name]
        api = desired.job_api(cluster.version, cluster.safe_mode)
        return [doubt for job in jobs for doubt in job.doubts(cloud, job.place, api)]
    return []


def check_now(
    desired: DesiredCluster,
    cluster: Cluster,
    changes: t.Sequence[ClusterChange],
    steps: t.Sequence[Change],
) -> None:
    """:raises WaitError: changes can be made, or nodes be counted, only after a wait.

    C(steps): what the service does one after the other.
    """
    if len(steps) > 1:
        what = (
            "groups of nodes are scaled one after the other, so both changes cannot be requested "
            "now"
        )
        if not all(change.action["action"] in ("scale_out", "scale_in") for change in steps):
            what = (
                "it cannot be scaled while components are added, so both changes cannot be "
                "requested now"
            )
        raise cluster_state.not_now(cluster, what)
    if cluster_state.is_usable(cluster):
        return
    if cluster.scaling and counted(desired, cluster):
        raise cluster_state.not_now(cluster, "the number of its nodes cannot be compared now")
    if changes:
        actions = ", ".join(dict.fromkeys(str(change.action["action"]) for change in changes))
        raise cluster_state.not_now(cluster, f"{actions} cannot be requested now")
