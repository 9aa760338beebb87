# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    OTHER,
    Json,
    cluster,
    custom_cluster,
    failed_job,
    host,
    job,
    job_v2,
    node,
    options,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    JOBS_V2,
    hosts,
    lists,
    lists_jobs,
    lists_none_by_v2,
    lists_v2,
    nodes,
    reads,
    reads_job,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

PAGE = {"pageSize": "100", "currentPage": "1"}


class TestClusters:
    FOUND = (
        cluster(clusterId="c", clusterName="b"),
        cluster(clusterId="b", clusterName="a", clusterState="starting"),
        cluster(clusterId="a", clusterName="b", clusterState="failed"),
        cluster(clusterId="d", clusterName="b", clusterState="terminated"),
    )

    def ids(self, given: Json, query: Json | None = None) -> list[str]:
        script = [lists(*self.FOUND, query={**PAGE, **(query or {})})]
        return [each["id"] for each in play("mrs_cluster_info", given, script).result["clusters"]]

    def test_all_that_are_not_terminated_sorted_by_name(self) -> None:
        assert self.ids({}) == ["b", "a", "c"]

    def test_of_a_name(self) -> None:
        assert self.ids({"name": "a"}) == ["b"]

    def test_of_one_state_is_asked_of_the_service_and_checked(self) -> None:
        assert self.ids({"cluster_state": ["terminated"]}, {"clusterState": "terminated"}) == ["d"]

    def test_of_several_states(self) -> None:
        assert self.ids({"cluster_state": ["failed", "starting"]}) == ["b", "a"]

    def test_of_nothing_is_an_empty_list(self) -> None:
        assert self.ids({"name": "nobody"}) == []

    @pytest.mark.parametrize(
        ("wanted", "query", "found"),
        [
            ({"env": "test"}, "env*test", ["a", "b"]),
            ({"env": "test", "team": "data"}, "env*test,team*data", ["a"]),
            ({"team": ""}, "team", ["b"]),
            ({"team": None}, "team", ["b"]),
        ],
    )
    def test_q12_of_tags_is_asked_of_the_service_and_checked(
        self, wanted: Json, query: str, found: list[str]
    ) -> None:
        there = [
            cluster(clusterId="a", tags="env=test,team=data"),
            cluster(clusterId="b", tags="env=test,team="),
            cluster(clusterId="c", tags="env=prod"),
        ]
        played = play(
            "mrs_cluster_info", {"tags": wanted}, [lists(*there, query={**PAGE, "tags": query})]
        )
        assert [each["id"] for each in played.result["clusters"]] == found

    def test_incomplete_items_are_read_whole(self) -> None:
        short = {key: value for key, value in cluster().items() if key != "nodeGroups"}
        played = play("mrs_cluster_info", {}, [lists(short), reads(cluster(core=7))])
        assert played.result["clusters"][0]["node_counts"]["core"] == 7

    def test_one_that_vanishes_meanwhile_is_shown_as_far_as_it_is_known(self) -> None:
        short = {key: value for key, value in cluster().items() if key != "tags"}
        played = play("mrs_cluster_info", {}, [lists(short), reads(GONE)])
        assert [each["id"] for each in played.result["clusters"]] == [CLUSTER]

    @pytest.mark.parametrize(
        ("answer", "found"),
        [(cluster(), [CLUSTER]), (cluster(clusterState="terminated"), [CLUSTER]), (GONE, [])],
    )
    def test_q1_one_by_id_even_when_it_is_terminated(
        self, answer: Json | Answer, found: list[str]
    ) -> None:
        played = play("mrs_cluster_info", {"id": CLUSTER}, [reads(answer)])
        assert [each["id"] for each in played.result["clusters"]] == found
        assert (played.result["changed"], "diff" in played.result) == (False, False)

    def test_a_refusal_is_an_error(self) -> None:
        no = Exchange("GET", "/cluster_infos", refusal("12000052", status=403))
        assert play_failing("mrs_cluster_info", {}, [no]).result["error"]["status"] == 403


class TestHosts:
    FOUND = (host(3), host(1), host(2, "Master"), host(4, "Analysis_Task"))

    @pytest.mark.parametrize(
        ("group", "ids"),
        [
            (None, ["vm-4", "vm-1", "vm-3", "vm-2"]),
            ("core", ["vm-1", "vm-3"]),
            ("task", ["vm-4"]),
            ("master", ["vm-2"]),
        ],
    )
    def test_of_a_group_sorted_by_name(self, group: str | None, ids: list[str]) -> None:
        given = {"cluster": "etl", "node_group": group}
        played = play("mrs_host_info", given, [lists(cluster()), hosts(*self.FOUND)])
        assert [each["id"] for each in played.result["hosts"]] == ids

    def test_of_no_cluster_is_an_error(self) -> None:
        played = play_failing("mrs_host_info", {"cluster": "etl"}, [lists()])
        assert "There is no cluster etl in this project" in played.result["msg"]


class TestNodes:
    def test_nodes_are_shown_with_their_components_and_load(self) -> None:
        query = {"query_node_detail": "true", "limit": "100", "offset": "1"}
        found = nodes(node(2, "GOOD"), node(1, "BAD"), query=query)
        result = play("mrs_node_info", {"cluster": "etl"}, [lists(cluster()), found]).result
        assert [(each["name"], each["healthy"]) for each in result["nodes"]] == [
            ("node-1", False),
            ("node-2", True),
        ]
        assert (result["api"], result["changed"]) == ("v2", False)

    def test_load_is_not_asked_for_where_nobody_wants_it(self) -> None:
        found = nodes(node(1, "GOOD"), query={"limit": "100", "offset": "1"})
        given = {"cluster": "etl", "detail": False}
        assert (
            play("mrs_node_info", given, [lists(cluster()), found]).result["nodes"][0]["load"]
            is None
        )

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [
            ("core", ["node-1"]),
            ("core_node_analysis_group", ["node-1"]),
            ("CORE", ["node-1"]),
            ("task", []),
        ],
    )
    def test_of_one_group(self, wanted: str, names: list[str]) -> None:
        found = nodes(node(1, "GOOD"), node(2, "GOOD", group="own"))
        given = {"cluster": "etl", "node_group": wanted}
        result = play("mrs_node_info", given, [lists(cluster()), found]).result
        assert [each["name"] for each in result["nodes"]] == names

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [("core_data", ["node-1"]), ("edge", ["node-2"]), ("master", ["node-3"])],
    )
    def test_of_a_group_of_a_custom_cluster(self, wanted: str, names: list[str]) -> None:
        found = nodes(
            node(1, group="core_data"),
            node(2, group="edge"),
            node(3, group="master_node_default_group"),
        )
        given = {"cluster": "etl", "node_group": wanted}
        result = play("mrs_node_info", given, [lists(custom_cluster()), found]).result
        assert [each["name"] for each in result["nodes"]] == names

    @pytest.mark.parametrize("module", ["mrs_node_info", "mrs_host_info"])
    def test_of_a_group_that_is_not_there(self, module: str) -> None:
        given = {"cluster": "etl", "node_group": "core_date"}
        played = play_failing(module, given, [lists(custom_cluster())])
        assert played.result["msg"] == (
            f"node_group: cluster etl ({CLUSTER}) has no group core_date; it has master, "
            "core_data, edge; did you mean core_data?"
        )

    def test_a_cloud_that_does_not_tell_is_an_error(self) -> None:
        refused = nodes(reply=refusal("APIGW.0101", "The API does not exist.", 404))
        played = play_failing("mrs_node_info", {"cluster": "etl"}, [lists(cluster()), refused])
        assert "Cannot list the nodes of cluster etl" in played.result["msg"]
        assert "This cloud does not serve this call of API v2." in played.result["msg"]


class TestJobExecutions:
    OLD = failed_job(id="old", create_at=1000)
    NEW = job(id="new", create_at=3000)
    RUNS = running_job(id="runs", create_at=2000)

    def ids(self, *script: Exchange, **given: t.Any) -> tuple[list[str], int]:
        of_both = not given.keys() & {"id", "name"}
        script = (*script, lists_none_by_v2()) if of_both else script
        result = play("mrs_job_execution_info", {"cluster": CLUSTER, **given}, script).result
        return [each["id"] for each in result["job_executions"]], result["total"]

    def test_newest_first(self) -> None:
        assert self.ids(lists_jobs(self.OLD, self.NEW, self.RUNS)) == (["new", "runs", "old"], 3)

    def test_the_limit_does_not_change_the_total(self) -> None:
        assert self.ids(lists_jobs(self.OLD, self.NEW, self.RUNS), limit=1) == (["new"], 3)

    def test_of_states(self) -> None:
        assert self.ids(
            lists_jobs(self.OLD, self.NEW, self.RUNS), job_state=["running", "error"]
        ) == (["runs"], 1)

    def test_the_executions_of_both_apis(self) -> None:
        sql = job_v2(job_id="sql", job_type="SparkSql", submitted_time=2000)
        script = [lists_jobs(self.OLD, self.NEW), lists_v2(sql, job_v2(job_id="new"))]
        result = play("mrs_job_execution_info", {"cluster": CLUSTER}, script).result
        assert [each["id"] for each in result["job_executions"]] == ["new", "sql", "old"]
        assert (result["api"], result["total"]) == ("both", 3)

    @pytest.mark.parametrize(
        ("result", "ids"),
        [("failed", ["old"]), ("succeeded", ["new"]), ("undefined", ["runs"]), ("killed", [])],
    )
    def test_of_a_result_by_the_final_status_of_api_v1_1(self, result: str, ids: list[str]) -> None:
        assert self.ids(lists_jobs(self.OLD, self.NEW, self.RUNS), result=result)[0] == ids

    @pytest.mark.parametrize(
        ("given", "option"),
        [({"user": "robot"}, "user"), ({"user": "robot", "queue": "etl"}, "user, queue")],
    )
    def test_what_api_v1_1_does_not_show_selects_none_with_a_warning(
        self, given: Json, option: str
    ) -> None:
        script = [lists_jobs(self.OLD), lists_none_by_v2()]
        result = play("mrs_job_execution_info", {"cluster": CLUSTER, **given}, script).result
        assert result["job_executions"] == []
        assert result["warnings"] == [
            f"{option}: executions of API v1.1 do not show this, so none of them is selected."
        ]

    @pytest.mark.parametrize("word", ["spark", "spark_python"])
    def test_a_program_in_python_is_found_by_both_of_its_words(self, word: str) -> None:
        submitted = job_v2(job_id="py", job_type="SparkSubmit", submitted_time=2000)
        script = [lists_jobs(self.OLD), lists_v2(submitted)]
        given = {"cluster": CLUSTER, "job_type": word}
        result = play("mrs_job_execution_info", given, script).result
        assert [(each["id"], each["job_type"]) for each in result["job_executions"]] == [
            ("py", "spark")
        ]

    def test_where_api_v2_cannot_be_reached_a_warning_says_so(self) -> None:
        unreachable = [Exchange("GET", JOBS_V2, refusal("0167"))] * 2
        script = [lists_jobs(self.OLD), *unreachable]
        given = {"cluster": CLUSTER, "api_retries": 1}
        result = play("mrs_job_execution_info", given, script).result
        assert (result["total"], result["api"]) == (1, "v1.1")
        assert result["warnings"][0].startswith(
            "Only the executions of API v1.1 are listed. Cannot list the job executions of cluster "
        )

    def test_what_else_api_v2_refuses_is_an_error(self) -> None:
        script = [lists_jobs(self.OLD), Exchange("GET", JOBS_V2, refusal("0178"))]
        result = play_failing("mrs_job_execution_info", {"cluster": CLUSTER}, script).result
        assert result["error"]["code"] == "0178"

    def test_of_exactly_one_name(self) -> None:
        other = job(id="other", job_name="wordcount-2")
        query = {
            "page_size": "100",
            "current_page": "1",
            "cluster_id": CLUSTER,
            "job_name": "wordcount",
        }
        assert self.ids(lists_jobs(other, self.NEW, query=query), name="wordcount") == (["new"], 1)

    def test_an_id_that_is_not_found_without_a_cluster_is_told_of(self) -> None:
        script = [reads_job(refusal("0176", status=500), "there")]
        result = play("mrs_job_execution_info", {"id": "there"}, script).result
        assert result["job_executions"] == []
        assert result["warnings"] == [
            "id: there not found. Executions of API v2, as those of MRS 3, are found only with the "
            "option cluster."
        ]

    def test_of_ids_each_once_and_only_on_this_cluster(self) -> None:
        script = (
            lists_jobs(self.NEW, self.OLD, job(id="bare", cluster_id=None, create_at=500)),
            reads_job(refusal("0176", status=500), "gone"),
            reads_job(job(id="else", cluster_id=OTHER), "else"),
        )
        assert self.ids(*script, id=["old", "gone", "old", "else", "bare"]) == (["old", "bare"], 2)

    def test_of_an_id_and_another_name_is_empty(self) -> None:
        assert self.ids(reads_job(job()), id=[JOB], name="other") == ([], 0)

    def test_of_ids_alone_on_any_cluster(self) -> None:
        script = (
            reads_job(self.NEW, "new"),
            reads_job(refusal("0176", status=500), "gone"),
            reads_job(job(id="else", cluster_id=OTHER, create_at=4000), "else"),
        )
        assert self.ids(*script, cluster=None, id=["new", "gone", "else", "new"]) == (
            ["else", "new"],
            2,
        )

    def test_of_no_ids_nothing_is_asked(self) -> None:
        assert self.ids(cluster=None, id=[]) == ([], 0)

    def test_of_ids_alone_the_other_options_count_too(self) -> None:
        script = (
            reads_job(self.NEW, "new"),
            reads_job(self.OLD, "old"),
            reads_job(self.RUNS, "runs"),
        )
        given = {
            "cluster": None,
            "id": ["new", "old", "runs"],
            "job_state": ["completed"],
            "limit": 1,
        }
        assert self.ids(*script, **given) == (["new"], 2)

    def test_a_cluster_without_a_name_is_no_reason_to_list_all(self) -> None:
        with pytest.raises(OptionError, match="cluster: it is empty"):
            options("mrs_job_execution_info", cluster="")

    def test_of_a_terminated_cluster_by_its_name(self) -> None:
        gone = lists(cluster(clusterState="terminated"))
        assert self.ids(gone, lists_jobs(self.NEW), cluster="etl") == (["new"], 1)

    def test_nothing_is_an_empty_list(self) -> None:
        assert self.ids(lists_jobs()) == ([], 0)

    def test_of_no_cluster_is_an_error(self) -> None:
        played = play_failing("mrs_job_execution_info", {"cluster": "etl"}, [lists(), lists()])
        assert "There is no cluster etl" in played.result["msg"]

    @pytest.mark.parametrize("limit", [0, -1])
    def test_a_limit_below_one_is_refused(self, limit: int) -> None:
        played = play_failing("mrs_job_execution_info", {"cluster": CLUSTER, "limit": limit}, [])
        assert played.result["msg"] == f"limit: must be 1 or more, not {limit}"

    def test_q38_marked_arguments_are_never_shown(self) -> None:
        script = [lists_jobs(job(arguments="run @password=canary")), lists_none_by_v2()]
        result = play("mrs_job_execution_info", {"cluster": CLUSTER}, script).result
        assert result["job_executions"][0]["arguments"] == "run @password=*"
