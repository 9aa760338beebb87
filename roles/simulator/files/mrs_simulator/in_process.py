# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator in a test process: a transport for requests, without sockets and waiting."""

from __future__ import annotations

import datetime
import gzip
import io
import typing as t
import urllib.parse

import requests
import requests.adapters
import requests.exceptions
import requests.structures
import requests.utils

from mrs_simulator.base.messages import Reply, Request
from mrs_simulator.simulator import Simulator


class Transport(requests.adapters.BaseAdapter):
    """Hands requests to a simulator. Delays move its clock; spoilt answers become exceptions."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self._simulator = simulator

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: t.Any = None,
        verify: t.Any = True,
        cert: t.Any = None,
        proxies: t.Any = None,
    ) -> requests.Response:
        """:raises requests.exceptions.RequestException: the answer is cut, late or torn."""
        reply = self._simulator.handle(_to_simulator(request))
        _unroll(reply)
        self._wait(request, reply, _read_timeout(timeout))
        if reply.spoil == "truncate":
            raise requests.exceptions.ChunkedEncodingError(
                "Connection broken: IncompleteRead", request=request
            )
        if reply.spoil is not None:
            raise requests.exceptions.ConnectionError(
                "Connection aborted: RemoteDisconnected", request=request
            )
        return _to_client(request, reply)

    def close(self) -> None:
        """Nothing is open."""

    def _wait(self, request: requests.PreparedRequest, reply: Reply, limit: float | None) -> None:
        if limit is not None and reply.delay > limit:
            self._simulator.world.clock.advance(limit)
            raise requests.exceptions.ReadTimeout(
                f"Read timed out. (read timeout={limit})", request=request
            )
        self._simulator.world.clock.advance(reply.delay)


def _unroll(reply: Reply) -> None:
    """Make the answers that a socket sends in pieces whole; what drips takes its time at once.

    A real client sees each byte in time. That its own limit ends the request is shown as a timeout.
    """
    if reply.chunks is not None:
        reply.body = b"".join(reply.chunks())
    if reply.headers.pop("Content-Encoding", "") == "gzip":
        reply.body = gzip.decompress(reply.body)
    if reply.spoil in ("drip_headers", "drip_body"):
        reply.delay += reply.pace * len(reply.body)
        reply.spoil = None


def mount(session: requests.Session, simulator: Simulator) -> str:
    """Let a session reach the simulator under its address, which is given back.

    Nothing else becomes reachable.
    """
    session.mount(simulator.world.base_url, Transport(simulator))
    return simulator.world.base_url


def _read_timeout(timeout: t.Any) -> float | None:
    value = timeout[1] if isinstance(timeout, tuple) else timeout
    return None if value is None else float(value)


def _to_simulator(request: requests.PreparedRequest) -> Request:
    url = urllib.parse.urlsplit(request.url or "")
    headers = {name.lower(): _text(value) for name, value in request.headers.items()}
    headers.setdefault("host", url.netloc)
    body = request.body or b""
    return Request(
        method=request.method or "GET",
        path=url.path or "/",
        query=url.query,
        headers=headers,
        body=body.encode() if isinstance(body, str) else body,
    )


def _to_client(request: requests.PreparedRequest, reply: Reply) -> requests.Response:
    response = requests.Response()
    response.status_code = reply.status
    response.headers = requests.structures.CaseInsensitiveDict(reply.headers)
    response.headers.setdefault("Content-Length", str(len(reply.body)))
    response.raw = io.BytesIO(reply.body)
    response._content = reply.body  # noqa: SLF001  requests has no public way to set it
    response._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    response.url = request.url or ""
    response.request = request
    response.elapsed = datetime.timedelta(seconds=reply.delay)
    return response


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
