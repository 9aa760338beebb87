# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits of auto scaling policies and of scripts, and what their fields mean together.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import is_masked
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.limits import (
    BY_ROLE,
    MOST_NODES,
    NAME,
    Given,
    Length,
    Limit,
    Range,
    Spelling,
    Word,
    check_unique,
)

#: Minutes that a plan of an auto scaling policy lasts at least.
SHORTEST_PLAN = 30

_SCRIPT_NAME = Spelling(
    r"(?! )[A-Za-z0-9 _-]{1,64}",
    "must have 1 to 64 letters, digits, blanks, - and _, and begin with no blank",
)

_SCRIPT_URI = Spelling(
    r"\w+://.+|/.*\.sh",
    "must be an OBS path, or a path on the nodes that starts with / and ends with .sh",
)

_KIND_OF_NODE = Spelling(
    r"(?i)(master|core|task)(_node_[a-z]+_group)?", "must be master, core or task"
)

_FAIL_ACTION = Word(("continue", "errorout"))


def of_policy(where: str) -> tuple[Limit, ...]:
    """What is said of an auto scaling policy (service_v1 8.2), for the option C(where)."""
    return (
        Limit(f"{where}.min_capacity", Range(0, MOST_NODES)),
        Limit(f"{where}.max_capacity", Range(0, MOST_NODES)),
        Limit(f"{where}.resources_plans[].period_type", Word(("daily",))),
        Limit(
            f"{where}.resources_plans[].start_time",
            Spelling(r"([01]?\d|2[0-3]):[0-5]\d", "must be hour:minute such as 8:30; quote it"),
        ),
        Limit(
            f"{where}.resources_plans[].end_time",
            Spelling(r"([01]?\d|2[0-3]):[0-5]\d", "must be hour:minute such as 8:30; quote it"),
        ),
        Limit(f"{where}.resources_plans[].min_capacity", Range(0, MOST_NODES)),
        Limit(f"{where}.resources_plans[].max_capacity", Range(0, MOST_NODES)),
        Limit(
            f"{where}.rules[].name",
            Spelling(NAME, "must have 1 to 64 letters, digits, - and _"),
        ),
        Limit(f"{where}.rules[].description", Length(0, 1024)),
        Limit(f"{where}.rules[].adjustment_type", Word(("scale_out", "scale_in"))),
        Limit(f"{where}.rules[].cool_down_minutes", Range(0, 10080)),
        Limit(f"{where}.rules[].scaling_adjustment", Range(1, 100)),
        Limit(f"{where}.rules[].trigger.metric_name", Length(1, 64)),
        Limit(
            f"{where}.rules[].trigger.metric_value",
            Spelling(r"-?\d+(\.\d{1,2})?", "must be a number with at most two decimals"),
        ),
        Limit(f"{where}.rules[].trigger.comparison_operator", Word(("LT", "GT", "LTOE", "GTOE"))),
        Limit(f"{where}.rules[].trigger.evaluation_periods", Range(1, 288)),
    )


def scripts_of_policy(where: str) -> tuple[Limit, ...]:
    """The limits of the scripts of an auto scaling policy.

    Only creations and API v1.1 take scripts.
    """
    return (
        Limit(f"{where}.exec_scripts[].name", _SCRIPT_NAME),
        Limit(f"{where}.exec_scripts[].uri", _SCRIPT_URI),
        Limit(f"{where}.exec_scripts[].nodes[]", _KIND_OF_NODE, types=BY_ROLE),
        Limit(
            f"{where}.exec_scripts[].action_stage",
            Word(("before_scale_out", "before_scale_in", "after_scale_out", "after_scale_in")),
        ),
        Limit(f"{where}.exec_scripts[].fail_action", _FAIL_ACTION),
    )


#: Options of a cluster (service_v1 3.8, 8.2).
OF_CLUSTER = (
    *of_policy("node_groups[].auto_scaling_policy"),
    *scripts_of_policy("node_groups[].auto_scaling_policy"),
    Limit("bootstrap_scripts[].name", _SCRIPT_NAME),
    Limit("bootstrap_scripts[].uri", _SCRIPT_URI),
    Limit("bootstrap_scripts[].nodes[]", _KIND_OF_NODE, types=BY_ROLE),
    Limit("bootstrap_scripts[].fail_action", _FAIL_ACTION),
    Limit(
        "bootstrap_scripts[].action_stages[]",
        Word(
            (
                *(
                    "BEFORE_COMPONENT_FIRST_START",
                    "AFTER_COMPONENT_FIRST_START",
                    "BEFORE_SCALE_IN",
                    "AFTER_SCALE_IN",
                ),
                *("BEFORE_SCALE_OUT", "AFTER_SCALE_OUT"),
            )
        ),
    ),
)


def check_policy(policy: Given, where: str) -> None:
    """What the fields of an auto scaling policy mean together (service_v1 8.2).

    :raises OptionError: the service refuses it.
    """
    plans, rules, scripts = (
        policy.get(part) or [] for part in ("resources_plans", "rules", "exec_scripts")
    )
    if policy["auto_scaling_enable"] and not plans and not rules:
        raise OptionError(where, "a policy that is on needs resources_plans or rules")
    _check_capacity(policy, where)
    for plan in plans:
        _check_plan(plan, where)
    check_unique("name", rules, f"{where}.rules")
    check_unique("name", scripts, f"{where}.exec_scripts")
    for script in scripts:
        if script["action_stage"] == "after_scale_in" and script["fail_action"] != "continue":
            raise OptionError(
                f"{where}.exec_scripts", "fail_action must be continue for after_scale_in"
            )


def check_not_masked(scripts: t.Iterable[Given] | None, where: str) -> None:
    """:raises OptionError: the parameters of one are those of a result, which shows no secrets."""
    for script in scripts or ():
        if is_masked(script.get("parameters") or ""):
            raise OptionError(
                f"{where}[{script['name']}].parameters",
                "results show * in place of a secret; give the secret itself",
            )


def _check_plan(plan: Given, where: str) -> None:
    _check_capacity(plan, where)
    begin, end = plan["start_time"], plan["end_time"]
    if _minutes(end) - _minutes(begin) < SHORTEST_PLAN:
        raise OptionError(
            where,
            f"{begin} to {end}: a plan ends on the day on which it begins, and at least "
            f"{SHORTEST_PLAN} minutes later",
        )


def _check_capacity(bounds: Given, where: str) -> None:
    least, most = bounds["min_capacity"], bounds["max_capacity"]
    if least > most:
        raise OptionError(where, f"min_capacity {least} is above max_capacity {most}")


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return 60 * int(hours) + int(minutes)
