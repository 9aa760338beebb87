# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Auto scaling policies of API v2 in one form, wanted and there (service_v2 7).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import (
    mask_marked,
    mask_parameters,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, described
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import tags_in

Object = dict[str, t.Any]

#: The pool that stands for all nodes of a group.
WHOLE_GROUP = "default"
DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


class ScalingPolicy(t.NamedTuple):
    """When nodes come and go. The order of plans and rules does not matter, so they are sorted.

    C(tags): None where nobody asks for any. C(exec_scripts): only read; the calls of API v2 do not
    take them.
    """

    auto_scaling_enable: bool
    min_capacity: int
    max_capacity: int
    resources_plans: tuple[Object, ...] = ()
    rules: tuple[Object, ...] = ()
    tags: dict[str, str] | None = None
    exec_scripts: tuple[Object, ...] = ()

    def result(self) -> Object:
        """The documented form, which the option takes, too."""
        return t.cast(Object, mask_parameters(self.as_option()))

    def as_option(self) -> Object:
        """The form of the option, with all that is known: it can be compared, and is not shown."""
        found = {
            "resources_plans": list(self.resources_plans),
            "rules": list(self.rules),
            "tags": self.tags or {},
            "exec_scripts": list(self.exec_scripts),
        }
        return {**self._asdict(), **found}

    def body(self) -> Object:
        """C(auto_scaling_policy) of a request: what is empty is sent as empty."""
        body = {
            "auto_scaling_enable": self.auto_scaling_enable,
            "min_capacity": self.min_capacity,
            "max_capacity": self.max_capacity,
            "resources_plans": [_sent(plan) for plan in self.resources_plans],
            "rules": [{**_sent(rule), "trigger": _sent(rule["trigger"])} for rule in self.rules],
        }
        if self.tags is not None:
            tags = sorted(self.tags.items())
            body["tags"] = [{"key": key, "value": value} for key, value in tags]
        return body

    def is_met_by(self, there: ScalingPolicy) -> bool:
        """What is there is what is wanted, as far as a request can say it."""
        tags = there.tags if self.tags is None else self.tags
        wanted = self._replace(tags=tags or {}, exec_scripts=())
        return wanted == there._replace(tags=there.tags or {}, exec_scripts=())

    @property
    def is_only_by_v2(self) -> bool:
        """It has what API v1.1 does not take."""
        return bool(self.tags) or any(plan["effective_days"] for plan in self.resources_plans)

    def keeping(self, there: ScalingPolicy) -> ScalingPolicy:
        """With the days and the tags of the policy that is there, which not every request can say.

        A plan is the same one where its hours are the same.
        """
        days = {_hours(plan): plan["effective_days"] for plan in there.resources_plans}
        plans = tuple(
            {**plan, "effective_days": days.get(_hours(plan), [])} for plan in self.resources_plans
        )
        return self._replace(resources_plans=plans, tags=there.tags)

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any]) -> ScalingPolicy:
        """From an answer, or from an option that was checked.

        :raises NonsenseError: what decides about nodes cannot be read.
        """
        raw = Raw(answer)
        enabled = raw.flag("auto_scaling_enable")
        if enabled is None:
            problem = described(raw.get("auto_scaling_enable"))
            raise NonsenseError(f"auto_scaling_enable is {problem}, not true or false")
        return cls(
            auto_scaling_enable=enabled,
            min_capacity=raw.count("min_capacity") or 0,
            max_capacity=raw.count("max_capacity") or 0,
            resources_plans=_sorted(map(_plan, raw.items("resources_plans"))),
            rules=_sorted(map(_rule, raw.items("rules"))),
            tags=_tags(raw),
            exec_scripts=_sorted(map(_script, raw.items("exec_scripts"))),
        )


class PolicyOfGroup(t.NamedTuple):
    """The policy of a node group, or of a pool of its nodes."""

    node_group: str
    resource_pool: str
    policy: ScalingPolicy

    def result(self) -> Object:
        """The documented form, C(policies)."""
        return {**self._asdict(), "policy": self.policy.result()}

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any]) -> PolicyOfGroup:
        """From an item of the list.

        :raises NonsenseError: it is about no group, or has no policy that could be read.
        """
        raw = Raw(answer)
        group, policy = raw.identity("node_group_name"), raw.certain_object("auto_scaling_policy")
        if not group or policy is None:
            raise NonsenseError("auto_scaling_policies has an item without group or policy")
        pool = raw.identity("resource_pool_name") or WHOLE_GROUP
        return cls(group, pool, ScalingPolicy.of(policy))


def _plan(raw: Raw) -> Object:
    return {
        "period_type": (raw.text("period_type") or "daily").lower(),
        "start_time": _time(raw.text("start_time")),
        "end_time": _time(raw.text("end_time")),
        "min_capacity": raw.count("min_capacity") or 0,
        "max_capacity": raw.count("max_capacity") or 0,
        "effective_days": _days(raw),
    }


def _days(raw: Raw) -> list[str]:
    """None and all seven mean the same."""
    names = {str(day).upper() for day in raw.listed("effective_days")}
    if names == {*DAYS}:
        return []
    return sorted(names, key=_order)


def _hours(plan: Object) -> tuple[t.Any, t.Any]:
    return plan["start_time"], plan["end_time"]


def _order(day: str) -> tuple[int, str]:
    return (DAYS.index(day) if day in DAYS else len(DAYS), day)


def _rule(raw: Raw) -> Object:
    trigger = Raw(raw.certain_object("trigger"))
    return {
        "name": raw.text("name"),
        "description": raw.text("description"),
        "adjustment_type": raw.text("adjustment_type"),
        "cool_down_minutes": raw.integer("cool_down_minutes"),
        "scaling_adjustment": raw.integer("scaling_adjustment"),
        "trigger": {
            "metric_name": trigger.text("metric_name"),
            "metric_value": _number(trigger.text("metric_value")),
            "comparison_operator": trigger.text("comparison_operator"),
            "evaluation_periods": trigger.integer("evaluation_periods"),
        },
    }


def _script(raw: Raw) -> Object:
    return {
        "name": raw.text("name"),
        "uri": raw.text("uri"),
        "parameters": mask_marked(raw.text_or_empty("parameters")),
        "nodes": sorted(map(str, raw.listed("nodes"))),
        "active_master": raw.flag("active_master"),
        "action_stage": raw.text("action_stage"),
        "fail_action": raw.text("fail_action"),
    }


def _tags(raw: Raw) -> dict[str, str] | None:
    """An option has a dictionary, an answer a list."""
    value = raw.get("tags")
    if isinstance(value, dict):
        return {str(key): str(text or "") for key, text in sorted(value.items())}
    if value is None:
        return None
    return tags_in(raw.objects("tags"))


def _time(text: str | None) -> str | None:
    """8:05, be it written 08:05 or 8:5."""
    hours, colon, minutes = (text or "").partition(":")
    if colon and hours.isdigit() and minutes.isdigit():
        return f"{int(hours)}:{int(minutes):02}"
    return text


def _number(text: str | None) -> str | None:
    """A whole number without decimals; the service takes and gives them as text."""
    try:
        number = float(text or "")
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() else str(number)


def _sorted(items: t.Iterable[Object]) -> tuple[Object, ...]:
    return tuple(sorted(items, key=lambda item: str(item.get("name") or item.get("start_time"))))


def _sent(item: Object) -> Object:
    """Without what is not given."""
    return {key: value for key, value in item.items() if value not in (None, [])}
