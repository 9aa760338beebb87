# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time: the clock that everything else is given, and the one loop that waits.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import math
import random
import time
import typing as t
from datetime import UTC, datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    WaitTimeoutError,
    waiting_after,
)

T = t.TypeVar("T")

#: Seconds before the first polls; afterwards the caller's interval holds.
FIRST_POLLS = (1.0, 2.0, 4.0, 8.0)


class Clock:
    """The machine's clock. A test gives another one with the same four methods."""

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def jitter(self) -> float:
        """A random number from 0 to 1."""
        return random.random()


class Progress(t.NamedTuple):
    """What a wait saw last.

    C(subject) is a name such as V(cluster etl), C(stage) is told in the service's words, and
    C(elapsed) are seconds.
    """

    subject: str
    stage: str
    elapsed: float


#: Told of each new stage, once a wait has lasted for a poll. What to do with it is up to the
#: caller.
Observer = t.Callable[[Progress], None]


def unobserved(progress: Progress) -> None:
    """The observer that does nothing."""


class Waiter:
    """Waits, within one deadline for everything that one task waits for.

    :param timeout: seconds from the first wait on.
    :param interval: seconds between two polls; the first polls come sooner.
    """

    def __init__(
        self, clock: Clock, timeout: float, interval: float, observer: Observer = unobserved
    ) -> None:
        self.clock, self.timeout, self.interval = clock, timeout, interval
        self.observer = observer
        self.stages: list[dict[str, t.Any]] = []
        self._started: float | None = None

    def elapsed(self) -> float:
        """Seconds since the first wait of this task began."""
        if self._started is None:
            self._started = self.clock.monotonic()
        return self.clock.monotonic() - self._started

    def until(
        self,
        subject: str,
        read: t.Callable[[], T],
        done: t.Callable[[T], bool],
        describe: t.Callable[[T], str],
        *,
        limit: float | None = None,
        within: float = math.inf,
        every: float = math.inf,
    ) -> T:
        """Read until C(done), which raises where it can no longer succeed.

        :param subject: what is waited for, such as V(cluster etl (4f0c...)).
        :param describe: the stage of what was read, in the service's words.
        :param limit: give up after so many seconds, if that is sooner than the deadline.
        :param within: the time for looking. When it is over, what was seen last is given back, done
            or not.
        :param every: seconds between two polls at most, where the caller's interval is longer.
        :raises WaitTimeoutError: names the subject, the last stage and how to go on.
        """
        began = self.elapsed()
        deadline = self.timeout if limit is None else min(self.timeout, began + limit)
        polls = 0
        told = None
        while True:
            seen = read()
            stage = describe(seen)
            self._note(subject, stage)
            is_done = done(seen)
            if stage != told and polls and (told or not is_done):
                self.observer(Progress(subject, stage, self.elapsed()))
                told = stage
            waited = self.elapsed() - began
            if is_done or waited >= within:
                return seen
            left = deadline - self.elapsed()
            if left <= 0:
                raise self._timed_out(subject, stage, waited)
            self.clock.sleep(min(self._pause(polls), every, left, within - waited))
            polls += 1

    def pause(self) -> None:
        """Let the time of a poll go by, within the deadline."""
        left = self.timeout - self.elapsed()
        self.clock.sleep(max(0.0, min(self.interval, left)))

    def check_pause(self, seconds: float, error: MrsError) -> None:
        """Check whether there is time to wait until what stops a request passes by itself.

        :raises WaitTimeoutError: it would take longer than the deadline; names what was seen last,
            and C(error).
        """
        if self._started is None or self.elapsed() + seconds <= self.timeout:
            return
        subject, stage = "the service", "without an answer"
        if self.stages:
            subject, stage = self.stages[-1]["subject"], self.stages[-1]["name"]
        with waiting_after(error):
            raise self._timed_out(subject, stage, self.elapsed())

    def _pause(self, polls: int) -> float:
        if polls >= len(FIRST_POLLS):
            return self.interval
        return min(self.interval, FIRST_POLLS[polls])

    def _note(self, subject: str, stage: str) -> None:
        """Keep the stages passed with the seconds each took."""
        now = self.elapsed()
        if self.stages:
            last = self.stages[-1]
            last["seconds"] = round(now - last["since"], 1)
            if (last["subject"], last["name"]) == (subject, stage):
                return
        self.stages.append({"subject": subject, "name": stage, "since": now, "seconds": 0.0})

    def _timed_out(self, subject: str, stage: str, waited: float) -> WaitTimeoutError:
        return WaitTimeoutError(
            f"Waited {waited:.0f} s for {subject}; it is still: {stage}.",
            hint=(
                "Nothing was undone. Run the task again to continue waiting, or give it more time "
                "with wait_timeout."
            ),
        )


class Lasting:
    """Something that counts once it has been seen for a while: one answer may be behind others.

    :param seconds: for how long.
    """

    def __init__(self, waiter: Waiter, seconds: float) -> None:
        self._waiter, self._seconds = waiter, seconds
        self._since = math.inf

    def stays(self) -> bool:
        """It is seen now. Has it been so for long enough?"""
        now = self._waiter.elapsed()
        self._since = min(self._since, now)
        return now - self._since >= self._seconds

    def ends(self) -> None:
        """It is not seen any more."""
        self._since = math.inf
