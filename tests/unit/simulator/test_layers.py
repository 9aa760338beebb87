# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rooms of the simulator: who may import whom.

Imports for types alone count like all others.
"""

from __future__ import annotations

import ast
import pathlib

import pytest

import mrs_simulator

PACKAGE = pathlib.Path(mrs_simulator.__file__).parent

#: From the ground up. What stands on one line does not see the others on it; a name is a module
#: with everything in it, so that wire.v1 does not see wire.v2.
LAYERS = (
    ("version", "settings", "clock"),
    ("base",),
    ("state",),
    ("identity",),
    ("cloud",),
    ("wire.route",),
    ("wire.iam", "wire.v1"),
    ("wire.v2",),
    ("wire.routes",),
    ("control",),
    ("simulator",),
    ("web", "in_process"),
    ("server",),
    ("__main__",),
)


def _name(path: pathlib.Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {_name(path): path for path in PACKAGE.rglob("*.py")}


def _imports(name: str) -> set[str]:
    """The modules of the simulator that one of them names in any import, wherever it stands."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            base = (node.module or "").removeprefix("mrs_simulator").lstrip(".")
            if (node.module or "").partition(".")[0] == "mrs_simulator":
                inside = {f"{base}.{alias.name}".lstrip(".") for alias in node.names} & set(MODULES)
                found |= inside or {base}
        elif isinstance(node, ast.Import):
            found |= {
                alias.name[14:] for alias in node.names if alias.name.startswith("mrs_simulator.")
            }
    return found


GRAPH = {name: _imports(name) for name in MODULES}


def _layer(name: str) -> tuple[int, str]:
    for number, rooms in enumerate(LAYERS):
        for room in rooms:
            if name == room or name.startswith(f"{room}."):
                return number, room
    raise AssertionError(f"{name} stands in no layer")


@pytest.mark.parametrize("name", sorted(name for name in MODULES if name not in ("", "wire")))
def test_imports_go_one_way(name: str) -> None:
    floor, room = _layer(name)
    above = [
        other for other in GRAPH[name] if _layer(other)[0] >= floor and _layer(other)[1] != room
    ]
    assert above == []


def test_there_is_no_circle() -> None:
    seen: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join([*way, name])
        if name not in seen:
            for other in sorted(GRAPH[name]):
                visit(other, (*way, name))
            seen.add(name)

    for name in sorted(MODULES):
        visit(name, ())
    assert len(seen) == len(MODULES)


def test_the_test_sees_the_imports() -> None:
    assert GRAPH["control.paths"] >= {"base.messages", "cloud.world", "control.faults", "settings"}
    assert GRAPH["wire.routes"] == {"wire.iam", "wire.route", "wire.v1.routes", "wire.v2.routes"}
