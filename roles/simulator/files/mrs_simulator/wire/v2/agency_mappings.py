# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which agencies the users and groups of a cluster take (service_v2 10).

Only Huawei Cloud publishes these calls.
"""

from __future__ import annotations

from mrs_simulator.base.checks import items, record, text, without_nulls
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import Reply, answer
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.state.transitions import actual_state

KINDS = ("User", "Group")


def show(call: Call) -> Reply:
    """GET: the list as it was, until a change of it is over."""
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    is_over = call.now >= cluster.mappings_at
    found = cluster.mappings if is_over else cluster.mappings_before
    return answer(200, {"agency_mappings": found})


def change(call: Call) -> Reply:
    """PUT: the whole list anew; one change at a time. Agencies and users are not looked for."""
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    strict = call.settings.strict
    name = text(low=1, high=64)
    mapping = record(
        {
            "agency": name,
            "agency_id": name,
            "identifier_type": text(choices=KINDS),
            "identifiers": items(name),
        },
        strict=strict,
    )
    body = without_nulls(body_of(call))
    record({"agency_mappings": items(mapping)}, strict=strict)(body, "")
    if actual_state(cluster) != "running":
        raise Refusal("12000012", f"State: {actual_state(cluster)}.")
    if call.now < cluster.mappings_at:
        raise Refusal("MRS.0206")
    cluster.mappings_before = cluster.mappings
    cluster.mappings = body["agency_mappings"]
    cluster.mappings_at = call.now + call.settings.duration("sync")
    return answer(200, {"result": "succeeded"})
