#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_data_connection
short_description: Manage data connections of the MapReduce Service
version_added: 1.0.0
description:
  - Creates, changes or deletes a connection to a database of RDS or of GaussDB(for MySQL). Clusters
    can store the metadata of Hive and Ranger there. A connection belongs to the project, not to a
    cluster.
  - This needs API v2. On a cloud that does not serve the call, the task fails and says so. Open
    Telekom Cloud does not publish it.
  - The service accepts several connections of one name. When the answer to a creation is lost, the
    module looks for the new connection, and does not send the request again. The next run on the
    same machine within ten minutes looks for it first, too. If the network delivers the request
    twice, or minutes late, or if tasks on two machines create it in the same second, there are two
    connections. The next run fails and lists their ids, so that you can delete one by O(id).
    After a creation the module waits until the list has the new connection, with O(wait=false) as
    well.
  - The password is never shown, and the service does not return it. So a new password alone changes
    nothing, unless O(update_password=always).
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.wait
  - huaweicloud.mrs.attributes
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options:
  state:
    description:
      - V(present) creates or changes the connection, V(absent) deletes it. The service may refuse
        to delete one that clusters use.
    type: str
    choices:
      - present
      - absent
    default: present
  name:
    description:
      - Name of the connection, 1 to 64 characters.
      - At least one of O(name) and O(id) is required. To create a connection, give O(name) without
        O(id).
    type: str
    aliases:
      - connector_name
  id:
    description:
      - Id of the connection, for example when several have the same name. If O(name) is given as
        well and the connection has another name, it is renamed; with O(state=absent) that is an
        error.
    type: str
    aliases:
      - connector_id
  source_type:
    description:
      - Kind of the database. Required with O(state=present).
    type: str
    choices:
      - RDS_POSTGRES
      - RDS_MYSQL
      - gaussdb-mysql
  database:
    description:
      - Name of the database. Required with O(state=present).
    type: str
    aliases:
      - db_name
  username:
    description:
      - User of the database. Required with O(state=present).
    type: str
    aliases:
      - user_name
  rds_instance_id:
    description:
      - Id of the instance of the database. Required with O(state=present).
    type: str
  password:
    description:
      - Password of the user. Needed to create a connection and to change one, since the service
        takes the whole connection each time.
    type: str
  update_password:
    description:
      - V(on_create) sends the password when the connection is created or when another option
        differs. V(always) sends it in each run, and each run is C(changed), because nobody can see
        whether the password is new.
    type: str
    choices:
      - always
      - on_create
    default: on_create
seealso:
  - module: huaweicloud.mrs.mrs_data_connection_info
  - module: huaweicloud.mrs.mrs_cluster
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: A database for the metadata of Hive
  huaweicloud.mrs.mrs_data_connection:
    name: hive-metadata
    source_type: RDS_MYSQL
    database: hivemeta
    username: hive
    password: "{{ mrs_store_password }}"
    rds_instance_id: 3aa55f1cb4c34916869e1bd3c2a7ff10in01
  register: metadata

- name: It has a new name, and the password was changed in the database
  huaweicloud.mrs.mrs_data_connection:
    id: "{{ metadata.connection.id }}"
    name: hive-metadata-2
    source_type: RDS_MYSQL
    database: hivemeta
    username: hive
    password: "{{ mrs_store_password }}"
    rds_instance_id: 3aa55f1cb4c34916869e1bd3c2a7ff10in01
    update_password: always

- name: Delete it, and do not wait
  huaweicloud.mrs.mrs_data_connection:
    name: hive-metadata-2
    state: absent
    wait: false

- name: The same, and wait five minutes at most
  huaweicloud.mrs.mrs_data_connection:
    name: hive-metadata-2
    state: absent
    wait_timeout: 300
    poll_interval: 5
"""

RETURN = r"""
connection:
  description: The data connection. V(null) when there is none.
  type: dict
  returned: success, and on failure as far as it is known
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
actions:
  description:
    - What was done, or would be done in check mode. Empty when nothing had to be done.
    - Each has the key C(action), which is V(create_data_connection), V(change_data_connection) or
      V(delete_data_connection), the name of the connection, and the fields that are changed.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: create_data_connection
      name: hive-metadata
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
    ID,
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_data_connection import (
    DataConnectionTask,
)

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "name": {"type": "str", "aliases": ["connector_name"]},
        "id": {**ID, "aliases": ["connector_id"]},
        "source_type": {
            "type": "str",
            "choices": ["RDS_POSTGRES", "RDS_MYSQL", "gaussdb-mysql"],
        },
        "database": {"type": "str", "aliases": ["db_name"]},
        "username": {"type": "str", "aliases": ["user_name"]},
        "rds_instance_id": {"type": "str"},
        "password": {"type": "str", "no_log": True},
        "update_password": {
            "type": "str",
            "choices": ["always", "on_create"],
            "default": "on_create",
            "no_log": False,
        },
    },
    required_one_of=[["name", "id"]],
    required_if=[
        ["state", "present", ["source_type", "database", "username", "rds_instance_id"]],
    ],
)


def main() -> None:
    run_module(DataConnectionTask, SPEC)


if __name__ == "__main__":
    main()
