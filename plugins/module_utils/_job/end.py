# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ends executions of jobs, and deletes their records.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OvertakenError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Cancel, DeleteRecord
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

#: Refusals that a job gets which is over, and one that cannot be stopped.
OVER = frozenset({"0160", "0175"})


def cancel(context: Context, execution: JobExecution, *, by_whomever: bool = False) -> None:
    """Ask for the end of a running execution. Asking twice ends it once.

    :param by_whomever: where nobody can tell what ended it, it is enough that it is over.
    """
    subject = f"job {execution.title}"

    def look() -> JobExecution | None:
        return context.client.jobs.execution_again(execution)

    def ask() -> bool:
        context.client.jobs.cancel_execution(execution)
        return True

    def judge(seen: JobExecution | None) -> bool | Verdict:
        if seen is None:  # nobody can tell what ended it first
            return Verdict.OVERTAKEN if by_whomever else Verdict.UNKNOWN
        return _is_cancelled(seen)

    call = Call(subject, ask, look, judge, lambda seen: "ending", again=True, shared=True)
    try:
        act_once(context, call)
    except OvertakenError:
        return
    except ServiceError as error:
        if error.code not in OVER or not _is_over(context, subject, look):
            raise
        return
    context.did(Cancel(execution))


def _is_cancelled(seen: JobExecution) -> bool | Verdict:
    if seen.state == "terminated":
        return True
    return Verdict.OVERTAKEN if seen.has_ended else Verdict.OPEN


def _is_over(context: Context, subject: str, look: t.Callable[[], JobExecution | None]) -> bool:
    """It has ended, as far as that shows."""
    seen = context.until_shown(
        subject,
        look,
        lambda seen: seen is None or seen.has_ended,
        lambda seen: "it cannot be stopped",
    )
    return seen is None or seen.has_ended


def delete_record(context: Context, execution: JobExecution) -> None:
    """Delete the record of an execution that has ended.

    One that somebody else deleted is no change.
    """

    def ask() -> bool:
        if not context.client.jobs.delete_execution(execution):
            raise OvertakenError(f"The record of job {execution.title} is gone.")
        return True

    def look() -> JobExecution | None:
        return context.client.jobs.execution_again(execution)

    def judge(seen: JobExecution | None) -> bool | Verdict:
        return done_or_open(seen is None)

    try:
        act_once(
            context,
            Call(f"job {execution.title}", ask, look, judge, lambda seen: "deleting its record"),
        )
    except OvertakenError:
        return
    context.did(DeleteRecord(execution))
