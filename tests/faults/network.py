# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of one run to the simulated cloud, without sockets, and all that can go wrong on it."""

from __future__ import annotations

import time
import typing as t

import requests
import requests.adapters
import requests.exceptions

from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import NoAnswerError
from ansible_collections.huaweicloud.mrs.tests.faults import nonsense, texts
from ansible_collections.huaweicloud.mrs.tests.faults.director import START
from ansible_collections.huaweicloud.mrs.tests.faults.scene import Record, Scene
from mrs_simulator import in_process
from mrs_simulator.base.messages import Reply, Request
from mrs_simulator.control.faults import AFTER, Rule, make_rule
from mrs_simulator.simulator import Simulator
from mrs_simulator.state.transitions import job_over

#: So many requests of one run are a loop, whatever happens.
MOST_REQUESTS = 1500
#: Seconds that a run may pause after a fault, where it is not LONGEST_PAUSE.
PAUSES = {"429_seconds": 45.0}
LONGEST_PAUSE = 30.0
#: Seconds that any request takes. No two things happen in the same millisecond.
LATENCY = 0.01
#: Seconds by which a request arrives later, or once more.
LATE = {"late": 20.0, "later": 100.0, "twice_later": 20.0, "twice_much_later": 400.0}
#: Kinds whose request is delivered again.
TWICE = ("twice", "twice_lost", "twice_second", "twice_later", "twice_much_later")

_HTML = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
#: What the network and the gateway do: rules for the simulator.
RULES: dict[str, dict[str, t.Any]] = {
    "cut_before": {"kind": "cut_before"},
    "cut_after": {"kind": "cut_after"},
    "hang_before": {"kind": "hang_before"},
    "hang_after": {"kind": "hang_after"},
    "slow": {"kind": "slow", "seconds": 40.0},
    "429": {
        "kind": "status",
        "status": 429,
        "body": {"error_code": "APIGW.0308", "error_msg": "Too many requests"},
    },
    "429_seconds": {"kind": "status", "status": 429, "headers": {"Retry-After": "45"}},
    "429_date": {"kind": "status", "status": 429},
    "500": {"kind": "status", "status": 500},
    "500_code": {
        "kind": "status",
        "status": 500,
        "body": {"error_code": "12000004", "error_msg": "An internal error occurred."},
    },
    "500_after": {"kind": "status_after", "status": 500},
    "502_html": {"kind": "status", "status": 502, "body": _HTML},
    "502_html_after": {"kind": "status_after", "status": 502, "body": _HTML},
    "503": {"kind": "status", "status": 503},
    "504_after": {"kind": "status_after", "status": 504},
    "409": {
        "kind": "status",
        "status": 409,
        "body": {"error_code": "MRS.9409", "error_msg": "Conflict"},
    },
    "truncated_after": {"kind": "garbage", "body": '{"cluster_id": "4f0c6c1e-8a51", "resu'},
    "html_after": {"kind": "garbage", "body": _HTML},
    "torn_after": {"kind": "truncate"},
    "empty_after": {"kind": "empty"},
    "result_false": {"kind": "result_false"},
    "token_gone": {"kind": "expire_token"},
}


class Killed(BaseException):
    """The client is gone, between two of its instructions."""


class Looping(BaseException):
    """Far too many requests."""


def connected(scene: Scene, record: Record) -> requests.Session:
    """A session of one run.

    What it is told not to look at in the environment costs most of the time.
    """
    session = requests.Session()
    session.trust_env = False
    session.mount(scene.world.base_url, Network(scene, record))
    return session


class Network(requests.adapters.BaseAdapter):
    """The way of one run to the simulator, with what the schedule does to it."""

    def __init__(self, scene: Scene, record: Record) -> None:
        super().__init__()
        self.scene, self.record = scene, record
        self.world = scene.world
        self._rule: Rule | None = None
        self._nonsense = ""
        self._has_odd_words = False
        self._inner = in_process.Transport(t.cast(Simulator, self))

    def close(self) -> None:
        """Nothing is open."""

    def handle(self, request: Request) -> Reply:
        """Stands in for the simulator: the same, watched and with the fault of the moment."""
        faults = self.scene.simulator.faults
        faults.rules = [self._rule] if self._rule else []
        self.scene.director.time += LATENCY
        before = len(self.record.effects)
        try:
            reply = self.scene.deliver(self.record, request)
        finally:
            faults.rules = []
            if request.path.endswith(("/cancel", "/kill")) and len(self.record.effects) == before:
                self._note_second_cancel(request.path.split("/")[-2])
        if self._nonsense and reply.status < 300:
            reply.body = nonsense.nonsense(self._nonsense, reply.body)
        if self._has_odd_words:
            reply.body = texts.with_controls(reply.body)
        return reply

    def _note_second_cancel(self, key: str) -> None:
        """A second request to end a job counts as done: it is accepted while the job runs."""
        job = self.world.store.jobs.get(key)
        acted = self._rule is None or self._rule.kind in AFTER
        is_over = job is None or job_over(job, self.scene.director.time)
        if acted and job and job.cancelled_at is not None and not is_over:
            self.record.effects.append(("cancel", key))

    def send(self, request: requests.PreparedRequest, **how: t.Any) -> requests.Response:
        scene, record = self.scene, self.record
        record.secrets.add(request.headers.get("X-Auth-Token", ""))
        path = (request.url or "").partition("?")[0][len(self.world.base_url) :]
        kind, writes = announce(scene, record, request.method or "", path)
        if not kind:
            return self._inner.send(request, **how)
        began = scene.director.time
        try:
            return self._spoilt(kind, writes, request, how)
        finally:
            record.lost_time += scene.director.time - began + PAUSES.get(kind, LONGEST_PAUSE)

    def _spoilt(
        self, kind: str, writes: bool, request: requests.PreparedRequest, how: dict[str, t.Any]
    ) -> requests.Response:
        if kind in ("kill_before", "kill_after"):
            if kind == "kill_after":
                self._inner.send(request, **how)
            raise Killed
        if kind == "never_sent":
            raise NoAnswerError("no connection within 60 s", sent=False, late=True)
        if kind in ("late", "later"):
            self.scene.send_later(self.record, _plain(request), LATE[kind])
            raise _cut(request)
        if kind in TWICE:
            return self._twice(kind, writes, request, how)
        self._prepare(kind, request)
        try:
            return self._inner.send(request, **how)
        finally:
            self._rule, self._nonsense, self._has_odd_words = None, "", False

    def _prepare(self, kind: str, request: requests.PreparedRequest) -> None:
        """What is to become of the answer."""
        if kind in nonsense.KINDS:
            self._nonsense = kind
        elif kind == texts.WORDS:
            self._has_odd_words = True
        elif kind in texts.ECHOES:
            self._rule = make_rule(texts.echo(kind, request))
        else:
            self._rule = make_rule(RULES[kind])
        if self._rule and kind == "429_date":
            self._rule.headers = {"Retry-After": _http_date(self.scene.director.time + 20.0)}

    def _twice(
        self, kind: str, writes: bool, request: requests.PreparedRequest, how: dict[str, t.Any]
    ) -> requests.Response:
        """Deliver it once more. A read does not mind."""
        response = self._inner.send(request, **how)
        if writes and kind in LATE:
            self.scene.send_later(self.record, _plain(request), LATE[kind], again=True)
        elif writes:
            self.record.doubles = True
            second = self._inner.send(request, **how)
            self.record.doubles = False
            response = second if kind == "twice_second" else response
        if kind == "twice_lost":
            raise _cut(request)
        return response


def announce(scene: Scene, record: Record, method: str, path: str) -> tuple[str, bool]:
    """What the schedule has for the next request of a run, and whether that changes things."""
    scene.director.step()
    writes = (method != "GET" or path.endswith("/cancel")) and not path.endswith("/auth/tokens")
    record.requests += 1
    record.writes += writes
    if record.requests > MOST_REQUESTS:
        raise Looping
    if record.pace:
        scene.director.sleep(record.pace[1] if writes else record.pace[0])
    scene.before_request(record)
    scene.deliver_late()
    kind = _fault(record, writes)
    if kind == "result_false" and not path.endswith("/run-job-flow") and method != "PUT":
        kind = ""  # no other answer has a result
    moment = scene.director.time - START
    record.trace.append(f"{moment:7.1f} {record.actor.name} {method} {path} {kind}".rstrip())
    if kind:
        record.hit[kind] += 1
        record.unsure += writes
    return kind, writes


def _fault(record: Record, writes: bool) -> str:
    """The kind of fault that the schedule has for this request; empty for none."""
    numbers = {"request": record.requests, "write": record.writes if writes else 0}
    return next((fault.kind for fault in record.faults if fault.hits(numbers)), "")


def _cut(request: requests.PreparedRequest) -> requests.exceptions.RequestException:
    text = "Connection aborted: RemoteDisconnected"
    return requests.exceptions.ConnectionError(text, request=request)


def _plain(request: requests.PreparedRequest) -> Request:
    return in_process._to_simulator(request)


def _http_date(moment: float) -> str:
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(moment))
