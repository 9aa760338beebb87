# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cluster with steps, by API v2 (service_v2 3.6)."""

from __future__ import annotations

import typing as t

import pytest

from .conftest import Answer, Cloud, Json

STEP: Json = {
    "job_execution": {
        "job_type": "MapReduce",
        "job_name": "wordcount",
        "arguments": ["obs://b/wc.jar", "wordcount", "obs://b/in", "obs://b/out"],
    }
}


@pytest.fixture(name="huawei")
def _huawei(make_cloud: type[Cloud]) -> Cloud:
    return make_cloud(flavor="hwc")


def _step(name: str, **changes: t.Any) -> Json:
    return {"job_execution": {**STEP["job_execution"], "job_name": name, **changes}}


def _run(cloud: Cloud, *steps: Json, **changes: t.Any) -> Answer:
    body = cloud.creation_v2(steps=list(steps), **changes)
    headers = {"x-auth-token": cloud.token, "content-type": "application/json"}
    return cloud.request("POST", f"/v2/{cloud.project}/run-job-flow", body, **headers)


def _jobs(cloud: Cloud, cluster_id: str) -> list[tuple[str, str]]:
    listed = cloud.v2("GET", f"{cluster_id}/job-executions", query="sort_by=asc").json["job_list"]
    return [(job["job_name"], job["job_state"]) for job in listed]


def test_the_answer_has_no_ids_and_the_jobs_show_once_the_cluster_runs(huawei: Cloud) -> None:
    answer = _run(huawei, _step("first"), _step("second"))
    assert (answer.status, set(answer.json)) == (200, {"cluster_id"})
    cluster_id = answer.json["cluster_id"]
    huawei.clock.advance(99)
    assert (huawei.state(cluster_id), _jobs(huawei, cluster_id)) == ("starting", [])
    huawei.clock.advance(1)
    assert _jobs(huawei, cluster_id) == [("first", "NEW"), ("second", "NEW")]
    huawei.clock.advance(100)
    assert _jobs(huawei, cluster_id) == [("first", "FINISHED"), ("second", "FINISHED")]
    assert huawei.state(cluster_id) == "running"


def test_steps_can_come_in_turn(huawei: Cloud) -> None:
    huawei.set(steps="in_turn")
    cluster_id = _run(huawei, _step("first"), _step("second")).json["cluster_id"]
    huawei.clock.advance(150)
    assert _jobs(huawei, cluster_id) == [("first", "RUNNING")]
    huawei.clock.advance(50)
    assert _jobs(huawei, cluster_id) == [("first", "FINISHED"), ("second", "NEW")]


def test_the_cluster_goes_when_its_last_step_is_over(huawei: Cloud) -> None:
    huawei.set(steps="in_turn")
    more = {"delete_when_no_steps": True}
    cluster_id = _run(huawei, _step("first"), _step("second"), **more).json["cluster_id"]
    huawei.clock.advance(290)
    assert huawei.state(cluster_id) == "running"
    huawei.clock.advance(20)
    assert huawei.state(cluster_id) == "terminating"
    huawei.clock.advance(100)
    assert huawei.state(cluster_id) == "terminated"


def test_a_cluster_that_fails_has_no_jobs(huawei: Cloud) -> None:
    huawei.set(next_creation="failed")
    cluster_id = _run(huawei, STEP, delete_when_no_steps=True).json["cluster_id"]
    huawei.clock.advance(100)
    assert huawei.state(cluster_id) == "failed"
    assert huawei.control("GET", "state").json["jobs"] == {}


@pytest.mark.parametrize(
    ("steps", "changes", "code", "field"),
    [
        ([], {}, "MRS.0002", "steps"),
        ([{}], {}, "MRS.0002", "steps[0].job_execution"),
        ([_step("a b")], {}, "MRS.0002", "steps[0].job_execution.job_name"),
        ([STEP, _step("b", job_type="Pig")], {}, "MRS.0002", "steps[1].job_execution.job_type"),
        ([_step("a", job_type="Flink")], {}, "0169", ""),
        ([STEP], {"smn_notify": {"topic_urn": "a"}}, "MRS.0002", "smn_notify"),
        ([STEP], {"charge_info": {"charge_mode": "prePaid"}}, "MRS.0002", "charge_info"),
        ([STEP], {"cluster_name": "a b"}, "MRS.0002", "cluster_name"),
    ],
)
def test_what_is_refused_creates_nothing(
    huawei: Cloud, steps: list[Json], changes: Json, code: str, field: str
) -> None:
    refused = _run(huawei, *steps, **changes)
    assert refused.code == code
    assert field in refused.json["error_msg"]
    state = huawei.control("GET", "state").json
    assert (state["clusters"], state["jobs"]) == ({}, {})


def test_open_telekom_cloud_does_not_publish_it(cloud: Cloud) -> None:
    assert _run(cloud, STEP).status == 501
