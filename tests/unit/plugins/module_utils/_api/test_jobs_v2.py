# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Job calls of API v2: what is sent, and what is made of the answers (service_v2 4 and 6)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    ServiceError,
    UnansweredError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    OTHER,
    PROJECT,
    Json,
    a_cluster,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    LOST,
    lists_jobs,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    client,
)

JOBS = f"/v2/{PROJECT}/clusters/{CLUSTER}/job-executions"
USERS = f"/v2/{PROJECT}/clusters/{CLUSTER}/iam-sync-user"
BODY = {
    "job_name": "wordcount",
    "job_type": "MapReduce",
    "arguments": ["/wc.jar", "wordcount", "/in", "/out"],
    "properties": {},
}
ACCEPTED = Answer(202)


def item(**changes: t.Any) -> Json:
    return {
        "job_id": JOB,
        "user": "robot",
        "job_name": "wordcount",
        "job_type": "MapReduce",
        "job_state": "FINISHED",
        "job_result": "SUCCEEDED",
        "submitted_time": 1711540000119,
        "arguments": "[/wc.jar, wordcount, /in, /out]",
        "properties": "{}",
        **changes,
    }


def execution(**changes: t.Any) -> JobExecution:
    return JobExecution.of_v2(item(**changes), CLUSTER)


def take_v2(service: Client) -> None:
    service.know(a_cluster(clusterVersion="MRS 3.2.0-LTS.2"))


def listed(
    *items: Json, page: str = "1", total: int | None = None, name: str | None = None
) -> Exchange:
    query = {"limit": "100", "offset": page, **({"job_name": name} if name else {})}
    body = {"total_record": len(items) if total is None else total, "job_list": list(items)}
    return Exchange("GET", JOBS, Answer(202, body), query=query)


def submitted(reply: t.Any) -> Exchange:
    return Exchange("POST", JOBS, reply, body=BODY)


def test_v1_a_job_is_submitted_and_any_2xx_is_a_success() -> None:
    for status in (200, 202):
        answer = Answer(status, {"job_submit_result": {"job_id": JOB, "state": "COMPLETE"}})
        with client(submitted(answer)) as service:
            take_v2(service)
            found = service.jobs.submit_job(CLUSTER, BODY)
        assert (found.id, found.api, found.state) == (JOB, "v2", "starting")
        assert found.arguments == "[/wc.jar, wordcount, /in, /out]"


@pytest.mark.parametrize("state", ["FAILED", "JOBSTAT_SUBMIT_FAILED"])
def test_v2_http_200_with_a_failed_submission_is_a_refusal_with_its_code(state: str) -> None:
    answer = {
        "job_submit_result": {"job_id": "", "state": state},
        "error_code": "0192",
        "error_msg": "no such user",
    }
    with client(submitted(Answer(200, answer))) as service:
        take_v2(service)
        with pytest.raises(ServiceError) as caught:
            service.jobs.submit_job(CLUSTER, BODY)
    assert (caught.value.code, caught.value.reason) == ("0192", "no such user")


@pytest.mark.parametrize(
    "reply", [*LOST.values(), Answer(200, {}), Answer(200, {"job_submit_result": None})]
)
def test_a_job_is_submitted_once_even_when_the_answer_is_lost_or_makes_no_sense(
    reply: t.Any,
) -> None:
    with client(submitted(reply)) as service:
        take_v2(service)
        with pytest.raises(UnknownOutcomeError):
            service.jobs.submit_job(CLUSTER, BODY)


def test_v4_pages_are_counted_from_one() -> None:
    first = [
        item(job_id=f"job-{number}", submitted_time=1711540000000 + number) for number in range(100)
    ]
    script = [listed(*first, total=101), listed(item(), page="2", total=101)]
    with client(*script) as service:
        take_v2(service)
        found = service.jobs.executions(CLUSTER)
    assert (len(found), found[0].id, found[-1].id) == (101, "job-0", JOB)


def test_executions_of_a_name_are_those_of_exactly_this_name_oldest_first() -> None:
    items = [
        item(),
        item(job_id="old", submitted_time=1711530000000),
        item(job_id="other", job_name="wordcount-2"),
    ]
    with client(listed(*items, name="wordcount")) as service:
        take_v2(service)
        assert [each.id for each in service.jobs.executions(CLUSTER, "wordcount")] == ["old", JOB]


def test_one_execution_is_read() -> None:
    reading = Exchange("GET", f"{JOBS}/{JOB}", Answer(202, {"job_detail": item()}))
    with client(reading) as service:
        take_v2(service)
        assert service.jobs.execution(JOB, CLUSTER) == execution()


@pytest.mark.parametrize(
    "answer",
    [
        refusal("0176", status=500),
        refusal("0201"),
        refusal("NotFound", status=404),
        Answer(400, {"errorCode": "12000003", "errorMsg": "The cluster does not exist."}),
    ],
)
def test_v11_an_unknown_execution_is_none(answer: Answer) -> None:
    with client(Exchange("GET", f"{JOBS}/{JOB}", answer)) as service:
        take_v2(service)
        assert service.jobs.execution(JOB, CLUSTER) is None


def test_an_execution_is_killed_by_a_post_that_is_sent_once() -> None:
    killing = Exchange("POST", f"{JOBS}/{JOB}/kill", ACCEPTED)
    lost = Exchange("POST", f"{JOBS}/{JOB}/kill", Answer(502))
    with client(killing, lost) as service:
        service.jobs.cancel_execution(execution())
        with pytest.raises(UnknownOutcomeError):
            service.jobs.cancel_execution(execution())


@pytest.mark.parametrize(
    ("reply", "is_ours"), [(ACCEPTED, True), (refusal("0176", status=500), False)]
)
def test_a_record_is_deleted_and_may_be_gone_already(reply: Answer, is_ours: bool) -> None:
    deleting = Exchange("POST", f"{JOBS}/batch-delete", reply, body={"job_id_list": [JOB]})
    with client(deleting) as service:
        assert service.jobs.delete_execution(execution()) is is_ours


@pytest.mark.parametrize("key", ["sql_results", "sql-results"])
def test_v8_the_result_of_statements_is_read_in_both_spellings(key: str) -> None:
    rows = [{"day": str(number)} for number in range(1500)]
    reading = Exchange(
        "GET",
        f"{JOBS}/{JOB}/sql-result",
        Answer(200, {key: {"0": rows, "1": [{"result": "succeed"}]}}),
    )
    with client(reading) as service:
        found = service.jobs.v2.sql_result(execution(job_type="SparkSql"))
    assert (len(found["0"]), found["1"]) == (1000, [{"result": "succeed"}])


def test_a_refusal_of_api_v1_that_names_v2_is_followed_once() -> None:
    with client(Exchange("GET", "/job-exes", refusal("12000085")), listed(item())) as service:
        assert [each.api for each in service.jobs.executions(CLUSTER)] == ["v2"]
        assert service.jobs.api(CLUSTER) == "v2"


def test_where_both_apis_refuse_what_api_v2_says_is_told() -> None:
    # It may pass, so the read is repeated once.
    unreachable = Exchange("GET", JOBS, refusal("0167"))
    both = [Exchange("GET", "/job-exes", refusal("12000064")), unreachable, unreachable]
    with client(*both) as service, pytest.raises(ServiceError) as caught:
        service.jobs.executions(CLUSTER)
    assert caught.value.code == "0167"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"job_list": None, "total_record": 3},
        {"job_list": {}, "total_record": 0},
        {"total_record": 0},
        {"job_list": [5], "total_record": 1},
        {"job_list": [{"job_name": "wordcount"}], "total_record": 1},
        {"job_list": [{"job_id": OTHER}], "total_record": 1},
    ],
)
def test_a_list_without_sense_is_not_an_empty_list(body: Json) -> None:
    answer = Exchange(
        "GET",
        JOBS,
        Answer(202, body),
        query={"limit": "100", "offset": "1", "job_name": "wordcount"},
    )
    with client(answer, answer) as service:  # a read is repeated once
        take_v2(service)
        with pytest.raises(UnansweredError):
            service.jobs.executions(CLUSTER, "wordcount")


class TestUsers:
    def test_the_users_and_groups_that_a_cluster_knows(self) -> None:
        answer = Answer(200, {"user_names": ["robot", "anna"], "group_names": ["etl"]})
        with client(Exchange("GET", USERS, answer)) as service:
            assert service.jobs.v2.users(CLUSTER) == (("anna", "robot"), ("etl",))

    def test_users_are_made_known_and_taken_away(self) -> None:
        body = {"is_all_sync": False, "user_names": ["robot"], "group_names": []}
        adding = Exchange("POST", USERS, Answer(202, {"state": "synchronizing"}), body=body)
        removing = Exchange(
            "DELETE", USERS, Answer(202, {"state": "synchronizing"}), body={"user_names": ["robot"]}
        )
        with client(adding, removing) as service:
            service.jobs.v2.sync_users(CLUSTER, body)
            service.jobs.v2.forget_users(CLUSTER, {"user_names": ["robot"]})

    @pytest.mark.parametrize("going_on", [True, False])
    def test_whether_a_synchronisation_is_going_on(self, going_on: bool) -> None:
        path = f"/v2/{PROJECT}/clusters/{CLUSTER}/iam-sync"
        with client(Exchange("GET", path, Answer(200, {"is_synchronizing": going_on}))) as service:
            assert service.jobs.v2.is_synchronizing(CLUSTER) is going_on

    def test_an_answer_without_names_is_not_taken_for_nobody(self) -> None:
        answer = Exchange("GET", USERS, Answer(200, {}))
        with client(answer, answer) as service, pytest.raises(UnansweredError):
            service.jobs.v2.users(CLUSTER)


def test_an_execution_unknown_to_api_v1_is_asked_of_api_v2_where_both_take_jobs() -> None:
    unknown = Exchange("GET", f"/job-exes/{JOB}", refusal("0176", status=500))
    found = Exchange("GET", f"{JOBS}/{JOB}", Answer(202, {"job_detail": item()}))
    with client(unknown, found, found) as service:
        assert [each.api for each in service.jobs.executions_wherever(CLUSTER, [JOB])] == ["v2"]
        assert service.jobs.execution(JOB, CLUSTER) is not None


def test_where_no_api_knows_a_name_the_jobs_stay_those_of_api_v1() -> None:
    with client(lists_jobs(), listed(name="wordcount"), lists_jobs()) as service:
        assert service.jobs.executions_wherever(CLUSTER, job_name="wordcount") == []
        assert service.jobs.executions(CLUSTER, "wordcount") == []


class TestChoice:
    @pytest.mark.parametrize(
        ("facts", "job_type", "api"),
        [
            ({"clusterVersion": "MRS 3.2.0-LTS.2"}, None, "v2"),
            ({"clusterVersion": "MRS 2.1.0"}, None, "v1.1"),
            ({"clusterVersion": "MRS 2.1.0", "safeMode": 1}, None, "v2"),
            ({"clusterVersion": "MRS 2.1.0"}, "flink", "v2"),
            ({"clusterVersion": "a text that says nothing"}, None, "v1.1"),
            ({"clusterVersion": "MRS 2.3.0-like-3.1"}, None, "v1.1"),
        ],
    )
    def test_a_cluster_that_nobody_has_read_is_read_once(
        self, facts: Json, job_type: str | None, api: str
    ) -> None:
        with client(reads(cluster(clusterId=OTHER, **facts))) as service:
            assert service.jobs.api(OTHER, job_type) == service.jobs.api(OTHER) == api

    def test_a_cluster_that_the_service_has_forgotten_takes_jobs_by_api_v1_which_says_so(
        self,
    ) -> None:
        with client(reads(GONE, OTHER)) as service:
            assert service.jobs.api(OTHER) == "v1.1"

    def test_a_cluster_that_was_upgraded_between_two_looks_goes_on_with_api_v2(self) -> None:
        refused = Exchange("GET", "/job-exes", refusal("12000085"))
        with client(lists_jobs(), refused, listed(item()), listed(item())) as service:
            assert service.jobs.executions(CLUSTER) == []
            assert [each.api for each in service.jobs.executions(CLUSTER)] == ["v2"]
            assert [each.api for each in service.jobs.executions(CLUSTER)] == ["v2"]

    def test_a_refusal_is_followed_once_and_that_of_the_chosen_api_is_told(self) -> None:
        unreachable = Exchange("GET", JOBS, refusal("0167", "job service down", 500))
        too_new = Exchange("GET", "/job-exes", refusal("12000085"))
        with client(unreachable, unreachable, too_new) as service:
            take_v2(service)
            with pytest.raises(ServiceError) as caught:
                service.jobs.executions(CLUSTER)
        assert (caught.value.code, caught.value.reason) == ("0167", "job service down")
