# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin inside Ansible: what its options make of the nodes that a simulator has."""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster import ClusterTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.playbooks import (
    COLLECTIONS,
    login,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.test_both_ways import CREATION
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json, options
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.inventory import listing
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

CLUSTERS: list[Json] = [
    {"name": "etl", "tags": {"team": "data"}},
    {"name": "web-logs", "tags": {"team": "web"}},
]
#: The file of each case, besides the login.
CASES: dict[str, Json] = {
    "plain": {},
    "keyed groups": {
        "keyed_groups": [
            {"key": "mrs_cluster_name", "prefix": "cluster"},
            {"key": "mrs_node_group", "separator": ""},
            {"key": "mrs_cluster_tags", "prefix": "tag"},
        ],
        "tags": {"team": "web"},
    },
    "groups": {"groups": {"masters": "mrs_node_group == 'master'", "large": "mrs_cpu > 1000"}},
    "compose": {
        "compose": {
            "ansible_host": "mrs_name ~ '.example.com'",
            "place": "mrs_cluster_name ~ '/' ~ mrs_node_group",
            "told": "mrs_state",
        },
        "clusters": ["etl"],
    },
    "no address": {"address": ""},
    "loose": {
        "compose": {"odd": "nothing_of_this_name + 1", "even": "mrs_node_group ~ 's'"},
        "groups": {"odd": "nothing_of_this_name == 1"},
        "keyed_groups": [{"key": "nothing_of_this_name"}],
        "hostnames": ["nothing_of_this_name", "mrs_ip"],
        "address": "nothing_of_this_name",
    },
    "strict compose": {"strict": True, "compose": {"odd": "nothing_of_this_name + 1"}},
    "strict groups": {"strict": True, "groups": {"odd": "nothing_of_this_name == 1"}},
    "strict keyed groups": {"strict": True, "keyed_groups": [{"key": "nothing_of_this_name"}]},
    "strict names": {"strict": True, "hostnames": ["nothing_of_this_name"]},
    "null key": {
        "strict": True,
        "keyed_groups": [
            {"key": "mrs_cluster_vpc_id", "prefix": "vpc"},
            {"key": "mrs_cluster_vpc_id", "prefix": "or", "default_value": "none"},
            {"key": "mrs_node_group", "separator": ""},
        ],
        "clusters": ["etl"],
    },
    "unknown option": {"tag": {"team": "web"}},
    "unknown options": {"cluster_state": "running", "color": "red"},
    "unknown state": {"cluster_states": ["RUNNING", "foo"]},
    "any state": {"cluster_states": []},
    "state in capitals": {"cluster_states": ["RUNNING"]},
    "alias": {"clusters": ["etl"], "region": "eu-de"},
    "strict address": {"strict": True, "address": "nothing_of_this_name"},
    "whole entry": {"cloud": {"auth": {"password": "Canary-1"}}},
    "keys in a list": {"secret_key": ["Canary-1"]},
    "login as a text": {"auth": "password=Canary-1"},
    "templates": {
        "validate_certs": "{{ 1 == 1 }}",
        "clusters": "{{ ['et' ~ 'l'] }}",
        "tags": "{{ {'team': 'data'} }}",
        "concurrency": "{{ 1 + 1 }}",
    },
    "neither true nor false": {"validate_certs": "maybe"},
}
#: Names that the nodes of two clusters have in common.
SHORT_NAMES = ["mrs_node_group ~ '-' ~ (mrs_ip | split('.') | last)", "mrs_name"]


class Scene:
    """A simulator with two clusters, and a folder for inventory files."""

    def __init__(self, running: Running, folder: pathlib.Path) -> None:
        self.running, self.folder = running, folder
        self.login = login(running.connection)
        for wanted in CLUSTERS:
            given = options(
                "mrs_cluster",
                **{**CREATION, **self.login, "auth": None, "auth_type": None, **wanted},
            )
            run(
                ClusterTask, given, check_mode=False, environment=TaskEnvironment({"NO_PROXY": "*"})
            )
        for cluster in running.simulator.world.store.clusters.values():
            for host in cluster.hosts:
                host.status = "{{ 7 + 7 }}"

    def listed(self, cases: t.Mapping[str, Json]) -> dict[str, Json]:
        """What comes of each file."""
        paths = [self.file(f"{name}.mrs.yml", case) for name, case in cases.items()]
        return dict(zip(cases, self.read(paths), strict=True))

    def file(self, name: str, case: Json) -> pathlib.Path:
        path = self.folder / name
        whole = {"plugin": "huaweicloud.mrs.mrs", **self.login, **case}
        path.write_text(json.dumps(whole), "utf-8")
        return path

    def read(self, paths: t.Sequence[pathlib.Path]) -> list[Json]:
        """What comes of each file, or of all files in a folder."""
        ended = subprocess.run(
            [sys.executable, str(listing.__file__), *map(str, paths)],
            env={
                "HOME": str(self.folder),
                "NO_PROXY": "*",
                "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
                "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
                "LC_ALL": "C.UTF-8",
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return t.cast("list[Json]", json.loads(ended.stdout))

    def requests(self) -> int:
        """How many there were since the last time."""
        entries = self.running.simulator.log.entries
        number = len(entries)
        entries.clear()
        return number


@pytest.fixture(name="scene", scope="module")
def _scene(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Scene]:
    with serve(Settings(speed=0, seed=1)) as running:
        yield Scene(running, tmp_path_factory.mktemp("inventory"))


@pytest.fixture(name="found", scope="module")
def _found(scene: Scene) -> dict[str, Json]:
    return scene.listed(CASES)


def test_every_node_is_in_the_group_of_all(found: dict[str, Json]) -> None:
    plain = found["plain"]
    assert len(plain["hosts"]) == 10
    assert plain["groups"] == {
        "all": sorted(plain["hosts"]),
        "ungrouped": [],
        "mrs": sorted(plain["hosts"]),
    }


def test_a_host_has_the_variables_of_its_node_and_of_its_cluster(found: dict[str, Json]) -> None:
    for name, variables in found["plain"]["hosts"].items():
        assert variables["mrs_name"] == name
        assert variables["ansible_host"] == variables["mrs_ip"]
        assert variables["mrs_cpu"] == 16
        assert variables["mrs_cluster_components"] == [
            "DBService",
            "Hadoop",
            "Hive",
            "Spark2x",
            "ZooKeeper",
        ]
        assert variables["mrs_cluster_tags"] in [each["tags"] for each in CLUSTERS]


def test_the_page_has_each_variable_and_says_which_are_never_null(found: dict[str, Json]) -> None:
    plugin = pathlib.Path(__file__).parents[4] / "plugins" / "inventory" / "mrs.py"
    text = plugin.read_text("utf-8").partition("extends_documentation_fragment")[0]
    documented = set(re.findall(r"C\((mrs_\w+)\)", text))
    never_null = re.findall(r"C\((mrs_\w+)\)", text.partition("That can happen to all of them")[2])
    for variables in found["plain"]["hosts"].values():
        assert {name for name in variables if name.startswith("mrs_")} == documented
        assert [name for name in never_null if variables[name] is None] == []
    assert len(never_null) == 8


def test_keyed_groups(found: dict[str, Json]) -> None:
    groups = found["keyed groups"]["groups"]
    sizes = {name: len(hosts) for name, hosts in groups.items()}
    assert sizes == {
        "all": 5,
        "ungrouped": 0,
        "mrs": 5,
        "cluster_web_logs": 5,
        "master": 2,
        "core": 3,
        "tag_team_web": 5,
    }


def test_groups_by_condition(found: dict[str, Json]) -> None:
    groups, hosts = found["groups"]["groups"], found["groups"]["hosts"]
    assert len(groups["masters"]) == 4
    assert {hosts[name]["mrs_node_group"] for name in groups["masters"]} == {"master"}
    assert "large" not in groups


def test_composed_variables(found: dict[str, Json]) -> None:
    hosts = found["compose"]["hosts"]
    assert len(hosts) == 5
    assert {variables["place"] for variables in hosts.values()} == {"etl/master", "etl/core"}
    assert all(
        variables["ansible_host"] == f"{name}.example.com" for name, variables in hosts.items()
    )


def test_what_the_service_says_is_no_template(found: dict[str, Json]) -> None:
    for variables in found["compose"]["hosts"].values():
        assert (variables["mrs_state"], variables["told"]) == ("{{ 7 + 7 }}", "{{ 7 + 7 }}")


def test_without_an_address_there_is_no_ansible_host(found: dict[str, Json]) -> None:
    assert [
        variables
        for variables in found["no address"]["hosts"].values()
        if "ansible_host" in variables
    ] == []


def test_what_cannot_be_evaluated_is_left_out(found: dict[str, Json]) -> None:
    loose = found["loose"]
    assert sorted(loose["groups"]) == ["all", "mrs", "ungrouped"]
    for name, variables in loose["hosts"].items():
        assert name == variables["mrs_ip"]
        assert variables["even"] in ("masters", "cores")
        assert not {"odd", "ansible_host"} & variables.keys()


@pytest.mark.parametrize("case", [name for name in CASES if name.startswith("strict")])
def test_what_cannot_be_evaluated_is_an_error_where_that_is_asked_for(
    case: str, found: dict[str, Json]
) -> None:
    assert "nothing_of_this_name" in found[case]["error"]


def test_a_key_that_is_null_makes_no_group_and_is_no_error(found: dict[str, Json]) -> None:
    groups = found["null key"]["groups"]
    assert {name: len(hosts) for name, hosts in groups.items()} == {
        "all": 5,
        "ungrouped": 0,
        "mrs": 5,
        "or_none": 5,
        "master": 2,
        "core": 3,
    }


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("unknown option", "tag: no such option; did you mean tags?"),
        ("unknown options", "cluster_state, color: no such option; did you mean cluster_states?"),
        ("unknown state", "value of cluster_states must be one or more of: starting, running, "),
        ("unknown state", "Got no match for: foo"),
    ],
)
def test_what_the_plugin_does_not_know_is_an_error(
    case: str, told: str, found: dict[str, Json]
) -> None:
    assert told in found[case]["error"]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("whole entry", "cloud: give a text, not a dictionary"),
        ("keys in a list", "secret_key: give a text, not a list"),
        ("login as a text", "auth: give a dictionary"),
    ],
)
def test_a_secret_of_the_wrong_type_is_an_error_and_not_shown(
    case: str, told: str, found: dict[str, Json]
) -> None:
    assert told in found[case]["error"]
    assert "Canary" not in found[case]["error"]


def test_options_that_have_a_type_may_be_templates(found: dict[str, Json]) -> None:
    hosts = found["templates"]["hosts"].values()
    assert [each["mrs_cluster_name"] for each in hosts] == ["etl"] * 5
    assert "validate_certs is false" not in found["templates"]["told"]


def test_what_is_neither_true_nor_false_is_an_error(found: dict[str, Json]) -> None:
    assert "validate_certs: give true or false" in found["neither true nor false"]["error"]


def test_nodes_of_two_files_are_not_one_host(scene: Scene) -> None:
    (scene.folder / "both").mkdir()
    for name in ("etl", "web-logs"):
        scene.file(f"both/{name}.mrs.yml", {"clusters": [name], "hostnames": SHORT_NAMES})
    (both,) = scene.read([scene.folder / "both"])
    clusters = {name: each["mrs_cluster_name"] for name, each in both["hosts"].items()}
    short = {name: cluster for name, cluster in clusters.items() if "_node_" not in name}
    assert short == {
        "master-21": "etl",
        "master-22": "etl",
        "core-23": "etl",
        "core-24": "etl",
        "core-25": "etl",
    }
    assert sorted(clusters.values()) == ["etl"] * 5 + ["web-logs"] * 5


def test_a_node_that_two_files_have_is_one_host(scene: Scene) -> None:
    (scene.folder / "same").mkdir()
    for name in ("a", "b"):
        scene.file(f"same/{name}.mrs.yml", {"clusters": ["etl"]})
    (same,) = scene.read([scene.folder / "same"])
    assert len(same["hosts"]) == 5


@pytest.mark.parametrize(
    ("case", "number"), [("any state", 10), ("state in capitals", 10), ("alias", 5)]
)
def test_other_spellings_and_empty_lists_select_what_they_say(
    case: str, number: int, found: dict[str, Json]
) -> None:
    assert len(found[case]["hosts"]) == number


def test_a_cached_inventory_asks_nothing_and_says_the_same(scene: Scene) -> None:
    cached = {
        "cache": True,
        "cache_plugin": "ansible.builtin.jsonfile",
        "cache_connection": str(scene.folder / "kept"),
    }
    scene.requests()
    first = scene.listed({"cached": cached})["cached"]
    assert scene.requests() == 5
    assert scene.listed({"cached": cached})["cached"] == first
    assert scene.requests() == 0
    other = scene.listed({"cached": {**cached, "clusters": ["etl"]}})["cached"]
    assert (len(first["hosts"]), len(other["hosts"])) == (10, 5)
    kept = "".join(path.read_text("utf-8") for path in (scene.folder / "kept").iterdir())
    assert scene.login["secret_key"] not in kept
