# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What clients of others send and expect, where a document or an example decides it."""

from __future__ import annotations

import typing as t

import pytest

from mrs_simulator.identity.account import DOMAIN_ID, DOMAIN_NAME, PASSWORD, USERNAME

FLAT = {
    "node_groups": None,
    "component_list": [{"component_name": "Hadoop"}],
    "master_node_num": 2,
    "master_node_size": "c6.4xlarge.4.linux.mrs",
    "core_node_num": 3,
    "core_node_size": "c6.4xlarge.4.linux.mrs",
}


def test_the_empty_secret_of_the_other_way_to_log_in_is_no_secret(cloud) -> None:
    cloud.create(cluster_name="key", login_mode=1, cluster_master_secret="")
    cloud.create(
        cluster_name="password",
        login_mode=0,
        cluster_master_secret="Canary-1",
        node_public_cert_name="",
    )
    for changes in (
        {"login_mode": 0, "cluster_master_secret": ""},
        {"login_mode": 1, "node_public_cert_name": ""},
        {"login_mode": 1, "cluster_master_secret": "x"},
    ):
        assert cloud.call("POST", "run-job-flow", cloud.creation(**changes)).code == "12000002"


def test_the_flat_form_creates_mrs_3_clusters_as_the_example_of_the_documents_does(cloud) -> None:
    cluster_id = cloud.running(**FLAT)
    assert [group["RootVolumeSize"] for group in cloud.detail(cluster_id)["nodeGroups"]] == [
        480,
        480,
    ]


def test_the_flat_form_can_fail_later_as_users_have_reported(cloud) -> None:
    cloud.set(flat_root_volume=40)
    cluster_id = cloud.create(**FLAT)
    cloud.clock.advance(100)
    detail = cloud.detail(cluster_id)
    assert detail["clusterState"] == "failed"
    assert "root volume size is [40], must over image mindisk [480]" in detail["errorInfo"]


@pytest.mark.parametrize(
    "login", [{"project": {"name": "eu-de"}}, {"project": {"name": "eu-de_second"}}]
)
def test_a_project_given_by_name_is_one_of_the_users_own_account(
    cloud, login: dict[str, t.Any]
) -> None:
    user = {"name": USERNAME, "password": PASSWORD, "domain": {"name": DOMAIN_NAME}}
    identity = {"methods": ["password"], "password": {"user": user}}
    answer = cloud.request(
        "POST", "/v3/auth/tokens", {"auth": {"identity": identity, "scope": login}}
    )
    assert (answer.status, answer.json["token"]["project"]["name"]) == (
        201,
        login["project"]["name"],
    )
    for wrong in ({"name": "nowhere"}, {"name": "eu-de", "domain": {"name": "x"}}):
        body = {"auth": {"identity": identity, "scope": {"project": wrong}}}
        assert cloud.request("POST", "/v3/auth/tokens", body).status == 404


def test_the_projects_of_the_user_and_the_regions_are_listed(cloud) -> None:
    projects = cloud.request("GET", "/v3/auth/projects", x_auth_token=cloud.token).json
    assert [(each["name"], each["domain_id"]) for each in projects["projects"]] == [
        ("eu-de", DOMAIN_ID),
        ("eu-de_second", DOMAIN_ID),
    ]
    assert projects["links"]["self"] == "http://mrs.simulator/v3/auth/projects"
    regions = cloud.request("GET", "/v3/regions", x_auth_token=cloud.token).json
    assert regions["regions"] == [
        {
            "id": "eu-de",
            "type": "public",
            "description": "",
            "parent_region_id": None,
            "locales": {"en-us": "eu-de", "zh-cn": "eu-de"},
            "links": {"self": "http://mrs.simulator/v3/regions/eu-de"},
        }
    ]
    for path in ("/v3/auth/projects", "/v3/regions"):
        assert cloud.request("GET", path).json["error"]["code"] == 401


@pytest.mark.parametrize(
    ("version", "kind", "names", "numbers"),
    [
        ("MRS 1.9.2", 0, ["Presto", "Hadoop", "Alluxio", "Tez"], ["010", "001", "015", "17"]),
        ("MRS 1.9.2", 1, ["Kafka", "KafkaManager", "Storm"], ["006", "011", "007"]),
        ("MRS 2.1.0", 0, ["Hadoop", "Spark", "Hive", "Flink"], ["001", "002", "004", "014"]),
        ("MRS 2.1.0", 1, ["Kafka", "Storm", "Flume"], ["006", "007", "009"]),
        ("MRS 1.7.2", 0, ["Loader", "Flume"], ["008", "009"]),
    ],
)
def test_older_versions_have_components_and_ids_of_their_own(
    cloud, version: str, kind: int, names: list[str], numbers: list[str]
) -> None:
    groups = cloud.creation()["node_groups"]
    groups[1]["group_name"] = ("core_node_analysis_group", "core_node_streaming_group")[kind]
    components = [{"component_name": name} for name in names]
    cluster_id = cloud.create(
        cluster_version=version, cluster_type=kind, component_list=components, node_groups=groups
    )
    listed = cloud.detail(cluster_id)["componentList"]
    assert [each["componentId"] for each in listed] == [f"{version}_{number}" for number in numbers]


@pytest.mark.parametrize(
    ("version", "name"), [("MRS 1.9.2", "Spark2x"), ("MRS 2.1.0", "Ranger"), ("MRS 1.9.2", "Kafka")]
)
def test_what_a_version_does_not_have_is_refused(cloud, version: str, name: str) -> None:
    body = cloud.creation(cluster_version=version, component_list=[{"component_name": name}])
    assert cloud.call("POST", "run-job-flow", body).code == "12000002"


POLICY = {
    "auto_scaling_enable": True,
    "min_capacity": 1,
    "max_capacity": 3,
    "resources_plans": [
        {
            "period_type": "daily",
            "start_time": "8:00",
            "end_time": "9:00",
            "min_capacity": 1,
            "max_capacity": 2,
        }
    ],
}


@pytest.mark.parametrize(("flavor", "code"), [("otc", "12000002"), ("hwc", None)])
def test_huawei_takes_the_own_name_of_the_task_group_in_a_policy(
    make_cloud, flavor: str, code: str | None
) -> None:
    cloud = make_cloud(flavor=flavor)
    groups = cloud.creation()["node_groups"]
    groups.append({**groups[1], "group_name": "task_node_analysis_group", "node_num": 1})
    cluster_id = cloud.create(node_groups=groups)
    body = {"node_group": "task_node_analysis_group", "auto_scaling_policy": POLICY}
    answer = cloud.call("POST", f"autoscaling-policy/{cluster_id}", body)
    assert answer.json.get("error_code") == code
    body["node_group"] = "task_node_streaming_group"
    assert cloud.call("POST", f"autoscaling-policy/{cluster_id}", body).code == "12000002"


def test_a_job_that_shall_be_submitted_later_is_not_submitted_by_the_creation(cloud) -> None:
    job = {
        "job_type": 1,
        "job_name": "later",
        "jar_path": "/x.jar",
        "submit_job_once_cluster_run": False,
    }
    cluster_id = cloud.running(add_jobs=[{**job, "shutdown_cluster": True}])
    cloud.clock.advance(1000)
    assert cloud.call("GET", "job-exes", query=f"cluster_id={cluster_id}").json["totalRecord"] == 0
    assert cloud.state(cluster_id) == "running"


def test_hive_scripts_need_hive_in_the_cluster(cloud) -> None:
    script = {"job_type": 3, "jar_path": None, "hive_script_path": "/x.sql"}
    with_hive = cloud.running(cluster_name="hive")
    without = cloud.running(cluster_name="none", component_list=[{"component_name": "Hadoop"}])
    assert cloud.submit(with_hive, **script).status == 200
    refused = cloud.submit(without, **script)
    assert (refused.status, refused.code) == (500, "0168")


OBS, HDFS = "s3a://bucket/x", "/user/x"


@pytest.mark.parametrize(
    ("action", "source", "target", "code"),
    [
        ("import", OBS, HDFS, None),
        ("import", "obs://bucket/x", HDFS, None),
        ("import", "", "", None),
        ("export", HDFS, OBS, None),
        ("import", HDFS, OBS, "12000002"),
        ("import", OBS, OBS, "12000002"),
        ("export", OBS, HDFS, "12000002"),
        ("export", HDFS, HDFS, "12000002"),
    ],
)
def test_distcp_goes_the_way_that_it_says(
    cloud, action: str, source: str, target: str, code: str | None
) -> None:
    changes = {
        "job_type": 5,
        "jar_path": "",
        "file_action": action,
        "input": source,
        "output": target,
    }
    answer = cloud.submit(cloud.running(), **changes)
    assert answer.json.get("error_code") == code


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"]
)
def test_a_body_that_is_not_said_to_be_json_is_refused(cloud, kind: str) -> None:
    path = f"/v1.1/{cloud.project}/run-job-flow"
    headers = {"x_auth_token": cloud.token, "content_type": kind}
    answer = cloud.request("POST", path, cloud.creation(), **headers)
    assert (answer.status, answer.code) == (415, "APIGW.0106")
    assert cloud.request("POST", "/v3/auth/tokens", {}, content_type=kind).status == 415
    headers["content_type"] = "application/json;charset=utf8"
    assert cloud.request("POST", path, cloud.creation(), **headers).status == 200
