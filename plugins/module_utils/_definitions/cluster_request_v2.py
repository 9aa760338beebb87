# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The request that creates a cluster by API v2 (service_v2 3). Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions import (
    cluster_needs,
    job_request_v2,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    DesiredGroup,
    api_name,
    called,
    without_none,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )

Object = dict[str, t.Any]

NEEDED = (
    *("availability_zone", "name", "version", "vpc_name", "subnet_id or subnet_name"),
    *("components", "admin_password"),
)
#: The groups without which there is no cluster of a type.
NEEDED_GROUPS = {
    "analysis": ("master", "core"),
    "streaming": ("master", "core"),
    "mixed": ("master", "core_node_analysis_group", "core_node_streaming_group"),
    "custom": ("master",),
}
#: Groups of a custom cluster besides that of the masters, at most.
MOST_OWN_GROUPS = 9
#: A data disk that is described although there is none: API v2 wants it (service_v2 V12).
NO_DISK = {"type": "SATA", "size": 100}
_ZONE_ID = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)


def request(desired: DesiredCluster, region: str | None) -> Object:
    """Zeros and false are sent, what is not given is not.

    :raises OptionError: something is missing, or cannot be given to API v2.
    """
    cluster_needs.check(desired, region, NEEDED)
    cluster_needs.check_groups(desired.groups, NEEDED_GROUPS[desired.kind])
    _check(desired)
    body: Object = {
        "cluster_version": desired.version,
        "cluster_name": desired.name,
        "cluster_type": desired.kind.upper(),
        "charge_info": {"charge_mode": "postPaid"},  # as long as it is there
        "region": region,
        "availability_zone": desired.zone_name,
        "vpc_name": desired.vpc_name,
        "subnet_id": desired.subnet_id,
        "subnet_name": desired.subnet_name,
        "components": ",".join(desired.wanted_components),
        "security_groups_id": desired.security_group_id,
        "safe_mode": "KERBEROS" if desired.safe_mode else "SIMPLE",
        "manager_admin_password": desired.admin_password,
        "login_mode": "KEYPAIR" if desired.key_pair else "PASSWORD",
        "node_root_password": desired.root_password,
        "node_keypair_name": desired.key_pair,
        "enterprise_project_id": desired.enterprise_project_id,
        "tags": desired.tag_items,
        "log_collection": desired.log_number,
        "node_groups": [_group(group, desired.kind) for group in desired.groups],
        "bootstrap_scripts": _scripts(desired),
        **_only_v2(desired.only_v2),
        **_steps(desired),
    }
    return t.cast("Object", without_none(body))


def _only_v2(given: t.Mapping[str, t.Any]) -> Object:
    """What API v1.1 does not have."""
    return {
        "auto_create_default_security_group": given.get("auto_create_security_group"),
        "eip_id": given.get("eip_id"),
        "eip_address": given.get("eip_address"),
        "mrs_ecs_default_agency": given.get("agency"),
        "template_id": given.get("template"),
        "log_uri": given.get("log_uri"),
        "component_configs": _renamed(
            given.get("component_configs"), component="component_name", file="config_file_name"
        ),
        "external_datasources": _renamed(
            given.get("external_metastores"), component="component_name", connection="connector_id"
        ),
        "smn_notify": _renamed(given.get("alarms"), subscription="subscription_name"),
    }


def _renamed(value: t.Any, **names: str) -> t.Any:
    """A nested option with the API's names of its keys."""
    if isinstance(value, list):
        return [_renamed(each, **names) for each in value]
    if not isinstance(value, dict):
        return value
    return {names.get(key, key): _renamed(each, **names) for key, each in value.items()}


def _group(group: DesiredGroup, kind: str) -> Object:
    """The item of C(node_groups) (service_v2 3.2)."""
    fields = group.fields
    body: Object = {
        "group_name": api_name(group.name, kind),
        "node_num": group.count,
        "node_size": fields.get("size"),
        "root_volume": _volume(fields, "root_volume"),
        "data_volume": _volume(fields, "data_volume") or NO_DISK,
        "data_volume_count": fields.get("data_volume_count", 0),
        "auto_scaling_policy": group.policy,
        "assigned_roles": list(group.assigned_roles) or None,
    }
    return t.cast("Object", without_none(body))


def _volume(fields: t.Mapping[str, t.Any], name: str) -> Object | None:
    given = {key: fields.get(f"{name}_{key}") for key in ("type", "size")}
    if None in given.values():
        return None
    return given


def _scripts(desired: DesiredCluster) -> list[Object] | None:
    """Nodes are names of groups here (service_v2 3.5)."""
    kind = desired.kind
    option = "bootstrap_scripts[].nodes[]"
    return [
        {
            **script,
            "nodes": [api_name(called(node, kind, option), kind) for node in script["nodes"]],
        }
        for script in desired.bootstrap_scripts or ()
    ] or None


def _steps(desired: DesiredCluster) -> Object:
    """The jobs that come with the creation (service_v2 3.6)."""
    if not desired.jobs:
        return {}
    steps = [{"job_execution": job_request_v2.request(job)} for job in desired.jobs]
    return {"steps": steps, "delete_when_no_steps": desired.shutdown_cluster}


def _check(desired: DesiredCluster) -> None:
    """:raises OptionError: options that cannot go together in a creation by API v2."""
    given = desired.only_v2
    zone = desired.zone_name or ""
    if _ZONE_ID.fullmatch(zone):
        raise OptionError(
            "availability_zone",
            f"API v2, which {desired.creation_api().reason} needs, takes the name of a zone, and "
            f"{zone} is an id; mrs_version_info shows both",
        )
    if given.get("eip_address") and not given.get("eip_id"):
        raise OptionError("eip_id", "required with eip_address")
    if given.get("alarms") and desired.jobs:
        raise OptionError("alarms", "a cluster that is created with jobs cannot have them")
    for group in desired.groups:
        _check_group(group, desired.kind)
    if desired.kind == "custom":
        _check_custom(desired)


def _check_group(group: DesiredGroup, kind: str) -> None:
    fields, place = group.fields, f"node_groups[{group.name}]"
    for name in ("root_volume", "data_volume"):
        if (f"{name}_type" in fields) != (f"{name}_size" in fields):
            raise OptionError(place, f"API v2 needs both {name}_type and {name}_size")
    if fields.get("data_volume_count") and "data_volume_size" not in fields:
        raise OptionError(place, "data disks need data_volume_type and data_volume_size")
    if "size" not in fields:
        raise OptionError(place, "API v2 needs a size, also when count is 0")
    if kind == "custom" and not group.assigned_roles:
        raise OptionError(
            f"{place}.assigned_roles", "each group of a custom cluster needs its roles"
        )


def _check_custom(desired: DesiredCluster) -> None:
    if not desired.only_v2.get("template"):
        raise OptionError(
            "template", "a custom cluster needs it, such as mgmt_control_combined_v4.1"
        )
    if len(desired.groups) - 1 > MOST_OWN_GROUPS:
        raise OptionError(
            "node_groups", f"a custom cluster has at most {MOST_OWN_GROUPS} groups besides master"
        )
