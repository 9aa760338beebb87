# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A playbook that creates a cluster and then uses it, in check mode on an empty project."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    JOB_OPTIONS,
    SIZE,
    Json,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import lists
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import play, play_failing

WARNING = (
    "There is no cluster etl in this project. In check mode, it may be one that an earlier task "
    "would create."
)
RUN: Json = {"cluster": "etl", **JOB_OPTIONS}
SCALE: Json = {"cluster": "etl", "count": 5}


def test_the_cluster_that_would_be_created_has_no_id() -> None:
    created = play(
        "mrs_cluster", {**CREATION, "tags": {"env": "test"}}, [lists()], check_mode=True
    ).result["cluster"]
    there = play("mrs_cluster_info", {}, [lists()]).result["clusters"]
    assert there == []
    assert (created["id"], created["name"], created["version"]) == (None, "etl", "MRS 2.1.0")
    assert created["node_counts"] == {"master": 2, "core": 3, "task": 0}
    assert created["tags"] == {"env": "test"}
    assert [(group["name"], group["count"], group["size"]) for group in created["node_groups"]] == [
        ("master", 2, SIZE),
        ("core", 3, SIZE),
    ]


def test_a_job_would_be_submitted() -> None:
    result = play("mrs_job", RUN, [lists()], check_mode=True).result
    assert result["actions"] == [{"action": "submit_job", "job": "wordcount"}]
    assert (result["changed"], result["warnings"], result["job_execution"]) == (
        True,
        [WARNING],
        None,
    )
    assert result["diff"]["before"] != result["diff"]["after"]


def test_a_group_would_be_scaled() -> None:
    result = play("mrs_cluster_scale", SCALE, [lists()], check_mode=True).result
    assert result["actions"] == [{"action": "scale_out", "group": "core", "from": None, "to": 5}]
    assert (result["changed"], result["warnings"]) == (True, [WARNING])
    assert result["cluster"] == {"id": None, "name": "etl"}
    assert result["diff"] == {"before": {"node_counts": {}}, "after": {"node_counts": {"core": 5}}}


def test_no_node_is_nothing_to_add() -> None:
    given = {**SCALE, "node_group": "task", "count": 0}
    result = play("mrs_cluster_scale", given, [lists()], check_mode=True).result
    assert (result["changed"], result["actions"]) == (False, [])


def test_users_would_be_made_known() -> None:
    given: Json = {"cluster": "etl", "users": ["robot"], "all": True}
    result = play("mrs_iam_sync", given, [lists()], check_mode=True).result
    assert (result["changed"], result["warnings"]) == (True, [WARNING])
    assert result["actions"] == [
        {"action": "sync_iam_users", "users": ["robot"], "groups": [], "all": True}
    ]
    assert (result["users"], result["groups"], result["api"]) == (["robot"], [], "v2")
    forgotten = play(
        "mrs_iam_sync",
        {"cluster": "etl", "users": ["robot"], "state": "absent"},
        [lists()],
        check_mode=True,
    )
    assert forgotten.result["changed"] is False


@pytest.mark.parametrize(
    ("module", "given", "shown"),
    [
        ("mrs_iam_sync", {"users": ["robot"]}, {"users": [], "groups": []}),
        ("mrs_auto_scaling_policy", {"node_group": "task"}, {"policy": None}),
    ],
)
def test_nothing_is_left_to_remove_from_a_cluster_that_is_gone(
    module: str, given: Json, shown: Json
) -> None:
    result = play(module, {"cluster": "etl", "state": "absent", **given}, [lists()]).result
    assert (result["changed"], result["actions"], result["api"]) == (False, [], "v2")
    assert result["warnings"] == [
        "There is no cluster etl in this project. So there is nothing to remove."
    ]
    assert {key: result[key] for key in shown} == shown


@pytest.mark.parametrize(
    ("module", "given"),
    [
        ("mrs_job", RUN),
        ("mrs_cluster_scale", SCALE),
        ("mrs_iam_sync", {"cluster": "etl", "users": ["robot"]}),
    ],
)
def test_in_a_run_it_is_an_error(module: str, given: Json) -> None:
    assert (
        play_failing(module, given, [lists()])
        .result["msg"]
        .startswith("There is no cluster etl in this project.")
    )
