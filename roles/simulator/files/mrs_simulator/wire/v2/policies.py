# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Auto scaling policies of node groups and of pools of their nodes (service_v2 7)."""

from __future__ import annotations

import re

from mrs_simulator.base.checks import (
    Check,
    flag,
    items,
    record,
    refuse,
    text,
    whole_number,
    without_nulls,
)
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.state.resources import Cluster, Group
from mrs_simulator.state.transitions import DEAD, actual_state
from mrs_simulator.wire.v1 import rules
from mrs_simulator.wire.v1.policies import check_policy

#: The pool that stands for the whole group.
WHOLE = "default"
DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_GROUP = re.compile(r"[A-Za-z0-9_]{1,64}")
_POOL = re.compile(r"[A-Za-z0-9_-]{1,50}")


def show_policies(call: Call) -> Reply:
    """The policies of a cluster by API v2, which is the only documented way to read them.

    Huawei Cloud answers with a bare list, and so does the table of OTC; the example of OTC has an
    object around it (service_v2 7).
    """
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    found = [
        {
            "node_group_name": group.name,
            "resource_pool_name": pool,
            "auto_scaling_policy": _shown(policy, call.settings.flavor),
        }
        for group in cluster.groups
        for pool, policy in _policies(group).items()
    ]
    if not found and call.settings.no_policy != "empty":
        raise Refusal(call.settings.no_policy)
    return answer(
        200, {"auto_scaling_policies": found} if call.settings.policies_wrapper else found
    )


def create_policy(call: Call) -> Reply:
    """POST: the first policy of a group or a pool. A second one is not documented."""
    body, group, pool = _wanted(call)
    if pool in _policies(group):
        refuse("resource_pool_name", "has a policy already")
    return _store(group, pool, body["auto_scaling_policy"])


def change_policy(call: Call) -> Reply:
    """PUT: the whole policy anew. Scripts came with the creation of the cluster and stay."""
    body, group, pool = _wanted(call)
    there = _policies(group).get(pool)
    if there is None:
        raise Refusal("MRS.00005016")
    scripts = {key: there[key] for key in ("exec_scripts",) if key in there}
    return _store(group, pool, {**scripts, **body["auto_scaling_policy"]})


def delete_policy(call: Call) -> Reply:
    """DELETE, with a body."""
    _body, group, pool = _asked(call, {})
    if pool not in _policies(group):
        raise Refusal("MRS.00005016")
    if pool == WHOLE:
        group.policy = None
    else:
        del group.pools[pool]
    return Reply(202)


def _wanted(call: Call) -> tuple[JsonObject, Group, str]:
    """The body of POST and PUT, the group and the pool that it names."""
    body, group, pool = _asked(call, {"auto_scaling_policy": _policy(call.settings.strict)})
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    check_policy(body["auto_scaling_policy"], cluster.type)
    _check_exclusive(cluster, group, pool, body["auto_scaling_policy"])
    return body, group, pool


def _check_exclusive(cluster: Cluster, group: Group, pool: str, policy: JsonObject) -> None:
    """Policies of groups and pools exclude each other; one group has one that is on (service_v2 7).

    With which code others are refused is not documented: a wrong value.
    """
    for other in cluster.groups:
        there = {name: each for name, each in _policies(other).items() if other is not group}
        is_on = any(each["auto_scaling_enable"] for each in there.values())
        if policy["auto_scaling_enable"] and is_on:
            refuse("auto_scaling_enable", f"another policy is on, that of {other.name}")
        if any((name == WHOLE) != (pool == WHOLE) for name in _policies(other)):
            refuse("resource_pool_name", "groups and pools of one cluster cannot both have one")


def _asked(call: Call, more: dict[str, Check]) -> tuple[JsonObject, Group, str]:
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    body = without_nulls(body_of(call))
    key: dict[str, Check] = {
        "node_group_name": text(pattern=_GROUP),
        "resource_pool_name": text(pattern=_POOL),
    }
    record({**key, **more}, strict=call.settings.strict)(body, "")
    if actual_state(cluster) in (*DEAD, "terminating"):
        raise Refusal("12000012", f"State: {actual_state(cluster)}.")
    return body, _group(cluster, body["node_group_name"]), body["resource_pool_name"]


def _group(cluster: Cluster, name: str) -> Group:
    """Task nodes; of custom clusters any but masters."""
    group = cluster.group_named(name)
    if group is None:
        refuse("node_group_name", "is no group of the cluster")
    if group.kind == "master" or (group.kind != "task" and not cluster.is_custom):
        raise Refusal("12000054", "The nodes of this group do not scale by themselves.")
    return group


def _policy(strict: bool) -> Check:
    """C(S:AutoScalingPolicyInfo): with days and tags, without scripts."""
    capacity = whole_number(0, 500)
    days = items(text(choices=DAYS), high=7)
    tag = record({"key": text(low=1, high=36)}, {"value": text(high=43)}, strict=strict)
    return record(
        {"auto_scaling_enable": flag(), "min_capacity": capacity, "max_capacity": capacity},
        {
            "resources_plans": items(rules.scaling_plan(strict, effective_days=days)),
            "rules": items(rules.scaling_rule(strict)),
            "tags": items(tag, high=10),
        },
        strict=strict,
    )


def _policies(group: Group) -> dict[str, JsonObject]:
    """Those of the whole group and of its pools, by the names of the pools."""
    whole = {} if group.policy is None else {WHOLE: group.policy}
    return {**whole, **group.pools}


def _store(group: Group, pool: str, policy: JsonObject) -> Reply:
    if pool == WHOLE:
        group.policy = policy
    else:
        group.pools[pool] = policy
    return Reply(200)


def _shown(policy: JsonObject, flavor: str) -> JsonObject:
    """Whole numbers, whatever was sent; the model of Huawei Cloud has no exec_scripts."""
    shown: JsonObject = {
        "auto_scaling_enable": policy["auto_scaling_enable"],
        "min_capacity": int(policy["min_capacity"]),
        "max_capacity": int(policy["max_capacity"]),
        "resources_plans": [
            {
                **plan,
                "min_capacity": int(plan["min_capacity"]),
                "max_capacity": int(plan["max_capacity"]),
            }
            for plan in policy.get("resources_plans") or []
        ],
        "rules": policy.get("rules") or [],
        **({"tags": policy["tags"]} if policy.get("tags") else {}),
    }
    return shown if flavor == "hwc" else {**shown, "exec_scripts": policy.get("exec_scripts") or []}
