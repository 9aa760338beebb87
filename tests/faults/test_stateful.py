# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tasks in a row on one account, each on what those before it left: the same histories each time."""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.tests.faults.search import SCHEDULES_PER_HISTORY, Tally, search_histories
from ansible_collections.huaweicloud.mrs.tests.faults.test_search import SCHEDULES


def test_no_history_breaks_a_promise() -> None:
    tally = Tally()
    search_histories(SCHEDULES // SCHEDULES_PER_HISTORY, tally)
    assert not tally.broken, tally.broken[0][1][0]
    assert tally.runs > 5 * tally.histories
    assert sum(tally.injected.values()) > tally.histories
