#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_iam_sync
short_description: Synchronise IAM users and groups with a MapReduce cluster
version_added: 1.0.0
description:
  - The service refuses a job by API v2 if the cluster does not know the IAM user who submits it
    (code 0192). This module makes users and groups known to a cluster, and waits until the
    synchronisation has ended.
  - Open Telekom Cloud does not publish the calls, and needs a synchronisation only on clusters with
    Kerberos authentication. There synchronise the users in the console.
  - After a synchronisation it may take about five minutes until the service accepts jobs of a user.
    The option O(huaweicloud.mrs.mrs_job#module:sync_iam_user) submits a job again until then.
  - Users and groups that the cluster knows already are not synchronised again.
  - At least one of O(users), O(groups) and O(all) is needed.
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
  state:
    description:
      - V(present) makes the users and groups known to the cluster, V(absent) removes them from it.
        If there is no such cluster, nothing is to be removed, and a warning says so.
    type: str
    choices:
      - present
      - absent
    default: present
  users:
    description:
      - Names of IAM users. Their groups are synchronised with them.
    type: list
    elements: str
  groups:
    description:
      - Names of IAM user groups.
    type: list
    elements: str
  all:
    description:
      - Whether all IAM users of the account are made known. If the service says that a
        synchronisation of the cluster has finished before, nothing is done. For users who were
        added to the account after that, use O(users).
    type: bool
    default: false
notes:
  - It needs the right C(mrs:cluster:syncUser), which the policy MRS CommonOperations does not
    include.
seealso:
  - module: huaweicloud.mrs.mrs_job
  - module: huaweicloud.mrs.mrs_iam_sync_info
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: The user of the nightly jobs can run them
  huaweicloud.mrs.mrs_iam_sync:
    cluster: sensor-etl
    users:
      - "{{ mrs_job_user }}"

- name: Synchronise the data team as well, and do not wait
  huaweicloud.mrs.mrs_iam_sync:
    cluster: sensor-etl
    groups:
      - "{{ mrs_job_group }}"
    wait: false

- name: The same, and it may take longer
  huaweicloud.mrs.mrs_iam_sync:
    cluster: sensor-etl
    groups:
      - "{{ mrs_job_group }}"
    wait_timeout: 7200
    poll_interval: 30

- name: All users of the account, on a new cluster
  huaweicloud.mrs.mrs_iam_sync:
    cluster: sensor-etl
    all: true

- name: Somebody has left
  huaweicloud.mrs.mrs_iam_sync:
    cluster: sensor-etl
    users:
      - former-colleague
    state: absent
"""

RETURN = r"""
users:
  description: Names of the IAM users that the cluster knows, or in check mode would know, sorted.
  type: list
  elements: str
  returned: success, and on failure as far as it is known
  sample:
    - etl-robot
groups:
  description: Names of the user groups that the cluster knows, or in check mode would know, sorted.
  type: list
  elements: str
  returned: success, and on failure as far as it is known
  sample:
    - data-team
actions:
  description:
    - What was done, or would be done in check mode. Empty when nothing had to be done.
    - Each has the key C(action), which is V(sync_iam_users) or V(forget_iam_users), and what
      belongs to it.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: sync_iam_users
      users:
        - etl-robot
      groups: []
      all: false
api:
  description: The API of the service that was used.
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_iam_sync import IamSyncTask

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        **CLUSTER_OF,
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "users": {"type": "list", "elements": "str"},
        "groups": {"type": "list", "elements": "str"},
        "all": {"type": "bool", "default": False},
    },
)


def main() -> None:
    run_module(IamSyncTask, SPEC)


if __name__ == "__main__":
    main()
