# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What became of the jobs that a cluster is to run, also on one that is gone.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.look import executions_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import execution_that_counts
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.look import Target
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import Current
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


#: Seconds after a creation in which another one of the same name is more likely the same request
#: than a new wish.
SOON = 3600.0


def with_jobs(context: Context, target: Target, current: Current) -> Current:
    """C(current) with the executions of the wanted jobs."""
    found, desired = current.found, target.desired
    cluster = found.cluster
    if cluster and cluster.state in cluster_state.USABLE:
        current = current._replace(executions=_executions_on(context, desired, cluster))
    elif desired.shuts_down and not target.created:
        current = current._replace(finished=_finished(context, target, found))
    if desired.shuts_down and not target.followed:
        _warn_of_second_cluster(context, desired, found)
    return current


def _executions_on(
    context: Context, desired: DesiredCluster, cluster: Cluster
) -> tuple[JobExecution, ...]:
    """The executions of the wanted jobs."""
    found = [executions_of(context, cluster.id, job) for job in desired.all_jobs]
    return tuple(execution for executions in found for execution in executions)


def _warn_of_second_cluster(context: Context, desired: DesiredCluster, found: Found) -> None:
    """Warn of a second cluster that runs the same job.

    A creation that is delivered again when its cluster is gone makes another one.
    """
    job = next((job for job in desired.all_jobs if job.rerun != "always"), None)
    if job is None:
        return
    clusters = [*filter(None, [found.cluster]), *found.terminated][:2]
    if len(clusters) < 2 or not _is_soon(*clusters):
        return
    later, older = clusters
    ran = _success_on(context, older, job)
    if ran:
        context.warn(
            f"Cluster {later.title} was created shortly after {older.id}, on which job "
            f"{ran.title} has succeeded. A request may have been delivered twice, or somebody "
            "created it by hand. Look at the output of both; where the cluster does not shut down "
            "by itself, delete it: mrs_cluster with state: absent."
        )


def _success_on(context: Context, cluster: Cluster, job: DesiredJob) -> JobExecution | None:
    """The execution of the job that has succeeded on a cluster that is gone."""
    found = context.client.jobs.executions(cluster.id, job.name)
    there = [each.ended_with_its_cluster() for each in found]
    return next((each for each in there if job.is_run_by(each) and each.succeeded), None)


def _is_soon(later: Cluster, older: Cluster) -> bool:
    moments = [
        datetime.fromisoformat(each.created_at) for each in (later, older) if each.created_at
    ]
    return len(moments) == 2 and (moments[0] - moments[1]).total_seconds() <= SOON


def _finished(context: Context, target: Target, found: Found) -> tuple[JobExecution, ...]:
    """The wanted jobs, as they ran on a cluster of this name that it then shut down."""
    for cluster in _last_ones(found):
        ended = [_outlived(context, job, cluster) for job in target.desired.all_jobs]
        there = tuple(filter(None, ended))
        if len(there) == len(ended):
            context.results["cluster"] = cluster.result()
            shown = [execution.result() for execution in there]
            if target.desired.jobs:
                context.results["job_executions"] = shown
            else:
                context.results["job_execution"] = shown[0]
            return there
        _warn_of_repeated(context, cluster, [each for each in there if each.succeeded])
    return ()


def _last_ones(found: Found) -> list[Cluster]:
    """Those that are going or gone, of the time when the last one was created."""
    past = list(found.terminated)
    if found.cluster and found.cluster.state == "terminating":
        past.insert(0, found.cluster)
    return [cluster for cluster in past if cluster.created_at == past[0].created_at]


def _warn_of_repeated(
    context: Context, cluster: Cluster, succeeded: t.Sequence[JobExecution]
) -> None:
    """One request creates a cluster with all of its jobs."""
    if succeeded:
        jobs = ", ".join(each.title for each in succeeded)
        context.warn(
            f"A new cluster runs all its jobs, since not all of them have succeeded on cluster "
            f"{cluster.title}. These have succeeded, and run again: {jobs}. Remove a job from the "
            "option jobs if it must not run again."
        )


def _outlived(context: Context, job: DesiredJob, cluster: Cluster) -> JobExecution | None:
    """The wanted job on a cluster that is going or gone, judged by its end."""
    if job.rerun == "always":
        return None
    executions: t.Sequence[JobExecution] = _records(context, job, cluster)
    if cluster.state == "terminated":
        executions = [each.ended_with_its_cluster() for each in executions]
    there = execution_that_counts(job, executions)
    if there is None or not there.has_ended:
        return None
    return there


def _records(context: Context, job: DesiredJob, cluster: Cluster) -> list[JobExecution]:
    """:raises MrsError: nobody can tell any more whether the job ran on it."""
    try:
        return context.client.jobs.executions(cluster.id, job.name)
    except ServiceError as error:
        if context.client.jobs.api(cluster.id) != V2:
            raise
        raise MrsError(
            f"Whether job {job.name} ran on cluster {cluster.title}, which is {cluster.state}, "
            f"cannot be read: {error.reason or error.message}",
            hint=(
                "Look at its output. To run it on a new cluster, give another name, or "
                f"{job.place}rerun: always."
            ),
        ) from error
