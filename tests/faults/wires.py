# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way over sockets: the client of a run, a proxy, and the simulator behind a real server.

The simulated time stands still while a request is on its way; only who waits for an answer in vain
waits in truth.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import pathlib
import tempfile
import types
import typing as t
import urllib.parse

import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import new_session
from ansible_collections.huaweicloud.mrs.tests.faults.network import (
    LATE,
    LONGEST_PAUSE,
    Killed,
    announce,
)
from ansible_collections.huaweicloud.mrs.tests.faults.proxy import Message, Proxy
from ansible_collections.huaweicloud.mrs.tests.faults.scene import Record, Scene
from ansible_collections.huaweicloud.mrs.tests.unit.tls.authority import Authority
from mrs_simulator.base.messages import Reply, Request
from mrs_simulator.server import Running, Tls
from mrs_simulator.simulator import Simulator

#: Seconds of real time that a request may take: where it is left without an answer, and else.
SHORT, LONG = 0.5, 60.0
#: Kinds that end when the client has had enough.
WITHOUT_END = ("hang", "drip")
#: Seconds of simulated time that a slow answer takes.
SLOW = 40.0


class Door:
    """What the server serves: the scene of the moment, for one run."""

    def __init__(self) -> None:
        self.world = types.SimpleNamespace(base_url="")
        self.scene: Scene | None = None
        self.record: Record | None = None
        self.handled = 0
        self._since_sent = 0

    def expect(self, scene: Scene, record: Record) -> None:
        """The next request is of this run.

        What arrives beyond it, until the next one, is the same once more.
        """
        self.scene, self.record, self._since_sent = scene, record, 0

    def handle(self, request: Request) -> Reply:
        assert self.scene
        assert self.record
        self.handled += 1
        self._since_sent += 1
        self.record.doubles = self._since_sent > 1
        try:
            return self.scene.deliver(self.record, request)
        finally:
            self.record.doubles = False


class Wires(t.NamedTuple):
    """A server, a proxy before it, and who signs the certificate of the server."""

    door: Door
    server: Running
    proxy: Proxy
    authority: str


@functools.cache
def _wires(way: str) -> Wires:
    """One of each for all trials of a process."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mrs-faults-"))
    authority = Authority(folder)
    tls: Tls | None = authority.certificate("127.0.0.1") if way == "tunnel" else None
    door = Door()
    server = Running(t.cast(Simulator, door), tls)
    server.start()
    proxy = Proxy()
    proxy.handled = lambda: door.handled
    return Wires(door, server, proxy, str(authority.file))


@contextlib.contextmanager
def way(scene: Scene, kind: str) -> t.Iterator[None]:
    """Put the simulator at the address of the server, if the schedule wants one."""
    if kind != "inside":
        wires = _wires(kind)
        scene.world.base_url = wires.server.url
        scene.way = kind
    yield


def session(scene: Scene, record: Record, params: dict[str, t.Any]) -> requests.Session:
    """A session of one run, as the collection makes it, through the proxy.

    The options get the server's address.
    """
    wires = _wires(scene.way)
    params["endpoint"] = wires.server.url
    made = new_session({"HTTP_PROXY": wires.proxy.url, "HTTPS_PROXY": wires.proxy.url})
    params["ca_cert"] = wires.authority
    sent = Sent(scene, record, wires, made.send)
    made.send = sent  # type: ignore[method-assign]
    return made


@dataclasses.dataclass
class Sent:
    """Stands in for C(Session.send): tells the proxy what is to happen, then sends the request."""

    scene: Scene
    record: Record
    wires: Wires
    send: t.Callable[..., requests.Response]

    def __call__(self, request: requests.PreparedRequest, **how: t.Any) -> requests.Response:
        scene, record, proxy = self.scene, self.record, self.wires.proxy
        path = urllib.parse.urlsplit(request.url or "").path
        kind, writes = announce(scene, record, request.method or "", path)
        if kind == "kill_before":
            raise Killed
        proxy.slow = lambda: self._pass_time(SLOW)
        proxy.later = functools.partial(self._later, LATE.get(kind, 0.0), again=kind != "late")
        proxy.kind = (
            "" if kind.startswith("kill") or not (writes or not kind.startswith("twice")) else kind
        )
        how["timeout"] = SHORT if kind.startswith(WITHOUT_END) else LONG
        self.wires.door.expect(scene, record)
        began = scene.director.time
        try:
            response = self.send(request, **how)
        finally:
            if proxy.kind:  # it found no tunnel to make
                record.hit[kind] -= 1
            if kind:
                self._pass_time(how["timeout"] * 120 if kind.startswith(WITHOUT_END) else 0.0)
                record.lost_time += scene.director.time - began + LONGEST_PAUSE
            proxy.kind = ""
        if kind == "kill_after":
            raise Killed
        return response

    def _pass_time(self, seconds: float) -> None:
        self.scene.director.time += seconds

    def _later(self, seconds: float, message: Message, again: bool) -> None:
        split = urllib.parse.urlsplit(message.url)
        lines = message.head.decode("latin-1").split("\r\n")[1:]
        headers = {
            name.lower(): value.strip()
            for name, _colon, value in (line.partition(":") for line in lines)
        }
        request = Request(message.method, split.path, split.query, headers, message.body)
        self.scene.send_later(self.record, request, seconds, again)
