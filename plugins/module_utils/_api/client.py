# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service: clusters by API v1.1, jobs by the API that the cluster wants. Typed values out.

See U(https://docs.otc.t-systems.com/mapreduce-service/api-ref/) and
U(https://support.huaweicloud.com/intl/en-us/api-mrs/). Every method raises what C(Transport.send)
raises.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import math
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import (
    Calls,
    Object,
    StillDue,
    T,
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
    NOTHING_KNOWN,
    V1,
    V2,
    JobFacts,
    api_for,
    other_api,
    takes_both,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    Cluster,
    Host,
    role_of,
    tags_in,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v2 import JobsV2
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import Enough
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.node import Node

#: Seconds that an answer may be behind the one before it.
MOST_BEHIND = 60.0
#: API v2: the cluster has no auto scaling policy.
NO_POLICY = "MRS.00005016"


class Jobs(t.Protocol):
    """The job calls of one API."""

    def submit(
        self, cluster_id: str, body: Object, still_due: StillDue | None = None
    ) -> JobExecution: ...

    def executions(
        self, cluster_id: str, job_name: str | None = None, enough: Enough | None = None
    ) -> list[JobExecution]: ...

    def execution(self, cluster_id: str, identity: str) -> JobExecution | None: ...

    def cancel(self, execution: JobExecution) -> None: ...

    def delete(self, execution: JobExecution) -> bool: ...


class Client(Calls):
    """One method for each endpoint that the modules need."""

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

    def hosts(self, cluster: Cluster) -> list[Host]:
        """The nodes of a cluster."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import HOSTS

        path = f"/clusters/{part(cluster.id)}/hosts"
        request = Request(
            f"list the hosts of cluster {cluster.title}", "GET", path, repeatable=True
        )
        return self.list_all(request, HOSTS, lambda answer: Host.of(answer, cluster))

    def nodes(self, cluster: Cluster, *, detail: bool = False) -> list[Node]:
        """The nodes of a cluster with the health of their components (service_v2 5.2).

        C(detail): with their load.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import NODES
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.node import Node

        path = f"/clusters/{part(cluster.id)}/nodes"
        action = f"list the nodes of cluster {cluster.title}"
        query = {"query_node_detail": "true"} if detail else {}
        request = Request(
            action, "GET", path, query=query, repeatable=True, api="v2", everywhere=False
        )
        return self.list_all(request, NODES, lambda answer: Node.of(answer, cluster.type))

    def set_auto_scaling_policy(self, cluster: Cluster, policy: Object) -> None:
        """Overwrite the policy of the task nodes (8): doing so twice is doing so once."""
        body = {"node_group": "task_node_default_group", "auto_scaling_policy": policy}
        action = f"set the auto scaling policy of cluster {cluster.title}"
        path = f"/autoscaling-policy/{part(cluster.id)}"
        self.succeed(Request(action, "POST", path, body=body, repeatable=True))

    def auto_scaling_policy(self, cluster: Cluster) -> Object | None:
        """The policy of the task nodes, read by API v2: no document says that v1.1 shows it.

        See service_v2 7: the answer is a list, or an object that has it.
        """
        action = f"read the auto scaling policy of cluster {cluster.title}"
        path = f"/autoscaling-policy/{part(cluster.id)}"
        key = "auto_scaling_policies"
        request = Request(action, "GET", path, repeatable=True, api="v2", listed_as=key)
        try:
            return self.ask(request, lambda answer: _task_policy(Raw(answer).objects(key)))
        except ServiceError as error:
            if error.code == NO_POLICY:
                return None
            raise

    # Tags (9)

    def tags(self, cluster: Cluster) -> dict[str, str]:
        """The tags of a cluster."""
        path = f"/clusters/{part(cluster.id)}/tags"
        request = Request(f"read the tags of cluster {cluster.title}", "GET", path, repeatable=True)
        return self.ask(request, lambda answer: tags_in(Raw(answer).objects("tags")))

    def add_tag(self, cluster: Cluster, key: str, value: str) -> None:
        """Set one tag; overwrites a tag of the same key."""
        action = f"tag cluster {cluster.title}"
        path = f"/clusters/{part(cluster.id)}/tags"
        body = {"tag": {"key": key, "value": value}}
        self.send(Request(action, "POST", path, body=body, repeatable=True, answers=False))

    def delete_tag(self, cluster: Cluster, key: str) -> None:
        """Remove one tag; a tag that is not there is no error."""
        path = f"/clusters/{part(cluster.id)}/tags/{part(key)}"
        request = Request(
            f"untag cluster {cluster.title}", "DELETE", path, repeatable=True, answers=False
        )
        self.delete(request)

    def change_tags(self, cluster: Cluster, action: str, tags: t.Mapping[str, str]) -> None:
        """V(create) or V(delete) tags.

        Both can be repeated: they overwrite, and accept what is gone already.
        """
        body = {
            "action": action,
            "tags": [{"key": key, "value": value} for key, value in sorted(tags.items())],
        }
        path = f"/clusters/{part(cluster.id)}/tags/action"
        self.send(
            Request(
                f"{action} tags of cluster {cluster.title}",
                "POST",
                path,
                body=body,
                repeatable=True,
                answers=False,
            )
        )

    # Jobs, by API v1.1 (service_v1 5, 6) or v2 (service_v2 4)

    def know(self, cluster: Cluster) -> None:
        """Remember of a cluster that was read what decides which API takes its jobs."""
        if None not in (cluster.version, cluster.safe_mode):
            self._facts[cluster.id] = JobFacts(cluster.version, cluster.safe_mode)

    def job_api(self, cluster_id: str, job_type: str | None = None) -> str:
        """The API that takes the jobs of a cluster, or of one type; API v1.1 where none is named.

        What a refusal said counts more than what is known of the cluster.
        """
        if not cluster_id:
            return V1
        if cluster_id not in self._apis:
            self._apis[cluster_id] = api_for(*self._facts_of(cluster_id))
        if job_type and cluster_id not in self._refusals:
            self._apis[cluster_id] = api_for(*self._facts_of(cluster_id), job_type)
        return self._apis[cluster_id]

    def _facts_of(self, cluster_id: str) -> JobFacts:
        """Read where nobody has read the cluster yet.

        One that the service has forgotten tells nothing.
        """
        if cluster_id and cluster_id not in self._facts:
            found = self.cluster(cluster_id)
            told = JobFacts(found.version, found.safe_mode) if found else NOTHING_KNOWN
            self._facts.setdefault(cluster_id, told)
        return self._facts.get(cluster_id, NOTHING_KNOWN)

    def executions_wherever(
        self,
        cluster_id: str,
        identities: t.Sequence[str] | None = None,
        job_name: str | None = None,
    ) -> list[JobExecution]:
        """Executions by their ids or their name.

        Where API v1.1 finds none, API v2 may know them.
        """

        def find() -> list[JobExecution]:
            if identities is None:
                return self.job_executions(cluster_id, job_name)
            return self.job_executions_among(cluster_id, identities)

        found = find()
        if found or (identities is not None and not any(identities)):
            return found
        if self.job_api(cluster_id) == V2 or not takes_both(*self._facts_of(cluster_id)):
            return found
        self._apis[cluster_id] = V2
        found = find()
        if not found:
            self._apis[cluster_id] = V1
        return found

    def executions_of_both(self, cluster_id: str) -> tuple[list[JobExecution], ServiceError | None]:
        """All executions of a cluster, oldest first, and why those of API v2 are not among them.

        Where either API takes its jobs, those of both: neither has to know those of the other.
        """
        found = self.job_executions(cluster_id)
        if self.job_api(cluster_id) == V2 or not takes_both(*self._facts_of(cluster_id)):
            return found, None
        try:
            others = self._jobs(V2).executions(cluster_id)
        except ServiceError as refusal:
            if other_api(refusal.code) != V1:
                raise
            return found, refusal
        known = {each.id for each in found}
        found += [each for each in others if each.id not in known]
        return sorted(found, key=lambda each: each.order), None

    def change_job_api(self, cluster_id: str, refusal: ServiceError) -> bool:
        """Use the other API for the jobs of a cluster where a refusal says so; once for a cluster.

        :raises ServiceError: both refuse. What API v2 says is told.
        """
        other = other_api(refusal.code)
        if other is None or other == self.job_api(cluster_id):
            return False
        if cluster_id in self._refusals:
            raise refusal if other == V1 else self._refusals[cluster_id]
        self._apis[cluster_id] = other
        self._refusals[cluster_id] = refusal
        return True

    def submit_job(
        self, cluster_id: str, body: Object, still_due: StillDue | None = None
    ) -> JobExecution:
        """Submit a job; C(body) is in the form of the API of the cluster."""
        return self._jobs(self.job_api(cluster_id)).submit(cluster_id, body, still_due)

    def job_executions(
        self, cluster_id: str, job_name: str | None = None, enough: Enough | None = None
    ) -> list[JobExecution]:
        """Executions of a cluster, oldest first.

        :param enough: as for C(_pages.Listing): where not all need be read.
        """
        listed = self._read_jobs(
            cluster_id, lambda jobs: jobs.executions(cluster_id, job_name, enough)
        )
        found = [each for each in listed if not job_name or each.name == job_name]
        return sorted(found, key=lambda each: each.order)

    def job_executions_among(
        self, cluster_id: str, identities: t.Iterable[str]
    ) -> list[JobExecution]:
        """The executions of a cluster with these identities, in their order.

        If the id of the cluster is empty, they may be of any.

        Its list is read as far as that takes fewer requests than to read one by one those that did
        not show yet. Those that do not show at all are read by themselves, too: a list shifts while
        it is read.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import (
            map_in_parallel,
        )

        wanted = list(dict.fromkeys(filter(None, identities)))
        has_list = bool(cluster_id) and len(wanted) > 1
        found = self._listed_among(cluster_id, wanted) if has_list else {}
        missing = [identity for identity in wanted if identity not in found]
        read = map_in_parallel(
            lambda identity: self.job_execution(identity, cluster_id or None), missing
        )
        found.update(zip(missing, read, strict=True))
        there = filter(None, map(found.get, wanted))
        return [each for each in there if not cluster_id or each.is_on(cluster_id)]

    def _listed_among(
        self, cluster_id: str, wanted: t.Sequence[str]
    ) -> dict[str, JobExecution | None]:
        """Those that the list shows, read as far as that saves requests."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import PAGE_SIZE

        def enough(seen: t.Collection[str], total: int) -> bool:
            missing = sum(identity not in seen for identity in wanted)
            return missing <= math.ceil((total - len(seen)) / PAGE_SIZE)

        listed = self.job_executions(cluster_id, enough=enough)
        return {each.id: each for each in listed if each.id in wanted}

    def job_execution(self, identity: str, cluster_id: str | None = None) -> JobExecution | None:
        """One execution; None when the service does not know it. API v2 needs the cluster."""
        if cluster_id is None:
            return self._jobs(V1).execution("", identity)
        return self._read_jobs(cluster_id, lambda jobs: jobs.execution(cluster_id, identity))

    def job_execution_again(self, execution: JobExecution) -> JobExecution | None:
        """The execution as it is now; None when the service does not know it any more."""
        return self._jobs(execution.api).execution(execution.cluster_id or "", execution.id)

    def cancel_job_execution(self, execution: JobExecution) -> None:
        """Ask for the end of an execution."""
        self._jobs(execution.api).cancel(execution)

    def delete_job_execution(self, execution: JobExecution) -> bool:
        """Delete the record of an execution. False when it was gone already."""
        return self._jobs(execution.api).delete(execution)

    def user_name(self) -> str | None:
        """Name of the user who is logged in; None where it cannot be known."""
        return self._transport.user_name()

    @property
    def jobs_v2(self) -> JobsV2:
        """What only API v2 has: results of SQL statements, and the users that may run jobs."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v2 import JobsV2

        return JobsV2(self)

    def _jobs(self, api: str) -> Jobs:
        if api == V2:
            return self.jobs_v2
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v1 import JobsV1

        return JobsV1(self)

    def _read_jobs(self, cluster_id: str, read: t.Callable[[Jobs], T]) -> T:
        """Read by the API of the cluster; where that refuses and names the other one, by that."""
        while True:
            try:
                return read(self._jobs(self.job_api(cluster_id)))
            except ServiceError as refusal:
                if not self.change_job_api(cluster_id, refusal):
                    raise


class ClientOfMany(Client):
    """A client for many that look at the same moment: it reads a list of clusters once."""

    def __init__(self, transport: Transport) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import Memo

        super().__init__(transport)
        self._lists: Memo[list[Cluster]] = Memo()
        self._answers: Memo[t.Any] = Memo()

    def ask_once(self, request: Request, read: t.Callable[[Object], T]) -> T:
        key = repr((request.method, request.path, request.of, sorted(request.query.items())))
        return t.cast("T", self._answers.get(key, lambda: self.ask(request, read)))

    def clusters(self, **filters: str) -> list[Cluster]:
        return self._lists.get(
            repr(sorted(filters.items())), lambda: super(ClientOfMany, self).clusters(**filters)
        )


def _creation(answer: Object) -> tuple[str, str | None]:
    """The id of the new cluster, and the reason if the service refuses it (service_v1 3.9)."""
    raw = Raw(answer)
    refusal = None if raw.get("result") is None else refusal_in(answer)
    identity = raw.identity("cluster_id")
    if refusal is None and not identity:
        raise NonsenseError(f"cluster_id was expected, but the answer is {keys_of(answer)}")
    return identity, refusal


def _task_policy(items: t.Iterable[Object]) -> Object | None:
    """The policy of the whole group of task nodes."""
    for item in map(Raw, items):
        is_whole = (item.text("resource_pool_name") or "default") == "default"
        if is_whole and role_of(item.certain_text_or_empty("node_group_name")) == "task":
            return item.certain_object("auto_scaling_policy")
    return None
