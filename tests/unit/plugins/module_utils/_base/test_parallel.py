# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import itertools
import threading

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import map_in_parallel


@pytest.fixture(autouse=True)
def three_at_a_time(one_request_after_the_other: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "WIDTH", 3)


def test_three_calls_are_on_the_way_at_the_same_time() -> None:
    meeting = threading.Barrier(3)  # nobody passes before three are there

    def call(number: int) -> int:
        meeting.wait(timeout=60)
        return number

    assert list(map_in_parallel(call, range(9))) == [0, 1, 2, 3, 4, 5, 6, 7, 8]


def test_never_more_calls_than_that_are_on_the_way() -> None:
    lock, now, most = threading.Lock(), 0, 0

    def call(number: int) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        threading.Event().wait(0.002)
        with lock:
            now -= 1

    list(map_in_parallel(call, range(30)))
    assert most <= 3


def test_results_come_in_order_whichever_call_ends_first() -> None:
    second_has_ended = threading.Event()

    def call(number: int) -> str:
        if number == 1:
            assert second_has_ended.wait(timeout=60)
        if number == 2:
            second_has_ended.set()
        return f"result {number}"

    assert list(map_in_parallel(call, [1, 2])) == ["result 1", "result 2"]


def test_an_error_is_raised_in_its_place_and_what_has_not_begun_is_not_done() -> None:
    made: list[int] = []

    def call(number: int) -> int:
        made.append(number)
        if number == 1:
            raise ValueError("no page 1")
        return number

    results = map_in_parallel(call, range(1000))
    assert next(results) == 0
    with pytest.raises(ValueError, match="no page 1"):
        next(results)
    assert len(made) < 100


def test_no_more_than_a_few_results_wait_for_the_caller() -> None:
    asked: list[int] = []
    results = map_in_parallel(str, (asked.append(number) or number for number in itertools.count()))
    assert next(results) == "0"
    assert len(asked) == 12


def test_nothing_to_do_starts_no_thread() -> None:
    before = threading.active_count()
    assert list(map_in_parallel(str, [])) == []
    assert threading.active_count() == before
