# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""M(huaweicloud.mrs.mrs_file_info): what is in a folder of the HDFS of a cluster.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import files as listing
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.folder import folder
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.query import Query


class FileInfoTask(Query):
    """M(huaweicloud.mrs.mrs_file_info)."""

    def __init__(self, params: Params) -> None:
        super().__init__(params)
        self._folder = folder(params["path"])

    def read(self, context: Context) -> None:
        context.results["api"] = "v2"
        cluster = finding.living(context.client, self._params["cluster"])
        found = listing.files(context.client, cluster, self._folder)
        context.results["files"] = [
            file.result() for file in sorted(found, key=lambda file: file.name)
        ]
