# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The nodes of custom and mixed clusters, of the simulator, in an inventory."""

from __future__ import annotations

import typing as t

import pytest
import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._inventory import NodesTask, nodes
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.inventory.test_nodes import ASKED
from ansible_collections.huaweicloud.mrs.tests.unit.simulator.conftest import Cloud
from mrs_simulator import in_process


def _groups(cloud: Cloud) -> set[tuple[str, str]]:
    """The group of each node in the variables of an inventory."""
    session = requests.Session()
    root = in_process.mount(session, cloud.simulator)
    asked: dict[str, t.Any] = {
        **ASKED,
        "endpoint": root,
        "project_id": cloud.project,
        "auth": {"token": cloud.token},
    }
    environment = TaskEnvironment({}, session=session)
    found = run(NodesTask, asked, check_mode=False, environment=environment)["clusters"]
    return {(node["mrs_cluster_type"], node["mrs_node_group"]) for node in nodes(found)}


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
def test_the_groups_of_a_custom_cluster_keep_their_names(flavor: str) -> None:
    cloud = Cloud(flavor=flavor)
    cloud.running_v2("CUSTOM")
    assert _groups(cloud) == {
        ("custom", "master"),
        ("custom", "node_group_1"),
        ("custom", "node_group_2"),
    }


def test_the_groups_of_a_mixed_cluster_keep_their_names() -> None:
    cloud = Cloud(flavor="hwc")
    cloud.running_v2("MIXED")
    assert _groups(cloud) == {
        ("mixed", "master"),
        ("mixed", "core_node_analysis_group"),
        ("mixed", "core_node_streaming_group"),
        ("mixed", "task_node_analysis_group"),
    }
