# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections to databases outside of clusters (service_v2 11).

Only Huawei Cloud publishes these calls.
"""

from __future__ import annotations

import json
import typing as t

from mrs_simulator.base.checks import record, refuse, text, without_nulls
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.base.parsing import whole
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.identity.account import USER_ID, USERNAME
from mrs_simulator.state.transitions import DEAD, actual_state

SOURCE_TYPES = ("RDS_POSTGRES", "RDS_MYSQL", "gaussdb-mysql")
#: Of C(source_info). The password is checked and forgotten.
SOURCE = ("db_name", "user_name", "password", "rds_instance_id")
FILTERS = ("connector_id", "source_type", "connector_name")


def create(call: Call) -> Reply:
    """POST: names may repeat, since no document says that they do not."""
    query_of(call)
    identifier = call.world.new_id()
    moment = int(call.now * 1000)
    call.world.store.connections[identifier] = {
        **_wanted(call),
        "connector_id": identifier,
        "project_id": call.project_id,
        "create_time": moment,
        "last_update_time": moment,
    }
    return answer(201, {"connector_id": identifier})


def list_all(call: Call) -> Reply:
    """GET; offset is the number of connections that are left out."""
    query = query_of(call, *FILTERS, "limit", "offset", "available")
    size = whole(query, "limit", 10, 1, 1000)
    offset = whole(query, "offset", 0, 0, 10**6)
    found = [
        _shown(call, connection)
        for connection in call.world.store.connections.values()
        if connection["project_id"] == call.project_id
        and all(connection[key] == query[key] for key in FILTERS if key in query)
        and query.get("available") != "false"
    ]
    return answer(
        200, {"total_count": len(found), "data_connectors": found[offset : offset + size]}
    )


def change(call: Call) -> Reply:
    """PUT: the whole connection anew."""
    query_of(call)
    connection = _existing(call)
    connection.update(**_wanted(call), last_update_time=int(call.now * 1000))
    return answer(200, {"result": "succeeded"})


def delete(call: Call) -> Reply:
    """DELETE: not while a cluster uses it."""
    query_of(call)
    connection = _existing(call)
    if _clusters(call, connection):
        raise Refusal("MRS.0010", "Clusters use it.")
    del call.world.store.connections[connection["connector_id"]]
    return Reply(204)


def _existing(call: Call) -> JsonObject:
    found = call.world.store.connections.get(call.params["connector_id"])
    if found is None or found["project_id"] != call.project_id:
        raise Refusal("MRS.0010", "There is no such data connection.")
    return found


def _wanted(call: Call) -> JsonObject:
    strict = call.settings.strict
    connector = record(
        {
            "connector_name": text(low=1, high=64),
            "source_type": text(choices=SOURCE_TYPES),
            "source_info": text(low=2, high=4096),
        },
        strict=strict,
    )
    body = without_nulls(body_of(call))
    record({"data_connector": connector}, strict=strict)(body, "")
    wanted: JsonObject = dict(body["data_connector"])
    return {**wanted, "source_info": _source(wanted["source_info"], strict)}


def _source(written: str, strict: bool) -> JsonObject:
    try:
        source = json.loads(written)
    except ValueError:
        source = None
    if not isinstance(source, dict):
        refuse("source_info", "must be JSON")
    record({key: text(low=1, high=255) for key in SOURCE}, strict=strict)(source, "source_info")
    return {key: value for key, value in source.items() if key != "password"}


def _shown(call: Call, connection: JsonObject) -> JsonObject:
    shown = {key: value for key, value in connection.items() if key != "project_id"}
    return {
        **shown,
        "source_info": json.dumps(connection["source_info"]),
        "create_by": USER_ID,
        "create_user": USERNAME,
        "last_update_by": USER_ID,
        "tenant_id": call.project_id,
        "status": 0,
        "used_clusters": ",".join(_clusters(call, connection)),
        "encrypt_type": 0,
    }


def _clusters(call: Call, connection: JsonObject) -> list[str]:
    """The clusters that were created with it."""
    living = [
        cluster
        for cluster in call.world.clusters(call.project_id)
        if actual_state(cluster) not in DEAD
    ]
    return [
        cluster.id
        for cluster in living
        if connection["connector_id"]
        in [source.get("connector_id") for source in _sources(cluster.spec)]
    ]


def _sources(spec: JsonObject) -> list[JsonObject]:
    found: t.Any = spec.get("external_datasources")
    return list(found or [])
