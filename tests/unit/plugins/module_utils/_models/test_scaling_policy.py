# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Auto scaling policies in one form, whoever wrote them (service_v2 7)."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
    PolicyOfGroup,
    ScalingPolicy,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json

PLAN: Json = {
    "period_type": "daily",
    "start_time": "8:00",
    "end_time": "18:30",
    "min_capacity": 2,
    "max_capacity": 6,
    "effective_days": ["MONDAY", "FRIDAY"],
}
RULE: Json = {
    "name": "grow",
    "description": None,
    "adjustment_type": "scale_out",
    "cool_down_minutes": 20,
    "scaling_adjustment": 1,
    "trigger": {
        "metric_name": "YARNAppPending",
        "metric_value": "5",
        "comparison_operator": "GT",
        "evaluation_periods": 2,
    },
}
POLICY: Json = {
    "auto_scaling_enable": True,
    "min_capacity": 1,
    "max_capacity": 6,
    "resources_plans": [PLAN],
    "rules": [RULE],
    "tags": {"team": "sensors"},
    "exec_scripts": [],
}


def test_what_it_shows_is_what_the_option_takes() -> None:
    assert ScalingPolicy.of(POLICY).result() == POLICY


def test_a_request_says_what_is_empty_and_leaves_out_what_is_not_given() -> None:
    plan = {**PLAN, "effective_days": []}
    policy = {**POLICY, "resources_plans": [plan], "tags": None}
    sent = ScalingPolicy.of(policy).body()
    assert sent == {
        "auto_scaling_enable": True,
        "min_capacity": 1,
        "max_capacity": 6,
        "resources_plans": [
            {
                "period_type": "daily",
                "start_time": "8:00",
                "end_time": "18:30",
                "min_capacity": 2,
                "max_capacity": 6,
            }
        ],
        "rules": [
            {
                "name": "grow",
                "adjustment_type": "scale_out",
                "cool_down_minutes": 20,
                "scaling_adjustment": 1,
                "trigger": RULE["trigger"],
            }
        ],
    }
    assert ScalingPolicy.of(POLICY).body()["tags"] == [{"key": "team", "value": "sensors"}]


@pytest.mark.parametrize(
    "changes",
    [
        {"min_capacity": "1", "auto_scaling_enable": "true"},
        {"resources_plans": [{**PLAN, "start_time": "08:00", "min_capacity": "2"}]},
        {"resources_plans": [{**PLAN, "effective_days": ["friday", "MONDAY"]}]},
        {"rules": [{**RULE, "trigger": {**RULE["trigger"], "metric_value": 5.0}}]},
        {"rules": [{**RULE, "description": ""}]},
        {"tags": [{"key": "team", "value": "sensors"}]},
        {"exec_scripts": [{"name": "announce"}]},
    ],
)
def test_other_spellings_and_scripts_are_no_difference(changes: Json) -> None:
    assert ScalingPolicy.of(POLICY).is_met_by(ScalingPolicy.of({**POLICY, **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"auto_scaling_enable": False},
        {"max_capacity": 7},
        {"resources_plans": []},
        {"resources_plans": [PLAN, {**PLAN, "start_time": "19:00", "end_time": "20:00"}]},
        {"resources_plans": [{**PLAN, "effective_days": []}]},
        {"rules": None},
        {"rules": [{**RULE, "trigger": {**RULE["trigger"], "metric_value": "5.5"}}]},
        {"tags": {}},
    ],
)
def test_what_the_service_would_do_differently_is_a_difference(changes: Json) -> None:
    assert not ScalingPolicy.of(POLICY).is_met_by(ScalingPolicy.of({**POLICY, **changes}))


def test_tags_that_nobody_asks_for_and_the_order_of_plans_do_not_matter() -> None:
    late = {**PLAN, "start_time": "19:00", "end_time": "20:00"}
    wanted = ScalingPolicy.of({**POLICY, "tags": None, "resources_plans": [late, PLAN]})
    assert wanted.is_met_by(ScalingPolicy.of({**POLICY, "resources_plans": [PLAN, late]}))


def test_all_seven_days_are_every_day() -> None:
    days = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"]
    plan = {**PLAN, "effective_days": days}
    policy = ScalingPolicy.of({**POLICY, "resources_plans": [plan]})
    assert policy.resources_plans[0]["effective_days"] == []


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"min_capacity": 1}, "auto_scaling_enable is null, not true or false"),
        ({"auto_scaling_enable": True, "min_capacity": "many"}, "min_capacity is a text, not"),
        ({"auto_scaling_enable": True, "rules": "none"}, "rules is a text, not a list"),
    ],
)
def test_nonsense_is_no_policy(policy: Json, message: str) -> None:
    with pytest.raises(NonsenseError, match=message):
        ScalingPolicy.of(policy)


def test_an_item_without_a_pool_is_about_the_whole_group() -> None:
    item = PolicyOfGroup.of({"node_group_name": "core_1", "auto_scaling_policy": POLICY})
    assert (item.node_group, item.resource_pool) == ("core_1", "default")
    assert item.result()["policy"] == POLICY


@pytest.mark.parametrize("item", [{"node_group_name": "a"}, {"auto_scaling_policy": POLICY}])
def test_an_item_without_group_or_policy_is_nonsense(item: Json) -> None:
    with pytest.raises(NonsenseError):
        PolicyOfGroup.of(item)
