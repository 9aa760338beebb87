# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What API v2 says of nodes: health of their components, load of the machine (service_v2 5.2).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import group_name

#: What the service says of a component that works.
GOOD = "good"
#: Numbers of the load, in our words and in those of the service.
LOAD = {
    "cpu_usage": "cpu_usage",
    "memory_usage": "memory_usage",
    "disk_usage": "disk_usage",
    "total_memory": "total_memory",
    "available_memory": "available_memory",
    "total_disk": "total_hard_disk_space",
    "available_disk": "available_hard_disk_space",
    "network_read": "network_read",
    "network_write": "network_write",
}


class Component(t.NamedTuple):
    """A role of a component on a node, such as the NameNode of HDFS."""

    id: str | None
    name: str | None
    role: str | None
    service: str | None
    state: str | None
    ha_state: str | None
    config_state: str | None

    @property
    def is_good(self) -> bool:
        return (self.state or "").lower() == GOOD

    @property
    def description(self) -> str:
        return f"{self.role or self.name or 'a component'} is {self.state or 'without a state'}"

    @classmethod
    def of(cls, raw: Raw) -> Component:
        return cls(
            id=raw.text("id"),
            name=raw.text("name"),
            role=raw.text("role_name"),
            service=raw.text("service_name"),
            state=raw.text("running_status"),
            ha_state=raw.text("ha_status"),
            config_state=raw.text("config_status"),
        )


class Node(t.NamedTuple):
    """A node; memory in MB, disks in GB, network in bytes a second, usage in percent."""

    id: str
    name: str
    node_group: str
    state: str | None
    ip: str | None
    server_id: str | None
    components: tuple[Component, ...]
    load: dict[str, t.Any] | None

    @property
    def sick(self) -> list[Component]:
        """The components that are not good."""
        return [each for each in self.components if not each.is_good]

    @property
    def is_healthy(self) -> bool:
        """Components are listed, and all are healthy."""
        return bool(self.components) and not self.sick

    def result(self) -> dict[str, t.Any]:
        """The documented form."""
        return {
            **self._asdict(),
            "healthy": self.is_healthy,
            "components": [each._asdict() for each in self.components],
        }

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any], kind: str | None = None) -> Node:
        """From an item of the list of nodes of a cluster of this type."""
        raw = Raw(answer)
        server = Raw(raw.certain_object("server_info") or {})
        return cls(
            id=raw.text_or_empty("resource_id"),
            name=raw.identity("node_name"),
            node_group=group_name(
                raw.text("node_group_name") or raw.text_or_empty("node_type"), kind
            ),
            state=raw.text("node_status"),
            ip=server.text("internal_ip"),
            server_id=server.text("server_id"),
            components=tuple(map(Component.of, raw.items("component_infos"))),
            load=_load(raw.certain_object("node_detail")),
        )


def _load(detail: t.Mapping[str, t.Any] | None) -> dict[str, t.Any] | None:
    if not detail:
        return None
    raw = Raw(detail)
    numbers = {ours: raw.number(theirs) for ours, theirs in LOAD.items()}
    return {"state": raw.text("running_status"), **numbers}
