# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plans looks at values only, so it imports nothing that could send a request. Read from the syntax trees."""

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
ACTING = {"_auth", "_client", "_connect", "_context", "_run", "_session", "_transport", "_wait"}
PURE = (
    *("_cluster_options", "_cluster_plan", "_cluster_state", "_errors", "_job_execution", "_job_options"),
    *("_job_plan", "_models", "_plan", "_raw", "_resize_plan"),
)


@functools.cache
def imports(name: str) -> frozenset[str]:
    """The files of this folder that a file imports when it runs, in its functions as well."""
    found: set[str] = set()
    pending: list[ast.AST] = [ast.parse((FOLDER / f"{name}.py").read_text())]
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
    if node.module == PACKAGE:
        yield from (alias.name for alias in node.names)
    elif node.module and node.module.startswith(f"{PACKAGE}."):
        yield node.module.removeprefix(f"{PACKAGE}.")


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
    assert {"_transport", "_session"} <= reached("_cluster")


def test_no_job_needs_a_cluster_task_and_the_other_way_round() -> None:
    assert not {"_cluster", "_scale"} & reached("_job_task")
    assert "_job_task" not in reached("_cluster")
