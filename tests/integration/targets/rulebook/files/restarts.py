# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a restart of the real ansible-rulebook loses and repeats when many jobs have failed.

    restarts.py FOLDER [--settings NAME...] [--signals NAME...]

Prints a JSON line for each setting and signal. The shipped rulebook runs, with a program in place
of ansible-playbook that notes for which event it ran: what is measured is the engine, and that
costs little then.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import typing as t

import requests
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[5]
sys.path.insert(0, str(ROOT / "roles" / "simulator" / "files"))

from mrs_simulator.server import Running, serve  # noqa: E402
from mrs_simulator.settings import Settings  # noqa: E402

RULEBOOK = ROOT / "extensions" / "eda" / "rulebooks" / "failed_jobs.yml"
JOBS = 24
#: So many actions have ended when the signal comes.
BEFORE = 3
#: Seconds that an action takes, and without any until all is thought to be done.
ACTION, QUIET = 0.5, 4.0
PATIENCE = 60.0
#: Whether the source asks for feedback, and where the engine keeps what it knows.
SETTINGS = {
    "nothing": (False, None),
    "persistence": (False, "database"),
    "feedback": (True, "memory"),
    "feedback and persistence": (True, "database"),
}
PROGRAM = f"""#!/bin/sh
for word; do case "$word" in @*) variables="${{word#@}}" ;; esac; done
event=$(sed -n 's/^failed_job_event: //p' "$variables")
repeated=$(sed -n 's/^failed_job_repeated: //p' "$variables")
echo "began $event $repeated" >> "$MRS_ACTIONS"
sleep {ACTION}
echo "ended $event" >> "$MRS_ACTIONS"
"""
NODES = {
    "node_size": "c6.4xlarge.4.linux.mrs",
    "root_volume_size": 480,
    "root_volume_type": "SATA",
    "data_volume_type": "SATA",
    "data_volume_count": 1,
    "data_volume_size": 600,
}
CLUSTER = {
    "billing_type": 12,
    "data_center": "eu-de",
    "available_zone_id": "eu-de-02",
    "cluster_name": "etl",
    "cluster_version": "MRS 1.9.2",
    "cluster_type": 0,
    "safe_mode": 0,
    "vpc": "vpc-data",
    "vpc_id": "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
    "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
    "subnet_name": "subnet-etl",
    "login_mode": 1,
    "node_public_cert_name": "ops-key",
    "cluster_admin_secret": "Canary-Admin-1",
    "component_list": [{"component_name": "Hadoop"}],
    "node_groups": [
        {"group_name": "master_node_default_group", "node_num": 2, **NODES},
        {"group_name": "core_node_analysis_group", "node_num": 3, **NODES},
    ],
}
JOB = {"job_type": 1, "jar_path": "s3a://etl/wc.jar", "arguments": "wordcount"}


class Rules:
    """A folder with the rulebook, its variables and what its actions have noted."""

    def __init__(self, folder: pathlib.Path, simulator: Running, setting: str) -> None:
        self.folder, self.known = folder, simulator.connection
        self.feedback, self.memory = SETTINGS[setting]
        folder.mkdir(parents=True)
        self.actions = folder / "actions"
        self.actions.touch()
        self._have_program()
        self._have_rulebook()

    def _have_program(self) -> None:
        program = self.folder / "bin" / "ansible-playbook"
        program.parent.mkdir()
        program.write_text(PROGRAM, "utf-8")
        program.chmod(0o755)

    def _have_rulebook(self) -> None:
        (ruleset,) = yaml.safe_load(RULEBOOK.read_text("utf-8"))
        arguments = ruleset["sources"][0]["huaweicloud.mrs.mrs"]
        arguments |= {"initial_events": True, "feedback": self.feedback}
        variables = {
            "mrs_state_file": str(self.folder / "cursor.json"),
            "mrs_playbook": str(self.folder / "react" / "react.yml"),
            "mrs_poll_interval": 0.5,
            "mrs_max_poll_interval": 0.5,
        }
        if self.memory == "database":
            variables["drools_db_file_path"] = str(self.folder / "database")
        (self.folder / "react").mkdir()
        (self.folder / "react" / "react.yml").write_text("[]", "utf-8")
        (self.folder / "rules.yml").write_text(yaml.safe_dump([ruleset]), "utf-8")
        (self.folder / "vars.yml").write_text(yaml.safe_dump(variables), "utf-8")
        (self.folder / "hosts.yml").write_text(
            "all: {hosts: {localhost: {ansible_connection: local}}}", "utf-8"
        )

    def _environment(self) -> dict[str, str]:
        names = (
            "auth_url",
            "username",
            "password",
            "user_domain_name",
            "project_name",
            "region_name",
        )
        login = {
            f"OS_{name.upper()}": self.known[
                name.removesuffix("_name") if name[:2] == "re" else name
            ]
            for name in names
        }
        path = os.pathsep.join(
            [str(self.folder / "bin"), str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]
        )
        kept = {
            name: os.environ[name]
            for name in ("HOME", "JAVA_HOME", "ANSIBLE_COLLECTIONS_PATH")
            if name in os.environ
        }
        return {
            **kept,
            **login,
            "PATH": path,
            "LC_ALL": "C.UTF-8",
            "MRS_ACTIONS": str(self.actions),
        }

    @contextlib.contextmanager
    def running(self) -> t.Iterator[subprocess.Popen[bytes]]:
        command = [
            *(
                "ansible-rulebook",
                "--rulebook",
                "rules.yml",
                "--inventory",
                "hosts.yml",
                "--vars",
                "vars.yml",
            )
        ]
        command += ["--persistence-id", "restarts"] if self.memory else []
        with (
            (self.folder / "log").open("ab") as log,
            subprocess.Popen(
                command,
                cwd=self.folder,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    def noted(self, word: str) -> list[list[str]]:
        lines = self.actions.read_text("utf-8").splitlines()
        return [line.split()[1:] for line in lines if line.startswith(word)]

    def wait_for(self, is_done: t.Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
        began = time.monotonic()
        while not is_done():
            assert process.poll() is None, f"ansible-rulebook ended: see {self.folder / 'log'}"
            assert time.monotonic() - began < PATIENCE, (
                f"nothing happens: see {self.folder / 'log'}"
            )
            time.sleep(0.1)

    def is_quiet(self) -> bool:
        """All has been told, and no action has run for a while."""
        file = self.folder / "cursor.json"
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {"jobs": {}}
        told = sum(map(len, kept["jobs"].values()))
        last = max(
            self.actions.stat().st_mtime, file.stat().st_mtime if file.exists() else time.time()
        )
        return told == JOBS and time.time() - last > QUIET


def fail_jobs(simulator: Running) -> None:
    """Many jobs fail before anybody looks."""
    world = simulator.simulator.world
    project = world.identity.project_id
    token, _ends = world.identity.issue(project, world.clock.now())

    def call(path: str, body: t.Any) -> t.Any:
        url = f"{world.base_url}/v1.1/{project}/{path}"
        answer = requests.post(url, json=body, headers={"X-Auth-Token": token}, timeout=9)
        answer.raise_for_status()
        return answer.json()

    cluster = call("run-job-flow", CLUSTER)["cluster_id"]
    for number in range(JOBS):
        world.settings.patch({"next_job": "failed"})
        call("jobs/submit-job", {**JOB, "job_name": f"job-{number:02}", "cluster_id": cluster})


def measure(folder: pathlib.Path, setting: str, how: str) -> dict[str, t.Any]:
    """One restart: what never ran, and what began twice."""
    with serve(Settings(speed=0)) as simulator:
        fail_jobs(simulator)
        rules = Rules(folder / f"{setting} {how}".replace(" ", "-"), simulator, setting)
        with rules.running() as process:
            rules.wait_for(lambda: len(rules.noted("ended")) >= BEFORE, process)
            process.send_signal(getattr(signal, f"SIG{how}"))
            process.wait(PATIENCE)
        with rules.running() as process:
            rules.wait_for(rules.is_quiet, process)
    began = rules.noted("began")
    times = collections.Counter(event for event, *_more in began)
    warned = sum(more == ["true"] for _event, *more in began)
    return {
        "setting": setting,
        "signal": how,
        "jobs": JOBS,
        "never": JOBS - len(times),
        "twice": sum(count > 1 for count in times.values()),
        "said": warned,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", type=pathlib.Path, help="where logs and databases go; must not be there yet"
    )
    parser.add_argument("--settings", nargs="+", default=list(SETTINGS), choices=list(SETTINGS))
    parser.add_argument("--signals", nargs="+", default=["TERM", "KILL"], choices=["TERM", "KILL"])
    options = parser.parse_args()
    for setting in options.settings:
        for how in options.signals:
            print(json.dumps(measure(options.folder.resolve(), setting, how)), flush=True)


if __name__ == "__main__":
    main()
