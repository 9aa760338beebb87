# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters of API v2: all four types, as v1.1 shows them, and what is refused (service_v2 3)."""

from __future__ import annotations

import pytest

from .conftest import Cloud, Json, group_v2

HUAWEI = {"flavor": "hwc"}


def _groups(detail: Json) -> dict[str, int]:
    return {group["GroupName"]: group["NodeNum"] for group in detail["nodeGroups"]}


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
def test_v11_lists_and_shows_what_v2_created(make_cloud: type[Cloud], flavor: str) -> None:
    cloud = make_cloud(flavor=flavor)
    cluster_id = cloud.create_v2()
    assert cloud.state(cluster_id) == "starting"
    cloud.clock.advance(100)
    detail = cloud.detail(cluster_id)
    assert detail["clusterState"] == "running"
    assert (detail["clusterType"], detail["safeMode"], detail["tags"]) == (0, 0, "env=test")
    assert (detail["vpc"], detail["subnetName"]) == ("vpc-data", "subnet-etl")
    assert detail["nodePublicCertName"] == "ops-key"
    assert _groups(detail) == {"master_node_default_group": 2, "core_node_analysis_group": 3}
    assert (detail["coreNodeNum"], detail["coreDataVolumeSize"]) == ("3", 600)
    listed = cloud.call("GET", "cluster_infos").json["clusters"]
    assert [cluster["clusterId"] for cluster in listed] == [cluster_id]
    assert cloud.call("DELETE", f"clusters/{cluster_id}").status == 204


def test_a_zone_goes_by_its_name_in_v2_and_by_its_id_in_v11(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)
    detail = cloud.detail(cloud.create_v2(availability_zone="cn-north-4a"))
    assert detail["azName"] == "cn-north-4a"
    assert detail["azId"] == "ae04cf9d61544df3806a3feeb401b204"
    by_id = cloud.creation_v2(availability_zone="ae04cf9d61544df3806a3feeb401b204")
    refused = cloud.v2("POST", "", by_id)
    assert (refused.status, refused.code) == (400, "MRS.0002")
    detail = cloud.detail(cloud.create_v2(cluster_name="b", availability_zone="cn-north-4b"))
    assert (detail["azName"], len(detail["azId"])) == ("cn-north-4b", 32)


@pytest.mark.parametrize(
    ("kind", "number", "groups"),
    [
        ("STREAMING", 1, {"master_node_default_group": 2, "core_node_streaming_group": 3}),
        (
            "MIXED",
            2,
            {
                "master_node_default_group": 2,
                "core_node_analysis_group": 3,
                "core_node_streaming_group": 2,
                "task_node_analysis_group": 1,
            },
        ),
        ("CUSTOM", 3, {"master_node_default_group": 3, "node_group_1": 4, "node_group_2": 1}),
    ],
)
def test_the_groups_of_each_type_keep_their_names(
    make_cloud: type[Cloud], kind: str, number: int, groups: dict[str, int]
) -> None:
    cloud = make_cloud(**HUAWEI)
    cluster_id = cloud.running_v2(kind)
    detail = cloud.detail(cluster_id)
    assert (detail["clusterType"], _groups(detail)) == (number, groups)
    assert detail["totalNodeNum"] == str(sum(groups.values()))
    for name, count in groups.items():
        shown = cloud.v2("GET", f"{cluster_id}/nodes", query=f"node_group={name}&limit=100").json
        assert shown["node_total"] == count


def test_nodes_of_mixed_and_custom_clusters_say_their_group(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)

    def types(kind: str) -> set[tuple[str, str]]:
        path = f"clusters/{cloud.running_v2(kind, cluster_name=kind)}/hosts"
        hosts = cloud.call("GET", path, query="pageSize=100").json["hosts"]
        return {(host["node_group_name"], host["type"]) for host in hosts}

    assert types("MIXED") == {
        ("master_node_default_group", "Master"),
        ("core_node_analysis_group", "Analysis_Core"),
        ("core_node_streaming_group", "Streaming_Core"),
        ("task_node_analysis_group", "Analysis_Task"),
    }
    assert types("CUSTOM") == {
        ("master_node_default_group", "Master"),
        ("node_group_1", "Core"),
        ("node_group_2", "Core"),
    }


def test_the_address_and_the_agency_are_shown(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)
    more = {"eip_id": "e-1", "eip_address": "80.158.1.2", "mrs_ecs_default_agency": "own"}
    detail = cloud.detail(cloud.create_v2(**more))
    assert (detail["eipId"], detail["eipAddress"]) == ("e-1", "80.158.1.2")
    assert detail["mrsEcsDefaultAgency"] == "own"
    plain = cloud.detail(cloud.create_v2(cluster_name="plain"))
    assert (plain["eipId"], plain["mrsEcsDefaultAgency"]) == (None, "MRS_ECS_DEFAULT_AGENCY")


def test_a_name_that_is_in_use_is_refused(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)
    cloud.create_v2()
    assert cloud.v2("POST", "", cloud.creation_v2()).code == "12000043"
    assert cloud.call("POST", "run-job-flow", cloud.creation()).code == "12000043"


def test_a_small_system_disk_fails_later(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)
    groups = [
        group_v2("master_node_default_group", 2),
        group_v2("core_node_analysis_group", 3, root_volume={"type": "SAS", "size": 40}),
    ]
    cluster_id = cloud.create_v2(node_groups=groups)
    cloud.clock.advance(100)
    detail = cloud.detail(cluster_id)
    assert detail["clusterState"] == "failed"
    assert "must over image mindisk [480]" in detail["errorInfo"]


def test_v12_a_data_volume_is_needed_even_where_its_count_is_0(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)
    core = group_v2("core_node_analysis_group", 3, data_volume_count=0)
    master = group_v2("master_node_default_group", 2)
    assert cloud.v2("POST", "", cloud.creation_v2(node_groups=[master, core])).status == 200
    del core["data_volume"]
    refused = cloud.v2("POST", "", cloud.creation_v2(cluster_name="b", node_groups=[master, core]))
    assert refused.code == "MRS.0002"
    assert "node_groups[1].data_volume: is mandatory" in refused.json["error_msg"]


@pytest.mark.parametrize(("flavor", "status"), [("otc", 400), ("hwc", 200)])
def test_v13_otc_wants_two_characters_in_a_name(
    make_cloud: type[Cloud], flavor: str, status: int
) -> None:
    cloud = make_cloud(flavor=flavor)
    assert cloud.v2("POST", "", cloud.creation_v2(cluster_name="a")).status == status
    assert cloud.call("POST", "run-job-flow", cloud.creation(cluster_name="b")).status == 200


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"cluster_name": None}, "MRS.0002", "cluster_name"),
        ({"cluster_name": "a b"}, "MRS.0002", "cluster_name"),
        ({"cluster_version": "MRS 9.9"}, "12000093", "MRS 9.9"),
        ({"cluster_version": "MRS 1.8.10"}, "12000054", "1.9.2"),
        ({"cluster_type": "DORIS"}, "MRS.0002", "cluster_type"),
        ({"region": "eu-de"}, "120000213", "eu-de"),
        ({"vpc_name": None}, "MRS.0002", "vpc_name"),
        ({"subnet_name": None}, "12000210", ""),
        ({"components": "Hadoop,Storm"}, "MRS.0002", "Storm"),
        ({"components": "Hadoop,Hadoop"}, "MRS.0002", "components"),
        ({"safe_mode": 0}, "MRS.0002", "safe_mode"),
        ({"manager_admin_password": "onlysmall"}, "MRS.0002", "manager_admin_password"),
        ({"manager_admin_password": "Has Blank-1"}, "MRS.0002", "manager_admin_password"),
        ({"manager_admin_password": None}, "MRS.0002", "manager_admin_password"),
        ({"login_mode": "PASSWORD"}, "MRS.0002", "node_root_password"),
        ({"node_keypair_name": None}, "MRS.0002", "node_keypair_name"),
        ({"eip_address": "80.158.1.2"}, "MRS.0002", "eip_id"),
        ({"tags": [{"key": "a" * 37, "value": ""}]}, "12005002", "tag"),
        ({"charge_info": {"charge_mode": "prePaid"}}, "SIMULATOR.501", "prepaid"),
        ({"add_jobs": [{}]}, "SIMULATOR.501", "add_jobs"),
        ({"wrong": 1}, "MRS.0002", "wrong"),
        ({"component_configs": [{"component_name": "Hive"}]}, "MRS.0002", "configs"),
        ({"smn_notify": {}}, "MRS.0002", "topic_urn"),
        ({"node_groups": []}, "MRS.0002", "node_groups"),
        (
            {"node_groups": [group_v2("master_node_default_group", 2)]},
            "MRS.0002",
            "core_node_analysis_group",
        ),
        (
            {
                "bootstrap_scripts": [
                    {"name": "a", "uri": "/a.sh", "nodes": ["core"], "fail_action": "continue"}
                ]
            },
            "MRS.0002",
            "core is not a node group",
        ),
    ],
)
def test_what_is_wrong_is_refused_and_named(
    make_cloud: type[Cloud], changes: Json, code: str, field: str
) -> None:
    cloud = make_cloud(**HUAWEI)
    refused = cloud.v2("POST", "", cloud.creation_v2(**changes))
    assert refused.code == code
    assert field in refused.json["error_msg"]
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 0


def _layout(*groups: Json) -> Json:
    return {"node_groups": list(groups)}


MASTERS = group_v2("master_node_default_group", 3, "OMSServer:1,2")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"template_id": None}, "MRS.0002", "template_id"),
        ({"template_id": "own"}, "12000099", "own"),
        ({"cluster_version": "MRS 1.9.2"}, "MRS.0002", "cluster_type"),
        (_layout(MASTERS, group_v2("node_group_1", 3)), "MRS.0002", "assigned_roles"),
        (_layout(group_v2("node_group_1", 3, "DataNode")), "MRS.0002", "master_node_default_group"),
        (
            _layout(group_v2("master_node_default_group", 2, "OMSServer")),
            "MRS.0002",
            "master nodes",
        ),
        (_layout(MASTERS, group_v2("a", 2, "DataNode:3")), "MRS.0002", "a has 2 nodes"),
        (_layout(MASTERS, group_v2("a", 2, "DataNode:")), "MRS.0002", "is not a role"),
        (_layout(MASTERS, group_v2("a-b", 2, "DataNode")), "MRS.0002", "group_name"),
        (_layout(MASTERS, group_v2("a", 501, "DataNode")), "MRS.0002", "node_num"),
        (
            _layout(MASTERS, group_v2("a", 500, "DataNode"), group_v2("b", 1, "DataNode")),
            "12000028",
            "500",
        ),
        (
            _layout(MASTERS, *(group_v2(f"g{number}", 1, "DataNode") for number in range(10))),
            "MRS.0002",
            "node_groups",
        ),
        (_layout(MASTERS, group_v2("a", 1, "X", node_size="no")), "12000048", "no"),
    ],
)
def test_what_does_not_fit_a_custom_cluster_is_refused(
    make_cloud: type[Cloud], changes: Json, code: str, field: str
) -> None:
    cloud = make_cloud(**HUAWEI)
    refused = cloud.v2("POST", "", cloud.creation_v2("CUSTOM", **changes))
    assert refused.code == code
    assert field in refused.json["error_msg"]


def test_the_nodes_of_a_custom_cluster_have_the_roles_that_they_were_given(
    make_cloud: type[Cloud],
) -> None:
    cloud = make_cloud(**HUAWEI)
    cluster_id = cloud.running_v2("CUSTOM")
    nodes = cloud.v2("GET", f"{cluster_id}/nodes", query="limit=100").json["nodes"]

    def roles(group: str) -> list[list[str]]:
        found = [node for node in nodes if node["node_group_name"] == group]
        return [[each["role_name"] for each in node["component_infos"]] for node in found]

    assert sorted(roles("master_node_default_group")) == [
        ["NameNode", "ResourceManager"],
        ["OMSServer"],
        ["OMSServer", "NameNode", "ResourceManager"],
    ]
    assert roles("node_group_2") == [["NodeManager"]]


def test_passwords_are_neither_kept_nor_recorded(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)
    secrets = {"login_mode": "PASSWORD", "node_root_password": "Canary-Root-1"}
    cloud.create_v2(**secrets)
    for path in ("state", "requests"):
        assert b"Canary-" not in cloud.control("GET", path).raw


def test_v11_does_not_resize_custom_clusters(make_cloud: type[Cloud]) -> None:
    cloud = make_cloud(**HUAWEI)
    custom = cloud.running_v2("CUSTOM")
    assert cloud.resize(custom, "scale_out").code == "12000054"
    mixed = cloud.running_v2("MIXED", cluster_name="mixed")
    assert cloud.resize(mixed, "scale_out").status == 501


@pytest.mark.parametrize("kind", ["MIXED", "CUSTOM"])
def test_the_number_of_nodes_of_any_group_can_be_forced(make_cloud: type[Cloud], kind: str) -> None:
    cloud = make_cloud(**HUAWEI)
    cluster_id = cloud.running_v2(kind)
    name = "core_node_streaming_group" if kind == "MIXED" else "node_group_2"
    assert cloud.control("PATCH", f"clusters/{cluster_id}", {name: 5}).status == 200
    assert _groups(cloud.detail(cluster_id))[name] == 5
    assert cloud.control("PATCH", f"clusters/{cluster_id}", {"nothing": 5}).status == 400
