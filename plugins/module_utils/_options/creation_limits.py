# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits of a cluster that matter when it is created, and not for one that is there.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.limits import (
    BY_ROLE,
    COMMON_PASSWORD,
    MOST_NODES,
    OTC,
    Kinds,
    Length,
    Limit,
    Range,
    Word,
)

_DISK = Range(100, 32000)
_DISK_TYPE = Word(("SATA", "SAS", "SSD", "GPSSD"))

#: Options of a new cluster. Clusters made in another way can be described.
CLUSTER = (
    # service_v2 3.1
    *(
        Limit(f"{user}_password", rule, api="v2")
        for user in ("admin", "root")
        for rule in (Length(8, 26), Kinds(4), COMMON_PASSWORD)
    ),
    # 3.2, 10; of masters 3.3
    Limit(
        *("node_groups[master].count", Range(1, 2)),
        fails=False,
        types=(*BY_ROLE, "mixed"),
    ),
    Limit(
        *("node_groups[master].count", Range(3, 11)),
        fails=False,
        types=("custom",),
    ),
    Limit(
        *("node_groups[master].count", Range(2)),
        fails=False,
        version="MRS 3",
        description="MRS 3 needs 2 masters on Huawei Cloud",
    ),
    Limit(
        *("node_groups[].root_volume_size", Range(480)),
        fails=False,
        version="MRS 3",
        description="MRS 3 needs 480, the creation would fail after some minutes",
    ),
    Limit("node_groups[].root_volume_size", Range(1, 32000), api="v1.1"),
    Limit("node_groups[].root_volume_size", Range(10, 32768), api="v2"),
    Limit("node_groups[].root_volume_type", _DISK_TYPE, fails=False),
    Limit("node_groups[].data_volume_type", _DISK_TYPE, fails=False),
    Limit("node_groups[].data_volume_size", _DISK, api="v1.1"),
    Limit("node_groups[].data_volume_size", Range(10, 32768), api="v2"),
    Limit(
        *("node_groups[].data_volume_count", Range(0, 20), {OTC: Range(0, 10)}),
        api="v1.1",
    ),
    Limit("node_groups[].data_volume_count", Range(0, 20), api="v2"),
)

#: Options of a scaling (service_v1 4.4).
SCALING = (
    Limit("count", Range(0, MOST_NODES)),
    Limit("task_node.data_volume_type", _DISK_TYPE, fails=False),
    Limit("task_node.data_volume_size", _DISK),
    Limit("task_node.data_volume_count", Range(0, 20), {OTC: Range(1, 10)}),
)
