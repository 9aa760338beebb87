# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scaling one node group of a cluster: to a count, or until chosen nodes are gone.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import (
    list_hosts,
    list_nodes,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
    OvertakenError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import resize as resizing
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.look import running_jobs
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import (
    LaterResize,
    Resize,
    check_not_overshot,
    check_task_node,
    warnings,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_api import (
    resize_api,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1, V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    group_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    Cluster,
    role_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.host import Host
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import (
    creation_limits,
    limits,
)


@dataclasses.dataclass(frozen=True)
class Current:
    """What a resize needs to know.

    The hosts are those of the group, where nodes are named; the jobs are those that run, where
    nodes go.
    """

    cluster: Cluster
    hosts: tuple[Host, ...]
    running: tuple[JobExecution, ...] = ()


class ScaleTask:
    """M(huaweicloud.mrs.mrs_cluster_scale)."""

    def __init__(self, params: Params) -> None:
        self._reference: str = params["cluster"]
        #: As it is given, and once the cluster is known as it is called there.
        self._group: str = params["node_group"]
        self._wait: bool = params["wait"]
        self._count: int | None = params["count"]
        self._gone: list[str] = params["include_instances"] or []
        self._stay: list[str] = params["exclude_instances"] or []
        self._task_node = _task_node(params["task_node"], self._group)
        self._skip_scripts: bool = params["skip_bootstrap_scripts"]
        self._without_start: bool = params["scale_without_start"]
        self._given = params
        self._validates: bool = params["validate"]
        self._cloud: str | None = None
        limits.check(creation_limits.SCALING, params)
        both = sorted(set(self._gone) & set(self._stay))
        if both:
            raise OptionError(
                "exclude_instances", f"{', '.join(both)} is in include_instances, too"
            )

    def secrets(self) -> t.Collection[str]:
        return ()

    def read(self, context: Context) -> Current:
        current = self._look(context)
        context.results.update(_numbers(self._needed(current)))
        return current

    def _look(self, context: Context) -> Current:
        cluster = finding.living(context.client, self._reference)
        self._reference, self._cloud = cluster.id, context.cloud
        context.results.update(cluster=cluster.result(), api=resize_api(cluster.type))
        self._group = _scalable(cluster, self._group)
        hosts: tuple[Host, ...] = ()
        if self._gone or self._stay:
            found = list_hosts(context.client, cluster)
            self._check_names(context, cluster, found)
            of_group = [host for host in found if host.node_group == self._group]
            hosts = tuple(_with_resource_ids(context, cluster, of_group))
        current = Current(cluster, hosts)
        resize = self._needed(current)
        if resize and not resize.outwards:
            current = dataclasses.replace(current, running=running_jobs(context, cluster))
        return current

    def _check_names(self, context: Context, cluster: Cluster, hosts: t.Sequence[Host]) -> None:
        """:raises OptionError: a node is in another group, or one that shall stay is not there."""
        groups = _groups_by_name(hosts)
        for option, names in (("include_instances", self._gone), ("exclude_instances", self._stay)):
            elsewhere = [
                f"{name} ({groups[name]})"
                for name in names
                if groups.get(name, self._group) != self._group
            ]
            if elsewhere:
                raise OptionError(
                    option, f"not in node_group {self._group}: {', '.join(elsewhere)}"
                )
        missing, gone = (
            ", ".join(name for name in names if name not in groups)
            for names in (self._stay, self._gone)
        )
        if missing:
            raise OptionError("exclude_instances", f"cluster {cluster.title} has no node {missing}")
        if gone:
            context.warn(
                f"include_instances: cluster {cluster.title} has no node {gone}. It may be gone "
                "already."
            )

    def plan(self, current: Current) -> Plan:
        """:raises WaitError: it is never usable; or, without C(wait), nothing can be done now."""
        cluster = current.cluster
        cluster_state.check_hope(cluster)
        resize = self._needed(current)
        has_to_wait = not cluster_state.is_usable(cluster) and (resize or cluster.scaling)
        if has_to_wait and not self._wait:
            raise cluster_state.not_now(
                cluster, f"its {self._group} nodes cannot be compared or scaled now"
            )
        before = {"node_counts": cluster.counts}
        plan = Plan(before=before)
        if resize:
            plan = Plan((resize,), before, tuple(self._warnings(resize, current)))
        limits.check_nodes(cluster.counts, plan.after["node_counts"], "count")
        return plan

    def _warnings(self, resize: Resize, current: Current) -> list[str]:
        cluster = current.cluster
        told = warnings(cluster.title, [resize], current.running)
        group = cluster.group(resize.group)
        if group and group.scales_itself:
            told.append(
                f"Auto scaling is on for the {resize.group} nodes of cluster {cluster.title}: it "
                "may undo this."
            )
        if resize.task_node:
            told += limits.warnings(creation_limits.SCALING, self._given, self._cloud)
        return told

    def validate(self, context: Context, current: Current | None, plan: Plan) -> None:
        if not (self._validates and plan.changes and current):
            return
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
            Options,
            Validation,
        )

        number = "include_instances" if self._count is None else "count"
        validation = Validation(context, Options(number=number, first="task_node.{field}"))
        validation.check(plan, current.cluster)
        context.results.update(validation.result)

    def plan_for_later(self, context: Context) -> Plan:
        cluster = {"id": None, "name": self._reference}
        context.results.update({"cluster": cluster, "api": V1, **_numbers(None)})
        changes = (LaterResize(self._group, self._count),) if self._count else ()
        return Plan(changes, before={"node_counts": {}})

    def _needed(self, current: Current) -> Resize | None:
        count = current.cluster.counts[self._group]
        leaving = _named(self._gone, current.hosts)
        staying = _named(self._stay, current.hosts)
        wanted = count - len(leaving) if self._count is None else self._count
        if leaving and len(leaving) > count - wanted:
            raise OptionError(
                "include_instances",
                f"{len(leaving)} named nodes are still there, but going from {count} to {wanted} "
                "nodes removes "
                f"{max(count - wanted, 0)}; give a lower count",
            )
        if wanted == count:
            return None
        resize = Resize(
            self._group,
            count,
            wanted,
            task_node=self._task_node,
            skip_bootstrap_scripts=self._skip_scripts,
            scale_without_start=self._without_start,
            api=resize_api(current.cluster.type),
        )
        if resize.api == V2:
            return self._by_v2(resize, current.hosts)
        check_task_node(resize, "task_node")
        if resize.outwards:
            return resize
        leaving, staying = self._chosen(current, count - wanted, leaving, staying)
        return dataclasses.replace(resize, remove=tuple(leaving), keep=tuple(staying))

    def _by_v2(self, resize: Resize, hosts: t.Sequence[Host]) -> Resize:
        """A resize by API v2 (service_v2 5.1).

        It removes nodes by force if their machines are down, and chooses among the others.

        :raises OptionError: it cannot do what is wanted.
        """
        if self._task_node:
            raise OptionError("task_node", "a group of this cluster keeps the size that it has")
        if self._stay:
            raise OptionError(
                "exclude_instances", "the service chooses which nodes of this cluster are removed"
            )
        wanted = set(_named(self._gone, hosts))
        leaving = [host for host in hosts if host.id in wanted]
        _check_abnormal(leaving)
        if leaving and len(leaving) != resize.before - resize.after:
            raise OptionError(
                "count",
                f"API v2 removes either the nodes of include_instances or a number of nodes; "
                f"leave out count, or give {resize.before - len(leaving)}",
            )
        return dataclasses.replace(
            resize,
            task_node=None,
            remove=tuple(host.id for host in leaving),
            resource_ids=tuple(str(host.resource_id) for host in leaving),
        )

    def _chosen(
        self, current: Current, number: int, leaving: list[str], staying: list[str]
    ) -> tuple[list[str], list[str]]:
        """Which nodes go and stay.

        For core nodes the API takes both; for task nodes only those that go (service_v1 Q17).
        """
        if len(current.hosts) - len(staying) < number and staying:
            raise OptionError(
                "exclude_instances",
                f"{number} of the group's {len(current.hosts)} nodes must be removed, so not all "
                "of these can stay",
            )
        if self._group == "core" or not staying:
            return leaving, staying
        free = [host.id for host in reversed(current.hosts) if host.id not in (*staying, *leaving)]
        return [*leaving, *free[: number - len(leaving)]], []

    def apply(self, context: Context, current: Current, plan: Plan) -> None:
        context.results.update(_numbers(None))
        first, title = None, current.cluster.title
        for _round in context.rounds(f"Cluster {title} keeps changing while this task scales it."):
            if context.wait:
                settled = cluster_wait.until_usable(context, current.cluster)
                if settled is not current.cluster:
                    current = self._look(context)
                    plan = self.plan(current)
            context.planned(plan)
            first = first or plan
            if not plan.changes:
                return
            try:
                self._resize(context, current.cluster, first, t.cast(Resize, plan.changes[0]))
            except OvertakenError:
                current = self._until_news(context, current)
                plan = self.plan(current)
            else:
                return

    def _until_news(self, context: Context, current: Current) -> Current:
        """What is there once that is not as it was."""
        return context.until_shown(
            f"cluster {current.cluster.title}",
            lambda: self._look(context),
            lambda seen: seen.cluster != current.cluster,
            lambda seen: seen.cluster.description,
        )

    def _resize(self, context: Context, cluster: Cluster, first: Plan, resize: Resize) -> None:
        check_not_overshot(cluster.title, first.changes, resize)
        resizing.send(context, cluster, resize)
        context.did(resize)
        if context.wait:
            cluster = resizing.finish(context, cluster, resize)
        context.results.update(_numbers(resize))
        if context.wait and (resize.remove or resize.keep):
            self._check_chosen(context, cluster, resize)

    def _check_chosen(self, context: Context, cluster: Cluster, resize: Resize) -> None:
        """The list of nodes may be behind for a while.

        :raises MrsError: the service removed other nodes than it was told to.
        """

        def look() -> list[str]:
            there = {host.id for host in list_hosts(context.client, cluster)}
            return sorted(there & set(resize.remove)) + sorted(set(resize.keep) - there)

        wrong = context.until_shown(
            f"the nodes of cluster {cluster.title}",
            look,
            lambda wrong: not wrong,
            lambda wrong: "as before" if wrong else "as wanted",
        )
        if wrong:
            raise MrsError(
                f"Cluster {cluster.title} has {resize.after} {resize.group} nodes now, but the "
                f"service ignored what was said of {', '.join(wrong)}: it kept nodes that were to "
                "be removed, or removed nodes that were to stay.",
                hint="Look at the hosts with mrs_host_info before anything else.",
            )


def _groups_by_name(hosts: t.Iterable[Host]) -> dict[str, str | None]:
    """The node group of each host, by all that a host can be called."""
    return {
        name: host.node_group for host in hosts for name in (host.id, host.name, host.ip) if name
    }


def _scalable(cluster: Cluster, name: str) -> str:
    """What the group is called in the cluster.

    :raises OptionError: it has no such group, or masters are meant, which nothing adds or removes.
    """
    found = group_in(cluster, name, "node_group")
    if found == "master":
        raise OptionError("node_group", "masters cannot be scaled")
    return found


def _with_resource_ids(
    context: Context, cluster: Cluster, hosts: t.Sequence[Host]
) -> t.Sequence[Host]:
    """Not every cloud tells in the list of hosts what API v2 calls them."""
    if resize_api(cluster.type) == V1 or all(host.resource_id for host in hosts):
        return hosts
    known = {node.server_id: node.id for node in list_nodes(context.client, cluster)}
    return [host._replace(resource_id=host.resource_id or known.get(host.id)) for host in hosts]


def _check_abnormal(hosts: t.Sequence[Host]) -> None:
    """:raises OptionError: API v2 does not take these nodes away by name."""
    healthy = [host.name for host in hosts if host.is_healthy]
    if healthy:
        raise OptionError(
            "include_instances",
            f"in mixed and custom clusters only nodes whose machine is down can be named, and "
            f"{', '.join(healthy)} is ACTIVE; give count, and the service chooses",
        )
    unknown = [host.name for host in hosts if not host.resource_id]
    if unknown:
        raise OptionError(
            "include_instances",
            f"the service does not show the resource_id of {', '.join(unknown)}",
        )


def _numbers(resize: Resize | None) -> dict[str, int]:
    """How many nodes come and go."""
    grown = resize.after - resize.before if resize else 0
    return {"added": max(grown, 0), "removed": max(-grown, 0)}


def _named(references: list[str], hosts: t.Sequence[Host]) -> list[str]:
    """The ids of the hosts that are named by id, name or IP and are still there."""
    wanted = set(references)
    return [host.id for host in hosts if wanted & {host.id, host.name, host.ip}]


def _task_node(given: Params | None, group: str) -> dict[str, t.Any] | None:
    """C(task_node_info) of the request (service_v1 4.4)."""
    if given is None:
        return None
    if role_of(group) != "task":
        raise OptionError("task_node", "only task nodes have it; set node_group to task")
    names = {"size": "node_size"}
    return {names.get(field, field): value for field, value in given.items() if value is not None}
