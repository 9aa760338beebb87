# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy_plan import (
    SetPolicy,
    covers,
    is_policy_met,
    policies_view,
    policy_change,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    Json,
    a_cluster,
    custom_cluster,
    group,
    wanted_cluster,
)

MORNING: Json = {
    "period_type": "daily",
    "start_time": "08:00",
    "end_time": "12:00",
    "min_capacity": 1,
    "max_capacity": 5,
}
EVENING: Json = {**MORNING, "start_time": "18:00", "end_time": "20:00", "max_capacity": 4}
WANTED: Json = {
    "auto_scaling_enable": True,
    "min_capacity": 1,
    "max_capacity": 6,
    "resources_plans": [EVENING, MORNING],
}
#: As an answer has it: numbers as texts, the plans in the order of their hours, and more.
THERE: Json = {
    "auto_scaling_enable": "true",
    "min_capacity": "1",
    "max_capacity": "6",
    "resources_plans": [
        {**MORNING, "effective_days": ["MONDAY"]},
        EVENING,
    ],
    "rules": [
        {
            "name": "more",
            "adjustment_type": "scale_out",
            "cool_down_minutes": 5,
            "scaling_adjustment": 1,
            "trigger": {"metric_name": "YARNAppPending", "metric_value": "200"},
        }
    ],
    "tags": [{"key": "team", "value": "sensors"}],
}
SCRIPT: Json = {
    "name": "announce",
    "uri": "obs://etl/announce.sh",
    "nodes": ["master_node_default_group"],
    "action_stage": "before_scale_out",
    "active_master": False,
    "fail_action": "continue",
}


class TestIsPolicyMet:
    def test_order_days_tags_and_what_is_not_given_make_no_difference(self) -> None:
        assert is_policy_met(WANTED, THERE)

    @pytest.mark.parametrize(
        "other",
        [
            {"max_capacity": 7},
            {"max_capacity": 5},
            {"auto_scaling_enable": False},
            {"resources_plans": [MORNING]},
            {"resources_plans": [EVENING, {**MORNING, "max_capacity": 4}]},
            {"rules": []},
        ],
    )
    def test_another_policy_is_not_there(self, other: Json) -> None:
        assert not is_policy_met({**WANTED, **other}, THERE)

    def test_what_cannot_be_read_is_not_there(self) -> None:
        assert not is_policy_met(WANTED, {**THERE, "auto_scaling_enable": "perhaps"})

    @pytest.mark.parametrize(
        ("uri", "is_met"), [("obs://etl/announce.sh", True), ("obs://etl/other.sh", False)]
    )
    def test_scripts_are_compared_too(self, uri: str, is_met: bool) -> None:
        there = {**THERE, "exec_scripts": [{**SCRIPT, "uri": uri}]}
        assert is_policy_met({**WANTED, "exec_scripts": [SCRIPT]}, there) is is_met


@pytest.mark.parametrize(
    ("wanted", "there", "covered"),
    [
        ([1, 2], [1], False),
        ([1], [1, 2], False),
        ([1], ["1"], True),
        (True, "true", True),
        (True, "false", False),
        ("name", "Name", False),
        ("name", "name", True),
        (5, "5.0", True),
    ],
)
def test_a_value_is_compared_by_what_it_says(wanted: t.Any, there: t.Any, covered: bool) -> None:
    assert covers(wanted, there) is covered


def on_custom(*wanted: Json, **policies: Json) -> list[SetPolicy]:
    """What is set where the groups have these policies."""
    return policy_change(wanted_cluster(node_groups=[*wanted]), custom(**policies))


def custom(**policies: Json) -> Cluster:
    """A custom cluster whose groups have these policies."""
    groups = [
        group(name, 3, AutoScalingPolicy=policies.get(name))
        for name in ("core_data", "edge", "master_node_default_group")
    ]
    return Cluster.of(custom_cluster(nodeGroups=groups))


class TestGroupsWithNamesOfTheirOwn:
    EDGE: t.ClassVar[Json] = {"name": "edge", "auto_scaling_policy": WANTED}

    @pytest.mark.parametrize(("other", "name"), [("core_data", "edge"), ("edge", "core_data")])
    def test_a_group_beside_one_without_policy_gets_its_own(self, other: str, name: str) -> None:
        change = SetPolicy(WANTED, name, "v2", is_new=True)
        assert on_custom({"name": other}, {**self.EDGE, "name": name}) == [change]

    @pytest.mark.parametrize(("met", "name"), [("core_data", "edge"), ("edge", "core_data")])
    def test_one_that_is_met_is_not_set(self, met: str, name: str) -> None:
        wanted = [{**self.EDGE, "name": each} for each in (met, name)]
        assert [each.group for each in on_custom(*wanted, **{met: THERE})] == [name]

    @pytest.mark.parametrize("given", [{}, {"exec_scripts": [SCRIPT]}])
    def test_another_one_is_set_and_its_scripts_stay(self, given: Json) -> None:
        there = {**THERE, "max_capacity": 7, "exec_scripts": [SCRIPT]}
        wanted = {**WANTED, **given}
        assert on_custom({"name": "edge", "auto_scaling_policy": wanted}, edge=there) == [
            SetPolicy(wanted, "edge", "v2", is_new=False)
        ]

    def test_other_scripts_are_an_error(self) -> None:
        wanted = {**WANTED, "exec_scripts": [{**SCRIPT, "name": "other"}]}
        there = {**THERE, "exec_scripts": [SCRIPT]}
        with pytest.raises(OptionError) as caught:
            on_custom({"name": "edge", "auto_scaling_policy": wanted}, edge=there)
        assert str(caught.value).startswith("node_groups[edge].auto_scaling_policy.exec_scripts: ")

    def test_the_diff_has_all_groups(self) -> None:
        view = policies_view(custom(edge=THERE))["auto_scaling_policies"]
        assert {name: bool(policy) for name, policy in view.items()} == {
            "core_data": False,
            "edge": True,
            "master": False,
        }


class TestTaskNodes:
    def test_their_policy_is_set_by_api_v1(self) -> None:
        desired = wanted_cluster(node_groups=[{"name": "task", "auto_scaling_policy": WANTED}])
        changes = policy_change(desired, a_cluster(task=2))
        assert changes == [SetPolicy(WANTED, "task", "v1.1", is_new=False)]

    def test_none_is_wanted(self) -> None:
        desired = wanted_cluster(node_groups=[{"name": "task", "count": 2}])
        assert policy_change(desired, a_cluster()) == []

    def test_the_diff_has_it_without_their_group(self) -> None:
        assert policies_view(a_cluster(task=2)) == {}
