# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nodes of a cluster, as either API tells them.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import (
    HOSTS,
    NODES,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.host import Host
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.node import Node

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


def list_hosts(calls: Calls, cluster: Cluster) -> list[Host]:
    """The nodes of a cluster."""
    path = f"/clusters/{part(cluster.id)}/hosts"
    request = Request(f"list the hosts of cluster {cluster.title}", "GET", path, repeatable=True)
    return calls.list_all(request, HOSTS, lambda answer: Host.of(answer, cluster))


def list_nodes(calls: Calls, cluster: Cluster, *, detail: bool = False) -> list[Node]:
    """The nodes of a cluster with the health of their components (service_v2 5.2).

    C(detail): with their load.
    """
    path = f"/clusters/{part(cluster.id)}/nodes"
    action = f"list the nodes of cluster {cluster.title}"
    query = {"query_node_detail": "true"} if detail else {}
    request = Request(action, "GET", path, query=query, repeatable=True, api="v2", everywhere=False)
    return calls.list_all(request, NODES, lambda answer: Node.of(answer, cluster.type))
