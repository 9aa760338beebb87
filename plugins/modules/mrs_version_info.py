#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_version_info
short_description: List the versions, components, flavors and zones for MapReduce clusters
version_added: 1.0.0
description:
  - Lists the versions that a region offers, with the types of clusters, the components with what
    they need and their roles, the smallest disks, and the flavors that each availability zone has.
    Lists the availability zones with their names and ids as well.
  - M(huaweicloud.mrs.mrs_cluster) compares its options with the same lists before it creates a
    cluster.
  - On a cloud that does not serve one of these calls, the task fails and says so. Open Telekom
    Cloud does not publish them.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.attributes.info
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options:
  version:
    description:
      - Only this version, such as V(MRS 3.5.0-LTS). V(MRS) may be left out.
      - If there is no such version, the list is empty.
    type: str
  availability_zone:
    description:
      - Only the flavors of this zone, given by its name or its id.
      - When it is not given, the flavors of all zones.
    type: str
seealso:
  - module: huaweicloud.mrs.mrs_cluster
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: List what there is
  huaweicloud.mrs.mrs_version_info:
  register: offered

- name: Show the names of the versions
  ansible.builtin.debug:
    msg: "{{ offered.versions | map(attribute='name') }}"

- name: Ask for the flavors of one version in one zone
  huaweicloud.mrs.mrs_version_info:
    version: MRS 3.2.0-LTS.1
    availability_zone: cn-north-4a
  register: offered

- name: Show the flavors for core nodes
  ansible.builtin.debug:
    msg: "{{ offered.versions[0].flavors['cn-north-4a'].core }}"
"""

RETURN = r"""
versions:
  description: The versions, the newest one first. Empty if there is none of this name.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description: Name of the version, as M(huaweicloud.mrs.mrs_cluster) needs it.
      type: str
      sample: MRS 3.2.0-LTS.1
    cluster_types:
      description: Types that a cluster of it can have, as M(huaweicloud.mrs.mrs_cluster) needs
        them.
      type: list
      elements: str
      sample: [analysis, streaming, mixed, custom]
    components:
      description: The components, sorted by name.
      type: list
      elements: dict
      contains:
        name:
          description: Name of the component.
          type: str
          sample: Hive
        version:
          description: Version of the component.
          type: str
          sample: 3.1.0
        depends_on:
          description: Components without which it cannot be installed.
          type: list
          elements: str
          sample: [Hadoop, DBService]
        cluster_types:
          description: Types of clusters that can have it.
          type: list
          elements: str
          sample: [analysis, mixed, custom]
        roles:
          description: Its roles, which the node groups of a custom cluster can be assigned.
          type: list
          elements: str
          sample: [HiveServer, MetaStore, WebHCat]
        visible:
          description: Whether it can be chosen. The service adds the others by itself.
          type: bool
          sample: true
    not_with_kerberos:
      description: Components that cannot run where Kerberos authentication is on.
      type: list
      elements: str
      sample: [Kudu]
    smallest_disks:
      description:
        - The smallest root and data volume in GB of V(master), V(core) and V(task) nodes.
        - A group for which the service shows none is missing.
      type: dict
      sample:
        core:
          root_volume_size: 480
          data_volume_size: 100
    node_counts:
      description:
        - The smallest (C(least)) and the largest number (C(most)) of V(master), V(core) and V(task)
          nodes.
        - What the service does not show is missing.
      type: dict
      sample:
        core:
          least: 3
          most: 500
    staying_roles:
      description: Roles whose nodes stay when a group is scaled in.
      type: list
      elements: str
      sample: [DBServer, quorumpeer]
    flavors:
      description: Flavors of V(master), V(core) and V(task) nodes, by the name of the availability
        zone.
      type: dict
      sample:
        cn-north-4a:
          master: [c6.4xlarge.4.linux.mrs]
          core: [c6.4xlarge.4.linux.mrs]
          task: [c6.4xlarge.4.linux.mrs]
zones:
  description: The availability zones, sorted by name. With O(availability_zone), this one alone.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description: Name of the zone, which API v2 needs.
      type: str
      sample: cn-north-4a
    id:
      description: Id of the zone, which API v1.1 needs.
      type: str
      sample: ae04cf9d61544df3806a3feeb401b204
    title:
      description: What the console calls it.
      type: str
      sample: AZ1
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

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH, ModuleSpec
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_version_info import (
    VersionInfoTask,
)

SPEC = ModuleSpec(
    options={**AUTH, "version": {"type": "str"}, "availability_zone": {"type": "str"}}
)


def main() -> None:
    run_module(VersionInfoTask, SPEC)


if __name__ == "__main__":
    main()
