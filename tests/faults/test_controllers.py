# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Six controllers without a common lock want the same at once; requests that act are late."""

from __future__ import annotations

import random

import pytest

from ansible_collections.huaweicloud.mrs.tests.faults.operations import OPERATIONS, Json
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Replica, Schedule
from ansible_collections.huaweicloud.mrs.tests.faults.trial import Story, play_runs, set_scene

CONTROLLERS = 6
#: Seconds that a request is on its way at most, and those of each transition.
DELAY, SPEED = 3.0, 300.0


def together(operation: str, behind: float, seed: int) -> tuple[Story, list[Json]]:
    """What came of it; nobody fails."""
    order = random.Random(seed)
    company = tuple(order.uniform(0.0, DELAY) for _number in range(CONTROLLERS))
    replica = Replica(behind, "all") if behind else None
    schedule = Schedule(operation, speed=SPEED, lag=0.0, company=company, replica=replica)
    task = OPERATIONS[operation]
    story = Story(schedule, task, set_scene(task.start, "otc"))
    play_runs(story)
    outcomes = [*story.outcomes, *story.company]
    assert [each.wrong or each.error for each in outcomes if each.result is None] == []
    return story, [each.told for each in outcomes]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("behind", [0.0, 1.0, 8.0, 30.0])
class TestSixControllers:
    """C(behind): seconds that all reads are behind. C(seed): of the delays."""

    def test_one_cluster_is_created(self, behind: float, seed: int) -> None:
        story, results = together("create", behind, seed)
        (identity,) = story.scene.world.store.clusters
        assert [result["cluster"]["id"] for result in results] == [identity] * CONTROLLERS
        assert sorted(result["changed"] for result in results) == [False] * (CONTROLLERS - 1) + [
            True
        ]

    def test_one_execution_goes_on_and_all_others_are_cancelled_and_told(
        self, behind: float, seed: int
    ) -> None:
        story, results = together("run_job", behind, seed)
        jobs = story.scene.world.store.jobs.values()
        (kept,) = [job.id for job in jobs if job.cancelled_at is None]
        assert [result["job_execution"]["id"] for result in results] == [kept] * CONTROLLERS
        told = {
            warning
            for result in results
            for warning in result["warnings"]
            if "this one was cancelled" in warning
        }
        submitted = sum(
            "submit_job" in [action["action"] for action in result["actions"]] for result in results
        )
        assert len(told) == submitted - 1

    def test_one_resize_is_made(self, behind: float, seed: int) -> None:
        story, results = together("scale_out_core", behind, seed)
        (cluster,) = story.scene.living("etl")
        assert cluster.count("core") == 5
        assert sorted(result["changed"] for result in results) == [False] * (CONTROLLERS - 1) + [
            True
        ]
