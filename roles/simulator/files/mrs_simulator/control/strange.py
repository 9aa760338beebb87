# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that make no sense: bodies changed, lists without an end, sizes without a bound."""

from __future__ import annotations

import dataclasses
import json
import typing as t
import urllib.parse
import uuid
import zlib

from mrs_simulator.base.messages import JsonObject, Reply, Request

#: A total that no service can have.
LIE = 10**12
_CHUNK = b"x" * 2**20
_PAGE_NUMBERS = ("currentPage", "current_page", "offset", "marker")
_TOTALS = ("clusterTotal", "totalRecord", "total", "total_record", "total_count")
_IDS = ("id", "clusterId", "job_id", "resource_id")
_GZIP = 31  # what zlib takes for the format of gzip


def as_json(document: t.Any) -> bytes:
    return json.dumps(document).encode("ascii")


def merge(reply: Reply, changes: JsonObject) -> Reply:
    """The answer with some of it changed, by the rules of RFC 7396: null takes a key away."""
    try:
        document = json.loads(reply.body)
    except ValueError:
        document = {}
    reply.body = as_json(_merged(document, changes))
    return reply


def _merged(document: t.Any, changes: t.Any) -> t.Any:
    if not isinstance(changes, dict):
        return changes
    merged = dict(document) if isinstance(document, dict) else {}
    for name, value in changes.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


def first_page(request: Request) -> Request:
    """The same request for the first page of a list."""
    pairs = [pair for pair in request.pairs if pair[0] not in _PAGE_NUMBERS]
    return dataclasses.replace(request, query=urllib.parse.urlencode(pairs))


def always_new(reply: Reply) -> Reply:
    """A list whose items were never seen before, and whose total is never reached."""
    document = json.loads(reply.body or b"{}")
    if isinstance(document, dict):
        reply.body = as_json({name: _new(name, value) for name, value in document.items()})
    return reply


def _new(name: str, value: t.Any) -> t.Any:
    if name in _TOTALS:
        return LIE
    if not isinstance(value, list):
        return value
    return [
        {**item, **{key: str(uuid.uuid4()) for key in _IDS if key in item}}
        if isinstance(item, dict)
        else item
        for item in value
    ]


def padded(body: bytes, size: int) -> t.Iterator[bytes]:
    """The answer, still one that can be read, with C(size) bytes of padding in front."""
    yield b'{"padding": "'
    for start in range(0, size, len(_CHUNK)):
        yield _CHUNK[: size - start]
    yield b'"}' if body in (b"", b"{}") or not body.startswith(b"{") else b'", ' + body[1:]


def compressed(body: bytes, size: int) -> bytes:
    """The same, packed: a few hundred bytes for each megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return b"".join(packer.compress(chunk) for chunk in padded(body, size)) + packer.flush()
