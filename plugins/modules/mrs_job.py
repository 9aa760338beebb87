#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_job
short_description: Run, cancel and delete jobs of a MapReduce cluster
version_added: 1.0.0
description:
  - Run, cancel and delete jobs of a MapReduce cluster.
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options: {}
"""

EXAMPLES = r"""
"""

RETURN = r"""
"""

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH, JOB_DEFINITION, RERUN, ModuleSpec, wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job import JobTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._module import run_module

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        "state": {"type": "str", "choices": ["present", "absent", "cancelled"], "default": "present"},
        "cluster": {"type": "str", "required": True, "aliases": ["cluster_id"]},
        "name": {"type": "str", "aliases": ["job_name"]},
        "id": {"type": "str", "aliases": ["job_execution_id"]},
        **JOB_DEFINITION,
        **RERUN,
    },
    required_one_of=[["name", "id"]],
)


def main() -> None:
    run_module(JobTask, SPEC)


if __name__ == "__main__":
    main()
