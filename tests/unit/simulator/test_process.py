# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command: one JSON line, loopback only, a state file that survives, no secrets in the log."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import typing as t

import pytest
import requests

FILES = pathlib.Path(__file__).parents[3] / "roles" / "simulator" / "files"


class Process:
    """The simulator as a command, and its JSON line."""

    def __init__(self, log: pathlib.Path, *options: str) -> None:
        self.log = log
        with log.open("a", encoding="utf-8") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mrs_simulator", *options],
                env={**os.environ, "PYTHONPATH": str(FILES)},
                stdout=subprocess.PIPE,
                stderr=stream,
                text=True,
            )
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        self.known: dict[str, str] = json.loads(self.line)

    def post(self, path: str, body: t.Any, token: str = "") -> requests.Response:
        headers = {"X-Auth-Token": token} if token else {}
        return requests.post(f"{self.known['url']}{path}", json=body, headers=headers, timeout=60)

    def login(self) -> str:
        user = {
            "name": self.known["username"],
            "password": self.known["password"],
            "domain": {"name": self.known["user_domain_name"]},
        }
        identity = {"methods": ["password"], "password": {"user": user}}
        scope = {"project": {"id": self.known["project_id"]}}
        return self.post(
            "/v3/auth/tokens", {"auth": {"identity": identity, "scope": scope}}
        ).headers["X-Subject-Token"]

    def create(self, body: t.Any, token: str) -> requests.Response:
        return self.post(f"/v1.1/{self.known['project_id']}/run-job-flow", body, token)

    def names(self, token: str) -> set[str]:
        url = f"{self.known['url']}/v1.1/{self.known['project_id']}/cluster_infos?pageSize=1000"
        answer = requests.get(url, headers={"X-Auth-Token": token}, timeout=60)
        return {cluster["clusterName"] for cluster in answer.json()["clusters"]}

    def end(self, number: int) -> tuple[int, str]:
        self.process.send_signal(number)
        rest, _stderr = self.process.communicate(timeout=60)
        return self.process.returncode, rest


@pytest.fixture(name="start")
def _start(tmp_path: pathlib.Path) -> t.Iterator[t.Callable[..., Process]]:
    started: list[Process] = []

    def start(*options: str) -> Process:
        started.append(Process(tmp_path / "log", *options))
        return started[-1]

    yield start
    for process in started:
        if process.process.poll() is None:
            process.end(signal.SIGKILL)


def test_one_json_line_and_a_clean_stop(start: t.Callable[..., Process]) -> None:
    process = start("--speed", "0")
    assert list(process.known) == [
        "url",
        "auth_url",
        "region",
        "project_id",
        "project_name",
        "username",
        "password",
        "user_domain_name",
        "access_key",
        "secret_key",
    ]
    assert process.known["auth_url"] == process.known["url"] + "/v3"
    assert process.end(signal.SIGTERM) == (0, "")


def test_it_listens_on_loopback_only(start: t.Callable[..., Process]) -> None:
    port = int(start().known["url"].rpartition(":")[2])
    table = pathlib.Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]
    listening = {line.split()[1] for line in table if line.split()[3] == "0A"}
    assert {address for address in listening if address.endswith(f":{port:04X}")} == {
        f"0100007F:{port:04X}"
    }


def test_a_wanted_port_is_taken_and_a_taken_one_is_an_error(
    start: t.Callable[..., Process],
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert start("--port", str(port)).known["url"] == f"http://127.0.0.1:{port}"
    second = subprocess.run(
        [sys.executable, "-m", "mrs_simulator", "--port", str(port)],
        env={**os.environ, "PYTHONPATH": str(FILES)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (second.returncode, second.stdout) == (1, "")
    assert "Address already in use" in second.stderr


def test_the_log_and_the_state_file_hold_no_secret(start, cloud, tmp_path: pathlib.Path) -> None:
    state = tmp_path / "state.json"
    process = start("--state", str(state), "--speed", "0")
    token = process.login()
    body = cloud.creation(
        login_mode=0, cluster_master_secret="Canary-Root-1", cluster_version="MRS 2.1.0"
    )
    body["component_list"] = [{"component_name": "Hadoop"}]
    body["add_jobs"] = [
        {
            "job_type": 1,
            "job_name": "j",
            "jar_path": "/x.jar",
            "arguments": "@k=Canary-Argument",
            "submit_job_once_cluster_run": True,
        }
    ]
    assert process.create(body, token).status_code == 200
    process.end(signal.SIGTERM)
    written = process.log.read_text("utf-8") + state.read_text("utf-8")
    assert "run-job-flow 200" in written
    for secret in ("anary", token, process.known["password"], process.known["secret_key"]):
        assert secret not in written
    assert state.stat().st_mode & 0o777 == 0o600


def test_everything_is_kept_over_a_restart(start, cloud, tmp_path: pathlib.Path) -> None:
    options = ("--state", str(tmp_path / "state.json"), "--speed", "1000")
    first = start(*options)
    token = first.login()
    assert first.create(cloud.creation(), token).status_code == 200
    first.post("/_simulator/clock", {"advance": 400})
    requests.patch(
        f"{first.known['url']}/_simulator/settings", json={"next_job": "failed"}, timeout=60
    )
    first.end(signal.SIGTERM)
    second = start(*options)
    state = requests.get(f"{second.known['url']}/_simulator/state", timeout=60).json()
    assert (state["settings"]["next_job"], state["clock_offset"]) == ("failed", 400)
    assert second.names(token) == {"sensor-etl"}  # with the old token
    second.post("/_simulator/clock", {"advance": 600})
    cluster = next(
        iter(
            requests.get(f"{second.known['url']}/_simulator/state", timeout=60)
            .json()["clusters"]
            .values()
        )
    )
    assert (cluster["state"], len(cluster["hosts"])) == ("running", 5)


def test_what_was_answered_survives_a_kill_at_any_moment(
    start, cloud, tmp_path: pathlib.Path
) -> None:
    options = ("--state", str(tmp_path / "state.json"), "--speed", "0")
    acknowledged: set[str] = set()
    for turn in range(3):
        process = start(*options)
        token = process.login()
        assert process.names(token) >= acknowledged

        def load(process: Process = process, token: str = token, turn: int = turn) -> None:
            with contextlib.suppress(requests.exceptions.ConnectionError):
                for number in range(10_000):
                    name = f"c{turn}-{number}"
                    if process.create(cloud.creation(cluster_name=name), token).status_code == 200:
                        acknowledged.add(name)

        worker = threading.Thread(target=load)
        worker.start()
        while len(acknowledged) < 10 * (turn + 1):
            worker.join(0.01)
        process.end(signal.SIGKILL)
        worker.join(60)
    last = start(*options)
    assert last.names(last.login()) >= acknowledged
    assert len(acknowledged) >= 30


def test_a_file_that_is_no_state_file_is_an_error(tmp_path: pathlib.Path) -> None:
    for number, text in enumerate(("", "[]", '{"format": 99}', "{}")):
        path = tmp_path / str(number)
        path.write_text(text, "utf-8")
        ended = subprocess.run(
            [sys.executable, "-m", "mrs_simulator", "--state", str(path)],
            env={**os.environ, "PYTHONPATH": str(FILES)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (ended.returncode, ended.stdout, path.read_text("utf-8")) == (1, "", text)
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--port", "70000"], 2, "argument --port: must be 0 to 65535"),
        (["--port", "-1"], 2, "argument --port: must be 0 to 65535"),
        (["--state", "/no/such/folder/s"], 1, "there is no folder /no/such/folder to write into"),
    ],
)
def test_what_could_never_work_is_an_error_at_the_start(
    options: list[str], code: int, told: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "mrs_simulator", *options],
        env={**os.environ, "PYTHONPATH": str(FILES)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (code, "")
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
