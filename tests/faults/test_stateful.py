# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tasks in a row on one account, each on what those before it left: the same histories each time."""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.tests.faults.account import Account
from ansible_collections.huaweicloud.mrs.tests.faults.histories import cluster
from ansible_collections.huaweicloud.mrs.tests.faults.operations import Operation
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Run, Schedule
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
