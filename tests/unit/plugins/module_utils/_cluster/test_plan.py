# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    DifferenceError,
    OptionError,
    WaitError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.delete_plan import (
    plan_absent,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    Current,
    plan_present,
    resizes,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    JOB,
    JOB_OPTIONS,
    Json,
    a_cluster,
    an_execution,
    custom_cluster,
    wanted_cluster,
)

CREATE = {"action": "create", "cluster": "etl"}
DELETE = {"action": "delete", "cluster": "etl", "id": CLUSTER}
SUBMIT = {"action": "submit_job", "job": "wordcount"}
DAY = {
    "period_type": "daily",
    "start_time": "8:00",
    "end_time": "18:00",
    "min_capacity": 2,
    "max_capacity": 6,
}
POLICY = {
    "auto_scaling_enable": True,
    "min_capacity": 0,
    "max_capacity": 6,
    "resources_plans": [DAY],
}
OFF = {**POLICY, "auto_scaling_enable": False}


def current(
    executions: list[Json] | None = None, running: tuple[Json, ...] = (), **there: t.Any
) -> Current:
    return Current(
        Found(a_cluster(**there)),
        executions=None
        if executions is None
        else tuple(an_execution(**each) for each in executions),
        running=tuple(an_execution(**each) for each in running),
    )


def plan(there: Current, **given: t.Any) -> Plan:
    return plan_present(wanted_cluster(**given), there)


class TestAbsent:
    @pytest.mark.parametrize("state", ["failed", "terminating", "terminated"])
    def test_q4_what_goes_by_itself_needs_no_request(self, state: str) -> None:
        assert plan_absent(current(clusterState=state)).actions == []

    def test_q1_what_is_not_there_needs_no_request(self) -> None:
        past = (a_cluster(clusterState="terminated"),)
        assert plan_absent(Current(Found(None, past))).actions == []

    @pytest.mark.parametrize(
        "state", ["running", "abnormal", "starting", "scaling-out", "scaling-in", "frozen", "new"]
    )
    def test_all_others_are_deleted(self, state: str) -> None:
        made = plan_absent(current(clusterState=state))
        assert made.actions == [DELETE]
        assert made.before["name"] == "etl"
        assert made.after == {}

    def test_one_of_another_name_than_the_given_one_is_not_deleted(self) -> None:
        there = current(id="a", clusterName="prod")
        with pytest.raises(OptionError, match="is called prod, not test, so it is not deleted"):
            plan_absent(there, "test")
        assert plan_absent(there, "prod").actions == plan_absent(there).actions != []


class TestCreation:
    @pytest.mark.parametrize("found", [Found(), Found(a_cluster(clusterState="terminating"))])
    def test_what_is_not_there_or_going_is_created(self, found: Found) -> None:
        made = plan_present(wanted_cluster(**CREATION, tags={"env": "test"}), Current(found))
        assert made.actions == [CREATE]
        assert made.before == {}
        assert made.after == {
            "name": "etl",
            "node_counts": {"master": 2, "core": 3, "task": 0},
            "tags": {"env": "test"},
            "auto_scaling_policy": None,
            "api": "v1.1",
        }

    def test_its_job_is_part_of_the_creation(self) -> None:
        made = plan_present(wanted_cluster(**CREATION, job=JOB_OPTIONS), Current(Found()))
        assert made.actions == [CREATE, SUBMIT]

    def test_a_job_that_is_done_on_a_cluster_that_it_shut_down_needs_no_new_one(self) -> None:
        there = Current(Found(), finished=(an_execution(),))
        assert plan_present(wanted_cluster(**CREATION, job=JOB_OPTIONS), there).actions == []

    @pytest.mark.parametrize("recreate", ["on_failure", "on_change"])
    def test_a_failed_cluster_is_replaced_where_that_is_allowed(self, recreate: str) -> None:
        assert plan(current(clusterState="failed"), recreate=recreate).actions == [CREATE]


@pytest.mark.parametrize(
    ("there", "text"),
    [
        (
            {
                "clusterState": "failed",
                "stageDesc": "Cluster installation failed",
                "errorInfo": "(MRS.104) none left",
            },
            f"Cluster etl ({CLUSTER}) is failed (Cluster installation failed; (MRS.104) none "
            "left). The cloud has not "
            "enough resources. Choose another node_groups[].size or availability_zone. The "
            "service removes a failed "
            "cluster by itself. Remove the cause, then create it again (option recreate of "
            "mrs_cluster).",
        ),
        (
            {"clusterState": "frozen"},
            f"Cluster etl ({CLUSTER}) is frozen. The cluster is frozen because the account has "
            "unpaid bills. Pay them, then run the task again.",
        ),
    ],
)
def test_a_hopeless_cluster_is_an_error_with_the_reason_of_the_service(
    there: Json, text: str
) -> None:
    with pytest.raises(WaitError) as caught:
        plan(current(**there))
    assert str(caught.value) == text


@pytest.mark.parametrize(
    "state", ["running", "abnormal", "starting", "scaling-out", "scaling-in", "upgrading"]
)
def test_a_cluster_that_is_as_wanted_needs_nothing_in_any_state(state: str) -> None:
    made = plan(current(clusterState=state), **{**CREATION, "tags": {}})
    assert made.actions == []
    assert made.before == made.after


class TestReplacement:
    DIFFERENT: t.ClassVar = {"version": "MRS 3.3.0-LTS.1"}

    def test_values_are_told_as_a_playbook_spells_them(self) -> None:
        with pytest.raises(
            DifferenceError, match=r'safe_mode: wanted true, found false; .*\["Flink"\]'
        ):
            plan(current(), safe_mode=True, components=["Flink"])

    @pytest.mark.parametrize("recreate", ["never", "on_failure"])
    def test_a_difference_is_an_error_that_names_field_wanted_and_found(
        self, recreate: str
    ) -> None:
        with pytest.raises(DifferenceError) as caught:
            plan(current(), recreate=recreate, version="MRS 3.3.0-LTS.1", vpc_name="vpc-2")
        assert str(caught.value) == (
            f"Cluster etl ({CLUSTER}) differs in what the service cannot change in place: "
            "version: wanted MRS "
            "3.3.0-LTS.1, found MRS 2.1.0; vpc_name: wanted vpc-2, found vpc-data. Nothing was "
            "changed. Set the options to what was found, or set recreate: on_change to delete the "
            "cluster and create it again."
        )
        assert caught.value.facts == {
            "differences": [
                {"field": "version", "wanted": "MRS 3.3.0-LTS.1", "found": "MRS 2.1.0"},
                {"field": "vpc_name", "wanted": "vpc-2", "found": "vpc-data"},
            ]
        }

    def test_on_change_deletes_and_creates(self) -> None:
        made = plan(
            current(), **{**CREATION, **self.DIFFERENT, "recreate": "on_change", "job": JOB_OPTIONS}
        )
        assert made.actions == [DELETE, CREATE, SUBMIT]

    def test_no_cluster_is_replaced_while_a_job_runs_on_it(self) -> None:
        there = current(running=({"job_state": 2},))
        with pytest.raises(DifferenceError) as caught:
            plan(there, **{**CREATION, **self.DIFFERENT, "recreate": "on_change"})
        assert str(caught.value).endswith(
            f"It is not recreated while jobs run on it: wordcount ({JOB})."
        )


class TestResizes:
    @pytest.mark.parametrize(
        ("there", "wanted", "steps"),
        [
            ({}, [{"name": "core", "count": 5}], [("core", 3, 5)]),
            ({}, [{"name": "core", "count": 3}], []),
            ({}, [{"name": "core"}], []),
            ({"task": 2}, [{"name": "task", "count": 0}], [("task", 2, 0)]),
            ({"task": 2}, [], []),
            (
                {"task": 2},
                [{"name": "core", "count": 2}, {"name": "task", "count": 4}],
                [("task", 2, 4), ("core", 3, 2)],
            ),
            ({"task": 2, "policy": POLICY}, [{"name": "task", "count": 4}], []),
            ({"task": 2, "policy": OFF}, [{"name": "task", "count": 4}], [("task", 2, 4)]),
            ({"task": 2}, [{"name": "task", "count": 4, "auto_scaling_policy": POLICY}], []),
            (
                {"task": 2},
                [{"name": "task", "count": 4, "auto_scaling_policy": OFF}],
                [("task", 2, 4)],
            ),
        ],
    )
    def test_only_groups_that_do_not_scale_themselves_are_brought_to_their_count(
        self, there: Json, wanted: list[Json], steps: list[tuple[str, int, int]]
    ) -> None:
        found = resizes(wanted_cluster(node_groups=wanted), a_cluster(**there))
        assert [(step.group, step.before, step.after) for step in found] == steps

    def test_scale_false_leaves_all_counts_alone(self) -> None:
        assert (
            resizes(
                wanted_cluster(scale=False, node_groups=[{"name": "core", "count": 9}]), a_cluster()
            )
            == []
        )

    def test_the_first_task_nodes_bring_their_size_and_data_volumes(self) -> None:
        task = {
            "name": "task",
            "count": 1,
            "size": "c6.large",
            "root_volume_size": 480,
            "data_volume_type": "SAS",
            "data_volume_size": 100,
            "data_volume_count": 1,
        }
        (step,) = resizes(wanted_cluster(node_groups=[task]), a_cluster())
        assert step.task_node == {
            "node_size": "c6.large",
            "data_volume_type": "SAS",
            "data_volume_size": 100,
            "data_volume_count": 1,
        }

    def test_the_first_task_nodes_without_a_size_are_refused(self) -> None:
        with pytest.raises(OptionError) as caught:
            resizes(wanted_cluster(node_groups=[{"name": "task", "count": 1}]), a_cluster())
        assert caught.value.option == "node_groups[task].size"

    def test_the_diff_shows_the_counts(self) -> None:
        made = plan(current(), node_groups=[{"name": "core", "count": 5}])
        assert made.actions == [{"action": "scale_out", "group": "core", "from": 3, "to": 5}]
        assert made.before["node_counts"] == {"master": 2, "core": 3, "task": 0}
        assert made.after["node_counts"] == {"master": 2, "core": 5, "task": 0}


class TestGroupsWithNamesOfTheirOwn:
    CUSTOM = Found(Cluster.of(custom_cluster(data=3, edge=1)))

    def test_a_group_is_compared_with_the_one_of_its_name(self) -> None:
        desired = wanted_cluster(node_groups=[{"name": "core_data", "size": "c6.large"}])
        with pytest.raises(DifferenceError) as caught:
            plan_present(desired, Current(self.CUSTOM))
        assert caught.value.facts["differences"] == [
            {
                "field": "node_groups[core_data].size",
                "wanted": "c6.large",
                "found": "c6.4xlarge.4.linux.mrs",
            }
        ]

    def test_a_group_that_is_not_there_is_a_difference(self) -> None:
        desired = wanted_cluster(node_groups=[{"name": "core", "count": 3}])
        with pytest.raises(DifferenceError) as caught:
            plan_present(desired, Current(self.CUSTOM))
        assert caught.value.facts["differences"] == [
            {
                "field": "node_groups",
                "wanted": ["core"],
                "found": ["core_data", "edge", "master"],
            }
        ]

    def test_each_group_is_brought_to_its_count(self) -> None:
        desired = wanted_cluster(
            node_groups=[{"name": "core_data", "count": 2}, {"name": "edge", "count": 2}]
        )
        plan = plan_present(desired, Current(self.CUSTOM))
        assert plan.actions == [
            {"action": "scale_out", "group": "edge", "from": 1, "to": 2},
            {"action": "scale_in", "group": "core_data", "from": 3, "to": 2},
        ]
        assert plan.after["node_counts"] == {"master": 3, "core_data": 2, "edge": 2}


class TestTags:
    @pytest.mark.parametrize(
        ("wanted", "purge", "actions"),
        [
            (None, True, []),
            ({"env": "test", "team": "data"}, True, []),
            ({"env": "test"}, False, []),
            ({}, False, []),
            ({"env": "test"}, True, [{"action": "change_tags", "set": {}, "remove": ["team"]}]),
            ({}, True, [{"action": "change_tags", "set": {}, "remove": ["env", "team"]}]),
            (
                {"env": "prod"},
                False,
                [{"action": "change_tags", "set": {"env": "prod"}, "remove": []}],
            ),
            (
                {"cost": 1},
                True,
                [{"action": "change_tags", "set": {"cost": "1"}, "remove": ["env", "team"]}],
            ),
        ],
    )
    def test_only_the_difference_is_changed(
        self, wanted: Json | None, purge: bool, actions: list[Json]
    ) -> None:
        made = plan(current(tags="env=test,team=data"), tags=wanted, purge_tags=purge)
        assert made.actions == actions

    def test_the_diff_shows_the_tags(self) -> None:
        made = plan(current(tags="env=test,team=data"), tags={"env": "prod", "cost": "1"})
        assert made.before["tags"] == {"env": "test", "team": "data"}
        assert made.after["tags"] == {"cost": "1", "env": "prod"}


RULE = {
    "name": "grow",
    "adjustment_type": "scale_out",
    "cool_down_minutes": 20,
    "scaling_adjustment": 1,
    "trigger": {"metric_name": "YARNAppPending", "metric_value": "25", "evaluation_periods": 2},
}
TOLD = {
    "autoScalingEnable": "true",
    "minCapacity": "0",
    "maxCapacity": 6,
    "resourcesPlans": [DAY],
    "rules": [
        {**RULE, "description": "", "trigger": {**RULE["trigger"], "metric_value": 25.0, "more": 1}}
    ],
    "tags": None,
}


class TestPolicies:
    @pytest.mark.parametrize(
        ("there", "wanted", "is_set"),
        [
            (None, None, False),
            (None, POLICY, True),
            (POLICY, None, False),
            (POLICY, POLICY, False),
            (POLICY, OFF, True),
            (POLICY, {**POLICY, "max_capacity": 7}, True),
            (TOLD, {**POLICY, "rules": [RULE]}, False),
            (TOLD, {**POLICY, "rules": []}, True),
            (TOLD, {**POLICY, "rules": [{**RULE, "name": "shrink"}]}, True),
            (TOLD, {**POLICY, "rules": [{**RULE, "cool_down_minutes": 21}]}, True),
            (POLICY, {**POLICY, "rules": []}, False),
            (POLICY, {**POLICY, "rules": [RULE]}, True),
        ],
    )
    def test_a_policy_is_set_where_something_that_is_wanted_is_not_there(
        self, there: Json | None, wanted: Json | None, is_set: bool
    ) -> None:
        made = plan(
            current(task=1, policy=there),
            node_groups=[{"name": "task", "auto_scaling_policy": wanted}],
        )
        assert made.actions == (
            [{"action": "set_auto_scaling_policy", "group": "task"}] if is_set else []
        )

    def test_a_policy_of_a_result_is_the_same_and_is_not_sent(self) -> None:
        script = {
            "name": "db",
            "uri": "/db.sh",
            "nodes": ["task"],
            "parameters": "--password Canary-1",
            "action_stage": "before_scale_out",
            "fail_action": "continue",
        }
        there = current(task=1, policy={**OFF, "exec_scripts": [script]})
        assert there.found.cluster
        groups = there.found.cluster.result()["node_groups"]
        task = next(group for group in groups if group["name"] == "task")
        assert "Canary-1" not in str(groups)
        assert plan(there, node_groups=[task]).actions == []
        task["auto_scaling_policy"]["max_capacity"] = 7
        with pytest.raises(OptionError, match=r"exec_scripts\[db\].parameters: results show \*"):
            plan(there, node_groups=[task])

    def test_the_diff_shows_the_policy(self) -> None:
        made = plan(
            current(task=1, policy=OFF),
            node_groups=[{"name": "task", "auto_scaling_policy": POLICY}],
        )
        assert (made.before["auto_scaling_policy"], made.after["auto_scaling_policy"]) == (
            OFF,
            POLICY,
        )


class TestJobs:
    @pytest.mark.parametrize(
        ("executions", "actions"),
        [
            (None, []),
            ([], [SUBMIT]),
            ([{}], []),
            ([{"job_state": 2}], []),
            ([{"job_final_status": 1}], [SUBMIT]),
        ],
    )
    def test_a_job_is_submitted_where_none_stands_for_it(
        self, executions: list[Json] | None, actions: list[Json]
    ) -> None:
        made = plan(current(executions), job=JOB_OPTIONS)
        assert made.actions == actions


def test_a_plan_has_all_changes_in_the_order_in_which_they_are_made() -> None:
    task = {"name": "task", "auto_scaling_policy": OFF}
    made = plan(
        current([], task=2, policy=POLICY),
        node_groups=[{"name": "core", "count": 5}, task],
        tags={"env": "test"},
        job=JOB_OPTIONS,
    )
    assert [action["action"] for action in made.actions] == [
        "set_auto_scaling_policy",
        "scale_out",
        "change_tags",
        "submit_job",
    ]
    assert made.after["job_executions"] == ["wordcount"]
