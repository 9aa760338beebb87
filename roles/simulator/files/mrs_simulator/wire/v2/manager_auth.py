# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The permission for the operators of the cloud to open MRS Manager (service_v2 12)."""

from __future__ import annotations

from mrs_simulator.base.checks import Check, flag, one_of, record, whole_number
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.state.resources import Cluster

#: Seconds that it lasts where no end is given: seven days.
LASTS = 7 * 86400


def show(call: Call) -> Reply:
    """GET manager-auth; what stands for the time without a permission is not documented: null."""
    cluster = _cluster(call)
    is_given = call.now < cluster.manager_open_until
    document: JsonObject = {
        "auth_type": 0,
        "authorized": is_given,
        "expiration_time": str(int(cluster.manager_open_until)) if is_given else None,
    }
    return answer(200, document)


def switch(call: Call) -> Reply:
    """POST manager-auth: 200 without a body; the end is a number, or a text as in the example."""
    cluster = _cluster(call)
    body = body_of(call)
    required: dict[str, Check] = {"enable": flag(), "auth_type": one_of(0)}
    moment = whole_number(0, 10**10, also_text=True)
    record(required, {"expire_time": moment}, strict=call.settings.strict)(body, "")
    until = int(body.get("expire_time") or call.now + LASTS)
    cluster.manager_open_until = float(until) if body["enable"] else 0.0
    return Reply(200)


def _cluster(call: Call) -> Cluster:
    query_of(call)
    return call.world.cluster(call.project_id, call.params["cluster_id"])
