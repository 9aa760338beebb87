# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service says of a version of MRS, of its flavors, and of zones (service_v2 2).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import types
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, keys_of

#: The groups of nodes for which there are flavors.
GROUPS = ("master", "core", "task")
#: The types of clusters whose words are documented (service_v2 3.1).
KINDS = frozenset({"analysis", "streaming", "mixed", "custom"})
#: Flavors of each group, by the name of the zone.
#: Limits of the nodes of a group, in our words and in those of the service.
_DISKS = {"root_volume_size": "min_root_disk_size", "data_volume_size": "min_disk_size"}
_COUNTS = {"least": "min_node_num", "most": "max_node_num"}
#: The word with which the service marks a role whose nodes stay.
_STAYS = "no_scale_in"
Flavors = dict[str, dict[str, list[str]]]


def fits(kind: str, types: t.Collection[str]) -> bool:
    """The type is among those that are told. Where no word of those is known, nothing is told."""
    return kind in types or not KINDS & set(types)


class Component(t.NamedTuple):
    """A component of a version. One that is not C(visible) comes by itself."""

    name: str
    version: str | None
    depends_on: tuple[str, ...]
    cluster_types: tuple[str, ...]
    roles: tuple[str, ...]
    visible: bool

    @classmethod
    def of(cls, raw: Raw) -> Component:
        return cls(
            name=raw.identity("name"),
            version=raw.text("version"),
            depends_on=_texts(raw, "depend_on"),
            cluster_types=_types(raw, "available_cluster_types"),
            roles=_texts(raw, "valid_roles"),
            visible=raw.flag("visible") is not False,
        )

    def can_be_in(self, kind: str) -> bool:
        """A cluster of this type can have it."""
        return self.visible and fits(kind, self.cluster_types)

    def result(self) -> dict[str, t.Any]:
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in self._asdict().items()
        }


class Version(t.NamedTuple):
    """A version: what a cluster of it can be, and what it must have.

    C(disks): the smallest root and data volume in GB of each group that has one. C(node_counts):
    the smallest and the largest number of its nodes. C(staying): roles whose nodes stay where a
    group is scaled in.
    """

    name: str
    cluster_types: tuple[str, ...]
    components: tuple[Component, ...]
    not_with_kerberos: tuple[str, ...]
    disks: dict[str, dict[str, int]]
    node_counts: t.Mapping[str, t.Mapping[str, int]] = types.MappingProxyType({})
    staying: tuple[str, ...] = ()

    def component(self, name: str) -> Component | None:
        return next((each for each in self.components if each.name.lower() == name.lower()), None)

    def result(self) -> dict[str, t.Any]:
        """The documented form."""
        return {
            "name": self.name,
            "cluster_types": list(self.cluster_types),
            "components": [each.result() for each in self.components],
            "not_with_kerberos": list(self.not_with_kerberos),
            "smallest_disks": self.disks,
            "node_counts": dict(self.node_counts),
            "staying_roles": list(self.staying),
        }

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any]) -> Version:
        """From the description of a version."""
        raw = Raw(answer)
        if not (raw.has("name") or raw.has("components")):
            raise NonsenseError(f"a version was expected, but the answer is {keys_of(answer)}")
        constraints = Raw(raw.certain_object("constraints") or {})
        components = sorted(map(Component.of, raw.items("components")))
        return cls(
            name=raw.identity("name"),
            cluster_types=_types(raw, "cluster_types"),
            components=tuple(each for each in components if each.name),
            not_with_kerberos=_texts(constraints, "safe_mode_kerberos_exclude_components"),
            disks=_of_groups(constraints, _DISKS),
            node_counts=_of_groups(constraints, _COUNTS),
            staying=tuple(sorted(_staying(raw.items("role_deploy_meta")))),
        )


class Zone(t.NamedTuple):
    """An availability zone. C(name) is what API v2 wants, C(id) what v1.1 wants."""

    name: str
    id: str
    title: str | None

    @property
    def spellings(self) -> set[str]:
        return {text.lower() for text in self if text}

    @classmethod
    def of(cls, raw: Raw) -> Zone:
        name = raw.identity("az_code") or raw.identity("id")
        return cls(name, raw.identity("az_id") or name, raw.text("az_name"))


class Offer(t.NamedTuple):
    """What is offered for a version; None where the service does not tell it."""

    version: Version | None = None
    flavors: Flavors | None = None


def zones_in(answer: t.Mapping[str, t.Any]) -> list[Zone]:
    """From the list of zones, sorted by name."""
    return sorted(zone for zone in map(Zone.of, _listed(answer, "available_zones")) if zone.name)


def versions_in(answer: t.Mapping[str, t.Any]) -> list[str]:
    """From the list of versions, the newest one first."""
    raw = Raw(answer)
    if not isinstance(raw.get("cluster_versions"), list):
        raise NonsenseError(
            f"a list cluster_versions was expected, but the answer is {keys_of(answer)}"
        )
    return sorted(_texts(raw, "cluster_versions"), key=_order, reverse=True)


def flavors_in(answer: t.Mapping[str, t.Any]) -> Flavors:
    """From the list of flavors of a version."""
    return {
        raw.identity("az_code") or raw.identity("az_name"): {
            group: sorted(filter(None, (item.identity("flavor_name") for item in raw.items(group))))
            for group in GROUPS
        }
        for raw in _listed(answer, "available_flavors")
    }


def _listed(answer: t.Mapping[str, t.Any], key: str) -> list[Raw]:
    """The items of a list that is the whole answer. It may be empty, and has to be there."""
    return [Raw(item) for item in Raw(answer).objects(key)]


def _order(version: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", version)], version


def _texts(raw: Raw, key: str) -> tuple[str, ...]:
    return tuple(each for each in raw.listed(key) if isinstance(each, str) and each)


def _types(raw: Raw, key: str) -> tuple[str, ...]:
    """In the words of the option C(type)."""
    words = [word.lower() for word in _texts(raw, key)]
    return tuple("mixed" if word == "hybrid" else word for word in words)


def _of_groups(constraints: Raw, limits: t.Mapping[str, str]) -> dict[str, dict[str, int]]:
    """These limits, by group; without those that are not told."""
    of_nodes, found = Raw(constraints.get("node_constraint")), {}
    for group in GROUPS:
        raw = Raw(of_nodes.get(group))
        told = {ours: raw.integer(theirs) for ours, theirs in limits.items()}
        found[group] = {ours: number for ours, number in told.items() if number}
    return {group: numbers for group, numbers in found.items() if numbers}


def _staying(roles: t.Iterable[Raw]) -> t.Iterator[str]:
    return (raw.identity("name") for raw in roles if _STAYS in _texts(raw, "constraints"))
