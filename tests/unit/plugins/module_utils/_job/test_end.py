# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    OTHER,
    RIVAL,
    Json,
    cluster,
    failed_job,
    job,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    Reply,
    cancels,
    deletes_job,
    lists,
    lists_jobs,
    lists_none_by_v2,
    reads,
    reads_job,
    reads_none_by_v2,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    play,
    play_failing,
)

BY_NAME = {"cluster": CLUSTER, "name": "wordcount"}
BY_ID = {"cluster": CLUSTER, "id": JOB}
RUNNING = running_job()
CANCELLED = job(job_state=-1, job_final_status=3)
CANCEL = {"action": "cancel_job", "job": "wordcount", "id": JOB}
DELETE = {"action": "delete_job_execution", "job": "wordcount", "id": JOB}
UNKNOWN = refusal("0176", status=500)


class TestCancelled:
    GIVEN: t.ClassVar[Json] = {**BY_NAME, "state": "cancelled"}

    def test_q23_what_runs_is_asked_to_end_and_waited_for(self) -> None:
        script = [
            lists_jobs(job(id=OTHER), RUNNING),
            cancels(),
            reads_job(RUNNING),
            reads_job(CANCELLED),
        ]
        played = play("mrs_job", self.GIVEN, script)
        assert played.result["actions"] == [CANCEL]
        assert played.result["job_execution"]["state"] == "terminated"

    def test_without_wait_it_is_only_asked(self) -> None:
        played = play("mrs_job", {**self.GIVEN, "wait": False}, [lists_jobs(RUNNING), cancels()])
        assert played.result["actions"] == [CANCEL]

    @pytest.mark.parametrize("found", [[job()], [failed_job()], [CANCELLED]])
    def test_what_does_not_run_needs_nothing(self, found: list[dict[str, object]]) -> None:
        assert play("mrs_job", self.GIVEN, [lists_jobs(*found)]).result["changed"] is False

    def test_what_is_not_there_needs_nothing(self) -> None:
        result = play(
            "mrs_job", self.GIVEN, [lists_jobs(), lists_none_by_v2(), reads(cluster())]
        ).result
        assert (result["changed"], result["warnings"]) == (False, [])

    def test_a_job_that_a_starting_cluster_may_have_been_created_with_is_warned_of(self) -> None:
        script = [lists_jobs(), lists_none_by_v2(), reads(cluster(clusterState="starting"))]
        assert play("mrs_job", self.GIVEN, script).result["warnings"] == [
            f"Cluster etl ({CLUSTER}) is starting: if it was created with a job wordcount, the "
            "service does not list that job yet, and it will still run."
        ]

    def test_one_is_meant_by_its_id(self) -> None:
        script = [reads_job(RUNNING), cancels(), reads_job(CANCELLED)]
        assert play("mrs_job", {**BY_ID, "state": "cancelled"}, script).result["actions"] == [
            CANCEL
        ]

    @pytest.mark.parametrize(
        "reply", [LOST["connection lost"], LOST["504 with nothing"], LOST["read timed out"]]
    )
    def test_an_answer_lost_after_the_service_acted_is_no_error(self, reply: Reply) -> None:
        script = [lists_jobs(RUNNING), cancels(reply), reads_job(CANCELLED), reads_job(CANCELLED)]
        played = play("mrs_job", self.GIVEN, script)
        assert played.result["actions"] == [CANCEL]
        assert played.result["job_execution"]["state"] == "terminated"

    @pytest.mark.parametrize("code", ["0160", "0175"])
    def test_one_that_is_over_while_answers_are_behind_was_not_cancelled(self, code: str) -> None:
        refused, behind = cancels(refusal(code, status=500)), reads_job(RUNNING)
        script = [lists_jobs(RUNNING), refused, behind, refused, behind, behind, reads_job(job())]
        played = play("mrs_job", self.GIVEN, [*script, reads_job(job())])
        assert played.result["actions"] == []

    def test_one_that_ended_by_itself_meanwhile_was_not_cancelled(self) -> None:
        script = [
            lists_jobs(RUNNING),
            cancels(LOST["connection lost"]),
            reads_job(job()),
            reads_job(job()),
        ]
        assert play("mrs_job", self.GIVEN, script).result["actions"] == []

    def test_a_look_that_fails_leaves_it_unknown(self) -> None:
        script = [
            lists_jobs(RUNNING),
            cancels(LOST["connection lost"]),
            reads_job(refusal("12000052", status=403)),
        ]
        played = play_failing("mrs_job", self.GIVEN, script)
        assert played.result["msg"].startswith(
            "It is not known whether the service did cancel job wordcount"
        )

    @pytest.mark.parametrize(
        "reply", [LOST["connection lost"], LOST["504 with nothing"], refusal("0160", status=500)]
    )
    def test_an_answer_lost_before_the_service_acted_is_asked_again(self, reply: Reply) -> None:
        script = [
            lists_jobs(RUNNING),
            cancels(reply),
            reads_job(RUNNING),
            cancels(),
            reads_job(CANCELLED),
        ]
        assert play("mrs_job", self.GIVEN, script).result["actions"] == [CANCEL]

    def test_one_that_cannot_be_stopped_is_an_error(self) -> None:
        no = cancels(refusal("0160", "It cannot be stopped."))
        script = [lists_jobs(RUNNING), no, reads_job(RUNNING), no, *[reads_job(RUNNING)] * 3]
        played = play_failing("mrs_job", {**self.GIVEN, "outcome_timeout": 1}, script)
        assert (played.result["error"]["code"], played.result["changed"]) == ("0160", False)

    def test_one_that_vanishes_meanwhile_is_no_error(self) -> None:
        script = [lists_jobs(RUNNING), cancels(UNKNOWN), reads_job(UNKNOWN)]
        played = play("mrs_job", {**self.GIVEN, "wait": False}, script)
        assert played.result["changed"] is False

    def test_a_time_out_names_the_state(self) -> None:
        script = [
            lists_jobs(RUNNING),
            cancels(),
            reads_job(RUNNING),
            reads_job(RUNNING),
            reads_job(RUNNING),
        ]
        played = play_failing("mrs_job", {**self.GIVEN, "wait_timeout": 3}, script)
        assert (
            f"Waited 3 s for job wordcount ({JOB}); it is still: running." in played.result["msg"]
        )


class TestAbsent:
    GIVEN: t.ClassVar[Json] = {**BY_NAME, "state": "absent"}

    def test_what_runs_is_cancelled_and_every_record_deleted(self) -> None:
        done = job(id=OTHER, create_at=1000)
        script = [lists_jobs(done, RUNNING), cancels(), reads_job(CANCELLED)]
        script += [deletes_job(identity=OTHER), deletes_job()]
        played = play("mrs_job", self.GIVEN, script)
        assert played.result["actions"] == [CANCEL, {**DELETE, "id": OTHER}, DELETE]
        assert played.result["job_execution"] is None

    @pytest.mark.parametrize("answer", [UNKNOWN, refusal("NotFound", status=404)])
    def test_a_record_that_somebody_else_deleted_is_no_change(self, answer: Answer) -> None:
        assert (
            play("mrs_job", self.GIVEN, [lists_jobs(job()), deletes_job(answer)]).result["changed"]
            is False
        )

    @pytest.mark.parametrize(
        "reply", [LOST["connection lost"], LOST["502 with a page"], LOST["read timed out"]]
    )
    def test_a_lost_answer_is_asked_again_since_that_does_no_harm(self, reply: Reply) -> None:
        script = [lists_jobs(job()), deletes_job(reply), deletes_job(UNKNOWN), reads_job(UNKNOWN)]
        assert play("mrs_job", self.GIVEN, script).result["actions"] == [DELETE]

    def test_nothing_there_needs_nothing(self) -> None:
        script = [lists_jobs(), lists_none_by_v2(), reads(cluster())]
        assert play("mrs_job", self.GIVEN, script).result["changed"] is False

    def test_records_of_a_terminated_cluster_are_found_by_its_name(self) -> None:
        gone = cluster(clusterState="terminated")
        script = [lists(gone), lists_jobs(job()), deletes_job()]
        assert play("mrs_job", {**self.GIVEN, "cluster": "etl"}, script).result["actions"] == [
            DELETE
        ]

    def test_without_a_cluster_there_are_no_records(self) -> None:
        played = play("mrs_job", {**self.GIVEN, "cluster": "etl"}, [lists()])
        assert (played.result["changed"], played.result["job_execution"]) == (False, None)

    def test_an_unknown_id_needs_nothing(self) -> None:
        script = [reads_job(UNKNOWN), reads_none_by_v2()]
        assert play("mrs_job", {**BY_ID, "state": "absent"}, script).result["changed"] is False

    def test_an_execution_of_another_cluster_is_not_touched(self) -> None:
        script = [reads_job(job(cluster_id=OTHER)), reads_none_by_v2()]
        assert play("mrs_job", {**BY_ID, "state": "absent"}, script).result["changed"] is False


class TestPresentById:
    def test_one_that_runs_is_waited_for(self) -> None:
        played = play("mrs_job", BY_ID, [reads_job(RUNNING), reads_job(RUNNING), reads_job(job())])
        assert (played.result["changed"], played.result["job_execution"]["state"]) == (
            False,
            "completed",
        )

    def test_without_wait_it_is_only_looked_at(self) -> None:
        played = play("mrs_job", {**BY_ID, "wait": False}, [reads_job(RUNNING)])
        assert played.result["job_execution"]["state"] == "running"

    def test_one_that_failed_fails_the_task(self) -> None:
        played = play_failing("mrs_job", {**BY_ID, "wait": False}, [reads_job(failed_job())])
        assert "final status failed" in played.result["msg"]

    def test_an_unknown_one_is_an_error(self) -> None:
        script = [reads_job(UNKNOWN, RIVAL), reads_none_by_v2(RIVAL)]
        played = play_failing("mrs_job", {**BY_ID, "id": RIVAL}, script)
        assert played.result["msg"] == f"id: there is no job execution {RIVAL} on cluster {CLUSTER}"
