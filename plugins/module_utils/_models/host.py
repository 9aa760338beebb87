# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What API v1.1 says of the nodes of a cluster.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    MASTER_GROUP,
    OWN_NAMES,
    ROLES,
    Cluster,
    group_name,
    role_of,
)


class Host(t.NamedTuple):
    """A node; memory in MB, volumes in GB."""

    id: str
    name: str
    ip: str | None
    node_group: str
    state: str | None
    size: str | None
    cpu: int | None
    memory: int | None
    root_volume_size: int | None
    data_volume_type: str | None
    data_volume_size: int | None
    data_volume_count: int | None
    #: What API v2 calls it, where the cloud tells it.
    resource_id: str | None = None

    @property
    def is_healthy(self) -> bool:
        """The machine runs; what runs on it is another question."""
        return (self.state or "").upper() == "ACTIVE"

    def result(self) -> dict[str, t.Any]:
        """The documented form, C(host)."""
        return {key: value for key, value in self._asdict().items() if key != "resource_id"}

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any], cluster: Cluster | None = None) -> Host:
        """From an item of the host list of C(cluster) (service_v1 4.6)."""
        raw = Raw(answer)
        return cls(
            id=raw.identity("id"),
            name=raw.text_or_empty("name"),
            ip=raw.text("ip"),
            node_group=_group_of_host(raw, cluster),
            state=raw.text("status"),
            size=raw.text("flavor"),
            cpu=raw.integer("cpu"),
            memory=raw.integer("mem"),
            root_volume_size=raw.integer("root_volume_size"),
            data_volume_type=raw.text("data_volume_type"),
            data_volume_size=raw.integer("data_volume_size"),
            data_volume_count=raw.integer("data_volume_count"),
            resource_id=raw.text("resource_id"),
        )


def _group_of_host(raw: Raw, cluster: Cluster | None) -> str:
    """Where groups have names of their own, the type does not tell the group.

    A cloud that does not name the group has it in the name of the host (service_v1 4.6).
    """
    kind, group = raw.text_or_empty("type"), raw.text("node_group_name")
    if cluster is None or cluster.type not in OWN_NAMES:
        return role_of(kind or group or "")
    told = group or _described_by_name(raw, cluster) or _described_by_type(kind)
    return group_name(_the_only_one(told, cluster) or told, cluster.type)


def _the_only_one(told: str, cluster: Cluster) -> str | None:
    """A cloud that tells no more than the role tells the group where only one has that role."""
    if told not in ROLES or told == "master":
        return None
    own = [each.api_name for each in cluster.node_groups if each.api_name != MASTER_GROUP]
    if cluster.type == "mixed":
        own = [name for name in own if role_of(name) == told]
    return own[0] if len(own) == 1 else None


def _described_by_name(raw: Raw, cluster: Cluster) -> str | None:
    rest = raw.text_or_empty("name").removeprefix(f"{cluster.id}_")
    names = [each.api_name for each in cluster.node_groups if rest.startswith(each.api_name)]
    return max(names, key=len, default=None)


def _described_by_type(kind: str) -> str:
    """C(Analysis_Core) is a node of the group C(core_node_analysis_group)."""
    purpose, _separator, role = kind.lower().partition("_")
    return f"{role}_node_{purpose}_group" if role else role_of(kind)
