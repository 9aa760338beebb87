# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs of API v2 (service_v2 4 and 17)."""

from __future__ import annotations

import typing as t

import pytest

SPARK = {
    "job_name": "pi-night",
    "job_type": "SparkSubmit",
    "arguments": ["--class", "org.example.Pi", "obs://bucket/pi.jar", "100"],
    "properties": {"fs.obs.endpoint": "obs.example", "fs.obs.access.key": "canary"},
}


def _submit(cloud, cluster_id: str, **changes: t.Any) -> t.Any:
    return cloud.v2("POST", f"{cluster_id}/job-executions", {**SPARK, **changes})


def _id(answer: t.Any) -> str:
    return str(answer.json["job_submit_result"]["job_id"])


def _detail(cloud, cluster_id: str, job_id: str) -> dict[str, t.Any]:
    return dict(cloud.v2("GET", f"{cluster_id}/job-executions/{job_id}").json["job_detail"])


def _names(cloud, cluster_id: str, query: str = "") -> list[str]:
    listed = cloud.v2("GET", f"{cluster_id}/job-executions", query=query)
    return [job["job_name"] for job in listed.json["job_list"]]


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    cloud = make_cloud(flavor="hwc")
    cloud.set(sync_required="no")
    return cloud


@pytest.mark.parametrize(("flavor", "status", "first"), [("otc", 200, "New"), ("hwc", 202, "NEW")])
def test_v7_a_job_walks_through_every_state(
    make_cloud, flavor: str, status: int, first: str
) -> None:
    cloud = make_cloud(flavor=flavor)
    cloud.set(sync_required="no")
    cluster_id = cloud.running()
    answer = _submit(cloud, cluster_id)
    assert (answer.status, answer.json["job_submit_result"]["state"]) == (status, "COMPLETE")
    seen = []
    for seconds in (0, 5, 5, 5, 5, 40, 39, 1):
        cloud.clock.advance(seconds)
        detail = _detail(cloud, cluster_id, _id(answer))
        seen.append((detail["job_state"], detail["job_result"]))
    ways = [first, "NEW_SAVING", "SUBMITTED", "ACCEPTED", "RUNNING", "RUNNING", "RUNNING"]
    assert seen == [*((word, "UNDEFINED") for word in ways), ("FINISHED", "SUCCEEDED")]


def test_v6_times_are_milliseconds_and_0_while_unset(huawei) -> None:
    cluster_id = huawei.running()
    job_id = _id(_submit(huawei, cluster_id))
    names = ("submitted_time", "started_time", "finished_time", "elapsed_time", "job_progress")
    fresh = _detail(huawei, cluster_id, job_id)
    assert [fresh[name] for name in names] == [1711529180000, 0, 0, 0, 0]
    assert ("app_id" in fresh, "tracking_url" in fresh) == (False, False)
    huawei.clock.advance(100)
    ended = _detail(huawei, cluster_id, job_id)
    assert [ended[name] for name in names] == [
        1711529180000,
        1711529200000,
        1711529280000,
        80000,
        100,
    ]
    assert ended["app_id"] != ended["launcher_id"]


def test_v3_arguments_and_properties_come_back_as_java_prints_them(huawei) -> None:
    cluster_id = huawei.running()
    detail = _detail(
        huawei, cluster_id, _id(_submit(huawei, cluster_id, arguments=["a, b", "", "@key=x"]))
    )
    assert detail["arguments"] == "[a, b, , @key=x]"
    assert detail["properties"] == "{fs.obs.endpoint=obs.example, fs.obs.access.key=canary}"
    assert (detail["user"], detail["queue"]) == ("simulator-user", "default")
    for path in ("state", "requests"):
        assert b"canary" not in huawei.control("GET", path).raw


def test_python_for_spark_is_listed_as_spark(huawei) -> None:
    cluster_id = huawei.running()
    detail = _detail(huawei, cluster_id, _id(_submit(huawei, cluster_id, job_type="SparkPython")))
    assert detail["job_type"] == "SparkSubmit"


def test_v1_reads_answer_202_or_200(huawei) -> None:
    cluster_id = huawei.running()
    path = f"{cluster_id}/job-executions"
    job_id = _id(_submit(huawei, cluster_id))
    assert [huawei.v2("GET", each).status for each in (path, f"{path}/{job_id}")] == [202, 202]
    huawei.set(reads_202=False)
    assert [huawei.v2("GET", each).status for each in (path, f"{path}/{job_id}")] == [200, 200]


@pytest.mark.parametrize(("flavor", "word"), [("otc", "JOBSTAT_SUBMIT_FAILED"), ("hwc", "FAILED")])
def test_v2_a_submission_can_fail_with_a_success(make_cloud, flavor: str, word: str) -> None:
    cloud = make_cloud(flavor=flavor, next_submit="failed")
    cloud.set(sync_required="no")
    cluster_id = cloud.running()
    answer = _submit(cloud, cluster_id)
    assert (answer.status < 300, answer.json["job_submit_result"]["state"]) == (True, word)
    assert answer.code == "0173"
    assert _names(cloud, cluster_id) == []
    _submit(cloud, cluster_id)
    assert _names(cloud, cluster_id) == ["pi-night"]


@pytest.mark.parametrize(
    ("outcome", "end"),
    [
        ("failed", ("FINISHED", "FAILED")),
        ("abnormal", ("FAILED", "FAILED")),
        ("error", ("FAILED", "FAILED")),
        ("unknown", ("FINISHED", "UNDEFINED")),
    ],
)
def test_the_next_job_can_end_in_other_ways(huawei, outcome: str, end: tuple[str, str]) -> None:
    cluster_id = huawei.running()
    huawei.set(next_job=outcome)
    job_id = _id(_submit(huawei, cluster_id))
    huawei.clock.advance(100)
    detail = _detail(huawei, cluster_id, job_id)
    assert (detail["job_state"], detail["job_result"]) == end


def test_v4_offset_is_the_number_of_a_page(huawei) -> None:
    cluster_id = huawei.running()
    for number in range(5):
        _submit(huawei, cluster_id, job_name=f"j{number}")
        huawei.clock.advance(1)
    assert _names(huawei, cluster_id) == ["j4", "j3", "j2", "j1", "j0"]
    assert _names(huawei, cluster_id, "limit=2&offset=2") == ["j2", "j1"]
    assert _names(huawei, cluster_id, "limit=2&offset=4") == []
    assert (
        huawei.v2("GET", f"{cluster_id}/job-executions", query="limit=1").json["total_record"] == 5
    )
    for wrong in ("offset=0", "limit=0", "job_state=DONE", "job_type=1", "page=1"):
        assert huawei.v2("GET", f"{cluster_id}/job-executions", query=wrong).code == "12000002"


def test_v5_sort_by_takes_a_direction(huawei) -> None:
    cluster_id = huawei.running()
    for number in range(3):
        _submit(huawei, cluster_id, job_name=f"j{number}")
        huawei.clock.advance(1)
    assert _names(huawei, cluster_id, "sort_by=asc&limit=2") == ["j0", "j1"]
    assert _names(huawei, cluster_id, "sort_by=desc&limit=2") == ["j2", "j1"]
    assert (
        huawei.v2("GET", f"{cluster_id}/job-executions", query="sort_by=job_name").code
        == "12000002"
    )


def test_lists_are_filtered(huawei) -> None:
    cluster_id = huawei.running()
    first = _id(_submit(huawei, cluster_id, job_name="first"))
    huawei.clock.advance(50)
    _submit(
        huawei, cluster_id, job_name="first-again", job_type="HiveSql", arguments=["show tables"]
    )
    huawei.clock.advance(50)
    for query, names in (
        ("job_name=first", ["first"]),
        (f"job_id={first}", ["first"]),
        ("user=simulator-user", ["first-again", "first"]),
        ("user=nobody", []),
        ("queue=default&job_type=HiveSql", ["first-again"]),
        ("job_state=RUNNING", ["first-again"]),
        ("job_result=SUCCEEDED", ["first"]),
        ("submitted_time_begin=1711529180001", ["first-again"]),
        ("submitted_time_end=1711529180000", ["first"]),
    ):
        assert _names(huawei, cluster_id, query) == names, query
    huawei.set(part_of_job_name=True)
    assert _names(huawei, cluster_id, "job_name=first") == ["first-again", "first"]


def test_otc_documents_fewer_filters(cloud) -> None:
    cluster_id = cloud.running()
    for name in ("job_id", "user", "queue"):
        assert cloud.v2("GET", f"{cluster_id}/job-executions", query=f"{name}=x").code == "12000002"


def test_a_kill_is_accepted_and_takes_effect_later(huawei) -> None:
    huawei.set(speed_cancel=5)
    cluster_id = huawei.running()
    job_id = _id(_submit(huawei, cluster_id))
    path = f"{cluster_id}/job-executions/{job_id}/kill"
    answer = huawei.v2("POST", path)
    assert (answer.status, answer.raw) == (202, b"")
    assert _detail(huawei, cluster_id, job_id)["job_state"] == "NEW"
    huawei.clock.advance(5)
    detail = _detail(huawei, cluster_id, job_id)
    assert (detail["job_state"], detail["job_result"], detail["started_time"]) == (
        "KILLED",
        "KILLED",
        1711529185000,
    )
    assert (huawei.v2("POST", path).status, huawei.v2("POST", path).code) == (400, "0175")


def test_jobs_are_deleted_together_or_not_at_all(huawei) -> None:
    cluster_id = huawei.running()
    ids = [_id(_submit(huawei, cluster_id))]
    huawei.clock.advance(100)
    ids.append(_id(_submit(huawei, cluster_id)))
    path = f"{cluster_id}/job-executions/batch-delete"
    assert huawei.v2("POST", path, {"job_id_list": ids}).code == "0183"
    assert len(_names(huawei, cluster_id)) == 2
    answer = huawei.v2("POST", path, {"job_id_list": ids[:1]})
    assert (answer.status, answer.raw) == (202, b"")
    assert huawei.v2("POST", path, {"job_id_list": ids[:1]}).code == "0176"
    assert huawei.v2("POST", path, {"job_id_list": []}).code == "0178"
    assert huawei.v2("GET", f"{cluster_id}/job-executions/{ids[0]}").code == "0176"


def test_v11_an_unknown_cluster_is_told_in_other_words_by_huawei(make_cloud) -> None:
    huawei = make_cloud(flavor="hwc").v2("GET", "unknown/job-executions/x")
    assert (huawei.status, huawei.json["errorCode"]) == (400, "12000003")
    assert make_cloud(flavor="otc").v2("GET", "unknown/job-executions/x").code == "12000003"


def test_neither_api_knows_the_jobs_of_the_other(huawei) -> None:
    cluster_id = huawei.running()
    new = _id(_submit(huawei, cluster_id))
    old = huawei.submit(cluster_id).json["id"]
    assert huawei.call("GET", f"job-exes/{new}").code == "0176"
    assert huawei.v2("GET", f"{cluster_id}/job-executions/{old}").code == "0176"
    assert huawei.call("GET", "job-exes", query=f"cluster_id={cluster_id}").json["totalRecord"] == 1
    assert _names(huawei, cluster_id) == ["pi-night"]


def test_v8_results_of_sql_have_a_key_for_each_statement(huawei) -> None:
    cluster_id = huawei.running()
    job_id = _id(
        _submit(
            huawei, cluster_id, job_type="SparkSql", arguments=["create table t (a int); select 1;"]
        )
    )
    path = f"{cluster_id}/job-executions/{job_id}/sql-result"
    assert huawei.v2("GET", path).code == "0180"
    huawei.clock.advance(50)
    assert huawei.v2("GET", path).code == "0183"
    huawei.clock.advance(50)
    result = {"0": [{"result": "succeed"}], "1": [{"column": "value"}]}
    assert huawei.v2("GET", path).json == {"sql_results": result}
    huawei.set(sql_key="sql-results")
    assert huawei.v2("GET", path).json == {"sql-results": result}
    other = _id(_submit(huawei, cluster_id))
    assert huawei.v2("GET", f"{cluster_id}/job-executions/{other}/sql-result").code == "0179"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"job_type": "Spark"}, "12000002"),
        ({"job_type": 1}, "12000002"),
        ({"job_type": None}, "12000002"),
        ({"job_name": "with blank"}, "12000002"),
        ({"arguments": "a b"}, "12000002"),
        ({"arguments": [1]}, "12000002"),
        ({"arguments": ["a" * 150_001]}, "12000002"),
        ({"properties": []}, "12000002"),
        ({"properties": {"a": 1}}, "12000002"),
        ({"properties": {"a": "x|y"}}, "12000002"),
        ({"properties": {"a": "x" * 2048}}, "12000002"),
        ({"jar_path": "/x.jar"}, "12000002"),
        ({"job_type": "Flink"}, "0169"),
    ],
)
def test_wrong_jobs_are_refused(huawei, changes: dict[str, t.Any], code: str) -> None:
    cluster_id = huawei.running()
    assert _submit(huawei, cluster_id, **changes).code == code
    assert _names(huawei, cluster_id) == []


def test_what_a_cluster_cannot_run_is_refused(huawei) -> None:
    cluster_id = huawei.running(component_list=[{"component_name": "Hadoop"}])
    for job_type, code in (("SparkSql", "0057"), ("HiveScript", "0168"), ("Flink", "0169")):
        assert _submit(huawei, cluster_id, job_type=job_type).code == code
    for _round in range(10):
        assert _submit(huawei, cluster_id, job_type="MapReduce").status == 202
    assert _submit(huawei, cluster_id, job_type="DistCp").code == "0177"


def test_the_state_and_the_version_of_a_cluster_can_forbid_jobs(huawei) -> None:
    cluster_id = huawei.running()
    huawei.control("PATCH", f"clusters/{cluster_id}", {"state": "abnormal"})
    assert _submit(huawei, cluster_id).code == "0056"
    old = huawei.running(
        cluster_name="old",
        cluster_version="MRS 1.8.10",
        component_list=[{"component_name": "Spark"}],
    )
    assert _submit(huawei, old).code == "12000054"


@pytest.mark.parametrize("code", ["0056", "0202", "12000062"])
def test_a_cluster_that_has_just_started_can_refuse_jobs_for_a_while(huawei, code: str) -> None:
    huawei.set(warm_up=30, warm_up_code=code)
    cluster_id = huawei.running()
    assert _submit(huawei, cluster_id).code == code
    huawei.clock.advance(30)
    assert _submit(huawei, cluster_id).status == 202


def test_calls_a_minute_can_be_limited(huawei) -> None:
    huawei.set(limit_rates=True)
    cluster_id = huawei.running()
    path = f"{cluster_id}/job-executions/batch-delete"
    codes = [huawei.v2("POST", path, {"job_id_list": ["x"]}).code for _round in range(61)]
    assert codes == ["0176"] * 60 + ["APIGW.0308"]
    huawei.clock.advance(60)
    assert huawei.v2("POST", path, {"job_id_list": ["x"]}).code == "0176"


def test_lists_of_v2_can_be_behind_too(huawei) -> None:
    cluster_id = huawei.running()
    huawei.set(stale={"jobs": 8})
    job_id = _id(_submit(huawei, cluster_id))
    assert _names(huawei, cluster_id) == []
    assert _detail(huawei, cluster_id, job_id)["job_state"] == "NEW"
    huawei.clock.advance(8)
    assert _names(huawei, cluster_id) == ["pi-night"]


@pytest.mark.parametrize(
    "query",
    [
        "job_name=",
        "job_name=" + "x" * 129,
        "job_id=" + "x" * 65,
        "user=1robot",
        "user=" + "x" * 33,
        "queue=" + "x" * 65,
    ],
)
def test_filters_have_documented_lengths(make_cloud, query: str) -> None:
    huawei = make_cloud(flavor="hwc")
    answer = huawei.v2("GET", f"{huawei.running()}/job-executions", query=query)
    assert (answer.status, answer.code) == (400, "12000002")


@pytest.mark.parametrize(
    "query",
    ["job_name=" + "x" * 128, "job_id=" + "x" * 64, "user=" + "x" * 32, "queue=" + "x" * 64],
)
def test_filters_of_the_longest_length_find_nothing(make_cloud, query: str) -> None:
    huawei = make_cloud(flavor="hwc")
    answer = huawei.v2("GET", f"{huawei.running()}/job-executions", query=query)
    assert (answer.status, answer.json["job_list"]) == (202, [])
