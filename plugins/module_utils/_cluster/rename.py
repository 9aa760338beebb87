# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives a cluster another name, and looks until that shows.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import clusters_v2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import Rename
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


def rename(context: Context, cluster: Cluster, change: Rename) -> None:
    """Ask for the name. Where the answer is lost, it is looked at."""

    def ask() -> bool:
        clusters_v2.rename(context.client, cluster, change.after)
        return True

    def judge(seen: Cluster) -> bool | Verdict:
        return True if seen.name == change.after else Verdict.OPEN

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
