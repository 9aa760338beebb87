# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of a cluster that is there differs in a way that cannot be changed in place. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    DesiredGroup,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    OWN_NAMES,
    Cluster,
    NodeGroup,
    group_name,
)

#: Field, wanted, found.
Differences = list[tuple[str, t.Any, t.Any]]

#: Options of a cluster that are compared as they are.
COMPARED = (
    *("version", "type", "safe_mode", "vpc_id", "vpc_name", "subnet_id", "subnet_name"),
    *("enterprise_project_id", "key_pair", "log_collection", "region", "eip_id", "eip_address"),
)
#: Fields of a bootstrap script that are compared.
COMPARED_OF_SCRIPTS = (
    *("uri", "nodes", "parameters", "active_master", "before_component_start", "fail_action"),
)


def differences(desired: DesiredCluster, cluster: Cluster) -> Differences:
    """Field, wanted, found of all that cannot be changed in place.

    What the service does not show is no difference.
    """
    found: Differences = []
    for option in COMPARED:
        wanted, there = getattr(desired, option), getattr(cluster, option)
        if None not in (wanted, there) and wanted != there:
            found.append((option, wanted, there))
    found += _zone_differences(desired, cluster)
    found += _security_group_differences(desired, cluster)
    found += _component_differences(desired, cluster)
    found += _missing_groups(desired, cluster)
    for group in desired.groups:
        found += _group_differences(group, cluster.group(group.name))
    return found + _script_differences(desired, cluster)


def _zone_differences(desired: DesiredCluster, cluster: Cluster) -> Differences:
    zone = desired.availability_zone
    if not zone or not cluster.zones or zone in cluster.zones:
        return []
    return [("availability_zone", zone, cluster.availability_zone)]


def _security_group_differences(desired: DesiredCluster, cluster: Cluster) -> Differences:
    wanted, there = desired.security_group_id, cluster.security_group_id
    if not wanted or not there or set(wanted.split(",")) == set(there.split(",")):
        return []
    return [("security_group_id", wanted, there)]


def _component_differences(desired: DesiredCluster, cluster: Cluster) -> Differences:
    """The missing components that the service cannot add.

    Others make no difference, since the service adds components by itself.
    """
    if not lacking(desired, cluster):
        return []
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
        takes_components,
    )

    if takes_components(cluster):
        return []
    return [("components", sorted(desired.wanted_components), cluster.component_names)]


def _missing_groups(desired: DesiredCluster, cluster: Cluster) -> Differences:
    """The service adds no groups to a cluster, but that of the task nodes."""
    if cluster.type not in OWN_NAMES or not cluster.node_groups:
        return []
    wanted, there = (
        {group.name for group in each} for each in (desired.groups, cluster.node_groups)
    )
    return [("node_groups", sorted(wanted), sorted(there))] if wanted - there else []


def _group_differences(wanted: DesiredGroup, there: NodeGroup | None) -> Differences:
    """Size and volumes of the nodes that are there, and the number of masters."""
    if there is None or not there.count:
        return []
    found = []
    for field, value in wanted.fields.items():
        is_there = getattr(there, field)
        if is_there is not None and str(value).lower() != str(is_there).lower():
            found.append((f"node_groups[{wanted.name}].{field}", value, is_there))
    if wanted.name == "master" and wanted.count not in (None, there.count):
        found.append(("node_groups[master].count", wanted.count, there.count))
    return found


def _script_differences(desired: DesiredCluster, cluster: Cluster) -> Differences:
    if desired.bootstrap_scripts is None or not cluster.complete:
        return []
    there = {each["name"]: _with_kinds(each, cluster) for each in cluster.bootstrap_scripts}
    wanted = {each["name"]: _with_kinds(each, cluster) for each in desired.bootstrap_scripts}
    if set(there) != set(wanted):
        return [("bootstrap_scripts", sorted(wanted), sorted(there))]
    return [
        each
        for name, script in wanted.items()
        for each in _differences_of_script(name, script, there[name])
    ]


def _differences_of_script(
    name: str, wanted: t.Mapping[str, t.Any], there: t.Mapping[str, t.Any]
) -> Differences:
    """A result, whose parameters show no secrets, may be given as options, too."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import mask_parameters

    shown, shown_there = mask_parameters(dict(wanted)), mask_parameters(dict(there))
    return [
        (f"bootstrap_scripts[{name}].{field}", shown[field], shown_there[field])
        for field in COMPARED_OF_SCRIPTS
        if there[field] not in (None, [], wanted.get(field, there[field]))
        and wanted[field] != shown_there[field]
    ]


def _with_kinds(script: t.Mapping[str, t.Any], cluster: Cluster) -> dict[str, t.Any]:
    """A script as it is compared: with masked parameters.

    Its nodes are groups as API v1.1 and API v2 call them (service_v1 3.8, service_v2 3.5).
    """
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import mask_marked

    return {
        **script,
        "nodes": sorted({group_name(node, cluster.type).lower() for node in script["nodes"]}),
        "parameters": mask_marked(script.get("parameters") or ""),
    }


def lacking(desired: DesiredCluster, cluster: Cluster) -> list[str]:
    """The wanted components that are not there; none where the service tells none."""
    there = {name.lower() for name in cluster.component_names}
    return [name for name in desired.wanted_components if there and name.lower() not in there]
