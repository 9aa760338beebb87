# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v1.1: jobs of a cluster. One method for each endpoint, typed values out (service_v1 5 and 6).

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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import JOBS
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    NonsenseError,
    UnansweredError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import keys_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import Enough


class JobsV1:
    """The job calls of API v1.1."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def submit(
        self, cluster_id: str, body: Object, still_due: StillDue | None = None
    ) -> JobExecution:
        """Submit a job (service_v1 5.1)."""
        action = f"submit job {body['job_name']} to cluster {cluster_id}"
        request = Request(action, "POST", "/jobs/submit-job", body=body, still_due=still_due)
        return self._calls.ask(
            request, lambda answer: _submitted(body, JobExecution.of(answer), answer)
        )

    def executions(
        self, cluster_id: str, job_name: str | None = None, enough: Enough | None = None
    ) -> list[JobExecution]:
        """Executions of a cluster (service_v1 5.2).

        The service may take C(job_name) for a part of the name.
        """

        def named(item: Object) -> JobExecution:
            execution = JobExecution.of(item)
            if job_name and not execution.name:  # it may be the job that is looked for
                raise NonsenseError("job_executions has an item without job_name")
            return execution

        query = {"cluster_id": cluster_id, **({"job_name": job_name} if job_name else {})}
        action = f"list the job executions of cluster {cluster_id}"
        request = Request(action, "GET", "/job-exes", query=query, repeatable=True)
        listed = self._calls.list_all(request, JOBS, named, enough)
        found = [each for each in listed if each.is_on(cluster_id)]
        if listed and not found:
            raise UnansweredError(
                f"The service's answer to {action} makes no sense: it is about other clusters."
            )
        return found

    def execution(self, cluster_id: str | None, identity: str) -> JobExecution | None:
        """One execution (service_v1 5.3); None when the service does not know it."""
        path = f"/job-exes/{part(identity)}"
        request = Request(f"read job execution {identity}", "GET", path, repeatable=True)
        return self._calls.read(
            request, lambda answer: about(identity, JobExecution.of(answer), answer)
        )

    def cancel(self, execution: JobExecution) -> None:
        """Ask for the end of an execution.

        A GET with an effect, so no read (service_v1 6.3, Q23).
        """
        path = f"/job-executions/{part(execution.id)}/cancel"
        self._calls.send(Request(f"cancel job {execution.title}", "GET", path, answers=False))

    def delete(self, execution: JobExecution) -> bool:
        """Delete the record of an execution. False when it was gone already."""
        path = f"/job-executions/{part(execution.id)}"
        request = Request(
            f"delete job execution {execution.title}",
            "DELETE",
            path,
            repeatable=True,
            answers=False,
        )
        return self._calls.delete(request)


def _submitted(body: Object, execution: JobExecution, answer: Object) -> JobExecution:
    """The execution of the job that was submitted with C(body)."""
    if not execution.id:
        raise NonsenseError(
            f"an execution with an id was expected, but the answer is {keys_of(answer)}"
        )
    if not execution.is_on(body["cluster_id"]):
        raise NonsenseError("it is about another cluster")
    if execution.name not in ("", body["job_name"]):
        raise NonsenseError("it is about another job")
    return execution
