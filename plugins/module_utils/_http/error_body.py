# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads code, reason and request ID out of an error answer, in whatever shape they come.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import collections
import dataclasses
import html
import json
import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import error_codes
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import redacted

NO_REASON = "the service gave no reason"
#: Characters of the service's own message, and of a body without one.
LONGEST_MESSAGE = 1000
LONGEST_RAW = 300
#: Characters of a raw body that are looked at. html.unescape raises an error for numbers of more
#: than 4300 digits.
_LONGEST_PAGE = 4000
_LONGEST_WORD = 100
#: Characters of a body in which a message is looked for at all.
_LONGEST_BODY = 2**18

_CODE_KEYS = ("error_code", "errorCode", "code", "errCode")
_MESSAGE_KEYS = (
    *(
        "error_msg",
        "errorMsg",
        "message",
        "error_message",
        "externalMessage",
        "details",
        "faultstring",
    ),
    *("error", "badRequest", "NeutronError", "computeFault", "TackerError"),
)
#: Keys that only errors have.
_ERROR_KEYS = ("error_code", "errorCode", "errCode", "error_msg", "errorMsg")
_REQUEST_ID_KEYS = ("request_id", "requestId")
_REQUEST_ID_HEADERS = ("x-request-id", "x-openstack-request-id", "x-iam-trace-id")

#: Details of a refused policy, for the eyes of an administrator only. It may stand in JSON inside a
#: JSON string.
_AUTHORIZATION_MESSAGE = re.compile(
    r"""[\\"']{0,2}encoded_authorization_message[\\"']{0,2}\s*[:=]\s*"""
    r"""[\\"']{0,2}[^\\"'\s,}]*[\\"']{0,2},?"""
)
_TITLE = re.compile(r"<title[^<>]*>([^<>]*)(?:</title\s*>|\Z)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^<>]*(?:>|\Z)")


@dataclasses.dataclass(frozen=True)
class ErrorBody:
    """What an error answer says.

    :param code: as text. Where the body has none, the HTTP status if the body is empty or a JSON
        object, as that of the service may be; C(None) if it is a page or a text, which something on
        the way to the service sent.
    :param reason: one line without control characters, never empty.
    """

    code: str | None
    reason: str
    request_id: str | None


def read(
    status: int, headers: t.Mapping[str, str], text: str, secrets: t.Collection[str] = ()
) -> ErrorBody:
    """Read the body C(text) of an answer. Any text is accepted, none raises an error.

    What an answer repeats of C(secrets) is masked before anything is cut off, or its beginning
    would be seen.

    The outermost object that has both a code and a message counts; where none has both, the first
    of each.
    """
    text = redacted(text[:_LONGEST_BODY], secrets, torn=True)
    headers = redacted(dict(headers), secrets)
    objects = redacted(list(_objects(_parsed(text))), secrets, torn=True)
    code, message = _code_and_message(objects, status)
    if code is None and (objects or not text.strip()):
        code = str(status)
    reason = _line(_public(message), LONGEST_MESSAGE) if message else _raw(text)
    return ErrorBody(code, reason or NO_REASON, _request_id(objects, headers))


def _code_and_message(
    objects: t.Iterable[dict[str, object]], status: int
) -> tuple[str | None, str | None]:
    """Those of the first object that has both; else the first code and the first message of any."""
    found = [(_code(fields, status), _first(fields, _MESSAGE_KEYS)) for fields in objects]
    for code, message in found:
        if code and message:
            return code, message
    codes = (code for code, _message in found if code)
    messages = (message for _code, message in found if message)
    return next(codes, None), next(messages, None)


def is_error(answer: t.Mapping[str, object]) -> bool:
    """Whether an object that came with HTTP 200 is an error: it names a code or a message.

    A code that is null, empty or 0 beside an answer names no error.
    """
    if answer.get("error"):
        return True
    keys = ("code", *_ERROR_KEYS) if "message" in answer else _ERROR_KEYS
    return any(_says(answer.get(key)) for key in keys)


def _says(value: object) -> bool:
    """It is not one of the ways of saying that there is nothing to say."""
    return str(value or "").strip("0 ") != ""


def is_gone(status: int | None, code: str | None) -> bool:
    """Whether this refusal says that the very object of the request does not exist.

    A 404 of the gateway (C(APIGW.0101)) says that the route is wrong, and one without a code comes
    from something that is not the service. Taking either for "absent" would hide a wrong endpoint.
    """
    known = error_codes.lookup(code, status)
    if known:
        return known.retry is error_codes.Retry.GONE
    return status == 404 and bool(code) and not str(code).startswith(("APIGW.", "APIG."))


def _parsed(text: str) -> object:
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _objects(body: object) -> t.Iterator[dict[str, object]]:
    """Every JSON object in C(body), the outer ones before those inside them."""
    waiting = collections.deque([body])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _first(fields: t.Mapping[str, object], keys: t.Iterable[str]) -> str | None:
    """The first of the keys that holds a text with something to read in it."""
    texts = (value for value in map(fields.get, keys) if isinstance(value, str))
    return next((text for text in texts if _line(text, _LONGEST_WORD)), None)


def _code(fields: t.Mapping[str, object], status: int) -> str | None:
    numbers = {
        key: _with_zeros(value, status)
        for key, value in fields.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    code = _first({**fields, **numbers}, _CODE_KEYS)
    return _line(code, _LONGEST_WORD) if code else None


def _with_zeros(number: int, status: int) -> str:
    """A code that came as a JSON number, with the zeros that it has lost.

    A repeated HTTP status is left as it is.
    """
    padded = str(number).zfill(4)
    if number != status and padded in error_codes.CODES:
        return padded
    return str(number)


def _request_id(objects: t.Iterable[dict[str, object]], headers: t.Mapping[str, str]) -> str | None:
    lowered = {name.lower(): value for name, value in headers.items()}
    inside = (_first(fields, _REQUEST_ID_KEYS) for fields in objects)
    identifier = next(filter(None, inside), None) or _first(lowered, _REQUEST_ID_HEADERS)
    return _line(identifier, _LONGEST_WORD) if identifier else None


def _public(text: str) -> str:
    return _AUTHORIZATION_MESSAGE.sub("", text)


def _raw(text: str) -> str:
    """A body without a message, as one short line; of an HTML page, what a reader would see."""
    text = _public(text.lstrip("\ufeff"))[:_LONGEST_PAGE].strip()
    if text.startswith("<"):
        text = html.unescape(_seen(text))
    line = _line(text, LONGEST_RAW)
    says_something = any(map(str.isalnum, line)) and line != "null"
    return line if says_something else ""


def _seen(page: str) -> str:
    """Title and body of an HTML page, the title only once."""
    title = _TITLE.search(page)
    body = " ".join(_TAG.sub(" ", _UNSEEN.sub(" ", _TITLE.sub(" ", page))).split())
    if not title:
        return body
    heading = " ".join(title.group(1).split())
    if heading in body:
        return body
    return f"{heading}: {body}".rstrip(": ")


def _line(text: str, longest: int) -> str:
    """One line of at most C(longest) characters, with blanks instead of control characters."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(line) <= longest:
        return line
    return line[: longest - 3] + "..."
