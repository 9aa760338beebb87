# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

TASK_INFO = {
    "node_size": "c6.large.2.linux.mrs",
    "data_volume_type": "SAS",
    "data_volume_count": 1,
    "data_volume_size": 200,
}


def _shown(cloud, cluster_id: str) -> tuple[t.Any, ...]:
    detail = cloud.detail(cluster_id)
    return tuple(detail[name] for name in ("clusterState", "scale", "coreNodeNum", "totalNodeNum"))


def test_a_scale_out_shows_the_old_state_first_and_the_new_counts_last(cloud) -> None:
    cluster_id = cloud.running()
    answer = cloud.resize(cluster_id, "scale_out", 2)
    assert (answer.status, answer.json) == (200, {"result": "succeeded"})
    assert _shown(cloud, cluster_id) == ("running", None, "3", "5")
    cloud.clock.advance(10)
    assert _shown(cloud, cluster_id) == ("scaling-out", "scaling-out", "3", "5")
    assert cloud.detail(cluster_id)["stageDesc"] == "Preparing for scale-out"
    cloud.clock.advance(100)
    assert _shown(cloud, cluster_id) == ("running", None, "5", "7")
    assert len(cloud.hosts(cluster_id, "Core")) == 5
    assert cloud.detail(cluster_id)["nodeGroups"][1]["NodeNum"] == 5


def test_a_second_resize_is_refused_even_while_the_old_state_shows(cloud) -> None:
    cluster_id = cloud.running()
    cloud.resize(cluster_id, "scale_out")
    assert cloud.state(cluster_id) == "running"
    for _round in range(2):
        refused = cloud.resize(cluster_id, "scale_out")
        assert (refused.status, refused.code) == (400, "12000018")
        cloud.clock.advance(50)
    assert (
        cloud.resize(cluster_id, "scale_out", 1, "task", task_node_info=TASK_INFO).code
        == "12000125"
    )
    cloud.clock.advance(10)
    assert cloud.detail(cluster_id)["coreNodeNum"] == "4"


def test_there_is_no_lag_when_it_is_set_to_0(make_cloud) -> None:
    cloud = make_cloud(lag=0)
    cluster_id = cloud.running()
    cloud.resize(cluster_id, "scale_out")
    assert cloud.state(cluster_id) == "scaling-out"


@pytest.mark.parametrize(
    "state", ["starting", "abnormal", "terminating", "terminated", "failed", "frozen"]
)
def test_a_resize_needs_a_running_cluster(cloud, state: str) -> None:
    cluster_id = cloud.running()
    cloud.control("PATCH", f"clusters/{cluster_id}", {"state": state})
    assert cloud.resize(cluster_id, "scale_out").code == "12000017"
    cloud.set(not_running_code="12000012")
    assert cloud.resize(cluster_id, "scale_out").code == "12000012"


def test_core_nodes_shrink_down_to_three(cloud) -> None:
    cluster_id = cloud.running()
    cloud.resize(cluster_id, "scale_out", "2")
    cloud.clock.advance(110)
    assert cloud.resize(cluster_id, "scale_in", 3).code == "12000013"
    before = cloud.hosts(cluster_id, "Core")
    assert cloud.resize(cluster_id, "scale_in", 2).status == 200
    cloud.clock.advance(60)
    assert cloud.detail(cluster_id)["stageDesc"] == "Deleting VMs"
    cloud.clock.advance(50)
    assert cloud.hosts(cluster_id, "Core") == before[:3]


def test_the_first_task_nodes_need_their_size_and_later_ones_refuse_it(cloud) -> None:
    cluster_id = cloud.running()
    assert cloud.resize(cluster_id, "scale_in", 1, "task").code == "12000013"
    assert cloud.resize(cluster_id, "scale_out", 2, "task").code == "12000002"
    assert (
        cloud.resize(cluster_id, "scale_out", 2, "task", task_node_info={"node_size": "x"}).code
        == "12000048"
    )
    assert cloud.resize(cluster_id, "scale_out", 2, "task", task_node_info=TASK_INFO).status == 200
    cloud.clock.advance(110)
    groups = {group["GroupName"]: group for group in cloud.detail(cluster_id)["nodeGroups"]}
    group = groups["task_node_analysis_group"]
    assert (group["NodeNum"], group["NodeSize"], group["DataVolumeSize"]) == (
        2,
        "c6.large.2.linux.mrs",
        200,
    )
    assert (
        cloud.resize(cluster_id, "scale_out", 1, "task", task_node_info=TASK_INFO).code
        == "12000123"
    )
    assert cloud.resize(cluster_id, "scale_out", 1, "task").status == 200
    cloud.clock.advance(110)
    assert cloud.resize(cluster_id, "scale_in", 3, "task").status == 200
    cloud.clock.advance(110)
    assert cloud.hosts(cluster_id, "Task") == []
    assert cloud.resize(cluster_id, "scale_out", 1, "task").code == "12000002"


def test_named_task_nodes_go(cloud) -> None:
    cluster_id = cloud.running()
    cloud.resize(cluster_id, "scale_out", 3, "task", task_node_info=TASK_INFO)
    cloud.clock.advance(110)
    first, second, third = cloud.hosts(cluster_id, "Task")
    core = cloud.hosts(cluster_id, "Core")[0]
    assert cloud.resize(cluster_id, "scale_in", 2, "task", server_ids=[first]).code == "12000002"
    assert cloud.resize(cluster_id, "scale_in", 1, "task", server_ids=[core]).code == "12000002"
    assert cloud.resize(cluster_id, "scale_in", 1, server_ids=[core]).code in (
        "12000002",
        "12000013",
    )
    assert cloud.resize(cluster_id, "scale_in", 1, "task", server_ids=[second]).status == 200
    cloud.clock.advance(110)
    assert cloud.hosts(cluster_id, "Task") == [first, third]


def test_core_nodes_can_be_named_and_kept_as_the_old_sdk_did(cloud) -> None:
    cluster_id = cloud.running()
    cloud.resize(cluster_id, "scale_out", 3)
    cloud.clock.advance(110)
    cores = cloud.hosts(cluster_id, "Core")
    answer = cloud.resize(
        cluster_id, "scale_in", 2, include_instances=[cores[0]], exclude_instances=[cores[5]]
    )
    assert answer.status == 200
    cloud.clock.advance(110)
    assert cloud.hosts(cluster_id, "Core") == [cores[1], cores[2], cores[3], cores[5]]


def test_a_failed_resize_ends_running_with_the_old_counts_and_a_reason(cloud) -> None:
    cluster_id = cloud.running()
    cloud.set(next_scale="error", failure_cause="(MRS.105) No free IP in the subnet.")
    assert cloud.resize(cluster_id, "scale_out", 2).status == 200
    cloud.clock.advance(110)
    assert _shown(cloud, cluster_id) == ("running", "scaling-error", "3", "5")
    assert (
        cloud.detail(cluster_id)["stageDesc"]
        == "Scale-out failed: (MRS.105) No free IP in the subnet."
    )
    cloud.resize(cluster_id, "scale_out", 2)
    cloud.clock.advance(110)
    assert _shown(cloud, cluster_id) == ("running", None, "5", "7")


def test_core_and_task_nodes_stay_below_501(cloud) -> None:
    cluster_id = cloud.running()
    assert cloud.resize(cluster_id, "scale_out", 498).code == "12000028"
    assert cloud.resize(cluster_id, "scale_out", 497).status == 200


def test_a_scale_in_needs_all_nodes_running(cloud) -> None:
    cluster_id = cloud.running()
    cloud.resize(cluster_id, "scale_out")
    cloud.clock.advance(110)
    cloud.control("PATCH", f"hosts/{cloud.hosts(cluster_id, 'Core')[0]}", {"status": "SHUTOFF"})
    assert cloud.resize(cluster_id, "scale_in").code == "12000080"


def test_quotas_count_what_would_be_added(cloud) -> None:
    cluster_id = cloud.running()
    cloud.set(quotas={"nodes": 6})
    assert cloud.resize(cluster_id, "scale_out", 2).code == "12000030"
    assert cloud.resize(cluster_id, "scale_out", 1).status == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"scale_type": "scale-out"},
        {"node_id": "x"},
        {"node_group": "core_node_analysis_group"},
        {"instances": 0},
        {"instances": "x"},
        {"instances": 501},
        {"instances": True},
        {"task_node_info": TASK_INFO},
        {"server_ids": ["x"]},
        {"skip_bootstrap_scripts": "maybe"},
        {"unknown": 1},
    ],
)
def test_wrong_parameters_are_refused(cloud, changes: dict[str, t.Any]) -> None:
    cluster_id = cloud.running()
    parameters = {"scale_type": "scale_out", "node_id": "node_orderadd", "instances": 1, **changes}
    assert (
        cloud.call("PUT", f"cluster_infos/{cluster_id}", {"parameters": parameters}).code
        == "12000002"
    )
    assert cloud.state(cluster_id) == "running"
    cloud.clock.advance(110)
    assert cloud.detail(cluster_id)["coreNodeNum"] == "3"


@pytest.mark.parametrize(
    "changes",
    [{"skip_bootstrap_scripts": "true"}, {"skip_bootstrap_scripts": False}, {"node_group": ""}],
)
def test_q19_both_spellings_of_the_documents_are_taken(cloud, changes: dict[str, t.Any]) -> None:
    cluster_id = cloud.running()
    parameters = {
        "scale_type": "scale_out",
        "node_id": "node_orderadd",
        "instances": "1",
        **changes,
    }
    assert (
        cloud.call("PUT", f"cluster_infos/{cluster_id}", {"parameters": parameters}).status == 200
    )
