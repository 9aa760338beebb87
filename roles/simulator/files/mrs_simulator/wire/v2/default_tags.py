# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Default tags of the nodes of a cluster, and how many tags it can have (service_v2 12)."""

from __future__ import annotations

import typing as t

from mrs_simulator.base.checks import record, text
from mrs_simulator.base.errors import PlainRefusal, Refusal, not_simulated
from mrs_simulator.base.messages import Reply, answer
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.state.resources import Cluster
from mrs_simulator.wire.v1.tags import MAX_TAGS

#: One code for whatever is wrong with these calls.
CODE = "MRS.00000000"


def show_quota(call: Call) -> Reply:
    """GET tags/quota; its refusals stand one level deeper than those of other calls."""
    query = query_of(call, "auto_scaling_policy_tags")
    if query.get("auto_scaling_policy_tags", "false") != "false":
        raise not_simulated("How many tags a policy can have is not documented.")
    try:
        cluster = _cluster(call)
    except Refusal as refusal:
        body = {"error": {"error_code": refusal.code, "error_msg": refusal.detail}}
        raise PlainRefusal(answer(400, body)) from None
    return answer(200, {"total_quota": MAX_TAGS, "available_quota": _available(cluster)})


def show_status(call: Call) -> Reply:
    """GET tags/status; the flag is a text in the example, though the table has a boolean."""
    query_of(call)
    cluster = _cluster(call)
    enabled: t.Any = cluster.default_tags
    if call.settings.default_tags_as_text:
        enabled = "true" if enabled else "false"
    status = "processing" if cluster.tag_switch else cluster.tag_status
    return answer(200, {"status": status, "default_tags_enable": enabled})


def switch(call: Call) -> Reply:
    """POST tags/switch: 202 without a body; a later one takes the place of an earlier."""
    query_of(call)
    body = body_of(call)
    action = text(choices=("create", "delete"))
    record({"action": action}, strict=call.settings.strict)(body, "")
    cluster = _cluster(call)
    wanted = body["action"] == "create"
    if wanted and not _available(cluster):
        raise Refusal(CODE, "The quota of tags is used up.")
    fails = call.settings.next_tag_switch == "failed"
    call.settings.next_tag_switch = "ok"
    ends = call.now + call.settings.duration("sync")
    cluster.tag_switch = {"wanted": wanted, "fails": fails, "ends": ends}
    return Reply(202)


def _available(cluster: Cluster) -> int:
    """What the default tags themselves take of it is not documented: nothing."""
    return MAX_TAGS - len(cluster.tags)


def _cluster(call: Call) -> Cluster:
    try:
        return call.world.cluster(call.project_id, call.params["cluster_id"])
    except (Refusal, PlainRefusal):
        raise Refusal(CODE, "The cluster does not exist.") from None
