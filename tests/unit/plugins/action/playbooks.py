# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs playbooks with the real ansible-playbook and records what came of each task."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks import run

Json = dict[str, t.Any]

CALLBACKS = pathlib.Path(__file__).parent / "callback"
#: The folder that has ansible_collections.
COLLECTIONS = pathlib.Path(run.__file__).parents[6]
ROOT = pathlib.Path(run.__file__).parents[3]


@dataclasses.dataclass
class Played:
    """What a run of a playbook left: its output and, in order, what callbacks got."""

    code: int
    stdout: str
    stderr: str
    records: list[Json]

    def result(self, task: str) -> Json:
        return next(record["result"] for record in self.records if record["task"] == task)


def login(connection: t.Mapping[str, str]) -> Json:
    """Options that reach a simulator with signed requests."""
    return {
        "access_key": connection["access_key"],
        "secret_key": connection["secret_key"],
        "project_id": connection["project_id"],
        "region_name": connection["region"],
        "endpoint": connection["url"],
    }


def play(folder: pathlib.Path, tasks: t.Sequence[Json], *arguments: str, **more: t.Any) -> Played:
    """Run the tasks on the implicit localhost.

    :param folder: of the playbook; ansible-playbook itself is called from another one.
    :param arguments: for ansible-playbook.
    :param more: further keys of the play; C(env), further variables of the environment.
    """
    env = more.pop("env", {})
    content = [{"hosts": "localhost", "gather_facts": False, **more, "tasks": list(tasks)}]
    return run_playbook(folder, content, *arguments, env=env)


def run_playbook(
    folder: pathlib.Path, content: list[Json], *arguments: str, env: t.Mapping[str, str]
) -> Played:
    playbook, records = folder / "playbook.json", folder / "records"
    playbook.write_text(json.dumps(content), "utf-8")
    records.write_text("")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    ended = subprocess.run(
        [sys.executable, "-m", "ansible", "playbook", *arguments, str(playbook)],
        cwd=elsewhere,
        env={**_environment(folder), "RECORDER_FILE": str(records), **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    return Played(ended.returncode, ended.stdout, ended.stderr, lines)


def _environment(folder: pathlib.Path) -> dict[str, str]:
    return {
        "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "tests" / "tools" / "compiled"),
        "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache"),
        "ANSIBLE_CALLBACKS_ENABLED": "recorder",
        "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_DEPRECATION_WARNINGS": "true",
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "PYTHONHASHSEED": "0",  # Ansible lists some choices in the order of a set
    }
