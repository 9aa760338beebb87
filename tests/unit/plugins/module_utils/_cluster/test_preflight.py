# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a cluster, by what the service offers."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import preflight
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import (
    Component as Addition,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import Roles
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import (
    Component,
    Flavors,
    Offer,
    Version,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    Json,
    cluster,
    wanted_cluster,
)

NAME = "MRS 3.2.0-LTS.2"


def component(name: str, *needs: str, types: tuple[str, ...] = ("analysis", "custom")) -> Component:
    return Component(name, "1", needs, types, (f"{name}Server",), True)


VERSION = Version(
    NAME,
    ("analysis", "custom"),
    (
        component("DBService"),
        component("Hadoop", "ZooKeeper", "KrbServer"),
        component("Hive", "Hadoop", "DBService", "meta"),
        component("Kafka", types=("streaming",)),
        component("Kudu", "Hadoop"),
        component("Spark2x", "Hadoop"),
        component("ZooKeeper"),
        Component("meta", "1", (), (), ("meta",), False),
    ),
    ("Kudu",),
    {"core": {"root_volume_size": 480, "data_volume_size": 100}},
)
SOLD: Flavors = {
    "eu-de-02": {
        "master": ["c6.8xlarge.4.linux.mrs"],
        "core": ["c6.4xlarge.4.linux.mrs", "c6.8xlarge.4.linux.mrs"],
        "task": [],
    }
}


def told(problems: t.Sequence[OptionError]) -> list[str]:
    return [each.message for each in problems]


def of_creation(offer: Offer, **given: t.Any) -> list[str]:
    desired = wanted_cluster(**{**CREATION, "components": ["Hadoop", "Hive"], **given})
    return told(preflight.of_creation(desired, offer))


def groups(**core: t.Any) -> list[Json]:
    return [
        {"name": "master", "count": 2, "size": "c6.8xlarge.4.linux.mrs"},
        {"name": "core", "count": 3, "size": "c6.4xlarge.4.linux.mrs", **core},
        {"name": "task", "count": 1, "size": "any.linux.mrs", "root_volume_size": 40},
    ]


class TestVersion:
    @pytest.mark.parametrize("versions", [["MRS 1.9.2", NAME], []])
    def test_one_that_is_offered_or_of_which_nothing_is_told(self, versions: list[str]) -> None:
        assert preflight.of_version(NAME, versions) == []

    @pytest.mark.parametrize("given", ["3.2.0-LTS.2", "mrs 3.2.0-LTS.2"])
    def test_another_spelling_of_it_is_named(self, given: str) -> None:
        assert told(preflight.of_version(given, ["MRS 1.9.2", NAME])) == [
            f"version: {given} cannot be created here; did you mean {NAME}?"
        ]

    def test_one_that_is_not_offered(self) -> None:
        assert told(preflight.of_version("MRS 9", ["MRS 1.9.2", NAME])) == [
            "version: MRS 9 cannot be created here; there are: MRS 1.9.2, MRS 3.2.0-LTS.2"
        ]


class TestCreation:
    def test_what_fits(self) -> None:
        assert of_creation(Offer(VERSION, SOLD), node_groups=groups()) == []

    def test_nothing_is_judged_by_what_is_not_told(self) -> None:
        empty = Version(NAME, (), (), (), {})
        nothing: Flavors = {"eu-de-02": {"master": [], "core": [], "task": []}}
        wrong = {"type": "streaming", "components": ["Hadop"], "node_groups": groups(size="x")}
        for offer in (Offer(), Offer(empty, nothing), Offer(None, {})):
            assert of_creation(offer, **wrong) == []

    def test_types_whose_words_nobody_knows_are_not_judged(self) -> None:
        version = VERSION._replace(cluster_types=("doris",))
        assert of_creation(Offer(version)) == []
        assert component("x", types=("doris",)).can_be_in("custom")

    def test_a_type_that_the_version_does_not_have(self) -> None:
        assert of_creation(Offer(VERSION), type="streaming", components=["Kafka"]) == [
            f"type: {NAME} has no streaming clusters; there are: analysis, custom"
        ]

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            ("Hadop", f"Hadop is not a component of {NAME}; did you mean Hadoop?"),
            ("hadoop", f"hadoop is not a component of {NAME}; did you mean Hadoop?"),
            (
                "Hue",
                f"Hue is not a component of {NAME}; there are: DBService, Hadoop, Hive, Kudu, "
                "Spark2x, ZooKeeper",
            ),
            ("Kafka", f"Kafka is not for analysis clusters of {NAME}, but for: streaming"),
        ],
    )
    def test_a_component_that_there_is_not(self, given: str, problem: str) -> None:
        assert of_creation(Offer(VERSION), components=["Hadoop", given])[0] == (
            f"components: {problem}"
        )

    def test_what_comes_by_itself_may_be_named(self) -> None:
        assert of_creation(Offer(VERSION), components=["Hadoop", "meta"]) == []

    def test_a_component_that_needs_another_one(self) -> None:
        assert of_creation(Offer(VERSION), components=["Hive", "Spark2x", "Hadoop"]) == []
        assert of_creation(Offer(VERSION), components=["Hive"]) == [
            f"components: Hive of {NAME} needs Hadoop, which is not among them"
        ]

    def test_in_a_custom_cluster_the_user_places_what_can_be_chosen(self) -> None:
        names = ["Hadoop", "Hive"]
        assert told(preflight.of_components(names, VERSION, "custom")) == [
            f"components: Hadoop of {NAME} needs ZooKeeper, which is not among them",
            f"components: Hive of {NAME} needs DBService, which is not among them",
        ]
        assert preflight.of_components(["Kudu", "Hadoop", "ZooKeeper"], VERSION, "custom") == []

    def test_components_that_are_added_find_what_is_there(self) -> None:
        names = {name: {"componentName": name} for name in ("Hadoop", "ZooKeeper", "DBService")}

        def added(*given: str, without: str = "", safe_mode: int = 0) -> list[str]:
            there = [each for name, each in names.items() if name != without]
            answer = cluster(componentList=there, clusterType=3, safeMode=safe_mode)
            wanted = [Addition(name, ()) for name in given]
            problems = preflight.of_addition(wanted, Cluster.of(answer), VERSION, "components")
            return told(problems)

        assert added("Hive", "Kudu") == []
        assert added("Hive", without="Hadoop") == [
            f"components: Hive of {NAME} needs Hadoop, which is not among them"
        ]
        assert added("Kudu", safe_mode=1) == [
            f"components: Kudu of {NAME} cannot be on a cluster with safe_mode: true"
        ]

    def test_the_roles_of_a_component_that_is_added(self) -> None:
        roles = (Roles("data", ("HiveServer:1,2", "HadoopServer", "KuduServer", "HiveSever")),)
        there = [{"componentName": name} for name in ("Hadoop", "ZooKeeper", "DBService")]
        custom = Cluster.of(cluster(componentList=there, clusterType=3))
        problems = preflight.of_addition([Addition("Hive", roles)], custom, VERSION, "name")
        place = "node_groups[data].assigned_roles"
        assert told(problems) == [
            f"{place}: KuduServer is a role of Kudu, which is not among the components",
            f"{place}: HiveSever is not a role of {NAME}; did you mean HiveServer?",
        ]

    def test_several_that_are_missing(self) -> None:
        assert told(preflight.of_components(["Hive"], VERSION, "custom")) == [
            f"components: Hive of {NAME} needs Hadoop and DBService, which are not among them"
        ]

    @pytest.mark.parametrize(
        ("count", "problem"),
        [
            (None, None),
            (0, None),
            (2, "2 core nodes are fewer than the 3"),
            (3, None),
            (500, None),
            (501, "501 core nodes are more than the 500"),
        ],
    )
    def test_numbers_of_nodes(self, count: int | None, problem: str | None) -> None:
        version = VERSION._replace(node_counts={"core": {"least": 3, "most": 500}})
        found = told(preflight.of_count("count", count, ("core",), version))
        assert found == ([f"count: {problem} that {NAME} takes"] if problem else [])

    def test_a_group_that_may_be_either_has_the_wider_limits(self) -> None:
        limits = {"core": {"least": 3, "most": 400}, "task": {"most": 500}}
        version = VERSION._replace(node_counts=limits)
        assert preflight.of_count("count", 450, ("core", "task"), version) == []
        assert len(preflight.of_count("count", 501, ("core", "task"), version)) == 1
        one = version._replace(node_counts={"core": {"most": 1}})
        assert preflight.of_count("count", 450, ("core", "task"), one) == []

    def test_nodes_that_cannot_go(self) -> None:
        version = VERSION._replace(staying=("DBServer", "quorumpeer"))
        roles = [["DataNode", "quorumpeer"], ["DataNode", "quorumpeer", "DBServer"], ["DataNode"]]
        assert preflight.of_scale_in("count", 2, roles, version) == []
        assert told(preflight.of_scale_in("count", 1, roles, version)) == [
            f"count: 1 is too few: 2 nodes of the group must stay, because {NAME} does not remove "
            "nodes with the roles DBServer, quorumpeer"
        ]

    def test_a_component_that_does_not_run_with_kerberos(self) -> None:
        names = ["Hadoop", "Kudu"]
        assert of_creation(Offer(VERSION), components=names, safe_mode=False) == []
        assert of_creation(Offer(VERSION), components=names, safe_mode=True) == [
            f"components: Kudu of {NAME} cannot be on a cluster with safe_mode: true"
        ]

    def test_a_flavor_that_the_zone_does_not_sell_for_such_nodes(self) -> None:
        wanted = groups(size="c6.4xlarge.2.linux.mrs")
        wanted[0]["size"] = "c6.4xlarge.4.linux.mrs"
        assert of_creation(Offer(VERSION, SOLD), node_groups=wanted) == [
            "node_groups[master].size: c6.4xlarge.4.linux.mrs is not a flavor of master nodes in "
            "eu-de-02; did you mean c6.8xlarge.4.linux.mrs?",
            "node_groups[core].size: c6.4xlarge.2.linux.mrs is not a flavor of core nodes in "
            "eu-de-02; did you mean c6.4xlarge.4.linux.mrs?",
        ]

    def test_disks_that_are_too_small(self) -> None:
        small = {"root_volume_size": 479, "data_volume_size": 99}
        assert of_creation(Offer(VERSION), node_groups=groups(**small)) == [
            f"node_groups[core].root_volume_size: 479 GB is less than the 480 GB that {NAME} needs",
            f"node_groups[core].data_volume_size: 99 GB is less than the 100 GB that {NAME} needs",
        ]
        fits = {"root_volume_size": 480, "data_volume_size": 100}
        assert of_creation(Offer(VERSION), node_groups=groups(**fits)) == []


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("master", ("master",)),
        ("core", ("core",)),
        ("core_node_streaming_group", ("core",)),
        ("task_node_analysis_group", ("task",)),
        ("node_group_1", ("core", "task")),
        ("core_data", ("core", "task")),
    ],
)
def test_which_flavors_a_group_can_have(name: str, kinds: tuple[str, ...]) -> None:
    assert preflight.kinds_of(name) == kinds


class TestRoles:
    def problems(self, *roles: str) -> list[str]:
        option = "node_groups[data].assigned_roles"
        return told(preflight.of_roles(option, roles, ("Hadoop", "Hive"), VERSION))

    def test_roles_of_the_components_with_their_nodes_and_of_what_comes_by_itself(self) -> None:
        assert self.problems("HadoopServer:1,2", "HiveServer[9]", "meta") == []

    def test_a_role_that_there_is_not(self) -> None:
        assert self.problems("HiveSever:1") == [
            f"node_groups[data].assigned_roles: HiveSever is not a role of {NAME}; did you mean "
            "HiveServer?"
        ]

    def test_a_role_of_a_component_that_is_not_wanted(self) -> None:
        assert self.problems("KuduServer") == [
            "node_groups[data].assigned_roles: KuduServer is a role of Kudu, which is not among "
            "the components"
        ]

    def test_where_no_roles_are_told_none_is_judged(self) -> None:
        assert preflight.of_roles("x", ["y"], (), Version(NAME, (), (), (), {})) == []


def test_more_tags_than_the_cluster_may_get() -> None:
    assert preflight.of_tags({"a", "b"}, 2) == preflight.of_tags({"a", "b"}, None) == []
    assert told(preflight.of_tags({"b", "a"}, 1)) == [
        "tags: a, b are 2 more, but the cluster can get only 1 more"
    ]


def test_all_problems_are_told_at_once_and_how_to_go_on() -> None:
    preflight.check([])
    first, second = OptionError("a", "one"), OptionError("b", "did you mean c?")
    with pytest.raises(OptionError) as caught:
        preflight.check([first, second, OptionError("a", "one")])
    assert str(caught.value) == (
        "a: one. b: did you mean c? The service offers nothing else. With validate: false, options "
        "are sent without this check."
    )
    assert caught.value.option == "a"
