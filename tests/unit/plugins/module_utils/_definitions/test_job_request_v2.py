# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The arguments that API v2 wants, by type, and how its answers are read (service_v2 4)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    Json,
    wanted_job,
)

BARE = dict.fromkeys(("jar_path", "arguments", "input", "output"))
ON_YARN = ["--master", "yarn", "--deploy-mode", "cluster"]


def job_of(kind: str, **given: t.Any) -> DesiredJob:
    return wanted_job(**{**BARE, "job_type": kind, **given})


LAYOUTS = [
    (
        job_of(
            "mapreduce",
            jar_path="/wc.jar",
            main_class="wordcount",
            arguments=["-n", 3],
            input="/in",
            output="/out",
        ),
        "MapReduce",
        ["/wc.jar", "wordcount", "-n", "3", "/in", "/out"],
    ),
    (job_of("mapreduce", jar_path="/wc.jar"), "MapReduce", ["/wc.jar"]),
    (
        job_of(
            "spark",
            jar_path="obs://b/x.jar",
            main_class="org.example.Main",
            options={"--driver-memory": "512m", "--verbose": None},
            arguments=["daily report", "5"],
        ),
        "SparkSubmit",
        [
            *ON_YARN,
            *("--class", "org.example.Main", "--driver-memory", "512m", "--verbose"),
            *("obs://b/x.jar", "daily report", "5"),
        ],
    ),
    (
        job_of("spark", jar_path="/x.jar", arguments="org.example.Main a b"),
        "SparkSubmit",
        [*ON_YARN, "--class", "org.example.Main", "/x.jar", "a", "b"],
    ),
    (
        job_of("spark", jar_path="/x.jar", arguments="wordcount.txt b"),
        "SparkSubmit",
        [*ON_YARN, "/x.jar", "wordcount.txt", "b"],
    ),
    (
        job_of(
            "spark_python",
            jar_path="/x.py",
            options=["--num-executors", 2],
            arguments=["org.example.Main"],
        ),
        "SparkPython",
        [*ON_YARN, "--num-executors", "2", "/x.py", "org.example.Main"],
    ),
    (
        job_of("hive_script", hive_script_path="obs://b/q.sql", options=["--hivevar", "day=1"]),
        "HiveScript",
        ["--hivevar", "day=1", "obs://b/q.sql"],
    ),
    (job_of("spark_script", hive_script_path="/q.sql"), "SparkScript", ["/q.sql"]),
    (job_of("hiveql", hql="use a; show tables"), "HiveSql", ["use a; show tables"]),
    (job_of("spark_sql", hql="show tables", options=["-x"]), "SparkSql", ["-x", "show tables"]),
    (
        job_of("distcp", file_action="import", input="obs://b/in", output="/out"),
        "DistCp",
        ["obs://b/in", "/out"],
    ),
    (
        job_of(
            "flink",
            jar_path="/f.jar",
            main_class="org.example.Stream",
            options=["-p", "4"],
            arguments="a",
        ),
        "Flink",
        ["run", "-d", "-p", "4", "-m", "yarn-cluster", "-c", "org.example.Stream", "/f.jar", "a"],
    ),
]


@pytest.mark.parametrize(("job", "kind", "arguments"), LAYOUTS)
def test_the_layout_of_the_arguments_depends_on_the_type(
    job: DesiredJob, kind: str, arguments: list[str]
) -> None:
    job.check("v2")
    assert job.request("v2", CLUSTER) == {
        "job_name": "wordcount",
        "job_type": kind,
        "arguments": arguments,
        "properties": {},
    }


def execution(**changes: t.Any) -> JobExecution:
    """What the service answers for a job that was submitted with C(SPARK)."""
    item = {
        "job_id": "44b37a20-ffe8-42b1-b42b-78a5978d7e41",
        "user": "robot",
        "job_name": "wordcount",
        "job_type": "SparkSubmit",
        "job_state": "FINISHED",
        "job_result": "SUCCEEDED",
        "job_progress": 100,
        "submitted_time": 1711540000119,
        "started_time": 1711540012345,
        "finished_time": 1711540098765,
        "elapsed_time": 86420,
        "queue": "default",
        "arguments": (
            "[--master, yarn, --deploy-mode, cluster, --class, org.example.Main, /x.jar, a, b]"
        ),
        "properties": "{}",
        "launcher_id": "application_1711530100001_0006",
        "app_id": "application_1711530100001_0007",
        **changes,
    }
    return JobExecution.of_v2(item, CLUSTER)


SPARK = {"jar_path": "/x.jar", "main_class": "org.example.Main", "arguments": ["a", "b"]}


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({}, {"user": "somebody"}),
        ({}, {"properties": None}),
        ({"arguments": ["a, b"]}, {}),  # the same text: nothing is split out of it
        (
            {"properties": {"b": "2", "a": "1, x"}},
            {"properties": "{a=1, x, b=2}"},
        ),
    ],
)
def test_v3_an_execution_is_the_job_by_name_type_and_texts(given: Json, changes: Json) -> None:
    assert job_of("spark", **{**SPARK, **given}).is_run_by(execution(**changes)) is True


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {"job_name": "other"}),
        ({}, {"job_type": "MapReduce"}),
        ({}, {"arguments": "[--master, yarn]"}),
        ({}, {"arguments": None}),
        ({}, {"properties": "{a=1}"}),
        ({"properties": {"a": "1"}}, {}),
        ({"properties": {"a": "1"}}, {"properties": "{a=2}"}),
        ({"properties": {"a": "1", "b": "1"}}, {"properties": "{a=1, c=1}"}),
    ],
)
def test_another_text_is_another_job(given: Json, changes: Json) -> None:
    assert job_of("spark", **{**SPARK, **given}).is_run_by(execution(**changes)) is False


def test_a_python_program_is_listed_as_spark_submit() -> None:
    found = execution(arguments="[--master, yarn, --deploy-mode, cluster, /x.py]")
    assert job_of("spark_python", jar_path="/x.py").is_run_by(found) is True


@pytest.mark.parametrize(
    ("state", "result", "ours"),
    [
        ("New", "UNDEFINED", ("starting", "unfinished")),
        ("NEW_SAVING", "UNDEFINED", ("starting", "unfinished")),
        ("SUBMITTED", None, ("starting", None)),
        ("ACCEPTED", "undefined", ("starting", "unfinished")),
        ("RUNNING", "SUCCEEDED", ("running", "succeeded")),
        ("FINISHED", "SUCCEEDED", ("completed", "succeeded")),
        ("FINISHED", "UNDEFINED", ("completed", "unfinished")),
        ("FINISHED", "FAILED", ("error", "failed")),
        ("FAILED", "FAILED", ("error", "failed")),
        ("FAILED", "UNDEFINED", ("error", "unfinished")),
        ("KILLED", "KILLED", ("terminated", "cancelled")),
        ("FINISHED", "KILLED", ("terminated", "cancelled")),
        ("PAUSED", "UNDEFINED", ("unknown state paused", "unfinished")),
    ],
)
def test_v7_states_and_results_in_our_words(
    state: str, result: str | None, ours: tuple[str, str | None]
) -> None:
    found = execution(job_state=state, job_result=result)
    assert (found.state, found.final_status) == ours


def test_v3_v6_what_is_shown_of_an_execution() -> None:
    found = execution(
        job_state="RUNNING",
        job_result="UNDEFINED",
        job_progress=40,
        started_time=0,
        finished_time=0,
        elapsed_time=0,
        arguments="[/wc.jar, @password=hunter22 x, b]",
    ).result()
    assert found["arguments"] == "[/wc.jar, @password=*, b]"
    assert (found["jar_path"], found["input"], found["hql"]) == (None, None, None)
    assert (found["created_at"], found["started_at"], found["ended_at"]) == (
        "2024-03-27T11:46:40Z",
        None,
        None,
    )
    assert (found["progress"], found["duration"], found["result"]) == ("40", None, "undefined")
    assert (found["user"], found["queue"]) == ("robot", "default")
    assert (found["application_id"], found["launcher_id"]) == (
        "application_1711530100001_0007",
        "application_1711530100001_0006",
    )
    assert "properties" not in found


def test_what_api_v2_does_otherwise_is_a_warning() -> None:
    job = job_of("spark", **{**SPARK, "arguments": ["@password=x"], "job_log": "/log"})
    assert job.warnings("v2") == [
        "job_log: API v2 has no path for logs, so it is not used. Look at the log in YARN.",
        "arguments: API v2 does not mask arguments that begin with @. Everybody who may read jobs "
        "can read them.",
    ]
    assert job.warnings("v1.1") == []
