# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One request and its whole answer, within a time and a size, or the truth about how far it came.

Whether a byte of the request can have left is known from the connection, not guessed from errors:
libraries use the same ones for what happens before and after.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import http.client
import io
import threading
import typing as t
import zlib

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock

if t.TYPE_CHECKING:
    import socket

    import requests

#: Bytes of one answer, as they come and after unpacking. A page of the longest lists has a
#: hundredth of it.
LARGEST_ANSWER = 16 * 2**20
#: What an answer may be compressed with. Only gzip is asked for: servers do not agree on what
#: "deflate" is.
PACKINGS = ("gzip", "x-gzip", "deflate")
_BLOCK = 2**16
#: What is going on in each thread.
_thread = threading.local()


class NoAnswerError(Exception):
    """There is no whole answer that can be read.

    :param sent: a byte of the request may have left.
    :param again: the same request may get an answer later.
    """

    def __init__(
        self,
        cause: str,
        *,
        sent: bool,
        again: bool = True,
        late: bool = False,
        hint: str | None = None,
    ) -> None:
        super().__init__(cause)
        self.cause, self.sent, self.again, self.late, self.hint = cause, sent, again, late, hint


class UnreadableError(Exception):
    """The answer is none that anybody could read."""


class Attempt:
    """C(sent): a byte of the request may have left; None while there is no connection at all."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.sent = seconds, t.cast("bool | None", None)
        self._clock = Clock()
        self._end = self._clock.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - self._clock.monotonic()

    def limit(self, connection: socket.socket) -> None:
        """What the connection does next ends with the time of the whole attempt."""
        if self.left <= 0:
            raise TimeoutError
        connection.settimeout(self.left)


class _TimedReader(io.RawIOBase):
    """Reads from a connection, and not beyond the end of the attempt."""

    def __init__(self, inner: io.RawIOBase, connection: socket.socket) -> None:
        super().__init__()
        self._inner, self._connection = inner, connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int | None:
        _thread.attempt.limit(self._connection)
        return t.cast("int | None", self._inner.readinto(buffer))

    def close(self) -> None:
        self._inner.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    """Status, headers and body of an answer, also that of a proxy that is asked for a tunnel."""

    def __init__(self, sock: socket.socket, *arguments: t.Any, **named: t.Any) -> None:
        super().__init__(sock, *arguments, **named)
        self.fp = io.BufferedReader(_TimedReader(self.fp.detach(), sock))


class _Watched(http.client.HTTPConnection):
    """Goes before a class of urllib3.

    Notes when the request begins to be sent, and keeps to the time.
    """

    response_class = _TimedResponse
    _connecting = False

    def _new_conn(self) -> socket.socket:
        self.timeout = max(_thread.attempt.left, 0.001)
        connection: socket.socket = super()._new_conn()  # type: ignore[misc]
        _thread.attempt.limit(connection)
        return connection

    def connect(self) -> None:
        """With the tunnel of a proxy and with TLS, where there are such."""
        attempt = _thread.attempt
        attempt.sent = bool(attempt.sent)
        self._connecting = True
        try:
            super().connect()
        finally:
            self._connecting = False

    def send(self, data: t.Any) -> None:
        if self._connecting:  # to the proxy, which is asked for a tunnel
            super().send(data)
            return
        if self.sock is None:
            self.connect()
        _thread.attempt.sent = True
        _thread.attempt.limit(self.sock)
        super().send(data)


class Exchange:
    """What C(requests) sends a prepared request with.

    Its answer has been read as a whole, and its text is UTF-8 whatever it says it is: it is JSON.
    """

    def __init__(self, most_connections: int) -> None:
        adapters: t.Any = load("requests.adapters", "requests", "to talk to the cloud")
        self._inner = adapters.HTTPAdapter(pool_connections=10, pool_maxsize=most_connections)
        _watch(self._inner.poolmanager)
        self._proxy_manager = self._inner.proxy_manager_for
        self._inner.proxy_manager_for = self._watched_proxy_manager

    def send(self, request: requests.PreparedRequest, **how: t.Any) -> requests.Response:
        """The answer.

        :raises NoAnswerError: there is none.
        """
        attempt = _thread.attempt = Attempt(how["timeout"])
        try:
            response: requests.Response = self._inner.send(request, **{**how, "stream": True})
            _read(response)
        except Exception as exc:  # whatever went wrong, the service may have acted
            if attempt.sent is None:  # nothing but an address can be wrong so far
                raise
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.no_answer import (
                no_answer,
            )

            raise no_answer(exc, attempt, is_proxied=bool(how.get("proxies"))) from exc
        return response

    def close(self) -> None:
        self._inner.close()

    def _watched_proxy_manager(self, *arguments: t.Any, **named: t.Any) -> t.Any:
        return _watch(self._proxy_manager(*arguments, **named))


def _watch(manager: t.Any) -> t.Any:
    """Let a manager of pools make connections that are watched."""
    pools = manager.pool_classes_by_scheme
    manager.pool_classes_by_scheme = {scheme: _watched_pool(pool) for scheme, pool in pools.items()}
    return manager


def _watched_pool(pool: t.Any) -> t.Any:
    if issubclass(pool.ConnectionCls, _Watched):
        return pool
    connection = type("WatchedConnection", (_Watched, pool.ConnectionCls), {})
    return type("WatchedPool", (pool,), {"ConnectionCls": connection})


def _read(response: requests.Response) -> None:
    """Read the answer to its end."""
    raw: t.Any = response.raw
    try:
        content = b"".join(_unpacked(raw, response.headers.get("Content-Encoding", "")))
        if raw.length_remaining:
            raise EOFError
    except BaseException:
        raw.close()
        raise
    response._content = content  # noqa: SLF001
    response._content_consumed = True  # type: ignore[attr-defined] # noqa: SLF001
    response.encoding = "utf-8"


def _unpacked(raw: t.Any, packing: str) -> t.Iterator[bytes]:
    """The blocks of a body, unpacked. What a small body would grow to is not kept."""
    unpack = _unpacker(packing.strip().lower())
    came = grown = 0
    while block := raw.read(_BLOCK, decode_content=False):
        came += len(block)
        part = unpack(block, LARGEST_ANSWER - grown + 1)
        grown += len(part)
        if max(came, grown) > LARGEST_ANSWER:
            raise UnreadableError(f"the answer is larger than {LARGEST_ANSWER // 2**20} MiB")
        yield part


def _unpacker(packing: str) -> t.Callable[[bytes, int], bytes]:
    if packing in ("", "identity"):
        return lambda block, most: block
    if packing not in PACKINGS:
        raise UnreadableError("the answer is compressed in a way that was not requested")
    unzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # tells gzip and zlib apart by itself

    def unpack(block: bytes, most: int) -> bytes:
        try:
            return unzip.decompress(block, most)
        except zlib.error as exc:
            raise UnreadableError("the answer cannot be decompressed") from exc

    return unpack
