# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A policy that both mrs_cluster and mrs_auto_scaling_policy keep, each as it can say it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    CUSTOM,
    DISKS,
    SIZE,
    Json,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud

PLANS: list[Json] = [
    {"start_time": "18:00", "end_time": "20:00", "min_capacity": 1, "max_capacity": 4},
    {"start_time": "08:00", "end_time": "12:00", "min_capacity": 1, "max_capacity": 5},
]
POLICY: Json = {
    "auto_scaling_enable": True,
    "min_capacity": 1,
    "max_capacity": 6,
    "resources_plans": PLANS,
}
#: The same hours as the service tells them, in its order, on the days that one has.
DAYS = {"8:00": ["MONDAY", "FRIDAY"], "18:00": []}
TAGS = {"team": "sensors"}
SCRIPT: Json = {
    "name": "announce",
    "uri": "obs://etl/announce.sh",
    "nodes": ["master_node_default_group"],
    "action_stage": "before_scale_out",
    "fail_action": "continue",
}
_MASTER, _DATA = CUSTOM["node_groups"]
_WITH_DISKS = [{**each, **DISKS} for each in CREATION["node_groups"]]
_TASK: Json = {"name": "task", "count": 1, "size": SIZE, **DISKS}


class Case(t.NamedTuple):
    """A cluster without the policy, the group that gets it, and how the API calls that."""

    given: Json
    group: Json
    api_name: str
    flavor: str = "otc"

    def cluster(self, **changes: t.Any) -> Json:
        """With the policy."""
        group = {**self.group, "auto_scaling_policy": {**POLICY, **changes}}
        return {**self.given, "node_groups": [*self.given["node_groups"], group]}

    def policy(self, **changes: t.Any) -> Json:
        """The policy with days and tags, as options of mrs_auto_scaling_policy."""
        plans = [{**plan, "effective_days": DAYS[plan["start_time"].lstrip("0")]} for plan in PLANS]
        policy = {**POLICY, "resources_plans": plans, "tags": TAGS, **changes}
        return {"cluster": self.given["name"], "node_group": self.api_name, "policy": policy}


ANALYSIS = Case(
    {**CREATION, "version": "MRS 3.2.0-LTS.2", "admin_password": "Canary-Admin-1"}
    | {"node_groups": _WITH_DISKS},
    _TASK,
    "task_node_analysis_group",
)
OWN = Case({**CUSTOM, "node_groups": [_MASTER]}, _DATA, "node_group_1")
EACH = pytest.mark.parametrize("case", [ANALYSIS, OWN], ids=["analysis", "custom"])


def run(cloud: Cloud, module: str, **given: t.Any) -> Json:
    result = cloud.run(module, **given)
    assert "failed" not in result, result["msg"]
    return result


def shown(cloud: Cloud, case: Case) -> Json:
    found = run(cloud, "mrs_auto_scaling_policy_info", cluster=case.given["name"])["policies"]
    (policy,) = [each["policy"] for each in found]
    return t.cast("Json", policy)


def days_of(policy: Json) -> Json:
    return {plan["start_time"]: plan["effective_days"] for plan in policy["resources_plans"]}


@EACH
def test_what_only_one_can_say_is_no_difference_for_the_other(case: Case) -> None:
    cloud = Cloud(speed=0.0)
    run(cloud, "mrs_cluster", **case.cluster())
    assert run(cloud, "mrs_auto_scaling_policy", **case.policy())["changed"] is True
    for check_mode in (True, False):
        again = run(cloud, "mrs_cluster", check_mode=check_mode, **case.cluster())
        assert (again["changed"], again["actions"]) == (False, [])
    assert run(cloud, "mrs_auto_scaling_policy", **case.policy())["changed"] is False


@EACH
@pytest.mark.parametrize("loss", [None, "cut_after"])
def test_days_and_tags_stay_where_the_cluster_changes_the_rest(
    case: Case, loss: str | None
) -> None:
    cloud = Cloud(speed=0.0)
    run(cloud, "mrs_cluster", **case.cluster())
    run(cloud, "mrs_auto_scaling_policy", **case.policy())
    if loss:
        cloud.lose_answer("PUT", "/autoscaling-policy/", loss)
    changed = run(cloud, "mrs_cluster", **case.cluster(max_capacity=7))
    assert [each["action"] for each in changed["actions"]] == ["set_auto_scaling_policy"]
    assert (changed["api"], changed["warnings"]) == ("v2", [])
    policy = shown(cloud, case)
    assert (policy["max_capacity"], policy["tags"], days_of(policy)) == (7, TAGS, DAYS)
    wanted = case.policy(max_capacity=7)
    assert run(cloud, "mrs_auto_scaling_policy", **wanted)["changed"] is False
    assert run(cloud, "mrs_cluster", **case.cluster(max_capacity=7))["changed"] is False


def test_days_and_tags_that_cannot_be_read_are_warned_of() -> None:
    cloud = Cloud(speed=0.0)
    run(cloud, "mrs_cluster", **ANALYSIS.cluster())
    refusal = {"error_code": "MRS.0099", "error_msg": "out of order"}
    cloud.replace_answer("GET", "/autoscaling-policy/", refusal, 403, times=9)
    changed = run(cloud, "mrs_cluster", **ANALYSIS.cluster(max_capacity=7))
    (warning,) = [each for each in changed["warnings"] if "Days and tags" in each]
    assert warning.startswith(
        "Days and tags of the auto scaling policy of group task could not be read, so the change "
        "may remove them: "
    )
    assert "out of order" in warning


def test_without_days_and_tags_api_v1_stays() -> None:
    cloud = Cloud(speed=0.0)
    run(cloud, "mrs_cluster", **ANALYSIS.cluster())
    changed = run(cloud, "mrs_cluster", **ANALYSIS.cluster(max_capacity=7))
    assert changed["api"] == "v1.1"
    assert (cloud.asked("PUT", "/autoscaling-policy/"), shown(cloud, ANALYSIS)["max_capacity"]) == (
        0,
        7,
    )


def test_scripts_and_days_that_no_request_can_say_together_are_an_error() -> None:
    cloud = Cloud(speed=0.0)
    run(cloud, "mrs_cluster", **ANALYSIS.cluster())
    run(cloud, "mrs_auto_scaling_policy", **ANALYSIS.policy())
    failed = cloud.run("mrs_cluster", **ANALYSIS.cluster(exec_scripts=[SCRIPT]))
    assert failed["msg"].startswith(
        "node_groups[task].auto_scaling_policy.exec_scripts: only API v1.1 can change them, and it "
        "would drop the days or tags"
    )
    assert (failed["changed"], days_of(shown(cloud, ANALYSIS))) == (False, DAYS)
