# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated cloud of one trial, the spoilt network to it, and the record of who changed what in truth."""

from __future__ import annotations

import collections
import copy
import dataclasses
import time
import typing as t

import requests
import requests.adapters
import requests.exceptions

from ansible_collections.huaweicloud.mrs.plugins.module_utils._exchange import NoAnswerError
from ansible_collections.huaweicloud.mrs.tests.faults.director import START, Actor, Director, SimulatorClock
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Fault
from mrs_simulator import in_process
from mrs_simulator.base.messages import Reply, Request
from mrs_simulator.control.faults import AFTER, Rule, make_rule
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator
from mrs_simulator.state.resources import Cluster, Job, Store
from mrs_simulator.state.transitions import actual_state, job_over

#: So many requests of one run are a loop, whatever happens.
MOST_REQUESTS = 1500
#: Seconds that a run may pause after a fault, where it is not LONGEST_PAUSE.
PAUSES = {"429_seconds": 45.0}
LONGEST_PAUSE = 30.0
#: Seconds that any request takes. No two things happen in the same millisecond.
LATENCY = 0.01
#: Seconds by which a request of kind "late" arrives later.
LATE = 20.0

_HTML = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
#: What the network and the gateway do: rules for the simulator.
RULES: dict[str, dict[str, t.Any]] = {
    "cut_before": {"kind": "cut_before"},
    "cut_after": {"kind": "cut_after"},
    "hang_before": {"kind": "hang_before"},
    "hang_after": {"kind": "hang_after"},
    "slow": {"kind": "slow", "seconds": 40.0},
    "429": {"kind": "status", "status": 429, "body": {"error_code": "APIGW.0308", "error_msg": "Too many requests"}},
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
    "409": {"kind": "status", "status": 409, "body": {"error_code": "MRS.9409", "error_msg": "Conflict"}},
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


Effect = tuple[str, str]


@dataclasses.dataclass
class Record:
    """What is known of one run from outside."""

    actor: Actor
    faults: tuple[Fault, ...] = ()
    requests: int = 0
    writes: int = 0
    effects: list[Effect] = dataclasses.field(default_factory=list)
    hit: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    #: Kinds of effects that were asked for and whose answer did not come back in one piece.
    unsure: int = 0
    #: Seconds that the network, and pauses for its sake, may have cost.
    lost_time: float = 0.0
    trace: list[str] = dataclasses.field(default_factory=list)


class Scene:
    """A simulator on the director's clock."""

    def __init__(self, settings: Settings, store: Store | None = None) -> None:
        self.director = Director()
        self.simulator = Simulator(settings, SimulatorClock(self.director))
        if store is not None:
            self.director.time = store.clock_offset
            self.world.store.clusters = copy.deepcopy(store.clusters)
            self.world.store.jobs = copy.deepcopy(store.jobs)
        self.records: list[Record] = []
        self.console = Record(Actor("console"))
        self.late: list[tuple[float, Record, Request]] = []
        self.most_nodes: dict[tuple[str, str], int] = {}
        self.made_clusters: list[Cluster] = []
        self.made_jobs: list[Job] = []
        self.before_request: t.Callable[[Record], None] = lambda record: None

    @property
    def world(self) -> t.Any:
        return self.simulator.world

    @property
    def project(self) -> str:
        return str(self.world.identity.project_id)

    def session(self, record: Record) -> requests.Session:
        """A session of one run. What it is told not to look at in the environment costs most of the time."""
        session = requests.Session()
        session.trust_env = False
        session.mount(self.world.base_url, Network(self, record))
        self.records.append(record)
        return session

    def token(self) -> str:
        token, _ends = self.world.identity.issue(self.project, self.director.time)
        return str(token)

    def call(self, method: str, path: str, body: bytes = b"") -> int:
        """A request of somebody else, such as a person at the console."""
        headers = {"host": "mrs.simulator", "x-auth-token": self.token(), "content-type": "application/json"}
        request = Request(method, f"/v1.1/{self.project}/{path}", "", headers, body)
        return t.cast("int", self.watched(self.console, lambda: self.simulator.handle(request)).status)

    def watched(self, record: Record, act: t.Callable[[], t.Any]) -> t.Any:
        """Let something happen, and note what it changed."""
        self.simulator.catch_up(self.director.time)
        before = self._state()
        try:
            return act()
        finally:
            record.effects += self._noted(before, self._state())

    def _state(self) -> dict[str, t.Any]:
        clusters, jobs = self.world.store.clusters, self.world.store.jobs
        state = {key: (id(each.pending), each.pending, each.tags, _policy(each)) for key, each in clusters.items()}
        return {**state, **{key: each.cancelled_at for key, each in jobs.items()}}

    def _noted(self, before: dict[str, t.Any], after: dict[str, t.Any]) -> list[Effect]:
        found: list[Effect] = [("forget", key) for key in before if key not in after]
        for key, state in after.items():
            if key in self.world.store.jobs:
                found += self._noted_job(key, key in before, before.get(key), state)
            else:
                found += self._noted_cluster(key, before.get(key), state)
        return found

    def _noted_job(self, key: str, known: bool, was: t.Any, now: t.Any) -> list[Effect]:
        if not known:
            self.made_jobs.append(self.world.store.jobs[key])
            return [("submit", key)]
        return [("cancel", key)] if was is None and now is not None else []

    def _noted_cluster(self, key: str, was: t.Any, now: t.Any) -> list[Effect]:
        cluster = self.world.store.clusters[key]
        if was is None:
            self.made_clusters.append(cluster)
            self.note_nodes(cluster)
            return [("create", key)]
        found: list[Effect] = []
        if now[0] != was[0] and now[1] is not None:
            self.note_nodes(cluster)
            found.append(("delete" if now[1].what == "delete" else "resize", key))
        if now[2] != was[2]:
            found.append(("tags", key))
        if now[3] != was[3]:
            found.append(("policy", key))
        return found

    def note_nodes(self, cluster: Cluster) -> None:
        """The most nodes that each group had or was about to have."""
        pending = cluster.pending
        for kind in ("core", "task"):
            coming = len(pending.added) if pending and pending.kind == kind else 0
            nodes = cluster.count(kind) + coming
            self.most_nodes[cluster.name, kind] = max(nodes, self.most_nodes.get((cluster.name, kind), 0))

    def living(self, name: str) -> list[Cluster]:
        self.simulator.catch_up(self.director.time)
        dead = ("terminated", "failed", "terminating")
        clusters: t.Iterable[Cluster] = self.world.store.clusters.values()
        return [each for each in clusters if each.name == name and actual_state(each) not in dead]

    def deliver_late(self) -> None:
        """Hand over the requests that were on their way for long, each at its time."""
        for due, record, request in sorted(self.late, key=lambda each: each[0]):
            if due <= self.director.time:
                self.late.remove((due, record, request))
                now, self.director.time = self.director.time, due
                self.watched(record, lambda request=request: self.simulator.handle(request))
                self.director.time = now


def _policy(cluster: Cluster) -> t.Any:
    group = cluster.group("task")
    return group and group.policy


class Network(requests.adapters.BaseAdapter):
    """The way of one run to the simulator, with what the schedule does to it."""

    def __init__(self, scene: Scene, record: Record) -> None:
        super().__init__()
        self.scene, self.record = scene, record
        self.world = scene.world
        self._rule: Rule | None = None
        self._inner = in_process.Transport(t.cast("Simulator", self))

    def close(self) -> None:
        """Nothing is open."""

    def handle(self, request: Request) -> Reply:
        """Stands in for the simulator: the same, watched and with the fault of the moment."""
        faults = self.scene.simulator.faults
        faults.rules = [self._rule] if self._rule else []
        self.world.settings.clock_skew = self.scene.director.time - time.time()
        self.scene.director.time += LATENCY
        before = len(self.record.effects)
        try:
            return t.cast("Reply", self.scene.watched(self.record, lambda: self.scene.simulator.handle(request)))
        finally:
            faults.rules = []
            if request.path.endswith("/cancel") and len(self.record.effects) == before:
                self._note_second_cancel(request.path.split("/")[-2])

    def _note_second_cancel(self, key: str) -> None:
        """Asking once more for the end of a job is accepted while it still runs, and so counts as done."""
        job = self.world.store.jobs.get(key)
        acted = self._rule is None or self._rule.kind in AFTER
        if acted and job and job.cancelled_at is not None and not job_over(job, self.scene.director.time):
            self.record.effects.append(("cancel", key))

    def send(self, request: requests.PreparedRequest, **how: t.Any) -> requests.Response:
        scene, record = self.scene, self.record
        scene.director.step()
        path = (request.url or "").partition("?")[0]
        writes = (request.method != "GET" or path.endswith("/cancel")) and not path.endswith("/auth/tokens")
        record.requests += 1
        record.writes += writes
        if record.requests > MOST_REQUESTS:
            raise Looping
        scene.before_request(record)
        scene.deliver_late()
        kind = self._fault(writes)
        if kind == "result_false" and not path.endswith(("/run-job-flow",)) and request.method != "PUT":
            kind = ""  # no other answer has a result
        record.trace.append(
            f"{scene.director.time - START:7.1f} {record.actor.name} {request.method} "
            f"{path[len(self.world.base_url) :]} {kind}".rstrip()
        )
        if not kind:
            return self._inner.send(request, **how)
        record.hit[kind] += 1
        record.unsure += writes
        began = scene.director.time
        try:
            return self._spoilt(kind, request, how)
        finally:
            record.lost_time += scene.director.time - began + PAUSES.get(kind, LONGEST_PAUSE)

    def _fault(self, writes: bool) -> str:
        """The kind of fault that the schedule has for this request; empty for none."""
        numbers = {"request": self.record.requests, "write": self.record.writes if writes else 0}
        return next((fault.kind for fault in self.record.faults if fault.hits(numbers)), "")

    def _spoilt(self, kind: str, request: requests.PreparedRequest, how: dict[str, t.Any]) -> requests.Response:
        if kind == "kill_before":
            raise Killed
        if kind == "kill_after":
            self._inner.send(request, **how)
            raise Killed
        if kind == "never_sent":
            raise NoAnswerError("no connection within 60 s", sent=False, late=True)
        if kind == "late":
            due = self.scene.director.time + LATE
            self.scene.late.append((due, self.record, in_process._to_simulator(request)))
            raise requests.exceptions.ConnectionError("Connection aborted: RemoteDisconnected", request=request)
        self._rule = make_rule(RULES[kind])
        if kind == "429_date":
            self._rule.headers = {"Retry-After": _http_date(self.scene.director.time + 20.0)}
        try:
            return self._inner.send(request, **how)
        finally:
            self._rule = None


def _http_date(moment: float) -> str:
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(moment))
