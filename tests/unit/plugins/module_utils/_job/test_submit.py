# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import execution_that_counts
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_job import JobTask
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB_OPTIONS,
    Json,
    an_execution,
    failed_job,
    job,
    options,
    running_job,
    wanted_job,
)

RUNS = running_job(id="runs", create_at=1000)
GOOD = job(id="good", create_at=2000, end_time=2900)
BAD = failed_job(id="bad", create_at=3000)
OTHER = job(id="other", arguments="else", create_at=4000)
NO_RESULT = job(id="no-result", job_final_status=0, create_at=3000)
CANCELLED = job(id="cancelled", job_state=-1, job_final_status=3, create_at=3000)


@pytest.mark.parametrize(
    ("rerun", "found", "stands"),
    [
        ("on_failure", [], None),
        ("never", [], None),
        ("always", [], None),
        ("on_failure", [GOOD], "good"),
        ("never", [GOOD], "good"),
        ("always", [GOOD], None),
        ("on_failure", [BAD], None),
        ("never", [BAD], "bad"),
        ("always", [BAD], None),
        ("on_failure", [GOOD, BAD], None),
        ("on_failure", [BAD, {**GOOD, "create_at": 4000, "end_time": 5000}], "good"),
        ("on_failure", [NO_RESULT], None),
        ("never", [NO_RESULT], "no-result"),
        ("on_failure", [CANCELLED], None),
        ("never", [CANCELLED], "cancelled"),
        ("on_failure", [RUNS], "runs"),
        ("never", [RUNS], "runs"),
        ("always", [RUNS], "runs"),
        ("always", [RUNS, GOOD], "runs"),
        ("on_failure", [RUNS, BAD], "runs"),
        ("on_failure", [RUNS, {**RUNS, "id": "runs-too", "create_at": 1500}], "runs"),
        ("on_failure", [OTHER], None),
        ("never", [OTHER], None),
        ("on_failure", [GOOD, OTHER], "good"),
    ],
)
def test_which_execution_stands_for_the_job(
    rerun: str, found: list[Json], stands: str | None
) -> None:
    execution = execution_that_counts(
        wanted_job(rerun=rerun), [an_execution(**each) for each in found]
    )
    assert (execution.id if execution else None) == stands


def plan(state: str, *found: Json, **given: str) -> tuple[list[Json], Json, Json]:
    task = JobTask(options("mrs_job", cluster=CLUSTER, state=state, **{**JOB_OPTIONS, **given}))
    made = task.plan([an_execution(**each) for each in found])
    return made.actions, dict(made.before["job_executions"]), dict(made.after["job_executions"])


def test_a_new_job_is_submitted() -> None:
    assert plan("present", BAD) == (
        [{"action": "submit_job", "job": "wordcount"}],
        {"bad": {"name": "wordcount", "state": "completed"}},
        {
            "bad": {"name": "wordcount", "state": "completed"},
            "(new)": {"name": "wordcount", "state": "completed"},
        },
    )


@pytest.mark.parametrize("found", [GOOD, RUNS])
def test_a_job_that_stands_is_no_change(found: Json) -> None:
    actions, before, after = plan("present", found)
    assert actions == []
    assert before == after


def test_only_running_executions_are_cancelled() -> None:
    assert plan("cancelled", RUNS, GOOD) == (
        [{"action": "cancel_job", "job": "wordcount", "id": "runs"}],
        {
            "runs": {"name": "wordcount", "state": "running"},
            "good": {"name": "wordcount", "state": "completed"},
        },
        {
            "runs": {"name": "wordcount", "state": "terminated"},
            "good": {"name": "wordcount", "state": "completed"},
        },
    )


def test_absent_cancels_what_runs_and_deletes_every_record() -> None:
    actions, before, after = plan("absent", RUNS, GOOD)
    assert actions == [
        {"action": "cancel_job", "job": "wordcount", "id": "runs"},
        {"action": "delete_job_execution", "job": "wordcount", "id": "runs"},
        {"action": "delete_job_execution", "job": "wordcount", "id": "good"},
    ]
    assert sorted(before) == ["good", "runs"]
    assert after == {}


def test_the_secrets_of_a_task_are_those_of_its_job() -> None:
    given = options(
        "mrs_job", cluster=CLUSTER, **{**JOB_OPTIONS, "arguments": "@password=hunter22"}
    )
    assert JobTask(given).secrets() == {"@password=hunter22", "hunter22"}
    assert JobTask(options("mrs_job", cluster=CLUSTER, id="x")).secrets() == ()
