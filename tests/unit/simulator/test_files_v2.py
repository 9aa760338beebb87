# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files in the HDFS of a cluster by API v2 (service_v2 9)."""

from __future__ import annotations

import typing as t

import pytest

WAREHOUSE = "path=/user/hive/warehouse"


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    return make_cloud(flavor="hwc")


def _names(cloud, cluster_id: str, query: str) -> list[str]:
    answer = cloud.v2("GET", f"{cluster_id}/files", query=query)
    assert answer.status == 200, answer.raw
    return [file["path_suffix"] for file in answer.json["files"]]


def test_a_folder_is_listed_with_what_the_service_tells_of_a_file(huawei) -> None:
    cluster_id = huawei.running()
    huawei.set(hdfs_files=1)
    answer = huawei.v2("GET", f"{cluster_id}/files", query=WAREHOUSE).json
    changed = answer["files"][0]["modification_time"]
    assert answer == {
        "total_count": 1,
        "files": [
            {
                "path_suffix": "part-00000",
                "owner": "omm",
                "group": "supergroup",
                "permission": "644",
                "replication": 3,
                "block_size": 134217728,
                "length": 1048576,
                "type": "FILE",
                "children_num": 0,
                "access_time": changed,
                "modification_time": changed,
            }
        ],
    }


def test_pages_are_numbered_from_one_and_sorted(huawei) -> None:
    cluster_id = huawei.running()
    assert _names(huawei, cluster_id, "path=/") == ["mr-history", "user"]
    assert _names(huawei, cluster_id, "path=/mr-history") == []
    assert _names(huawei, cluster_id, f"{WAREHOUSE}&limit=2&offset=2") == ["part-00002"]
    assert _names(huawei, cluster_id, f"{WAREHOUSE}&limit=1&sort_key=length&order=desc") == [
        "part-00002"
    ]


@pytest.mark.parametrize(
    "query",
    [
        *("", "path=", "path=user", "path=/user/", "path=//", "path=/.x", "path=/x.", "path=/a*b"),
        *(f"path=/{'x' * 256}", "path=/&limit=0", "path=/&limit=1001", "path=/&offset=0"),
        *("path=/&sort_key=owner", "path=/&order=up", "path=/&depth=1"),
    ],
)
def test_a_wrong_query_is_refused(huawei, query: str) -> None:
    assert huawei.v2("GET", f"{huawei.running()}/files", query=query).code == "12000002"


def test_where_there_is_no_such_folder_the_files_cannot_be_listed(huawei) -> None:
    cluster_id = huawei.running()
    for path in ("/nowhere", "/user/hive/warehouse/part-00000"):
        answer = huawei.v2("GET", f"{cluster_id}/files", query=f"path={path}")
        assert (answer.status, answer.code) == (404, "12000057")
    starting = huawei.v2("GET", f"{huawei.create(cluster_name='new')}/files", query="path=/")
    assert (starting.status, starting.code) == (404, "12000057")


def test_otc_does_not_publish_it(cloud) -> None:
    assert cloud.v2("GET", f"{cloud.running()}/files", query="path=/").status == 501
