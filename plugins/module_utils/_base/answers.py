# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what others answer, so that no value can do harm behind this point.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import math
import re
import typing as t

#: How deep lists and objects may lie in each other. Those of the service have a tenth of it.
DEEPEST = 64
#: Digits of a whole number. A time in nanoseconds has 19.
LONGEST_NUMBER = 25
#: What a terminal obeys instead of showing it, what turns the order of the letters around, and
#: halves of letters. Tab, line feed, and a carriage return before one are texts of several lines.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    "|\r(?!\n)"
)
REPLACEMENT = "\ufffd"


def read_json(text: str) -> t.Any:
    """The value that a JSON text is, with clean texts in it.

    :raises ValueError: it is none, or one that no service would send.
    """
    try:
        value = json.loads(
            text.removeprefix("\ufeff"),
            strict=False,
            parse_int=_whole_number,
            parse_float=_number,
            parse_constant=_no_number,
        )
    except RecursionError as exc:
        raise ValueError("too deep") from exc
    _check_depth(value)
    return _cleaned(value) if _UNSEEN.search(text) or "\\" in text else value


def clean(text: str) -> str:
    """C(text) without anything that could do more on a terminal than be seen."""
    return _UNSEEN.sub(REPLACEMENT, text)


def _whole_number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("too long a number")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError("too large a number")
    return value


def _no_number(name: str) -> t.NoReturn:
    raise ValueError(f"{name} is not a number")


def _check_depth(value: object) -> None:
    layer = [value]
    for _depth in range(DEEPEST):
        layer = [
            item
            for container in layer
            for item in _items(container)
            if isinstance(item, (dict, list))
        ]
        if not layer:
            return
    raise ValueError("too deep")


def _items(container: object) -> t.Collection[object]:
    if isinstance(container, dict):
        return container.values()
    return container if isinstance(container, list) else ()


def _cleaned(value: t.Any) -> t.Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value
