# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Adds components to a custom cluster, and waits until they are there.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import components as installing
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
    WaitError,
    while_looking,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
    AddComponents,
    is_there,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

#: Seconds to look again after a refusal: one answer may come from a copy that is behind.
LOOKING = 3.0


def add(context: Context, cluster: Cluster, change: AddComponents) -> None:
    """Ask once.

    :raises OvertakenError: the cluster is not as it was. Look and plan again.
    """
    what = f"{', '.join(change.names)} cannot be added now"
    with cluster_wait.for_another_state(context, cluster, what):
        act_once(context, _call(context, cluster, change))
    context.did(change)


def _call(context: Context, cluster: Cluster, change: AddComponents) -> Call[bool, Cluster]:

    subject, read = f"cluster {cluster.title}", cluster_wait.reader(context, cluster)

    def ask() -> bool:
        try:
            installing.add_components(context.client, cluster, change.components)
        except ServiceError as error:
            if is_about_state(error.code, error.status):
                raise
            with while_looking(error):
                seen = context.waiter.until(
                    subject,
                    read,
                    lambda seen: _has_all(seen, change),
                    lambda seen: seen.description,
                    within=min(LOOKING, context.patience),
                )
            if not _has_all(seen, change):
                raise
            raise OvertakenError(f"Cluster {cluster.title} has them already.") from error
        return True

    def judge(seen: Cluster) -> bool | Verdict:
        if _has_all(seen, change):
            return True
        if seen.state in cluster_state.LEAVING:
            return Verdict.UNKNOWN
        return done_or_open(_is_busy(seen))

    return Call(
        subject,
        ask,
        read,
        judge,
        lambda seen: seen.description,
        names=("components", cluster.id, *change.names),
    )


def until_there(context: Context, cluster: Cluster, change: AddComponents) -> Cluster:
    """The cluster once it is usable again and has the components.

    :raises WaitError: it is usable without them for so long that they will not come.
    """
    idle = context.lasting()

    def is_done(seen: Cluster) -> bool:
        if not cluster_state.is_usable(seen):
            idle.ends()
            return False
        if _has_all(seen, change):
            return True
        if idle.stays():
            raise _not_come(seen, change)
        return False

    return cluster_wait.follow(context, cluster, is_done)


def _not_come(cluster: Cluster, change: AddComponents) -> WaitError:
    missing = [name for name in change.names if not is_there(cluster, name)]
    return WaitError(
        f"Cluster {cluster.title} is {cluster.description}, but the service did not install "
        f"{', '.join(missing)}.",
        hint="Look at the tasks of the cluster in the console for the reason.",
    )


def _has_all(cluster: Cluster, change: AddComponents) -> bool:
    return all(is_there(cluster, name) for name in change.names)


def _is_busy(cluster: Cluster) -> bool:
    """It is at something that is no scaling, as it is while components are being installed."""
    return cluster.state not in cluster_state.USABLE and not cluster.scaling
