# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest


def test_a_creation_walks_its_stages_in_order(cloud) -> None:
    cluster_id = cloud.create()
    seen = []
    for _round in range(8):
        detail = cloud.detail(cluster_id)
        seen.append((detail["clusterState"], detail["stageDesc"]))
        cloud.clock.advance(100 / 6)
    assert seen == [
        ("starting", "Verifying cluster parameters"),
        ("starting", "Applying for cluster resources"),
        ("starting", "Creating VMs"),
        ("starting", "Initializing VMs"),
        ("starting", "Installing MRS Manager"),
        ("starting", "Deploying the cluster"),
        ("running", None),
        ("running", None),
    ]


def test_huawei_words_the_stages_its_own_way(make_cloud) -> None:
    cloud = make_cloud(flavor="hwc")
    cluster_id = cloud.create()
    cloud.clock.advance(99)
    assert cloud.detail(cluster_id)["stageDesc"] == "Deploying cluster"


def test_the_answer_to_a_creation_is_not_wrapped(cloud) -> None:
    answer = cloud.call("POST", "run-job-flow", cloud.creation())
    assert answer.status == 200
    assert (answer.json["result"], answer.json["msg"]) == (True, "")
    assert len(answer.json["cluster_id"]) == 36


def test_hosts_and_addresses_come_with_the_running_cluster(cloud) -> None:
    cluster_id = cloud.create()
    assert cloud.call("GET", f"clusters/{cluster_id}/hosts").json == {"total": 0, "hosts": []}
    cloud.clock.advance(100)
    hosts = cloud.call("GET", f"clusters/{cluster_id}/hosts").json
    assert hosts["total"] == 5
    first = hosts["hosts"][0]
    assert first["name"].startswith(f"{cluster_id}_node_master1_")
    assert {
        name: first[name]
        for name in ("status", "type", "mem", "cpu", "root_volume_size", "data_volume_size")
    } == {
        "status": "ACTIVE",
        "type": "Master",
        "mem": "65536",
        "cpu": "16",
        "root_volume_size": "480",
        "data_volume_size": 600,
    }
    assert cloud.detail(cluster_id)["masterNodeIp"] == first["ip"]


def test_hosts_come_ten_to_a_page(cloud) -> None:
    groups = cloud.creation()["node_groups"]
    groups[1]["node_num"] = 12
    cluster_id = cloud.running(node_groups=groups)
    path = f"clusters/{cluster_id}/hosts"
    assert [
        len(cloud.call("GET", path, query=f"currentPage={page}").json["hosts"])
        for page in (1, 2, 3)
    ] == [10, 4, 0]


def test_deletion_ends_in_terminated_and_the_cluster_stays_readable(cloud) -> None:
    cluster_id = cloud.running()
    answer = cloud.call("DELETE", f"clusters/{cluster_id}")
    assert (answer.status, answer.raw) == (204, b"")
    # The old state still shows for a moment (service_v1 Q33).
    assert cloud.state(cluster_id) == "running"
    assert cloud.call("DELETE", f"clusters/{cluster_id}").code == "12000021"
    cloud.clock.advance(10)
    assert cloud.state(cluster_id) == "terminating"
    cloud.clock.advance(100)
    assert cloud.state(cluster_id) == "terminated"
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 1


def test_deleted_clusters_can_vanish_instead(make_cloud) -> None:
    cloud = make_cloud(keep_deleted=False)
    cluster_id = cloud.running()
    cloud.call("DELETE", f"clusters/{cluster_id}")
    cloud.clock.advance(110)
    answer = cloud.call("GET", f"cluster_infos/{cluster_id}")
    assert (answer.status, answer.json["itemNotFound"]["code"]) == (404, 404)
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 0


@pytest.mark.parametrize(
    "state", ["scaling-out", "scaling-in", "starting", "terminating", "terminated", "failed"]
)
def test_deletion_is_refused_in_the_documented_states(cloud, state: str) -> None:
    cluster_id = cloud.running()
    cloud.control("PATCH", f"clusters/{cluster_id}", {"state": state})
    answer = cloud.call("DELETE", f"clusters/{cluster_id}")
    assert (answer.status, answer.code) == (400, "12000021")
    assert state in answer.json["error_msg"]


@pytest.mark.parametrize("state", ["running", "abnormal", "frozen"])
def test_deletion_is_possible_in_the_remaining_states(cloud, state: str) -> None:
    cluster_id = cloud.running()
    cloud.control("PATCH", f"clusters/{cluster_id}", {"state": state})
    assert cloud.call("DELETE", f"clusters/{cluster_id}").status == 204


def test_an_unknown_cluster_is_400_with_12000003_or_a_plain_404(cloud) -> None:
    unknown = "4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7"
    for method, path in (
        ("GET", f"cluster_infos/{unknown}"),
        ("DELETE", f"clusters/{unknown}"),
        ("GET", f"clusters/{unknown}/hosts"),
    ):
        answer = cloud.call(method, path)
        assert (answer.status, answer.code) == (400, "12000003")
    cloud.set(unknown_cluster="404")
    assert cloud.call("GET", f"cluster_infos/{unknown}").status == 404


def test_too_small_system_disks_of_mrs_3_fail_later_and_are_cleaned_up(cloud) -> None:
    groups = cloud.creation()["node_groups"]
    groups[0]["root_volume_size"] = 40
    cluster_id = cloud.create(node_groups=groups)
    assert cloud.state(cluster_id) == "starting"
    cloud.clock.advance(100)
    detail = cloud.detail(cluster_id)
    assert detail["clusterState"] == "failed"
    assert detail["errorInfo"].startswith("(MRS.201)")
    assert (
        "Ecs.0005: root volume size is [40], must over image mindisk [480]" in detail["errorInfo"]
    )
    assert detail["stageDesc"].startswith("Cluster installation failed: (MRS.201)")
    cloud.clock.advance(600)
    assert cloud.state(cluster_id) == "terminated"


def test_older_versions_take_small_system_disks(cloud) -> None:
    groups = cloud.creation()["node_groups"]
    groups[0]["root_volume_size"] = 40
    components = [{"component_name": "Hadoop"}]
    cloud.running(node_groups=groups, cluster_version="MRS 1.9.2", component_list=components)


def test_the_next_creation_can_be_made_to_fail_once(cloud) -> None:
    cloud.set(next_creation="failed", failure_cause="(MRS.105) No free IP in the subnet.")
    first, second = cloud.create(), cloud.create(cluster_name="second")
    cloud.clock.advance(100)
    assert cloud.state(first) == "failed"
    assert cloud.detail(first)["errorInfo"] == "(MRS.105) No free IP in the subnet."
    assert cloud.state(second) == "running"


def test_a_name_is_unique_among_the_living(cloud) -> None:
    cluster_id = cloud.running()
    refused = cloud.call("POST", "run-job-flow", cloud.creation())
    assert (refused.status, refused.code) == (400, "12000043")
    cloud.call("DELETE", f"clusters/{cluster_id}")
    cloud.clock.advance(110)
    assert cloud.create() != cluster_id


def test_an_eleventh_cluster_in_creation_is_refused(cloud) -> None:
    for number in range(10):
        cloud.create(cluster_name=f"c{number}")
    assert cloud.call("POST", "run-job-flow", cloud.creation(cluster_name="c10")).code == "12000042"
    cloud.clock.advance(100)
    cloud.create(cluster_name="c10")


@pytest.mark.parametrize(
    ("name", "limit", "code"),
    [
        ("nodes", 4, "12000030"),
        ("vcpus", 79, "12000031"),
        ("memory_gb", 319, "12000032"),
        ("disks", 9, "12000033"),
        ("disk_gb", 5399, "12000034"),
    ],
)
def test_quotas_have_their_own_codes(cloud, name: str, limit: int, code: str) -> None:
    cloud.set(quotas={name: limit})
    assert cloud.call("POST", "run-job-flow", cloud.creation()).code == code
    cloud.set(quotas={name: limit + 1})
    cloud.create()


def _names(answer: t.Any) -> list[str]:
    return [cluster["clusterName"] for cluster in answer.json["clusters"]]


def test_the_list_pages_and_filters(cloud) -> None:
    for number in range(12):
        cloud.create(
            cluster_name=f"c{number}",
            tags=[{"key": "n", "value": str(number % 2)}, {"key": "all", "value": ""}],
        )
        cloud.clock.advance(20)
    first = cloud.call("GET", "cluster_infos")
    assert (first.json["clusterTotal"], len(first.json["clusters"]), _names(first)[0]) == (
        12,
        10,
        "c11",
    )
    assert _names(cloud.call("GET", "cluster_infos", query="pageSize=5&currentPage=3")) == [
        "c1",
        "c0",
    ]
    assert _names(cloud.call("GET", "cluster_infos", query="pageSize=5&currentPage=4")) == []
    assert _names(cloud.call("GET", "cluster_infos", query="clusterState=starting")) == [
        "c11",
        "c10",
        "c9",
        "c8",
    ]
    tagged = cloud.call("GET", "cluster_infos", query="tags=n%2A1%2Call&pageSize=2")
    assert (tagged.json["clusterTotal"], _names(tagged)) == (6, ["c11", "c9"])


@pytest.mark.parametrize(
    "query",
    [
        "page_size=10",
        "pageSize=0",
        "pageSize=x",
        "currentPage=0",
        "clusterState=existing",
        "clusterName=x",
        "pageSize=1&pageSize=2",
    ],
)
def test_what_the_list_does_not_document_is_refused(cloud, query: str) -> None:
    assert cloud.call("GET", "cluster_infos", query=query).code == "12000002"


def test_huawei_has_more_filters(make_cloud) -> None:
    cloud = make_cloud(flavor="hwc")
    cloud.running(cluster_name="alpha")
    gone = cloud.running(cluster_name="alphabet", enterprise_project_id="ep-1")
    cloud.call("DELETE", f"clusters/{gone}")
    cloud.clock.advance(110)
    assert _names(cloud.call("GET", "cluster_infos", query="clusterName=lphab")) == ["alphabet"]
    assert _names(cloud.call("GET", "cluster_infos", query="clusterState=existing")) == ["alpha"]
    assert _names(cloud.call("GET", "cluster_infos", query="clusterState=history")) == ["alphabet"]
    assert _names(cloud.call("GET", "cluster_infos", query="enterpriseProjectId=ep-1")) == [
        "alphabet"
    ]


def test_projects_do_not_see_each_other(cloud) -> None:
    cluster_id = cloud.create()
    cloud.project = list(cloud.simulator.world.identity.projects)[1]
    cloud.token, _ends = cloud.simulator.world.identity.issue(cloud.project, cloud.clock.now())
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 0
    assert cloud.call("GET", f"cluster_infos/{cluster_id}").code == "12000003"


def test_with_speed_0_everything_is_there_at_once(make_cloud) -> None:
    cloud = make_cloud(speed=0)
    cluster_id = cloud.create()
    assert cloud.state(cluster_id) == "running"
    cloud.resize(cluster_id, "scale_out", 2)
    assert cloud.detail(cluster_id)["coreNodeNum"] == "5"
    assert cloud.call("DELETE", f"clusters/{cluster_id}").status == 204
    assert cloud.state(cluster_id) == "terminated"
