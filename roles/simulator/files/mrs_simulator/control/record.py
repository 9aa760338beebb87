# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The log of requests that a test can read, with every secret taken out."""

from __future__ import annotations

import json
import re
import typing as t
from collections import deque

from mrs_simulator.base.marked import FIELDS, hide
from mrs_simulator.base.messages import JsonObject, Request

_SECRET = re.compile(
    r"secret|access\.key|password|passwd|credential|token|passcode|private_key", re.IGNORECASE
)
#: A field of data connections, whose text is JSON with a password in it.
JSON_IN_TEXT = "source_info"
HIDDEN = "********"
#: What is named like a secret inside of a text, and an option whose value is the next argument.
_NAME = r"(?:(?:secret|access)[._-]?key|passw(?:or)?d|session[._-]?token)"
_NAMED = re.compile(rf"({_NAME}=|(?<!\S)-[^\s=]{{0,80}}?{_NAME} (?!-))\S+", re.IGNORECASE)
_OPTION = re.compile(rf"-[^\s=]{{0,80}}?{_NAME}\Z", re.IGNORECASE)
MAX_ENTRIES = 100_000


class RequestLog:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self.entries: deque[JsonObject] = deque(maxlen=MAX_ENTRIES)

    def add(
        self, request: Request, status: int, *, write: bool, fault: str | None, when: float
    ) -> None:
        self.entries.append(
            {
                "method": request.method,
                "path": request.path,
                "query": request.query,
                "status": status,
                "write": write,
                "fault": fault,
                "had_content_type": bool(request.content_type),
                "signed": "authorization" in request.headers,
                "body": readable(request.body),
                "time": when,
            }
        )


def readable(body: bytes) -> t.Any:
    """A body without its secrets; what is not JSON is only described."""
    if not body:
        return None
    try:
        return redact(json.loads(body))
    except (ValueError, RecursionError):
        return f"{len(body)} bytes that are not JSON"


def redact(document: t.Any, name: str = "") -> t.Any:
    """A copy without what stands under a secret name, and without the values of marked words."""
    if isinstance(document, dict):
        return {
            key: HIDDEN if _SECRET.search(key) else redact(value, key)
            for key, value in document.items()
        }
    if isinstance(document, list):
        return [
            HIDDEN if _OPTION.match(str(before)) else redact(item, name)
            for before, item in zip(["", *document], document, strict=False)
        ]
    return _redact_text(document, name) if isinstance(document, str) else document


def _redact_text(text: str, name: str) -> str:
    if name == JSON_IN_TEXT:
        return json.dumps(readable(text.encode()))
    return hide(_NAMED.sub(rf"\1{HIDDEN}", text)) if name in FIELDS else text
