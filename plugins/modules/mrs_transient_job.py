#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_transient_job
short_description: Create a MapReduce cluster, run jobs on it and delete it
version_added: 1.0.0
description:
  - Does the work of the role P(huaweicloud.mrs.transient_job#role). Use the role rather than this
    module. The role also prints a report and sets it as facts, and its documentation says what is
    promised.
  - A start is one execution of this task. Several starts with the same O(run) are one run.
  - Looks for clusters and jobs of this run and of others. Creates a cluster for the run, runs the
    jobs that are still missing, and deletes the cluster, also when something fails.
  - Errors name the variables of the role. They are the options of this module with
    C(transient_job_) before them.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.attributes
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
attributes:
  idempotent:
    details:
      - With O(run), jobs of the run that have succeeded are not run again. Without it, a start can
        continue only on a cluster that a killed start has left.
options:
  cluster:
    description:
      - The cluster, with the options of M(huaweicloud.mrs.mrs_cluster) that describe one. The
        options to log in are options of this task.
      - Before it is created, it is compared with what the service offers, as
        O(huaweicloud.mrs.mrs_cluster#module:validate) says, in check mode, too. C(validate=false)
        leaves that out.
    type: dict
    required: true
  jobs:
    description:
      - The jobs, in the order in which they are run, with the options of M(huaweicloud.mrs.mrs_job)
        that describe one.
    type: list
    elements: dict
    required: true
  run:
    description:
      - The identity of the run, such as its date. It is kept as the value of the tag
        C(transient-job) of the cluster.
      - Has 1 to 43 characters. Open Telekom Cloud takes letters, digits, C(-) and C(_), Huawei
        Cloud all but C(= * < > \ , | /) and blanks at the ends.
    type: str
  leftover:
    description:
      - What to do with a living cluster of another run.
      - V(wait) waits until no job runs there, for O(max_runtime) seconds at most, and deletes it.
        If a job still runs then, the task fails and does not delete it.
      - V(fail) does nothing and fails.
      - V(drop) deletes it with all that runs on it.
    type: str
    choices:
      - wait
      - fail
      - drop
    default: wait
  max_runtime:
    description:
      - Seconds that the creation and the jobs may take together. Waiting for O(leftover) and the
        deletion are not part of it.
    type: int
    default: 14400
  keep_on_failure:
    description:
      - Whether the cluster stays when a job has failed.
    type: bool
    default: false
  poll_interval:
    description:
      - Seconds between two looks at the service, greater than 0. The first looks come sooner.
    type: float
    default: 15.0
seealso:
  - module: huaweicloud.mrs.mrs_cluster
  - module: huaweicloud.mrs.mrs_job
"""

EXAMPLES = r"""
# These examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD.

- name: Do the run of this night
  huaweicloud.mrs.mrs_transient_job:
    run: "2026-11-28"
    leftover: wait
    max_runtime: 7200
    keep_on_failure: false
    poll_interval: 30
    cluster:
      name: nightly
      region_name: eu-de
      version: MRS 3.2.0-LTS.2
      availability_zone: eu-de-02
      vpc_id: 6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55
      vpc_name: vpc-data
      subnet_id: b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31
      subnet_name: subnet-etl
      key_pair: ops-key
      admin_password: "{{ mrs_admin_password }}"
      components: [Hadoop]
      node_groups:
        - name: master
          count: 2
          size: c6.4xlarge.4.linux.mrs
          root_volume_type: SATA
          root_volume_size: 480
          data_volume_type: SATA
          data_volume_size: 600
          data_volume_count: 1
        - name: core
          count: 3
          size: c6.4xlarge.4.linux.mrs
          root_volume_type: SATA
          root_volume_size: 480
          data_volume_type: SATA
          data_volume_size: 600
          data_volume_count: 1
    jobs:
      - name: word-count
        job_type: mapreduce
        jar_path: obs://sensors/programs/hadoop-mapreduce-examples.jar
        arguments: wordcount
        input: obs://sensors/in/
        output: obs://sensors/2026-11-28/ # a new folder in each run: MapReduce needs that
"""

RETURN = r"""
account:
  description: What happened to the cluster and to each job, as far as this start saw it.
  type: dict
  returned: always
  contains:
    cluster:
      description:
        - V(never_created), or V(failed) (its creation failed, and the service removes it),
          V(deleted) (gone), V(deletion_asked) (its end was not seen) or V(kept) (it is there and
          costs money).
      type: str
      sample: deleted
    cluster_id:
      description: Id of the cluster, where there was one.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7
    jobs:
      description:
        - For each of the jobs its C(name), the C(outcome) and the C(job_execution), as
          M(huaweicloud.mrs.mrs_job) gives it.
        - The outcome is V(ran), V(found) (it had run before or was started by another start),
          V(failed) (it was started, and ended badly or was not seen to end) or V(not_run).
      type: list
      elements: dict
      sample:
        - name: word-count
          outcome: ran
actions:
  description: What was done, or would be done in check mode. As in M(huaweicloud.mrs.mrs_cluster)
    and M(huaweicloud.mrs.mrs_job). For a cluster that is not there yet, check mode leaves out its
    deletion at the end, so that the diff shows the cluster; RV(plan) names it.
  type: list
  elements: dict
  returned: always
  sample:
    - action: create
      cluster: nightly
cluster:
  description: The cluster as it was seen last while it was there, as M(huaweicloud.mrs.mrs_cluster)
    gives it.
  type: dict
  returned: always
  sample:
    name: nightly
deleted:
  description: Whether this start deleted the cluster, and saw its end.
  type: bool
  returned: always
  sample: true
job_executions:
  description: The executions of the jobs, as M(huaweicloud.mrs.mrs_job) gives them.
  type: list
  elements: dict
  returned: always
  sample:
    - name: word-count
left_behind:
  description: What the service keeps of the cluster that was deleted.
  type: dict
  returned: always
  sample:
    log_bucket: true
    security_group_id: 2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703
plan:
  description: What the task was going to do with the cluster and the jobs, as text. Made before
    anything was done.
  type: str
  returned: when the service could be read
  sample: Would create cluster nightly, run word-count on it and delete it.
reason:
  description: The reason of a failure.
  type: str
  returned: always
  sample: ""
reused:
  description: Whether an earlier start had left the cluster.
  type: bool
  returned: always
  sample: false
runtime:
  description: Seconds from the beginning of the creation to the end of the deletion.
  type: int
  returned: always
  sample: 1640
stages:
  description: What was waited for, with seconds.
  type: list
  elements: dict
  returned: always
  sample:
    - subject: cluster nightly (4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7)
      name: "starting (Creating VMs)"
      seconds: 120.0
succeeded:
  description: Whether all of it went well.
  type: bool
  returned: always
  sample: true
summary:
  description: RV(account) as text, one line for each item.
  type: list
  elements: str
  returned: always
  sample:
    - "cluster nightly (4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7): deleted after 1640 s"
    - "job word-count: succeeded in 318 s"
validated:
  description:
    - Whether the options were compared with all that the service offers. V(false) where the cloud
      does not publish all of it; what it publishes was compared.
  type: bool
  returned: when they were compared, so only when something is created or changed
  sample: true
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

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_transient_job import (
    TransientJobTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.options import (
    TRANSIENT_JOB,
)

SPEC = TRANSIENT_JOB


def main() -> None:
    run_module(TransientJobTask, SPEC)


if __name__ == "__main__":
    main()
