# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure the structure of the code in plugins, by syntax trees and radon, beside what is wanted.

Usage: metrics.py [COLLECTION...]. Each COLLECTION, the folder of another one, gets a column too.
"""

from __future__ import annotations

import ast
import collections
import io
import statistics
import sys
import tokenize
import typing as t
from pathlib import Path

from radon.complexity import cc_visit

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
LONG = 100
#: The module whose name was counted first. Others use it, and tests take it as an example, so the
#: module that is named in the fewest files stands beside it: that many a new one touches.
SMALL_MODULE = "mrs_host_info"

Figures = dict[str, str]
Node = t.TypeVar("Node", bound=ast.AST)

WANTED: Figures = {
    "module code, median lines (max)": "keep",
    "fully typed functions, %": "100",
    "ifs on check_mode": "1",
    "loops that sleep (wait, try again, async)": "1",
    "longest function / file without documents": "keep",
    "complexity, mean / max": "max 10",
    "complexity per 100 lines of code": "20",
    "of it functions, ifs, comprehensions": "-",
    "boolean operators, inline ifs per 100": "2.5, 1",
    "lines over 100 characters, %": "2",
    "comments + docstrings per 100": "-",
    "files that name one small module (fewest)": "8",
}


class File:
    """A file of Python with the lines of its documents left out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        self.tree = ast.parse(self.text)
        self.lines = self.text.splitlines()
        documents = [node for node in ast.walk(self.tree) if _is_document(node)]
        docstrings = [node for node in ast.walk(self.tree) if _is_docstring(node)]
        self.comments = _comments(self.text)
        self.docstring_lines = _covered(docstrings)
        self._documents = _covered(documents)
        blank = {number for number, line in enumerate(self.lines, 1) if not line.strip()}
        everything = set(range(1, len(self.lines) + 1))
        self.code = everything - self._documents - self.docstring_lines - self.comments - blank

    @property
    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]

    def number(self, *kinds: type[ast.AST]) -> int:
        return sum(isinstance(node, kinds) for node in ast.walk(self.tree))

    @property
    def without_documents(self) -> list[str]:
        return [line for number, line in enumerate(self.lines, 1) if number not in self._documents]

    @property
    def complexities(self) -> list[int]:
        blocks = cc_visit(self.text)
        return [block.complexity for block in blocks if type(block).__name__ == "Function"]


def _is_document(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
        return False
    return any(isinstance(name, ast.Name) and name.id in DOCUMENTS for name in node.targets)


def _is_docstring(node: ast.AST) -> bool:
    constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return constant and isinstance(
        t.cast("ast.Constant", t.cast("ast.Expr", node).value).value, str
    )


def _covered(nodes: t.Iterable[ast.AST]) -> set[int]:
    found: set[int] = set()
    for node in nodes:
        place = t.cast("ast.stmt", node)
        found |= set(range(place.lineno, (place.end_lineno or place.lineno) + 1))
    return found


def _comments(text: str) -> set[int]:
    """Lines that have nothing but a comment."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {
        token.start[0]
        for token in tokens
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip()
    }


def _is_typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    named = [each for each in arguments if each.arg not in ("self", "cls")]
    return function.returns is not None and all(each.annotation for each in named)


def _sleeps(file: File) -> collections.Counter[str]:
    """The loops that sleep, by what they do.

    One that sleeps after an error tries again; one with C(await) lets others work meanwhile; what
    is left waits for the service.
    """
    found: collections.Counter[str] = collections.Counter()
    for loop in ast.walk(file.tree):
        if isinstance(loop, (ast.While, ast.For)):
            nodes = list(ast.walk(loop))
            if any(map(_is_sleep, nodes)):
                found[_kind_of_loop(nodes)] += 1
    return found


def _is_sleep(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("sleep")


def _kind_of_loop(nodes: t.Sequence[ast.AST]) -> str:
    awaited = [node.value for node in nodes if isinstance(node, ast.Await)]
    if any(map(_is_sleep, awaited)):
        return "async"
    return "try again" if any(isinstance(node, ast.Try) for node in nodes) else "wait"


def _asks_check_mode(file: File) -> int:
    conditions = [
        node.test for node in ast.walk(file.tree) if isinstance(node, (ast.If, ast.IfExp))
    ]
    return sum("check_mode" in ast.unparse(condition) for condition in conditions)


def measured(collection: Path) -> Figures:
    """The figures of one collection, by the names of WANTED."""
    files = [File(path) for path in sorted((collection / "plugins").rglob("*.py"))]
    modules = [len(file.code) for file in files if file.path.parent.name == "modules"]
    functions = [function for file in files for function in file.functions]
    lengths = [(each.end_lineno or each.lineno) - each.lineno + 1 for each in functions]
    complexities = [each for file in files for each in file.complexities]
    code = sum(len(file.code) for file in files)
    lines = [line for file in files for line in file.lines]
    inside = [line for file in files for line in file.without_documents]

    def per_100(number: float) -> str:
        return f"{100 * number / code:.1f}"

    comments = sum(len(file.comments) for file in files)
    docstrings = sum(len(file.docstring_lines) for file in files)
    booleans = sum(len(node.values) - 1 for node in _all(files, ast.BoolOp))
    # As radon counts them: each C(for) and each C(if) inside.
    comprehensions = sum(1 + len(node.ifs) for node in _all(files, ast.comprehension))
    ifs = sum(file.number(ast.If) for file in files)
    sleeps = sum(map(_sleeps, files), collections.Counter[str]())
    kinds = ", ".join(str(sleeps[kind]) for kind in ("wait", "try again", "async"))
    typed = sum(map(_is_typed, functions))
    figures = [
        f"{statistics.median(modules):.0f} ({max(modules)})",
        f"{100 * typed / len(functions):.0f}",
        str(sum(map(_asks_check_mode, files))),
        f"{sleeps.total()} ({kinds})",
        f"{max(lengths)} / {max(len(file.without_documents) for file in files)}",
        f"{statistics.mean(complexities):.1f} / {max(complexities)}",
        per_100(sum(complexities)),
        f"{per_100(len(complexities))}, {per_100(ifs)}, {per_100(comprehensions)}",
        f"{per_100(booleans)}, {per_100(sum(file.number(ast.IfExp) for file in files))}",
        f"{100 * sum(len(line) > LONG for line in lines) / len(lines):.1f}"
        f" ({100 * sum(len(line) > LONG for line in inside) / len(inside):.1f} of code)",
        f"{per_100(comments)} + {per_100(docstrings)}",
        _naming(collection) if collection == ROOT else "",
    ]
    return dict(zip(WANTED, figures, strict=True))


def _all(files: t.Iterable[File], kind: type[Node]) -> list[Node]:
    return [node for file in files for node in ast.walk(file.tree) if isinstance(node, kind)]


def _naming(collection: Path) -> str:
    """Files that name one small module, without generated ones: the fewest for any module."""
    generated = ("README.md", "meta/runtime.yml", "galaxy.yml")
    modules = {path.stem for path in (collection / "plugins" / "modules").glob("mrs_*.py")}
    found: collections.Counter[str] = collections.Counter()
    for path in collection.rglob("*"):
        relative = path.relative_to(collection)
        if relative.parts[0].startswith((".", "build")) or not path.is_file() or path.is_symlink():
            continue
        if path.suffix in (".py", ".yml", ".toml") and str(relative) not in generated:
            text = path.read_text("utf-8", errors="replace")
            found.update(module for module in modules if module in text)
    return f"{found[SMALL_MODULE]} ({min(found.values())})"


def main(arguments: t.Sequence[str]) -> int:
    """Print the table."""
    columns = {"here": measured(ROOT)}
    columns |= {Path(each).name: measured(Path(each).resolve()) for each in arguments}
    print(f"{'':45}{'wanted':>10}" + "".join(f"{name:>22}" for name in columns))
    for name, wanted in WANTED.items():
        row = "".join(f"{figures[name]:>22}" for figures in columns.values())
        print(f"{name:45}{wanted:>10}{row}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
