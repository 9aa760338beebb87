# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which API creates a cluster, and which one changes the number of its nodes. Pure.

API v1.1 does it where it can, since every cloud serves all of it. Clusters are read and deleted by
API v1.1 alone: API v2 has no such calls (service_v2 0, 14).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1, V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import OWN_NAMES

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )

#: Types of clusters that only API v2 creates, and whose groups it resizes (service_v2 14).
V2_KINDS = OWN_NAMES
#: Options of a cluster that only the creation by API v2 has (service_v2 3.1, 3.6).
V2_OPTIONS = (
    "template",
    "component_configs",
    "eip_id",
    "eip_address",
    "agency",
    "external_metastores",
    "alarms",
    "log_uri",
    "auto_create_security_group",
)


class Choice(t.NamedTuple):
    """An API, and the option or value for which it has to be this one; None where any would do."""

    api: str
    reason: str | None


def creation_api(desired: DesiredCluster) -> Choice:
    """The API that creates the cluster."""
    if desired.type in V2_KINDS:
        return Choice(V2, f"type: {desired.type}")
    given = [option for option in V2_OPTIONS if desired.only_v2.get(option)]
    if given or desired.jobs:
        return Choice(V2, given[0] if given else "jobs")
    if any(group.assigned_roles for group in desired.groups):
        return Choice(V2, "node_groups[].assigned_roles")
    return Choice(V1, None)


def resize_api(kind: str | None) -> str:
    """The API that changes the number of nodes in a cluster of this type."""
    return V2 if kind in V2_KINDS else V1
