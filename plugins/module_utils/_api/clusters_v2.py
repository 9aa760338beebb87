# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: the number of nodes in a group, and the name of a cluster (service_v2 5.1, 12).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import (
    Calls,
    Object,
    StillDue,
    part,
    refusal_in,
    refused,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


def resize(
    calls: Calls, cluster: Cluster, how: t.Literal["expand", "shrink"], body: Object, due: StillDue
) -> None:
    """C(body): the group, and how many nodes come or go, or which.

    :raises ServiceError: it is refused, or is an order that somebody has to pay first.
    """
    action = f"{how} group {body['node_group_name']} of cluster {cluster.title}"
    path = f"/clusters/{part(cluster.id)}/{how}"
    request = Request(action, "POST", path, body=body, api="v2", everywhere=False, still_due=due)
    refusal = calls.ask(request, _refusal)
    if refusal is not None:
        raise refused(action, refusal)


def rename(calls: Calls, cluster: Cluster, name: str) -> None:
    """Give the cluster another name. Every cloud publishes this call."""
    action = f"rename cluster {cluster.title} to {name}"
    path = f"/clusters/{part(cluster.id)}/cluster-name"
    calls.succeed(Request(action, "PUT", path, body={"cluster_name": name}, api="v2"))


def _refusal(answer: Object) -> str | None:
    """Nodes of a prepaid cluster are an order, and do not come before it is paid."""
    raw = Raw(answer)
    order = raw.text("order_id")
    if order and raw.get("result") is None:
        return f"it is an order that has to be paid in the console first: {order}"
    return refusal_in(answer)
