# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time
import typing as t
from datetime import timedelta

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    UnreachableError,
    WaitError,
    WaitTimeoutError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import (
    Clock,
    Lasting,
    Progress,
    Waiter,
    unobserved,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import ManualClock


def until(waiter: Waiter, seen: t.Iterable[str], **limits: float) -> str:
    """Wait for C(running) with these reads, one after the other."""
    reads = iter(seen)
    return waiter.until(
        "cluster etl", lambda: next(reads), lambda state: state == "running", str, **limits
    )


def test_what_is_there_already_needs_no_sleep() -> None:
    clock = ManualClock()
    assert until(Waiter(clock, timeout=60, interval=15), ["running"]) == "running"
    assert clock.sleeps == []


def test_the_first_polls_come_sooner() -> None:
    clock = ManualClock()
    until(Waiter(clock, timeout=600, interval=15), ["starting"] * 7 + ["running"])
    assert clock.sleeps == [1, 2, 4, 8, 15, 15, 15]


def test_a_short_interval_is_never_exceeded() -> None:
    clock = ManualClock()
    until(Waiter(clock, timeout=600, interval=3), ["starting"] * 6 + ["running"])
    assert clock.sleeps == [1, 2, 3, 3, 3, 3]


def test_no_sleep_goes_past_the_deadline() -> None:
    clock = ManualClock()
    with pytest.raises(WaitTimeoutError):
        until(Waiter(clock, timeout=20, interval=15), ["starting"] * 9)
    assert clock.sleeps == [1, 2, 4, 8, 5]


def test_the_last_read_is_at_the_deadline_and_counts() -> None:
    assert (
        until(Waiter(ManualClock(), timeout=20, interval=15), ["starting"] * 5 + ["running"])
        == "running"
    )


def test_a_time_out_names_the_last_state_and_how_to_go_on() -> None:
    with pytest.raises(WaitTimeoutError) as caught:
        until(Waiter(ManualClock(), timeout=5, interval=15), ["starting (Creating VMs)"] * 9)
    assert str(caught.value) == (
        "Waited 5 s for cluster etl; it is still: starting (Creating VMs). Nothing was undone. Run "
        "the task again to continue waiting, or give it more time with wait_timeout."
    )


def test_without_time_it_looks_once() -> None:
    clock = ManualClock()
    with pytest.raises(WaitTimeoutError, match="Waited 0 s"):
        until(Waiter(clock, timeout=0, interval=15), ["starting"])
    assert clock.sleeps == []


def test_a_failure_state_ends_the_wait_at_once() -> None:
    clock = ManualClock()

    def refuse(state: str) -> bool:
        raise WaitError(state)

    with pytest.raises(WaitError, match="failed"):
        Waiter(clock, timeout=60, interval=15).until("cluster etl", lambda: "failed", refuse, str)
    assert clock.sleeps == []


def test_all_waits_of_a_task_share_one_deadline() -> None:
    clock = ManualClock()
    waiter = Waiter(clock, timeout=20, interval=15)
    until(waiter, ["starting"] * 4 + ["running"])
    with pytest.raises(WaitTimeoutError, match="Waited 5 s"):
        until(waiter, ["scaling-out"] * 9)
    assert clock.seconds == 20


def test_time_before_the_first_wait_does_not_count() -> None:
    clock = ManualClock()
    waiter = Waiter(clock, timeout=20, interval=15)
    clock.sleep(1000)
    assert until(waiter, ["starting", "running"]) == "running"


def test_a_limit_ends_a_wait_sooner_than_the_deadline() -> None:
    clock = ManualClock()
    with pytest.raises(WaitTimeoutError, match="Waited 3 s"):
        until(Waiter(clock, timeout=600, interval=15), ["starting"] * 9, limit=3)
    assert clock.seconds == 3


def test_a_limit_does_not_extend_the_deadline() -> None:
    clock = ManualClock()
    with pytest.raises(WaitTimeoutError, match="Waited 5 s"):
        until(Waiter(clock, timeout=5, interval=15), ["starting"] * 9, limit=300)


def test_looking_ends_with_its_time_and_gives_back_what_was_seen_last() -> None:
    clock = ManualClock()
    waiter = Waiter(clock, timeout=600, interval=15)
    assert until(waiter, ["starting", "starting", "starting", "installing"], within=5) == (
        "installing"
    )
    assert clock.sleeps == [1, 2, 2]


def test_looking_ends_when_an_answer_took_longer_than_its_time() -> None:
    clock = ManualClock()
    waiter = Waiter(clock, timeout=600, interval=15)

    def read() -> str:
        clock.sleep(20)
        return "starting"

    assert waiter.until("cluster etl", read, lambda _state: False, str, within=5) == "starting"
    assert clock.sleeps == [20]


def test_stages_are_kept_with_the_seconds_until_the_next_one() -> None:
    waiter = Waiter(ManualClock(), timeout=600, interval=15)
    until(waiter, ["starting", "starting", "starting (Creating VMs)", "running"])
    assert [(stage["subject"], stage["name"], stage["seconds"]) for stage in waiter.stages] == [
        ("cluster etl", "starting", 3.0),
        ("cluster etl", "starting (Creating VMs)", 4.0),
        ("cluster etl", "running", 0.0),
    ]


class TestPauseOfARequest:
    LOST = UnreachableError(
        "Cannot read it: the service cannot be reached.", hint="Check the network."
    )

    def test_before_the_first_wait_there_is_no_deadline(self) -> None:
        Waiter(ManualClock(), timeout=0, interval=15).check_pause(100, self.LOST)

    @pytest.mark.parametrize("seconds", [5, 59])
    def test_one_that_ends_before_or_with_the_deadline_is_in_time(self, seconds: float) -> None:
        waiter = Waiter(ManualClock(), timeout=60, interval=15)
        until(waiter, ["starting", "running"])
        waiter.check_pause(seconds, self.LOST)

    def test_a_longer_one_is_a_time_out_with_its_cause(self) -> None:
        waiter = Waiter(ManualClock(), timeout=60, interval=15)
        until(waiter, ["starting", "installing", "running"])
        with pytest.raises(WaitTimeoutError) as caught:
            waiter.check_pause(57.5, self.LOST)
        assert str(caught.value) == (
            "Waited 3 s for cluster etl; it is still: running. Cannot read it: the service cannot "
            "be reached. "
            "Check the network. Nothing was undone. Run the task again to continue waiting, or "
            "give "
            "it more time with "
            "wait_timeout."
        )

    def test_a_time_out_names_what_was_waited_for_last(self) -> None:
        waiter = Waiter(ManualClock(), timeout=60, interval=15)
        for subject in ("cluster etl", "job wordcount", "job report"):
            waiter.until(subject, lambda: "running", lambda _state: True, str)
        with pytest.raises(WaitTimeoutError, match="Waited 0 s for job report; it is still: run"):
            waiter.check_pause(61, self.LOST)

    def test_a_time_out_before_anything_was_seen_says_so(self) -> None:
        waiter = Waiter(ManualClock(), timeout=60, interval=15)
        assert waiter.elapsed() == 0
        with pytest.raises(
            WaitTimeoutError, match=r"Waited 0 s for the service; it is still: without an answer\."
        ):
            waiter.check_pause(61, self.LOST)


def told_of(*seen: str) -> list[Progress]:
    told: list[Progress] = []
    until(Waiter(ManualClock(), timeout=600, interval=15, observer=told.append), seen)
    return told


def test_the_observer_is_told_of_each_stage_once() -> None:
    assert told_of("starting", "starting", "starting", "installing", "installing", "running") == [
        Progress("cluster etl", "starting", 1.0),
        Progress("cluster etl", "installing", 7.0),
        Progress("cluster etl", "running", 30.0),
    ]


def test_the_observer_is_not_told_of_a_wait_that_is_over_with_the_first_poll() -> None:
    assert told_of("running") == []
    assert told_of("starting", "running") == []


def test_the_silent_observer_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    unobserved(Progress("cluster etl", "running", 0.0))
    assert capsys.readouterr() == ("", "")


def test_the_real_clock_is_the_one_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    clock = Clock()
    clock.sleep(7)
    assert slept == [7]
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.monotonic() <= clock.monotonic()
    assert 0 <= clock.jitter() <= 1


def test_a_pause_is_a_poll_and_ends_with_the_deadline() -> None:
    clock = ManualClock()
    waiter = Waiter(clock, timeout=40, interval=15)
    waiter.elapsed()
    for _pause in range(4):
        waiter.pause()
    assert clock.sleeps == [15, 15, 10, 0]


def test_after_the_deadline_a_pause_takes_no_time() -> None:
    clock = ManualClock()
    waiter = Waiter(clock, timeout=40, interval=15)
    waiter.elapsed()
    clock.sleep(50)
    waiter.pause()
    assert clock.sleeps == [50, 0]


class TestWhatHasToLast:
    def test_it_counts_once_it_is_seen_for_long_enough(self) -> None:
        clock = ManualClock()
        lasting = Lasting(Waiter(clock, timeout=600, interval=15), seconds=60)
        seen = []
        for _look in range(4):
            seen.append(lasting.stays())
            clock.sleep(30)
        assert seen == [False, False, True, True]

    def test_when_it_ends_it_begins_anew(self) -> None:
        clock = ManualClock()
        lasting = Lasting(Waiter(clock, timeout=600, interval=15), seconds=60)
        assert not lasting.stays()
        clock.sleep(50)
        lasting.ends()
        clock.sleep(50)
        assert not lasting.stays()
        clock.sleep(59)
        assert not lasting.stays()
        clock.sleep(1)
        assert lasting.stays()
