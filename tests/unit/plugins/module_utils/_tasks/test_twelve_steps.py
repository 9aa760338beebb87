# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that keep one thing, each through three states of it, and each state in four steps.

What would be done is foretold, it is done once on a network that loses answers or on a cluster that
is busy, and neither check mode nor another run finds anything to do.
"""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import CUSTOM, Json
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud
from mrs_simulator.identity.account import GROUP, USERNAME

POLICY: Json = {"auto_scaling_enable": False, "min_capacity": 3, "max_capacity": 6}
READ: Json = {
    "agency": "read",
    "agency_id": "id-r",
    "identifier_type": "Group",
    "identifiers": ["guests"],
}
WRITE: Json = {**READ, "agency": "write", "agency_id": "id-w", "identifier_type": "User"}
PASSWORD = "Canary-Hive-1"
CONNECTION: Json = {
    "name": "hive",
    "source_type": "rds_mysql",
    "database": "metastore",
    "username": "hive",
    "password": PASSWORD,
    "rds_instance_id": "b6b5d1cc2f7f45b9b7a5f0c7f1a2d3e4in01",
}


def component(name: str, *roles: str) -> Json:
    groups = [{"name": "node_group_1", "assigned_roles": list(roles)}]
    return {"cluster": "lake", "name": name, "node_groups": groups}


class Life(t.NamedTuple):
    """A module, the states that it brings about one after the other, and the calls that do that."""

    module: str
    states: tuple[Json, ...]
    path: str
    methods: tuple[str, ...]


_GROUP: Json = {"cluster": "lake", "node_group": "node_group_1"}
LIVES = [
    Life(
        "mrs_agency_mapping",
        tuple({"cluster": "lake", "mappings": each} for each in ([READ], [WRITE, READ], [])),
        "/agency-mapping$",
        ("PUT", "PUT", "PUT"),
    ),
    Life(
        "mrs_auto_scaling_policy",
        (
            {**_GROUP, "policy": POLICY},
            {**_GROUP, "policy": {**POLICY, "max_capacity": 4, "tags": {"team": "sensors"}}},
            {**_GROUP, "state": "absent"},
        ),
        "/autoscaling-policy/",
        ("POST", "PUT", "DELETE"),
    ),
    Life(
        "mrs_component",
        (
            component("Flink", "FlinkResource"),
            component("Hive", "HiveServer", "MetaStore"),
            component("HetuEngine", "HSBroker"),
        ),
        "/components$",
        ("POST", "POST", "POST"),
    ),
    Life(
        "mrs_data_connection",
        (
            CONNECTION,
            {**CONNECTION, "database": "other", "username": "robot"},
            {"name": "hive", "state": "absent"},
        ),
        "/data-connectors",
        ("POST", "PUT", "DELETE"),
    ),
    Life(
        "mrs_iam_sync",
        (
            {"cluster": "lake", "groups": [GROUP]},
            {"cluster": "lake", "users": [USERNAME], "groups": [GROUP]},
            {"cluster": "lake", "users": [USERNAME], "state": "absent"},
        ),
        "/iam-sync-user$",
        ("POST", "POST", "DELETE"),
    ),
]
EACH = pytest.mark.parametrize("life", LIVES, ids=lambda life: life.module)
LOSSES = ("cut_after", "status_after", "garbage")
#: What is not known before it is done, or is told of a wait alone.
LATER = {"stages", "cluster", "connection"}


@pytest.fixture(name="cloud")
def _cloud() -> Cloud:
    cloud = Cloud(speed=30.0)
    created = cloud.run("mrs_cluster", **CUSTOM)
    assert "failed" not in created, created["msg"]
    return cloud


def acted(cloud: Cloud, life: Life, methods: t.Collection[str]) -> int:
    """How often the service has done what such requests of the module ask for."""
    path = life.path.rstrip("$")
    return sum(
        each["method"] in methods
        and path in each["path"]
        and (each["fault"] in LOSSES or each["status"] < 300)
        for each in cloud.simulator.log.entries
    )


def scales(cloud: Cloud, count: int) -> None:
    """Somebody has the cluster scaled, some time after the last step."""
    cloud.simulator.world.clock.advance(100)
    given = {"cluster": "lake", "node_group": "node_group_1", "count": count, "wait": False}
    result = cloud.run("mrs_cluster_scale", **given)
    assert result["changed"] is True


@EACH
@pytest.mark.parametrize("trouble", ["none", "busy", *LOSSES])
def test_three_states_in_four_steps_each(cloud: Cloud, life: Life, trouble: str) -> None:
    seen: list[Json] = []
    for number, (method, state) in enumerate(zip(life.methods, life.states, strict=True), 1):
        before = acted(cloud, life, life.methods)
        foretold = cloud.run(life.module, check_mode=True, **state)
        assert (foretold.get("msg"), foretold["changed"]) == (None, True)
        assert acted(cloud, life, life.methods) == before
        if trouble == "busy":
            scales(cloud, 3 + number)
        elif trouble != "none":
            cloud.lose_answer(method, life.path, trouble)
        done = cloud.run(life.module, **state)
        assert (done.get("msg"), done["warnings"]) == (None, [])
        assert {key: value for key, value in done.items() if key not in LATER} == {
            key: value for key, value in foretold.items() if key not in LATER
        }
        for check_mode in (True, False):
            again = cloud.run(life.module, check_mode=check_mode, **state)
            assert (again.get("msg"), again["changed"], again["actions"]) == (None, False, [])
            assert again["diff"]["before"] == again["diff"]["after"]
        # What is overwritten may be so once more; what comes into being may not.
        assert acted(cloud, life, {"POST"}) == life.methods[:number].count("POST")
        if trouble not in LOSSES:
            assert acted(cloud, life, life.methods) == number
        seen += [foretold, done, again]
    assert "Canary" not in json.dumps([seen, [*cloud.simulator.log.entries]], default=list)


@EACH
def test_without_wait_the_next_run_finds_it_done(cloud: Cloud, life: Life) -> None:
    for number, state in enumerate(life.states, 1):
        assert cloud.run(life.module, wait=False, **state)["changed"] is True
        cloud.simulator.world.clock.advance(100)
        again = cloud.run(life.module, **state)
        assert (again.get("msg"), again["changed"]) == (None, False)
        assert acted(cloud, life, life.methods) == number
