# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A folder in HDFS is listed: by a script, and on the simulator."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    PROJECT,
    Json,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    LOST,
    Reply,
    lists,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.modules.test_modules import (
    CLUSTER as CREATION,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

FOUND = lists(cluster())
GIVEN: Json = {"cluster": "etl", "path": "/user/hive"}


def entry(name: str) -> Json:
    return {"path_suffix": name, "type": "FILE", "length": 7}


def files(
    *names: str, reply: Reply | None = None, total: int | None = None, **query: str
) -> Exchange:
    asked = {
        "path": "/user/hive",
        "sort_key": "path_suffix",
        "order": "asc",
        "limit": "100",
        "offset": "1",
        **query,
    }
    listed = {
        "total_count": len(names) if total is None else total,
        "files": [entry(name) for name in names],
    }
    return Exchange(
        "GET", f"/v2/{PROJECT}/clusters/{CLUSTER}/files", reply or Answer(200, listed), asked
    )


def names(result: Json) -> list[str]:
    return [file["name"] for file in result["files"]]


class TestScripted:
    def test_files_are_sorted_by_name(self) -> None:
        result = play("mrs_file_info", GIVEN, [FOUND, files("b", "A", "a")]).result
        assert (names(result), result["api"], result["changed"]) == (["A", "a", "b"], "v2", False)

    def test_an_empty_folder_is_an_empty_list(self) -> None:
        assert play("mrs_file_info", GIVEN, [FOUND, files()]).result["files"] == []

    def test_check_mode_lists_as_well(self) -> None:
        assert names(play("mrs_file_info", GIVEN, [FOUND, files("a")], check_mode=True).result) == [
            "a"
        ]

    def test_the_slash_at_the_end_does_not_matter_and_the_cluster_may_be_an_id(self) -> None:
        given = {"cluster": CLUSTER, "path": "/user/hive/"}
        result = play("mrs_file_info", given, [reads(cluster()), files("a")]).result
        assert result["files"][0]["path"] == "/user/hive/a"

    def test_v4_all_pages_are_read_by_their_numbers(self) -> None:
        first, second = [f"a{number:03}" for number in range(100)], ["b"]
        script = [FOUND, files(*first, total=101), files(*second, total=101, offset="2")]
        assert names(play("mrs_file_info", GIVEN, script).result) == [*first, *second]

    def test_a_list_that_is_shorter_than_it_says_is_an_error(self) -> None:
        """So it would be in a region that still numbers its pages from 0 (service_v2 9)."""
        short = [files(total=2), files(total=2)]
        message = play_failing("mrs_file_info", GIVEN, [FOUND, *short]).result["msg"]
        assert "it counts 2 items and shows 0" in message

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_a_lost_answer_is_asked_for_again(self, reply: t.Any) -> None:
        assert names(
            play("mrs_file_info", GIVEN, [FOUND, files(reply=reply), files("a")]).result
        ) == ["a"]

    @pytest.mark.parametrize("path", ["tmp", "obs://bucket/x", "/a/*"])
    def test_a_wrong_path_is_refused_before_any_request(self, path: str) -> None:
        result = play_failing("mrs_file_info", {"cluster": "etl", "path": path}, []).result
        assert result["msg"].startswith("path: ")

    def test_a_refusal_names_folder_and_cluster_and_the_reason_of_the_service(self) -> None:
        refused = files(reply=refusal("12000057", "Failed to list the files.", 404))
        result = play_failing("mrs_file_info", GIVEN, [FOUND, refused]).result
        assert result["msg"] == (
            f"Cannot list the folder /user/hive of cluster etl ({CLUSTER}): Failed to list the "
            "files (HTTP 404, code "
            "12000057, request req-7). The service could not list the files. Check the path and "
            "your right to read it."
        )
        assert (result["error"]["code"], result["error"]["reason"]) == (
            "12000057",
            "Failed to list the files.",
        )

    @pytest.mark.parametrize(
        "answer", [refusal("APIGW.0101", "No such API.", 404), refusal("x", "Not here.", 501)]
    )
    def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so(self, answer: Answer) -> None:
        message = play_failing("mrs_file_info", GIVEN, [FOUND, files(reply=answer)]).result["msg"]
        told = (
            "This cloud does not serve this call of API v2. Open Telekom Cloud does not publish it."
        )
        assert message.startswith(
            f"Cannot list the folder /user/hive of cluster etl ({CLUSTER}): No"
        )
        assert message.endswith(told)

    @pytest.mark.parametrize("script", [[FOUND, files(reply=GONE)], [lists()]])
    def test_a_cluster_that_is_not_there_is_an_error(self, script: list[Exchange]) -> None:
        assert "cluster" in play_failing("mrs_file_info", GIVEN, script).result["msg"]


@pytest.fixture(name="simulator", scope="module")
def _simulator() -> t.Iterator[Running]:
    with serve(Settings(speed=0, serve_unpublished=True, hdfs_files=250)) as running:
        yield running


@pytest.fixture(name="runs")
def _runs(
    simulator: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> ModuleRuns:
    runs = ModuleRuns(capsys, monkeypatch)
    known = simulator.connection
    named = ("auth_url", "username", "password", "user_domain_name", "project_id")
    runs.shared = {"auth": {name: known[name] for name in named}, "region_name": known["region"]}
    return runs


def test_the_tree_of_the_simulator(runs: ModuleRuns) -> None:
    runs.run("mrs_cluster", **CREATION)
    root = runs.run("mrs_file_info", cluster="etl", path="/")
    assert [(file["path"], file["type"], file["children"]) for file in root["files"]] == [
        ("/mr-history", "directory", 0),
        ("/user", "directory", 1),
    ]
    full = runs.run("mrs_file_info", cluster="etl", path="/user/hive/warehouse")
    assert [full["files"][number]["name"] for number in (0, 249)] == ["part-00000", "part-00249"]
    assert len(full["files"]) == 250
    missing = runs.run("mrs_file_info", cluster="etl", path="/nowhere")
    assert (missing["rc"], missing["error"]["status"], missing["error"]["code"]) == (
        1,
        404,
        "12000057",
    )
    assert missing["error"]["reason"] == "The files cannot be listed. There is no folder /nowhere."
