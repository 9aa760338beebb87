# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Components are added once: on the simulator, and by a script (service_v2 5.3)."""

from __future__ import annotations

import json

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CUSTOM,
    PROJECT,
    Json,
    cluster,
    custom_cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    lists,
    reads,
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
from mrs_simulator.control.faults import make_rule

MODULE = "mrs_component"
PASSWORD = "Canary-Click-1"
CLICKHOUSE: Json = {
    "cluster": "lake",
    "name": "ClickHouse",
    "node_groups": [{"name": "node_group_1", "assigned_roles": ["ClickHouseServer"]}],
    "user_password": PASSWORD,
    "default_password": PASSWORD,
}
ADDED: Json = {"action": "add_components", "components": ["ClickHouse"]}
LOSSES = ["cut_after", "status_after", "truncate", "garbage", "empty"]
ADD = "/components$"


@pytest.fixture(name="cloud")
def _cloud() -> Cloud:
    cloud = Cloud()
    created = cloud.run("mrs_cluster", **CUSTOM)
    assert "failed" not in created, created["msg"]
    return cloud


def names(result: Json) -> list[str]:
    return [component["name"] for component in result["cluster"]["components"]]


class TestOnTheSimulator:
    def test_a_component_is_foretold_added_and_found(self, cloud: Cloud) -> None:
        told = cloud.run(MODULE, check_mode=True, **CLICKHOUSE)
        done = cloud.run(MODULE, **CLICKHOUSE)
        assert (told["changed"], told["actions"], told["diff"]) == (
            True,
            [ADDED],
            done["diff"],
        )
        assert (done["changed"], done["actions"], done["api"]) == (True, [ADDED], "v2")
        assert done["cluster"]["state"] == "running"
        assert "ClickHouse" in names(done)
        assert done["diff"]["after"]["components"] == names(done)
        for check_mode in (True, False):
            again = cloud.run(MODULE, check_mode=check_mode, **CLICKHOUSE)
            assert (again["changed"], again["actions"]) == (False, [])
        assert cloud.asked("POST", ADD[:-1]) == 1
        assert "Canary" not in json.dumps([told, done, cloud.simulator.log.entries], default=list)

    @pytest.mark.parametrize("loss", LOSSES)
    def test_a_lost_answer_adds_it_once(self, cloud: Cloud, loss: str) -> None:
        cloud.lose_answer("POST", ADD, loss)
        done = cloud.run(MODULE, **CLICKHOUSE)
        assert done["actions"] == [ADDED]
        assert "ClickHouse" in names(done)
        assert cloud.asked("POST", ADD[:-1]) == 1
        assert cloud.run(MODULE, **CLICKHOUSE)["changed"] is False

    @pytest.mark.parametrize(
        ("kind", "seconds", "statuses"),
        [("late", 20, [0, 200]), ("twice", 20, [200, 400]), ("late", 70, [0, 200])],
    )
    def test_a_request_that_comes_late_or_twice_adds_it_once(
        self, cloud: Cloud, kind: str, seconds: float, statuses: list[int]
    ) -> None:
        rule = {"kind": kind, "method": "POST", "path": ADD, "seconds": seconds}
        cloud.simulator.faults.rules.append(make_rule(rule))
        results = [cloud.run(MODULE, **CLICKHOUSE) for _run in range(2)]
        assert [result["changed"] for result in results] == [seconds < 60, False]
        assert "ClickHouse" in names(results[1])
        sent = [each for each in cloud.simulator.log.entries if each["path"].endswith(ADD[:-1])]
        assert [each["status"] for each in sent] == statuses

    def test_one_that_is_on_its_way_is_waited_for(self, cloud: Cloud) -> None:
        assert cloud.run(MODULE, **CLICKHOUSE, wait=False)["actions"] == [ADDED]
        again = cloud.run(MODULE, **CLICKHOUSE)
        assert (again.get("msg"), again["changed"]) == (None, False)
        assert "ClickHouse" in names(again)
        sent = [each for each in cloud.simulator.log.entries if each["path"].endswith(ADD[:-1])]
        assert [each["status"] for each in sent] == [200, 400]

    def test_a_resize_that_shows_only_by_its_end_is_waited_for(self, cloud: Cloud) -> None:
        cloud.simulator.world.settings.speed = 0.0
        cloud.simulator.world.settings.lag = 30.0
        scaled = cloud.run(
            "mrs_cluster_scale", cluster="lake", node_group="node_group_1", count=4, wait=False
        )
        assert "failed" not in scaled, scaled["msg"]
        result = cloud.run(MODULE, **CLICKHOUSE)
        assert "failed" not in result, result["msg"]
        assert result["actions"] == [ADDED]

    def test_an_installation_that_fails_is_an_error_with_the_words_of_the_service(
        self, cloud: Cloud
    ) -> None:
        cloud.simulator.world.settings.patch({"next_component": "failed"})
        result = cloud.run(MODULE, **CLICKHOUSE)
        assert result["failed"] is True
        assert "Installation failed: (MRS.104) Not enough resources" in result["msg"]
        assert "but the service did not install ClickHouse." in result["msg"]
        assert (result["changed"], result["actions"]) == (True, [ADDED])

    def test_roles_may_run_on_the_masters(self, cloud: Cloud) -> None:
        groups = [
            {"name": "master", "assigned_roles": ["FlinkServer:1,2"]},
            {"name": "node_group_1", "assigned_roles": ["FlinkResource"]},
        ]
        flink = {"cluster": "lake", "name": "Flink", "node_groups": groups}
        assert cloud.run(MODULE, **flink)["actions"][0]["components"] == ["Flink"]
        sent = [each for each in cloud.simulator.log.entries if each["path"].endswith(ADD[:-1])]
        assert [
            group["name"] for group in sent[0]["body"]["components_install_mode"][0]["node_groups"]
        ] == ["master_node_default_group", "node_group_1"]

    def test_the_service_refuses_a_component_that_its_version_does_not_have(
        self, cloud: Cloud
    ) -> None:
        result = cloud.run(MODULE, **{**CLICKHOUSE, "name": "Presto"}, validate=False)
        assert result["msg"].startswith("Cannot add Presto to cluster lake")
        assert (result["changed"], result["error"]["code"]) == (False, "12000002")

    def test_otc_does_not_publish_the_call(self, cloud: Cloud) -> None:
        cloud.simulator.world.settings.patch({"serve_unpublished": False})
        message = cloud.run(MODULE, **CLICKHOUSE)["msg"]
        assert message.endswith("Open Telekom Cloud does not publish it.")


GIVEN: Json = {
    "cluster": "etl",
    "name": "Flink",
    "node_groups": [{"name": "edge", "assigned_roles": ["FlinkResource"]}],
}
PATH = f"/v2/{PROJECT}/clusters/{CLUSTER}/components"
FLINK = {"componentName": "Flink"}
BEFORE, WORKING = custom_cluster(), custom_cluster(clusterState="starting")
AFTER = custom_cluster(componentList=[*BEFORE["componentList"], FLINK])
#: After a refusal: at once, after one second and after two more.
LOOKS = [reads(BEFORE)] * 3


def adds(reply: Answer) -> Exchange:
    return Exchange("POST", PATH, reply, {}, ANY)


class TestScripted:
    def test_its_name_is_that_of_the_service_in_any_letters(self) -> None:
        given = {**GIVEN, "name": "flink"}
        assert play(MODULE, given, [lists(AFTER)]).result["changed"] is False

    def test_in_check_mode_the_cluster_may_come_first(self) -> None:
        result = play(MODULE, GIVEN, [lists()], check_mode=True).result
        assert result["actions"] == [{"action": "add_components", "components": ["Flink"]}]
        assert result["cluster"] == {"id": None, "name": "etl"}

    def test_where_nothing_shows_it_is_not_asked_for_again(self) -> None:
        lost = adds(Answer(504))
        given = {**GIVEN, "outcome_timeout": 1}
        script = [lists(BEFORE), lost, reads(BEFORE), reads(BEFORE)]
        message = play_failing(MODULE, given, script).result["msg"]
        assert message.startswith("It is not known whether the service did add Flink to cluster")

    def test_a_busy_cluster_after_a_lost_answer_is_at_it(self) -> None:
        lost = Exchange("POST", PATH, LOST["read timed out"], {}, ANY)
        script = [lists(BEFORE), lost, reads(WORKING), reads(WORKING), reads(AFTER)]
        assert play(MODULE, GIVEN, script).result["changed"] is True

    def test_a_cluster_that_is_being_deleted_does_not_tell(self) -> None:
        leaving = reads({**BEFORE, "clusterState": "terminating"})
        lost = Exchange("POST", PATH, LOST["read timed out"], {}, ANY)
        message = play_failing(MODULE, GIVEN, [lists(BEFORE), lost, leaving]).result["msg"]
        assert message.startswith("It is not known whether the service did add Flink to cluster")

    def test_an_answer_that_is_behind_is_waited_for(self) -> None:
        script = [
            *(lists(BEFORE), adds(Answer(200, {"result": "succeeded"}))),
            *(reads(BEFORE), reads(WORKING), reads(BEFORE), reads(AFTER)),
        ]
        assert play(MODULE, GIVEN, script).result["changed"] is True

    def test_somebody_else_was_faster(self) -> None:
        refused = adds(refusal("12000002", "Flink is installed already."))
        script = [lists(BEFORE), refused, reads(AFTER), reads(AFTER)]
        assert play(MODULE, GIVEN, script).result["changed"] is False

    def test_somebody_else_was_faster_and_one_answer_is_behind(self) -> None:
        refused = adds(refusal("12000002", "Flink is installed already."))
        script = [lists(BEFORE), refused, reads(BEFORE), reads(AFTER), reads(AFTER)]
        assert play(MODULE, GIVEN, script).result["changed"] is False

    def test_a_refusal_is_the_end_when_it_does_not_show_for_three_seconds(self) -> None:
        refused = adds(refusal("12000002", "Flink does not fit."))
        played = play_failing(MODULE, GIVEN, [lists(BEFORE), refused, *LOOKS])
        assert "Flink does not fit (HTTP 400" in played.result["msg"]
        assert played.clock.sleeps == [1.0, 2.0]

    def test_a_refusal_repeats_no_password(self) -> None:
        refused = adds(refusal("12000002", f"component_user_password {PASSWORD} is weak."))
        given = {**GIVEN, "user_password": PASSWORD}
        result = play_failing(MODULE, given, [lists(BEFORE), refused, *LOOKS]).result
        assert "Canary" not in json.dumps(result)

    @pytest.mark.parametrize(
        ("there", "message"),
        [
            (cluster(), "cluster: components can be added to custom clusters only"),
            (
                custom_cluster(clusterVersion="MRS 3.1.2-LTS.1"),
                "cluster: components can be added from MRS 3.1.2 and MRS 3.1.2-LTS.2 on",
            ),
            (
                custom_cluster(clusterState="terminating"),
                f"Cluster etl ({CLUSTER}) is terminating.",
            ),
        ],
    )
    def test_a_cluster_that_takes_none_is_refused_before_the_request(
        self, there: Json, message: str
    ) -> None:
        for check_mode in (True, False):
            result = play_failing(MODULE, GIVEN, [lists(there)], check_mode=check_mode).result
            assert result["msg"].startswith(message)

    def test_a_group_that_is_not_there_is_refused_before_the_request(self) -> None:
        groups = [{"name": "egde", "assigned_roles": ["FlinkResource"]}]
        result = play_failing(MODULE, {**GIVEN, "node_groups": groups}, [lists(BEFORE)]).result
        assert result["msg"].startswith("node_groups[egde]: cluster etl (")

    @pytest.mark.parametrize("roles", [[], ["a role"]])
    def test_bad_roles_are_named_before_any_request(self, roles: list[str]) -> None:
        groups = [{"name": "edge", "assigned_roles": roles}]
        result = play_failing(MODULE, {**GIVEN, "node_groups": groups}, []).result
        assert result["msg"].startswith("node_groups[edge].assigned_roles")
