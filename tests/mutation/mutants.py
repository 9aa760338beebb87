# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mutants of a source text: each has one change of an operator of cosmic-ray."""

from __future__ import annotations

import difflib
import typing as t

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# A | B stands in annotations only, which nothing evaluates.
LEFT_OUT = "core/ReplaceBinaryOperator_BitOr_"


class Mutant(t.NamedTuple):
    """One change: its operator, its place, its lines in a diff, and the whole source with it."""

    operator: str
    function: str | None
    line: int
    change: str
    source: str


def mutants_of(source: str, function: str | None = None) -> list[Mutant]:
    """All mutants of the source; only those in one function where it is given."""
    found = []
    tree = get_ast(source)
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if operator.arguments() or name.startswith(LEFT_OUT):
            continue
        places = (
            (ASTQuery(node).get_definition_name(), start[0])
            for node in ast_nodes(tree)
            for start, _end in operator().mutation_positions(node)
        )
        for occurrence, (definition, line) in enumerate(places):
            if function in (None, definition):
                changed = mutate_code(source, operator(), occurrence)
                found.append(
                    Mutant(
                        name.removeprefix("core/"),
                        definition,
                        line,
                        _change(source, changed),
                        changed,
                    )
                )
    return found


def _change(source: str, changed: str) -> str:
    lines = difflib.unified_diff(source.splitlines(), changed.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if line[:1] in "-+" and line[:3] not in ("---", "+++"))
