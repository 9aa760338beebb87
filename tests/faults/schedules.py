# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What may happen to a task: plain data, and how to draw it at random."""

from __future__ import annotations

import dataclasses
import math
import os
import typing as t

from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.tests.faults import nonsense, proxy, texts

#: The service has not acted, or it has and nobody hears of it, or it will.
NOT_ACTED = (
    *("cut_before", "hang_before", "never_sent", "429", "429_seconds", "429_date", "500"),
    *("500_code", "502_html", "503", "409", "result_false", "token_gone", "echo"),
)
ACTED = (
    *("cut_after", "hang_after", "500_after", "502_html_after", "504_after", "truncated_after"),
    *("html_after", "torn_after", "empty_after", "slow", "echo_after"),
)
#: The request arrives 20 or 100 seconds after its sender has lost hope.
LATE = ("late", "later")
#: Delivered twice: at once, with the first answer, none or the second one; later; much later.
TWICE = ("twice", "twice_lost", "twice_second", "twice_later", "twice_much_later")
KILLS = ("kill_before", "kill_after")
#: Kinds that no schedule has yet, since a promise does not hold under them, and rules that do not
#: hold yet.
RESTING = frozenset(os.environ.get("RESTING", "").split())
_EVERY = (*NOT_ACTED, *ACTED, *LATE, *TWICE, *nonsense.KINDS, texts.WORDS, *KILLS)
FAULTS = tuple(kind for kind in _EVERY if kind not in RESTING)
#: What a proxy with real sockets does, and in a tunnel, where it cannot read what it carries.
OVER_PROXY = tuple(kind for kind in (*proxy.PLAIN, *KILLS) if kind not in RESTING)
OVER_TUNNEL = tuple(kind for kind in (*proxy.TUNNEL, *KILLS) if kind not in RESTING)


@dataclasses.dataclass(frozen=True)
class Fault:
    """C(kind) hits the C(at)-th request (from 1) of a run and C(times) - 1 after it.

    C(of): all, or the writes.
    """

    kind: str
    of: str = "write"
    at: int = 1
    times: int = 1

    def hits(self, numbers: t.Mapping[str, int]) -> bool:
        return self.at <= numbers[self.of] < self.at + self.times


@dataclasses.dataclass(frozen=True)
class Rival:
    """Another run at the same time, on this machine or elsewhere.

    C(wants): the same, or something else. Before the C(at)-th request of the first run, it starts,
    and before each number in C(turns) it does so many requests.
    """

    wants: str = "same"
    machine: str = "here"
    turns: tuple[tuple[int, float], ...] = ((1, 1.0),)
    faults: tuple[Fault, ...] = ()


@dataclasses.dataclass(frozen=True)
class Blow:
    """Somebody at the console does something before the C(at)-th request of the first run."""

    what: str
    at: int


@dataclasses.dataclass(frozen=True)
class Run:
    """One run of the task. C(gap): seconds after the one before it. C(check): in check mode."""

    faults: tuple[Fault, ...] = ()
    gap: float = 0.0
    wait_timeout: int = 7200
    wait: bool = True
    check: bool = False


@dataclasses.dataclass(frozen=True)
class Replica:
    """Reads show what was C(behind) seconds ago: the lists, all of them, or every other request."""

    behind: float
    of: str = "lists"


@dataclasses.dataclass(frozen=True)
class Schedule:
    """One trial: the runs, one after the other, and what else happens.

    A clean run follows in any case.

    C(speed): seconds of each transition; C(lag): how long the old state still shows; C(job):
    how jobs end, and whether the installation of a component fails. C(way): requests go to the
    simulator inside the process, or over sockets through a proxy or a tunnel of it. C(company):
    further machines that run the task at the same time; how long each one's way to the service
    is for what it changes, and the lead's own (first).
    """

    operation: str
    runs: tuple[Run, ...] = (Run(),)
    rival: Rival | None = None
    blow: Blow | None = None
    flavor: str = "otc"
    login: str = "token"
    speed: float = 40.0
    lag: float = 2.0
    job: str = "succeeded"
    seed: int = 0
    replica: Replica | None = None
    way: str = "inside"
    company: tuple[float, ...] = ()


#: Seconds that a resize takes at least where several machines are at work.
SLOW = 40.0
#: How many machines are at work at the same time at most.
CROWD = 6
#: Seconds for which the old state still shows.
LAGS = (0.0, 2.0, 30.0)
BLOWS = ("delete_cluster", "delete_job", "cancel_job", "resize")


def faults(kinds: t.Sequence[str] = FAULTS) -> st.SearchStrategy[Fault]:
    not_acted = [kind for kind in kinds if kind in (*NOT_ACTED, *proxy.NEVER_SENT)]
    first = st.one_of(st.integers(1, 5), st.integers(1, 25))
    number = st.sampled_from((1, 1, 2, 8))
    write = st.builds(
        Fault, st.sampled_from(kinds), st.just("write"), st.integers(1, 3), st.just(1)
    )
    several = st.builds(
        Fault, st.sampled_from(not_acted), st.just("write"), st.integers(1, 2), st.integers(2, 9)
    )
    read = st.builds(Fault, st.sampled_from(kinds), st.just("request"), first, number)
    return st.one_of(write, write, several, read)


def rivals() -> st.SearchStrategy[Rival]:
    steps = st.sampled_from((1.0, 1.0, 2.0, 3.0, 5.0, math.inf))
    turn = st.tuples(st.integers(1, 12), steps)
    return st.builds(
        Rival,
        st.sampled_from(("same", "same", "other")),
        st.sampled_from(("here", "elsewhere")),
        st.lists(turn, min_size=1, max_size=3).map(lambda turns: tuple(sorted(turns))),
        st.lists(faults(), max_size=1).map(tuple),
    )


def runs(kinds: t.Sequence[str] = FAULTS) -> st.SearchStrategy[Run]:
    return st.builds(
        Run,
        st.lists(faults(kinds), max_size=3).map(tuple),
        st.sampled_from((0.0, 0.0, 7.0, 100.0, 2000.0)),
        st.sampled_from((7200, 7200, 7200, 30)),
        st.sampled_from((True, True, True, False)),
        st.sampled_from((False, False, False, False, False, False, False, True)),
    )


def replicas() -> st.SearchStrategy[Replica | None]:
    there = st.builds(
        Replica,
        st.sampled_from((8.0, 30.0)),
        st.sampled_from([reads for reads in ("lists", "all", "some") if reads not in RESTING]),
    )
    return (
        st.none()
        if "replica" in RESTING
        else st.one_of(st.none(), st.none(), st.none(), st.none(), there)
    )


def possible(schedule: Schedule) -> Schedule:
    """The nearest schedule that the API can cope with, and that makes sense.

    Runs on different machines share no lock. Then a resize can only be made once if it takes longer
    than the way from a look to the request that follows it, since the API takes differences of node
    counts and has no conditions. The same holds for a request that arrives late, and for a cluster
    that is there for one job: its name is only taken while it lives. What the service does takes
    longer than a replica is behind: in truth minutes where that is seconds. A signature is out of
    date after a machine was asleep for long.
    """
    rival = schedule.rival
    if rival and rival.machine == "elsewhere":
        turns = tuple((at, min(steps, 5.0)) for at, steps in rival.turns)
        rival = dataclasses.replace(rival, turns=turns)
        schedule = dataclasses.replace(schedule, rival=rival, speed=max(schedule.speed, SLOW))
    every = [
        fault.kind for run in (*schedule.runs, *([rival] if rival else [])) for fault in run.faults
    ]
    if schedule.replica:
        schedule = dataclasses.replace(schedule, speed=max(schedule.speed, SLOW))
    on_their_way = {*LATE, *TWICE, "slow"} & set(every)
    is_transient = schedule.operation.endswith("and_shut_down")
    if on_their_way and (rival or schedule.blow or is_transient):
        schedule = dataclasses.replace(schedule, speed=max(schedule.speed, SLOW))
    if rival and schedule.login == "keys" and any(steps == math.inf for _at, steps in rival.turns):
        schedule = dataclasses.replace(schedule, login="token")
    return schedule


def schedules(operations: t.Sequence[str], most_runs: int = 3) -> st.SearchStrategy[Schedule]:
    """Random schedules over these operations."""
    drawn = st.builds(
        Schedule,
        operation=st.sampled_from(operations),
        runs=st.lists(runs(), min_size=1, max_size=most_runs).map(tuple),
        rival=st.one_of(st.none(), st.none(), rivals()),
        blow=st.one_of(
            st.none(),
            st.none(),
            st.none(),
            st.builds(Blow, st.sampled_from(BLOWS), st.integers(1, 12)),
        ),
        flavor=st.sampled_from(("otc", "hwc")),
        login=st.sampled_from(("token", "password", "keys")),
        speed=st.sampled_from((0.0, 3.0, 40.0, 300.0)),
        lag=st.sampled_from(LAGS),
        job=st.sampled_from(("succeeded", "succeeded", "succeeded", "failed", "unknown")),
        seed=st.integers(0, 3),
        replica=replicas(),
    )
    return drawn.map(possible)


def through_proxy(operations: t.Sequence[str]) -> st.SearchStrategy[Schedule]:
    """Random schedules through a proxy with real sockets; nobody else is at work then."""

    def of(way: str) -> st.SearchStrategy[Schedule]:
        kinds = OVER_PROXY if way == "proxy" else OVER_TUNNEL
        return st.builds(
            Schedule,
            operation=st.sampled_from(operations),
            runs=st.lists(runs(kinds), min_size=1, max_size=2).map(tuple),
            flavor=st.sampled_from(("otc", "hwc")),
            login=st.sampled_from(("token", "keys")),
            speed=st.sampled_from((0.0, 3.0, 40.0, 300.0)),
            lag=st.sampled_from(LAGS),
            seed=st.integers(0, 3),
            way=st.just(way),
        )

    return st.one_of(of("proxy"), of("proxy"), of("tunnel")).map(possible)


def crowds(operations: t.Sequence[str]) -> st.SearchStrategy[Schedule]:
    """Six machines run the same task at once; what changes something is up to 3 s on its way."""
    delay = st.sampled_from((0.02, 0.3, 1.0, 2.0, 3.0))
    return st.builds(
        Schedule,
        operation=st.sampled_from(operations),
        flavor=st.sampled_from(("otc", "hwc")),
        speed=st.sampled_from((SLOW, 300.0)),
        lag=st.sampled_from(LAGS),
        seed=st.integers(0, 3),
        replica=replicas(),
        company=st.lists(delay, min_size=2, max_size=CROWD).map(tuple),
    )
