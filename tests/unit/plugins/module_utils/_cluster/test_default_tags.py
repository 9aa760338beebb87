# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The default tags of nodes are switched: on the simulator, and by a script (service_v2 12)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    DISKS,
    PROJECT,
    Json,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    lists,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    ANY,
    Answer,
    Exchange,
    play,
    play_failing,
)

ON: Json = {"action": "switch_default_tags", "enabled": True}
OFF: Json = {**ON, "enabled": False}
WANTED: Json = {
    **CREATION,
    "node_groups": [{**group, **DISKS} for group in CREATION["node_groups"]],
    "admin_password": "Canary-Admin-1",
    "default_tags": True,
}
LOSSES = ["cut_after", "status_after", "garbage"]


def done(result: Json) -> list[Json]:
    assert "failed" not in result, result["msg"]
    return t.cast("list[Json]", result["actions"])


class TestOnTheSimulator:
    def test_a_new_cluster_gets_them_and_keeps_them(self) -> None:
        cloud = Cloud()
        told = cloud.run("mrs_cluster", check_mode=True, **WANTED)
        created = cloud.run("mrs_cluster", **WANTED)
        assert done(told) == done(created) == [{"action": "create", "cluster": "etl"}, ON]
        assert told["diff"] == created["diff"]
        assert created["diff"]["after"]["default_tags"] is True
        assert created["warnings"] == []
        for check_mode in (True, False):
            assert done(cloud.run("mrs_cluster", check_mode=check_mode, **WANTED)) == []
        assert cloud.asked("POST", "tags/switch") == 1

    def test_they_are_taken_away_and_left_alone_where_nobody_asks(self) -> None:
        cloud = Cloud()
        cloud.run("mrs_cluster", **WANTED)
        assert done(cloud.run("mrs_cluster", **{**WANTED, "default_tags": None})) == []
        taken = cloud.run("mrs_cluster", name="etl", default_tags=False)
        assert done(taken) == [OFF]
        assert (
            taken["diff"]["before"]["default_tags"],
            taken["diff"]["after"]["default_tags"],
        ) == (
            True,
            False,
        )
        assert done(cloud.run("mrs_cluster", name="etl", default_tags=False)) == []

    @pytest.mark.parametrize("loss", LOSSES)
    def test_a_lost_answer_switches_them_once(self, loss: str) -> None:
        cloud = Cloud()
        cloud.run("mrs_cluster", **{**WANTED, "default_tags": None})
        cloud.lose_answer("POST", "tags/switch", loss)
        assert done(cloud.run("mrs_cluster", name="etl", default_tags=True)) == [ON]
        assert done(cloud.run("mrs_cluster", name="etl", default_tags=True)) == []

    def test_a_switch_that_fails_is_an_error(self) -> None:
        cloud = Cloud()
        cloud.run("mrs_cluster", **{**WANTED, "default_tags": None})
        cloud.simulator.world.settings.patch({"next_tag_switch": "failed"})
        result = cloud.run("mrs_cluster", name="etl", default_tags=True)
        assert "could not be switched on (status failed)" in result["msg"]
        assert done(cloud.run("mrs_cluster", name="etl", default_tags=True)) == [ON]

    def test_without_wait_a_new_cluster_gets_them_in_a_later_run(self) -> None:
        cloud = Cloud()
        created = cloud.run("mrs_cluster", **WANTED, wait=False)
        assert [action["action"] for action in done(created)] == ["create"]
        assert any("default tags were not compared" in each for each in created["warnings"])
        assert done(cloud.run("mrs_cluster", **WANTED)) == [ON]

    def test_a_check_says_that_they_are_not_known_before_the_cluster_runs(self) -> None:
        cloud = Cloud()
        cloud.run("mrs_cluster", **{**WANTED, "default_tags": None, "wait": False})
        told = cloud.run("mrs_cluster", check_mode=True, **WANTED)
        assert (done(told), told["warnings"]) == (
            [],
            [
                "It is not known whether the default tags would be switched. A run without check "
                "mode waits for the cluster and then compares them."
            ],
        )
        run = cloud.run("mrs_cluster", **WANTED)
        assert (done(run), run["warnings"]) == ([ON], [])

    def test_without_wait_they_are_asked_for(self) -> None:
        cloud = Cloud()
        cloud.run("mrs_cluster", **{**WANTED, "default_tags": None})
        given = {"name": "etl", "default_tags": True, "tags": {"team": "x"}, "wait": False}
        actions = [action["action"] for action in done(cloud.run("mrs_cluster", **given))]
        assert sorted(actions) == ["change_tags", "switch_default_tags"]
        assert done(cloud.run("mrs_cluster", name="etl", default_tags=True)) == []

    def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so(self) -> None:
        cloud = Cloud(serve_unpublished=False)
        cloud.run("mrs_cluster", **{**WANTED, "default_tags": None})
        result = cloud.run("mrs_cluster", name="etl", default_tags=True)
        assert result["msg"].startswith("Cannot read the default tags of cluster etl")
        assert result["msg"].endswith("Open Telekom Cloud does not publish it.")


PATH = f"/v2/{PROJECT}/clusters/{CLUSTER}/tags"
GIVEN: Json = {"name": "etl", "default_tags": True}


def tags(enabled: t.Any, status: str = "succeed") -> Exchange:
    body = {"status": status, "default_tags_enable": enabled}
    return Exchange("GET", f"{PATH}/status", Answer(200, body))


def switches(reply: t.Any = None) -> Exchange:
    return Exchange("POST", f"{PATH}/switch", reply or Answer(202), {}, {"action": "create"})


class TestScripted:
    @pytest.mark.parametrize("enabled", [True, "true"])
    def test_the_flag_may_be_a_text(self, enabled: t.Any) -> None:
        script = [lists(cluster()), tags(enabled)]
        assert play("mrs_cluster", GIVEN, script).result["changed"] is False

    def test_a_status_of_before_is_not_taken_for_the_end(self) -> None:
        script = [
            *(lists(cluster()), *[tags(False, "failed")] * 2, switches(), tags(False, "failed")),
            *(tags(False, "processing"), tags(True), lists(cluster()), tags(True)),
        ]
        assert play("mrs_cluster", GIVEN, script).result["actions"] == [ON]

    @pytest.mark.parametrize("how", ["connection lost", "read timed out", "502 with a page"])
    def test_an_answer_lost_after_the_service_acted_is_no_failure(self, how: str) -> None:
        given = {**GIVEN, "api_retries": 0}
        script = [
            *(lists(cluster()), tags(False), tags(False), switches(LOST[how])),
            tags(False, "processing"),
            *(tags(True), lists(cluster()), tags(True)),
        ]
        assert play("mrs_cluster", given, script).result["actions"] == [ON]

    def test_a_full_quota_is_told_with_the_words_of_the_service(self) -> None:
        refused = switches(refusal("MRS.00000000", "The quota of tags is used up."))
        script = [lists(cluster()), tags(False), tags(False), refused]
        result = play_failing("mrs_cluster", GIVEN, script).result
        assert "The quota of tags is used up" in result["msg"]
        assert result["changed"] is False

    def test_nonsense_is_not_taken_for_a_state(self) -> None:
        given = {**GIVEN, "api_retries": 0}
        script = [lists(cluster()), Exchange("GET", f"{PATH}/status", Answer(200, {}), ANY)]
        assert "makes no sense" in play_failing("mrs_cluster", given, script).result["msg"]
