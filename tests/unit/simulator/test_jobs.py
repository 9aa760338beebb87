# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from mrs_simulator.settings import Settings

OLD: dict[str, t.Any] = {
    "cluster_version": "MRS 2.1.0",
    "component_list": [{"component_name": "Hadoop"}],
}


def _id(answer: t.Any) -> str:
    return str(answer.json["job_execution"]["id"])


def test_a_job_starts_runs_and_succeeds(cloud) -> None:
    cluster_id = cloud.running()
    submitted = cloud.submit(cluster_id)
    document = submitted.json["job_execution"]
    assert submitted.status == 200
    assert (document["job_state"], document["job_final_status"], document["job_id"]) == (2, 0, "")
    job_id = document["id"]
    seen = []
    for seconds in (0, 20, 79, 1):
        cloud.clock.advance(seconds)
        seen.append(cloud.job(job_id))
    assert seen == [(1, 0), (2, 0), (2, 0), (3, 2)]
    document = cloud.call("GET", f"job-exes/{job_id}").json["job_execution"]
    assert document["end_time"] - document["start_time"] == 100_000
    assert document["spend_time"] == 100.0
    assert len(str(document["create_at"])) == 13
    assert document["hive_script_path"] is None


def test_with_a_log_path_the_result_is_known_while_the_job_still_runs(cloud) -> None:
    job_id = _id(cloud.submit(cloud.running(), job_log="s3a://etl-bucket/log/"))
    cloud.clock.advance(80)
    assert cloud.job(job_id) == (2, 2)
    cloud.clock.advance(20)
    assert cloud.job(job_id) == (3, 2)


@pytest.mark.parametrize(
    ("outcome", "end"),
    [
        ("failed", (3, 1)),
        ("abnormal", (4, 1)),
        ("error", (5, 1)),
        ("unknown", (3, 0)),
        ("succeeded", (3, 2)),
    ],
)
def test_the_next_job_can_end_in_other_ways(cloud, outcome: str, end: tuple[int, int]) -> None:
    cluster_id = cloud.running()
    cloud.set(next_job=outcome)
    first, second = _id(cloud.submit(cluster_id)), _id(cloud.submit(cluster_id))
    cloud.clock.advance(100)
    assert (cloud.job(first), cloud.job(second)) == (end, (3, 2))


def test_a_cancel_is_a_get_that_acts_a_little_later(cloud) -> None:
    cloud.set(speed_cancel=5)
    job_id = _id(cloud.submit(cloud.running()))
    answer = cloud.call("GET", f"job-executions/{job_id}/cancel")
    assert (answer.status, answer.json["job_execution"]["end_time"]) == (200, None)
    assert cloud.job(job_id) == (1, 0)
    cloud.clock.advance(5)
    assert cloud.job(job_id) == (-1, 3)
    again = cloud.call("GET", f"job-executions/{job_id}/cancel")
    assert (again.status, again.code) == (500, "0175")
    assert cloud.control("GET", "requests").json["requests"][-1]["write"] is True


def test_a_job_that_ends_before_the_cancel_takes_effect_is_not_cancelled(cloud) -> None:
    job_id = _id(cloud.submit(cloud.running()))
    cloud.clock.advance(90)
    assert cloud.call("GET", f"job-executions/{job_id}/cancel").status == 200
    cloud.clock.advance(100)
    assert cloud.job(job_id) == (3, 2)


def test_deleted_jobs_are_gone_and_running_ones_are_refused(cloud) -> None:
    job_id = _id(cloud.submit(cloud.running()))
    refused = cloud.call("DELETE", f"job-executions/{job_id}")
    assert (refused.status, refused.code) == (500, "0183")
    cloud.clock.advance(100)
    assert cloud.call("DELETE", f"job-executions/{job_id}").status == 204
    gone = cloud.call("GET", f"job-exes/{job_id}")
    assert (gone.status, gone.code) == (500, "0176")
    cloud.set(unknown_job="404")
    assert cloud.call("DELETE", f"job-executions/{job_id}").status == 404


def test_marked_arguments_are_masked_on_every_read(cloud) -> None:
    cluster_id = cloud.running()
    arguments = (
        'org.example.Main @password=canary-1 user@host=1 plain @key=canary-2 @quoted="a canary-3" '
        "end"
    )
    submitted = cloud.submit(cluster_id, arguments=arguments)
    masked = "org.example.Main @password=* user@host=1 plain @key=* @quoted=* end"
    assert submitted.json["job_execution"]["arguments"] == masked
    listed = cloud.call("GET", "job-exes", query=f"cluster_id={cluster_id}")
    assert listed.json["job_executions"][0]["arguments"] == masked
    for path in ("state", "requests"):
        assert b"canary" not in cloud.control("GET", path).raw


def test_an_eleventh_running_job_is_refused(cloud) -> None:
    cluster_id = cloud.running()
    for _round in range(10):
        cloud.submit(cluster_id)
    refused = cloud.submit(cluster_id)
    assert (refused.status, refused.code) == (500, "12000060")
    cloud.clock.advance(100)
    assert cloud.submit(cluster_id).status == 200


@pytest.mark.parametrize(
    "state", ["starting", "abnormal", "frozen", "terminating", "terminated", "failed"]
)
def test_jobs_need_a_cluster_that_runs(cloud, state: str) -> None:
    cluster_id = cloud.running()
    cloud.control("PATCH", f"clusters/{cluster_id}", {"state": state})
    assert cloud.submit(cluster_id).code == "12000062"


def test_a_cluster_that_has_just_started_can_refuse_jobs_for_a_while(cloud) -> None:
    cloud.set(warm_up=30)
    cluster_id = cloud.running()
    assert cloud.submit(cluster_id).code == "12000062"
    cloud.clock.advance(30)
    assert cloud.submit(cluster_id).status == 200


def test_jobs_may_be_submitted_while_the_cluster_scales(cloud) -> None:
    cluster_id = cloud.running()
    cloud.resize(cluster_id, "scale_out")
    cloud.clock.advance(50)
    assert cloud.submit(cluster_id).status == 200


def test_api_v11_refuses_jobs_of_mrs_3_unless_it_is_told_otherwise(make_cloud) -> None:
    cloud = make_cloud(v11_jobs_on_3x=Settings().v11_jobs_on_3x)
    cluster_id = cloud.running()
    assert cloud.submit(cluster_id).code == "12000085"
    assert cloud.call("GET", "job-exes", query=f"cluster_id={cluster_id}").code == "12000085"
    assert cloud.submit(cloud.running(cluster_name="old", **OLD)).status == 200


def test_what_add_jobs_does_with_mrs_3_is_documented_nowhere(make_cloud) -> None:
    job = {
        "job_type": 1,
        "job_name": "j",
        "jar_path": "/x.jar",
        "submit_job_once_cluster_run": True,
    }
    cloud = make_cloud(v11_jobs_on_3x=False)
    creation = cloud.creation(add_jobs=[{**job, "shutdown_cluster": False}])
    assert cloud.call("POST", "run-job-flow", creation).status == 501
    assert cloud.call("POST", "run-job-flow", {**creation, **OLD}).status == 200


def test_security_clusters_refuse_to_submit_and_to_read_v11_jobs(cloud) -> None:
    cluster_id = cloud.running(safe_mode=1)
    assert cloud.submit(cluster_id).code == "12000064"
    assert cloud.call("GET", "job-exes", query=f"cluster_id={cluster_id}").code == "12000064"


def test_jobs_of_mrs_3_can_be_sent_to_v2_and_to_obs(cloud) -> None:
    cluster_id = cloud.running()
    cloud.set(refuse_s3a=True)
    assert cloud.submit(cluster_id).code == "12000086"
    obs = dict.fromkeys(("jar_path", "input", "output"), "obs://etl-bucket/x.jar")
    assert cloud.submit(cluster_id, **obs).status == 200
    cloud.set(v11_jobs_on_3x=False)
    assert cloud.submit(cluster_id).code == "12000085"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"job_type": 4}, "12000002"),
        ({"job_type": 7}, "12000002"),
        ({"job_type": 8}, "12000002"),
        ({"job_type": "1"}, "12000002"),
        ({"job_name": "with blank"}, "12000002"),
        ({"job_name": ""}, "12000002"),
        ({"jar_path": ""}, "12000081"),
        ({"jar_path": None}, "12000081"),
        ({"jar_path": "swift://a/x.jar"}, "12000002"),
        ({"jar_path": "/a/x.py"}, "12000002"),
        ({"jar_path": "/a;b.jar"}, "12000002"),
        ({"jar_path": "/" + "a" * 1023}, "12000002"),
        ({"job_type": 3}, "12000114"),
        ({"job_type": 6, "hive_script_path": "/a.txt"}, "12000002"),
        ({"job_type": 5, "jar_path": ""}, "12000002"),
        ({"file_action": "move"}, "12000002"),
        ({"arguments": "a|b"}, "12000002"),
        ({"arguments": "a" * 2048}, "12000002"),
        ({"arguments": ["a"]}, "12000002"),
        ({"input": "relative"}, "12000002"),
        ({"unknown": ""}, "12000002"),
    ],
)
def test_wrong_jobs_are_refused(cloud, changes: dict[str, t.Any], code: str) -> None:
    assert cloud.submit(cloud.running(), **changes).code == code


@pytest.mark.parametrize(
    "changes",
    [
        {"jar_path": "/user/x.JAR"},
        {"job_type": 3, "jar_path": "s3a://b/x.sql", "hive_script_path": "s3a://b/x.sql"},
        {"job_type": 6, "jar_path": None, "hive_script_path": "/x.SQL"},
        {"job_type": 5, "jar_path": "", "file_action": "import", "output": "/out"},
        {"is_protected": False, "is_public": False},
        {"job_log": "", "arguments": ""},
    ],
)
def test_jobs_that_the_documents_allow_are_accepted(cloud, changes: dict[str, t.Any]) -> None:
    assert cloud.submit(cloud.running(), **changes).status == 200


def test_a_job_for_an_unknown_cluster_is_12000003(cloud) -> None:
    assert cloud.submit("x").code == "12000003"


def test_spark_needs_spark_in_the_cluster(cloud) -> None:
    cluster_id = cloud.running(component_list=[{"component_name": "Hadoop"}])
    assert cloud.submit(cluster_id, job_type=2).code == "12000063"


def test_huawei_allows_long_arguments_but_fewer_characters(make_cloud) -> None:
    cloud = make_cloud(flavor="hwc")
    cluster_id = cloud.running()
    assert cloud.submit(cluster_id, arguments="a" * 3000).status == 200
    assert cloud.submit(cluster_id, arguments='say "x"').code == "12000002"


def _listed(cloud, query: str) -> list[str]:
    return [
        job["job_name"] for job in cloud.call("GET", "job-exes", query=query).json["job_executions"]
    ]


def test_the_list_pages_and_filters(cloud) -> None:
    cluster_id = cloud.running()
    for number in range(12):
        assert cloud.submit(cluster_id, job_name=f"j{number}").status == 200
        cloud.clock.advance(20)
    query = f"cluster_id={cluster_id}"
    assert cloud.call("GET", "job-exes", query=query).json["totalRecord"] == 12
    assert _listed(cloud, f"{query}&page_size=2&current_page=2") == ["j9", "j8"]
    assert _listed(cloud, f"{query}&page_size=100&current_page=2") == []
    assert _listed(cloud, f"{query}&job_name=j3") == ["j3"]
    assert _listed(cloud, f"{query}&state=2&page_size=100") == ["j11", "j10", "j9", "j8"]


def test_q24_the_list_takes_the_cluster_by_either_spelling(cloud) -> None:
    cluster_id = cloud.running()
    cloud.submit(cluster_id, job_name="j1")
    for key in ("cluster_id", "clusterId"):
        assert _listed(cloud, f"{key}={cluster_id}") == ["j1"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "page_size=10",
        "cluster_id=ID&page_size=101",
        "cluster_id=ID&state=1",
        "cluster_id=ID&pageSize=1",
    ],
)
def test_wrong_list_queries_are_refused(cloud, query: str) -> None:
    cluster_id = cloud.running()
    assert cloud.call("GET", "job-exes", query=query.replace("ID", cluster_id)).code == "12000002"


def test_the_sahara_form_pages_by_marker_and_knows_no_state(cloud) -> None:
    cluster_id = cloud.running()
    ids = []
    for _round in range(3):
        ids.insert(0, _id(cloud.submit(cluster_id)))
        cloud.clock.advance(1)
    first = cloud.call("GET", "job-executions", query="limit=2").json
    assert [job["id"] for job in first["job_executions"]] == ids[:2]
    assert first["markers"] == {"prev": None, "next": ids[1]}
    second = cloud.call("GET", "job-executions", query=f"limit=2&marker={ids[1]}").json
    assert [job["id"] for job in second["job_executions"]] == ids[2:]
    assert second["markers"] == {"prev": ids[1], "next": None}
    ascending = cloud.call("GET", "job-executions", query="sort_by=created_at").json
    assert [job["id"] for job in ascending["job_executions"]] == ids[::-1]
    for query in ("sort_by=colour", "marker=unknown", "limit=0", "cluster_id=x"):
        assert cloud.call("GET", "job-executions", query=query).code == "12000002"
    document = cloud.call("GET", f"job-executions/{ids[0]}").json["job_execution"]
    assert document["created_at"] == "2024-03-27T08:46:22"
    assert "job_state" not in document


def test_a_job_of_a_creation_runs_when_the_cluster_does_and_can_shut_it_down(cloud) -> None:
    job = {
        "job_type": 1,
        "job_name": "once",
        "jar_path": "/x.jar",
        "submit_job_once_cluster_run": True,
        "shutdown_cluster": True,
    }
    cluster_id = cloud.create(add_jobs=[job])
    query = f"cluster_id={cluster_id}"
    assert _listed(cloud, query) == []
    cloud.clock.advance(100)
    listed = cloud.call("GET", "job-exes", query=query).json["job_executions"]
    assert [(job["job_name"], job["job_state"]) for job in listed] == [("once", 1)]
    cloud.clock.advance(100)
    assert cloud.state(cluster_id) == "terminating"
    assert cloud.job(listed[0]["id"]) == (3, 2)
    cloud.clock.advance(100)
    assert cloud.state(cluster_id) == "terminated"


def test_a_job_of_a_creation_without_shutdown_leaves_the_cluster(cloud) -> None:
    job = {
        "job_type": 1,
        "job_name": "once",
        "jar_path": "/x.jar",
        "submit_job_once_cluster_run": True,
    }
    cluster_id = cloud.create(add_jobs=[job])
    cloud.clock.advance(1000)
    assert cloud.state(cluster_id) == "running"
    assert _listed(cloud, f"cluster_id={cluster_id}") == ["once"]


def test_a_job_of_a_failed_creation_never_exists(cloud) -> None:
    job = {
        "job_type": 1,
        "job_name": "once",
        "jar_path": "/x.jar",
        "submit_job_once_cluster_run": True,
    }
    cloud.set(next_creation="failed")
    cluster_id = cloud.create(add_jobs=[job])
    cloud.clock.advance(300)
    assert _listed(cloud, f"cluster_id={cluster_id}") == []


def test_the_jobs_of_a_deleted_cluster_end(cloud) -> None:
    cluster_id = cloud.running()
    cloud.set(speed_delete=10, lag=0)
    job_id = _id(cloud.submit(cluster_id))
    cloud.call("DELETE", f"clusters/{cluster_id}")
    cloud.clock.advance(10)
    assert cloud.job(job_id) == (-1, 3)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "job-exes/{job}"),
        ("GET", "job-executions/{job}"),
        ("GET", "job-executions/{job}/cancel"),
        ("DELETE", "job-executions/{job}"),
    ],
)
def test_each_v11_call_about_a_job_of_mrs_3_is_refused(cloud, method: str, path: str) -> None:
    job = cloud.submit(cloud.running()).json["job_execution"]["id"]
    cloud.set(v11_jobs_on_3x=False)
    answer = cloud.call(method, path.format(job=job))
    assert (answer.status, answer.code) == (400, "12000085")
