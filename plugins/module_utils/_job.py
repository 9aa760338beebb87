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

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._codes import Retry, lookup
from ansible_collections.huaweicloud.mrs.plugins.module_utils._context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import (
    OvertakenError,
    ServiceError,
    UnknownOutcomeError,
    UnreachableError,
    looking_after,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_options import DesiredJob
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_plan import (
    Cancel,
    DeleteRecord,
    Submit,
    standing,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_wait import Watch


def run_job(context: Context, cluster_id: str, desired: DesiredJob) -> JobExecution:
    """The execution of this job on the cluster: adopted where it is there, else submitted. Waited for if wished."""
    execution = _adopt_or_submit(context, cluster_id, desired)
    context.results["job_execution"] = execution.result()
    if context.wait or execution.has_ended:
        watch = Watch(context, cluster_id, [execution])
        try:
            watch.until_ended()
        finally:
            (execution,) = watch.now([execution]) or [execution]
            context.results["job_execution"] = execution.result()
        watch.check_success()
    return execution


def _adopt_or_submit(context: Context, cluster_id: str, desired: DesiredJob) -> JobExecution:
    """Try until the cluster takes the job; in the wrong state, or with too many jobs running, it does not (2.2)."""

    def attempt() -> JobExecution | ServiceError | OvertakenError:
        try:
            with context.alone("job", cluster_id, desired.name):
                known = context.client.job_executions(cluster_id, desired.name)
                there = standing(desired, known)
                ours = [] if there else _submit(context, cluster_id, desired, known)
            return there or _keep_first(context, cluster_id, desired, known, ours)
        except OvertakenError as error:
            return error
        except ServiceError as error:
            code = lookup(error.code, error.status)
            if not context.wait or code is None or code.retry is not Retry.STATE:
                raise
            _cluster_state.check_there(context.client.cluster(cluster_id), cluster_id)
            return error

    def describe(seen: JobExecution | ServiceError | OvertakenError) -> str:
        if isinstance(seen, JobExecution):
            return "submitted"
        return f"not taken yet: {(seen.reason or seen.message).rstrip('.')}"

    outcome = context.waiter.until(
        f"job {desired.name}", attempt, lambda seen: isinstance(seen, JobExecution), describe
    )
    return t.cast(JobExecution, outcome)


def _submit(
    context: Context, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]
) -> list[JobExecution]:
    """Submit once; where the answer is lost, look for what it made. Gives all executions that may be ours."""
    try:
        ours = [
            context.client.submit_job(
                desired.body(cluster_id), lambda: not _new_twins(context, cluster_id, desired, known)
            )
        ]
    except UnknownOutcomeError as lost:
        with looking_after(lost):
            ours = _appeared(context, cluster_id, desired, known)
        if not ours:
            raise
    context.actions.append(Submit(desired.name).action)
    return ours


def _keep_first(
    context: Context,
    cluster_id: str,
    desired: DesiredJob,
    known: t.Sequence[JobExecution],
    ours: t.Sequence[JobExecution],
) -> JobExecution:
    """Where another machine submitted the same job in the same moment, the first one stays: all see the same order."""
    twins = _new_twins(context, cluster_id, desired, known)
    for twin in twins[1:]:
        if any(twin.id == mine.id for mine in ours):
            _withdraw(context, twin)
    return twins[0] if twins else ours[0]


def _withdraw(context: Context, execution: JobExecution) -> None:
    """Cancel an execution that should not be, and delete its record once it has ended, as far as that goes."""
    cancel(context, execution)
    started = context.waiter.elapsed()
    seen = context.waiter.until(
        f"job {execution.title}",
        lambda: context.client.job_execution(execution.id),
        lambda seen: seen is None or seen.has_ended or context.waiter.elapsed() - started >= context.patience,
        lambda seen: "being withdrawn, since it was submitted twice",
    )
    if seen and seen.state == "terminated":
        if context.client.delete_job_execution(execution):
            context.actions.append(DeleteRecord(execution).action)
    elif seen:
        context.warn(f"Job {execution.title} was submitted by two machines in the same moment, and is {seen.told}.")


def _new_twins(
    context: Context, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]
) -> list[JobExecution]:
    """The executions of this job that are not among C(known), oldest first."""
    ids = {execution.id for execution in known}
    found = context.client.job_executions(cluster_id, desired.name)
    return [each for each in found if each.id not in ids and desired.is_run_by(each)]


def _appeared(
    context: Context, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]
) -> list[JobExecution]:
    """The executions that appeared since C(known), within the time that is given to looking for one."""
    started = context.waiter.elapsed()
    return context.waiter.until(
        f"job {desired.name}",
        lambda: _new_twins(context, cluster_id, desired, known),
        lambda found: bool(found) or context.waiter.elapsed() - started >= context.patience,
        lambda found: "looking whether it was submitted",
    )


def until_appeared(context: Context, cluster_id: str, desired: DesiredJob, within: float, *, must: bool) -> None:
    """Give a job that was submitted with the creation of its cluster time to show among the executions.

    :raises WaitTimeoutError: it C(must) show and does not.
    """
    started = context.waiter.elapsed()

    def enough(found: list[JobExecution]) -> bool:
        is_late = not must and context.waiter.elapsed() - started >= within
        return is_late or any(map(desired.is_run_by, found))

    context.waiter.until(
        f"job {desired.name}",
        lambda: context.client.job_executions(cluster_id, desired.name),
        enough,
        lambda found: "waiting for the job that came with the cluster",
        limit=within if must else None,
    )


def cancel(context: Context, execution: JobExecution) -> None:
    """Ask for the end of a running execution. Asking twice ends it once, so a lost answer is asked again."""
    lost: UnknownOutcomeError | None = None
    for repeats_left in (1, 0):
        try:
            context.client.cancel_job_execution(execution)
            break
        except (ServiceError, UnknownOutcomeError) as error:
            lost = error if isinstance(error, UnknownOutcomeError) else lost
            with looking_after(lost) if lost else contextlib.nullcontext():
                seen = context.client.job_execution(execution.id)
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
    context.actions.append(Cancel(execution).action)
