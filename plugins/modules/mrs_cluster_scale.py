#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_cluster_scale
short_description: Add nodes to a MapReduce cluster or remove them
version_added: 1.0.0
description:
  - Add nodes to a MapReduce cluster or remove them.
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options: {}
"""

EXAMPLES = r"""
"""

RETURN = r"""
"""

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH, ModuleSpec, wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._scale import ScaleTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._module import run_module

TASK_NODE = {
    "size": {"type": "str", "required": True, "aliases": ["node_size"]},
    "data_volume_type": {"type": "str"},
    "data_volume_size": {"type": "int"},
    "data_volume_count": {"type": "int"},
}

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        "cluster": {"type": "str", "required": True, "aliases": ["cluster_id"]},
        "node_group": {"type": "str", "choices": ["core", "task"], "default": "core"},
        "count": {"type": "int"},
        "include_instances": {"type": "list", "elements": "str", "aliases": ["includes", "server_ids"]},
        "exclude_instances": {"type": "list", "elements": "str", "aliases": ["excludes"]},
        "task_node": {"type": "dict", "options": TASK_NODE, "aliases": ["task_node_info"]},
        "skip_bootstrap_scripts": {"type": "bool", "default": False},
        "scale_without_start": {"type": "bool", "default": False},
    },
    required_one_of=[["count", "include_instances"]],
)


def main() -> None:
    run_module(ScaleTask, SPEC)


if __name__ == "__main__":
    main()
