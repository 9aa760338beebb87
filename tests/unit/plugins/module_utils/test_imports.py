# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans looks at values only, so it imports nothing that could send a request.

Read from the syntax trees.
"""

from __future__ import annotations

import ast
import functools
import pathlib
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins import module_utils

FOLDER = pathlib.Path(str(module_utils.__path__[0]))
PACKAGE = "ansible_collections.huaweicloud.mrs.plugins.module_utils"
#: What sends requests, waits, or knows how to log in.
ACTING = {
    "_auth.login",
    "_api.client",
    "_tasks.connect",
    "_api.context",
    "_tasks.run",
    "_http.session",
    "_api.transport",
    "_base.wait",
}
PURE = (
    *(
        "_definitions.cluster",
        "_cluster.plan",
        "_models.cluster_state",
        "_base.errors",
        "_models.job_execution",
        "_definitions.job",
    ),
    *("_job.plan", "_models.cluster", "_base.plan", "_base.raw", "_cluster.resize_plan"),
    *("_cluster.changes", "_cluster.create_plan", "_cluster.delete_plan", "_cluster.plan_checks"),
    *("_cluster.component_plan", "_cluster.policy_plan"),
    *("_definitions.cluster_request_v2", "_definitions.cluster_api"),
    "_definitions.cluster_creation",
    "_transient_job.plan",
)


#: The packages in their order: each imports only from those before it. The flat files belong to the
#: modules.
ORDER = (
    *("_base", "_models", "_options", "_http", "_auth", "_definitions", "_api", "_job", "_cluster"),
    *("_transient_job", "_tasks"),
)


@functools.cache
def imports(name: str) -> frozenset[str]:
    """The files of this folder that a file imports when it runs, in its functions as well."""
    found: set[str] = set()
    pending: list[ast.AST] = [ast.parse((FOLDER / f"{name.replace('.', '/')}.py").read_text())]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "t.TYPE_CHECKING":
            pending += node.orelse
        elif isinstance(node, ast.ImportFrom):
            found.update(_named(node))
        else:
            pending += ast.iter_child_nodes(node)
    return frozenset(found)


def _named(node: ast.ImportFrom) -> t.Iterator[str]:
    path = f"{node.module}."
    if path.startswith(f"{PACKAGE}."):
        name = path.removeprefix(f"{PACKAGE}.").rstrip(".")
        whole = bool(name) and (FOLDER / f"{name.replace('.', '/')}.py").exists()
        yield from [name] if whole else [f"{name}.{alias.name}".lstrip(".") for alias in node.names]


def reached(name: str) -> set[str]:
    """All that is imported with a file, by whatever it imports."""
    found: set[str] = set()
    pending = {name}
    while pending:
        found |= pending
        pending = {other for each in pending for other in imports(each)} - found
    return found


@pytest.mark.parametrize("name", PURE)
def test_what_plans_cannot_send_a_request(name: str) -> None:
    assert reached(name) & ACTING == set()


def test_what_acts_is_seen_to_send_requests() -> None:
    assert {"_api.transport", "_http.session"} <= reached("_tasks.mrs_cluster")


def test_no_job_needs_a_cluster_task_and_the_other_way_round() -> None:
    assert not {"_tasks.mrs_cluster", "_tasks.mrs_cluster_scale"} & reached("_tasks.mrs_job")
    assert "_tasks.mrs_job" not in reached("_tasks.mrs_cluster")


def test_each_package_has_its_place_in_the_order() -> None:
    folders = [path.parent for path in FOLDER.glob("*/__init__.py")]
    assert sorted(folder.name for folder in folders) == sorted(ORDER)
    assert sorted(path.name for path in FOLDER.glob("*.py")) == ["_argspec.py", "_start.py"]


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_from_those_before_it(package: str) -> None:
    files = [
        f"{package}.{path.stem}"
        for path in (FOLDER / package).glob("*.py")
        if path.stem != "__init__"
    ]
    used = {other.partition(".")[0] for file in files for other in imports(file)} - {"_argspec"}
    assert used <= set(ORDER[: ORDER.index(package) + 1])
