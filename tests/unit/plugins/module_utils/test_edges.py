# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Borders and details that the mutation test found without a test."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import WaitTimeoutError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._wait import Progress, Waiter
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import ManualClock


class TestWaiting:
    def test_a_stage_that_reads_the_same_is_told_once(self) -> None:
        told: list[Progress] = []
        states = iter(["starting"] * 4 + ["running"])
        waiter = Waiter(ManualClock(), timeout=60, interval=15, observer=told.append)
        waiter.until("etl", lambda: next(states), lambda state: state == "running", lambda state: "".join(list(state)))
        assert [progress.stage for progress in told] == ["starting", "running"]

    def test_a_read_that_lasts_past_the_deadline_is_the_last_one(self) -> None:
        clock = ManualClock()
        reads = []

        def slow() -> str:
            reads.append(clock.monotonic())
            clock.sleep(100)
            return "starting"

        with pytest.raises(WaitTimeoutError):
            Waiter(clock, timeout=60, interval=15).until("etl", slow, lambda state: False, str)
        assert len(reads) == 1

    def test_the_last_second_is_used(self) -> None:
        clock = ManualClock()
        with pytest.raises(WaitTimeoutError):
            Waiter(clock, timeout=4, interval=15).until("etl", lambda: "starting", lambda state: False, str)
        assert clock.sleeps == [1, 2, 1]

    def test_stages_are_told_in_tenths_of_seconds(self) -> None:
        states = iter(["starting", "running"])
        waiter = Waiter(ManualClock(), timeout=60, interval=0.26)
        waiter.until("etl", lambda: next(states), lambda state: state == "running", str)
        assert [stage["seconds"] for stage in waiter.stages] == [0.3, 0.0]


def test_half_a_second_of_a_time_in_milliseconds_is_kept() -> None:
    moment = Raw({"time": 1711530100500}).time("time")
    assert moment is not None
    assert moment.isoformat() == "2024-03-27T09:01:40.500000+00:00"
