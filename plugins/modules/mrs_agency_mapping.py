#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_agency_mapping
short_description: Manage which agencies the users and groups of a MapReduce cluster use
version_added: 1.0.0
description:
  - Sets which IAM agencies the users and groups of a cluster use to reach other services, such as
    OBS.
  - Each change replaces the whole list. A mapping that is not in O(mappings) is removed, and the
    diff and the action show it.
  - If another change of the list is under way, the task waits for it first. It also waits while the
    service refuses the change because of the state of the cluster, such as while it is being
    scaled.
  - This needs API v2. On a cloud that does not serve the call, the task fails and says so. Open
    Telekom Cloud does not publish it.
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
  mappings:
    description:
      - The whole list. An empty one removes all mappings. The order does not matter.
      - The suboptions have the names of the API, so that a request can be copied, and so can what
        M(huaweicloud.mrs.mrs_agency_mapping_info) returns.
    type: list
    elements: dict
    required: true
    aliases:
      - agency_mappings
    suboptions:
      agency:
        description: Name of the agency.
        type: str
        required: true
      agency_id:
        description: Id of the agency.
        type: str
        required: true
      identifier_type:
        description: What O(mappings[].identifiers) names.
        type: str
        choices:
          - User
          - Group
        required: true
      identifiers:
        description: Names of the users or of the groups that use the agency.
        type: list
        elements: str
        required: true
notes:
  - It needs the right C(mrs:cluster:syncUser), which the policy MRS CommonOperations does not
    include.
seealso:
  - module: huaweicloud.mrs.mrs_agency_mapping_info
  - module: huaweicloud.mrs.mrs_iam_sync
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: Who reads and writes what in OBS
  huaweicloud.mrs.mrs_agency_mapping:
    cluster: sensor-etl
    mappings:
      - agency: obs-read-only
        agency_id: 0a1b2c3d4e5f60718293a4b5c6d7e8f9
        identifier_type: Group
        identifiers:
          - analysts
      - agency: obs-write
        agency_id: 9f8e7d6c5b4a39281706f5e4d3c2b1a0
        identifier_type: User
        identifiers:
          - etl-robot

- name: Remove all agency mappings, and do not wait
  huaweicloud.mrs.mrs_agency_mapping:
    cluster: sensor-etl
    mappings: []
    wait: false

- name: The same, and wait five minutes at most
  huaweicloud.mrs.mrs_agency_mapping:
    cluster: sensor-etl
    mappings: []
    wait_timeout: 300
    poll_interval: 5
"""

RETURN = r"""
mappings:
  description: The mappings of the cluster, sorted. Empty when it has none.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
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
actions:
  description:
    - What was done, or would be done in check mode. Empty when nothing had to be done.
    - Each has the key C(action), which is V(set_agency_mappings), and the mappings that are new and
      those that are lost.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: set_agency_mappings
      added: []
      removed:
        - agency: obs-write
          agency_id: 9f8e7d6c5b4a39281706f5e4d3c2b1a0
          identifier_type: User
          identifiers:
            - etl-robot
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
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_agency_mapping import (
    AgencyMappingTask,
)

MAPPING = {
    "agency": {"type": "str", "required": True},
    "agency_id": {"type": "str", "required": True},
    "identifier_type": {"type": "str", "choices": ["User", "Group"], "required": True},
    "identifiers": {"type": "list", "elements": "str", "required": True},
}
SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        **CLUSTER_OF,
        "mappings": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": MAPPING,
            "aliases": ["agency_mappings"],
        },
    },
)


def main() -> None:
    run_module(AgencyMappingTask, SPEC)


if __name__ == "__main__":
    main()
