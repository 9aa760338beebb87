# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: jobs of a cluster, and the users that may run them.

One method for each endpoint, typed values out.

See service_v2 4 and 6. Success codes differ from page to page, so every 2xx counts (service_v2 V1).

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
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import JOBS_V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    NonsenseError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, keys_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_request_v2 import (
    text_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import Enough

#: What C(state) of an accepted submission says (service_v2 4.1). C(COMPLETE) means submitted, not
#: done.
ACCEPTED = "complete"
#: Rows of each statement that are kept of the result of SQL statements.
MOST_ROWS = 1000


class SyncedUsers(t.NamedTuple):
    """Names of the IAM users and groups that the cluster knows."""

    users: tuple[str, ...]
    groups: tuple[str, ...]


class JobsV2:
    """The job calls of API v2. They are named as those of API v1.1."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def submit(
        self, cluster_id: str, body: Object, still_due: StillDue | None = None
    ) -> JobExecution:
        """Submit a job (service_v2 4.1)."""
        action = f"submit job {body['job_name']} to cluster {cluster_id}"
        request = self._request(action, "POST", cluster_id, body=body, still_due=still_due)
        submitted = self._calls.ask(request, _submitted)
        if submitted.refused:
            raise ServiceError(action, status=200, code=submitted.code, reason=submitted.reason)
        known = {
            "job_id": submitted.job_id,
            "job_name": body["job_name"],
            "job_type": body["job_type"],
            "job_state": "NEW",
            "arguments": text_of(body["arguments"]),
        }
        return JobExecution.of_v2(known, cluster_id)

    def executions(
        self, cluster_id: str, job_name: str | None = None, enough: Enough | None = None
    ) -> list[JobExecution]:
        """Executions of a cluster (service_v2 4.2).

        Whether the service takes C(job_name) exactly is not documented.
        """

        def named(item: Object) -> JobExecution:
            execution = JobExecution.of_v2(item, cluster_id)
            if job_name and not execution.name:  # it may be the job that is looked for
                raise NonsenseError("job_list has an item without job_name")
            return execution

        query = {"job_name": job_name} if job_name else {}
        action = f"list the job executions of cluster {cluster_id}"
        request = self._request(action, "GET", cluster_id, query=query, repeatable=True)
        return self._calls.list_all(request, JOBS_V2, named, enough)

    def execution(self, cluster_id: str, identity: str) -> JobExecution | None:
        """One execution (service_v2 4.3); None when the service does not know it."""
        request = self._request(
            f"read job execution {identity}",
            "GET",
            cluster_id,
            f"/{part(identity)}",
            repeatable=True,
        )
        return self._calls.read(
            request, lambda answer: about(identity, JobExecution.of_v2(answer, cluster_id), answer)
        )

    def cancel(self, execution: JobExecution) -> None:
        """Ask for the end of an execution (service_v2 4.4)."""
        path = f"/{part(execution.id)}/kill"
        action = f"cancel job {execution.title}"
        self._calls.send(self._request(action, "POST", _cluster_of(execution), path, answers=False))

    def delete(self, execution: JobExecution) -> bool:
        """Delete the record of an execution (service_v2 4.4). False when it was gone already."""
        request = self._request(
            f"delete job execution {execution.title}",
            "POST",
            _cluster_of(execution),
            "/batch-delete",
            body={"job_id_list": [execution.id]},
            repeatable=True,
            answers=False,
        )
        return self._calls.delete(request)

    def sql_result(self, execution: JobExecution) -> Object:
        """What the statements of a Spark SQL job answered, by number from 0 (service_v2 4.4)."""
        path = f"/{part(execution.id)}/sql-result"
        action = f"read the SQL result of job {execution.title}"
        request = self._request(action, "GET", _cluster_of(execution), path, repeatable=True)
        return self._calls.ask(request, _rows)

    # Users (6)

    def users(self, cluster_id: str) -> SyncedUsers:
        """The users and groups that the cluster knows."""
        return self._calls.ask(self._users(cluster_id, "GET", repeatable=True), _synced)

    def sync_users(self, cluster_id: str, body: Object) -> None:
        """Make users or groups known to the cluster.

        The options are C(is_all_sync), C(user_names) and C(group_names).
        """
        self._calls.send(self._users(cluster_id, "POST", body=body, repeatable=True, answers=False))

    def forget_users(self, cluster_id: str, body: Object) -> None:
        """Take users and groups from the cluster."""
        self._calls.send(
            self._users(cluster_id, "DELETE", body=body, repeatable=True, answers=False)
        )

    def is_synchronizing(self, cluster_id: str) -> bool:
        """A synchronisation is going on."""
        return self._flag(cluster_id, "iam-sync", "is_synchronizing")

    def is_synchronous(self, cluster_id: str) -> bool:
        """The cluster has finished a synchronisation."""
        return self._flag(cluster_id, "iam-sync/is-synchronous", "is_synchronous")

    def _flag(self, cluster_id: str, path: str, key: str) -> bool:
        action = f"read the synchronisation of cluster {cluster_id}"
        whole = f"/clusters/{part(cluster_id)}/{path}"
        request = Request(action, "GET", whole, repeatable=True, api="v2", everywhere=False)
        return self._calls.ask(request, lambda answer: _flag_in(answer, key))

    def _users(self, cluster_id: str, method: str, **how: t.Any) -> Request:
        action = "read" if method == "GET" else "synchronise"
        path = f"/clusters/{part(cluster_id)}/iam-sync-user"
        told = f"{action} the IAM users of cluster {cluster_id}"
        return Request(told, method, path, api="v2", everywhere=False, **how)

    def _request(
        self, action: str, method: str, cluster_id: str, path: str = "", **how: t.Any
    ) -> Request:
        whole = f"/clusters/{part(cluster_id)}/job-executions{path}"
        return Request(action, method, whole, api="v2", **how)


def _cluster_of(execution: JobExecution) -> str:
    return execution.cluster_id or ""


class _Submitted(t.NamedTuple):
    job_id: str
    refused: bool = False
    code: str | None = None
    reason: str = ""


def _submitted(answer: Object) -> _Submitted:
    """The id of the new execution; with HTTP 200 the service may refuse as well (service_v2 V2)."""
    raw = Raw(answer).unwrapped("job_submit_result")
    state = raw.text_or_empty("state")
    if state and state.lower() != ACCEPTED:
        outer = Raw(answer)
        code = raw.text("error_code") or outer.text("error_code")
        reason = raw.text("error_msg") or outer.text("error_msg") or f"the submission is {state}"
        return _Submitted("", True, code, reason)
    identity = raw.text("job_id")
    if not identity:
        raise NonsenseError(f"job_id was expected, but the answer is {keys_of(answer)}")
    return _Submitted(identity)


def _rows(answer: Object) -> Object:
    """The rows of each statement; the documentation spells the key in two ways (service_v2 V8)."""
    found = answer.get("sql_results", answer.get("sql-results"))
    if not isinstance(found, dict):
        raise NonsenseError(f"sql_results was expected, but the answer is {keys_of(answer)}")
    return {number: rows[:MOST_ROWS] for number, rows in found.items() if isinstance(rows, list)}


def _synced(answer: Object) -> SyncedUsers:
    names = []
    for key in ("user_names", "group_names"):
        found = answer.get(key)
        if not isinstance(found, list):
            raise NonsenseError(f"{key} was expected, but the answer is {keys_of(answer)}")
        names.append(tuple(sorted(map(str, found))))
    return SyncedUsers(*names)


def _flag_in(answer: Object, key: str) -> bool:
    found = Raw(answer).flag(key)
    if found is None:
        raise NonsenseError(f"{key} was expected, but the answer is {keys_of(answer)}")
    return found
