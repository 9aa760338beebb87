# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draws schedules, plays them, and counts."""

from __future__ import annotations

import collections
import dataclasses
import random
import typing as t

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import get_state_machine_test

from ansible_collections.huaweicloud.mrs.tests.faults.account import Account
from ansible_collections.huaweicloud.mrs.tests.faults.histories import (
    History,
    HistoryOfMixed,
    HistoryOfNames,
    HistoryOfV2,
    Tasks,
)
from ansible_collections.huaweicloud.mrs.tests.faults.operations import OPERATIONS
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import (
    Schedule,
    crowds,
    schedules,
    through_proxy,
)
from ansible_collections.huaweicloud.mrs.tests.faults.trial import Story, play
from ansible_collections.huaweicloud.mrs.tests.faults.verdict import violations

#: Of so many schedules, one goes through a proxy, and one is of a crowd.
THROUGH_PROXY, OF_CROWDS = 10, 20
#: What several machines may ask for in the same moment.
OF_MANY = (
    "create",
    "create_with_job",
    "scale_out_core",
    "scale_in_core",
    "grow_core",
    "run_job",
    "create_custom",
    "expand",
    "shrink",
    "rename",
    "add_component",
    "delete",
)
#: How often each kind of histories is played, compared with the others.
KINDS: dict[type[Tasks], int] = {History: 4, HistoryOfV2: 2, HistoryOfMixed: 1, HistoryOfNames: 1}
#: How many schedules are played for each history, and of how many steps that is.
SCHEDULES_PER_HISTORY = 30
STEPS = 25


@dataclasses.dataclass
class Tally:
    """What a search has done. C(injected): how often each kind of fault hit a request."""

    schedules: int = 0
    histories: int = 0
    runs: int = 0
    requests: int = 0
    injected: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    #: What was played and what is wrong, for each schedule and each history that broke a promise.
    broken: list[tuple[str, list[str]]] = dataclasses.field(default_factory=list)

    def add(self, schedule: Schedule) -> list[str]:
        """Play it; gives what is wrong."""
        story = play(schedule)
        wrong = violations(story)
        self.schedules += 1
        self._count(story)
        if wrong:
            self.broken.append((story.tell(), wrong))
        return wrong

    def add_history(self, account: Account) -> None:
        self.histories += 1
        for story in account.stories:
            self._count(story)

    def _count(self, story: Story) -> None:
        self.runs += len(story.all)
        self.requests += story.requests
        self.injected.update(story.injected)

    def merge(self, other: Tally) -> None:
        for field in dataclasses.fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            setattr(self, field.name, mine + theirs)

    def figures(self) -> str:
        """The numbers on one line."""
        return (
            f"{self.schedules} schedules, {self.histories} histories, {self.runs} runs, "
            f"{self.requests} requests, "
            f"{sum(self.injected.values())} faults injected, {len(self.broken)} violations"
        )


def check(schedule: Schedule) -> None:
    """:raises AssertionError: a promise is broken; tells the whole story."""
    story = play(schedule)
    wrong = violations(story)
    assert not wrong, "\n".join([*wrong, story.tell()])


def search(
    number: int,
    tally: Tally,
    *,
    operations: t.Sequence[str] = tuple(OPERATIONS),
    seed: int | None = None,
) -> None:
    """Play so many schedules; the same ones each time where no seed is given.

    Those that fail are in the tally.
    """
    _search(number, tally, schedules(operations), seed)


def search_proxy(number: int, tally: Tally, *, seed: int | None = None) -> None:
    """The same with schedules whose requests go through a proxy with real sockets."""
    _search(number, tally, through_proxy(tuple(OPERATIONS)), seed)


def search_crowds(number: int, tally: Tally, *, seed: int | None = None) -> None:
    """The same with several machines at work in the same moment."""
    _search(number, tally, crowds(OF_MANY), seed)


def _search(
    number: int, tally: Tally, drawn: st.SearchStrategy[Schedule], seed: int | None
) -> None:
    @_settings(number, seed)
    @hypothesis.given(drawn)
    def trial(schedule: Schedule) -> None:
        tally.add(schedule)

    (hypothesis.seed(seed)(trial) if seed is not None else trial)()


def search_histories(
    number: int,
    tally: Tally,
    *,
    seed: int | None = None,
    kinds: t.Mapping[type[Tasks], int] = KINDS,
) -> None:
    """Let so many histories happen; the same ones each time where no seed is given.

    Ends with the first that fails.
    """

    drawn = random.Random(seed or 0).choices([*kinds], [*kinds.values()], k=number)
    for machine, part in collections.Counter(drawn).items():
        if tally.broken:
            break
        counted = type("Counted", (machine,), {"ended": tally.add_history})
        trial = get_state_machine_test(counted, settings=_settings(part, seed))
        try:
            (hypothesis.seed(seed)(trial) if seed is not None else trial)()
        except AssertionError as error:
            tally.broken.append(("A history", [str(error)]))


def _settings(number: int, seed: int | None) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=number,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=seed is None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )


def portion(work: tuple[int, int]) -> Tally:
    """A part of a search, for a process of its own: how many schedules, and the seed."""
    number, seed = work
    tally = Tally()
    through_proxy, of_crowds = number // THROUGH_PROXY, number // OF_CROWDS
    search(number - through_proxy - of_crowds, tally, seed=seed)
    search_proxy(through_proxy, tally, seed=seed)
    search_crowds(of_crowds, tally, seed=seed)
    search_histories(max(1, number // SCHEDULES_PER_HISTORY), tally, seed=seed)
    return tally
