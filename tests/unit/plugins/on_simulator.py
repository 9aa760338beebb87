# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs tasks against a simulator in the same process: no socket, no thread, no real waiting."""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime

import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import outcome
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json, options
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import task_of
from mrs_simulator import clock, in_process
from mrs_simulator.control import faults
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator


class ClockOfSimulator(Clock):
    """The simulator's time: who sleeps moves it."""

    def __init__(self, time: clock.ManualClock) -> None:
        self._clock = time

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.now(), UTC)

    def monotonic(self) -> float:
        return self._clock.now()

    def sleep(self, seconds: float) -> None:
        self._clock.advance(seconds)

    def jitter(self) -> float:
        return 1.0


class Cloud:
    """A project in which nothing is there yet; C(settings) are those of the simulator."""

    def __init__(self, **settings: t.Any) -> None:
        given = {"speed": 60.0, "serve_unpublished": True, "warm_up": 0.0, **settings}
        self._clock = clock.ManualClock()
        self.simulator = Simulator(Settings(**given), self._clock)
        self._session = requests.Session()
        self._session.trust_env = False
        self._url = in_process.mount(self._session, self.simulator)

    def run(self, module: str, *, check_mode: bool = False, **given: t.Any) -> Json:
        """The result of a task."""
        time = ClockOfSimulator(self._clock)
        environment = TaskEnvironment({}, time, session=self._session)
        params = options(module, **{**self._login(), **given})
        return outcome(task_of(module), params, check_mode=check_mode, environment=environment)

    def _login(self) -> Json:
        world = self.simulator.world
        token, _ends = world.identity.issue(world.identity.project_id, world.clock.now())
        return {
            "auth": {"token": token},
            "project_id": world.identity.project_id,
            "endpoint": self._url,
            "region_name": world.settings.region,
        }

    def lose_answer(self, method: str, path: str, kind: str = "cut_after") -> None:
        """The service acts on the next such request, and its answer is lost."""
        rule = faults.make_rule({"kind": kind, "method": method, "path": path})
        self.simulator.faults.rules.append(rule)

    def replace_answer(
        self, method: str, path: str, body: Json, status: int = 200, times: int = 1
    ) -> None:
        """The service does not see the next such requests, and answers C(body)."""
        rule = {"kind": "status", "status": status, "method": method, "path": path, "body": body}
        self.simulator.faults.rules.append(faults.make_rule({**rule, "times": times}))

    def asked(self, method: str, path: str) -> int:
        """How often such a request came."""
        sent = self.simulator.log.entries
        return sum(each["method"] == method and path in each["path"] for each in sent)
