# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several jobs that are waited for together: one request for each poll, whatever their number."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Progress
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import (
    JobExecutionInfoTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_job import JobTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._progress import ProgressReporter
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    OTHER,
    Json,
    ManualClock,
    cluster,
    job,
    job_v2,
    options,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    cancels,
    deletes_job,
    lists,
    lists_jobs,
    lists_none_by_v2,
    lists_v2,
    reads_job,
    reads_v2,
    refusal,
    takes_jobs_by_v1,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    Script,
    play,
    play_failing,
    session_with,
)

IDS = [f"c1f2a3b4-5d6e-4f70-8192-a3b4c5d6e{number:03}" for number in range(100)]
RUNNING: Json = {"job_state": 2, "job_final_status": 0}
FAILED: Json = {"job_state": 3, "job_final_status": 1}
CANCELLED: Json = {"job_state": -1, "job_final_status": 3}
NO_RESULT: Json = {"job_state": 3, "job_final_status": 0}
UNKNOWN = refusal("0176", status=500)


def a_job(place: int, state: Json) -> Json:
    return job(id=IDS[place], job_name=f"job-{place}", create_at=1_711_530_000 + place, **state)


def jobs(*states: Json) -> list[Json]:
    """One for each, the newest first, as the service lists them."""
    return [a_job(place, state) for place, state in enumerate(states)][::-1]


def wait_for(count: int, **more: t.Any) -> Json:
    return {"cluster": CLUSTER, "id": IDS[:count], **more}


def page(total: int, number: int, *found: Json) -> Exchange:
    query = {"cluster_id": CLUSTER, "page_size": "100", "current_page": str(number)}
    return Exchange(
        "GET", "/job-exes", Answer(200, {"totalRecord": total, "job_executions": found}), query
    )


def others(count: int, start: int = 0) -> list[Json]:
    """Executions that nobody asks for."""
    return [job(id=f"other-{start + place}") for place in range(count)]


def states(result: Json) -> list[str]:
    return [each["state"] for each in result["job_executions"]]


@pytest.mark.parametrize("module", ["mrs_job", "mrs_job_execution_info"])
class TestRequests:
    def given(self, module: str, **more: t.Any) -> Json:
        return {
            "cluster": CLUSTER,
            "id": IDS,
            **({} if module == "mrs_job" else {"wait": True}),
            **more,
        }

    def test_a_hundred_jobs_cost_one_request_for_each_poll(self, module: str) -> None:
        script = [
            lists_jobs(*jobs(*[RUNNING] * 100)),
            lists_jobs(*jobs(*[{}, RUNNING] * 50)),
            lists_jobs(*jobs(*[{}] * 100)),
        ]
        played = play(module, self.given(module), script)
        assert played.clock.sleeps == [1, 2]
        assert len(played.http.sent) == 4  # one of them is for the cluster
        assert [each["final_status"] for each in played.result["job_executions"]] == [
            "succeeded"
        ] * 100
        assert played.result["changed"] is False

    def test_a_cluster_that_is_named_costs_as_much(self, module: str) -> None:
        script = [
            lists(cluster()),
            lists_jobs(*jobs(*[RUNNING] * 100)),
            lists_jobs(*jobs(*[{}] * 100)),
        ]
        assert len(play(module, self.given(module, cluster="etl"), script).http.sent) == 3

    def test_an_answer_that_is_lost_is_asked_for_again(self, module: str) -> None:
        lost = Exchange("GET", "/job-exes", LOST["connection lost"])
        script = [lists_jobs(*jobs(*[RUNNING] * 100)), lost, lists_jobs(*jobs(*[{}] * 100))]
        assert len(play(module, self.given(module), script).result["job_executions"]) == 100

    def test_the_list_is_read_no_further_than_to_the_last_of_them(self, module: str) -> None:
        script = [
            page(1000, 1, *others(50), *jobs(*[RUNNING] * 100)[:50]),
            page(1000, 2, *jobs(*[RUNNING] * 50), *others(50, 50)),
            page(1000, 1, *others(50), *jobs(*[{}] * 100)[:50]),
            page(1000, 2, *jobs(*[{}] * 50), *others(50, 50)),
        ]
        assert len(play(module, self.given(module), script).http.sent) == 5

    def test_a_few_that_are_far_back_are_read_one_by_one(self, module: str) -> None:
        begin = page(1000, 1, *others(98), *jobs(RUNNING, RUNNING, {}, {})[:2])
        script = [begin, reads_job(a_job(0, RUNNING), IDS[0]), reads_job(a_job(1, {}), IDS[1])]
        played = play(
            module, self.given(module, id=IDS[:4]), [*script, reads_job(a_job(0, {}), IDS[0])]
        )
        assert states(played.result) == ["completed"] * 4

    def test_one_that_is_left_is_read_by_itself(self, module: str) -> None:
        script = [lists_jobs(*jobs({}, RUNNING)), reads_job(a_job(1, {}), IDS[1])]
        assert (
            states(play(module, self.given(module, id=IDS[:2]), script).result) == ["completed"] * 2
        )

    def test_what_has_ended_is_not_waited_for(self, module: str) -> None:
        played = play(module, self.given(module, id=IDS[:2]), [lists_jobs(*jobs({}, {}))])
        assert played.clock.sleeps == []

    def test_no_ids_mean_no_executions(self, module: str) -> None:
        played = play(module, self.given(module, id=[]), [takes_jobs_by_v1()])
        assert (played.result["changed"], played.result["job_executions"]) == (False, [])

    def test_a_time_out_tells_how_they_were_seen_last(self, module: str) -> None:
        script = [
            lists_jobs(*jobs(RUNNING, RUNNING, RUNNING)),
            lists_jobs(*jobs({}, RUNNING, RUNNING)),
        ]
        played = play_failing(module, self.given(module, id=IDS[:3], wait_timeout=1), script)
        assert played.result["msg"].startswith(
            f"Waited 1 s for jobs on cluster {CLUSTER}; it is still: 1 of 3 have ended."
        )
        assert sorted(states(played.result)) == ["completed", "running", "running"]

    def test_check_mode_only_looks(self, module: str) -> None:
        script = [lists_jobs(*jobs(RUNNING, {}))]
        given = self.given(module, id=IDS[:2], wait=module == "mrs_job")
        played = play(module, given, script, check_mode=True)
        assert (played.result["changed"], sorted(states(played.result))) == (
            False,
            ["completed", "running"],
        )


class TestJobs:
    def test_they_come_in_the_order_in_which_they_were_asked_for(self) -> None:
        given = {"cluster": CLUSTER, "id": [IDS[1], IDS[0], IDS[1]]}
        result = play("mrs_job", given, [lists_jobs(*jobs({}, {}))]).result
        assert [each["name"] for each in result["job_executions"]] == ["job-1", "job-0"]
        assert result["job_execution"] is None

    def test_one_id_needs_no_list(self) -> None:
        script = [reads_job(a_job(0, RUNNING), IDS[0]), reads_job(a_job(0, {}), IDS[0])]
        result = play("mrs_job", {"cluster": CLUSTER, "id": IDS[0]}, script).result
        assert result["job_executions"] == [result["job_execution"]]

    def test_all_that_ended_badly_are_named_with_their_logs(self) -> None:
        logged = {**FAILED, "job_log": "s3a://etl/log/"}
        script = [
            lists_jobs(*jobs(RUNNING, FAILED, RUNNING)),
            lists_jobs(*jobs({}, FAILED, logged)),
        ]
        played = play_failing("mrs_job", wait_for(3), script)
        assert played.result["msg"] == (
            f"2 of 3 jobs did not succeed: job-1 ({IDS[1]}) ended in state completed with final "
            "status failed; "
            f"job-2 ({IDS[2]}) ended in state completed with final status failed, its log is under "
            "s3a://etl/log/. "
            "Give job_log to keep the log of a job."
        )
        assert [each["final_status"] for each in played.result["job_executions"]] == [
            "succeeded",
            "failed",
            "failed",
        ]

    def test_one_whose_record_is_deleted_meanwhile_fails_the_task_when_the_others_have_ended(
        self,
    ) -> None:
        begin = lists_jobs(*jobs(RUNNING, RUNNING, RUNNING))
        script = [
            begin,
            lists_jobs(*jobs(RUNNING), *jobs({}, {}, {})[:1]),
            reads_job(UNKNOWN, IDS[1]),
            lists_jobs(a_job(0, {})),
            reads_job(UNKNOWN, IDS[1]),
        ]
        played = play_failing("mrs_job", wait_for(3, outcome_timeout=1), script)
        assert played.result["msg"] == (
            f"Job job-1 ({IDS[1]}) is gone: its record was deleted while it was waited for."
        )
        assert states(played.result) == ["completed", "completed"]

    def test_it_is_named_together_with_those_that_ended_badly(self) -> None:
        script = [
            lists_jobs(*jobs(RUNNING, RUNNING)),
            lists_jobs(a_job(0, FAILED)),
            reads_job(UNKNOWN, IDS[1]),
            reads_job(UNKNOWN, IDS[1]),
        ]
        played = play_failing("mrs_job", wait_for(2, outcome_timeout=1), script)
        assert played.result["msg"].startswith("2 of 2 jobs did not succeed: job-0 (")
        assert f"; job-1 ({IDS[1]}) is gone: its record was deleted" in played.result["msg"]

    def test_those_that_are_not_there_are_said_before_anything_is_waited_for(self) -> None:
        script = [lists_jobs(*jobs(RUNNING, {})), reads_job(UNKNOWN, IDS[2])]
        played = play_failing("mrs_job", wait_for(3), script)
        assert (
            played.result["msg"] == f"id: there is no job execution {IDS[2]} on cluster {CLUSTER}"
        )

    def test_one_of_another_cluster_is_not_there(self) -> None:
        script = [
            lists_jobs(*jobs(RUNNING)),
            reads_job({**a_job(1, {}), "cluster_id": OTHER}, IDS[1]),
        ]
        assert (
            f"there is no job execution {IDS[1]}"
            in play_failing("mrs_job", wait_for(2), script).result["msg"]
        )

    def test_without_waiting_they_are_looked_at_once(self) -> None:
        result = play("mrs_job", wait_for(2, wait=False), [lists_jobs(*jobs(RUNNING, {}))]).result
        assert states(result) == ["running", "completed"]

    def test_without_waiting_one_that_failed_already_fails_the_task(self) -> None:
        played = play_failing(
            "mrs_job", wait_for(2, wait=False), [lists_jobs(*jobs(RUNNING, FAILED))]
        )
        assert played.result["msg"].startswith(f"1 of 2 jobs did not succeed: job-1 ({IDS[1]})")

    def test_a_result_may_come_a_little_later_than_the_end(self) -> None:
        script = [
            lists_jobs(*jobs(NO_RESULT, RUNNING)),
            lists_jobs(*jobs(NO_RESULT, RUNNING)),
            lists_jobs(*jobs({}, {})),
        ]
        assert play("mrs_job", wait_for(2), script).result["changed"] is False

    def test_a_result_that_never_comes_is_not_waited_for_for_ever(self) -> None:
        script = [lists_jobs(*jobs(NO_RESULT, {})), *[reads_job(a_job(0, NO_RESULT), IDS[0])] * 3]
        played = play_failing("mrs_job", wait_for(2), script)
        assert played.result["msg"].startswith(
            f"1 of 2 jobs did not succeed: job-0 ({IDS[0]}) is completed, but the service gives no "
            "result."
        )

    def test_the_diff_shows_that_nothing_changes(self) -> None:
        result = play("mrs_job", wait_for(2), [lists_jobs(*jobs({}, {}))]).result
        assert result["diff"]["before"] == result["diff"]["after"] != {"job_executions": {}}


class TestEnding:
    SCRIPT = (
        lists_jobs(*jobs(RUNNING, {}, RUNNING)),
        cancels(identity=IDS[0]),
        cancels(identity=IDS[2]),
    )
    CANCEL: t.ClassVar = [
        {"action": "cancel_job", "job": "job-0", "id": IDS[0]},
        {"action": "cancel_job", "job": "job-2", "id": IDS[2]},
    ]

    def test_several_are_cancelled_and_waited_for_together(self) -> None:
        script = [
            *self.SCRIPT,
            lists_jobs(*jobs(RUNNING, {}, RUNNING)),
            lists_jobs(*jobs(CANCELLED, {}, CANCELLED)),
        ]
        result = play("mrs_job", wait_for(3, state="cancelled"), script).result
        assert result["actions"] == self.CANCEL
        assert states(result) == ["terminated", "completed", "terminated"]

    @pytest.mark.parametrize("state", ["absent", "cancelled"])
    def test_one_of_another_name_than_the_given_one_goes_on(self, state: str) -> None:
        given = wait_for(3, state=state, name="job-1")
        result = play_failing("mrs_job", given, self.SCRIPT[:1]).result
        assert result["msg"].startswith(
            f"name: job-0 ({IDS[0]}), job-2 ({IDS[2]}) has another name"
        )
        assert (result["changed"], result["actions"]) == (False, [])

    def test_several_are_deleted(self) -> None:
        script = [
            *self.SCRIPT,
            lists_jobs(*jobs(CANCELLED, {}, CANCELLED)),
            *(deletes_job(identity=i) for i in IDS[:3]),
        ]
        result = play("mrs_job", wait_for(3, state="absent"), script).result
        assert [action["action"] for action in result["actions"]] == ["cancel_job"] * 2 + [
            "delete_job_execution"
        ] * 3
        assert (result["job_executions"], result["job_execution"]) == ([], None)

    def test_one_that_vanishes_while_its_end_is_waited_for_need_not_be_deleted(self) -> None:
        gone = [lists_jobs(*jobs(CANCELLED)), *[reads_job(UNKNOWN, IDS[2])] * 2]
        deletions = [
            deletes_job(identity=IDS[0]),
            deletes_job(identity=IDS[1]),
            deletes_job(UNKNOWN, IDS[2]),
        ]
        result = play(
            "mrs_job",
            wait_for(3, state="absent", outcome_timeout=1),
            [*self.SCRIPT, *gone, *deletions],
        ).result
        assert [action["id"] for action in result["actions"]] == [IDS[0], IDS[2], IDS[0], IDS[1]]

    def test_one_that_vanishes_after_it_was_cancelled_is_an_error(self) -> None:
        gone = [lists_jobs(*jobs(CANCELLED)), *[reads_job(UNKNOWN, IDS[2])] * 2]
        given = wait_for(3, state="cancelled", outcome_timeout=1)
        played = play_failing("mrs_job", given, [*self.SCRIPT, *gone])
        assert f"job-2 ({IDS[2]}) is gone" in played.result["msg"]
        assert (played.result["changed"], states(played.result)) == (
            True,
            ["terminated", "completed"],
        )

    @pytest.mark.parametrize("state", ["absent", "cancelled"])
    def test_no_ids_end_nothing(self, state: str) -> None:
        assert (
            play("mrs_job", wait_for(0, state=state), [takes_jobs_by_v1()]).result["changed"]
            is False
        )

    @pytest.mark.parametrize("state", ["absent", "cancelled"])
    def test_an_empty_id_is_none(self, state: str) -> None:
        given = {"cluster": CLUSTER, "id": "", "state": state}
        assert play("mrs_job", given, [takes_jobs_by_v1()]).result["changed"] is False

    def test_check_mode_foretells(self) -> None:
        played = play("mrs_job", wait_for(3, state="cancelled"), self.SCRIPT[:1], check_mode=True)
        assert played.result["actions"] == self.CANCEL
        after = played.result["diff"]["after"]["job_executions"]
        assert [after[identity]["state"] for identity in IDS[:3]] == [
            "terminated",
            "completed",
            "terminated",
        ]

    def test_all_of_a_name_are_told(self) -> None:
        found = lists_jobs(job(id=IDS[1], create_at=2000), job(id=IDS[0], create_at=1000))
        result = play(
            "mrs_job", {"cluster": CLUSTER, "name": "wordcount", "state": "cancelled"}, [found]
        ).result
        assert [each["id"] for each in result["job_executions"]] == IDS[:2]
        assert result["job_execution"]["id"] == IDS[1]


class TestInfo:
    def test_what_is_selected_at_the_beginning_is_waited_for(self) -> None:
        given = {"cluster": CLUSTER, "wait": True, "job_state": ["running"]}
        later = job(id=OTHER, **RUNNING)
        script = [lists_jobs(*jobs({}, RUNNING, RUNNING)), lists_none_by_v2()]
        script.append(lists_jobs(later, *jobs({}, FAILED, {})))
        result = play("mrs_job_execution_info", given, script).result
        told = [(each["name"], each["final_status"]) for each in result["job_executions"]]
        assert told == [("job-2", "succeeded"), ("job-1", "failed")]
        assert result["total"] == 2

    def test_it_does_not_wait_unless_asked_to(self) -> None:
        script = [lists_jobs(*jobs(RUNNING)), lists_none_by_v2()]
        played = play("mrs_job_execution_info", {"cluster": CLUSTER}, script)
        assert played.clock.sleeps == []

    def test_nothing_that_fits_is_nothing_to_wait_for(self) -> None:
        script = [lists_jobs(), lists_none_by_v2()]
        result = play("mrs_job_execution_info", {"cluster": CLUSTER, "wait": True}, script).result
        assert (result["job_executions"], result["total"]) == ([], 0)

    def test_one_whose_record_is_deleted_meanwhile_is_left_out_with_a_warning(self) -> None:
        given = {"cluster": CLUSTER, "wait": True, "outcome_timeout": 1}
        script = [
            lists_jobs(*jobs(RUNNING, RUNNING)),
            lists_none_by_v2(),
            lists_jobs(*jobs({})),
            reads_job(UNKNOWN, IDS[1]),
            reads_job(UNKNOWN, IDS[1]),
        ]
        result = play("mrs_job_execution_info", given, script).result
        assert [each["name"] for each in result["job_executions"]] == ["job-0"]
        assert result["warnings"] == [
            f"Job job-1 ({IDS[1]}) is left out: its record was deleted while it was waited for."
        ]

    def test_executions_of_both_apis_are_waited_for_each_by_its_own(self) -> None:
        sql = {"job_id": OTHER, "job_type": "SparkSql", "submitted_time": 1}
        runs = job_v2(**sql, job_state="RUNNING", job_result="UNDEFINED")
        script = [
            *(lists_jobs(*jobs(RUNNING)), lists_v2(runs)),
            *(reads_v2(runs, OTHER), reads_job(a_job(0, {}), IDS[0])),
            reads_v2(job_v2(**sql), OTHER),
        ]
        given = {"cluster": CLUSTER, "wait": True}
        result = play("mrs_job_execution_info", given, script).result
        assert (states(result), result["api"]) == (["completed", "completed"], "both")

    def test_executions_of_several_clusters_are_waited_for_each_by_itself(self) -> None:
        first, second = a_job(0, RUNNING), {**a_job(1, RUNNING), "cluster_id": OTHER}
        over = {**second, "job_state": 3, "job_final_status": 2}
        script = [reads_job(first, IDS[0]), reads_job(second, IDS[1])]
        script += [
            reads_job(a_job(0, {}), IDS[0]),
            reads_job(second, IDS[1]),
            reads_job(over, IDS[1]),
        ]
        result = play("mrs_job_execution_info", {"id": IDS[:2], "wait": True}, script).result
        assert [each["cluster_id"] for each in result["job_executions"]] == [OTHER, CLUSTER]
        assert states(result) == ["completed", "completed"]

    def test_the_limit_limits_what_is_waited_for(self) -> None:
        given = {"cluster": CLUSTER, "wait": True, "limit": 1}
        script = [lists_jobs(*jobs(RUNNING, {})), lists_none_by_v2()]
        result = play("mrs_job_execution_info", given, script).result
        assert (states(result), result["total"]) == (["completed"], 2)


@pytest.mark.parametrize(
    ("task", "action", "more"),
    [(JobTask, "mrs_job", {}), (JobExecutionInfoTask, "mrs_job_execution_info", {"wait": True})],
)
def test_the_terminal_tells_how_many_have_ended(task: t.Any, action: str, more: Json) -> None:
    lines: list[str] = []
    teller = ProgressReporter(f"huaweicloud.mrs.{action}", lines.append)

    def observer(progress: Progress) -> None:
        teller(progress)

    script: Script = [
        lists(cluster()),
        *[lists_jobs(*jobs(RUNNING, RUNNING, RUNNING))] * 2,
        *[lists_jobs(*jobs({}, RUNNING, RUNNING))] * 2,
        lists_jobs(*jobs({}, {}, {})),
    ]
    session, http = session_with(script)
    environment = TaskEnvironment({}, ManualClock(), observer, session)
    given = options(action, cluster="etl", id=IDS[:3], **more)
    run(task, given, check_mode=False, environment=environment)
    http.check_end()
    assert lines == [
        f"{action} jobs on cluster etl: 0 of 3 have ended (1 s)",
        f"{action} jobs on cluster etl: 1 of 3 have ended (3 s)",
        f"{action} jobs on cluster etl: 3 of 3 have ended (15 s)",
    ]
