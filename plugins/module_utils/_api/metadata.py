# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be created: versions, the flavors of their nodes, zones (service_v2 2).

Open Telekom Cloud publishes none of these calls.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls, part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import (
    Flavors,
    Version,
    Zone,
    flavors_in,
    versions_in,
    zones_in,
)


def versions(calls: Calls) -> list[str]:
    """The names of the versions, the newest one first."""
    request = Request(
        "list the versions of MRS",
        "GET",
        "/metadata/versions",
        repeatable=True,
        api="v2",
        everywhere=False,
    )
    return calls.ask_once(request, versions_in)


def version(calls: Calls, name: str) -> Version:
    """What there is in a version."""
    request = Request(
        f"read what there is in version {name}",
        "GET",
        f"/metadata/versions/{part(name)}",
        repeatable=True,
        everywhere=False,
    )
    return calls.ask_once(request, Version.of)


def flavors(calls: Calls, name: str, zone: Zone | None) -> Flavors:
    """The flavors of the nodes of a version, of one zone or of all (service_v2 V17)."""
    request = Request(
        f"list the flavors of version {name}",
        "GET",
        f"/metadata/version/{part(name)}/available-flavor",
        query={"availability_zone": zone.name} if zone else {},
        repeatable=True,
        api="v2",
        everywhere=False,
    )
    found = calls.ask_once(request, flavors_in)
    return {zone.name: found[zone.name]} if zone and zone.name in found else found


def tags_left(calls: Calls, cluster: Cluster) -> int | None:
    """How many tags the cluster may get besides those that it has."""
    request = Request(
        f"read the quota of tags of cluster {cluster.title}",
        "GET",
        f"/clusters/{part(cluster.id)}/tags/quota",
        repeatable=True,
        api="v2",
        everywhere=False,
    )
    return calls.ask(request, lambda answer: Raw(answer).count("available_quota"))


def zones(calls: Calls, region: str) -> list[Zone]:
    """The zones of the region. Its name stands in the path where other calls have the project."""
    request = Request(
        f"list the availability zones of {region}",
        "GET",
        "/available-zones",
        repeatable=True,
        everywhere=False,
        of=region,
    )
    return calls.ask_once(request, zones_in)
