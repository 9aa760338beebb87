# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of a cluster with the health of their components (service_v2 5.2)."""

from __future__ import annotations

from mrs_simulator.base.checks import refuse
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.base.parsing import page, whole
from mrs_simulator.cloud import catalog
from mrs_simulator.cloud.call import Call, query_of
from mrs_simulator.cloud.nodes import roles_on
from mrs_simulator.state.resources import Cluster, Group, Host
from mrs_simulator.state.transitions import actual_state

QUERY = (
    *("node_group", "limit", "offset", "node_name", "sort_key", "sort_dir"),
    *("query_node_detail", "query_ecs_detail", "internal_ip"),
)
#: Roles of Hadoop by kind of node. Those of other components are not told apart: one for each
#: master.
HADOOP = {
    "master": (("HDFS", "NameNode"), ("Yarn", "ResourceManager")),
    "core": (("HDFS", "DataNode"), ("Yarn", "NodeManager")),
    "task": (("Yarn", "NodeManager"),),
}

#: To which service the roles belong that a test of Terraform assigns (service_v2 3.2).
SERVICES = {
    **dict.fromkeys(("NameNode", "DataNode", "Zkfc", "JournalNode", "HttpFS"), "HDFS"),
    **dict.fromkeys(("ResourceManager", "NodeManager", "TimelineServer"), "Yarn"),
    **dict.fromkeys(("RangerAdmin", "UserSync", "TagSync"), "Ranger"),
    "JobHistoryServer": "Mapreduce",
    "quorumpeer": "ZooKeeper",
    "DBServer": "DBService",
    "KerberosServer": "KrbServer",
    "SlapdServer": "LdapServer",
}


def list_nodes(call: Call) -> Reply:
    """GET nodes; offset is the number of a page, from 1."""
    query = query_of(call, *QUERY)
    size = whole(query, "limit", 10, 1, 1000)
    number = whole(query, "offset", 1, 1, 2147483646)
    if query.get("sort_key") not in (None, "", "node_name"):
        refuse("sort_key", "must be node_name")
    if query.get("sort_dir") not in (None, "", "asc", "desc"):
        refuse("sort_dir", "must be asc or desc")
    flags = [_flag(query, name) for name in ("query_node_detail", "query_ecs_detail")]
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    hosts = sorted(
        (host for host in cluster.hosts if _fits(host, query)), key=lambda host: host.name
    )
    if query.get("sort_dir") == "desc":
        hosts.reverse()
    nodes = [_node(call, cluster, host, with_detail=flags[0]) for host in page(hosts, number, size)]
    return answer(200, {"node_total": len(hosts), "nodes": nodes})


def _flag(query: dict[str, str], name: str) -> bool:
    word = query.get(name) or "false"
    if word not in ("true", "false"):
        refuse(name, "must be true or false")
    return word == "true"


def _fits(host: Host, query: dict[str, str]) -> bool:
    return (
        query.get("node_group", "") in ("", host.group)
        and query.get("node_name", "") in host.name
        and query.get("internal_ip", "") in host.ip
    )


def _node(call: Call, cluster: Cluster, host: Host, *, with_detail: bool) -> JsonObject:
    group = cluster.group_named(host.group)
    assert group is not None
    cpus, memory = catalog.machine(group.size) or (0, 0)
    size = group.data_size * group.data_count
    document: JsonObject = {
        "node_name": host.name,
        "resource_id": host.resource_id,
        "node_group_name": host.group,
        "node_type": host.kind.capitalize(),
        "billing_type": "on-quantity",
        "node_status": "started",
        "server_info": {
            "server_id": host.id,
            "server_name": host.name,
            "server_type": "ECS",
            "root_volume": _volume(group.root_type, group.root_size, 1),
            "data_volumes": _volumes(group),
            "cpu_type": "X86",
            "cpu": str(cpus),
            "mem": str(memory * 1024),
            "internal_ip": host.ip,
        },
        "tags": [],
        "component_infos": _components(call, cluster, host),
    }
    if with_detail:
        document["node_detail"] = {
            "running_status": _status(call, cluster),
            "cpu_usage": "12.5",
            "memory_usage": "40.0",
            "disk_usage": "20.0",
            "total_memory": str(memory * 1024),
            "available_memory": str(memory * 1024 * 0.6),
            "total_hard_disk_space": str(size),
            "available_hard_disk_space": str(size * 0.8),
            "network_read": "1024",
            "network_write": "2048",
        }
    return document


def _volume(kind: str, size: int, count: int) -> JsonObject:
    return {"type": kind, "size": size, "count": count}


def _volumes(group: Group) -> list[JsonObject]:
    if not group.data_count:
        return []
    return [_volume(group.data_type, group.data_size, group.data_count)]


def _components(call: Call, cluster: Cluster, host: Host) -> list[JsonObject]:
    if actual_state(cluster) in ("starting", "failed"):
        return []  # nothing is installed yet
    return [
        {
            "id": f"{host.resource_id}_{role}",
            "name": role,
            "role_name": role,
            "role_short_name": role,
            "service_name": service,
            "instance_group_name": "default",
            "running_status": _status(call, cluster),
            "ha_status": _ha_status(cluster, host),
            "config_status": "SYNCHRONIZED",
            "support_decom": role in ("DataNode", "NodeManager"),
        }
        for service, role in _roles(cluster, host)
    ]


def _roles(cluster: Cluster, host: Host) -> list[tuple[str, str]]:
    """Services and roles on a node: those that were assigned in a custom cluster."""
    if cluster.is_custom:
        return [(SERVICES.get(role, role), role) for role in roles_on(cluster, host)]
    found = list(HADOOP[host.kind])
    if host.kind == "master":
        names = [each["component_name"] for each in cluster.spec["component_list"]]
        found += [(name, f"{name}Server") for name in names if name != "Hadoop"]
    return found


def _ha_status(cluster: Cluster, host: Host) -> str:
    """One of the masters is the active one. Its words are documented nowhere."""
    if host.kind != "master":
        return ""
    first = next(each for each in cluster.hosts if each.kind == "master")
    return "ACTIVE" if host is first else "STANDBY"


def _status(call: Call, cluster: Cluster) -> str:
    """The health of components.

    C(GOOD) is the one word that is documented; another one stands while a cluster is warming up.
    """
    if call.now < cluster.charging_at + call.settings.warm_up:
        return "UNKNOWN"
    return call.settings.component_status
