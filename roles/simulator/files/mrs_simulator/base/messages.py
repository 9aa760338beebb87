# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A request, a reply and what may spoil the reply, free of any web framework."""

from __future__ import annotations

import json
import typing as t
import urllib.parse
from dataclasses import dataclass, field

JsonObject = dict[str, t.Any]

#: How a reply is spoilt on its way: cut without a byte, cut in the middle of the body, left
#: hanging, or sent byte by byte, from its first line on or only the body.
Spoil = t.Literal["cut", "truncate", "hang", "drip_headers", "drip_body"]


@dataclass(frozen=True)
class Request:
    """One HTTP request as it came over the wire.

    C(path) and C(query) are raw, header names lower case.
    """

    method: str
    path: str
    query: str = ""
    headers: t.Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    too_large: bool = False

    @property
    def segments(self) -> list[str]:
        """The segments of the path, each decoded alone.

        So an encoded slash stays inside its segment.
        """
        return [urllib.parse.unquote(part) for part in self.path.strip("/").split("/")]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The decoded query, in the order it was sent."""
        return urllib.parse.parse_qsl(self.query, keep_blank_values=True)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


@dataclass
class Reply:
    """One HTTP answer.

    C(delay) is in seconds and belongs to the carrier (socket or in-process), as does C(spoil).

    C(pace) is the seconds between two bytes that drip. C(chunks) gives a body that is too large to
    be held; then C(body) counts for nothing.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    spoil: Spoil | None = None
    pace: float = 0.0
    chunks: t.Callable[[], t.Iterator[bytes]] | None = None


def answer(status: int, document: t.Any = None) -> Reply:
    """A reply with a JSON body, or with none at all when C(document) is None."""
    if document is None:
        return Reply(status)
    return Reply(status, json.dumps(document).encode("ascii"), {"Content-Type": "application/json"})
