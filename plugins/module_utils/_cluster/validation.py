# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Asks the service what it offers, and compares that with what is about to be created or changed.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import metadata
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import is_unserved
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
    ServiceError,
    UnansweredError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import preflight
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
    AddComponents,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    ChangeTags,
    Create,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import Resize
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.catalogue import (
    zone_called,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import Offer, Zone

T = t.TypeVar("T")


class Validation:
    """One task's questions. What the cloud does not tell is left out."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._asked = False
        self._answered = True
        self._zones: list[Zone] | None = None

    @property
    def result(self) -> dict[str, bool]:
        """C(validated): all that was asked was told. Nothing where nothing was asked."""
        return {"validated": self._answered} if self._asked else {}

    def in_zone(self, desired: DesiredCluster) -> DesiredCluster:
        """The cluster with the name and the id of its zone.

        :raises OptionError: the region has no such zone.
        """
        region = desired.region or self._context.region
        if not (region and desired.availability_zone):
            return desired
        if self._zones is None:
            self._zones = self._told(lambda: metadata.zones(self._context.client, region)) or []
        if not self._zones:
            return desired
        try:
            zone = zone_called(desired.availability_zone, self._zones)
        except OptionError as error:
            preflight.check([error])
            raise
        return dataclasses.replace(desired, zone=zone)

    def check(self, desired: DesiredCluster, cluster: Cluster | None, plan: Plan) -> None:
        """:raises OptionError: the service would refuse what is planned."""
        problems: list[OptionError] = []
        for change in plan.changes:
            if isinstance(change, Create):
                problems += self._of_creation(desired)
            elif cluster and isinstance(change, Resize):
                problems += self._of_first_nodes(cluster, change)
            elif cluster and isinstance(change, ChangeTags):
                problems += self._of_tags(cluster, change)
            elif cluster and isinstance(change, AddComponents):
                problems += self._of_addition(cluster, change)
        preflight.check(problems)

    def _of_creation(self, desired: DesiredCluster) -> list[OptionError]:
        client, version = self._context.client, desired.version or ""
        versions = self._told(lambda: metadata.versions(client))
        problems = preflight.of_version(version, versions or ())
        if problems:
            return problems
        return preflight.of_creation(desired, self._offer(version, desired.zone))

    def _offer(self, version: str, zone: Zone | None) -> Offer:
        client = self._context.client
        return Offer(
            self._told(lambda: metadata.version(client, version)),
            self._told(lambda: metadata.flavors(client, version, zone)),
        )

    def _of_first_nodes(self, cluster: Cluster, resize: Resize) -> list[OptionError]:
        """The flavor of a group that has no nodes yet."""
        size = (resize.task_node or {}).get("node_size")
        if resize.before or size is None or cluster.version is None:
            return []
        name = cluster.availability_zone
        zone = Zone(name, name, None) if name else None
        client, version = self._context.client, cluster.version
        sold = self._told(lambda: metadata.flavors(client, version, zone))
        option = f"node_groups[{resize.group}].size"
        return preflight.of_flavor(option, size, preflight.kinds_of(resize.group), sold)

    def _of_addition(self, cluster: Cluster, change: AddComponents) -> list[OptionError]:
        name = cluster.version or ""
        version = self._told(lambda: metadata.version(self._context.client, name))
        return preflight.of_addition(change.names, cluster, version)

    def _of_tags(self, cluster: Cluster, change: ChangeTags) -> list[OptionError]:
        more = change.set.keys() - cluster.tags.keys()
        if len(more) <= len(change.remove):
            return []
        left = self._told(lambda: metadata.tags_left(self._context.client, cluster))
        return preflight.of_tags(more, None if left is None else left + len(change.remove))

    def _told(self, ask: t.Callable[[], T]) -> T | None:
        """What the service tells.

        None where it does not; that is a warning, unless the cloud does not serve the call at all.
        """
        self._asked = True
        try:
            return ask()
        except (ServiceError, UnansweredError) as error:
            self._answered = False
            if not is_unserved(error.status, error.code):
                self._context.warn(
                    f"Not all options were compared with what the service offers. {error.message}"
                )
        return None
