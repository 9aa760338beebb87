# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated cloud of one trial, and the record of who changed what in truth."""

from __future__ import annotations

import collections
import copy
import dataclasses
import math
import time
import typing as t

from ansible_collections.huaweicloud.mrs.tests.faults.director import (
    Actor,
    Director,
    SimulatorClock,
)
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Fault
from mrs_simulator.base.messages import Reply, Request
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator
from mrs_simulator.state.resources import CUSTOM, MIXED, Cluster, Job, Store
from mrs_simulator.state.transitions import actual_state, settle

Effect = tuple[str, str]


#: What transitions of the simulator are besides resizes.
CHANGES = {"delete": "delete", "add_component": "components"}


class Late(t.NamedTuple):
    """A request that arrives at C(due), for the first time or once more."""

    due: float
    record: Record
    request: Request
    again: bool


@dataclasses.dataclass
class Record:
    """What is known of one run from outside.

    C(pace): seconds that a read and a write of it take to the service, where others are at work at
    the same time.
    """

    actor: Actor
    faults: tuple[Fault, ...] = ()
    pace: tuple[float, float] | None = None
    requests: int = 0
    writes: int = 0
    effects: list[Effect] = dataclasses.field(default_factory=list)
    #: What requests did that were delivered once more than they were sent.
    echoes: list[Effect] = dataclasses.field(default_factory=list)
    #: When the last resize of those was.
    resized_again: float | None = None
    doubles: bool = False
    #: The tokens that it sent.
    secrets: set[str] = dataclasses.field(default_factory=set)
    hit: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    #: How many requests that change something did not go their way.
    unsure: int = 0
    #: Seconds that the network, and pauses for its sake, may have cost.
    lost_time: float = 0.0
    began: float = 0.0
    ended: float = math.inf
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
            self.world.store.connections = copy.deepcopy(store.connections)
        self.records: list[Record] = []
        self.way = "inside"
        self.console = Record(Actor("console"))
        self.late: list[Late] = []
        #: What requests did that were late: when, of which run, and what.
        self.arrived: list[tuple[float, Record, list[Effect]]] = []
        #: When each thing was done.
        self.times: dict[Effect, float] = {}
        #: Seconds that a replica is behind, and which reads it answers.
        self.behind, self.behind_of = 0.0, "lists"
        self._past: list[tuple[float, dict[str, Cluster], dict[str, Job]]] = []
        self.most_nodes: dict[tuple[str, str], int] = {}
        self.made_clusters: list[Cluster] = []
        self.made_jobs: list[Job] = []
        self.before_request: t.Callable[[Record], None] = lambda record: None

    @property
    def beyond(self) -> list[Effect]:
        """What happened after the run that had asked for it was over, or showed after that."""
        shows = float(self.world.settings.lag or 0.0) + self.behind
        return [
            effect
            for due, record, effects in self.arrived
            for effect in effects
            if due + shows > record.ended
        ]

    @property
    def world(self) -> t.Any:
        return self.simulator.world

    @property
    def project(self) -> str:
        return str(self.world.identity.project_id)

    def token(self) -> str:
        token, _ends = self.world.identity.issue(self.project, self.director.time)
        return str(token)

    def call(self, method: str, path: str, body: bytes = b"", api: str = "v1.1") -> int:
        """A request of somebody else, such as a person at the console."""
        headers = {
            "host": "mrs.simulator",
            "x-auth-token": self.token(),
            "content-type": "application/json",
        }
        request = Request(method, f"/{api}/{self.project}/{path}", "", headers, body)
        return t.cast(
            "int", self.watched(self.console, lambda: self.simulator.handle(request)).status
        )

    def deliver(self, record: Record, request: Request) -> Reply:
        """A request of a run arrives: at the service, or at a replica that is behind."""
        self.world.settings.clock_skew = self.director.time - time.time()
        if self._is_for_replica(record, request):
            return self._as_it_was(self.director.time - self.behind, request)
        return t.cast("Reply", self.watched(record, lambda: self.simulator.handle(request)))

    def _is_for_replica(self, record: Record, request: Request) -> bool:
        is_read = request.method == "GET" and not request.path.endswith("/cancel")
        if not self.behind or not is_read or "/v3/" in request.path:
            return False
        if self.behind_of == "some":
            return record.requests % 2 == 0
        return self.behind_of == "all" or request.path.endswith(("/cluster_infos", "/job-exes"))

    def _as_it_was(self, moment: float, request: Request) -> Reply:
        """The answer to a read as it would have been at that moment."""
        store, now = self.world.store, self.director.time
        kept = store.clusters, store.jobs
        past = [each for each in self._past if each[0] <= moment] or self._past[:1]
        store.clusters, store.jobs = copy.deepcopy(past[-1][1:])
        self.director.time = max(moment, past[-1][0])
        try:
            return self.simulator.handle(request)
        finally:
            store.clusters, store.jobs = kept
            self.director.time = now

    def fall_behind(self, seconds: float, reads: str) -> None:
        """From now on, these reads show what was so many seconds ago."""
        self.behind, self.behind_of, self._past = seconds, reads, []
        self._keep_past()

    def _keep_past(self) -> None:
        if self.behind:
            clusters, jobs = copy.deepcopy((self.world.store.clusters, self.world.store.jobs))
            self._past.append((self.director.time, clusters, jobs))

    def watched(self, record: Record, act: t.Callable[[], t.Any]) -> t.Any:
        """Let something happen, and note what it changed."""
        self.simulator.catch_up(self.director.time)
        before = self._state()
        try:
            return act()
        finally:
            found = self._noted(before, self._state())
            if record.doubles:
                self._note_echoes(record, found)
            else:
                record.effects.extend(found)
            self.times.update(dict.fromkeys(found, self.director.time))
            if found:
                self._keep_past()

    def _note_echoes(self, record: Record, found: list[Effect]) -> None:
        record.echoes.extend(found)
        if any(kind == "resize" for kind, _key in found):
            record.resized_again = self.director.time

    def _state(self) -> dict[str, t.Any]:
        clusters, jobs = self.world.store.clusters, self.world.store.jobs
        state = {
            key: (id(each.pending), each.pending, *_fields(each).values())
            for key, each in clusters.items()
        }
        connections = copy.deepcopy(self.world.store.connections)
        return {**state, **{key: each.cancelled_at for key, each in jobs.items()}, **connections}

    def _noted(self, before: dict[str, t.Any], after: dict[str, t.Any]) -> list[Effect]:
        if before == after:
            return []
        found: list[Effect] = [
            ("disconnect" if isinstance(state, dict) else "forget", key)
            for key, state in before.items()
            if key not in after
        ]
        for key, state in after.items():
            if key in self.world.store.connections:
                if before.get(key) != state:
                    found.append(("reconnect" if key in before else "connect", key))
            elif key in self.world.store.jobs:
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
            found.append((CHANGES.get(now[1].what, "resize"), key))
        fields = zip(_fields(cluster), was[2:], now[2:], strict=True)
        return found + [(kind, key) for kind, old, new in fields if old != new]

    def note_nodes(self, cluster: Cluster) -> None:
        """The most nodes that each group had or was about to have."""
        pending = cluster.pending
        growing = cluster.group_named(pending.target) or pending.group if pending else None
        for name in nodes_by_group(cluster):
            comes_here = pending and growing and name in (growing.kind, growing.name)
            nodes = nodes_by_group(cluster)[name] + (len(pending.added) if comes_here else 0)
            self.most_nodes[cluster.name, name] = max(
                nodes, self.most_nodes.get((cluster.name, name), 0)
            )

    def living(self, name: str) -> list[Cluster]:
        self.simulator.catch_up(self.director.time)
        dead = ("terminated", "failed", "terminating")
        clusters: t.Iterable[Cluster] = self.world.store.clusters.values()
        return [each for each in clusters if each.name == name and actual_state(each) not in dead]

    def is_settled(self) -> bool:
        """No living cluster is on its way to another state, and nothing was done twice."""
        self.simulator.catch_up(self.director.time)
        clusters: t.Iterable[Cluster] = self.world.store.clusters.values()
        moving = {each.pending.what for each in clusters if each.pending}
        moving |= {"tags" for each in clusters if each.tag_switch}
        moving |= {"mappings" for each in clusters if each.mappings_at > self.director.time}
        return moving <= {"cleanup"} and not any(record.echoes for record in self.records)

    def send_later(
        self, record: Record, request: Request, seconds: float, again: bool = False
    ) -> None:
        """Keep a request on its way for so long."""
        self.late.append(Late(self.director.time + seconds, record, request, again))

    def deliver_late(self) -> None:
        """Hand over the requests that were on their way for long, each at its time."""
        for late in sorted(self.late, key=lambda each: each.due):
            if late.due <= self.director.time:
                self.late.remove(late)
                now, self.director.time = self.director.time, late.due
                self._deliver(late)
                self.director.time = now

    def _deliver(self, late: Late) -> None:
        record = Record(late.record.actor)
        self.world.settings.clock_skew = late.due - time.time()
        self.watched(record, lambda: self.simulator.handle(late.request))
        if late.again:
            self._note_echoes(late.record, record.effects)
        else:
            late.record.effects.extend(record.effects)
        self.arrived.append((late.due, late.record, record.effects))

    def in_the_end(self) -> Store:
        """What will be there once nothing is on its way any more, if nobody does anything else."""
        store = copy.deepcopy(self.world.store)
        settings = self.world.settings
        settle(store, self.director.time + 1e6, settings.flavor, settings.duration)
        return store


def nodes_by_group(cluster: Cluster) -> dict[str, int]:
    """As tasks call the groups: by roles, those of mixed and custom clusters by their names."""
    if cluster.type in (MIXED, CUSTOM):
        return {group.name: group.count for group in cluster.groups if group.kind != "master"}
    return {kind: cluster.count(kind) for kind in ("core", "task")}


def components_of(cluster: Cluster) -> set[str]:
    return {each["component_name"] for each in cluster.spec["component_list"]}


def _fields(cluster: Cluster) -> dict[str, t.Any]:
    """What a request can change at once, by the kind of the effect."""
    return {
        "tags": cluster.tags,
        "policy": [
            copy.deepcopy((group.policy, group.pools)) if group.policy or group.pools else ()
            for group in cluster.groups
        ],
        "rename": cluster.name,
        "mappings": cluster.mappings,
        "default_tags": (cluster.default_tags, cluster.tag_switch),
    }
