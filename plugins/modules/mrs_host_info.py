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
  - Lists the nodes of a cluster, or those of one group. Follows all pages of the service.
  - A cluster that does not exist is an error, a group without nodes is an empty list.
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
      - Only the nodes of this group. V(master), V(core) or V(task) and their names in the API; in
        mixed and custom clusters the name of any group, as M(huaweicloud.mrs.mrs_cluster_info)
        shows it.
    type: str
seealso:
  - module: huaweicloud.mrs.mrs_cluster_info
  - module: huaweicloud.mrs.mrs_cluster_scale
  - name: MapReduce Service API of Open Telekom Cloud
    description: The vendor's reference of the API.
    link: https://docs.otc.t-systems.com/mapreduce-service/api-ref/
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: List all nodes of a cluster
  huaweicloud.mrs.mrs_host_info:
    cluster: sensor-etl
  register: nodes

- name: List its core nodes
  huaweicloud.mrs.mrs_host_info:
    cluster: sensor-etl
    node_group: core
  register: core_nodes

- name: Put the core nodes into the inventory of this play
  ansible.builtin.add_host:
    name: "{{ item.ip }}"
    groups: mrs_core
  loop: "{{ core_nodes.hosts }}"
"""

RETURN = r"""
hosts:
  description: The nodes, sorted by name.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the virtual machine.
        O(huaweicloud.mrs.mrs_cluster_scale#module:include_instances) takes it.
      type: str
      sample: 9b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9
    name:
      description: Name of the node.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7_node_core_fGhIj
    ip:
      description: IP address in the subnet of the cluster.
      type: str
      sample: 192.168.10.31
    node_group:
      description: V(master), V(core) or V(task); in mixed and custom clusters V(master) or the name
        of its group.
      type: str
      sample: core
    state:
      description: State of the virtual machine.
      type: str
      sample: ACTIVE
    size:
      description: Flavor of the node.
      type: str
      sample: c6.4xlarge.4.linux.mrs
    cpu:
      description: Number of virtual CPUs.
      type: int
      sample: 16
    memory:
      description: Memory in MB.
      type: int
      sample: 65536
    root_volume_size:
      description: Size of the system disk in GB.
      type: int
      sample: 480
    data_volume_type:
      description: Type of the data disks.
      type: str
      sample: SATA
    data_volume_size:
      description: Size of each data disk in GB.
      type: int
      sample: 600
    data_volume_count:
      description: Number of data disks.
      type: int
      sample: 1
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import HostInfoTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module

SPEC = ModuleSpec(
    options={
        **AUTH,
        **CLUSTER_OF,
        "node_group": {"type": "str"},
    },
)


def main() -> None:
    run_module(HostInfoTask, SPEC)


if __name__ == "__main__":
    main()
