# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the real code several times at once, step by step, on one clock, always in the same way.

Each run is an actor in a thread of its own, and only the one whose turn it is moves. The turn
changes where a schedule says so, and where a run sleeps or ends. The clock only moves while
everybody waits.
"""

from __future__ import annotations

import contextlib
import math
import threading
import typing as t
from datetime import UTC, datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.lock import UntilTaken
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock

#: A run that does not come back is a defect of the tests; nothing here takes seconds.
PATIENCE = 600.0
#: Where time starts (epoch seconds): so late that no token is old for a library that looks at the
#: machine's clock.
START = 4_102_444_800.0


class Actor:
    """One run. C(machine): runs on the same machine share its locks."""

    def __init__(self, name: str, machine: str = "here") -> None:
        self.name, self.machine = name, machine
        self.wakes: float = 0.0
        self.steps_left: float = math.inf
        self.over = False
        self._baton = threading.Semaphore(0)

    def go(self) -> None:
        self._baton.release()

    def stand(self) -> None:
        assert self._baton.acquire(timeout=PATIENCE), f"the turn never came back to {self.name}"


class Director:
    """Says whose turn it is, and what time it is (epoch seconds)."""

    def __init__(self, start: float = START) -> None:
        self.time = start
        self.lead = Actor("lead")
        self.current = self.lead
        self._actors = [self.lead]
        self._locks: dict[t.Any, Actor] = {}

    # What actors do

    def sleep(self, seconds: float) -> None:
        """The actor whose turn it is waits; the others go on meanwhile."""
        self.current.wakes = self.time + seconds
        self._pass_on()

    def step(self) -> None:
        """The actor whose turn it is is about to send a request."""
        actor = self.current
        if actor.steps_left <= 0:
            actor.steps_left = math.inf
            actor.wakes = self.time
            self._pass_on()
        actor.steps_left -= 1

    @contextlib.contextmanager
    def held(self, until_taken: UntilTaken, *names: str) -> t.Iterator[None]:
        """Stands in for C(_lock.held): the lock of one machine."""
        actor = self.current
        key = (actor.machine, names)

        def take() -> bool:
            holder = self._locks.setdefault(key, actor)
            # It stood still for this actor, which cannot go on without it.
            if holder.wakes == math.inf:
                holder.wakes = self.time
            return holder is actor

        assert self._locks.get(key) is not actor, "a run waits for itself"
        until_taken(take)
        try:
            yield
        finally:
            del self._locks[key]

    # What a schedule does

    def enter(self, actor: Actor, act: t.Callable[[], None]) -> None:
        """A new actor waits for its turn, which C(let) gives it, or a sleep of the others."""
        actor.wakes = self.time
        self._actors.append(actor)

        def run() -> None:
            actor.stand()
            try:
                act()
            finally:
                actor.over = True
                self.current = self._next()
                self.current.go()

        threading.Thread(target=run, daemon=True).start()

    def let(self, actor: Actor, steps: float) -> None:
        """Give the turn to an actor for so many requests; where it waits, the lead goes on sooner.

        With C(math.inf) requests, the lead stands still, as if its machine slept, until the actor
        has ended or wants a lock that the lead has.
        """
        if not actor.over and actor is not self.current:
            actor.steps_left = steps
            self.current.wakes = math.inf if steps == math.inf else self.time
            self._hand_to(actor)

    def finish(self) -> None:
        """The lead has ended: the others go on to their ends."""
        self.lead.wakes = math.inf
        while not all(actor.over for actor in self._actors if actor is not self.lead):
            self._pass_on()

    def _pass_on(self) -> None:
        self._hand_to(self._next())

    def _hand_to(self, actor: Actor) -> None:
        giver, self.current = self.current, actor
        if actor is not giver:
            actor.go()
            giver.stand()

    def _next(self) -> Actor:
        """Whose turn it is next: who wakes first, and among those the one that entered first."""
        ready = [actor for actor in self._actors if not actor.over]
        assert ready, "everybody waits for everybody"
        chosen = min(ready, key=lambda actor: actor.wakes)
        if chosen.wakes < math.inf:
            self.time = max(self.time, chosen.wakes)
        return chosen


class SimulatorClock:
    """The director's time, as the simulator wants it.

    Where an answer takes time, its receiver waits.
    """

    def __init__(self, director: Director) -> None:
        self._director = director

    def now(self) -> float:
        return self._director.time

    def advance(self, seconds: float) -> None:
        if seconds:
            self._director.sleep(seconds)


class ClientClock(Clock):
    """The director's time, as the collection wants it."""

    def __init__(self, director: Director) -> None:
        self._director = director

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._director.time, UTC)

    def monotonic(self) -> float:
        return self._director.time

    def sleep(self, seconds: float) -> None:
        self._director.sleep(seconds)

    def jitter(self) -> float:
        return 0.5
