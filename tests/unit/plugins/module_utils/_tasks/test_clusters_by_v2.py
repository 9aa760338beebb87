# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters that API v2 creates, on the simulator: every call that changes something loses its answer once."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CUSTOM,
    JOB_OPTIONS,
    Json,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud

CREATE = {"action": "create", "cluster": "lake"}
CLUSTERS = "/v2/.*/clusters$"
#: The kinds in which an answer is lost after the service acted.
LOSSES = ["cut_after", "status_after", "truncate", "garbage", "empty"]
PI: Json = {
    "name": "pi",
    "job_type": "mapreduce",
    "jar_path": "obs://etl/pi.jar",
    "arguments": ["pi", "10"],
}


WITH_JOBS: Json = {**CUSTOM, "jobs": [JOB_OPTIONS, PI]}
SUBMITTED = [
    {"action": "submit_job", "job": "wordcount"},
    {"action": "submit_job", "job": "pi"},
]
STEPS = "/v2/.*/run-job-flow$"


@pytest.fixture(name="cloud")
def _cloud() -> Cloud:
    return Cloud()


def done(result: Json) -> list[Json]:
    """What a task that did not fail has done."""
    assert "failed" not in result, result["msg"]
    actions: list[Json] = result["actions"]
    return actions


class TestCreation:
    def test_a_custom_cluster_is_created_once_and_found_unchanged(self, cloud: Cloud) -> None:
        created = cloud.run("mrs_cluster", **CUSTOM)
        assert done(created) == [CREATE]
        assert created["api"] == "v2"
        assert created["diff"]["after"]["api"] == "v2"
        assert created["cluster"]["type"] == "custom"
        assert created["cluster"]["node_counts"] == {"master": 3, "node_group_1": 3}
        again = cloud.run("mrs_cluster", **CUSTOM)
        assert done(again) == []
        assert again["diff"]["before"] == again["diff"]["after"]
        assert cloud.asked("POST", "/clusters") == 1

    @pytest.mark.parametrize("loss", LOSSES)
    def test_a_lost_answer_makes_no_second_one(self, cloud: Cloud, loss: str) -> None:
        cloud.lose_answer("POST", CLUSTERS, loss)
        assert done(cloud.run("mrs_cluster", **CUSTOM)) == [CREATE]
        assert cloud.asked("POST", "/clusters") == 1
        assert len(cloud.run("mrs_cluster_info")["clusters"]) == 1

    def test_check_mode_foretells_it(self, cloud: Cloud) -> None:
        foretold = cloud.run("mrs_cluster", check_mode=True, **CUSTOM)
        assert done(foretold) == [CREATE]
        assert foretold["api"] == "v2"
        assert foretold["cluster"]["node_counts"] == {"master": 3, "node_group_1": 3}
        assert [group["name"] for group in foretold["cluster"]["node_groups"]] == [
            "master",
            "node_group_1",
        ]
        assert foretold["diff"]["after"] == {
            "name": "lake",
            "node_counts": {"master": 3, "node_group_1": 3},
            "tags": {},
            "auto_scaling_policy": None,
            "api": "v2",
        }
        assert cloud.asked("POST", "/clusters") == 0

    def test_a_cloud_that_does_not_publish_steps_says_so(self) -> None:
        cloud = Cloud(serve_unpublished=False)
        refused = cloud.run("mrs_cluster", **CUSTOM, jobs=[JOB_OPTIONS])
        assert refused["failed"] is True
        assert "This cloud does not serve this call of API v2" in refused["msg"]

    def test_passwords_are_nowhere_in_the_result(self, cloud: Cloud) -> None:
        assert "canary" not in repr(cloud.run("mrs_cluster", **CUSTOM)).lower()

    def test_a_group_that_is_not_there_is_a_difference(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        refused = cloud.run("mrs_cluster", name="lake", node_groups=[{"name": "core", "count": 3}])
        assert refused["differences"] == [
            {"field": "node_groups", "wanted": ["core"], "found": ["master", "node_group_1"]}
        ]


class TestJobs:
    @pytest.mark.parametrize("loss", [None, *LOSSES])
    def test_they_come_with_the_creation_and_are_followed(
        self, cloud: Cloud, loss: str | None
    ) -> None:
        if loss:
            cloud.lose_answer("POST", STEPS, loss)
        ran = cloud.run("mrs_cluster", **WITH_JOBS)
        assert done(ran) == [CREATE, *SUBMITTED]
        assert [(job["name"], job["final_status"]) for job in ran["job_executions"]] == [
            ("wordcount", "succeeded"),
            ("pi", "succeeded"),
        ]
        assert done(cloud.run("mrs_cluster", **WITH_JOBS)) == []
        assert cloud.asked("POST", "/run-job-flow") == 1
        assert cloud.asked("POST", "/job-executions") == 0

    def test_what_has_not_been_run_is_submitted_to_a_cluster_that_is_there(
        self, cloud: Cloud
    ) -> None:
        cloud.run("mrs_cluster", **{**WITH_JOBS, "jobs": [PI]})
        ran = cloud.run("mrs_cluster", **WITH_JOBS)
        assert done(ran) == SUBMITTED[:1]
        assert [job["name"] for job in ran["job_executions"]] == ["wordcount", "pi"]
        assert cloud.asked("POST", "/job-executions") == 1

    def test_a_cluster_goes_with_its_jobs_and_a_second_run_makes_no_other(
        self, cloud: Cloud
    ) -> None:
        given = {**WITH_JOBS, "shutdown_cluster": True}
        ran = cloud.run("mrs_cluster", **given)
        assert done(ran) == [CREATE, *SUBMITTED]
        assert ran["cluster"]["state"] == "terminated"
        again = cloud.run("mrs_cluster", **given)
        assert done(again) == []
        assert [job["name"] for job in again["job_executions"]] == ["wordcount", "pi"]
        assert cloud.asked("POST", "/run-job-flow") == 1
