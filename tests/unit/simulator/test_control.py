# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from mrs_simulator.base.messages import Request


def test_the_log_tells_what_was_asked_without_any_secret(cloud) -> None:
    cloud.create(login_mode=0, cluster_master_secret="Canary-Root-1")
    login = {
        "methods": ["password"],
        "password": {"user": {"name": "x", "password": "Canary-Login-1"}},
    }
    cloud.request("POST", "/v3/auth/tokens", {"auth": {"identity": login}})
    cloud.request(
        "GET", f"/v1.1/{cloud.project}/cluster_infos", query="pageSize=1", x_auth_token=cloud.token
    )
    answer = cloud.control("GET", "requests")
    entries = [
        {name: entry[name] for name in ("method", "status", "write", "query", "had_content_type")}
        for entry in answer.json["requests"]
    ]
    assert entries == [
        {"method": "POST", "status": 200, "write": True, "query": "", "had_content_type": True},
        {"method": "POST", "status": 401, "write": False, "query": "", "had_content_type": False},
        {
            "method": "GET",
            "status": 200,
            "write": False,
            "query": "pageSize=1",
            "had_content_type": False,
        },
    ]
    body = answer.json["requests"][0]["body"]
    assert (body["cluster_name"], body["cluster_admin_secret"]) == ("sensor-etl", "********")
    assert b"anary" not in answer.raw
    assert cloud.token.encode() not in answer.raw
    assert cloud.control("DELETE", "requests").status == 204
    assert cloud.control("GET", "requests").json == {"requests": []}


@pytest.mark.parametrize(
    "arguments",
    [
        ["-Dfs.obs.secret.key=Canary-1", "in"],
        ["--password", "Canary 1", "in"],
        ["jdbc:mysql://h/db?password=Canary-1"],
        "set fs.s3a.access_key=Canary-1; --password Canary-2 in",
    ],
)
def test_the_log_hides_what_is_named_like_a_secret_in_arguments(
    cloud, arguments: str | list[str]
) -> None:
    job = {"job_name": "wordcount", "arguments": arguments}
    path = f"/v2/{cloud.project}/clusters/none/job-executions"
    cloud.request("POST", path, job, x_auth_token=cloud.token)
    answer = cloud.control("GET", "requests")
    assert answer.json["requests"][-1]["body"]["job_name"] == "wordcount"
    assert b"anary" not in answer.raw


def test_the_state_holds_no_secret(cloud) -> None:
    cloud.create()
    answer = cloud.control("GET", "state")
    assert (len(answer.json["clusters"]), answer.json["tokens"]) == (1, 1)
    assert b"anary" not in answer.raw


def test_the_clock_can_be_moved(cloud) -> None:
    cluster_id = cloud.create()
    assert cloud.control("POST", "clock", {"advance": 100}).json == {"now": 1711529180.0}
    assert cloud.state(cluster_id) == "running"
    for wrong in ({"advance": -1}, {"advance": "1"}, {"advance": True}, {}):
        assert cloud.control("POST", "clock", wrong).status == 400


def test_settings_change_all_or_none(cloud) -> None:
    refused = cloud.control("PATCH", "settings", {"speed": 7, "no_such_setting": 1})
    assert (refused.status, "no_such_setting" in refused.json["error"]) == (400, True)
    assert cloud.control("GET", "settings").json["speed"] == 100
    assert cloud.control("PATCH", "settings", {"speed": 7}).json["speed"] == 7


@pytest.mark.parametrize(
    "changes",
    [
        {"speed": -1},
        {"speed": "1"},
        {"speed": None},
        {"flavor": "hwc"},
        {"dialect": "klingon"},
        {"next_creation": "maybe"},
        {"cluster_wrapper": 1},
        {"quotas": {"houses": 1}},
        {"quotas": {"nodes": "many"}},
        {"stale": {"houses": 1}},
        {"stale": {"jobs": -1}},
        {"stale": 8},
        {"extra_versions": "MRS 4"},
        {"token_ttl": True},
    ],
)
def test_impossible_settings_are_refused(cloud, changes: dict[str, t.Any]) -> None:
    assert cloud.control("PATCH", "settings", changes).status == 400


def test_a_version_can_be_added(cloud) -> None:
    cloud.set(extra_versions=["MRS 3.5.0-LTS"])
    cloud.create(cluster_version="MRS 3.5.0-LTS", component_list=[{"component_name": "Hadoop"}])


def test_reset_forgets_everything_but_the_settings_of_the_start_and_the_tokens(cloud) -> None:
    cloud.create()
    cloud.set(speed=7, next_job="failed")
    cloud.control("POST", "faults", {"kind": "status"})
    assert cloud.control("POST", "reset").status == 204
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 0
    settings = cloud.control("GET", "settings").json
    assert (settings["speed"], settings["next_job"]) == (100, "succeeded")
    assert cloud.control("GET", "faults").json == {"faults": []}
    assert len(cloud.control("GET", "requests").json["requests"]) == 1


def test_a_cluster_can_be_forced_into_any_state_and_size(cloud) -> None:
    cluster_id = cloud.running()
    force = {"state": "rebooting", "stage": "x", "scale": "scaling-up", "error": "y", "core": 4}
    assert cloud.control("PATCH", f"clusters/{cluster_id}", force).status == 200
    detail = cloud.detail(cluster_id)
    shown = [
        detail[name] for name in ("clusterState", "stageDesc", "scale", "errorInfo", "coreNodeNum")
    ]
    assert shown == ["rebooting", "x", "scaling-up", "y", "4"]
    assert len(cloud.hosts(cluster_id, "Core")) == 4
    assert cloud.control("PATCH", f"clusters/{cluster_id}", {"task": 1}).status == 400
    assert cloud.control("PATCH", f"clusters/{cluster_id}", {"name": "x"}).status == 400
    assert cloud.control("PATCH", "clusters/unknown", {}).status == 404


def test_a_job_can_be_forced_and_released(cloud) -> None:
    job_id = cloud.submit(cloud.running()).json["job_execution"]["id"]
    assert (
        cloud.control(
            "PATCH", f"jobs/{job_id}", {"state": 2, "final": 1, "progress": "half"}
        ).status
        == 200
    )
    assert cloud.job(job_id) == (2, 1)
    assert cloud.call("GET", f"job-exes/{job_id}").json["job_execution"]["progress"] == "half"
    cloud.control("PATCH", f"jobs/{job_id}", {})
    assert cloud.job(job_id) == (1, 0)
    assert cloud.control("PATCH", f"jobs/{job_id}", {"state": 2}).status == 400
    assert cloud.control("PATCH", "jobs/unknown", {}).status == 404
    assert cloud.control("PATCH", "hosts/unknown", {"status": "x"}).status == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "nothing"), ("PUT", "settings"), ("POST", "clusters/x")],
)
def test_what_the_control_path_does_not_have_is_told_with_what_it_has(
    cloud, method: str, path: str
) -> None:
    answer = cloud.control(method, path)
    assert answer.status == 404
    assert "PATCH /_simulator/settings" in answer.json["error"]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"kind": "explode"},
        {"kind": "status", "path": "("},
        {"kind": "status", "times": "x"},
        {"kind": "status", "status": 99},
        {"kind": "status", "headers": {"X": "a\r\nb"}},
        {"kind": "slow", "seconds": -1},
        {"kind": "huge", "size": -1},
        {"kind": "huge", "size": 1.5},
        {"kind": "merge", "body": []},
        {"kind": "status", "headers": {"X": "\u20ac"}},
        {"kind": "status", "hits": 1},
        {"kind": "status", "colour": "red"},
        {"kind": "status", "method": 1},
    ],
)
def test_faults_that_make_no_sense_are_refused(cloud, rule: dict[str, t.Any]) -> None:
    assert cloud.control("POST", "faults", rule).status == 400
    assert cloud.control("POST", "faults", b"[]").status == 400


def test_latency_is_added_to_each_answer_but_not_to_the_control_path(cloud) -> None:
    cloud.set(latency=3)
    assert cloud.simulator.handle(Request("GET", "/v3")).delay == 3
    assert cloud.simulator.handle(Request("GET", "/_simulator/clock")).delay == 0
