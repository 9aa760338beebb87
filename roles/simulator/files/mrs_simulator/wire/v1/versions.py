# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service says of a version, and of the zones of the region (service_v2 2).

Both calls are in the vendor's SDK alone. What is not in its models is left out.
"""

from __future__ import annotations

from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud import catalog, versions
from mrs_simulator.cloud.call import Call, query_of
from mrs_simulator.cloud.zones import zones


def show_version(call: Call) -> Reply:
    """GET metadata/versions/{version_name}.

    A cluster may ask for its own version; it has no patches here.
    """
    query = query_of(call, "cluster_id")
    version = known_version(call, call.params["version_name"])
    if query.get("cluster_id"):
        cluster = call.world.cluster(call.project_id, query["cluster_id"])
        if cluster.version != version:
            raise Refusal("12000093", f"The cluster has version {cluster.version}.")
    is_new = catalog.is_version_3(version)
    sold = list(versions.flavors(is_last=False))
    components = _components(version)
    return answer(
        200,
        {
            "name": version,
            "status": "available",
            "version_type": "LTS" if "LTS" in version else "normal",
            "features": [],
            "cluster_types": list(versions.types_of(version)),
            "components": components,
            "flavors": {"master": sold, "core": sold, "task": sold},
            "constraints": {
                "node_constraint": _limits(call.settings.min_root_volume if is_new else 40),
                "safe_mode_kerberos_exclude_components": list(versions.NOT_WITH_KERBEROS),
            },
            "role_deploy_meta": [
                _role(role, component["name"])
                for component in components
                for role in component["valid_roles"]
            ],
        },
    )


def known_version(call: Call, version: str) -> str:
    """:raises Refusal: the service does not know the version."""
    if version not in (*catalog.VERSIONS, *call.settings.extra_versions):
        raise Refusal("12000093", f"Version: {version}.")
    return version


def _components(version: str) -> list[JsonObject]:
    by_type = versions.components_by_type(version)
    names = list(dict.fromkeys(name for some in by_type.values() for name in some))
    is_new = catalog.is_version_3(version)
    if is_new:
        names += [name for name in catalog.ADDED if name not in names]
    shown = [_component(version, name, by_type, names) for name in names]
    return shown + [_hidden(name, list(by_type)) for name in versions.HIDDEN if is_new]


def _component(
    version: str, name: str, by_type: dict[str, tuple[str, ...]], names: list[str]
) -> JsonObject:
    """The parts that the service adds by itself can be named where it takes them by name only."""
    types = [kind for kind, sold in by_type.items() if name in sold]
    return {
        "name": name,
        "version": catalog.part_version(name),
        "depend_on": versions.needs(name, names),
        "description": f"{name} of {version}",
        "available_cluster_types": types or list(by_type),
        "external_datasources": [],
        "valid_roles": list(versions.ROLES.get(name, ())),
        "visible": bool(types),
    }


def _hidden(name: str, types: list[str]) -> JsonObject:
    return {
        "name": name,
        "version": catalog.part_version(name),
        "depend_on": [],
        "available_cluster_types": types,
        "valid_roles": list(versions.HIDDEN[name]),
        "visible": False,
    }


def _limits(root: int) -> JsonObject:
    of_group = {"min_root_disk_size": root, "min_disk_size": 100, "max_node_num": 500}
    return {group: dict(of_group) for group in ("master", "core", "task", "node_group_task")}


def _role(name: str, component: str) -> JsonObject:
    constraints = ["no_scale_in"] if name in versions.NO_SCALE_IN else []
    return {"name": name, "component": component, "constraints": constraints}


def list_zones(call: Call) -> Reply:
    """GET available-zones of a region.

    What C(scope) may be is not documented, so it changes nothing.
    """
    query_of(call, "scope")
    settings = call.settings
    region = call.params["region_id"]
    if region != settings.region:
        raise Refusal("120000213", f"Region: {region}; this one is {settings.region}.")
    known = zones(settings.flavor, region)
    listed = [
        {
            "id": zone.name,
            "az_code": zone.name,
            "az_name": f"AZ{number}",
            "az_id": zone.id,
            "status": "Running",
            "region_id": region,
            "az_type": "Core",
            "az_category": 0,
            "charge_policy": "charge",
        }
        for number, zone in enumerate(known, start=1)
    ]
    return answer(200, {"available_zones": listed, "default_az_code": known[0].name})
