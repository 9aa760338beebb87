# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many calls a minute are let through, route by route (service_v2 1)."""

from __future__ import annotations

from collections import deque

from mrs_simulator.base.errors import gateway

MINUTE = 60.0


class Rates:
    """The calls of the last minute, by the simulator's clock."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[float]] = {}

    def check(self, route: str, limit: int | None, now: float) -> None:
        """Count a call.

        :raises PlainRefusal: 429 APIGW.0308, there were as many as the limit in the last minute.
        """
        if limit is None:
            return
        calls = self._calls.setdefault(route, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= limit:
            text = (
                f"The throttling threshold has been reached: over ratelimit, limit:{limit}, time:1 "
                "minute"
            )
            raise gateway(429, "APIGW.0308", text)
        calls.append(now)
