# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that wants fewer requests gets fewer at the same time, of all that are sent side by side."""

from __future__ import annotations

import io
import threading
import typing as t

import pytest
import requests
import requests.adapters

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import transport
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import (
    Request,
    Transport,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import Access
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import side_by_side
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import PROJECT, ManualClock

READ = Request("read it", "GET", "/it", repeatable=True)


class Turnstile(threading.Condition):
    """A condition that waits for nobody, and tells who would have had to wait."""

    waited: t.ClassVar[list[bool]] = []

    def wait_for(self, predicate: t.Callable[[], bool], timeout: float | None = None) -> bool:
        self.waited.append(not predicate())
        return True


@pytest.fixture(name="room")
def _room(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[transport._Room]:
    monkeypatch.setattr(threading, "Condition", Turnstile)
    Turnstile.waited.clear()
    yield transport._Room(64)
    Turnstile.waited.clear()


def enter(room: transport._Room, times: int = 1) -> list[bool]:
    """Whether each had to wait."""
    Turnstile.waited.clear()
    for _time in range(times):
        room.__enter__()
    return list(Turnstile.waited)


def test_there_is_room_for_so_many(room: transport._Room) -> None:
    assert enter(room, 65) == [False] * 64 + [True]


def test_after_a_refusal_there_is_room_for_half_of_those_that_were_under_way(
    room: transport._Room,
) -> None:
    enter(room, 8)
    room.__exit__()  # the one that is refused
    room.narrow()
    for _time in range(3):
        room.__exit__()
    assert enter(room) == [True]
    for _time in range(2):
        room.__exit__()
    assert enter(room) == [False]


def test_there_is_always_room_for_one(room: transport._Room) -> None:
    for _time in range(5):
        room.narrow()
    assert enter(room, 2) == [False, True]


class StandingClock(ManualClock):
    """All that happens does so at the same moment."""

    def sleep(self, seconds: float) -> None:
        """Takes no time at all."""


class Narrow(requests.adapters.BaseAdapter):
    """Refuses the first eight requests together, and afterwards answers four at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.number = 0
        self.gates = [threading.Barrier(8, timeout=20), threading.Barrier(4, timeout=20)]

    def send(self, request: requests.PreparedRequest, **_how: t.Any) -> requests.Response:
        with self.lock:
            self.number += 1
            is_early = self.number <= 8
        self.gates[0 if is_early else 1].wait()
        response = requests.Response()
        response.status_code = 429 if is_early else 200
        response.raw = io.BytesIO(b"{}")
        response.request, response.url = request, request.url or ""
        return response

    def close(self) -> None:
        """Nothing to close."""


def test_those_that_are_refused_together_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "WIDTH", 8)
    session, service = requests.Session(), Narrow()
    session.mount("https://", service)
    access = Access(
        "https://mrs.example.com", PROJECT, lambda request: request, lambda: False, True
    )
    transport = Transport(access, StandingClock(), timeout=60.0, retries=1, session=session)
    assert list(side_by_side(transport.send, [READ] * 8)) == [{}] * 8
    assert service.number == 16
