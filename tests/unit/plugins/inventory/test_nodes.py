# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of an inventory: which there are, their names, and how many requests that takes."""

from __future__ import annotations

import threading
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Transport
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import Settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks import connect
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._inventory import (
    NodesTask,
    names,
    nodes,
    safe_name,
    source_of,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREDENTIALS,
    Json,
    ManualClock,
    cluster,
    host,
    node,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    hosts,
    lists,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import nodes as health_of
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    Script,
    session_with,
)

ASKED = {
    **CREDENTIALS,
    "api_timeout": 60.0,
    "api_retries": 0,
    "outcome_timeout": 60.0,
    "clusters": [],
    "cluster_states": ["running"],
    "tags": {},
    "node_health": False,
    "concurrency": 1,
}


def found(script: Script, **given: t.Any) -> list[Json]:
    session, http = session_with(script)
    environment = TaskEnvironment({}, ManualClock(), session=session)
    try:
        return t.cast(
            "list[Json]",
            run(NodesTask, {**ASKED, **given}, check_mode=False, environment=environment)[
                "clusters"
            ],
        )
    finally:
        http.check_end()


class TestWhichNodes:
    def test_those_of_the_clusters_that_run(self) -> None:
        there = [
            cluster(),
            cluster(clusterId="f", clusterState="failed"),
            cluster(clusterId="t", clusterState="terminated"),
        ]
        (only,) = found([lists(*there), hosts(host(1), host(2))])
        assert (only["name"], [each["id"] for each in only["hosts"]]) == ("etl", ["vm-1", "vm-2"])

    def test_a_cluster_that_scales_runs(self) -> None:
        assert len(found([lists(cluster(clusterState="scaling-out")), hosts(host(1))])) == 1

    def test_of_the_names_asked_for(self) -> None:
        assert (
            found(
                [lists(cluster(), cluster(clusterId="o", clusterName="other"))], clusters=["third"]
            )
            == []
        )

    def test_only_with_all_of_the_tags(self) -> None:
        there = [cluster(tags="team=data,env=test"), cluster(clusterId="o", tags="team=data")]
        assert (
            len(found([lists(*there), hosts(host(1))], tags={"team": "data", "env": "test"})) == 1
        )

    def test_all_pages_of_hosts(self) -> None:
        pages = [
            [host(number) for number in range(100)],
            [host(number) for number in range(100, 130)],
        ]
        path = "/clusters/4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7/hosts"
        script = [
            Exchange("GET", path, Answer(200, {"total": 130, "hosts": page})) for page in pages
        ]
        (only,) = found([lists(cluster()), *script])
        assert len(only["hosts"]) == 130

    def test_with_the_health_of_each_node_on_request(self) -> None:
        named = node(1, "GOOD", "BAD", node_name=host(1)["name"])
        by_address = node(2, "GOOD", node_name="otherwise")
        health = health_of(named, by_address)
        (only,) = found(
            [lists(cluster()), hosts(host(1), host(2), host(3)), health], node_health=True
        )
        assert [
            (each["healthy"], each["node_state"], each["sick_components"]) for each in only["hosts"]
        ] == [
            (False, "started", ["Role1"]),
            (True, "started", []),
            (None, None, None),
        ]

    def test_a_cluster_that_does_not_tell_of_health_is_warned_of(self) -> None:
        refused = health_of(reply=refusal("12000054", "Not supported.", 403))
        session, http = session_with([lists(cluster()), hosts(host(1)), refused])
        environment = TaskEnvironment({}, ManualClock(), session=session)
        result = run(
            NodesTask, {**ASKED, "node_health": True}, check_mode=False, environment=environment
        )
        http.check_end()
        assert result["clusters"][0]["hosts"][0]["healthy"] is None
        assert result["warnings"][0].startswith("The health of the nodes of cluster etl")

    def test_a_cluster_that_vanishes_between_list_and_hosts_is_left_out(self) -> None:
        no_hosts = Exchange("GET", "/clusters/4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7/hosts", GONE)
        assert found([lists(cluster()), no_hosts, reads(GONE)]) == []

    def test_hosts_that_cannot_be_read_of_a_cluster_that_runs_are_an_error(self) -> None:
        no_hosts = Exchange(
            "GET",
            "/clusters/4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7/hosts",
            refusal("12000052", status=403),
        )
        with pytest.raises(MrsError, match="Cannot list the hosts of cluster etl"):
            found([lists(cluster()), no_hosts, reads(cluster())])

    def test_no_requests_at_all_at_a_time_cannot_work(self) -> None:
        with pytest.raises(OptionError, match="concurrency: must be 1 or more, not 0"):
            found([], concurrency=0)


class Service:
    """Counts the clusters that are asked for hosts at once; waits until all of them are there."""

    def __init__(self, together: int) -> None:
        self._together = threading.Barrier(together)
        self._lock = threading.Lock()
        self._now = self.most = 0

    def clusters(self, **_filters: str) -> list[t.Any]:
        return [
            Cluster.of(cluster(clusterId=f"c{number}", clusterName=f"n{number}"))
            for number in range(12)
        ]

    def list_all(self, *_asked: t.Any) -> list[t.Any]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        self._together.wait(timeout=60)
        with self._lock:
            self._now -= 1
        return []


@pytest.mark.parametrize("width", [1, 3, 4])
def test_as_many_requests_as_allowed_are_under_way_and_no_more(width: int) -> None:
    service = Service(width)

    class Work:
        client = service
        results: t.ClassVar[Json] = {}

    NodesTask({**ASKED, "concurrency": width}).read(Work())  # type: ignore[arg-type]
    assert service.most == width
    assert [each["name"] for each in Work.results["clusters"]] == sorted(
        f"n{number}" for number in range(12)
    )


def test_pages_of_nodes_count_among_the_requests_that_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    widths = []

    class Seen(Transport):
        def __init__(self, *args: t.Any, width: int, **kwargs: t.Any) -> None:
            widths.append(width)
            super().__init__(*args, width=width, **kwargs)

    monkeypatch.setattr(connect, "Transport", Seen)
    found([lists(cluster()), hosts(host(1))], concurrency=7)
    assert widths == [7]


class TestNames:
    NODES = (
        {"mrs_id": "vm-1", "mrs_name": "node_1", "mrs_ip": "10.0.0.1", "mrs_node_group": "core"},
        {"mrs_id": "vm-2", "mrs_name": "node_2", "mrs_ip": "10.0.0.2", "mrs_node_group": "core"},
        {"mrs_id": "vm-3", "mrs_name": "node_3", "mrs_ip": None, "mrs_node_group": "master"},
    )

    @pytest.mark.parametrize(
        ("preferences", "chosen"),
        [
            (["mrs_name"], ["node_1", "node_2", "node_3"]),
            (["mrs_ip", "mrs_name"], ["10.0.0.1", "10.0.0.2", "node_3"]),
            (["mrs_node_group", "mrs_ip"], ["10.0.0.1", "10.0.0.2", "master"]),
            (["mrs_nothing"], ["vm-1", "vm-2", "vm-3"]),
            ([], ["vm-1", "vm-2", "vm-3"]),
        ],
    )
    def test_the_first_preference_that_gives_a_name_of_its_own(
        self, preferences: list[str], chosen: list[str]
    ) -> None:
        assert names(self.NODES, preferences, lambda name, node: node.get(name), {}) == chosen

    def test_a_name_that_another_file_has_given_to_another_node_is_not_free(self) -> None:
        taken = {"node_1": "vm-9", "node_2": "vm-2"}
        chosen = names(self.NODES, ["mrs_name"], lambda name, node: node.get(name), taken)
        assert chosen == ["vm-1", "node_2", "node_3"]

    @pytest.mark.parametrize(
        ("text", "safe"),
        [
            ("a b", "a_b"),
            ("core[1:3]", "core_1_3_"),
            ("-o", "_o"),
            ("x:22", "x_22"),
            ("a,b&!*", "a_b___"),
            (None, ""),
        ],
    )
    def test_nothing_in_a_name_means_something_in_a_pattern(
        self, text: str | None, safe: str
    ) -> None:
        assert safe_name(text) == safe


def test_a_node_has_variables_of_its_own_and_of_its_cluster() -> None:
    (node,) = nodes(
        [{"id": "c", "tags": {"team": "data"}, "hosts": [{"id": "vm-1", "name": "node_1"}]}]
    )
    assert node == {
        "mrs_cluster_id": "c",
        "mrs_cluster_tags": {"team": "data"},
        "mrs_id": "vm-1",
        "mrs_name": "node_1",
    }


class TestKeyOfTheCache:
    SETTINGS = Settings(
        "keystone", project_name="eu-de", auth={"username": "me", "password": "Canary"}
    )

    def test_another_password_finds_the_same_cache(self) -> None:
        other = Settings(
            "keystone", project_name="eu-de", auth={"username": "me", "password": "changed"}
        )
        assert source_of(self.SETTINGS, ASKED) == source_of(other, ASKED)

    @pytest.mark.parametrize(
        "asked", [{"clusters": ["etl"]}, {"cluster_states": ["failed"]}, {"tags": {"a": "b"}}]
    )
    def test_another_selection_does_not(self, asked: Json) -> None:
        assert source_of(self.SETTINGS, ASKED) != source_of(self.SETTINGS, {**ASKED, **asked})

    def test_another_project_does_not(self) -> None:
        other = Settings(
            "keystone", project_name="eu-nl", auth={"username": "me", "password": "Canary"}
        )
        assert source_of(self.SETTINGS, ASKED) != source_of(other, ASKED)
