#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_job_execution_info
short_description: List the job executions of a MapReduce cluster
version_added: 1.0.0
description:
  - Lists the executions of jobs on a cluster, newest first. Follows all pages of the service.
  - When nothing matches, the list is empty and the task does not fail.
  - With O(wait) it waits until all of them have ended. Each poll reads the list of the cluster
    once, and not each execution.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.wait
  - huaweicloud.mrs.attributes.info
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
options:
  cluster:
    description:
      - Name or id of the cluster. A name means the cluster that is not terminated. If there is
        none, it means the one of this name that was terminated last.
      - A whole cluster, as M(huaweicloud.mrs.mrs_cluster) returns it, is accepted, too, and its id
        is used.
      - Required when O(id) is not given. With O(id) alone the executions may be on several
        clusters, and each execution takes one request. Only executions of API v1.1 are found in
        this way, so none of MRS 3; a warning names those that are not found.
    type: str
    aliases:
      - cluster_id
  id:
    description:
      - Only the executions with these ids. One id or a list. With an empty list the result is
        empty.
      - With O(cluster), only those of them that are on this cluster.
      - A whole execution, as M(huaweicloud.mrs.mrs_job) returns it, is accepted, too, and its id is
        used.
    type: list
    elements: str
    aliases:
      - job_execution_id
  name:
    description:
      - Only executions of the job with exactly this name.
    type: str
    aliases:
      - job_name
  job_state:
    description:
      - Only executions in one of these states. V(completed) means that it has ended, not that it
        has succeeded.
    type: list
    elements: str
    choices:
      - starting
      - running
      - completed
      - terminated
      - abnormal
      - error
  job_type:
    description:
      - Only executions of this type, in the words of O(huaweicloud.mrs.mrs_job#module:job_type).
        The service lists programs of V(spark_python) as V(spark), so each of the two words finds
        both.
    type: str
    choices:
      - mapreduce
      - spark
      - hive_script
      - hiveql
      - distcp
      - spark_script
      - spark_sql
      - spark_python
      - flink
  user:
    description:
      - Only executions that this user has submitted. API v1.1 does not show it; a warning says so.
    type: str
  queue:
    description:
      - Only executions in this queue of YARN. API v1.1 does not show it; a warning says so.
    type: str
  result:
    description:
      - Only executions with this result in the words of API v2. Of executions of API v1.1,
        RV(job_executions[].final_status) is compared.
    type: str
    choices:
      - undefined
      - succeeded
      - failed
      - killed
  submitted_after:
    description:
      - Only executions that were submitted at this time or later, in ISO 8601, such as
        V(2024-03-27T11:46:40Z). A time without a time zone is in UTC.
    type: str
  submitted_before:
    description:
      - Only executions that were submitted before this time, as O(submitted_after).
    type: str
  limit:
    description:
      - Largest number of executions, the newest ones, 1 or more. All of them when it is not given.
    type: int
  wait:
    description:
      - Whether to wait until all executions that the other options select have ended, well or not.
        They are selected once, at the beginning. RV(job_executions[].final_status) tells how each
        ended, and a job that ended badly does not fail the task.
      - One whose record is deleted meanwhile is left out with a warning.
    type: bool
    default: false
seealso:
  - module: huaweicloud.mrs.mrs_job
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

- name: List all executions on a cluster
  huaweicloud.mrs.mrs_job_execution_info:
    cluster: sensor-etl
  register: executions

- name: Show those that did not go well
  ansible.builtin.debug:
    msg: >-
      {{ executions.job_executions
         | rejectattr("final_status", "in", ["succeeded", "unfinished"]) }}

- name: Find the last five executions of a job that are over
  huaweicloud.mrs.mrs_job_execution_info:
    cluster: sensor-etl
    name: wordcount-night
    job_state:
      - completed
      - terminated
      - abnormal
      - error
    limit: 5

- name: Wait for everything that runs on the cluster, up to two hours
  huaweicloud.mrs.mrs_job_execution_info:
    cluster: sensor-etl
    job_state:
      - starting
      - running
    wait: true
    wait_timeout: 7200
    poll_interval: 30
  register: ended

- name: Show how they ended
  ansible.builtin.debug:
    msg: "{{ item.name }} ended {{ item.final_status }}"
  loop: "{{ ended.job_executions }}"

- name: Look at one execution, whichever cluster it is on
  huaweicloud.mrs.mrs_job_execution_info:
    id: c1f2a3b4-5d6e-4f70-8192-a3b4c5d6e7f8

- name: What has the robot run today that failed, by API v2?
  huaweicloud.mrs.mrs_job_execution_info:
    cluster: sensor-etl
    user: etl-robot
    queue: default
    job_type: spark
    result: failed
    submitted_after: "2024-03-27T00:00:00Z"
    submitted_before: "2024-03-28T00:00:00Z"
"""

RETURN = r"""
job_executions:
  description: The executions, newest first. When a wait does not end in time, as they were seen
    last.
  type: list
  elements: dict
  returned: success, and when a wait fails
  contains:
    id:
      description: Id of the execution.
      type: str
      sample: c1f2a3b4-5d6e-4f70-8192-a3b4c5d6e7f8
    name:
      description: Name of the job.
      type: str
      sample: wordcount-night
    job_type:
      description: Type of the job, in the words of the option
        O(huaweicloud.mrs.mrs_job#module:job_type).
      type: str
      sample: mapreduce
    cluster_id:
      description: Id of the cluster.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7
    state:
      description:
        - State of the execution. V(starting), V(running), V(completed), V(terminated), V(abnormal)
          or V(error).
        - V(completed) means that it has ended, not that it has succeeded.
      type: str
      sample: completed
    final_status:
      description: Result of the execution. V(unfinished), V(failed), V(succeeded) or V(cancelled).
      type: str
      sample: succeeded
    progress:
      description: Progress in the words of the service.
      type: str
      sample: first progress
    jar_path:
      description: The program.
      type: str
      sample: s3a://etl-bucket/program/hadoop-mapreduce-examples.jar
    arguments:
      description:
        - Arguments of the program in one string. The values of words marked with C(@) are masked.
        - With API v2, one text with the program, its arguments and all other parts of the command,
          as the service shows it, such as C([/wc.jar, wordcount, /in, /out]). The fields of these
          parts, such as C(jar_path), are then V(null).
      type: str
      sample: wordcount @password=*
    input:
      description: Where the data come from.
      type: str
      sample: s3a://etl-bucket/in/
    output:
      description: Where the results go.
      type: str
      sample: s3a://etl-bucket/out/
    job_log:
      description: Where the logs go.
      type: str
      sample: s3a://etl-bucket/log/
    hive_script_path:
      description: The SQL script.
      type: str
      sample: null
    hql:
      description: The SQL statement as plain text.
      type: str
      sample: null
    file_action:
      description: Direction of a V(distcp) job.
      type: str
      sample: null
    application_id:
      description: Id of the application on the cluster. V(null) as long as there is none.
      type: str
      sample: application_1711530100001_0007
    return_code:
      description: Return code of the program, if the service shows it.
      type: str
      sample: null
    result:
      description:
        - Result in the words of API v2. V(undefined), V(succeeded), V(failed) or V(killed). V(null)
          with API v1.1.
      type: str
      sample: null
    user:
      description: Name of the user who submitted the execution. V(null) with API v1.1.
      type: str
      sample: null
    queue:
      description: Queue of YARN. V(null) with API v1.1.
      type: str
      sample: null
    launcher_id:
      description: Id of the application that starts the program. V(null) with API v1.1.
      type: str
      sample: null
    tracking_url:
      description: Page of YARN about the application, through the elastic IP of the cluster.
        V(null) with API v1.1.
      type: str
      sample: null
    sql_result:
      description:
        - Result of a V(spark_sql) or V(spark_script) job that succeeded. Each key is the number of
          a statement, from V(0), and its value is a list of up to 1000 rows.
        - M(huaweicloud.mrs.mrs_job) reads it once the job has succeeded, also where it succeeded
          before. A task with O(huaweicloud.mrs.mrs_cluster#module:job) reads it if it waits for the
          job. V(null) otherwise, such as in check mode, in a list of executions, and with API v1.1.
      type: dict
      sample: null
    created_at:
      description: When the execution was submitted, in UTC.
      type: str
      sample: "2024-03-27T11:46:40Z"
    started_at:
      description: When the execution began, in UTC.
      type: str
      sample: "2024-03-27T11:46:40Z"
    ended_at:
      description: When the execution ended, in UTC. V(null) as long as it has not.
      type: str
      sample: "2024-03-27T11:51:58Z"
    duration:
      description: Seconds that the execution took. V(null) as long as it is not known.
      type: float
      sample: 318.0
total:
  description: Number of executions that match, before O(limit) cuts them off.
  type: int
  returned: success
  sample: 1
api:
  description:
    - The API of the service that takes the jobs of the cluster. V(v1.1) or V(v2).
    - V(both) when executions of both APIs are listed. On clusters of MRS 1.9.2 to 2.x, API v2 runs
      the jobs that v1.1 cannot run, and each API may show only its own jobs.
    - The module chooses by the version of the cluster and by whether it uses Kerberos.
  type: str
  returned: success, and on failure as far as it is known
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
    JOB_DEFINITION,
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import forms
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import (
    JobExecutionInfoTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        "wait": {"type": "bool", "default": False},
        "cluster": {**CLUSTER_OF["cluster"], "required": False},
        "id": {
            "type": "list",
            "elements": "str",
            "aliases": ["job_execution_id"],
            "reads": forms.identities,
        },
        "name": {"type": "str", "aliases": ["job_name"]},
        "job_state": {
            "type": "list",
            "elements": "str",
            "choices": ["starting", "running", "completed", "terminated", "abnormal", "error"],
        },
        "job_type": JOB_DEFINITION["job_type"],
        "user": {"type": "str"},
        "queue": {"type": "str"},
        "result": {"type": "str", "choices": ["undefined", "succeeded", "failed", "killed"]},
        "submitted_after": {"type": "str"},
        "submitted_before": {"type": "str"},
        "limit": {"type": "int"},
    },
    required_one_of=[["cluster", "id"]],
)


def main() -> None:
    run_module(JobExecutionInfoTask, SPEC)


if __name__ == "__main__":
    main()
