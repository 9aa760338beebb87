# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of M(huaweicloud.mrs.mrs_job).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
    WaitError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Params,
    Plan,
    result_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import desired_job
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1, V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.look import executions_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import (
    Cancel,
    DeleteRecord,
    Submit,
    execution_that_counts,
    view_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import Watch
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


class JobTask:
    """M(huaweicloud.mrs.mrs_job)."""

    def __init__(self, params: Params) -> None:
        self._state: str = params["state"]
        self._wait: bool = params["wait"]
        self._cluster: str = params["cluster"]
        self._ids: list[str] | None = params["id"]
        self._name: str | None = params["name"]
        wants_job = self._state == "present" and self._ids is None
        self._job = desired_job(params) if wants_job else None
        self._cloud: str | None = None
        self._living: Cluster | None = None
        self._api = V1
        self._cluster_id: str | None = self._cluster if finding.is_id(self._cluster) else None

    def secrets(self) -> t.Collection[str]:
        return self._job.secrets() if self._job else ()

    def read(self, context: Context) -> list[JobExecution]:
        """The executions that the options mean: in the order of their ids, or oldest first."""
        self._cloud = context.cloud
        found = self._executions(context)
        self._api = context.results["api"] = context.client.jobs.api(self._cluster_id or "")
        missing = set(self._ids or ()) - {each.id for each in found}
        if self._state == "present" and missing:
            ids = ", ".join(sorted(missing))
            raise OptionError("id", f"there is no job execution {ids} on cluster {self._cluster}")
        if self._job:
            there = execution_that_counts(self._job, found)
            context.results["job_execution"] = result_of(there)
        else:
            self._show(context, found)
        return found

    def _executions(self, context: Context) -> list[JobExecution]:
        if self._job:
            self._cluster_id = self._found(context).id
        else:
            self._cluster_id = finding.id_with_jobs(context.client, self._cluster)
        if self._cluster_id is None:
            return []
        if self._job:
            return executions_of(context, self._cluster_id, self._job)
        found = context.client.jobs.executions_wherever(self._cluster_id, self._ids, self._name)
        if self._ids is None and not found:
            self._warn_of_first_job(context, self._cluster_id)
        return found

    def _found(self, context: Context) -> Cluster:
        self._living = finding.living(context.client, self._cluster)
        return self._living

    def _warn_of_first_job(self, context: Context, cluster_id: str) -> None:
        """A job that was given with the creation of its cluster only shows once that runs."""
        cluster = context.client.cluster(cluster_id)
        if cluster and cluster.state == "starting":
            context.warn(
                f"Cluster {cluster.title} is starting: if it was created with a job {self._name}, "
                "the service does not list that job yet, and it will still run."
            )

    def _show(self, context: Context, executions: t.Sequence[JobExecution]) -> None:
        """All executions, and the one that is meant.

        It is found by its id, or is the latest of the job of this name.
        """
        context.results["job_executions"] = [each.result() for each in executions]
        context.results["job_execution"] = None
        if len(executions) == 1 or (self._ids is None and executions):
            context.results["job_execution"] = executions[-1].result()

    def plan(self, current: list[JobExecution]) -> Plan:
        """:raises WaitError: without C(wait), a record cannot be deleted now.

        :raises OptionError: one that is to end has another name than the given one.
        """
        before = view_of(current)
        if self._job is None:
            return Plan(tuple(self._endings(current)), before)
        if execution_that_counts(self._job, current):
            return Plan((), before)
        doubts = self._job.doubts(self._cloud, api=self._api)
        if not self._wait:
            self._check_state(self._job.name)
        doubts = [*doubts, *self._doubts_of_state()]
        return Plan((Submit(self._job.name),), before, tuple(doubts))

    def _endings(self, current: list[JobExecution]) -> list[Cancel | DeleteRecord]:
        """What ends the executions, and deletes their records where they shall be absent."""
        if self._state == "present":
            return []
        self._check_are_meant(current)
        running = [each for each in current if not each.has_ended]
        cancelled = map(Cancel, running)
        if self._state != "absent":
            return [*cancelled]
        self._check_now(running)
        return [*cancelled, *map(DeleteRecord, current)]

    def _check_are_meant(self, executions: t.Iterable[JobExecution]) -> None:
        """:raises OptionError: one was found by its id, and is not called by the given name."""
        others = [each.title for each in executions if self._name not in (None, each.name)]
        if others:
            raise OptionError(
                "name",
                f"{', '.join(others)} has another name than {self._name}, so nothing is ended; "
                "give its own name, or the id alone",
            )

    def plan_for_later(self, context: Context) -> Plan:
        context.results["job_execution"] = None
        changes = (Submit(self._job.name),) if self._job else ()
        return Plan(changes, before=view_of([]))

    def _check_state(self, name: str) -> None:
        """:raises WaitError: the cluster, as far as it was looked at, takes no jobs now."""
        cluster = self._living
        if cluster:
            cluster_state.check_hope(cluster)
            if cluster.state not in cluster_state.USABLE and not cluster.scaling:
                raise cluster_state.not_now(cluster, f"job {name} cannot be submitted now")

    def _doubts_of_state(self) -> list[str]:
        """Of a cluster that goes, another one may come: in check mode an earlier task makes it.

        :raises WaitError: the cluster takes no jobs, and never will by itself.
        """
        cluster = self._living
        if cluster is None or cluster.state not in cluster_state.HOPELESS:
            return []
        if cluster.state not in cluster_state.LEAVING:
            raise cluster_state.hopeless(cluster)
        return [
            f"Cluster {cluster.title} is {cluster.description}, so it takes no jobs. In check "
            "mode, an earlier task may be one that would create it again."
        ]

    def _check_now(self, running: t.Sequence[JobExecution]) -> None:
        if running and not self._wait:
            told = "; ".join(f"job {each.title} is {each.description}" for each in running)
            raise WaitError(
                f"The record of a job that runs cannot be deleted now: {told}.",
                hint="With wait: true the task waits until it has ended.",
            )

    def apply(self, context: Context, current: list[JobExecution], plan: Plan) -> None:
        if self._job:
            self._run(context, self._job, current)
        elif self._state == "present":
            watch = self._until_ended(context, current, current, anew=False)
            watch.check_success()
            if len(current) == 1 and watch.one:
                self._show_sql_result(context, watch.one)
        else:
            self._end(context, current, plan)

    def _run(self, context: Context, job: DesiredJob, current: list[JobExecution]) -> None:
        """Run it, unless it has succeeded."""
        there = execution_that_counts(job, current)
        if there and there.succeeded:
            self._show_sql_result(context, there)
            return
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.submit import run_job

        run_job(context, t.cast(str, self._cluster_id), job)

    def _show_sql_result(self, context: Context, execution: JobExecution) -> None:
        if execution.succeeded and self._api == V2:
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.sql_result import (
                with_sql_result,
            )

            with_sql_result(context, execution)

    def _until_ended(
        self,
        context: Context,
        current: list[JobExecution],
        awaited: list[JobExecution],
        *,
        anew: bool,
    ) -> Watch:
        """Wait, if wished, for some of the current executions, and show all."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import Watch

        watch = Watch(context, self._cluster_id or "", awaited, self._cluster)
        try:
            if context.wait:
                watch.until_ended(anew=anew)
        finally:
            self._show(context, watch.now(current))
        return watch

    def _end(self, context: Context, current: list[JobExecution], plan: Plan) -> None:
        """Cancel what runs, wait for its end, and delete the records where they shall be absent."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.end import (
            cancel,
            delete_record,
        )

        running = [change.execution for change in plan.changes if isinstance(change, Cancel)]
        for execution in running:
            cancel(context, execution)
        watch = self._until_ended(context, current, running, anew=True)
        if self._state == "absent":
            for change in plan.changes:
                if isinstance(change, DeleteRecord):
                    delete_record(context, change.execution)
            self._show(context, [])
        else:
            watch.check_not_deleted()
