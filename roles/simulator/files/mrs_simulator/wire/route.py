# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a route is, and those that are documented and answered with 501."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from mrs_simulator.base.errors import not_simulated
from mrs_simulator.base.messages import Reply
from mrs_simulator.cloud.call import Call

Handler = t.Callable[[Call], Reply]


@dataclass(frozen=True)
class Route:
    """C(template) as in OpenAPI. C(acts) marks what changes something, one GET included.

    C(reads) names what is read that can be stale, see settings.STALE. C(limit) is how many calls a
    minute Huawei Cloud takes (service_v2 1). C(otc): Open Telekom Cloud publishes it, too.
    """

    method: str
    template: str
    handler: Handler
    acts: bool = False
    authenticated: bool = True
    reads: str = ""
    limit: int | None = None
    otc: bool = True

    @property
    def segments(self) -> list[str]:
        return self.template.strip("/").split("/")


def documented(lines: str) -> tuple[Route, ...]:
    """Routes that are documented but not served, one a line: method and template."""
    return tuple(
        Route(method, template, _refuse, authenticated=False)
        for method, template in (line.split() for line in lines.strip().splitlines())
    )


def _refuse(call: Call) -> Reply:
    raise not_simulated(
        f"{call.request.method} {call.params['route']} is documented but not served."
    )
