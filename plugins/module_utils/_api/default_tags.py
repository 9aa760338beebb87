# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: whether the nodes of a cluster have its default tags (service_v2 12).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls, Object, part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, keys_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

PROCESSING, FAILED = "processing", "failed"


class DefaultTags(t.NamedTuple):
    """Whether the nodes have them.

    C(status) of the last switch is V(processing), V(succeed) or V(failed).
    """

    enabled: bool
    status: str


def default_tags(calls: Calls, cluster: Cluster) -> DefaultTags:
    """As they are, or as they were while a switch is going on."""
    action = f"read the default tags of cluster {cluster.title}"
    return calls.ask(_request(action, "GET", cluster, "status"), _read)


def switch_default_tags(calls: Calls, cluster: Cluster, enabled: bool) -> None:
    """Ask for a switch; doing so twice is doing so once."""
    action = f"switch the default tags of cluster {cluster.title}"
    body = {"action": "create" if enabled else "delete"}
    calls.send(_request(action, "POST", cluster, "switch", body=body, answers=False))


def _request(action: str, method: str, cluster: Cluster, call: str, **how: t.Any) -> Request:
    path = f"/clusters/{part(cluster.id)}/tags/{call}"
    return Request(action, method, path, repeatable=True, api="v2", everywhere=False, **how)


def _read(answer: Object) -> DefaultTags:
    """The flag is a text in the example."""
    raw = Raw(answer)
    enabled = raw.flag("default_tags_enable")
    if enabled is None:
        raise NonsenseError(
            f"default_tags_enable was expected, but the answer is {keys_of(answer)}"
        )
    return DefaultTags(enabled, raw.text_or_empty("status").lower())
