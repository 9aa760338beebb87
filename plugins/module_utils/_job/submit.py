# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Submits jobs: an execution with the same name and definition is used, not repeated.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import (
    is_about_state,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OvertakenError,
    ServiceError,
    WaitError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Lasting
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.look import executions_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import (
    Submit,
    execution_that_counts,
    undecided_among,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.sql_result import (
    with_sql_result,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.twins import Twins
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import Watch
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

#: The user who submits is not known to the cluster.
UNKNOWN_USER = "0192"
#: A cluster that runs may take no jobs yet: wrong state, too many submissions (service_v2 4.4).
WARMING_UP = frozenset({"12000062", "0056", "0202"})
#: Seconds that a running cluster is given for it.
WARM_UP = 900.0


class Started(t.NamedTuple):
    """The execution that is the job. C(twins): those that may have begun together with it."""

    execution: JobExecution
    twins: Twins | None = None


Attempt = t.Union[Started, ServiceError, OvertakenError]


def run_job(
    context: Context, cluster_id: str, desired: DesiredJob, seen: t.Sequence[JobExecution] = ()
) -> JobExecution:
    """The execution of this job on the cluster: used where it is there, else submitted.

    Waited for if wished.

    :param seen: executions that were seen before; the next answer may come from a copy that does
        not know them yet.
    """
    started = _adopted(context, cluster_id, desired, seen)
    execution, twins = started or _adopt_or_submit(context, cluster_id, desired)
    context.results["job_execution"] = execution.result()
    is_over = execution.has_ended and not execution.lacks_result
    if context.wait or is_over:
        watch = Watch(context, cluster_id, [execution], twins=twins)
        try:
            watch.until_ended()
        finally:
            execution = watch.one or execution
            context.results["job_execution"] = execution.result()
        watch.check_success()
        execution = with_sql_result(context, execution)
    return execution


def _adopt_or_submit(context: Context, cluster_id: str, desired: DesiredJob) -> Started:
    """Try until the cluster takes the job.

    In the wrong state, or with too many jobs running, it does not (service_v1 2.2).
    """
    warm_up = _WarmUp(context, cluster_id, desired)
    user = _SubmittingUser(context, cluster_id, desired, warm_up)

    def attempt() -> Attempt:
        try:
            return _attempt(context, cluster_id, desired)
        except OvertakenError as error:
            return error
        except ServiceError as error:
            jobs = context.client.jobs
            is_other_way = not desired.needs_v2 and jobs.change_api(cluster_id, error)
            if not is_other_way and not user.is_made_known(error):
                warm_up.check_passing(error)
            return error

    def describe(seen: Attempt) -> str:
        if isinstance(seen, Started):
            return "submitted"
        return f"not taken yet: {(seen.reason or seen.message).rstrip('.')}"

    def is_started(seen: Attempt) -> bool:
        return isinstance(seen, Started)

    return t.cast(
        Started, context.waiter.until(f"job {desired.name}", attempt, is_started, describe)
    )


class _WarmUp:
    """Waits for a cluster that takes no jobs now, in its state or shortly after its start."""

    def __init__(self, context: Context, cluster_id: str, desired: DesiredJob) -> None:
        self._context, self._cluster_id, self._desired = context, cluster_id, desired
        self._refusing = Lasting(context.waiter, WARM_UP)

    def check_passing(self, refused: ServiceError) -> None:
        """:raises MrsError: the cluster does not take the job later, or the task shall not wait."""
        if not _may_pass(refused):
            raise refused
        cluster = self._context.client.cluster(self._cluster_id)
        cluster_state.check_there(cluster, self._cluster_id)
        is_running = cluster is not None and cluster.state in cluster_state.USABLE
        if not self._context.wait and cluster and not is_running:
            what = f"job {self._desired.name} cannot be submitted now"
            raise cluster_state.not_now(cluster, what) from refused
        if not self._context.wait or (is_running and self._is_over(refused)):
            raise refused

    def _is_over(self, refused: ServiceError) -> bool:
        """It has run and refused for so long that this is no warm-up."""
        return refused.code in WARMING_UP and self._refusing.stays()


def _may_pass(refused: ServiceError) -> bool:
    """The service refuses because of the state of the cluster, or since it has just started."""
    return is_about_state(refused.code, refused.status) or refused.code in WARMING_UP


class _SubmittingUser:
    """Makes the submitting user known to the cluster, where the service refuses a job without it.

    The service takes up to five minutes until it knows a user that was synchronised (service_v2 6).
    """

    def __init__(
        self, context: Context, cluster_id: str, desired: DesiredJob, warm_up: _WarmUp
    ) -> None:
        self._context, self._cluster_id, self._desired = context, cluster_id, desired
        self._warm_up = warm_up
        self._since: float | None = None

    def is_made_known(self, refusal: ServiceError) -> bool:
        """The submission can be tried again."""
        if not self._desired.sync_iam_user or not self._context.wait:
            return False
        if refusal.code != UNKNOWN_USER:
            return False
        if self._since is None:
            try:
                self._synchronise()
            except ServiceError as error:
                self._warm_up.check_passing(error)
                return True
            self._since = self._context.waiter.elapsed()
        return self._context.waiter.elapsed() - self._since < self._desired.iam_sync_timeout

    def _synchronise(self) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.iam_sync import (
            Synchronise,
            synchronise,
        )

        name = self._context.client.user_name()
        if name is None:
            self._context.warn(
                "The name of the user is not known, so all IAM users are synchronised."
            )
        users = (name,) if name else ()
        synchronise(self._context, self._cluster_id, Synchronise(users, everyone=name is None))


def _attempt(context: Context, cluster_id: str, desired: DesiredJob) -> Started:
    """Adopt the execution that is there, or submit one.

    :raises OvertakenError: somebody else submitted it meanwhile.
    """
    with context.alone("job", cluster_id, desired.name):
        known = executions_of(context, cluster_id, desired)
        undecided = undecided_among(desired, known)
        if undecided:
            _await_result(context, cluster_id, undecided)
            known = executions_of(context, cluster_id, desired)
        adopted = _adopted(context, cluster_id, desired, known)
        if adopted:
            return adopted
        twins = Twins(context, cluster_id, desired, known)
        ours = _submit(context, cluster_id, desired, twins)
    return Started(twins.first_of(ours), twins)


def _await_result(context: Context, cluster_id: str, undecided: JobExecution) -> None:
    """A job that may have succeeded is not submitted again. Its result may show a little later.

    :raises WaitError: the task shall not wait for it.
    """
    if not context.wait:
        raise WaitError(
            f"Job {undecided.title} is completed, but the service does not say yet whether it "
            "succeeded.",
            hint="Run the task again, or let it wait.",
        )
    Watch(context, cluster_id, [undecided]).until_ended()


def _adopted(
    context: Context, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]
) -> Started | None:
    there = execution_that_counts(desired, known)
    if there is None:
        return None
    return Started(there, Twins.among(context, cluster_id, desired, known))


def _submit(
    context: Context, cluster_id: str, desired: DesiredJob, twins: Twins
) -> list[JobExecution]:
    """Submit once; where the answer is lost, look for what it made.

    Gives all executions that may be ours.
    """

    def ask() -> list[JobExecution]:
        api = context.client.jobs.api(cluster_id)
        return [
            context.client.jobs.submit_job(
                cluster_id, desired.request(api, cluster_id), lambda: not twins.found()
            )
        ]

    def judge(found: list[JobExecution]) -> list[JobExecution] | Verdict:
        return twins.ours_among(found) or Verdict.OPEN

    stage = "checking whether it was submitted"
    names = ("job", cluster_id, desired.name)
    ours = act_once(
        context,
        Call(f"job {desired.name}", ask, twins.found, judge, lambda found: stage, names=names),
    )
    context.did(Submit(desired.name))
    return ours


def until_appeared(
    context: Context, cluster_id: str, desired: DesiredJob, within: float, *, must: bool
) -> list[JobExecution]:
    """Wait for a job to show among the executions that was submitted with its cluster.

    :raises WaitTimeoutError: it C(must) show and does not.
    """
    return context.waiter.until(
        f"job {desired.name}",
        lambda: context.client.jobs.executions(cluster_id, desired.name),
        lambda found: any(map(desired.is_run_by, found)),
        lambda found: "waiting for the job that came with the cluster",
        **({"limit": within} if must else {"within": within}),
    )
