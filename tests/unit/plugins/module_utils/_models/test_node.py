# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.node import Node
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json, node

DETAIL = {
    "running_status": "GOOD",
    "cpu_usage": "12.5",
    "memory_usage": "40",
    "disk_usage": "",
    "total_memory": "65536",
    "available_memory": "39321.6",
    "total_hard_disk_space": "600",
    "available_hard_disk_space": "480",
    "network_read": "1024",
    "network_write": "n/a",
}


def test_a_node_comes_out_with_every_documented_key() -> None:
    assert Node.of(node(7, "GOOD", node_detail=DETAIL)).result() == {
        "id": "resource-7",
        "name": "node-7",
        "node_group": "core",
        "state": "started",
        "ip": "192.168.10.7",
        "server_id": "vm-7",
        "healthy": True,
        "components": [
            {
                "id": "0",
                "name": "Role0",
                "role": "Role0",
                "service": "HDFS",
                "state": "GOOD",
                "ha_state": None,
                "config_state": "SYNCHRONIZED",
            }
        ],
        "load": {
            "state": "GOOD",
            "cpu_usage": 12.5,
            "memory_usage": 40.0,
            "disk_usage": None,
            "total_memory": 65536.0,
            "available_memory": 39321.6,
            "total_disk": 600.0,
            "available_disk": 480.0,
            "network_read": 1024.0,
            "network_write": None,
        },
    }


@pytest.mark.parametrize(
    ("states", "healthy", "sick"),
    [
        (["GOOD", "good"], True, []),
        (["GOOD", "BAD"], False, ["Role1 is BAD"]),
        (["", "GOOD"], False, ["Role0 is without a state"]),
        ([], False, []),
    ],
)
def test_a_node_is_well_when_all_its_components_are(
    states: list[str], healthy: bool, sick: list[str]
) -> None:
    found = Node.of(node(1, *states))
    assert found.result()["healthy"] is healthy
    assert [component.description for component in found.sick] == sick


@pytest.mark.parametrize("missing", [{"node_detail": None}, {"node_detail": {}}, {}])
def test_without_detail_there_is_no_load(missing: Json) -> None:
    assert Node.of(node(1, "GOOD", **missing)).load is None


@pytest.mark.parametrize(
    ("name", "group"),
    [("master_node_default_group", "master"), ("node_group_1", "node_group_1"), ("", "core")],
)
def test_a_group_of_its_own_keeps_its_name(name: str, group: str) -> None:
    assert Node.of(node(1, "GOOD", group=name)).node_group == group
