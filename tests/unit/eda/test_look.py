# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How few requests a look needs, and that it misses nothing all the same."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.eda.scene import Scene

CLUSTERS = "GET cluster_infos currentPage=1&pageSize=100"


@pytest.fixture(name="scene")
def _scene(tmp_path: pathlib.Path) -> Scene:
    return Scene(tmp_path)


def nothing() -> None:
    """Nothing happens."""


def jobs(cluster: str, page: int) -> str:
    return f"GET job-exes cluster_id={cluster}&current_page={page}&page_size=100"


def test_a_look_is_one_request_and_one_for_each_living_cluster(scene: Scene) -> None:
    etl = scene.cluster("etl")
    scene.delete(scene.cluster("old"))
    assert scene.requests_for([nothing]) == [CLUSTERS, jobs(etl, 1)] * 2


def test_without_job_events_a_look_is_one_request(scene: Scene) -> None:
    scene.cluster("etl")
    assert scene.requests_for([nothing], events=["cluster"]) == [CLUSTERS] * 2


def test_of_many_jobs_only_the_newest_are_read(scene: Scene) -> None:
    etl = scene.cluster("etl")
    for number in range(250):
        scene.job(etl, f"old-{number}")
    assert scene.requests_for([nothing]) == [CLUSTERS, jobs(etl, 1)] * 2


def test_many_new_jobs_are_read_to_the_last_and_told_each_once(scene: Scene) -> None:
    etl = scene.cluster("etl")
    scene.job(etl, "old")

    def many() -> None:
        for number in range(250):
            scene.job(etl, f"job-{number}")

    queue = scene.watch([many, nothing])
    assert sorted(name for name, *_states in queue.told) == sorted(f"job-{number}" for number in range(250))


def test_a_running_job_among_many_is_looked_for_on_later_pages(scene: Scene) -> None:
    etl = scene.cluster("etl")
    slow = scene.job(etl, "slow")
    scene.force(slow, 2, 0)
    for number in range(150):
        scene.job(etl, f"old-{number}")
    assert scene.watch([nothing, lambda: scene.force(slow, 3, 1)]).told == [("slow", "running", "completed")]


def test_a_record_deleted_and_a_job_begun_in_the_same_pause(scene: Scene) -> None:
    etl = scene.cluster("etl")
    old = [scene.job(etl, f"old-{number}") for number in range(120)]

    def both() -> None:
        scene.call("DELETE", f"job-executions/{old[0]}")
        scene.job(etl, "new")

    assert scene.watch([both, nothing]).told == [("new", None, "completed")]


def test_the_details_of_a_cluster_are_read_only_when_there_is_something_to_tell(tmp_path: pathlib.Path) -> None:
    scene = Scene(tmp_path, flavor="otc")
    etl = scene.cluster("etl")
    sent = scene.requests_for([lambda: scene.job(etl, "one")])
    assert [request for request in sent if request == f"GET cluster_infos/{etl} "] == [f"GET cluster_infos/{etl} "]


def test_clusters_on_two_pages_are_all_seen(scene: Scene) -> None:
    for number in range(120):
        scene.delete(scene.cluster(f"old-{number}"))
    scene.watch()
    scene.delete(scene.cluster("new"))
    assert scene.watch([nothing]).told == [("new", None, "terminated")]
