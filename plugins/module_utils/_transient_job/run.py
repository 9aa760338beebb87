# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a night: makes way for it, runs missing jobs on a cluster of its own, takes that down.

Each round looks at what is there and decides anew, since other controllers may be at work on the
same night.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t
from datetime import datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import hidden_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    JobError,
    MrsError,
    OptionError,
    OvertakenError,
    ServiceError,
    UnknownOutcomeError,
    WaitTimeoutError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    Params,
    Plan,
    View,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.converge import Convergence
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.create import create
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.delete import remove
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.differences import (
    differences,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.look import Target, look
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    ChangeTags,
    Create,
    Current,
    Delete,
    plan_absent,
    plan_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.tags import ask_for
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Submit
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.submit import run_job
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import Watch, check_success
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.options import (
    NIGHT,
    check_run_for,
    cluster_params,
    night_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.report import Report
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    GONE,
    LEAVING,
    NO_RUN,
    TAG,
    UNUSED,
    UNUSED_TAG,
    Night,
    Seen,
    Situation,
    check,
    is_recent,
    judge,
    recent,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.words import (
    check_time,
    shortest_creation,
    told_end,
    told_leftover,
    told_plan,
    told_recent,
    told_time,
    told_unbegun,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
        Validation,
    )

#: Seconds for the deletion of a cluster; it may be starting, and is only deleted afterwards.
REMOVAL = 3600
#: How often a deletion that is refused or does not get through is tried, and the seconds in
#: between.
REMOVALS, REMOVAL_PAUSE = 5, 30.0


class MarkUnused(t.NamedTuple):
    """Tell by a tag that no job was begun on the cluster."""

    cluster: Cluster

    @property
    def action(self) -> Action:
        return {"action": "change_tags", "set": {UNUSED_TAG: UNUSED}, "remove": []}

    def effect(self, view: View) -> View:
        return view


class NightTask:
    """What the role transient_job does."""

    def __init__(self, params: Params) -> None:
        self._hidden = set(hidden_in(NIGHT.options, params))
        self._params = cluster_params(params)
        self._waiting = {"wait": True, "wait_timeout": 0, "poll_interval": params["poll_interval"]}
        self._night = night_of({**params, "cluster": self._params})
        self._desired = desired_cluster({**self._params, **self._waiting})
        self._report = Report(self._night, own_group=not self._desired.security_group_id)
        self._validation: Validation | None = None
        self._region: str | None = None
        self._took: float | None = None
        self._namesakes: frozenset[str] = frozenset()
        self._began = self._deadline = 0.0

    def secrets(self) -> t.Collection[str]:
        jobs = (secret for job in self._night.jobs for secret in job.secrets())
        return {*self._hidden, *self._desired.secrets(), *jobs}

    # Looking

    def read(self, context: Context) -> Situation:
        context.wait = context.acts = True
        self._show(context)
        self._region = context.region
        check_run_for(self._night.run, context.region, self._params["endpoint"])
        _allow(context, self._night.max_runtime)
        seen = self._look(context)
        situation = judge(self._night, seen)
        self._take(situation)
        if situation.needs_cluster and self._params["validate"]:
            self._look_up_zone(context)
        self._note(context, self._words(seen, situation, context.waiter.clock.now()))
        self._show(context)
        context.results["plan"] = told_plan(self._night, situation)
        return situation

    def _look(self, context: Context) -> list[Seen]:
        """The clusters of this name that tell something of the night, with their executions."""
        now = context.waiter.clock.now()
        try:
            clusters = [each for each in self._clusters(context, now) if self._matters(each, now)]
            return [*parallel.side_by_side(lambda each: _with_jobs(context, each), clusters)]
        except MrsError as error:
            name = self._night.cluster
            error.message = f"{error.message} Whether there is a cluster {name} could not be read."
            raise

    def _clusters(self, context: Context, now: datetime) -> list[Cluster]:
        """With their tags, which lists may leave out.

        Those that are gone for long are found by their tag.
        """
        everything = finding.all_of(context.client, self._desired.enterprise_project_id)
        listed = [each for each in everything if each.name == self._night.cluster]
        self._namesakes = frozenset(each.id for each in listed)
        old = self._of_no_interest(context, listed, now)
        return finding.completed(context.client, [each for each in listed if each.id not in old])

    def _of_no_interest(
        self, context: Context, listed: t.Sequence[Cluster], now: datetime
    ) -> set[str]:
        """The ids of those that are gone for long and not of this run."""
        gone = [each for each in listed if each.state == "terminated"]
        old = {each.id for each in gone if not is_recent(each, now)}
        if not old or not self._night.run:
            return old
        project, tag = self._desired.enterprise_project_id, f"{TAG}*{self._night.run}"
        return old - {each.id for each in finding.all_of(context.client, project, tags=tag)}

    def _matters(self, cluster: Cluster, now: datetime) -> bool:
        if cluster.state not in GONE:
            return True
        run = cluster.tags.get(TAG)
        if run == self._night.tag:
            return True
        if not run or self._night.run:
            return False
        return is_recent(cluster, now)

    def _words(self, seen: t.Sequence[Seen], situation: Situation, now: datetime) -> list[str]:
        """What there is to say about other runs, and about the time that there is."""
        earlier = [told_recent(each) for each in recent(self._night, seen, now)]
        left = [f"{told_leftover(each)} {self._treatment}" for each in situation.leftovers]
        self._took = shortest_creation(seen)
        return [*earlier, *left, *told_time(self._night, self._took, situation)]

    @property
    def _treatment(self) -> str:
        when = "at once" if self._night.leftover == "drop" else "once no job runs there"
        return "" if self._night.leftover == "fail" else f"It is deleted {when}."

    def _note(self, context: Context, words: t.Iterable[str]) -> None:
        for text in words:
            context.warn(text)
            if text not in self._report.notes:
                self._report.notes.append(text)

    def _take(self, situation: Situation) -> None:
        """What is there of this night goes into the account."""
        report = self._report
        report.executions.update(situation.there)
        if situation.own:
            report.cluster = report.used = situation.own.cluster
            report.reused = True
        elif situation.gone:
            last = max(situation.gone, key=lambda each: each.cluster.order)
            report.cluster, report.used, report.reused = last.cluster, None, False

    def _show(self, context: Context) -> None:
        context.results.update(self._report.results())

    # What the service offers

    def validate(self, context: Context, current: Situation, plan: Plan) -> None:
        """Before anything is done and paid for."""
        is_created = any(isinstance(change, Create) for change in plan.changes)
        if not (is_created and self._params["validate"]):
            return
        self._look_up_zone(context)
        validation = self._questions(context)
        with _of_variable():
            validation.check(plan, None, self._desired)
        context.results.update(validation.result)

    def _look_up_zone(self, context: Context) -> None:
        """Each API wants a zone in another form, and the plan looks at the request."""
        with _of_variable():
            self._desired = self._questions(context).in_zone(self._desired)

    def _questions(self, context: Context) -> Validation:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
            Validation,
        )

        self._validation = self._validation or Validation(context)
        return self._validation

    # Planning

    def plan(self, current: Situation) -> Plan:
        check(self._night, current)
        check_time(self._night, self._took, current)
        drops = [Delete(each.cluster) for each in current.leftovers]
        of_cluster = self._cluster_plan(current)
        jobs = [Submit(job.name) for job in self._night.to_begin(current)]
        changes = [*drops, *of_cluster.changes, *jobs]
        if current.own and not self._differs(current):
            changes.append(Delete(current.own.cluster))
        return Plan(tuple(changes), before=of_cluster.before)

    def _cluster_plan(self, current: Situation) -> Plan:
        """What the cluster needs before the jobs.

        :raises MrsError: it cannot be created, or is there and differs in what cannot be changed.
        """
        own = Found(current.own.cluster) if current.own else Found()
        before = plan_absent(Current(own)).before
        if not current.missing:
            return Plan(before=before)
        creation = plan_cluster(self._desired, Current(Found(), region=self._region), wait=True)
        if current.own is None:
            return creation
        if self._differs(current):
            return Plan((Delete(current.own.cluster), *creation.changes), before=before)
        there = Current(own, running=tuple(current.own.running), region=self._region)
        return plan_cluster(self._desired, there, wait=True)

    def _differs(self, current: Situation) -> bool:
        """The cluster of this run has to make room for one as it is wanted now.

        Not while a job runs on it.
        """
        own = current.own
        if own is None or own.running or not current.missing:
            return False
        return bool(differences(self._desired, own.cluster))

    # Acting

    def apply(self, context: Context, current: Situation, plan: Plan) -> None:
        self._began = context.waiter.elapsed()
        try:
            for _round in context.rounds(f"Cluster {self._night.cluster} keeps changing."):
                if self._round(context, current):
                    break
                current = self.read(context)
                context.planned(self.plan(current))
        except MrsError as error:
            self._report.reason = self._report.reason or str(error)
            error.message = f"{self._report.reason} {self._report.sentence()}"
            error.hint = None
            raise
        finally:
            self._report.runtime = round(context.waiter.elapsed() - self._began)
            self._show(context)

    def _round(self, context: Context, current: Situation) -> bool:
        """One step towards the end of the night; tells whether that was the last one."""
        if current.leftovers:
            for each in current.leftovers:
                self._end_leftover(context, each)
        elif current.ending:
            _allow(context, REMOVAL)
            for each in current.ending:
                cluster_wait.until_gone(context, each.cluster)
        elif self._differs(current) and current.own:
            self._remove(context, current.own)
        elif current.is_over:
            self._check_ends()
            return True
        else:
            with contextlib.suppress(OvertakenError):
                self._spend(context, current)
                return True
        return False

    def _end_leftover(self, context: Context, seen: Seen) -> None:
        """Wait for what runs on the cluster of another run, and take it down."""
        if self._night.leftover == "wait":
            _allow(context, self._night.max_runtime)
            seen = self._until_idle(context, seen)
        self._remove(context, seen)
        self._note(context, [f"{told_end(seen)} {told_unbegun(self._night, seen)}"])

    def _until_idle(self, context: Context, seen: Seen) -> Seen:
        """Wait until no job runs there, also none that its own controller begins meanwhile."""
        cluster = seen.cluster
        try:
            while seen.running:
                Watch(context, cluster.id, seen.running, cluster.title).until_ended()
                seen = seen._replace(executions=tuple(context.client.job_executions(cluster.id)))
        except WaitTimeoutError as error:
            error.message = f"{told_leftover(seen)} {error.message} Nothing was done."
            error.hint = None
            raise
        return seen

    def _spend(self, context: Context, current: Situation) -> None:
        """Have the cluster, run what is missing, and take the cluster down whatever happens.

        :raises OvertakenError: somebody else was faster, and nothing was done here.
        """
        self._began = context.waiter.elapsed()
        self._deadline = self._began + self._night.max_runtime
        _allow(context, self._night.max_runtime)
        failed: MrsError | None = None
        try:
            self._check_ends()
            if current.missing:
                self._have_cluster(context, current)
            for place in current.missing:
                self._run_job(context, place)
        except OvertakenError:
            raise
        except MrsError as error:
            failed = self._with_time(context, error)
            self._report.reason = str(failed)
        failed = self._finish(context, failed)
        if failed:
            raise failed

    def _have_cluster(self, context: Context, current: Situation) -> None:
        if current.own:
            self._adapt(context, current.own.cluster)
        else:
            self._make(context, current)

    def _adapt(self, context: Context, cluster: Cluster) -> None:
        """Bring the cluster that is there to what is wanted.

        :raises OvertakenError: somebody else has taken it down.
        """
        target = Target(dataclasses.replace(self._desired, name=None), cluster.id)
        try:
            now = look(context, target)
            Convergence(context, target).run(now, plan_cluster(target.desired, now, wait=True))
        except MrsError as error:
            seen = context.client.cluster(cluster.id)
            if seen is None or seen.state in LEAVING:
                raise OvertakenError(f"Cluster {cluster.title} is being deleted.") from error
            raise

    def _make(self, context: Context, current: Situation) -> None:
        """Create the cluster, and wait until it is usable.

        :raises OvertakenError: there are other clusters of the name than when the night was judged.
        """
        report = self._report
        before = {each.cluster.id for each in current.gone}
        report.cluster, made = None, None
        try:
            made = create(context, self._desired, Found(ids=self._namesakes))
            context.did(self._cluster_plan(current).changes[0])
            report.cluster = _just_made(self._night, made)
            report.cluster = report.used = cluster_wait.until_usable(context, report.cluster)
        except OvertakenError:
            raise
        except MrsError as error:
            if made or isinstance(error, UnknownOutcomeError):
                self._look_for_own(context, before, made)
            raise

    def _look_for_own(self, context: Context, before: t.Collection[str], made: str | None) -> None:
        """Look what became of a failed creation: nothing, a failed cluster, or one on its way."""
        _allow(context, REMOVAL)
        report = self._report
        report.cluster = _just_made(self._night, made) if made else None
        with contextlib.suppress(MrsError):
            if made:
                report.cluster = context.client.cluster(made) or report.cluster
                return
            mine = [each.cluster for each in self._look(context) if each.run == self._night.tag]
            new = [each for each in mine if each.id not in before]
            report.cluster = max(new, key=lambda each: each.order, default=None)

    def _run_job(self, context: Context, place: int) -> None:
        job, cluster = self._night.jobs[place], t.cast(Cluster, self._report.cluster)
        submission = Submit(job.name)
        begun = context.done.changes.count(submission)
        if context.waiter.elapsed() >= self._deadline:
            raise WaitTimeoutError(f"Job {job.name} was not started.")
        try:
            self._report.executions[place] = run_job(context, cluster.id, job)
        except UnknownOutcomeError:
            self._report.submitted.add(place)
            raise
        finally:
            if context.done.changes.count(submission) > begun:
                self._report.submitted.add(place)
            shown = context.results.pop("job_execution", None)
            if place not in self._report.executions and (shown or place in self._report.submitted):
                self._look_for_job(context, place)

    def _look_for_job(self, context: Context, place: int) -> None:
        """What became of a job that was begun here and did not end well, where that can be read."""
        job, cluster = self._night.jobs[place], t.cast(Cluster, self._report.cluster)
        with contextlib.suppress(MrsError):
            found = context.client.job_executions(cluster.id, job.name)
            mine = [each for each in found if job.is_run_by(each)]
            if mine:
                self._report.executions[place] = mine[-1]

    def _check_ends(self) -> None:
        """:raises JobError: a job that is not run again ended badly."""
        for _place, execution in sorted(self._report.executions.items()):
            check_success(execution)

    def _with_time(self, context: Context, error: MrsError) -> MrsError:
        """The time being over is the reason, whatever it was that did not come in time."""
        if context.waiter.elapsed() < self._deadline:
            return error
        limit = self._night.max_runtime
        reason = error.reason or error.message
        error.message = f"The {limit} seconds of transient_job_max_runtime are over. {reason}"
        error.hint = None
        return error

    # The end

    def _finish(self, context: Context, failed: MrsError | None) -> MrsError | None:
        """Take the cluster down, unless a job failed and somebody wants to look at it."""
        report = self._report
        if report.cluster and self._night.keep_on_failure and isinstance(failed, JobError):
            # The job may have failed since somebody deleted the cluster.
            self._see_end(context, report.cluster)
        elif report.cluster and report.cluster.state not in GONE:
            try:
                self._remove(context, Seen(report.cluster, self._known_executions()))
            except MrsError as error:
                failed = failed or error
                self._see_end(context, report.cluster)
                problem = str(error)
                if report.outcome == "kept":
                    problem = f"The cluster could not be deleted and costs money: {error}"
                report.reason = f"{report.reason} {problem}".strip()
            self._see_end(context, report.cluster)
        return failed

    def _known_executions(self) -> tuple[JobExecution, ...]:
        cluster = self._report.cluster
        there = self._report.executions.values()
        return tuple(each for each in there if cluster and each.cluster_id in (None, cluster.id))

    def _remove(self, context: Context, seen: Seen) -> None:
        """Delete a cluster, and wait until it is gone.

        A deletion that does not get through is tried again.
        """
        _allow(context, REMOVAL)
        cluster = seen.cluster
        with contextlib.suppress(MrsError):
            self._mark_unused(context, seen)
        for left in reversed(range(REMOVALS)):
            try:
                remove(context, cluster)
                break
            except MrsError:
                if not left or _was_asked(context, cluster):
                    raise
            context.waiter.clock.sleep(REMOVAL_PAUSE)
            _allow(context, REMOVAL)
            cluster = _seen_again(context, cluster)

    def _mark_unused(self, context: Context, seen: Seen) -> None:
        """Mark a cluster on which no job was begun, by a tag.

        Records of jobs may go with their cluster, and then nobody knows.
        """
        if seen.run in (None, NO_RUN) or seen.executions or self._report.submitted:
            return
        cluster = cluster_wait.until_deletable(context, seen.cluster)
        if cluster.state not in LEAVING and not context.client.job_executions(cluster.id):
            ask_for(context, cluster, ChangeTags({UNUSED_TAG: UNUSED}, {}))
            context.did(MarkUnused(cluster))

    def _see_end(self, context: Context, cluster: Cluster) -> None:
        """Look once more at the cluster and at the jobs that were running, for the account."""
        report = self._report
        report.asked = _was_asked(context, cluster)
        with contextlib.suppress(MrsError):
            report.cluster = _seen_again(context, cluster)
        is_gone = bool(report.cluster and report.cluster.state == "terminated")
        known = report.executions
        unended = {place for place, each in known.items() if not each.has_ended}
        for place in unended | report.submitted:
            if place not in known or not known[place].has_ended:
                self._look_for_job(context, place)
            if is_gone and place in known:
                known[place] = known[place].ended_with_its_cluster()


def _seen_again(context: Context, cluster: Cluster) -> Cluster:
    """As it is now. One that the service does not know any more is terminated."""
    seen = context.client.cluster(cluster.id)
    return seen or cluster_state.with_state(cluster, "terminated")


@contextlib.contextmanager
def _of_variable() -> t.Iterator[None]:
    """Options of the cluster are given in a variable of the role."""
    try:
        yield
    except OptionError as error:
        error.message = f"transient_job_cluster: {error.message}"
        raise


def _with_jobs(context: Context, cluster: Cluster) -> Seen:
    """With its job executions; a cluster that is starting has none."""
    if cluster.state == "starting":
        return Seen(cluster)
    try:
        return Seen(cluster, tuple(context.client.job_executions(cluster.id)))
    except ServiceError as error:
        if cluster.state not in LEAVING:
            raise
        return Seen(cluster, unread=error.reason or error.message)


def _just_made(night: Night, identity: str) -> Cluster:
    """A cluster of which only the answer to its creation is known."""
    return Cluster.of(
        {"clusterId": identity, "clusterName": night.cluster, "clusterState": "starting"}
    )


def _was_asked(context: Context, cluster: Cluster) -> bool:
    """Whether this start has asked for the deletion, and the service has accepted it."""
    deleted = [each.cluster.id for each in context.done.changes if isinstance(each, Delete)]
    return cluster.id in deleted


def _allow(context: Context, seconds: float) -> None:
    """From now on there are so many seconds for all waits."""
    context.waiter.timeout = context.waiter.elapsed() + seconds
