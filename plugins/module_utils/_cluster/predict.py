# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a cluster would be like that is not created, for the result of check mode.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.create_plan import (
    wanted_view,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    DesiredGroup,
    api_name,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    Cluster,
    NodeGroup,
)


def predicted(desired: DesiredCluster, region: str | None) -> dict[str, t.Any]:
    """The cluster that would be created, as a result.

    It has no id; what the service decides is not known.
    """
    unknown = Cluster.of({"clusterId": "-"}).result()
    desired = desired.of_kind(None)
    given = {key: value for key in unknown if (value := getattr(desired, key, None)) is not None}
    view = wanted_view(desired)
    return {
        **unknown,
        **given,
        "id": None,
        "type": desired.kind,
        "safe_mode": bool(desired.safe_mode),
        "state": None,
        "region": desired.region or region,
        "availability_zone": desired.zone_name,
        "components": [
            {"id": None, "name": name, "version": None}
            for name in sorted(desired.wanted_components)
        ],
        "node_groups": [_group(group, desired.kind) for group in desired.groups],
        "node_counts": view["node_counts"],
        "tags": view["tags"],
        "bootstrap_scripts": [],
    }


def _group(group: DesiredGroup, kind: str) -> dict[str, t.Any]:
    unknown = NodeGroup(
        group.name,
        api_name(group.name, kind),
        group.count or 0,
        auto_scaling_policy=group.policy,
    )
    return {**unknown._asdict(), **group.fields}
