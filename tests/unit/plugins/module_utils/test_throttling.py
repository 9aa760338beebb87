# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that wants fewer requests gets fewer at the same time."""

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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import ServiceError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import map_in_parallel
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import PROJECT, ManualClock

READ = Request("read it", "GET", "/it", repeatable=True)


class Turnstile(threading.Condition):
    """A condition that waits for nobody, and tells who would have had to wait."""

    waited: t.ClassVar[list[bool]] = []

    def wait_for(self, predicate: t.Callable[[], bool], timeout: float | None = None) -> bool:
        self.waited.append(not predicate())
        return True


@pytest.fixture(name="room")
def _limiter(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[transport._Limiter]:
    monkeypatch.setattr(threading, "Condition", Turnstile)
    Turnstile.waited.clear()
    yield transport._Limiter(64)
    Turnstile.waited.clear()


class Guest:
    """One request: it comes in, and leaves with its answer or with a refusal."""

    def __init__(self, room: transport._Limiter) -> None:
        Turnstile.waited.clear()
        self._stay = room.one()
        self._stay.__enter__()
        (self.waited,) = Turnstile.waited

    def leave(self) -> None:
        self._stay.__exit__(None, None, None)

    def leave_refused(self, status: int = 429) -> None:
        error = ServiceError("read it", status=status, code=None, reason="slower")
        refusal = transport.Failed(error)
        assert not self._stay.__exit__(transport.Failed, refusal, None)


def come_in(room: transport._Limiter, number: int) -> list[Guest]:
    return [Guest(room) for _time in range(number)]


def waited(guests: list[Guest]) -> list[bool]:
    return [guest.waited for guest in guests]


def test_there_is_room_for_so_many(room: transport._Limiter) -> None:
    assert waited(come_in(room, 65)) == [False] * 64 + [True]


def test_after_a_refusal_there_is_room_for_half_of_those_that_were_under_way(
    room: transport._Limiter,
) -> None:
    guests = come_in(room, 8)
    guests.pop().leave_refused()
    for _time in range(3):
        guests.pop().leave()
    assert Guest(room).waited
    for _time in range(2):
        guests.pop().leave()
    assert not Guest(room).waited


def test_all_that_were_under_way_and_are_refused_count_once(room: transport._Limiter) -> None:
    guests = come_in(room, 8)
    for guest in guests:
        guest.leave_refused()
    assert waited(come_in(room, 5)) == [False] * 4 + [True]


def test_one_that_was_sent_later_and_is_refused_counts_again(room: transport._Limiter) -> None:
    guests = come_in(room, 8)
    for guest in guests:
        guest.leave_refused()
    guests = come_in(room, 4)
    guests.pop().leave_refused()
    guests.pop().leave()
    assert Guest(room).waited


def test_another_refusal_leaves_the_room_as_it_is(room: transport._Limiter) -> None:
    guests = come_in(room, 64)
    guests.pop().leave_refused(status=503)
    assert waited(come_in(room, 2)) == [False, True]


def test_there_is_always_room_for_one(room: transport._Limiter) -> None:
    for _time in range(5):
        Guest(room).leave_refused()
    assert waited(come_in(room, 2)) == [False, True]


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
        self.gates = [threading.Barrier(8, timeout=90), threading.Barrier(4, timeout=90)]

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
    assert list(map_in_parallel(transport.send, [READ] * 8)) == [{}] * 8
    assert service.number == 16
