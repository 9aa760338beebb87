# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    Json,
    an_execution,
    job,
    job_v2,
)


def test_an_execution_comes_out_with_every_documented_key() -> None:
    assert an_execution(
        job_id="application_1711530100001_0007", progress="first progress"
    ).result() == {
        "id": JOB,
        "name": "wordcount",
        "job_type": "mapreduce",
        "cluster_id": CLUSTER,
        "state": "completed",
        "final_status": "succeeded",
        "progress": "first progress",
        "jar_path": "s3a://etl/wc.jar",
        "arguments": "wordcount",
        "input": "s3a://etl/in/",
        "output": "s3a://etl/out/",
        "job_log": None,
        "hive_script_path": None,
        "hql": None,
        "file_action": None,
        "application_id": "application_1711530100001_0007",
        "return_code": None,
        "result": None,
        "user": None,
        "queue": None,
        "launcher_id": None,
        "tracking_url": None,
        "sql_result": None,
        "created_at": "2024-03-27T11:46:40Z",
        "started_at": "2024-03-27T11:46:40Z",
        "ended_at": "2024-03-27T11:51:58Z",
        "duration": 317.877,
    }


def test_an_empty_answer_is_an_execution_that_starts() -> None:
    nothing = JobExecution.of({})
    assert (nothing.id, nothing.name, nothing.state, nothing.final_status, nothing.job_type) == (
        "",
        "",
        "starting",
        None,
        None,
    )
    assert nothing.result()["duration"] is None


def test_q5_an_execution_is_wrapped_or_not() -> None:
    assert JobExecution.of({"job_execution": job()}) == JobExecution.of(job())


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ({"create_at": 1711540000123}, "2024-03-27T11:46:40Z"),
        ({"create_at": None, "created_at": 1711540000}, "2024-03-27T11:46:40Z"),
        ({"create_at": None, "created_at": 1711540000123}, "2024-03-27T11:46:40Z"),
        ({"create_at": None, "created_at": "2024-03-27T11:46:40"}, "2024-03-27T11:46:40Z"),
        ({"create_at": None}, None),
    ],
)
def test_q13_q14_the_creation_has_two_names_and_three_clocks(told: Json, time: str | None) -> None:
    assert an_execution(**told).result()["created_at"] == time


@pytest.mark.parametrize(
    ("encoded", "shown"),
    [
        ("gc2hvdyB0YWLsZXM7", "show tables;"),
        ("show tables;", "show tables;"),
        ("", None),
        (None, None),
    ],
)
def test_q21_a_statement_is_shown_decoded(encoded: str | None, shown: str | None) -> None:
    assert an_execution(hql=encoded).result()["hql"] == shown


STATES = [
    (-1, 3, "terminated", "cancelled", True, False),
    (1, 0, "starting", "unfinished", False, False),
    (2, 0, "running", "unfinished", False, False),
    (2, 1, "running", "failed", False, False),
    (2, 2, "running", "succeeded", False, False),
    (3, 0, "completed", "unfinished", True, False),
    (3, 1, "completed", "failed", True, False),
    (3, 2, "completed", "succeeded", True, True),
    (3, 3, "completed", "cancelled", True, False),
    (4, 0, "abnormal", "unfinished", True, False),
    (5, 1, "error", "failed", True, False),
    ("3", "2", "completed", "succeeded", True, True),
    (9, 9, "unknown state 9", "unknown status 9", False, False),
    (None, None, "starting", None, False, False),
]


@pytest.mark.parametrize(("state", "final", "name", "status", "ended", "succeeded"), STATES)
def test_q22_only_state_and_final_status_together_are_a_success(
    state: t.Any, final: t.Any, name: str, status: str | None, ended: bool, succeeded: bool
) -> None:
    execution = an_execution(job_state=state, job_final_status=final)
    assert (execution.state, execution.final_status) == (name, status)
    assert (execution.has_ended, execution.succeeded) == (ended, succeeded)


@pytest.mark.parametrize("application", ["", None])
def test_q25_the_application_is_not_the_id(application: str | None) -> None:
    execution = an_execution(job_id=application)
    assert (execution.id, execution.application_id) == (JOB, None)


def test_q26_the_id_has_two_spellings() -> None:
    answer = job()
    answer["Id"] = answer.pop("id")
    assert JobExecution.of(answer).id == JOB


@pytest.mark.parametrize("strange", [{"args": ["@p=x"]}, ["x"], None])
def test_q26_objects_where_texts_are_expected_are_left_out(strange: t.Any) -> None:
    assert an_execution(return_code=strange, progress=strange).result()["return_code"] is None


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (1, "mapreduce"),
        ("2", "spark"),
        (3, "hive_script"),
        (5, "distcp"),
        (6, "spark_script"),
        (8, "8"),
    ],
)
def test_types_are_names(told: t.Any, kind: str) -> None:
    assert an_execution(job_type=told).job_type == kind


def test_q38_marked_words_of_the_arguments_are_never_shown() -> None:
    shown = an_execution(arguments="run @password=canary", hql="select @key=canary").result()
    assert (shown["arguments"], shown["hql"]) == ("run @password=*", "select @key=*")


def test_marked_words_that_the_progress_repeats_are_not_shown() -> None:
    assert an_execution(progress="ran wc @password=canary").progress == "ran wc @password=*"


def test_the_duration_is_the_one_that_the_service_tells_where_it_does() -> None:
    assert an_execution(spend_time=318.5).result()["duration"] == 318.5


def test_a_running_execution_has_no_duration() -> None:
    assert an_execution(job_state=2, end_time=None).result()["duration"] is None


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"job_state": 2, "job_final_status": 1}, "running"),
        (
            {"job_state": 2, "job_final_status": 0, "progress": "map 10%"},
            "running, progress: map 10%",
        ),
        ({"job_state": 3, "job_final_status": 1}, "completed with final status failed"),
        ({"job_state": 3, "job_final_status": 0}, "completed"),
        ({"job_state": -1, "job_final_status": 3}, "terminated with final status cancelled"),
    ],
)
def test_an_execution_tells_state_result_and_progress(told: Json, text: str) -> None:
    assert an_execution(**told).description == text


def test_executions_sort_by_creation_and_those_without_come_first() -> None:
    late, early, never = (
        an_execution(create_at=2000),
        an_execution(create_at=1000),
        an_execution(create_at=None),
    )
    assert sorted([late, early, never], key=lambda each: each.order) == [never, early, late]


def test_executions_of_one_moment_sort_by_id() -> None:
    assert an_execution(id="a").order < an_execution(id="b").order


def test_secrets_in_the_texts_of_a_job_are_not_shown() -> None:
    text = "-Dfs.s3a.secret.key=Canary-1 --password Canary-2 run"
    shown = JobExecution.of(job(arguments=text, progress=f"started {text}")).result()
    masked = "-Dfs.s3a.secret.key=* --password * run"
    assert (shown["arguments"], shown["progress"]) == (masked, f"started {masked}")
    listed = job_v2(arguments="[set x.access.key=Canary 1, --password, Canary-2, run]")
    shown = JobExecution.of_v2(listed, CLUSTER).result()
    assert shown["arguments"] == "[set x.access.key=*, --password, *, run]"


@pytest.mark.parametrize("key", ["create_at", "created_at"])
def test_q14_a_job_was_created_when_either_key_says(key: str) -> None:
    answer = {**job(), "create_at": None, key: 1711540000123}
    assert JobExecution.of(answer).result()["created_at"] == "2024-03-27T11:46:40Z"


def test_an_execution_of_api_v2_comes_out_with_what_it_tells() -> None:
    shown = JobExecution.of_v2(job_v2(elapsed_time=305655), CLUSTER).result()
    assert {key: value for key, value in shown.items() if value is not None} == {
        "id": JOB,
        "name": "wordcount",
        "job_type": "mapreduce",
        "cluster_id": CLUSTER,
        "state": "completed",
        "final_status": "succeeded",
        "progress": "100",
        "arguments": "[s3a://etl/wc.jar, wordcount, s3a://etl/in/, s3a://etl/out/]",
        "application_id": "application_1711530100001_0007",
        "result": "succeeded",
        "user": "robot",
        "queue": "default",
        "launcher_id": "application_1711530100001_0006",
        "created_at": "2024-03-27T11:46:40Z",
        "started_at": "2024-03-27T11:46:52Z",
        "ended_at": "2024-03-27T11:51:58Z",
        "duration": 305.655,
    }


@pytest.mark.parametrize(
    ("state", "result", "name", "status", "described"),
    [
        ("", "", "starting", None, "starting"),
        ("NEW", "UNDEFINED", "starting", "unfinished", "starting"),
        ("ACCEPTED", "", "starting", None, "starting"),
        ("RUNNING", "UNDEFINED", "running", "unfinished", "running"),
        ("RUNNING", "FAILED", "running", "failed", "running"),
        ("FINISHED", "SUCCEEDED", "completed", "succeeded", "completed with final status succee"),
        ("FINISHED", "FAILED", "error", "failed", "error with final status failed"),
        ("FINISHED", "KILLED", "terminated", "cancelled", "terminated with final status cancelled"),
        ("FINISHED", "UNDEFINED", "completed", "unfinished", "ended, result unknown"),
        ("FINISHED", "", "completed", None, "ended, result unknown"),
        ("FINISHED", "ODD", "completed", "unknown status odd", "completed with final status unkn"),
        ("FAILED", "FAILED", "error", "failed", "error with final status failed"),
        ("KILLED", "KILLED", "terminated", "cancelled", "terminated with final status cancelled"),
        ("KILLED", "", "terminated", None, "terminated"),
        ("ODD", "", "unknown state odd", None, "unknown state odd"),
    ],
)
def test_v2_state_and_result_tell_together_how_a_job_is(
    state: str, result: str, name: str, status: str | None, described: str
) -> None:
    answer = job_v2(job_state=state, job_result=result, job_progress=None)
    execution = JobExecution.of_v2(answer, CLUSTER)
    assert (execution.state, execution.final_status) == (name, status)
    assert execution.description.startswith(described)
    assert execution.result()["result"] == (result.lower() or None)


@pytest.mark.parametrize(
    ("told", "kind"), [("MapReduce", "mapreduce"), ("Unheard", "Unheard"), ("", None)]
)
def test_v2_types_are_names(told: str, kind: str | None) -> None:
    assert JobExecution.of_v2(job_v2(job_type=told), CLUSTER).job_type == kind


def test_the_properties_of_a_job_are_in_no_text() -> None:
    execution = JobExecution.of_v2(job_v2(properties='{"key": "canary"}'), CLUSTER)
    assert "canary" not in repr(execution)


@pytest.mark.parametrize(
    ("found", "wanted", "is_on"),
    [
        (CLUSTER, CLUSTER, True),
        (CLUSTER, CLUSTER.upper(), True),
        (CLUSTER, "0" * 36, False),
        (CLUSTER, "z" * 36, False),
        (None, CLUSTER, True),
    ],
)
def test_an_execution_is_on_its_cluster(found: str | None, wanted: str, is_on: bool) -> None:
    assert an_execution(cluster_id=found).is_on(wanted) is is_on
