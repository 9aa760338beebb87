# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The auto scaling policy that a user wants for a node group (service_v2 7).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
    DAYS,
    ScalingPolicy,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import (
    limits,
    policy_limits,
)

#: Options of the auto scaling policy of a node group (service_v2 7).
LIMITS = (
    limits.Limit(
        "resource_pool",
        limits.Spelling(r"[A-Za-z0-9_-]{1,50}", "must have 1 to 50 letters, digits, - and _"),
    ),
    *policy_limits.of_policy("policy"),
    limits.Limit("policy.resources_plans[].effective_days[]", limits.Word(DAYS)),
    limits.Limit("policy.tags", limits.Length(0, limits.MOST_TAGS, "tags")),
)


class DesiredPolicy(t.NamedTuple):
    """The policy of a pool of a group as it shall be; None where there shall be none."""

    node_group: str
    resource_pool: str
    policy: ScalingPolicy | None


def desired_policy(params: Params) -> DesiredPolicy:
    """:raises OptionError: an option has a value that the service refuses."""
    limits.check(LIMITS, params)
    given = params["policy"]
    wanted = None
    if given is not None:
        policy_limits.check_policy(given, "policy")
    if params["state"] == "present":
        wanted = ScalingPolicy.of(given)
    return DesiredPolicy(params["node_group"], params["resource_pool"], wanted)


def group_named(name: str, cluster: Cluster) -> str | None:
    """The name in the API of a group that is called by it, or by V(task) or V(core)."""
    role = name.lower().removesuffix("_node_default_group")
    for group in cluster.node_groups:
        if name == group.api_name or role == group.name:
            return group.api_name
    return None


def check_group(name: str, cluster: Cluster) -> str:
    """The name in the API of a group that has to be there.

    :raises OptionError: the cluster has no such group.
    """
    found = group_named(name, cluster)
    if found is None:
        there = ", ".join(group.api_name for group in cluster.node_groups)
        raise OptionError(
            "node_group", f"cluster {cluster.title} has no group {name}; it has {there}"
        )
    return found
