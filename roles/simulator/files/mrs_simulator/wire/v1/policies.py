# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Auto scaling policies: set by v1.1, or with a creation (service_v1 8)."""

from __future__ import annotations

import typing as t

from mrs_simulator.base.checks import record, refuse, text, unique, without_nulls
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.state.resources import ANALYSIS, CUSTOM, MIXED, STREAMING
from mrs_simulator.state.transitions import DEAD, actual_state
from mrs_simulator.wire.v1 import rules

MIN_PLAN_MINUTES = 30
#: Of one policy by API v1.1; Huawei Cloud documents it (service_v2 7).
MAX_PLANS = 5

#: Metric names and the end of their range, by cluster type.
_COUNT = 2147483646
METRICS: dict[int, dict[str, int]] = {
    0: {
        **dict.fromkeys(
            ("YARNAppPending", "YARNAppRunning", "YARNContainerAllocated", "YARNContainerPending",
             "YARNCPUAllocated", "YARNCPUAvailable", "YARNCPUPending", "YARNMemoryAllocated",
             "YARNMemoryAvailable", "YARNMemoryPending", "YARNAppPendingRatio",
             "YARNContainerPendingRatio"),
            _COUNT,
        ),
        **dict.fromkeys(("YARNCPUAvailablePercentage", "YARNMemoryAvailablePercentage"), 100),
    },
    1: {
        **dict.fromkeys(
            ("StormSlotAvailable", "StormSlotUsed", "StormSupervisorMemAverageUsage"), _COUNT
        ),
        **dict.fromkeys(
            ("StormSlotAvailablePercentage", "StormSlotUsedPercentage",
             "StormSupervisorMemAverageUsagePercentage"),
            100,
        ),
        "StormSupervisorCPUAverageUsagePercentage": 6000,
    },
}  # fmt: skip


#: What scripts of policies may name, but in custom clusters.
NODES = {"master", "core", "task", rules.MASTER, *rules.CORE_GROUPS.values()}
NODES |= set(rules.TASK_GROUPS.values())

#: Those of mixed and custom clusters are not told apart.
METRICS[MIXED] = METRICS[CUSTOM] = {**METRICS[ANALYSIS], **METRICS[STREAMING]}


def set_policy(call: Call) -> Reply:
    """Store a policy; it replaces the one that was there."""
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    body = without_nulls(body_of(call))
    strict = call.settings.strict
    kind = cluster.type
    if kind not in rules.TASK_GROUPS:
        raise Refusal("12000054", "The node group of this API is not that of such a cluster.")
    fields = {
        "node_group": text(choices=_group_names(call.settings.flavor, kind)),
        "auto_scaling_policy": rules.auto_scaling_policy(strict),
    }
    record(fields, strict=strict)(body, "")
    check_policy(body["auto_scaling_policy"], kind)
    plans = body["auto_scaling_policy"].get("resources_plans") or []
    if call.settings.flavor == "hwc" and len(plans) > MAX_PLANS:
        refuse("resources_plans", f"must have at most {MAX_PLANS} entries")
    if actual_state(cluster) in (*DEAD, "terminating"):
        raise Refusal("12000012", f"State: {actual_state(cluster)}.")
    group = cluster.group("task")
    if group is None:
        raise Refusal("12000054", "The cluster has no task node group.")
    group.policy = body["auto_scaling_policy"]
    return answer(200, {"result": "succeeded"})


def _group_names(flavor: str, cluster_type: int) -> tuple[str, ...]:
    """How a request may name the task nodes.

    Both clouds document task_node_default_group alone. The provider of Terraform, which is run
    against Huawei Cloud, sends the group's own name (its page mapreduce_scaling_policy).
    """
    if flavor == "hwc":
        return (rules.TASK_ALIAS, rules.TASK_GROUPS[cluster_type])
    return (rules.TASK_ALIAS,)


def check_policy(policy: JsonObject, cluster_type: int) -> None:
    """The rules of 8.2 that span several fields.

    :raises Refusal: 12000002.
    """
    plans: list[JsonObject] = policy.get("resources_plans") or []
    policy_rules: list[JsonObject] = policy.get("rules") or []
    scripts: list[JsonObject] = policy.get("exec_scripts") or []
    if policy["auto_scaling_enable"] and not plans and not policy_rules:
        refuse("auto_scaling_policy", "needs resources_plans or rules when it is enabled")
    _check_capacity(policy)
    for plan in plans:
        _check_plan(plan)
    _check_rules(policy_rules, METRICS[cluster_type])
    _check_scripts(scripts, cluster_type)


def _check_capacity(bounds: JsonObject) -> None:
    if int(bounds["min_capacity"]) > int(bounds["max_capacity"]):
        refuse("min_capacity", "must not be above max_capacity")


def _check_plan(plan: JsonObject) -> None:
    _check_capacity(plan)
    if _minutes(plan["end_time"]) - _minutes(plan["start_time"]) < MIN_PLAN_MINUTES:
        refuse("end_time", f"must be at least {MIN_PLAN_MINUTES} minutes after start_time")


def _check_scripts(scripts: list[JsonObject], cluster_type: int) -> None:
    """Nodes are kinds in small letters, or groups; custom clusters have names of their own."""
    unique([script["name"] for script in scripts], "exec_scripts[].name")
    for script in scripts:
        if script["action_stage"] == "after_scale_in" and script["fail_action"] != "continue":
            refuse("fail_action", "must be continue for after_scale_in")
        if cluster_type != CUSTOM and not set(script["nodes"]) <= NODES:
            refuse("nodes", "must be master, core, task or names of node groups")


def _check_rules(policy_rules: list[JsonObject], metrics: t.Mapping[str, int]) -> None:
    unique([rule["name"] for rule in policy_rules], "rules[].name")
    for rule in policy_rules:
        _check_trigger(rule["trigger"], metrics)


def _check_trigger(trigger: JsonObject, metrics: t.Mapping[str, int]) -> None:
    end = metrics.get(trigger["metric_name"])
    if end is None:
        refuse("metric_name", "is not a metric of this type of cluster")
    if float(trigger["metric_value"]) > end:
        refuse("metric_value", f"must be from 0 to {end}")


def _minutes(moment: str) -> int:
    hours, _colon, minutes = moment.partition(":")
    return int(hours) * 60 + int(minutes)
