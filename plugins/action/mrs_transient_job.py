# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_transient_job import (
    TransientJobTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.options import (
    TRANSIENT_JOB,
)
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    TASK = TransientJobTask
    SPEC = TRANSIENT_JOB
