# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What of a night is refused before any request."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_transient_job import (
    TransientJobTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.options import (
    check_run_for,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    JOB_OPTIONS,
    Json,
    options,
)

SCRIPT: Json = {"name": "q", "job_type": "hive_script", "hive_script_path": "s3a://etl/q.sql"}
STATEMENT: Json = {"name": "s", "job_type": "hiveql", "hql": "SHOW TABLES"}
WITH_SPARK: Json = {"components": ["Hadoop", "Spark2x"]}
SPARK: Json = {**JOB_OPTIONS, "job_type": "spark", "arguments": "org.example.Main"}


def night(*jobs: Json, of_cluster: Json | None = None, **given: t.Any) -> TransientJobTask:
    cluster = {**CREATION, **(of_cluster or {})}
    return TransientJobTask(options("mrs_transient_job", cluster=cluster, jobs=list(jobs), **given))


@pytest.mark.parametrize(
    ("run", "problem"),
    [
        ("", "has 1 to 43 characters, not 0"),
        ("x" * 44, "has 1 to 43 characters, not 44"),
        ("yes", "yes marks runs without an identity"),
        ("a=b", "none of the characters = "),
        ("a,b", "none of the characters = "),
        (" a", "no blank at its ends"),
        ("a\nb", "no blank at its ends"),
    ],
)
def test_what_no_tag_takes_is_no_identity(run: str, problem: str) -> None:
    with pytest.raises(MrsError, match=f"^transient_job_run: .*{problem}"):
        night(JOB_OPTIONS, run=run)


@pytest.mark.parametrize(
    ("region", "endpoint", "is_taken"),
    [
        ("eu-de", None, False),
        (None, "https://mrs.eu-ch2.otc.t-systems.com/", False),
        ("cn-north-4", None, True),
        (None, None, True),
    ],
)
def test_open_telekom_cloud_takes_fewer_characters(
    region: str | None, endpoint: str | None, is_taken: bool
) -> None:
    check_run_for("2026-11-28_b", region, endpoint)
    if is_taken:
        check_run_for("28.11.2026", region, endpoint)
        return
    with pytest.raises(MrsError, match=r"^transient_job_run: '28.11.2026' cannot be kept in a tag"):
        check_run_for("28.11.2026", region, endpoint)


@pytest.mark.parametrize(
    ("jobs", "of_cluster", "problem"),
    [
        ([], {}, "transient_job_jobs: it is empty"),
        (
            [JOB_OPTIONS, JOB_OPTIONS],
            {},
            r"transient_job_jobs\[1\]: is the same job as transient_job_jobs\[0\]",
        ),
        (
            [{**JOB_OPTIONS, "rerun": "always"}],
            {},
            r"transient_job_jobs\[0\].rerun: always cannot be used with",
        ),
        (
            [JOB_OPTIONS],
            {"type": "streaming"},
            r"transient_job_jobs\[0\].job_type: a streaming cluster runs no mapred",
        ),
        (
            [SPARK],
            {"safe_mode": True, **WITH_SPARK},
            r"transient_job_jobs\[0\].input: a job of type spark has none in",
        ),
        (
            [STATEMENT],
            {"version": "MRS 1.8.10", "components": None},
            r"transient_job_jobs\[0\].job_type: API v1.1 does",
        ),
        ([STATEMENT], {}, r"transient_job_jobs\[0\].job_type: a hiveql job needs Hive"),
        ([SPARK], {}, r"transient_job_jobs\[0\].job_type: a spark job needs Spark or Spark2x"),
        ([SCRIPT], {}, r"transient_job_jobs\[0\].job_type: a hive_script job needs Hive"),
        (
            [{**JOB_OPTIONS, "jar_path": "x"}],
            {},
            r"transient_job_jobs\[0\].jar_path: x is not a path",
        ),
        ([{"name": "a"}], {}, r"transient_job_jobs\[0\]: missing required arguments: job_type"),
        (
            [JOB_OPTIONS],
            {"tags": {"transient-job": "x"}},
            "transient_job_cluster.tags: the tag transient-job is set by",
        ),
        (
            [JOB_OPTIONS],
            {"tags": dict.fromkeys("abcdefghij", "x")},
            "transient_job_cluster.tags: .* at most 10 tags",
        ),
        ([JOB_OPTIONS], {"name": "a b"}, "name: a cluster's name has 1 to 64"),
        ([JOB_OPTIONS], {"node_groups": [{"name": "core", "count": 900}]}, "node_groups"),
    ],
)
def test_what_cannot_run_is_refused_before_anything_is_paid_for(
    jobs: list[Json], of_cluster: Json, problem: str
) -> None:
    with pytest.raises(MrsError, match=f"^{problem}"):
        night(*jobs, of_cluster=of_cluster, run="2026-11-28")


def test_a_time_that_is_over_at_once_is_refused() -> None:
    with pytest.raises(MrsError, match=r"^transient_job_max_runtime: must be 1 or more, not 0"):
        night(JOB_OPTIONS, max_runtime=0)


def test_jobs_that_fit_are_taken() -> None:
    night(
        JOB_OPTIONS,
        SPARK,
        {**SCRIPT, "name": "r"},
        of_cluster={"components": ["Hadoop", "Spark2x", "Hive"]},
    )
    night(JOB_OPTIONS, of_cluster={"components": None})
    night(JOB_OPTIONS, of_cluster={"safe_mode": True})
    night(STATEMENT, of_cluster={"components": ["Hadoop", "Hive"]})


def test_passwords_and_marked_words_are_secrets() -> None:
    job = {**JOB_OPTIONS, "arguments": "wordcount @password=Canary-1"}
    hidden = night(job, of_cluster={"admin_password": "Canary-Admin-2"}).secrets()
    assert {"Canary-Admin-2", "Canary-1"} <= set(hidden)
