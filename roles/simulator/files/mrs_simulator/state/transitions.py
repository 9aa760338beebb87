# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How clusters and jobs change with time: a table, and pure functions of resource and clock.

Nothing runs in the background: settle() catches up with the clock at each request (service_v1 2.1
to 2.5).
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from mrs_simulator.state.resources import Cluster, Group, Job, Pending, Store


@dataclass(frozen=True)
class Texts:
    """The words of a transition on one cloud: its stages in order, and that of a failure."""

    stages: tuple[str, ...]
    failed: str


@dataclass(frozen=True)
class Transition:
    """A way from one state to another.

    C(state) and C(scale) show while it lasts; it ends in C(success), or in C(failure) when it has a
    cause.
    """

    state: str
    success: str
    failure: str
    scale: str = ""
    texts: t.Mapping[str, Texts] | None = None


TRANSITIONS: dict[str, Transition] = {
    "create": Transition(
        state="starting",
        success="running",
        failure="failed",
        texts={
            "otc": Texts(
                ("Verifying cluster parameters", "Applying for cluster resources", "Creating VMs",
                 "Initializing VMs", "Installing MRS Manager", "Deploying the cluster"),
                "Cluster installation failed",
            ),
            "hwc": Texts(
                ("Verifying cluster parameters", "Applying for cluster resources", "Creating VM",
                 "Initializing VM", "Installing MRS Manager", "Deploying cluster"),
                "Cluster installation failed",
            ),
        },
    ),
    "scale_out": Transition(
        state="scaling-out",
        success="running",
        failure="running",
        scale="scaling-out",
        texts={
            "otc": Texts(
                ("Preparing for scale-out", "Creating VMs", "Initializing VMs",
                 "Adding nodes to the cluster"),
                "Scale-out failed",
            ),
            "hwc": Texts(
                ("Preparing for cluster expansion", "Creating VM", "Initializing VM",
                 "Adding node to the cluster"),
                "Cluster expansion failed",
            ),
        },
    ),
    "scale_in": Transition(
        state="scaling-in",
        success="running",
        failure="running",
        scale="scaling-in",
        texts={
            "otc": Texts(
                ("Preparing for scale-in", "Decommissioning instance", "Deleting VMs",
                 "Deleting nodes from the cluster"),
                "Scale-in failed",
            ),
            "hwc": Texts(
                ("Preparing for cluster shrink", "Decommissioning instance", "Deleting VM",
                 "Deleting node from the cluster"),
                "Cluster shrink failed",
            ),
        },
    ),
    # Neither the state on the way nor the words of the stages are documented (service_v2 5.3).
    "add_component": Transition(
        state="starting",
        success="running",
        failure="abnormal",
        texts=dict.fromkeys(
            ("otc", "hwc"), Texts(("Installing components",), "Installation failed")
        ),
    ),
    "delete": Transition(state="terminating", success="terminated", failure="terminated"),
    "cleanup": Transition(state="failed", success="terminated", failure="terminated"),
}  # fmt: skip

#: States in which a cluster no longer occupies its name.
DEAD = ("terminated", "failed")
#: In these a deletion is refused, with 12000021 (service_v1 2.2, service_errors 3.1).
UNDELETABLE = ("scaling-out", "scaling-in", "starting", "terminating", "terminated", "failed")

#: Shares of a job's time: starting, running, and (with a log path) result known while the logs are
#: still being stored.
JOB_STARTING = 0.2
JOB_LOGS = 0.2
JOB_OUTCOMES: dict[str, tuple[int, int]] = {
    "succeeded": (3, 2),
    "failed": (3, 1),
    "abnormal": (4, 1),
    "error": (5, 1),
    "unknown": (3, 0),
}


@dataclass(frozen=True)
class Shown:
    """What a read of a cluster tells about its state."""

    state: str
    stage: str
    scale: str


def actual_state(cluster: Cluster) -> str:
    """The state the service acts upon; reads may still show the one before (service_v1 Q33)."""
    return TRANSITIONS[cluster.pending.what].state if cluster.pending else cluster.state


def shown(cluster: Cluster, now: float, flavor: str) -> Shown:
    """The state that a read shows at C(now)."""
    pending = cluster.pending
    if pending is None or now < pending.begins or pending.what == "cleanup":
        return Shown(cluster.state, cluster.stage, cluster.scale)
    transition = TRANSITIONS[pending.what]
    stage = ""
    if transition.texts is not None:
        stages = transition.texts[flavor].stages
        share = (now - pending.begins) / max(pending.ends - pending.begins, 1e-9)
        stage = stages[min(int(share * len(stages)), len(stages) - 1)]
    return Shown(transition.state, stage, transition.scale)


def settle(store: Store, now: float, flavor: str, durations: t.Callable[[str], float]) -> None:
    """Bring every cluster to where it is at C(now)."""
    for cluster in store.clusters.values():
        _end_sync(cluster, now)
        _end_tag_switch(cluster, now)
        _catch_up(cluster, store, now, flavor, durations)
        if cluster.shutdown_jobs:
            _shut_down(cluster, store, now, durations)
            _catch_up(cluster, store, now, flavor, durations)


def _end_sync(cluster: Cluster, now: float) -> None:
    """A synchronisation of IAM users ends: those that are new are on the cluster from then on."""
    sync = cluster.sync
    if sync is None or now < sync["ends"]:
        return
    ends: float = sync["ends"]
    cluster.users = {name: cluster.users.get(name, ends) for name in sync["users"]}
    cluster.user_groups = {name: cluster.user_groups.get(name, ends) for name in sync["groups"]}
    cluster.synchronized = True
    cluster.sync = None


def _end_tag_switch(cluster: Cluster, now: float) -> None:
    switch = cluster.tag_switch
    if switch is None or now < switch["ends"]:
        return
    cluster.tag_switch = None
    cluster.tag_status = "failed" if switch["fails"] else "succeed"
    if not switch["fails"]:
        cluster.default_tags = switch["wanted"]


def _catch_up(
    cluster: Cluster, store: Store, now: float, flavor: str, durations: t.Callable[[str], float]
) -> None:
    while cluster.pending is not None and cluster.pending.ends <= now:
        _finish(cluster, cluster.pending, store, flavor, durations)


def _finish(
    cluster: Cluster,
    pending: Pending,
    store: Store,
    flavor: str,
    durations: t.Callable[[str], float],
) -> None:
    transition = TRANSITIONS[pending.what]
    cluster.pending = None
    cluster.updated_at = pending.ends
    cluster.stage = cluster.scale = ""
    cluster.state = transition.failure if pending.cause else transition.success
    if pending.cause:
        _fail(cluster, pending, transition, flavor, durations)
    elif pending.what == "add_component":
        _install(cluster, pending)
    elif pending.what in ("create", "scale_out", "scale_in"):
        _apply(cluster, pending)
    if cluster.state == "terminated":
        _end_jobs(cluster, store, pending.ends)


def _fail(
    cluster: Cluster,
    pending: Pending,
    transition: Transition,
    flavor: str,
    durations: t.Callable[[str], float],
) -> None:
    texts = (transition.texts or {})[flavor]
    cluster.stage = f"{texts.failed}: {pending.cause}"
    if pending.what == "create":
        cluster.error = pending.cause
        cluster.pending = Pending("cleanup", pending.ends, pending.ends + durations("cleanup"))
    elif transition.scale:
        cluster.scale = "scaling-error"


def _apply(cluster: Cluster, pending: Pending) -> None:
    """Nodes come or go; the counts of the groups follow."""
    if pending.what == "create":
        cluster.hosts = pending.added
        cluster.charging_at = pending.ends
        return
    old = cluster.group_named(pending.target)
    group = pending.group or old
    assert group is not None
    if group is not old:
        _put_in_place(cluster, old, group)
    stay = [host for host in cluster.hosts if host.id not in pending.removed]
    cluster.hosts = stay + pending.added
    group.count = sum(host.group == group.name for host in cluster.hosts)


def _put_in_place(cluster: Cluster, old: Group | None, new: Group) -> None:
    """A group of another size, or the first one of its name. It keeps the policy."""
    new.policy = old.policy if old is not None else None
    cluster.groups = [other for other in cluster.groups if other is not old] + [new]


def _install(cluster: Cluster, pending: Pending) -> None:
    cluster.spec["component_list"] += [{"component_name": name} for name in pending.components]
    for group in cluster.groups:
        group.roles += pending.roles.get(group.name, [])


def _end_jobs(cluster: Cluster, store: Store, when: float) -> None:
    for job in store.cluster_jobs(cluster.id):
        if not job_over(job, when):
            job.cancelled_at = when
    cluster.hosts = []


def _shut_down(
    cluster: Cluster, store: Store, now: float, durations: t.Callable[[str], float]
) -> None:
    """shutdown_cluster and delete_when_no_steps: the cluster is deleted when its jobs are done."""
    jobs = [store.jobs[each] for each in cluster.shutdown_jobs if each in store.jobs]
    if not jobs or cluster.state == "terminated":
        cluster.shutdown_jobs = []
        return
    is_free = cluster.pending is None and cluster.state == "running"
    if is_free and all(job_over(job, now) for job in jobs):
        ended = max(cluster.updated_at, _last_end(jobs, now))
        cluster.shutdown_jobs = []
        cluster.pending = Pending("delete", ended, ended + durations("delete"))


def _last_end(jobs: t.Iterable[Job], now: float) -> float:
    """A job whose state was set from outside ends now."""
    return max(job_end(job) if job.forced is None else now for job in jobs)


def job_end(job: Job) -> float:
    """When the job is or will be over, as things stand."""
    if job.cancelled_at is not None and job.cancelled_at < job.ends_at:
        return job.cancelled_at
    return job.ends_at


def job_state(job: Job, now: float) -> tuple[int, int]:
    """job_state and job_final_status at C(now)."""
    if job.forced is not None:
        return job.forced
    if now >= job_end(job):
        return (-1, 3) if job_end(job) != job.ends_at else job.outcome
    if now >= job.result_at:
        return (2, job.outcome[1])
    return (2, 0) if now >= job.running_at else (1, 0)


def job_over(job: Job, now: float) -> bool:
    return job_state(job, now)[0] in (-1, 3, 4, 5)
