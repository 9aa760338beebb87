# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deletes a cluster as soon as the service allows it.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _cluster_state, _cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster_plan import Delete
from ansible_collections.huaweicloud.mrs.plugins.module_utils._codes import Retry, lookup
from ansible_collections.huaweicloud.mrs.plugins.module_utils._context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import OvertakenError, ServiceError, waiting_after
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._once import Call, Verdict, act_once


def remove(context: Context, cluster: Cluster | None) -> None:
    """Delete the cluster as soon as the service allows it, and wait until it is gone."""
    while cluster and cluster.state not in _cluster_state.LEAVING:
        cluster = _delete(context, cluster)
    if cluster and context.wait:
        _cluster_wait.until_gone(context, cluster)


def _delete(context: Context, cluster: Cluster) -> Cluster:
    """Ask for the deletion; gives the cluster as it is to be judged next."""
    if context.wait:
        cluster = _cluster_wait.until_deletable(context, cluster)
        if cluster.state in _cluster_state.LEAVING:
            return cluster
    read = _cluster_wait.reader(context, cluster, gone="terminated")

    def ask() -> bool:
        context.client.delete_cluster(cluster)
        return True

    def judge(seen: Cluster) -> bool | Verdict:
        return True if seen.state in _cluster_state.LEAVING else Verdict.OPEN

    subject = f"cluster {cluster.title}"
    try:
        act_once(context, Call(subject, ask, read, judge, lambda seen: seen.told, shared=True))
    except OvertakenError:
        return _cluster_state.with_state(cluster, "terminating")
    except ServiceError as error:
        return _wait_after(context, cluster, error)
    context.did(Delete(cluster))
    return _cluster_state.with_state(cluster, "terminating")


def _wait_after(context: Context, cluster: Cluster, refused: ServiceError) -> Cluster:
    """The cluster in another state than the one in which the service does not delete it."""
    known = lookup(refused.code, refused.status)
    if not context.wait or known is None or known.retry is not Retry.STATE:
        raise refused
    was = cluster.state
    with waiting_after(refused):
        return _cluster_wait.watch(
            context, cluster, lambda seen: seen.state != was, context.patience, gone="terminated"
        )
