# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests that something on the way holds back, and delivers when their sender no longer waits."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from mrs_simulator.base.messages import Request


@dataclass(frozen=True)
class Delivery:
    """C(when) is in seconds since the epoch, by the simulator's clock."""

    when: float
    request: Request
    fault: str


class Deliveries:
    """What is still on its way."""

    def __init__(self) -> None:
        self._waiting: list[Delivery] = []

    def add(self, delivery: Delivery) -> None:
        self._waiting.append(delivery)

    def due(self, now: float) -> t.Iterator[Delivery]:
        """Take out what has arrived by C(now), in the order of its arrival."""
        while self._waiting:
            first = min(self._waiting, key=lambda delivery: delivery.when)
            if first.when > now:
                return
            self._waiting.remove(first)
            yield first
