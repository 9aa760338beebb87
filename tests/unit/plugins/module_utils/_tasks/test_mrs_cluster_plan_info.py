# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    CUSTOM,
    JOB_OPTIONS,
    OTHER,
    Json,
    cluster,
    failed_cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    lists,
    lists_jobs,
    reads,
    refusal,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Exchange,
    play,
    play_failing,
)

MODULE = "mrs_cluster_plan_info"
MORE_NODES = {"name": "etl", "node_groups": [{"name": "core", "count": 5}]}
KEYS = [
    "actions",
    "changed",
    "cluster",
    "diff",
    "differences",
    "error",
    "failed",
    "id",
    "msg",
    "name",
    "validated",
]


def plans(*clusters: Json, script: t.Sequence[Exchange], **given: t.Any) -> list[Json]:
    """What is told of each cluster; the task succeeds."""
    result = play(MODULE, {"clusters": list(clusters), **given}, script).result
    assert result["changed"] is False
    return t.cast("list[Json]", result["clusters"])


@pytest.mark.parametrize(
    ("given", "script"),
    [
        ({"name": "etl"}, [lists(cluster())]),
        (CREATION, [lists()]),
        ({**CREATION, "recreate": "on_failure"}, [lists(failed_cluster())]),
        (MORE_NODES, [lists(cluster())]),
        ({"name": "etl", "tags": {"env": "prod"}}, [lists(cluster()), tags()]),
        ({"name": "etl", "job": JOB_OPTIONS}, [lists(cluster()), lists_jobs()]),
        ({"id": CLUSTER, "version": "MRS 2.1.0"}, [reads(cluster())]),
        ({"name": "etl", "state": "absent"}, [lists(cluster())]),
        ({"id": CLUSTER, "state": "absent"}, [reads(GONE)]),
    ],
)
def test_the_plan_is_that_of_the_module_in_check_mode(given: Json, script: list[Exchange]) -> None:
    alone = play("mrs_cluster", given, script, check_mode=True).result
    (plan,) = plans(given, script=script)
    assert sorted(plan) == KEYS
    for key in ("changed", "cluster", "actions", "diff"):
        assert plan[key] == alone[key]
    assert (plan["failed"], plan["msg"], plan["error"], plan["differences"]) == (
        False,
        None,
        None,
        [],
    )


def test_a_difference_is_told_as_the_module_tells_it() -> None:
    given = {"name": "etl", "version": "MRS 3.3.0-LTS.1"}
    alone = play_failing("mrs_cluster", given, [lists(cluster())], check_mode=True).result
    result = play_failing(MODULE, {"clusters": [given]}, [lists(cluster())]).result
    (plan,) = result["clusters"]
    assert sorted(plan) == KEYS
    for key in ("msg", "error", "differences", "cluster", "changed"):
        assert plan[key] == alone[key]
    assert (plan["failed"], plan["name"], plan["id"], plan["actions"], plan["diff"]) == (
        True,
        "etl",
        CLUSTER,
        [],
        {},
    )


def test_the_list_of_clusters_is_read_once_for_all() -> None:
    there = lists(cluster(), cluster(clusterId=OTHER, clusterName="other"))
    first, second, third = plans(
        {"name": "etl"}, {"name": "other"}, {"name": "third", "state": "absent"}, script=[there]
    )
    assert [each["id"] for each in (first, second, third)] == [CLUSTER, OTHER, None]
    assert [each["changed"] for each in (first, second, third)] == [False, False, False]


def test_what_is_offered_is_asked_for_once_for_all() -> None:
    cloud = Cloud(speed=0.0)
    custom = [{**CUSTOM, "name": f"lake-{number}"} for number in range(3)]
    wrong = {**CUSTOM, "name": "wrong", "components": ["Hadop"]}
    result = cloud.run(MODULE, clusters=[*custom, wrong])
    asked = [each["path"] for each in cloud.simulator.log.entries if "metadata" in each["path"]] + [
        "available-zones"
    ] * cloud.asked("GET", "available-zones")
    assert len(asked) == len(set(asked)) == 4
    assert [plan["validated"] for plan in result["clusters"]] == [True, True, True, None]
    assert "Hadop is not a component of MRS 3.5.0-LTS; did you mean Hadoop?" in result["msg"]


def test_the_diff_has_those_that_would_change() -> None:
    there = lists(cluster(), cluster(clusterId=OTHER, clusterName="other"))
    result = play(MODULE, {"clusters": [MORE_NODES, {"name": "other"}]}, [there]).result
    (diff,) = result["diff"]
    assert diff["before"]["node_counts"] == {"master": 2, "core": 3, "task": 0}
    assert diff["after"]["node_counts"] == {"master": 2, "core": 5, "task": 0}


def test_no_clusters_have_no_plans() -> None:
    assert plans(script=[]) == []


class TestFailures:
    def test_one_without_a_plan_fails_the_task_and_the_others_are_told(self) -> None:
        given = [{"name": "etl", "safe_mode": True}, {"name": "new"}, {**CREATION, "name": "third"}]
        result = play_failing(MODULE, {"clusters": given}, [lists(cluster())]).result
        assert [plan["failed"] for plan in result["clusters"]] == [True, True, False]
        assert result["clusters"][2]["actions"] == [{"action": "create", "cluster": "third"}]
        assert result["msg"].startswith("2 of 3 clusters have no plan. etl: Cluster etl (")
        assert "safe_mode: wanted true, found false" in result["msg"]
        assert " new: " in result["msg"]
        assert result["changed"] is False

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"name": "etl", "nmae": 1}, "nmae: no such option; did you mean name?"),
            ({"name": "etl", "x": 1}, "Unsupported parameters: x. Supported parameters include: "),
            (
                {"name": "etl", "core_node_num": 3},
                "core_node_num: the flat form of API v1.1 is not accepted.",
            ),
            ({"state": "absent"}, "one of the following is required: name, id"),
            (
                {"name": "etl", "node_groups": [{"count": 1}]},
                "missing required arguments: name found in node_groups",
            ),
            (
                {"name": "e t l"},
                "name: a cluster's name has 1 to 64 letters, digits, hyphens and underscores",
            ),
            ({"name": "etl", "poll_interval": 0}, "poll_interval: must be greater than 0, not 0"),
        ],
    )
    def test_wrong_options_of_one_say_nothing_of_the_others(
        self, wrong: Json, message: str
    ) -> None:
        result = play_failing(
            MODULE, {"clusters": [wrong, {"name": "etl"}]}, [lists(cluster())]
        ).result
        bad, good = result["clusters"]
        assert bad["msg"].startswith(message)
        assert bad["error"] == {
            "status": None,
            "code": None,
            "request_id": None,
            "reason": bad["msg"],
        }
        assert (bad["failed"], good["failed"], good["id"]) == (True, False, CLUSTER)

    def test_one_without_a_name_is_told_by_its_place(self) -> None:
        given = [{"name": "etl"}, {"nmae": "etl"}]
        result = play_failing(MODULE, {"clusters": given}, [lists(cluster())]).result
        assert result["msg"] == (
            "1 of 2 clusters have no plan. clusters[1]: nmae: no such option; did you mean name?"
        )

    def test_a_list_that_is_refused_is_asked_for_once(self) -> None:
        no = Exchange("GET", "/cluster_infos", refusal("12000052", status=403))
        result = play_failing(
            MODULE, {"clusters": [{"name": "etl"}, {"name": "other"}]}, [no]
        ).result
        assert [plan["error"]["status"] for plan in result["clusters"]] == [403, 403]
        assert (result["error"]["status"], result["error"]["code"]) == (403, "12000052")

    def test_no_credentials_fail_only_the_clusters_that_have_none(self) -> None:
        own = {
            "auth": {"token": "canary"},
            "auth_type": "token",
            "project_id": "0123456789abcdef0123456789abcdef",
        }
        own |= {"endpoint": "https://mrs.example.com"}
        none = {
            "auth": None,
            "auth_type": None,
            "project_id": None,
            "endpoint": None,
            "region_name": None,
        }
        given = {"clusters": [{"name": "etl"}, {"name": "etl", **own}], **none}
        result = play_failing(MODULE, given, [lists(cluster())]).result
        assert [plan["failed"] for plan in result["clusters"]] == [True, False]
        assert result["clusters"][0]["msg"].startswith("No credentials: ")


class TestLogins:
    def tokens(self, *clusters: Json, script: list[Exchange]) -> list[str]:
        """The token of each request."""
        played = play(MODULE, {"clusters": list(clusters)}, script)
        return [sent.headers["X-Auth-Token"] for sent in played.http.sent]

    def test_a_cluster_without_a_login_has_that_of_the_task(self) -> None:
        assert self.tokens({"name": "etl"}, script=[lists(cluster())]) == ["CANARY-token"]

    def test_a_login_of_a_cluster_is_its_own(self) -> None:
        given = [
            {"name": "etl"},
            {"name": "etl", "auth": {"token": "own"}},
            {"name": "etl", "auth": {"token": "own"}},
        ]
        assert self.tokens(*given, script=[lists(cluster()), lists(cluster())]) == [
            "CANARY-token",
            "own",
        ]

    def test_an_alias_of_an_option_is_the_option(self) -> None:
        given = {"name": "etl", "data_center": "eu-nl"}
        result = play_failing(MODULE, {"clusters": [given]}, [lists(cluster())]).result
        assert "region: wanted eu-nl, found eu-de" in result["msg"]
        assert result["warnings"] == []

    def test_an_option_and_its_alias_are_warned_of(self) -> None:
        given = {"clusters": [{"name": "etl", "cluster_name": "etl"}]}
        (warning,) = play(MODULE, given, [lists(cluster())]).result["warnings"]
        assert warning == "Both option name and its alias cluster_name are set."

    def test_unverified_certificates_are_warned_of_once(self) -> None:
        given = {
            "clusters": [{"name": "etl"}, {"name": "other", "state": "absent"}],
            "validate_certs": False,
        }
        (warning,) = play(MODULE, given, [lists(cluster())]).result["warnings"]
        assert warning.startswith("validate_certs is false")


def test_secrets_are_shown_in_no_result() -> None:
    given = {
        **CREATION,
        "admin_password": "Canary-Admin-1",
        "job": {**JOB_OPTIONS, "arguments": "a @key=Canary-job"},
    }
    wrong = {"name": "other", "safe_mode": "Canary-Admin-1", "admin_password": "Canary-Admin-1"}
    result = play_failing(MODULE, {"clusters": [given, wrong]}, [lists()]).result
    assert "********" in result["clusters"][1]["msg"]
    assert "canary" not in repr(result).lower()
