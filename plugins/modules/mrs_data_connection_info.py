#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_data_connection_info
short_description: List the data connections of the MapReduce Service
version_added: 1.0.0
description:
  - Lists the connections to databases that clusters can keep metadata in. No password is read.
  - On a cloud that does not serve the call, the task fails and says so. Open Telekom Cloud does not
    publish it.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.attributes.info
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options:
  name:
    description:
      - Only the connections of this name.
    type: str
    aliases:
      - connector_name
  id:
    description:
      - Only the connection with this id.
    type: str
    aliases:
      - connector_id
  source_type:
    description:
      - Only connections to this kind of database.
    type: str
    choices:
      - RDS_POSTGRES
      - RDS_MYSQL
      - gaussdb-mysql
seealso:
  - module: huaweicloud.mrs.mrs_data_connection
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: Which connections are there?
  huaweicloud.mrs.mrs_data_connection_info:
  register: all

- name: Show those that a cluster uses
  ansible.builtin.debug:
    msg: "{{ all.connections | selectattr('used_clusters') | map(attribute='name') }}"

- name: The one of Hive, if it is MySQL
  huaweicloud.mrs.mrs_data_connection_info:
    name: hive-metadata
    source_type: RDS_MYSQL
  register: hive

- name: The same, by its id
  huaweicloud.mrs.mrs_data_connection_info:
    id: "{{ (hive.connections | first | default({'id': 'none'})).id }}"
"""

RETURN = r"""
connections:
  description: The connections, sorted by name. Empty when there are none.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the connection. V(null) in check mode for one that would be created.
      type: str
      sample: 7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f
    name:
      description: Name of the connection.
      type: str
      sample: hive-metadata
    source_type:
      description: Kind of the database, in the words of the service.
      type: str
      sample: RDS_MYSQL
    database:
      description: Name of the database.
      type: str
      sample: hivemeta
    username:
      description: User of the database.
      type: str
      sample: hive
    rds_instance_id:
      description: Id of the instance of the database.
      type: str
      sample: 3aa55f1cb4c34916869e1bd3c2a7ff10in01
    available:
      description: Whether the service can use it. V(null) if it does not say.
      type: bool
      sample: true
    used_clusters:
      description: Ids of the clusters that use it, sorted.
      type: list
      elements: str
      sample:
        - 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7
    created_by:
      description: Who created it.
      type: str
      sample: etl-robot
    created_at:
      description: When it was created, in UTC.
      type: str
      sample: "2024-03-27T08:44:40Z"
    updated_at:
      description: When it was changed last, in UTC.
      type: str
      sample: "2024-03-27T09:20:00Z"
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
    ID,
    ModuleSpec,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_data_connection import (
    DataConnectionInfoTask,
)

SPEC = ModuleSpec(
    options={
        **AUTH,
        "name": {"type": "str", "aliases": ["connector_name"]},
        "id": {**ID, "aliases": ["connector_id"]},
        "source_type": {
            "type": "str",
            "choices": ["RDS_POSTGRES", "RDS_MYSQL", "gaussdb-mysql"],
        },
    }
)


def main() -> None:
    run_module(DataConnectionInfoTask, SPEC)


if __name__ == "__main__":
    main()
