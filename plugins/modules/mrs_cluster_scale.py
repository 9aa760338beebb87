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
  - Brings the number of nodes of a group to O(count), or removes certain nodes. Does nothing when
    the number is right already.
  - The wanted number is given, never the difference. The API takes differences, so the module reads
    the cluster first, and reads it again when the answer to the request is lost. It never repeats a
    request blindly, so that no node is added or removed twice. Only a request that the network
    delivers late or twice can still change the number twice. A change that is under way is waited
    for before the module looks at the number.
  - If the service accepts a change and then fails to do it, the task fails with the service's
    reason, although the cluster is running again.
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
  node_group:
    description:
      - The group to scale. V(core) or V(task), or their names in the API; in mixed and custom
        clusters the name of any group, as RV(cluster.node_groups) shows it. Masters cannot be
        scaled.
    type: str
    default: core
  count:
    description:
      - Wanted number of nodes of the group, 0 to 500. Core and task nodes together can be at most
        500.
      - Open Telekom Cloud documents at least 3 core nodes after nodes are removed. Below that the
        module warns on every cloud, and the service decides.
      - The group is scaled to this number even while its auto scaling is on, with a warning. The
        policy may then change the number again, and some clusters refuse the change (error
        12000124). M(huaweicloud.mrs.mrs_cluster) does not scale such groups.
      - At least one of O(count) and O(include_instances) is required.
    type: int
  include_instances:
    description:
      - Nodes to remove, each by id, name or IP address, as M(huaweicloud.mrs.mrs_host_info) lists
        them. A whole host from that list is accepted, too, and its id is used.
      - Without O(count) those of them that still exist are removed. For a node that does not exist
        there is a warning, because it may be removed already. A node of another group is an error.
      - With O(count) the nodes to remove are chosen from this list first. If it has more nodes that
        exist than have to be removed, that is an error.
      - The reference of the API says only of task nodes that they can be chosen. If the service
        removes other nodes than the chosen ones, the task fails and names the chosen nodes that are
        still there.
      - In mixed and custom clusters only nodes whose machine is down can be chosen. They are
        removed by force. Among all other nodes the service chooses.
    type: list
    elements: str
    aliases:
      - includes
      - server_ids
  exclude_instances:
    description:
      - Nodes that must stay, each by id, name or IP address. Other nodes are removed in their
        place. If there are too few others, that is an error before anything is sent. These nodes
        must exist, and be in O(node_group).
      - Not possible in mixed and custom clusters.
    type: list
    elements: str
    aliases:
      - excludes
  task_node:
    description:
      - Size and disks of the first task nodes. Required with O(node_group=task) when the cluster
        has no task node yet, and ignored when it has some, because new nodes are then like those.
        Not possible with O(node_group=core), and in mixed and custom clusters, whose groups keep
        the size that they were created with.
    type: dict
    suboptions:
      size:
        description:
          - Flavor of the nodes, such as V(c6.4xlarge.4.linux.mrs).
        type: str
        required: true
        aliases:
          - node_size
      data_volume_type:
        description:
          - Type of the data disks, such as V(SATA), V(SAS), V(SSD) or V(GPSSD).
        type: str
      data_volume_size:
        description:
          - Size of each data disk in GB, 100 to 32000.
        type: int
      data_volume_count:
        description:
          - Number of data disks of each node, 1 to 10 (0 to 20 on Huawei Cloud).
        type: int
    aliases:
      - task_node_info
  skip_bootstrap_scripts:
    description:
      - Whether the bootstrap scripts of the cluster are left out on new nodes. The API has another
        default, so the module always sends this option.
    type: bool
    default: false
  scale_without_start:
    description:
      - Whether new nodes are added without starting their components.
    type: bool
    default: false
  validate:
    description:
      - Whether the options are compared with what the service offers before nodes are added or
        removed, in check mode, too. Compared are the number of nodes with the limits of the
        version, and the flavor and disks of O(task_node). In mixed and custom clusters, the new
        number must also not be lower than the number of nodes that have to stay because of their
        roles. M(huaweicloud.mrs.mrs_version_info) shows these roles as C(staying_roles).
      - When nothing has to be changed, the service is not asked.
      - What a cloud does not publish is not compared, and RV(validated) is V(false) then. Open
        Telekom Cloud does not publish these calls.
    type: bool
    default: true
notes:
  - The service scales only clusters that are running, and one group at a time.
  - Mixed and custom clusters are scaled by API v2. Open Telekom Cloud does not publish that call.
  - Before core nodes are removed, HDFS copies their data to other nodes, which takes some time.
  - When nodes are removed while jobs run on the cluster, the task warns and names the jobs.
seealso:
  - module: huaweicloud.mrs.mrs_cluster
  - module: huaweicloud.mrs.mrs_host_info
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

- name: Have five core nodes
  huaweicloud.mrs.mrs_cluster_scale:
    cluster: sensor-etl
    count: 5
  register: scaled

- name: Show what was done
  ansible.builtin.debug:
    msg: "{{ scaled.added }} nodes more, {{ scaled.removed }} nodes less"

- name: Have two task nodes, the first ones of the cluster, and wait two hours at most
  huaweicloud.mrs.mrs_cluster_scale:
    cluster: sensor-etl
    node_group: task
    count: 2
    task_node:
      size: c6.4xlarge.4.linux.mrs
      data_volume_type: SATA
      data_volume_size: 600
      data_volume_count: 1
    skip_bootstrap_scripts: true
    scale_without_start: false
    wait_timeout: 7200
    poll_interval: 30

- name: List the task nodes
  huaweicloud.mrs.mrs_host_info:
    cluster: sensor-etl
    node_group: task
  register: task_nodes

- name: Remove a certain task node
  huaweicloud.mrs.mrs_cluster_scale:
    cluster: sensor-etl
    node_group: task
    include_instances:
      - "{{ task_nodes.hosts[0].ip }}"

- name: Go down to one task node, but keep this one
  huaweicloud.mrs.mrs_cluster_scale:
    cluster: sensor-etl
    node_group: task
    count: 1
    exclude_instances:
      - "{{ task_nodes.hosts[1].name }}"

- name: See what three core nodes would mean
  huaweicloud.mrs.mrs_cluster_scale:
    cluster: sensor-etl
    count: 3
  check_mode: true
  diff: true

- name: Go down to three core nodes and do not wait for it
  huaweicloud.mrs.mrs_cluster_scale:
    cluster: sensor-etl
    count: 3
    validate: false
    wait: false
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
added:
  description: Number of nodes that were added, or would be in check mode. 0 when the change fails.
  type: int
  returned: success, and on failure as far as it is known
  sample: 2
removed:
  description: Number of nodes that were removed, or would be in check mode. 0 when the change
    fails.
  type: int
  returned: success, and on failure as far as it is known
  sample: 0
actions:
  description:
    - What was done, or would be done in check mode, in order. Empty when nothing had to be done.
    - Each has the key C(action), which is V(scale_out) or V(scale_in), and what belongs to it. In
      check mode on a cluster that is not there yet, C(from=null).
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: scale_out
      group: core
      from: 3
      to: 5
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
api:
  description:
    - The API of the service that resizes the cluster. V(v2) for mixed and custom clusters, V(v1.1)
      for all others.
  type: str
  returned: success, and on failure as far as it is known
  sample: v1.1
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
    TEXT,
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import forms
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster_scale import (
    ScaleTask,
)

NODES = {"type": "list", "elements": "str", "reads": forms.references}
TASK_NODE = {
    "size": {"type": "str", "required": True, "aliases": ["node_size"]},
    "data_volume_type": TEXT,
    "data_volume_size": {"type": "int"},
    "data_volume_count": {"type": "int"},
}

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        **CLUSTER_OF,
        "node_group": {"type": "str", "default": "core"},
        "count": {"type": "int"},
        "include_instances": {**NODES, "aliases": ["includes", "server_ids"]},
        "exclude_instances": {**NODES, "aliases": ["excludes"]},
        "task_node": {"type": "dict", "options": TASK_NODE, "aliases": ["task_node_info"]},
        "skip_bootstrap_scripts": {"type": "bool", "default": False},
        "scale_without_start": {"type": "bool", "default": False},
        "validate": {"type": "bool", "default": True},
    },
    required_one_of=[["count", "include_instances"]],
)


def main() -> None:
    run_module(ScaleTask, SPEC)


if __name__ == "__main__":
    main()
