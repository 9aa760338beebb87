#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_cluster_info
short_description: List MapReduce clusters
version_added: 1.0.0
description:
  - List MapReduce clusters.
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options: {}
"""

EXAMPLES = r"""
"""

RETURN = r"""
"""

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH, ModuleSpec
from ansible_collections.huaweicloud.mrs.plugins.module_utils._info import ClusterInfoTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._module import run_module

SPEC = ModuleSpec(
    options={
        **AUTH,
        "name": {"type": "str", "aliases": ["cluster_name"]},
        "id": {"type": "str", "aliases": ["cluster_id"]},
        "cluster_state": {"type": "list", "elements": "str"},
        "tags": {"type": "dict"},
    },
)


def main() -> None:
    run_module(ClusterInfoTask, SPEC)


if __name__ == "__main__":
    main()
