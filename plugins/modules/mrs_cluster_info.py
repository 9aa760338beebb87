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
  - Lists the clusters of the project, or those that match. Follows all pages of the service. Huawei
    Cloud may list only those of the default enterprise project.
  - The service still shows a cluster after its deletion, as V(terminated). Such clusters are listed
    only when O(cluster_state) names V(terminated) or O(id) is given.
  - When nothing matches, the list is empty and the task does not fail.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.attributes.info
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options:
  name:
    description:
      - Only clusters with exactly this name.
    type: str
    aliases:
      - cluster_name
  id:
    description:
      - Only the cluster with this id, in whatever state it is.
    type: str
    aliases:
      - cluster_id
  cluster_state:
    description:
      - Only clusters in one of these states, in the words of the service. Letter case does not
        matter.
      - An empty list means the same as no list, all clusters that are not terminated.
    type: list
    elements: str
    choices:
      - starting
      - running
      - scaling-out
      - scaling-in
      - scaling-error
      - rebooting
      - abnormal
      - frozen
      - stopped
      - shutdown
      - failed
      - terminating
      - terminated
  tags:
    description:
      - Only clusters that have all of these tags. A dictionary, or a list of dictionaries with
        C(key) and C(value).
    type: dict
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
# These examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: List all clusters that are not terminated
  huaweicloud.mrs.mrs_cluster_info:
  register: found

- name: Show their names and states
  ansible.builtin.debug:
    msg: "{{ found.clusters | items2dict(key_name='name', value_name='state') }}"

- name: Find a cluster by its name
  huaweicloud.mrs.mrs_cluster_info:
    name: sensor-etl
  register: etl

- name: Read the same cluster by its id, in whatever state it is
  huaweicloud.mrs.mrs_cluster_info:
    id: "{{ etl.clusters[0].id }}"

- name: List the running clusters of a team
  huaweicloud.mrs.mrs_cluster_info:
    cluster_state:
      - running
    tags:
      env: test
      team: sensors

# The shared options. Each of these works for every module of the collection.

- name: Log in with user name and password
  huaweicloud.mrs.mrs_cluster_info:
    auth:
      auth_url: "{{ mrs_auth_url }}"
      username: "{{ mrs_username }}"
      password: "{{ mrs_password }}"
      user_domain_name: "{{ mrs_user_domain_name }}"
      project_name: "{{ mrs_project_name }}"
    auth_type: password
    region_name: "{{ mrs_region }}"

- name: Sign with an access key, and say where everything is
  huaweicloud.mrs.mrs_cluster_info:
    access_key: "{{ mrs_access_key }}"
    secret_key: "{{ mrs_secret_key }}"
    security_token: "{{ mrs_security_token | default(omit) }}"
    project_id: "{{ mrs_project_id }}"
    region_name: "{{ mrs_region }}"
    endpoint: "{{ mrs_endpoint }}"
    validate_certs: true
    ca_cert: "{{ mrs_ca_cert | default(omit) }}"
    api_timeout: 30
    api_retries: 2
    outcome_timeout: 120

- name: Take an entry of clouds.yaml
  huaweicloud.mrs.mrs_cluster_info:
    cloud: otc
"""

RETURN = r"""
clusters:
  description: The clusters, sorted by name and id.
  type: list
  elements: dict
  returned: success
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
    CLUSTER_STATES,
    ID,
    TAGS,
    ModuleSpec,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import ClusterInfoTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module

SPEC = ModuleSpec(
    options={
        **AUTH,
        "name": {"type": "str", "aliases": ["cluster_name"]},
        "id": {**ID, "aliases": ["cluster_id"]},
        "cluster_state": {"type": "list", "elements": "str", "choices": CLUSTER_STATES},
        "tags": TAGS,
    },
)


def main() -> None:
    run_module(ClusterInfoTask, SPEC)


if __name__ == "__main__":
    main()
