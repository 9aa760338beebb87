# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users that a cluster knows, and the job that waits for its user (service_v2 6)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    JOB_OPTIONS,
    PROJECT,
    Json,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import LOST, lists, refusal
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

ROOT = f"/v2/{PROJECT}/clusters/{CLUSTER}"
FOUND = lists(cluster(clusterVersion="MRS 3.2.0-LTS.2"))
GIVEN: Json = {"cluster": "etl", "users": ["robot"]}
BODY = {"is_all_sync": False, "user_names": ["robot"], "group_names": []}


def knows(*users: str, groups: t.Sequence[str] = ()) -> Exchange:
    body = {"user_names": list(users), "group_names": list(groups)}
    return Exchange("GET", f"{ROOT}/iam-sync-user", Answer(200, body))


def asks(reply: t.Any = None, body: Json | None = None, method: str = "POST") -> Exchange:
    accepted = Answer(202, {"state": "synchronizing"})
    return Exchange(method, f"{ROOT}/iam-sync-user", reply or accepted, body=body or BODY)


def synchronising(going_on: bool) -> Exchange:
    return Exchange("GET", f"{ROOT}/iam-sync", Answer(200, {"is_synchronizing": going_on}))


def has_synchronised(done: bool) -> Exchange:
    return Exchange("GET", f"{ROOT}/iam-sync/is-synchronous", Answer(200, {"is_synchronous": done}))


SYNCED = {"action": "sync_iam_users", "users": ["robot"], "groups": [], "all": False}


class TestPresent:
    def test_a_missing_user_is_made_known_and_waited_for(self) -> None:
        script = [
            FOUND,
            knows("anna"),
            asks(),
            synchronising(True),
            synchronising(False),
            knows("anna", "robot"),
        ]
        played = play("mrs_iam_sync", GIVEN, script)
        assert (played.result["changed"], played.result["actions"]) == (True, [SYNCED])
        assert (played.result["users"], played.result["api"]) == (["anna", "robot"], "v2")
        assert played.result["diff"] == {
            "before": {"users": ["anna"], "groups": []},
            "after": {"users": ["anna", "robot"], "groups": []},
        }

    def test_who_is_known_is_not_asked_for_again(self) -> None:
        played = play("mrs_iam_sync", GIVEN, [FOUND, knows("robot")])
        assert (played.result["changed"], played.result["actions"]) == (False, [])

    def test_in_check_mode_nothing_is_asked_for(self) -> None:
        played = play("mrs_iam_sync", GIVEN, [FOUND, knows()], check_mode=True)
        assert (played.result["changed"], played.result["actions"]) == (True, [SYNCED])
        assert (played.result["users"], played.result["groups"]) == (["robot"], [])

    def test_nothing_to_make_known_is_no_task(self) -> None:
        result = play_failing("mrs_iam_sync", {"cluster": "etl"}, []).result
        assert result["msg"] == "users, groups, all: none of them is given, and one is needed"
        given: Json = {"cluster": "etl", "users": []}
        assert play("mrs_iam_sync", given, [FOUND, knows()]).result["changed"] is False

    def test_without_wait_its_end_is_not_waited_for(self) -> None:
        played = play("mrs_iam_sync", {**GIVEN, "wait": False}, [FOUND, knows(), asks()])
        assert played.result["changed"] is True

    @pytest.mark.parametrize(
        "how", ["connection lost", "read timed out", "502 with a page", "504 with nothing"]
    )
    def test_an_answer_lost_after_the_service_acted_is_no_failure(self, how: str) -> None:
        seen = [knows("robot"), synchronising(False)]
        script = [FOUND, knows(), asks(LOST[how]), *seen, synchronising(False), knows("robot")]
        played = play("mrs_iam_sync", {**GIVEN, "api_retries": 0}, script)
        assert (played.result["changed"], played.result["actions"]) == (True, [SYNCED])

    def test_a_right_that_is_missing_is_named(self) -> None:
        refused = asks(
            refusal("MRS.0012", "Policy does not allow mrs:cluster:syncUser", status=403)
        )
        played = play_failing("mrs_iam_sync", GIVEN, [FOUND, knows(), refused])
        assert "Policy does not allow mrs:cluster:syncUser" in played.result["msg"]

    def test_one_that_is_going_on_is_asked_after_whatever_the_status_says(self) -> None:
        """The status may come from a copy that is behind."""
        busy = asks(refusal("12000154", status=500))
        seen = [synchronising(False), knows("robot")]
        played = play("mrs_iam_sync", GIVEN, [FOUND, knows(), busy, busy, asks(), *seen])
        assert (played.result["changed"], played.result["actions"]) == (True, [SYNCED])

    def test_a_synchronisation_that_does_not_end_is_a_time_out(self) -> None:
        script = [FOUND, knows(), asks(), *[synchronising(True)] * 3]
        played = play_failing("mrs_iam_sync", {**GIVEN, "wait_timeout": 3}, script)
        assert (
            f"the IAM users of cluster {CLUSTER}; it is still: synchronising"
            in played.result["msg"]
        )
        assert played.result["changed"] is True

    @pytest.mark.parametrize("done", [False, True])
    def test_all_users_are_synchronised_until_the_cluster_has_done_it_once(
        self, done: bool
    ) -> None:
        body = {"is_all_sync": True, "user_names": [], "group_names": []}
        asked = [] if done else [asks(body=body), synchronising(False), knows("robot")]
        script = [FOUND, knows(), has_synchronised(done), *asked]
        played = play("mrs_iam_sync", {"cluster": "etl", "all": True}, script)
        assert played.result["changed"] is not done


class TestAbsent:
    GIVEN: t.ClassVar[Json] = {
        "cluster": "etl",
        "users": ["robot", "nobody"],
        "groups": ["etl"],
        "state": "absent",
    }

    def test_who_is_known_is_taken_away(self) -> None:
        asked = asks(method="DELETE", body={"user_names": ["robot"], "group_names": ["etl"]})
        script = [FOUND, knows("robot", groups=["etl"]), asked, synchronising(False), knows()]
        played = play("mrs_iam_sync", self.GIVEN, script)
        assert played.result["actions"] == [
            {"action": "forget_iam_users", "users": ["robot"], "groups": ["etl"]}
        ]
        assert played.result["users"] == []

    @pytest.mark.parametrize(
        "how", ["connection lost", "read timed out", "502 with a page", "504 with nothing"]
    )
    def test_an_answer_lost_after_the_service_acted_is_no_failure(self, how: str) -> None:
        asked = asks(LOST[how], {"user_names": ["robot"], "group_names": ["etl"]}, "DELETE")
        there, gone = knows("robot", groups=["etl"]), knows()
        script = [FOUND, there, asked, gone, synchronising(False), synchronising(False), gone]
        played = play("mrs_iam_sync", {**self.GIVEN, "api_retries": 0}, script)
        assert [action["action"] for action in played.result["actions"]] == ["forget_iam_users"]

    def test_nobody_to_take_away_is_no_change(self) -> None:
        assert play("mrs_iam_sync", self.GIVEN, [FOUND, knows("anna")]).result["changed"] is False

    def test_all_cannot_be_taken_away(self) -> None:
        played = play_failing(
            "mrs_iam_sync", {"cluster": "etl", "all": True, "state": "absent"}, []
        )
        assert played.result["msg"].startswith("all: ")


@pytest.mark.parametrize(
    ("module", "given"), [("mrs_iam_sync", GIVEN), ("mrs_iam_sync_info", {"cluster": "etl"})]
)
def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so(module: str, given: Json) -> None:
    refused = Exchange("GET", f"{ROOT}/iam-sync-user", refusal("APIGW.0101", "No such API.", 404))
    message = play_failing(module, given, [FOUND, refused]).result["msg"]
    assert message.endswith(
        "This cloud does not serve this call of API v2. Open Telekom Cloud does not publish it."
    )


def test_the_twin_lists_who_is_known() -> None:
    script = [FOUND, knows("robot", groups=["etl"]), synchronising(True)]
    result = play("mrs_iam_sync_info", {"cluster": "etl"}, script).result
    assert (result["users"], result["groups"], result["synchronizing"]) == (
        ["robot"],
        ["etl"],
        True,
    )


JOBS = f"{ROOT}/job-executions"
DONE = {
    "job_id": JOB,
    "job_name": "wordcount",
    "job_type": "MapReduce",
    "job_state": "FINISHED",
    "job_result": "SUCCEEDED",
    "arguments": "[s3a://etl/wc.jar, wordcount, s3a://etl/in/, s3a://etl/out/]",
}
JOB_GIVEN = {"cluster": "etl", **JOB_OPTIONS, "sync_iam_user": True}


def lists_v2(*items: Json) -> Exchange:
    return Exchange("GET", JOBS, Answer(202, {"total_record": len(items), "job_list": list(items)}))


def submits_v2(reply: Answer) -> Exchange:
    body = {
        "job_name": "wordcount",
        "job_type": "MapReduce",
        "arguments": ["s3a://etl/wc.jar", "wordcount", "s3a://etl/in/", "s3a://etl/out/"],
        "properties": {},
    }
    return Exchange("POST", JOBS, reply, body=body)


REFUSED = submits_v2(refusal("0192", "The current user does not exist on MRS Manager."))
ACCEPTED = submits_v2(Answer(202, {"job_submit_result": {"job_id": JOB, "state": "COMPLETE"}}))


class TestJob:
    def test_its_user_is_made_known_and_it_is_submitted_until_the_service_knows_him(self) -> None:
        script = [
            *(FOUND, lists_v2(), lists_v2(), REFUSED),
            *(asks(body={**BODY, "is_all_sync": True, "user_names": []}), synchronising(False)),
            *(lists_v2(), REFUSED, lists_v2(), REFUSED, lists_v2(), ACCEPTED, lists_v2(DONE)),
        ]
        played = play("mrs_job", {**JOB_GIVEN}, script)
        assert [action["action"] for action in played.result["actions"]] == [
            "sync_iam_users",
            "submit_job",
        ]
        # A bare token does not tell its user. That he is not known is nothing that has changed.
        assert played.result["warnings"] == [
            "The name of the user is not known, so all IAM users are synchronised."
        ]
        assert (played.result["job_execution"]["state"], played.result["api"]) == (
            "completed",
            "v2",
        )

    def test_it_is_not_tried_for_ever(self) -> None:
        script = [
            *(FOUND, lists_v2(), lists_v2(), REFUSED),
            *(asks(body={**BODY, "is_all_sync": True, "user_names": []}), synchronising(False)),
            *(lists_v2(), REFUSED, lists_v2(), REFUSED),
        ]
        played = play_failing("mrs_job", {**JOB_GIVEN, "iam_sync_timeout": 3}, script)
        assert played.result["error"]["code"] == "0192"

    def test_without_the_option_the_error_says_what_to_set(self) -> None:
        script = [FOUND, lists_v2(), lists_v2(), REFUSED]
        played = play_failing("mrs_job", {**JOB_GIVEN, "sync_iam_user": False}, script)
        assert "Set sync_iam_user" in played.result["msg"]
        assert played.result["changed"] is False
