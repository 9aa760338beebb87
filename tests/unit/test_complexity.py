# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No function is complex, counted as radon does.

Unlike ruff, it counts and, or, inline ifs and comprehensions.
"""

from __future__ import annotations

import ast
import typing as t
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 10
Function = ast.FunctionDef | ast.AsyncFunctionDef

DECISIONS = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.Assert)


def functions_of(source: str) -> t.Iterator[Function]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, Function))


def complexity(function: Function) -> int:
    """Ways through a function, without those of functions inside it."""
    return 1 + sum(map(_weight, _inside(function)))


def _inside(node: ast.AST) -> t.Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function):
            yield child
            yield from _inside(child)


def _weight(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    has_else = isinstance(node, (ast.For, ast.While, ast.Try)) and bool(node.orelse)
    return isinstance(node, DECISIONS) + has_else


def test_no_function_is_complex() -> None:
    files = [*ROOT.glob("plugins/**/*.py"), *ROOT.glob("roles/simulator/files/**/*.py")]
    assert len(files) > 200
    found = {
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}": complexity(function)
        for path in files
        for function in functions_of(path.read_text("utf-8"))
    }
    assert {name: number for name, number in found.items() if number > MOST} == {}


def test_what_counts() -> None:
    source = """
def judge(values):
    for value in values:
        if value and not value.bad or value.late:
            return [each for each in value if each]
    else:
        return None if values else 1
    try:
        assert values
    except OSError:
        pass
    def inner(value):
        return value or 1
"""
    counted = {each.name: complexity(each) for each in functions_of(source)}
    assert counted == {"judge": 11, "inner": 2}
