#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_auto_scaling_policy
short_description: Manage the auto scaling policy of a node group of a MapReduce cluster
version_added: 1.0.0
description:
  - Creates, changes or deletes the auto scaling policy of a node group, or of a resource pool in
    it. The whole policy is compared, so a plan or a rule that is not in O(policy) is removed.
  - In analysis, streaming and mixed clusters only task nodes can have a policy. A cluster has
    either policies of whole groups or policies of resource pools. Only one group of a cluster can
    have a policy that is on.
  - This needs API v2. On a cloud that does not serve the call, the task fails and says so. Open
    Telekom Cloud publishes only the call that reads policies. There
    O(huaweicloud.mrs.mrs_cluster#module:node_groups[].auto_scaling_policy) sets the policy of the
    task nodes.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.wait
  - huaweicloud.mrs.attributes
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
  state:
    description:
      - V(present) creates the policy or changes it to O(policy), V(absent) deletes it. If there is
        no such cluster, there is no policy either, and a warning says so.
    type: str
    choices:
      - present
      - absent
    default: present
  node_group:
    description:
      - Name of the group in the API, such as V(task_node_analysis_group). In analysis and streaming
        clusters V(task) is accepted, too.
    type: str
    required: true
    aliases:
      - node_group_name
  resource_pool:
    description:
      - The resource pool in the group, 1 to 50 letters, digits, C(-) and C(_). V(default) means all
        nodes of the group. In clusters without pools this is the only value.
      - The service refuses a policy of a pool while a whole group of the cluster has a policy, and
        the other way round.
    type: str
    default: default
    aliases:
      - resource_pool_name
  policy:
    description:
      - The whole policy. Required with O(state=present).
      - The suboptions have the names of the API, so that a request can be copied. What
        M(huaweicloud.mrs.mrs_auto_scaling_policy_info) returns can be copied, too. The service
        accepts scripts (C(exec_scripts)) only when a cluster is created, so they are refused here.
    type: dict
    aliases:
      - auto_scaling_policy
    suboptions:
      auto_scaling_enable:
        description: Whether the policy is on. While it is, M(huaweicloud.mrs.mrs_cluster) does not
          change the number of nodes.
        type: bool
        required: true
      min_capacity:
        description: Smallest number of nodes, 0 to 500.
        type: int
        required: true
      max_capacity:
        description: Largest number of nodes, 0 to 500.
        type: int
        required: true
      resources_plans:
        description: Other limits for certain hours. A policy that is on needs plans or rules.
        type: list
        elements: dict
        suboptions:
          period_type:
            description: How often the plan applies. The service knows only V(daily).
            type: str
            default: daily
          start_time:
            description: Beginning as C(hour:minute). Quote it, or YAML reads it as a number.
            type: str
            required: true
          end_time:
            description: End as C(hour:minute), at least 30 minutes after the beginning. Quote
              it.
            type: str
            required: true
          min_capacity:
            description: Smallest number of nodes in these hours, 0 to 500.
            type: int
            required: true
          max_capacity:
            description: Largest number of nodes in these hours, 0 to 500.
            type: int
            required: true
          effective_days:
            description: Days on which the plan applies. V(MONDAY), V(TUESDAY), V(WEDNESDAY),
              V(THURSDAY), V(FRIDAY), V(SATURDAY) and V(SUNDAY). When it is not given, all of them.
            type: list
            elements: str
      rules:
        description: When nodes are added and removed. A policy that is on needs plans or rules.
        type: list
        elements: dict
        suboptions:
          name:
            description: Name of the rule, unique in the group, 1 to 64 letters, digits, C(-)
              and C(_).
            type: str
            required: true
          description:
            description: What the rule is for, up to 1024 characters.
            type: str
          adjustment_type:
            description: V(scale_out) adds nodes, V(scale_in) removes them.
            type: str
            required: true
          cool_down_minutes:
            description: Minutes after which the rule can act again, 0 to 10080.
            type: int
            required: true
          scaling_adjustment:
            description: Number of nodes that are added or removed at once, 1 to 100.
            type: int
            required: true
          trigger:
            description: When the rule acts.
            type: dict
            required: true
            suboptions:
              metric_name:
                description: Name of the metric, such as V(YARNMemoryAvailablePercentage), 1 to
                  64 characters. Section 8.2 of the page service_v1 of the documentation lists the
                  metrics.
                type: str
                required: true
              metric_value:
                description: Threshold. A number with at most two decimals, percent without the
                  sign.
                type: str
                required: true
              comparison_operator:
                description: V(LT) (less), V(GT) (greater), V(LTOE) (less or equal) or V(GTOE)
                  (greater or equal).
                type: str
              evaluation_periods:
                description: For how many periods of five minutes the condition must be true, 1 to
                  288.
                type: int
                required: true
      tags:
        description: Tags of the policy, as a dictionary or a list of C(key) and C(value), at most
          10 tags. When it is not given, the tags are not changed.
        type: dict
seealso:
  - module: huaweicloud.mrs.mrs_auto_scaling_policy_info
  - module: huaweicloud.mrs.mrs_cluster
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: >-
    A group needs nodes before it can have a policy. This task does not change their number while a
    policy is on
  huaweicloud.mrs.mrs_cluster:
    name: sensor-etl
    node_groups:
      - name: task
        count: 1
        size: c6.4xlarge.4.linux.mrs
        data_volume_type: SATA
        data_volume_size: 600
        data_volume_count: 1

- name: Its nodes come and go with the work, and there are more of them on working days
  huaweicloud.mrs.mrs_auto_scaling_policy:
    cluster: sensor-etl
    node_group: task_node_analysis_group
    resource_pool: default
    policy:
      auto_scaling_enable: true
      min_capacity: 1
      max_capacity: 6
      resources_plans:
        - period_type: daily
          start_time: "8:00"
          end_time: "18:00"
          min_capacity: 2
          max_capacity: 6
          effective_days:
            - MONDAY
            - TUESDAY
            - WEDNESDAY
            - THURSDAY
            - FRIDAY
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
      tags:
        team: sensors

- name: Switch the policy off, which also removes its plans and rules here, and do not wait
  huaweicloud.mrs.mrs_auto_scaling_policy:
    cluster: sensor-etl
    node_group: task
    policy:
      auto_scaling_enable: false
      min_capacity: 1
      max_capacity: 6
    wait: false

- name: The group has no policy any more
  huaweicloud.mrs.mrs_auto_scaling_policy:
    cluster: sensor-etl
    node_group: task
    state: absent
    wait_timeout: 300
    poll_interval: 5
"""

RETURN = r"""
policy:
  description: The policy of the group or pool. V(null) when it has none.
  type: dict
  returned: success, and on failure as far as it is known
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
actions:
  description:
    - What was done, or would be done in check mode. Empty when nothing had to be done.
    - Each has the key C(action), which is V(set_auto_scaling_policy) or
      V(delete_auto_scaling_policy), and the group and the pool.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: set_auto_scaling_policy
      group: task_node_analysis_group
      resource_pool: default
api:
  description: The API of the service that was used. V(v2).
  type: str
  returned: success, and on failure as far as it is known
  sample: v2
stages:
  description:
    - The stages that the task saw while it waited, in order. They show how long each part took.
    - Empty when there was nothing to wait for. Also returned when the wait fails.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  contains:
    subject:
      description: What was waited for.
      type: str
      sample: cluster sensor-etl (4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7)
    name:
      description: State and stage, in the words of the service.
      type: str
      sample: starting (Installing MRS Manager)
    seconds:
      description: How long the stage was seen.
      type: float
      sample: 420.5
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
    POLICY_OF_GROUP,
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.forms import returned_policy
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_auto_scaling_policy import (  # noqa: E501
    AutoScalingPolicyTask,
)

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        **CLUSTER_OF,
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "node_group": {"type": "str", "required": True, "aliases": ["node_group_name"]},
        "resource_pool": {
            "type": "str",
            "default": "default",
            "aliases": ["resource_pool_name"],
        },
        "policy": {
            "type": "dict",
            "options": POLICY_OF_GROUP,
            "aliases": ["auto_scaling_policy"],
            "reads": returned_policy,
        },
    },
    required_if=[["state", "present", ["policy"]]],
)


def main() -> None:
    run_module(AutoScalingPolicyTask, SPEC)


if __name__ == "__main__":
    main()
