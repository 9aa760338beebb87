# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The executions that there are of a wanted job.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import unasked

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


def executions_of(context: Context, cluster_id: str, desired: DesiredJob) -> list[JobExecution]:
    """The executions of this name on the cluster, by the API that takes the job.

    :raises OptionError: this API cannot run the job as it is described.
    """
    client = context.client
    client.jobs.api(cluster_id, desired.job_type)
    found = client.jobs.executions(cluster_id, desired.name)
    api = client.jobs.api(cluster_id)
    desired.check(api)
    for warning in [*desired.warnings(api), *unasked(desired, found)]:
        context.warn(warning)
    return found
