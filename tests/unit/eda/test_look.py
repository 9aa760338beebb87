# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How few requests a look needs, and that it misses nothing all the same."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._events import Look
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._look import Observer
from ansible_collections.huaweicloud.mrs.tests.unit.eda.scene import CREATION, Scene

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
    assert sorted(name for name, *_states in queue.told) == sorted(
        f"job-{number}" for number in range(250)
    )


def test_a_running_job_among_many_is_looked_for_on_later_pages(scene: Scene) -> None:
    etl = scene.cluster("etl")
    slow = scene.job(etl, "slow")
    scene.force(slow, 2, 0)
    for number in range(150):
        scene.job(etl, f"old-{number}")
    assert scene.watch([nothing, lambda: scene.force(slow, 3, 1)]).told == [
        ("slow", "running", "completed")
    ]


def test_a_record_deleted_and_a_job_begun_in_the_same_pause(scene: Scene) -> None:
    etl = scene.cluster("etl")
    old = [scene.job(etl, f"old-{number}") for number in range(120)]

    def both() -> None:
        scene.call("DELETE", f"job-executions/{old[0]}")
        scene.job(etl, "new")

    assert scene.watch([both, nothing]).told == [("new", None, "completed")]


def test_the_details_of_a_cluster_are_read_only_when_there_is_something_to_tell(
    tmp_path: pathlib.Path,
) -> None:
    scene = Scene(tmp_path, flavor="otc")
    etl = scene.cluster("etl")
    sent = scene.requests_for([lambda: scene.job(etl, "one")])
    assert [request for request in sent if request == f"GET cluster_infos/{etl} "] == [
        f"GET cluster_infos/{etl} "
    ]


def test_clusters_on_two_pages_are_all_seen(scene: Scene) -> None:
    for number in range(120):
        scene.delete(scene.cluster(f"old-{number}"))
    scene.watch()
    scene.delete(scene.cluster("new"))
    assert scene.watch([nothing]).told == [("new", None, "terminated")]


class TestApiV2:
    """The jobs of MRS 3 are told by API v2, which alone knows them."""

    @pytest.fixture
    def etl(self, scene: Scene) -> str:
        groups = [{**group, "root_volume_size": 480} for group in CREATION["node_groups"]]
        return scene.cluster("etl", cluster_version="MRS 3.2.0-LTS.2", node_groups=groups)

    def test_a_job_that_begins_and_ends_is_told(self, scene: Scene, etl: str) -> None:
        queue = scene.watch([lambda: scene.job_v2(etl, "wordcount"), nothing])
        assert queue.told == [("wordcount", None, "completed")]

    def test_a_running_job_that_its_list_lacks_is_read_by_itself(
        self, scene: Scene, etl: str
    ) -> None:
        scene.control("PATCH", "settings", {"speed_job": 1000})
        job = scene.job_v2(etl, "wordcount")

        def leave_out() -> None:
            fault = {"kind": "replace", "method": "GET", "path": "/job-executions$", "times": 1}
            scene.control("POST", "faults", {**fault, "body": {"total_record": 0, "job_list": []}})

        assert scene.watch([leave_out, nothing], initial_events=True).told == [
            ("etl", None, "running"),
            ("wordcount", None, "starting"),
        ]
        scene.control("PATCH", "settings", {"speed_job": None})
        scene.control("PATCH", f"jobs/{job}", {"state": 3, "final": 2})
        assert scene.watch().told == [("wordcount", "starting", "completed")]


class TestWhatIsGone:
    """What the cursor keeps in its file: what the service has forgotten must go."""

    @staticmethod
    def kept(scene: Scene) -> dict[str, dict[str, str]]:
        """The states that are kept, by the names of clusters and of jobs."""
        document = json.loads(scene.file.read_text("utf-8"))
        jobs = [each for found in document["jobs"].values() for each in found.values()]
        return {
            "clusters": {
                name: status for _number, status, name, *_counts in document["clusters"].values()
            },
            "jobs": {name: status for _number, status, name in jobs},
        }

    @staticmethod
    def forget_deleted(scene: Scene) -> None:
        scene.control("PATCH", "settings", {"keep_deleted": False})

    def test_a_cluster_whose_end_was_told_is_kept_while_the_service_shows_it_and_its_jobs_are_not(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        scene.force(scene.job(etl, "wordcount"), 2, 0)
        scene.watch([lambda: scene.delete(etl), nothing])
        assert self.kept(scene) == {"clusters": {"etl": "terminated"}, "jobs": {}}

    def test_a_cluster_whose_end_was_told_is_dropped_in_silence_once_the_service_forgets_it(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        scene.watch([lambda: scene.delete(etl)])
        assert scene.watch([lambda: self.forget_deleted(scene)]).told == []
        assert self.kept(scene) == {"clusters": {}, "jobs": {}}

    def test_a_cluster_that_nobody_asked_for_is_dropped_in_silence_once_the_service_forgets_it(
        self, scene: Scene
    ) -> None:
        scene.cluster("etl")
        other = scene.cluster("other")

        def forget() -> None:
            self.forget_deleted(scene)
            scene.delete(other)

        assert scene.watch([forget], clusters=["etl"]).told == []
        assert self.kept(scene) == {"clusters": {"etl": "running"}, "jobs": {}}

    def test_a_job_that_had_ended_does_not_end_again_with_a_cluster_that_the_service_forgets(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        scene.job(etl, "done")
        scene.force(scene.job(etl, "broken"), 4, 0)
        scene.force(scene.job(etl, "at_work"), 2, 0)

        def forget() -> None:
            self.forget_deleted(scene)
            scene.delete(etl)

        queue = scene.watch([forget, nothing])
        assert queue.told == [
            ("at_work", "running", "terminated"),
            ("etl", "running", "terminated"),
        ]

    def test_a_job_that_had_ended_and_is_forgotten_does_not_end_again_with_its_cluster(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        done = scene.job(etl, "done")

        def forget() -> None:
            self.forget_deleted(scene)
            scene.call("DELETE", f"job-executions/{done}")
            scene.delete(etl)

        assert scene.watch([forget, nothing]).told == [("etl", "running", "terminated")]

    def test_a_record_deleted_while_a_job_begins_is_dropped(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        old = [scene.job(etl, f"old-{number}") for number in range(102)]

        def both() -> None:
            scene.call("DELETE", f"job-executions/{old[0]}")
            scene.job(etl, "new")

        scene.watch([both])
        names = self.kept(scene)["jobs"].keys()
        assert ("old-0" in names, "old-1" in names, "new" in names) == (False, True, True)

    def test_a_running_job_whose_record_is_deleted_on_a_cluster_that_lives_is_dropped_in_silence(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        running = scene.job(etl, "running")
        scene.job(etl, "done")
        scene.force(running, 2, 0)
        scene.watch()

        def lose_the_record() -> None:
            scene.force(running, 3, 2)
            scene.call("DELETE", f"job-executions/{running}")

        assert scene.watch([lose_the_record]).told == []
        assert self.kept(scene) == {
            "clusters": {"etl": "running"},
            "jobs": {"done": "completed/succeeded"},
        }

    def test_jobs_that_cannot_be_read_are_not_dropped_and_their_change_is_told_later(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        slow = scene.job(etl, "slow")
        scene.force(slow, 2, 0)

        def trouble() -> None:
            scene.control(
                "POST", "faults", {"kind": "status", "status": 500, "path": "job-exes$", "times": 1}
            )
            scene.force(slow, 3, 1)

        queue = scene.watch([trouble], api_retries=0)
        assert (queue.told, self.kept(scene)["jobs"]) == ([], {"slow": "running"})
        assert scene.watch().told == [("slow", "running", "completed")]

    def test_a_list_of_jobs_that_is_said_not_to_exist_while_the_cluster_lives_is_trouble_and_no_end(
        self, scene: Scene, caplog: pytest.LogCaptureFixture
    ) -> None:
        etl = scene.cluster("etl")
        scene.force(scene.job(etl, "slow"), 2, 0)

        def trouble() -> None:
            body = {"error_code": "12000003", "error_msg": "no such cluster"}
            fault = {"kind": "status", "status": 404, "body": body, "path": "job-exes$", "times": 1}
            scene.control("POST", "faults", fault)

        assert scene.watch([trouble]).told == []
        assert self.kept(scene)["jobs"] == {"slow": "running"}
        assert "Looking again in" in caplog.text


class Details:
    """A client that knows the details of one cluster."""

    def __init__(self, state: str) -> None:
        self._state = state

    def cluster(self, identity: str) -> Cluster:
        return Cluster.of({"clusterId": identity, "clusterState": self._state, "vpc": "vpc-etl"})


@pytest.mark.parametrize(("state", "told"), [("running", "vpc-etl"), ("terminated", None)])
def test_a_cluster_that_ends_after_the_list_was_read_is_shown_as_in_the_list(
    state: str, told: str | None
) -> None:
    listed = Look({"c": Cluster.of({"clusterId": "c", "clusterState": "running"})})
    observer = Observer(t.cast(Client, Details(state)), [], with_jobs=True, warn=print)
    found = observer.completed(listed, ["c"]).clusters["c"]
    assert (found.state, found.vpc_name) == ("running", told)
