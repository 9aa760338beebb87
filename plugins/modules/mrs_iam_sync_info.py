#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_iam_sync_info
short_description: List the IAM users that a MapReduce cluster knows
version_added: 1.0.0
description:
  - Lists the IAM users and groups that can run jobs on a cluster by API v2, and says whether a
    synchronisation is going on.
  - Open Telekom Cloud does not publish this call.
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
  - module: huaweicloud.mrs.mrs_job
  - module: huaweicloud.mrs.mrs_iam_sync
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: Who can run jobs there?
  huaweicloud.mrs.mrs_iam_sync_info:
    cluster: sensor-etl
  register: known

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ known.users | join(', ') }}"
"""

RETURN = r"""
users:
  description: Names of the IAM users that the cluster knows, sorted.
  type: list
  elements: str
  returned: success
  sample:
    - etl-robot
groups:
  description: Names of the user groups that the cluster knows, sorted.
  type: list
  elements: str
  returned: success
  sample:
    - data-team
synchronizing:
  description: Whether a synchronisation is going on.
  type: bool
  returned: success
  sample: false
api:
  description: The API of the service that was used.
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_iam_sync import (
    IamSyncInfoTask,
)

SPEC = ModuleSpec(options={**AUTH, **CLUSTER_OF})


def main() -> None:
    run_module(IamSyncInfoTask, SPEC)


if __name__ == "__main__":
    main()
