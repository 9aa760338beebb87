# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All ways to log in with code of their own, as options, and tasks that use them."""

from __future__ import annotations

import json
import os
import pathlib
import typing as t

import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import outcome
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json, options
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import task_of

WAYS = (
    "keys",
    "keys without a project",
    "password",
    "token that is exchanged",
    "token as it is",
    "application credential",
    "cloud with a password",
    "cloud with keys",
)
#: The simulator knows no application credentials.
WAYS_IN = tuple(way for way in WAYS if way != "application credential")
#: Those that ask IAM before the service.
ASKING_IAM = tuple(way for way in WAYS if way not in ("keys", "token as it is", "cloud with keys"))


class Ways:
    """C(options) and C(environ) of each way, to a service and an IAM that may be anywhere.

    :param folder: for files of clouds.
    :param known: what a simulator prints when it listens.
    :param token: one that the simulator has issued.
    """

    def __init__(self, folder: pathlib.Path, known: t.Mapping[str, str], token: str) -> None:
        self._folder, self._known, self._token = folder, known, token

    def options(self, way: str, endpoint: str, auth_url: str) -> Json:
        known = self._known
        keys = {name: known[name] for name in ("access_key", "secret_key")}
        place = {"endpoint": endpoint, "region_name": known["region"]}
        user = {
            name: known[name]
            for name in ("username", "password", "user_domain_name", "project_name")
        }
        project = {"project_id": known["project_id"]}
        secret = {"application_credential_id": "app", "application_credential_secret": "CANARY-app"}
        auth_types = {"application credential": "v3applicationcredential"}
        entries = {
            "application credential": {**secret, "auth_url": auth_url},
            "cloud with a password": {**user, "auth_url": auth_url},
            "cloud with keys": {**keys, **project},
        }
        if way in entries:
            self._write(entries[way], auth_types.get(way))
            return {**place, **project, "cloud": "simulator"}
        return {
            "keys": {**keys, **place, **project},
            "keys without a project": {**keys, **place},
            "password": {**place, "auth": {**user, "auth_url": auth_url}},
            "token that is exchanged": {
                **place,
                **project,
                "auth": {"token": self._token, "auth_url": auth_url},
            },
            "token as it is": {**place, **project, "auth": {"token": self._token}},
        }[way]

    def environ(self, way: str, auth_url: str) -> dict[str, str]:
        files = {
            "OS_CLIENT_CONFIG_FILE": str(self._folder / "clouds.yaml"),
            "HOME": str(self._folder),
        }
        return {**files, "OS_AUTH_URL": auth_url} if way == "keys without a project" else files

    def set_in_cloud(self, **settings: t.Any) -> None:
        """Further settings of the entry."""
        path = self._folder / "clouds.yaml"
        document = json.loads(path.read_text("utf-8"))
        document["clouds"]["simulator"].update(settings)
        path.write_text(json.dumps(document), "utf-8")

    def _write(self, auth: Json, auth_type: str | None) -> None:
        entry = {"auth": auth, **({"auth_type": auth_type} if auth_type else {})}
        (self._folder / "clouds.yaml").write_text(
            json.dumps({"clouds": {"simulator": entry}}), "utf-8"
        )


def run(module: str, given: Json, environ: t.Mapping[str, str]) -> Json:
    """The result of a task that talks over the network."""
    unset = dict.fromkeys(("auth", "auth_type", "project_id", "region_name", "endpoint"))
    settings = {"api_retries": 0, "api_timeout": 10, **unset, **given}
    environment = TaskEnvironment({**environ, "PATH": os.environ["PATH"]})
    return outcome(
        task_of(module), options(module, **settings), check_mode=False, environment=environment
    )


def new_token(known: t.Mapping[str, str], authority: pathlib.Path | None) -> str:
    user = {
        "name": known["username"],
        "password": known["password"],
        "domain": {"name": known["user_domain_name"]},
    }
    identity = {"methods": ["password"], "password": {"user": user}}
    body = {"auth": {"identity": identity, "scope": {"project": {"id": known["project_id"]}}}}
    verify = str(authority) if authority else True
    answer = requests.post(f"{known['auth_url']}/auth/tokens", json=body, verify=verify, timeout=60)
    return answer.headers["X-Subject-Token"]
