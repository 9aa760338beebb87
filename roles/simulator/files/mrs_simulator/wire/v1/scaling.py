# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PUT /cluster_infos/{id}: add or remove core or task nodes (service_v1 4.4)."""

from __future__ import annotations

import dataclasses

from mrs_simulator.base.checks import refuse, unique, without_nulls
from mrs_simulator.base.errors import Refusal, not_simulated
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud import catalog, changes, creation
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.cloud.nodes import check_quotas, make_hosts
from mrs_simulator.state.resources import MIXED, Cluster, Group, Pending
from mrs_simulator.state.transitions import actual_state
from mrs_simulator.wire.v1 import rules

MIN_CORE_NODES = 3


def resize_cluster(call: Call) -> Reply:
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    body = body_of(call)
    rules.resize(call.settings.flavor, call.settings.strict)(body, "")
    parameters = without_nulls(body["parameters"])
    kind = "task" if parameters.get("node_group") == rules.TASK_ALIAS else "core"
    _check_type(cluster)
    _check_state(call, cluster, parameters)
    if kind == "core" and "task_node_info" in parameters:
        refuse("parameters.task_node_info", "is only possible for task nodes")
    if kind == "task" and _scales_by_itself(cluster):
        raise Refusal("12000124")
    if parameters["scale_type"] == "scale_out":
        changes.start(call, cluster, _scale_out(call, cluster, kind, parameters))
    else:
        changes.start(call, cluster, _scale_in(cluster, kind, parameters))
    return answer(200, {"result": "succeeded"})


def _check_type(cluster: Cluster) -> None:
    """Refuse types that v1.1 cannot resize.

    Custom clusters are resized by API v2 alone, and which group of a mixed one is meant is not
    told.
    """
    if cluster.is_custom:
        raise Refusal("12000054", "A custom cluster is resized by expand and shrink of API V2.")
    if cluster.type == MIXED:
        raise not_simulated(
            "Which group core_node_default_group is in a mixed cluster is not told."
        )


def _check_state(call: Call, cluster: Cluster, parameters: JsonObject) -> None:
    if "task_node_info" in parameters and actual_state(cluster) in changes.SCALING:
        raise Refusal("12000125")
    changes.check_running(call, cluster)


def _scales_by_itself(cluster: Cluster) -> bool:
    group = cluster.group("task")
    return group is not None and group.policy is not None and group.policy["auto_scaling_enable"]


def _scale_out(call: Call, cluster: Cluster, kind: str, parameters: JsonObject) -> Pending:
    added = int(parameters["instances"])
    if parameters.get("server_ids"):
        refuse("parameters.server_ids", "is only possible for a scale-in of task nodes")
    creation.check_number(cluster.groups, added)
    group = cluster.group(kind)
    new_group = _task_group(cluster, parameters) if kind == "task" else None
    source = new_group or group
    assert source is not None
    skips = parameters.get("skip_bootstrap_scripts") in (True, "true")
    check_quotas(call, [dataclasses.replace(source, count=added)])
    return Pending(
        "scale_out",
        0,
        0,
        target=source.name,
        added=make_hosts(call.world, cluster, source, added, with_scripts=not skips),
        group=new_group,
    )


def _task_group(cluster: Cluster, parameters: JsonObject) -> Group | None:
    """The group of the first task nodes, or None when there are task nodes already."""
    info = parameters.get("task_node_info")
    if cluster.count("task"):
        if info is not None:
            raise Refusal("12000123")
        return None
    if info is None:
        refuse("parameters.task_node_info", "is mandatory while the cluster has no task nodes")
    if catalog.machine(info["node_size"]) is None:
        raise Refusal("12000048", f"Flavor: {info['node_size']}.")
    core = cluster.group("core")
    assert core is not None
    return Group(
        name=rules.TASK_GROUPS[cluster.type],
        kind="task",
        count=0,
        size=info["node_size"],
        root_type=core.root_type,
        root_size=core.root_size,
        data_type=info.get("data_volume_type") or core.data_type,
        data_count=info["data_volume_count"]
        if info.get("data_volume_count") is not None
        else core.data_count,
        data_size=info.get("data_volume_size") or core.data_size,
    )


def _scale_in(cluster: Cluster, kind: str, parameters: JsonObject) -> Pending:
    removed = int(parameters["instances"])
    if "task_node_info" in parameters and cluster.count("task"):
        raise Refusal("12000123")
    if any(host.status != "ACTIVE" for host in cluster.hosts):
        raise Refusal("12000080")
    group = cluster.group(kind)
    remaining = cluster.count(kind) - removed
    if kind == "core" and remaining < MIN_CORE_NODES:
        raise Refusal("12000013", f"At least {MIN_CORE_NODES} core nodes must remain.")
    if remaining < 0:
        raise Refusal("12000013", f"There are {cluster.count(kind)} task nodes.")
    removed_hosts = _chosen(cluster, kind, removed, parameters)
    return Pending("scale_in", 0, 0, target=group.name if group else "", removed=removed_hosts)


def _check_server_ids(server_ids: list[str], kind: str, count: int) -> None:
    if kind != "task":
        refuse("parameters.server_ids", "is only possible for task nodes")
    if len(server_ids) != count:
        refuse("parameters.server_ids", "must be as many as instances")


def _that_may_go(cluster: Cluster, kind: str, excluded: list[str]) -> list[str]:
    """The newest come first."""
    of_kind = [host.id for host in reversed(cluster.hosts) if host.kind == kind]
    return [identifier for identifier in of_kind if identifier not in excluded]


def _chosen(cluster: Cluster, kind: str, count: int, parameters: JsonObject) -> list[str]:
    """IDs of the nodes to remove: the named ones first, then the newest that are not excluded."""
    server_ids: list[str] = parameters.get("server_ids", [])
    if server_ids:
        _check_server_ids(server_ids, kind, count)
    may_go = _that_may_go(cluster, kind, parameters.get("exclude_instances", []))
    named: list[str] = server_ids + parameters.get("include_instances", [])
    unique(named, "the named nodes")
    for identifier in named:
        if identifier not in may_go:
            refuse("the named nodes", f"{identifier} is not a {kind} node that may go")
    free = [identifier for identifier in may_go if identifier not in named]
    if len(named) > count or len(named) + len(free) < count:
        refuse("the named nodes", f"do not fit instances {count}")
    return (named + free)[:count]
