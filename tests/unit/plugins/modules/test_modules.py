# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import gc
import sys
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    CUSTOM,
    DISKS,
    JOB_OPTIONS,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

CLUSTER = {
    **CREATION,
    "admin_password": "Canary-Admin-1",
    "node_groups": [{**group, **DISKS} for group in CREATION["node_groups"]],
}
JOB = {"cluster": "etl", **JOB_OPTIONS, "arguments": "run @password=Canary-job"}


@pytest.fixture(name="simulator", scope="module")
def _simulator() -> t.Iterator[Running]:
    """A simulator on loopback that needs no time for anything."""
    with serve(Settings(speed=0)) as running:
        yield running


@pytest.fixture(name="runs")
def _runs(
    simulator: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> ModuleRuns:
    """Modules whose service is the simulator, in its first state."""
    monkeypatch.setattr(Clock, "sleep", lambda clock, seconds: None)
    simulator.simulator.reset()
    runs = ModuleRuns(capsys, monkeypatch)
    known = simulator.connection
    names = ("auth_url", "username", "password", "user_domain_name", "project_id")
    runs.shared = {"auth": {name: known[name] for name in names}, "region_name": known["region"]}
    return runs


def test_the_life_of_a_cluster_through_every_module(runs: ModuleRuns) -> None:
    created = runs.run("mrs_cluster", **CLUSTER)
    assert (created["rc"], created["changed"], created["cluster"]["state"]) == (0, True, "running")
    assert created["diff"]["before"] == {}
    assert runs.run("mrs_cluster", **CLUSTER)["changed"] is False

    scaled = runs.run("mrs_cluster_scale", cluster="etl", count=5)
    assert (scaled["rc"], scaled["added"]) == (0, 2)
    assert runs.run("mrs_cluster_scale", cluster="etl", count=5)["changed"] is False

    ran = runs.run("mrs_job", **JOB)
    assert (ran["rc"], ran["job_execution"]["final_status"]) == (0, "succeeded")
    assert runs.run("mrs_job", **JOB)["changed"] is False

    assert [each["name"] for each in runs.run("mrs_cluster_info")["clusters"]] == ["etl"]
    assert len(runs.run("mrs_host_info", cluster="etl", node_group="core")["hosts"]) == 5
    assert runs.run("mrs_job_execution_info", cluster="etl")["total"] == 1

    assert runs.run("mrs_cluster", name="etl", state="absent")["changed"] is True
    again = runs.run("mrs_cluster", name="etl", state="absent")
    assert (again["rc"], again["changed"], again["cluster"]) == (0, False, None)
    assert "canary" not in repr(runs.logged).lower()


def test_check_mode_foretells_and_leaves_nothing_behind(runs: ModuleRuns) -> None:
    checked = runs.run("mrs_cluster", check_mode=True, **CLUSTER)
    assert (checked["changed"], checked["actions"]) == (
        True,
        [{"action": "create", "cluster": "etl"}],
    )
    assert runs.run("mrs_cluster_info")["clusters"] == []


def test_a_process_that_ends_does_not_search_what_it_has_loaded(runs: ModuleRuns) -> None:
    gc.unfreeze()
    runs.run("mrs_cluster_info")
    left_out = gc.get_freeze_count()
    gc.unfreeze()
    assert left_out > len(sys.modules)


@pytest.mark.parametrize(
    ("module", "given"),
    [
        ("mrs_cluster", {"name": "etl"}),
        ("mrs_cluster_scale", {"cluster": "etl", "count": 5}),
        ("mrs_job", JOB),
        ("mrs_host_info", {"cluster": "etl"}),
        ("mrs_job_execution_info", {"cluster": "etl"}),
        ("mrs_cluster_info", {"auth": {"token": "Canary-token"}, "auth_type": "token"}),
    ],
)
def test_a_failure_has_a_message_and_the_facts_of_the_error(
    runs: ModuleRuns, module: str, given: dict[str, t.Any]
) -> None:
    result = runs.run(module, **given)
    assert (result["rc"], result["failed"], result["changed"]) == (1, True, False)
    assert sorted(result["error"]) == ["code", "reason", "request_id", "status"]
    assert result["msg"]
    assert "canary" not in repr((result, runs.logged)).lower()


def test_secrets_and_marked_words_are_neither_in_the_invocation_nor_in_the_log(
    runs: ModuleRuns,
) -> None:
    job = {**JOB_OPTIONS, "arguments": ["run", "@password=Canary-job", "wordcount"]}
    result = runs.run("mrs_cluster", check_mode=True, **CLUSTER, job=job)
    shown = result["invocation"]["module_args"]
    assert shown["admin_password"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert shown["job"]["arguments"][0] == "run"
    assert "canary" not in repr(result).lower()
    assert any("Invoked with" in line for line in runs.logged)
    assert "canary" not in repr(runs.logged).lower()


@pytest.mark.parametrize(
    ("module", "given"),
    [
        ("mrs_cluster", {"name": "etl", "admin_pasword": "Canary-1"}),
        ("mrs_cluster", {"name": "etl", "pw": {"a": ["Canary-1"]}}),
        ("mrs_cluster_info", {"auth": {"passwrd": "Canary-1"}}),
        ("mrs_cluster_info", {"auth": {"zzz": "Canary-1"}}),
        ("mrs_transient_job", {"cluster": {"name": "a", "pw": "Canary-1"}, "jobs": []}),
    ],
)
def test_a_secret_whose_name_is_misspelt_is_not_shown(
    runs: ModuleRuns, module: str, given: dict[str, t.Any]
) -> None:
    result = runs.run(module, **given)
    assert result["failed"]
    assert "canary" not in repr((result, runs.logged)).lower()


def test_secret_properties_and_configurations_are_not_in_the_invocation(runs: ModuleRuns) -> None:
    secret = "Canary-of-a-property"
    config = {"key": "fs.obs.secret.key", "value": secret, "file": "core-site.xml"}
    configs = [{"component": "Hive", "configs": [config]}]
    jobs = [{**JOB_OPTIONS, "properties": {"fs.obs.access.key": secret, "a.b": "plain"}}]
    given = {**CUSTOM, "component_configs": configs, "jobs": jobs}
    result = runs.run("mrs_cluster", check_mode=True, **given)
    assert result["changed"] is True
    shown = result["invocation"]["module_args"]
    assert shown["jobs"][0]["properties"]["a.b"] == "plain"
    refused = runs.run("mrs_job", cluster="etl", **jobs[0])
    assert refused["failed"] is True
    assert "canary" not in repr((result, refused, runs.logged)).lower()


@pytest.mark.parametrize(
    ("module", "given"),
    [
        ("mrs_host_info", {"cluster": {"name": "etl", "admin_password": "Canary-1"}}),
        ("mrs_job", {**JOB_OPTIONS, "properties": [{"fs.obs.secret.key": "Canary-1"}]}),
        ("mrs_job", {**JOB_OPTIONS, "arguments": {"--password": "Canary-1"}}),
        (
            "mrs_cluster",
            {
                "name": "etl",
                "component_configs": [
                    {
                        "component": "Hive",
                        "configs": [{"key": "a.Password", "value": ["Canary-1"], "file": "f"}],
                    }
                ],
            },
        ),
    ],
)
def test_a_secret_in_another_form_than_that_of_the_option_is_not_shown(
    runs: ModuleRuns, module: str, given: dict[str, t.Any]
) -> None:
    result = runs.run(module, **{"cluster": "etl", **given} if module == "mrs_job" else given)
    assert result["failed"]
    assert "canary" not in repr((result, runs.logged)).lower()


@pytest.mark.parametrize("scheme", ["https", "ftp"])
def test_a_password_inside_an_address_is_refused_and_shown_nowhere(
    runs: ModuleRuns, scheme: str
) -> None:
    result = runs.run("mrs_cluster_info", endpoint=f"{scheme}://robot:Canary-7@mrs.example.com")
    assert result["failed"]
    assert result["msg"].startswith("endpoint: ")
    assert "canary" not in repr((result, runs.logged)).lower()


@pytest.mark.parametrize(
    ("module", "given"), [("mrs_cluster_info", {}), ("mrs_host_info", {"cluster": "etl"})]
)
def test_warnings_of_the_task_are_warnings_of_the_module(
    runs: ModuleRuns, module: str, given: dict[str, t.Any]
) -> None:
    (warning,) = runs.run(module, validate_certs=False, **given)["warnings"]
    assert (
        "validate_certs is false: anybody between this machine and the service can read the "
        "credentials" in str(warning)
    )


def test_a_wrong_option_is_refused_by_ansible(runs: ModuleRuns) -> None:
    result = runs.run("mrs_cluster", name="etl", recreate="sometimes")
    assert (result["rc"], result["failed"]) == (1, True)
    assert "value of recreate must be one of" in result["msg"]


@pytest.mark.parametrize(
    "given",
    [
        {"admin_password": {"value": ["Canary-Admin-1"]}},
        {"admin_password": ["Canary-Admin-1"]},
        {"auth": {"password": {"Canary-Key-1": True}}},
        {"auth": ["Canary-Admin-1"]},
        {"auth": [{"password": ["Canary-Admin-1"]}]},
        {"auth": [["Canary-Admin-1"]]},
    ],
)
def test_a_secret_that_is_no_text_is_refused_and_shown_nowhere(
    runs: ModuleRuns, given: dict[str, t.Any]
) -> None:
    result = runs.run("mrs_cluster", **{**CLUSTER, **given})
    assert result["failed"]
    assert "canary" not in repr((result, runs.logged)).lower()
