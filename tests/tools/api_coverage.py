# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare docs/api_coverage.yml with the SDK, the options and the calls; write its page.

Wrong are: an operation of the SDK, or a field of a request that a module makes, without a decision;
a decision about what the SDK does not have; an option that the module does not have; an operation
that is said to be used and is called nowhere, or the other way round.

Usage: api_coverage.py [--check]. With --check nothing is written, and a page that is not up to date
is a failure as well.
"""

from __future__ import annotations

import ast
import functools
import importlib
import re
import sys
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "api_coverage.yml"
PAGE = ROOT / "docs" / "docsite" / "rst" / "api_coverage.rst"
CALLS = ROOT / "plugins" / "module_utils" / "_api"
MODULES = "ansible_collections.huaweicloud.mrs.plugins.modules."
sys.path.insert(0, str(ROOT / "build" / "live"))

#: Where an operation stands, and how the page calls that.
KINDS = {
    "modules": "Used by modules",
    "client": "In the code, but used by no module",
    "left": "Not in the code",
}
FIELDS = """\
The tables show which option gives each field of a request. *By itself* means that the module fills
the field without an option, and *none* that nothing fills it.
"""
Decision = t.Any
Fields = dict[str, Decision]


class Operation(t.NamedTuple):
    """A call of the vendor's SDK; the fields of its request, without the marks of lists."""

    api: str
    name: str
    method: str
    path: str
    fields: tuple[str, ...]


# The vendor's SDK


def operations() -> list[Operation]:
    """All operations of both versions."""
    return [each for api in ("v1", "v2") for each in _operations(api)]


def _operations(api: str) -> t.Iterator[Operation]:
    client = importlib.import_module(f"huaweicloudsdkmrs.{api}").MrsClient
    models = importlib.import_module(f"huaweicloudsdkmrs.{api}.model")
    for attribute in dir(client):
        if not (attribute.startswith("_") and attribute.endswith("_http_info")):
            continue
        name = attribute.removeprefix("_").removesuffix("_http_info")
        said = re.search(r"(\w+Request)`", getattr(client, name).__doc__)
        assert said, f"{api} {name} has no request"
        request = getattr(models, said[1])
        told = getattr(client, attribute)(request())
        path = told["resource_path"]
        in_path = set(re.findall(r"{(\w+)}", path))
        fields = [each for each in _fields(models, request) if each not in in_path]
        yield Operation(api, name, told["method"], path, tuple(fields))


def _fields(models: t.Any, model: t.Any, above: tuple[t.Any, ...] = ()) -> t.Iterator[str]:
    """The fields of a request, those of its body without a name for the whole."""
    for attribute, name in model.attribute_map.items():
        kind = re.sub(r"^(list\[|dict\(str, )|[])]$", "", model.openapi_types[attribute])
        inner = getattr(models, kind, None)
        is_body = attribute == "body" and not above
        if not is_body:
            yield name
        if inner is not None and inner not in above:
            prefix = "" if is_body else f"{name}."
            for each in _fields(models, inner, (*above, model, inner)):
                yield prefix + each


# The table


class Table:
    """The decisions, with the shapes put in."""

    def __init__(self) -> None:
        content = yaml.safe_load(SOURCE.read_text("utf-8"))
        self._shapes: dict[str, Fields] = content.pop("shapes")
        self.operations: dict[tuple[str, str], dict[str, t.Any]] = {
            (api, name): decision
            for api, all_ in content.items()
            for name, decision in all_.items()
        }

    def fields(self, api: str, name: str) -> Fields:
        return self._whole(self.operations[api, name].get("fields", {}), "")

    def _whole(self, fields: Fields, option: str) -> Fields:
        found: Fields = {}
        for name, decision in fields.items():
            if isinstance(decision, dict) and "shape" in decision:
                inner = self._whole(
                    self._shapes[decision["shape"]], _joined(option, decision["option"])
                )
                found.update({name + below: each for below, each in inner.items()})
            else:
                found[name] = _joined(option, decision) if isinstance(decision, str) else decision
        return found


def _joined(above: str, option: str) -> str:
    return ".".join(filter(None, (above, option)))


def decided(fields: Fields, name: str) -> Decision | None:
    """What the table says of a field, by its name or by that of one above it."""
    if name in fields:
        return fields[name]
    parts = name.split(".")
    above = (".".join((*parts[:length], "*")) for length in range(len(parts) - 1, 0, -1))
    return next((fields[each] for each in above if each in fields), None)


def option_of(decision: str, modules: t.Sequence[str]) -> tuple[str, str]:
    """Module and option that a decision names."""
    module, _blank, option = decision.rpartition(" ")
    return module or modules[0], option


# The collection


@functools.cache
def options_of(module: str) -> dict[str, str]:
    """All options of a module, by their names without the marks of lists."""

    def names(options: t.Mapping[str, t.Any], above: str) -> t.Iterator[str]:
        for name, option in options.items():
            yield above + name
            mark = "[]" if option.get("type") == "list" else ""
            yield from names(option.get("options") or {}, f"{above}{name}{mark}.")

    options = importlib.import_module(MODULES + module).SPEC.options
    return {name.replace("[]", ""): name for name in names(options, "")}


def texts_of_calls() -> set[str]:
    """The texts in the code that sends requests; C({}) stands for what is put in."""
    found = set()
    for path in CALLS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (
                    str(part.value) if isinstance(part, ast.Constant) else "{}"
                    for part in node.values
                )
                found.add("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def is_called(path: str, texts: t.Collection[str]) -> bool:
    """The path stands in the code, in one piece or in two."""
    _api, _project, rest = re.sub(r"{\w+}", "{}", path).lstrip("/").split("/", 2)
    rest = f"/{rest}"
    heads = (text[:-2] for text in texts if text.endswith("{}") and rest.startswith(text[:-2]))
    tails = (text[2:] for text in texts if text.startswith("{}/") and rest.endswith(text[2:]))
    return (
        rest in texts
        or any(rest[len(head) :] in texts for head in heads if head)
        or any(rest[: -len(tail)] in texts for tail in tails)
    )


# The comparison


def problems(table: Table, known: t.Sequence[Operation]) -> list[str]:
    """What is wrong with the table."""
    names = {(each.api, each.name) for each in known}
    found = [
        f"{api} {name}: the SDK has no such operation"
        for api, name in table.operations.keys() - names
    ]
    texts = texts_of_calls()
    for each in known:
        decision = table.operations.get((each.api, each.name))
        title = f"{each.api} {each.name}"
        if decision is None or len(KINDS.keys() & decision.keys()) != 1:
            found.append(f"{title}: say one of {', '.join(KINDS)}")
            continue
        found += [f"{title}: {problem}" for problem in _of_calls(each, decision, texts)]
        if "modules" in decision:
            fields = table.fields(each.api, each.name)
            found += [f"{title}: {problem}" for problem in _of_fields(each, decision, fields)]
    return sorted(found)


def _of_calls(each: Operation, decision: t.Any, texts: t.Collection[str]) -> list[str]:
    called = is_called(each.path, texts)
    if called == ("left" not in decision) or _shares_its_path(each):
        return []
    return ["it is called, so it is not left" if called else "it is called nowhere"]


def _shares_its_path(each: Operation) -> bool:
    """Paths that stand for several operations, so that the text says nothing."""
    return each.path.endswith(("/clusters/tags", "/tags"))


def _of_fields(each: Operation, decision: t.Any, fields: Fields) -> list[str]:
    found = [f"{name}: no decision" for name in each.fields if decided(fields, name) is None]
    for name, said in fields.items():
        bare = name.removesuffix(".*")
        if bare not in each.fields:
            found.append(f"{name}: the SDK has no such field")
        elif isinstance(said, str):
            module, option = option_of(said, decision["modules"])
            if option not in options_of(module):
                found.append(f"{name}: {module} has no option {option}")
        elif not isinstance(said, dict) or len({"itself", "left"} & said.keys()) != 1:
            found.append(f"{name}: say an option, itself or left")
    return found


# The page

HEAD = """\
..
  Copyright (c) 2026, huaweicloud.mrs contributors
  GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
  SPDX-License-Identifier: GPL-3.0-or-later

.. Written by tests/tools/api_coverage.py from docs/api_coverage.yml.
   Change that, then run make format.

.. _ansible_collections.huaweicloud.mrs.docsite.api_coverage:

What of the API is covered
==========================

The vendor's SDK for Python (``huaweicloudsdkmrs``) has {total} operations in its versions 1 and 2.
For each of them, this page says which modules use it, or why none does; and for each field of a
request which option gives it. Modules use {used} of them. ``make lint`` compares the page with the
SDK, with the options of the modules and with the code.

.. contents::
   :local:
   :depth: 1

"""


def page(table: Table, known: t.Sequence[Operation]) -> str:
    used = [each for each in known if "modules" in table.operations[each.api, each.name]]
    parts = [HEAD.format(total=len(known), used=len(used))]
    parts += [_headed("Operations that modules use"), _list_of_used(table, used)]
    for kind in ("client", "left"):
        some = [each for each in known if kind in table.operations[each.api, each.name]]
        if some:
            parts += [_headed(KINDS[kind]), _list_of_others(table, some, kind)]
    parts += [_headed("Fields of the requests"), FIELDS]
    parts += [_fields_of(table, each) for each in used if each.fields]
    return "\n".join(parts).rstrip() + "\n"


def _headed(title: str, line: str = "-") -> str:
    return f"{title}\n{line * len(title)}\n"


def _table(*rows: t.Sequence[str], header: t.Sequence[str]) -> str:
    lines = [".. list-table::", "   :header-rows: 1", "   :class: longtable", ""]
    for row in (header, *rows):
        lines += [f"   {'*' if not place else ' '} - {cell}" for place, cell in enumerate(row)]
    return "\n".join(lines) + "\n"


def _call(each: Operation) -> str:
    return f"``{each.name}``:\n       ``{each.method} {each.path}``"


def _module(name: str) -> str:
    return f":ansplugin:`huaweicloud.mrs.{name}#module`"


def _list_of_used(table: Table, some: t.Sequence[Operation]) -> str:
    rows = [
        (
            _call(each),
            ",\n       ".join(map(_module, table.operations[each.api, each.name]["modules"])),
        )
        for each in some
    ]
    return _table(*rows, header=("operation", "modules"))


def _list_of_others(table: Table, some: t.Sequence[Operation], kind: str) -> str:
    rows = [(_call(each), table.operations[each.api, each.name][kind]) for each in some]
    return _table(*rows, header=("operation", "why"))


def _fields_of(table: Table, each: Operation) -> str:
    modules = table.operations[each.api, each.name]["modules"]
    fields = table.fields(each.api, each.name)
    rows = [(f"``{name}``", _said(decided(fields, name), modules)) for name in each.fields]
    title = f"{each.name} by {each.api}"
    call = f"``{each.method} {each.path}``"
    return f"{_headed(title, '~')}\n{call}\n\n{_table(*rows, header=('field', 'option'))}"


def _said(decision: Decision, modules: t.Sequence[str]) -> str:
    if isinstance(decision, dict):
        return (
            f"by itself: {decision['itself']}"
            if "itself" in decision
            else f"none: {decision['left']}"
        )
    module, option = option_of(decision, modules)
    return f":ansopt:`huaweicloud.mrs.{module}#module:{options_of(module)[option]}`"


def main(arguments: list[str]) -> int:
    """Check the table; write or check the page."""
    table, known = Table(), operations()
    wrong = problems(table, known)
    if wrong:
        print("\n".join(f"{SOURCE.relative_to(ROOT)}: {each}" for each in wrong))
        return 1
    text = page(table, known)
    if "--check" not in arguments:
        PAGE.write_text(text, "utf-8")
    elif PAGE.read_text("utf-8") != text:
        print(f"{PAGE.relative_to(ROOT)} is not what its source says. Run make format.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
