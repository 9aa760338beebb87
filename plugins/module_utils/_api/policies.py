# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: the auto scaling policies of a cluster (service_v2 7).

Open Telekom Cloud publishes the reading alone.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls, Object, part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import ServiceError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    Cluster,
    role_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.scaling_policy import (
    PolicyOfGroup,
)

#: The cluster has no policy, or not this one.
NO_POLICY = "MRS.00005016"
#: The key under which the list is, where it is in an object (service_v2 V9).
LISTED_AS = "auto_scaling_policies"


def policies(calls: Calls, cluster: Cluster) -> list[PolicyOfGroup]:
    """All policies of a cluster, those of pools among them."""
    action = f"list the auto scaling policies of cluster {cluster.title}"
    request = Request(action, "GET", _path(cluster), repeatable=True, api="v2", listed_as=LISTED_AS)
    try:
        return calls.ask(
            request, lambda answer: list(map(PolicyOfGroup.of, Raw(answer).objects(LISTED_AS)))
        )
    except ServiceError as error:
        if error.code == NO_POLICY:
            return []
        raise


def set_task_policy(calls: Calls, cluster: Cluster, policy: Object) -> None:
    """Overwrite the policy of the task nodes (8): doing so twice is doing so once."""
    body = {"node_group": "task_node_default_group", "auto_scaling_policy": policy}
    action = f"set the auto scaling policy of cluster {cluster.title}"
    calls.succeed(Request(action, "POST", _path(cluster), body=body, repeatable=True))


def read_task_policy(calls: Calls, cluster: Cluster) -> Object | None:
    """The policy of the task nodes, read by API v2: no document says that v1.1 shows it.

    See service_v2 7: the answer is a list, or an object that has it.
    """
    action = f"read the auto scaling policy of cluster {cluster.title}"
    request = Request(action, "GET", _path(cluster), repeatable=True, api="v2", listed_as=LISTED_AS)
    try:
        return calls.ask(request, lambda answer: _task_policy(Raw(answer).objects(LISTED_AS)))
    except ServiceError as error:
        if error.code == NO_POLICY:
            return None
        raise


def create_policy(calls: Calls, cluster: Cluster, policy: PolicyOfGroup) -> None:
    """Give a group or a pool its first policy."""
    calls.send(_request("create", "POST", cluster, policy, _body(policy)))


def change_policy(calls: Calls, cluster: Cluster, policy: PolicyOfGroup) -> None:
    """Overwrite the policy of a group or a pool."""
    calls.send(_request("change", "PUT", cluster, policy, _body(policy)))


def delete_policy(calls: Calls, cluster: Cluster, policy: PolicyOfGroup) -> bool:
    """Take a policy away; False when it was gone already."""
    return calls.delete(_request("delete", "DELETE", cluster, policy, _key(policy)))


def _request(
    verb: str, method: str, cluster: Cluster, policy: PolicyOfGroup, body: Object
) -> Request:
    """Each can be repeated: it leads to the same again."""
    pool = f" in pool {policy.resource_pool}"
    return Request(
        f"{verb} the auto scaling policy of group {policy.node_group}{pool} of {cluster.title}",
        method,
        _path(cluster),
        body=body,
        repeatable=True,
        answers=False,
        api="v2",
        everywhere=False,
    )


def _path(cluster: Cluster) -> str:
    return f"/autoscaling-policy/{part(cluster.id)}"


def _key(policy: PolicyOfGroup) -> dict[str, t.Any]:
    return {
        "node_group_name": policy.node_group,
        "resource_pool_name": policy.resource_pool,
    }


def _body(policy: PolicyOfGroup) -> dict[str, t.Any]:
    return {**_key(policy), "auto_scaling_policy": policy.policy.body()}


def _task_policy(items: t.Iterable[Object]) -> Object | None:
    """The policy of the whole group of task nodes."""
    for item in map(Raw, items):
        is_whole = (item.text("resource_pool_name") or "default") == "default"
        if is_whole and role_of(item.certain_text_or_empty("node_group_name")) == "task":
            return item.certain_object("auto_scaling_policy")
    return None
