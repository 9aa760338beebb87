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


#: What nothing was told of.
NOT_SEEN = Seen(0, "", "")


@dataclasses.dataclass(frozen=True)
class Cursor:
    """What has been told, by the ids of clusters, and by those of their clusters and of the jobs.

    The jobs of a cluster that is not watched, or whose end has been told, are not in it.

    :param underway: the id of the event that is handed over; after a crash it may have been taken
        or not.
    :param origin: a new value for each first cursor, since the numbers of events begin again with
        it.
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
    """The state of a job for events.

    The final status means something only for a job that is completed.
    """
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


def _seen(cluster: Cluster, before: Seen, number: int) -> Seen:
    """C(cluster) as it is noted.

    While it starts or is scaled, its numbers are those that it is to have.
    """
    is_settled = not cluster.scaling and cluster.state != "starting"
    counts = counts_of(cluster) if is_settled else None
    return Seen(number, cluster.state, cluster.name, counts or before.counts)


def baseline(look: Look, watched: t.Collection[str], *, tell: bool) -> Cursor:
    """The first cursor of all.

    :param watched: the ids of the clusters that are watched.
    :param tell: whether to tell what is there on the watched clusters that live. Otherwise only
        what changes from now on is told.
    """
    told = {identity for identity in watched if tell and not is_over(look.clusters[identity])}
    clusters = {
        identity: _seen(cluster, NOT_SEEN, 0)
        for identity, cluster in look.clusters.items()
        if identity not in told
    }
    jobs = {
        cluster_id: {} if cluster_id in told else _known_jobs(jobs.values())
        for cluster_id, jobs in look.jobs.items()
    }
    return Cursor(clusters, jobs)


def _known_jobs(jobs: t.Iterable[JobExecution]) -> dict[str, Seen]:
    """Jobs that were there from the beginning."""
    return {job.id: Seen(0, status_of(job), job.name) for job in jobs}


def prepared(
    cursor: Cursor, look: Look, watched: t.Collection[str], told: t.Collection[str]
) -> Cursor:
    """C(cursor) with all that a look shows and that is not to be told.

    These are the states of clusters that are not C(told); the nodes of a cluster that were not
    known; the jobs of a cluster that is watched from now on, but was there before; and what the
    service has forgotten.
    """
    clusters = _clusters_before(cursor, look, told)
    jobs = {
        cluster_id: _jobs_before(cursor, look, cluster_id)
        for cluster_id in watched
        if cluster_id in cursor.jobs or cluster_id in look.jobs
    }
    return dataclasses.replace(cursor, clusters=clusters, jobs=jobs)


def _clusters_before(cursor: Cursor, look: Look, told: t.Collection[str]) -> dict[str, Seen]:
    clusters = _without(look.gone, cursor.clusters)
    for identity in look.clusters.keys() - look.unread:
        before = clusters.get(identity, NOT_SEEN)
        now = _seen(look.clusters[identity], before, before.number)
        if identity not in told:
            clusters[identity] = now
        elif before.counts is None and before.status == now.status:
            clusters[identity] = dataclasses.replace(before, counts=now.counts)
    return clusters


def _jobs_before(cursor: Cursor, look: Look, cluster_id: str) -> dict[str, Seen]:
    if cluster_id in cursor.jobs:
        return _without(look.gone, cursor.jobs[cluster_id])
    if cluster_id in cursor.clusters:
        return _known_jobs(look.jobs[cluster_id].values())
    return {}


def _without(gone: t.Collection[str], seen: t.Mapping[str, Seen]) -> dict[str, Seen]:
    return {identity: each for identity, each in seen.items() if identity not in gone}


def settled(cursor: Cursor) -> Cursor:
    """C(cursor) after all changes of a look, without the jobs of clusters that are over."""
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
    step = _step_of_job(cursor, cluster, job) if job else _step_of_cluster(cursor, cluster)
    before, seen = step.before, step.seen
    is_scaled = before.counts is not None and seen.counts != before.counts
    if before.status == seen.status and not is_scaled:
        return None
    identity = f"{step.id}/{seen.number}/{seen.status}"
    event = {
        "id": identity,
        "repeated": identity == underway,
        "from": before.state or None,
        "to": seen.state,
        "counts_before": before.counts,
        "scaled": is_scaled,
        "cluster": cluster.result(),
        **step.facts,
    }
    return Change(_defused(event), step.cursor)


class _Step(t.NamedTuple):
    """What was told of a cluster or a job, what is seen of it, and the cursor once that is told.

    C(facts): what the event tells of the one or the other only.
    """

    id: str
    before: Seen
    seen: Seen
    cursor: Cursor
    facts: Event


def _step_of_job(cursor: Cursor, cluster: Cluster, job: JobExecution) -> _Step:
    before = cursor.jobs.get(cluster.id, {}).get(job.id, NOT_SEEN)
    seen = Seen(before.number + 1, status_of(job), job.name)
    facts = {
        "event": "job_execution",
        "failed": _has_failed(job),
        "counts": None,
        "job_execution": job.result(),
    }
    return _Step(job.id, before, seen, cursor.with_job(cluster.id, job.id, seen), facts)


def _step_of_cluster(cursor: Cursor, cluster: Cluster) -> _Step:
    before = cursor.clusters.get(cluster.id, NOT_SEEN)
    seen = _seen(cluster, before, before.number + 1)
    facts = {
        "event": "cluster",
        "failed": cluster.state == "failed",
        "counts": counts_of(cluster),
        "job_execution": None,
    }
    return _Step(cluster.id, before, seen, cursor.with_cluster(cluster.id, seen), facts)


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
