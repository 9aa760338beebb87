# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One wrong thing in a creation, and the documented code for it (service_v1 3)."""

from __future__ import annotations

import typing as t

import pytest


class _Absent:
    """Stands for a key that is left out; each process shows it alike."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


def _body(cloud, changes: dict[str, t.Any]) -> dict[str, t.Any]:
    body = cloud.creation()
    for path, value in changes.items():
        *parents, last = path.split(".")
        target: t.Any = body
        for parent in parents:
            target = target[int(parent)] if isinstance(target, list) else target[parent]
        if value is ABSENT:
            del target[last]
        else:
            target[int(last) if isinstance(target, list) else last] = value
    return body


def _tags(count: int) -> list[dict[str, str]]:
    return [{"key": f"k{number}", "value": ""} for number in range(count)]


TASKS = {
    "group_name": "task_node_analysis_group",
    "node_num": 1,
    "node_size": "c6.large.2.linux.mrs",
}
JOB = {"job_type": 1, "job_name": "j", "jar_path": "/a.jar", "submit_job_once_cluster_run": True}
SCRIPT = {"name": "s", "uri": "s3a://b/x.sh", "nodes": ["master"], "fail_action": "continue"}

WRONG = [
    *(
        ({name: ABSENT}, "12000002")
        for name in ("data_center", "available_zone_id", "cluster_name", "cluster_version")
    ),
    *(
        ({name: ABSENT}, "12000002")
        for name in ("safe_mode", "cluster_admin_secret", "component_list", "vpc_id")
    ),
    ({"subnet_name": ABSENT}, "12000002"),
    ({"vpc": ABSENT, "vpc_id": ABSENT}, "12000209"),
    ({"subnet_id": ABSENT, "subnet_name": ABSENT}, "12000210"),
    ({"billing_type": 11}, "12000053"),
    ({"billing_type": "12"}, "12000053"),
    ({"cluster_name": "with blank"}, "12000002"),
    ({"cluster_name": "x" * 65}, "12000002"),
    ({"cluster_name": 7}, "12000002"),
    ({"cluster_version": "MRS 9.9"}, "12000093"),
    ({"cluster_type": 2}, "12000002"),
    ({"cluster_type": "0"}, "12000002"),
    ({"safe_mode": True}, "12000002"),
    ({"data_center": "eu-nl"}, "120000213"),
    ({"available_zone_id": "eu-nl-01"}, "12000002"),
    ({"available_zone_id": "zone"}, "12000002"),
    ({"cluster_admin_secret": "Short1!"}, "12000002"),
    ({"cluster_admin_secret": "onlyletters"}, "12000002"),
    ({"login_mode": 0}, "12000002"),
    ({"login_mode": 0, "cluster_master_secret": "With blank 1"}, "12000002"),
    ({"node_public_cert_name": ABSENT}, "12000002"),
    ({"log_collection": 2}, "12000002"),
    ({"component_list": []}, "12000002"),
    ({"component_list.0": {"component_name": "Kafka"}}, "12000002"),
    ({"component_list.0": {"component_name": "Hive"}}, "12000002"),
    ({"tags": _tags(11)}, "12005001"),
    ({"tags": [{"key": "a b", "value": ""}]}, "12005002"),
    ({"tags": [{"key": "", "value": ""}]}, "12005002"),
    ({"tags": [{"key": "a", "value": "v" * 44}]}, "12005002"),
    ({"tags": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]}, "12000002"),
    ({"unknown_field": 1}, "12000002"),
    ({"node_groups": ABSENT}, "12000002"),
    ({"node_groups": []}, "12000002"),
    ({"master_node_num": 2}, "12000002"),
    ({"node_groups.0.node_num": 3}, "12000002"),
    ({"node_groups.0.node_num": "2"}, "12000002"),
    ({"node_groups.1.node_num": 0}, "12000002"),
    ({"node_groups.1.node_num": 501}, "12000002"),
    ({"node_groups.0.group_name": "core_node_analysis_group"}, "12000002"),
    ({"node_groups.1.group_name": "core_node_streaming_group"}, "12000002"),
    ({"node_groups.0.node_size": "nonsense"}, "12000048"),
    ({"node_groups.0.root_volume_type": "TAPE"}, "12000002"),
    ({"node_groups.0.root_volume_size": ABSENT}, "12000002"),
    ({"node_groups.0.data_volume_type": "GPSSD"}, "12000002"),
    ({"node_groups.0.data_volume_count": 11}, "12000002"),
    ({"node_groups.0.data_volume_size": 99}, "12000141"),
    ({"node_groups.0.data_volume_size": 32001}, "12000142"),
    ({"node_groups.0.auto_scaling_policy": {}}, "12000002"),
    ({"add_jobs": [JOB, JOB]}, "12000002"),
    ({"add_jobs": [{**JOB, "job_type": 5, "file_action": "import"}]}, "12000002"),
    ({"add_jobs": [{**JOB, "job_type": 4}]}, "12000002"),
    ({"add_jobs": [{**JOB, "jar_path": ""}]}, "12000081"),
    ({"add_jobs": [{**JOB, "job_type": 3}]}, "12000114"),
    ({"add_jobs": [JOB], "safe_mode": 1}, "12000064"),
    ({"bootstrap_scripts": [{**SCRIPT, "nodes": ["Master"]}]}, "12000002"),
    ({"bootstrap_scripts": [{**SCRIPT, "uri": "s3a://b/x.py"}]}, "12000002"),
    ({"bootstrap_scripts": [{**SCRIPT, "name": " s"}]}, "12000002"),
    ({"bootstrap_scripts": [SCRIPT, SCRIPT]}, "12000002"),
]


#: Copied from the vendor's examples (service_v1 Q28).
EXAMPLES = [
    ({"bootstrap_scripts": [{**SCRIPT, "fail_sction": "continue"}]}, "12000002"),
    ({"node_groups.1.node_size": "c6.4xlarge.4linux.mrs"}, "12000048"),
    ({"node_groups.1.node_size": "c6.4.xlarge.4linux.mrs"}, "12000048"),
    ({"safe_mode": "0"}, "12000002"),
    ({"log_collection ": 1}, "12000002"),
]


@pytest.mark.parametrize(("changes", "code"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_creation_is_refused_and_creates_nothing(
    cloud, changes: dict[str, t.Any], code: str
) -> None:
    answer = cloud.call("POST", "run-job-flow", _body(cloud, changes))
    assert answer.code == code
    assert answer.status == (500 if code == "120000213" else 400)
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 0
    assert "Canary" not in answer.raw.decode()


@pytest.mark.parametrize(("changes", "code"), EXAMPLES, ids=lambda value: str(value)[:60])
def test_q28_examples_of_the_vendor_that_are_not_valid_are_refused(
    cloud, changes: dict[str, t.Any], code: str
) -> None:
    answer = cloud.call("POST", "run-job-flow", _body(cloud, changes))
    assert (answer.status, answer.code) == (400, code)
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 0


RIGHT = [
    {"security_groups_id": None},
    {"available_zone_id": "0123456789abcdef0123456789abcdef"},
    {"login_mode": 0, "cluster_master_secret": "Canary-Root-1", "node_public_cert_name": ABSENT},
    {"login_mode": ABSENT},
    {"node_groups.0.root_volume_size": 480},
    {"node_groups.0.node_num": 1},
    {"bootstrap_scripts": [SCRIPT, {**SCRIPT, "name": "with blank", "uri": "/opt/x.sh"}]},
    {
        "cluster_type": 1,
        "component_list": [{"component_name": "Kafka"}],
        "node_groups.1.group_name": "core_node_streaming_group",
    },
    {"cluster_admin_secret": "with a blank and 1"},
]


@pytest.mark.parametrize("changes", RIGHT, ids=lambda value: str(value)[:60])
def test_what_the_documents_allow_is_accepted(cloud, changes: dict[str, t.Any]) -> None:
    assert cloud.call("POST", "run-job-flow", _body(cloud, changes)).status == 200


def test_the_flat_form_creates_the_same_groups(cloud) -> None:
    flat = {
        "node_groups": ABSENT,
        "cluster_version": "MRS 1.9.2",
        "component_list": [{"component_name": "Hadoop"}],
        "master_node_num": 2,
        "master_node_size": "c6.4xlarge.4.linux.mrs",
        "core_node_num": 3,
        "core_node_size": "c6.2xlarge.2.linux.mrs",
        "core_data_volume_type": "SAS",
        "core_data_volume_size": 300,
        "core_data_volume_count": 2,
        "task_node_groups": [
            {
                "node_num": 1,
                "node_size": "c6.large.2.linux.mrs",
                "data_volume_type": "SSD",
                "data_volume_count": 0,
                "data_volume_size": 100,
            }
        ],
    }
    answer = cloud.call("POST", "run-job-flow", _body(cloud, flat))
    detail = cloud.detail(answer.json["cluster_id"])
    groups = [
        (g["GroupName"], g["NodeNum"], g["NodeSize"], g["DataVolumeSize"])
        for g in detail["nodeGroups"]
    ]
    assert groups == [
        ("master_node_default_group", 2, "c6.4xlarge.4.linux.mrs", 100),
        ("core_node_analysis_group", 3, "c6.2xlarge.2.linux.mrs", 300),
        ("task_node_analysis_group", 1, "c6.large.2.linux.mrs", 100),
    ]
    assert detail["totalNodeNum"] == "6"
    assert [group["GroupName"] for group in detail["taskNodeGroups"]] == [
        "task_node_analysis_group"
    ]


def test_the_old_single_disk_wins_over_the_newer_fields(cloud) -> None:
    flat = {
        "node_groups": ABSENT,
        "cluster_version": "MRS 1.9.2",
        "component_list": [{"component_name": "Hadoop"}],
        "master_node_num": 2,
        "master_node_size": "c6.4xlarge.4.linux.mrs",
        "core_node_num": 3,
        "core_node_size": "c6.2xlarge.2.linux.mrs",
        "core_data_volume_size": 300,
        "volume_type": "SSD",
        "volume_size": 700,
    }
    detail = cloud.detail(cloud.call("POST", "run-job-flow", _body(cloud, flat)).json["cluster_id"])
    assert (detail["volumeSize"], detail["volumeType"], detail["coreDataVolumeSize"]) == (
        700,
        "SSD",
        700,
    )


def test_core_and_task_nodes_together_are_at_most_500(cloud) -> None:
    groups = cloud.creation()["node_groups"]
    groups[1]["node_num"] = 400
    groups.append({**groups[1], **TASKS, "node_num": 101})
    assert cloud.call("POST", "run-job-flow", cloud.creation(node_groups=groups)).code == "12000028"


def test_huawei_demands_all_kinds_of_characters_and_two_masters(make_cloud) -> None:
    cloud = make_cloud(flavor="hwc")
    groups = cloud.creation()["node_groups"]
    groups[0]["node_num"] = 1
    for changes in (
        {"cluster_admin_secret": "nocapital-1"},
        {"node_groups": groups},
        {"available_zone_id": "eu-de-02"},
    ):
        assert cloud.call("POST", "run-job-flow", cloud.creation(**changes)).code == "12000002"
    assert (
        cloud.call(
            "POST", "run-job-flow", cloud.creation(cluster_admin_secret=None, subnet_name=None)
        ).status
        == 200
    )


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"\xff", b"null", b"[" * 100_000, b'{"a":' * 100_000]
)
def test_a_body_that_is_no_json_object_is_12000009(cloud, body: bytes) -> None:
    answer = cloud.call("POST", "run-job-flow", body)
    assert (answer.status, answer.code) == (400, "12000009")


def test_components_that_the_service_adds_are_listed(cloud) -> None:
    detail = cloud.detail(cloud.create())
    assert [(c["componentId"], c["componentName"]) for c in detail["componentList"]] == [
        ("MRS 3.2.0-LTS.2_001", "Hadoop"),
        ("MRS 3.2.0-LTS.2_004", "Spark2x"),
        ("MRS 3.2.0-LTS.2_003", "Hive"),
        ("MRS 3.2.0-LTS.2_018", "DBService"),
        ("MRS 3.2.0-LTS.2_019", "ZooKeeper"),
    ]
