# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who spells what how (service_v1 4.2, 4.3, Q5 to Q15; service_errors)."""

from __future__ import annotations

import typing as t

import pytest


def test_otc_speaks_as_live_answers_show_it(make_cloud) -> None:
    cloud = make_cloud(flavor="otc")
    cluster_id = cloud.running()
    document = cloud.call("GET", f"cluster_infos/{cluster_id}").json
    detail = document["cluster"]
    assert (detail["clusterType"], detail["safeMode"], detail["masterNodeNum"], detail["tags"]) == (
        0,
        0,
        "2",
        "env=test",
    )
    assert (detail["billingType"], detail["nodeGroups"][0]["BillingType"]) == ("Metered", 12)
    assert detail["createAt"] == "1711529080"
    assert detail["nodeGroups"][0]["DataVolumeSize"] == 600
    assert (detail["bootstrap_scripts"], detail["mrsManagerFinish"], detail["scale"]) == (
        None,
        True,
        None,
    )
    assert not {"vpcId", "enterpriseProjectId", "bootstrapScripts"} & set(detail)
    listed = cloud.call("GET", "cluster_infos").json["clusters"][0]
    assert not {"tags", "scale", "bootstrap_scripts"} & set(listed)
    submitted = cloud.submit(cluster_id).json
    assert submitted["job_execution"]["created_at"] == 1711529180
    assert cloud.call("GET", f"clusters/{cluster_id}/hosts").json["hosts"][2]["type"] == "Core"


def test_huawei_speaks_as_its_sdk_reads_it(make_cloud) -> None:
    cloud = make_cloud(flavor="hwc")
    cluster_id = cloud.running()
    detail = cloud.call("GET", f"cluster_infos/{cluster_id}").json["cluster"]
    assert (detail["clusterType"], detail["safeMode"], detail["isMrsManagerFinish"]) == (0, 0, True)
    assert (detail["vpcId"], detail["enterpriseProjectId"]) == (
        "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
        "0",
    )
    assert cloud.call("GET", "cluster_infos").json["clusters"][0]["tags"] == "env=test"
    assert cloud.submit(cluster_id).json["created_at"] == 1711529180000
    host = cloud.call("GET", f"clusters/{cluster_id}/hosts").json["hosts"][2]
    assert (host["type"], host["node_group_name"]) == ("Analysis_Core", "core_node_analysis_group")
    assert "resource_id" in host


def test_the_otc_tables_can_be_taken_by_the_letter(make_cloud) -> None:
    cloud = make_cloud(dialect="otc-tables")
    cluster_id = cloud.running()
    detail = cloud.call("GET", f"cluster_infos/{cluster_id}").json
    assert (detail["clusterId"], detail["safeMode"], detail["clusterType"]) == (
        cluster_id,
        "0",
        "0",
    )
    assert detail["tags"] == [{"key": "env", "value": "test"}]
    assert (detail["nodeGroups"][0]["groupName"], detail["nodeGroups"][0]["dataVolumeSize"]) == (
        "master_node_default_group",
        "600",
    )
    assert detail["errorInfo"] == ""
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == "1"


@pytest.mark.parametrize(
    ("setting", "value", "read"),
    [
        ("cluster_wrapper", False, lambda document: "clusterId" in document),
        (
            "group_keys",
            "camel",
            lambda document: document["cluster"]["nodeGroups"][0].get("nodeNum") == 2,
        ),
        ("type_as_text", True, lambda document: document["cluster"]["clusterType"] == "0"),
        ("safe_mode_as_text", True, lambda document: document["cluster"]["safeMode"] == "0"),
        (
            "data_volume_size_as_text",
            True,
            lambda document: document["cluster"]["nodeGroups"][0]["DataVolumeSize"] == "600",
        ),
        (
            "tags_as_list",
            True,
            lambda document: document["cluster"]["tags"] == [{"key": "env", "value": "test"}],
        ),
        (
            "bootstrap_key",
            "bootstrapScripts",
            lambda document: "bootstrapScripts" in document["cluster"],
        ),
        (
            "manager_key",
            "ismrsManagerFinish",
            lambda document: "ismrsManagerFinish" in document["cluster"],
        ),
        ("unset", "missing", lambda document: "errorInfo" not in document["cluster"]),
        ("unset", "empty", lambda document: document["cluster"]["vnc"] == ""),
    ],
)
def test_each_switch_works_on_its_own(
    cloud, setting: str, value: t.Any, read: t.Callable[[t.Any], bool]
) -> None:
    cluster_id = cloud.create()
    assert not read(cloud.call("GET", f"cluster_infos/{cluster_id}").json)
    cloud.set(**{setting: value})
    assert read(cloud.call("GET", f"cluster_infos/{cluster_id}").json)


def test_the_other_switches_work_on_their_own(cloud) -> None:
    cluster_id = cloud.running()
    cloud.set(total_as_text=True, job_wrapper=False, submit_times="ms", list_full=True)
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == "1"
    assert cloud.submit(cluster_id).json["created_at"] == 1711529180000
    assert cloud.call("GET", "cluster_infos").json["clusters"][0]["tags"] == "env=test"


@pytest.mark.parametrize(("flavor", "status"), [("otc", 500), ("hwc", 400)])
def test_four_digit_codes_have_another_status_on_each_cloud(
    make_cloud, flavor: str, status: int
) -> None:
    answer = make_cloud(flavor=flavor).call("GET", "job-exes/unknown")
    assert (answer.status, answer.code) == (status, "0176")


@pytest.mark.parametrize(
    ("shape", "document"),
    [
        (
            "E1",
            {"error_code": "12000003", "error_msg": "The cluster does not exist. Cluster ID: x."},
        ),
        ("E2", {"errorCode": "12000003", "errorMsg": "The cluster does not exist. Cluster ID: x."}),
        ("E3", {"code": "12000003", "message": "The cluster does not exist. Cluster ID: x."}),
        (
            "E6",
            {
                "badRequest": {
                    "code": "12000003",
                    "message": "The cluster does not exist. Cluster ID: x.",
                }
            },
        ),
    ],
)
def test_errors_come_in_every_documented_shape(
    cloud, shape: str, document: dict[str, t.Any]
) -> None:
    cloud.set(error_shape=shape)
    answer = cloud.call("GET", "cluster_infos/x")
    assert (answer.status, answer.json) == (400, document)


def test_bootstrap_scripts_are_shown_with_their_state(cloud) -> None:
    script = {"name": "s", "uri": "s3a://b/x.sh", "nodes": ["master"], "fail_action": "continue"}
    cluster_id = cloud.create(bootstrap_scripts=[script])
    assert cloud.detail(cluster_id)["bootstrap_scripts"][0]["state"] == "PENDING"
    cloud.clock.advance(100)
    shown = cloud.detail(cluster_id)["bootstrap_scripts"][0]
    assert (shown["name"], shown["active_master"], shown["state"], shown["start_time"]) == (
        "s",
        False,
        "SUCCESS",
        1711529180,
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1.1/{project}/job-binaries"),
        ("GET", "/v1/cluster/x/ssh"),
        ("POST", "/v2/{project}/clusters/x/sql-execution"),
        ("GET", "/v2/{project}/clusters/x/security-rule/status"),
        ("DELETE", "/v1.1/{project}/jobs/x"),
    ],
)
def test_what_is_documented_but_not_served_says_so(cloud, method: str, path: str) -> None:
    answer = cloud.request(method, path.format(project=cloud.project))
    assert (answer.status, answer.code) == (501, "SIMULATOR.501")
    assert "documented but not served" in answer.json["error_msg"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1.1/P/nothing"), ("PATCH", "/v1.1/P/cluster_infos"), ("GET", "/v4"), ("BREW", "/")],
)
def test_an_unknown_route_is_a_404_of_the_gateway(cloud, method: str, path: str) -> None:
    answer = cloud.request(method, path)
    assert (answer.status, answer.code) == (404, "APIGW.0101")


def test_every_answer_says_that_it_is_simulated(cloud) -> None:
    for answer in (
        cloud.call("GET", "cluster_infos"),
        cloud.request("GET", "/nothing"),
        cloud.control("GET", "clock"),
    ):
        assert answer.headers["X-Mrs-Simulator"] == "1.0.0"
        assert len(answer.headers["X-Request-Id"]) == 32
