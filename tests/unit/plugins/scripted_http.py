# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A service that follows a script: each request must be the next one that the test expects.

A request that is not expected fails the test, and so does an expected one that is not sent.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import importlib
import io
import json
import typing as t
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
import requests.adapters

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Transport
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import Access
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import Kind, outcome
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    PROJECT,
    Json,
    ManualClock,
    a_cluster,
    cluster,
    options,
)

#: Seconds to look for a lost outcome, so that a script needs to answer two or three polls only.
SHORT_LOOK = 30.0
#: For a query or a body that a test does not look at.
ANY: t.Any = object()


@dataclasses.dataclass(frozen=True)
class Answer:
    """C(body): JSON, or a text that is sent as it is."""

    status: int = 200
    body: t.Any = ""
    headers: t.Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body if isinstance(self.body, str) else json.dumps(self.body)


@dataclasses.dataclass(frozen=True)
class Exchange:
    """A request that is expected, and what comes back: an answer, or the error of a connection."""

    method: str
    path: str
    reply: Answer | Exception
    query: t.Any = ANY
    body: t.Any = None

    def is_met_by(self, method: str, path: str, query: Json, body: t.Any) -> bool:
        return (
            self.method in (ANY, method)
            and self.path in (ANY, path)
            and (self.query is ANY or query == self.query)
            and (self.body is ANY or body == self.body)
        )


Script = t.Sequence[Exchange]


class ScriptedHttp(requests.adapters.BaseAdapter):
    """The other end of a requests session."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._left = collections.deque(script)
        self.sent: list[requests.PreparedRequest] = []
        self.timeouts: list[t.Any] = []
        self.closed = 0

    def send(self, request: requests.PreparedRequest, **how: t.Any) -> requests.Response:
        self.sent.append(request)
        self.timeouts.append(how.get("timeout"))
        url = urlsplit(request.url or "")
        path = url.path.removeprefix(f"/v1.1/{PROJECT}")
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        body = json.loads(request.body) if request.body else None
        expected = self._left.popleft() if self._left else None
        if expected is None or not expected.is_met_by(request.method or "", path, query, body):
            pytest.fail(
                f"request {len(self.sent)} is {request.method} {path} {query} {body}, expected is "
                f"{expected or 'none'}"
            )
        if isinstance(expected.reply, Exception):
            raise expected.reply
        return _response(request, expected.reply)

    def left(self) -> list[tuple[str, str]]:
        """What was expected and not sent."""
        return [(each.method, each.path) for each in self._left]

    def check_end(self) -> None:
        assert self.left() == []

    def close(self) -> None:
        self.closed += 1


def session_with(script: Script) -> tuple[requests.Session, ScriptedHttp]:
    session, http = requests.Session(), ScriptedHttp(script)
    session.mount("https://", http)
    return session, http


@contextlib.contextmanager
def client(*script: Exchange) -> t.Iterator[Client]:
    """A client whose service follows the script to its end.

    It has read a cluster of MRS 2 before.
    """
    session, http = session_with(script)
    access = Access(
        "https://mrs.example.com", PROJECT, lambda request: request, lambda: False, True
    )
    made = Client(Transport(access, ManualClock(), timeout=60.0, retries=1, session=session))
    made.know(a_cluster())
    yield made
    http.check_end()


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers.update(answer.headers)
    response.raw = io.BytesIO(answer.text.encode())
    response.encoding = "utf-8"
    response.url = request.url or ""
    response.request = request
    return response


@dataclasses.dataclass
class Played:
    """What came of a task: the result that Ansible would show."""

    result: Json
    clock: ManualClock
    http: ScriptedHttp


def task_of(module: str) -> Kind:
    """The task that the file of a module imports to run it."""
    names = vars(
        importlib.import_module(f"ansible_collections.huaweicloud.mrs.plugins.modules.{module}")
    )
    (task,) = [value for name, value in names.items() if name.endswith("Task")]
    return t.cast("Kind", task)


def play(module: str, given: Json, script: Script, *, check_mode: bool = False) -> Played:
    """Run a task to its good end.

    The jobs of a cluster that is given by its id begin with a look at that, which decides the API.
    A script need not have it: then it is a cluster of MRS 2, whose jobs are those of API v1.1.
    """
    played = _run(module, given, script, check_mode)
    assert "failed" not in played.result, played.result["msg"]
    return played


def play_failing(module: str, given: Json, script: Script, *, check_mode: bool = False) -> Played:
    """Run a task that fails."""
    played = _run(module, given, script, check_mode)
    assert played.result["failed"] is True
    return played


def _run(module: str, given: Json, script: Script, check_mode: bool) -> Played:
    clock = ManualClock()
    session, http = session_with([*_look_at_cluster(module, given, script), *script])
    environment = TaskEnvironment({}, clock, session=session)
    params = options(module, **{"outcome_timeout": SHORT_LOOK, **_quiet(module, given)})
    result = outcome(task_of(module), params, check_mode=check_mode, environment=environment)
    assert http.left() == [], result.get("msg")
    return Played(result, clock, http)


def _quiet(module: str, given: Json) -> Json:
    """A script need not have what a cluster is compared with before it is created."""
    if module in ("mrs_cluster", "mrs_cluster_scale", "mrs_component"):
        return {"validate": False, **given}
    if module == "mrs_cluster_plan_info":
        return {**given, "clusters": [_quiet("mrs_cluster", each) for each in given["clusters"]]}
    return given


def _look_at_cluster(module: str, given: Json, script: Script) -> Script:
    look = Exchange("GET", f"/cluster_infos/{CLUSTER}", Answer(200, {"cluster": cluster()}))
    is_by_id = module in ("mrs_job", "mrs_job_execution_info") and given.get("cluster") == CLUSTER
    return [look] if is_by_id and script and script[0].path != look.path else []
