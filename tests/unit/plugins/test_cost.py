# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an unchanged cluster costs, in what can be counted: requests, imports and function calls.

Each import is compiled anew in every task that runs as a module. Whoever adds one here should need
it there.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster import ClusterTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import options
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.modules.test_modules import CLUSTER
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

Json = dict[str, t.Any]

#: Prints what the task imports of us and of others, beyond requests, and how many functions it
#: calls the second time.
PROGRAM = """
import importlib, json, os, sys
import requests
import ansible.module_utils.basic
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
ours = "ansible_collections.huaweicloud.mrs.plugins.module_utils."
before = {name.split(".")[0] for name in sys.modules} | sys.stdlib_module_names
module = importlib.import_module(ours.replace("module_utils.", "modules.mrs_cluster"))
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run

def unchanged():
    given = module.SPEC.understood(json.loads(sys.argv[1]))
    checked = ArgumentSpecValidator(**module.SPEC.arguments()).validate(given)
    options = checked.validated_parameters
    environment = TaskEnvironment(os.environ)
    result = run(module.ClusterTask, options, check_mode=False, environment=environment)
    assert result["changed"] is False

unchanged()
loaded = [name for name, each in sys.modules.items() if not hasattr(each, "__path__")]
imported = sorted(name.removeprefix(ours) for name in loaded if name.startswith(ours))
others = sorted({name.split(".")[0] for name in sys.modules} - before - {"ansible_collections"})
calls = 0
def count(frame, event, argument):
    global calls
    calls += event == "call"
sys.setprofile(count)
unchanged()
sys.setprofile(None)
print(json.dumps({"ours": imported, "others": others, "calls": calls}))
"""

ALWAYS = {
    *("_start", "_argspec", "_options.forms", "_options.limits", "_tasks.module", "_tasks.run"),
    *(
        "_tasks.connect",
        "_api.context",
        "_base.plan",
        "_base.errors",
        "_base.redact",
        "_base.repeat",
        "_base.deps",
    ),
    "_base.escaped",
    *(
        "_auth.settings",
        "_auth.sources",
        "_auth.regions",
        "_auth.login",
        "_http.session",
        "_http.exchange",
        "_http.proxies",
        "_base.answers",
    ),
    *("_api.transport", "_base.wait"),
    *("_cluster.look", "_models.cluster_state"),
    *(
        "_api.calls",
        "_api.client",
        "_definitions.job_api",
        "_base.raw",
        "_models.cluster",
        "_api.find",
        "_tasks.mrs_cluster",
        "_definitions.cluster",
        "_definitions.cluster_api",
        "_definitions.node_groups",
        "_cluster.differences",
        "_cluster.plan",
    ),
}
BY_KEPT_TOKEN = ALWAYS | {"_auth.login_settings", "_auth.token_cache", "_auth.token_login"}
BY_TOKEN = BY_KEPT_TOKEN | {"_auth.iam", "_auth.keystone"}
#: Function calls of such a task, where its modules are imported already: so many were counted, a
#: quarter more passes, since there are some hundred more when the machine is busy.
CALLS_BY_KEYS, CALLS_BY_TOKEN = 9284 * 1.25, 10482 * 1.25


class Service(t.NamedTuple):
    """A simulator with a cluster."""

    running: Running
    cluster: str


@pytest.fixture(name="service", scope="module")
def _service() -> t.Iterator[Service]:
    with serve(Settings(speed=0)) as running:
        wanted = {
            **CLUSTER,
            **keys(running),
            "auth": None,
            "auth_type": None,
            "poll_interval": 0.01,
        }
        environment = TaskEnvironment({"NO_PROXY": "*"})
        created = run(
            ClusterTask,
            options("mrs_cluster", **wanted),
            check_mode=False,
            environment=environment,
        )
        yield Service(running, created["cluster"]["id"])


def place(running: Running) -> Json:
    known = running.connection
    return {
        "region_name": known["region"],
        "endpoint": known["url"],
        "project_id": known["project_id"],
    }


def keys(running: Running) -> Json:
    return {
        **place(running),
        **{name: running.connection[name] for name in ("access_key", "secret_key")},
    }


def password(running: Running) -> Json:
    names = ("auth_url", "username", "password", "user_domain_name")
    return {**place(running), "auth": {name: running.connection[name] for name in names}}


class Cost(t.NamedTuple):
    requests: list[str]
    ours: set[str]
    others: set[str]
    calls: int


def cost(service: Service, login: Json, *, by_name: bool = False, **environ: str) -> Cost:
    """Of an unchanged cluster, in a process of its own.

    The task runs twice; the requests are those of the second.
    """
    service.running.simulator.log.entries.clear()
    identity = {} if by_name else {"id": service.cluster}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps({**CLUSTER, **login, **identity})],
        env={
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "NO_PROXY": "*",
            **environ,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    sent = [f"{entry['method']} {entry['path']}" for entry in service.running.simulator.log.entries]
    return Cost(sent[len(sent) // 2 :], set(found["ours"]), set(found["others"]), found["calls"])


def test_signed_by_id(service: Service) -> None:
    found = cost(service, keys(service.running))
    assert len(found.requests) == 1
    assert found.ours == ALWAYS | {"_auth.signature"}
    assert found.others == set()
    assert found.calls <= CALLS_BY_KEYS


def test_signed_by_name(service: Service) -> None:
    found = cost(service, keys(service.running), by_name=True)
    assert len(found.requests) == 2
    assert found.ours == ALWAYS | {"_auth.signature", "_api.pages", "_base.parallel"}
    assert found.others == set()


def test_by_token(service: Service) -> None:
    found = cost(service, password(service.running))
    assert len(found.requests) == 2
    assert found.ours == BY_TOKEN
    assert "keystoneauth1" in found.others
    assert {"openstack", "yaml"}.isdisjoint(found.others)
    assert found.calls <= CALLS_BY_TOKEN


def test_by_token_and_name(service: Service) -> None:
    assert len(cost(service, password(service.running), by_name=True).requests) == 3


def test_by_a_token_that_an_earlier_task_has_kept(service: Service, tmp_path: pathlib.Path) -> None:
    kept = {"HUAWEICLOUD_MRS_TOKEN_CACHE": "1", "XDG_CACHE_HOME": str(tmp_path)}
    cost(service, password(service.running), **kept)
    found = cost(service, password(service.running), **kept)
    assert len(found.requests) == 1
    assert found.ours == BY_KEPT_TOKEN
    assert found.others == set()


def test_by_cloud(service: Service, tmp_path: pathlib.Path) -> None:
    login = password(service.running)
    entry = {
        "auth": {**login["auth"], "project_id": login["project_id"]},
        "region_name": login["region_name"],
    }
    file = tmp_path / "clouds.yaml"
    file.write_text(json.dumps({"clouds": {"otc": entry}}))
    found = cost(
        service, {"cloud": "otc", "endpoint": login["endpoint"]}, OS_CLIENT_CONFIG_FILE=str(file)
    )
    assert len(found.requests) == 2
    assert found.ours == BY_TOKEN | {"_auth.clouds_yaml"}
    assert {"keystoneauth1", "openstack"} <= found.others
