# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signs requests with an access key and a secret key: SDK-HMAC-SHA256, in both of its forms.

The canonical request is the same for both;
https://support.huaweicloud.com/en-us/devg-apisign/api-sign-algorithm.html describes it. The current
form uses the secret key itself and names the access key as C(Access=). The older one derives a key
for a day, a region and a service, and names the access key as C(Credential=).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import hashlib
import hmac
import typing as t
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

if t.TYPE_CHECKING:
    import requests

ALGORITHM = "SDK-HMAC-SHA256"
DATE_FORMAT = "%Y%m%dT%H%M%SZ"
DEFAULT_PORTS = {"http": 80, "https": 443}
#: Region and service of the older form. The clients that use it leave both empty.
Scope = tuple[str, str]


def canonical_query(query: str) -> str:
    """C(query) in the one spelling that is signed.

    It is sorted, and everything but C(A-Za-z0-9-_.~) is percent-encoded.
    """
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs)


def canonical_request(method: str, url: str, headers: t.Mapping[str, str], body: bytes) -> str:
    """The text whose hash is signed.

    :param headers: exactly those that are signed.
    """
    parts = urlsplit(url)
    path = "/".join(_encoded(segment) for segment in unquote(parts.path).split("/"))
    values = {name.lower(): value.strip() for name, value in headers.items()}
    return "\n".join(
        [
            method.upper(),
            path if path.endswith("/") else path + "/",
            canonical_query(parts.query),
            *(f"{name}:{values[name]}" for name in sorted(values)),
            "",
            signed_names(headers),
            hashlib.sha256(body).hexdigest(),
        ]
    )


def signed_names(headers: t.Iterable[str]) -> str:
    """The names of the signed headers, for the request that is signed and for C(Authorization)."""
    return ";".join(sorted(name.lower() for name in headers))


def authorization(
    access_key: str,
    secret_key: str,
    date: str,
    request: str,
    names: str,
    scope: Scope | None = None,
) -> str:
    """The value of the C(Authorization) header.

    :param date: the value of C(X-Sdk-Date).
    :param request: the canonical request.
    :param names: the names of the headers signed in it.
    :param scope: makes it the older form.
    """
    digest = hashlib.sha256(request.encode()).hexdigest()
    if scope is None:
        credential, key = f"Access={access_key}", secret_key.encode()
        lines = [ALGORITHM, date, digest]
    else:
        within = f"{date[:8]}/{scope[0]}/{scope[1]}/sdk_request"
        credential, key = (
            f"Credential={access_key}/{within}",
            scoped_key(secret_key, date[:8], scope),
        )
        lines = [ALGORITHM, date, within, digest]
    signature = _hmac(key, "\n".join(lines)).hex()
    return f"{ALGORITHM} {credential}, SignedHeaders={names}, Signature={signature}"


def scoped_key(secret_key: str, day: str, scope: Scope) -> bytes:
    """The key of the older form for one C(day) (YYYYMMDD), region and service."""
    key = f"SDK{secret_key}".encode()
    for part in (day, *scope, "sdk_request"):
        key = _hmac(key, part)
    return key


class Signature:
    """Signs each request of C(requests) at the moment it is prepared.

    What is signed is what is sent: the host, the query and the body are put into their final form
    here. The current date goes into each signature, so a request that is repeated has to be
    prepared again.
    """

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        project_id: str | None,
        security_token: str | None = None,
        *,
        now: t.Callable[[], datetime],
        scope: Scope | None = None,
    ) -> None:
        self._access_key, self._secret_key, self._security_token = (
            access_key,
            secret_key,
            security_token,
        )
        self._project_id, self._now, self._scope = project_id, now, scope

    def __repr__(self) -> str:
        return f"Signature(project_id={self._project_id!r}, scope={self._scope!r})"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        url, method = str(request.url), str(request.method)
        parts = urlsplit(url)
        body = request.body or b""
        if isinstance(body, str):
            request.body = body = body.encode()
        request.url = urlunsplit(parts._replace(query=canonical_query(parts.query)))
        date = self._now().astimezone(UTC).strftime(DATE_FORMAT)
        signed = {
            "Content-Type": str(request.headers.get("Content-Type", "application/json")),
            "Host": _host(url),
            "X-Sdk-Date": date,
        }
        if self._project_id:
            signed["X-Project-Id"] = self._project_id
        if self._security_token:
            signed["X-Security-Token"] = self._security_token
        canonical = canonical_request(method, request.url, signed, body)
        request.headers.update(signed)
        request.headers["Authorization"] = authorization(
            self._access_key, self._secret_key, date, canonical, signed_names(signed), self._scope
        )
        return request


def _host(url: str) -> str:
    """The C(Host) header: with the port only where it is not the usual one."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    if ":" in name:
        name = f"[{name}]"
    if parts.port in (None, DEFAULT_PORTS.get(parts.scheme)):
        return name
    return f"{name}:{parts.port}"


def _encoded(text: str) -> str:
    return quote(text, safe="~")


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
