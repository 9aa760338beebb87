#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_auto_scaling_policy_info
short_description: List the auto scaling policies of a MapReduce cluster
version_added: 1.0.0
description:
  - Lists the auto scaling policies of the node groups of a cluster and of their resource pools. The
    list is empty for a cluster without policies.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.attributes.info
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options:
  cluster:
    description:
      - Name or id of the cluster. A name is looked for among the clusters that are not terminated.
      - A whole cluster, as M(huaweicloud.mrs.mrs_cluster) returns it, is accepted, too, and its id
        is used.
    type: str
    required: true
    aliases:
      - cluster_id
  node_group:
    description:
      - Only the policies of this group, given by its name in the API. In analysis and streaming
        clusters V(task) is accepted, too.
    type: str
    aliases:
      - node_group_name
seealso:
  - module: huaweicloud.mrs.mrs_auto_scaling_policy
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: Which groups scale by themselves?
  huaweicloud.mrs.mrs_auto_scaling_policy_info:
    cluster: sensor-etl
  register: scaling

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ scaling.policies | map(attribute='node_group') | join(', ') }}"

- name: The policies of the task nodes
  huaweicloud.mrs.mrs_auto_scaling_policy_info:
    cluster: sensor-etl
    node_group: task_node_analysis_group
"""

RETURN = r"""
policies:
  description: The policies, sorted by group and pool. Empty when the cluster has none.
  type: list
  elements: dict
  returned: success
  contains:
    node_group:
      description: Name of the node group in the API.
      type: str
      sample: task_node_analysis_group
    resource_pool:
      description: Pool of nodes in the group. V(default) means all nodes of the group.
      type: str
      sample: default
    policy:
      description:
        - The policy as M(huaweicloud.mrs.mrs_auto_scaling_policy) takes it, with the names of the
          API. Times look like C(8:00), numbers have decimals only if they need them, days are a
          list, which is empty for all days, and tags are a dictionary.
        - It also has C(exec_scripts), if the cloud shows scripts.
      type: dict
      sample:
        auto_scaling_enable: true
        min_capacity: 1
        max_capacity: 6
        resources_plans: []
        rules:
          - name: grow-on-memory
            description: Add a node when memory is short
            adjustment_type: scale_out
            cool_down_minutes: 20
            scaling_adjustment: 1
            trigger:
              metric_name: YARNMemoryAvailablePercentage
              metric_value: "25"
              comparison_operator: LT
              evaluation_periods: 2
        tags: {}
        exec_scripts: []
api:
  description: The API of the service that was used. V(v2).
  type: str
  returned: success
  sample: v2
error:
  description: What went wrong, for programs. C(msg) says the same to people.
  type: dict
  returned: failure, but not where Ansible itself refuses the options
  contains:
    status:
      description: HTTP status of the answer. V(null) when the service did not answer or was not
        asked.
      type: int
      sample: 400
    code:
      description: Error code of the service.
      type: str
      sample: "12000021"
    request_id:
      description: Id of the request, for the support of the cloud.
      type: str
      sample: 8a6e0f7c0b6d4b6f8d3c1f5e2a9b7c4d
    reason:
      description: The reason in the words of the service, or else of the module.
      type: str
      sample: The cluster is being scaled.
"""

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _start

_start.start()  # before the imports below

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import (
    AUTH,
    CLUSTER_OF,
    ModuleSpec,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_auto_scaling_policy import (  # noqa: E501
    AutoScalingPolicyInfoTask,
)

SPEC = ModuleSpec(
    options={
        **AUTH,
        **CLUSTER_OF,
        "node_group": {"type": "str", "aliases": ["node_group_name"]},
    }
)


def main() -> None:
    run_module(AutoScalingPolicyInfoTask, SPEC)


if __name__ == "__main__":
    main()
