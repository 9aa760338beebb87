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

import math
import typing as t
from urllib.parse import quote

from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import ServiceError, UnknownOutcomeError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import Cluster, Host
from ansible_collections.huaweicloud.mrs.plugins.module_utils._raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transport import Request, Transport

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import Enough

Object = dict[str, t.Any]
StillDue = t.Callable[[], bool]


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
        answer = self._transport.send(Request(action, "POST", "/run-job-flow", body=body, still_due=still_due))
        identity = Raw(answer).text("cluster_id")
        if answer.get("result") is False or isinstance(answer.get("result"), str):
            raise _refused(action, answer.get("msg") or answer["result"])
        if not identity:
            raise UnknownOutcomeError(f"The service's answer to {action} names no cluster.")
        return identity

    def clusters(self, **filters: str) -> list[Cluster]:
        """All clusters, terminated ones included. Filters: C(clusterState), C(tags), C(enterpriseProjectId)."""
        request = Request("list clusters", "GET", "/cluster_infos", query=filters, repeatable=True)
        from ansible_collections.huaweicloud.mrs.plugins.module_utils import _pages

        return _pages.read_all(self._transport.send, request, _pages.CLUSTERS, Cluster.of)

    def cluster(self, identity: str) -> Cluster | None:
        """A cluster, terminated ones included; None when the service does not know it."""
        request = Request(f"read cluster {identity}", "GET", f"/cluster_infos/{_part(identity)}", repeatable=True)
        answer = self._unless_gone(request)
        return None if answer is None else Cluster.of(answer)

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
        path = f"/clusters/{_part(cluster.id)}/hosts"
        request = Request(f"list the hosts of cluster {cluster.title}", "GET", path, repeatable=True)
        from ansible_collections.huaweicloud.mrs.plugins.module_utils import _pages

        return _pages.read_all(self._transport.send, request, _pages.HOSTS, Host.of)

    def set_auto_scaling_policy(self, cluster: Cluster, policy: Object) -> None:
        """Overwrite the policy of the task nodes (8): doing so twice is doing so once."""
        body = {"node_group": "task_node_default_group", "auto_scaling_policy": policy}
        action = f"set the auto scaling policy of cluster {cluster.title}"
        path = f"/autoscaling-policy/{_part(cluster.id)}"
        self._succeed(Request(action, "POST", path, body=body, repeatable=True))

    # Tags (9)

    def tags(self, cluster: Cluster) -> dict[str, str]:
        """The tags of a cluster."""
        path = f"/clusters/{_part(cluster.id)}/tags"
        answer = self._transport.send(
            Request(f"read the tags of cluster {cluster.title}", "GET", path, repeatable=True)
        )
        return {tag.text("key") or "": tag.text("value") or "" for tag in Raw(answer).items("tags")}

    def add_tag(self, cluster: Cluster, key: str, value: str) -> None:
        """Set one tag; overwrites a tag of the same key."""
        action = f"tag cluster {cluster.title}"
        path = f"/clusters/{_part(cluster.id)}/tags"
        body = {"tag": {"key": key, "value": value}}
        self._transport.send(Request(action, "POST", path, body=body, repeatable=True, answers=False))

    def delete_tag(self, cluster: Cluster, key: str) -> None:
        """Remove one tag; a tag that is not there is no error."""
        path = f"/clusters/{_part(cluster.id)}/tags/{_part(key)}"
        self._unless_gone(Request(f"untag cluster {cluster.title}", "DELETE", path, repeatable=True, answers=False))

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
        answer = self._transport.send(Request(action, "POST", "/jobs/submit-job", body=body, still_due=still_due))
        execution = JobExecution.of(answer)
        if not execution.id:
            raise UnknownOutcomeError(f"The service's answer to {action} names no execution.")
        return execution

    def job_executions(
        self, cluster_id: str, job_name: str | None = None, enough: Enough | None = None
    ) -> list[JobExecution]:
        """Executions of a cluster (5.2), oldest first. The service may take C(job_name) for a part of the name.

        :param enough: as for C(_pages.read_all): where not all need be read.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils import _pages
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution

        query = {"cluster_id": cluster_id, **({"job_name": job_name} if job_name else {})}
        action = f"list the job executions of cluster {cluster_id}"
        request = Request(action, "GET", "/job-exes", query=query, repeatable=True)
        found = _pages.read_all(self._transport.send, request, _pages.JOBS, JobExecution.of, enough)
        return sorted((each for each in found if not job_name or each.name == job_name), key=lambda each: each.order)

    def job_executions_among(self, cluster_id: str, identities: t.Iterable[str]) -> list[JobExecution]:
        """The executions of a cluster that have these identities, in their order.

        Its list is read as far as that takes fewer requests than to read one by one those that did not show yet. Those
        that do not show at all are read by themselves, too: a list shifts while it is read.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._pages import PAGE_SIZE
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._side_by_side import side_by_side

        wanted = list(dict.fromkeys(filter(None, identities)))

        def enough(seen: t.Collection[str], total: int) -> bool:
            missing = sum(identity not in seen for identity in wanted)
            return missing <= math.ceil((total - len(seen)) / PAGE_SIZE)

        listed = self.job_executions(cluster_id, enough=enough) if len(wanted) > 1 else []
        found: dict[str, JobExecution | None] = {each.id: each for each in listed if each.id in wanted}
        missing = [identity for identity in wanted if identity not in found]
        found.update(zip(missing, side_by_side(self.job_execution, missing), strict=True))
        return [each for each in map(found.get, wanted) if each and each.cluster_id in (None, cluster_id)]

    def job_execution(self, identity: str) -> JobExecution | None:
        """One execution (5.3); None when the service does not know it."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution

        path = f"/job-exes/{_part(identity)}"
        answer = self._unless_gone(Request(f"read job execution {identity}", "GET", path, repeatable=True))
        return None if answer is None else JobExecution.of(answer)

    def cancel_job_execution(self, execution: JobExecution) -> None:
        """Ask for the end of an execution. A GET with an effect (6.3, quirk Q23), so it is not a read."""
        path = f"/job-executions/{_part(execution.id)}/cancel"
        self._transport.send(Request(f"cancel job {execution.title}", "GET", path, answers=False))

    def delete_job_execution(self, execution: JobExecution) -> bool:
        """Delete the record of an execution. False when it was gone already."""
        path = f"/job-executions/{_part(execution.id)}"
        request = Request(f"delete job execution {execution.title}", "DELETE", path, repeatable=True, answers=False)
        return self._unless_gone(request) is not None

    # What the methods above have in common

    def _unless_gone(self, request: Request) -> Object | None:
        """The answer; None when the service says that this very object does not exist (quirk Q3).

        A deletion whose first answer was lost has done it, when it is gone afterwards.
        """
        try:
            return self._transport.send(request)
        except (ServiceError, UnknownOutcomeError) as error:
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._error_body import is_gone

            if is_gone(error.status or 0, error.code):
                return {} if isinstance(error, UnknownOutcomeError) else None
            raise

    def _succeed(self, request: Request) -> None:
        """Send a request whose answer tells in C(result) whether it was accepted (quirk Q39)."""
        result = self._transport.send(request).get("result")
        if result != "succeeded" and result is not True:
            raise _refused(request.action, str(result))


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


def _refused(action: str, reason: str) -> ServiceError:
    """HTTP 200 that says no."""
    return ServiceError(action, status=200, code=None, reason=reason or "the service gave no reason")
