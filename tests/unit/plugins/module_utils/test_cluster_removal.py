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
    JOB,
    OTHER,
    Json,
    cluster,
    failed_cluster,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    LOST,
    creates,
    deletes,
    lists,
    lists_jobs,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

ABSENT = {"name": "etl", "state": "absent"}
DELETED = {"action": "delete", "cluster": "etl", "id": CLUSTER}
CREATED = {"action": "create", "cluster": "etl"}
GOING = cluster(clusterState="terminating")
TERMINATED = cluster(clusterState="terminated")
SCALING = cluster(clusterState="scaling-in")
STARTING = cluster(clusterState="starting")
TITLE = f"etl ({CLUSTER})"


class TestAbsent:
    def test_it_asks_once_and_waits_for_the_end(self) -> None:
        script = [lists(cluster()), deletes(), reads(cluster()), reads(GOING), reads(TERMINATED)]
        played = play("mrs_cluster", ABSENT, script)
        assert played.result["actions"] == [DELETED]
        assert played.result["cluster"] is None
        assert played.result["diff"]["after"] == {}

    def test_q3_a_cluster_that_the_service_forgets_is_gone(self) -> None:
        script = [lists(cluster()), deletes(), reads(GOING), reads(GONE)]
        assert play("mrs_cluster", ABSENT, script).result["cluster"] is None

    def test_without_wait_it_only_asks(self) -> None:
        assert (
            play("mrs_cluster", {**ABSENT, "wait": False}, [lists(cluster()), deletes()]).result[
                "changed"
            ]
            is True
        )

    @pytest.mark.parametrize(
        ("given", "found"),
        [
            (ABSENT, lists()),
            (ABSENT, lists(TERMINATED)),
            ({"id": CLUSTER, "state": "absent"}, reads(TERMINATED)),
            ({"id": CLUSTER, "state": "absent"}, reads(GONE)),
            ({"id": CLUSTER, "state": "absent"}, reads(refusal("NotFound", status=404))),
        ],
    )
    def test_what_is_not_there_needs_nothing(self, given: Json, found: Exchange) -> None:
        played = play("mrs_cluster", given, [found])
        assert (played.result["changed"], played.result["cluster"]) == (False, None)

    @pytest.mark.parametrize(
        ("there", "told"),
        [
            ((), []),
            ((TERMINATED, cluster(clusterName="other", clusterId=OTHER)), []),
            (
                (cluster(),),
                [
                    f"Cluster {TITLE} is running, but it is not in enterprise project ep-1, so it "
                    "was left "
                    "alone. Leave out enterprise_project_id, or give the right one."
                ],
            ),
        ],
    )
    def test_a_namesake_in_another_enterprise_project_is_told(
        self, there: tuple[Json, ...], told: list[str]
    ) -> None:
        page = {"pageSize": "100", "currentPage": "1"}
        script = [lists(query={**page, "enterpriseProjectId": "ep-1"}), lists(*there, query=page)]
        played = play("mrs_cluster", {**ABSENT, "enterprise_project_id": "ep-1"}, script)
        assert (played.result["changed"], played.result["warnings"]) == (False, told)

    def test_a_wrong_route_is_not_absence(self) -> None:
        given = {"id": CLUSTER, "state": "absent"}
        played = play_failing(
            "mrs_cluster", given, [reads(refusal("APIGW.0101", "No such API.", 404))]
        )
        assert (played.result["error"]["status"], played.result["error"]["code"]) == (
            404,
            "APIGW.0101",
        )

    def test_what_is_going_is_waited_for_without_asking(self) -> None:
        played = play("mrs_cluster", ABSENT, [lists(GOING), reads(GOING), reads(TERMINATED)])
        assert played.result["changed"] is False

    def test_q4_a_failed_cluster_is_left_to_the_service(self) -> None:
        played = play("mrs_cluster", ABSENT, [lists(failed_cluster()), reads(failed_cluster())])
        assert (played.result["changed"], played.result["cluster"]) == (False, None)

    @pytest.mark.parametrize("busy", [STARTING, SCALING, cluster(scale="scaling-up")])
    def test_q4_a_busy_cluster_is_deleted_as_soon_as_the_service_allows_it(
        self, busy: Json
    ) -> None:
        script = [lists(busy), reads(busy), reads(cluster()), deletes(), reads(TERMINATED)]
        assert play("mrs_cluster", ABSENT, script).result["actions"] == [DELETED]

    @pytest.mark.parametrize("end", [failed_cluster(), TERMINATED, GONE])
    def test_a_starting_cluster_that_ends_by_itself_is_not_deleted(
        self, end: Json | Answer
    ) -> None:
        script = [lists(STARTING), reads(STARTING), reads(end), reads(end)]
        assert play("mrs_cluster", ABSENT, script).result["changed"] is False

    @pytest.mark.parametrize("state", ["frozen", "abnormal", "rebooting"])
    def test_other_states_are_left_to_the_service_to_judge(self, state: str) -> None:
        script = [lists(cluster(clusterState=state)), deletes(), reads(TERMINATED)]
        assert play("mrs_cluster", ABSENT, script).result["changed"] is True

    def test_12000021_means_wait_for_another_state_and_ask_again(self) -> None:
        script = [
            lists(cluster()),
            deletes(refusal("12000021")),
            reads(SCALING),
            reads(SCALING),
            reads(cluster()),
            deletes(),
            reads(TERMINATED),
        ]
        assert play("mrs_cluster", ABSENT, script).result["actions"] == [DELETED]

    def test_a_busy_cluster_is_asked_about_again_and_a_time_out_tells_why(self) -> None:
        busy = deletes(refusal("12000012", "The cluster is busy."))
        looking: list[Exchange] = [reads(cluster())] * 7
        script = [lists(cluster()), busy, *looking, busy, *[reads(cluster())] * 6]
        played = play_failing("mrs_cluster", {**ABSENT, "wait_timeout": 45}, script)
        assert (
            f"Waited 15 s for cluster {TITLE}; it is still: running. The service refuses: "
            f"Cannot delete cluster {TITLE}: The cluster is busy (HTTP 400, code 12000012, "
            "request req-7)."
        ) in played.result["msg"]

    def test_12000021_because_somebody_else_deletes_it_is_the_same_end(self) -> None:
        script = [lists(cluster()), deletes(refusal("12000021")), reads(GOING), reads(TERMINATED)]
        assert play("mrs_cluster", ABSENT, script).result["cluster"] is None

    def test_12000021_without_wait_is_an_error(self) -> None:
        script = [lists(cluster()), deletes(refusal("12000021")), reads(SCALING)]
        played = play_failing("mrs_cluster", {**ABSENT, "wait": False}, script)
        assert (played.result["error"]["code"], played.result["changed"]) == ("12000021", False)

    def test_a_refusal_for_good_is_an_error(self) -> None:
        script = [lists(cluster()), deletes(refusal("12000052", "No rights.")), reads(cluster())]
        assert play_failing("mrs_cluster", ABSENT, script).result["error"]["reason"] == "No rights."

    @pytest.mark.parametrize(
        "name", ["connection lost", "read timed out", "torn answer", "502 with a page"]
    )
    def test_an_answer_lost_after_the_service_acted_is_no_error(self, name: str) -> None:
        script = [
            lists(cluster()),
            deletes(LOST[name]),
            deletes(refusal("12000021")),
            reads(GOING),
            reads(TERMINATED),
        ]
        assert play("mrs_cluster", ABSENT, script).result["actions"] == [DELETED]

    @pytest.mark.parametrize(
        "name", ["connection lost", "read timed out", "torn answer", "504 with nothing"]
    )
    def test_an_answer_lost_before_the_service_acted_is_asked_again(self, name: str) -> None:
        script = [lists(cluster()), deletes(LOST[name]), deletes(), reads(TERMINATED)]
        assert play("mrs_cluster", ABSENT, script).result["actions"] == [DELETED]

    def test_what_is_gone_when_the_answer_is_lost_for_good_was_deleted(self) -> None:
        lost = deletes(LOST["connection lost"])
        script = [lists(cluster()), lost, lost, reads(GONE), reads(GONE)]
        assert play("mrs_cluster", {**ABSENT, "api_retries": 1}, script).result["cluster"] is None

    def test_what_still_runs_when_the_answer_is_lost_for_good_is_an_error(self) -> None:
        lost = deletes(LOST["connection lost"])
        script = [lists(cluster()), lost, lost, *[reads(cluster())] * 3]
        played = play_failing(
            "mrs_cluster",
            {**ABSENT, "api_retries": 1, "poll_interval": 1, "outcome_timeout": 2},
            script,
        )
        assert (
            f"It is not known whether the service did delete cluster {TITLE}"
            in played.result["msg"]
        )

    def test_two_living_namesakes_are_not_chosen_from(self) -> None:
        played = play_failing("mrs_cluster", ABSENT, [lists(cluster(), cluster(clusterId=OTHER))])
        assert f"{CLUSTER}, {OTHER}" in played.result["msg"]

    def test_a_time_out_names_the_last_state(self) -> None:
        script = [lists(cluster()), deletes(), *[reads(GOING)] * 3]
        played = play_failing("mrs_cluster", {**ABSENT, "wait_timeout": 3}, script)
        assert f"Waited 3 s for cluster {TITLE}; it is still: terminating." in played.result["msg"]
        assert (played.result["changed"], played.result["cluster"]["id"]) == (True, CLUSTER)


class TestRecreate:
    NEWER: t.ClassVar[Json] = {**CREATION, "version": "MRS 3.3.0-LTS.1", "recreate": "on_change"}
    NEW = cluster(clusterId=OTHER, clusterVersion="MRS 3.3.0-LTS.1")

    def test_never_is_an_error_that_tells_the_difference(self) -> None:
        played = play_failing(
            "mrs_cluster", {**self.NEWER, "recreate": "never"}, [lists(cluster())]
        )
        assert "version: wanted MRS 3.3.0-LTS.1, found MRS 2.1.0" in played.result["msg"]
        assert played.result["differences"] == [
            {"field": "version", "wanted": "MRS 3.3.0-LTS.1", "found": "MRS 2.1.0"}
        ]

    def test_on_change_deletes_and_creates(self) -> None:
        script = [
            lists(cluster()),
            lists_jobs(),
            deletes(),
            reads(TERMINATED),
            lists(TERMINATED),
            lists(TERMINATED),
            creates(OTHER),
            reads(self.NEW),
        ]
        played = play("mrs_cluster", self.NEWER, script)
        assert played.result["actions"] == [DELETED, CREATED]
        assert played.result["cluster"]["id"] == OTHER

    def test_on_change_by_id_keeps_the_name(self) -> None:
        given = {**self.NEWER, "name": None, "id": CLUSTER}
        script = [
            reads(cluster()),
            lists_jobs(),
            deletes(),
            reads(TERMINATED),
            lists(TERMINATED),
            lists(TERMINATED),
            creates(OTHER),
            reads(self.NEW),
        ]
        assert play("mrs_cluster", given, script).result["actions"] == [DELETED, CREATED]

    def test_on_change_by_id_may_change_the_name(self) -> None:
        wanted = {**CREATION, "version": "MRS 2.0.1"}
        given = {**wanted, "name": "etl2", "id": CLUSTER, "recreate": "on_change"}
        script = [
            reads(cluster()),
            lists_jobs(),
            deletes(),
            reads(TERMINATED),
            lists(TERMINATED),
            lists(TERMINATED),
            creates(OTHER),
            reads(cluster(clusterId=OTHER, clusterName="etl2", clusterVersion="MRS 2.0.1")),
        ]
        played = play("mrs_cluster", given, script)
        assert played.result["actions"] == [DELETED, {"action": "create", "cluster": "etl2"}]

    def test_the_successor_is_known_to_be_complete_before_anything_is_deleted(self) -> None:
        given = {**self.NEWER, "subnet_name": None}
        played = play_failing("mrs_cluster", given, [lists(cluster()), lists_jobs()])
        assert played.result["msg"].startswith("subnet_name: needed")
        assert played.result["changed"] is False

    def test_a_running_job_keeps_its_cluster(self) -> None:
        played = play_failing(
            "mrs_cluster", self.NEWER, [lists(cluster()), lists_jobs(running_job())]
        )
        assert played.result["msg"].endswith(
            f"It is not recreated while jobs run on it: wordcount ({JOB})."
        )

    def test_a_successor_that_still_differs_is_not_deleted_in_its_turn(self) -> None:
        same = cluster(clusterId=OTHER)
        script = [
            lists(cluster()),
            lists_jobs(),
            deletes(),
            reads(TERMINATED),
            lists(TERMINATED),
            lists(TERMINATED),
            creates(OTHER),
            reads(same),
        ]
        played = play_failing("mrs_cluster", self.NEWER, script)
        assert "differs in what the service cannot change in place" in played.result["msg"]
        assert played.result["actions"] == [DELETED, CREATED]

    def test_a_failed_cluster_is_an_error_without_recreate(self) -> None:
        played = play_failing("mrs_cluster", CREATION, [lists(failed_cluster())])
        assert (
            f"Cluster {TITLE} is failed (Cluster installation failed; (MRS.104) no"
            in played.result["msg"]
        )

    def test_on_failure_makes_a_new_one(self) -> None:
        failed = lists(failed_cluster())
        script = [failed, failed, creates(OTHER), reads(cluster(clusterId=OTHER))]
        played = play("mrs_cluster", {**CREATION, "recreate": "on_failure"}, script)
        assert played.result["actions"] == [CREATED]

    def test_on_failure_waits_until_the_failed_one_gives_its_name_back(self) -> None:
        failed, gone = failed_cluster(), cluster(clusterState="terminated")
        script = [
            lists(failed),
            lists(failed),
            creates(refusal("12000043")),
            lists(failed),
            reads(failed),
            reads(gone),
            lists(gone),
            lists(gone),
            creates(OTHER),
            reads(cluster(clusterId=OTHER)),
        ]
        played = play("mrs_cluster", {**CREATION, "recreate": "on_failure"}, script)
        assert played.result["actions"] == [CREATED]

    def test_on_failure_without_wait_says_that_the_name_is_taken(self) -> None:
        failed = lists(failed_cluster())
        script = [failed, failed, creates(refusal("12000043")), failed]
        played = play_failing(
            "mrs_cluster", {**CREATION, "recreate": "on_failure", "wait": False}, script
        )
        assert played.result["error"]["code"] == "12000043"

    @pytest.mark.parametrize("recreate", ["on_failure", "on_change"])
    def test_nothing_is_recreated_without_a_reason(self, recreate: str) -> None:
        played = play("mrs_cluster", {**CREATION, "recreate": recreate}, [lists(cluster())])
        assert played.result["changed"] is False
