# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs: an execution of the same name and definition is the job; it is adopted, and never submitted blindly.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _find, _settle
from ansible_collections.huaweicloud.mrs.plugins.module_utils._codes import Retry, lookup
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import (
    OptionError,
    OvertakenError,
    ServiceError,
    UnknownOutcomeError,
    UnreachableError,
    looking_after,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_options import DesiredJob, desired_job
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_plan import (
    Cancel,
    DeleteRecord,
    Submit,
    diff,
    standing,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_wait import Watch
from ansible_collections.huaweicloud.mrs.plugins.module_utils._run import Params, Plan, Work


def run_job(work: Work, cluster_id: str, desired: DesiredJob) -> JobExecution:
    """The execution of this job on the cluster: adopted where it is there, else submitted. Waited for if wished."""
    execution = _adopt_or_submit(work, cluster_id, desired)
    work.results["job_execution"] = execution.result()
    if work.wait or execution.has_ended:
        watch = Watch(work, cluster_id, [execution])
        try:
            watch.until_ended()
        finally:
            (execution,) = watch.now([execution]) or [execution]
            work.results["job_execution"] = execution.result()
        watch.check_success()
    return execution


def _adopt_or_submit(work: Work, cluster_id: str, desired: DesiredJob) -> JobExecution:
    """Try until the cluster takes the job; in the wrong state, or with too many jobs running, it does not (2.2)."""

    def attempt() -> JobExecution | ServiceError | OvertakenError:
        try:
            with work.alone("job", cluster_id, desired.name):
                known = work.client.job_executions(cluster_id, desired.name)
                there = standing(desired, known)
                ours = [] if there else _submit(work, cluster_id, desired, known)
            return there or _keep_first(work, cluster_id, desired, known, ours)
        except OvertakenError as error:
            return error
        except ServiceError as error:
            code = lookup(error.code, error.status)
            if not work.wait or code is None or code.retry is not Retry.STATE:
                raise
            _settle.check_there(work.client.cluster(cluster_id), cluster_id)
            return error

    def describe(seen: JobExecution | ServiceError | OvertakenError) -> str:
        if isinstance(seen, JobExecution):
            return "submitted"
        return f"not taken yet: {(seen.reason or seen.message).rstrip('.')}"

    outcome = work.waiter.until(f"job {desired.name}", attempt, lambda seen: isinstance(seen, JobExecution), describe)
    return t.cast(JobExecution, outcome)


def _submit(work: Work, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]) -> list[JobExecution]:
    """Submit once; where the answer is lost, look for what it made. Gives all executions that may be ours."""
    try:
        ours = [
            work.client.submit_job(desired.body(cluster_id), lambda: not _new_twins(work, cluster_id, desired, known))
        ]
    except UnknownOutcomeError as lost:
        with looking_after(lost):
            ours = _appeared(work, cluster_id, desired, known)
        if not ours:
            raise
    work.actions.append(Submit(desired.name).action)
    return ours


def _keep_first(
    work: Work,
    cluster_id: str,
    desired: DesiredJob,
    known: t.Sequence[JobExecution],
    ours: t.Sequence[JobExecution],
) -> JobExecution:
    """Where another machine submitted the same job in the same moment, the first one stays: all see the same order."""
    twins = _new_twins(work, cluster_id, desired, known)
    for twin in twins[1:]:
        if any(twin.id == mine.id for mine in ours):
            _withdraw(work, twin)
    return twins[0] if twins else ours[0]


def _withdraw(work: Work, execution: JobExecution) -> None:
    """Cancel an execution that should not be, and delete its record once it has ended, as far as that goes."""
    cancel(work, execution)
    started = work.waiter.elapsed()
    seen = work.waiter.until(
        f"job {execution.title}",
        lambda: work.client.job_execution(execution.id),
        lambda seen: seen is None or seen.has_ended or work.waiter.elapsed() - started >= work.patience,
        lambda seen: "being withdrawn, since it was submitted twice",
    )
    if seen and seen.state == "terminated":
        if work.client.delete_job_execution(execution):
            work.actions.append(DeleteRecord(execution).action)
    elif seen:
        work.warn(f"Job {execution.title} was submitted by two machines in the same moment, and is {seen.told}.")


def _new_twins(work: Work, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]) -> list[JobExecution]:
    """The executions of this job that are not among C(known), oldest first."""
    ids = {execution.id for execution in known}
    found = work.client.job_executions(cluster_id, desired.name)
    return [each for each in found if each.id not in ids and desired.is_run_by(each)]


def _appeared(work: Work, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]) -> list[JobExecution]:
    """The executions that appeared since C(known), within the time that is given to looking for one."""
    started = work.waiter.elapsed()
    return work.waiter.until(
        f"job {desired.name}",
        lambda: _new_twins(work, cluster_id, desired, known),
        lambda found: bool(found) or work.waiter.elapsed() - started >= work.patience,
        lambda found: "looking whether it was submitted",
    )


def until_appeared(work: Work, cluster_id: str, desired: DesiredJob, within: float, *, must: bool) -> None:
    """Give a job that was submitted with the creation of its cluster time to show among the executions.

    :raises WaitTimeoutError: it C(must) show and does not.
    """
    started = work.waiter.elapsed()

    def enough(found: list[JobExecution]) -> bool:
        is_late = not must and work.waiter.elapsed() - started >= within
        return is_late or any(map(desired.is_run_by, found))

    work.waiter.until(
        f"job {desired.name}",
        lambda: work.client.job_executions(cluster_id, desired.name),
        enough,
        lambda found: "waiting for the job that came with the cluster",
        limit=within if must else None,
    )


def cancel(work: Work, execution: JobExecution) -> None:
    """Ask for the end of a running execution. Asking twice ends it once, so a lost answer is asked again."""
    lost: UnknownOutcomeError | None = None
    for repeats_left in (1, 0):
        try:
            work.client.cancel_job_execution(execution)
            break
        except (ServiceError, UnknownOutcomeError) as error:
            lost = error if isinstance(error, UnknownOutcomeError) else lost
            with looking_after(lost) if lost else contextlib.nullcontext():
                seen = work.client.job_execution(execution.id)
            if lost and seen is None:  # nobody can tell whether it was ended first
                raise lost from error
            if lost and seen and seen.state == "terminated":  # by the request whose answer was lost
                break
            if seen is None or seen.has_ended:
                return
            if not repeats_left:
                raise (lost or error) from error
        except UnreachableError as error:
            raise (lost or error) from error
    work.actions.append(Cancel(execution).action)


class JobTask:
    """M(huaweicloud.mrs.mrs_job)."""

    def __init__(self, params: Params) -> None:
        self._state: str = params["state"]
        self._cluster: str = params["cluster"]
        self._ids: list[str] | None = params["id"]
        self._name: str | None = params["name"]
        wants_job = self._state == "present" and self._ids is None
        self._job = desired_job(params) if wants_job else None
        self._cluster_id: str | None = self._cluster if _find.is_id(self._cluster) else None

    def secrets(self) -> t.Collection[str]:
        return self._job.secrets() if self._job else ()

    def read(self, work: Work) -> list[JobExecution]:
        """The executions that the options mean: in the order of their ids, or oldest first."""
        found = self._executions(work)
        missing = set(self._ids or ()) - {each.id for each in found}
        if self._state == "present" and missing:
            ids = ", ".join(sorted(missing))
            raise OptionError("id", f"there is no job execution {ids} on cluster {self._cluster}")
        if self._job:
            there = standing(self._job, found)
            work.results["job_execution"] = there.result() if there else None
        else:
            self._show(work, found)
        return found

    def _executions(self, work: Work) -> list[JobExecution]:
        if self._job:
            self._cluster_id = self._cluster_id or _find.living(work.client, self._cluster).id
        else:
            self._cluster_id = _find.id_with_jobs(work.client, self._cluster)
        if self._cluster_id is None:
            return []
        if self._ids is not None:
            return work.client.job_executions_among(self._cluster_id, self._ids)
        found = work.client.job_executions(self._cluster_id, self._name)
        if not found and not self._job:
            self._warn_of_first_job(work, self._cluster_id)
        return found

    def _warn_of_first_job(self, work: Work, cluster_id: str) -> None:
        """A job that was given with the creation of its cluster only shows once that runs."""
        cluster = work.client.cluster(cluster_id)
        if cluster and cluster.state == "starting":
            work.warn(
                f"Cluster {cluster.title} is starting: if it was created with a job {self._name}, that does not show "
                "yet and is still going to run."
            )

    def _show(self, work: Work, executions: t.Sequence[JobExecution]) -> None:
        """All of them, and the one where one is meant: by its id, or the latest of the job of this name."""
        work.results["job_executions"] = [each.result() for each in executions]
        is_one = len(executions) == 1 or (self._ids is None and executions)
        work.results["job_execution"] = executions[-1].result() if is_one else None

    def plan(self, current: list[JobExecution]) -> Plan:
        changes: list[Submit | Cancel | DeleteRecord] = []
        if self._job:
            changes = [] if standing(self._job, current) else [Submit(self._job.name)]
        elif self._state != "present":
            running = [each for each in current if not each.has_ended]
            changes = [Cancel(each) for each in running]
            if self._state == "absent":
                changes += [DeleteRecord(each) for each in current]
        return Plan(tuple(changes), *diff(current, changes))

    def apply(self, work: Work, current: list[JobExecution]) -> None:
        if self._job:
            there = standing(self._job, current)
            if there is None or not there.succeeded:
                run_job(work, t.cast(str, self._cluster_id), self._job)
        elif self._state == "present":
            self._until_ended(work, current, current, anew=False).check_success()
        else:
            self._end(work, current)

    def _until_ended(
        self, work: Work, current: list[JobExecution], awaited: list[JobExecution], *, anew: bool
    ) -> Watch:
        """Wait, if wished, for some of the current executions, and show all."""
        watch = Watch(work, self._cluster_id or "", awaited, self._cluster)
        try:
            if work.wait:
                watch.until_ended(anew=anew)
        finally:
            self._show(work, watch.now(current))
        return watch

    def _end(self, work: Work, current: list[JobExecution]) -> None:
        """Cancel what runs, wait for its end, and delete the records where they shall be absent."""
        running = [each for each in current if not each.has_ended]
        for execution in running:
            cancel(work, execution)
        watch = self._until_ended(work, current, running, anew=True)
        if self._state == "absent":
            for execution in current:
                if work.client.delete_job_execution(execution):
                    work.actions.append(DeleteRecord(execution).action)
            self._show(work, [])
        else:
            watch.check_not_deleted()
