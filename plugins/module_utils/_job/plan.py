# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is to do about jobs, by looking at values only.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import itertools
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Action, View

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


#: Seconds after a submission in which an execution of the same job is more likely the same request
#: than a new wish.
SOON = 600.0


class Submit(t.NamedTuple):
    """Run the job."""

    name: str

    @property
    def action(self) -> Action:
        return {"action": "submit_job", "job": self.name}

    def effect(self, view: View) -> View:
        """It has no id yet. The view of a cluster shows names only."""
        if _shows_names(view):
            return _with_name(view, self.name)
        return _with(view, "(new)", {"name": self.name, "state": "completed"})


class Cancel(t.NamedTuple):
    """End a running execution."""

    execution: JobExecution

    @property
    def action(self) -> Action:
        return {"action": "cancel_job", "job": self.execution.name, "id": self.execution.id}

    def effect(self, view: View) -> View:
        """The job of a cluster may be cancelled that was submitted twice."""
        if _shows_names(view):
            return _with_name(view, f"{self.execution.title}: terminated")
        return _with(view, self.execution.id, {"name": self.execution.name, "state": "terminated"})


class DeleteRecord(t.NamedTuple):
    """Delete the record of an execution."""

    execution: JobExecution

    @property
    def action(self) -> Action:
        return {
            "action": "delete_job_execution",
            "job": self.execution.name,
            "id": self.execution.id,
        }

    def effect(self, view: View) -> View:
        if _shows_names(view):
            return _with_name(view, f"{self.execution.title}: deleted")
        there = view["job_executions"].items()
        return {
            **view,
            "job_executions": {key: each for key, each in there if key != self.execution.id},
        }


def _shows_names(view: View) -> bool:
    """It is the view of a cluster."""
    return not isinstance(view.get("job_executions"), dict)


def _with_name(view: View, text: str) -> View:
    return {**view, "job_executions": [*view.get("job_executions", ()), text]}


def _with(view: View, key: str, shown: t.Mapping[str, t.Any]) -> View:
    return {**view, "job_executions": {**view["job_executions"], key: dict(shown)}}


def view_of(executions: t.Sequence[JobExecution]) -> View:
    """What the diff shows of executions that are there."""
    return {
        "job_executions": {each.id: {"name": each.name, "state": each.state} for each in executions}
    }


def with_later(view: View, executions: t.Sequence[JobExecution]) -> View:
    """C(view) with executions that came after the first look. A cluster shows names only."""
    if _shows_names(view):
        return view
    later = view_of(executions)["job_executions"]
    return {**view, "job_executions": {**later, **view["job_executions"]}}


def execution_that_counts(
    desired: DesiredJob, executions: t.Sequence[JobExecution]
) -> JobExecution | None:
    """The execution that is this job by the rule of C(rerun); None when it is to be submitted.

    A running one always is: it is waited for. C(executions) are sorted, oldest first.
    """
    runs = _without_doubles(_runs_of(desired, executions))
    if not runs:
        return None
    running = [run for run in runs if not run.has_ended]
    if running:
        return running[0]
    latest = runs[-1]
    counts = {"never": True, "on_failure": latest.succeeded, "always": False}
    return latest if counts[desired.rerun] else None


def _runs_of(desired: DesiredJob, executions: t.Iterable[JobExecution]) -> list[JobExecution]:
    return [execution for execution in executions if desired.is_run_by(execution)]


def _without_doubles(runs: t.Sequence[JobExecution]) -> list[JobExecution]:
    return [
        run
        for place, run in enumerate(runs)
        if not any(_doubles(run, older) for older in runs[:place])
    ]


def undecided_among(
    desired: DesiredJob, executions: t.Sequence[JobExecution]
) -> JobExecution | None:
    """The latest execution of this job, where a new run depends on its missing result."""
    found = _runs_of(desired, executions)
    if desired.rerun != "on_failure" or execution_that_counts(desired, found) or not found:
        return None
    return found[-1] if found[-1].lacks_result else None


def unasked(desired: DesiredJob, executions: t.Sequence[JobExecution]) -> list[str]:
    """Tells of the executions that nobody asked for: each began soon after one that has succeeded.

    A request that is delivered again when its run is over makes one, and nothing can prevent it.
    """
    if desired.rerun == "always":
        return []
    found = [each for each in _runs_of(desired, executions) if each.state != "terminated"]
    return [
        _describe_unasked(later, older)
        for older, later in itertools.pairwise(found)
        if _is_unasked(later, older)
    ]


def _is_unasked(later: JobExecution, older: JobExecution) -> bool:
    if not older.succeeded or later.created is None or older.created is None:
        return False
    return (later.created - older.created).total_seconds() <= SOON


def _describe_unasked(later: JobExecution, older: JobExecution) -> str:
    return (
        f"Job {later.title} is a second execution: {older.id} had been submitted shortly before, "
        "and has succeeded. "
        "A request may have been delivered twice, or somebody ran it by hand. Look at the output "
        "of both. To end this "
        f"warning, delete the record of one: mrs_job with state: absent and id: {later.id}."
    )


def _doubles(twin: JobExecution, older: JobExecution) -> bool:
    """Whether the execution is a second one that does not count.

    It began beside an older one, and was cancelled for that or does not matter any more.
    """
    return beside(twin, older) and (twin.state == "terminated" or older.succeeded)


def beside(twin: JobExecution, older: JobExecution) -> bool:
    """The execution began before the older one had ended.

    Nothing begins beside a running twin, except when two machines submit in the same moment.
    """
    return older.ended is None or (twin.created is not None and twin.created <= older.ended)
