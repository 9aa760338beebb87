# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A transient job: jobs on a cluster of their own. A run of it has an identity, or is one start.

What of it has run, what is missing, and what is in its way.

Decided by looking at values only: the clusters of the name, those that are gone included, with
their job executions.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t
from datetime import datetime, timedelta

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import execution_that_counts
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

#: The tag by which a cluster is known as one of a transient job; its value is the run.
TAG = "transient-job"
#: Its value where the run has no identity.
NO_RUN = "yes"
#: The tag of a cluster that was deleted before any job was begun on it.
UNUSED_TAG, UNUSED = "transient-job-begun", "nothing"
#: An earlier run is told of for so long.
DAY = timedelta(days=1)

GONE = frozenset({"failed", "terminated"})
LEAVING = GONE | {"terminating"}

#: How a cluster ended up.
ClusterOutcome = t.Literal["never_created", "failed", "deleted", "deletion_asked", "kept"]
#: What became of a job.
JobOutcome = t.Literal["ran", "found", "failed", "not_run"]


@dataclasses.dataclass(frozen=True)
class DesiredTransientJob:
    """What is wanted. C(run): its identity; without one, each start is a new run."""

    cluster: str
    jobs: tuple[DesiredJob, ...]
    run: str | None = None
    leftover: str = "wait"
    keep_on_failure: bool = False
    max_runtime: int = 14400

    @property
    def tag(self) -> str:
        return self.run or NO_RUN

    def to_begin(self, situation: Situation) -> list[DesiredJob]:
        """The jobs that are missing and do not run yet."""
        places = [place for place in situation.missing if place not in situation.running]
        return [self.jobs[place] for place in places]


class Seen(t.NamedTuple):
    """A cluster of the name. C(unread): why the service does not give its job executions."""

    cluster: Cluster
    executions: tuple[JobExecution, ...] = ()
    unread: str | None = None

    @property
    def run(self) -> str | None:
        """The value of the tag; None where no transient job has made it."""
        return self.cluster.tags.get(TAG)

    @property
    def lives(self) -> bool:
        return self.cluster.state not in LEAVING

    @property
    def running(self) -> list[JobExecution]:
        return [each for each in self.settled if not each.has_ended]

    @property
    def settled(self) -> list[JobExecution]:
        """Its executions. Nothing runs on a terminated cluster, whatever a record says."""
        if self.cluster.state != "terminated":
            return list(self.executions)
        return [each.ended_with_its_cluster() for each in self.executions]

    @property
    def tells_all(self) -> bool:
        """Whether all executions of the cluster are known.

        The records of a cluster that is gone may be gone, too.
        """
        if self.lives or self.executions or self.cluster.state == "failed":
            return True
        was_unused = self.cluster.tags.get(UNUSED_TAG) == UNUSED
        return self.unread is None and (was_unused or never_ran(self.cluster))


def never_ran(cluster: Cluster) -> bool:
    """Of a cluster that is gone or will be: no job can have run on it."""
    return cluster.state == "failed" or cluster.charged_since is None


class Situation(t.NamedTuple):
    """What a run finds.

    C(foreign): living clusters that no transient job has made. C(leftovers): living ones of other
    runs. C(ending): those of this run that are being deleted, and those of others that still have
    the name while it is needed. C(own): the living one of this run. C(gone): its earlier clusters.
    C(there): the executions of jobs that need not be run, by their place in the list. C(running):
    those of missing jobs that run on the cluster of this run.
    """

    foreign: tuple[Seen, ...]
    leftovers: tuple[Seen, ...]
    ending: tuple[Seen, ...]
    own: Seen | None
    gone: tuple[Seen, ...]
    there: t.Mapping[int, JobExecution]
    missing: tuple[int, ...]
    running: t.Mapping[int, JobExecution]

    @property
    def needs_cluster(self) -> bool:
        """There are jobs to run, and no cluster of this run is there for them."""
        return bool(self.missing) and self.own is None

    @property
    def is_over(self) -> bool:
        """The run is over, and nothing of it is left."""
        return not (self.missing or self.own or self.ending)


def judge(wanted: DesiredTransientJob, seen: t.Sequence[Seen]) -> Situation:
    """What C(seen) means for this run."""
    ours = [each for each in seen if _belongs(wanted, each)]
    others = [each for each in _living(seen) if each not in ours]
    own = _newest(_living(ours))
    mine = _counting(wanted, ours, own)
    there = _ended_jobs(wanted, mine)
    missing = tuple(sorted(set(range(len(wanted.jobs))) - there.keys()))
    return Situation(
        foreign=tuple(each for each in others if each.run is None),
        leftovers=tuple(each for each in others if each.run is not None),
        ending=_ending(seen if missing else mine),
        own=own,
        gone=_gone(mine),
        there=there,
        missing=missing,
        running=_running_jobs(wanted, own, missing),
    )


def _counting(wanted: DesiredTransientJob, ours: list[Seen], own: Seen | None) -> list[Seen]:
    """The clusters whose jobs count.

    Where the run has no identity, it begins with the living cluster.
    """
    if wanted.run:
        return ours
    return [own] if own else []


def _living(seen: t.Iterable[Seen]) -> list[Seen]:
    return [each for each in seen if each.lives]


def _ending(seen: t.Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple(each for each in seen if each.cluster.state == "terminating")


def _gone(seen: t.Iterable[Seen]) -> tuple[Seen, ...]:
    return tuple(each for each in seen if not each.lives)


def _newest(seen: t.Iterable[Seen]) -> Seen | None:
    return max(seen, key=lambda each: each.cluster.order, default=None)


def _ended_jobs(wanted: DesiredTransientJob, mine: t.Sequence[Seen]) -> dict[int, JobExecution]:
    """The executions that have ended, by the place of their job in the list."""
    found = {place: _of_job(job, mine) for place, job in enumerate(wanted.jobs)}
    return {place: each for place, each in found.items() if each and each.has_ended}


def _running_jobs(
    wanted: DesiredTransientJob, own: Seen | None, missing: t.Iterable[int]
) -> dict[int, JobExecution]:
    """The executions of missing jobs that have not ended, by the place of their job."""
    running = own.running if own else []
    found = {place: execution_that_counts(wanted.jobs[place], running) for place in missing}
    return {place: each for place, each in found.items() if each}


def _belongs(wanted: DesiredTransientJob, seen: Seen) -> bool:
    """The cluster is one of this run.

    Without identities, jobs that nobody asks for here tell that it is another's.
    """
    if seen.run != wanted.tag:
        return False
    if wanted.run or not seen.lives:
        return True
    return all(any(job.is_run_by(each) for job in wanted.jobs) for each in seen.running)


def _of_job(job: DesiredJob, seen: t.Iterable[Seen]) -> JobExecution | None:
    """The execution that is this job, on whichever of the run's clusters."""
    found = [
        execution
        for each in seen
        for execution in each.settled
        if each.cluster.state != "terminating"
    ]
    return execution_that_counts(job, sorted(found, key=lambda execution: execution.order))


def recent(wanted: DesiredTransientJob, seen: t.Sequence[Seen], now: datetime) -> list[Seen]:
    """The earlier runs that ended less than a day ago; none for a run with an identity."""
    if wanted.run:
        return []
    ended = [
        each
        for each in seen
        if each.run is not None and each.cluster.state in ("terminated", "terminating")
    ]
    return [each for each in ended if is_recent(each.cluster, now)]


def is_recent(cluster: Cluster, now: datetime) -> bool:
    """Something happened to it within the last day."""
    moment = cluster.updated_at or cluster.created_at
    return bool(moment) and now - datetime.fromisoformat(t.cast(str, moment)) < DAY


def check(wanted: DesiredTransientJob, situation: Situation) -> None:
    """:raises MrsError: the run cannot be; nothing was done."""
    for each in situation.foreign:
        raise MrsError(
            f"Cluster {each.cluster.title} is there already and does not have the tag {TAG}, so "
            "this role did "
            "not make it. Nothing was done. Choose another name."
        )
    if wanted.leftover == "fail" and situation.leftovers:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.words import (
            describe_leftover,
        )

        told = " ".join(describe_leftover(each) for each in situation.leftovers)
        raise MrsError(
            f"{told} Nothing was done.",
            hint=(
                "It costs money. Start that run again to finish it, or set transient_job_leftover "
                "to wait or drop."
            ),
        )
    _check_records(wanted, situation)


def _check_records(wanted: DesiredTransientJob, situation: Situation) -> None:
    """:raises MrsError: what is missing may have run on a cluster without job records."""
    silent = [each for each in situation.gone if each.cluster.state in GONE and not each.tells_all]
    if not (situation.missing and silent):
        return
    jobs = ", ".join(wanted.jobs[place].name for place in situation.missing)
    told = "; ".join(f"{each.cluster.title}: {each.unread or 'it shows none'}" for each in silent)
    raise MrsError(
        f"Run {wanted.run} has had a cluster that is gone, and the service does not give its job "
        "executions "
        f"({told}). Whether {jobs} ran there cannot be known. Nothing was done.",
        hint="Look at what these jobs write. Then start with another transient_job_run, and with "
        "the jobs that have not run.",
    )


def cluster_outcome(cluster: Cluster | None, *, asked: bool) -> ClusterOutcome:
    """How the cluster of the run ended up, by what was seen of it last.

    C(asked): this start asked for its end.
    """
    if cluster is None:
        return "never_created"
    is_gone = cluster.state == "terminated"
    if cluster.state == "failed" or (is_gone and not asked and never_ran(cluster)):
        return "failed"
    if is_gone:
        return "deleted"
    if asked or cluster.state == "terminating":
        return "deletion_asked"
    return "kept"


def job_outcome(execution: JobExecution | None, *, submitted: bool) -> JobOutcome:
    """What became of a job. C(submitted): in this start, be its execution known or not."""
    if execution is None and not submitted:
        return "not_run"
    if execution is None or not execution.succeeded:
        return "failed"
    return "ran" if submitted else "found"
