# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Six controllers, which share no lock, want the same at once; each request that acts is delayed on its way."""

from __future__ import annotations

import concurrent.futures
import contextlib
import random
import threading
import time
import typing as t
from unittest import mock

import pytest
import requests
import requests.adapters

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import lock
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import Surroundings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import outcome
from ansible_collections.huaweicloud.mrs.tests.faults.operations import OPERATIONS, Json
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import options
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

CONTROLLERS = 6
DELAY = 0.5
#: Long enough for the looks of six tasks at one busy machine.
JOB, RESIZE = 8.0, 3.0


class Delayed(requests.adapters.HTTPAdapter):
    def send(
        self, request: requests.PreparedRequest, *args: t.Any, **how: t.Any
    ) -> requests.Response:
        url = str(request.url)
        if url.endswith("/cancel") or (request.method != "GET" and "tokens" not in url):
            time.sleep(random.uniform(0, DELAY))
        return super().send(request, *args, **how)


@pytest.fixture(name="cloud")
def _cloud() -> t.Iterator[Running]:
    settings = Settings(speed=0.1, lag=0.0, speed_job=JOB, speed_scale_out=RESIZE, speed_cancel=0.1)
    with (
        serve(settings) as running,
        mock.patch.object(lock, "held", return_value=contextlib.nullcontext()),
    ):
        yield running


def run(operation: str, connection: Json, start: threading.Barrier | None = None) -> Json:
    task = OPERATIONS[operation]
    auth = {
        key: connection[key]
        for key in ("auth_url", "username", "password", "user_domain_name", "project_name")
    }
    given = {
        **task.given("otc"),
        "auth": auth,
        "auth_type": None,
        "project_id": None,
        "endpoint": None,
        "region_name": "eu-de",
        "poll_interval": 0.2,
        "outcome_timeout": 6.0,
    }
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", Delayed())
    params = options(task.module, **given)
    if start:
        start.wait(timeout=60)
    return outcome(
        task.kind, params, check_mode=False, surroundings=Surroundings({}, session=session)
    )


def together(operation: str, connection: Json) -> list[Json]:
    """The results; nobody fails."""
    start = threading.Barrier(CONTROLLERS)
    with concurrent.futures.ThreadPoolExecutor(CONTROLLERS) as pool:
        runs = [pool.submit(run, operation, connection, start) for _number in range(CONTROLLERS)]
        results = [each.result(timeout=120) for each in runs]
    assert [result["msg"] for result in results if result.get("failed")] == []
    return results


@pytest.mark.parametrize("behind", [0.0, 1.0])
class TestSixControllers:
    """C(behind): seconds that all reads are behind."""

    @staticmethod
    def let_reads_be_behind(cloud: Running, seconds: float) -> None:
        if seconds:
            names = ("clusters", "cluster", "jobs", "job")
            cloud.simulator.world.settings.stale = dict.fromkeys(names, seconds)

    def test_one_cluster_is_created(self, cloud: Running, behind: float) -> None:
        self.let_reads_be_behind(cloud, behind)
        results = together("create", cloud.connection)
        (identity,) = cloud.simulator.world.store.clusters
        assert [result["cluster"]["id"] for result in results] == [identity] * CONTROLLERS
        assert sorted(result["changed"] for result in results) == [False] * (CONTROLLERS - 1) + [
            True
        ]

    def test_one_execution_goes_on_and_all_others_are_cancelled_and_told(
        self, cloud: Running, behind: float
    ) -> None:
        run("create", cloud.connection)
        self.let_reads_be_behind(cloud, behind)
        results = together("run_job", cloud.connection)
        jobs = cloud.simulator.world.store.jobs.values()
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

    def test_one_resize_is_made(self, cloud: Running, behind: float) -> None:
        run("create", cloud.connection)
        self.let_reads_be_behind(cloud, behind)
        results = together("scale_out_core", cloud.connection)
        (cluster,) = cloud.simulator.world.store.clusters.values()
        assert cluster.count("core") == 5
        assert sorted(result["changed"] for result in results) == [False] * (CONTROLLERS - 1) + [
            True
        ]
