# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads values out of the service's objects, whatever spelling and type it chose this time.

One object may hold C(GroupName), C(clusterId) and C(bootstrap_scripts); numbers come as texts, flags as numbers, times
in seconds, milliseconds or ISO text; null, an empty text and a missing key mean the same (quirks Q6 to Q14, Q40).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import functools
import math
import typing as t
from datetime import UTC, datetime

#: Epoch numbers above this are milliseconds: 11 digits of seconds are the year 5138.
MILLISECONDS_FROM = 10**11


@functools.lru_cache(maxsize=1024)
def plain(key: str) -> str:
    """A key without what differs between spellings: case, underscores and a leading C(is)."""
    bare = key.replace("_", "").lower()
    return bare[2:] if bare.startswith("ismrs") else bare


def iso_time(moment: datetime | None) -> str | None:
    """UTC in ISO 8601, to the second, such as C(2024-03-27T08:44:40Z)."""
    return f"{moment.isoformat()[:19]}Z" if moment else None


class Raw:
    """An object of an answer. Every getter gives None for what is missing, null, empty or of no use."""

    def __init__(self, answer: t.Any) -> None:
        self._values = {plain(str(key)): value for key, value in answer.items()} if isinstance(answer, dict) else {}

    def unwrapped(self, key: str) -> Raw:
        """The object under C(key) where the answer is wrapped, else this one (quirk Q5)."""
        inner = self.get(key)
        return Raw(inner) if isinstance(inner, dict) else self

    def has(self, key: str) -> bool:
        """The key is there, be it null."""
        return plain(key) in self._values

    def get(self, key: str) -> t.Any:
        value = self._values.get(plain(key))
        return None if value == "" else value

    def text(self, key: str) -> str | None:
        value = self.get(key)
        return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None

    def number(self, key: str) -> float | None:
        try:
            return float(self.get(key))
        except (TypeError, ValueError):
            return None

    def integer(self, key: str) -> int | None:
        value = self.number(key)
        return int(value) if value is not None and math.isfinite(value) else None

    def flag(self, key: str) -> bool | None:
        value = self.get(key)
        if isinstance(value, str):
            return {"0": False, "false": False, "1": True, "true": True}.get(value.strip().lower())
        return None if value is None else bool(value)

    def time(self, key: str) -> datetime | None:
        value = self.get(key)
        number = self.number(key)
        if number is not None:
            return _epoch(number)
        return _iso(value) if isinstance(value, str) else None

    def items(self, key: str) -> list[Raw]:
        value = self.get(key)
        return [Raw(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number > MILLISECONDS_FROM else number
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (OverflowError, ValueError, OSError):
        return None


def _iso(text: str) -> datetime | None:
    """ISO text; the service means UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
