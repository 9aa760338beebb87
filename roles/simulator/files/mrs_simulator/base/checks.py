# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Small checks of JSON values, to combine: each refuses with a code and names the field."""

from __future__ import annotations

import contextlib
import re
import typing as t

from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject

#: A check gets a value and the name of the field for the message.
Check = t.Callable[[t.Any, str], None]

INVALID = "12000002"
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
SCRIPT_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9 _-]{0,63}")


@contextlib.contextmanager
def refused_with(code: str) -> t.Iterator[None]:
    """A wrong parameter is refused with C(code) instead of the usual one."""
    try:
        yield
    except Refusal as refusal:
        refusal.code = code if refusal.code == INVALID else refusal.code
        raise


def refuse(name: str, rule: str, code: str = INVALID) -> t.NoReturn:
    raise Refusal(code, f"{name}: {rule}.")


def text(
    *,
    low: int = 0,
    high: int = 65535,
    pattern: re.Pattern[str] | None = None,
    choices: t.Collection[str] | None = None,
    forbidden: str = "",
) -> Check:
    def check(value: t.Any, name: str) -> None:
        if not isinstance(value, str):
            refuse(name, "must be a string")
        if not low <= len(value) <= high:
            refuse(name, f"must have {low} to {high} characters")
        if choices is not None and value not in choices:
            refuse(name, f"must be one of {', '.join(sorted(choices))}")
        if pattern is not None and pattern.fullmatch(value) is None:
            refuse(name, "has characters that are not allowed, or a wrong form")
        if any(character in forbidden for character in value):
            refuse(name, f"must not contain any of {forbidden}")

    return check


def whole_number(low: int, high: int, *, also_text: bool = False) -> Check:
    """An int.

    With C(also_text) a text is taken, too: the documents give one for the same field.
    """

    def check(value: t.Any, name: str) -> None:
        if also_text and isinstance(value, str) and re.fullmatch(r"[0-9]{1,10}", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            refuse(name, "must be a whole number")
        if not low <= value <= high:
            refuse(name, f"must be from {low} to {high}")

    return check


def flag(*, also_text: bool = False) -> Check:
    def check(value: t.Any, name: str) -> None:
        if not isinstance(value, bool) and not (also_text and value in ("true", "false")):
            refuse(name, "must be true or false")

    return check


def one_of(*values: int) -> Check:
    def check(value: t.Any, name: str) -> None:
        if isinstance(value, bool) or value not in values or not isinstance(value, int):
            refuse(name, f"must be one of {', '.join(map(str, values))}")

    return check


def items(check_item: Check, *, high: int = 1000, low: int = 0, code: str = INVALID) -> Check:
    """A list of C(low) to C(high) entries; too many are refused with C(code)."""

    def check(value: t.Any, name: str) -> None:
        if not isinstance(value, list):
            refuse(name, "must be a list")
        if not low <= len(value) <= high:
            refuse(name, f"must have {low} to {high} entries", code)
        for number, item in enumerate(value):
            check_item(item, f"{name}[{number}]")

    return check


def anything(value: t.Any, name: str) -> None:
    """A field that is accepted and has no function."""


def record(
    required: t.Mapping[str, Check],
    optional: t.Mapping[str, Check] | None = None,
    *,
    strict: bool = True,
) -> Check:
    """An object.

    A null counts as absent; with C(strict) a field that no document knows is refused.
    """
    known = {**required, **(optional or {})}

    def check(value: t.Any, name: str) -> None:
        if not isinstance(value, dict):
            refuse(name, "must be an object")
        for key in required:
            if value.get(key) is None:
                refuse(_path(name, key), "is mandatory")
        for key, item in value.items():
            if key not in known:
                if strict:
                    refuse(_path(name, key[:64]), "is not a known field")
            elif item is not None:
                known[key](item, _path(name, key))

    return check


def _path(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def without_nulls(document: JsonObject) -> JsonObject:
    """A copy in which absent and null are the same: absent."""
    return {key: value for key, value in document.items() if value is not None}


def unique(values: t.Sequence[t.Any], name: str, code: str = INVALID) -> None:
    if len(set(values)) != len(values):
        refuse(name, "must be unique", code)
