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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import SetPolicy, covers
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1
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
    """Overwrite the policy. Where the answer is lost, it is looked for in the cluster."""

    def ask() -> bool:
        if change.api == V1:
            context.client.set_auto_scaling_policy(cluster, change.policy)
        else:
            _ask_by_v2(context, cluster, change)
        return True

    def look() -> Policy | None:
        seen = context.client.cluster(cluster.id)
        group = seen.group(change.group) if seen else None
        return (group and group.auto_scaling_policy) or policies_of(context, cluster).get(
            change.group
        )

    def judge(seen: Policy | None) -> bool | Verdict:
        return True if seen and covers(change.policy, seen) else Verdict.OPEN

    subject, stage = (
        f"the auto scaling policy of cluster {cluster.title}",
        "looking whether it was set",
    )
    act_once(context, Call(subject, ask, look, judge, lambda seen: stage))
    context.did(change)


def policies_of(context: Context, cluster: Cluster) -> dict[str, Policy]:
    """The policies of whole groups by what we call these, where the detail does not show them: by API v2."""
    if cluster.type not in OWN_NAMES:
        found = context.client.auto_scaling_policy(cluster)
        return {"task": found} if found else {}
    return {
        group_name(each.node_group, cluster.type): each.policy.result()
        for each in service.policies(context.client, cluster)
        if each.resource_pool == WHOLE_GROUP
    }


def _ask_by_v2(context: Context, cluster: Cluster, change: SetPolicy) -> None:
    wanted = PolicyOfGroup(change.group, WHOLE_GROUP, ScalingPolicy.of(change.policy))
    ask = service.create_policy if change.is_new else service.change_policy
    ask(context.client, cluster, wanted)
