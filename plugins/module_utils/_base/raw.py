# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads values out of the service's objects, whatever spelling and type it chose this time.

One object may hold C(GroupName), C(clusterId) and C(bootstrap_scripts); numbers come as texts,
flags as numbers, times in seconds, milliseconds or ISO text; null, an empty text and a missing key
mean the same (service_v1 Q6 to Q14, Q40).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import functools
import math
import re
import typing as t
from datetime import UTC, datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError

T = t.TypeVar("T")

#: Epoch numbers above this are milliseconds: 11 digits of seconds are the year 5138.
MILLISECONDS_FROM = 10**11
#: What the service counts is far below this. JSON may have numbers of any size.
LARGEST_INTEGER = 2**53
#: A key is shown in an error only as long as it looks like one.
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_KINDS: dict[type, str] = {dict: "an object", list: "a list", str: "a text"}
_FLAGS = {"0": False, "false": False, "1": True, "true": True}


@functools.lru_cache(maxsize=1024)
def plain(key: str) -> str:
    """A key without what differs between spellings: case, underscores and a leading C(is)."""
    bare = key.replace("_", "").lower()
    return bare[2:] if bare.startswith("ismrs") else bare


def iso_time(moment: datetime | None) -> str | None:
    """UTC in ISO 8601, to the second, such as C(2024-03-27T08:44:40Z)."""
    return f"{moment.isoformat()[:19]}Z" if moment else None


def described(value: t.Any) -> str:
    """What kind of thing a value of an answer is, for errors: its content may be secret."""
    if value is None:
        return "null"
    if value == {}:
        return "an empty object"
    if isinstance(value, bool):
        return str(value).lower()
    kind: type = type(value)
    return _KINDS.get(kind, "a number")


def keys_of(answer: t.Mapping[str, t.Any]) -> str:
    """Which keys an answer has, for errors."""
    shown = [key for key in answer if _KEY.fullmatch(key)][:5]
    if not shown:
        return described(answer)
    told = f"an object with {', '.join(shown)}"
    return f"{told} and others" if len(answer) > len(shown) else told


class Raw:
    """An object of an answer.

    What is null, empty or missing is None for every getter: any field may be that. A value of a
    wrong kind is None, too. Not so for the getters that begin with C(certain_), for C(count) and
    for C(items): what they read decides what the collection does, so nonsense is an error there.
    """

    def __init__(self, answer: t.Any) -> None:
        self._values: dict[str, t.Any] = {}
        if isinstance(answer, dict):
            self._values = {plain(str(key)): value for key, value in answer.items()}

    def unwrapped(self, key: str) -> Raw:
        """The object under C(key) where the answer is wrapped, else this one (service_v1 Q5).

        :raises NonsenseError: there is something else under the key.
        """
        if not self.has(key):
            return self
        inner = self.get(key)
        if not isinstance(inner, dict):
            raise NonsenseError(f"{key} is {described(inner)}, not an object")
        return Raw(inner)

    def has(self, key: str) -> bool:
        """The key is there, be it null."""
        return plain(key) in self._values

    def get(self, key: str) -> t.Any:
        value = self._values.get(plain(key))
        return None if value == "" else value

    def text(self, key: str) -> str | None:
        value = self.get(key)
        is_text = isinstance(value, (str, int, float)) and not isinstance(value, bool)
        return str(value) if is_text else None

    def text_or_empty(self, key: str) -> str:
        return self.text(key) or ""

    def first_text(self, *keys: str) -> str | None:
        """The text of the first of the keys that has one."""
        return next(filter(None, map(self.text, keys)), None)

    def key_of(self, key: str, other: str) -> str:
        """The one of two names of a field that is there."""
        return key if self.has(key) else other

    def identity(self, key: str) -> str:
        """An id, which is a text and nothing else; an empty one where there is none."""
        value = self.get(key)
        if isinstance(value, str) and value.strip():
            return value
        return ""

    def number(self, key: str) -> float | None:
        value = self.get(key)
        if isinstance(value, bool):
            return None
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            return None
        return number if math.isfinite(number) else None

    def integer(self, key: str) -> int | None:
        value = self.number(key)
        if value is None or abs(value) > LARGEST_INTEGER:
            return None
        return int(value)

    def flag(self, key: str) -> bool | None:
        value = self.get(key)
        if not isinstance(value, (str, int)):
            return None
        return _FLAGS.get(str(value).strip().lower())

    def time(self, key: str) -> datetime | None:
        value = self.get(key)
        number = self.number(key)
        if number is not None:
            return _epoch(number)
        return _iso(value) if isinstance(value, str) else None

    def certain_text(self, key: str) -> str | None:
        """:raises NonsenseError: it is not a text."""
        return self._certain(key, self.text(key), "a text")

    def certain_text_or_empty(self, key: str) -> str:
        """:raises NonsenseError: it is not a text."""
        return self.certain_text(key) or ""

    def certain_integer(self, key: str) -> int | None:
        """:raises NonsenseError: it is not a number."""
        return self._certain(key, self.integer(key), "a number")

    def certain_object(self, key: str) -> dict[str, t.Any] | None:
        """:raises NonsenseError: it is not an object."""
        return self._certain(key, self._of_kind(key, dict), "an object")

    def count(self, key: str) -> int | None:
        """How many there are.

        :raises NonsenseError: it is not a whole number of 0 or more.
        """
        number = self.integer(key)
        is_count = number is not None and number >= 0 and number == self.number(key)
        return self._certain(key, number if is_count else None, "a number of 0 or more")

    def items(self, key: str) -> list[Raw]:
        """:raises NonsenseError: it is not a list of objects."""
        value = self._certain(key, self._of_kind(key, list), "a list")
        return [Raw(_object(item, key)) for item in value or ()]

    def listed(self, key: str) -> list[t.Any]:
        """What a list holds; nothing where it is none."""
        return self._of_kind(key, list) or []

    def objects(self, key: str) -> list[dict[str, t.Any]]:
        """The items of a list that must be there, as they came.

        :raises NonsenseError: it is not a list of objects, or null.
        """
        if not self.has(key):
            raise NonsenseError(f"{key} is missing, not a list")
        found = self._of_kind(key, list)
        if found is None:
            raise NonsenseError(f"{key} is {described(self.get(key))}, not a list")
        return [_object(item, key) for item in found]

    def _of_kind(self, key: str, kind: type[T]) -> T | None:
        value = self.get(key)
        return value if isinstance(value, kind) else None

    def _certain(self, key: str, read: T | None, expected: str) -> T | None:
        value = self.get(key)
        if read is None and value is not None:
            raise NonsenseError(f"{key} is {described(value)}, not {expected}")
        return read


def _object(item: t.Any, key: str) -> dict[str, t.Any]:
    if not isinstance(item, dict):
        raise NonsenseError(f"{key} has an item that is {described(item)}, not an object")
    return item


def _epoch(number: float) -> datetime | None:
    if number <= 0:
        return None
    seconds = number / 1000 if number > MILLISECONDS_FROM else number
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _iso(text: str) -> datetime | None:
    """ISO text; the service means UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
