# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret is in anything that is written: terminal, logs, caches, temporary files.

The real Ansible runs every module, role and the inventory plugin at the highest verbosity, to good
ends and to bad; the event source runs, too.
"""

from __future__ import annotations

import base64
import json
import os
import pathlib
import subprocess
import sys
import typing as t

import pytest
import requests

from ansible_collections.huaweicloud.mrs.tests.unit.eda.scene import CREATION, JOB
from ansible_collections.huaweicloud.mrs.tests.unit.leaks import plays
from ansible_collections.huaweicloud.mrs.tests.unit.leaks.canaries import SECRETS, forms, found_in
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.playbooks import (
    COLLECTIONS,
    Json,
    Played,
    run_playbook,
)
from ansible_collections.huaweicloud.mrs.tests.unit.tls.ways import new_token
from mrs_simulator.server import Running
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator

#: What the simulator's own credentials are called among the variables.
OWN = ("password", "secret_key", "token")
INVENTORY = """
plugin: huaweicloud.mrs.mrs
endpoint: "{{ lookup('ansible.builtin.env', 'CANARY_URL') }}"
region_name: eu-de
auth:
  auth_url: "{{ lookup('ansible.builtin.env', 'CANARY_URL') }}/v3"
  username: "{{ lookup('ansible.builtin.env', 'CANARY_USER') }}"
  user_domain_name: SIMULATOR-DOMAIN
  password: "{{ lookup('ansible.builtin.env', 'CANARY_PASSWORD') }}"
api_retries: 0
cache: true
cache_plugin: ansible.builtin.jsonfile
"""


WATCHER = pathlib.Path(__file__).with_name("watcher.py")
PLUGIN = (
    COLLECTIONS / "ansible_collections/huaweicloud/mrs/extensions/eda/plugins/event_source/mrs.py"
)


def _echo_of_source() -> str:
    """A refusal that repeats a data connection, with its password in JSON in a text in JSON."""
    source = json.dumps({"user_name": "hive", "password": SECRETS["store"]})
    request = json.dumps({"data_connector": {"source_info": source}})
    return json.dumps({"error_code": "MRS.0010", "error_msg": f"cannot use {request}"})


class Scene:
    """A folder C(written) for all that is written, and one for what is given.

    Only the latter may have secrets.
    """

    def __init__(self, folder: pathlib.Path) -> None:
        self.written, self._given = folder / "written", folder / "given"
        for path in (self.written, self._given, self.written / "simulator", self.written / "tmp"):
            path.mkdir()
        self.running = self._simulator()
        self.cloud = self._cloud()
        self.secrets = {**SECRETS, **{name: self.cloud[name] for name in OWN}}
        self.secrets |= {
            f"temporary {name}": self.cloud["temporary"][name]
            for name in ("secret_key", "security_token")
        }

    def _simulator(self) -> Running:
        log = self.written / "simulator" / "log"

        def on_request(line: str) -> None:
            with log.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

        running = Running(
            Simulator(
                Settings(speed=0), None, self.written / "simulator" / "state.json", on_request
            )
        )
        running.start()
        return running

    def _cloud(self) -> Json:
        """What the simulator takes, a token and temporary keys among it."""
        known = dict(self.running.connection)
        token = new_token(known, None)
        identity = {"methods": ["token"], "token": {"id": token, "duration_seconds": 900}}
        url = f"{known['url']}/v3.0/OS-CREDENTIAL/securitytokens"
        answer = requests.post(
            url, json={"auth": {"identity": identity}}, headers={"X-Auth-Token": token}, timeout=60
        )
        keys = answer.json()["credential"]
        names = {"access_key": "access", "secret_key": "secret", "security_token": "securitytoken"}
        return {
            **known,
            "token": token,
            "temporary": {name: keys[key] for name, key in names.items()},
        }

    def environment(self) -> dict[str, str]:
        written = self.written
        return {
            "HUAWEICLOUD_MRS_TOKEN_CACHE": "1",
            "XDG_CACHE_HOME": str(written / "tokens"),
            "TMPDIR": str(written / "tmp"),
            "ANSIBLE_ACTION_PLUGINS": str(pathlib.Path(__file__).with_name("action")),
            "ANSIBLE_LOG_PATH": str(written / "log"),
            "ANSIBLE_LOG_VERBOSITY": "4",
            "ANSIBLE_RETRY_FILES_ENABLED": "true",
            "ANSIBLE_RETRY_FILES_SAVE_PATH": str(written / "retry"),
            "ANSIBLE_CACHE_PLUGIN": "ansible.builtin.jsonfile",
            "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(written / "cache"),
            "HTTPS_PROXY": "http://127.0.0.1:9",  # whatever goes wrong, nothing leaves this machine
            "NO_PROXY": "127.0.0.1",
        }

    def play(self, tasks: list[Json], in_process: bool) -> Played:
        given = self._given / "variables.json"
        answer = json.dumps(
            {"error_code": "0175", "error_msg": f"cannot read @password={SECRETS['word']}"}
        )
        echo = {"kind": "status", "status": 500, "path": "submit-job", "body": answer}
        variables = {"secrets": SECRETS, "cloud": self.cloud, "echo": echo}
        variables["echo_store"] = {
            **echo,
            "path": "data-connectors/",
            "method": "PUT",
            "body": _echo_of_source(),
        }
        given.write_text(json.dumps(variables), "utf-8")
        shared = {"group/huaweicloud.mrs.mrs": plays.LOGIN}
        play = {
            "hosts": "localhost",
            "gather_facts": False,
            "module_defaults": shared,
            "tasks": tasks,
        }
        extra = ["-e", f"@{given}", "-e", json.dumps({"mrs_in_process": in_process})]
        played = run_playbook(self.written, [play], "-vvvv", *extra, env=self.environment())
        self.keep("playbook", played.stdout, played.stderr)
        return played

    def list_inventory(self, password: str) -> int:
        source = self.written / "all.mrs.yml"
        source.write_text(INVENTORY, "utf-8")
        env = {
            **os.environ,
            **self.environment(),
            "HOME": str(self.written),
            "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        }
        env |= {
            "ANSIBLE_HOME": str(self.written / "ansible"),
            "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true",
        }
        env |= {
            "CANARY_URL": self.running.url,
            "CANARY_USER": self.cloud["username"],
            "CANARY_PASSWORD": password,
        }
        env |= {"ANSIBLE_INVENTORY_CACHE_CONNECTION": str(self.written / "cache")}
        command = [
            sys.executable,
            "-m",
            "ansible",
            "inventory",
            "-vvvv",
            "-i",
            str(source),
            "--list",
            "--flush-cache",
        ]
        ended = subprocess.run(
            command,
            env=env,
            cwd=self.written,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        self.keep("inventory", ended.stdout, ended.stderr)
        return ended.returncode

    def call(self, path: str, body: Json) -> None:
        """A request of the user who has a token."""
        url = f"{self.running.url}/v1.1/{self.cloud['project_id']}/{path}"
        answer = requests.post(
            url, json=body, headers={"X-Auth-Token": self.cloud["token"]}, timeout=60
        )
        assert answer.status_code == 200, answer.text

    def login(self) -> Json:
        user = {
            key: self.cloud[key]
            for key in ("auth_url", "username", "user_domain_name", "project_name")
        }
        return {"auth": {**user, "password": self.cloud["password"]}}

    def watch(self, looks: int = 3, **arguments: t.Any) -> subprocess.CompletedProcess[str]:
        """Run the event source for so many looks; what it says is kept."""
        given = self._given / "arguments.json"
        state_file = str(self.written / "cursor.json")
        common = {
            "state_file": state_file,
            "region_name": "eu-de",
            "api_retries": 0,
            "initial_events": True,
        }
        given.write_text(json.dumps({"endpoint": self.running.url, **common, **arguments}), "utf-8")
        command = [sys.executable, str(WATCHER), str(PLUGIN), str(given), str(looks)]
        env = {
            **os.environ,
            **self.environment(),
            "HOME": str(self.written),
            "PYTHONPATH": str(COLLECTIONS),
        }
        ended = subprocess.run(
            command,
            env=env,
            cwd=self.written,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        self.keep("events", ended.stdout, ended.stderr)
        return ended

    def keep(self, name: str, *texts: str) -> None:
        for text in texts:
            with (self.written / f"{name}.terminal").open("a", encoding="utf-8") as file:
                file.write(text)

    def kept_tokens(self) -> list[pathlib.Path]:
        return [path for path in (self.written / "tokens").rglob("*") if path.is_file()]


@pytest.fixture(name="scene")
def _scene(tmp_path: pathlib.Path) -> t.Iterator[Scene]:
    scene = Scene(tmp_path)
    yield scene
    scene.running.stop()


def take_out_kept_tokens(scene: Scene) -> None:
    """The one place that holds a token by design: nobody else can read it, and it has no more."""
    kept = scene.kept_tokens()
    assert kept
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in kept} == {0o700}
    for path in kept:
        token = json.loads(path.read_text("utf-8"))["token"]
        others = {name: secret for name, secret in scene.secrets.items() if secret != token}
        assert found_in(path.parent, others) == []
        path.unlink()
        scene.secrets[f"token of {path.name}"] = token


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "as a module"])
def test_no_secret_is_in_anything_that_modules_make_ansible_write(
    in_process: bool, scene: Scene
) -> None:
    tasks = [*plays.logins(), *plays.modules()]
    played = scene.play(tasks, in_process)
    states = {record["task"]: record["status"] for record in played.records}
    good = [name for name, status in states.items() if status == "ok"]
    assert len(states) == len({each["name"] for each in tasks})
    assert {
        "password",
        "token",
        "temporary keys",
        "cluster, with a lost answer",
        "once more",
        "job",
        "connection, with a lost answer",
        "gone",
    } <= {*good}
    assert len(states) - len(good) >= 20
    document = requests.get(f"{scene.running.url}/_simulator/requests", timeout=60).text
    scene.keep("requests", document)
    assert "run-job-flow" in document
    take_out_kept_tokens(scene)
    assert found_in(scene.written, scene.secrets) == []


def test_no_secret_is_in_anything_that_roles_make_ansible_write(scene: Scene) -> None:
    played = scene.play(plays.roles(), True)
    assert played.code == 0, played.stdout[-2000:]
    assert len([record for record in played.records if record["task"] == "It failed"]) == 4
    assert found_in(scene.written, scene.secrets) == []


def test_no_secret_is_in_anything_that_the_inventory_plugin_makes_ansible_write(
    scene: Scene,
) -> None:
    assert scene.list_inventory(scene.cloud["password"]) == 0
    assert scene.list_inventory(SECRETS["wrong_password"]) != 0
    take_out_kept_tokens(scene)
    assert found_in(scene.written, scene.secrets) == []


def test_no_secret_is_in_anything_that_the_event_source_writes(scene: Scene) -> None:
    scene.call("run-job-flow", {**CREATION, "cluster_admin_secret": SECRETS["admin_password"]})
    (cluster,) = scene.running.simulator.world.store.clusters
    arguments = f"wordcount @password={SECRETS['word']}"
    scene.call(
        "jobs/submit-job",
        {**JOB, "job_name": "count", "cluster_id": cluster, "arguments": arguments},
    )
    (job,) = scene.running.simulator.world.store.jobs
    progress = {"progress": f"ran with @password={SECRETS['word']}"}
    assert (
        requests.patch(
            f"{scene.running.url}/_simulator/jobs/{job}", json=progress, timeout=60
        ).status_code
        < 300
    )
    seen = scene.watch(**scene.login())
    assert (seen.returncode, seen.stdout.count('"mrs"')) == (0, 2), seen.stderr
    assert '"wordcount @password=*"' in seen.stdout
    assert '"ran with @password=*"' in seen.stdout
    assert cluster in (scene.written / "cursor.json").read_text("utf-8")
    answer = json.dumps(
        {"error_code": "0175", "error_msg": f"cannot read @password={SECRETS['word']}"}
    )
    echo = {"kind": "status", "status": 500, "path": "cluster_infos", "body": answer, "times": 9}
    assert (
        requests.post(f"{scene.running.url}/_simulator/faults", json=echo, timeout=60).status_code
        < 300
    )
    warned = scene.watch(**scene.login()).stderr
    assert "cannot read @password=*" in warned, warned[-600:]
    take_out_kept_tokens(scene)
    assert found_in(scene.written, scene.secrets) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"auth": {"password": SECRETS["wrong_password"]}}, "Cannot log in"),
        (
            {"auth": {"password": None, "token": SECRETS["wrong_token"]}, "project_id": "p"},
            "HTTP 401",
        ),
        (
            {
                "auth": None,
                "access_key": "AK",
                "secret_key": SECRETS["wrong_secret_key"],
                "project_id": "p",
            },
            "HTTP 401",
        ),
        (
            {"access_key": "AK", "secret_key": "x", "security_token": SECRETS["security_token"]},
            "auth",
        ),
        ({"auth": f"password={SECRETS['wrong_password']}"}, "auth"),
        ({"auth": {"pasword": "x", "token": SECRETS["wrong_token"]}}, "auth.pasword"),
        ({"endpoint": f"https://me:{SECRETS['address']}@127.0.0.1:9"}, "endpoint"),
    ],
)
def test_no_secret_is_in_what_the_event_source_says_when_it_fails(
    arguments: Json, told: str, scene: Scene
) -> None:
    login = scene.login()
    if isinstance(arguments.get("auth"), dict):
        arguments = {**arguments, "auth": {**login["auth"], **arguments["auth"]}}
    seen = scene.watch(**{**login, **arguments})
    assert seen.returncode == 1, seen.stdout
    assert told in seen.stderr
    for kept in scene.kept_tokens():
        kept.unlink()
    assert found_in(scene.written, scene.secrets) == []


@pytest.mark.parametrize(
    "form", [lambda text: text, json.dumps, lambda text: json.dumps(json.dumps([text])), repr]
)
def test_the_search_finds_what_is_there(
    form: t.Callable[[str], str], tmp_path: pathlib.Path
) -> None:
    for name, secret in SECRETS.items():
        (tmp_path / "some" / "folder").mkdir(parents=True, exist_ok=True)
        (tmp_path / "some" / "folder" / "file").write_text(f"x{form(secret)}x", "utf-8")
        assert f"{name} in some/folder/file" in found_in(tmp_path, SECRETS)


@pytest.mark.parametrize("before", [b"", b"u:", b"user:", b"x"])
def test_the_search_knows_base64_wherever_the_secret_begins(before: bytes) -> None:
    for secret in SECRETS.values():
        encoded = base64.b64encode(before + secret.encode() + b":more")
        assert any(form in encoded for form in forms(secret))
