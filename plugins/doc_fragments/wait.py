# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The options of a module that waits."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait until the service has finished what was asked for.
      - With V(false) the task does not wait, and ends as soon as the service has accepted the last
        request. A later run with O(wait=true) continues from there, without repeating the request.
      - With V(false), the task fails if it cannot compare or change something in the current state,
        and the error names the state. For example, the number of nodes cannot be changed while the
        cluster is scaling, and the cluster cannot be deleted while it is starting.
        M(huaweicloud.mrs.mrs_cluster) does not fail while a cluster is being created and nothing
        differs.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds that the whole task may wait, 0 or more. Waiting for other tasks on this machine
        counts, too.
      - When the time is over, the task fails and names the last stage. Nothing is undone, and the
        next run continues to wait for the same thing.
      - If what the task waits for can no longer succeed, the task fails at once, with the service's
        reason.
    type: int
    default: 3600
  poll_interval:
    description:
      - Seconds between two looks at the service, greater than 0. The first looks come after 1, 2, 4
        and 8 seconds, if that is sooner.
    type: float
    default: 15
"""
