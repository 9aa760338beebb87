# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A forwarding proxy on loopback, with real sockets, that loses, holds back and doubles things."""

from __future__ import annotations

import contextlib
import gzip
import select
import socket
import socketserver
import struct
import threading
import typing as t
import urllib.parse

#: What the proxy can do to a request that it reads, and to a tunnel, in which it reads nothing.
PLAIN = (
    *("cut_before", "cut_after", "reset_after", "cut_between", "hang_before", "hang_after"),
    *(
        "503",
        "502_html_after",
        "slow",
        "late",
        "twice",
        "twice_lost",
        "twice_second",
        "twice_later",
    ),
    *("drip_after", "bomb_after"),
)
TUNNEL = ("tunnel_refused", "tunnel_cut", "tunnel_torn", "cut_after", "reset_after", "hang_after")
#: Nothing of a request can have left: the proxy was not reached, or made no tunnel, or TLS did not
#: begin in it.
NEVER_SENT = ("tunnel_refused", "tunnel_cut", "tunnel_torn")

#: A small answer that would unpack to more than anybody should keep.
_ZEROS = gzip.compress(bytes(17 * 2**20), 1)
_BOMB = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(_ZEROS), _ZEROS)
)
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
_BAD = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 17\r\n\r\n"
    b"<html>502</html>\n"
)
_INSTEAD = {"502_html_after": _BAD, "bomb_after": _BOMB}


class Message(t.NamedTuple):
    """A request as the proxy has read it. C(head): its first line and its headers."""

    method: str
    url: str
    head: bytes
    body: bytes

    def forwarded(self) -> bytes:
        """As the service gets it, which is to close the connection after its answer."""
        _line, _newline, fields = self.head.partition(b"\r\n")
        split = urllib.parse.urlsplit(self.url)
        target = (split.path or "/") + (f"?{split.query}" if split.query else "")
        kept = [
            field
            for field in fields.split(b"\r\n")
            if field and not field.lower().startswith((b"connection:", b"proxy-", b"keep-alive:"))
        ]
        first = f"{self.method} {target} HTTP/1.1".encode()
        return b"\r\n".join([first, *kept, b"Connection: close", b"", self.body])


class Proxy:
    """Listens from the start.

    C(kind) is what happens to the next request or the next tunnel; empty for nothing.

    C(slow): called for a slow answer, in place of a wait. C(later): called with a message that is
    to arrive later. C(handled): says how many requests have reached the service.
    """

    def __init__(self) -> None:
        self.kind = ""
        self.slow: t.Callable[[], None] = lambda: None
        self.later: t.Callable[[Message], None] = lambda message: None
        self.handled: t.Callable[[], int] = lambda: 0
        self.requests = 0
        self.tunnels = 0
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    proxy._serve(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _taken(self) -> str:
        """The kind of the moment, which then is over."""
        kind, self.kind = self.kind, ""
        return kind

    def _serve(self, client: socket.socket) -> None:
        """Requests of one connection, until one of both sides has enough."""
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = client.makefile("rb")
        while message := _read(reader):
            if message.method == "CONNECT":
                self.tunnels += 1
                self._tunnel(client, message)
                return
            self.requests += 1
            if not self._pass(client, message, self._taken()):
                return

    # Requests that the proxy reads

    def _pass(self, client: socket.socket, message: Message, kind: str) -> bool:
        """Forward one request, or not, and give back its answer, or not.

        False where the connection ends.
        """
        if kind == "503":
            client.sendall(_BUSY)
            return True
        if kind == "hang_before":
            return _hang(client)
        if kind == "cut_before":
            return False
        if kind == "late":
            self.later(message)
            return False
        answer = _exchanged(message)
        if kind in ("twice", "twice_lost"):
            _exchanged(message)
        if kind == "twice_second":
            answer = _exchanged(message)
        if kind == "twice_later":
            self.later(message)
        return self._give_back(client, answer, kind)

    def _give_back(self, client: socket.socket, answer: bytes, kind: str) -> bool:
        if kind in ("cut_after", "twice_lost"):
            return False
        if kind == "reset_after":
            return _reset(client)
        if kind == "hang_after":
            return _hang(client)
        if kind == "drip_after":
            return _drip(client, answer)
        if kind == "cut_between":
            client.sendall(answer[: len(answer) * 2 // 3])
            return False
        if kind == "slow":
            self.slow()
        client.sendall(_INSTEAD.get(kind, answer))
        return True

    # Tunnels

    def _tunnel(self, client: socket.socket, message: Message) -> None:
        if self.kind == "tunnel_refused":
            self._taken()
            client.sendall(_BUSY)
            return
        if self.kind == "tunnel_cut":
            self._taken()
            return
        host, _colon, port = message.url.rpartition(":")
        with socket.create_connection((host, int(port))) as service:
            service.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._relay(client, service)

    def _relay(self, client: socket.socket, service: socket.socket) -> None:
        """Carry bytes both ways.

        A fault begins where the service has handled the request that it is for.
        """
        before = self.handled()
        while True:
            ready, _writable, _odd = select.select([client, service], [], [])
            for source in ready:
                chunk = source.recv(65536)
                if not chunk:
                    return
                if source is client:
                    if self.kind == "tunnel_torn":
                        self._taken()
                        return
                    if not self.kind:
                        before = self.handled()
                elif self.kind and self.handled() > before:
                    self._give_back(client, b"", self._taken())
                    return
                (service if source is client else client).sendall(chunk)


def _read(reader: t.BinaryIO) -> Message | None:
    """The next request of a connection; None where there is none."""
    lines = []
    while (line := reader.readline()) not in (b"\r\n", b""):
        lines.append(line.rstrip(b"\r\n"))
    if not lines:
        return None
    method, url, _version = lines[0].decode("latin-1").split(" ")
    size = 0
    for line in lines[1:]:
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            size = int(value)
    return Message(method, url, b"\r\n".join(lines), reader.read(size))


def _exchanged(message: Message) -> bytes:
    """The answer of the service, whole, as one that does not end the connection."""
    split = urllib.parse.urlsplit(message.url)
    with socket.create_connection((split.hostname, split.port)) as service:
        service.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        service.sendall(message.forwarded())
        chunks = []
        while chunk := service.recv(65536):
            chunks.append(chunk)
    head, end, body = b"".join(chunks).partition(b"\r\n\r\n")
    fields = [
        field for field in head.split(b"\r\n") if not field.lower().startswith(b"connection:")
    ]
    return b"\r\n".join(fields) + end + body


def _hang(client: socket.socket) -> bool:
    """Say nothing until the client goes away."""
    while client.recv(65536):
        pass
    return False


def _drip(client: socket.socket, answer: bytes) -> bool:
    """Give a byte now and then until the client goes away, so that no single wait is long."""
    for number in range(len(answer) - 1):
        client.sendall(answer[number : number + 1])
        if select.select([client], [], [], 0.05)[0]:
            break
    return False


def _reset(client: socket.socket) -> bool:
    """End the connection the hard way."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
    return False
