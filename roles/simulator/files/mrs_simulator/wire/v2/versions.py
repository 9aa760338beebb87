# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The versions that can be created, and the flavors of their nodes by zone (service_v2 2)."""

from __future__ import annotations

from mrs_simulator.base.checks import refuse
from mrs_simulator.base.messages import Reply, answer
from mrs_simulator.cloud import catalog, versions
from mrs_simulator.cloud.call import Call, query_of
from mrs_simulator.cloud.zones import zones
from mrs_simulator.wire.v1.versions import known_version


def list_versions(call: Call) -> Reply:
    """GET metadata/versions: what the creation takes."""
    query_of(call)
    listed = dict.fromkeys((*catalog.VERSIONS, *call.settings.extra_versions))
    return answer(200, {"cluster_versions": list(listed)})


def list_flavors(call: Call) -> Reply:
    """GET metadata/version/{version_name}/available-flavor.

    The tables call C(availability_zone) a code, the SDK an ID: either is taken.
    """
    query = query_of(call, "availability_zone")
    version = known_version(call, call.params["version_name"])
    known = zones(call.settings.flavor, call.settings.region)
    wanted = query.get("availability_zone")
    if wanted and not any(wanted in zone for zone in known):
        refuse("availability_zone", f"is not a zone of {call.settings.region}")
    listed = []
    for number, (zone, flavors) in enumerate(versions.flavors_by_zone(known).items(), start=1):
        if wanted and wanted not in zone:
            continue
        sold = [{"flavor_name": flavor} for flavor in flavors]
        groups = {group: list(sold) for group in ("master", "core", "task")}
        listed.append({"az_code": zone.name, "az_name": f"AZ{number}", **groups})
    return answer(200, {"version_name": version, "available_flavors": listed})
