# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A request that found its route, and the reading of what it sends."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Request
from mrs_simulator.base.parsing import json_body
from mrs_simulator.cloud.world import World
from mrs_simulator.settings import Settings


@dataclass(frozen=True)
class Call:
    """A request that found its route: what a handler gets to see."""

    world: World
    request: Request
    params: t.Mapping[str, str]
    now: float
    project_id: str = ""

    @property
    def settings(self) -> Settings:
        return self.world.settings


def body_of(call: Call) -> JsonObject:
    """:raises Refusal: the body is not a JSON object."""
    document = json_body(call.request)
    if document is None:
        raise Refusal("12000009", "The body is not a JSON object.")
    return document


def query_of(call: Call, *names: str) -> dict[str, str]:
    """The query parameters; a name given twice or (when strict) unknown is refused.

    :raises Refusal: 12000002.
    """
    found: dict[str, str] = {}
    for name, value in call.request.pairs:
        if name in found or (call.settings.strict and name not in names):
            raise Refusal("12000002", f"Query parameter {name[:64]!r} is not expected here.")
        found[name] = value
    return found
