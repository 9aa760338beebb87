# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Huawei's Terraform provider sends by API v2 is taken, since the service takes it.

The shapes of the requests are those of its sources (service_v2 0, label T): which fields are there,
in which order, and which are empty.
"""

from __future__ import annotations

import typing as t

import pytest

Json = dict[str, t.Any]
SPARK = {
    "job_name": "pi",
    "job_type": "SparkSubmit",
    "arguments": [
        *("--class", "org.apache.spark.examples.SparkPi"),
        *("--master", "yarn-cluster", "obs://etl/spark.jar", "100"),
    ],
    "properties": {},
}
FLINK = {
    "job_name": "stream",
    "job_type": "Flink",
    # It splits the empty text of no parameters at blanks, which gives one empty word.
    "arguments": ["run", "-d", "-ynm", "x", "-m", "yarn-cluster", "obs://etl/flink.jar", ""],
    "properties": {"fs.obs.endpoint": "obs.example.com"},
}
SQL = {
    "job_name": "report",
    "job_type": "SparkSql",
    "arguments": ["--conf", "a=b", "select 1; select 2"],
    "properties": {},
}


@pytest.fixture(name="huawei")
def _huawei(make_cloud: t.Any) -> t.Any:
    return make_cloud(flavor="hwc")


@pytest.mark.parametrize("job", [SPARK, FLINK, SQL], ids=lambda job: str(job["job_type"]))
def test_its_jobs_are_taken_and_read_back_as_it_splits_them(huawei: t.Any, job: Json) -> None:
    cluster = huawei.running_v2(components="Hadoop,Spark,Hive,Flink")
    huawei.v2("POST", f"{cluster}/iam-sync-user", {"is_all_sync": True})
    huawei.clock.advance(1000)
    answer = huawei.v2("POST", f"{cluster}/job-executions", job)
    assert answer.status == 202, answer.raw
    job_id = answer.json["job_submit_result"]["job_id"]
    detail = huawei.v2("GET", f"{cluster}/job-executions/{job_id}").json["job_detail"]
    assert detail["arguments"][1:-1].split(", ") == job["arguments"]
    assert detail["job_state"] in ("NEW", "NEW_SAVING", "SUBMITTED", "ACCEPTED", "RUNNING")
    query = "limit=100&offset=1"
    listed = huawei.v2("GET", f"{cluster}/job-executions", query=query).json["job_list"]
    assert [each["job_id"] for each in listed] == [job_id]


def test_its_clusters_name_the_vpc_twice_and_have_a_data_volume_without_any_disk(
    huawei: t.Any,
) -> None:
    groups = huawei.creation_v2("ANALYSIS")["node_groups"]
    task = {**groups[1], "group_name": "task_node_analysis_group", "node_num": 1}
    task |= {"data_volume_count": 0, "data_volume": {"type": "SAS", "size": 600}}
    cluster = huawei.running_v2(
        "ANALYSIS",
        vpc_id="6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
        charge_info={"charge_mode": "postPaid"},
        security_groups_id="",
        log_collection=1,
        node_groups=[*groups, task],
    )
    counts = {each["GroupName"]: each["NodeNum"] for each in huawei.detail(cluster)["nodeGroups"]}
    assert counts["task_node_analysis_group"] == 1


def test_its_resizes_leave_out_what_the_user_leaves_out(huawei: t.Any) -> None:
    cluster = huawei.running_v2("CUSTOM")
    more = {"node_group_name": "node_group_1", "count": 1, "scale_without_start": False}
    assert huawei.v2("POST", f"{cluster}/expand", more).json == {"result": "succeeded"}
    huawei.clock.advance(1000)
    fewer = {"node_group_name": "node_group_1", "count": 1}
    assert huawei.v2("POST", f"{cluster}/shrink", fewer).json == {"result": "succeeded"}
