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
    JOB_BODY,
    JOB_OPTIONS,
    OTHER,
    PROJECT,
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
    reads,
    reads_job,
    refusal,
    submits,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

GIVEN = {"cluster": CLUSTER, **JOB_OPTIONS}
SUBMITTED = {"action": "submit_job", "job": "wordcount"}
RUNNING = running_job()
NONE = lists_jobs()
TITLE = f"wordcount ({JOB})"


class TestSubmit:
    def test_looked_for_submitted_once_and_waited_for(self) -> None:
        query = {
            "page_size": "100",
            "current_page": "1",
            "cluster_id": CLUSTER,
            "job_name": "wordcount",
        }
        nothing = lists_jobs(query=query)
        script = [nothing, nothing, submits(RUNNING, JOB_BODY), lists_jobs(RUNNING, query=query)]
        played = play(
            "mrs_job", GIVEN, [*script, reads_job(RUNNING), lists_jobs(RUNNING), reads_job(job())]
        )
        assert played.result["actions"] == [SUBMITTED]
        assert played.result["job_execution"]["id"] == JOB
        assert (
            played.result["job_execution"]["state"],
            played.result["job_execution"]["final_status"],
        ) == (
            "completed",
            "succeeded",
        )
        assert played.clock.sleeps == [1.0, 2.0]

    def test_without_wait_it_is_only_submitted(self) -> None:
        script = [NONE, NONE, submits(RUNNING), lists_jobs(RUNNING)]
        played = play("mrs_job", {**GIVEN, "wait": False}, script)
        assert (played.result["changed"], played.result["job_execution"]["state"]) == (
            True,
            "running",
        )

    def test_a_cluster_that_is_named_is_looked_up_once(self) -> None:
        script = [
            lists(cluster()),
            NONE,
            NONE,
            submits(RUNNING),
            lists_jobs(RUNNING),
            reads_job(job()),
        ]
        assert play("mrs_job", {**GIVEN, "cluster": "etl"}, script).result["changed"] is True

    def test_a_cluster_that_is_not_there_is_an_error(self) -> None:
        played = play_failing("mrs_job", {**GIVEN, "cluster": "etl"}, [lists()])
        assert played.result["msg"].startswith("There is no cluster etl in this project.")


class TestAdoption:
    @pytest.mark.parametrize("rerun", ["on_failure", "never"])
    def test_one_that_succeeded_is_not_submitted_again(self, rerun: str) -> None:
        played = play("mrs_job", {**GIVEN, "rerun": rerun}, [lists_jobs(job())])
        assert (played.result["changed"], played.result["job_execution"]["id"]) == (False, JOB)

    def test_always_submits_again(self) -> None:
        old = job(id=OTHER, create_at=1000)
        script = [
            lists_jobs(old),
            lists_jobs(old),
            submits(RUNNING),
            lists_jobs(old, RUNNING),
            reads_job(job()),
        ]
        assert (
            play("mrs_job", {**GIVEN, "rerun": "always"}, script).result["job_execution"]["id"]
            == JOB
        )

    @pytest.mark.parametrize("rerun", ["on_failure", "never", "always"])
    def test_one_that_runs_is_waited_for_whatever_the_policy(self, rerun: str) -> None:
        script = [lists_jobs(RUNNING), lists_jobs(RUNNING), reads_job(RUNNING), reads_job(job())]
        assert play("mrs_job", {**GIVEN, "rerun": rerun}, script).result["changed"] is False

    def test_one_that_failed_is_submitted_again(self) -> None:
        old = failed_job(id=OTHER, create_at=1000)
        script = [
            lists_jobs(old),
            lists_jobs(old),
            submits(RUNNING),
            lists_jobs(old, RUNNING),
            reads_job(job()),
        ]
        assert play("mrs_job", GIVEN, script).result["actions"] == [SUBMITTED]

    def test_never_makes_an_old_failure_the_result(self) -> None:
        old = failed_job()
        played = play_failing(
            "mrs_job", {**GIVEN, "rerun": "never"}, [lists_jobs(old), lists_jobs(old)]
        )
        assert "ended in state completed with final status failed" in played.result["msg"]
        assert played.result["changed"] is False

    def test_somebody_who_submitted_between_look_and_submit_is_adopted(self) -> None:
        played = play("mrs_job", GIVEN, [NONE, lists_jobs(RUNNING), reads_job(job())])
        assert played.result["changed"] is False

    def test_somebody_who_submitted_while_the_service_throttled_is_adopted(self) -> None:
        script = [
            NONE,
            NONE,
            submits(Answer(429)),
            lists_jobs(RUNNING),
            lists_jobs(RUNNING),
            reads_job(job()),
        ]
        assert play("mrs_job", GIVEN, script).result["changed"] is False

    def test_a_changed_definition_is_a_new_job(self) -> None:
        other = job(id=OTHER, arguments="else", create_at=1000)
        script = [
            lists_jobs(other),
            lists_jobs(other),
            submits(RUNNING),
            lists_jobs(other, RUNNING),
            reads_job(job()),
        ]
        assert play("mrs_job", GIVEN, script).result["actions"] == [SUBMITTED]

    def test_q38_masked_arguments_are_no_change(self) -> None:
        masked = job(arguments="run @password=****")
        given = {**GIVEN, "arguments": "run @password=hunter22"}
        played = play("mrs_job", given, [lists_jobs(masked)])
        assert played.result["changed"] is False
        assert "hunter22" not in str(played.result)


class TestVerdicts:
    BEGIN = (NONE, NONE, submits(RUNNING), lists_jobs(RUNNING))

    @pytest.mark.parametrize(
        ("state", "final", "verdict"),
        [
            (3, 1, "ended in state completed with final status failed"),
            (3, 3, "ended in state completed with final status cancelled"),
            (-1, 0, "ended in state terminated"),
            (-1, 3, "ended in state terminated with final status cancelled"),
            (4, 0, "ended in state abnormal"),
            (4, 1, "ended in state abnormal with final status failed"),
            (5, 1, "ended in state error with final status failed"),
            (5, 2, "ended in state error with final status succeeded"),
        ],
    )
    def test_q22_a_bad_end_fails_the_task(self, state: int, final: int, verdict: str) -> None:
        ended = job(job_state=state, job_final_status=final, job_log="s3a://etl/log/")
        # It may have been cancelled in favour of another one.
        looking = [lists_jobs(ended)] if state == -1 else []
        played = play_failing("mrs_job", GIVEN, [*self.BEGIN, reads_job(ended), *looking])
        assert played.result["msg"] == f"Job {TITLE} {verdict}. Its log is under s3a://etl/log/."
        assert played.result["job_execution"]["id"] == JOB
        assert played.result["changed"] is True

    def test_progress_is_told_and_how_to_keep_the_log(self) -> None:
        played = play_failing(
            "mrs_job", GIVEN, [*self.BEGIN, reads_job(failed_job(progress="map 10%"))]
        )
        assert played.result["msg"] == (
            f"Job {TITLE} ended in state completed with final status failed, progress: map 10%. "
            "Give job_log to keep the log of a job."
        )

    @pytest.mark.parametrize("final", [0, None])
    def test_q22_a_result_may_come_later_than_the_end(self, final: int | None) -> None:
        late = job(job_final_status=final)
        script = [*self.BEGIN, reads_job(late), reads_job(late), reads_job(late), reads_job(job())]
        assert play("mrs_job", GIVEN, script).result["job_execution"]["final_status"] == "succeeded"

    @pytest.mark.parametrize("final", [0, None])
    def test_q22_a_result_that_never_comes_is_said_so(self, final: int | None) -> None:
        late = job(job_final_status=final)
        played = play_failing("mrs_job", GIVEN, [*self.BEGIN, *[reads_job(late)] * 4])
        assert f"Job {TITLE} is completed, but the service gives no result." in played.result["msg"]

    @pytest.mark.parametrize("final", [1, 2, 3])
    def test_q22_a_final_status_of_a_running_job_means_nothing(self, final: int) -> None:
        early = running_job(job_final_status=final)
        script = [*self.BEGIN, *[reads_job(early), lists_jobs(early)] * 2, reads_job(job())]
        assert play("mrs_job", GIVEN, script).result["job_execution"]["state"] == "completed"

    def test_an_unknown_state_is_waited_out(self) -> None:
        unknown = job(job_state=9)
        script = [*self.BEGIN, reads_job(unknown), lists_jobs(unknown), reads_job(job())]
        assert play("mrs_job", GIVEN, script).result["job_execution"]["state"] == "completed"

    def test_a_record_that_somebody_deletes_is_an_error(self) -> None:
        # As long as a list may be behind, it may only not show yet.
        gone = reads_job(refusal("0176", status=500))
        played = play_failing("mrs_job", GIVEN, [*self.BEGIN, *[gone, NONE] * 5, gone])
        assert (
            played.result["msg"]
            == f"Job {TITLE} is gone: its record was deleted while it was waited for."
        )

    def test_a_time_out_names_the_state_and_the_id(self) -> None:
        running = running_job(progress="map 10%")
        script = [*self.BEGIN, *[reads_job(running), lists_jobs(running)] * 2]
        played = play_failing("mrs_job", {**GIVEN, "wait_timeout": 3}, script)
        assert (
            f"Waited 3 s for job {TITLE}; it is still: running, progress: map 10%."
            in played.result["msg"]
        )
        assert (played.result["job_execution"]["id"], played.result["changed"]) == (JOB, True)


class TestLostAnswers:
    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_after_the_service_acted_leads_to_its_execution(
        self, reply: Reply
    ) -> None:
        script = [
            NONE,
            NONE,
            submits(reply),
            NONE,
            lists_jobs(RUNNING),
            lists_jobs(RUNNING),
            reads_job(job()),
        ]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["actions"], played.result["job_execution"]["id"]) == (
            [SUBMITTED],
            JOB,
        )

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_before_the_service_acted_is_an_error_and_nothing_is_submitted_again(
        self, reply: Reply
    ) -> None:
        looking: list[Exchange] = [NONE] * 6
        played = play_failing("mrs_job", GIVEN, [NONE, NONE, submits(reply), *looking])
        assert played.result["msg"].startswith(
            "It is not known whether the service did submit job wordcount to cluster"
        )
        assert played.result["changed"] is False

    def test_a_look_that_fails_leaves_it_unknown(self) -> None:
        no = Exchange("GET", "/job-exes", refusal("12000052", status=403))
        played = play_failing("mrs_job", GIVEN, [NONE, NONE, submits(LOST["connection lost"]), no])
        assert played.result["msg"].startswith(
            "It is not known whether the service did submit job wordcount to cluster"
        )

    def test_an_execution_of_before_is_not_taken_for_the_lost_one(self) -> None:
        old = failed_job(id=OTHER, create_at=1000)
        looking: list[Exchange] = [lists_jobs(old)] * 6
        script = [lists_jobs(old), lists_jobs(old), submits(LOST["connection lost"]), *looking]
        assert play_failing("mrs_job", GIVEN, script).result["changed"] is False


class TestRoom:
    @pytest.mark.parametrize(
        "answer",
        [
            refusal("0177", "10 jobs run.", 500),
            refusal("12000060", "Too many jobs.", 500),
            refusal("12000062", "Wrong state."),
            refusal("0056", "Wrong state."),
        ],
    )
    def test_a_refusal_for_want_of_room_is_waited_out(self, answer: Reply) -> None:
        refused: list[Exchange] = [NONE, submits(answer), reads(cluster())]
        script = [NONE, *refused, *refused, NONE, submits(RUNNING), lists_jobs(RUNNING)]
        played = play("mrs_job", GIVEN, [*script, reads_job(job())])
        assert played.result["actions"] == [SUBMITTED]
        assert next(stage["name"] for stage in played.result["stages"]).startswith(
            "not taken yet: "
        )

    def test_without_wait_it_is_an_error(self) -> None:
        refused = [NONE, NONE, submits(refusal("0177", status=500))]
        played = play_failing("mrs_job", {**GIVEN, "wait": False}, [*refused, reads(cluster())])
        assert played.result["error"]["code"] == "0177"

    def test_a_cluster_that_never_has_room_is_a_time_out(self) -> None:
        full: list[Exchange] = [
            NONE,
            submits(refusal("0177", "10 jobs run.", 500)),
            reads(cluster()),
        ] * 3
        played = play_failing("mrs_job", {**GIVEN, "wait_timeout": 3}, [NONE, *full])
        assert played.result["msg"].startswith(
            "Waited 3 s for job wordcount; it is still: not taken yet: 10 jobs run. Nothing was "
            "undone."
        )

    def test_a_cluster_that_ends_meanwhile_ends_the_wait(self) -> None:
        refused = [
            NONE,
            submits(refusal("12000062", "Wrong state.")),
            reads(cluster(clusterState="terminated")),
        ]
        played = play_failing("mrs_job", GIVEN, [NONE, *refused])
        assert f"Cluster etl ({CLUSTER}) is terminated." in played.result["msg"]

    @pytest.mark.parametrize("code", ["12000061", "12000086", "0192"])
    def test_q20_q37_a_refusal_for_good_is_an_error_with_advice(self, code: str) -> None:
        played = play_failing("mrs_job", GIVEN, [NONE, NONE, submits(refusal(code))])
        assert played.result["error"]["code"] == code
        assert (
            len(played.result["msg"])
            > len("Cannot submit job wordcount: The service says no (HTTP 400).") + 50
        )

    @pytest.mark.parametrize("code", ["12000064", "12000085"])
    def test_q37_where_api_v1_refuses_the_submission_api_v2_is_asked(self, code: str) -> None:
        jobs = f"/v2/{PROJECT}/clusters/{CLUSTER}/job-executions"
        done = {
            "job_id": JOB,
            "job_name": "wordcount",
            "job_type": "MapReduce",
            "job_state": "FINISHED",
            "job_result": "SUCCEEDED",
            "arguments": "[s3a://etl/wc.jar, wordcount, s3a://etl/in/, s3a://etl/out/]",
        }
        nothing = Exchange("GET", jobs, Answer(202, {"total_record": 0, "job_list": []}))
        listed = Exchange("GET", jobs, Answer(202, {"total_record": 1, "job_list": [done]}))
        accepted = {"job_submit_result": {"job_id": JOB, "state": "COMPLETE"}}
        body = {
            "job_name": "wordcount",
            "job_type": "MapReduce",
            "arguments": ["s3a://etl/wc.jar", "wordcount", "s3a://etl/in/", "s3a://etl/out/"],
            "properties": {},
        }
        submitted = Exchange("POST", jobs, Answer(202, accepted), body=body)
        script = [NONE, NONE, submits(refusal(code)), nothing, submitted, listed]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["changed"], played.result["job_execution"]["state"]) == (
            True,
            "completed",
        )


ENDED: Json = {"job_state": -1, "job_final_status": 3, "end_time": 3000}


class TestRivals:
    OURS = running_job(create_at=2000)
    THEIRS = running_job(id=RIVAL, create_at=1000)

    def test_a_rival_that_was_first_stays_and_ours_goes(self) -> None:
        script = [NONE, NONE, submits(self.OURS), lists_jobs(self.OURS, self.THEIRS)]
        script += [
            cancels(),
            reads_job(self.OURS),
            reads_job({**self.OURS, **ENDED}),
            deletes_job(),
        ]
        script += [reads_job(job(id=RIVAL), RIVAL)]
        played = play("mrs_job", GIVEN, script)
        assert played.result["job_execution"]["id"] == RIVAL
        assert [action["action"] for action in played.result["actions"]] == [
            "submit_job",
            "cancel_job",
            "delete_job_execution",
        ]

    def test_ours_that_cannot_be_ended_is_warned_of(self) -> None:
        script = [NONE, NONE, submits(self.OURS), lists_jobs(self.OURS, self.THEIRS), cancels()]
        script += [reads_job(job(create_at=2000)), reads_job(job(id=RIVAL), RIVAL)]
        played = play("mrs_job", GIVEN, script)
        assert played.result["warnings"] == [
            f"Job wordcount ({JOB}) was submitted twice in the same moment, and is completed with "
            "final "
            "status succeeded."
        ]

    def test_ours_is_cancelled_without_waiting_for_its_end(self) -> None:
        both = lists_jobs(self.OURS, self.THEIRS)
        script = [NONE, NONE, submits(self.OURS), both, cancels(), reads_job(self.OURS)]
        played = play("mrs_job", {**GIVEN, "wait": False}, script)
        assert (played.result["job_execution"]["id"], played.clock.sleeps) == (RIVAL, [])
        assert played.result["warnings"] == [
            f"Job {TITLE} was submitted twice in the same moment; this one is being cancelled, and "
            "with wait: false the task does not wait for that."
        ]

    def test_ours_that_the_rival_has_ended_and_deleted_is_no_error(self) -> None:
        over = refusal("0175", "The job is over.", status=500)
        gone = reads_job(refusal("0176", status=500))
        script = [NONE, NONE, submits(self.OURS), lists_jobs(self.OURS, self.THEIRS)]
        script += [cancels(over), reads_job(self.OURS), cancels(over), gone, gone]
        played = play("mrs_job", GIVEN, [*script, reads_job(job(id=RIVAL), RIVAL)])
        assert played.result["job_execution"]["id"] == RIVAL
        assert played.result["actions"] == [SUBMITTED]
        assert played.result["warnings"] == [
            f"Job {TITLE} was submitted twice in the same moment; this one was cancelled."
        ]

    def test_of_two_that_appear_after_a_lost_answer_the_second_one_goes(self) -> None:
        both = lists_jobs(self.OURS, self.THEIRS)
        script = [NONE, NONE, submits(LOST["connection lost"]), both, both, cancels()]
        script += [
            reads_job({**self.OURS, **ENDED}),
            deletes_job(),
            reads_job(job(id=RIVAL), RIVAL),
        ]
        assert play("mrs_job", GIVEN, script).result["job_execution"]["id"] == RIVAL

    def test_without_waiting_the_record_of_one_that_is_over_goes_too(self) -> None:
        both = lists_jobs(self.OURS, self.THEIRS)
        script = [NONE, NONE, submits(LOST["connection lost"]), both, both, cancels()]
        script += [reads_job({**self.OURS, **ENDED}), deletes_job()]
        played = play("mrs_job", {**GIVEN, "wait": False}, script)
        assert [action["action"] for action in played.result["actions"]] == [
            "submit_job",
            "cancel_job",
            "delete_job_execution",
        ]

    def test_one_in_a_state_that_nobody_knows_is_told_and_stays(self) -> None:
        strange = {**self.OURS, "job_state": 99}
        script = [NONE, NONE, submits(self.OURS), lists_jobs(strange, self.THEIRS), cancels()]
        script += [reads_job(strange)] * 6 + [reads_job(job(id=RIVAL), RIVAL)]
        assert play("mrs_job", GIVEN, script).result["warnings"] == [
            f"Job wordcount ({JOB}) was submitted twice in the same moment, and is unknown state "
            "99."
        ]

    def test_an_execution_that_was_cancelled_does_not_ask_for_another_one(self) -> None:
        first = job(id=RIVAL, create_at=1000, end_time=9000)
        played = play("mrs_job", GIVEN, [lists_jobs({**self.OURS, **ENDED}, first)])
        assert (played.result["changed"], played.result["job_execution"]["id"]) == (False, RIVAL)

    def test_a_rival_that_came_later_goes_by_itself(self) -> None:
        theirs: Json = {**self.THEIRS, "create_at": 3000}
        script = [NONE, NONE, submits(self.OURS), lists_jobs(theirs, self.OURS), reads_job(job())]
        assert play("mrs_job", GIVEN, script).result["actions"] == [SUBMITTED]

    def test_a_list_that_does_not_show_ours_yet_is_no_rival(self) -> None:
        script = [NONE, NONE, submits(self.OURS), NONE, reads_job(job())]
        assert play("mrs_job", GIVEN, script).result["actions"] == [SUBMITTED]


class TestDeliveredTwice:
    """A request is delivered twice, or a late one arrives: a second execution shows beside ours."""

    OURS = running_job(create_at=2000)
    SECOND = running_job(id=RIVAL, create_at=3000)
    ENDED: t.ClassVar[Json] = {"job_state": -1, "job_final_status": 3, "end_time": 4000}
    GONE = "Job wordcount ({}) was submitted twice in the same moment; this one was cancelled."

    def test_a_second_one_that_shows_with_ours_is_cancelled_at_the_next_poll(self) -> None:
        both = lists_jobs(self.OURS, self.SECOND)
        script = [NONE, NONE, submits(self.OURS), both, reads_job(self.OURS), both]
        script += [cancels(identity=RIVAL), reads_job({**self.SECOND, **self.ENDED}, RIVAL)]
        script += [deletes_job(identity=RIVAL), reads_job(job())]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["job_execution"]["id"], played.result["warnings"]) == (
            JOB,
            [self.GONE.format(RIVAL)],
        )
        assert [(action["action"], action.get("id")) for action in played.result["actions"]] == [
            ("submit_job", None),
            ("cancel_job", RIVAL),
            ("delete_job_execution", RIVAL),
        ]

    def test_a_second_one_that_shows_late_is_cancelled(self) -> None:
        script = [NONE, NONE, submits(self.OURS), NONE, reads_job(self.OURS), lists_jobs(self.OURS)]
        script += [
            reads_job(self.OURS),
            lists_jobs(self.OURS, self.SECOND),
            cancels(identity=RIVAL),
        ]
        script += [
            reads_job({**self.SECOND, **self.ENDED}, RIVAL),
            deletes_job(identity=RIVAL),
            reads_job(job()),
        ]
        assert play("mrs_job", GIVEN, script).result["warnings"] == [self.GONE.format(RIVAL)]

    def test_an_older_one_that_shows_late_goes_on_in_place_of_ours(self) -> None:
        first = running_job(id=RIVAL, create_at=1000)
        script = [NONE, NONE, submits(self.OURS), lists_jobs(self.OURS), reads_job(self.OURS)]
        script += [
            lists_jobs(first, self.OURS),
            cancels(),
            reads_job({**self.OURS, **self.ENDED}),
            deletes_job(),
        ]
        played = play("mrs_job", GIVEN, [*script, reads_job(job(id=RIVAL), RIVAL)])
        assert (played.result["job_execution"]["id"], played.result["warnings"]) == (
            RIVAL,
            [self.GONE.format(JOB)],
        )

    @pytest.mark.parametrize("shown", [True, False])
    def test_ours_that_another_machine_withdrew_is_not_waited_for(self, shown: bool) -> None:
        first = running_job(id=RIVAL, create_at=1000)
        gone = (
            reads_job({**self.OURS, **self.ENDED})
            if shown
            else reads_job(refusal("0176", status=500))
        )
        script = [NONE, NONE, submits(self.OURS), lists_jobs(self.OURS), gone, lists_jobs(first)]
        played = play("mrs_job", GIVEN, [*script, reads_job(job(id=RIVAL), RIVAL)])
        assert played.result["job_execution"]["id"] == RIVAL

    def test_it_is_looked_for_as_long_as_for_a_lost_outcome(self) -> None:
        polls = [
            exchange
            for _poll in range(5)
            for exchange in (reads_job(self.OURS), lists_jobs(self.OURS))
        ]
        script = [
            NONE,
            NONE,
            submits(self.OURS),
            lists_jobs(self.OURS),
            *polls,
            reads_job(self.OURS),
        ]
        played = play("mrs_job", GIVEN, [*script, reads_job(job()), lists_jobs(job())])
        assert played.clock.sleeps == [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]

    def test_it_is_looked_for_once_more_when_a_long_job_has_ended(self) -> None:
        ended = job(create_at=2000, end_time=3000)
        polls = [
            exchange
            for _poll in range(5)
            for exchange in (reads_job(self.OURS), lists_jobs(self.OURS))
        ]
        script = [
            NONE,
            NONE,
            submits(self.OURS),
            lists_jobs(self.OURS),
            *polls,
            reads_job(self.OURS),
        ]
        script += [reads_job(ended), lists_jobs(ended, self.SECOND), cancels(identity=RIVAL)]
        script += [reads_job({**self.SECOND, **self.ENDED}, RIVAL), deletes_job(identity=RIVAL)]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["job_execution"]["id"], played.result["warnings"]) == (
            JOB,
            [self.GONE.format(RIVAL)],
        )

    def test_two_that_run_already_become_one(self) -> None:
        both = lists_jobs(self.OURS, self.SECOND)
        script = [both, both, reads_job(self.OURS), both, cancels(identity=RIVAL)]
        script += [
            reads_job({**self.SECOND, **self.ENDED}, RIVAL),
            deletes_job(identity=RIVAL),
            reads_job(job()),
        ]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["job_execution"]["id"], played.result["warnings"][0]) == (
            JOB,
            self.GONE.format(RIVAL),
        )

    def test_one_that_began_after_ours_had_ended_is_wanted_by_somebody(self) -> None:
        ended = job(job_state=-1, job_final_status=3, create_at=2000, end_time=2500)
        script = [NONE, NONE, submits(self.OURS), lists_jobs(self.OURS), reads_job(ended)]
        played = play(
            "mrs_job",
            GIVEN,
            [*script, lists_jobs(ended, self.SECOND), reads_job(job(id=RIVAL), RIVAL)],
        )
        assert played.result["actions"] == [SUBMITTED]

    UNASKED = (
        f"Job wordcount ({RIVAL}) is a second execution: {JOB} had been submitted shortly before, "
        "and has succeeded. A "
        "request may have been delivered twice, or somebody ran it by hand. Look at the output of "
        "both. To end this "
        f"warning, delete the record of one: mrs_job with state: absent and id: {RIVAL}."
    )

    @pytest.mark.parametrize(
        ("later", "rerun", "told"),
        [
            ({"create_at": 1_711_540_600_000}, "on_failure", True),
            ({"create_at": 1_711_540_600_000}, "never", True),
            ({"create_at": 1_711_540_600_000}, "always", False),
            ({"create_at": 1_711_540_600_001}, "on_failure", False),
            (
                {"create_at": 1_711_540_600_000, "job_state": -1, "job_final_status": 3},
                "on_failure",
                False,
            ),
        ],
    )
    def test_one_that_came_when_the_run_was_over_is_told_by_the_next_one(
        self, later: Json, rerun: str, told: bool
    ) -> None:
        both = lists_jobs(job(create_at=1_711_540_000_000), job(id=RIVAL, **later))
        played = play("mrs_job", {**GIVEN, "rerun": rerun}, [both], check_mode=True)
        assert played.result["warnings"] == [self.UNASKED] * told

    def test_one_that_came_after_a_failed_one_is_the_job(self) -> None:
        both = lists_jobs(
            job(create_at=2000, end_time=9000, job_final_status=1), job(id=RIVAL, create_at=10_000)
        )
        played = play("mrs_job", GIVEN, [both], check_mode=True)
        assert (played.result["changed"], played.result["warnings"]) == (False, [])

    def test_without_wait_it_is_told(self) -> None:
        both = lists_jobs(self.OURS, self.SECOND)
        played = play("mrs_job", {**GIVEN, "wait": False}, [NONE, NONE, submits(self.OURS), both])
        assert played.result["warnings"] == [
            f"Job wordcount ({RIVAL}) is a second execution of the same job, running. The task "
            "that submitted it should cancel it. With wait: false this task does not wait for that."
        ]
