# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Auto scaling policies as API v2 shows them (service_v2 7)."""

from __future__ import annotations

from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud.call import Call, query_of


def show_policies(call: Call) -> Reply:
    """The policies of a cluster by API v2, which is the only documented way to read them.

    Huawei Cloud answers with a bare list, and so does the table of OTC; the example of OTC has an
    object around it (service_v2 7). The pool "default" stands for the whole group.
    """
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    found = [
        {
            "node_group_name": group.name,
            "resource_pool_name": "default",
            "auto_scaling_policy": _shown(group.policy, call.settings.flavor),
        }
        for group in cluster.groups
        if group.policy is not None
    ]
    if not found and call.settings.no_policy != "empty":
        raise Refusal(call.settings.no_policy)
    return answer(
        200, {"auto_scaling_policies": found} if call.settings.policies_wrapper else found
    )


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
    }
    return shown if flavor == "hwc" else {**shown, "exec_scripts": policy.get("exec_scripts") or []}
