# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE: not part of the public interface of the collection.

"""Every limit that is checked stands in the text of its option, in the very numbers and words."""

from __future__ import annotations

import math
import re
import runpy
import string
import typing as t

import pytest
import yaml

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions import (
    component,
    data_connection,
    job,
    scaling_policy,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import (
    creation_limits,
    limits,
    policy_limits,
)
from ansible_collections.huaweicloud.mrs.tests.unit.test_documentation import (
    MODULES,
    ROOT,
    documentation_of,
    paths_of,
)

#: The tables that the tasks check their options by: module, table, and where the options stand.
TABLES = [
    ("mrs_cluster", limits.CLUSTER, ""),
    ("mrs_cluster", creation_limits.CLUSTER, ""),
    ("mrs_cluster", policy_limits.OF_CLUSTER, ""),
    ("mrs_cluster", job.LIMITS, "job."),
    ("mrs_job", job.LIMITS, ""),
    ("mrs_job", job.LIMITS_V2, ""),
    ("mrs_cluster_scale", creation_limits.SCALING, ""),
    ("mrs_component", component.LIMITS, ""),
    ("mrs_auto_scaling_policy", scaling_policy.LIMITS, ""),
    ("mrs_data_connection", data_connection.LIMITS, ""),
]


def unsaid(rule: limits.Rule, text: str) -> list[str]:
    """What the text of an option with this rule does not say of it."""
    ways: list[list[str]] = [[]]
    if isinstance(rule, limits.Range):
        ways = [[f"{rule.least:g} or more"] if rule.most == math.inf else bounds(rule)]
    elif isinstance(rule, limits.Positive):
        ways = [["greater than 0"]]
    elif isinstance(rule, limits.Length):
        ways = [bounds(rule)]
    elif isinstance(rule, limits.Word):
        ways = [list(rule.words)]
    # Others are a form, such as times.
    elif isinstance(rule, limits.Spelling) and not rule.problem("a"):
        refused = [sign for sign in string.punctuation if rule.problem(f"a{sign}a")]
        ways = [refused, [sign for sign in string.punctuation if sign not in refused]]
    return min(([part for part in way if not says(text, part)] for way in ways), key=len)


def bounds(rule: limits.Range | limits.Length) -> list[str]:
    return [f"{bound:g}" for bound in (rule.least, rule.most) if bound]


def says(text: str, part: str) -> bool:
    return (
        part in text
        if part in string.punctuation
        else bool(re.search(rf"(?<![\w.]){re.escape(part)}\b", text))
    )


def text_of(options: dict[str, t.Any], path: str) -> str:
    """The description, without its references; and that of the option whose limits it has."""
    description = options[path]["description"]
    text = " ".join(
        (description if isinstance(description, str) else " ".join(description)).split()
    )
    others = re.findall(r"(?:[Ss]ee|limits of|as in) O\(([^)]*)\)", text)
    return " ".join(
        [re.sub(r"\b[OVEMR]+\(", " ", text), *(text_of(*place(options, other)) for other in others)]
    )


def place(options: dict[str, t.Any], reference: str) -> tuple[dict[str, t.Any], str]:
    """The options of the module that a reference names, and the path there."""
    plugin, is_elsewhere, path = reference.rpartition("#module:")
    if is_elsewhere:
        options = paths_of(
            documentation_of(plugin.removeprefix("huaweicloud.mrs."))["options"], "suboptions"
        )
    return options, path.replace("[]", "")


def documented_at(limit: limits.Limit, above: str) -> str:
    return above + re.sub(r"\[\w*\]|\{\w+\}", "", limit.option)


def lacking(module: str, table: t.Iterable[limits.Limit], above: str) -> list[str]:
    """What the texts do not say, with the path of the option."""
    options = paths_of(documentation_of(module)["options"], "suboptions")
    found = []
    for limit in table:
        if limit.description:  # a warning of its own words
            continue
        path = documented_at(limit, above)
        if path in options or table is not limits.SHARED:
            text = text_of(options, path)
            rules = (limit.rule, *limit.clouds.values())
            found += [f"{path}: {part}" for rule in rules for part in unsaid(rule, text)]
    return sorted(set(found))


@pytest.mark.parametrize(("module", "table", "above"), TABLES)
def test_each_limit_stands_in_the_text_of_its_option(module: str, table: t.Any, above: str) -> None:
    assert lacking(module, table, above) == []


@pytest.mark.parametrize(
    "path", ["plugins/inventory/mrs.py", "extensions/eda/plugins/event_source/mrs.py"]
)
def test_each_shared_limit_stands_in_the_texts_of_plugins(path: str) -> None:
    plugin = runpy.run_path(str(ROOT / path))
    options = paths_of(yaml.safe_load(plugin["DOCUMENTATION"])["options"], "suboptions")
    shared = [limit for limit in limits.SHARED if limit.option in options]
    assert shared
    assert [
        part for limit in shared for part in unsaid(limit.rule, text_of(options, limit.option))
    ] == []


def test_the_inventory_plugin_has_the_options_that_it_documents() -> None:
    plugin = runpy.run_path(str(ROOT / "plugins" / "inventory" / "mrs.py"))
    documented = yaml.safe_load(plugin["DOCUMENTATION"])["options"]
    for name, option in plugin["SELECTION"].items():
        assert (name, documented[name]["type"]) == (name, option["type"])
        assert documented[name].get("elements") == option.get("elements")


@pytest.mark.parametrize("module", MODULES)
def test_each_shared_limit_stands_in_the_text_of_its_option(module: str) -> None:
    assert lacking(module, limits.SHARED, "") == []


@pytest.mark.parametrize(
    ("rule", "text", "missing"),
    [
        (limits.Range(0, 50), "Number of nodes, 0 to 50.", []),
        (limits.Range(0, 50), "Number of nodes, 0 to 500.", ["50"]),
        (limits.Range(1), "Seconds, 1 or more.", []),
        (limits.Positive(), "Seconds.", ["greater than 0"]),
        (limits.Word(("LT", "GT")), "V(LT) is less.", ["GT"]),
        (limits.Spelling(r"[a-z_]*", "wrong"), "Small letters.", ["_"]),
        (limits.Spelling(r"[^;]*", "wrong"), "None of C(;).", []),
    ],
)
def test_what_a_text_does_not_say_is_found(
    rule: limits.Rule, text: str, missing: list[str]
) -> None:
    assert unsaid(rule, text) == missing
