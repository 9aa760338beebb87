# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps secrets out of everything that is shown.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

MASK = "********"
#: A word that the service stores encrypted and shows masked: C(@password=x) (5.1).
_MARKED = re.compile(r"""(?<!\S)@[^\s@=]+=(?:"[^"]*"|'[^']*'|\S)+""")
_WORD = re.compile(rf"{_MARKED.pattern}|\S+")
#: C(https://user:password@host); the service has no use for it, but a user may write it.
_LOGIN_IN_ADDRESS = re.compile(r"://([^/\s@]*:[^/\s@]+)@")
#: Shorter values are only redacted as part of their marked word: replacing every "a" would garble the output.
_SHORTEST = 4


def marked_words(text: str) -> list[str]:
    """The words of C(text) that are marked as secret with a leading C(@)."""
    return _MARKED.findall(text)


def secrets_in(options: t.Any) -> set[str]:
    """What must not be shown of options: marked words, and user names with passwords inside addresses."""
    found = set()
    for text in _texts(options):
        found |= secrets_of(marked_words(text))
        found |= {login.group(1) for login in _LOGIN_IN_ADDRESS.finditer(text)}
    return found


def _texts(value: t.Any) -> t.Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)


def words(text: str) -> list[str]:
    """The words of C(text). A quoted value of a marked word may have blanks in it."""
    return _WORD.findall(text)


def mask_marked(text: str) -> str:
    """C(text) with the values of its marked words masked, as the service shows them."""
    return _MARKED.sub(lambda word: word.group().partition("=")[0] + "=*", text)


def secrets_of(words: t.Iterable[str]) -> set[str]:
    """What must not be shown of marked words: each whole, and its value where that is long enough to be told apart."""
    found = set()
    for word in words:
        value = word.partition("=")[2].strip("\"'")
        found.add(word)
        if len(value) >= _SHORTEST:
            found.add(value)
    return {secret for secret in found if secret.strip("*")}


def redacted(value: t.Any, secrets: t.Collection[str]) -> t.Any:
    """C(value) with every secret in its texts replaced, however deep. What has none is not copied: it may be large."""
    if not mentions(value, secrets):
        return value
    return _redacted(value, sorted(secrets, key=len, reverse=True))


def _redacted(value: t.Any, secrets: t.Sequence[str]) -> t.Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, MASK)
        return value
    if isinstance(value, dict):
        return {_redacted(key, secrets): _redacted(item, secrets) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_redacted(item, secrets) for item in value]
    return value


def mentions(value: t.Any, secrets: t.Collection[str]) -> bool:
    """Some secret is in the texts of C(value), in its keys or in its numbers, however deep."""
    if isinstance(value, dict):
        parts: t.Collection[t.Any] = [*value, *value.values()]
    else:
        parts = value if isinstance(value, (list, tuple)) else [value]
    deeper = [part for part in parts if isinstance(part, (dict, list, tuple))]
    text = "\0".join([str(part) for part in parts if not isinstance(part, (dict, list, tuple))])
    return any(secret in text for secret in secrets) or any(mentions(part, secrets) for part in deeper)
