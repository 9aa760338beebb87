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
