# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits that the service documents for options: what fails before any request, what warns.

A limit fails where the service always refuses more. Where clouds differ, it fails on the cloud that
is known by its address, and warns where the cloud is not known. Where versions differ or the
documents contradict each other, it warns. Sections are those of the reference of API v1.1, as in
the page with the facts of the service.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import math
import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError

Given = t.Mapping[str, t.Any]
Places = t.Iterator[tuple[str, t.Any]]

OTC, HUAWEI = "otc", "huawei"
CLOUDS = {OTC: "Open Telekom Cloud", HUAWEI: "Huawei Cloud"}
MOST_NODES = 500
MOST_TAGS, LONGEST_TAG_VALUE = 10, 43


class Rule(t.Protocol):
    """What a value has to be like."""

    def problem(self, value: t.Any) -> str | None:
        """What is wrong with the value, without the value where it could be a secret."""


class Range(t.NamedTuple):
    """A number that is not infinite."""

    least: float
    most: float = math.inf

    def problem(self, value: t.Any) -> str | None:
        if self.least <= value <= self.most and value != math.inf:
            return None
        bounds = f"{self.least:g} to {self.most:g}"
        if self.most == math.inf:
            bounds = f"{self.least:g} or more"
        return f"must be {bounds}, not {value:g}"


class Positive(t.NamedTuple):
    """A number above 0 that is not infinite."""

    def problem(self, value: t.Any) -> str | None:
        return None if 0 < value < math.inf else f"must be greater than 0, not {value:g}"


class Length(t.NamedTuple):
    """The number of characters, or of items."""

    least: int
    most: int
    unit: str = "characters"

    def problem(self, value: t.Any) -> str | None:
        if self.least <= len(value) <= self.most:
            return None
        bounds = f"{self.least} to {self.most}" if self.least else f"at most {self.most}"
        return f"must have {bounds} {self.unit}"


class Spelling:
    """A regular expression for the whole text, and what is told of texts that it does not fit."""

    def __init__(self, pattern: str, description: str) -> None:
        # Compiled here once, and not in the process of each task that Ansible forks.
        self.pattern, self.description = re.compile(pattern, re.DOTALL), description

    def problem(self, value: t.Any) -> str | None:
        return None if self.pattern.fullmatch(value) else self.description


class Word(t.NamedTuple):
    """One of some words."""

    words: tuple[str, ...]

    def problem(self, value: t.Any) -> str | None:
        if value in self.words:
            return None
        return f"must be one of {', '.join(self.words)}, not {value}"


class Kinds(t.NamedTuple):
    """Kinds of characters in a password."""

    least: int

    def problem(self, value: t.Any) -> str | None:
        kinds = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
        if sum(bool(re.search(kind, value)) for kind in kinds) >= self.least:
            return None
        number = {3: "three of", 4: "all of"}[self.least]
        return f"must have {number}: lower case, upper case, digits, special characters"


class Limit(t.NamedTuple):
    """What a document says of an option.

    C(option): its path. C([]) stands for each item of a list, C([master]) for those of this role,
    C({key}) and C({value}) for those of a dictionary. C(rule): what all clouds want. C(clouds):
    what single ones want besides. C(version): matters only for versions that begin so. C(types):
    matters only for clusters of these types; an empty one is that of an option that is not given.
    C(api): matters only where this API creates it. C(description): replaces the rule's own words.
    """

    option: str
    rule: Rule
    clouds: t.Mapping[str, Rule] = {}
    fails: bool = True
    version: str = ""
    types: t.Collection[str] = ()
    api: str = ""
    description: str | None = None

    def is_about(self, version: str, kind: str, api: str) -> bool:
        """It matters for such a cluster, created by this API."""
        if self.types and kind not in self.types:
            return False
        return self.api in ("", api) and version.startswith(self.version)


#: A part of the path of an option.
_PART = re.compile(r"\w+|\[\w*\]|\{\w+\}")
#: Clusters whose groups are called by their roles.
BY_ROLE = ("", "analysis", "streaming")
NAME = r"[A-Za-z0-9_-]{1,64}"
#: Without the signs that only Open Telekom Cloud takes in the password of the Manager.
COMMON_PASSWORD = Spelling(
    r"[A-Za-z0-9!@$%^\-_=+\[{}\]:,./?]*",
    "must have no special characters but ! @ $ % ^ - _ = + [ { } ] : , . / ?",
)
_TAG = Spelling(
    r"[^=*<>\\,|/]*", "has one of the characters = * < > \\ , | / which no tag may have"
)
_TAG_ENDS = Spelling(
    r"(?!\s)[^\x00-\x1f\x7f]*(?<!\s)", "begins or ends with a blank, or cannot be printed"
)
_TAG_OF_OTC = Spelling(r"[A-Za-z0-9_-]*", "must have letters, digits, - and _ only")


#: Options of a cluster.
CLUSTER = (
    # 3.1
    Limit(
        "name",
        Spelling(NAME, "a cluster's name has 1 to 64 letters, digits, hyphens and underscores"),
    ),
    # 3.6; what is special on Open Telekom Cloud includes the blank
    Limit("admin_password", Length(8, 32), {OTC: Length(8, 32), HUAWEI: Length(8, 26)}),
    Limit("admin_password", Kinds(3), {HUAWEI: Kinds(4)}),
    Limit(
        "admin_password",
        Spelling(r"[ -~]*", "has characters besides those of ASCII"),
        {HUAWEI: COMMON_PASSWORD},
    ),
    Limit("root_password", Length(8, 26)),
    Limit("root_password", Kinds(3), {HUAWEI: Kinds(4)}),
    Limit("root_password", COMMON_PASSWORD),
    # 9.1
    Limit("tags", Length(0, MOST_TAGS, "tags")),
    Limit("tags{key}", Length(1, 36)),
    Limit("tags{value}", Length(0, LONGEST_TAG_VALUE)),
    *(Limit(part, _TAG, {OTC: _TAG_OF_OTC}) for part in ("tags{key}", "tags{value}")),
    *(Limit(part, _TAG_ENDS) for part in ("tags{key}", "tags{value}")),
    # 3.2, 10; of masters 3.3
    Limit("node_groups[].count", Range(0, MOST_NODES)),
)

#: Options that several modules share, and those of lists.
SHARED = (
    *(Limit(option, Positive()) for option in ("api_timeout", "poll_interval")),
    *(Limit(option, Range(0)) for option in ("api_retries", "wait_timeout", "outcome_timeout")),
    *(Limit(option, Range(1)) for option in ("limit", "concurrency")),
)


def check(limits: t.Iterable[Limit], given: Given, above: str = "") -> None:
    """What needs no service to be known.

    :param above: where the options stand, such as C(job.), for error texts.
    :raises OptionError: a value is one that the service refuses on every cloud.
    """
    warnings(limits, given, above=above)


def warnings(
    limits: t.Iterable[Limit],
    given: Given,
    cloud: str | None = None,
    above: str = "",
    api: str = "",
) -> list[str]:
    """What may be refused.

    :param cloud: the one that is known by its address.
    :param api: the one that creates it.
    :raises OptionError: a value is one that the service, or this cloud, refuses.
    """
    told = []
    version, kind = str(given.get("version") or "").upper(), given.get("type") or ""
    for limit in limits:
        if limit.is_about(version, kind, api):
            for where, value in places(limit.option, given):
                told += _judged(limit, f"{above}{where}", value, cloud)
    return told


def _judged(limit: Limit, where: str, value: t.Any, cloud: str | None) -> list[str]:
    problem = limit.rule.problem(value)
    if problem and limit.fails:
        raise OptionError(where, problem)
    if problem and limit.description:
        return [f"{where} {value}: {limit.description}."]
    if problem:
        return [f"{where}: {problem}."]
    return _judged_by_clouds(limit, where, value, cloud)


def _judged_by_clouds(limit: Limit, where: str, value: t.Any, cloud: str | None) -> list[str]:
    found = {each: each_rule.problem(value) for each, each_rule in limit.clouds.items()}
    if cloud:
        if found.get(cloud):
            raise OptionError(where, f"{found[cloud]} ({CLOUDS[cloud]})")
        return []
    return [
        f"{where}: {CLOUDS[each]} refuses it: {problem}."
        for each, problem in found.items()
        if problem
    ]


def check_tags(before: Given, after: Given) -> None:
    """The tags that a cluster would have, also those that stay as they are (service_v1 9.1).

    :raises OptionError: there would be too many.
    """
    if len(after) > max(len(before), MOST_TAGS):
        raise OptionError(
            "tags", f"the cluster would have {len(after)} tags, and it can have {MOST_TAGS}"
        )


def check_nodes(before: t.Mapping[str, int], after: t.Mapping[str, int], option: str) -> None:
    """The nodes that a cluster would have, those of other groups among them (service_v1 4.4).

    :raises OptionError: there would be too many.
    """
    had, has = (
        sum(number for group, number in counts.items() if group != "master")
        for counts in (before, after)
    )
    if has > max(had, MOST_NODES):
        raise OptionError(
            option,
            f"the cluster would have {has} core and task nodes, and it can have {MOST_NODES}",
        )


def check_unique(field: str, items: t.Iterable[Given], where: str) -> None:
    """:raises OptionError: two items are called alike."""
    seen = set()
    for item in items:
        if item[field] in seen:
            raise OptionError(where, f"{item[field]} is given twice")
        seen.add(item[field])


def places(option: str, given: Given) -> Places:
    """Where the values of an option stand, and the values; those that are given."""
    yield from _places(_PART.findall(option), given, "")


def _places(parts: list[str], value: t.Any, where: str) -> Places:
    if value is None:
        return
    if not parts:
        yield where, value
        return
    part, rest = parts[0], parts[1:]
    if part.startswith("["):
        yield from _in_list(part[1:-1], rest, value, where)
    elif part.startswith("{"):
        for key, item in value.items():
            text = "" if item is None else str(item)
            if part == "{key}":
                text = str(key)
            yield f"{where}.{key}", text
    else:
        inner = f"{where}.{part}" if where else part
        yield from _places(rest, value.get(part), inner)


def _in_list(role: str, parts: list[str], items: t.Iterable[t.Any], where: str) -> Places:
    for number, item in enumerate(items):
        name = number
        if isinstance(item, dict):
            name = item.get("name") or number
        if not role or re.fullmatch(rf"(?i){role}(_node_[a-z]+_group)?", str(name)):
            yield from _places(parts, item, f"{where}[{name}]")
