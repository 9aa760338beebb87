# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of a cluster by API v2 (service_v2 5.2)."""

from __future__ import annotations

import typing as t

import pytest


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    return make_cloud(flavor="hwc")


def _nodes(cloud, cluster_id: str, query: str = "limit=100") -> list[t.Any]:
    answer = cloud.v2("GET", f"{cluster_id}/nodes", query=query)
    assert answer.status == 200, answer.raw
    return list(answer.json["nodes"])


def test_each_node_has_its_components(huawei) -> None:
    cluster_id = huawei.running()
    nodes = _nodes(huawei, cluster_id)
    kinds = [node["node_type"] for node in nodes]
    assert (sorted(kinds), {node["node_status"] for node in nodes}) == (
        ["Core"] * 3 + ["Master"] * 2,
        {"started"},
    )
    core = nodes[kinds.index("Core")]
    assert [component["role_name"] for component in core["component_infos"]] == [
        "DataNode",
        "NodeManager",
    ]
    assert {
        component["running_status"] for node in nodes for component in node["component_infos"]
    } == {"GOOD"}
    assert "node_detail" not in core
    masters = [
        node["component_infos"][0]["ha_status"] for node in nodes if node["node_type"] == "Master"
    ]
    assert sorted(masters) == ["ACTIVE", "STANDBY"]


def test_load_is_told_on_request(huawei) -> None:
    nodes = _nodes(huawei, huawei.running(), "query_node_detail=true")
    assert {node["node_detail"]["cpu_usage"] for node in nodes} == {"12.5"}


def test_components_are_well_after_the_warm_up(huawei) -> None:
    huawei.set(warm_up=30)
    cluster_id = huawei.running()
    assert _nodes(huawei, cluster_id)[0]["component_infos"][0]["running_status"] == "UNKNOWN"
    huawei.clock.advance(30)
    assert _nodes(huawei, cluster_id)[0]["component_infos"][0]["running_status"] == "GOOD"
    huawei.set(component_status="BAD")
    assert _nodes(huawei, cluster_id)[0]["component_infos"][0]["running_status"] == "BAD"


def test_pages_are_numbered_from_one_and_nodes_are_filtered(huawei) -> None:
    cluster_id = huawei.running()
    assert len(_nodes(huawei, cluster_id, "limit=2&offset=3")) == 1
    assert len(_nodes(huawei, cluster_id, "node_group=master_node_default_group")) == 2
    names = [
        node["node_name"] for node in _nodes(huawei, cluster_id, "sort_key=node_name&sort_dir=desc")
    ]
    assert names == sorted(names, reverse=True)
    for wrong in ("offset=0", "limit=0", "sort_key=ip", "sort_dir=up", "query_node_detail=1"):
        assert huawei.v2("GET", f"{cluster_id}/nodes", query=wrong).code == "12000002"


def test_a_cluster_that_starts_has_no_components_yet(huawei) -> None:
    assert all(node["component_infos"] == [] for node in _nodes(huawei, huawei.create()))


def test_otc_does_not_publish_it(cloud) -> None:
    assert cloud.v2("GET", f"{cloud.running()}/nodes").status == 501


def test_each_node_tells_its_server_and_disks(huawei) -> None:
    core = next(node for node in _nodes(huawei, huawei.running()) if node["node_type"] == "Core")
    server = core["server_info"]
    assert {name: server[name] for name in ("server_type", "cpu_type", "cpu", "mem")} == {
        "server_type": "ECS",
        "cpu_type": "X86",
        "cpu": "16",
        "mem": "65536",
    }
    assert server["root_volume"] == {"type": "SATA", "size": 480, "count": 1}
    assert server["data_volumes"] == [{"type": "SATA", "size": 600, "count": 1}]
    assert [component["support_decom"] for component in core["component_infos"]] == [True, True]
