# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creates a cluster, once: a name is taken only once, and a lost answer is looked for.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OvertakenError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_request,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found

DUPLICATE_NAME = "12000043"


def create(context: Context, desired: DesiredCluster, planned: Found) -> str:
    """Ask for the cluster; gives its id.

    C(planned): what there was of this name when it was planned.

    :raises OvertakenError: somebody else was faster, or a failed cluster has given its name back.
        Plan again.
    """
    name = t.cast(str, desired.name)
    try:
        with context.alone("cluster name", name):
            return _ask(context, desired, planned)
    except ServiceError as error:
        if error.code != DUPLICATE_NAME:
            raise
        _await_name(context, _holder(context, desired), error)
    raise OvertakenError(f"The name {name} was taken.")


def _ask(context: Context, desired: DesiredCluster, planned: Found) -> str:
    body, api = creation_request(desired, context.region), desired.creation_api().api
    before = _by_name(context, desired)
    name = str(desired.name)
    if before.ids != planned.ids:
        raise OvertakenError(f"Another cluster {desired.name} was created.")

    def look() -> Found:
        return _by_name(context, desired)

    def ask() -> str:
        return context.client.create_cluster(body, lambda: look().ids == before.ids, api)

    def judge(seen: Found) -> str | Verdict:
        new = seen.ids - before.ids
        if seen.cluster and seen.cluster.id in new:
            return seen.cluster.id
        return min(new) if new else Verdict.OPEN

    subject, stage = f"cluster {desired.name}", "checking whether it was created"
    return act_once(
        context,
        Call(
            subject, ask, look, judge, lambda seen: stage, again=True, names=("cluster name", name)
        ),
    )


def _by_name(context: Context, desired: DesiredCluster) -> Found:
    return finding.by_name(
        context.client, t.cast(str, desired.name), desired.enterprise_project_id, option="id"
    )


def _holder(context: Context, desired: DesiredCluster) -> Found:
    """Who has the name.

    The list may be behind, so it is looked for as long as for a lost outcome.
    """
    return context.until_shown(
        f"cluster {desired.name}",
        lambda: _by_name(context, desired),
        lambda seen: seen.cluster is not None,
        lambda seen: "checking which cluster has the name",
    )


def _await_name(context: Context, found: Found, refused: ServiceError) -> None:
    """The name is taken.

    A living holder is used; a failed one is removed by the service before long.
    """
    holder = found.cluster
    if holder is None or (holder.state == "failed" and not context.wait):
        raise refused
    if holder.state == "failed":
        cluster_wait.follow(
            context, holder, lambda seen: seen.state == "terminated", gone="terminated"
        )
