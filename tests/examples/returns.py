# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules answered, compared with what their RETURN documents, both ways."""

from __future__ import annotations

import ast
import json
import pathlib
import typing as t

import yaml

Result = dict[str, t.Any]


class Answer(t.NamedTuple):
    """What a module answered to a task with these options."""

    options: t.Collection[str]
    state: str
    result: Result

    @property
    def failed(self) -> bool:
        """Where failed_when has changed that, only a task that failed has a message."""
        is_excused = "failed_when_result" in self.result and "msg" in self.result
        return bool(self.result.get("failed")) or is_excused


Results = dict[str, list[Answer]]

# What Ansible itself adds to results, documented as its common return values, and how a play looks
# at them.
COMMON = {
    "ansible_loop_var",
    "attempts",
    "changed",
    "deprecations",
    "diff",
    "exception",
    "failed",
    "failed_when_result",
    "failed_when_suppressed_exception",
    "invocation",
    "item",
    "msg",
    "warnings",
}

# Documented, and never answered with a value by the simulator; each with the reason.
NEVER_TOLD = {
    "mrs_job_execution_info.job_executions.sql_result": ("only tasks about one job read it"),
    "mrs_cluster.job_execution.tracking_url": (
        "the service has it for Spark programs only, shown with mrs_job"
    ),
    "mrs_cluster.job_execution.hql": (
        "API v1.1 refuses the types of jobs that have one, API v2 has one text for all"
    ),
    "mrs_job.job_execution.hql": (
        "API v1.1 refuses the types of jobs that have one, API v2 has one text for all"
    ),
    "mrs_job_execution_info.job_executions.hql": "API v1.1 refuses the types of jobs that have one",
    "mrs_cluster.job_execution.file_action": "a distcp job cannot be part of a creation",
    "mrs_cluster.job_execution.return_code": "null in every documented answer",
    "mrs_job.job_execution.return_code": "null in every documented answer",
    "mrs_job_execution_info.job_executions.return_code": "null in every documented answer",
}

#: Results that are the same object as another module's, whose examples show each key of it.
SHOWN_BY = {"mrs_component.cluster": "mrs_cluster.cluster"}
#: Whether a key is answered, by the words of C(returned); None where it may be or not.
CONDITIONS: dict[str, t.Callable[[Answer], bool | None]] = {
    "always": lambda answer: True,
    "success": lambda answer: None if answer.failed else True,
    "success, and on failure as far as it is known": lambda answer: None if answer.failed else True,
    "success, and when a wait fails": lambda answer: None if answer.failed else True,
    "success, and when some clusters have no plan": lambda answer: None if answer.failed else True,
    "failure, but not where Ansible itself refuses the options": lambda answer: answer.failed,
    "when the task fails because of them": lambda answer: None if answer.failed else False,
    "when the service could be read": lambda answer: None if answer.failed else True,
    "when O(job) is given, and O(state) is V(present)": lambda answer: _given(answer, "job"),
    "when O(jobs) is given, and O(state) is V(present)": lambda answer: _given(answer, "jobs"),
    "when O(id) is given, and with O(state=cancelled) and O(state=absent)": lambda answer: (
        None if answer.failed else "id" in answer.options or answer.state != "present"
    ),
    "when they were compared, so only when something is created or changed": (
        lambda answer: None if answer.failed or answer.result.get("changed") else False
    ),
}


def _given(answer: Answer, option: str) -> bool | None:
    is_wanted = option in answer.options and answer.state == "present"
    return None if is_wanted and answer.failed else is_wanted


def constant(module: pathlib.Path, name: str) -> t.Any:
    """The YAML in a constant of a module, such as EXAMPLES."""
    for node in ast.parse(module.read_text("utf-8")).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == name
        ):
            return yaml.safe_load(ast.literal_eval(node.value))
    raise ValueError(f"{module} has no {name}")


def documented(returns: t.Mapping[str, t.Any], above: str = "") -> dict[str, bool]:
    """The path of each documented key, and whether what it contains is documented, too."""
    found: dict[str, bool] = {}
    for name, value in returns.items():
        found[above + name] = "contains" in value
        found |= documented(value.get("contains") or {}, f"{above}{name}.")
    return found


def answered(
    value: t.Any, closed: t.Callable[[str], bool], above: str = ""
) -> t.Iterator[tuple[str, bool]]:
    """The path of each key in a result, and whether it has a value.

    What is below a closed path is left out.
    """
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            continue
        for name, inner in item.items():
            path = f"{above}{name}"
            yield path, inner is not None
            if not closed(path):
                yield from answered(inner, closed, f"{path}.")


def read(paths: t.Iterable[pathlib.Path]) -> Results:
    """The results of each module that the callback plugin has kept."""
    results: Results = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            kept = json.loads(line)
            answer = Answer(kept["options"], kept["state"], kept["result"])
            results.setdefault(kept["module"], []).append(answer)
    return results


def seen_in(
    results: t.Iterable[t.Mapping[str, t.Any]], keys: t.Mapping[str, bool]
) -> dict[str, bool]:
    """The path of each key in the results, and whether it had a value in one of them."""
    seen: dict[str, bool] = {}
    for result in results:
        own = {
            key: value
            for key, value in result.items()
            if key not in COMMON and not key.startswith("_")
        }
        for path, told in answered(own, lambda path: not keys.get(path, False)):
            seen[path] = seen.get(path, False) or told
    return seen


def broken_conditions(name: str, returns: Result, answers: t.Sequence[Answer]) -> list[str]:
    """Keys that are answered where RETURN says they are not, or the other way round."""
    problems = []
    for key, value in returns.items():
        condition = CONDITIONS.get(value["returned"])
        if condition is None:
            problems.append(f"{name}.{key} is returned {value['returned']!r}, which nothing checks")
            continue
        for answer in answers:
            wanted, there = condition(answer), key in answer.result
            if wanted is not None and wanted is not there:
                verb = "has" if there else "lacks"
                problems.append(
                    f"a result of {name} {verb} {key}, which is returned {value['returned']!r}: "
                    f"options {', '.join(answer.options)}, state {answer.state}, "
                    f"failed {answer.failed}"
                )
    return problems


def seen_by(name: str, module: pathlib.Path, results: Results) -> dict[str, bool]:
    """What the module's results had, by path."""
    keys = documented(constant(module, "RETURN"))
    return seen_in([answer.result for answer in results.get(name, [])], keys)


def shown_elsewhere(name: str, path: str, every: t.Mapping[str, t.Mapping[str, bool]]) -> bool:
    """The key is in an object that another module's results show."""
    for mine, other in SHOWN_BY.items():
        inner = f"{name}.{path}".removeprefix(f"{mine}.")
        if inner != f"{name}.{path}":
            module, _separator, key = other.partition(".")
            return every[module].get(f"{key}.{inner}", False)
    return False


def compare(modules: t.Mapping[str, pathlib.Path], results: Results) -> tuple[list[str], int]:
    """What is wrong, and the number of keys that were compared."""
    problems, number = [], 0
    every = {name: seen_by(name, module, results) for name, module in modules.items()}
    for name, module in modules.items():
        returns, answers = constant(module, "RETURN"), results.get(name, [])
        keys = documented(returns)
        number += len(keys)
        problems += broken_conditions(name, returns, answers)
        seen = every[name]
        problems += [
            f"{name} answers {path}, which RETURN does not name"
            for path in sorted(seen.keys() - keys.keys())
        ]
        unseen = {
            path for path in keys if not seen.get(path) and not shown_elsewhere(name, path, every)
        }
        excused = {path for path in keys if f"{name}.{path}" in NEVER_TOLD}
        problems += [
            f"RETURN of {name} names {path}, which no result has"
            for path in sorted(unseen - excused)
        ]
        problems += [
            f"{name} does answer {path}: take it out of NEVER_TOLD"
            for path in sorted(excused - unseen)
        ]
    return problems, number
