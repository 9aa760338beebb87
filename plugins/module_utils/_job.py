# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs: an execution of the same name and definition is the job; it is adopted, and never submitted blindly.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._codes import Retry, lookup
from ansible_collections.huaweicloud.mrs.plugins.module_utils._context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import OvertakenError, ServiceError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_options import DesiredJob
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_plan import Submit, standing
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_twins import Twins
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_wait import Watch
from ansible_collections.huaweicloud.mrs.plugins.module_utils._once import Call, Verdict, act_once


class Started(t.NamedTuple):
    """The execution that is the job. C(twins): those that may have begun together with it."""

    execution: JobExecution
    twins: Twins | None = None


Attempt = Started | ServiceError | OvertakenError


def run_job(context: Context, cluster_id: str, desired: DesiredJob) -> JobExecution:
    """The execution of this job on the cluster: adopted where it is there, else submitted. Waited for if wished."""
    execution, twins = _adopt_or_submit(context, cluster_id, desired)
    context.results["job_execution"] = execution.result()
    if context.wait or execution.has_ended:
        watch = Watch(context, cluster_id, [execution], twins=twins)
        try:
            watch.until_ended()
        finally:
            execution = watch.one or execution
            context.results["job_execution"] = execution.result()
        watch.check_success()
    return execution


def _adopt_or_submit(context: Context, cluster_id: str, desired: DesiredJob) -> Started:
    """Try until the cluster takes the job; in the wrong state, or with too many jobs running, it does not (2.2)."""

    def attempt() -> Attempt:
        try:
            return _attempt(context, cluster_id, desired)
        except OvertakenError as error:
            return error
        except ServiceError as error:
            code = lookup(error.code, error.status)
            if code is None or code.retry is not Retry.STATE:
                raise
            cluster = context.client.cluster(cluster_id)
            _cluster_state.check_there(cluster, cluster_id)
            if context.wait:
                return error
            if cluster and cluster.state not in _cluster_state.USABLE:
                raise _cluster_state.not_now(cluster, f"job {desired.name} cannot be submitted now") from error
            raise

    def describe(seen: Attempt) -> str:
        if isinstance(seen, Started):
            return "submitted"
        return f"not taken yet: {(seen.reason or seen.message).rstrip('.')}"

    def is_started(seen: Attempt) -> bool:
        return isinstance(seen, Started)

    return t.cast(Started, context.waiter.until(f"job {desired.name}", attempt, is_started, describe))


def _attempt(context: Context, cluster_id: str, desired: DesiredJob) -> Started:
    """Adopt the execution that is there, or submit one.

    :raises OvertakenError: somebody else submitted it meanwhile.
    """
    with context.alone("job", cluster_id, desired.name):
        known = context.client.job_executions(cluster_id, desired.name)
        there = standing(desired, known)
        if there:
            return Started(there, Twins.among(context, cluster_id, desired, known))
        twins = Twins(context, cluster_id, desired, known)
        ours = _submit(context, cluster_id, desired, twins)
    return Started(twins.first_of(ours), twins)


def _submit(context: Context, cluster_id: str, desired: DesiredJob, twins: Twins) -> list[JobExecution]:
    """Submit once; where the answer is lost, look for what it made. Gives all executions that may be ours."""

    def ask() -> list[JobExecution]:
        return [context.client.submit_job(desired.body(cluster_id), lambda: not twins.found())]

    def judge(found: list[JobExecution]) -> list[JobExecution] | Verdict:
        return found or Verdict.OPEN

    stage = "looking whether it was submitted"
    names = ("job", cluster_id, desired.name)
    ours = act_once(context, Call(f"job {desired.name}", ask, twins.found, judge, lambda found: stage, names=names))
    context.did(Submit(desired.name))
    return ours


def until_appeared(context: Context, cluster_id: str, desired: DesiredJob, within: float, *, must: bool) -> None:
    """Give a job that was submitted with the creation of its cluster time to show among the executions.

    :raises WaitTimeoutError: it C(must) show and does not.
    """
    context.waiter.until(
        f"job {desired.name}",
        lambda: context.client.job_executions(cluster_id, desired.name),
        lambda found: any(map(desired.is_run_by, found)),
        lambda found: "waiting for the job that came with the cluster",
        **({"limit": within} if must else {"within": within}),
    )
