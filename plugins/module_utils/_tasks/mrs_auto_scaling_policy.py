# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""M(huaweicloud.mrs.mrs_auto_scaling_policy) and M(huaweicloud.mrs.mrs_auto_scaling_policy_info).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import policies as service
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Change,
    Params,
    Plan,
    result_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import (
    scaling_policy as changing,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.scaling_policy import (
    check_group,
    desired_policy,
    group_named,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
    PolicyOfGroup,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.query import Query
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.rounds import keep


class Current(t.NamedTuple):
    """The cluster, the name of the group in the API, its policy, and those of all groups."""

    cluster: Cluster
    node_group: str
    policy: PolicyOfGroup | None
    policies: t.Sequence[PolicyOfGroup]


class AutoScalingPolicyTask:
    """M(huaweicloud.mrs.mrs_auto_scaling_policy)."""

    def __init__(self, params: Params) -> None:
        self._reference: str = params["cluster"]
        self._desired = desired_policy(params)

    def secrets(self) -> t.Collection[str]:
        return ()

    def read(self, context: Context) -> Current:
        context.results["api"] = V2
        cluster = finding.living(context.client, self._reference)
        group = self._group(cluster)
        policies = service.policies(context.client, cluster)
        found = changing.policy_among(policies, group, self._desired.resource_pool)
        _show(context, found)
        if found is None:
            _warn_of_unknown(context, cluster, group)
        return Current(cluster, group, found, policies)

    def _group(self, cluster: Cluster) -> str:
        """A group that is not there has no policy, so none need be taken away."""
        name = self._desired.node_group
        if self._desired.policy is None:
            return group_named(name, cluster) or name
        return check_group(name, cluster)

    def plan(self, current: Current) -> Plan:
        """:raises WaitError: it differs, and the cluster never takes another one."""
        there, change = current.policy, self._change(current)
        before = {"auto_scaling_policy": there.policy.result() if there else None}
        if change is None:
            return Plan((), before)
        cluster_state.check_hope(current.cluster)
        return Plan((change,), before, self._doubts(current, change))

    def _doubts(self, current: Current, change: changing.GroupPolicyChange) -> tuple[str, ...]:
        if isinstance(change, changing.DeleteGroupPolicy):
            return ()
        return changing.doubts(current.cluster, change.wanted, current.policies)

    def _change(self, current: Current) -> changing.GroupPolicyChange | None:
        there, wanted = current.policy, self._desired.policy
        if wanted is None:
            return None if there is None else changing.DeleteGroupPolicy(there)
        if there and wanted.is_met_by(there.policy):
            return None
        if there:
            tags = there.policy.tags if wanted.tags is None else wanted.tags
            wanted = wanted._replace(tags=tags, exec_scripts=there.policy.exec_scripts)
        item = PolicyOfGroup(current.node_group, self._desired.resource_pool, wanted)
        return changing.SetGroupPolicy(item, is_new=there is None)

    def removes(self) -> bool:
        return self._desired.policy is None

    def plan_for_later(self, context: Context) -> Plan:
        context.results["api"] = V2
        _show(context, None)
        before = {"auto_scaling_policy": None}
        if self._desired.policy is None:
            return Plan((), before)
        item = PolicyOfGroup(*self._desired[:2], self._desired.policy)
        return Plan((changing.SetGroupPolicy(item, is_new=True),), before)

    def predict(self, context: Context, plan: Plan) -> None:
        for change in plan.changes:
            _show(context, _wanted(change))

    def apply(self, context: Context, current: Current, plan: Plan) -> None:
        keep(self, context, current, plan, f"the auto scaling policy of group {current.node_group}")

    def make(self, context: Context, current: Current, change: Change) -> None:
        """The one change that there is."""
        asked = t.cast(changing.GroupPolicyChange, change)
        changing.change_policy(context, current.cluster, asked)
        _show(context, _wanted(change))
        if context.wait:
            _show(context, changing.until_shown(context, current.cluster, asked))


class AutoScalingPolicyInfoTask(Query):
    """M(huaweicloud.mrs.mrs_auto_scaling_policy_info)."""

    def read(self, context: Context) -> None:
        context.results["api"] = V2
        cluster = finding.living(context.client, self._params["cluster"])
        wanted = self._params["node_group"]
        name = None
        if wanted is not None:
            name = group_named(wanted, cluster) or wanted
        found = sorted(service.policies(context.client, cluster), key=lambda each: each[:2])
        context.results["policies"] = [
            each.result() for each in found if name in (None, each.node_group)
        ]
        if name and not context.results["policies"]:
            _warn_of_unknown(context, cluster, name)


def _warn_of_unknown(context: Context, cluster: Cluster, group: str) -> None:
    """A group that has no policy may be misspelt."""
    there = [each.api_name for each in cluster.node_groups]
    if group not in there:
        context.warn(
            f"Cluster {cluster.title} has no group {group}, and so no policy of it; it has "
            f"{', '.join(there)}."
        )


def _wanted(change: Change) -> PolicyOfGroup | None:
    """What is there after the change."""
    if isinstance(change, changing.SetGroupPolicy):
        return change.wanted
    return None


def _show(context: Context, found: PolicyOfGroup | None) -> None:
    context.results["policy"] = result_of(found)
