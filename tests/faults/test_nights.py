# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nights of each day, the same ones each time; NIGHTS=2000 SEED=1 searches on.

And what the search once found.
"""

from __future__ import annotations

import collections
import os
import typing as t

import hypothesis
import pytest

from ansible_collections.huaweicloud.mrs.tests.faults.judge_nights import violations
from ansible_collections.huaweicloud.mrs.tests.faults.nights import (
    TONIGHT,
    YESTERDAY,
    Company,
    Night,
    Plot,
    Start,
    play,
    plots,
)
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Fault

NIGHTS = int(os.environ.get("NIGHTS", "200"))
SEED = os.environ.get("SEED")


def check(plot: Plot) -> Night:
    """Play it; no promise is broken."""
    night = play(plot)
    wrong = violations(night)
    assert not wrong, "\n".join([*wrong, night.tell()])
    return night


def spoilt(kind: str, at: int, of: str = "write", **changes: t.Any) -> Plot:
    return Plot(starts=(Start(faults=(Fault(kind, of, at),)),), **changes)


def test_no_night_breaks_a_promise() -> None:
    played: collections.Counter[str] = collections.Counter()

    @hypothesis.settings(
        max_examples=NIGHTS,
        deadline=None,
        database=None,
        derandomize=SEED is None,
        print_blob=False,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(plots())
    def trial(plot: Plot) -> None:
        night = check(plot)
        played["nights"] += 1
        played["starts"] += len(night.all)
        played["requests"] += sum(each.record.requests for each in night.all)
        played["killed"] += sum(each.killed for each in night.all)
        played["faults"] += sum(night.hit.values())

    (hypothesis.seed(int(SEED))(trial) if SEED else trial)()
    print(dict(played))
    assert played["faults"] > played["nights"] / 3


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
def test_a_night_with_nothing_in_its_way_is_made_once(flavor: str) -> None:
    night = check(Plot(flavor=flavor))
    first, again = night.ended[0], night.clean[0]
    assert [kind for kind, _key in first.record.effects] == [
        "create",
        "submit",
        "submit",
        "submit",
        "delete",
    ]
    assert [job["outcome"] for job in first.told["account"]["jobs"]] == ["ran", "ran", "ran"]
    assert again.record.effects == []
    assert [job["outcome"] for job in again.told["account"]["jobs"]] == ["found", "found", "found"]


@pytest.mark.parametrize("kind", ["kill_before", "kill_after"])
@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_a_start_that_is_killed_at_a_write_is_continued(kind: str, at: int) -> None:
    night = check(spoilt(kind, at))
    assert night.ended[0].killed
    done = [kind for each in night.all for kind, _key in each.record.effects]
    assert collections.Counter(done) == {"create": 1, "submit": 3, "delete": 1}


@pytest.mark.parametrize("at", range(1, 40, 3))
def test_a_start_that_is_killed_at_any_request_is_continued(at: int) -> None:
    night = check(spoilt("kill_after", at, "request"))
    done = [kind for each in night.all for kind, _key in each.record.effects]
    assert collections.Counter(done) == {"create": 1, "submit": 3, "delete": 1}


@pytest.mark.parametrize("leftover", ["wait", "fail", "drop"])
@pytest.mark.parametrize(
    "before", ["yesterday's", "yesterday's idle", "yesterday's starting", "without a run"]
)
def test_a_cluster_of_yesterday_is_named_and_treated_as_asked(before: str, leftover: str) -> None:
    night = check(Plot(before=before, starts=(Start(leftover=leftover),)))
    first = night.ended[0]
    (old,) = [
        key
        for key in night.scene.world.store.clusters
        if key not in [c.id for c in night.scene.made_clusters]
    ]
    assert old in str(first.told)
    is_cut_off = leftover == "drop" and not before.endswith(("idle", "starting"))
    assert any(job.cancelled_at for job in night.scene.world.store.jobs.values()) == is_cut_off
    assert (first.error is not None) == (leftover == "fail")


@pytest.mark.parametrize("run", [TONIGHT, YESTERDAY])
@pytest.mark.parametrize("machine", ["here", "elsewhere"])
@pytest.mark.parametrize("at", [1, 4, 8, 20, 34])
def test_two_controllers_run_each_job_of_a_run_once(at: int, machine: str, run: str) -> None:
    check(Plot(company=Company(run, machine, ((at, 1.0), (at + 3, 5.0), (at + 9, 12.0)))))


@pytest.mark.parametrize("creation", ["failed", "quota"])
@pytest.mark.parametrize("keep", [False, True])
def test_a_creation_that_fails_is_told_as_it_was(creation: str, keep: bool) -> None:
    night = check(Plot(creation=creation, starts=(Start(keep=keep),)))
    account = night.ended[0].told["account"]
    assert account["cluster"] == {"failed": "failed", "quota": "never_created"}[creation]
    assert [job["outcome"] for job in account["jobs"]] == ["not_run", "not_run", "not_run"]


def test_the_time_is_over_during_the_creation_and_the_next_start_makes_the_run() -> None:
    night = check(Plot(starts=(Start(max_runtime=20),)))
    assert night.ended[0].told["account"]["cluster"] == "deleted"
    assert night.clean[0].result is not None
    assert len(night.scene.made_clusters) == 2


def test_a_creation_whose_cluster_cannot_be_read_is_not_denied() -> None:
    check(spoilt("429_seconds", 6, "request", speed=300.0))
    check(
        Plot(starts=(Start(faults=(Fault("429_seconds", "request", 16, 8),)),), speed=300.0, seed=2)
    )


def test_of_two_executions_begun_at_once_one_counts() -> None:
    late = Start(YESTERDAY, gap=7.0, leftover="fail", max_runtime=130)
    company = Company(YESTERDAY, "elsewhere", ((12, 12.0), (16, 3.0), (20, 5.0)))
    check(Plot(starts=(late,), company=company, blow=14, flavor="hwc", lag=0.0, seed=3))
