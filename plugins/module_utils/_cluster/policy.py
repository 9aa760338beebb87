# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sets the auto scaling policy of the task nodes, or of a group with a name of its own.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import policies as service
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.failures import is_unserved
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.policies import (
    read_task_policy,
    set_task_policy,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
    ServiceError,
    UnansweredError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy_plan import (
    SetPolicy,
    covers,
    is_policy_met,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1, V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    OWN_NAMES,
    Cluster,
    group_name,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
    WHOLE_GROUP,
    PolicyOfGroup,
    ScalingPolicy,
)

Policy = dict[str, t.Any]


def set_policy(context: Context, cluster: Cluster, change: SetPolicy) -> None:
    """Overwrite the policy. Where the answer is lost, it is looked for in the cluster.

    The requests of clusters have no days and no tags, so what is there of them stays.
    """
    whole = _whole(context, cluster, change)

    def ask() -> bool:
        if whole is None:
            set_task_policy(context.client, cluster, change.policy)
        elif change.is_new:
            service.create_policy(context.client, cluster, whole)
        else:
            service.change_policy(context.client, cluster, whole)
        return True

    def look() -> Policy | None:
        seen = context.client.cluster(cluster.id)
        group = seen.group(change.group) if seen else None
        if group and group.auto_scaling_policy:
            return group.auto_scaling_policy
        return policies_of(context, cluster).get(change.group)

    def judge(seen: Policy | None) -> bool | Verdict:
        return done_or_open(bool(seen and is_policy_met(change.policy, seen)))

    subject, stage = (
        f"the auto scaling policy of cluster {cluster.title}",
        "checking whether it was set",
    )
    act_once(context, Call(subject, ask, look, judge, lambda seen: stage))
    context.did(change)
    if whole:
        context.results["api"] = V2


def _whole(context: Context, cluster: Cluster, change: SetPolicy) -> PolicyOfGroup | None:
    """The policy as API v2 takes it. None where API v1.1 can say all of it."""
    wanted = ScalingPolicy.of(change.policy)
    there = _there(context, cluster, change.group)
    if there:
        wanted = wanted.keeping(there.policy)
    if change.api == V1 and not wanted.is_only_by_v2:
        return None
    if not _has_scripts(cluster, change):
        raise OptionError(
            f"node_groups[{change.group}].auto_scaling_policy.exec_scripts",
            "only API v1.1 can change them, and it would drop the days or tags of the policy that "
            "is there; delete that one with mrs_auto_scaling_policy first",
        )
    name = there.node_group if there else change.group
    return PolicyOfGroup(name, WHOLE_GROUP, wanted)


def _has_scripts(cluster: Cluster, change: SetPolicy) -> bool:
    """Those that are wanted are there already."""
    group, scripts = cluster.group(change.group), change.policy.get("exec_scripts")
    there = (group and group.auto_scaling_policy) or {}
    return not scripts or covers(scripts, there.get("exec_scripts"))


def _there(context: Context, cluster: Cluster, group: str) -> PolicyOfGroup | None:
    """What API v2 tells of the policy of a group that has one; nothing where it is not served."""
    known = cluster.group(group)
    if known is None or known.auto_scaling_policy is None:
        return None
    try:
        found = service.policies(context.client, cluster)
    except (ServiceError, UnansweredError) as error:
        if not is_unserved(error.status, error.code):
            context.warn(
                f"Days and tags of the auto scaling policy of group {group} could not be read, so "
                f"the change may remove them: {error.message}"
            )
        return None
    for each in found:
        if each.resource_pool == WHOLE_GROUP and group_name(each.node_group, cluster.type) == group:
            return each
    return None


def policies_of(context: Context, cluster: Cluster) -> dict[str, Policy]:
    """The policies of whole groups by our names of the groups, from API v2.

    They are read where the detail does not show them.
    """
    if cluster.type not in OWN_NAMES:
        found = read_task_policy(context.client, cluster)
        return {"task": found} if found else {}
    return {
        group_name(each.node_group, cluster.type): each.policy.as_option()
        for each in service.policies(context.client, cluster)
        if each.resource_pool == WHOLE_GROUP
    }
