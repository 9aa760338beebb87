# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mappings of agencies are kept: by a script, and on the simulator (service_v2 10)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    PROJECT,
    Json,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    lists,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.modules.test_modules import (
    CLUSTER as CREATION,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)
from mrs_simulator.control.faults import make_rule
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

MODULE = "mrs_agency_mapping"
PATH = f"/v2/{PROJECT}/clusters/{CLUSTER}/agency-mapping"
FOUND = lists(cluster())
READ: Json = {
    "agency": "read",
    "agency_id": "id-r",
    "identifier_type": "Group",
    "identifiers": ["analysts", "guests"],
}
WRITE: Json = {
    "agency": "write",
    "agency_id": "id-w",
    "identifier_type": "User",
    "identifiers": ["robot"],
}
GIVEN: Json = {"cluster": "etl", "mappings": [WRITE, READ]}
NONE: Json = {"cluster": "etl", "mappings": []}
SET: Json = {"action": "set_agency_mappings", "added": [READ, WRITE], "removed": []}
SUCCEEDED = Answer(200, {"result": "succeeded"})
BUSY = refusal("MRS.0206", "A mapping is being updated.", 500)
ALL_LOST = pytest.mark.parametrize(
    "how", ["connection lost", "read timed out", "502 with a page", "504 with nothing"]
)


def shows(*items: Json) -> Exchange:
    return Exchange("GET", PATH, Answer(200, {"agency_mappings": list(items)}))


def sets(*items: Json, reply: t.Any = SUCCEEDED) -> Exchange:
    return Exchange("PUT", PATH, reply, {}, {"agency_mappings": list(items)})


def test_another_list_is_replaced_and_what_is_lost_is_shown() -> None:
    guests = {**READ, "identifiers": ["guests"]}
    script = [FOUND, shows(guests, WRITE), sets(READ, WRITE), shows(WRITE, READ)]
    played = play(MODULE, GIVEN, script)
    assert played.result["actions"] == [{**SET, "added": [READ], "removed": [guests]}]
    assert played.result["diff"] == {
        "before": {"mappings": [guests, WRITE]},
        "after": {"mappings": [READ, WRITE]},
    }
    assert (played.result["mappings"], played.result["api"]) == ([READ, WRITE], "v2")


def test_the_order_of_mappings_and_names_says_nothing() -> None:
    there = shows(
        {**READ, "identifiers": ["guests", "analysts"], "identifier_type": "GROUP"}, WRITE
    )
    played = play(MODULE, GIVEN, [FOUND, there])
    assert (played.result["changed"], played.result["mappings"]) == (False, [READ, WRITE])


def test_an_empty_list_takes_all_away() -> None:
    played = play(MODULE, NONE, [FOUND, shows(READ), sets(), shows()])
    assert played.result["actions"] == [{**SET, "added": [], "removed": [READ]}]
    assert played.result["mappings"] == []


def test_in_check_mode_nothing_is_asked_for() -> None:
    played = play(MODULE, GIVEN, [FOUND, shows()], check_mode=True)
    assert (played.result["actions"], played.result["mappings"]) == ([SET], [READ, WRITE])


def test_in_check_mode_the_cluster_may_come_first() -> None:
    assert play(MODULE, GIVEN, [lists()], check_mode=True).result["actions"] == [SET]


def test_without_wait_nobody_looks_again() -> None:
    script = [FOUND, shows(), sets(READ, WRITE)]
    assert play(MODULE, {**GIVEN, "wait": False}, script).result["mappings"] == [READ, WRITE]


def test_another_change_that_is_going_on_is_waited_for() -> None:
    busy = sets(READ, WRITE, reply=BUSY)
    script = [FOUND, shows(), busy, busy, sets(READ, WRITE), shows(READ, WRITE)]
    played = play(MODULE, GIVEN, script)
    assert played.result["actions"] == [SET]
    assert "another change is going on" in [stage["name"] for stage in played.result["stages"]]


def test_so_it_is_not_without_wait() -> None:
    script = [FOUND, shows(), sets(READ, WRITE, reply=BUSY), reads(cluster())]
    result = play_failing(MODULE, {**GIVEN, "wait": False}, script).result
    assert result["error"]["code"] == "MRS.0206"


def test_an_answer_that_says_no_is_a_refusal() -> None:
    refused = sets(READ, WRITE, reply=Answer(200, {"result": "failed"}))
    result = play_failing(MODULE, GIVEN, [FOUND, shows(), refused]).result
    assert result["msg"].startswith("Cannot set the agency mappings of cluster etl")


@ALL_LOST
def test_an_answer_lost_after_the_service_acted_is_no_failure(how: str) -> None:
    lost = sets(READ, WRITE, reply=LOST[how])
    script = [FOUND, shows(), lost, shows(), shows(READ, WRITE), shows(READ, WRITE)]
    played = play(MODULE, {**GIVEN, "api_retries": 0}, script)
    assert (played.result["changed"], played.result["actions"]) == (True, [SET])


def test_where_nothing_shows_that_is_told() -> None:
    lost = sets(READ, WRITE, reply=LOST["502 with a page"])
    given = {**GIVEN, "api_retries": 0, "outcome_timeout": 1}
    script = [FOUND, shows(), lost, shows(), shows(), lost, shows(), shows()]
    result = play_failing(MODULE, given, script).result
    assert result["msg"].startswith("It is not known whether the service did set the agency")


def test_a_refusal_after_a_lost_answer_does_not_deny_what_may_be_done() -> None:
    lost = sets(READ, WRITE, reply=LOST["connection lost"])
    refused = sets(READ, WRITE, reply=Answer(200, {"result": "failed"}))
    given = {**GIVEN, "outcome_timeout": 1}
    script = [FOUND, shows(), lost, refused, shows(), shows(), refused, shows(), shows()]
    result = play_failing(MODULE, given, script).result
    assert result["msg"].startswith("It is not known whether the service did set the agency")


def test_a_list_that_is_as_before_is_waited_for_beyond_the_time_for_looking() -> None:
    given = {**GIVEN, "outcome_timeout": 1}
    script = [FOUND, shows(), sets(READ, WRITE), *[shows()] * 4, shows(READ, WRITE)]
    played = play(MODULE, given, script)
    assert (played.result["mappings"], played.result["warnings"]) == ([READ, WRITE], [])


def test_a_list_that_stays_as_before_is_a_time_out() -> None:
    given = {**GIVEN, "wait_timeout": 3}
    script = [FOUND, shows(), sets(READ, WRITE), *[shows()] * 3]
    result = play_failing(MODULE, given, script).result
    assert "the agency mappings of cluster etl" in result["msg"]
    assert result["msg"].startswith("Waited 3 s for")
    assert (result["changed"], result["actions"]) == (True, [SET])


def test_a_service_that_makes_something_else_of_it_is_warned_of() -> None:
    script = [FOUND, shows(), sets(READ, WRITE), shows(), shows(READ), shows(READ)]
    [warning] = play(MODULE, {**GIVEN, "outcome_timeout": 1}, script).result["warnings"]
    assert warning.startswith("The service shows other agency mappings of cluster etl")


@pytest.mark.parametrize(
    ("mappings", "message"),
    [
        ([{**READ, "identifiers": []}], "mappings[0].identifiers: name the users or groups"),
        ([WRITE, READ, WRITE], "mappings[2]: write is given twice with identifier_type User"),
    ],
)
def test_bad_options_are_named_before_any_request(mappings: list[Json], message: str) -> None:
    result = play_failing(MODULE, {"cluster": "etl", "mappings": mappings}, []).result
    assert result["msg"].startswith(message)


@pytest.mark.parametrize(("module", "given"), [(MODULE, GIVEN), (f"{MODULE}_info", NONE)])
def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so(module: str, given: Json) -> None:
    options = {key: value for key, value in given.items() if value}
    script = [FOUND, Exchange("GET", PATH, refusal("APIGW.0101", "No such API.", 404))]
    assert (
        play_failing(module, options, script)
        .result["msg"]
        .endswith(
            "This cloud does not serve this call of API v2. Open Telekom Cloud does not publish it."
        )
    )


@pytest.mark.parametrize(
    "item", [{**READ, "identifiers": "analysts"}, {**READ, "agency": ""}, "none"]
)
def test_nonsense_is_not_taken_for_a_mapping(item: t.Any) -> None:
    given = {"cluster": "etl", "api_retries": 0}
    message = play_failing(f"{MODULE}_info", given, [FOUND, shows(item)]).result["msg"]
    assert "makes no sense" in message


def test_the_twin_lists_them() -> None:
    result = play(f"{MODULE}_info", {"cluster": "etl"}, [FOUND, shows(WRITE, READ)]).result
    assert (result["mappings"], result["api"]) == ([READ, WRITE], "v2")


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
    zone = "ae04cf9d61544df3806a3feeb401b204"
    created = runs.run("mrs_cluster", **{**CREATION, "availability_zone": zone})
    assert created["rc"] == 0, created["msg"]
    return runs


STEPS = [[READ], [WRITE, READ], []]


def test_set_change_and_clear_each_foretold_and_each_once(runs: ModuleRuns) -> None:
    for step in STEPS:
        given = {"cluster": "etl", "mappings": step}
        told = runs.run(MODULE, check_mode=True, **given)
        done = runs.run(MODULE, **given)
        assert (told["changed"], told["diff"], told["mappings"]) == (
            True,
            done["diff"],
            done["mappings"],
        )
        for check_mode in (True, False):
            assert runs.run(MODULE, check_mode=check_mode, **given)["changed"] is False
        listed = runs.run("mrs_agency_mapping_info", cluster="etl")["mappings"]
        assert listed == done["mappings"] == sorted(step, key=lambda each: str(each["agency"]))


@pytest.mark.parametrize("kind", ["cut_after", "status_after", "garbage"])
def test_answers_lost_after_the_service_acted(
    runs: ModuleRuns, simulator: Running, kind: str
) -> None:
    for step in STEPS:
        fault = {"kind": kind, "method": "PUT", "path": "agency-mapping"}
        simulator.simulator.faults.rules.append(make_rule(fault))
        done = runs.run(MODULE, cluster="etl", mappings=step)
        assert (done["rc"], done["changed"]) == (0, True)
        assert runs.run(MODULE, cluster="etl", mappings=step)["changed"] is False
