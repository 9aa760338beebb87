# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a cluster that is wanted, by what the service offers. Pure.

Whatever the service does not tell is not checked.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.catalogue import (
    is_version,
    listed,
    meant,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import (
    Component as Addition,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import (
    Component,
    Flavors,
    Offer,
    Version,
    fits,
)

#: The service adds these by itself where it places the roles itself (service_v1 3.5).
COME_BY_THEMSELVES = frozenset({"DBService", "ZooKeeper"})
#: What the error ends with.
LEFT_OUT = (
    "The service offers nothing else. With validate: false, options are sent without this check."
)

_ROLE = re.compile(r"\w+")


def of_version(given: str, versions: t.Sequence[str]) -> list[OptionError]:
    """The version is none that can be created."""
    if not versions or given in versions:
        return []
    same = [name for name in versions if is_version(given, name)]
    hint = f"; did you mean {same[0]}?" if same else meant(given, versions)
    return [OptionError("version", f"{given} cannot be created here{hint}")]


def of_creation(desired: DesiredCluster, offer: Offer) -> list[OptionError]:
    """What the service would refuse of a new cluster, or what would let it fail later."""
    desired = desired.of_kind(None)
    kind = desired.kind
    names = desired.wanted_components
    found: list[OptionError] = []
    if offer.version:
        found += _of_type(kind, offer.version)
        found += of_components(names, offer.version, kind)
        if desired.safe_mode:
            found += _of_kerberos(names, offer.version)
    for group in desired.groups:
        kinds = kinds_of(group.name)
        option = f"node_groups[{group.name}]"
        found += of_flavor(f"{option}.size", group.fields.get("size"), kinds, offer.flavors)
        if offer.version:
            found += of_disks(option, group.fields, kinds[0], offer.version)
            found += of_count(f"{option}.count", group.count, kinds, offer.version)
            place = f"{option}.assigned_roles"
            found += of_roles(place, group.assigned_roles, names, offer.version)
    return found


def _of_type(kind: str, version: Version) -> list[OptionError]:
    if fits(kind, version.cluster_types):
        return []
    types = ", ".join(version.cluster_types)
    return [OptionError("type", f"{version.name} has no {kind} clusters; there are: {types}")]


def of_addition(
    wanted: t.Sequence[Addition], cluster: Cluster, version: Version, option: str
) -> list[OptionError]:
    """Components that cannot be added to a cluster that is there, or not with these roles."""
    names = [each.name for each in wanted]
    there = cluster.component_names
    found = of_components(names, version, cluster.type or "custom", there, option)
    found += _of_kerberos(names, version, option) if cluster.safe_mode else []
    for each in wanted:
        for group in each.node_groups:
            place = f"node_groups[{group.group}].assigned_roles"
            found += of_roles(place, group.roles, (*names, *there), version)
    return found


def of_components(
    names: t.Sequence[str],
    version: Version,
    kind: str,
    there: t.Sequence[str] = (),
    option: str = "components",
) -> list[OptionError]:
    """Components that a version does not have for this type, or that lack others which they need.

    C(there): those that are installed.
    """
    if not version.components:
        return []
    problems = [_problem(name, (*names, *there), version, kind) for name in names]
    return [OptionError(option, problem) for problem in problems if problem]


def _problem(name: str, names: t.Sequence[str], version: Version, kind: str) -> str | None:
    """Why a component cannot be in the cluster. C(names): all that are to be in it."""
    component = version.component(name)
    if component is None or component.name != name:
        choice = [each.name for each in version.components if each.can_be_in(kind)]
        return f"{name} is not a component of {version.name}{meant(name, choice)}"
    if component.visible and not component.can_be_in(kind):
        types = ", ".join(component.cluster_types)
        return f"{name} is not for {kind} clusters of {version.name}, but for: {types}"
    missing = _missing(component, names, version, kind)
    if not missing:
        return None
    among = "which is not among them" if len(missing) == 1 else "which are not among them"
    return f"{component.name} of {version.name} needs {listed(missing)}, {among}"


def _missing(
    component: Component, names: t.Sequence[str], version: Version, kind: str
) -> list[str]:
    """The components that it needs and that can be chosen, but that nobody adds.

    In a custom cluster the user places all of them.
    """
    added = COME_BY_THEMSELVES if kind != "custom" else frozenset()
    missing = []
    for need in component.depends_on:
        there = version.component(need)
        if need not in (*names, *added) and there is not None and there.visible:
            missing.append(need)
    return missing


def _of_kerberos(
    names: t.Sequence[str], version: Version, option: str = "components"
) -> list[OptionError]:
    """Components that do not run where Kerberos authentication is on."""
    refused = [name for name in names if name in version.not_with_kerberos]
    problem = f"{listed(refused)} of {version.name} cannot be on a cluster with safe_mode: true"
    return [OptionError(option, problem)] if refused else []


def kinds_of(name: str) -> tuple[str, ...]:
    """As which nodes the flavors of a group are listed; those of a custom cluster may be either."""
    for kind in ("master", "core", "task"):
        if name == kind or name.startswith(f"{kind}_node_"):
            return (kind,)
    return ("core", "task")


def of_flavor(
    option: str, given: str | None, kinds: t.Sequence[str], flavors: Flavors | None
) -> list[OptionError]:
    """The flavor is not sold for such nodes in the zones that were asked for."""
    sold = {
        flavor for groups in (flavors or {}).values() for kind in kinds for flavor in groups[kind]
    }
    if given is None or not sold or given in sold:
        return []
    where = ", ".join(flavors or {})
    problem = f"{given} is not a flavor of {kinds[0]} nodes in {where}{meant(given, sorted(sold))}"
    return [OptionError(option, problem)]


def of_disks(
    option: str, fields: t.Mapping[str, t.Any], kind: str, version: Version
) -> list[OptionError]:
    """Disks that are smaller than the version takes."""
    found = []
    for field, least in version.disks.get(kind, {}).items():
        given = fields.get(field)
        if given is not None and given < least:
            problem = f"{given} GB is less than the {least} GB that {version.name} needs"
            found.append(OptionError(f"{option}.{field}", problem))
    return found


def of_count(
    option: str, given: int | None, kinds: t.Sequence[str], version: Version
) -> list[OptionError]:
    """Fewer or more nodes than the version takes in a group. No nodes are no error."""
    limits = [version.node_counts.get(kind, {}) for kind in kinds]
    if not given or not all(limits):
        return []
    least = min(limit.get("least", given) for limit in limits)
    most = max(limit.get("most", given) for limit in limits)
    if least <= given <= most:
        return []
    bound = f"fewer than the {least}" if given < least else f"more than the {most}"
    problem = f"{given} {kinds[0]} nodes are {bound} that {version.name} takes"
    return [OptionError(option, problem)]


def of_scale_in(
    option: str, given: int, roles: t.Iterable[t.Collection[str]], version: Version
) -> list[OptionError]:
    """Fewer nodes than those that cannot go.

    C(roles): those of each node of the group.
    """
    staying = frozenset(version.staying)
    bound = [staying & {*each} for each in roles if staying & {*each}]
    if given >= len(bound):
        return []
    told = ", ".join(sorted(frozenset().union(*bound)))
    problem = (
        f"{given} is too few: {len(bound)} nodes of the group must stay, because {version.name} "
        f"does not remove nodes with the roles {told}"
    )
    return [OptionError(option, problem)]


def of_roles(
    option: str, given: t.Iterable[str], names: t.Collection[str], version: Version
) -> list[OptionError]:
    """Roles that no component has, or none that is wanted.

    A role may say on which nodes it is, and how often (service_v2 3.2).
    """
    owners = {role: each for each in version.components for role in each.roles}
    if not owners:
        return []
    found = []
    for text in given:
        role = match[0] if (match := _ROLE.match(text)) else text
        owner = owners.get(role)
        if owner is None:
            problem = f"{role} is not a role of {version.name}{meant(role, sorted(owners))}"
            found.append(OptionError(option, problem))
        elif owner.visible and owner.name not in names:
            problem = f"{role} is a role of {owner.name}, which is not among the components"
            found.append(OptionError(option, problem))
    return found


def of_tags(more: t.Collection[str], left: int | None) -> list[OptionError]:
    """More tags than the cluster may get."""
    if left is None or len(more) <= left:
        return []
    problem = (
        f"{', '.join(sorted(more))} are {len(more)} more, but the cluster can get only {left} more"
    )
    return [OptionError("tags", problem)]


def check(problems: t.Sequence[OptionError]) -> None:
    """:raises OptionError: there are problems; it tells all of them."""
    if not problems:
        return
    first = problems[0]
    told = [each.message for each in problems]
    ended = [text if text.endswith("?") else f"{text}." for text in told]
    first.message = " ".join(dict.fromkeys(ended))
    first.hint = LEFT_OUT
    raise first
