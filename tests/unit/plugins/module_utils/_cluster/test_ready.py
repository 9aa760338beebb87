# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    JOB_OPTIONS,
    Json,
    cluster,
    job_v2,
    node,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    creates,
    lists,
    lists_v2,
    nodes,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import play, play_failing

MANAGER = {"name": "etl", "wait_for": "manager"}
COMPONENTS = {"name": "etl", "wait_for": "components"}
WELL = nodes(node(1, "GOOD", "GOOD"), node(2, "GOOD"))


@pytest.mark.parametrize("key", ["mrsManagerFinish", "isMrsManagerFinish", "ismrsManagerFinish"])
def test_its_manager_is_waited_for(key: str) -> None:
    script = [
        lists(cluster(**{key: False})),
        reads(cluster(**{key: False})),
        reads(cluster(**{key: True})),
    ]
    played = play("mrs_cluster", MANAGER, script)
    assert (played.result["changed"], played.clock.sleeps) == (False, [1.0])


def test_a_manager_that_is_ready_takes_no_further_look() -> None:
    assert (
        play("mrs_cluster", MANAGER, [lists(cluster(mrsManagerFinish=True))]).result["warnings"]
        == []
    )


def test_a_service_that_does_not_tell_of_its_manager_is_warned_of() -> None:
    [warning] = play("mrs_cluster", MANAGER, [lists(cluster())]).result["warnings"]
    assert warning.startswith("The service does not say whether MRS Manager of cluster etl")


def test_its_components_are_waited_for_on_a_new_cluster_too() -> None:
    sick = nodes(node(1, "GOOD", "BAD"), node(2))
    script = [lists(), lists(), creates(), reads(cluster()), nodes(), sick, WELL]
    played = play("mrs_cluster", {**CREATION, "wait_for": "components"}, script)
    assert [action["action"] for action in played.result["actions"]] == ["create"]
    stages = [
        stage["name"]
        for stage in played.result["stages"]
        if stage["subject"].startswith("the components")
    ]
    assert stages == [
        "none is listed yet",
        "1 of 2 are not healthy: Role1 is BAD on node-1",
        "all are healthy",
    ]


def test_components_that_stay_bad_are_named_at_the_end_of_the_time() -> None:
    sick = nodes(*(node(number, "BAD") for number in range(5)))
    played = play_failing(
        "mrs_cluster", {**COMPONENTS, "wait_timeout": 3}, [lists(cluster()), *[sick] * 3]
    )
    told = (
        "5 of 5 are not healthy: Role0 is BAD on node-0, Role0 is BAD on node-1, Role0 is BAD on "
        "node-2, ..."
    )
    assert told in played.result["msg"]


def test_a_cloud_that_does_not_tell_of_components_is_an_error() -> None:
    refused = nodes(reply=refusal("APIGW.0101", "The API does not exist.", 404))
    played = play_failing("mrs_cluster", COMPONENTS, [lists(cluster()), refused])
    assert "Cannot list the nodes of cluster etl" in played.result["msg"]


def test_a_job_comes_after_that() -> None:
    there = cluster(clusterVersion="MRS 3.2.0-LTS.2")
    script = [lists(there), lists_v2(job_v2()), WELL, lists_v2(job_v2())]
    played = play("mrs_cluster", {**COMPONENTS, "job": JOB_OPTIONS}, script)
    assert (played.result["changed"], played.result["api"]) == (False, "v2")


@pytest.mark.parametrize("given", [{}, {"wait": False}])
def test_else_nothing_more_is_looked_at(given: Json) -> None:
    assert len(play("mrs_cluster", {"name": "etl", **given}, [lists(cluster())]).http.sent) == 1


def test_it_cannot_be_waited_for_without_a_wait() -> None:
    played = play_failing("mrs_cluster", {**MANAGER, "wait": False}, [])
    assert played.result["msg"] == "wait_for: with wait: false nothing is waited for"


def test_in_check_mode_nothing_is_waited_for() -> None:
    assert (
        play("mrs_cluster", COMPONENTS, [lists(cluster())], check_mode=True).result["changed"]
        is False
    )
