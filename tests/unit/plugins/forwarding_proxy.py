# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real forwarding proxy on loopback that misbehaves on demand: plain HTTP and CONNECT.

    with ForwardingProxy() as proxy:
        proxy.modes += [Mode.DROP_AFTER]
        ...  # HTTP_PROXY=proxy.url; the first request is forwarded and its answer never comes back

Each request takes the next of the C(modes), in a tunnel the whole connection does. Without
one it is forwarded as usual.
"""

from __future__ import annotations

import contextlib
import enum
import re
import socket
import socketserver
import threading
import time
import typing as t
from urllib.parse import urlsplit

_BLOCK = 65536
_CHANGE_CIPHER_SPEC = 20
_lasting = re.compile(rb"(?:Proxy-)?Connection:[^\r]*\r\n", re.IGNORECASE)


class Mode(enum.Enum):
    """What becomes of a request.

    In a tunnel the request begins with what follows the TLS handshake.
    """

    FORWARD = "forwarded, and so is the answer"
    DROP_UNREAD = "closed as soon as it is accepted, nothing is read"
    DROP_BEFORE = "read, then closed; nothing is forwarded"
    DROP_AFTER = "forwarded; closed when the answer comes"
    DROP_AMID = "forwarded; closed after the first bytes of the answer"
    ANSWER_LATE = "forwarded; the answer waits until the client has given up"
    DELIVER_LATE = "closed; forwarded all the same after the time of delay"
    TWICE = "forwarded twice; the second answer goes back"
    REFUSE_407 = "refused: the proxy wants a login"
    REFUSE_502 = "refused: the proxy says that there is no way to the server"
    REFUSE_503 = "refused: the proxy is overloaded"
    ANSWER_504 = "forwarded; the proxy says that there was no answer in time"
    DROP_CONNECT = "only for a tunnel: closed instead of opening it"
    DROP_HANDSHAKE = "only for a tunnel: opened, and closed at once"


#: What never reaches the server.
NOT_FORWARDED = {
    *(Mode.DROP_UNREAD, Mode.DROP_BEFORE, Mode.DROP_CONNECT, Mode.DROP_HANDSHAKE),
    *(Mode.REFUSE_407, Mode.REFUSE_502, Mode.REFUSE_503),
}
_ANSWERS = {
    Mode.REFUSE_407: b"407 Proxy Authentication Required",
    Mode.REFUSE_502: b"502 Bad Gateway",
    Mode.REFUSE_503: b"503 Service Unavailable",
    Mode.ANSWER_504: b"504 Gateway Timeout",
}


class ForwardingProxy(socketserver.ThreadingTCPServer):
    """C(url): for HTTP_PROXY and HTTPS_PROXY; C(delay): seconds; C(asked): first lines of requests.

    C(only): which requests, by their first line such as V(POST http://...), take a mode; else all
    do.
    """

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, delay: float = 0.2) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.modes: list[Mode] = []
        self.only: t.Callable[[str], bool] | None = None
        self.delay = delay
        self.asked: list[str] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> ForwardingProxy:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def next_mode(self) -> Mode:
        with self._lock:
            return self.modes.pop(0) if self.modes else Mode.FORWARD

    def handle_error(self, request: t.Any, client_address: t.Any) -> None:
        """A connection that breaks is what this is for."""


class _Connection(socketserver.BaseRequestHandler):
    server: ForwardingProxy
    request: socket.socket

    def handle(self) -> None:
        only = self.server.only
        mode = self.server.next_mode() if only is None else Mode.FORWARD
        if mode is Mode.DROP_UNREAD:
            return
        head, body = _read_request(self.request)
        line, _end, headers = head.partition(b"\r\n")
        method, target, _version = line.decode("latin-1").split(" ", 2)
        self.server.asked.append(f"{method} {target}")
        if only is not None and only(f"{method} {target}"):
            mode = self.server.next_mode()
        if method == "CONNECT":
            self._tunnel(mode, target)
        else:
            self._forward(mode, method, target, headers + b"\r\n\r\n" + body)

    def _forward(self, mode: Mode, method: str, target: str, rest: bytes) -> None:
        url = urlsplit(target)
        path = url.path + (f"?{url.query}" if url.query else "")
        message = f"{method} {path} HTTP/1.1\r\nConnection: close\r\n".encode(
            "latin-1"
        ) + _lasting.sub(b"", rest)
        server = (url.hostname or "", url.port or 80)
        if mode is Mode.DELIVER_LATE:
            self._close()
            time.sleep(self.server.delay)
        answer = b""
        for _time in range(0 if mode in NOT_FORWARDED else 2 if mode is Mode.TWICE else 1):
            answer = _exchange(server, message)
        if mode is Mode.ANSWER_LATE:
            self.request.recv(1)  # nothing, and that only when the client hangs up
        self._answer(mode, answer)

    def _answer(self, mode: Mode, answer: bytes) -> None:
        if mode in _ANSWERS:
            answer = (
                b"HTTP/1.1 "
                + _ANSWERS[mode]
                + b"\r\nConnection: close\r\nContent-Length: 5\r\n\r\nproxy"
            )
        elif mode is Mode.DROP_AMID:
            answer = answer[:-5]
        elif mode not in (Mode.FORWARD, Mode.ANSWER_LATE, Mode.TWICE):
            return
        self.request.sendall(answer)

    def _tunnel(self, mode: Mode, target: str) -> None:
        if mode is Mode.DROP_CONNECT:
            return
        if mode in _ANSWERS:
            self._answer(mode, b"")
            return
        host, _colon, port = target.rpartition(":")
        with socket.create_connection((host, int(port))) as server:
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if mode is not Mode.DROP_HANDSHAKE:
                _Tunnel(self.request, server, mode).run()

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            self.request.shutdown(socket.SHUT_RDWR)


class _Tunnel:
    """Passes on what client and server say, until the request comes that the mode is for."""

    def __init__(self, client: socket.socket, server: socket.socket, mode: Mode) -> None:
        self._client, self._server, self._mode = client, server, mode
        self._requested, self._given_up = threading.Event(), threading.Event()

    def run(self) -> None:
        back = threading.Thread(target=self._pass_back, daemon=True)
        back.start()
        with contextlib.suppress(OSError):
            self._pass_on()
        self._given_up.set()
        back.join()

    def _pass_on(self) -> None:
        for record in _records(self._client):
            if record is None:
                self._requested.set()
                if self._mode is Mode.DROP_BEFORE:
                    self._hang_up()
                    break
            else:
                self._server.sendall(record)
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_WR)

    def _pass_back(self) -> None:
        """Listen to the server until it ends, so that nothing of what was passed on gets lost."""
        with contextlib.suppress(OSError):
            while block := self._server.recv(_BLOCK):
                if self._requested.is_set():
                    block = self._spoilt(block)
                if block:
                    with contextlib.suppress(OSError):
                        self._client.sendall(block)
        self._hang_up()

    def _spoilt(self, block: bytes) -> bytes:
        if self._mode is Mode.ANSWER_LATE:
            self._given_up.wait()
        if self._mode is Mode.DROP_AMID:
            self._client.sendall(block[:-5])
        if self._mode in (Mode.DROP_AFTER, Mode.DROP_AMID):
            self._hang_up()
            return b""
        return block

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._client.shutdown(socket.SHUT_RDWR)


def _records(client: socket.socket) -> t.Iterator[bytes | None]:
    """The TLS records of a client, and None before the first one after the handshake.

    After the change of ciphers comes one record that ends the handshake.
    """
    after_change = -1
    while head := _exactly(client, 5):
        body = _exactly(client, int.from_bytes(head[3:5], "big"))
        if after_change >= 0:
            after_change += 1
        if after_change == 2:
            yield None
        yield head + body
        if head[0] == _CHANGE_CIPHER_SPEC:
            after_change = 0


def _exactly(connection: socket.socket, size: int) -> bytes:
    """So many bytes, or none where the connection ended."""
    found = b""
    while len(found) < size:
        block = connection.recv(size - len(found))
        if not block:
            return b""
        found += block
    return found


def _read_request(connection: socket.socket) -> tuple[bytes, bytes]:
    """The head of a request, and its body."""
    found = b""
    while b"\r\n\r\n" not in found:
        block = connection.recv(_BLOCK)
        if not block:
            raise ConnectionError
        found += block
    head, _end, body = found.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields.get(b"content-length", b"0")):
        body += connection.recv(_BLOCK)
    return head, body


def _exchange(server: tuple[str, int], message: bytes) -> bytes:
    """The whole answer of a server that closes the connection after it."""
    with socket.create_connection(server) as connection:
        connection.sendall(message)
        answer = b""
        while block := connection.recv(_BLOCK):
            answer += block
    return answer
