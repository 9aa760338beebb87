# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is to do about auto scaling policies. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    NonsenseError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import mask_parameters
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    View,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import plain
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import (
    V1,
    V2,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    OWN_NAMES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import policy_limits

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )


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


def policies_view(cluster: Cluster) -> dict[str, t.Any]:
    """The policies of groups that have names of their own; those of others are in every view."""
    if cluster.type not in OWN_NAMES:
        return {}
    policies = {group.name: group.shown_policy for group in cluster.node_groups}
    return {"auto_scaling_policies": policies}


def policy_change(desired: DesiredCluster, cluster: Cluster) -> list[SetPolicy]:
    """The policies that are to be set."""
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
    policy_limits.check_not_masked(
        group.policy.get("exec_scripts"), "node_groups[task].auto_scaling_policy.exec_scripts"
    )
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
        return _covers_each(wanted, there if isinstance(there, dict) else {})
    if there is None:
        return not wanted
    if isinstance(wanted, list):
        return len(wanted) == len(there) and all(map(covers, wanted, there))
    if isinstance(wanted, bool):
        return str(wanted).lower() == str(there).lower()
    return str(wanted) == str(there) or _is_same_number(wanted, there)


def _covers_each(wanted: dict[str, t.Any], there: dict[str, t.Any]) -> bool:
    """A result, whose parameters show no secrets, may be given as an option, too."""
    values = {plain(str(key)): value for key, value in there.items()}
    shown = mask_parameters(values)
    return all(
        covers(value, values.get(plain(key))) or value == shown.get(plain(key), {})
        for key, value in wanted.items()
    )


def _is_same_number(one: t.Any, other: t.Any) -> bool:
    try:
        return float(one) == float(other)
    except (TypeError, ValueError):
        return False
