# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In process and as a module, each task gives the same result, key by key.

One play runs twice with the real ansible-playbook, on two simulators that are alike, and all
results are compared.
"""

from __future__ import annotations

import pathlib
import re
import time
import typing as t

import pytest
from ansible.constants import DEFAULT_VAULT_ID_MATCH
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.playbooks import (
    Json,
    Played,
    login,
    play,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import DISKS, SIZE
from mrs_simulator.clock import ManualClock
from mrs_simulator.server import serve
from mrs_simulator.settings import Settings

CREATION: Json = {
    "name": "etl",
    "version": "MRS 3.2.0-LTS.2",
    "availability_zone": "eu-de-02",
    "vpc_id": "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
    "vpc_name": "vpc-data",
    "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
    "subnet_name": "subnet-etl",
    "key_pair": "ops-key",
    "admin_password": "CANARY-Admin-1",
    "components": ["Hadoop", "Spark2x", "Hive"],
    "tags": {"since": "2024-01-01", "number": 7},
    "node_groups": [
        {"name": "master", "count": 2, "size": SIZE, **DISKS},
        {"name": "core", "count": 3, "size": SIZE, **DISKS},
    ],
    "poll_interval": 0.01,
}
JOB: Json = {
    "cluster": "etl",
    "name": "wordcount",
    "job_type": "mapreduce",
    "jar_path": "s3a://etl/wc.jar",
    "arguments": ["wordcount", "@password=CANARY-Word-1"],
    "input": "s3a://etl/in/",
    "output": "s3a://etl/out/",
    "poll_interval": 0.01,
}
UNSIGNED = {"access_key": "", "secret_key": "", "project_id": ""}


def task(name: str, module: str, options: Json, **keywords: t.Any) -> Json:
    return {"name": name, f"huaweicloud.mrs.{module}": options, "ignore_errors": True, **keywords}


def changing(module: str, name: str, options: Json) -> list[Json]:
    """In check mode, for real, and once more."""
    return [
        task(f"{name}, in check mode", module, options, check_mode=True, diff=True),
        task(name, module, options, diff=True),
        task(f"{name}, once more", module, options),
    ]


def life() -> list[Json]:
    """From the creation of a cluster to its deletion."""
    return [
        *changing("mrs_cluster", "cluster", CREATION),
        *changing(
            "mrs_cluster_scale", "core nodes", {"cluster": "etl", "count": 4, "poll_interval": 0.01}
        ),
        *changing("mrs_job", "job", JOB),
        task("what cannot be changed", "mrs_cluster", {**CREATION, "version": "MRS 3.1.0-LTS.1"}),
        task("clusters", "mrs_cluster_info", {"tags": {"number": 7}}),
        task("hosts", "mrs_host_info", {"cluster": "etl", "node_group": "core"}),
        task(
            "executions",
            "mrs_job_execution_info",
            {"cluster": "etl", "name": "wordcount", "limit": 1},
        ),
        task("limit", "mrs_job_execution_info", {"cluster": "etl", "limit": 0}),
        *plans(),
        *copied(),
        *several_jobs(),
        *changing(
            "mrs_job", "cancelled", {"cluster": "etl", "name": "wordcount", "state": "cancelled"}
        ),
        *changing(
            "mrs_job", "job gone", {"cluster": "etl", "name": "wordcount", "state": "absent"}
        ),
        *small_things(),
        *changing(
            "mrs_cluster", "cluster gone", {"name": "etl", "state": "absent", "poll_interval": 0.01}
        ),
        task("no such cluster", "mrs_host_info", {"cluster": "etl"}),
    ]


def small_things() -> list[Json]:
    """What API v2 keeps beside clusters. This cloud does not publish some of it."""
    password = {"user_password": "CANARY-Admin-1", "default_password": "CANARY-Admin-1"}
    roles = [{"name": "core", "assigned_roles": ["ClickHouseServer"]}]
    group = {"cluster": "etl", "node_group": "core"}
    return [
        *changing("mrs_auto_scaling_policy", "no policy", {**group, "state": "absent"}),
        task("policies", "mrs_auto_scaling_policy_info", group),
        task("connection", "mrs_data_connection", {"name": "x", "password": "CANARY-Admin-1"}),
        task("mapping", "mrs_agency_mapping", {"cluster": "etl", "mappings": []}),
        task(
            "component",
            "mrs_component",
            {"cluster": "etl", "name": "ClickHouse", "node_groups": roles, **password},
        ),
    ]


def plans() -> list[Json]:
    """What would be done with several clusters."""
    more = {
        "name": "etl",
        "tags": {"since": "2024-01-01"},
        "node_groups": [{"name": "core", "count": 9}],
    }
    new = {**CREATION, "name": "new"}
    wrong = [
        {"name": "etl", "nmae": "x"},
        {"name": "e t l"},
        {"name": "etl", "safe_mode": "CANARY-Admin-1"},
    ]
    other = [{"name": "etl", "secret_key": "CANARY-key-2"}, {**new, "version": None}]
    defaults = [
        {"huaweicloud.mrs.mrs_cluster": {"tags": {"since": "{{ '2024-01-01' }}", "number": 7}}}
    ]
    return [
        task(
            "plans",
            "mrs_cluster_plan_info",
            {"clusters": [more, new, {"name": "old", "state": "absent"}]},
            diff=True,
        ),
        task(
            "bad plans",
            "mrs_cluster_plan_info",
            {"clusters": [*wrong, {**CREATION, "safe_mode": True}, *other, more]},
        ),
        task("no plans", "mrs_cluster_plan_info", {"clusters": []}),
        task("no list of plans", "mrs_cluster_plan_info", {"clusters": [["CANARY-Admin-1"]]}),
        task(
            "plans with defaults",
            "mrs_cluster_plan_info",
            {"clusters": [{"name": "etl"}]},
            module_defaults=defaults,
        ),
    ]


def copied() -> list[Json]:
    """Copied from requests, from other tools and from results."""
    there = "{{ there.clusters[0] }}"
    sample = {
        "job_type": 1,
        "job_name": "wordcount",
        "cluster_id": there,
        "hql": "",
        "file_action": "",
        "job_log": "",
    }
    sample |= {
        "jar_path": "s3a://etl/wc.jar",
        "arguments": ["wordcount", "@password=CANARY-Word-1"],
    }
    sample |= {"input": "s3a://etl/in/", "output": "s3a://etl/out/", "poll_interval": 0.01}
    parts = {
        "node_groups": "{{ there.clusters[0].node_groups }}",
        "components": "{{ there.clusters[0].components }}",
    }
    words = {
        "type": "ANALYSIS",
        "safe_mode": "SIMPLE",
        "tags": [{"key": "number", "value": 7}],
        "purge_tags": False,
    }
    flat = {
        "name": "flat",
        "billing_type": 12,
        "core_node_num": 3,
        "cluster_admin_secret": "CANARY-Admin-2",
    }
    job = {"job_name": "a", "arguments": "a @password=CANARY-Word-4"}
    return [
        task("there", "mrs_cluster_info", {"name": "etl"}, register="there"),
        task("what is there", "mrs_cluster", {"name": "etl", **words, **parts}),
        task("what ran", "mrs_job", sample),
        task("hosts of what is there", "mrs_host_info", {"cluster": there, "node_group": "CORE"}),
        task("the flat form", "mrs_cluster", {**flat, "add_jobs": [job]}),
        task(
            "plans in the flat form",
            "mrs_cluster_plan_info",
            {"clusters": [{**flat, "add_jobs": [job]}]},
        ),
        task("no cluster", "mrs_host_info", {"cluster": ["etl"]}),
        task(
            "no tags",
            "mrs_cluster",
            {"name": "etl", "tags": ["CANARY-no"], "admin_password": "CANARY-no"},
        ),
        task("no word", "mrs_job", {**JOB, "arguments": [["daily", "report"]]}),
    ]


def several_jobs() -> list[Json]:
    """Submitted one by one, waited for and deleted together."""
    submitted = "{{ submitted.results | map(attribute='job_execution.id') }}"
    both = {"cluster": "etl", "id": submitted, "poll_interval": 0.01}
    return [
        task(
            "each job",
            "mrs_job",
            {**JOB, "name": "{{ item }}", "wait": False},
            loop=["a", "b"],
            register="submitted",
        ),
        *changing("mrs_job", "both jobs", both),
        task("both executions", "mrs_job_execution_info", {**both, "wait": True}),
        *changing("mrs_job", "both gone", {**both, "state": "absent"}),
        task("neither is there", "mrs_job", both),
        task("none of them", "mrs_job", {**both, "id": []}),
    ]


def refusals() -> list[Json]:
    """What Ansible itself says about options."""
    return [
        task("unknown option", "mrs_cluster_info", {"nmae": "etl"}),
        task(
            "unknown suboption",
            "mrs_cluster_info",
            {"auth": {"user": "me", "password": "CANARY-auth-1"}},
        ),
        task("misspelt secret", "mrs_cluster", {"name": "etl", "admin_pasword": "CANARY-spelt-1"}),
        task("unknown secret", "mrs_cluster", {"name": "etl", "pw": {"a": ["CANARY-spelt-2"]}}),
        task(
            "misspelt secret of a suboption",
            "mrs_cluster_info",
            {"auth": {"passwrd": "CANARY-spelt-3", "zzz": "CANARY-spelt-4"}},
        ),
        task(
            "misspelt secret of an item",
            "mrs_transient_job",
            {"cluster": {"name": "a", "pw": "CANARY-spelt-5"}, "jobs": [{"nme": "CANARY-spelt-6"}]},
        ),
        task("two unknown options", "mrs_cluster_info", {"nmae": "etl", "Id": 1}),
        task("wrong type", "mrs_job", {"cluster": "etl", "name": "x", "wait_timeout": "soon"}),
        task("wrong choice", "mrs_job", {"cluster": "etl", "name": "x", "state": "there"}),
        task(
            "wrong choice in a list",
            "mrs_job_execution_info",
            {"cluster": "etl", "job_state": ["over"]},
        ),
        task("required", "mrs_host_info", {}),
        task("one of", "mrs_job", {"cluster": "etl"}),
        task(
            "type of a suboption",
            "mrs_cluster",
            {"name": "etl", "node_groups": [{"name": "core", "count": "x"}]},
        ),
        task("no dict", "mrs_cluster", {"name": "etl", "node_groups": [1]}),
        task(
            "secret that is no text",
            "mrs_cluster",
            {"name": True, "admin_password": ["CANARY-list-1"]},
        ),
        task("no login", "mrs_cluster", {"auth": "password CANARY-auth-3", "node_groups": [1]}),
        task(
            "marked word in what is refused", "mrs_job", {**JOB, "wait": "@password=CANARY-Word-2"}
        ),
        task("marked word beside what is refused", "mrs_job", {**JOB, "job_tpye": "spark"}),
        task(
            "option and alias",
            "mrs_cluster_info",
            {"region_name": "eu-de", "region": "eu-de", "name": "etl"},
        ),
        task(
            "text for a list",
            "mrs_job_execution_info",
            {"cluster": "etl", "job_state": "running,completed"},
        ),
        task(
            "refused by the module",
            "mrs_job",
            {"cluster": "etl", "name": "x", "job_type": "hiveql", "hql": "show"},
        ),
        task(
            "nothing to do",
            "mrs_cluster",
            {"id": "4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7", "state": "absent"},
        ),
    ]


def logins(connection: t.Mapping[str, str]) -> list[Json]:
    """Ways to log in, good and bad, and what the process's environment has to do with it."""
    auth = {
        key: connection[key]
        for key in ("auth_url", "username", "password", "user_domain_name", "project_name")
    }
    keys = {
        "HUAWEICLOUD_SDK_AK": connection["access_key"],
        "HUAWEICLOUD_SDK_SK": connection["secret_key"],
    }
    by_token = {**UNSIGNED, "auth": auth}
    wrong = {**UNSIGNED, "auth": {**auth, "password": "CANARY-auth-2"}}
    proxy = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
    project = {"HUAWEICLOUD_SDK_PROJECT_ID": connection["project_id"]}
    return [
        task("token", "mrs_cluster_info", by_token),
        task("wrong password", "mrs_cluster_info", wrong),
        task("wrong key", "mrs_cluster_info", {"secret_key": "CANARY-key-1"}),
        task("no login", "mrs_cluster_info", UNSIGNED),
        task("two logins", "mrs_cluster_info", {"auth": auth}),
        task("environment", "mrs_cluster_info", UNSIGNED, environment={**keys, **project}),
        task("proxy", "mrs_cluster_info", {"api_retries": 0}, environment=proxy),
        task("clouds.yaml", "mrs_cluster_info", {**UNSIGNED, "cloud": "simulator", "endpoint": ""}),
        task(
            "clouds.yaml of the home",
            "mrs_cluster_info",
            {**UNSIGNED, "cloud": "x"},
            environment={"HOME": "/x"},
        ),
        task("unverified", "mrs_cluster_info", {"validate_certs": False}),
        task("no certificate", "mrs_cluster_info", {"ca_cert": "~/ca.pem"}),
    ]


def keywords() -> list[Json]:
    """Keywords of tasks."""
    listing = {"name": "etl"}
    return [
        task("no_log", "mrs_cluster_info", listing, no_log=True),
        task("a secret from a vault", "mrs_cluster_info", {"secret_key": "{{ vaulted }}"}),
        task("loop", "mrs_cluster_info", {"name": "{{ item }}"}, loop=["etl", "elt"]),
        task(
            "until",
            "mrs_cluster_info",
            listing,
            register="found",
            until="found.clusters",
            retries=1,
            delay=0,
        ),
        task("failed_when", "mrs_cluster_info", listing, failed_when=True),
        task("not failed", "mrs_host_info", {"cluster": "elt"}, failed_when=False),
        task("delegated", "mrs_cluster_info", listing, delegate_to="localhost"),
        task("as text", "mrs_cluster_info", {"name": 7, "tags": {"n": 1, "b": True}}),
        {
            "name": "short",
            "action": {"module": "mrs_cluster_info", "name": "etl"},
            "collections": ["huaweicloud.mrs"],
        },
        task(
            "timeout",
            "mrs_cluster_info",
            {"api_retries": 3, "endpoint": "http://127.0.0.1:9"},
            timeout=1,
        ),
        task("async", "mrs_cluster_info", listing, **{"async": 300, "poll": 1}),
        task(
            "with the options",
            "mrs_cluster_info",
            listing,
            vars={"ansible_inject_invocation": True},
        ),
    ]


VOLATILE = {
    "seconds",
    "ansible_job_id",
    "jid",
    "started",
    "finished",
    "results_file",
    "request_id",
    "frame",
}


def stable(value: t.Any, key: str = "") -> t.Any:
    """Without what differs between two runs: addresses, durations, request ids, stack traces."""
    if isinstance(value, dict):
        return {name: stable(item, name) for name, item in value.items() if name not in VOLATILE}
    if isinstance(value, list):
        return [stable(item) for item in value]
    if isinstance(value, str):
        value = re.sub(r"127\.0\.0\.1:\d+", "ADDRESS", value)
        value = re.sub(r"request [0-9a-f]{32}", "request ID", value)
        value = re.sub(r"frame='?<frame.*?>'?,?", "", value)
        return re.sub(r"Waited \d+ s", "Waited N s", value)
    return value


def write_vault(folder: pathlib.Path, secret: str) -> list[str]:
    """A file of variables with a secret; gives the arguments that read it."""
    (folder / "vault_password").write_text("open")
    vault = VaultLib([(DEFAULT_VAULT_ID_MATCH, VaultSecret(b"open"))])
    lines = vault.encrypt(secret).decode().splitlines()
    (folder / "vault.yml").write_text(
        "vaulted: !vault |\n" + "".join(f"  {line}\n" for line in lines)
    )
    return [
        "--vault-password-file",
        str(folder / "vault_password"),
        "-e",
        f"@{folder / 'vault.yml'}",
    ]


def write_clouds(folder: pathlib.Path, connection: t.Mapping[str, str]) -> None:
    """Beside the playbook, which is the module's current folder."""
    auth = {
        key: connection[key]
        for key in ("auth_url", "username", "password", "user_domain_name", "project_name")
    }
    lines = [f"      {key}: {value}" for key, value in auth.items()]
    text = "\n".join(
        ["clouds:", "  simulator:", f"    region_name: {connection['region']}", "    auth:", *lines]
    )
    (folder / "clouds.yaml").write_text(text)


def run(folder: pathlib.Path, in_process: bool, start: float) -> Played:
    with serve(Settings(speed=0, seed=1), ManualClock(start)) as simulator:
        connection = simulator.connection
        write_clouds(folder, connection)
        vault = write_vault(folder, connection["secret_key"])
        return play(
            folder,
            [*life(), *refusals(), *logins(connection), *keywords()],
            "-vvvv",
            *vault,
            vars={"mrs_in_process": in_process},
            module_defaults={"group/huaweicloud.mrs.mrs": login(connection)},
        )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Played, Played]:
    folder, start = tmp_path_factory.mktemp("both"), time.time()
    return run(folder, True, start), run(folder, False, start)


def test_every_result_is_the_same_key_by_key(both: tuple[Played, Played]) -> None:
    in_process, module = both
    assert [each["task"] for each in in_process.records] == [
        each["task"] for each in module.records
    ]
    assert len(in_process.records) > 60
    for mine, other in zip(in_process.records, module.records, strict=True):
        assert stable(mine) == stable(other), mine["task"]


def test_a_plan_has_the_module_defaults_of_a_cluster(both: tuple[Played, Played]) -> None:
    for each in both:
        (plan,) = each.result("plans with defaults")["clusters"]
        assert plan["actions"] == []
        assert each.result("plans")["clusters"][0]["actions"][-1] == {
            "action": "change_tags",
            "set": {},
            "remove": ["number"],
        }


def test_only_one_of_them_starts_modules(both: tuple[Played, Played]) -> None:
    in_process, module = both
    pattern = r"Using module file \S+/mrs_\w+\.py"
    assert len(re.findall(pattern, in_process.stdout)) == 1  # the asynchronous one
    assert len(re.findall(pattern, module.stdout)) > 60


def test_what_is_copied_from_elsewhere_is_understood(both: tuple[Played, Played]) -> None:
    for each in both:
        for name in ("what is there", "what ran", "hosts of what is there"):
            assert (each.result(name)["changed"], each.result(name).get("failed", False)) == (
                False,
                False,
            )
        refused = each.result("the flat form")
        assert refused["msg"].startswith(
            "add_jobs, billing_type, core_node_num: the flat form of API v1.1 is not accepted."
        )
        assert refused["error"]["status"] is None
        assert each.result("no word")["msg"] == "arguments[0]: is neither a text nor a number"


def test_clouds_yaml_is_read_from_the_folder_of_the_playbook(both: tuple[Played, Played]) -> None:
    """ansible-playbook itself is called from another folder."""
    for each in both:
        assert each.result("clouds.yaml")["clusters"] == []


def test_ansible_shows_an_environment_only_where_security_md_says_so(
    both: tuple[Played, Played],
) -> None:
    in_process, module = both
    shown = "HUAWEICLOUD_SDK_SK=simulatorSecretKeyOfNoValueAtAll"
    lines = [line for line in module.stdout.splitlines() if shown in line]
    assert lines
    assert [line for line in lines if " EXEC /bin/sh" not in line] == []
    assert shown not in in_process.stdout
    text = (pathlib.Path(__file__).parents[4] / "SECURITY.md").read_text("utf-8")
    assert "variables under `environment:` of a play or task, in lines that begin with `EXEC`" in (
        text
    )
    assert "run inside the controller where they can, and then there is no line `EXEC`" in text


def test_the_terminal_shows_the_same_errors(both: tuple[Played, Played]) -> None:
    in_process, module = (
        [line for line in each.stderr.splitlines() if "ERROR" in line] for each in both
    )
    assert [stable(line) for line in in_process] == [stable(line) for line in module]


@pytest.mark.parametrize("way", [0, 1])
def test_no_secret_is_shown_at_any_verbosity(both: tuple[Played, Played], way: int) -> None:
    shown = both[way].stdout + both[way].stderr
    # Ansible itself shows the environment with which it starts a module.
    shown = "\n".join(line for line in shown.splitlines() if " EXEC /bin/sh" not in line)
    assert re.findall(r"CANARY-[A-Za-z0-9-]+", shown) == []
    assert "simulator-password-not-a-secret" not in shown
    assert "simulatorSecretKeyOfNoValueAtAll" not in shown
