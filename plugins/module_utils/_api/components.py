# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: components are added to a custom cluster. None is taken away (service_v2 5.3).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls, part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import (
    Component,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


def add_components(calls: Calls, cluster: Cluster, components: t.Sequence[Component]) -> None:
    """Ask for the installation; the cluster works on it for some time."""
    names = ", ".join(component.name for component in components)
    request = Request(
        f"add {names} to cluster {cluster.title}",
        "POST",
        f"/clusters/{part(cluster.id)}/components",
        body={"components_install_mode": [component.body() for component in components]},
        api="v2",
        everywhere=False,
    )
    calls.succeed(request)
