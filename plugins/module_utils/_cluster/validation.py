# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Asks the service what it offers, and compares that with what is about to be created or changed.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import metadata
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.failures import is_unserved
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import list_nodes
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    NonsenseError,
    OptionError,
    ServiceError,
    UnansweredError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Change, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import preflight
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
    ChangeTags,
    Create,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
    AddComponents,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import Resize
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.catalogue import (
    zone_called,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import (
    Flavors,
    Offer,
    Version,
    Zone,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.node import Node

T = t.TypeVar("T")


class Options(t.NamedTuple):
    """What the options of a module are called in errors.

    C(first) is an option of one of the first nodes of a group.
    """

    components: str = "components"
    number: str = "node_groups[{group}].count"
    first: str = "node_groups[{group}].{field}"


class Validation:
    """One task's questions, each asked once. What the cloud does not tell is left out."""

    def __init__(self, context: Context, options: Options | None = None) -> None:
        self._context, self._options = context, options or Options()
        self._answered = True
        self._describe: dict[str, t.Any] = {}

    @property
    def result(self) -> dict[str, bool]:
        """C(validated): all that was asked was told. Nothing where nothing was asked."""
        return {"validated": self._answered} if self._describe else {}

    def in_zone(self, desired: DesiredCluster) -> DesiredCluster:
        """The cluster with the name and the id of its zone.

        :raises OptionError: the region has no such zone.
        """
        region = desired.region or self._context.region
        if not (region and desired.availability_zone):
            return desired
        zones = self._tell("zones", lambda: metadata.zones(self._context.client, region))
        if not zones:
            return desired
        try:
            zone = zone_called(desired.availability_zone, zones)
        except OptionError as error:
            preflight.check([error])
            raise
        return desired._replace(zone=zone)

    def check(
        self, plan: Plan, cluster: Cluster | None, desired: DesiredCluster | None = None
    ) -> None:
        """C(desired): what a cluster is created from.

        :raises OptionError: the service would refuse what is planned.
        """
        problems: list[OptionError] = []
        for change in plan.changes:
            if isinstance(change, Create) and desired:
                problems += self._of_creation(desired)
            elif cluster:
                problems += self._of_change(cluster, change)
        preflight.check(problems)

    def _of_change(self, cluster: Cluster, change: Change) -> list[OptionError]:
        if isinstance(change, Resize):
            return self._of_resize(cluster, change)
        if isinstance(change, ChangeTags):
            return self._of_tags(cluster, change)
        if isinstance(change, AddComponents):
            return self._of_addition(cluster, change)
        return []

    def _of_creation(self, desired: DesiredCluster) -> list[OptionError]:
        client, name = self._context.client, desired.version or ""
        versions = self._tell("versions", lambda: metadata.versions(client))
        problems = preflight.of_version(name, versions or ())
        if problems:
            return problems
        offer = Offer(self._version(name), self._flavors(name, desired.zone))
        return preflight.of_creation(desired, offer)

    def _version(self, name: str | None) -> Version | None:
        if not name:
            return None
        return self._tell(f"version {name}", lambda: metadata.version(self._context.client, name))

    def _flavors(self, name: str, zone: Zone | None) -> Flavors | None:
        return self._tell(
            f"flavors of {name}", lambda: metadata.flavors(self._context.client, name, zone)
        )

    def _of_resize(self, cluster: Cluster, resize: Resize) -> list[OptionError]:
        """The number of nodes, and what the first nodes of a group are."""
        version = self._version(cluster.version)
        kinds = preflight.kinds_of(resize.group)
        option = self._options.number.format(group=resize.group)
        problems = self._of_first_nodes(cluster, resize, kinds)
        if version is None:
            return problems
        problems += preflight.of_count(option, resize.after, kinds, version)
        if resize.outwards or resize.resource_ids or resize.api != V2 or not version.staying:
            return problems
        nodes = self._tell("nodes", lambda: list_nodes(self._context.client, cluster)) or ()
        roles = [_roles_on(node) for node in nodes if node.node_group == resize.group]
        return problems + preflight.of_scale_in(option, resize.after, roles, version)

    def _of_first_nodes(
        self, cluster: Cluster, resize: Resize, kinds: t.Sequence[str]
    ) -> list[OptionError]:
        """The flavor and the disks of a group that has no nodes yet."""
        first = resize.task_node or {}
        size = first.get("node_size")
        if resize.before or size is None or cluster.version is None:
            return []
        name = cluster.availability_zone
        zone = Zone(name, name, None) if name else None
        option = self._options.first.format(group=resize.group, field="size")
        problems = preflight.of_flavor(option, size, kinds, self._flavors(cluster.version, zone))
        version = self._version(cluster.version)
        if version is None:
            return problems
        place = self._options.first.format(group=resize.group, field="").rstrip(".")
        return problems + preflight.of_disks(place, first, kinds[0], version)

    def _of_addition(self, cluster: Cluster, change: AddComponents) -> list[OptionError]:
        version = self._version(cluster.version)
        if version is None:
            return []
        option = self._options.components
        return preflight.of_addition(change.components, cluster, version, option)

    def _of_tags(self, cluster: Cluster, change: ChangeTags) -> list[OptionError]:
        more = change.set.keys() - cluster.tags.keys()
        if len(more) <= len(change.remove):
            return []
        left = self._tell(
            "quota of tags", lambda: metadata.tags_left(self._context.client, cluster)
        )
        return preflight.of_tags(more, None if left is None else left + len(change.remove))

    def _tell(self, what: str, ask: t.Callable[[], T]) -> T | None:
        """What the service tells, asked for once.

        None where it does not; that is a warning, unless the cloud does not serve the call at all.
        """
        if what not in self._describe:
            self._describe[what] = self._ask(ask)
        return t.cast("T | None", self._describe[what])

    def _ask(self, ask: t.Callable[[], T]) -> T | None:
        try:
            return ask()
        except (ServiceError, UnansweredError, NonsenseError) as error:
            self._answered = False
            if not is_unserved(error.status, error.code):
                self._context.warn(
                    f"Not all options were compared with what the service offers. {error.message}"
                )
        return None


def _roles_on(node: Node) -> list[str]:
    return [component.role or "" for component in node.components]
