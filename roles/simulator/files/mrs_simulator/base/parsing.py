# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading bodies and queries, without ever falling over what a client sends."""

from __future__ import annotations

import json
import re
import typing as t

from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Request

_WHOLE = re.compile(r"-?\d{1,15}")


def json_body(request: Request) -> JsonObject | None:
    """The body as a JSON object, or None when it is anything else."""
    try:
        document = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def whole(query: t.Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    """A whole number out of the query.

    :raises Refusal: 12000002, not a number or out of its range.
    """
    text = query.get(name)
    if text is None:
        return default
    if _WHOLE.fullmatch(text) is None or not low <= int(text) <= high:
        raise Refusal("12000002", f"{name} is a number from {low} to {high}.")
    return int(text)


Item = t.TypeVar("Item")


def page(items: list[Item], number: int, size: int) -> list[Item]:
    """The page C(number) (from 1); beyond the end it is empty."""
    return items[(number - 1) * size : number * size]
