# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sets the auto scaling policy of the task nodes.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import SetPolicy, covers
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

Policy = dict[str, t.Any]


def set_policy(context: Context, cluster: Cluster, change: SetPolicy) -> None:
    """Overwrite the policy. Where the answer is lost, it is looked for in the cluster."""

    def ask() -> bool:
        context.client.set_auto_scaling_policy(cluster, change.policy)
        return True

    def look() -> Policy | None:
        seen = context.client.cluster(cluster.id)
        task = seen.group("task") if seen else None
        shown = task.auto_scaling_policy if task else None
        return shown or context.client.auto_scaling_policy(cluster)

    def judge(seen: Policy | None) -> bool | Verdict:
        return True if seen and covers(change.policy, seen) else Verdict.OPEN

    subject, stage = (
        f"the auto scaling policy of cluster {cluster.title}",
        "looking whether it was set",
    )
    act_once(context, Call(subject, ask, look, judge, lambda seen: stage))
    context.did(change)
