# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks at clusters and jobs for the event source, with as few requests as possible.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import map_in_parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.error_body import is_gone
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    GONE_CLUSTER_STATES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._events import (
    Cursor,
    Look,
    Seen,
    is_over,
)

#: The codes by which the service says that a cluster's jobs are not for API v1.1: Kerberos, or a
#: newer version.
NO_JOBS = frozenset({"12000064", "12000085"})

Jobs = dict[str, JobExecution]


@dataclasses.dataclass(frozen=True)
class _Read:
    """What came of reading the jobs of one cluster."""

    jobs: Jobs = dataclasses.field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    is_read: bool = True


class Observer:
    """Knows which clusters are wanted, and which have said that their jobs cannot be read.

    :param clusters: names and ids; all clusters when it is empty.
    :param with_jobs: whether jobs are wanted.
    :param warn: takes what could not be read and why.
    """

    def __init__(
        self,
        client: Client,
        clusters: t.Collection[str],
        *,
        with_jobs: bool,
        warn: t.Callable[[str], None],
    ) -> None:
        self._client, self._clusters, self._with_jobs, self._warn = (
            client,
            frozenset(clusters),
            with_jobs,
            warn,
        )
        self._without_jobs: set[str] = set()

    def unknown(self, look: Look) -> list[str]:
        """What is wanted and is no cluster of the project, neither by name nor by id."""
        known = {*look.clusters, *(each.name for each in look.clusters.values())}
        return sorted(self._clusters - known)

    def watched(self, look: Look) -> frozenset[str]:
        """The ids of the clusters that are wanted."""
        return frozenset(
            identity for identity, each in look.clusters.items() if self._wants(identity, each.name)
        )

    def look(self, cursor: Cursor | None) -> Look:
        """What is there now, compared with what is known.

        :raises MrsError: the list of clusters cannot be read.
        """
        known = cursor or Cursor()
        clusters, gone = self._all_clusters(known)
        due = self._with_jobs_to_read(clusters, cursor)
        for cluster in due:
            self._client.know(cluster)
        reads = map_in_parallel(
            lambda cluster: self._jobs(cluster, known.jobs.get(cluster.id, {})), due
        )
        found = {cluster.id: read for cluster, read in zip(due, reads, strict=True)}
        return Look(
            clusters=clusters,
            jobs={identity: read.jobs for identity, read in found.items() if read.is_read},
            gone=frozenset(gone).union(*(read.gone for read in found.values())),
            unread=frozenset(identity for identity, read in found.items() if not read.is_read),
        )

    def completed(self, look: Look, changed: t.Iterable[str]) -> Look:
        """C(look) with all details of the clusters C(changed), since lists may leave things out."""
        short = [
            identity for identity in sorted(set(changed)) if not look.clusters[identity].complete
        ]
        found = [cluster for cluster in map_in_parallel(self._client.cluster, short) if cluster]
        # The end of a cluster is for the next look, which also sees the end of its jobs.
        whole = {
            each.id: each for each in found if is_over(each) == is_over(look.clusters[each.id])
        }
        return dataclasses.replace(look, clusters={**look.clusters, **whole})

    def _wants(self, identity: str, name: str) -> bool:
        return not self._clusters or bool({identity, name} & self._clusters)

    def _with_jobs_to_read(
        self, clusters: t.Mapping[str, Cluster], cursor: Cursor | None
    ) -> list[Cluster]:
        return [
            cluster
            for identity, cluster in clusters.items()
            if self._wants(identity, cluster.name) and self._has_jobs_to_read(cluster, cursor)
        ]

    def _has_jobs_to_read(self, cluster: Cluster, cursor: Cursor | None) -> bool:
        if not self._with_jobs or cluster.id in self._without_jobs:
            return False
        if not is_over(cluster):
            return True
        # The end of its jobs is still to be told; or it came and went while nobody looked.
        if cursor is None:
            return False
        return cluster.id in cursor.jobs or cluster.id not in cursor.clusters

    def _all_clusters(self, known: Cursor) -> tuple[dict[str, Cluster], set[str]]:
        """All clusters by id, and the ids of those that are gone without anything to tell.

        A list that shrinks while it is read can lack what is there, so the service is asked for
        each that is missing.
        """
        clusters = {cluster.id: cluster for cluster in self._client.clusters()}
        missing = [identity for identity in known.clusters if identity not in clusters]
        gone = set()
        for identity, found in zip(
            missing, map_in_parallel(self._client.cluster, missing), strict=True
        ):
            seen = known.clusters[identity]
            if found:
                clusters[identity] = found
            elif seen.state in GONE_CLUSTER_STATES or not self._wants(identity, seen.name):
                gone.add(identity)
            else:
                clusters[identity] = _forgotten_cluster(identity, seen)
        return clusters, gone

    def _jobs(self, cluster: Cluster, known: t.Mapping[str, Seen]) -> _Read:
        try:
            read = self._read_jobs(cluster, known)
        except MrsError as error:
            if isinstance(error, ServiceError) and error.code in NO_JOBS:
                self._without_jobs.add(cluster.id)
                self._warn(f"The jobs of cluster {cluster.title} cannot be watched: {error}")
                return _Read()
            self._warn(str(error))
            return _Read(is_read=False)
        if not is_over(cluster):
            return read
        return dataclasses.replace(
            read, jobs={job.id: job.ended_with_its_cluster() for job in read.jobs.values()}
        )

    def _read_jobs(self, cluster: Cluster, known: t.Mapping[str, Seen]) -> _Read:
        """The jobs of a cluster: all, or enough to know that the others did not change.

        What has ended stays as it is, so only jobs that have not and those that are new are looked
        for. No order of the list is taken for granted: it is read on until it has no room for a job
        that is unknown.
        """
        jobs, rest_is_known = self._listed_jobs(cluster, known)
        missing = [] if rest_is_known else [identity for identity in known if identity not in jobs]
        gone = set()
        read = map_in_parallel(
            lambda identity: self._client.jobs.execution(identity, cluster.id), missing
        )
        for identity, found in zip(missing, read, strict=True):
            if found:
                jobs[identity] = found
            elif is_over(cluster) and known[identity].can_change:
                jobs[identity] = _forgotten_job(identity, known[identity], cluster)
            else:
                gone.add(identity)
        return _Read(jobs, frozenset(gone))

    def _listed_jobs(self, cluster: Cluster, known: t.Mapping[str, Seen]) -> tuple[Jobs, bool]:
        """What was read of the list; whether that shows that all others are known and ended."""
        running = {identity for identity, seen in known.items() if seen.can_change}
        rest_is_known = False

        def enough(found: t.Collection[str], total: int) -> bool:
            nonlocal rest_is_known
            rest_is_known = len({*known, *found}) == total and running.issubset(found)
            return rest_is_known

        try:
            listed = self._client.jobs.executions(cluster.id, enough=enough if known else None)
        except ServiceError as error:
            if not (is_over(cluster) and is_gone(error.status, error.code)):
                raise
            listed = []
        return {job.id: job for job in listed}, rest_is_known


def _forgotten_cluster(identity: str, seen: Seen) -> Cluster:
    """What is left of a cluster that was deleted and that the service does not show any more."""
    return Cluster.of(
        {"clusterId": identity, "clusterName": seen.name, "clusterState": "terminated"}
    )


def _forgotten_job(identity: str, seen: Seen, cluster: Cluster) -> JobExecution:
    """What is left of a job that ran on a cluster that is gone."""
    return JobExecution.of(
        {"id": identity, "job_name": seen.name, "cluster_id": cluster.id, "job_state": -1}
    )
