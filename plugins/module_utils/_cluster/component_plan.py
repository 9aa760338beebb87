# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Components that a custom cluster lacks: what is added, and on which nodes its roles run. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Action, View
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import (
    Component,
    Roles,
    check_takes_components,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    DesiredGroup,
    api_name,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

#: The roles of each component, in small letters, as the version of the cluster has them.
RolesOf = t.Mapping[str, t.Collection[str]]
_BARE = re.compile(r"[^:\[]+")


class AddComponents(t.NamedTuple):
    """Install components; the passwords among them are in no action and no diff."""

    components: tuple[Component, ...]

    @property
    def names(self) -> list[str]:
        return [component.name for component in self.components]

    @property
    def action(self) -> Action:
        return {"action": "add_components", "components": self.names}

    def effect(self, view: View) -> View:
        return {**view, "components": sorted({*view["components"], *self.names})}

    @property
    def api(self) -> str:
        return V2


def is_there(cluster: Cluster, name: str) -> bool:
    """The component is installed; the service does not tell two of them apart by letter case."""
    return name.casefold() in map(str.casefold, cluster.component_names)


def takes_components(cluster: Cluster) -> bool:
    """The service can add components to the cluster."""
    try:
        check_takes_components(cluster)
    except OptionError:
        return False
    return True


def addition(
    names: t.Sequence[str], groups: t.Sequence[DesiredGroup], roles_of: RolesOf | None
) -> AddComponents:
    """What adds these components.

    C(roles_of): None where the cloud does not tell it.

    :raises OptionError: nobody can tell where the roles of one shall run.
    """
    return AddComponents(tuple(_component(name, groups, roles_of) for name in names))


def _component(name: str, groups: t.Sequence[DesiredGroup], roles_of: RolesOf | None) -> Component:
    if roles_of is None:
        raise OptionError(
            "components",
            f"{name} is not in the cluster. Add it with mrs_component, and give its roles there: "
            "this cloud does not list the roles of a component",
        )
    known = roles_of.get(name.lower())
    if known is None:
        raise OptionError(
            "components",
            f"{name} is not in the cluster, and the version of the cluster does not have it",
        )
    placed = [
        Roles(api_name(group.name, "custom"), roles)
        for group in groups
        if (roles := tuple(each for each in group.assigned_roles if _bare(each) in known))
    ]
    if not placed:
        told = ", ".join(sorted(known)) or "it has none"
        raise OptionError(
            "components",
            f"{name} is not in the cluster. To add it, give its roles to node groups, in "
            f"node_groups[].assigned_roles ({told})",
        )
    return Component(name, tuple(placed))


def _bare(role: str) -> str:
    """C(NameNode:2,3) and C(EsNode[9]) are roles on certain nodes, and so many of them."""
    found = _BARE.match(role)
    return found[0] if found else role
