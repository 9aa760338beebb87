# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests that arrive twice or late, and reads that are behind."""

from __future__ import annotations

import typing as t


def _fault(cloud, **rule: t.Any) -> None:
    assert cloud.control("POST", "faults", rule).status == 201


def _names(cloud, cluster_id: str) -> list[str]:
    listed = cloud.call("GET", "job-exes", query=f"cluster_id={cluster_id}").json
    return [job["job_name"] for job in listed["job_executions"]]


def test_a_request_can_arrive_a_second_time_later(cloud) -> None:
    cluster_id = cloud.running()
    _fault(cloud, kind="twice", path="submit-job$", seconds=8)
    assert cloud.submit(cluster_id, job_name="one").status == 200
    cloud.clock.advance(7.9)
    assert _names(cloud, cluster_id) == ["one"]
    cloud.clock.advance(0.1)
    assert _names(cloud, cluster_id) == ["one", "one"]
    log = cloud.control("GET", "requests").json["requests"]
    sent = [
        (entry["fault"], entry["status"], entry["time"])
        for entry in log
        if "submit-job" in entry["path"]
    ]
    assert sent == [("twice", 200, 1711529180.0), ("twice: delivered", 200, 1711529188.0)]


def test_the_second_arrival_can_be_at_once(cloud) -> None:
    cluster_id = cloud.running()
    _fault(cloud, kind="twice", path="submit-job$")
    cloud.submit(cluster_id)
    assert len(_names(cloud, cluster_id)) == 2


def test_a_request_can_arrive_after_its_sender_has_lost_the_connection(cloud) -> None:
    cluster_id = cloud.running()
    _fault(cloud, kind="late", method="PUT", seconds=30)
    reply = cloud.resize(cluster_id, "scale_out", 2)
    assert (reply.status, reply.raw) == (0, b"")
    assert cloud.state(cluster_id) == "running"
    cloud.clock.advance(30 + 10 + 50)
    assert cloud.state(cluster_id) == "scaling-out"
    cloud.clock.advance(50)
    assert cloud.detail(cluster_id)["coreNodeNum"] == "5"


def test_what_arrives_late_finds_the_cluster_as_it_is_then(cloud) -> None:
    cluster_id = cloud.running()
    _fault(cloud, kind="late", path="submit-job$", seconds=50)
    cloud.submit(cluster_id)
    cloud.set(lag=0, speed_delete=10)
    cloud.call("DELETE", f"clusters/{cluster_id}")
    cloud.clock.advance(100)
    assert _names(cloud, cluster_id) == []
    refused = cloud.control("GET", "requests").json["requests"][-2]
    assert (refused["fault"], refused["status"]) == ("late: delivered", 400)


def test_a_reset_forgets_what_is_on_its_way(cloud) -> None:
    _fault(cloud, kind="late", path="run-job-flow$", seconds=5)
    cloud.call("POST", "run-job-flow", cloud.creation())
    cloud.control("POST", "reset")
    cloud.clock.advance(10)
    assert cloud.call("GET", "cluster_infos").json["clusters"] == []


def test_each_list_and_detail_can_be_behind_on_its_own(cloud) -> None:
    cluster_id = cloud.running()
    cloud.set(stale={"jobs": 8})
    job_id = cloud.submit(cluster_id).json["job_execution"]["id"]
    assert _names(cloud, cluster_id) == []
    assert cloud.job(job_id) == (1, 0)
    cloud.clock.advance(7)
    assert _names(cloud, cluster_id) == []
    cloud.clock.advance(1)
    assert _names(cloud, cluster_id) == ["wordcount"]
    cloud.set(stale={"job": 20})
    cloud.clock.advance(30)
    assert cloud.job(job_id) == (1, 0)
    listed = cloud.call("GET", "job-exes", query=f"cluster_id={cluster_id}").json["job_executions"]
    assert listed[0]["job_state"] == 2


def test_a_cluster_that_is_behind_shows_what_it_was(make_cloud) -> None:
    cloud = make_cloud(stale={"clusters": 20, "cluster": 5, "hosts": 5}, lag=0)
    cluster_id = cloud.create()
    assert cloud.call("GET", "cluster_infos").json["clusterTotal"] == 0
    assert cloud.call("GET", f"cluster_infos/{cluster_id}").code == "12000003"
    cloud.clock.advance(101)
    assert cloud.state(cluster_id) == "starting"
    assert cloud.resize(cluster_id, "scale_out").status == 200
    cloud.clock.advance(4)
    assert cloud.state(cluster_id) == "running"
    assert len(cloud.hosts(cluster_id, "Core")) == 3
    cloud.clock.advance(1)
    assert cloud.state(cluster_id) == "scaling-out"
    listed = cloud.call("GET", "cluster_infos").json["clusters"][0]
    assert listed["clusterState"] == "starting"
    cloud.clock.advance(200)
    assert [cloud.state(cluster_id), len(cloud.hosts(cluster_id, "Core"))] == ["running", 4]
    cloud.set(stale={})
    assert cloud.state(cluster_id) == "running"
