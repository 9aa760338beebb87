# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The FastAPI application: carries requests to the simulator and its replies back."""

from __future__ import annotations

import asyncio
import typing as t
import urllib.parse

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from mrs_simulator.base import messages
from mrs_simulator.simulator import Simulator
from mrs_simulator.version import VERSION
from mrs_simulator.web.origins import refuse_foreign, split_absolute
from mrs_simulator.wire.routes import NOT_SERVED, SERVED

MAX_BODY = 12 * 1024 * 1024
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def build_app(simulator: Simulator) -> t.Callable[[Scope, Receive, Send], t.Awaitable[None]]:
    """The application for one simulator, with every route in /openapi.json."""
    app = FastAPI(title="MRS simulator", version=VERSION, docs_url=None, redoc_url=None)

    async def carry(request: Request) -> Response:
        body, too_large = await _read(request)
        return Carrier(simulator.handle(_request(request.scope, body, too_large)))

    async def unrouted(request: Request, _error: Exception) -> Response:
        return await carry(request)

    for route in (*SERVED, *NOT_SERVED):
        summary = _summary(route.handler) if route in SERVED else "501: documented but not served."
        app.add_api_route(
            route.template,
            carry,
            methods=[route.method],
            summary=summary,
            openapi_extra=_takes(route.template, route.method),
        )
    app.add_api_route("/{path:path}", carry, methods=METHODS, include_in_schema=False)
    app.add_exception_handler(HTTPException, unrouted)
    return _with_connection(app)


def _takes(template: str, method: str) -> dict[str, t.Any]:
    """What a request has besides its path, for /openapi.json."""
    names = [segment[1:-1] for segment in template.split("/") if segment.startswith("{")]
    described: dict[str, t.Any] = {
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in names
        ]
    }
    if method in ("POST", "PUT", "PATCH"):
        described["requestBody"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
    return described


def _summary(handler: t.Callable[..., t.Any]) -> str:
    name = handler.__name__.replace("_", " ")
    return (handler.__doc__ or name).splitlines()[0]


def _request(scope: Scope, body: bytes, too_large: bool) -> messages.Request:
    headers = _headers(scope)
    raw_path = scope.get("raw_path") or scope["path"].encode()
    return messages.Request(
        method=scope["method"],
        path=raw_path.decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=body,
        too_large=too_large,
    )


def _headers(scope: Scope) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }


async def _read(request: Request) -> tuple[bytes, bool]:
    """The body, and whether it was larger than the gateway takes.

    What is too large is read to the end and thrown away.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MAX_BODY:
            chunks.append(chunk)
    return (b"", True) if size > MAX_BODY else (b"".join(chunks), False)


class Carrier(Response):
    """Sends a reply of the simulator the way the reply says."""

    def __init__(self, reply: messages.Reply) -> None:
        super().__init__(content=reply.body, status_code=reply.status or 200, headers=reply.headers)
        self._reply = reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        spoil = self._reply.spoil
        if self._reply.delay and not await _stays(receive, self._reply.delay):
            return
        if spoil is None and self._reply.chunks is None:
            await super().__call__(scope, receive, send)
            return
        transport = scope["mrs_simulator.transport"]
        if self._reply.chunks is not None:
            await self._pour(send, self._reply.chunks())
            return
        if spoil == "truncate":
            await send(self._start())
            half = self.body[: len(self.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
        elif spoil in ("drip_headers", "drip_body"):
            await self._drip(transport, receive)
        await _cut(transport, receive)

    def _start(self) -> Message:
        headers = self.raw_headers
        return {"type": "http.response.start", "status": self.status_code, "headers": headers}

    async def _pour(self, send: Send, chunks: t.Iterator[bytes]) -> None:
        """Send a body piece by piece, without a length."""
        del self.headers["content-length"]
        await send(self._start())
        for chunk in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _drip(self, transport: asyncio.Transport, receive: Receive) -> None:
        """Write the answer to the connection byte by byte, past the server.

        It ends when nobody listens any more.
        """
        head = f"HTTP/1.1 {self.status_code} OK\r\n".encode()
        head += b"".join(name + b": " + value + b"\r\n" for name, value in self.raw_headers)
        head += b"Connection: close\r\n\r\n"
        if self._reply.spoil == "drip_body":
            transport.write(head)
            head = b""
        for byte in head + self.body:
            if transport.is_closing() or not await _stays(receive, self._reply.pace):
                return
            transport.write(bytes([byte]))


async def _stays(receive: Receive, seconds: float) -> bool:
    """Wait. False when the client went away meanwhile."""
    try:
        while (await asyncio.wait_for(receive(), seconds))["type"] != "http.disconnect":
            pass
    except TimeoutError:
        return True
    return False


async def _cut(transport: asyncio.Transport, receive: Receive) -> None:
    """Close the connection after what was sent, and let the server see it.

    The server must see it before this request ends.
    """
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass


def _with_connection(app: FastAPI) -> t.Callable[[Scope, Receive, Send], t.Awaitable[None]]:
    """Make the connection known to the application, and mark every answer.

    uvicorn has no official way to do so.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope["mrs_simulator.transport"] = t.cast(t.Any, send).__self__.transport

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _value in message["headers"]}
                if b"x-mrs-simulator" not in names:
                    message["headers"] = [
                        *message["headers"],
                        (b"x-mrs-simulator", VERSION.encode()),
                    ]
            await send(message)

        _make_relative(scope)
        refusal = refuse_foreign(scope["method"], scope["path"], _headers(scope))
        if refusal is not None:
            await Carrier(refusal)(scope, receive, marked)
            return
        await app(scope, receive, marked)

    return wrapped


def _make_relative(scope: Scope) -> None:
    """Turn the absolute target that a proxy may send into a path and the header Host."""
    found = split_absolute(scope["raw_path"].decode("latin-1"))
    if found is None:
        return
    authority, path = found
    scope["raw_path"] = path.encode("latin-1")
    scope["path"] = urllib.parse.unquote(path)
    others = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
    scope["headers"] = [(b"host", authority.encode("latin-1")), *others]
