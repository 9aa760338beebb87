# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks of the collection where something is missing; molecule runs them otherwise."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.playbooks import (
    Json,
    Played,
    run_playbook,
)
from mrs_simulator.server import serve
from mrs_simulator.settings import Settings

JOB: Json = {"name": "count", "job_type": "mapreduce", "jar_path": "obs://b/x.jar"}
Run = t.Callable[..., Played]


@pytest.fixture(name="run", scope="module")
def _run(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Run]:
    """Runs one on a project without clusters."""
    with serve(Settings(speed=0)) as running:
        known = running.connection
        env = {
            "HUAWEICLOUD_SDK_AK": known["access_key"],
            "HUAWEICLOUD_SDK_SK": known["secret_key"],
            "HUAWEICLOUD_SDK_PROJECT_ID": known["project_id"],
            "OS_REGION_NAME": known["region"],
            "HUAWEICLOUD_MRS_ENDPOINT": known["url"],
        }

        def run(name: str, *arguments: str, **variables: t.Any) -> Played:
            content = [{"import_playbook": f"huaweicloud.mrs.{name}", "vars": variables}]
            folder = tmp_path_factory.mktemp("playbook")
            return run_playbook(folder, content, *arguments, env=env)

        yield run


def test_check_mode_scales_a_cluster_that_is_not_there_yet(run: Run) -> None:
    played = run("scale_cluster", "--check", mrs_cluster_name="etl", mrs_node_count=4)
    assert played.code == 0, played.stdout
    assert "etl: 0 added, 0 removed, now not there" in played.stdout


def test_check_mode_runs_a_job_on_a_cluster_that_is_not_there_yet(run: Run) -> None:
    played = run("run_job", "--check", mrs_cluster_name="etl", mrs_job=JOB)
    assert played.code == 0, played.stdout
    assert "would be submitted" in played.stdout


@pytest.mark.parametrize(
    ("job", "told"),
    [
        ('{"name": "count"}', "mrs_job: give a dictionary"),
        ({**JOB, "jar": "x"}, "mrs_job: jar: not among what this playbook hands on: name, job_ty"),
    ],
)
def test_a_job_that_is_none_is_an_error_that_says_so(job: t.Any, told: str, run: Run) -> None:
    text = f"{{% raw %}}{job}{{% endraw %}}" if isinstance(job, str) else job
    played = run("run_job", mrs_cluster_name="etl", mrs_job=text)
    assert played.code == 2
    assert told in played.stdout
