#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_agency_mapping_info
short_description: List which agencies the users and groups of a MapReduce cluster use
version_added: 1.0.0
description:
  - Lists which IAM agencies the users and groups of a cluster use to reach other services.
  - On a cloud that does not serve the call, the task fails and says so. Open Telekom Cloud does not
    publish it.
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
seealso:
  - module: huaweicloud.mrs.mrs_agency_mapping
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: Who takes which agency?
  huaweicloud.mrs.mrs_agency_mapping_info:
    cluster: sensor-etl
  register: known

- name: Show the agencies
  ansible.builtin.debug:
    msg: "{{ known.mappings | map(attribute='agency') | unique }}"
"""

RETURN = r"""
mappings:
  description: The mappings of the cluster, sorted. Empty when it has none.
  type: list
  elements: dict
  returned: success
  contains:
    agency:
      description: Name of the agency.
      type: str
      sample: obs-write
    agency_id:
      description: Id of the agency.
      type: str
      sample: 9f8e7d6c5b4a39281706f5e4d3c2b1a0
    identifier_type:
      description: What C(identifiers) names. V(User) or V(Group).
      type: str
      sample: User
    identifiers:
      description: Names of the users or of the groups that use the agency, sorted.
      type: list
      elements: str
      sample:
        - etl-robot
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_agency_mapping import (
    AgencyMappingInfoTask,
)

SPEC = ModuleSpec(options={**AUTH, **CLUSTER_OF})


def main() -> None:
    run_module(AgencyMappingInfoTask, SPEC)


if __name__ == "__main__":
    main()
