# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tasks in a row on one account, each after those before it; always the same ones."""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.tests.faults.account import Account
from ansible_collections.huaweicloud.mrs.tests.faults.histories import cluster, fixed
from ansible_collections.huaweicloud.mrs.tests.faults.operations import JOB, Operation
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Fault, Run, Schedule
from ansible_collections.huaweicloud.mrs.tests.faults.search import Tally, search_histories
from ansible_collections.huaweicloud.mrs.tests.faults.trial import CLEAN

HISTORIES = 40


def test_no_history_breaks_a_promise() -> None:
    tally = Tally()
    search_histories(HISTORIES, tally)
    assert not tally.broken, tally.broken[0][1][0]
    assert tally.runs > 5 * tally.histories
    assert sum(tally.injected.values()) > tally.histories


def test_the_job_of_a_cluster_that_is_still_starting_is_not_silently_left_to_run() -> None:
    account = Account("nothing", "otc")
    assert (
        account.do(cluster(3, None, None, job=True), Schedule("", (Run(wait=False),), lag=0.0))
        == []
    )
    cancelled = Operation(
        "mrs_job", "", lambda flavor: {"cluster": "etl", "name": "wordcount", "state": "cancelled"}
    )
    assert account.do(cancelled, Schedule("", (CLEAN,), lag=0.0)) == []
    (warning,) = account.stories[-1].outcomes[-1].told["warnings"]
    assert "is starting: if it was created with a job wordcount" in warning


def test_an_execution_that_a_box_doubled_and_a_gateway_kept_from_its_end_is_told() -> None:
    account = Account("idle", "hwc")
    job = fixed("mrs_job", lambda flavor: {"cluster": "etl", **JOB})
    faults = (Fault("twice_second"), Fault("502_html", at=2, times=3))
    assert account.do(job, Schedule("", (Run(faults=faults),), speed=300.0)) == []
    first, second = account.scene.made_jobs
    said = str(account.stories[-1].outcomes[-1].error)
    assert f"not known whether the service did cancel job wordcount ({second.id})" in said
    assert first.id not in said
