# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks AK/SK signatures, both forms of SDK-HMAC-SHA256 (service_login 3 and 4)."""

from __future__ import annotations

import calendar
import hashlib
import hmac
import re
import time
import typing as t
import urllib.parse
from dataclasses import dataclass

from mrs_simulator.base.messages import Request

ALGORITHM = "SDK-HMAC-SHA256"
MAX_SKEW = 15 * 60
_SCOPE = re.compile(r"(\d{8})/([^/]*)/([^/]*)/sdk_request")


class SignatureError(Exception):
    """Why a signature is refused; the text never holds a key or a signature."""


@dataclass(frozen=True)
class Signature:
    """The parts of an Authorization header. C(scope) is empty in the current form (C(Access=))."""

    access_key: str
    scope: str
    signed_headers: tuple[str, ...]
    value: str


def parse(authorization: str) -> Signature:
    """:raises SignatureError: not a header of either form."""
    algorithm, _blank, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if algorithm != ALGORITHM or not {"SignedHeaders", "Signature"} <= parts.keys():
        raise SignatureError("the Authorization header is not of the form SDK-HMAC-SHA256")
    signed = tuple(parts["SignedHeaders"].split(";"))
    if "Access" in parts:
        return Signature(parts["Access"], "", signed, parts["Signature"])
    access_key, _slash, scope = parts.get("Credential", "").partition("/")
    if _SCOPE.fullmatch(scope) is None:
        raise SignatureError(
            "the Authorization header has neither Access nor a complete Credential"
        )
    return Signature(access_key, scope, signed, parts["Signature"])


def verify(request: Request, signature: Signature, secret_key: str, now: float) -> None:
    """Check a signature against the request as received, at C(now) (epoch seconds).

    :raises SignatureError: date not signed or too far off, or the signature does not fit.
    """
    date = request.headers.get("x-sdk-date", "")
    if "x-sdk-date" not in signature.signed_headers:
        raise SignatureError("x-sdk-date is not among the signed headers")
    if abs(_epoch(date) - now) > MAX_SKEW:
        raise SignatureError(
            "X-Sdk-Date differs by more than 15 minutes from the time of the service"
        )
    if signature.scope and not signature.scope.startswith(date[:8]):
        raise SignatureError("the date of the credential scope is not that of X-Sdk-Date")
    canonical = canonical_request(request, signature.signed_headers)
    expected = sign(canonical, date, secret_key, signature.scope)
    if not hmac.compare_digest(expected.encode(), signature.value.encode()):
        raise SignatureError("verify aksk signature fail")


def canonical_request(request: Request, signed_headers: t.Sequence[str]) -> str:
    missing = [name for name in signed_headers if name not in request.headers]
    if missing:
        raise SignatureError(f"signed headers are missing from the request: {', '.join(missing)}")
    path = "/".join(_encode(urllib.parse.unquote(part)) for part in request.path.split("/"))
    query = "&".join(f"{_encode(name)}={_encode(value)}" for name, value in sorted(request.pairs))
    headers = "".join(
        f"{name}:{request.headers[name].strip()}\n" for name in sorted(signed_headers)
    )
    return "\n".join(
        (
            request.method.upper(),
            path if path.endswith("/") else path + "/",
            query,
            headers,
            ";".join(sorted(signed_headers)),
            _body_hash(request),
        )
    )


def sign(canonical: str, date: str, secret_key: str, scope: str = "") -> str:
    """The signature of a canonical request, in the scoped form when C(scope) is given."""
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    if not scope:
        return _hmac(secret_key.encode(), f"{ALGORITHM}\n{date}\n{digest}").hex()
    return _hmac(signing_key(secret_key, scope), f"{ALGORITHM}\n{date}\n{scope}\n{digest}").hex()


def signing_key(secret_key: str, scope: str) -> bytes:
    key = f"SDK{secret_key}".encode()
    for part in scope.split("/"):
        key = _hmac(key, part)
    return key


def _body_hash(request: Request) -> str:
    actual = hashlib.sha256(request.body).hexdigest()
    claimed = request.headers.get("x-sdk-content-sha256")
    if claimed is None or not request.body:
        return actual
    if claimed not in ("UNSIGNED-PAYLOAD", actual):
        raise SignatureError("X-Sdk-Content-Sha256 is not the hash of the body")
    return claimed


def _epoch(date: str) -> int:
    try:
        return calendar.timegm(time.strptime(date, "%Y%m%dT%H%M%SZ"))
    except ValueError as exc:
        raise SignatureError("X-Sdk-Date is missing or not of the form YYYYMMDDTHHMMSSZ") from exc


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _encode(text: str) -> str:
    return urllib.parse.quote(text, safe="-_.~")
