# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the statements of a job have answered.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

#: The types of jobs that have such a result (service_v2 4.4).
HAVE_ONE = ("spark_sql", "spark_script")


def with_sql_result(context: Context, execution: JobExecution) -> JobExecution:
    """An execution that succeeded with what its statements answered. Shown as C(job_execution)."""
    if execution.api != V2 or execution.job_type not in HAVE_ONE:
        return execution
    try:
        found = context.client.jobs.v2.sql_result(execution)
    except MrsError as error:
        context.warn(f"The result of job {execution.title} cannot be read: {error.message}")
        return execution
    execution = dataclasses.replace(execution, sql_result=found)
    context.results["job_execution"] = execution.result()
    return execution
