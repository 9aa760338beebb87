# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    Current,
    plan_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    DISKS,
    JOB_OPTIONS,
    Json,
    a_cluster,
    job_v2,
    wanted_cluster,
)

#: A cluster that API v1.1 creates, and whose jobs API v2 takes once it runs.
ON_MRS_3: Json = {
    **CREATION,
    "version": "MRS 3.2.0-LTS.2",
    "admin_password": "Canary-Admin-1",
    "components": ["Hadoop"],
    "node_groups": [{**group, **DISKS} for group in CREATION["node_groups"]],
    "job": JOB_OPTIONS,
}
LONG = {**JOB_OPTIONS, "name": "long", "arguments": "a" * 5000}
SHORT = {**JOB_OPTIONS, "name": "short"}


def test_a_job_that_waits_for_its_cluster_needs_a_task_that_waits() -> None:
    desired, nothing = wanted_cluster(**ON_MRS_3), Current(Found())
    assert [change["action"] for change in plan_cluster(desired, nothing, wait=True).actions] == [
        "create",
        "submit_job",
    ]
    with pytest.raises(OptionError) as caught:
        plan_cluster(desired, nothing, wait=False)
    assert str(caught.value).startswith(
        "wait: a cluster of MRS 3.2.0-LTS.2 must be running before it takes a job, so the task"
    )


def test_the_masters_are_no_number_that_a_scaling_changes() -> None:
    masters = wanted_cluster(name="etl", node_groups=[{"name": "master", "count": 2}])
    scaling = Current(Found(a_cluster(clusterState="scaling-out")))
    assert plan_cluster(masters, scaling, wait=False).actions == []


@pytest.mark.parametrize("jobs", [[LONG, SHORT], [SHORT, LONG]])
def test_what_the_service_may_refuse_is_told_of_its_own_job(jobs: list[Json]) -> None:
    desired = wanted_cluster(name="etl", jobs=jobs)
    there = a_cluster(clusterVersion="MRS 3.2.0-LTS.2")
    plan = plan_cluster(desired, Current(Found(there), executions=()), wait=True)
    assert plan.actions == [{"action": "submit_job", "job": job["name"]} for job in jobs]
    assert [each.partition(" ")[0] for each in plan.warnings] == ["jobs[long].arguments:"]


@pytest.mark.parametrize("other", ["a", "z"])
def test_a_job_that_has_run_warns_of_nothing(other: str) -> None:
    desired = wanted_cluster(name="etl", jobs=[LONG, {**SHORT, "name": other}])
    there = a_cluster(clusterVersion="MRS 3.2.0-LTS.2")
    words = f"[s3a://etl/wc.jar, {LONG['arguments']}, s3a://etl/in/, s3a://etl/out/]"
    done = JobExecution.of_v2(job_v2(job_name="long", arguments=words), CLUSTER)
    plan = plan_cluster(desired, Current(Found(there), executions=(done,)), wait=True)
    assert plan.actions == [{"action": "submit_job", "job": other}]
    assert plan.warnings == ()
