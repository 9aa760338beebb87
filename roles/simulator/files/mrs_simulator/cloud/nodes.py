# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of clusters: making them, and counting what they take from the quotas."""

from __future__ import annotations

from mrs_simulator.base.errors import Refusal
from mrs_simulator.cloud import catalog
from mrs_simulator.cloud.call import Call
from mrs_simulator.cloud.world import World
from mrs_simulator.state.resources import Cluster, Group, Host
from mrs_simulator.state.transitions import DEAD, actual_state

QUOTA_CODES = {
    "nodes": "12000030",
    "vcpus": "12000031",
    "memory_gb": "12000032",
    "disks": "12000033",
    "disk_gb": "12000034",
}


def make_hosts(
    world: World, cluster: Cluster, group: Group, count: int, *, with_scripts: bool = True
) -> list[Host]:
    """New nodes with addresses of the cluster's own subnet, on which its bootstrap scripts run."""
    hosts = []
    for number in range(1, count + 1):
        address = cluster.next_address
        cluster.next_address += 1
        hosts.append(
            Host(
                id=world.new_id(),
                name=_name(world, cluster, group, number),
                ip=f"10.{cluster.subnet}.{address // 250}.{address % 250 + 1}",
                kind=group.kind,
                group=group.name,
                resource_id=world.new_id(),
                scripts=_scripts(cluster, group, number) if with_scripts else [],
            )
        )
    return hosts


def _scripts(cluster: Cluster, group: Group, number: int) -> list[str]:
    """Those for the kind of node (v1.1) or for the group (v2); some only for the active master."""
    names = {group.name} if cluster.is_custom else {group.name, group.kind}
    is_active_master = group.kind == "master" and number == 1
    return [
        script["name"]
        for script in cluster.spec.get("bootstrap_scripts") or []
        if names & set(script["nodes"]) and (is_active_master or not script.get("active_master"))
    ]


def _name(world: World, cluster: Cluster, group: Group, number: int) -> str:
    """Such as C({id}_node_core_IQhiC), in a custom cluster C({id}_node_group_1IQhi)."""
    if group.kind == "master":
        return f"{cluster.id}_node_master{number}_{world.letters(5)}"
    if cluster.is_custom:
        return f"{cluster.id}_{group.name}{world.letters(4)}"
    return f"{cluster.id}_node_{group.kind}_{world.letters(5)}"


def roles_on(cluster: Cluster, host: Host) -> list[str]:
    """C(NameNode:2,3) is on the second and the third node of its group (service_v2 3.2)."""
    group = cluster.group_named(host.group)
    mates = [each.id for each in cluster.hosts if each.group == host.group]
    place = str(mates.index(host.id) + 1)
    found = []
    for assigned in group.roles if group else ():
        role, _colon, places = assigned.partition(":")
        if not places or place in places.split(","):
            found.append(role.partition("[")[0])
    return found


def check_quotas(call: Call, wanted: list[Group]) -> None:
    """Would C(wanted), on top of all living clusters, be more than the project may have?

    :raises Refusal: 12000030 to 12000034.
    """
    quotas = call.settings.quotas
    if not quotas:
        return
    groups = list(wanted)
    for cluster in call.world.clusters(call.project_id):
        if actual_state(cluster) not in DEAD:
            groups += cluster.groups
    usage = _usage(groups)
    for name, limit in quotas.items():
        if usage[name] > limit:
            raise Refusal(QUOTA_CODES[name], f"The quota is {limit}, {usage[name]} would be used.")


def _usage(groups: list[Group]) -> dict[str, int]:
    usage = dict.fromkeys(QUOTA_CODES, 0)
    for group in groups:
        cpus, memory = catalog.machine(group.size) or (0, 0)
        usage["nodes"] += group.count
        usage["vcpus"] += group.count * cpus
        usage["memory_gb"] += group.count * memory
        usage["disks"] += group.count * (1 + group.data_count)
        usage["disk_gb"] += group.count * (group.root_size + group.data_count * group.data_size)
    return usage
