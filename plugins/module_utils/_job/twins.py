# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Executions of one job that began together: one goes on, the others are cancelled.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.end import cancel, delete_record
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import beside, with_later
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)


class Twins:
    """Finds a second execution of a job, made by another machine or by a repeated request.

    API v1.1 has nothing against them. All see them in the same order: the first one goes on, and
    everybody who sees a later one cancels it.

    :param known: executions that were there before, which are none.
    """

    def __init__(
        self,
        context: Context,
        cluster_id: str,
        desired: DesiredJob,
        known: t.Iterable[JobExecution],
    ) -> None:
        self._context, self._cluster_id, self._desired = context, cluster_id, desired
        there = list(known)
        self._known = {execution.id for execution in there}
        #: When the newest of before was submitted, by the clock of the service.
        self._newest = max((each.created for each in there if each.created), default=None)
        self._cancelled: set[str] = set()
        #: When no twin is expected to show any more.
        self._until = context.waiter.elapsed() + context.patience

    @classmethod
    def among(
        cls, context: Context, cluster_id: str, desired: DesiredJob, known: t.Sequence[JobExecution]
    ) -> Twins | None:
        """Where two of the executions run, which nobody asks for on purpose."""
        running = {each.id for each in known if desired.is_run_by(each) and not each.has_ended}
        past = [each for each in known if each.id not in running]
        return cls(context, cluster_id, desired, past) if len(running) > 1 else None

    @property
    def are_over(self) -> bool:
        """The time is over in which a new execution may show."""
        return self._context.waiter.elapsed() > self._until

    def found(self) -> list[JobExecution]:
        """The executions of this job that are not known from before, oldest first."""
        listed = self._context.client.jobs.executions(self._cluster_id, self._desired.name)
        new = [
            each for each in listed if each.id not in self._known and self._desired.is_run_by(each)
        ]
        return [each for each in new if not (each.has_ended and self._is_older(each))]

    def _is_older(self, execution: JobExecution) -> bool:
        """It was there before, and only shows late."""
        return bool(self._newest and execution.created and execution.created < self._newest)

    def ours_among(self, found: t.Sequence[JobExecution]) -> list[JobExecution]:
        """The executions that a submission with a lost answer may have made.

        API v2 shows who submitted each, so those of other users are left out.
        """
        late = [each for each in found if not self._is_older(each)]
        if len(late) < 2 or not any(each.user for each in late):
            return late
        with contextlib.suppress(MrsError):
            user = self._context.client.user_name()
            return [each for each in late if each.user == user] or late
        return late

    def first_of(self, ours: t.Sequence[JobExecution]) -> JobExecution:
        """The execution that goes on, as far as it shows right after the submission.

        Later ones that somebody else submitted are left to him for a moment.
        """
        found = self.found()
        first = _first(found) or ours[0]
        mine = {each.id for each in ours}
        for twin in self._second(found, first):
            if twin.id in mine:
                self._cancel([twin])
            elif not self._context.wait and not twin.has_ended:
                self._context.warn(
                    f"Job {twin.title} is a second execution of the same job, {twin.description}. "
                    "The task that submitted it should cancel it. With wait: false this task does "
                    "not wait for that."
                )
        return first

    def keep_one(self, current: JobExecution) -> JobExecution:
        """The execution that goes on. Withdraws the others, as long as one may still show."""
        return current if self.are_over else self.first_and_only(current)

    def first_and_only(self, current: JobExecution) -> JobExecution:
        """The execution that counts. Withdraws the others that show by now."""
        found = self.found()
        first = _first(found) or current
        self._cancel(self._second(found, first))
        return first

    def _second(self, found: t.Sequence[JobExecution], first: JobExecution) -> list[JobExecution]:
        others = [twin for twin in found if twin.id != first.id and twin.id not in self._cancelled]
        return [twin for twin in others if twin.state != "terminated" and beside(twin, first)]

    def _cancel(self, executions: t.Sequence[JobExecution]) -> None:
        """Cancel what should not be, and delete the records once it has ended, as far as that goes.

        Meanwhile nobody looks for others, so that takes longer by as much.
        """
        context = self._context
        context.planned(Plan(before=with_later(context.done.before, executions)))
        began = context.waiter.elapsed()
        for execution in executions:
            self._cancelled.add(execution.id)
            if not execution.has_ended:
                cancel(context, execution, by_whomever=True)
        for execution in executions:
            self._clear_away(execution)
        self._until += context.waiter.elapsed() - began

    def _clear_away(self, execution: JobExecution) -> None:
        context = self._context
        story = f"Job {execution.title} was submitted twice in the same moment"
        seen = self._ended(execution)
        if seen and not seen.has_ended and not context.wait:
            context.warn(
                f"{story}; this one is being cancelled, and with wait: false the task does not "
                "wait for that."
            )
            return
        if seen and seen.state != "terminated":
            context.warn(f"{story}, and is {seen.description}.")
            return
        if seen:
            delete_record(context, execution)
        context.warn(f"{story}; this one was cancelled.")

    def _ended(self, execution: JobExecution) -> JobExecution | None:
        """The execution once it has ended; without C(wait), as it is."""

        def look() -> JobExecution | None:
            return self._context.client.jobs.execution_again(execution)

        if not self._context.wait:
            return look()
        return self._context.until_shown(
            f"job {execution.title}",
            look,
            lambda seen: seen is None or seen.has_ended,
            lambda seen: "being cancelled, since it was submitted twice",
        )


def _first(found: t.Sequence[JobExecution]) -> JobExecution | None:
    """The oldest one that nobody has ended."""
    return next((each for each in found if each.state != "terminated"), found[0] if found else None)
