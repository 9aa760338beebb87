# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: the files in the HDFS of a cluster. It can list them and no more (service_v2 9).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import functools

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls, part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import Paging
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.file import File

FILES = Paging("limit", "offset", "files", "total_count", "path_suffix")
#: The documents do not agree on the order of a list that asks for none (service_v2 9).
ORDER = {"sort_key": "path_suffix", "order": "asc"}


def files(calls: Calls, cluster: Cluster, folder: str) -> list[File]:
    """What is in a folder, not in the folders below it."""
    action = f"list the folder {folder} of cluster {cluster.title}"
    request = Request(
        action,
        "GET",
        f"/clusters/{part(cluster.id)}/files",
        query={"path": folder, **ORDER},
        repeatable=True,
        api="v2",
        everywhere=False,
    )
    return calls.list_all(request, FILES, functools.partial(File.of, folder))
