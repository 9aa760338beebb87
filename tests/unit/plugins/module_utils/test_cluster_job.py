# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    CREATION_BODY,
    JOB,
    JOB_BODY,
    JOB_OPTIONS,
    OTHER,
    PROJECT,
    Json,
    cluster,
    failed_cluster,
    failed_job,
    job,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    LOST,
    creates,
    lists,
    lists_jobs,
    reads,
    reads_job,
    submits,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

GIVEN: Json = {**CREATION, "job": JOB_OPTIONS}
TRANSIENT: Json = {**CREATION, "job": {**JOB_OPTIONS, "shutdown_cluster": True}}
FIELDS = {key: value for key, value in JOB_BODY.items() if key != "cluster_id"}
CREATED = {"action": "create", "cluster": "etl"}
SUBMITTED = {"action": "submit_job", "job": "wordcount"}
STARTING = cluster(clusterState="starting")
GOING = cluster(clusterState="terminating")
TERMINATED = cluster(clusterState="terminated")
RUNNING = running_job()
NONE = lists_jobs()


class TestTogether:
    def test_cluster_and_job_are_one_request(self) -> None:
        item = {**FIELDS, "shutdown_cluster": False, "submit_job_once_cluster_run": True}
        script = [
            lists(),
            lists(),
            creates(CLUSTER, {**CREATION_BODY, "add_jobs": [item]}),
            reads(STARTING),
            reads(STARTING),
            reads(cluster()),
            reads(cluster()),
            NONE,
            NONE,
            lists_jobs(RUNNING),
            reads_job(RUNNING),
            reads_job(job()),
        ]
        played = play("mrs_cluster", GIVEN, script)
        assert played.result["actions"] == [CREATED, SUBMITTED]
        assert played.result["job_execution"]["final_status"] == "succeeded"
        assert played.result["cluster"]["state"] == "running"

    def test_a_job_that_ends_badly_fails_the_task_and_keeps_the_cluster(self) -> None:
        bad = failed_job()
        script = [lists(), lists(), creates(), reads(cluster()), *[lists_jobs(bad)] * 2]
        played = play_failing("mrs_cluster", GIVEN, script)
        assert "ended in state completed with final status failed" in played.result["msg"]
        assert (played.result["cluster"]["id"], played.result["job_execution"]["id"]) == (
            CLUSTER,
            JOB,
        )

    def test_a_job_that_never_appears_is_a_time_out_and_is_not_submitted_again(self) -> None:
        script = [lists(), lists(), creates(), reads(cluster()), NONE, *[NONE] * 24]
        played = play_failing("mrs_cluster", GIVEN, script)
        assert played.result["msg"].startswith(
            "Waited 300 s for job wordcount; it is still: waiting for the job that came with the "
            "cluster."
        )

    def test_without_wait_only_the_creation_is_asked_for(self) -> None:
        script = [lists(), lists(), creates(), reads(STARTING)]
        played = play("mrs_cluster", {**GIVEN, "wait": False}, script)
        assert played.result["actions"] == [CREATED, SUBMITTED]
        assert played.result["job_execution"] is None

    def test_a_failed_creation_fails_before_the_job(self) -> None:
        script = [lists(), lists(), creates(), reads(failed_cluster())]
        assert "is failed" in play_failing("mrs_cluster", GIVEN, script).result["msg"]

    def test_an_answer_lost_after_the_service_acted_leads_to_cluster_and_job(self) -> None:
        script = [
            lists(),
            lists(),
            creates(LOST["read timed out"]),
            lists(cluster()),
            reads(cluster()),
        ]
        script += [*[lists_jobs(RUNNING)] * 2, reads_job(job())]
        assert play("mrs_cluster", GIVEN, script).result["actions"] == [CREATED, SUBMITTED]


class TestOnAnOldCluster:
    def test_a_new_job_is_submitted(self) -> None:
        script = [
            lists(cluster()),
            NONE,
            NONE,
            submits(RUNNING, JOB_BODY),
            lists_jobs(RUNNING),
            reads_job(job()),
        ]
        assert play("mrs_cluster", GIVEN, script).result["actions"] == [SUBMITTED]

    def test_a_second_run_submits_nothing(self) -> None:
        script = [lists(cluster()), lists_jobs(job()), lists_jobs(job())]
        played = play("mrs_cluster", GIVEN, script)
        assert (played.result["changed"], played.result["job_execution"]["id"]) == (False, JOB)

    def test_without_wait_a_job_is_only_submitted(self) -> None:
        script = [lists(cluster()), NONE, NONE, submits(RUNNING), lists_jobs(RUNNING)]
        assert play("mrs_cluster", {**GIVEN, "wait": False}, script).result["actions"] == [
            SUBMITTED
        ]

    def test_a_run_that_was_stopped_while_the_cluster_started_goes_on_from_there(self) -> None:
        script = [lists(STARTING), reads(STARTING), reads(cluster()), reads(cluster()), NONE]
        script += [lists_jobs(RUNNING), reads_job(job())]
        played = play("mrs_cluster", GIVEN, script)
        assert (played.result["changed"], played.result["job_execution"]["id"]) == (False, JOB)

    def test_a_cluster_that_was_started_without_the_job_gets_it_after_a_while(self) -> None:
        script = [lists(STARTING), reads(cluster()), reads(cluster()), NONE, *[NONE] * 24, NONE]
        script += [submits(RUNNING), lists_jobs(RUNNING), reads_job(job())]
        assert play("mrs_cluster", GIVEN, script).result["actions"] == [SUBMITTED]


class TestShutdown:
    def test_the_cluster_goes_when_the_job_is_done(self) -> None:
        item = {**FIELDS, "shutdown_cluster": True, "submit_job_once_cluster_run": True}
        script = [
            lists(),
            lists(),
            creates(CLUSTER, {**CREATION_BODY, "add_jobs": [item]}),
            reads(cluster()),
            lists_jobs(RUNNING),
            lists_jobs(RUNNING),
            reads_job(RUNNING),
            reads_job(job()),
            reads(cluster()),
            reads(GOING),
            reads(GOING),
            reads(TERMINATED),
        ]
        played = play("mrs_cluster", TRANSIENT, script)
        assert played.result["actions"] == [CREATED, SUBMITTED]
        assert played.result["cluster"]["state"] == "terminated"
        assert played.result["job_execution"]["final_status"] == "succeeded"

    @pytest.mark.parametrize("state", ["terminating", "terminated"])
    def test_one_that_was_never_seen_running_is_no_error(self, state: str) -> None:
        ended = cluster(clusterState=state)
        script = [lists(), lists(), creates(), reads(STARTING), reads(ended), reads(ended)]
        script += [lists_jobs(job()), reads(ended)]
        played = play("mrs_cluster", TRANSIENT, [*script, reads(TERMINATED)])
        assert played.result["job_execution"]["final_status"] == "succeeded"

    @pytest.mark.parametrize("found", [lists(TERMINATED), lists(GOING)])
    def test_a_second_run_does_nothing(self, found: Exchange) -> None:
        played = play("mrs_cluster", TRANSIENT, [found, lists_jobs(job())])
        assert (played.result["changed"], played.result["actions"]) == (False, [])
        assert (played.result["cluster"]["id"], played.result["job_execution"]["id"]) == (
            CLUSTER,
            JOB,
        )

    @pytest.mark.parametrize(("later", "told"), [(3600, True), (3601, False)])
    @pytest.mark.parametrize("state", ["starting", "terminated"])
    def test_a_second_cluster_of_a_creation_that_came_twice_is_told(
        self, state: str, later: int, told: bool
    ) -> None:
        first = cluster(clusterState="terminated", createAt="1000000000")
        second = cluster(clusterId=OTHER, clusterState=state, createAt=str(1_000_000_000 + later))
        newest = OTHER if state == "terminated" else CLUSTER
        script = [
            lists(first, second),
            lists_jobs(job(cluster_id=newest)),
            *[lists_jobs(job())] * told,
        ]
        played = play("mrs_cluster", TRANSIENT, script, check_mode=True)
        warning = (
            f"Cluster etl ({OTHER}) was created shortly after {CLUSTER}, on which job wordcount "
            f"({JOB}) has succeeded. "
            "A request may have been delivered twice, or somebody created it by hand. Look at the "
            "output of both; "
            "where the cluster does not shut down by itself, delete it: mrs_cluster with state: "
            "absent."
        )
        assert played.result["warnings"] == [warning] * told

    def test_a_second_run_after_a_failed_job_does_everything_again(self) -> None:
        again, new = lists(TERMINATED), cluster(clusterId=OTHER)
        fresh = running_job(cluster_id=OTHER)
        script = [again, lists_jobs(failed_job()), again, creates(OTHER), reads(new)]
        script += [
            *[lists_jobs(fresh)] * 2,
            reads_job(job(cluster_id=OTHER)),
            reads(cluster(clusterId=OTHER, clusterState="terminated")),
        ]
        script += [reads(cluster(clusterId=OTHER, clusterState="terminated"))]
        assert play("mrs_cluster", TRANSIENT, script).result["actions"] == [CREATED, SUBMITTED]

    def test_a_failed_job_that_is_never_run_again_stays_the_result(self) -> None:
        given = {**TRANSIENT, "job": {**TRANSIENT["job"], "rerun": "never"}}
        played = play_failing("mrs_cluster", given, [lists(TERMINATED), lists_jobs(failed_job())])
        assert "final status failed" in played.result["msg"]
        assert played.result["changed"] is False

    def test_a_job_that_was_ended_with_its_cluster_is_run_again_though_its_record_says_running(
        self,
    ) -> None:
        played = play(
            "mrs_cluster", TRANSIENT, [lists(TERMINATED), lists_jobs(RUNNING)], check_mode=True
        )
        assert played.result["actions"] == [CREATED, SUBMITTED]

    def test_a_job_whose_result_was_told_before_its_cluster_went_is_done(self) -> None:
        told = running_job(job_final_status=2)
        played = play("mrs_cluster", TRANSIENT, [lists(TERMINATED), lists_jobs(told)])
        assert (played.result["changed"], played.result["job_execution"]["final_status"]) == (
            False,
            "succeeded",
        )

    def test_only_the_last_cluster_counts_as_the_one_of_the_job(self) -> None:
        older = cluster(clusterId="older", clusterState="terminated", createAt="1000000000")
        script = [lists(older, TERMINATED), NONE]
        played = play("mrs_cluster", TRANSIENT, script, check_mode=True)
        assert played.result["actions"] == [CREATED, SUBMITTED]

    def test_a_cluster_that_was_there_before_is_not_shut_down(self) -> None:
        script = [
            lists(cluster()),
            NONE,
            NONE,
            submits(RUNNING),
            lists_jobs(RUNNING),
            reads_job(job()),
        ]
        played = play("mrs_cluster", TRANSIENT, [*script, *[reads(cluster())] * 6])
        assert played.result["warnings"] == [
            "shutdown_cluster only works for a cluster that is created with its job; etl "
            f"({CLUSTER}) stays."
        ]

    def test_a_cluster_that_the_service_forgets_is_shut_down(self) -> None:
        script = [
            lists(),
            lists(),
            creates(),
            reads(cluster()),
            *[lists_jobs(RUNNING)] * 2,
            reads_job(job()),
        ]
        played = play("mrs_cluster", TRANSIENT, [*script, reads(GONE), reads(GONE)])
        assert played.result["cluster"]["state"] == "terminated"


def test_q37_a_security_cluster_takes_its_job_by_api_v2() -> None:
    jobs = f"/v2/{PROJECT}/clusters/{CLUSTER}/job-executions"
    done = {
        "job_id": JOB,
        "job_name": "wordcount",
        "job_type": "MapReduce",
        "job_state": "FINISHED",
        "job_result": "SUCCEEDED",
        "arguments": "[s3a://etl/wc.jar, wordcount, s3a://etl/in/, s3a://etl/out/]",
    }
    listed = Exchange("GET", jobs, Answer(202, {"total_record": 1, "job_list": [done]}))
    played = play("mrs_cluster", GIVEN, [lists(cluster(safeMode=1)), listed, listed])
    assert (played.result["changed"], played.result["job_execution"]["id"]) == (False, JOB)
