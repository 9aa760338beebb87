# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections to databases are kept: by a script, and on the simulator (service_v2 11)."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import PROJECT, Json
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import LOST, refusal
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)
from mrs_simulator.control.faults import make_rule
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

MODULE = "mrs_data_connection"
PATH = f"/v2/{PROJECT}/data-connectors"
ID, OTHER = "7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f", "8d2e3f4a-5b6c-4d7e-9f80-a1b2c3d4e5f6"
PASSWORD = 'Canary-"Store\\7'
GIVEN: Json = {
    "name": "hive",
    "source_type": "RDS_MYSQL",
    "database": "meta",
    "username": "hive",
    "password": PASSWORD,
    "rds_instance_id": "rds-1",
}
ALWAYS: Json = {**GIVEN, "update_password": "always"}
ABSENT: Json = {"name": "hive", "state": "absent"}
SHOWN: Json = {
    "id": ID,
    "name": "hive",
    "source_type": "RDS_MYSQL",
    "database": "meta",
    "username": "hive",
    "rds_instance_id": "rds-1",
    "available": True,
    "used_clusters": ["a", "b"],
    "created_by": "robot",
    "created_at": "2024-03-27T11:51:58Z",
    "updated_at": "2024-03-27T11:51:58Z",
}
VIEW: Json = {
    field: SHOWN[field]
    for field in ("name", "source_type", "database", "username", "rds_instance_id")
}
CREATED = {"action": "create_data_connection", "name": "hive"}
DELETED = {"action": "delete_data_connection", "name": "hive"}
ALL_LOST = pytest.mark.parametrize(
    "how", ["connection lost", "read timed out", "502 with a page", "504 with nothing"]
)


def item(identity: str = ID, changed: int = 1711540318000, **source: t.Any) -> Json:
    info = {"db_name": "meta", "user_name": "hive", "rds_instance_id": "rds-1", **source}
    return {
        "connector_id": identity,
        "connector_name": info.pop("name", "hive"),
        "source_type": "RDS_MYSQL",
        "source_info": json.dumps(info),
        "create_time": 1711540318000,
        "last_update_time": changed,
        "create_user": "robot",
        "status": 0,
        "used_clusters": "b,a",
    }


def lists(*items: Json) -> Exchange:
    answer = {"total_count": len(items), "data_connectors": list(items)}
    return Exchange("GET", PATH, Answer(200, answer), {"limit": "100", "offset": "0"})


def body(**changes: str) -> Json:
    source = {
        "db_name": "meta",
        "user_name": "hive",
        "password": PASSWORD,
        "rds_instance_id": "rds-1",
        **changes,
    }
    name = source.pop("name", "hive")
    return {
        "data_connector": {
            "connector_name": name,
            "source_type": "RDS_MYSQL",
            "source_info": json.dumps(source),
        }
    }


def creates(reply: t.Any = None) -> Exchange:
    return Exchange("POST", PATH, reply or Answer(201, {"connector_id": ID}), {}, body())


def changes(reply: t.Any = None, **changed: str) -> Exchange:
    accepted = Answer(200, {"result": "succeeded"})
    return Exchange("PUT", f"{PATH}/{ID}", reply or accepted, {}, body(**changed))


def deletes(reply: t.Any = None) -> Exchange:
    return Exchange("DELETE", f"{PATH}/{ID}", reply or Answer(204), {})


class TestCreation:
    def test_one_that_is_not_there_is_created_and_shown_without_its_password(self) -> None:
        script = [lists(), lists(), creates(), lists(item()), lists(item())]
        played = play(MODULE, GIVEN, script)
        assert (played.result["changed"], played.result["actions"]) == (True, [CREATED])
        assert (played.result["connection"], played.result["api"]) == (SHOWN, "v2")
        assert played.result["diff"] == {"before": {}, "after": VIEW}
        assert "Canary" not in json.dumps(played.result)

    def test_the_same_is_left_alone_whatever_its_password_is(self) -> None:
        given = {**GIVEN, "password": "Another-7"}
        played = play(MODULE, given, [lists(item())])
        assert (played.result["changed"], played.result["connection"]) == (False, SHOWN)

    def test_a_password_that_the_service_tells_is_not_shown(self) -> None:
        played = play(MODULE, {**GIVEN, "password": None}, [lists(item(password="Canary-7"))])
        assert "Canary" not in json.dumps(played.result)

    def test_in_check_mode_it_is_foretold_without_an_id(self) -> None:
        played = play(MODULE, GIVEN, [lists()], check_mode=True)
        assert played.result["connection"] == {
            **dict.fromkeys(SHOWN),
            **VIEW,
            "used_clusters": [],
        }
        assert (played.result["changed"], played.result["actions"]) == (True, [CREATED])

    def test_without_wait_it_is_looked_for_all_the_same(self) -> None:
        """A run that does not see it would make another one."""
        script = [lists(), lists(), creates(), lists(), lists(item()), lists(item())]
        assert play(MODULE, {**GIVEN, "wait": False}, script).result["connection"] == SHOWN

    @ALL_LOST
    def test_an_answer_lost_after_the_service_acted_makes_no_second_one(self, how: str) -> None:
        script = [lists(), lists(), creates(LOST[how]), *[lists(item())] * 3]
        played = play(MODULE, GIVEN, script)
        assert (played.result["changed"], played.result["actions"]) == (True, [CREATED])

    def test_where_nothing_shows_nothing_is_sent_again(self) -> None:
        script = [lists(), lists(), creates(LOST["502 with a page"]), lists(), lists()]
        played = play_failing(MODULE, {**GIVEN, "outcome_timeout": 1}, script)
        assert (
            "It is not known whether the service did create data connection hive"
            in (played.result["msg"])
        )
        assert "Canary" not in json.dumps(played.result)

    def test_somebody_else_may_have_created_it_in_the_meantime(self) -> None:
        script = [lists(), lists(item()), lists(item())]
        assert play(MODULE, GIVEN, script).result["changed"] is False

    def test_two_that_came_at_the_same_moment_are_an_error_that_names_both(self) -> None:
        both = lists(item(), item(OTHER))
        script = [lists(), lists(), creates(), lists(item()), both]
        played = play_failing(MODULE, GIVEN, script)
        assert played.result["msg"].startswith(
            f"Several data connections are named hive: {ID}, {OTHER}."
        )
        assert played.result["changed"] is True

    def test_a_refusal_repeats_no_password(self) -> None:
        said = f"Wrong source_info {body()['data_connector']['source_info']} of {PASSWORD}"
        script = [lists(), lists(), creates(refusal("MRS.0010", said))]
        result = play_failing(MODULE, GIVEN, script).result
        assert result["error"]["code"] == "MRS.0010"
        for spelt in ("Canary", "Store"):
            assert spelt not in json.dumps(result)

    def test_a_no_to_the_repetition_does_not_deny_what_the_lost_request_may_have_done(self) -> None:
        old, lost = lists(item(db_name="old")), changes(LOST["connection lost"])
        refused = changes(Answer(200, {"result": "failed"}))
        script = [old, lost, refused, old, old, refused, old, old]
        result = play_failing(MODULE, {**GIVEN, "outcome_timeout": 1}, script).result
        assert result["msg"].startswith("It is not known whether the service did change data")

    def test_a_password_is_needed(self) -> None:
        result = play_failing(MODULE, {**GIVEN, "password": None}, [lists()]).result
        assert result["msg"].startswith("password: it is needed to create data connection hive,")


class TestChange:
    def test_what_differs_is_overwritten(self) -> None:
        old = item(db_name="old", name="hive", changed=1)
        played = play(MODULE, GIVEN, [lists(old), changes(), lists(item())])
        assert played.result["actions"] == [
            {"action": "change_data_connection", "name": "hive", "fields": ["database"]}
        ]
        assert played.result["diff"] == {
            "before": {**VIEW, "database": "old"},
            "after": {**VIEW, "password": "set anew"},
        }
        assert played.result["connection"] == SHOWN

    def test_by_its_id_it_gets_another_name(self) -> None:
        given = {**GIVEN, "id": ID}
        both = lists(item(name="old"), item(OTHER, name="old"))
        played = play(MODULE, given, [both, changes(), lists(item())])
        assert played.result["actions"][0]["fields"] == ["name"]

    def test_the_password_is_sent_each_time_where_that_is_asked_for(self) -> None:
        then = lists(item(changed=1711540319000))
        played = play(MODULE, ALWAYS, [lists(item()), changes(), then])
        assert played.result["actions"][0]["fields"] == ["password"]
        assert played.result["diff"]["after"] == {**VIEW, "password": "set anew"}

    def test_a_password_that_is_sent_each_time_is_needed_each_time(self) -> None:
        result = play_failing(MODULE, {**ALWAYS, "password": None}, []).result
        assert result["msg"] == "password: it is needed with update_password: always"

    def test_what_the_service_does_not_tell_is_no_difference(self) -> None:
        there = {**item(), "source_info": None}
        assert play(MODULE, GIVEN, [lists(there)]).result["changed"] is False

    @ALL_LOST
    def test_an_answer_lost_after_the_service_acted_is_no_failure(self, how: str) -> None:
        given = {**GIVEN, "api_retries": 0}
        script = [lists(item(db_name="old")), changes(LOST[how]), lists(item()), lists(item())]
        assert play(MODULE, given, script).result["changed"] is True

    @ALL_LOST
    def test_a_lost_password_shows_by_the_time_of_the_last_change(self, how: str) -> None:
        given = {**ALWAYS, "api_retries": 0}
        then = lists(item(changed=1711540319000))
        script = [lists(item()), changes(LOST[how]), then, then]
        assert play(MODULE, given, script).result["actions"][0]["fields"] == ["password"]

    def test_an_answer_that_says_no_is_a_refusal(self) -> None:
        refused = changes(Answer(200, {"result": "failed"}))
        result = play_failing(MODULE, GIVEN, [lists(item(db_name="old")), refused]).result
        assert result["msg"].startswith(f"Cannot change data connection hive ({ID}): failed")

    def test_a_password_is_needed(self) -> None:
        given = {**GIVEN, "password": None}
        result = play_failing(MODULE, given, [lists(item(db_name="old"))]).result
        assert result["msg"].startswith("password: it is needed to change data connection hive,")

    def test_a_service_that_makes_something_else_of_it_is_warned_of(self) -> None:
        other = lists(item(db_name="old"))
        script = [other, changes(), other, other]
        [warning] = play(MODULE, {**GIVEN, "outcome_timeout": 1}, script).result["warnings"]
        assert warning.startswith("The service shows another data connection hive than the one")


class TestDeletion:
    def test_one_that_is_there_is_deleted(self) -> None:
        played = play(MODULE, ABSENT, [lists(item()), deletes(), lists()])
        assert (played.result["actions"], played.result["connection"]) == ([DELETED], None)
        assert played.result["diff"] == {"before": VIEW, "after": {}}

    def test_one_of_another_name_than_the_given_one_stays(self) -> None:
        result = play_failing(MODULE, {**ABSENT, "id": ID}, [lists(item(name="prod"))]).result
        assert f"data connection {ID} is called prod, not hive" in result["msg"]

    def test_where_there_is_none_nothing_is_done(self) -> None:
        played = play(MODULE, ABSENT, [lists(item(name="other"))])
        assert (played.result["changed"], played.result["connection"]) == (False, None)

    def test_without_wait_nobody_looks_again(self) -> None:
        given = {**ABSENT, "wait": False}
        assert play(MODULE, given, [lists(item()), deletes()]).result["connection"] is None

    def test_in_check_mode_it_stays(self) -> None:
        played = play(MODULE, ABSENT, [lists(item())], check_mode=True)
        assert (played.result["actions"], played.result["connection"]) == ([DELETED], None)

    @ALL_LOST
    def test_an_answer_lost_after_the_service_acted_is_no_failure(self, how: str) -> None:
        given = {**ABSENT, "api_retries": 0}
        script = [lists(item()), deletes(LOST[how]), lists(), lists()]
        assert play(MODULE, given, script).result["actions"] == [DELETED]

    def test_where_somebody_else_was_faster_nothing_was_changed(self) -> None:
        gone = deletes(refusal("MRS.0010", "There is no such data connection."))
        script = [lists(item()), gone, lists(), lists()]
        assert play(MODULE, ABSENT, script).result["changed"] is False

    def test_one_that_clusters_use_stays_with_the_reason_of_the_service(self) -> None:
        refused = deletes(refusal("MRS.0010", "Clusters use it."))
        result = play_failing(MODULE, ABSENT, [lists(item()), refused, lists(item())]).result
        assert result["msg"].startswith(f"Cannot delete data connection hive ({ID}): Clusters use")


class TestAmbiguous:
    @pytest.mark.parametrize("given", [GIVEN, ABSENT])
    def test_several_of_one_name_are_an_error_that_lists_their_ids(self, given: Json) -> None:
        result = play_failing(MODULE, given, [lists(item(OTHER), item())]).result
        assert result["msg"] == (
            f"Several data connections are named hive: {ID}, {OTHER}. Set the option id to the id "
            "of the one that you mean. To delete one that is not needed, use state: absent with "
            "its id."
        )

    def test_by_an_id_that_is_not_there_nothing_is_created(self) -> None:
        result = play_failing(MODULE, {**GIVEN, "id": OTHER}, [lists(item())]).result
        assert result["msg"].startswith(f"There is no data connection with the id {OTHER}")


def test_a_name_that_is_too_long_is_refused_before_any_request() -> None:
    result = play_failing(MODULE, {**GIVEN, "name": "a" * 65}, []).result
    assert result["msg"] == "name: must have 1 to 64 characters"


@pytest.mark.parametrize(("module", "given"), [(MODULE, GIVEN), ("mrs_data_connection_info", {})])
def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so(module: str, given: Json) -> None:
    script = [Exchange("GET", PATH, refusal("APIGW.0101", "No such API.", 404))]
    assert (
        play_failing(module, given, script)
        .result["msg"]
        .endswith(
            "This cloud does not serve this call of API v2. Open Telekom Cloud does not publish it."
        )
    )


@pytest.mark.parametrize("info", ["not JSON", "[]", 7])
def test_a_source_that_cannot_be_read_is_an_error_that_tells_nothing_of_it(info: t.Any) -> None:
    broken = {**item(), "source_info": info}
    given = {**GIVEN, "api_retries": 0}
    message = play_failing(MODULE, given, [lists(broken)]).result["msg"]
    assert "source_info is not a JSON object in a text" in message


class TestInfo:
    MODULE = "mrs_data_connection_info"

    def test_they_are_sorted_by_name(self) -> None:
        found = lists(item(), item(OTHER, name="alpha"))
        result = play(self.MODULE, {}, [found]).result
        assert [each["name"] for each in result["connections"]] == ["alpha", "hive"]
        assert (result["connections"][1], result["api"]) == (SHOWN, "v2")

    @pytest.mark.parametrize(
        ("given", "ids"),
        [
            ({"name": "hive"}, [ID]),
            ({"id": OTHER}, [OTHER]),
            ({"source_type": "rds_mysql"}, [OTHER, ID]),
            ({"source_type": "RDS_POSTGRES"}, []),
        ],
    )
    def test_filters(self, given: Json, ids: list[str]) -> None:
        found = lists(item(), item(OTHER, name="alpha"))
        result = play(self.MODULE, given, [found]).result
        assert [each["id"] for each in result["connections"]] == ids

    def test_all_pages_are_read_by_the_number_of_items_before_them(self) -> None:
        items = [item(f"id-{number:03}") for number in range(101)]
        pages = [
            Exchange(
                "GET",
                PATH,
                Answer(200, {"total_count": 101, "data_connectors": items[offset : offset + 100]}),
                {"limit": "100", "offset": str(offset)},
            )
            for offset in (0, 100)
        ]
        assert len(play(self.MODULE, {}, pages).result["connections"]) == 101


@pytest.fixture(name="simulator", scope="module")
def _simulator() -> t.Iterator[Running]:
    with serve(Settings(speed=0, flavor="hwc")) as running:
        yield running


@pytest.fixture(name="runs")
def _runs(
    simulator: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> ModuleRuns:
    monkeypatch.setattr(Clock, "sleep", lambda clock, seconds: None)
    simulator.simulator.reset()
    runs = ModuleRuns(capsys, monkeypatch)
    known = simulator.connection
    named = ("auth_url", "username", "password", "user_domain_name", "project_id")
    runs.shared = {"auth": {name: known[name] for name in named}, "region_name": known["region"]}
    return runs


STEPS: list[tuple[str, Json]] = [
    ("POST", GIVEN),
    ("PUT", {**GIVEN, "database": "other"}),
    ("DELETE", ABSENT),
]


def test_create_change_and_delete_each_foretold_and_each_once(runs: ModuleRuns) -> None:
    shown = []
    for _method, step in STEPS:
        told = runs.run(MODULE, check_mode=True, **step)
        done = runs.run(MODULE, **step)
        assert (told["changed"], told["diff"], told["actions"]) == (
            True,
            done["diff"],
            done["actions"],
        )
        for check_mode in (True, False):
            again = runs.run(MODULE, check_mode=check_mode, **step)
            assert (again["changed"], again["connection"]) == (False, done["connection"])
        listed = runs.run("mrs_data_connection_info", name="hive")["connections"]
        assert listed == ([done["connection"]] if done["connection"] else [])
        shown += [told, done]
    assert "Canary" not in json.dumps([shown, runs.logged])


@pytest.mark.parametrize("kind", ["cut_after", "status_after", "garbage"])
def test_answers_lost_after_the_service_acted(
    runs: ModuleRuns, simulator: Running, kind: str
) -> None:
    for method, step in STEPS:
        fault = {"kind": kind, "method": method, "path": "data-connectors"}
        simulator.simulator.faults.rules.append(make_rule(fault))
        done = runs.run(MODULE, **step)
        assert (done["rc"], done["changed"]) == (0, True)
        assert runs.run(MODULE, **step)["changed"] is False
    assert "Canary" not in json.dumps(simulator.simulator.log.entries, default=list)


def test_the_simulator_keeps_no_password(runs: ModuleRuns, simulator: Running) -> None:
    assert runs.run(MODULE, **GIVEN)["changed"] is True
    kept = simulator.simulator.world.store.document()
    assert "Canary" not in json.dumps(kept)


class TestDeliveries:
    """A request may come late, or twice."""

    @pytest.fixture(name="cloud")
    def _cloud(self) -> Cloud:
        return Cloud()

    def deliver(self, cloud: Cloud, kind: str, seconds: float) -> None:
        rule = {"kind": kind, "method": "POST", "path": "connectors$", "seconds": seconds}
        cloud.simulator.faults.rules.append(make_rule(rule))

    @pytest.mark.parametrize("wait", [True, False])
    def test_lists_that_are_behind_make_no_second_one(self, wait: bool) -> None:
        cloud = Cloud(stale={"connections": 8.0})
        assert cloud.run(MODULE, **GIVEN, wait=wait)["actions"] == [CREATED]
        assert cloud.run(MODULE, **GIVEN, wait=wait)["changed"] is False
        assert self.number(cloud) == 1

    def number(self, cloud: Cloud) -> int:
        cloud.simulator.world.clock.advance(400)
        return len(cloud.run("mrs_data_connection_info")["connections"])

    def test_one_that_comes_while_it_is_looked_for_is_the_one(self, cloud: Cloud) -> None:
        self.deliver(cloud, "late", 20)
        assert cloud.run(MODULE, **GIVEN)["actions"] == [CREATED]
        assert self.number(cloud) == 1

    def test_the_next_run_looks_for_one_that_is_still_on_its_way(self, cloud: Cloud) -> None:
        self.deliver(cloud, "late", 70)
        assert cloud.run(MODULE, **GIVEN)["failed"] is True
        assert cloud.run(MODULE, **GIVEN)["changed"] is False
        assert self.number(cloud) == 1

    def test_one_that_comes_twice_is_told_by_the_next_run(self, cloud: Cloud) -> None:
        self.deliver(cloud, "twice", 20)
        assert cloud.run(MODULE, **GIVEN)["actions"] == [CREATED]
        assert self.number(cloud) == 2
        result = cloud.run(MODULE, **GIVEN)
        assert result["msg"].startswith("Several data connections are named hive: ")
