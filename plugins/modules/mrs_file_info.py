#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_file_info
short_description: List a folder in the HDFS of a MapReduce cluster
version_added: 1.0.0
description:
  - Lists the files and folders that are in a folder of the HDFS of a cluster, not what is in the
    folders below it. Follows all pages of the service.
  - A folder without files is an empty list. A folder that does not exist, or that you may not read,
    is an error with the reason of the service.
  - This needs API v2. On a cloud that does not serve the call, the task fails and says so. Open
    Telekom Cloud does not publish it.
  - It needs the right C(mrs:file:list). The service has no calls that write or delete in HDFS, so
    no module does that.
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
  path:
    description:
      - Absolute path of the folder in HDFS, such as V(/user/hive). A slash at its end does not
        matter.
      - >-
        The service refuses paths with a part that has more than 255 bytes, that begins or ends with
        a dot, or that has one of the characters C(: * ? " < > | \ ; & , ' ` ! { } [ ] $ % +).
    type: str
    required: true
seealso:
  - module: huaweicloud.mrs.mrs_job
  - module: huaweicloud.mrs.mrs_cluster_info
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: List what the last job wrote
  huaweicloud.mrs.mrs_file_info:
    cluster: sensor-etl
    path: /user/hive/warehouse
  register: written

- name: Show what is newest there
  ansible.builtin.debug:
    msg: >-
      {{ written.files | sort(attribute="modified_at") | map(attribute="path") | list | last
         | default("nothing") }}
"""

RETURN = r"""
files:
  description: What is in the folder, sorted by name. Empty when nothing is in it.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description: Name in the folder.
      type: str
      sample: part-00000
    path:
      description: The whole path.
      type: str
      sample: /user/hive/warehouse/part-00000
    type:
      description: V(file) or V(directory).
      type: str
      sample: file
    size:
      description: Length in bytes.
      type: int
      sample: 1048576
    owner:
      description: User who owns it.
      type: str
      sample: omm
    group:
      description: Group that owns it.
      type: str
      sample: supergroup
    permission:
      description: Its rights, in the words of the service.
      type: str
      sample: "644"
    replication:
      description: How many copies of each block there are.
      type: int
      sample: 3
    block_size:
      description: Size of a block in bytes.
      type: int
      sample: 134217728
    children:
      description: How many files and folders are in it, where it is a folder.
      type: int
      sample: 0
    accessed_at:
      description: When it was read last, in UTC. V(null) where the service does not know.
      type: str
      sample: "2024-03-27T11:51:58Z"
    modified_at:
      description: When it was changed last, in UTC.
      type: str
      sample: "2024-03-27T11:51:58Z"
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_file_info import (
    FileInfoTask,
)

SPEC = ModuleSpec(options={**AUTH, **CLUSTER_OF, "path": {"type": "str", "required": True}})


def main() -> None:
    run_module(FileInfoTask, SPEC)


if __name__ == "__main__":
    main()
