#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_component
short_description: Add a component to a custom MapReduce cluster
version_added: 1.0.0
description:
  - Adds a component, such as ClickHouse, to a running custom cluster of MRS 3, and waits until it
    is there. A component that the cluster has already is not added again, no matter where its roles
    run.
  - The service adds components only to custom clusters, from MRS 3.1.2 and MRS 3.1.2-LTS.2 on. With
    any other cluster the task fails before it changes anything. Components cannot be removed.
  - This needs API v2. On a cloud that does not serve the call, the task fails and says so. Open
    Telekom Cloud does not publish it.
  - When the answer of the service is lost, the module looks whether the component appears. It never
    sends the request twice.
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
  name:
    description:
      - Name of the component, such as V(ClickHouse).
    type: str
    required: true
    aliases:
      - component
  node_groups:
    description:
      - The node groups on which the roles of the component run. Used only when the component is
        added. The service does not show where roles run, so this is never compared.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of a node group of the cluster. V(master) means the group of the masters.
        type: str
        required: true
      assigned_roles:
        description:
          - Roles that run there. V(DataNode) is a role on all nodes of the group, V(NameNode:1,2)
            one on its first two nodes, V(EsNode[9]) nine instances of one on each node. The name of
            a role has letters, digits and C(_).
        type: list
        elements: str
        required: true
  user_password:
    description:
      - >-
        Password by which programs connect to ClickHouse, 8 to 26 characters with all of lower case,
        upper case, digits and special characters, which are C(! @ $ % ^ - _ = + [ { } ] : , . / ?).
      - Used only when the component is added.
    type: str
    aliases:
      - component_user_password
  default_password:
    description:
      - Password by which people connect to ClickHouse, with the limits of O(user_password). Used
        only when the component is added.
    type: str
    aliases:
      - component_default_password
  validate:
    description:
      - Whether the options are compared with what the version of the cluster offers before the
        component is added, in check mode, too. Compared are the component, the components that it
        needs, whether it runs with Kerberos, and the roles. M(huaweicloud.mrs.mrs_version_info)
        shows all of it.
      - When the component is there, the service is not asked.
      - What a cloud does not publish is not compared, and RV(validated) is V(false) then.
    type: bool
    default: true
seealso:
  - module: huaweicloud.mrs.mrs_cluster
  - module: huaweicloud.mrs.mrs_node_info
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: A custom cluster
  huaweicloud.mrs.mrs_cluster:
    name: sensor-lake
    region_name: cn-north-4
    availability_zone: cn-north-4a
    version: MRS 3.5.0-LTS
    type: custom
    template: mgmt_control_combined_v4.1
    vpc_name: vpc-data
    subnet_name: subnet-etl
    key_pair: ops-key
    admin_password: "{{ mrs_admin_password }}"
    components: [Hadoop, ZooKeeper, Ranger, DBService]
    node_groups:
      - name: master
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
        assigned_roles:
          - OMSServer:1,2
          - SlapdServer:1,2
          - KerberosServer:1,2
          - KerberosAdmin:1,2
          - quorumpeer:1,2,3
          - NameNode:2,3
          - Zkfc:2,3
          - JournalNode:1,2,3
          - ResourceManager:2,3
          - JobHistoryServer:3
          - DBServer:1,3
          - HttpFS:1,3
          - TimelineServer:3
          - RangerAdmin:1,2
          - UserSync:2
          - TagSync:2
          - KerberosClient
          - SlapdClient
          - meta
      - name: node_group_1
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
        assigned_roles: [DataNode, NodeManager, KerberosClient, SlapdClient, meta]

- name: The cluster has ClickHouse
  huaweicloud.mrs.mrs_component:
    cluster: sensor-lake
    name: ClickHouse
    node_groups:
      - name: node_group_1
        assigned_roles:
          - ClickHouseServer
          - ClickHouseBalancer:1,2
    user_password: "{{ mrs_store_password }}"
    default_password: "{{ mrs_store_password }}"

- name: Add Flink, and do not wait
  huaweicloud.mrs.mrs_component:
    cluster: sensor-lake
    name: Flink
    node_groups:
      - name: node_group_1
        assigned_roles:
          - FlinkResource
    validate: false
    wait: false

- name: The same, and it may take longer
  huaweicloud.mrs.mrs_component:
    cluster: sensor-lake
    name: Flink
    node_groups:
      - name: node_group_1
        assigned_roles:
          - FlinkResource
    wait_timeout: 7200
    poll_interval: 30
"""

RETURN = r"""
cluster:
  description:
    - The cluster after the change. In check mode it is the cluster as it is now; if an earlier task
      would create it, it has only C(name), with C(id=null).
    - When the task fails, it has only C(id), C(name), C(state), C(stage), C(error), C(scale_state)
      and C(node_counts).
  type: dict
  returned: success, and on failure as far as it is known
  contains:
    id:
      description: Id of the cluster.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7
    name:
      description: Name of the cluster.
      type: str
      sample: sensor-etl
    state:
      description:
        - State of the cluster in the words of the service, such as V(starting), V(running),
          V(scaling-out), V(scaling-in), V(abnormal), V(frozen), V(failed), V(terminating) and
          V(terminated).
      type: str
      sample: running
    stage:
      description: What the service is doing right now, or what went wrong, in its own words.
      type: str
      sample: Installing MRS Manager
    error:
      description: What went wrong, in the words of the service. V(null) when all is well.
      type: str
      sample: null
    version:
      description: Version of the cluster.
      type: str
      sample: MRS 3.2.0-LTS.2
    type:
      description: Type of the cluster. V(analysis), V(streaming), V(mixed) or V(custom).
      type: str
      sample: analysis
    safe_mode:
      description: Whether Kerberos authentication is on.
      type: bool
      sample: false
    region:
      description: Region of the cluster.
      type: str
      sample: eu-de
    availability_zone:
      description: Availability zone of the cluster.
      type: str
      sample: eu-de-02
    vpc_id:
      description: Id of the VPC. V(null) on clouds that do not show it.
      type: str
      sample: null
    vpc_name:
      description: Name of the VPC.
      type: str
      sample: vpc-data
    subnet_id:
      description: Network id of the subnet.
      type: str
      sample: b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31
    subnet_name:
      description: Name of the subnet.
      type: str
      sample: subnet-etl
    security_group_id:
      description: Id of the security group. If there are several, commas separate the ids.
      type: str
      sample: 2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703
    enterprise_project_id:
      description: Id of the enterprise project. V(null) on clouds that do not show it.
      type: str
      sample: "0"
    billing_type:
      description: How the cluster is paid for.
      type: str
      sample: Metered
    key_pair:
      description: Name of the key pair for the login to the nodes.
      type: str
      sample: ops-key
    log_collection:
      description: Whether the service collects logs when a creation fails.
      type: bool
      sample: true
    created_at:
      description: When the creation began, in UTC.
      type: str
      sample: "2024-03-27T08:44:40Z"
    updated_at:
      description: When the cluster was last changed, in UTC.
      type: str
      sample: "2024-03-27T09:20:00Z"
    components:
      description: Components of the cluster, sorted by name. The service adds some by itself.
      type: list
      elements: dict
      contains:
        id:
          description: Id of the component in this version.
          type: str
          sample: MRS 3.2.0-LTS.2_001
        name:
          description: Name of the component.
          type: str
          sample: Hadoop
        version:
          description: Version of the component.
          type: str
          sample: 3.3.1
    node_groups:
      description: Groups of nodes, sorted by their names in the API.
      type: list
      elements: dict
      contains:
        name:
          description: V(master), V(core) or V(task); in mixed and custom clusters V(master) or the
            name of the group.
          type: str
          sample: core
        api_name:
          description: Name of the group in the API.
          type: str
          sample: core_node_analysis_group
        count:
          description: Number of nodes.
          type: int
          sample: 3
        size:
          description: Flavor of the nodes.
          type: str
          sample: c6.4xlarge.4.linux.mrs
        root_volume_type:
          description: Type of the system disk.
          type: str
          sample: SATA
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
          description: Number of data disks of each node.
          type: int
          sample: 1
        auto_scaling_policy:
          description: The policy by which the group grows and shrinks by itself, as the API shows
            it. V(null) when it has none.
          type: dict
          sample: null
    node_counts:
      description: Number of nodes of V(master), V(core) and V(task). In mixed and custom clusters
        the keys are V(master) and the names of the other groups.
      type: dict
      sample:
        master: 2
        core: 3
        task: 0
    tags:
      description: Tags of the cluster.
      type: dict
      sample:
        env: test
    internal_ip:
      description: Internal IP address.
      type: str
      sample: 192.168.10.21
    external_ip:
      description: External IP address.
      type: str
      sample: 100.64.10.5
    master_ip:
      description: IP address of the active master node.
      type: str
      sample: 192.168.10.20
    scale_state:
      description:
        - State of a change of the number of nodes, such as V(scaling-out), V(scaling-in) or
          V(scaling-error).
        - V(null) when there is none.
      type: str
      sample: null
    bootstrap_scripts:
      description: Scripts that run on the nodes. Secrets in their parameters are masked.
      type: list
      elements: dict
      contains:
        name:
          description: Name of the script.
          type: str
          sample: install-agent
        uri:
          description: Path of the script.
          type: str
          sample: s3a://etl-bucket/bootstrap/agent.sh
        parameters:
          description: Parameters of the script.
          type: str
          sample: --verbose
        nodes:
          description: Kinds of nodes that the script runs on.
          type: list
          elements: str
          sample: [core, master]
        active_master:
          description: Whether the script runs on the active master only.
          type: bool
          sample: false
        before_component_start:
          description: Whether the script runs before the components start.
          type: bool
          sample: true
        fail_action:
          description: What happens when the script fails. V(continue) or V(errorout).
          type: str
          sample: continue
        state:
          description: How far the script is. V(pending), V(in_progress), V(success) or V(failure).
          type: str
          sample: success
        start_time:
          description: When the script was started, in UTC.
          type: str
          sample: "2024-03-27T08:59:12Z"
actions:
  description:
    - What was done, or would be done in check mode. Empty when nothing had to be done.
    - Each has the key C(action), which is V(add_components), and the names of the components.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: add_components
      components:
        - ClickHouse
api:
  description: The API of the service that was used. V(v2).
  type: str
  returned: success, and on failure as far as it is known
  sample: v2
validated:
  description:
    - Whether the options were compared with all that the service offers. V(false) where the cloud
      does not publish all of it; what it publishes was compared.
  type: bool
  returned: when they were compared, so only when something is created or changed
  sample: true
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
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_component import (
    ComponentTask,
)

GROUP = {
    "name": {"type": "str", "required": True},
    "assigned_roles": {"type": "list", "elements": "str", "required": True},
}
SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        **CLUSTER_OF,
        "name": {"type": "str", "required": True, "aliases": ["component"]},
        "node_groups": {"type": "list", "elements": "dict", "required": True, "options": GROUP},
        "user_password": {
            "type": "str",
            "no_log": True,
            "aliases": ["component_user_password"],
        },
        "default_password": {
            "type": "str",
            "no_log": True,
            "aliases": ["component_default_password"],
        },
        "validate": {"type": "bool", "default": True},
    },
)


def main() -> None:
    run_module(ComponentTask, SPEC)


if __name__ == "__main__":
    main()
