# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

POLICY: dict[str, t.Any] = {
    "auto_scaling_enable": True,
    "min_capacity": 1,
    "max_capacity": 6,
    "resources_plans": [
        {
            "period_type": "daily",
            "start_time": "9:50",
            "end_time": "18:00",
            "min_capacity": 2,
            "max_capacity": 6,
        }
    ],
    "rules": [
        {
            "name": "grow-on-memory",
            "description": "",
            "adjustment_type": "scale_out",
            "cool_down_minutes": 20,
            "scaling_adjustment": 1,
            "trigger": {
                "metric_name": "YARNMemoryAvailablePercentage",
                "metric_value": "25",
                "comparison_operator": "LT",
                "evaluation_periods": 2,
            },
        }
    ],
    "exec_scripts": [],
}


def _tags(cloud, cluster_id: str) -> list[dict[str, str]]:
    return list(cloud.call("GET", f"clusters/{cluster_id}/tags").json["tags"])


def test_tags_are_added_overwritten_and_deleted(cloud) -> None:
    cluster_id = cloud.create()
    path = f"clusters/{cluster_id}/tags"
    assert cloud.call("POST", path, {"tag": {"key": "team", "value": "a"}}).status == 204
    assert cloud.call("POST", path, {"tag": {"key": "env", "value": "prod"}}).status == 204
    assert _tags(cloud, cluster_id) == [
        {"key": "env", "value": "prod"},
        {"key": "team", "value": "a"},
    ]
    assert cloud.detail(cluster_id)["tags"] == "env=prod,team=a"
    assert cloud.call("DELETE", f"{path}/env").status == 204
    missing = cloud.call("DELETE", f"{path}/env")
    assert (missing.status, missing.code) == (404, "12005003")


def test_several_tags_at_once_can_be_repeated_without_harm(cloud) -> None:
    cluster_id = cloud.create(tags=[])
    path = f"clusters/{cluster_id}/tags/action"
    create = {"action": "create", "tags": [{"key": "a", "value": "1"}, {"key": "b", "value": ""}]}
    delete = {"action": "delete", "tags": [{"key": "a"}, {"key": "absent"}]}
    for body in (create, create, delete, delete):
        assert cloud.call("POST", path, body).status == 204
    assert _tags(cloud, cluster_id) == [{"key": "b", "value": ""}]


def test_an_eleventh_tag_and_bad_characters_are_refused(cloud) -> None:
    cluster_id = cloud.create(tags=[{"key": f"k{number}", "value": ""} for number in range(10)])
    path = f"clusters/{cluster_id}/tags"
    assert cloud.call("POST", path, {"tag": {"key": "k10", "value": ""}}).code == "12005001"
    assert cloud.call("POST", path, {"tag": {"key": "k9", "value": "new"}}).status == 204
    assert cloud.call("POST", path, {"tag": {"key": "k.9", "value": ""}}).code == "12005002"
    assert cloud.call("POST", path, {"tag": {"value": ""}}).code == "12000002"
    assert (
        cloud.call("POST", f"{path}/action", {"action": "replace", "tags": [{"key": "a"}]}).code
        == "12000002"
    )


def test_huawei_allows_more_characters(make_cloud) -> None:
    cloud = make_cloud(flavor="hwc")
    cluster_id = cloud.create(tags=[{"key": "a b.~c", "value": "ü"}])
    assert cloud.call("DELETE", f"clusters/{cluster_id}/tags/a%20b.~c").status == 204
    for value in ("a=b", " a", "a/b"):
        assert (
            cloud.call(
                "POST", f"clusters/{cluster_id}/tags", {"tag": {"key": "k", "value": value}}
            ).code
            == "12005002"
        )


def test_reads_can_show_the_old_tags_for_a_while(make_cloud) -> None:
    cloud = make_cloud(tag_delay=5)
    cluster_id = cloud.create(tags=[])
    cloud.call("POST", f"clusters/{cluster_id}/tags", {"tag": {"key": "a", "value": "1"}})
    assert (_tags(cloud, cluster_id), cloud.detail(cluster_id)["tags"]) == ([], "")
    cloud.clock.advance(5)
    assert _tags(cloud, cluster_id) == [{"key": "a", "value": "1"}]


def _found(cloud, **body: t.Any) -> list[str]:
    answer = cloud.call("POST", "clusters/resource_instances/action", {"action": "filter", **body})
    return [resource["resource_name"] for resource in answer.json["resources"]]


def test_clusters_are_found_by_tag(cloud) -> None:
    for name, env, team in (("one", "prod", "a"), ("two", "test", "a"), ("three", "prod", "b")):
        cloud.create(
            cluster_name=name, tags=[{"key": "env", "value": env}, {"key": "team", "value": team}]
        )
    env = {"key": "env", "values": ["prod"]}
    team = {"key": "team", "values": ["a"]}
    assert _found(cloud, tags=[env]) == ["three", "one"]
    assert _found(cloud, tags=[env, team]) == ["one"]
    assert _found(cloud, tags_any=[env, team]) == ["three", "two", "one"]
    assert _found(cloud, not_tags=[env, team]) == ["three", "two"]
    assert _found(cloud, not_tags_any=[env, team]) == []
    assert _found(cloud, tags=[{"key": "env", "values": []}], limit="1", offset=1) == ["two"]
    assert _found(cloud, matches=[{"key": "resource_name", "value": "t"}]) == ["three", "two"]
    count = cloud.call(
        "POST", "clusters/resource_instances/action", {"action": "count", "tags": [env]}
    )
    assert count.json == {"total_count": 2}
    refused = cloud.call(
        "POST", "clusters/resource_instances/action", {"action": "count", "limit": 1}
    )
    assert refused.code == "12000002"
    assert cloud.call("GET", "clusters/tags").json == {
        "tags": [{"key": "env", "values": ["prod", "test"]}, {"key": "team", "values": ["a", "b"]}]
    }


def _with_tasks(cloud) -> str:
    groups = cloud.creation()["node_groups"]
    groups.append({**groups[1], "group_name": "task_node_analysis_group", "node_num": 1})
    return str(cloud.running(node_groups=groups))


def _set(cloud, cluster_id: str, **changes: t.Any) -> t.Any:
    body = {"node_group": "task_node_default_group", "auto_scaling_policy": {**POLICY, **changes}}
    return cloud.call("POST", f"autoscaling-policy/{cluster_id}", body)


def test_a_policy_is_stored_shown_and_blocks_a_resize_of_task_nodes(cloud) -> None:
    cluster_id = _with_tasks(cloud)
    answer = _set(cloud, cluster_id)
    assert (answer.status, answer.json) == (200, {"result": "succeeded"})
    assert cloud.detail(cluster_id)["nodeGroups"][2]["AutoScalingPolicy"] == POLICY
    assert cloud.detail(cluster_id)["nodeGroups"][1]["AutoScalingPolicy"] is None
    assert cloud.resize(cluster_id, "scale_out", 1, "task").code == "12000124"
    assert cloud.resize(cluster_id, "scale_out", 1).status == 200
    cloud.clock.advance(110)
    assert _set(cloud, cluster_id, auto_scaling_enable=False).status == 200
    assert cloud.resize(cluster_id, "scale_out", 1, "task").status == 200


def test_a_policy_can_come_with_the_creation(cloud) -> None:
    groups = cloud.creation()["node_groups"]
    task = {"group_name": "task_node_analysis_group", "node_num": 1, "auto_scaling_policy": POLICY}
    groups.append({**groups[1], **task})
    cluster_id = cloud.create(node_groups=groups)
    assert cloud.detail(cluster_id)["nodeGroups"][2]["AutoScalingPolicy"] == POLICY


def test_a_policy_needs_a_task_group(cloud) -> None:
    assert _set(cloud, cloud.running()).code == "12000054"


def test_numbers_and_flags_as_text_are_taken_as_the_otc_example_sends_them(cloud) -> None:
    script = {
        "name": "s",
        "uri": "s3a://b/x.sh",
        "nodes": ["task"],
        "active_master": "true",
        "action_stage": "before_scale_out",
        "fail_action": "continue",
    }
    cluster_id = _with_tasks(cloud)
    assert (
        _set(cloud, cluster_id, min_capacity="1", max_capacity="3", exec_scripts=[script]).status
        == 200
    )
    late = {**script, "action_stage": "after_scale_in", "fail_action": "errorout"}
    assert _set(cloud, cluster_id, exec_scripts=[late]).code == "12000002"


def _plan(**changes: t.Any) -> dict[str, t.Any]:
    return {"resources_plans": [{**POLICY["resources_plans"][0], **changes}]}


def _rule(**changes: t.Any) -> dict[str, t.Any]:
    return {"rules": [{**POLICY["rules"][0], **changes}]}


def _trigger(**changes: t.Any) -> dict[str, t.Any]:
    return _rule(trigger={**POLICY["rules"][0]["trigger"], **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"auto_scaling_enable": "yes"},
        {"min_capacity": 7},
        {"max_capacity": 501},
        {"resources_plans": [], "rules": []},
        {"unknown": 1},
        _plan(period_type="weekly"),
        _plan(start_time="24:00"),
        _plan(start_time="17:31"),
        _plan(min_capacity=7),
        _rule(name="with blank"),
        _rule(adjustment_type="scale-out"),
        _rule(cool_down_minutes=10081),
        _rule(scaling_adjustment=101),
        {"rules": [POLICY["rules"][0]] * 2},
        _trigger(metric_name="StormSlotUsed"),
        _trigger(metric_value="101"),
        _trigger(metric_value="1.234"),
        _trigger(metric_value=[]),
        _trigger(comparison_operator="EQ"),
        _trigger(evaluation_periods=289),
    ],
)
def test_wrong_policies_are_refused(cloud, changes: dict[str, t.Any]) -> None:
    cluster_id = _with_tasks(cloud)
    assert _set(cloud, cluster_id, **changes).code == "12000002"
    assert cloud.detail(cluster_id)["nodeGroups"][2]["AutoScalingPolicy"] is None


def test_huawei_takes_five_plans_by_v11(make_cloud) -> None:
    plan = {
        "period_type": "daily",
        "start_time": "0:00",
        "end_time": "1:00",
        "min_capacity": 1,
        "max_capacity": 2,
    }
    huawei = make_cloud(flavor="hwc")
    cluster_id = _with_tasks(huawei)
    assert _set(huawei, cluster_id, resources_plans=[plan] * 5).status == 200
    assert _set(huawei, cluster_id, resources_plans=[plan] * 6).code == "12000002"


@pytest.mark.parametrize(
    ("node", "status"),
    [("master", 200), ("task_node_analysis_group", 200), ("Master", 400), ("masters", 400)],
)
def test_scripts_of_policies_name_nodes_in_small_letters(cloud, node: str, status: int) -> None:
    script = {
        "name": "warm",
        "uri": "s3a://b/warm.sh",
        "nodes": [node],
        "action_stage": "after_scale_out",
        "fail_action": "continue",
    }
    assert _set(cloud, _with_tasks(cloud), exec_scripts=[script]).status == status
