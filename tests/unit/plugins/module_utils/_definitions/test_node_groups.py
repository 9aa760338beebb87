# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    api_name,
    called,
    group_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    a_cluster,
    custom_cluster,
    mixed_cluster,
    wanted_cluster,
)


@pytest.mark.parametrize(
    ("name", "kind", "ours", "theirs"),
    [
        ("core", "analysis", "core", "core_node_analysis_group"),
        ("Task_Node_Streaming_Group", "streaming", "task", "task_node_streaming_group"),
        ("master_node_default_group", "analysis", "master", "master_node_default_group"),
        (
            "CORE_node_analysis_group",
            "mixed",
            "core_node_analysis_group",
            "core_node_analysis_group",
        ),
        ("master", "mixed", "master", "master_node_default_group"),
        ("core_data", "custom", "core_data", "core_data"),
        ("Edge_1", "custom", "Edge_1", "Edge_1"),
        ("Master_Node_Default_Group", "custom", "master", "master_node_default_group"),
        ("core", "custom", "core", "core"),
    ],
)
def test_what_a_group_is_called_depends_on_the_type_of_the_cluster(
    name: str, kind: str, ours: str, theirs: str
) -> None:
    assert called(name, kind) == ours
    assert api_name(ours, kind) == theirs


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        (
            "core",
            "mixed",
            "core could be two groups of a mixed cluster: core_node_analysis_group or "
            "core_node_streaming_group",
        ),
        (
            "core_node_analysis_grop",
            "mixed",
            "core_node_analysis_grop is not a group of a mixed cluster, which has master, "
            "core_node_analysis_group, core_node_streaming_group, task_node_analysis_group, "
            "task_node_streaming_group; did you mean core_node_analysis_group?",
        ),
        ("core-data", "custom", "core-data: a name has 1 to 64 letters, digits and _"),
        ("a" * 65, "custom", f"{'a' * 65}: a name has 1 to 64 letters, digits and _"),
        ("edge", "analysis", "edge is none of master, core, task and their API names"),
        (
            "coree",
            "analysis",
            "coree is none of master, core, task and their API names; did you mean core?",
        ),
        ("my_task_group", None, "my_task_group is none of master, core, task and their API names"),
        (
            "core_node_streaming_group",
            "analysis",
            "core_node_streaming_group is a group of another type of cluster, and this one is "
            "analysis",
        ),
    ],
)
def test_a_name_that_no_group_has_is_refused(name: str, kind: str, told: str) -> None:
    with pytest.raises(OptionError) as caught:
        called(name, kind)
    assert str(caught.value) == f"node_groups[].name: {told}"


def test_the_cluster_that_is_there_says_what_names_mean() -> None:
    names = ["core", "core_node_analysis_group", "master_node_default_group"]
    desired = wanted_cluster(node_groups=[{"name": name} for name in names])
    custom = desired.of_kind("custom")
    assert [group.name for group in custom.groups] == [
        "master",
        "core",
        "core_node_analysis_group",
    ]
    with pytest.raises(OptionError, match="a group is given twice"):
        desired.of_kind("analysis")


def test_a_group_that_a_cluster_has_is_found_by_each_of_its_names() -> None:
    assert group_in(a_cluster(), "core_node_default_group", "node_group") == "core"
    assert group_in(Cluster.of(custom_cluster()), "edge", "node_group") == "edge"
    mixed = Cluster.of(mixed_cluster())
    name = "core_node_streaming_group"
    assert group_in(mixed, name, "node_group") == name
    with pytest.raises(OptionError, match="has no group task_node_streaming_group; it has master,"):
        group_in(mixed, "task_node_streaming_group", "node_group")


@pytest.mark.parametrize("name", ["coree", "score", "core_node_streaming_group", "coretask"])
def test_no_group_is_taken_for_another_one(name: str) -> None:
    with pytest.raises(OptionError, match=f"^node_group: cluster etl .* has no group {name}; it "):
        group_in(a_cluster(), name, "node_group")
