# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps secrets out of everything that is shown.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import base64
import functools
import itertools
import json
import re
import typing as t
from urllib.parse import quote, unquote

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import clean
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.escaped import (
    found_in,
    patterns,
)

MASK = "********"
#: A word that the service stores encrypted and shows masked: C(@password=x) (service_v1 5.1).
MARKED = re.compile(r"""(?<!\S)@[^\s@=]+=(?:"[^"]*"|'[^']*'|\S)+""")
#: What the name of a secret ends with.
_SECRET_NAME = r"(?:(?:secret|access)[._-]?key|passw(?:or)?d|(?:session|security)[._-]?token)"
#: C(name=), C("name": ), as SQL has it C('name' = ) and C(name 'value'), the signature of an
#: address, and an option whose value is the next word, C(--name ) or C(--name, ).
BEFORE_VALUE = (
    rf"""(?:{_SECRET_NAME}(?:\\?["'`]?\s{{0,9}}=|\\?["']\s{{0,9}}:)\s{{0,9}}"""
    rf"""|{_SECRET_NAME}\\?["'`]?\s{{1,9}}(?=\\?["'])"""
    r"""|[?&](?:x-(?:amz|obs)-)?signature="""
    rf"""|(?<![^\s\[])-[^\s=,]{{0,80}}?{_SECRET_NAME},?[ ](?!-))"""
)
QUOTED = r"""\\?"[^"]*"|\\?'[^']*'"""
#: A value ends with its word; in a list, where it may have blanks, with the item. One that is
#: masked stays.
NAMED = re.compile(rf"""({BEFORE_VALUE})(?!\*)({QUOTED}|\S*[^\s,;)\]}}"'])""", re.IGNORECASE)
_NAMED_ITEM = re.compile(rf"{_SECRET_NAME}=(.*)", re.IGNORECASE | re.DOTALL)
_OPTION_ITEM = re.compile(rf"-[^\s=]*{_SECRET_NAME}\Z", re.IGNORECASE)
#: Texts that say whether there is a secret, and are none.
_NO_SECRETS = frozenset({"", "true", "false", "none", "null"})
#: C(https://user:password@host); the service has no use for it, but a user may write it.
LOGIN_IN_ADDRESS = re.compile(r"://([^/\s@]*:[^/\s@]+)@")
#: Shorter values are only redacted as part of their marked word: replacing every "a" would garble
#: the output.
_SHORTEST = 4
_SHORTEST_BEGINNING = 6
#: Shorter pieces of Base64 would be found where they are not meant.
_SHORTEST_PACKED = 8
#: How often JSON is in JSON at most: a text of a request, the request, an answer that repeats it.
_JSON_IN_JSON = 3
#: As text and in an address.
_COLONS = (":", "%3A", "%3a")
_HEX_IN_JSON = re.compile(r"\\u([0-9a-f]{4})")
_HEX_IN_ADDRESS = re.compile("%[0-9A-F]{2}")


def marked_words(text: str) -> list[str]:
    """The words of C(text) that are marked as secret with a leading C(@)."""
    return MARKED.findall(text)


def is_secret_key(key: str) -> bool:
    """The value of such a property, configuration or option is a secret."""
    return bool(re.fullmatch(rf".*{_SECRET_NAME}", key, re.IGNORECASE | re.DOTALL))


def _secret_properties(value: t.Any, *, is_inner: bool = False) -> t.Iterator[str]:
    """The values of what is named like a secret, wherever somebody writes one.

    Such are C(properties) of jobs, C(configs) of components, and a whole definition in place of the
    name of a cluster. Of an option itself is known what it is, and tags are no secrets.
    """
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _secret_properties(item, is_inner=True)
    elif isinstance(value, dict):
        if is_secret_key(str(value.get("key"))):
            yield from _leaves(value.get("value"))
        for name, item in value.items():
            if is_inner and is_secret_key(str(name)):
                yield from _leaves(item)
            elif name != "tags":
                yield from _secret_properties(item, is_inner=True)


def _leaves(value: t.Any) -> t.Iterator[str]:
    """All texts and numbers in a value, as texts."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _leaves(item)
    else:
        yield str(value)


def secrets_in(options: t.Any) -> set[str]:
    """What must not be shown of options: marked words, secret properties, logins inside addresses.

    And the values of what is named like a secret inside of texts, such as C(--password=x).
    """
    found = {secret for secret in _secret_properties(options) if secret.lower() not in _NO_SECRETS}
    for text in _texts(options):
        found |= secrets_of(marked_words(text)) | _named_secrets(text)
        found |= {login.group(1) for login in LOGIN_IN_ADDRESS.finditer(text)}
    found |= set(filter(_is_told_apart, _named_in_lists(options)))
    if isinstance(options, dict):
        auth = options.get("auth")
        found |= login_in(options.get("endpoint")) | login_in(
            auth.get("auth_url") if isinstance(auth, dict) else None
        )
    return found


def login_in(address: object) -> set[str]:
    """User name and password in an address of any form.

    They are given together and the password alone, as they are and decoded.
    """
    login = str(address or "").rpartition("@")[0].rpartition("://")[2]
    forms = {login, unquote(login)}
    return {
        form
        for form in forms | {form.partition(":")[2] for form in forms}
        if len(form) >= _SHORTEST
    }


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


def _named_secrets(text: str) -> set[str]:
    """The values of what is named like a secret in C(text).

    Each to the end of its word, and to a separator before that.
    """
    values = [found.group(2).strip("\\\"'") for found in NAMED.finditer(text)]
    parts = [value for whole in values for value in (whole, re.split("[&,;]", whole)[0])]
    return {value for value in parts if _is_told_apart(value)}


def _named_in_lists(value: t.Any) -> t.Iterator[str]:
    """The values of what is named like a secret in lists.

    Each is the rest of an item, or the item after an option.
    """
    if isinstance(value, dict):
        value = list(value.values())
    elif isinstance(value, (list, tuple)):
        yield from _named_in_list([str(item) for item in value])
    else:
        return
    for item in value:
        yield from _named_in_lists(item)


def _named_in_list(texts: list[str]) -> t.Iterator[str]:
    yield from (rest.group(1) for text in texts for rest in _NAMED_ITEM.finditer(text))
    for name, value in itertools.pairwise(texts):
        if _OPTION_ITEM.match(name) and not value.startswith("-"):
            yield value


def _is_told_apart(value: str) -> bool:
    return len(value) >= _SHORTEST and value.lower() not in _NO_SECRETS and bool(value.strip("*"))


def secrets_of(words: t.Iterable[str]) -> set[str]:
    """What must not be shown of marked words.

    This is each whole word, and its value where that is long enough to be told apart.
    """
    found = set()
    for word in words:
        value = word.partition("=")[2].strip("\"'")
        found.add(word)
        if len(value) >= _SHORTEST:
            found.add(value)
    return {secret for secret in found if secret.strip("*")}


def redacted(value: t.Any, secrets: t.Collection[str], *, torn: bool = False) -> t.Any:
    """C(value) with every secret in its texts replaced, in whatever spelling and however deep.

    What has none is not copied: it may be large.

    :param torn: the texts may have been cut off in the midst of a secret.
    """
    spelt = every_spelling(secrets)
    nested = patterns(frozenset(secret for secret in secrets if len(secret) >= _SHORTEST))
    if not torn and not mentions(value, spelt) and not found_in(value, nested):
        return value

    def masked(part: t.Any) -> t.Any:
        if isinstance(part, str):
            return _masked(part, spelt, nested, torn)
        if isinstance(part, dict):
            return {masked(key): masked(item) for key, item in part.items()}
        return [masked(item) for item in part] if isinstance(part, (list, tuple)) else part

    return masked(value)


def _masked(
    text: str, spelt: t.Collection[str], nested: t.Iterable[re.Pattern[str]], torn: bool
) -> str:
    for pattern in nested:
        text = pattern.sub(MASK, text)
    for secret in spelt:
        text = text.replace(secret, MASK)
    return _without_beginning(text, spelt) if torn else text


def _without_beginning(text: str, spelt: t.Collection[str]) -> str:
    """C(text) without the beginning of a secret at its end, where somebody cut it off."""
    for body in (text, text.rstrip(" .\u2026\"'}])>")):
        for secret in spelt:
            start = (
                body.find(secret[:_SHORTEST_BEGINNING]) if len(secret) > _SHORTEST_BEGINNING else -1
            )
            while start >= 0:
                if secret.startswith(body[start:]) and not _is_name(body[start:], secret, spelt):
                    return body[:start] + MASK + text[len(body) :]
                start = body.find(secret[:_SHORTEST_BEGINNING], start + 1)
    return text


def _is_name(text: str, secret: str, spelt: t.Collection[str]) -> bool:
    """C(secret) is a name, C(:) and another secret, as logins in HTTP are, and C(text) the name."""
    rest = secret.removeprefix(text)
    return any(rest.startswith(colon) and rest[len(colon) :] in spelt for colon in _COLONS)


def every_spelling(secrets: t.Collection[str]) -> tuple[str, ...]:
    """The secrets as they are and as others write them, the longest first."""
    return _spelt(frozenset(secret for secret in secrets if secret))


@functools.lru_cache(maxsize=32)
def _spelt(secrets: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        sorted({form for secret in secrets for form in _spellings(secret)}, key=len, reverse=True)
    )


@functools.lru_cache(maxsize=128)
def _spellings(secret: str) -> frozenset[str]:
    """C(secret) in every form in which it may be written.

    This is in JSON, also inside JSON, in an address, in Python, in HTML, and packed as in a header.
    """
    if len(secret) < _SHORTEST:
        return frozenset({secret})
    if secret.isascii() and secret.isalnum():  # nothing of it is escaped
        return frozenset({secret, *_packed(secret)})
    forms = {secret, clean(secret), " ".join(secret.split())}
    nested = _in_nested_json(secret)
    forms |= nested | {form for each in nested for form in _in_python(each)}
    forms |= _in_python(secret) | _in_address(secret) | _in_html(secret) | _packed(secret)
    return frozenset(forms)


def _in_nested_json(secret: str) -> set[str]:
    """In JSON inside JSON.

    A request may have such a text, as C(source_info), and an answer may repeat the request.
    """
    found: set[str] = set()
    layer = {secret}
    for _depth in range(_JSON_IN_JSON):
        layer = {form for each in layer for form in _in_json(each)}
        found |= layer
    return found


def _in_python(secret: str) -> set[str]:
    """As Python writes it, alone and in a longer text with both kinds of quotes."""
    both = "'\""
    return {
        repr(secret)[1:-1],
        ascii(secret)[1:-1],
        repr(both + secret)[4:-1],
        ascii(both + secret)[4:-1],
    }


def _in_json(text: str) -> set[str]:
    forms = {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
    forms |= {
        _HEX_IN_JSON.sub(lambda found: "\\u" + found.group(1).upper(), form) for form in forms
    }
    return forms | {form.replace("/", "\\/") for form in forms}


def _in_address(secret: str) -> set[str]:
    safe = ("", "/", "!*'()", "!*'()/:@", "/:@?&=+$,;")
    forms = {quote(secret, safe=characters, errors="replace") for characters in safe}
    forms |= {form.replace("%20", "+") for form in forms}
    return forms | {
        _HEX_IN_ADDRESS.sub(lambda found: found.group().lower(), form) for form in forms
    }


def _in_html(secret: str) -> set[str]:
    marks = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    quoted = marks.replace('"', "&quot;")
    forms = {marks, quoted, *(quoted.replace("'", mark) for mark in ("&#x27;", "&#39;", "&apos;"))}
    return forms | {form.encode("ascii", "xmlcharrefreplace").decode() for form in forms}


def _packed(secret: str) -> set[str]:
    """Base64, as the header of a proxy and of HTTP's own login have it, and hexadecimal digits."""
    octets = secret.encode(errors="replace")
    found = {octets.hex(), octets.hex().upper()}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        packed = encode(octets).decode()
        found |= {packed, packed.rstrip("=")}
        for text in {secret, *_in_json(secret)}:
            found |= _inside_base64(text.encode(errors="replace"), encode)
    return {form for form in found if len(form) >= _SHORTEST}


def _inside_base64(octets: bytes, encode: t.Callable[[bytes], bytes]) -> set[str]:
    """What a longer text in Base64 has of the octets, wherever they begin in it.

    Three octets are four digits, so the first and the last digit may be of what is around as well.
    """
    found = set()
    for before in range(3):
        first, last = -(-before * 8 // 6), (before + len(octets)) * 8 // 6
        found.add(encode(b"\0" * before + octets).decode()[first:last])
    return {form for form in found if len(form) >= _SHORTEST_PACKED}


def mentions(value: t.Any, secrets: t.Collection[str]) -> bool:
    """Some secret is in the texts of C(value), in its keys or in its numbers, however deep."""
    if isinstance(value, dict):
        parts: t.Collection[t.Any] = [*value, *value.values()]
    else:
        parts = value if isinstance(value, (list, tuple)) else [value]
    deeper = [part for part in parts if isinstance(part, (dict, list, tuple))]
    text = "\0".join([str(part) for part in parts if not isinstance(part, (dict, list, tuple))])
    return any(secret in text for secret in secrets) or any(
        mentions(part, secrets) for part in deeper
    )
