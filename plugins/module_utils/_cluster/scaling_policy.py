# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives a node group its auto scaling policy by API v2, or takes it away.

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
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Action, View
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    Cluster,
    role_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
    WHOLE_GROUP,
    PolicyOfGroup,
)

STAGE = "checking whether it was set"


class SetGroupPolicy(t.NamedTuple):
    """Give a group or a pool this policy; C(is_new): it has none yet."""

    wanted: PolicyOfGroup
    is_new: bool

    @property
    def subject(self) -> PolicyOfGroup:
        return self.wanted

    @property
    def action(self) -> Action:
        return {"action": "set_auto_scaling_policy", **_named(self.wanted)}

    def effect(self, view: View) -> View:
        return {**view, "auto_scaling_policy": self.wanted.policy.result()}

    def is_in(self, found: PolicyOfGroup | None) -> bool:
        return found is not None and self.wanted.policy.is_met_by(found.policy)


class DeleteGroupPolicy(t.NamedTuple):
    """Take the policy of a group or a pool away."""

    there: PolicyOfGroup

    @property
    def subject(self) -> PolicyOfGroup:
        return self.there

    @property
    def action(self) -> Action:
        return {"action": "delete_auto_scaling_policy", **_named(self.there)}

    def effect(self, view: View) -> View:
        return {**view, "auto_scaling_policy": None}

    def is_in(self, found: PolicyOfGroup | None) -> bool:
        return found is None


GroupPolicyChange = t.Union[SetGroupPolicy, DeleteGroupPolicy]


def policy_among(
    found: t.Iterable[PolicyOfGroup], node_group: str, resource_pool: str
) -> PolicyOfGroup | None:
    """The policy of a pool of a group."""
    for each in found:
        if (each.node_group, each.resource_pool) == (node_group, resource_pool):
            return each
    return None


def doubts(
    cluster: Cluster, wanted: PolicyOfGroup, there: t.Iterable[PolicyOfGroup]
) -> tuple[str, ...]:
    """Why the service is to refuse a policy, as its manual says (service_v2 7)."""
    told = f"The service will probably refuse the policy of group {wanted.node_group}: "
    reasons = [_doubt_of_group(cluster, wanted)]
    reasons += [_doubt_beside(wanted, other) for other in there]
    return tuple(dict.fromkeys(f"{told}{reason}." for reason in reasons if reason))


def _doubt_of_group(cluster: Cluster, wanted: PolicyOfGroup) -> str:
    if cluster.type in (None, "custom") or role_of(wanted.node_group) == "task":
        return ""
    return f"in {cluster.type} clusters only task nodes can have one"


def _doubt_beside(wanted: PolicyOfGroup, other: PolicyOfGroup) -> str:
    is_whole, other_is_whole = (each.resource_pool == WHOLE_GROUP for each in (wanted, other))
    if is_whole != other_is_whole:
        kind = "a whole group" if other_is_whole else "a resource pool"
        return (
            f"the cluster has a policy of {kind} ({other.node_group}), and a cluster cannot have "
            "policies of whole groups and of resource pools together"
        )
    both = wanted.policy.auto_scaling_enable and other.policy.auto_scaling_enable
    if both and wanted.node_group != other.node_group:
        return (
            f"the policy of group {other.node_group} is on, and only one group of a cluster can "
            "have a policy that is on"
        )
    return ""


def change_policy(context: Context, cluster: Cluster, change: GroupPolicyChange) -> None:
    """Ask for it. Where the answer is lost, it is looked for.

    :raises OvertakenError: somebody else was faster. Look and plan again.
    """

    def ask() -> bool:
        if isinstance(change, DeleteGroupPolicy):
            service.delete_policy(context.client, cluster, change.there)
        elif change.is_new:
            service.create_policy(context.client, cluster, change.wanted)
        else:
            service.change_policy(context.client, cluster, change.wanted)
        return True

    def judge(seen: PolicyOfGroup | None) -> bool | Verdict:
        return done_or_open(change.is_in(seen))

    call = Call(
        _subject(cluster, change),
        ask,
        _reader(context, cluster, change),
        judge,
        lambda seen: STAGE,
        shared=True,
    )
    what = f"{_of_group(change)} cannot be changed now"
    with cluster_wait.for_another_state(context, cluster, what):
        act_once(context, call)
    context.did(change)


def until_shown(
    context: Context, cluster: Cluster, change: GroupPolicyChange
) -> PolicyOfGroup | None:
    """What is there once it shows the change."""
    found = context.until_shown(
        _subject(cluster, change),
        _reader(context, cluster, change),
        change.is_in,
        lambda seen: STAGE,
    )
    if not change.is_in(found):
        context.warn(
            f"The service shows another auto scaling policy of cluster {cluster.title} than the "
            "one that was asked for, so it is asked for in each run."
        )
    return found


def _reader(
    context: Context, cluster: Cluster, change: GroupPolicyChange
) -> t.Callable[[], PolicyOfGroup | None]:
    of = change.subject
    return lambda: policy_among(
        service.policies(context.client, cluster), of.node_group, of.resource_pool
    )


def _subject(cluster: Cluster, change: GroupPolicyChange) -> str:
    return f"{_of_group(change)} of cluster {cluster.title}"


def _of_group(change: GroupPolicyChange) -> str:
    return f"the auto scaling policy of group {change.subject.node_group}"


def _named(policy: PolicyOfGroup) -> Action:
    return {"group": policy.node_group, "resource_pool": policy.resource_pool}
