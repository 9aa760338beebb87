# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import pytest

from mrs_simulator.clock import ManualClock
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator
from mrs_simulator.state import persistence
from mrs_simulator.state.resources import load_store

TASK_INFO = {
    "node_size": "c6.large.2.linux.mrs",
    "data_volume_type": "SAS",
    "data_volume_count": 1,
    "data_volume_size": 200,
}


def test_what_is_read_back_is_what_was_written(cloud, tmp_path: pathlib.Path) -> None:
    cluster_id = cloud.running()
    job_id = cloud.submit(cluster_id).json["job_execution"]["id"]
    cloud.control("PATCH", f"jobs/{job_id}", {"state": 2, "final": 1})
    cloud.call("GET", f"job-executions/{job_id}/cancel")
    cloud.resize(cluster_id, "scale_out", 2, "task", task_node_info=TASK_INFO)
    cloud.create(cluster_name="starting")
    store = cloud.simulator.world.store
    assert load_store(json.loads(json.dumps(store.document()))) == store
    persistence.save(tmp_path / "state.json", store)
    assert persistence.load(tmp_path / "state.json") == store
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_clusters_of_v2_and_what_is_being_added_survive(make_cloud) -> None:
    cloud = make_cloud(flavor="hwc")
    cluster_id = cloud.running_v2("CUSTOM")
    groups = [{"name": "node_group_1", "assigned_roles": ["HiveServer"]}]
    mode = {"component": "Hive", "node_groups": groups}
    path = f"{cluster_id}/components"
    assert cloud.v2("POST", path, {"components_install_mode": [mode]}).status == 200
    cloud.create_v2("MIXED", cluster_name="mixed")
    store = cloud.simulator.world.store
    restored = load_store(json.loads(json.dumps(store.document())))
    assert restored == store
    assert restored.clusters[cluster_id].pending.components == ["Hive"]


def test_a_failed_write_leaves_the_old_file(cloud, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "state.json"
    persistence.save(path, cloud.simulator.world.store)
    before = path.read_bytes()
    cloud.simulator.world.store.settings = {"not": object()}
    with pytest.raises(TypeError):
        persistence.save(path, cloud.simulator.world.store)
    assert path.read_bytes() == before


def test_a_setting_that_this_version_does_not_know_is_an_error(
    cloud, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "state.json"
    cloud.simulator.world.store.settings = {"no_such_setting": 1}
    persistence.save(path, cloud.simulator.world.store)
    with pytest.raises(persistence.StateFileError, match="no_such_setting"):
        Simulator(Settings(), ManualClock(), path)


def test_reads_write_nothing_and_the_same_seed_gives_no_id_twice(
    tmp_path: pathlib.Path, make_cloud
) -> None:
    path = tmp_path / "state.json"
    cloud = make_cloud(seed=1)
    cloud.simulator = Simulator(Settings(seed=1, speed=100), cloud.clock, path)
    cloud.token, _ends = cloud.simulator.world.identity.issue(cloud.project, cloud.clock.now())
    first = cloud.create()
    before = path.stat().st_mtime_ns
    cloud.clock.advance(100)
    hosts = cloud.hosts(first, "Core")
    assert path.stat().st_mtime_ns == before
    cloud.simulator = Simulator(Settings(seed=1, speed=100), cloud.clock, path)
    assert cloud.hosts(first, "Core") == hosts
    assert cloud.create(cluster_name="second") != first


WRITER = """
import pathlib, sys
from mrs_simulator.state import persistence
store = persistence.load(pathlib.Path(sys.argv[1]))
while True:
    store.clock_offset += 1
    persistence.save(pathlib.Path(sys.argv[1]), store)
    print(store.clock_offset, flush=True)
"""


def test_a_writer_that_is_killed_at_any_moment_leaves_its_last_state_or_the_next(
    cloud, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "state.json"
    for number in range(60):
        cloud.set(quotas={"nodes": 1000}) if not number else None
        cloud.running(cluster_name=f"c{number}")
    persistence.save(path, cloud.simulator.world.store)
    for lines in (1, 2, 3, 5, 8, 13):
        command = [sys.executable, "-c", WRITER, str(path)]
        env = {**os.environ, "PYTHONPATH": str(pathlib.Path(persistence.__file__).parents[2])}
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            seen = [float(writer.stdout.readline()) for _line in range(lines)]
            writer.kill()
            seen += [float(line) for line in writer.stdout]
        kept = persistence.load(path)
        assert kept is not None
        assert kept.clock_offset in (seen[-1], seen[-1] + 1)
        assert len(kept.clusters) == 60
