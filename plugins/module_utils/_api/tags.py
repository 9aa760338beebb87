# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tags of a cluster (service_v1 9).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import (
    Calls,
    part,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    Cluster,
    tags_in,
)


def read_tags(calls: Calls, cluster: Cluster) -> dict[str, str]:
    """The tags of a cluster."""
    path = f"/clusters/{part(cluster.id)}/tags"
    request = Request(f"read the tags of cluster {cluster.title}", "GET", path, repeatable=True)
    return calls.ask(request, lambda answer: tags_in(Raw(answer).objects("tags")))


def send_tags(calls: Calls, cluster: Cluster, action: str, tags: t.Mapping[str, str]) -> None:
    """V(create) or V(delete) tags.

    Both can be repeated: they overwrite, and accept what is gone already.
    """
    body = {
        "action": action,
        "tags": [{"key": key, "value": value} for key, value in sorted(tags.items())],
    }
    path = f"/clusters/{part(cluster.id)}/tags/action"
    calls.send(
        Request(
            f"{action} tags of cluster {cluster.title}",
            "POST",
            path,
            body=body,
            repeatable=True,
            answers=False,
        )
    )
