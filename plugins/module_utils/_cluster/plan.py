# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the wanted and the current cluster to what is to do. Pure: no request, no clock.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    DifferenceError,
    NonsenseError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    Change,
    Plan,
    View,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import plain
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.differences import (
    differences,
    lacking,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_api import (
    resize_api,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1, V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    DesiredGroup,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Submit, standing
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    OWN_NAMES,
    ROLES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
        AddComponents,
        RolesOf,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import Resize
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )

    ClusterChange = t.Union[
        "Create",
        "Delete",
        "Rename",
        "ChangeTags",
        "SwitchDefaultTags",
        "SetPolicy",
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


class Create(t.NamedTuple):
    """Create the cluster, with its tags, its policy and its job.

    C(view): what the diff shows of it, besides the API.
    """

    name: str
    view: View
    api: str

    @property
    def action(self) -> Action:
        return {"action": "create", "cluster": self.name}

    def effect(self, view: View) -> View:
        return {**self.view, "api": self.api}


class Delete(t.NamedTuple):
    """Delete the cluster."""

    cluster: Cluster

    @property
    def action(self) -> Action:
        return {"action": "delete", "cluster": self.cluster.name, "id": self.cluster.id}

    def effect(self, view: View) -> View:
        return {}


class Rename(t.NamedTuple):
    """Give the cluster another name."""

    before: str
    after: str
    api: str = V2

    @property
    def action(self) -> Action:
        return {"action": "rename", "from": self.before, "to": self.after}

    def effect(self, view: View) -> View:
        return {**view, "name": self.after}


class ChangeTags(t.NamedTuple):
    """Set and remove tags."""

    set: t.Mapping[str, str]
    remove: t.Mapping[str, str]

    @property
    def action(self) -> Action:
        return {"action": "change_tags", "set": dict(self.set), "remove": sorted(self.remove)}

    def effect(self, view: View) -> View:
        kept = {key: value for key, value in view["tags"].items() if key not in self.remove}
        return {**view, "tags": dict(sorted({**kept, **self.set}.items()))}


class SwitchDefaultTags(t.NamedTuple):
    """Give the nodes the default tags of the cluster, or take them away."""

    enabled: bool
    api: str = V2

    @property
    def action(self) -> Action:
        return {"action": "switch_default_tags", "enabled": self.enabled}

    def effect(self, view: View) -> View:
        return {**view, "default_tags": self.enabled}


class SetPolicy(t.NamedTuple):
    """Overwrite the auto scaling policy of a group.

    C(is_new): API v2 wants to know that the group has none yet.
    """

    policy: dict[str, t.Any]
    group: str = "task"
    api: str = V1
    is_new: bool = False

    @property
    def action(self) -> Action:
        return {"action": "set_auto_scaling_policy", "group": self.group}

    def effect(self, view: View) -> View:
        if self.api == V1:
            return {**view, "auto_scaling_policy": self.policy}
        others = view.get("auto_scaling_policies", {})
        return {**view, "auto_scaling_policies": {**others, self.group: self.policy}}


def plan_absent(current: Current, name: str | None = None, *, wait: bool = True) -> Plan:
    """Plan a deletion (service_v1 2.2).

    The service removes a failed cluster itself, and one that is being deleted needs no second
    request.

    :raises OptionError: it was found by its id, and is not called C(name).
    :raises WaitError: without C(wait), it cannot be deleted now.
    """
    cluster = current.found.cluster
    if cluster is None or cluster.state in cluster_state.LEAVING:
        return Plan()
    if name not in (None, cluster.name):
        raise OptionError(
            "name",
            f"cluster {cluster.id} is called {cluster.name}, not {name}, so it is not deleted; "
            "give its own name, or the id alone",
        )
    is_busy = cluster.state == "starting" or cluster.scaling
    if is_busy and not wait:
        raise cluster_state.not_now(cluster, "it cannot be deleted now")
    return Plan((Delete(cluster),), before=_view(cluster))


def plan_cluster(desired: DesiredCluster, current: Current, *, wait: bool) -> Plan:
    """As C(plan_present), and says what is wrong with a request before anything is done.

    It does so in check mode, too.

    :raises OptionError: a new cluster lacks something, or this cloud refuses something.
    :raises DifferenceError: a cluster would go for one that the service may refuse.
    """
    plan = plan_present(desired, current, wait=wait)
    doubts: list[str] = []
    for change in plan.changes:
        if isinstance(change, Create):
            dataclasses.replace(desired, name=change.name or None).creation(current.region)
            _check_job_now(desired, wait)
        doubts += _doubts(desired, change, current)
    _check_successor(desired, current, plan, doubts)
    if plan.before:
        limits.check_tags(plan.before["tags"], plan.after["tags"])
        limits.check_nodes(plan.before["node_counts"], plan.after["node_counts"], "node_groups")
    return plan._replace(warnings=tuple(dict.fromkeys((*plan.warnings, *doubts))))


def _check_successor(
    desired: DesiredCluster, current: Current, plan: Plan, doubts: t.Sequence[str]
) -> None:
    """What is deleted is lost, so it stays where its successor may be refused.

    C(validate) false takes the risk.

    :raises DifferenceError: it may be.
    """
    gone = [change.cluster.title for change in plan.changes if isinstance(change, Delete)]
    if not gone or not desired.given["validate"]:
        return
    found = list(doubts)
    if desired.jobs and current.cloud != limits.HUAWEI:
        found.append("jobs: this cloud may not serve the call that creates a cluster with jobs.")
    if found:
        raise DifferenceError(
            f"Cluster {gone[0]} is not deleted, since the service may refuse the one in its place: "
            f"{' '.join(found)}",
            hint="Nothing was changed. Mend these options, or set validate: false to take the "
            "risk.",
        )


def _check_job_now(desired: DesiredCluster, wait: bool) -> None:
    """:raises OptionError: the job waits for the new cluster, but the task shall not."""
    if desired.all_jobs and not wait and not desired.creates_with_job:
        raise OptionError(
            "wait",
            f"a cluster of {desired.version} takes its job when it runs, so the task must wait for "
            "that",
        )


def _doubts(desired: DesiredCluster, change: Change, current: Current) -> list[str]:
    """What the service may refuse of a change."""
    cloud = current.cloud
    if isinstance(change, Create):
        return desired.doubts(cloud)
    if isinstance(change, ChangeTags):
        return limits.warnings(limits.CLUSTER, {"tags": change.set}, cloud)
    cluster = current.found.cluster
    if isinstance(change, Submit) and cluster:
        jobs = [job for job in desired.all_jobs if job.name == change.name]
        api = desired.job_api(cluster.version, cluster.safe_mode)
        return [doubt for job in jobs for doubt in job.doubts(cloud, job.place, api)]
    return []


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
        return Plan(tuple(_creation(desired, wait)))
    cluster_state.check_hope(cluster)
    different = differences(desired, cluster)
    if different:
        return _replacement(desired, current, cluster, different, wait)
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
        _check_now(desired, cluster, changes, [*steps, *added])
        # What the service is busy with comes last.
        changes.sort(key=lambda change: change in steps or change in added)
    before = _view(cluster)
    if added:
        before["components"] = cluster.component_names
    if desired.default_tags is not None:
        before["default_tags"] = current.default_tags
    if policies:
        before.update(_policies_view(cluster))
    return Plan(tuple(changes), before, _warnings(cluster, steps, current))


def _policies_view(cluster: Cluster) -> dict[str, t.Any]:
    """The policies of groups that have names of their own; those of others are in every view."""
    if cluster.type not in OWN_NAMES:
        return {}
    policies = {group.name: group.auto_scaling_policy for group in cluster.node_groups}
    return {"auto_scaling_policies": policies}


def _first_nodes(cluster: Cluster, steps: t.Iterable[Resize]) -> list[Resize]:
    return [step for step in steps if cluster.group(step.group) is None]


def _default_tags(desired: DesiredCluster, current: Current) -> list[SwitchDefaultTags]:
    """What is not known is not changed."""
    wanted, there = desired.default_tags, current.default_tags
    if wanted is None or there is None or wanted == there:
        return []
    return [SwitchDefaultTags(wanted)]


def _new_name(desired: DesiredCluster, cluster: Cluster) -> list[Rename]:
    """A cluster that was found by its name has it."""
    if desired.name in (None, cluster.name):
        return []
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


def _check_now(
    desired: DesiredCluster,
    cluster: Cluster,
    changes: t.Sequence[ClusterChange],
    steps: t.Sequence[Change],
) -> None:
    """:raises WaitError: changes can be made, or nodes be counted, only after a wait.

    C(steps): what the service does one after the other.
    """
    if len(steps) > 1:
        what = (
            "groups of nodes are scaled one after the other, so both changes cannot be requested "
            "now"
        )
        if not all(change.action["action"] in ("scale_out", "scale_in") for change in steps):
            what = (
                "it cannot be scaled while components are added, so both changes cannot be "
                "requested now"
            )
        raise cluster_state.not_now(cluster, what)
    if cluster_state.is_usable(cluster):
        return
    if cluster.scaling and counted(desired, cluster):
        raise cluster_state.not_now(cluster, "the number of its nodes cannot be compared now")
    if changes:
        actions = ", ".join(dict.fromkeys(str(change.action["action"]) for change in changes))
        raise cluster_state.not_now(cluster, f"{actions} cannot be requested now")


def _creation(desired: DesiredCluster, wait: bool) -> list[ClusterChange]:
    api = desired.creation_api().api
    changes: list[ClusterChange] = [Create(desired.name or "", wanted_view(desired), api)]
    if desired.default_tags and wait:
        changes.append(SwitchDefaultTags(True))
    changes += [Submit(job.name) for job in desired.all_jobs]
    return changes


def _replacement(
    desired: DesiredCluster,
    current: Current,
    cluster: Cluster,
    different: t.Sequence[tuple[str, t.Any, t.Any]],
    wait: bool,
) -> Plan:
    """A new cluster instead of the different one, if the user wants it and no job is killed."""
    told = "; ".join(
        f"{field}: wanted {_told(wanted)}, found {_told(there)}"
        for field, wanted, there in different
    )
    if desired.recreate == "on_change" and not current.running:
        if not wait:
            raise cluster_state.not_now(
                cluster, "it cannot be replaced without waiting until it is deleted"
            )
        successor = desired.in_place_of(cluster)
        return Plan((Delete(cluster), *_creation(successor, wait)), before=_view(cluster))
    hint = (
        "Nothing was changed. Set the options to what was found, or set recreate: on_change to "
        "delete the cluster and create it again."
    )
    if current.running:
        jobs = ", ".join(job.title for job in current.running)
        hint = f"It is not recreated while jobs run on it: {jobs}."
    facts = {
        "differences": [
            {"field": field, "wanted": want, "found": found} for field, want, found in different
        ]
    }
    message = f"Cluster {cluster.title} differs in what the service cannot change in place: {told}."
    raise DifferenceError(message, hint=hint, facts=facts)


def _told(value: t.Any) -> str:
    """A value in a sentence, as a playbook spells it."""
    if isinstance(value, (bool, list)):
        return json.dumps(value)
    return str(value)


def counted(desired: DesiredCluster, cluster: Cluster) -> dict[str, int]:
    """The wanted counts of the groups that do not scale by themselves once their policy is set.

    A group that is not there yet does not scale by itself: its first nodes have to be asked for.
    A group with a name of its own is there from the creation on, or is not told.
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
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import (
        check_task_node,
        plan,
    )

    found = []
    for resize in plan(cluster.counts, wanted):
        group = t.cast(DesiredGroup, desired.group(resize.group))
        api = resize_api(cluster.type)
        found.append(dataclasses.replace(resize, task_node=group.task_node(), api=api))
        check_task_node(found[-1], "node_groups[task].size")
    return found


def _tag_change(desired: DesiredCluster, cluster: Cluster) -> list[ChangeTags]:
    if desired.tags is None:
        return []
    to_set = {key: value for key, value in desired.tags.items() if cluster.tags.get(key) != value}
    to_remove = {}
    if desired.purge_tags:
        to_remove = {key: value for key, value in cluster.tags.items() if key not in desired.tags}
    if not to_set and not to_remove:
        return []
    return [ChangeTags(to_set, to_remove)]


def _policy_change(desired: DesiredCluster, cluster: Cluster) -> list[SetPolicy]:
    if cluster.type in OWN_NAMES:
        return _policies_of_groups(desired, cluster)
    group, there = desired.group("task"), cluster.group("task")
    if group is None or group.policy is None:
        return []
    if there is None and not group.count:
        raise OptionError(
            "node_groups[task].count",
            f"cluster {cluster.title} has no task nodes yet, and only a group with nodes can have "
            "a policy; give count and size of the first nodes",
        )
    found = there.auto_scaling_policy if there else None
    if found is not None and is_policy_met(group.policy, found):
        return []
    return [SetPolicy(group.policy)]


def _policies_of_groups(desired: DesiredCluster, cluster: Cluster) -> list[SetPolicy]:
    """By API v2, which takes the scripts of a policy at the creation only (service_v2 7)."""
    found = []
    for group in desired.groups:
        there = cluster.group(group.name)
        if group.policy is None or there is None:
            continue
        policy = there.auto_scaling_policy
        if policy and is_policy_met(group.policy, policy):
            continue
        scripts = group.policy.get("exec_scripts")
        if scripts and not covers({"exec_scripts": scripts}, policy):
            raise OptionError(
                f"node_groups[{group.name}].auto_scaling_policy.exec_scripts",
                "in mixed and custom clusters they can only be given when a cluster is created",
            )
        found.append(SetPolicy(group.policy, group.name, V2, is_new=policy is None))
    return found


def is_policy_met(wanted: t.Mapping[str, t.Any], there: t.Mapping[str, t.Any]) -> bool:
    """Whether the policy is there.

    What a cluster cannot say of one, such as its days and tags, makes no difference.
    """
    if covers(wanted, there):
        return True
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
        ScalingPolicy,
    )

    scripts = {key: value for key, value in wanted.items() if key == "exec_scripts"}
    try:
        found = ScalingPolicy.of(there)
        meant = ScalingPolicy.of(wanted).keeping(found)
    except NonsenseError:
        return False
    if not covers(scripts, there):
        return False
    given = [each for each in meant._fields if each in wanted and each != "exec_scripts"]
    return all(getattr(meant, each) == getattr(found, each) for each in given)


def covers(wanted: t.Any, there: t.Any) -> bool:
    """Whether all that is wanted is there.

    Numbers may come as texts, keys in another spelling, and more may be there.
    """
    if isinstance(wanted, dict):
        found = there if isinstance(there, dict) else {}
        values = {plain(str(key)): value for key, value in found.items()}
        return all(covers(value, values.get(plain(key))) for key, value in wanted.items())
    if there is None:
        return not wanted
    if isinstance(wanted, list):
        return len(wanted) == len(there) and all(map(covers, wanted, there))
    if isinstance(wanted, bool):
        return str(wanted).lower() == str(there).lower()
    return str(wanted) == str(there) or _is_same_number(wanted, there)


def _is_same_number(one: t.Any, other: t.Any) -> bool:
    try:
        return float(one) == float(other)
    except (TypeError, ValueError):
        return False


def _job_change(desired: DesiredCluster, current: Current) -> list[Submit]:
    if current.executions is None:
        return []
    return [Submit(job.name) for job in desired.all_jobs if not standing(job, current.executions)]


def _view(cluster: Cluster) -> dict[str, t.Any]:
    """What the diff shows of a cluster that is there."""
    task = cluster.group("task")
    return {
        "name": cluster.name,
        "node_counts": cluster.counts,
        "tags": dict(cluster.tags),
        "auto_scaling_policy": task.auto_scaling_policy if task else None,
    }


def wanted_view(desired: DesiredCluster) -> dict[str, t.Any]:
    """What the diff shows of a cluster that is to be created."""
    desired = desired.of_kind(None)
    task = desired.group("task")
    counts: dict[str, int] = {}
    if desired.type not in OWN_NAMES:
        counts.update(dict.fromkeys(ROLES, 0))
    counts.update({group.name: group.count or 0 for group in desired.groups})
    return {
        "name": desired.name,
        "node_counts": counts,
        "tags": dict(desired.tags or {}),
        "auto_scaling_policy": task.policy if task else None,
    }
