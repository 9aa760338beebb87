# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what there is of a wanted cluster, and of its job.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    ServiceError,
    UnansweredError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import result_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.differences import (
    differences,
    lacking,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    Current,
    counted,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
        RolesOf,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


class Target(t.NamedTuple):
    """The cluster that is meant, and what this run knows of it.

    C(created): it was made by this run, so it is followed to its end. C(followed): this run knows
    it since before it was usable, so that the job which came with it may still be on its way.
    """

    desired: DesiredCluster
    id: str | None
    created: bool = False
    followed: bool = False

    @property
    def title(self) -> str:
        return str(self.desired.name or self.id)


def look(context: Context, target: Target, *, absent: bool = False) -> Current:
    """What is there; it goes into the result as well."""
    found = _find_target(context, target)
    kind = found.cluster.type if found.cluster else None
    target = target._replace(desired=target.desired.of_kind(kind))
    found = _with_policy(context, target.desired, found)
    cluster = found.cluster
    if cluster is None and not absent:
        _check_can_create(target.desired)
    context.results["cluster"] = result_of(cluster)
    if absent:
        if cluster is None:
            _tell_namesakes(context, target.desired)
        return Current(found, region=context.region, cloud=context.cloud)
    if target.desired.job:
        context.results.setdefault("job_execution", None)
    if target.desired.jobs:
        context.results.setdefault("job_executions", [])
    current = Current(found, running=_running(context, target.desired, cluster))
    if target.desired.all_jobs:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import look_at_jobs

        current = look_at_jobs.with_jobs(context, target, current)
    roles_of = _roles_of(context, target.desired, cluster)
    current = current._replace(default_tags=_default_tags(context, target.desired, cluster))
    return current._replace(roles_of=roles_of, region=context.region, cloud=context.cloud)


def _check_can_create(desired: DesiredCluster) -> None:
    """:raises MrsError: there is no cluster of the id, and a new one would have no name."""
    if desired.id and not desired.name:
        raise MrsError(f"There is no cluster {desired.id}.", hint="Give a name to create one.")


def _default_tags(
    context: Context, desired: DesiredCluster, cluster: Cluster | None
) -> bool | None:
    """Whether the nodes have default tags; None where nobody asks or it is not known yet."""
    if desired.default_tags is None or cluster is None:
        return None
    if cluster.state not in cluster_state.USABLE:
        if not context.wait:
            context.warn(
                f"Cluster {cluster.title} is {cluster.description}: its default tags were not "
                "compared. Run the task again when it runs."
            )
        return None
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.default_tags import (
        default_tags,
    )

    return default_tags(context.client, cluster).enabled


def _roles_of(context: Context, desired: DesiredCluster, cluster: Cluster | None) -> RolesOf | None:
    """The roles of the components of the version, if some are to be added and the cloud tells."""
    if cluster is None or cluster.state in cluster_state.HOPELESS or not lacking(desired, cluster):
        return None
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import metadata
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
        takes_components,
    )

    if not takes_components(cluster):
        return None
    try:
        version = metadata.version(context.client, cluster.version or "")
    except ServiceError:
        return None
    return {component.name.lower(): component.roles for component in version.components}


def _tell_namesakes(context: Context, desired: DesiredCluster) -> None:
    """Warn of clusters of this name in other enterprise projects: they still cost money."""
    project = desired.enterprise_project_id
    if not desired.name or project in (None, "0"):
        return
    for namesake in finding.by_any_project(context.client, desired.name):
        context.warn(
            f"Cluster {namesake.title} is {namesake.description}, but it is not in enterprise "
            f"project {project}, so it was left alone. Leave out enterprise_project_id, or give "
            "the right one."
        )


def _find_target(context: Context, target: Target) -> Found:
    desired = target.desired
    if target.id:
        found = _by_id(context, target.id, created=target.created)
        if target.created or found.cluster or not desired.name:
            return _with_true_tags(context, desired, found)
    found = finding.by_name(
        context.client, t.cast(str, desired.name), desired.enterprise_project_id, option="id"
    )
    return _with_true_tags(context, desired, found)


def _by_id(context: Context, identity: str, *, created: bool) -> Found:
    """One that this run created is followed, whatever its end is."""
    if created:
        return Found(context.client.cluster(identity))
    return finding.by_id(context.client, identity)


def _with_true_tags(context: Context, desired: DesiredCluster, found: Found) -> Found:
    """C(found) with tags that are sure.

    Those in a detail may be late: a difference is only believed when the tag call says so, too.
    """
    cluster = found.cluster
    if cluster is None or cluster.state in cluster_state.HOPELESS:
        return found
    if desired.tags in (None, cluster.tags):
        return found
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.tags import read_tags

    try:
        tags = read_tags(context.client, cluster)
    except ServiceError:
        if cluster.state in cluster_state.USABLE:
            raise
        return found  # it does not tell them before it runs
    context.results["cluster"] = cluster._replace(tags=tags).result()
    return found._replace(cluster=cluster._replace(tags=tags))


def _with_policy(context: Context, desired: DesiredCluster, found: Found) -> Found:
    """The detail may not show the auto scaling policies; then API v2 is asked for them."""
    cluster = found.cluster
    if cluster is None or cluster.state not in cluster_state.USABLE:
        return found
    unknown = _unknown_policies(desired, cluster)
    if not unknown:
        return found
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy import policies_of

    try:
        policies = policies_of(context, cluster)
    except (ServiceError, UnansweredError) as error:
        context.warn(
            f"The auto scaling policy of cluster {cluster.title} cannot be read, so it cannot be "
            "compared and is set "
            f"in each run: {error.reason or error.message}"
        )
        return found
    groups = [
        group._replace(auto_scaling_policy=policies.get(group.name))
        if group.name in unknown
        else group
        for group in cluster.node_groups
    ]
    return found._replace(cluster=cluster._replace(node_groups=tuple(groups)))


def _unknown_policies(desired: DesiredCluster, cluster: Cluster) -> set[str]:
    """The groups that are to have a policy and do not show any."""
    wanted = {group.name for group in desired.groups if group.policy is not None}
    without = {group.name for group in cluster.node_groups if group.auto_scaling_policy is None}
    return wanted & without


def _running(
    context: Context, desired: DesiredCluster, cluster: Cluster | None
) -> tuple[JobExecution, ...]:
    """The jobs that run, where the cluster may be replaced or scaled in."""
    if cluster is None or cluster.state not in cluster_state.USABLE:
        return ()
    if differences(desired, cluster):
        if desired.recreate != "on_change":
            return ()
        return running_jobs(context, cluster, must=True)
    wanted = counted(desired, cluster)
    if all(count >= cluster.counts[name] for name, count in wanted.items()):
        return ()
    return running_jobs(context, cluster)


def running_jobs(
    context: Context, cluster: Cluster, *, must: bool = False
) -> tuple[JobExecution, ...]:
    """The jobs that run on the cluster, which loses nodes.

    :param must: it is an error where the service does not list them; else a warning.
    """
    try:
        return tuple(
            each for each in context.client.jobs.executions(cluster.id) if not each.has_ended
        )
    except ServiceError as error:
        if must:
            raise
        context.warn(
            f"It is not known whether jobs run on cluster {cluster.title}, from which nodes are "
            f"removed. {error.message}"
        )
        return ()
