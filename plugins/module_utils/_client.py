# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v1.1: one method for each endpoint, typed values out.

See U(https://docs.otc.t-systems.com/mapreduce-service/api-ref/) and
U(https://support.huaweicloud.com/intl/en-us/api-mrs/). Every method raises what C(Transport.send) raises.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import math
import typing as t
from urllib.parse import quote

from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import (
    NonsenseError,
    ServiceError,
    ShortListError,
    UnansweredError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import Cluster, Host, role_of, tags_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._raw import Raw, described, keys_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transport import Request, Transport

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import Enough, Paging

T = t.TypeVar("T")
Object = dict[str, t.Any]
StillDue = t.Callable[[], bool]
#: API v2: the cluster has no auto scaling policy.
NO_POLICY = "MRS.00005016"
#: Filters of lists that the collection applies once more by itself, so that it can do without them.
FILTERS = frozenset({"clusterState", "tags", "job_name"})


class Client:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def scope(self) -> str:
        """The service and the project, as one text."""
        return self._transport.scope

    # Clusters (3, 4)

    def create_cluster(self, body: Object, still_due: StillDue | None = None) -> str:
        """Create a cluster, with a job where the body has one; gives its id. C(POST /run-job-flow)."""
        action = f"create cluster {body['cluster_name']}"
        request = Request(action, "POST", "/run-job-flow", body=body, still_due=still_due)
        identity, refusal = self._transport.ask(request, _creation)
        if refusal is not None:
            raise _refused(action, refusal)
        return identity

    def clusters(self, **filters: str) -> list[Cluster]:
        """All clusters, terminated ones included. Filters: C(clusterState), C(tags), C(enterpriseProjectId)."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import CLUSTERS

        request = Request("list clusters", "GET", "/cluster_infos", query=filters, repeatable=True)
        return self._list(request, CLUSTERS, Cluster.of)

    def cluster(self, identity: str) -> Cluster | None:
        """A cluster, terminated ones included; None when the service does not know it."""
        request = Request(f"read cluster {identity}", "GET", f"/cluster_infos/{_part(identity)}", repeatable=True)
        return self._unless_gone(request, lambda answer: _about(identity, Cluster.of(answer), answer))

    def resize_cluster(self, cluster: Cluster, parameters: Object, still_due: StillDue | None = None) -> None:
        """Add or remove nodes: C(parameters) as in 4.4, C(instances) being how many. C(PUT /cluster_infos/{id})."""
        action = f"resize cluster {cluster.title}"
        fixed = {"order_id": "", "node_id": "node_orderadd"}
        body = {
            "service_id": "",
            "plan_id": "",
            "parameters": {**fixed, **parameters},
            "previous_values": {"plan_id": ""},
        }
        path = f"/cluster_infos/{_part(cluster.id)}"
        self._succeed(Request(action, "PUT", path, body=body, still_due=still_due))

    def delete_cluster(self, cluster: Cluster) -> None:
        """Ask for the deletion. Asking again for what is being deleted is refused (12000021) and harms nothing."""
        path = f"/clusters/{_part(cluster.id)}"
        self._transport.send(Request(f"delete cluster {cluster.title}", "DELETE", path, repeatable=True, answers=False))

    def hosts(self, cluster: Cluster) -> list[Host]:
        """The nodes of a cluster."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import HOSTS

        path = f"/clusters/{_part(cluster.id)}/hosts"
        request = Request(f"list the hosts of cluster {cluster.title}", "GET", path, repeatable=True)
        return self._list(request, HOSTS, Host.of)

    def set_auto_scaling_policy(self, cluster: Cluster, policy: Object) -> None:
        """Overwrite the policy of the task nodes (8): doing so twice is doing so once."""
        body = {"node_group": "task_node_default_group", "auto_scaling_policy": policy}
        action = f"set the auto scaling policy of cluster {cluster.title}"
        path = f"/autoscaling-policy/{_part(cluster.id)}"
        self._succeed(Request(action, "POST", path, body=body, repeatable=True))

    def auto_scaling_policy(self, cluster: Cluster) -> Object | None:
        """The policy of the task nodes, which no document of API v1.1 lists in the detail: so it is read by API v2.

        See C(api/mrs-v2.md), 7: the answer is a list, or an object that has it.
        """
        action = f"read the auto scaling policy of cluster {cluster.title}"
        path = f"/autoscaling-policy/{_part(cluster.id)}"
        key = "auto_scaling_policies"
        request = Request(action, "GET", path, repeatable=True, api="v2", listed_as=key)
        try:
            return self._transport.ask(request, lambda answer: _task_policy(Raw(answer).objects(key)))
        except ServiceError as error:
            if error.code == NO_POLICY:
                return None
            raise

    # Tags (9)

    def tags(self, cluster: Cluster) -> dict[str, str]:
        """The tags of a cluster."""
        path = f"/clusters/{_part(cluster.id)}/tags"
        request = Request(f"read the tags of cluster {cluster.title}", "GET", path, repeatable=True)
        return self._transport.ask(request, lambda answer: tags_in(Raw(answer).objects("tags")))

    def add_tag(self, cluster: Cluster, key: str, value: str) -> None:
        """Set one tag; overwrites a tag of the same key."""
        action = f"tag cluster {cluster.title}"
        path = f"/clusters/{_part(cluster.id)}/tags"
        body = {"tag": {"key": key, "value": value}}
        self._transport.send(Request(action, "POST", path, body=body, repeatable=True, answers=False))

    def delete_tag(self, cluster: Cluster, key: str) -> None:
        """Remove one tag; a tag that is not there is no error."""
        path = f"/clusters/{_part(cluster.id)}/tags/{_part(key)}"
        request = Request(f"untag cluster {cluster.title}", "DELETE", path, repeatable=True, answers=False)
        self._delete(request)

    def change_tags(self, cluster: Cluster, action: str, tags: t.Mapping[str, str]) -> None:
        """V(create) or V(delete) tags. Both can be repeated: they overwrite, and accept what is gone already."""
        body = {"action": action, "tags": [{"key": key, "value": value} for key, value in sorted(tags.items())]}
        path = f"/clusters/{_part(cluster.id)}/tags/action"
        self._transport.send(
            Request(
                f"{action} tags of cluster {cluster.title}", "POST", path, body=body, repeatable=True, answers=False
            )
        )

    # Jobs (5, 6)

    def submit_job(self, body: Object, still_due: StillDue | None = None) -> JobExecution:
        """Submit a job (5.1)."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution

        action = f"submit job {body['job_name']} to cluster {body['cluster_id']}"
        request = Request(action, "POST", "/jobs/submit-job", body=body, still_due=still_due)
        return self._transport.ask(request, lambda answer: _submitted(body, JobExecution.of(answer), answer))

    def job_executions(
        self, cluster_id: str, job_name: str | None = None, enough: Enough | None = None
    ) -> list[JobExecution]:
        """Executions of a cluster (5.2), oldest first. The service may take C(job_name) for a part of the name.

        :param enough: as for C(_pages.Listing): where not all need be read.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import JOBS

        def named(item: Object) -> JobExecution:
            execution = JobExecution.of(item)
            if job_name and not execution.name:  # it may be the job that is looked for
                raise NonsenseError("job_executions has an item without job_name")
            return execution

        query = {"cluster_id": cluster_id, **({"job_name": job_name} if job_name else {})}
        action = f"list the job executions of cluster {cluster_id}"
        request = Request(action, "GET", "/job-exes", query=query, repeatable=True)
        listed = self._list(request, JOBS, named, enough)
        found = [each for each in listed if each.is_on(cluster_id)]
        if listed and not found:
            raise UnansweredError(f"The service's answer to {action} makes no sense: it is about other clusters.")
        return sorted((each for each in found if not job_name or each.name == job_name), key=lambda each: each.order)

    def job_executions_among(self, cluster_id: str, identities: t.Iterable[str]) -> list[JobExecution]:
        """The executions of a cluster that have these identities, in their order; of any, where its id is empty.

        Its list is read as far as that takes fewer requests than to read one by one those that did not show yet. Those
        that do not show at all are read by themselves, too: a list shifts while it is read.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import PAGE_SIZE
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._side_by_side import side_by_side

        wanted = list(dict.fromkeys(filter(None, identities)))

        def enough(seen: t.Collection[str], total: int) -> bool:
            missing = sum(identity not in seen for identity in wanted)
            return missing <= math.ceil((total - len(seen)) / PAGE_SIZE)

        has_list = bool(cluster_id) and len(wanted) > 1
        listed = self.job_executions(cluster_id, enough=enough) if has_list else []
        found: dict[str, JobExecution | None] = {each.id: each for each in listed if each.id in wanted}
        missing = [identity for identity in wanted if identity not in found]
        found.update(zip(missing, side_by_side(self.job_execution, missing), strict=True))
        there = [each for each in map(found.get, wanted) if each]
        return [each for each in there if not cluster_id or each.is_on(cluster_id)]

    def job_execution(self, identity: str) -> JobExecution | None:
        """One execution (5.3); None when the service does not know it."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution

        path = f"/job-exes/{_part(identity)}"
        request = Request(f"read job execution {identity}", "GET", path, repeatable=True)
        return self._unless_gone(request, lambda answer: _about(identity, JobExecution.of(answer), answer))

    def cancel_job_execution(self, execution: JobExecution) -> None:
        """Ask for the end of an execution. A GET with an effect (6.3, quirk Q23), so it is not a read."""
        path = f"/job-executions/{_part(execution.id)}/cancel"
        self._transport.send(Request(f"cancel job {execution.title}", "GET", path, answers=False))

    def delete_job_execution(self, execution: JobExecution) -> bool:
        """Delete the record of an execution. False when it was gone already."""
        path = f"/job-executions/{_part(execution.id)}"
        request = Request(f"delete job execution {execution.title}", "DELETE", path, repeatable=True, answers=False)
        return self._delete(request)

    # What the methods above have in common

    def _list(
        self, request: Request, paging: Paging, of: t.Callable[[Object], T], enough: Enough | None = None
    ) -> list[T]:
        """All items of a list.

        Whether the total of a list is that of its filter is not documented. Where it cannot be reached, the whole list
        is read: who asks applies the filter, too.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import Listing, read_all

        wanted = Listing(self._transport.ask, request, paging, of, enough)
        try:
            return read_all(wanted)
        except ShortListError:
            query = {key: value for key, value in request.query.items() if key not in FILTERS}
            if query == request.query:
                raise
            return read_all(dataclasses.replace(wanted, request=dataclasses.replace(request, query=query)))

    def _unless_gone(self, request: Request, read: t.Callable[[Object], T]) -> T | None:
        """What C(read) makes of the answer; None when the service says that this very object does not exist (Q3)."""
        try:
            return self._transport.ask(request, read)
        except ServiceError as error:
            if _is_gone(error):
                return None
            raise

    def _delete(self, request: Request) -> bool:
        """Delete an object; False when it was gone already."""
        try:
            self._transport.send(request)
        except ServiceError as error:
            if _is_gone(error):
                return False
            raise
        return True

    def _succeed(self, request: Request) -> None:
        """Send a request whose answer tells in C(result) whether it was accepted (quirk Q39)."""
        refusal = self._transport.ask(request, _refusal_in)
        if refusal is not None:
            raise _refused(request.action, refusal)


class ClientOfMany(Client):
    """A client for many that look at the same moment: a list of clusters is read once for all of them."""

    def __init__(self, transport: Transport) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._side_by_side import Once

        super().__init__(transport)
        self._lists: Once[list[Cluster]] = Once()

    def clusters(self, **filters: str) -> list[Cluster]:
        return self._lists.get(repr(sorted(filters.items())), lambda: super(ClientOfMany, self).clusters(**filters))


def _part(text: str) -> str:
    """C(text) as one part of a path."""
    return quote(text, safe="-_.~")


def _is_gone(error: ServiceError | UnknownOutcomeError) -> bool:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._error_body import is_gone

    return is_gone(error.status or 0, error.code)


# What answers say. An answer that is not one to its request raises NonsenseError.


class _Identified(t.Protocol):
    @property
    def id(self) -> str: ...


IdentifiedT = t.TypeVar("IdentifiedT", bound=_Identified)


def _about(identity: str, found: IdentifiedT, answer: Object) -> IdentifiedT:
    """What was read of an answer, if it is about the object that was asked for."""
    if not found.id:
        raise NonsenseError(f"an object with an id was expected, and {keys_of(answer)} came")
    if found.id.casefold() != identity.casefold():
        raise NonsenseError(f"it is about {found.id[:64]}")
    return found


def _submitted(body: Object, execution: JobExecution, answer: Object) -> JobExecution:
    """The execution of the job that was submitted with C(body)."""
    if not execution.id:
        raise NonsenseError(f"an execution with an id was expected, and {keys_of(answer)} came")
    if not execution.is_on(body["cluster_id"]):
        raise NonsenseError("it is about another cluster")
    if execution.name not in ("", body["job_name"]):
        raise NonsenseError("it is about another job")
    return execution


def _creation(answer: Object) -> tuple[str, str | None]:
    """The id of the new cluster, and why the service refuses to create it, if it does (3.9)."""
    raw = Raw(answer)
    refusal = None if raw.get("result") is None else _refusal_in(answer)
    identity = raw.identity("cluster_id")
    if refusal is None and not identity:
        raise NonsenseError(f"cluster_id was expected, and {keys_of(answer)} came")
    return identity, refusal


def _refusal_in(answer: Object) -> str | None:
    """Why the service refuses although it answers with HTTP 200 (quirk Q39); None where it accepts."""
    raw = Raw(answer)
    result = raw.get("result")
    if result is True or result == "succeeded":
        return None
    if result is False:
        return raw.text("msg") or "the service gave no reason"
    if isinstance(result, str):
        return raw.text("msg") or result
    raise NonsenseError(f"result is {described(result)}, not succeeded")


def _refused(action: str, reason: str) -> ServiceError:
    """HTTP 200 that says no. The reason may be a code alone."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils import _codes

    known = _codes.lookup(reason)
    code = reason if known else None
    return ServiceError(action, status=200, code=code, reason=reason, hint=str(known) if known else None)


def _task_policy(items: t.Iterable[Object]) -> Object | None:
    """The policy of the whole group of task nodes."""
    for item in map(Raw, items):
        is_whole = (item.text("resource_pool_name") or "default") == "default"
        if is_whole and role_of(item.certain_text("node_group_name") or "") == "task":
            return item.certain_object("auto_scaling_policy")
    return None
