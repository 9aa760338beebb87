# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import (
    DeleteRecord,
    execution_that_counts,
    unasked,
    undecided_among,
    view_of,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    Json,
    an_execution,
    failed_job,
    job,
    wanted_job,
)

#: Milliseconds of the moment from which the tests count.
START = 1_711_540_000_000


def good(name: str, began: int, ended: int) -> Json:
    """An execution that succeeded. C(began), C(ended): seconds from the start."""
    return job(id=name, create_at=START + began * 1000, end_time=START + ended * 1000)


def bad(name: str, began: int, ended: int) -> Json:
    return {**failed_job(), **good(name, began, ended), "job_final_status": 1}


def cancelled(name: str, began: int, ended: int) -> Json:
    return {**good(name, began, ended), "job_state": -1, "job_final_status": 3}


def without_result(name: str, began: int, ended: int) -> Json:
    return {**good(name, began, ended), "job_final_status": 0}


class TestUndecidedAmong:
    """A run that depends on whether the latest one succeeded, which the service does not say."""

    def test_it_is_the_latest(self) -> None:
        found = [good("a", 0, 5), bad("b", 10, 15), without_result("c", 20, 25)]
        execution = undecided_among(wanted_job(), [an_execution(**each) for each in found])
        assert execution
        assert execution.id == "c"

    @pytest.mark.parametrize(
        ("rerun", "found"),
        [
            ("on_failure", []),
            ("on_failure", [without_result("a", 0, 5), bad("b", 10, 15)]),
            ("on_failure", [without_result("a", 0, 5), good("b", 10, 15)]),
            ("always", [without_result("a", 0, 5)]),
            ("never", [without_result("a", 0, 5)]),
        ],
    )
    def test_there_is_none(self, rerun: str, found: list[Json]) -> None:
        there = [an_execution(**each) for each in found]
        assert undecided_among(wanted_job(rerun=rerun), there) is None


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ([good("first", 0, 100), bad("beside it", 50, 60)], "first"),
        ([bad("first", 0, 100), cancelled("beside it", 50, 60)], "first"),
        ([bad("first", 0, 100), bad("beside it", 50, 60)], "beside it"),
        ([bad("first", 0, 100), cancelled("after it", 150, 160)], "after it"),
        ([bad("first", 0, 100), {**bad("beside it", 50, 60), "job_state": 99}], "beside it"),
    ],
)
def test_one_that_began_beside_another_counts_only_where_that_failed(
    found: list[Json], counts: str
) -> None:
    there = [an_execution(**each) for each in found]
    execution = execution_that_counts(wanted_job(rerun="never"), there)
    assert execution
    assert execution.id == counts


@pytest.mark.parametrize(
    ("older", "later", "is_told"),
    [
        (good("a", 0, 5), good("b", 300, 305), True),
        (good("a", 0, 5), good("b", 600, 605), True),
        (good("a", 0, 5), good("b", 601, 605), False),
        (good("a", 0, 5), {**good("b", 300, 305), "job_state": 99}, True),
        (good("a", 0, 5), cancelled("b", 300, 305), False),
        (bad("a", 0, 5), good("b", 300, 305), False),
        (good("a", 0, 5), {**good("b", 300, 305), "create_at": None}, False),
        ({**good("a", 0, 5), "create_at": None}, good("b", 300, 305), False),
    ],
)
def test_one_that_began_soon_after_a_good_one_is_told(
    older: Json, later: Json, is_told: bool
) -> None:
    there = [an_execution(**each) for each in (older, later)]
    assert len(unasked(wanted_job(), there)) == is_told


def test_a_deleted_record_alone_leaves_the_diff() -> None:
    first, second, third = (an_execution(**good(name, 0, 5)) for name in "abc")
    after = DeleteRecord(second).effect(view_of([first, second, third]))
    assert sorted(after["job_executions"]) == ["a", "c"]
