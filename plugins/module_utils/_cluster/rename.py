# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives a cluster another name, and looks until that shows.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import clusters_v2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OvertakenError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Rename
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

#: A living cluster has the name. Whether that may be the cluster itself, no document tells.
IN_USE = "12000043"


def rename(context: Context, cluster: Cluster, change: Rename) -> None:
    """Ask for the name. Where the answer is lost, it is looked at.

    :raises OvertakenError: the cluster has it already. Look and plan again.
    """

    def ask() -> bool:
        try:
            clusters_v2.rename(context.client, cluster, change.after)
        except ServiceError as error:
            if error.code != IN_USE or not _has_it(context, cluster, change.after):
                raise
            raise OvertakenError(f"Cluster {cluster.title} has the new name already.") from error
        return True

    def judge(seen: Cluster) -> bool | Verdict:
        return done_or_open(seen.name == change.after)

    call = Call(
        f"the name of cluster {cluster.title}",
        ask,
        cluster_wait.reader(context, cluster),
        judge,
        lambda seen: f"it is {seen.name}",
        names=("cluster name", change.after),
    )
    act_once(context, call)
    context.did(change)


def check_free(context: Context, cluster_id: str, change: Rename) -> None:
    """In check mode, whether the service would take the name.

    :raises MrsError: another living cluster has it.
    """
    for other in finding.by_any_project(context.client, change.after):
        if other.id != cluster_id:
            raise MrsError(
                f"Cannot rename cluster {change.before} ({cluster_id}) to {change.after}: "
                f"cluster {other.title} has this name already.",
                hint="Choose another name.",
            )


def _has_it(context: Context, cluster: Cluster, name: str) -> bool:
    """Somebody else gave the cluster this name meanwhile."""
    seen = context.client.cluster(cluster.id)
    return seen is not None and seen.name == name
