# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The policy of a node group is kept: by a script, and on the simulator (service_v2 7)."""

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
    GONE,
    LOST,
    lists,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.modules.test_modules import (
    CLUSTER as CREATION,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    ANY,
    Answer,
    Exchange,
    play,
    play_failing,
)
from mrs_simulator.control.faults import make_rule
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

MODULE = "mrs_auto_scaling_policy"
PATH = f"/v2/{PROJECT}/autoscaling-policy/{CLUSTER}"
FOUND = lists(cluster(task=1))
TASK = "task_node_analysis_group"
PLAIN: Json = {"auto_scaling_enable": False, "min_capacity": 1, "max_capacity": 6}
GIVEN: Json = {"cluster": "etl", "node_group": TASK, "policy": PLAIN}
ABSENT: Json = {"cluster": "etl", "node_group": TASK, "state": "absent"}
SENT: Json = {**PLAIN, "resources_plans": [], "rules": []}
SHOWN: Json = {**SENT, "tags": {}, "exec_scripts": []}
SET = {"action": "set_auto_scaling_policy", "group": TASK, "resource_pool": "default"}
GONE_AWAY = {**SET, "action": "delete_auto_scaling_policy"}
ALL_LOST = pytest.mark.parametrize(
    "how", ["connection lost", "read timed out", "502 with a page", "504 with nothing"]
)


def item(group: str = TASK, pool: str = "default", **changes: t.Any) -> Json:
    policy = {**PLAIN, **changes}
    return {
        "node_group_name": group,
        "resource_pool_name": pool,
        "auto_scaling_policy": policy,
    }


def shows(*items: Json) -> Exchange:
    return Exchange("GET", PATH, Answer(200, list(items)))


def asks(method: str, reply: t.Any = None, pool: str = "default", **changes: t.Any) -> Exchange:
    body = {"node_group_name": TASK, "resource_pool_name": pool}
    if method != "DELETE":
        body["auto_scaling_policy"] = {**SENT, **changes}
    return Exchange(method, PATH, reply or Answer(200), {}, body)


class TestPresent:
    def test_a_group_without_a_policy_gets_one(self) -> None:
        played = play(MODULE, GIVEN, [FOUND, shows(), asks("POST"), shows(item())])
        assert (played.result["changed"], played.result["actions"]) == (True, [SET])
        assert played.result["policy"] == {
            "node_group": TASK,
            "resource_pool": "default",
            "policy": SHOWN,
        }
        assert played.result["diff"] == {
            "before": {"auto_scaling_policy": None},
            "after": {"auto_scaling_policy": SHOWN},
        }
        assert played.result["api"] == "v2"

    def test_another_policy_is_overwritten(self) -> None:
        there = shows(item("core_1"), item(max_capacity=3))
        played = play(MODULE, GIVEN, [FOUND, there, asks("PUT"), shows(item())])
        assert played.result["actions"] == [SET]
        assert played.result["diff"]["before"]["auto_scaling_policy"]["max_capacity"] == 3

    @pytest.mark.parametrize("found", [[item()], {"auto_scaling_policies": [item()]}])
    def test_v9_the_same_policy_is_left_alone_in_a_list_or_in_an_object(self, found: t.Any) -> None:
        script = [FOUND, Exchange("GET", PATH, Answer(200, found))]
        played = play(MODULE, GIVEN, script)
        assert (played.result["changed"], played.result["actions"]) == (False, [])
        assert played.result["policy"]["policy"] == SHOWN

    def test_the_only_group_of_task_nodes_is_the_task_group(self) -> None:
        assert (
            play(MODULE, {**GIVEN, "node_group": "task"}, [FOUND, shows(item())]).result["changed"]
            is False
        )

    def test_a_pool_has_a_policy_of_its_own(self) -> None:
        given = {**GIVEN, "resource_pool": "night"}
        asked = asks("POST", pool="night")
        played = play(MODULE, given, [FOUND, shows(item()), asked, shows(item(pool="night"))])
        assert played.result["actions"] == [{**SET, "resource_pool": "night"}]

    def test_tags_that_are_there_stay_where_nobody_asks_for_any(self) -> None:
        tags = [{"key": "team", "value": "sensors"}]
        there, then = shows(item(max_capacity=3, tags=tags)), shows(item(tags=tags))
        played = play(MODULE, GIVEN, [FOUND, there, asks("PUT", tags=tags), then])
        assert played.result["policy"]["policy"]["tags"] == {"team": "sensors"}

    def test_what_the_info_module_returns_can_be_given(self) -> None:
        given = {**GIVEN, "policy": SHOWN}
        assert play(MODULE, given, [FOUND, shows(item())]).result["changed"] is False

    def test_in_check_mode_nothing_is_asked_for(self) -> None:
        played = play(MODULE, GIVEN, [FOUND, shows()], check_mode=True)
        assert (played.result["changed"], played.result["actions"]) == (True, [SET])
        assert played.result["policy"]["policy"] == SHOWN

    def test_in_check_mode_the_cluster_may_come_first(self) -> None:
        played = play(MODULE, GIVEN, [lists()], check_mode=True)
        assert (played.result["actions"], played.result["policy"]["policy"]) == ([SET], SHOWN)

    def test_without_wait_nobody_looks_again(self) -> None:
        given = {**GIVEN, "wait": False}
        assert play(MODULE, given, [FOUND, shows(), asks("POST")]).result["policy"] is not None

    def test_an_answer_that_is_behind_is_waited_for(self) -> None:
        script = [FOUND, shows(), asks("POST"), shows(), shows(item())]
        assert play(MODULE, GIVEN, script).result["policy"] is not None

    def test_a_service_that_makes_something_else_of_it_is_warned_of(self) -> None:
        other = shows(item(max_capacity=5))
        script = [FOUND, shows(), asks("POST"), *[other] * 2]
        [warning] = play(MODULE, {**GIVEN, "outcome_timeout": 1}, script).result["warnings"]
        assert warning.startswith("The service shows another auto scaling policy of cluster etl")

    @ALL_LOST
    def test_an_answer_lost_after_the_service_acted_is_no_failure(self, how: str) -> None:
        script = [FOUND, shows(), asks("POST", LOST[how]), shows(item()), shows(item())]
        played = play(MODULE, {**GIVEN, "api_retries": 0}, script)
        assert (played.result["changed"], played.result["actions"]) == (True, [SET])

    @ALL_LOST
    def test_so_it_is_where_the_service_says_at_the_next_attempt_that_it_is_there(
        self, how: str
    ) -> None:
        refused = asks("POST", refusal("12000002", "There is a policy already."))
        script = [FOUND, shows(), asks("POST", LOST[how]), refused, shows(item()), shows(item())]
        assert play(MODULE, GIVEN, script).result["actions"] == [SET]

    @ALL_LOST
    def test_a_lost_change_is_looked_for_too(self, how: str) -> None:
        there = shows(item(max_capacity=3))
        script = [FOUND, there, asks("PUT", LOST[how]), shows(item()), shows(item())]
        assert play(MODULE, {**GIVEN, "api_retries": 0}, script).result["actions"] == [SET]

    def test_where_somebody_else_was_faster_nothing_was_changed(self) -> None:
        refused = asks("POST", refusal("12000002", "There is a policy already."))
        script = [FOUND, shows(), refused, shows(item()), FOUND, shows(item())]
        played = play(MODULE, GIVEN, script)
        assert (played.result["changed"], played.result["actions"]) == (False, [])

    def test_somebody_who_changes_it_again_and_again_is_told_of(self) -> None:
        refused = asks("POST", refusal("12000002", "There is a policy already."))
        script = [FOUND, shows(), *[refused, shows(item()), FOUND, shows()] * 20]
        message = play_failing(MODULE, GIVEN, script).result["msg"]
        assert message == (
            f"Somebody else keeps changing the auto scaling policy of group {TASK} while this task "
            "changes it."
        )

    def test_a_refusal_is_told_with_its_reason(self) -> None:
        refused = asks("POST", refusal("12000054", "Only one group may scale by itself."))
        message = play_failing(MODULE, GIVEN, [FOUND, shows(), refused, shows()]).result["msg"]
        assert message.startswith(
            f"Cannot create the auto scaling policy of group {TASK} in pool default of etl "
            f"({CLUSTER}): Only one group may scale by itself (HTTP 400, code 12000054"
        )


class TestAbsent:
    def test_a_policy_is_taken_away(self) -> None:
        script = [FOUND, shows(item()), asks("DELETE"), shows()]
        played = play(MODULE, ABSENT, script)
        assert (played.result["actions"], played.result["policy"]) == ([GONE_AWAY], None)
        assert played.result["diff"]["after"] == {"auto_scaling_policy": None}

    @pytest.mark.parametrize("found", [shows(), shows(item("core_1")), shows(item(pool="night"))])
    def test_where_there_is_none_nothing_is_done(self, found: Exchange) -> None:
        assert play(MODULE, ABSENT, [FOUND, found]).result["changed"] is False

    def test_a_group_that_is_not_there_has_none(self) -> None:
        given = {**ABSENT, "node_group": "task_node_streaming_group"}
        assert play(MODULE, given, [FOUND, shows(item())]).result["changed"] is False

    def test_no_policy_may_be_told_by_an_error(self) -> None:
        none = Exchange("GET", PATH, refusal("MRS.00005016"))
        assert play(MODULE, ABSENT, [FOUND, none]).result["changed"] is False

    @ALL_LOST
    def test_an_answer_lost_after_the_service_acted_is_no_failure(self, how: str) -> None:
        script = [FOUND, shows(item()), asks("DELETE", LOST[how]), shows(), shows()]
        played = play(MODULE, {**ABSENT, "api_retries": 0}, script)
        assert played.result["actions"] == [GONE_AWAY]

    def test_what_is_gone_at_the_next_attempt_was_taken_away(self) -> None:
        gone = asks("DELETE", refusal("MRS.00005016"))
        script = [
            FOUND,
            shows(item()),
            asks("DELETE", LOST["502 with a page"]),
            gone,
            shows(),
            shows(),
        ]
        assert play(MODULE, ABSENT, script).result["actions"] == [GONE_AWAY]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"resource_pool": "a b"}, "resource_pool: must have 1 to 50 letters, digits, - and _"),
        (
            {"policy": {**PLAIN, "auto_scaling_enable": True}},
            "policy: a policy that is on needs resources_plans or rules",
        ),
        ({"policy": {**PLAIN, "min_capacity": 7}}, "policy: min_capacity 7 is above max_capacity"),
        ({"policy": {**PLAIN, "max_capacity": 501}}, "policy.max_capacity: must be 0 to 500"),
        (
            {
                "policy": {
                    **PLAIN,
                    "resources_plans": [
                        {
                            "start_time": "22:00",
                            "end_time": "6:00",
                            "min_capacity": 1,
                            "max_capacity": 2,
                        }
                    ],
                }
            },
            "policy: 22:00 to 6:00: a plan ends on the day on which it begins, and at least 30 ",
        ),
    ],
)
def test_bad_options_are_named_before_any_request(changes: Json, message: str) -> None:
    assert play_failing(MODULE, {**GIVEN, **changes}, []).result["msg"].startswith(message)


def test_a_group_that_is_not_there_is_named_with_those_that_are() -> None:
    message = play_failing(MODULE, {**GIVEN, "node_group": "tsk"}, [FOUND]).result["msg"]
    assert message == (
        f"node_group: cluster etl ({CLUSTER}) has no group tsk; it has core_node_analysis_group, "
        "master_node_default_group, task_node_analysis_group"
    )


@pytest.mark.parametrize("module", [MODULE, f"{MODULE}_info"])
def test_where_it_need_not_be_there_a_misspelt_one_is_a_warning(module: str) -> None:
    given = {**(ABSENT if module == MODULE else {"cluster": "etl"}), "node_group": "tsk"}
    result = play(module, given, [FOUND, shows(item())]).result
    assert (result["changed"], len(result["warnings"])) == (False, 1)
    assert result["warnings"][0].startswith(f"Cluster etl ({CLUSTER}) has no group tsk, and so no")
    policies = [FOUND, shows(item("tsk"))]
    assert play(module, given, policies, check_mode=True).result["warnings"] == []


ON: Json = {
    "auto_scaling_enable": True,
    "resources_plans": [
        {"start_time": "8:00", "end_time": "9:00", "min_capacity": 1, "max_capacity": 2}
    ],
}


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(
    ("changes", "there", "reason"),
    [
        (
            {"node_group": "core"},
            [],
            "core_node_analysis_group: in analysis clusters only task nodes can have one.",
        ),
        (
            {"resource_pool": "night"},
            [item()],
            f"{TASK}: the cluster has a policy of a whole group ({TASK}), and a cluster cannot "
            "have policies of whole groups and of resource pools together.",
        ),
        (
            {},
            [item(pool="night")],
            f"{TASK}: the cluster has a policy of a resource pool ({TASK}), and a cluster cannot "
            "have policies of whole groups and of resource pools together.",
        ),
        (
            {"policy": {**PLAIN, **ON}},
            [item("task_node_streaming_group", **ON)],
            f"{TASK}: the policy of group task_node_streaming_group is on, and only one group of "
            "a cluster can have a policy that is on.",
        ),
    ],
)
def test_what_the_service_is_to_refuse_is_warned_of(
    check_mode: bool, changes: Json, there: list[Json], reason: str
) -> None:
    refused = Exchange("POST", PATH, refusal("12000002", "No."), body=ANY)
    script = [FOUND, shows(*there)]
    given = {**GIVEN, **changes}
    if check_mode:
        result = play(MODULE, given, script, check_mode=True).result
    else:
        result = play_failing(MODULE, given, [*script, refused, shows(*there)]).result
    told = "The service will probably refuse the policy of group "
    assert result["warnings"] == [f"{told}{reason}"]


@pytest.mark.parametrize(
    "there", [[item()], [item("task_node_streaming_group")], [item(max_capacity=3, **ON)]]
)
def test_what_it_takes_is_not(there: list[Json]) -> None:
    given = {**GIVEN, "policy": {**PLAIN, **ON}}
    assert play(MODULE, given, [FOUND, shows(*there)], check_mode=True).result["warnings"] == []


def test_of_a_mixed_cluster_the_name_in_the_api_is_wanted() -> None:
    groups = [
        {"GroupName": f"core_node_{kind}_group", "NodeNum": 3} for kind in ("analysis", "streaming")
    ]
    mixed = lists(cluster(clusterType=2, nodeGroups=groups))
    message = play_failing(MODULE, {**GIVEN, "node_group": "core"}, [mixed]).result["msg"]
    assert message.endswith(
        "has no group core; it has master_node_default_group, core_node_analysis_group, "
        "core_node_streaming_group"
    )


def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so() -> None:
    refused = asks("POST", refusal("APIGW.0101", "No such API.", 404))
    message = play_failing(MODULE, GIVEN, [FOUND, shows(), refused, shows()]).result["msg"]
    assert message.endswith(
        "This cloud does not serve this call of API v2. Open Telekom Cloud does not publish it."
    )


class TestInfo:
    MODULE = "mrs_auto_scaling_policy_info"

    def test_policies_are_sorted_by_group_and_pool(self) -> None:
        found = shows(item(pool="b"), item(pool="a"), item("core_1"))
        result = play(self.MODULE, {"cluster": "etl"}, [FOUND, found]).result
        assert [(each["node_group"], each["resource_pool"]) for each in result["policies"]] == [
            ("core_1", "default"),
            (TASK, "a"),
            (TASK, "b"),
        ]
        assert result["api"] == "v2"

    @pytest.mark.parametrize("name", [TASK, "task"])
    def test_those_of_one_group(self, name: str) -> None:
        given = {"cluster": "etl", "node_group": name}
        result = play(self.MODULE, given, [FOUND, shows(item("core_1"), item())]).result
        assert [each["node_group"] for each in result["policies"]] == [TASK]

    def test_none_is_an_empty_list(self) -> None:
        none = Exchange("GET", PATH, refusal("MRS.00005016"))
        assert play(self.MODULE, {"cluster": "etl"}, [FOUND, none]).result["policies"] == []

    def test_a_cluster_that_goes_is_an_error(self) -> None:
        script = [FOUND, Exchange("GET", PATH, GONE)]
        assert play_failing(self.MODULE, {"cluster": "etl"}, script).result["error"]["code"] == (
            "12000003"
        )


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
    group = CREATION["node_groups"][1]
    groups = [*CREATION["node_groups"], {**group, "name": "task", "count": 1}]
    zone = "ae04cf9d61544df3806a3feeb401b204"
    created = runs.run(
        "mrs_cluster", **{**CREATION, "availability_zone": zone, "node_groups": groups}
    )
    assert created["rc"] == 0, created["msg"]
    return runs


STEPS: list[tuple[Json, bool]] = [
    ({"policy": PLAIN}, True),
    ({"policy": {**PLAIN, "max_capacity": 4}}, True),
    ({"state": "absent"}, True),
]


def test_create_change_and_delete_each_foretold_and_each_once(runs: ModuleRuns) -> None:
    given = {"cluster": "etl", "node_group": "task"}
    for step, _changes in STEPS:
        told = runs.run(MODULE, check_mode=True, **given, **step)
        done = runs.run(MODULE, **given, **step)
        assert (told["changed"], told["diff"], told["policy"], told["actions"]) == (
            True,
            done["diff"],
            done["policy"],
            done["actions"],
        )
        for check_mode in (True, False):
            again = runs.run(MODULE, check_mode=check_mode, **given, **step)
            assert (again["changed"], again["policy"]) == (False, done["policy"])
        listed = runs.run("mrs_auto_scaling_policy_info", cluster="etl")["policies"]
        assert listed == ([done["policy"]] if done["policy"] else [])


@pytest.mark.parametrize("kind", ["cut_after", "status_after", "garbage"])
def test_answers_lost_after_the_service_acted(
    runs: ModuleRuns, simulator: Running, kind: str
) -> None:
    given = {"cluster": "etl", "node_group": "task"}
    for (step, _changes), method in zip(STEPS, ("POST", "PUT", "DELETE"), strict=True):
        fault = {"kind": kind, "method": method, "path": "autoscaling-policy"}
        simulator.simulator.faults.rules.append(make_rule(fault))
        done = runs.run(MODULE, **given, **step)
        assert (done["rc"], done["changed"]) == (0, True)
        assert runs.run(MODULE, **given, **step)["changed"] is False
