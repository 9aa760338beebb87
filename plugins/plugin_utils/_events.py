# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the event source makes of a look at the service: the changes since the last one.

Values only, no requests.

A cursor holds what has been told already. A look is compared with it; each change becomes one
event, and the cursor that comes with it. Whoever keeps the cursor of the last event that was taken
can go on from there at any time.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    GONE_CLUSTER_STATES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    ENDED_JOB_STATES,
    JobExecution,
)

Event = dict[str, t.Any]

#: Where Ansible would take a text for a template.
_TEMPLATE = re.compile(r"\{(?=[{%#])")


@dataclasses.dataclass(frozen=True)
class Seen:
    """What was told of a cluster or of a job last.

    :param number: how many events there were about it; 0 for what was there from the beginning.
    :param status: the state; for a job that is completed C(completed/final status) as soon as the
        service tells it.
    :param counts: for a cluster: its nodes when it was not being scaled; none where they are not
        known.
    """

    number: int
    status: str
    name: str
    counts: t.Mapping[str, int] | None = None

    @property
    def state(self) -> str:
        return self.status.partition("/")[0]

    @property
    def can_change(self) -> bool:
        """For a job: there is an end or a result to come."""
        return self.status == "completed" or self.state not in ENDED_JOB_STATES


@dataclasses.dataclass(frozen=True)
class Cursor:
    """What has been told, by the ids of clusters, and by those of their clusters and of the jobs.

    The jobs of a cluster that is not watched, or whose end has been told, are not in it.

    :param underway: the id of the event that is handed over; after a crash it may have been taken
        or not.
    :param origin: another one for each first cursor of all, since the numbers of events begin anew
        with it.
    """

    clusters: t.Mapping[str, Seen] = dataclasses.field(default_factory=dict)
    jobs: t.Mapping[str, t.Mapping[str, Seen]] = dataclasses.field(default_factory=dict)
    underway: str | None = None
    origin: str = ""

    def with_cluster(self, identity: str, seen: Seen) -> Cursor:
        return dataclasses.replace(self, clusters={**self.clusters, identity: seen})

    def with_job(self, cluster_id: str, identity: str, seen: Seen) -> Cursor:
        jobs = {**self.jobs.get(cluster_id, {}), identity: seen}
        return dataclasses.replace(self, jobs={**self.jobs, cluster_id: jobs})


@dataclasses.dataclass(frozen=True)
class Look:
    """What a look at the service has shown.

    :param clusters: all of the project by id, terminated ones included.
    :param jobs: by the ids of the clusters whose jobs were read, and of the jobs; what is not in it
        did not change.
    :param gone: the ids of clusters and jobs that the service has forgotten.
    :param unread: the ids of clusters that could not be looked at as a whole; they are left for
        another time.
    """

    clusters: t.Mapping[str, Cluster]
    jobs: t.Mapping[str, t.Mapping[str, JobExecution]] = dataclasses.field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class Change:
    """One change of a state, and what the cursor will be once it is told."""

    event: Event
    cursor: Cursor


def status_of(job: JobExecution) -> str:
    """What counts as the state of a job: only of one that is completed the final status means something."""
    return (
        f"{job.state}/{job.final_status}"
        if job.state == "completed" and not job.lacks_result
        else job.state
    )


def is_over(cluster: Cluster) -> bool:
    return cluster.state in GONE_CLUSTER_STATES


def counts_of(cluster: Cluster) -> dict[str, int] | None:
    """The nodes of each role and of each group with a name of its own.

    None where the service does not tell them.
    """
    if is_over(cluster) or not cluster.node_groups:
        return None
    own = {group.name: 0 for group in cluster.node_groups if group.name not in cluster.counts}
    for group in cluster.node_groups:
        if group.name in own:
            own[group.name] += group.count
    return {**cluster.counts, **own}


def _seen(cluster: Cluster, before: Seen | None, number: int) -> Seen:
    """C(cluster) as it is noted.

    While it starts or is scaled, its numbers are those that it is to have.
    """
    is_settled = not cluster.scaling and cluster.state != "starting"
    counts = counts_of(cluster) if is_settled else None
    return Seen(number, cluster.state, cluster.name, counts or (before.counts if before else None))


def baseline(look: Look, watched: t.Collection[str], *, tell: bool) -> Cursor:
    """The first cursor of all.

    :param watched: the ids of the clusters that are watched.
    :param tell: what is there on the watched clusters that live shall be told; else only what
        changes from now on.
    """
    told = {identity for identity in watched if tell and not is_over(look.clusters[identity])}
    clusters = {
        identity: _seen(cluster, None, 0)
        for identity, cluster in look.clusters.items()
        if identity not in told
    }
    jobs = {
        cluster_id: {}
        if cluster_id in told
        else {job.id: Seen(0, status_of(job), job.name) for job in jobs.values()}
        for cluster_id, jobs in look.jobs.items()
    }
    return Cursor(clusters, jobs)


def prepared(
    cursor: Cursor, look: Look, watched: t.Collection[str], told: t.Collection[str]
) -> Cursor:
    """C(cursor) with all that a look shows and that is not to be told.

    These are the states of clusters that are not C(told); the nodes of a cluster that were not
    known; the jobs of a cluster that is watched from now on, but was there before; and what the
    service has forgotten.
    """
    clusters = {
        identity: seen for identity, seen in cursor.clusters.items() if identity not in look.gone
    }
    for identity in look.clusters.keys() - look.unread:
        before = clusters.get(identity)
        now = _seen(look.clusters[identity], before, before.number if before else 0)
        if identity not in told:
            clusters[identity] = now
        elif before and before.counts is None and before.status == now.status:
            clusters[identity] = dataclasses.replace(before, counts=now.counts)
    jobs: dict[str, t.Mapping[str, Seen]] = {}
    for cluster_id in watched:
        if cluster_id in cursor.jobs:
            known = cursor.jobs[cluster_id]
            jobs[cluster_id] = {
                identity: seen for identity, seen in known.items() if identity not in look.gone
            }
        elif cluster_id in look.jobs:
            found = look.jobs[cluster_id].values() if cluster_id in cursor.clusters else ()
            jobs[cluster_id] = {job.id: Seen(0, status_of(job), job.name) for job in found}
    return dataclasses.replace(cursor, clusters=clusters, jobs=jobs)


def settled(cursor: Cursor) -> Cursor:
    """C(cursor) after all changes of a look: the jobs of clusters that are over are not needed any more."""
    over = {
        identity for identity, seen in cursor.clusters.items() if seen.state in GONE_CLUSTER_STATES
    }
    jobs = {cluster_id: jobs for cluster_id, jobs in cursor.jobs.items() if cluster_id not in over}
    return dataclasses.replace(cursor, jobs=jobs, underway=None)


def changes(cursor: Cursor, look: Look, watched: t.Collection[str]) -> t.Iterator[Change]:
    """Each change of a watched cluster and of its jobs; each cursor tells those before it, too.

    :param cursor: as C(prepared) leaves it.
    """
    underway = cursor.underway
    for cluster_id in sorted(set(watched) - look.unread):
        cluster = look.clusters[cluster_id]
        jobs = sorted(look.jobs.get(cluster_id, {}).values(), key=lambda job: job.order)
        # A cluster comes before its jobs, and goes after them.
        for job in [*jobs, None] if is_over(cluster) else [None, *jobs]:
            change = _change(cursor, cluster, job, underway)
            if change:
                cursor = change.cursor
                yield change


def _change(
    cursor: Cursor, cluster: Cluster, job: JobExecution | None, underway: str | None
) -> Change | None:
    """The change of the job, or of the cluster itself, if there is one."""
    if job:
        before = cursor.jobs.get(cluster.id, {}).get(job.id)
        seen = Seen(before.number + 1 if before else 1, status_of(job), job.name)
        told = cursor.with_job(cluster.id, job.id, seen)
    else:
        before = cursor.clusters.get(cluster.id)
        seen = _seen(cluster, before, before.number + 1 if before else 1)
        told = cursor.with_cluster(cluster.id, seen)
    counts_before = before.counts if before else None
    is_scaled = counts_before is not None and seen.counts != counts_before
    if before and before.status == seen.status and not is_scaled:
        return None
    identity = f"{job.id if job else cluster.id}/{seen.number}/{seen.status}"
    event = {
        "event": "job_execution" if job else "cluster",
        "id": identity,
        "repeated": identity == underway,
        "from": before.state if before else None,
        "to": seen.state,
        "failed": _has_failed(job) if job else cluster.state == "failed",
        "counts_before": counts_before,
        "counts": None if job else counts_of(cluster),
        "scaled": is_scaled,
        "cluster": cluster.result(),
        "job_execution": job.result() if job else None,
    }
    return Change(_defused(event), told)


def _has_failed(job: JobExecution) -> bool:
    return job.has_ended and not job.succeeded and not job.lacks_result


def _defused(value: t.Any) -> t.Any:
    """C(value) without anything that Ansible would take for a template.

    ansible-rulebook hands events to playbooks as variables that Ansible trusts. So whoever may name
    a tag or submit a job could run what he likes on the machine of the rules.
    """
    if isinstance(value, str):
        return _TEMPLATE.sub("{ ", value)
    if isinstance(value, dict):
        return {_defused(key): _defused(item) for key, item in value.items()}
    return [_defused(item) for item in value] if isinstance(value, (list, tuple)) else value
