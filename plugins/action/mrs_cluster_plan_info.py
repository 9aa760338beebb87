# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster_plan_info import (
    PLANS,
    ClusterPlansTask,
)
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._in_process import InProcess, Result


class ActionModule(InProcess):
    TASK = ClusterPlansTask
    SPEC = PLANS

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        """C(module_defaults) of M(huaweicloud.mrs.mrs_cluster) apply to each cluster here, too."""
        defaults: dict[str, t.Any] = {}
        for each in self._task.module_defaults or ():
            defaults.update(each)
        of_cluster = self._templar.template(defaults.get("huaweicloud.mrs.mrs_cluster"))
        clusters = self._task.args.get("clusters")
        if of_cluster and isinstance(clusters, list):
            whole = [
                {**of_cluster, **each} if isinstance(each, dict) else each for each in clusters
            ]
            self._task.args["clusters"] = whole
        return super().run(tmp, task_vars)
