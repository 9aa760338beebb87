# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the handlers share: settings, store, clock, IDs and identities of one simulator."""

from __future__ import annotations

import random
import uuid

from mrs_simulator.base.errors import PlainRefusal, Refusal, gateway
from mrs_simulator.base.messages import answer
from mrs_simulator.clock import Clock
from mrs_simulator.identity.account import Identity
from mrs_simulator.settings import Settings
from mrs_simulator.state.resources import Cluster, Job, Store


class World:
    """The simulated cloud without its HTTP surface."""

    def __init__(self, settings: Settings, clock: Clock, store: Store | None = None) -> None:
        self.settings = settings
        self.clock = clock
        self.store = store or Store()
        self.random = random.Random(settings.seed)
        self.identity = Identity(settings, self.store)
        self.base_url = "http://mrs.simulator"

    def new_id(self) -> str:
        """A UUID not used before, also not in a state file written with the same seed."""
        while True:
            identifier = str(uuid.UUID(int=self.random.getrandbits(128), version=4))
            taken = (self.store.clusters, self.store.jobs, self.store.connections)
            if not any(identifier in each for each in taken):
                return identifier

    def letters(self, count: int) -> str:
        return "".join(
            self.random.choices("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ", k=count)
        )

    def clusters(self, project_id: str) -> list[Cluster]:
        """The clusters of a project, newest first."""
        return [
            cluster
            for cluster in reversed(self.store.clusters.values())
            if cluster.project_id == project_id
        ]

    def cluster(self, project_id: str, cluster_id: str) -> Cluster:
        """:raises Refusal: the project has no such cluster, or it is deleted and not kept."""
        cluster = self.store.clusters.get(cluster_id)
        gone = (
            cluster is not None and cluster.state == "terminated" and not self.settings.keep_deleted
        )
        if cluster is not None and cluster.project_id == project_id and not gone:
            return cluster
        if self.settings.unknown_cluster == "404" or gone:
            raise not_found("cluster", cluster_id)
        raise Refusal("12000003", f"Cluster ID: {cluster_id}.")

    def job(self, project_id: str, job_id: str, now: float, api: str = "v1.1") -> Job:
        """The job. Here no API knows the IDs of the other; for the service that is not documented.

        :raises Refusal: there is no such job in the project.
        """
        job = self.store.jobs.get(job_id)
        mine = job is not None and job.project_id == project_id and job.api == api
        if job is not None and mine and job.submitted_at <= now:
            return job
        if self.settings.unknown_job == "404":
            raise not_found("job", job_id)
        raise Refusal(self.settings.unknown_job, f"Job ID: {job_id}.")


def not_found(kind: str, identifier: str) -> PlainRefusal:
    """A plain 404 in the OpenStack style (shape E6)."""
    message = f"The {kind} {identifier} could not be found."
    return PlainRefusal(answer(404, {"itemNotFound": {"message": message, "code": 404}}))


def forbidden(message: str) -> PlainRefusal:
    return gateway(403, "APIGW.0302", message)
