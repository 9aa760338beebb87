# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service: clusters by API v1.1. Typed values out.

See U(https://docs.otc.t-systems.com/mapreduce-service/api-ref/) and
U(https://support.huaweicloud.com/intl/en-us/api-mrs/). Every method raises what C(Transport.send)
raises.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import (
    Calls,
    Object,
    StillDue,
    about,
    part,
    refusal_in,
    refused,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import (
    Request,
    Transport,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    NonsenseError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, keys_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import (
    V1,
    V2,
    JobFacts,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs import Jobs

#: Seconds that an answer may be behind the one before it.
MOST_BEHIND = 60.0


class Client(Calls):
    """Clusters, and the way to their jobs. Other resources have files of their own."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport)
        self._facts: dict[str, JobFacts] = {}
        self._apis: dict[str, str] = {}
        self._refusals: dict[str, ServiceError] = {}
        #: The newest that was read of each cluster, and when.
        self._newest: dict[str, tuple[Cluster, float]] = {}

    # Clusters (3, 4)

    def create_cluster(self, body: Object, still_due: StillDue | None = None, api: str = V1) -> str:
        """Create a cluster, with the jobs that the body has; gives its id.

        C(POST /run-job-flow); by API v2 that is for jobs only.
        """
        action = f"create cluster {body['cluster_name']}"
        is_plain = api == V2 and "steps" not in body
        request = Request(
            action,
            "POST",
            "/clusters" if is_plain else "/run-job-flow",
            body=body,
            api=api,
            everywhere=api == V1 or is_plain,
            still_due=still_due,
        )
        identity, refusal = self.ask(request, _creation)
        if refusal is not None:
            raise refused(action, refusal)
        return identity

    def clusters(self, **filters: str) -> list[Cluster]:
        """All clusters, terminated ones included.

        Filters: C(clusterState), C(tags), C(enterpriseProjectId).
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import CLUSTERS

        request = Request("list clusters", "GET", "/cluster_infos", query=filters, repeatable=True)
        return [self._not_behind(each) for each in self.list_all(request, CLUSTERS, Cluster.of)]

    def cluster(self, identity: str) -> Cluster | None:
        """A cluster, terminated ones included; None when the service does not know it."""
        request = Request(
            f"read cluster {identity}", "GET", f"/cluster_infos/{part(identity)}", repeatable=True
        )
        found = self.read(request, lambda answer: about(identity, Cluster.of(answer), answer))
        if found is None:
            return None
        self.know(found)
        return self._not_behind(found)

    def _not_behind(self, seen: Cluster) -> Cluster:
        """What is known of a cluster.

        An answer may come from a copy that is behind the one before it. Where no other answer comes
        for longer than copies are behind, it is the service's clock that went back.
        """
        now = self._transport.monotonic()
        known, read_at = self._newest.get(seen.id, (seen, now))
        if seen.is_older_than(known) and now - read_at < MOST_BEHIND:
            return known
        if seen.complete:
            self._newest[seen.id] = (seen, now)
        return seen

    def resize_cluster(
        self, cluster: Cluster, parameters: Object, still_due: StillDue | None = None
    ) -> None:
        """Add or remove nodes: C(parameters) as in 4.4, C(instances) being how many.

        C(PUT /cluster_infos/{id}).
        """
        action = f"resize cluster {cluster.title}"
        fixed = {"order_id": "", "node_id": "node_orderadd"}
        body = {
            "service_id": "",
            "plan_id": "",
            "parameters": {**fixed, **parameters},
            "previous_values": {"plan_id": ""},
        }
        path = f"/cluster_infos/{part(cluster.id)}"
        self.succeed(Request(action, "PUT", path, body=body, still_due=still_due))

    def delete_cluster(self, cluster: Cluster) -> None:
        """Ask for the deletion.

        Asking again for what is being deleted is refused (12000021) and harms nothing.
        """
        path = f"/clusters/{part(cluster.id)}"
        self.send(
            Request(
                f"delete cluster {cluster.title}", "DELETE", path, repeatable=True, answers=False
            )
        )

    def know(self, cluster: Cluster) -> None:
        """Remember of a cluster that was read what decides which API takes its jobs."""
        if None not in (cluster.version, cluster.safe_mode):
            self._facts[cluster.id] = (cluster.version, cluster.safe_mode)

    def user_name(self) -> str | None:
        """Name of the user who is logged in; None where it cannot be known."""
        return self._transport.user_name()

    @property
    def jobs(self) -> Jobs:
        """What the service does with the jobs of clusters."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs import Jobs

        return Jobs(self, self._facts, self._apis, self._refusals)


def _creation(answer: Object) -> tuple[str, str | None]:
    """The id of the new cluster, and the reason if the service refuses it (service_v1 3.9)."""
    raw = Raw(answer)
    refusal = None if raw.get("result") is None else refusal_in(answer)
    identity = raw.identity("cluster_id")
    if refusal is None and not identity:
        raise NonsenseError(f"cluster_id was expected, but the answer is {keys_of(answer)}")
    return identity, refusal
