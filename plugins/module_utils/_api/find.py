# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds clusters by name or id; what is terminated is not there.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MissingClusterError,
    MrsError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    GONE_CLUSTER_STATES,
    Cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found

INVALID_PARAMETER = "12000002"
#: States of clusters that are not living and not yet terminated. The first one counts more.
DYING = ("terminating", "failed")
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")


def is_id(reference: str) -> bool:
    """The reference is an id of a cluster, not a name."""
    return bool(_ID.match(reference))


def by_name(
    client: Client, name: str, enterprise_project_id: str | None = None, *, option: str = "cluster"
) -> Found:
    """Look a name up in the whole list (service_v1 Q1, Q2).

    :param option: the one that takes an id in place of the name, for the error.
    :raises MrsError: several living clusters have this name; lists their ids.
    """
    namesakes = [
        cluster for cluster in all_of(client, enterprise_project_id) if cluster.name == name
    ]
    newest_first = sorted(namesakes, key=lambda cluster: cluster.order, reverse=True)
    for namesake in newest_first:
        client.know(namesake)
    cluster = _meant(newest_first, name, option)
    whole = Found(cluster)
    if cluster is not None and not cluster.complete:
        whole = by_id(client, cluster.id)
    terminated = [namesake for namesake in newest_first if namesake.state == "terminated"]
    return Found(
        cluster=whole.cluster,
        # It may have been terminated since the list was made.
        terminated=(*whole.terminated, *terminated),
        ids=frozenset(cluster.id for cluster in namesakes),
    )


def _meant(namesakes: t.Sequence[Cluster], name: str, option: str) -> Cluster | None:
    """The one that lives; else the newest one that ends, or that failed.

    :raises MrsError: several of them live.
    """
    living = [namesake for namesake in namesakes if namesake.state not in (*DYING, "terminated")]
    if len(living) > 1:
        ids = ", ".join(sorted(cluster.id for cluster in living))
        raise MrsError(
            f"Several living clusters are named {name}: {ids}.",
            hint=f"Set the option {option} to the id of the one that you mean.",
        )
    dying = [namesake for state in DYING for namesake in namesakes if namesake.state == state]
    return next(iter([*living, *dying]), None)


def by_id(client: Client, identity: str) -> Found:
    """Look an id up."""
    cluster = client.cluster(identity)
    if cluster is None:
        return Found()
    if cluster.state in GONE_CLUSTER_STATES:
        return Found(terminated=(cluster,), ids=frozenset({cluster.id}))
    return Found(cluster=cluster, ids=frozenset({cluster.id}))


def living(client: Client, reference: str) -> Cluster:
    """The living cluster of this name or id.

    :raises MissingClusterError: there is none.
    """
    found = by_id(client, reference) if is_id(reference) else by_name(client, reference)
    if found.cluster is None:
        past = f"; it was terminated ({found.terminated[0].id})" if found.terminated else ""
        raise MissingClusterError(
            f"There is no cluster {reference} in this project{past}.",
            hint="Check the option cluster, the region and the project.",
        )
    return found.cluster


def id_with_jobs(client: Client, reference: str) -> str | None:
    """The id of the cluster whose jobs are meant: the living one, else the last terminated."""
    if is_id(reference):
        return reference
    found = by_name(client, reference)
    if found.cluster:
        return found.cluster.id
    if found.terminated:
        return found.terminated[0].id
    return None


def completed(client: Client, clusters: t.Sequence[Cluster]) -> list[Cluster]:
    """The clusters with what lists may leave out, such as their tags."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import (
        map_in_parallel,
    )

    short = [cluster.id for cluster in clusters if not cluster.complete]
    details = {each.id: each for each in map_in_parallel(client.cluster, short) if each}
    return [details.get(cluster.id, cluster) for cluster in clusters]


def by_any_project(client: Client, name: str) -> list[Cluster]:
    """The clusters of this name that are not terminated, whatever their enterprise project is.

    Huawei Cloud may list only those of the default one.
    """
    named = [cluster for cluster in client.clusters() if cluster.name == name]
    return [cluster for cluster in named if cluster.state not in GONE_CLUSTER_STATES]


def all_of(client: Client, enterprise_project_id: str | None, **filters: str) -> list[Cluster]:
    """All clusters.

    Without the filter Huawei Cloud only shows those of the default enterprise project.
    """
    if enterprise_project_id in (None, "0"):
        return client.clusters(**filters)
    try:
        return client.clusters(enterpriseProjectId=str(enterprise_project_id), **filters)
    except ServiceError as error:
        if error.code != INVALID_PARAMETER:
            raise
        # Open Telekom Cloud does not have the filter, and shows all.
        return client.clusters(**filters)
