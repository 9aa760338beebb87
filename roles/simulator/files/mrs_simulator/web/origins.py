# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which requests are refused because a page of another site sent them through somebody's browser.

The simulator listens on loopback, but so does everything that a browser on this machine can reach.
A name of an attacker can lead to 127.0.0.1 (DNS rebinding), and any page can send a form there.
"""

from __future__ import annotations

import ipaddress
import typing as t
import urllib.parse

from mrs_simulator.base.messages import Reply, answer

#: What a form or a simple request of another site can send without asking first. The third of
#: them, application/x-www-form-urlencoded, is what "curl -d" sends: there the other checks decide.
FORM_TYPES = ("text/plain", "multipart/form-data")
#: The paths that need no login. All others ask for a header that a form cannot send.
CONTROL = "/_simulator"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def refuse_foreign(method: str, path: str, headers: t.Mapping[str, str]) -> Reply | None:
    """A 403 for a request that does not come from this machine's own programs, else None."""
    reason = _reason(headers)
    if reason is None and path.startswith(CONTROL) and method not in SAFE_METHODS:
        reason = _form(headers)
    if reason is None:
        return None
    return answer(403, {"error_code": "SIMULATOR.403", "error_msg": f"Refused: {reason}."})


def _reason(headers: t.Mapping[str, str]) -> str | None:
    host = headers.get("host")
    if host is not None and not is_loopback(host):
        return "the header Host does not name this machine's loopback address"
    origin = headers.get("origin")
    if origin is not None and urllib.parse.urlsplit(origin).netloc != host:
        return "the header Origin is that of another site"
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return "a page of another site sent it"
    return None


def _form(headers: t.Mapping[str, str]) -> str | None:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return f"a body is JSON, not {kind}" if kind in FORM_TYPES else None


def is_loopback(authority: str) -> bool:
    """Whether the host of a header or of a URL is loopback; any port, since ports are forwarded."""
    try:
        name = urllib.parse.urlsplit(f"//{authority}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def split_absolute(target: str) -> tuple[str, str] | None:
    """Authority and path of an absolute request target, which proxies send; None for a plain path.

    RFC 9112 3.2.2: a server takes this form, and then the header Host does not count.
    """
    scheme, separator, rest = target.partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        return None
    authority, _slash, path = rest.partition("/")
    return authority, f"/{path}"
