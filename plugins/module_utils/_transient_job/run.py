# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the missing jobs of a transient job on its cluster, and takes that down.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    JobError,
    MrsError,
    OvertakenError,
    UnknownOutcomeError,
    WaitTimeoutError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.converge import Convergence
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.create import create
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.look import Target
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.look import (
    look as look_at_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import plan_cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Submit
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.submit import run_job
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import check_success
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.look import look
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.plan import (
    plan_own_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.remove import (
    REMOVAL,
    allow,
    remove,
    seen_again,
    was_asked,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.report import Report
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    GONE,
    LEAVING,
    DesiredTransientJob,
    Seen,
    Situation,
)


class Run:
    """One run on one cluster, which is created unless it is there.

    C(ids): of all clusters that have the name. C(began): its time begins with this object.
    """

    def __init__(
        self,
        context: Context,
        wanted: DesiredTransientJob,
        desired: DesiredCluster,
        report: Report,
        ids: frozenset[str],
    ) -> None:
        self._context, self._wanted, self._desired = context, wanted, desired
        self._report, self._ids = report, ids
        self.began = context.waiter.elapsed()
        self._deadline = self.began + wanted.max_runtime
        allow(context, wanted.max_runtime)

    def spend(self, current: Situation) -> None:
        """Have the cluster, run what is missing, and take the cluster down whatever happens.

        :raises OvertakenError: somebody else was faster, and nothing was done here.
        """
        failed: MrsError | None = None
        try:
            check_ends(self._report)
            if current.missing:
                self._have_cluster(current)
            for place in current.missing:
                self._run_job(place)
        except OvertakenError:
            raise
        except MrsError as error:
            failed = self._with_time(error)
            self._report.reason = str(failed)
        failed = self._finish(failed)
        if failed:
            raise failed

    def _have_cluster(self, current: Situation) -> None:
        if current.own:
            self._adapt(current.own.cluster)
        else:
            self._make(current)

    def _adapt(self, cluster: Cluster) -> None:
        """Bring the cluster that is there to what is wanted.

        :raises OvertakenError: somebody else has taken it down.
        """
        context = self._context
        target = Target(self._desired._replace(name=None), cluster.id)
        try:
            now = look_at_cluster(context, target)
            Convergence(context, target).run(now, plan_cluster(target.desired, now, wait=True))
        except MrsError as error:
            seen = context.client.cluster(cluster.id)
            if seen is None or seen.state in LEAVING:
                raise OvertakenError(f"Cluster {cluster.title} is being deleted.") from error
            raise

    def _make(self, current: Situation) -> None:
        """Create the cluster, and wait until it is usable.

        :raises OvertakenError: there are other clusters of the name than when the run was judged.
        """
        context, report = self._context, self._report
        before = {each.cluster.id for each in current.gone}
        report.cluster, made = None, None
        try:
            made = create(context, self._desired, Found(ids=self._ids))
            context.did(plan_own_cluster(self._desired, current, context.region).changes[0])
            report.cluster = _just_made(self._wanted.cluster, made)
            report.cluster = report.used = cluster_wait.until_usable(context, report.cluster)
        except OvertakenError:
            raise
        except MrsError as error:
            if made or isinstance(error, UnknownOutcomeError):
                self._look_for_own(before, made)
            raise

    def _look_for_own(self, before: t.Collection[str], made: str | None) -> None:
        """Look what became of a failed creation: nothing, a failed cluster, or one on its way."""
        context, report = self._context, self._report
        allow(context, REMOVAL)
        report.cluster = _just_made(self._wanted.cluster, made) if made else None
        with contextlib.suppress(MrsError):
            if made:
                report.cluster = context.client.cluster(made) or report.cluster
                return
            seen = look(context, self._wanted, self._desired.enterprise_project_id).seen
            mine = [each.cluster for each in seen if each.run == self._wanted.tag]
            new = [each for each in mine if each.id not in before]
            report.cluster = max(new, key=lambda each: each.order, default=None)

    def _run_job(self, place: int) -> None:
        context, report = self._context, self._report
        job, cluster = self._wanted.jobs[place], t.cast(Cluster, report.cluster)
        submission = Submit(job.name)
        begun = context.done.changes.count(submission)
        if context.waiter.elapsed() >= self._deadline:
            raise WaitTimeoutError(f"Job {job.name} was not started.")
        try:
            report.executions[place] = run_job(context, cluster.id, job)
        except UnknownOutcomeError:
            report.submitted.add(place)
            raise
        finally:
            if context.done.changes.count(submission) > begun:
                report.submitted.add(place)
            shown = context.results.pop("job_execution", None)
            if place not in report.executions and (shown or place in report.submitted):
                self._look_for_job(place)

    def _look_for_job(self, place: int) -> None:
        """What became of a job that was begun here and did not end well, where that can be read."""
        job, cluster = self._wanted.jobs[place], t.cast(Cluster, self._report.cluster)
        with contextlib.suppress(MrsError):
            found = self._context.client.jobs.executions(cluster.id, job.name)
            mine = [each for each in found if job.is_run_by(each)]
            if mine:
                self._report.executions[place] = mine[-1]

    def _with_time(self, error: MrsError) -> MrsError:
        """The time being over is the reason, whatever it was that did not come in time."""
        if self._context.waiter.elapsed() < self._deadline:
            return error
        limit = self._wanted.max_runtime
        reason = error.reason or error.message
        error.message = f"The {limit} seconds of transient_job_max_runtime are over. {reason}"
        error.hint = None
        return error

    def _finish(self, failed: MrsError | None) -> MrsError | None:
        """Take the cluster down, unless a job failed and somebody wants to look at it."""
        report = self._report
        if report.cluster and self._wanted.keep_on_failure and isinstance(failed, JobError):
            # The job may have failed since somebody deleted the cluster.
            self._see_end(report.cluster)
        elif report.cluster and report.cluster.state not in GONE:
            try:
                seen = Seen(report.cluster, report.known_executions())
                remove(self._context, seen, was_used=bool(report.submitted))
            except MrsError as error:
                failed = failed or error
                self._see_end(report.cluster)
                problem = str(error)
                if report.outcome == "kept":
                    problem = f"The cluster could not be deleted and costs money: {error}"
                report.reason = f"{report.reason} {problem}".strip()
            self._see_end(report.cluster)
        return failed

    def _see_end(self, cluster: Cluster) -> None:
        """Look once more at the cluster and at the jobs that were running, for the account."""
        report = self._report
        report.asked = was_asked(self._context, cluster)
        with contextlib.suppress(MrsError):
            report.cluster = seen_again(self._context, cluster)
        is_gone = bool(report.cluster and report.cluster.state == "terminated")
        known = report.executions
        unended = {place for place, each in known.items() if not each.has_ended}
        for place in unended | report.submitted | report.running.keys():
            if place not in known or not known[place].has_ended:
                self._look_for_job(place)
            if is_gone and place in known:
                known[place] = known[place].ended_with_its_cluster()


def check_ends(report: Report) -> None:
    """:raises JobError: a job that is not run again ended badly."""
    for _place, execution in sorted(report.executions.items()):
        check_success(execution)


def _just_made(name: str, identity: str) -> Cluster:
    """A cluster of which only the answer to its creation is known."""
    return Cluster.of({"clusterId": identity, "clusterName": name, "clusterState": "starting"})
