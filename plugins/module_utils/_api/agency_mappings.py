# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: which agencies the users and groups of a cluster take (service_v2 10).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls, part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.agency_mapping import (
    AgencyMapping,
    in_order,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

KEY = "agency_mappings"


def mappings(calls: Calls, cluster: Cluster) -> tuple[AgencyMapping, ...]:
    """All mappings of a cluster."""
    return calls.ask(
        _request("read", "GET", cluster),
        lambda answer: in_order(map(AgencyMapping.of, Raw(answer).objects(KEY))),
    )


def set_mappings(calls: Calls, cluster: Cluster, wanted: t.Iterable[AgencyMapping]) -> None:
    """Replace the whole list; doing so twice is doing so once."""
    body = {KEY: [each.result() for each in wanted]}
    calls.succeed(_request("set", "PUT", cluster, body=body))


def _request(verb: str, method: str, cluster: Cluster, **how: t.Any) -> Request:
    action = f"{verb} the agency mappings of cluster {cluster.title}"
    path = f"/clusters/{part(cluster.id)}/agency-mapping"
    return Request(action, method, path, repeatable=True, api="v2", everywhere=False, **how)
