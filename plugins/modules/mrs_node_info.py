#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_node_info
short_description: Show the health of the nodes of a MapReduce cluster
version_added: 1.0.0
description:
  - Lists the nodes of a cluster, or those of one group, with the state of each component on them
    and the load of the machine. Follows all pages of the service.
  - The service shows this by API v2 only, and Open Telekom Cloud does not publish that call.
    M(huaweicloud.mrs.mrs_host_info) lists the machines of every cluster.
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
  detail:
    description:
      - Whether to read the load of the machines, too. The service takes longer for it.
    type: bool
    default: true
seealso:
  - module: huaweicloud.mrs.mrs_host_info
  - module: huaweicloud.mrs.mrs_cluster
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

- name: Show the nodes of a cluster
  huaweicloud.mrs.mrs_node_info:
    cluster: sensor-etl
  register: nodes

- name: Say which components do not work
  ansible.builtin.debug:
    msg: >-
      {{ item.name }}:
      {{ item.components | rejectattr("state", "equalto", "GOOD") | map(attribute="role")
         | join(", ") }}
  loop: "{{ nodes.nodes | rejectattr('healthy') }}"

- name: Look at the core nodes without their load
  huaweicloud.mrs.mrs_node_info:
    cluster: sensor-etl
    node_group: core
    detail: false
"""

RETURN = r"""
nodes:
  description: The nodes, sorted by name.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the node.
      type: str
      sample: 9b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9
    name:
      description: Name of the node.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7_node_core_fGhIj
    node_group:
      description: V(master), V(core) or V(task); in mixed and custom clusters V(master) or the name
        of the group.
      type: str
      sample: core
    state:
      description: State of the node, in the words of the service.
      type: str
      sample: started
    ip:
      description: IP address in the subnet of the cluster.
      type: str
      sample: 192.168.10.31
    server_id:
      description: Id of the virtual machine.
      type: str
      sample: 1c2d3e4f-5061-4728-93a4-b5c6d7e8f901
    healthy:
      description: Whether components are listed, and all of them are C(GOOD).
      type: bool
      sample: true
    components:
      description: The roles of components on the node.
      type: list
      elements: dict
      contains:
        id:
          description: Id of the role on this node.
          type: str
          sample: "12"
        name:
          description: The field C(name) of the service. C(role) has the name of the role.
          type: str
          sample: DataNode
        role:
          description: Name of the role.
          type: str
          sample: DataNode
        service:
          description: The component that it belongs to.
          type: str
          sample: HDFS
        state:
          description: Its health, in the words of the service. V(GOOD) means that all is well.
          type: str
          sample: GOOD
        ha_state:
          description: Whether it is the active one of two, where that applies.
          type: str
          sample: ACTIVE
        config_state:
          description: Whether its configuration is in effect, in the words of the service.
          type: str
          sample: SYNCHRONIZED
    load:
      description: Load of the machine. V(null) where it was not asked for, or the service does not
        tell it.
      type: dict
      contains:
        state:
          description: State of the machine, in the words of the service.
          type: str
          sample: GOOD
        cpu_usage:
          description: Use of the processors in percent.
          type: float
          sample: 12.5
        memory_usage:
          description: Use of the memory in percent.
          type: float
          sample: 40.0
        disk_usage:
          description: Use of the disks in percent.
          type: float
          sample: 20.0
        total_memory:
          description: Memory in MB.
          type: float
          sample: 65536.0
        available_memory:
          description: Free memory in MB.
          type: float
          sample: 39321.6
        total_disk:
          description: Size of the disks in GB.
          type: float
          sample: 600.0
        available_disk:
          description: Free space on the disks in GB.
          type: float
          sample: 480.0
        network_read:
          description: Bytes a second that come in.
          type: float
          sample: 1024.0
        network_write:
          description: Bytes a second that go out.
          type: float
          sample: 2048.0
api:
  description: The API of the service that shows it. V(v2).
  type: str
  returned: success, and on failure as far as it is known
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import NodeInfoTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module

SPEC = ModuleSpec(
    options={
        **AUTH,
        **CLUSTER_OF,
        "node_group": {"type": "str"},
        "detail": {"type": "bool", "default": True},
    },
)


def main() -> None:
    run_module(NodeInfoTask, SPEC)


if __name__ == "__main__":
    main()
