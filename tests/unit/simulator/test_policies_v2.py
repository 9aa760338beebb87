# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Auto scaling policies as API v2 shows them, and as v1.1 does or does not (service_v2 7)."""

from __future__ import annotations

import typing as t

import pytest

POLICY = {
    "auto_scaling_enable": True,
    "min_capacity": "1",
    "max_capacity": 3,
    "resources_plans": [
        {
            "period_type": "daily",
            "start_time": "8:00",
            "end_time": "9:00",
            "min_capacity": "1",
            "max_capacity": 2,
        }
    ],
    "exec_scripts": [],
}
SHOWN = {
    "node_group_name": "task_node_analysis_group",
    "resource_pool_name": "default",
    "auto_scaling_policy": {
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
        "rules": [],
    },
}


def _with_policy(cloud) -> str:
    groups = cloud.creation()["node_groups"]
    task = {"group_name": "task_node_analysis_group", "node_num": 1, "auto_scaling_policy": POLICY}
    groups.append({**groups[1], **task})
    return str(cloud.create(node_groups=groups))


def _read(cloud, cluster_id: str) -> t.Any:
    headers = {"x_auth_token": cloud.token, "content_type": "application/json"}
    return cloud.request("GET", f"/v2/{cloud.project}/autoscaling-policy/{cluster_id}", **headers)


def test_v9_each_cloud_shows_a_policy_in_its_own_form(make_cloud) -> None:
    huawei, otc = make_cloud(flavor="hwc"), make_cloud(flavor="otc")
    assert _read(huawei, _with_policy(huawei)).json == [SHOWN]
    with_scripts = {
        **SHOWN,
        "auto_scaling_policy": {**SHOWN["auto_scaling_policy"], "exec_scripts": []},
    }
    cluster_id = _with_policy(otc)
    assert _read(otc, cluster_id).json == {"auto_scaling_policies": [with_scripts]}
    otc.set(policies_wrapper=False)
    assert _read(otc, cluster_id).json == [with_scripts]


def test_a_cluster_without_a_policy_has_an_empty_list_or_is_an_error(cloud) -> None:
    cluster_id = cloud.create()
    assert _read(cloud, cluster_id).json == {"auto_scaling_policies": []}
    cloud.set(no_policy="MRS.00005016")
    assert _read(cloud, cluster_id).code == "MRS.00005016"
    assert _read(cloud, "unknown").code == "12000003"


@pytest.mark.parametrize("shown", [True, False])
def test_the_detail_of_v11_shows_a_policy_or_does_not(cloud, shown: bool) -> None:
    cloud.set(show_policy=shown)
    task = cloud.detail(_with_policy(cloud))["nodeGroups"][2]
    assert ("AutoScalingPolicy" in task) is shown
    assert task["BillingType"] == 12


KEY = {"node_group_name": "task_node_analysis_group", "resource_pool_name": "default"}
PLAIN = {"auto_scaling_enable": False, "min_capacity": 1, "max_capacity": 3}
DAILY = {
    "period_type": "daily",
    "start_time": "8:00",
    "end_time": "9:00",
    "min_capacity": 1,
    "max_capacity": 2,
    "effective_days": ["MONDAY"],
}


def _ask(cloud, method: str, cluster_id: str, **body: t.Any) -> t.Any:
    headers = {"x_auth_token": cloud.token, "content_type": "application/json"}
    path = f"/v2/{cloud.project}/autoscaling-policy/{cluster_id}"
    return cloud.request(method, path, {**KEY, **body}, **headers)


def _with_task_nodes(cloud) -> str:
    groups = cloud.creation()["node_groups"]
    groups.append({**groups[1], "group_name": "task_node_analysis_group", "node_num": 1})
    return str(cloud.create(node_groups=groups))


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    return make_cloud(flavor="hwc")


def test_a_policy_of_a_group_is_created_changed_and_deleted(huawei) -> None:
    cluster_id = _with_task_nodes(huawei)
    tags = [{"key": "team", "value": "sensors"}]
    wanted = {**PLAIN, "auto_scaling_enable": True, "resources_plans": [DAILY], "tags": tags}
    assert _ask(huawei, "PUT", cluster_id, auto_scaling_policy=PLAIN).code == "MRS.00005016"
    created = _ask(huawei, "POST", cluster_id, auto_scaling_policy=wanted)
    assert (created.status, created.raw) == (200, b"")
    shown = {**wanted, "rules": []}
    assert _read(huawei, cluster_id).json == [{**KEY, "auto_scaling_policy": shown}]
    assert _ask(huawei, "POST", cluster_id, auto_scaling_policy=wanted).code == "12000002"
    assert _ask(huawei, "PUT", cluster_id, auto_scaling_policy=PLAIN).status == 200
    shown = {**PLAIN, "resources_plans": [], "rules": []}
    assert _read(huawei, cluster_id).json == [{**KEY, "auto_scaling_policy": shown}]
    deleted = _ask(huawei, "DELETE", cluster_id)
    assert (deleted.status, deleted.raw) == (202, b"")
    assert _read(huawei, cluster_id).json == []
    assert _ask(huawei, "DELETE", cluster_id).code == "MRS.00005016"


def test_a_pool_has_a_policy_of_its_own(huawei) -> None:
    cluster_id = _with_task_nodes(huawei)
    pool = {"resource_pool_name": "night-1"}
    assert _ask(huawei, "POST", cluster_id, **pool, auto_scaling_policy=PLAIN).status == 200
    shown = _read(huawei, cluster_id).json
    assert [item["resource_pool_name"] for item in shown] == ["night-1"]
    assert _ask(huawei, "DELETE", cluster_id, **pool).status == 202
    assert _read(huawei, cluster_id).json == []


def test_policies_of_groups_and_of_pools_exclude_each_other(huawei) -> None:
    cluster_id = _with_task_nodes(huawei)
    pools = [{"resource_pool_name": name} for name in ("night", "day")]
    assert _ask(huawei, "POST", cluster_id, auto_scaling_policy=PLAIN).status == 200
    refused = _ask(huawei, "POST", cluster_id, **pools[0], auto_scaling_policy=PLAIN)
    assert refused.code == "12000002"
    assert "cannot both have one" in str(refused.json)
    assert _ask(huawei, "DELETE", cluster_id).status == 202
    for pool in pools:
        assert _ask(huawei, "POST", cluster_id, **pool, auto_scaling_policy=PLAIN).status == 200
    assert _ask(huawei, "POST", cluster_id, auto_scaling_policy=PLAIN).code == "12000002"


def test_one_group_alone_has_a_policy_that_is_on(huawei) -> None:
    cluster_id = huawei.create_v2("CUSTOM")
    on = {**PLAIN, "auto_scaling_enable": True, "resources_plans": [DAILY]}
    first, second = ({"node_group_name": f"node_group_{number}"} for number in (1, 2))
    assert _ask(huawei, "POST", cluster_id, **first, auto_scaling_policy=on).status == 200
    assert _ask(huawei, "POST", cluster_id, **second, auto_scaling_policy=on).code == "12000002"
    assert _ask(huawei, "POST", cluster_id, **second, auto_scaling_policy=PLAIN).status == 200
    assert _ask(huawei, "PUT", cluster_id, **first, auto_scaling_policy=on).status == 200
    assert _ask(huawei, "PUT", cluster_id, **second, auto_scaling_policy=on).code == "12000002"


def test_scripts_come_with_the_creation_and_stay(make_cloud) -> None:
    otc = make_cloud(flavor="otc", serve_unpublished=True)
    script = {"name": "s", "uri": "s3a://b/s.sh", "nodes": ["task"]}
    script |= {"action_stage": "before_scale_out", "fail_action": "continue"}
    groups = otc.creation()["node_groups"]
    policy = {**POLICY, "exec_scripts": [script]}
    task = {"group_name": "task_node_analysis_group", "auto_scaling_policy": policy}
    groups.append({**groups[1], **task})
    cluster_id = otc.create(node_groups=groups)
    assert _ask(otc, "PUT", cluster_id, auto_scaling_policy=PLAIN).status == 200
    [shown] = _read(otc, cluster_id).json["auto_scaling_policies"]
    assert shown["auto_scaling_policy"]["exec_scripts"] == [script]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"node_group_name": "nobody"}, "12000002"),
        ({"node_group_name": "master_node_default_group"}, "12000054"),
        ({"node_group_name": "core_node_analysis_group"}, "12000054"),
        ({"resource_pool_name": "a b"}, "12000002"),
        ({"auto_scaling_policy": {**PLAIN, "exec_scripts": []}}, "12000002"),
        ({"auto_scaling_policy": {**PLAIN, "min_capacity": 4}}, "12000002"),
        ({"auto_scaling_policy": {**PLAIN, "auto_scaling_enable": True}}, "12000002"),
        (
            {"auto_scaling_policy": {**PLAIN, "resources_plans": [{**DAILY, "effective_days": 1}]}},
            "12000002",
        ),
    ],
)
def test_what_the_documents_forbid_is_refused(huawei, body: dict[str, t.Any], code: str) -> None:
    cluster_id = _with_task_nodes(huawei)
    sent = {"auto_scaling_policy": PLAIN, **body}
    assert _ask(huawei, "POST", cluster_id, **sent).code == code
    assert _read(huawei, cluster_id).json == []


def test_otc_publishes_the_reading_alone(cloud) -> None:
    cluster_id = _with_task_nodes(cloud)
    for method in ("POST", "PUT", "DELETE"):
        assert _ask(cloud, method, cluster_id).code == "SIMULATOR.501"
