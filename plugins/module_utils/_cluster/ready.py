# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waits for more than a running cluster: for its Manager, or for all of its components.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import list_nodes
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.node import Node

#: So many components that are not good are named.
MOST_NAMED = 3


def until_ready(context: Context, cluster: Cluster, wait_for: str) -> None:
    """Wait for what is wished beyond a running cluster: V(manager) or V(components)."""
    if wait_for == "manager":
        _until_manager(context, cluster)
    elif wait_for == "components":
        _until_components(context, cluster)


def _until_manager(context: Context, cluster: Cluster) -> None:
    """The detail says whether MRS Manager is ready (service_v1 4.2)."""

    def is_ready(seen: Cluster) -> bool:
        return cluster_state.is_usable(seen) and seen.manager_ready is not False

    if not is_ready(cluster):
        cluster = cluster_wait.follow(context, cluster, is_ready)
    if cluster.manager_ready is None:
        context.warn(
            f"The service does not say whether MRS Manager of cluster {cluster.title} is ready."
        )


def _until_components(context: Context, cluster: Cluster) -> None:
    """The nodes tell how their components are (service_v2 5.2)."""
    context.waiter.until(
        f"the components of cluster {cluster.title}",
        lambda: list_nodes(context.client, cluster),
        _are_good,
        _describe,
    )


def _are_good(nodes: t.Sequence[Node]) -> bool:
    return any(node.components for node in nodes) and not any(node.sick for node in nodes)


def _describe(nodes: t.Sequence[Node]) -> str:
    number = sum(len(node.components) for node in nodes)
    sick = [f"{component.description} on {node.name}" for node in nodes for component in node.sick]
    if not number:
        return "none is listed yet"
    if not sick:
        return "all are healthy"
    more = ", ..." if len(sick) > MOST_NAMED else ""
    return f"{len(sick)} of {number} are not healthy: {', '.join(sick[:MOST_NAMED])}{more}"
