# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the wanted and the current cluster to what is to do. Pure: no request, no clock.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.differences import (
    differences,
    lacking,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    OWN_NAMES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
        ChangeTags,
        Create,
        Delete,
        Rename,
        SwitchDefaultTags,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
        AddComponents,
        RolesOf,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy_plan import (
        SetPolicy,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import Resize
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
        DesiredGroup,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Submit
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )

    ClusterChange = t.Union[
        Create,
        Delete,
        Rename,
        ChangeTags,
        SwitchDefaultTags,
        SetPolicy,
        Resize,
        AddComponents,
        Submit,
    ]


class Current(t.NamedTuple):
    """What is there.

    C(executions) of the wanted jobs, None where the cluster cannot tell yet. C(finished): the
    wanted jobs on a cluster that they have shut down. C(roles_of): the roles of components, where
    one is to be added. C(running): jobs that a deletion would kill, or a
    scale-in disturb.
    """

    found: Found
    executions: tuple[JobExecution, ...] | None = None
    finished: tuple[JobExecution, ...] = ()
    running: tuple[JobExecution, ...] = ()
    roles_of: RolesOf | None = None
    default_tags: bool | None = None
    region: str | None = None
    cloud: str | None = None


def plan_cluster(desired: DesiredCluster, current: Current, *, wait: bool) -> Plan:
    """As C(plan_present), and says what is wrong with a request before anything is done.

    It does so in check mode, too.

    :raises OptionError: a new cluster lacks something, or this cloud refuses something.
    :raises DifferenceError: a cluster would go for one that the service may refuse.
    """
    plan = plan_present(desired, current, wait=wait)
    if not plan.changes:
        return plan
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan_checks import (
        checked,
    )

    return checked(plan, desired, current, wait=wait)


def plan_present(desired: DesiredCluster, current: Current, *, wait: bool = True) -> Plan:
    """What brings the cluster to the wanted state, each change after the one before it.

    :raises DifferenceError: something differs that the service cannot change in place.
    :raises WaitError: the cluster is there and will never be usable; or, without C(wait), nothing
        can be said or done now.
    """
    cluster = current.found.cluster
    desired = desired.of_kind(cluster.type if cluster else None)
    if current.finished:
        return Plan()
    if cluster is None or _makes_way(desired, cluster, wait):
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.create_plan import (
            creation,
        )

        return Plan(tuple(creation(desired, wait)))
    cluster_state.check_hope(cluster)
    different = differences(desired, cluster)
    if different:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.create_plan import (
            replacement,
        )

        return replacement(desired, current, cluster, different, wait)
    return _changes_in_place(desired, current, cluster, wait)


def _makes_way(desired: DesiredCluster, cluster: Cluster, wait: bool) -> bool:
    """The cluster of this name goes, and another one is to be created.

    :raises WaitError: without C(wait), since it has not gone yet.
    """
    if cluster.state != "terminating":
        return cluster.state == "failed" and desired.recreate != "never"
    if not wait:
        raise cluster_state.not_now(cluster, "another one of this name cannot be created now")
    return True


def _changes_in_place(
    desired: DesiredCluster, current: Current, cluster: Cluster, wait: bool
) -> Plan:
    steps = resizes(desired, cluster)
    policies = _policy_change(desired, cluster)
    first_nodes = _first_nodes(cluster, steps) if policies else []
    later = [step for step in steps if step not in first_nodes]
    added = _component_change(desired, current, cluster)
    changes: list[ClusterChange] = [*_new_name(desired, cluster), *first_nodes, *policies, *later]
    changes += [*added, *_tag_change(desired, cluster), *_default_tags(desired, current)]
    changes += [*_job_change(desired, current)]
    if not wait:
        if first_nodes:
            raise cluster_state.not_now(
                cluster, "its policy can only be set once it has task nodes"
            )
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan_checks import (
            check_now,
        )

        check_now(desired, cluster, changes, [*steps, *added])
        # What the service is busy with comes last.
        changes.sort(key=lambda change: change in steps or change in added)
    before = view_of(cluster)
    if added:
        before["components"] = cluster.component_names
    if desired.default_tags is not None:
        before["default_tags"] = current.default_tags
    if policies:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy_plan import (
            policies_view,
        )

        before.update(policies_view(cluster))
    return Plan(tuple(changes), before, _warnings(cluster, steps, current))


def _first_nodes(cluster: Cluster, steps: t.Iterable[Resize]) -> list[Resize]:
    return [step for step in steps if cluster.group(step.group) is None]


def _default_tags(desired: DesiredCluster, current: Current) -> list[SwitchDefaultTags]:
    """What is not known is not changed."""
    wanted, there = desired.default_tags, current.default_tags
    if wanted is None or there is None or wanted == there:
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
        SwitchDefaultTags,
    )

    return [SwitchDefaultTags(wanted)]


def _new_name(desired: DesiredCluster, cluster: Cluster) -> list[Rename]:
    """A cluster that was found by its name has it."""
    if desired.name in (None, cluster.name):
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Rename

    return [Rename(cluster.name, str(desired.name))]


def _component_change(
    desired: DesiredCluster, current: Current, cluster: Cluster
) -> list[AddComponents]:
    names = lacking(desired, cluster)
    if not names:
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
        addition,
    )

    return [addition(names, desired.groups, current.roles_of)]


def _warnings(cluster: Cluster, steps: t.Sequence[Resize], current: Current) -> tuple[str, ...]:
    if not steps:
        return ()
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import (
        warnings,
    )

    return tuple(warnings(cluster.title, steps, current.running))


def counted(desired: DesiredCluster, cluster: Cluster) -> dict[str, int]:
    """The wanted counts of the groups that do not scale by themselves once their policy is set.

    A group that is not there yet is counted: its first nodes have to be requested. A missing group
    with a name of its own is not: such groups come with the creation, so it is only not shown.
    """
    if not desired.scale:
        return {}
    return {
        group.name: group.count
        for group in desired.groups
        if group.count is not None and _is_counted(group, cluster)
    }


def _is_counted(group: DesiredGroup, cluster: Cluster) -> bool:
    if group.name == "master":
        return False
    there = cluster.group(group.name)
    if there is None:
        return cluster.type not in OWN_NAMES
    if group.policy:
        return not group.scales_itself
    return not there.scales_itself


def resizes(desired: DesiredCluster, cluster: Cluster) -> list[Resize]:
    """The resizes of the groups with a count that do not scale by themselves.

    A group scales by itself once its policy is set.
    """
    wanted = {
        name: count
        for name, count in counted(desired, cluster).items()
        if count != cluster.counts[name]
    }
    if not wanted:
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import steps

    return steps(desired, cluster, wanted)


def _policy_change(desired: DesiredCluster, cluster: Cluster) -> list[SetPolicy]:
    if all(group.policy is None for group in desired.groups):
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy_plan import (
        policy_change,
    )

    return policy_change(desired, cluster)


def _tag_change(desired: DesiredCluster, cluster: Cluster) -> list[ChangeTags]:
    if desired.tags is None:
        return []
    to_set = {key: value for key, value in desired.tags.items() if cluster.tags.get(key) != value}
    to_remove = {}
    if desired.purge_tags:
        to_remove = {key: value for key, value in cluster.tags.items() if key not in desired.tags}
    if not to_set and not to_remove:
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import ChangeTags

    return [ChangeTags(to_set, to_remove)]


def _job_change(desired: DesiredCluster, current: Current) -> list[Submit]:
    if not desired.all_jobs or current.executions is None:
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import (
        Submit,
        execution_that_counts,
    )

    return [
        Submit(job.name)
        for job in desired.all_jobs
        if not execution_that_counts(job, current.executions)
    ]


def view_of(cluster: Cluster) -> dict[str, t.Any]:
    """What the diff shows of a cluster that is there."""
    task = cluster.group("task")
    return {
        "name": cluster.name,
        "node_counts": cluster.counts,
        "tags": dict(cluster.tags),
        "auto_scaling_policy": task.shown_policy if task else None,
    }
