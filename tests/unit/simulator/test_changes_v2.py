# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clusters of API v2 change: expand and shrink, names, components (service_v2 5 and 12)."""

from __future__ import annotations

import typing as t

import pytest

from .conftest import Answer, Cloud, Json, group_v2

GROUP = "core_node_analysis_group"


@pytest.fixture(name="huawei")
def _huawei(make_cloud: type[Cloud]) -> Cloud:
    return make_cloud(flavor="hwc")


def _expand(cloud: Cloud, cluster_id: str, group: str = GROUP, **more: t.Any) -> Answer:
    body = {"node_group_name": group, "count": 1, **more}
    return cloud.v2("POST", f"{cluster_id}/expand", body)


def _shrink(cloud: Cloud, cluster_id: str, group: str = GROUP, **more: t.Any) -> Answer:
    return cloud.v2("POST", f"{cluster_id}/shrink", {"node_group_name": group, **more})


def _numbers(cloud: Cloud, cluster_id: str) -> dict[str, int]:
    groups = cloud.detail(cluster_id)["nodeGroups"]
    return {group["GroupName"]: group["NodeNum"] for group in groups}


def _hosts(cloud: Cloud, cluster_id: str, group: str = GROUP) -> list[Json]:
    shown = cloud.call("GET", f"clusters/{cluster_id}/hosts", query="pageSize=500").json
    return [host for host in shown["hosts"] if host["node_group_name"] == group]


def _advance(cloud: Cloud) -> None:
    cloud.clock.advance(150)


@pytest.mark.parametrize(
    ("kind", "group", "before"),
    [
        ("ANALYSIS", "core_node_analysis_group", 3),
        ("STREAMING", "core_node_streaming_group", 3),
        ("MIXED", "core_node_streaming_group", 2),
        ("MIXED", "task_node_analysis_group", 1),
        ("CUSTOM", "node_group_1", 4),
    ],
)
def test_every_group_but_the_masters_grows_and_shrinks_by_a_number(
    huawei: Cloud, kind: str, group: str, before: int
) -> None:
    cluster_id = huawei.running_v2(kind)
    others = {name: n for name, n in _numbers(huawei, cluster_id).items() if name != group}
    answer = _expand(huawei, cluster_id, group, count="3")
    assert (answer.status, answer.json) == (200, {"result": "succeeded"})
    assert huawei.state(cluster_id) == "running"
    huawei.clock.advance(20)
    detail = huawei.detail(cluster_id)
    assert (detail["clusterState"], detail["scale"]) == ("scaling-out", "scaling-out")
    _advance(huawei)
    assert _numbers(huawei, cluster_id) == {**others, group: before + 3}
    assert len(_hosts(huawei, cluster_id, group)) == before + 3
    answer = _shrink(huawei, cluster_id, group, count=2)
    assert (answer.status, answer.json) == (200, {"result": "succeeded"})
    _advance(huawei)
    assert _numbers(huawei, cluster_id) == {**others, group: before + 1}


def test_the_answer_to_expand_may_say_success(huawei: Cloud) -> None:
    huawei.set(expand_result="success")
    assert _expand(huawei, huawei.running_v2()).json == {"result": "success"}


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"node_group_name": "core"}, "12000002", "core is not a group"),
        ({"node_group_name": "master_node_default_group"}, "12000054", "Master"),
        ({"count": 0}, "12000002", "count"),
        ({"count": None}, "12000002", "count"),
        ({"count": 498}, "12000028", "500"),
        ({"skip_bootstrap_scripts": "true"}, "12000002", "skip_bootstrap_scripts"),
        ({"resource_ids": []}, "12000002", "resource_ids"),
    ],
)
def test_what_expand_refuses(huawei: Cloud, more: Json, code: str, field: str) -> None:
    refused = _expand(huawei, huawei.running_v2(), **{"group": GROUP, **more})
    assert refused.code == code
    assert field in refused.json["error_msg"]


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({}, "12000002", "count"),
        ({"count": 1, "resource_ids": ["x"]}, "12000002", "count"),
        ({"resource_ids": ["x"]}, "12000002", "x is not a node of the group"),
        ({"count": 1}, "12000013", "3 nodes with data must remain"),
        ({"count": 4}, "12000013", "3 nodes of core_node_analysis_group can go"),
    ],
)
def test_what_shrink_refuses(huawei: Cloud, more: Json, code: str, field: str) -> None:
    refused = _shrink(huawei, huawei.running_v2(), **more)
    assert refused.code == code
    assert field in refused.json["error_msg"]


def test_shrink_takes_named_nodes_only_in_an_abnormal_state(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2()
    _expand(huawei, cluster_id)
    _advance(huawei)
    host = _hosts(huawei, cluster_id)[1]
    refused = _shrink(huawei, cluster_id, resource_ids=[host["resource_id"]])
    assert (refused.code, "abnormal state" in refused.json["error_msg"]) == ("12000002", True)
    huawei.control("PATCH", f"hosts/{host['id']}", {"status": "SHUTOFF"})
    assert _shrink(huawei, cluster_id, count=1).code == "12000080"
    assert _shrink(huawei, cluster_id, resource_ids=[host["resource_id"]]).status == 200
    _advance(huawei)
    assert host["id"] not in [each["id"] for each in _hosts(huawei, cluster_id)]
    assert _numbers(huawei, cluster_id)[GROUP] == 3


def test_nodes_of_a_custom_cluster_with_zookeeper_or_a_database_stay(huawei: Cloud) -> None:
    groups = [
        group_v2("master_node_default_group", 3, "OMSServer:1,2"),
        group_v2("mixed_roles", 4, "quorumpeer:1,2,3", "DataNode"),
    ]
    cluster_id = huawei.running_v2("CUSTOM", node_groups=groups)
    refused = _shrink(huawei, cluster_id, "mixed_roles", count=2)
    assert (refused.code, "1 nodes" in refused.json["error_msg"]) == ("12000013", True)
    last = _hosts(huawei, cluster_id, "mixed_roles")[3]["id"]
    assert _shrink(huawei, cluster_id, "mixed_roles", count=1).status == 200
    _advance(huawei)
    assert last not in [host["id"] for host in _hosts(huawei, cluster_id, "mixed_roles")]


@pytest.mark.parametrize("what", ["expand", "shrink"])
def test_a_cluster_that_does_not_run_is_not_resized(huawei: Cloud, what: str) -> None:
    body = {"node_group_name": GROUP, "count": 1}
    cluster_id = huawei.create_v2()
    assert huawei.v2("POST", f"{cluster_id}/{what}", body).code == "12000017"
    huawei.clock.advance(100)
    assert _expand(huawei, cluster_id).status == 200
    assert huawei.v2("POST", f"{cluster_id}/{what}", body).code == "12000018"
    assert huawei.v2("POST", f"none/{what}", body).code == "12000003"


def test_a_resize_can_fail_later(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2("CUSTOM")
    huawei.set(next_scale="error")
    assert _expand(huawei, cluster_id, "node_group_1").status == 200
    _advance(huawei)
    detail = huawei.detail(cluster_id)
    assert (detail["clusterState"], detail["scale"]) == ("running", "scaling-error")
    assert _numbers(huawei, cluster_id)["node_group_1"] == 4


def test_v16_the_apis_disagree_on_scripts_that_nobody_asked_about(huawei: Cloud) -> None:
    script = {"name": "a", "uri": "/a.sh", "nodes": [GROUP], "fail_action": "continue"}
    cluster_id = huawei.running_v2(bootstrap_scripts=[script])

    def last_scripts() -> list[str]:
        _advance(huawei)
        hosts = huawei.control("GET", "state").json["clusters"][cluster_id]["hosts"]
        return list(hosts[-1]["scripts"])

    assert last_scripts() == ["a"]
    _expand(huawei, cluster_id)
    assert last_scripts() == []
    _expand(huawei, cluster_id, skip_bootstrap_scripts=False)
    assert last_scripts() == ["a"]
    huawei.resize(cluster_id, "scale_out", skip_bootstrap_scripts=True)
    assert last_scripts() == []
    huawei.resize(cluster_id, "scale_out")
    assert last_scripts() == ["a"]


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
def test_a_cluster_gets_another_name(make_cloud: type[Cloud], flavor: str) -> None:
    cloud = make_cloud(flavor=flavor)
    cluster_id = cloud.running_v2()
    answer = cloud.v2("PUT", f"{cluster_id}/cluster-name", {"cluster_name": "nightly"})
    assert (answer.status, answer.json) == (200, {"result": "succeeded"})
    assert cloud.detail(cluster_id)["clusterName"] == "nightly"
    assert cloud.v2("POST", "", cloud.creation_v2(cluster_name="nightly")).code == "12000043"
    assert cloud.v2("POST", "", cloud.creation_v2()).status == 200


def test_a_name_is_refused_that_is_in_use_or_wrong(huawei: Cloud) -> None:
    first, second = huawei.running_v2(), huawei.running_v2(cluster_name="second")

    def rename(cluster_id: str, name: t.Any) -> str:
        path = f"{cluster_id}/cluster-name"
        return str(huawei.v2("PUT", path, {"cluster_name": name}).code)

    assert rename(first, "second") == "12000043"
    assert rename(first, "sensor-etl") == "12000043"
    assert rename(first, "a b") == rename(first, None) == "12000002"
    assert rename("none", "b") == "12000003"
    huawei.call("DELETE", f"clusters/{second}")
    assert rename(second, "third") == "12000360"
    _advance(huawei)
    assert rename(second, "third") == "12000360"


def _components(cloud: Cloud, cluster_id: str) -> list[str]:
    return [each["componentName"] for each in cloud.detail(cluster_id)["componentList"]]


def _hive(group: str = "node_group_1", *roles: str, **more: t.Any) -> Json:
    groups = [{"name": group, "assigned_roles": list(roles or ("HiveServer",))}]
    return {"component": "Hive", "node_groups": groups, **more}


def _add(cloud: Cloud, cluster_id: str, *modes: Json) -> Answer:
    path = f"{cluster_id}/components"
    return cloud.v2("POST", path, {"components_install_mode": list(modes)})


def test_a_custom_cluster_gets_components(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2("CUSTOM")
    answer = _add(huawei, cluster_id, _hive())
    assert (answer.status, answer.json) == (200, {"result": "succeeded"})
    huawei.clock.advance(20)
    assert huawei.state(cluster_id) == "starting"
    assert "Hive" not in _components(huawei, cluster_id)
    _advance(huawei)
    assert huawei.state(cluster_id) == "running"
    assert "Hive" in _components(huawei, cluster_id)
    groups = huawei.detail(cluster_id)["nodeGroups"]
    assert groups[1]["assignedRoles"] == ["DataNode", "NodeManager", "HiveServer"]


@pytest.mark.parametrize(
    ("modes", "code", "field"),
    [
        ([], "12000002", "components_install_mode"),
        ([{"component": "Hive"}], "12000002", "node_groups"),
        ([_hive("node_group_9")], "12000002", "node_group_9 is not a group"),
        ([_hive("node_group_2", "HiveServer:2")], "12000002", "has 1 nodes"),
        ([_hive(), _hive()], "12000002", "unique"),
        ([{**_hive(), "component": "Hadoop"}], "12000002", "installed already"),
        ([{**_hive(), "component": "Storm"}], "12000002", "Storm is not one of"),
        ([_hive(component_user_password="onlysmall")], "12000002", "component_user_password"),
    ],
)
def test_what_adding_components_refuses(
    huawei: Cloud, modes: list[Json], code: str, field: str
) -> None:
    refused = _add(huawei, huawei.running_v2("CUSTOM"), *modes)
    assert refused.code == code
    assert field in refused.json["error_msg"]


@pytest.mark.parametrize(
    ("version", "code"),
    [
        ("MRS 3.1.0", "12000054"),
        ("MRS 3.1.2-LTS.1", "12000054"),
        ("MRS 3.1.2-LTS.3", ""),
        ("MRS 3.1.5", ""),
    ],
)
def test_components_come_from_312_on(huawei: Cloud, version: str, code: str) -> None:
    huawei.set(extra_versions=["MRS 3.1.2-LTS.1"])
    cluster_id = huawei.running_v2("CUSTOM", cluster_version=version)
    answer = _add(huawei, cluster_id, _hive())
    assert (answer.status, answer.json.get("error_code", "")) == (400 if code else 200, code)


def test_only_custom_clusters_that_run_get_components(huawei: Cloud) -> None:
    assert _add(huawei, huawei.running_v2(), _hive()).code == "12000054"
    custom = huawei.create_v2("CUSTOM", cluster_name="custom")
    assert _add(huawei, custom, _hive()).code == "12000012"


def test_an_installation_can_fail_later(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2("CUSTOM")
    huawei.set(next_component="failed")
    assert _add(huawei, cluster_id, _hive()).status == 200
    _advance(huawei)
    detail = huawei.detail(cluster_id)
    assert (detail["clusterState"], detail["scale"]) == ("abnormal", None)
    assert detail["stageDesc"] == "Installation failed: (MRS.104) Not enough resources."
    assert "Hive" not in _components(huawei, cluster_id)


def test_passwords_of_components_are_neither_kept_nor_recorded(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2("CUSTOM")
    secrets = {
        "component": "ClickHouse",
        "component_user_password": "Canary-User-1",
        "component_default_password": "Canary-Default-1",
    }
    assert _add(huawei, cluster_id, {**_hive(), **secrets}).status == 200
    for path in ("state", "requests"):
        assert b"Canary-" not in huawei.control("GET", path).raw


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "expand"), ("POST", "shrink"), ("POST", "components")]
)
def test_open_telekom_cloud_does_not_publish_these(cloud: Cloud, method: str, path: str) -> None:
    assert cloud.v2(method, f"x/{path}", {}).status == 501
    cloud.set(serve_unpublished=True)
    assert cloud.v2(method, f"x/{path}", {}).status == 400


@pytest.mark.parametrize("kind", ["cut_after", "twice"])
def test_a_lost_or_doubled_expand_acts(huawei: Cloud, kind: str) -> None:
    cluster_id = huawei.running_v2("CUSTOM")
    rule = {"method": "POST", "path": "expand$", "kind": kind, "seconds": 120}
    assert huawei.control("POST", "faults", rule).status == 201
    _expand(huawei, cluster_id, "node_group_2")
    _advance(huawei)
    _advance(huawei)
    wanted = {"cut_after": 2, "twice": 3}[kind]
    assert _numbers(huawei, cluster_id)["node_group_2"] == wanted


def test_reads_can_be_behind_a_name_and_a_resize(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2("CUSTOM")
    huawei.set(stale={"cluster": 60})
    huawei.v2("PUT", f"{cluster_id}/cluster-name", {"cluster_name": "nightly"})
    _expand(huawei, cluster_id, "node_group_2")
    huawei.clock.advance(50)
    detail = huawei.detail(cluster_id)
    assert (detail["clusterName"], detail["clusterState"]) == ("sensor-etl", "running")
    huawei.clock.advance(30)
    detail = huawei.detail(cluster_id)
    assert (detail["clusterName"], detail["clusterState"]) == ("nightly", "scaling-out")
