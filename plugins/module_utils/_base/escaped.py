# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds a text in every form: in JSON, Python, addresses or HTML, also in each other.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import functools
import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import clean

#: As many backslashes may stand before a character: JSON or Python, six times in each other.
MOST_BACKSLASHES = 127
#: The backslashes of a text, and what they stand before.
_PART = re.compile(r"(\\*)(\s+|[^\\]|\Z)")
_HTML_NAMES = {'"': "quot", "'": "apos", "&": "amp", "<": "lt", ">": "gt"}


@functools.lru_cache(maxsize=32)
def patterns(texts: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """For each text that has something to escape, the longest first."""
    awkward = [text for text in texts if not (text.isascii() and text.isalnum())]
    return tuple(_compiled(text) for text in sorted(awkward, key=len, reverse=True))


def found_in(value: t.Any, looked_for: t.Collection[re.Pattern[str]]) -> bool:
    """One of them is in the texts of C(value) or in its keys, however deep."""
    if isinstance(value, str):
        return any(pattern.search(value) for pattern in looked_for)
    if isinstance(value, dict):
        return found_in([*value, *value.values()], looked_for)
    if isinstance(value, (list, tuple)):
        return any(found_in(item, looked_for) for item in value)
    return False


@functools.lru_cache(maxsize=128)
def _compiled(text: str) -> re.Pattern[str]:
    """Each secret is among others with every new token, and to compile its pattern takes long."""
    return re.compile(_pattern(text))


def _pattern(text: str) -> str:
    return "".join(_part(len(found[1]), found[2]) for found in _PART.finditer(text))


def _part(backslashes: int, following: str) -> str:
    if not backslashes and following.isascii() and following.isalnum():
        return following
    if not backslashes and not following:
        return ""
    return _escapes(backslashes) + _forms(following)


def _escapes(least: int) -> str:
    """All backslashes that there are: none is given back, so a long row of them is soon read.

    A possessive quantifier would say the same. Python before 3.11.5 misreads the text after one
    that has matched only in part (python/cpython 106052).
    """
    return rf"(?>(?:\\|%(?:25)*5[cC]){{{least},{MOST_BACKSLASHES}}})"


def _forms(following: str) -> str:
    if following.isspace():
        spelt = "|".join({form for char in following for form in _of_character(char)})
        return rf"(?i:(?:\s|\+|{_escapes(0)}(?:[nrtfv]|{spelt}))+)"
    return f"(?i:{'|'.join(_of_character(following))})" if following else ""


def _of_character(char: str) -> list[str]:
    """What may stand for one character, after the backslashes before it."""
    more = _escapes(1)
    octets = char.encode(errors="replace")
    units = char.encode("utf-16-be", errors="replace")
    pairs = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
    name = _HTML_NAMES.get(char, f"#{ord(char)}")
    return [
        more.join(f"u{pair}" for pair in pairs),
        more.join(f"x{octet:02x}" for octet in octets),
        f"(?:x|U0*){ord(char):02x}",
        "".join(f"%(?:25)*{octet:02x}" for octet in octets),
        f"&(?:amp;)*(?:#0*{ord(char)}|#x0*{ord(char):x}|{name});",
        re.escape(char),
        re.escape(clean(char)),
    ]
