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


def make_hosts(world: World, cluster: Cluster, kind: str, count: int) -> list[Host]:
    """New nodes with names such as C({cluster_id}_node_core_IQhiC) and addresses of the cluster's own subnet."""
    hosts = []
    for number in range(1, count + 1):
        address = cluster.next_address
        cluster.next_address += 1
        label = f"master{number}" if kind == "master" else kind
        hosts.append(
            Host(
                id=world.new_id(),
                name=f"{cluster.id}_node_{label}_{world.letters(5)}",
                ip=f"10.{cluster.subnet}.{address // 250}.{address % 250 + 1}",
                kind=kind,
                resource_id=world.new_id(),
            )
        )
    return hosts


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
