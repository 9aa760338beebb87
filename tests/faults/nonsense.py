# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers of HTTP 200 that make no sense, made from answers that do."""

from __future__ import annotations

import json
import typing as t

HUGE = 10**400
DEPTH = 100_000


def _without_items(value: t.Any) -> t.Any:
    """Every list is empty, and the total beside it stays, or is one."""
    if isinstance(value, dict):
        totals = {key: each or 1 for key, each in value.items() if "total" in key.lower()}
        return {key: _without_items(each) for key, each in value.items()} | totals
    return [] if isinstance(value, list) else value


def _with_objects(value: t.Any) -> t.Any:
    """Every list is an object."""
    if isinstance(value, dict):
        return {key: _with_objects(each) for key, each in value.items()}
    return {"0": value} if isinstance(value, list) else value


def _with_null_items(value: t.Any) -> t.Any:
    """Every item of every list is null."""
    if isinstance(value, dict):
        return {key: _with_null_items(each) for key, each in value.items()}
    return [None for _item in value] or [None] if isinstance(value, list) else value


def _with_number(value: t.Any) -> t.Any:
    """A number in place of every list and every object that the answer has."""
    return {key: 5 if isinstance(each, (list, dict)) else each for key, each in value.items()}


def _with_huge_numbers(value: t.Any) -> t.Any:
    """Every number has 400 digits more than are of use."""
    if isinstance(value, dict):
        return {key: _with_huge_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_huge_numbers(each) for each in value]
    is_number = isinstance(value, int) or (isinstance(value, str) and value.isdigit())
    return HUGE if is_number and not isinstance(value, bool) else value


_MAKE: dict[str, t.Callable[[t.Any], t.Any]] = {
    "odd_empty": lambda value: {},
    "odd_error": lambda value: {"error_code": "MRS.0001", "error_msg": "Invalid request."},
    "odd_null": lambda value: None,
    "odd_text": lambda value: "success",
    "odd_list": lambda value: [],
    "odd_total": _without_items,
    "odd_objects": _with_objects,
    "odd_items": _with_null_items,
    "odd_numbers": _with_number,
    "odd_huge": _with_huge_numbers,
}
KINDS = (*_MAKE, "odd_deep")


def nonsense(kind: str, body: bytes) -> bytes:
    """The body as a C(kind) of nonsense; one that is no JSON object stays as it is."""
    if kind == "odd_deep":
        return b'{"clusters": ' + b"[" * DEPTH + b"]" * DEPTH + b"}"
    try:
        document = json.loads(body)
    except ValueError:
        return body
    return json.dumps(_MAKE[kind](document)).encode() if isinstance(document, dict) else body
