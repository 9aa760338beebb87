#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_job
short_description: Run, cancel and delete jobs of a MapReduce cluster
version_added: 1.0.0
description:
  - Submits a job to a cluster, waits until it is over, and fails when it ends badly. The error
    shows state and progress of the job and where its log is.
  - An execution on the cluster with the same name and the same definition is the same job. It is
    not submitted again unless O(rerun) says so. If it is still running, the task waits for it. With
    a changed definition it is a new job.
  - When the answer to the submission is lost, the module looks for the new execution and uses it.
    It never blindly submits a second time. Two tasks of one user on one machine that name the same
    job take turns.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.wait
  - huaweicloud.mrs.attributes
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
attributes:
  idempotent:
    details:
      - With O(rerun=always) each run submits the job again, unless it is still running. With
        O(rerun=on_failure) a job that fails each time is submitted each time.
options:
  state:
    description:
      - V(present) runs the job, unless it has been run.
      - V(cancelled) stops the executions that have not ended. The service cannot stop V(spark_sql)
        jobs.
      - V(absent) deletes the records of the executions, which cannot be restored. If an execution
        has not ended, the task first cancels it and waits for its end.
      - If the cluster is gone, there is nothing to cancel and nothing to delete.
    type: str
    choices:
      - present
      - absent
      - cancelled
    default: present
  cluster:
    description:
      - Name or id of the cluster. A name is looked for among the clusters that are not terminated.
      - A whole cluster, as M(huaweicloud.mrs.mrs_cluster) returns it, is accepted, too, and its id
        is used.
    type: str
    required: true
    aliases:
      - cluster_id
  name:
    description:
      - Name of the job, 1 to 64 letters, digits, C(-) and C(_).
      - With O(state=cancelled) and O(state=absent) all executions of this name are meant. If O(id)
        is given as well, only the executions of O(id) are meant, and it is an error if one of them
        has another name.
      - At least one of O(name) and O(id) is required. To submit a job, O(name) and O(job_type) are
        required.
    type: str
    aliases:
      - job_name
  id:
    description:
      - Id of an execution, or a list of ids. With O(state=present) nothing is submitted. The task
        waits for these executions, and fails if any of them did not end well. The error names each
        that did not.
      - The task waits for all of them together. Each poll is one request for all, as long as they
        are among the latest 100 executions of the cluster.
      - A whole execution, as this module returns it, is accepted, too, and its id is used.
      - With an empty list there is nothing to do.
    type: list
    elements: str
    aliases:
      - job_execution_id
  job_type:
    description:
      - Type of the job. V(mapreduce), V(spark), V(spark_python) and V(flink) need O(jar_path),
        V(hive_script) and V(spark_script) need O(hive_script_path), V(distcp) needs O(input) and
        O(output), V(hiveql) and V(spark_sql) need O(hql).
      - V(hiveql), V(spark_sql), V(spark_python) and V(flink) need a cluster of MRS 1.9.2 or later.
        The task fails with the reason before anything is submitted.
      - The numbers of API v1.1 and the words of API v2 are accepted, too. C(1) or C(MapReduce) is
        V(mapreduce), C(2) or C(SparkSubmit) is V(spark), C(3) or C(HiveScript) is V(hive_script),
        C(4) or C(HiveSql) is V(hiveql), C(5) or C(DistCp) is V(distcp), C(6) or C(SparkScript) is
        V(spark_script), C(7) or C(SparkSql) is V(spark_sql). API v2 also has C(SparkPython) and
        C(Flink). Letter case does not matter.
      - Needed to submit a job.
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
  jar_path:
    description:
      - The program. A path on HDFS (V(/user/jobs/x.jar)) or on OBS (V(obs://bucket/x.jar) on MRS 3,
        V(s3a://bucket/x.jar) before) that ends with C(.jar), up to 1023 characters, none of
        C(; | & > ' < $). For V(spark_python) it ends with C(.py).
    type: str
  main_class:
    description:
      - Main class of the program of a V(mapreduce), V(spark) or V(flink) job, or the name of the
        program in a jar with several, such as V(wordcount).
      - For API v1.1 it becomes the first argument. If a V(spark) job has no O(main_class), and its
        first argument is the name of a class with its package, such as C(org.example.Main), this
        argument is the main class.
    type: str
  options:
    description:
      - Options that come before the program on its command line, such as C(--driver-memory) and its
        value, as a list, or as a dictionary of option and value. An option with the value V(null)
        is given without a value. Jobs of the types V(spark), V(spark_python) and V(flink), scripts
        and SQL statements can have options.
      - Not possible for a job that goes by API v1.1. The notes say which jobs these are.
    type: raw
  properties:
    description:
      - Properties of the job, up to 2048 characters, none of C(> < | ' ` & ! \). The modules do
        not show values whose key ends in C(secret.key), C(access.key) or C(password). But the
        service shows them to everybody who may read jobs.
      - Not possible for a job that goes by API v1.1. The notes say which jobs these are.
    type: dict
  arguments:
    description:
      - Arguments of the program, as one string or as a list of strings and numbers. For V(spark)
        without O(main_class) the main class comes first.
      - A string is split at blanks. Of a list each item is one argument. API v1.1 takes only one
        text and splits it at blanks, so a job that goes by API v1.1 is refused if an item of its
        list is empty or has a blank in it. The boolean C(true) is passed as the word C(true). Quote
        a number such as C("1.50") or C("1e3") if it must be passed exactly as written, because YAML
        reads it as a number.
      - API v1.1 takes up to 2047 characters (150000 on Huawei Cloud). API v2 takes up to 150000
        together with the program and its options (4096 on Open Telekom Cloud). For API v1.1 they
        may not contain C(; | & > ' < $), and on Huawei Cloud not C(! " \) either.
      - A word that begins with C(@), such as C(@password=x), is stored encrypted by the service.
        Its value is never shown, comes back masked, and is not compared. A new secret alone does
        not start the job again. Use O(rerun=always) for that. All of this is true of API v1.1. API
        v2 stores the value as it is and shows it to everybody who may read jobs. A warning says so.
        The modules do not show it.
      - The modules also do not show a value if its name says that it is a secret, as in
        C(-Dfs.s3a.secret.key=x), C(--password x), C(access_key=x) or C(password 'x'). The same is
        true of logins and signatures in addresses. It applies here, in O(options), in O(hql), and
        to the jobs of others that M(huaweicloud.mrs.mrs_job_execution_info) lists. The service
        itself shows such a value to everybody who may read jobs.
    type: raw
  input:
    description:
      - Where the data come from, a path on HDFS or OBS, with the limits of O(jar_path).
    type: str
  output:
    description:
      - Where the results go, a path on HDFS or OBS, with the limits of O(jar_path). The service
        creates it.
    type: str
  job_log:
    description:
      - Where the logs go, a path on HDFS or OBS, with the limits of O(jar_path). With it a job
        stays V(running) for some minutes after its end, until the logs are stored. API v2 has no
        such option, and a warning says so.
    type: str
  hive_script_path:
    description:
      - The SQL script of a V(hive_script) or V(spark_script) job, a path on HDFS or OBS that ends
        with C(.sql), with the limits of O(jar_path).
    type: str
  hql:
    description:
      - The SQL statement of a V(hiveql) or V(spark_sql) job, as plain text.
    type: str
  file_action:
    description:
      - Direction of a V(distcp) job. V(import) copies from OBS (O(input)) to HDFS (O(output)),
        V(export) the other way. API v1.1 needs it. API v2 does not use it, and copies from O(input)
        to O(output).
    type: str
    choices:
      - import
      - export
  sync_iam_user:
    description:
      - Whether to make the user who submits known to the cluster, when the service refuses the job
        because it does not know that user (code 0192). Clusters that take their jobs by API v2 know
        users only after a synchronisation.
      - The task waits until the synchronisation has ended, and submits again until the service
        knows the user, which takes about five minutes. The job is run once at most. With
        O(wait=false) this option has no effect.
      - Check mode does not show the synchronisation, because only the refusal of the job tells
        whether it is needed.
      - The name of the user is that of the login. With access keys the module asks IAM for it. When
        the name cannot be found, all users are synchronised, and a warning says so. It needs the
        right C(mrs:cluster:syncUser). Open Telekom Cloud does not publish the synchronisation.
    type: bool
    default: false
  iam_sync_timeout:
    description:
      - How many seconds the task goes on submitting the job after the synchronisation, greater than
        0.
    type: float
    default: 600
  rerun:
    description:
      - What to do when the job has been run before, with the same name and the same definition.
      - V(on_failure) submits it again only if the latest execution ended badly or was cancelled.
      - V(never) does not submit it again. The result of the latest execution decides whether the
        task fails.
      - V(always) submits it again. But if an execution is still running, the task waits for that
        one.
    type: str
    choices:
      - on_failure
      - never
      - always
    default: on_failure
notes:
  - The service runs at most 10 jobs on a cluster at the same time.
  - Clusters of MRS 3 and clusters with Kerberos authentication take all jobs by API v2. Others take
    V(hiveql), V(spark_sql), V(spark_python) and V(flink) by API v2, and all other types by API
    v1.1. The module chooses, and RV(api) says which one it was.
seealso:
  - module: huaweicloud.mrs.mrs_job_execution_info
  - module: huaweicloud.mrs.mrs_cluster
  - name: MapReduce Service API of Open Telekom Cloud
    description: The vendor's reference of the API.
    link: https://docs.otc.t-systems.com/mapreduce-service/api-ref/
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD. Paths with s3a:// are for clusters before MRS 3; on MRS 3 write obs:// instead.

- name: Count words, and wait for the result
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: wordcount-night
    job_type: mapreduce
    jar_path: s3a://etl-bucket/program/hadoop-mapreduce-examples.jar
    arguments: wordcount
    input: s3a://etl-bucket/in/
    output: s3a://etl-bucket/out/
  register: wordcount

- name: Show how long it took
  ansible.builtin.debug:
    msg: >-
      {{ wordcount.job_execution.final_status }} after
      {{ wordcount.job_execution.duration }} seconds

- name: >-
    Submit a Spark job at each run, and do not wait for it. On a cluster before MRS 3 nobody sees
    the password, and the log goes to a folder
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: train
    job_type: spark
    jar_path: s3a://etl-bucket/program/train.jar
    arguments:
      - org.example.Train
      - rounds=10
      - "@password={{ mrs_store_password }}"
    job_log: s3a://etl-bucket/log/
    rerun: always
    wait: false
  register: train

- name: Wait for it later, one hour at most
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    id: "{{ train.job_execution.id }}"
    wait_timeout: 3600
    poll_interval: 5

- name: Submit several jobs, and do not wait for them
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: "count-{{ item }}"
    job_type: mapreduce
    jar_path: s3a://etl-bucket/program/hadoop-mapreduce-examples.jar
    arguments: wordcount
    input: "s3a://etl-bucket/in/{{ item }}/"
    output: "s3a://etl-bucket/out/{{ item }}/"
    wait: false
  loop:
    - north
    - south
  register: counts

- name: Wait for all of them together
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    id: "{{ counts.results | map(attribute='job_execution.id') }}"
  register: counted

- name: Show how long each took
  ansible.builtin.debug:
    msg: "{{ item.name }} took {{ item.duration }} seconds"
  loop: "{{ counted.job_executions }}"

- name: Run a Hive script once, even if it fails
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: report
    job_type: hive_script
    hive_script_path: s3a://etl-bucket/program/report.sql
    rerun: never

- name: Copy files from OBS to HDFS
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: fetch
    job_type: distcp
    file_action: import
    input: s3a://etl-bucket/in/
    output: /user/etl/in

- name: Run a statement, on a cluster that takes its jobs by API v2
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: tables
    job_type: spark_sql
    hql: show tables
  register: tables

- name: Show what it answered
  ansible.builtin.debug:
    var: tables.job_execution.sql_result

- name: Run a Spark program with options, and make the user known to the cluster first if need be
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: pi
    job_type: spark
    jar_path: obs://etl-bucket/program/spark-examples.jar
    main_class: org.apache.spark.examples.SparkPi
    options:
      --driver-memory: 512m
    arguments:
      - 100
    properties:
      fs.obs.endpoint: obs.cn-north-4.myhuaweicloud.com
    sync_iam_user: true
    iam_sync_timeout: 900

- name: Stop the training if it is still going on
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    name: train
    state: cancelled

- name: Delete the record of one execution
  huaweicloud.mrs.mrs_job:
    cluster: sensor-etl
    id: "{{ wordcount.job_execution.id }}"
    state: absent
"""

RETURN = r"""
job_execution:
  description:
    - The execution. V(null) after its deletion, when there is none, when O(id) names several, and
      in check mode before its submission.
    - With O(state=cancelled) and a name, the latest execution of that name.
    - Also returned when the job ends badly, and when a wait does not end in time.
  type: dict
  returned: success, and on failure as far as it is known
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
job_executions:
  description:
    - The executions that O(id) names, in that order. Without O(id), all of this name, oldest first.
      Each is as RV(job_execution). Empty after their deletion.
    - Also returned when a job ends badly, and when a wait does not end in time.
  type: list
  elements: dict
  returned: when O(id) is given, and with O(state=cancelled) and O(state=absent)
  sample: []
actions:
  description:
    - What was done, or would be done in check mode, in order. Empty when nothing had to be done.
    - Each has the key C(action), and what belongs to it. C(action) is V(submit_job),
      V(sync_iam_users), V(cancel_job) or V(delete_job_execution).
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: submit_job
      job: wordcount-night
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
api:
  description:
    - The API of the service that takes the job. V(v1.1) or V(v2).
    - The module chooses by the version of the cluster, by whether it uses Kerberos, and by the type
      of the job.
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
    IAM_SYNC,
    JOB_DEFINITION,
    RERUN,
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import forms
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_job import JobTask

SPEC = ModuleSpec(
    options={
        **AUTH,
        **wait(3600),
        "state": {
            "type": "str",
            "choices": ["present", "absent", "cancelled"],
            "default": "present",
        },
        **CLUSTER_OF,
        "name": {"type": "str", "aliases": ["job_name"]},
        "id": {
            "type": "list",
            "elements": "str",
            "aliases": ["job_execution_id"],
            "reads": forms.identities,
        },
        **JOB_DEFINITION,
        **IAM_SYNC,
        **RERUN,
    },
    required_one_of=[["name", "id"]],
)


def main() -> None:
    run_module(JobTask, SPEC)


if __name__ == "__main__":
    main()
