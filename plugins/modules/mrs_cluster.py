#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_cluster
short_description: Create, change and delete MapReduce clusters
version_added: 1.0.0
description:
  - Create, change and delete MapReduce clusters.
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options: {}
"""

EXAMPLES = r"""
"""

RETURN = r"""
"""

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH, JOB_DEFINITION, RERUN, ModuleSpec, wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import ClusterTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._module import run_module

AUTO_SCALING_POLICY = {
    "auto_scaling_enable": {"type": "bool", "required": True, "aliases": ["enabled"]},
    "min_capacity": {"type": "int", "required": True},
    "max_capacity": {"type": "int", "required": True},
    "resources_plans": {
        "type": "list",
        "elements": "dict",
        "options": {
            "period_type": {"type": "str", "default": "daily"},
            "start_time": {"type": "str", "required": True},
            "end_time": {"type": "str", "required": True},
            "min_capacity": {"type": "int", "required": True},
            "max_capacity": {"type": "int", "required": True},
        },
    },
    "rules": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "description": {"type": "str"},
            "adjustment_type": {"type": "str", "required": True},
            "cool_down_minutes": {"type": "int", "required": True},
            "scaling_adjustment": {"type": "int", "required": True},
            "trigger": {
                "type": "dict",
                "required": True,
                "options": {
                    "metric_name": {"type": "str", "required": True},
                    "metric_value": {"type": "str", "required": True},
                    "comparison_operator": {"type": "str"},
                    "evaluation_periods": {"type": "int", "required": True},
                },
            },
        },
    },
    "exec_scripts": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "uri": {"type": "str", "required": True},
            "parameters": {"type": "str"},
            "nodes": {"type": "list", "elements": "str", "required": True},
            "active_master": {"type": "bool", "default": False},
            "action_stage": {"type": "str", "required": True},
            "fail_action": {"type": "str", "required": True},
        },
    },
}

NODE_GROUP = {
    "name": {"type": "str", "required": True, "aliases": ["group_name"]},
    "count": {"type": "int", "aliases": ["node_num"]},
    "size": {"type": "str", "aliases": ["node_size"]},
    "root_volume_type": {"type": "str"},
    "root_volume_size": {"type": "int"},
    "data_volume_type": {"type": "str"},
    "data_volume_size": {"type": "int"},
    "data_volume_count": {"type": "int"},
    "auto_scaling_policy": {"type": "dict", "options": AUTO_SCALING_POLICY},
}

BOOTSTRAP_SCRIPT = {
    "name": {"type": "str", "required": True},
    "uri": {"type": "str", "required": True},
    "parameters": {"type": "str"},
    "nodes": {"type": "list", "elements": "str", "required": True},
    "active_master": {"type": "bool", "default": False},
    "before_component_start": {"type": "bool", "default": False},
    "fail_action": {"type": "str", "default": "errorout"},
    "action_stages": {"type": "list", "elements": "str"},
}

JOB = {
    "name": {"type": "str", "required": True, "aliases": ["job_name"]},
    **JOB_DEFINITION,
    "job_type": {**JOB_DEFINITION["job_type"], "required": True},
    **RERUN,
    "shutdown_cluster": {"type": "bool", "default": False},
}

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "name": {"type": "str", "aliases": ["cluster_name"]},
        "id": {"type": "str", "aliases": ["cluster_id"]},
        "region_name": {"type": "str", "aliases": ["region", "data_center"]},
        "availability_zone": {"type": "str", "aliases": ["available_zone_id"]},
        "version": {"type": "str", "aliases": ["cluster_version"]},
        "type": {"type": "str", "choices": ["analysis", "streaming", "0", "1"], "aliases": ["cluster_type"]},
        "safe_mode": {"type": "bool"},
        "vpc_id": {"type": "str"},
        "vpc_name": {"type": "str", "aliases": ["vpc"]},
        "subnet_id": {"type": "str"},
        "subnet_name": {"type": "str"},
        "security_group_id": {"type": "str", "aliases": ["security_groups_id"]},
        "enterprise_project_id": {"type": "str"},
        "key_pair": {"type": "str", "no_log": False, "aliases": ["node_public_cert_name"]},
        "root_password": {"type": "str", "no_log": True, "aliases": ["cluster_master_secret"]},
        "admin_password": {"type": "str", "no_log": True, "aliases": ["cluster_admin_secret"]},
        "components": {"type": "list", "elements": "raw", "aliases": ["component_list"]},
        "log_collection": {"type": "bool"},
        "tags": {"type": "dict"},
        "purge_tags": {"type": "bool", "default": True},
        "node_groups": {"type": "list", "elements": "dict", "options": NODE_GROUP},
        "bootstrap_scripts": {"type": "list", "elements": "dict", "options": BOOTSTRAP_SCRIPT},
        "job": {"type": "dict", "options": JOB},
        "recreate": {"type": "str", "choices": ["never", "on_failure", "on_change"], "default": "never"},
        "scale": {"type": "bool", "default": True},
    },
    mutually_exclusive=[["key_pair", "root_password"]],
    required_one_of=[["name", "id"]],
)


def main() -> None:
    run_module(ClusterTask, SPEC)


if __name__ == "__main__":
    main()
