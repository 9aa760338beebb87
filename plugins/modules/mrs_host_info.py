#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_host_info
short_description: List the nodes of a MapReduce cluster
version_added: 1.0.0
description:
  - List the nodes of a MapReduce cluster.
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options: {}
"""

EXAMPLES = r"""
"""

RETURN = r"""
"""

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH, ModuleSpec
from ansible_collections.huaweicloud.mrs.plugins.module_utils._info import HostInfoTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._module import run_module

SPEC = ModuleSpec(
    options={
        **AUTH,
        "cluster": {"type": "str", "required": True, "aliases": ["cluster_id"]},
        "node_group": {"type": "str", "choices": ["master", "core", "task"]},
    },
)


def main() -> None:
    run_module(HostInfoTask, SPEC)


if __name__ == "__main__":
    main()
