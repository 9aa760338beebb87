# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deletes a cluster as soon as the service allows it.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import (
    is_about_state,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OvertakenError,
    ServiceError,
    waiting_after,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Delete
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


def remove(context: Context, cluster: Cluster | None) -> None:
    """Delete the cluster as soon as the service allows it, and wait until it is gone."""
    while cluster and cluster.state not in cluster_state.LEAVING:
        cluster = _delete(context, cluster)
    if cluster and context.wait:
        cluster_wait.until_gone(context, cluster)


def _delete(context: Context, cluster: Cluster) -> Cluster:
    """Ask for the deletion; gives the cluster as it is to be judged next."""
    if context.wait:
        cluster = cluster_wait.until_deletable(context, cluster)
        if cluster.state in cluster_state.LEAVING:
            return cluster
    read = cluster_wait.reader(context, cluster, gone="terminated")

    def ask() -> bool:
        context.client.delete_cluster(cluster)
        return True

    def judge(seen: Cluster) -> bool | Verdict:
        return done_or_open(seen.state in cluster_state.LEAVING)

    subject = f"cluster {cluster.title}"
    try:
        act_once(
            context, Call(subject, ask, read, judge, lambda seen: seen.description, shared=True)
        )
    except OvertakenError:
        return cluster_state.with_state(cluster, "terminating")
    except ServiceError as error:
        return _wait_after(context, cluster, error)
    context.did(Delete(cluster))
    return cluster_state.with_state(cluster, "terminating")


def _wait_after(context: Context, cluster: Cluster, refused: ServiceError) -> Cluster:
    """The cluster in another state than the one in which the service does not delete it."""
    if not context.wait or not is_about_state(refused.code, refused.status):
        raise refused
    was = cluster.state
    with waiting_after(refused):
        return cluster_wait.watch(
            context, cluster, lambda seen: seen.state != was, gone="terminated"
        )
