# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole tasks through a real proxy that loses what they send or what comes back."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import outcome
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    JOB_OPTIONS,
    Json,
    options,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.forwarding_proxy import (
    ForwardingProxy,
    Mode,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.modules.test_modules import CLUSTER
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import task_of
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore:Support for InfluxDB")
LOST_AFTER = [Mode.DROP_AFTER, Mode.DROP_AMID, Mode.ANSWER_504]
LOST_BEFORE = [Mode.DROP_BEFORE, Mode.REFUSE_502]


class Place(t.NamedTuple):
    running: Running
    proxy: ForwardingProxy

    def run(self, module: str, *, modes: t.Sequence[Mode] = (), **given: t.Any) -> Json:
        """C(modes): of the requests of the task that act."""
        self.proxy.modes, self.proxy.only = list(modes), lambda asked: not asked.startswith("GET ")
        known = self.running.connection
        login = {name: known[name] for name in ("access_key", "secret_key", "project_id")}
        place = {
            "region_name": known["region"],
            "endpoint": known["url"],
            "auth": None,
            "auth_type": None,
        }
        pace = {"poll_interval": 0.01, "outcome_timeout": 0.2, "api_timeout": 60}
        environment = TaskEnvironment({"HTTP_PROXY": self.proxy.url})
        params = options(module, **{**login, **place, **pace, **given})
        return outcome(task_of(module), params, check_mode=False, environment=environment)

    def acted(self, method: str, path: str) -> int:
        """How often the simulator was asked for it."""
        sent = [(entry["method"], entry["path"]) for entry in self.running.simulator.log.entries]
        return sum(1 for each in sent if each[0] == method and each[1].endswith(path))


@pytest.fixture(name="place")
def _place() -> t.Iterator[Place]:
    with serve(Settings(speed=0)) as running, ForwardingProxy() as proxy:
        yield Place(running, proxy)


class TestCreation:
    @pytest.mark.parametrize("retries", [0, 5])
    @pytest.mark.parametrize("mode", LOST_AFTER)
    def test_one_whose_answer_was_lost_is_found(
        self, mode: Mode, retries: int, place: Place
    ) -> None:
        result = place.run("mrs_cluster", modes=[mode], api_retries=retries, **CLUSTER)
        assert (result["changed"], result["cluster"]["state"]) == (True, "running")
        assert place.acted("POST", "/run-job-flow") == 1


class TestJob:
    def job(self, place: Place, mode: Mode, retries: int) -> Json:
        cluster = place.run("mrs_cluster", **CLUSTER)["cluster"]["id"]
        return place.run(
            "mrs_job", cluster=cluster, modes=[mode], api_retries=retries, **JOB_OPTIONS
        )

    @pytest.mark.parametrize("retries", [0, 5])
    @pytest.mark.parametrize("mode", LOST_AFTER)
    def test_one_whose_answer_was_lost_is_found(
        self, mode: Mode, retries: int, place: Place
    ) -> None:
        result = self.job(place, mode, retries)
        assert (result["changed"], result["job_execution"]["final_status"]) == (True, "succeeded")
        assert place.acted("POST", "/jobs/submit-job") == 1

    @pytest.mark.parametrize("retries", [0, 5])
    @pytest.mark.parametrize("mode", LOST_BEFORE)
    def test_one_that_is_not_found_is_said_to_be_open(
        self, mode: Mode, retries: int, place: Place
    ) -> None:
        result = self.job(place, mode, retries)
        assert "It is not known whether the service did submit" in result["msg"]
        assert place.acted("POST", "/jobs/submit-job") == 0


class TestResize:
    @pytest.mark.parametrize("retries", [0, 5])
    @pytest.mark.parametrize("mode", LOST_AFTER)
    def test_one_whose_answer_was_lost_is_found(
        self, mode: Mode, retries: int, place: Place
    ) -> None:
        cluster = place.run("mrs_cluster", **CLUSTER)["cluster"]
        wanted = cluster["node_counts"]["core"] + 1
        result = place.run(
            "mrs_cluster_scale",
            cluster=cluster["id"],
            count=wanted,
            modes=[mode],
            api_retries=retries,
        )
        assert (result["changed"], result["cluster"]["node_counts"]["core"]) == (True, wanted)
        assert place.acted("PUT", f"/cluster_infos/{cluster['id']}") == 1
