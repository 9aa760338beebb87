# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters, their nodes and jobs as plain data, and their way into the state file and back."""

from __future__ import annotations

import dataclasses
import typing as t
from dataclasses import dataclass, field

from mrs_simulator.base.marked import masked

JsonObject = dict[str, t.Any]

ANALYSIS, STREAMING, MIXED, CUSTOM = range(4)


@dataclass
class Group:
    """A node group. C(kind) is master, core or task; sizes in GB; C(policy) as it was sent.

    The own groups of a custom cluster are of the kind core; C(roles) as they were assigned.
    """

    name: str
    kind: str
    count: int
    size: str
    root_type: str = "SATA"
    root_size: int = 40
    data_type: str = "SATA"
    data_count: int = 0
    data_size: int = 0
    policy: JsonObject | None = None
    roles: list[str] = field(default_factory=list)
    #: Policies of pools of its nodes, by the name of the pool.
    pools: dict[str, JsonObject] = field(default_factory=dict)


@dataclass
class Host:
    """A node of a cluster; its hardware is that of its group, which C(group) names.

    C(scripts) are the bootstrap scripts that ran on it.
    """

    id: str
    name: str
    ip: str
    kind: str
    group: str
    resource_id: str
    status: str = "ACTIVE"
    scripts: list[str] = field(default_factory=list)


@dataclass
class Pending:
    """A transition under way. It shows from C(begins) on and is over at C(ends) (epoch seconds).

    Everything it will bring is decided when it starts: the future of a cluster is a function of the
    clock alone. C(target) names the group that gets or loses nodes; C(group) is a new one;
    C(roles) are those of C(components) by group.
    """

    what: str
    begins: float
    ends: float
    cause: str = ""
    target: str = ""
    added: list[Host] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    group: Group | None = None
    components: list[str] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Cluster:
    """A cluster.

    C(spec) is the body of the creation without its secrets, C(tags) has the time from which reads
    show them.
    """

    id: str
    project_id: str
    name: str
    spec: JsonObject
    created_at: float
    updated_at: float
    groups: list[Group]
    security_group: str
    state: str = "starting"
    stage: str = ""
    scale: str = ""
    error: str = ""
    charging_at: float = 0.0
    subnet: int = 0
    next_address: int = 20
    hosts: list[Host] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    tags_before: dict[str, str] = field(default_factory=dict)
    tags_visible_at: float = 0.0
    pending: Pending | None = None
    #: Jobs after which the cluster is deleted.
    shutdown_jobs: list[str] = field(default_factory=list)
    #: IAM users and groups on the cluster, each with the time of its synchronisation; what the
    #: synchronisation under way will leave there, and when it ends.
    users: dict[str, float] = field(default_factory=dict)
    user_groups: dict[str, float] = field(default_factory=dict)
    sync: JsonObject | None = None
    #: Whether the nodes have default tags, how the last switch ended, and the one under way.
    default_tags: bool = False
    tag_status: str = "succeed"
    tag_switch: JsonObject | None = None
    #: Until when the operators of the cloud may open MRS Manager.
    manager_open_until: float = 0.0
    synchronized: bool = False
    #: Mappings of agencies, those before the last change, and when the last change is over.
    mappings: list[JsonObject] = field(default_factory=list)
    mappings_before: list[JsonObject] = field(default_factory=list)
    mappings_at: float = 0.0

    def group(self, kind: str) -> Group | None:
        """The first group of this kind; only mixed and custom clusters have several."""
        return next((group for group in self.groups if group.kind == kind), None)

    def group_named(self, name: str) -> Group | None:
        return next((group for group in self.groups if group.name == name), None)

    def count(self, kind: str) -> int:
        return sum(group.count for group in self.groups if group.kind == kind)

    @property
    def type(self) -> int:
        """0 analysis, 1 streaming, 2 mixed, 3 custom (service_v1 4.2)."""
        return int(self.spec.get("cluster_type", 0))

    @property
    def is_custom(self) -> bool:
        return self.type == CUSTOM

    @property
    def version(self) -> str:
        return str(self.spec["cluster_version"])

    @property
    def secured(self) -> bool:
        return bool(self.spec["safe_mode"] == 1)

    def shown_tags(self, now: float) -> dict[str, str]:
        return self.tags if now >= self.tags_visible_at else self.tags_before


@dataclass
class Job:
    """One job execution. C(spec) is its definition with marked arguments already masked.

    It starts at C(submitted_at), runs from C(running_at), has its result at C(result_at) and is
    over at C(ends_at).
    """

    id: str
    project_id: str
    cluster_id: str
    user_id: str
    number: int
    spec: JsonObject
    submitted_at: float
    running_at: float
    result_at: float
    ends_at: float
    outcome: tuple[int, int] = (3, 2)
    cancelled_at: float | None = None
    forced: tuple[int, int] | None = None
    forced_progress: str = ""
    api: str = "v1.1"


@dataclass
class Store:
    """Everything that survives a restart. Tokens are kept by their hash only."""

    clusters: dict[str, Cluster] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    connections: dict[str, JsonObject] = field(default_factory=dict)
    tokens: dict[str, JsonObject] = field(default_factory=dict)
    settings: JsonObject = field(default_factory=dict)
    clock_offset: float = 0.0

    def cluster_jobs(self, cluster_id: str) -> list[Job]:
        return [job for job in self.jobs.values() if job.cluster_id == cluster_id]

    def document(self) -> JsonObject:
        """Everything, without secrets."""
        return t.cast("JsonObject", masked(dataclasses.asdict(self)))


def load_store(document: JsonObject) -> Store:
    """The inverse of Store.document."""
    return Store(
        clusters={key: _cluster(value) for key, value in document["clusters"].items()},
        jobs={key: _job(value) for key, value in document["jobs"].items()},
        connections=document.get("connections", {}),
        tokens=document["tokens"],
        settings=document["settings"],
        clock_offset=document["clock_offset"],
    )


def _cluster(document: JsonObject) -> Cluster:
    parts = {
        "groups": [Group(**group) for group in document["groups"]],
        "hosts": [Host(**host) for host in document["hosts"]],
        "pending": _pending(document["pending"]),
    }
    return Cluster(**{**document, **parts})


def _pending(document: JsonObject | None) -> Pending | None:
    if document is None:
        return None
    group = document["group"]
    parts = {
        "added": [Host(**host) for host in document["added"]],
        "group": Group(**group) if group else None,
    }
    return Pending(**{**document, **parts})


def _job(document: JsonObject) -> Job:
    forced = document["forced"]
    return Job(
        **{
            **document,
            "outcome": tuple(document["outcome"]),
            "forced": tuple(forced) if forced else None,
        }
    )
