# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what is there of a transient job to what is to do. Pure: no request, no clock.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan, View
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Delete
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.delete_plan import (
    plan_absent,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.differences import (
    differences,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    Current,
    plan_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Submit
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    DesiredTransientJob,
    Seen,
    Situation,
)


def plan_run(
    wanted: DesiredTransientJob, desired: DesiredCluster, current: Situation, region: str | None
) -> Plan:
    """What is in the way goes, then comes the cluster, its jobs, and the end of the cluster.

    :raises MrsError: the cluster cannot be created, or is there and differs in what cannot be
        changed.
    """
    drops = [Delete(each.cluster) for each in current.leftovers]
    of_cluster = plan_own_cluster(desired, current, region)
    jobs = [Submit(job.name) for job in wanted.to_begin(current)]
    changes = [*drops, *of_cluster.changes, *jobs]
    if current.own and not has_to_go(desired, current):
        changes.append(Delete(current.own.cluster))
    return Plan(tuple(changes), before=of_cluster.before or _view_of_last(current.leftovers))


def _view_of_last(leftovers: t.Sequence[Seen]) -> View:
    """What a cluster of another run is, where there is none of this run."""
    left = Found(leftovers[-1].cluster) if leftovers else Found()
    return plan_absent(Current(left)).before


def plan_own_cluster(desired: DesiredCluster, current: Situation, region: str | None) -> Plan:
    """What the cluster needs before the jobs.

    :raises MrsError: as C(plan_run).
    """
    own = Found(current.own.cluster) if current.own else Found()
    before = plan_absent(Current(own)).before
    if not current.missing:
        return Plan(before=before)
    creation = plan_cluster(desired, Current(Found(), region=region), wait=True)
    if current.own is None:
        return creation
    if has_to_go(desired, current):
        return Plan((Delete(current.own.cluster), *creation.changes), before=before)
    there = Current(own, running=tuple(current.own.running), region=region)
    return plan_cluster(desired, there, wait=True)


def has_to_go(desired: DesiredCluster, current: Situation) -> bool:
    """The cluster of this run has to make room for one as it is wanted now.

    Not while a job runs on it.
    """
    own = current.own
    if own is None or own.running or not current.missing:
        return False
    return bool(differences(desired, own.cluster))
