# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_auto_scaling_policy import (  # noqa: E501
    AutoScalingPolicyTask,
)
from ansible_collections.huaweicloud.mrs.plugins.modules.mrs_auto_scaling_policy import (
    SPEC as OPTIONS,
)
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    TASK = AutoScalingPolicyTask
    SPEC = OPTIONS
