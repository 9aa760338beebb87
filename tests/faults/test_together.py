# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several tasks at the same moment in truth: threads and processes, sockets, and the real lock."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import pathlib
import tempfile
import threading
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.faults.operations import Json
from ansible_collections.huaweicloud.mrs.tests.faults.perform import perform, use_folder
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

COMPANY = 4
Together = t.Callable[[str, Json], list[Json]]


@pytest.fixture(name="cloud")
def _cloud(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> t.Iterator[Running]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serve(Settings(speed=0.3, lag=0.1)) as running:
        yield running


class Processes(t.NamedTuple):
    """As many as run together, and a barrier that all of them know."""

    pool: concurrent.futures.Executor
    gate: threading.Barrier


@pytest.fixture(scope="module", name="processes")
def _processes(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Processes]:
    """The same for all tests: their start is most of what a test would take."""
    context, folder = multiprocessing.get_context("spawn"), str(tmp_path_factory.mktemp("locks"))
    with (
        context.Manager() as manager,
        concurrent.futures.ProcessPoolExecutor(COMPANY, context, use_folder, (folder,)) as pool,
    ):
        yield Processes(pool, manager.Barrier(COMPANY))


@pytest.fixture(name="together", params=["threads", "processes"])
def _together(request: pytest.FixtureRequest) -> t.Iterator[Together]:
    """Gives the results of several runs of one task that start in the same moment."""
    if request.param == "processes":
        pool, gate = request.getfixturevalue("processes")
        yield lambda *task: results_of(pool, gate, *task)
        return
    with concurrent.futures.ThreadPoolExecutor(COMPANY) as threads:
        yield lambda *task: results_of(threads, threading.Barrier(COMPANY), *task)


def results_of(
    pool: concurrent.futures.Executor, gate: threading.Barrier, operation: str, connection: Json
) -> list[Json]:
    runs = [pool.submit(perform, operation, connection, gate) for _number in range(COMPANY)]
    return [each.result(timeout=300) for each in runs]


class TestTogether:
    def test_one_cluster_is_created(self, cloud: Running, together: Together) -> None:
        results = together("create", cloud.connection)
        store = cloud.simulator.world.store
        assert len(store.clusters) == 1
        assert [result["cluster"]["id"] for result in results] == list(store.clusters) * COMPANY
        assert sorted(result["changed"] for result in results) == [False] * (COMPANY - 1) + [True]

    def test_one_resize_is_made(self, cloud: Running, together: Together) -> None:
        perform("create", cloud.connection)
        results = together("scale_out_core", cloud.connection)
        (cluster,) = cloud.simulator.world.store.clusters.values()
        assert cluster.count("core") == 5
        assert [result["cluster"]["node_counts"]["core"] for result in results] == [5] * COMPANY
        assert sorted(result["changed"] for result in results) == [False] * (COMPANY - 1) + [True]

    def test_one_job_is_run(self, cloud: Running, together: Together) -> None:
        perform("create", cloud.connection)
        results = together("run_job", cloud.connection)
        store = cloud.simulator.world.store
        assert len(store.jobs) == 1
        assert [result["job_execution"]["id"] for result in results] == list(store.jobs) * COMPANY
        assert sorted(result["changed"] for result in results) == [False] * (COMPANY - 1) + [True]

    def test_one_cluster_is_deleted(self, cloud: Running, together: Together) -> None:
        perform("create", cloud.connection)
        results = together("delete", cloud.connection)
        assert [cluster.state for cluster in cloud.simulator.world.store.clusters.values()] == [
            "terminated"
        ]
        assert [result["cluster"] for result in results] == [None] * COMPANY
        assert any(result["changed"] for result in results)
