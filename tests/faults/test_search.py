# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The search of each day: the same schedules each time, some thousand in all."""

from __future__ import annotations

import os

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import redact
from ansible_collections.huaweicloud.mrs.tests.faults.operations import OPERATIONS
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Fault, Run, Schedule
from ansible_collections.huaweicloud.mrs.tests.faults.search import (
    Tally,
    check,
    search,
    search_crowds,
    search_proxy,
)

SCHEDULES = int(os.environ.get("SCHEDULES", "600"))

#: Of those with real sockets, and with several machines.
PROXY_SCHEDULES = SCHEDULES // 10
CROWDS = SCHEDULES // 40


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_without_faults_every_task_ends_well(operation: str, flavor: str) -> None:
    for login in ("token", "password", "keys"):
        check(Schedule(operation, flavor=flavor, login=login))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_schedule_breaks_a_promise(operation: str) -> None:
    tally = Tally()
    search(SCHEDULES // len(OPERATIONS), tally, operations=[operation])
    for told, wrong in tally.broken[:1]:
        pytest.fail("\n".join([*wrong, told]))
    assert tally.schedules > 0
    assert sum(tally.injected.values()) > tally.schedules / 10


def test_no_schedule_through_a_proxy_breaks_a_promise() -> None:
    tally = Tally()
    search_proxy(PROXY_SCHEDULES, tally)
    for told, wrong in tally.broken[:1]:
        pytest.fail("\n".join([*wrong, told]))
    assert tally.schedules > 0
    assert sum(tally.injected.values()) > tally.schedules / 2


def test_no_crowd_breaks_a_promise() -> None:
    tally = Tally()
    search_crowds(CROWDS, tally)
    for told, wrong in tally.broken[:1]:
        pytest.fail("\n".join([*wrong, told]))


def test_the_search_notices_a_secret_that_nothing_masks(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = Schedule("create", runs=(Run(faults=(Fault("echo", times=9),)),))
    check(schedule)
    monkeypatch.setattr(redact, "_masked", lambda text, spelt, nested, torn: text)
    with pytest.raises(AssertionError, match="a secret is shown"):
        check(schedule)
