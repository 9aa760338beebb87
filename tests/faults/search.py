# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Draws schedules, plays them, and counts."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

import hypothesis

from ansible_collections.huaweicloud.mrs.tests.faults.operations import OPERATIONS
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Schedule, schedules
from ansible_collections.huaweicloud.mrs.tests.faults.trial import play
from ansible_collections.huaweicloud.mrs.tests.faults.verdict import violations


@dataclasses.dataclass
class Tally:
    """What a search has done. C(injected): how often each kind of fault hit a request."""

    schedules: int = 0
    runs: int = 0
    requests: int = 0
    injected: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    #: The schedule and what is wrong, for each schedule that broke a promise.
    broken: list[tuple[Schedule, list[str]]] = dataclasses.field(default_factory=list)

    def add(self, schedule: Schedule) -> list[str]:
        """Play it; gives what is wrong."""
        story = play(schedule)
        wrong = violations(story)
        self.schedules += 1
        self.runs += len(story.all)
        self.requests += story.requests
        self.injected.update(story.injected)
        if wrong:
            self.broken.append((schedule, wrong))
        return wrong

    def merge(self, other: Tally) -> None:
        for field in dataclasses.fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            setattr(self, field.name, mine + theirs)

    def figures(self) -> str:
        """The numbers on one line."""
        return (
            f"{self.schedules} schedules, {self.runs} runs, {self.requests} requests, "
            f"{sum(self.injected.values())} faults injected, {len(self.broken)} violations"
        )


def check(schedule: Schedule) -> None:
    """:raises AssertionError: a promise is broken; tells the whole story."""
    story = play(schedule)
    wrong = violations(story)
    assert not wrong, "\n".join([*wrong, story.tell()])


def search(
    number: int, tally: Tally, *, operations: t.Sequence[str] = tuple(OPERATIONS), seed: int | None = None
) -> None:
    """Play so many schedules; the same ones each time where no seed is given. Those that fail are in the tally."""

    @hypothesis.settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=seed is None,
        print_blob=False,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(schedules(operations))
    def trial(schedule: Schedule) -> None:
        tally.add(schedule)

    (hypothesis.seed(seed)(trial) if seed is not None else trial)()


def portion(work: tuple[int, int]) -> Tally:
    """A part of a search, for a process of its own: how many schedules, and the seed."""
    number, seed = work
    tally = Tally()
    search(number, tally, seed=seed)
    return tally
