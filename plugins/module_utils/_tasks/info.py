# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that only read: clusters, hosts, nodes, job executions.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import itertools
import typing as t
from datetime import UTC, datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    GONE_CLUSTER_STATES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.query import Query

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


class ClusterInfoTask(Query):
    """M(huaweicloud.mrs.mrs_cluster_info)."""

    def read(self, context: Context) -> None:
        wanted = [cluster for cluster in self._candidates(context) if self._fits(cluster)]
        whole = finding.completed(context.client, wanted)
        tagged = [cluster for cluster in whole if self._has_tags(cluster)]
        context.results["clusters"] = [
            cluster.result()
            for cluster in sorted(tagged, key=lambda cluster: (cluster.name, cluster.id))
        ]

    def _candidates(self, context: Context) -> list[Cluster]:
        if self._params["id"]:
            cluster = context.client.cluster(self._params["id"])
            return [cluster] if cluster else []
        states, tags = self._params["cluster_state"] or [], self._params["tags"] or {}
        filters = {}
        if len(states) == 1:
            filters["clusterState"] = states[0]
        if tags:
            filters["tags"] = ",".join(itertools.starmap(_tag_filter, tags.items()))
        return context.client.clusters(**filters)

    def _fits(self, cluster: Cluster) -> bool:
        name, states = self._params["name"], self._params["cluster_state"]
        if name is not None and cluster.name != name:
            return False
        if states:
            return cluster.state in states
        return bool(self._params["id"]) or cluster.state not in GONE_CLUSTER_STATES

    def _has_tags(self, cluster: Cluster) -> bool:
        wanted = self._params["tags"] or {}
        texts = {str(key): "" if value is None else str(value) for key, value in wanted.items()}
        return texts.items() <= cluster.tags.items()


def _group(cluster: Cluster, name: str | None) -> str | None:
    """What the wanted group is called in the cluster, if one is wanted."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
        group_in,
    )

    if name is None:
        return None
    return group_in(cluster, name, "node_group")


class HostInfoTask(Query):
    """M(huaweicloud.mrs.mrs_host_info)."""

    def read(self, context: Context) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import list_hosts

        cluster = finding.living(context.client, self._params["cluster"])
        group = _group(cluster, self._params["node_group"])
        hosts = list_hosts(context.client, cluster)
        wanted = [host for host in hosts if group in (None, host.node_group)]
        context.results["hosts"] = [
            host.result() for host in sorted(wanted, key=lambda host: (host.name, host.id))
        ]


class NodeInfoTask(Query):
    """M(huaweicloud.mrs.mrs_node_info)."""

    def read(self, context: Context) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import list_nodes

        context.results["api"] = "v2"
        cluster = finding.living(context.client, self._params["cluster"])
        group = _group(cluster, self._params["node_group"])
        nodes = list_nodes(context.client, cluster, detail=self._params["detail"])
        found = [node for node in nodes if group in (None, node.node_group)]
        context.results["nodes"] = [
            node.result() for node in sorted(found, key=lambda node: node.name)
        ]


class JobExecutionInfoTask(Query):
    """M(huaweicloud.mrs.mrs_job_execution_info)."""

    def __init__(self, params: Params) -> None:
        super().__init__(params)
        limits.check(limits.SHARED, params)
        self._after = _moment(params["submitted_after"], "submitted_after")
        self._before = _moment(params["submitted_before"], "submitted_before")

    def read(self, context: Context) -> None:
        context.acts = False
        limit = self._params["limit"]
        cluster_id = self._cluster_id(context)
        found = self._selected(context, cluster_id)
        found.sort(key=lambda execution: execution.order)
        context.results["total"] = len(found)
        apis = sorted({execution.api for execution in found})
        context.results["api"] = "both" if len(apis) > 1 else context.client.jobs.api(cluster_id)
        if limit is not None:
            found = found[-limit:]
        if context.wait:
            found = self._until_ended(context, cluster_id, found)
        context.results["job_executions"] = _newest_first(found)

    def _selected(self, context: Context, cluster_id: str) -> list[JobExecution]:
        """Nobody else holds them: they need not be in memory beside their results."""
        candidates = self._candidates(context, cluster_id)
        self._warn_of_hidden(context, candidates)
        return [execution for execution in candidates if self._fits(execution)]

    def _warn_of_hidden(self, context: Context, candidates: t.Iterable[JobExecution]) -> None:
        """What selects executions may be shown of none."""
        hidden = [option for option in ("user", "queue") if self._params[option] is not None]
        if hidden and any(execution.api == V1 for execution in candidates):
            context.warn(
                f"{', '.join(hidden)}: executions of API v1.1 do not show this, so none of them "
                "is selected."
            )

    def _cluster_id(self, context: Context) -> str:
        """The id of the cluster whose executions are wanted.

        An empty one stands for executions of any cluster, named by their ids.
        """
        reference = self._params["cluster"]
        if reference is None:
            return ""
        return (
            finding.id_with_jobs(context.client, reference)
            or finding.living(context.client, reference).id
        )

    def _candidates(self, context: Context, cluster_id: str) -> list[JobExecution]:
        identities, name = self._params["id"], self._params["name"]
        if identities is None and name is None:
            found, refusal = context.client.jobs.executions_of_both(cluster_id)
            if refusal:
                context.warn(f"Only the executions of API v1.1 are listed. {refusal.message}")
            return found
        found = context.client.jobs.executions_wherever(cluster_id, identities, name)
        missing = set(filter(None, identities or ())) - {each.id for each in found}
        if missing and not cluster_id:
            context.warn(
                f"id: {', '.join(sorted(missing))} not found. Executions of API v2, as those of "
                "MRS 3, are found only with the option cluster."
            )
        return found

    def _until_ended(
        self, context: Context, cluster_id: str, found: list[JobExecution]
    ) -> list[JobExecution]:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import Watch

        watch = Watch(context, cluster_id, found, self._params["cluster"] or "")
        try:
            watch.until_ended()
        except MrsError as error:
            error.facts["job_executions"] = _newest_first(watch.now(found))
            raise
        for execution in watch.deleted:
            context.warn(
                f"Job {execution.title} is left out: its record was deleted while it was waited "
                "for."
            )
        return watch.now(found)

    def _fits(self, execution: JobExecution) -> bool:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
            LISTED_AS,
        )

        wanted = {key: self._params[key] for key in ("name", "user", "queue", "result", "job_type")}
        wanted["job_type"] = LISTED_AS.get(wanted["job_type"], wanted["job_type"])
        found = {
            **{key: getattr(execution, key) for key in wanted if key != "result"},
            "result": _result_of(execution),
        }
        if any(value is not None and found[key] != value for key, value in wanted.items()):
            return False
        states = self._params["job_state"]
        if states and execution.state not in states:
            return False
        return self._is_in_time(execution)

    def _is_in_time(self, execution: JobExecution) -> bool:
        """Whether it was submitted in the wanted time. One without a time is in none."""
        if self._after is None and self._before is None:
            return True
        if execution.created is None:
            return False
        if self._after is not None and execution.created < self._after:
            return False
        return self._before is None or execution.created < self._before


def _result_of(execution: JobExecution) -> str | None:
    """In the words of API v2; API v1.1 has a final status."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        V2_STATUSES,
    )

    results = {status: result for result, status in V2_STATUSES.items()}
    return execution.job_result or results.get(execution.final_status or "")


def _moment(text: str | None, option: str) -> datetime | None:
    """A time in ISO 8601, in UTC where it names no zone."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        raise OptionError(
            option, f"{text} is not a time in ISO 8601, such as 2024-03-27T11:46:40Z"
        ) from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment


def _tag_filter(key: str, value: str | None) -> str:
    """A tag in the form of the list's filter (service_v1 Q12)."""
    return f"{key}*{value}" if value else f"{key}"


def _newest_first(executions: list[JobExecution]) -> list[dict[str, t.Any]]:
    """The results. Takes the executions out of the list: both need not be in memory together."""
    shown = []
    while executions:
        shown.append(executions.pop().result())
    return shown
