#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_cluster_plan_info
short_description: Show what would change in many MapReduce clusters
version_added: 1.0.0
description:
  - Looks at many clusters at once and shows for each what M(huaweicloud.mrs.mrs_cluster) would do
    with it. Changes nothing.
  - It makes the same plan as M(huaweicloud.mrs.mrs_cluster) in check mode, for all clusters side by
    side. Clusters with the same login share one token, one list of clusters and the HTTP
    connections, so many clusters take little more time than one.
  - The task fails when there is no plan for a cluster, such as one with a difference that cannot be
    changed in place. It looks at the others all the same, and RV(clusters) has their plans.
  - A plan is correct only at the moment at which it is made. M(huaweicloud.mrs.mrs_cluster) always
    makes its own.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.attributes.info
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options:
  clusters:
    description:
      - The clusters, each with the options of M(huaweicloud.mrs.mrs_cluster) under the same names
        and aliases.
      - A cluster can have the options that log in, too. Where it has none, those of the task apply.
      - The options that wait (O(huaweicloud.mrs.mrs_cluster#module:wait) and the like) are accepted
        and have no effect.
      - C(module_defaults) of M(huaweicloud.mrs.mrs_cluster) apply to each of them.
    type: list
    elements: dict
    required: true
seealso:
  - module: huaweicloud.mrs.mrs_cluster
    description: Says more about the options of a cluster, and creates, changes or deletes it.
  - module: huaweicloud.mrs.mrs_cluster_info
"""

EXAMPLES = r"""
# These examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: Check whether the clusters are as described
  huaweicloud.mrs.mrs_cluster_plan_info:
    clusters:
      - name: sensor-etl
        tags:
          env: test
          team: sensors
        node_groups:
          - name: core
            count: 4
      - name: sensor-old
        state: absent
  register: plans

- name: Show what differs
  ansible.builtin.debug:
    msg: >-
      {{ plans.clusters | selectattr("changed")
         | items2dict(key_name="name", value_name="actions") }}

- name: Look at a cluster in another project, too
  huaweicloud.mrs.mrs_cluster_plan_info:
    region_name: "{{ mrs_region }}"
    clusters:
      - name: sensor-etl
      - name: sensor-etl
        access_key: "{{ mrs_access_key }}"
        secret_key: "{{ mrs_secret_key }}"
        project_id: "{{ mrs_project_id }}"
        endpoint: "{{ mrs_endpoint }}"
"""

RETURN = r"""
clusters:
  description: What would be done with each cluster, in the order of O(clusters).
  type: list
  elements: dict
  returned: success, and when some clusters have no plan
  contains:
    name:
      description: Name of the cluster.
      type: str
      sample: sensor-etl
    id:
      description: Id of the cluster. V(null) when there is none yet.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7
    changed:
      description: Whether something would be done.
      type: bool
      sample: true
    failed:
      description: Whether there is no plan. RV(clusters[].msg) says why.
      type: bool
      sample: false
    msg:
      description: Why there is no plan. V(null) when there is one.
      type: str
      sample: null
    error:
      description: Why there is no plan, for programs, as RV(error). V(null) when there is one.
      type: dict
      sample: null
    actions:
      description: What would be done, in order, as RV(huaweicloud.mrs.mrs_cluster#module:actions).
      type: list
      elements: dict
      sample:
        - action: scale_out
          group: core
          from: 3
          to: 5
    diff:
      description: The cluster as it is (C(before)) and as it would be (C(after)), as far as that
        would change.
      type: dict
      sample:
        before:
          name: sensor-etl
        after:
          name: sensor-etl
    differences:
      description: What differs and cannot be changed in place, as
        RV(huaweicloud.mrs.mrs_cluster#module:differences).
      type: list
      elements: dict
      sample: []
    validated:
      description: As RV(huaweicloud.mrs.mrs_cluster#module:validated). V(null) when the options
        were not compared.
      type: bool
      sample: true
    cluster:
      description: The cluster as it is, as RV(huaweicloud.mrs.mrs_cluster#module:cluster). V(null)
        when there is none.
      type: dict
      sample:
        name: sensor-etl
        state: running
error:
  description: What went wrong with the first cluster that has no plan, for programs. C(msg) names
    all such clusters.
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

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster_plan_info import (
    PLANS,
    ClusterPlansTask,
)

SPEC = PLANS


def main() -> None:
    run_module(ClusterPlansTask, SPEC)


if __name__ == "__main__":
    main()
