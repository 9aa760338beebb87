# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Expand and shrink: so many nodes more or fewer in a group (service_v2 5.1)."""

from __future__ import annotations

import dataclasses

from mrs_simulator.base.checks import (
    Check,
    flag,
    items,
    record,
    refuse,
    text,
    unique,
    whole_number,
    without_nulls,
)
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud import changes, creation
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.cloud.nodes import check_quotas, make_hosts, roles_on
from mrs_simulator.state.resources import Cluster, Group, Host, Pending

#: Copies of each block that HDFS keeps (the manual gives the rule, 3 is Hadoop's number).
REPLICAS = 3
#: Nodes with one of these are never chosen (ZooKeeper, DBService, KrbServer, LdapServer).
STAYING = {"quorumpeer", "DBServer", "KerberosServer", "SlapdServer"}
_COUNT = whole_number(1, 500, also_text=True)


def expand(call: Call) -> Reply:
    """Bootstrap scripts do not run on the new nodes unless the body says so (V16)."""
    cluster = _cluster(call)
    optional: dict[str, Check] = {"skip_bootstrap_scripts": flag(), "scale_without_start": flag()}
    body, group = _body(call, cluster, {"count": _COUNT}, optional)
    count = int(body["count"])
    creation.check_number(cluster.groups, count)
    check_quotas(call, [dataclasses.replace(group, count=count)])
    runs_scripts = not body.get("skip_bootstrap_scripts", True)
    added = make_hosts(call.world, cluster, group, count, with_scripts=runs_scripts)
    changes.start(call, cluster, Pending("scale_out", 0, 0, target=group.name, added=added))
    return answer(200, {"result": call.settings.expand_result})


def shrink(call: Call) -> Reply:
    cluster = _cluster(call)
    identifiers = items(text(low=1, high=64), high=500)
    optional: dict[str, Check] = {"count": _COUNT, "resource_ids": identifiers}
    body, group = _body(call, cluster, {}, optional)
    named: list[str] = body.get("resource_ids", [])
    if named and "count" in body:
        refuse("count", "is not possible with resource_ids")
    if not named and "count" not in body:
        refuse("count", "is mandatory without resource_ids")
    hosts = [host for host in cluster.hosts if host.group == group.name]
    leaving = _named(hosts, named) if named else _chosen(cluster, group, hosts, int(body["count"]))
    pending = Pending("scale_in", 0, 0, target=group.name, removed=[host.id for host in leaving])
    changes.start(call, cluster, pending)
    return answer(200, {"result": "succeeded"})


def _cluster(call: Call) -> Cluster:
    query_of(call)
    return call.world.cluster(call.project_id, call.params["cluster_id"])


def _body(
    call: Call, cluster: Cluster, required: dict[str, Check], optional: dict[str, Check]
) -> tuple[JsonObject, Group]:
    """The body and the group that it names.

    :raises Refusal: a wrong body, no such group, or a group or a cluster that is not resized now.
    """
    body = without_nulls(body_of(call))
    name = {"node_group_name": text(low=1, high=64)}
    record({**name, **required}, optional, strict=call.settings.strict)(body, "")
    group = cluster.group_named(body["node_group_name"])
    if group is None:
        refuse("node_group_name", f"{body['node_group_name']} is not a group of the cluster")
    changes.check_running(call, cluster)
    if group.kind == "master":
        raise Refusal("12000054", "Master nodes are not resized.")
    if group.kind == "task" and group.policy and group.policy["auto_scaling_enable"]:
        raise Refusal("12000124")
    return body, group


def _named(hosts: list[Host], resource_ids: list[str]) -> list[Host]:
    """By force, and only nodes in an abnormal state."""
    unique(resource_ids, "resource_ids")
    by_id = {host.resource_id: host for host in hosts}
    for identifier in resource_ids:
        host = by_id.get(identifier)
        if host is None:
            refuse("resource_ids", f"{identifier} is not a node of the group")
        if host.status == "ACTIVE":
            refuse("resource_ids", f"{identifier} is not in an abnormal state")
    return [by_id[identifier] for identifier in resource_ids]


def _chosen(cluster: Cluster, group: Group, hosts: list[Host], count: int) -> list[Host]:
    """The newest ones."""
    if any(host.status != "ACTIVE" for host in cluster.hosts):
        raise Refusal("12000080")
    free = [host for host in hosts if not STAYING & set(roles_on(cluster, host))]
    if count > len(free):
        raise Refusal("12000013", f"{len(free)} nodes of {group.name} can go.")
    leaving = free[len(free) - count :]
    data_nodes = _data_nodes(cluster, group, hosts)
    if any(host in data_nodes for host in leaving) and len(data_nodes) - count < REPLICAS:
        raise Refusal("12000013", f"At least {REPLICAS} nodes with data must remain.")
    return leaving


def _data_nodes(cluster: Cluster, group: Group, hosts: list[Host]) -> list[Host]:
    """In a custom cluster those with HDFS, of whatever group, else the core nodes of the group."""
    if cluster.is_custom:
        return [host for host in cluster.hosts if "DataNode" in roles_on(cluster, host)]
    return hosts if group.kind == "core" else []
