# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that make no sense never mean "there is nothing", and never break in another way."""

from __future__ import annotations

import io
import json
import typing as t

import pytest
import requests
import requests.adapters
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import list_hosts
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.policies import (
    read_task_policy,
    set_task_policy,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.tags import read_tags
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    NonsenseError,
    ServiceError,
    UnansweredError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION_BODY,
    JOB,
    JOB_BODY,
    JOB_OPTIONS,
    OTHER,
    RIVAL,
    Json,
    a_cluster,
    an_execution,
    cluster,
    host,
    job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import reads
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils import scripted_iam
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    ANY,
    Answer,
    Exchange,
    client,
    play_failing,
)

#: Every reading of a list: its key, that of its total, one item, and how it is read.
LISTS: dict[str, tuple[str, str, Json, t.Callable[[Client], t.Any]]] = {
    "clusters": ("clusters", "clusterTotal", cluster(), lambda service: service.clusters()),
    "hosts": ("hosts", "total", host(1), lambda service: list_hosts(service, a_cluster())),
    "jobs": (
        "job_executions",
        "totalRecord",
        job(),
        lambda service: service.jobs.executions(CLUSTER),
    ),
    "jobs by name": (
        "job_executions",
        "totalRecord",
        job(),
        lambda service: service.jobs.executions(CLUSTER, "wordcount"),
    ),
}
#: Every reading of one object: what it is wrapped in, the object, and how it is read.
OBJECTS: dict[str, tuple[str, Json, t.Callable[[Client], t.Any]]] = {
    "cluster": ("cluster", cluster(), lambda service: service.cluster(CLUSTER)),
    "job execution": ("job_execution", job(), lambda service: service.jobs.execution(JOB)),
}
#: Every request that acts and whose answer says something.
ACTS: dict[str, t.Callable[[Client], t.Any]] = {
    "create": lambda service: service.create_cluster(CREATION_BODY),
    "resize": lambda service: service.resize_cluster(a_cluster(), {}),
    "submit": lambda service: service.jobs.submit_job(CLUSTER, JOB_BODY),
}


class Always:
    """A service that gives the same answer to every request."""

    def __init__(self, answer: t.Any) -> None:
        self._answer = answer

    def ask(self, request: Request, read: t.Callable[[t.Any], t.Any]) -> t.Any:
        try:
            return read(self._answer)
        except NonsenseError as error:
            raise UnansweredError(error.message) from error

    def send(self, request: Request) -> t.Any:
        return self._answer

    def monotonic(self) -> float:
        return 0.0


def answering(answer: t.Any) -> Client:
    return knowing(Always(answer))


def knowing(service: Always) -> Client:
    """A client that has read the cluster before, whose jobs are those of API v1.1."""
    made = Client(t.cast("t.Any", service))
    made.know(a_cluster())
    return made


def said_by(answer: t.Any, read: t.Callable[[Client], t.Any]) -> str:
    """The error of a reading to which the service always gives this answer, as JSON over HTTP."""

    class Service(Always):
        def ask(self, request: Request, read: t.Callable[[t.Any], t.Any]) -> t.Any:
            exchange = Exchange(request.method, request.path, Answer(200, answer))
            with client(exchange, exchange) as service:
                return service._transport.ask(request, read)

    with pytest.raises(UnansweredError) as caught:
        read(knowing(Service(None)))
    return str(caught.value)


class TestLists:
    @pytest.mark.parametrize("kind", LISTS)
    @pytest.mark.parametrize(
        ("answer", "problem"),
        [
            ({}, "a list {key} was expected, but the answer is an empty object"),
            (
                {"message": "all is well"},
                "a list {key} was expected, but the answer is an object with message",
            ),
            ({"{key}": None}, "{key} is null, not a list"),
            ({"{key}": None, "{total}": 3}, "{key} is null, not a list"),
            ({"{key}": 5, "{total}": 0}, "{key} is a number, not a list"),
            ({"{key}": "none", "{total}": 0}, "{key} is a text, not a list"),
            ({"{key}": {"id": "a"}, "{total}": 1}, "{key} is an object, not a list"),
            ({"{key}": [None], "{total}": 1}, "{key} has an item that is null, not an object"),
            ({"{key}": [["a"]], "{total}": 1}, "{key} has an item that is a list, not an object"),
            ({"{key}": [{}], "{total}": 1}, "{key} has an item without {id}"),
            ({"{key}": [{"{id}": None}], "{total}": 1}, "{key} has an item without {id}"),
            ({"{key}": [{"{id}": {}}], "{total}": 1}, "{key} has an item without {id}"),
            ({"{key}": [], "{total}": "many"}, "{total} is a text, not a number of 0 or more"),
        ],
    )
    def test_what_is_no_list_is_an_error(self, kind: str, answer: Json, problem: str) -> None:
        key, total, _item, read = LISTS[kind]
        names = {"key": key, "total": total, "id": "clusterId" if kind == "clusters" else "id"}
        spoilt = json.loads(_named(json.dumps(answer), names))
        assert f"makes no sense: {_named(problem, names)}." in said_by(spoilt, read)

    @pytest.mark.parametrize("kind", LISTS)
    def test_a_total_without_items_is_an_error(self, kind: str) -> None:
        key, total, _item, read = LISTS[kind]
        with pytest.raises(UnansweredError, match="it counts 3 items and shows 0"):
            read(answering({key: [], total: 3}))

    @pytest.mark.parametrize("kind", LISTS)
    @pytest.mark.parametrize("text", ["null", '"none"', "[]", "5", "true", "", "<html></html>"])
    def test_what_is_no_object_is_an_error(self, kind: str, text: str) -> None:
        assert "HTTP 200 with no readable JSON object" in said_by(text, LISTS[kind][3])

    @pytest.mark.parametrize("kind", LISTS)
    def test_a_list_that_is_empty_is_empty(self, kind: str) -> None:
        key, total, _item, read = LISTS[kind]
        assert read(answering({key: [], total: 0})) == []
        assert read(answering({key: None, total: 0})) == []

    def test_an_execution_without_a_name_may_be_the_one_that_is_looked_for(self) -> None:
        answer = {"totalRecord": 1, "job_executions": [job(job_name=None)]}
        assert "job_executions has an item without job_name" in said_by(
            answer, lambda service: service.jobs.executions(CLUSTER, "wordcount")
        )
        assert len(answering(answer).jobs.executions(CLUSTER)) == 1

    def test_a_list_of_another_cluster_is_an_error(self) -> None:
        answer = {"totalRecord": 1, "job_executions": [job(cluster_id=OTHER)]}
        with pytest.raises(UnansweredError, match="makes no sense: it is about other clusters"):
            answering(answer).jobs.executions(CLUSTER)

    def test_a_service_that_ignores_the_cluster_shows_its_executions_among_others(self) -> None:
        answer = {"totalRecord": 2, "job_executions": [job(cluster_id=OTHER, id=RIVAL), job()]}
        assert [each.id for each in answering(answer).jobs.executions(CLUSTER)] == [JOB]

    @pytest.mark.parametrize(
        "field", ["job_name", "arguments", "jar_path", "hql", "job_type", "job_state"]
    )
    @pytest.mark.parametrize("value", [{}, [], True])
    def test_what_a_job_is_recognised_by_is_no_nonsense(self, field: str, value: t.Any) -> None:
        answer = {"totalRecord": 1, "job_executions": [job(**{field: value})]}
        assert f"makes no sense: {field} is " in said_by(
            answer, lambda service: service.jobs.executions(CLUSTER)
        )


def _named(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text


class TestObjects:
    @pytest.mark.parametrize("kind", OBJECTS)
    @pytest.mark.parametrize(
        ("answer", "problem"),
        [
            ({}, "an object with an id was expected, but the answer is an empty object"),
            (
                {"message": "all is well"},
                "an object with an id was expected, but the answer is an object with message",
            ),
            ({"{key}": None}, "{key} is null, not an object"),
            ({"{key}": 5}, "{key} is a number, not an object"),
            ({"{key}": []}, "{key} is a list, not an object"),
            (
                {"{key}": {}},
                "an object with an id was expected, but the answer is an object with {key}",
            ),
            ({"{key}": {"id": 5, "clusterId": 5}}, "an object with an id was expected"),
            ({"{key}": {"id": OTHER, "clusterId": OTHER}}, f"it is about {OTHER}"),
        ],
    )
    def test_what_is_not_this_object_is_an_error(
        self, kind: str, answer: Json, problem: str
    ) -> None:
        key, _whole, read = OBJECTS[kind]
        spoilt = json.loads(_named(json.dumps(answer), {"key": key}))
        assert f"makes no sense: {_named(problem, {'key': key})}" in said_by(spoilt, read)

    @pytest.mark.parametrize("kind", OBJECTS)
    def test_ids_differ_in_case_by_cloud(self, kind: str) -> None:
        key, whole, _read = OBJECTS[kind]
        answer = {
            key: {
                name: str(value).upper() if name in ("id", "clusterId") else value
                for name, value in whole.items()
            }
        }
        assert OBJECTS[kind][2](answering(answer)).id in (CLUSTER.upper(), JOB.upper())

    @pytest.mark.parametrize(
        ("answer", "problem"),
        [
            ({}, "tags is missing, not a list"),
            ({"tags": None}, "tags is null, not a list"),
            ({"tags": {}}, "tags is an empty object, not a list"),
            ({"tags": ["env"]}, "tags has an item that is a text, not an object"),
            ({"tags": [{"value": "test"}]}, "tags has an item without key"),
            ({"tags": [{"key": "env", "value": []}]}, "value is a list, not a text"),
        ],
    )
    def test_tags_are_a_list_of_keys_and_values(self, answer: Json, problem: str) -> None:
        assert f"makes no sense: {problem}." in said_by(
            answer, lambda service: read_tags(service, a_cluster())
        )

    def test_a_cluster_without_tags_has_an_empty_list_of_them(self) -> None:
        assert read_tags(answering({"tags": []}), a_cluster()) == {}


class TestPolicies:
    KEY = "auto_scaling_policies"

    @pytest.mark.parametrize(
        ("answer", "problem"),
        [
            ({}, "auto_scaling_policies is missing, not a list"),
            ({KEY: None}, "auto_scaling_policies is null, not a list"),
            ({KEY: {}}, "auto_scaling_policies is an empty object, not a list"),
            ({KEY: [None]}, "auto_scaling_policies has an item that is null, not an object"),
            ([5], "auto_scaling_policies has an item that is a number, not an object"),
            ([{"node_group_name": []}], "node_group_name is a list, not a text"),
            (
                [{"node_group_name": "task_node_analysis_group", "auto_scaling_policy": "none"}],
                "auto_scaling_policy is a text, not an object",
            ),
        ],
    )
    def test_what_is_no_list_of_policies_is_an_error(self, answer: t.Any, problem: str) -> None:
        exchange = Exchange("GET", ANY, Answer(200, answer))
        with client(exchange, exchange) as service, pytest.raises(UnansweredError) as caught:
            read_task_policy(service, a_cluster())
        assert f"makes no sense: {problem}." in str(caught.value)

    @pytest.mark.parametrize(
        "answer", [[], {KEY: []}, [{"node_group_name": "core_node_analysis_group"}]]
    )
    def test_none_for_the_task_nodes_is_none(self, answer: t.Any) -> None:
        with client(Exchange("GET", ANY, Answer(200, answer))) as service:
            assert read_task_policy(service, a_cluster()) is None


class TestErrorsWithHttp200:
    """A gateway may say so, in place of the answer."""

    REFUSAL: t.ClassVar[Json] = {"error_code": "12000030", "error_msg": "Not enough quota."}

    @pytest.mark.parametrize(
        "read", [LISTS["clusters"][3], LISTS["jobs"][3], OBJECTS["cluster"][2]]
    )
    @pytest.mark.parametrize(
        ("body", "code", "reason"),
        [
            (REFUSAL, "12000030", "Not enough quota."),
            ({"errorCode": "APIGW.0302", "errorMsg": "Forbidden."}, "APIGW.0302", "Forbidden."),
            ({"error": {"code": "X.1", "message": "No."}}, "X.1", "No."),
        ],
    )
    def test_is_a_refusal_with_its_code_and_reason(
        self, read: t.Callable[[Client], t.Any], body: Json, code: str, reason: str
    ) -> None:
        with (
            client(Exchange("GET", ANY, Answer(200, body))) as service,
            pytest.raises(ServiceError) as caught,
        ):
            read(service)
        assert (caught.value.status, caught.value.code, caught.value.reason) == (200, code, reason)

    def test_an_object_that_is_not_there_is_none(self) -> None:
        with client(
            reads(Answer(200, {"error_code": "12000003", "error_msg": "No cluster."}))
        ) as service:
            assert service.cluster(CLUSTER) is None

    @pytest.mark.parametrize("kind", ACTS)
    def test_a_known_refusal_of_a_request_that_acts_is_one(self, kind: str) -> None:
        answer = Answer(200, self.REFUSAL)
        with (
            client(Exchange(ANY, ANY, answer, body=ANY)) as service,
            pytest.raises(ServiceError) as caught,
        ):
            ACTS[kind](service)
        assert caught.value.code == "12000030"

    @pytest.mark.parametrize("kind", ACTS)
    @pytest.mark.parametrize("code", ["12000004", "X.1"])
    def test_one_that_may_come_too_late_has_an_unknown_outcome(self, kind: str, code: str) -> None:
        answer = Answer(200, {"error_code": code, "error_msg": "Not now."})
        with (
            client(Exchange(ANY, ANY, answer, body=ANY)) as service,
            pytest.raises(UnknownOutcomeError) as caught,
        ):
            ACTS[kind](service)
        assert (caught.value.code, caught.value.reason) == (code, "Not now.")

    def test_a_cancellation_or_deletion_has_nothing_else_to_say(self) -> None:
        with (
            client(Exchange("GET", ANY, Answer(200, self.REFUSAL))) as service,
            pytest.raises(ServiceError),
        ):
            service.jobs.cancel_execution(an_execution())


class TestAnswersToWhatActs:
    @pytest.mark.parametrize(
        ("kind", "answer"),
        [
            ("create", {}),
            ("create", {"result": True}),
            ("create", {"result": True, "cluster_id": None}),
            ("create", {"cluster_id": {}}),
            ("create", {"cluster_id": 5, "result": True}),
            ("create", {"cluster_id": CLUSTER, "result": 5}),
            ("create", {"cluster_id": CLUSTER, "result": []}),
            ("resize", {}),
            ("resize", {"result": None}),
            ("resize", {"result": {}}),
            ("resize", {"result": 1}),
            ("submit", {}),
            ("submit", {"job_execution": 5}),
            ("submit", {"job_execution": None}),
            ("submit", {"job_execution": {}}),
            ("submit", {"job_execution": {"id": 5}}),
            ("submit", {"job_execution": {"id": JOB, "cluster_id": OTHER}}),
            ("submit", {"job_execution": {"id": JOB, "job_name": "other"}}),
            ("submit", {"job_execution": {"id": JOB, "job_name": []}}),
        ],
    )
    def test_an_answer_that_makes_no_sense_says_nothing_of_the_outcome(
        self, kind: str, answer: Json
    ) -> None:
        exchange = Exchange(ANY, ANY, Answer(200, answer), body=ANY)
        with client(exchange) as service, pytest.raises(UnknownOutcomeError) as caught:
            ACTS[kind](service)
        assert "its answer makes no sense: " in str(caught.value)

    def test_a_policy_is_set_again(self) -> None:
        script = [
            Exchange("POST", ANY, Answer(200, answer), body=ANY)
            for answer in ({}, {"result": "succeeded"})
        ]
        with client(*script) as service:
            set_task_policy(service, a_cluster(), {})


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"error_code": "12000041", "error_msg": "Failed."},
        {"totalRecord": 3, "job_executions": []},
        {"totalRecord": 3, "job_executions": None},
        {"totalRecord": 1, "job_executions": {"id": JOB}},
        "null",
        '"none"',
        "[]",
    ],
)
def test_a_job_is_not_submitted_after_a_list_that_makes_no_sense(answer: t.Any) -> None:
    listed = Exchange("GET", "/job-exes", Answer(200, answer))
    given = {"cluster": CLUSTER, **JOB_OPTIONS, "api_retries": 0}
    times = 4 if answer == {"totalRecord": 3, "job_executions": []} else 1
    result = play_failing("mrs_job", given, [listed] * times).result
    assert result["msg"].startswith(
        ("The service's answer to list the job exec", "Cannot list the job executions of")
    )


# Anything at all

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400), 2**63, 0, 1, 3, -1])
    | st.floats()
    | st.text()
    | st.sampled_from(
        ["0001-01-01T00:00:00+14:00", "1" * 400, "nan", "1711540000123", CLUSTER, JOB, "succeeded"]
    )
)
_KEYS = st.sampled_from(
    [
        *("auto_scaling_policies", "node_group_name", "auto_scaling_policy", "resource_pool_name"),
        *(
            "clusters",
            "hosts",
            "job_executions",
            "clusterTotal",
            "total",
            "totalRecord",
            "cluster",
            "job_execution",
        ),
        *(
            "tags",
            "result",
            "cluster_id",
            "error_code",
            "error",
            "id",
            "key",
            "value",
            *cluster(),
            *job(),
            *host(1),
        ),
        *(
            "GroupName",
            "NodeNum",
            "AutoScalingPolicy",
            "auto_scaling_enable",
            "nodes",
            "start_time",
            "spend_time",
        ),
    ]
)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(_KEYS | st.text(max_size=3), inner, max_size=8)
    ),
    max_leaves=30,
)
_ANY_OBJECT = st.dictionaries(_KEYS, _ANYTHING, max_size=8)


@st.composite
def _nearly(draw: st.DrawFn, right: Json) -> Json:
    """The right thing, with a few fields spoilt."""
    spoilt = draw(st.dictionaries(st.sampled_from(sorted(right)), _ANYTHING, max_size=3))
    gone = draw(st.sets(st.sampled_from(sorted(right)), max_size=2))
    return {key: value for key, value in {**right, **spoilt}.items() if key not in gone}


def _shown(value: t.Any) -> None:
    """Whatever is read can be shown."""
    for each in value if isinstance(value, list) else [value]:
        if hasattr(each, "result"):
            json.dumps(each.result())


@pytest.mark.parametrize("kind", LISTS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_answer_to_a_list_is_a_value_or_our_error(kind: str, data: st.DataObject) -> None:
    key, total, item, read = LISTS[kind]
    answer = data.draw(
        _ANY_OBJECT
        | st.fixed_dictionaries({key: _ANYTHING, total: _ANYTHING})
        | st.fixed_dictionaries({key: st.lists(_nearly(item), max_size=3), total: _SCALARS})
    )
    try:
        found = read(answering(answer))
    except MrsError:
        return
    _shown(found)
    if not found and kind != "jobs by name":
        assert answer[key] == [] or (answer[key] is None and float(answer[total]) == 0)


@pytest.mark.parametrize("kind", OBJECTS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_answer_to_a_detail_is_a_value_or_our_error(kind: str, data: st.DataObject) -> None:
    key, whole, read = OBJECTS[kind]
    answer = data.draw(
        _ANY_OBJECT | _nearly(whole) | st.fixed_dictionaries({key: _ANYTHING | _nearly(whole)})
    )
    try:
        found = read(answering(answer))
    except MrsError:
        return
    assert found.id in (CLUSTER, JOB)
    _shown(found)


@settings(max_examples=40, deadline=None)
@given(answer=_ANY_OBJECT | st.fixed_dictionaries({"tags": _ANYTHING}))
def test_any_answer_to_tags_is_a_value_or_our_error(answer: Json) -> None:
    try:
        found = read_tags(answering(answer), a_cluster())
    except MrsError:
        return
    assert len(found) > 0 or answer["tags"] == []


@settings(max_examples=40, deadline=None)
@given(answer=_ANY_OBJECT | st.fixed_dictionaries({"auto_scaling_policies": _ANYTHING}))
def test_any_answer_to_policies_is_a_value_or_our_error(answer: Json) -> None:
    try:
        found = read_task_policy(answering(answer), a_cluster())
    except MrsError:
        return
    assert found or isinstance(answer["auto_scaling_policies"], list)


@pytest.mark.parametrize("kind", ACTS)
@settings(max_examples=40, deadline=None)
@given(answer=_ANY_OBJECT)
def test_any_answer_to_what_acts_is_a_value_or_our_error(kind: str, answer: Json) -> None:
    try:
        ACTS[kind](answering(answer))
    except MrsError:
        return


class Iam(requests.adapters.BaseAdapter):
    """Gives the same answer to every request."""

    def __init__(self, answer: t.Any) -> None:
        super().__init__()
        self._answer = answer

    def send(self, request: requests.PreparedRequest, **how: t.Any) -> requests.Response:
        response = requests.Response()
        response.status_code, response.url, response.request = 201, request.url or "", request
        response.headers["X-Subject-Token"] = "CANARY-token"
        response.raw = io.BytesIO(json.dumps(self._answer).encode())
        return response

    def close(self) -> None:
        """Nothing is open."""


def logged_in(answer: t.Any, **given: t.Any) -> t.Any:
    session = requests.Session()
    session.mount("https://", Iam(answer))
    return scripted_iam.connect({"region_name": "eu-de", **given}, session=session)


_TOKEN = scripted_iam.granted().body["token"]
_CATALOG = st.lists(_nearly(_TOKEN["catalog"][0]) | _ANYTHING, max_size=2)


@settings(max_examples=30, deadline=None)
@given(
    answer=_ANYTHING
    | st.fixed_dictionaries({"token": _nearly(_TOKEN) | _ANYTHING})
    | _CATALOG.map(lambda catalog: {"token": {**_TOKEN, "catalog": catalog}})
)
def test_any_answer_to_a_login_is_a_token_or_our_error(answer: t.Any) -> None:
    auth = {
        "auth_url": "https://iam.example.com/v3",
        "username": "robot",
        "password": "CANARY-password",
    }
    try:
        access = logged_in(
            answer, auth={**auth, "user_domain_name": "dom", "project_id": scripted_iam.PROJECT}
        )
    except MrsError:
        return
    assert access.endpoint.startswith("https://")


@settings(max_examples=30, deadline=None)
@given(
    answer=_ANYTHING
    | st.fixed_dictionaries(
        {"projects": _ANYTHING | st.lists(_nearly({"id": "a", "name": "eu-de"}), max_size=2)}
    )
)
def test_any_answer_about_projects_is_a_project_or_our_error(answer: t.Any) -> None:
    try:
        access = logged_in(answer, **scripted_iam.KEYS)
    except MrsError:
        return
    assert access.project_id in [project["id"] for project in answer["projects"]]
