# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What Ansible's own features mean for the modules of the collection."""

    DOCUMENTATION = r"""
options: {}
notes:
  - If the module runs on the controller (connection C(local), no C(become), no C(async), no other
    Python), its code runs inside Ansible's own process, which takes a fraction of the time.
    Options, results and errors are the same. With the variable C(mrs_in_process) set to V(false) it
    runs as any other module. That is the default on macOS, because macOS may end a forked process
    that sends requests; V(true) changes it.
  - In process, a task that waits shows each stage on the terminal (standard error). The variable
    C(mrs_progress) set to V(false), or C(no_log) of the task, turns that off.
attributes:
  action_group:
    description: Use C(group/huaweicloud.mrs.mrs) in C(module_defaults) to set defaults for this
      module.
    support: full
    membership:
      - huaweicloud.mrs.mrs
  check_mode:
    description: Can run in C(check_mode) and say what would change without changing anything.
    support: full
    details:
      - The same plan as in a real run is made, only its steps are not carried out. RV(actions)
        lists them.
  diff_mode:
    description: Shows in C(diff) mode what has changed, or would change in C(check_mode).
    support: full
  idempotent:
    description: When run twice with the same options, the second run changes nothing, as long as
      nobody else did.
    support: full
"""

    INFO = r"""
options: {}
notes:
  - If the module runs on the controller (connection C(local), no C(become), no C(async), no other
    Python), its code runs inside Ansible's own process, which takes a fraction of the time.
    Options, results and errors are the same. With the variable C(mrs_in_process) set to V(false) it
    runs as any other module. That is the default on macOS, because macOS may end a forked process
    that sends requests; V(true) changes it.
  - In process, a task that waits shows each stage on the terminal (standard error). The variable
    C(mrs_progress) set to V(false), or C(no_log) of the task, turns that off.
attributes:
  action_group:
    description: Use C(group/huaweicloud.mrs.mrs) in C(module_defaults) to set defaults for this
      module.
    support: full
    membership:
      - huaweicloud.mrs.mrs
  check_mode:
    description: Can run in C(check_mode) and say what would change without changing anything.
    support: full
    details:
      - This module only reads.
  diff_mode:
    description: Shows in C(diff) mode what has changed, or would change in C(check_mode).
    support: N/A
    details:
      - This module only reads.
  idempotent:
    description: When run twice with the same options, the second run changes nothing, as long as
      nobody else did.
    support: full
    details:
      - This module only reads.
"""
