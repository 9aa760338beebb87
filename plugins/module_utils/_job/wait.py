# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waits for jobs, and judges how they ended.

One look at the cluster's list answers for all of them.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import JobError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Lasting
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1, V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.twins import Twins

#: How many polls the result of a completed job may come later than its state (service_v2 4.5).
LATE_POLLS = {V1: 3, V2: 20}

#: What to do where nobody knows where a log is.
KEEP_LOG = {
    V1: "Give job_log to keep the log of a job.",
    V2: "Look for its log in YARN on the cluster.",
}


class Watch:
    """Executions that are waited for together.

    :param cluster_id: of the cluster of all; an empty one where they may be on several, so that
        each is read by itself.
    :param executions: as they were seen just now.
    :param cluster: what the user calls the cluster.
    :param twins: of the one execution that is waited for, where it may not be the only one of its
        job.
    """

    def __init__(
        self,
        context: Context,
        cluster_id: str,
        executions: t.Sequence[JobExecution],
        cluster: str = "",
        twins: Twins | None = None,
    ) -> None:
        self._context, self._cluster_id, self._cluster = context, cluster_id, cluster or cluster_id
        self._seen: dict[str, JobExecution] = {}
        self._twins = twins
        self._late: collections.Counter[str] = collections.Counter()
        self._missing: dict[str, Lasting] = {}
        #: Those whose records were deleted meanwhile, as they were seen before.
        self.deleted: list[JobExecution] = []
        for execution in executions:
            self._take(execution)

    def now(self, executions: t.Sequence[JobExecution]) -> list[JobExecution]:
        """C(executions) as they were seen last, without those whose records were deleted."""
        deleted = {each.id for each in self.deleted}
        return [self._seen.get(each.id, each) for each in executions if each.id not in deleted]

    @property
    def one(self) -> JobExecution | None:
        """The execution that is waited for, where that is one."""
        return next(iter(self._seen.values()), None)

    def until_ended(self, *, anew: bool = False) -> None:
        """Wait until each has ended, and a little longer for a result that does not show yet.

        :param anew: look at once, since something was done to them.
        """
        is_known = not anew

        def read() -> int:
            nonlocal is_known
            if not is_known:
                self._look()
                self._keep_one()
            is_known = False
            return len(self._open())

        number = len(self._seen)
        if number == 1:
            title = next(iter(self._seen.values())).title
            self._context.waiter.until(
                f"job {title}", read, lambda left: left == 0, lambda left: self._describe()
            )
        elif number:
            subject = f"jobs on cluster {self._cluster}" if self._cluster else "jobs"
            told = f"of {number} have ended"
            self._context.waiter.until(
                subject, read, lambda left: left == 0, lambda left: f"{number - left} {told}"
            )

    def check_success(self) -> None:
        """:raises JobError: not all ended well.

        Names each that did not, its state and where its log is.
        """
        number = len(self._seen) + len(self.deleted)
        bad = [each for each in self._seen.values() if each.has_ended and not each.succeeded]
        if number == 1 and bad:
            check_success(bad[0])
        if not bad:
            return self.check_not_deleted()
        told = [*map(_verdict_with_log, bad), *map(_gone, self.deleted)]
        hint = None if all(map(_place, bad)) else KEEP_LOG[bad[0].api]
        raise JobError(
            f"{len(told)} of {number} jobs did not succeed: {'; '.join(told)}.", hint=hint
        )

    def check_not_deleted(self) -> None:
        """:raises JobError: the record of some was deleted."""
        if self.deleted:
            raise JobError(f"Job {'; job '.join(map(_gone, self.deleted))}.")

    def _describe(self) -> str:
        return self.one.description if self.one else "deleted"

    def _keep_one(self) -> None:
        """Where there are twins, go on with the one that stays and cancel the others.

        In the end of a long job it looks once more: a request may have been delivered twice
        meanwhile.
        """
        one = self.one or (self.deleted[-1] if self.deleted else None)
        if self._twins is None or one is None:
            return
        ended_by_itself = one.has_ended and one.state != "terminated"
        if self.one is None or not ended_by_itself:
            kept = self._twins.keep_one(one)
        elif self._twins.are_over:
            kept = self._twins.first_and_only(one)
        else:
            return
        if kept.id != one.id:
            self._seen.clear()
            self.deleted.clear()
            self._take(kept)

    def _open(self) -> list[str]:
        """The ids of those that are waited for still."""
        return [
            each.id
            for each in self._seen.values()
            if not each.has_ended or (each.lacks_result and self._may_be_late(each))
        ]

    def _may_be_late(self, execution: JobExecution) -> bool:
        return self._late[execution.id] <= LATE_POLLS[execution.api]

    def _look(self) -> None:
        asked = self._open()
        found = {each.id: each for each in self._read(asked)}
        for identity in asked:
            if identity in found:
                self._take(found[identity])
            elif self._is_gone(identity):
                self.deleted.append(self._seen.pop(identity))

    def _is_gone(self, identity: str) -> bool:
        """A new one may not show yet, and the answer may come from a copy that does not know it."""
        if self._twins:
            return self._twins.are_over
        return self._missing.setdefault(identity, self._context.lasting()).stays()

    def _read(self, asked: t.Sequence[str]) -> list[JobExecution]:
        """By the list of the cluster; those that the other API runs one by one."""
        client = self._context.client
        apis = {each.api for each in self._seen.values()}
        if len(apis) < 2:
            return client.jobs.executions_among(self._cluster_id, asked)
        api = client.jobs.api(self._cluster_id)
        listed = [identity for identity in asked if self._seen[identity].api == api]
        again = [
            client.jobs.execution_again(self._seen[each]) for each in asked if each not in listed
        ]
        return [
            *client.jobs.executions_among(self._cluster_id, listed),
            *(each for each in again if each),
        ]

    def _take(self, execution: JobExecution) -> None:
        self._seen[execution.id] = execution
        self._missing.pop(execution.id, None)
        self._late[execution.id] += execution.lacks_result


def check_success(execution: JobExecution) -> None:
    """:raises JobError: the job ended, and not with success.

    Names state, final status and where the log is.
    """
    if not execution.succeeded:
        place = _place(execution)
        hint = KEEP_LOG[execution.api]
        if place:
            hint = f"Its log is {place}."
        raise JobError(
            f"Job {_verdict(execution)}.", hint=hint, facts={"job_execution": execution.result()}
        )


def _place(execution: JobExecution) -> str | None:
    """Where the log of an execution is.

    API v2 has no path for it: YARN keeps it, under the application.
    """
    if execution.job_log:
        return f"under {execution.job_log}"
    application = execution.application_id or execution.launcher_id
    if execution.api == "v1.1" or not application:
        return None
    shown = f", shown at {execution.tracking_url}" if execution.tracking_url else ""
    return f"in YARN, application {application}{shown}"


def _verdict(execution: JobExecution) -> str:
    if execution.lacks_result:
        return f"{execution.title} is completed, but the service gives no result"
    return f"{execution.title} ended in state {execution.description}"


def _verdict_with_log(execution: JobExecution) -> str:
    place = _place(execution)
    if place is None:
        return _verdict(execution)
    return f"{_verdict(execution)}, its log is {place}"


def _gone(execution: JobExecution) -> str:
    return f"{execution.title} is gone: its record was deleted while it was waited for"
