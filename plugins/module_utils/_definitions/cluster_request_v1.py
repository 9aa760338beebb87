# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The request that creates a cluster by API v1.1 (service_v1 3). Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions import cluster_needs
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    GROUP_FIELDS,
    DesiredGroup,
    api_name,
    without_none,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )

Object = dict[str, t.Any]

TYPE_CODES = {"analysis": 0, "streaming": 1}
#: Options without which a cluster cannot be created, by the API's names.
NEEDED = {
    "availability_zone": "available_zone_id",
    "name": "cluster_name",
    "version": "cluster_version",
    "vpc_id": "vpc_id",
    "vpc_name": "vpc",
    "subnet_id": "subnet_id",
    "subnet_name": "subnet_name",
    "components": "component_list",
}


def request(desired: DesiredCluster, region: str | None) -> Object:
    """Zeros and false are sent, what is not given is not.

    :raises OptionError: something is missing that a new cluster needs.
    """
    cluster_needs.check(desired, region, NEEDED)
    cluster_needs.check_groups(desired.groups, ("master", "core"))
    body: Object = {
        "billing_type": 12,  # pay per use, the only one of API v1.1
        "data_center": region,
        **{api_name: getattr(desired, name) for name, api_name in NEEDED.items()},
        "available_zone_id": desired.zone_id,
        "cluster_type": TYPE_CODES[desired.kind],
        "safe_mode": int(bool(desired.safe_mode)),
        "security_groups_id": desired.security_group_id,
        "enterprise_project_id": desired.enterprise_project_id,
        "cluster_admin_secret": desired.admin_password,
        "login_mode": 1 if desired.key_pair else 0,
        "node_public_cert_name": desired.key_pair,
        "cluster_master_secret": desired.root_password,
        "log_collection": desired.log_number,
        "tags": desired.tag_items,
        "component_list": [{"component_name": name} for name in desired.wanted_components],
        "node_groups": [_group(group, desired.kind) for group in desired.groups],
        "bootstrap_scripts": [_script(each) for each in desired.bootstrap_scripts or ()] or None,
        "add_jobs": _jobs(desired),
    }
    return t.cast("Object", without_none(body))


def _group(group: DesiredGroup, kind: str) -> Object:
    """The item of C(node_groups) (service_v1 3.2)."""
    body: Object = {"group_name": api_name(group.name, kind), "node_num": group.count}
    body.update({GROUP_FIELDS[field]: value for field, value in group.fields.items()})
    if "root_volume_size" in body:
        body["root_volume_size"] = str(body["root_volume_size"])  # a text in the API's tables
    if group.policy:
        body["auto_scaling_policy"] = group.policy
    return body


def _jobs(desired: DesiredCluster) -> list[Object] | None:
    """The one job that comes with the creation (service_v1 3.7)."""
    if desired.job is None or not desired.creates_with_job:
        return None
    return [desired.job.creation()]


def _script(script: Object) -> Object:
    """Nodes are master, core and task here, in small letters (service_v1 3.8)."""
    return {**script, "nodes": [node.lower() for node in script["nodes"]]}
