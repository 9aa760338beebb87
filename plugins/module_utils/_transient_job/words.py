# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run says of other runs, and of the time that there is.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    NO_RUN,
    DesiredTransientJob,
    Seen,
    Situation,
)

#: A creation takes 10 to 20 minutes. With fewer seconds than this for all, a warning is due.
SHORT_RUNTIME = 600


def describe_leftover(seen: Seen) -> str:
    """Names a cluster of another run, and what goes on there."""
    state = f"{seen.cluster.description}, made {seen.cluster.created_at}"
    return f"{_title(seen)} is left over ({state}; jobs: {_jobs(seen)})."


def describe_end(seen: Seen) -> str:
    """Tells that such a cluster was deleted."""
    return f"{_title(seen)} was deleted (jobs: {_jobs(seen)})."


def describe_unbegun(wanted: DesiredTransientJob, seen: Seen) -> str:
    """What of another run was never begun, as far as it can be known: its list of jobs is not."""
    begun = {each.name for each in seen.executions}
    names = ", ".join(job.name for job in wanted.jobs if job.name not in begun)
    never = "It started all jobs of transient_job_jobs"
    if names:
        never = f"Of transient_job_jobs it did not start {names}"
    return f"{never}; whether it had other jobs is not known."


def describe_recent(seen: Seen) -> str:
    """What an earlier run did, for those who start a new one without an identity."""
    done = _jobs(seen)
    if seen.unread and not seen.executions:
        done = f"not readable: {seen.unread}"
    return (
        f"An earlier run ended at {seen.cluster.updated_at} with cluster {seen.cluster.title} "
        f"(jobs: {done}). This is a new run. Set transient_job_run to run nothing twice."
    )


def shortest_creation(seen: t.Sequence[Seen]) -> float | None:
    """Seconds that the quickest creation of a cluster of this name has taken."""
    return min(filter(None, (_creation(each.cluster) for each in seen)), default=None)


def check_time(wanted: DesiredTransientJob, took: float | None, situation: Situation) -> None:
    """:raises OptionError: a creation of this cluster has never been so quick."""
    limit = wanted.max_runtime
    if situation.needs_cluster and took and limit < took:
        problem = (
            f"{limit} s are too few: each earlier creation of this cluster took {took:.0f} s or "
            "more"
        )
        raise OptionError("transient_job_max_runtime", f"{problem}. Nothing was done")


def describe_time(
    wanted: DesiredTransientJob, took: float | None, situation: Situation
) -> list[str]:
    """A warning where there is hardly time for a creation."""
    limit = wanted.max_runtime
    if took or limit >= SHORT_RUNTIME or not situation.needs_cluster:
        return []
    return [
        f"transient_job_max_runtime is {limit} s. On a cloud, a creation takes 10 to 20 minutes."
    ]


def describe_plan(wanted: DesiredTransientJob, situation: Situation) -> str:
    """What would happen to the cluster and to the jobs."""
    found = ", ".join(wanted.jobs[place].name for place in sorted(situation.there))
    kept = f"Found, and not run again: {found}. " if found else ""
    running = ", ".join(wanted.jobs[place].name for place in sorted(situation.running))
    jobs = ", ".join(job.name for job in wanted.to_begin(situation))
    if situation.needs_cluster:
        return f"{kept}Would create cluster {wanted.cluster}, run {jobs} on it and delete it."
    if situation.missing:
        waits = f", wait for {running}" if running else ""
        runs = f", run {jobs} on it" if jobs else ""
        return f"{kept}Would use cluster {wanted.cluster}{waits}{runs} and delete it."
    if situation.own:
        return f"{kept}Would delete cluster {wanted.cluster}."
    return f"{kept}Nothing to do with cluster {wanted.cluster}."


def _title(seen: Seen) -> str:
    run = "a run without transient_job_run" if seen.run == NO_RUN else f"run {seen.run}"
    return f"Cluster {seen.cluster.title} of {run}"


def _jobs(seen: Seen) -> str:
    told = [f"{each.name} {_short(each)}" for each in seen.settled]
    return ", ".join(told) or "none"


def _short(execution: JobExecution) -> str:
    """The state, or how it ended."""
    if execution.has_ended and execution.tells_result:
        return str(execution.final_status)
    return execution.state


def _creation(cluster: Cluster) -> float | None:
    """Seconds from the request for the cluster until it was charged for."""
    if not (cluster.created_at and cluster.charged_since):
        return None
    began, ended = (
        datetime.fromisoformat(each) for each in (cluster.created_at, cluster.charged_since)
    )
    return (ended - began).total_seconds()
