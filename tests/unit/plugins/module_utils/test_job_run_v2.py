# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole tasks of mrs_job where API v2 takes the jobs of the cluster."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    JOB_BODY_V2,
    JOB_OPTIONS,
    OTHER,
    RIVAL,
    Json,
    cluster,
    job_v2,
    running_job_v2,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    JOBS_V2,
    LOST,
    Reply,
    deletes_v2,
    kills,
    lists_v2,
    reads,
    reads_v2,
    refusal,
    submits_v2,
    takes_jobs_by_v2,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

GIVEN = {"cluster": "etl", **JOB_OPTIONS}
FOUND = takes_jobs_by_v2()
NONE = lists_v2()
RUNNING = running_job_v2()
SUBMITTED = {"action": "submit_job", "job": "wordcount"}
RUNS: list[Exchange] = [FOUND, NONE, NONE, submits_v2(JOB, JOB_BODY_V2), lists_v2(RUNNING)]
STILL = reads(cluster(clusterVersion="MRS 3.2.0-LTS.2"))


class TestSubmit:
    def test_looked_for_submitted_once_and_waited_for(self) -> None:
        played = play("mrs_job", GIVEN, [*RUNS, reads_v2(job_v2())])
        assert played.result["actions"] == [SUBMITTED]
        assert (played.result["api"], played.result["job_execution"]["result"]) == (
            "v2",
            "succeeded",
        )

    def test_one_that_anybody_has_run_with_success_is_this_job(self) -> None:
        played = play("mrs_job", GIVEN, [FOUND, lists_v2(job_v2(user="somebody-else"))])
        assert (played.result["changed"], played.result["job_execution"]["user"]) == (
            False,
            "somebody-else",
        )

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_after_the_service_acted_leads_to_its_execution(
        self, reply: Reply
    ) -> None:
        looks = [NONE, lists_v2(RUNNING), lists_v2(RUNNING)]
        script = [FOUND, NONE, NONE, submits_v2(reply), *looks, reads_v2(job_v2())]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["actions"], played.result["job_execution"]["id"]) == (
            [SUBMITTED],
            JOB,
        )

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_before_the_service_acted_is_an_error_and_nothing_is_sent_again(
        self, reply: Reply
    ) -> None:
        played = play_failing("mrs_job", GIVEN, [FOUND, NONE, NONE, submits_v2(reply), *[NONE] * 6])
        assert played.result["msg"].startswith(
            "It is not known whether the service did submit job wordcount"
        )
        assert played.result["changed"] is False

    def test_an_execution_of_before_that_shows_late_is_not_taken_for_the_lost_one(self) -> None:
        """It is older than what was there, by the clock of the service."""
        newest = job_v2(job_id=RIVAL, arguments="[else]", submitted_time=1711540000500)
        older = job_v2(job_id=OTHER, submitted_time=1711540000400, job_result="FAILED")
        ours = running_job_v2(submitted_time=1711540000600)
        lost = submits_v2(LOST["connection lost"])
        script = [FOUND, lists_v2(newest), lists_v2(newest), lost, lists_v2(older, newest)]
        script += [lists_v2(ours, older, newest)] * 2
        played = play("mrs_job", GIVEN, [*script, reads_v2(job_v2(submitted_time=1711540000600))])
        assert (played.result["actions"], played.result["job_execution"]["id"]) == (
            [SUBMITTED],
            JOB,
        )

    def test_of_two_that_show_after_a_lost_answer_that_of_the_user_is_ours(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other one began later and is left to those who submitted it, for a moment."""
        monkeypatch.setattr(Client, "user_name", lambda client: "robot")
        theirs = running_job_v2(job_id=RIVAL, user="anna", submitted_time=1711540000900)
        script = [FOUND, NONE, NONE, submits_v2(LOST["connection lost"]), lists_v2(theirs, RUNNING)]
        script += [lists_v2(theirs, RUNNING), reads_v2(job_v2())]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["actions"], played.result["job_execution"]["id"]) == (
            [SUBMITTED],
            JOB,
        )

    def test_v14_secrets_of_properties_are_sent_and_never_shown(self) -> None:
        given = {**GIVEN, "properties": {"fs.obs.secret.key": "CANARY-secret"}}
        there = job_v2(properties="{fs.obs.secret.key=CANARY-secret}")
        sent = submits_v2(
            JOB, {**JOB_BODY_V2, "properties": {"fs.obs.secret.key": "CANARY-secret"}}
        )
        played = play("mrs_job", given, [FOUND, NONE, NONE, sent, lists_v2(there)])
        assert "CANARY-secret" not in str(played.result)

    def test_v15_who_is_not_known_to_the_cluster_is_told_what_to_set(self) -> None:
        no = submits_v2(refusal("0192", "The current user does not exist on MRS Manager.", 500))
        played = play_failing("mrs_job", GIVEN, [FOUND, NONE, NONE, no, NONE])
        assert played.result["error"]["code"] == "0192"
        assert "Set sync_iam_user" in played.result["msg"]


class TestNewCluster:
    """A cluster that runs may take no jobs yet."""

    @pytest.mark.parametrize("code", ["0056", "0202", "12000062"])
    @pytest.mark.parametrize("status", [400, 500])
    def test_it_is_given_time_to_take_jobs(self, code: str, status: int) -> None:
        refused = [NONE, submits_v2(refusal(code, status=status)), STILL]
        script = [FOUND, NONE, *refused, *refused, NONE, submits_v2(), lists_v2(job_v2())]
        played = play("mrs_job", GIVEN, script)
        assert (played.result["actions"], played.clock.sleeps) == ([SUBMITTED], [1.0, 2.0])

    @pytest.mark.parametrize("code", ["0056", "0202", "12000062"])
    def test_it_is_not_given_time_for_ever(self, code: str) -> None:
        refused = [NONE, submits_v2(refusal(code, "Not now.")), STILL]
        given = {**GIVEN, "poll_interval": 450, "wait_timeout": 86400}
        played = play_failing("mrs_job", given, [FOUND, NONE, *refused * 7])
        assert (played.result["error"]["code"], played.result["error"]["reason"]) == (
            code,
            "Not now.",
        )
        assert 900 <= sum(played.clock.sleeps) < 1400

    def test_without_wait_it_is_an_error_at_once(self) -> None:
        refused = [NONE, NONE, submits_v2(refusal("0202", "Too many.")), STILL]
        played = play_failing("mrs_job", {**GIVEN, "wait": False}, [FOUND, *refused])
        assert played.result["error"]["code"] == "0202"

    @pytest.mark.parametrize(
        "reply",
        [
            refusal("0173", "Failed to submit the job.", 500),
            refusal("0173", "Failed to submit the job."),
            Answer(
                200,
                {
                    "job_submit_result": {"job_id": "", "state": "FAILED"},
                    "error_code": "0173",
                    "error_msg": "Failed to submit the job.",
                },
            ),
        ],
    )
    def test_a_submission_that_failed_is_looked_for_once_and_is_an_error(
        self, reply: Answer
    ) -> None:
        played = play_failing("mrs_job", GIVEN, [FOUND, NONE, NONE, submits_v2(reply), NONE])
        assert (played.result["error"]["code"], played.result["changed"]) == ("0173", False)
        assert played.clock.sleeps == []

    def test_a_submission_that_failed_and_made_its_job_is_not_made_again(self) -> None:
        failed = submits_v2(refusal("0173", "Failed to submit the job."))
        script = [
            FOUND,
            NONE,
            NONE,
            failed,
            lists_v2(RUNNING),
            lists_v2(RUNNING),
            reads_v2(job_v2()),
        ]
        assert play("mrs_job", GIVEN, script).result["actions"] == [SUBMITTED]


class TestFailure:
    @pytest.mark.parametrize(
        ("known", "told"),
        [
            ({}, "Its log is in YARN, application application_1711530100001_0007."),
            (
                {"tracking_url": "https://100.64.0.5/proxy/"},
                "Its log is in YARN, application application_1711530100001_0007, shown at "
                "https://100.64.0.5/proxy/.",
            ),
            ({"app_id": None}, "Its log is in YARN, application application_1711530100001_0006."),
            ({"app_id": None, "launcher_id": ""}, "Look for its log in YARN on the cluster."),
        ],
    )
    def test_it_says_where_the_log_is(self, known: Json, told: str) -> None:
        failed = job_v2(job_result="FAILED", **known)
        played = play_failing("mrs_job", {"cluster": "etl", "id": JOB}, [FOUND, reads_v2(failed)])
        ended = (
            f"Job wordcount ({JOB}) ended in state error with final status failed, progress: 100."
        )
        assert played.result["msg"] == f"{ended} {told}"


class TestBadLuck:
    def test_a_job_that_vanishes_from_the_list_is_gone(self) -> None:
        gone = reads_v2(refusal("0176", status=500))
        played = play_failing("mrs_job", GIVEN, [*RUNS, *[gone, NONE] * 5, gone])
        assert played.result["msg"].startswith(f"Job wordcount ({JOB}) is gone")

    def test_a_result_that_is_undefined_is_waited_for(self) -> None:
        late = reads_v2(job_v2(job_result="UNDEFINED"))
        played = play(
            "mrs_job", {"cluster": "etl", "id": JOB}, [FOUND, *[late] * 6, reads_v2(job_v2())]
        )
        assert played.result["job_execution"]["final_status"] == "succeeded"

    def test_a_result_that_stays_undefined_is_told_at_the_end_of_the_time(self) -> None:
        late = reads_v2(job_v2(job_result="UNDEFINED"))
        given = {"cluster": "etl", "id": JOB, "wait_timeout": 3}
        played = play_failing("mrs_job", given, [FOUND, *[late] * 3])
        assert "it is still: ended, result unknown" in played.result["msg"]

    def test_a_result_that_stays_undefined_is_not_waited_for_for_ever(self) -> None:
        late = reads_v2(job_v2(job_result="UNDEFINED"))
        given = {"cluster": "etl", "id": JOB, "wait_timeout": 7200}
        played = play_failing("mrs_job", given, [FOUND, *[late] * 21])
        told = f"Job wordcount ({JOB}) is completed, but the service gives no result."
        assert played.result["msg"].startswith(told)

    def test_a_job_whose_result_comes_late_is_not_submitted_again(self) -> None:
        late, done = job_v2(job_result="UNDEFINED"), job_v2()
        script = [FOUND, lists_v2(late), lists_v2(late), reads_v2(late), reads_v2(done)]
        played = play("mrs_job", GIVEN, [*script, lists_v2(done)])
        assert (played.result["changed"], played.result["job_execution"]["id"]) == (False, JOB)

    def test_without_wait_a_job_without_a_result_cannot_be_judged(self) -> None:
        late = lists_v2(job_v2(job_result="UNDEFINED"))
        played = play_failing("mrs_job", {**GIVEN, "wait": False}, [FOUND, late, late])
        told = (
            f"Job wordcount ({JOB}) is completed, but the service does not say yet whether it "
            "succeeded"
        )
        assert played.result["msg"].startswith(told)
        assert played.clock.sleeps == []

    def test_v4_a_page_that_shifts_while_it_is_read_shows_each_once(self) -> None:
        """One is new between two pages: the last of the first page is the first of the second."""
        old = [job_v2(job_id=f"job-{number}") for number in range(101)]

        def page(total: int, *items: Json) -> Exchange:
            return Exchange(
                "GET", NONE.path, Answer(202, {"total_record": total, "job_list": items})
            )

        shifted = [page(101, *old[:100]), page(102, *old[99:]), page(102)]
        again = [page(102, job_v2(job_id="new"), *old[:99]), page(102, *old[99:])]
        result = play(
            "mrs_job_execution_info", {"cluster": "etl"}, [FOUND, *shifted, *again]
        ).result
        ids = [each["id"] for each in result["job_executions"]]
        assert (len(ids), len(set(ids)), result["total"]) == (102, 102, 102)

    @pytest.mark.parametrize(
        ("option", "value", "told"),
        [
            ("iam_sync_timeout", 0, "iam_sync_timeout: must be greater than 0, not 0.0"),
            ("iam_sync_timeout", -1, "iam_sync_timeout: must be greater than 0, not -1.0"),
            ("iam_sync_timeout", "nan", "iam_sync_timeout: must be greater than 0, not nan"),
            ("iam_sync_timeout", "inf", "iam_sync_timeout: must be greater than 0, not inf"),
        ],
    )
    def test_a_time_that_cannot_work_is_refused_before_any_request(
        self, option: str, value: t.Any, told: str
    ) -> None:
        assert play_failing("mrs_job", {**GIVEN, option: value}, []).result["msg"] == told

    @pytest.mark.parametrize("option", ["submitted_after", "submitted_before"])
    @pytest.mark.parametrize("value", ["yesterday", "2024-13-01", "1711540000119"])
    def test_a_moment_that_is_none_is_refused_before_any_request(
        self, option: str, value: str
    ) -> None:
        played = play_failing("mrs_job_execution_info", {"cluster": "etl", option: value}, [])
        assert (
            played.result["msg"]
            == f"{option}: {value} is not a time in ISO 8601, such as 2024-03-27T11:46:40Z"
        )

    def test_executions_of_a_time_are_shown(self) -> None:
        early, late = (
            job_v2(job_id=OTHER, submitted_time=1711539999000),
            job_v2(submitted_time=1711540000000),
        )
        given = {
            "cluster": "etl",
            "submitted_after": "2024-03-27T12:46:40+01:00",
            "submitted_before": "2024-03-28",
        }
        result = play("mrs_job_execution_info", given, [FOUND, lists_v2(early, late)]).result
        assert [each["id"] for each in result["job_executions"]] == [JOB]


class TestEnd:
    def test_it_is_killed_and_its_record_deleted(self) -> None:
        ended = job_v2(job_state="KILLED", job_result="KILLED")
        script = [
            FOUND,
            lists_v2(RUNNING),
            kills(),
            reads_v2(RUNNING),
            reads_v2(ended),
            deletes_v2(),
        ]
        given = {"cluster": "etl", "name": "wordcount", "state": "absent"}
        played = play("mrs_job", given, script)
        assert [action["action"] for action in played.result["actions"]] == [
            "cancel_job",
            "delete_job_execution",
        ]

    @pytest.mark.parametrize("reply", [LOST["connection lost"], LOST["504 with nothing"]])
    def test_an_answer_to_the_kill_that_was_lost_is_no_error(self, reply: Reply) -> None:
        ended = job_v2(job_state="KILLED", job_result="KILLED")
        script = [FOUND, lists_v2(RUNNING), kills(reply), reads_v2(ended), reads_v2(ended)]
        given = {"cluster": "etl", "name": "wordcount", "state": "cancelled"}
        assert play("mrs_job", given, script).result["changed"] is True

    @pytest.mark.parametrize("reply", [LOST["connection lost"], LOST["502 with a page"]])
    def test_an_answer_to_the_deletion_that_was_lost_is_asked_for_again(self, reply: Reply) -> None:
        gone = refusal("0176", status=500)
        script = [FOUND, lists_v2(job_v2()), deletes_v2(reply), deletes_v2(gone), reads_v2(gone)]
        given = {"cluster": "etl", "name": "wordcount", "state": "absent"}
        assert play("mrs_job", given, script).result["changed"] is True


def test_several_jobs_are_waited_for_with_one_list_for_each_poll() -> None:
    ids = [JOB, RIVAL, OTHER]

    def all_are(*states: Json) -> Exchange:
        return lists_v2(
            *(job_v2(job_id=identity, **state) for identity, state in zip(ids, states, strict=True))
        )

    running = {"job_state": "RUNNING", "job_result": "UNDEFINED"}
    script = [
        FOUND,
        all_are(running, running, running),
        all_are(running, {}, running),
        all_are({}, {}, {}),
    ]
    played = play("mrs_job", {"cluster": "etl", "id": ids}, script)
    assert [each["final_status"] for each in played.result["job_executions"]] == ["succeeded"] * 3
    assert len(played.http.sent) == 4


def test_the_jobs_of_a_cluster_that_is_given_by_its_id_take_one_look_at_it() -> None:
    script = [STILL, lists_v2(job_v2())]
    assert play("mrs_job", {**GIVEN, "cluster": CLUSTER}, script).result["api"] == "v2"


class TestStatements:
    """What they answered is read each time, since who asks again wants to see it again."""

    GIVEN: t.ClassVar[Json] = {
        "cluster": "etl",
        "name": "look",
        "job_type": "spark_sql",
        "hql": "show tables",
    }
    RUN: t.ClassVar[Json] = job_v2(job_name="look", job_type="SparkSql", arguments="[show tables]")
    ROWS: t.ClassVar[Json] = {"0": [{"tableName": "sensors"}]}
    ANSWERS = Exchange("GET", f"{JOBS_V2}/{JOB}/sql-result", Answer(202, {"sql_results": ROWS}))

    def test_those_that_had_run_before(self) -> None:
        result = play("mrs_job", self.GIVEN, [FOUND, lists_v2(self.RUN), self.ANSWERS]).result
        assert (result["changed"], result["job_execution"]["sql_result"]) == (False, self.ROWS)

    def test_those_that_are_waited_for_by_their_id(self) -> None:
        script = [FOUND, reads_v2(self.RUN), self.ANSWERS]
        result = play("mrs_job", {"cluster": "etl", "id": JOB}, script).result
        assert (result["changed"], result["job_execution"]["sql_result"]) == (False, self.ROWS)

    def test_those_whose_answer_is_gone_are_told(self) -> None:
        gone = dataclasses.replace(self.ANSWERS, reply=refusal("0181", status=500))
        result = play("mrs_job", self.GIVEN, [FOUND, lists_v2(self.RUN), gone]).result
        assert result["job_execution"]["sql_result"] is None
        (warning,) = result["warnings"]
        assert warning.startswith(f"The result of job look ({JOB}) cannot be read: ")

    @pytest.mark.parametrize("run", [job_v2(job_name="look"), RUNNING])
    def test_other_executions_are_not_asked(self, run: Json) -> None:
        given = {"cluster": "etl", "id": JOB, "wait": False}
        assert play("mrs_job", given, [FOUND, reads_v2(run)]).result["changed"] is False

    def test_check_mode_does_not_ask(self) -> None:
        script = [FOUND, lists_v2(self.RUN)]
        result = play("mrs_job", self.GIVEN, script, check_mode=True).result
        assert result["job_execution"]["sql_result"] is None
