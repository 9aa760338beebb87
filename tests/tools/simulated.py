# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator in a process of its own, and an environment in which commands find only that."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import typing as t
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIMULATOR = ROOT / "roles" / "simulator" / "files"

Address = dict[str, str]


@contextlib.contextmanager
def simulator(log: pathlib.Path, *options: str) -> t.Iterator[Address]:
    """A running simulator; yields the line that it prints.

    Without an option for the speed nothing takes time.
    """
    command = [sys.executable, "-m", "mrs_simulator", "--port", "0", "--speed", "0", *options]
    env = {
        **os.environ,
        "PYTHONPATH": str(SIMULATOR),
        "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    with (
        log.open("a") as errors,
        subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            line = t.cast("t.IO[str]", process.stdout).readline()
            if not line:
                raise RuntimeError(f"The simulator did not start, see {log}")
            yield json.loads(line)
        finally:
            process.terminate()


def environment(home: pathlib.Path) -> dict[str, str]:
    """What a command sees: this home directory, and nothing of the caller's Ansible or cloud."""
    python = pathlib.Path(sys.executable)
    return {
        "HOME": str(home),
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "tests" / "tools" / "compiled"),
        "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache"),
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / "build" / "live"),
        "ANSIBLE_HOME": str(ROOT / "build" / "ansible"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "ANSIBLE_CALLBACK_PLUGINS": str(ROOT / "tests" / "examples" / "callback_plugins"),
        "ANSIBLE_CALLBACKS_ENABLED": "results",
    }


def login(address: Address) -> dict[str, str]:
    """The environment variables by which the collection logs in to the simulator."""
    return {
        "OS_AUTH_URL": address["auth_url"],
        "OS_USERNAME": address["username"],
        "OS_PASSWORD": address["password"],
        "OS_USER_DOMAIN_NAME": address["user_domain_name"],
        "OS_PROJECT_NAME": address["project_name"],
        "OS_REGION_NAME": address["region"],
    }


def variables(address: Address) -> dict[str, str]:
    """The variables that examples and pages use for what a user keeps in a vault."""
    return {
        "mrs_admin_password": "Admin-Secret-1",
        "mrs_root_password": "Root-Secret-1",
        "mrs_store_password": "Store-Secret-1",
        "mrs_job_user": address["username"],
        "mrs_job_group": "simulator-group",
        "mrs_auth_url": address["auth_url"],
        "mrs_username": address["username"],
        "mrs_password": address["password"],
        "mrs_user_domain_name": address["user_domain_name"],
        "mrs_project_name": address["project_name"],
        "mrs_project_id": address["project_id"],
        "mrs_region": address["region"],
        "mrs_access_key": address["access_key"],
        "mrs_secret_key": address["secret_key"],
        "mrs_endpoint": address["url"],
    }


def clouds(address: Address) -> dict[str, t.Any]:
    """A clouds.yaml whose entry otc leads to the simulator."""
    names = ("auth_url", "username", "password", "user_domain_name", "project_name")
    auth = {name: address[name] for name in names}
    entry = {
        "auth": auth,
        "region_name": address["region"],
        "mrs_endpoint_override": address["url"],
    }
    return {"clouds": {"otc": entry}}


def post(url: str, body: t.Any, token: str = "") -> tuple[t.Mapping[str, str], t.Any]:
    """Headers and body of the answer to a POST request."""
    headers = {"Content-Type": "application/json", **({"X-Auth-Token": token} if token else {})}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers, json.loads(answer.read() or b"null")


def token_of(address: Address) -> str:
    """A new token of the simulator's user."""
    user = {
        "name": address["username"],
        "password": address["password"],
        "domain": {"name": address["user_domain_name"]},
    }
    identity = {"methods": ["password"], "password": {"user": user}}
    scope = {"project": {"id": address["project_id"]}}
    headers, _body = post(
        f"{address['auth_url']}/auth/tokens", {"auth": {"identity": identity, "scope": scope}}
    )
    return headers["X-Subject-Token"]


def temporary_keys_of(address: Address, token: str) -> dict[str, str]:
    """New temporary keys: access, secret and securitytoken."""
    identity = {"methods": ["token"], "token": {"duration_seconds": 900}}
    url = f"{address['url']}/v3.0/OS-CREDENTIAL/securitytokens"
    _headers, body = post(url, {"auth": {"identity": identity}}, token)
    return t.cast("dict[str, str]", body["credential"])
