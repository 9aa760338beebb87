# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers whose texts repeat the secrets of the request, or do more on a terminal than be seen."""

from __future__ import annotations

import base64
import json
import typing as t
import urllib.parse

import requests

#: Refused before and after the service has acted.
ECHOES = {"echo": ("status", 400), "echo_after": ("status_after", 500)}
WORDS = "odd_words"
#: Clears the screen, sets the title of the window, goes to the begin of the line, turns the order
#: of letters around.
CONTROLS = "\x1b[2J\x1b]0;gone\x07\r\u202e\x9b31m"
#: The fields of answers that are for people to read.
_WORDS = frozenset(
    {"stageDesc", "errorInfo", "error_msg", "subnetName", "availabilityZone", "progress"}
)


def echo(kind: str, request: requests.PreparedRequest) -> dict[str, t.Any]:
    """A rule for the simulator: a refusal that repeats the request in many spellings."""
    way, status = ECHOES[kind]
    body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
    told = [
        CONTROLS,
        request.url or "",
        json.dumps(dict(request.headers)),
        body,
        repr(body),
        urllib.parse.quote(body),
    ]
    told += [urllib.parse.quote_plus(text) for text in strings(json.loads(body) if body else None)]
    told += [
        base64.b64encode(f"etl:{text}".encode()).decode()
        for text in strings(json.loads(body) if body else None)
    ]
    return {
        "kind": way,
        "status": status,
        "body": {"error_code": "99990000", "error_msg": " ".join(told)},
    }


def with_controls(body: bytes) -> bytes:
    """The answer with control characters in what is for people to read."""
    try:
        return json.dumps(_marked(json.loads(body), "")).encode()
    except ValueError:
        return body


def strings(value: t.Any) -> t.Iterator[str]:
    """All texts in a value of JSON, keys as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from strings(each)


def spellings(secret: str) -> set[str]:
    """How a secret may be written in a text."""
    quoted = {
        urllib.parse.quote(secret),
        urllib.parse.quote(secret, safe=""),
        urllib.parse.quote_plus(secret),
    }
    return {secret, json.dumps(secret)[1:-1], repr(secret)[1:-1], *quoted}


def _marked(value: t.Any, key: str) -> t.Any:
    if isinstance(value, dict):
        return {name: _marked(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_marked(each, key) for each in value]
    return f"{CONTROLS}{value}" if isinstance(value, str) and key in _WORDS else value
