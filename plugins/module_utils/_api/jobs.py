# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The jobs of clusters, by the API that takes them.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import math
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import (
    Object,
    StillDue,
    T,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import ServiceError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import (
    NOTHING_KNOWN,
    V1,
    V2,
    JobFacts,
    api_for,
    other_api,
    takes_both,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v2 import JobsV2
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import Enough
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


class JobCalls(t.Protocol):
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


class Jobs:
    """API v1.1 (service_v1 5, 6) or v2 (service_v2 4), as the cluster wants it.

    What is known of clusters by their ids is kept as long as the client.
    """

    def __init__(
        self,
        client: Client,
        facts: dict[str, JobFacts],
        apis: dict[str, str],
        refusals: dict[str, ServiceError],
    ) -> None:
        self._client = client
        self._facts, self._apis, self._refusals = facts, apis, refusals

    def api(self, cluster_id: str, job_type: str | None = None) -> str:
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
            found = self._client.cluster(cluster_id)
            told = (found.version, found.safe_mode) if found else NOTHING_KNOWN
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
                return self.executions(cluster_id, job_name)
            return self.executions_among(cluster_id, identities)

        found = find()
        if found or (identities is not None and not any(identities)):
            return found
        if self.api(cluster_id) == V2 or not takes_both(*self._facts_of(cluster_id)):
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
        found = self.executions(cluster_id)
        if self.api(cluster_id) == V2 or not takes_both(*self._facts_of(cluster_id)):
            return found, None
        try:
            others = self._by(V2).executions(cluster_id)
        except ServiceError as refusal:
            if other_api(refusal.code) != V1:
                raise
            return found, refusal
        known = {each.id for each in found}
        found += [each for each in others if each.id not in known]
        return sorted(found, key=lambda each: each.order), None

    def change_api(self, cluster_id: str, refusal: ServiceError) -> bool:
        """Use the other API for the jobs of a cluster where a refusal says so; once for a cluster.

        :raises ServiceError: both refuse. What API v2 says is told.
        """
        other = other_api(refusal.code)
        if other is None or other == self.api(cluster_id):
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
        return self._by(self.api(cluster_id)).submit(cluster_id, body, still_due)

    def executions(
        self, cluster_id: str, job_name: str | None = None, enough: Enough | None = None
    ) -> list[JobExecution]:
        """Executions of a cluster, oldest first.

        :param enough: as for C(_pages.Listing): where not all need be read.
        """
        listed = self._read(cluster_id, lambda jobs: jobs.executions(cluster_id, job_name, enough))
        found = [each for each in listed if not job_name or each.name == job_name]
        return sorted(found, key=lambda each: each.order)

    def executions_among(self, cluster_id: str, identities: t.Iterable[str]) -> list[JobExecution]:
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
            lambda identity: self.execution(identity, cluster_id or None), missing
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

        listed = self.executions(cluster_id, enough=enough)
        return {each.id: each for each in listed if each.id in wanted}

    def execution(self, identity: str, cluster_id: str | None = None) -> JobExecution | None:
        """One execution; None when the service does not know it. API v2 needs the cluster."""
        if cluster_id is None:
            return self._by(V1).execution("", identity)
        return self._read(cluster_id, lambda jobs: jobs.execution(cluster_id, identity))

    def execution_again(self, execution: JobExecution) -> JobExecution | None:
        """The execution as it is now; None when the service does not know it any more."""
        return self._by(execution.api).execution(execution.cluster_id or "", execution.id)

    def cancel_execution(self, execution: JobExecution) -> None:
        """Ask for the end of an execution."""
        self._by(execution.api).cancel(execution)

    def delete_execution(self, execution: JobExecution) -> bool:
        """Delete the record of an execution. False when it was gone already."""
        return self._by(execution.api).delete(execution)

    @property
    def v2(self) -> JobsV2:
        """What only API v2 has: results of SQL statements, and the users that may run jobs."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v2 import JobsV2

        return JobsV2(self._client)

    def _by(self, api: str) -> JobCalls:
        if api == V2:
            return self.v2
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v1 import JobsV1

        return JobsV1(self._client)

    def _read(self, cluster_id: str, read: t.Callable[[JobCalls], T]) -> T:
        """Read by the API of the cluster; where that refuses and names the other one, by that."""
        while True:
            try:
                return read(self._by(self.api(cluster_id)))
            except ServiceError as refusal:
                if not self.change_api(cluster_id, refusal):
                    raise
