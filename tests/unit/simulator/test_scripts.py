# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The scripts of the role simulator, without the program ps as in small containers."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

FILES = pathlib.Path(__file__).resolve().parents[3] / "roles" / "simulator" / "files"
PROGRAMS = ["cat", "grep", "nohup", "rm", "sed", "sleep", "tail", "tr"]


@pytest.fixture
def path(tmp_path: pathlib.Path) -> str:
    """A PATH with the programs that the scripts need, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in PROGRAMS:
        (folder / program).symlink_to(str(shutil.which(program)))
    return str(folder)


def test_a_simulator_is_started_once_and_stopped_once(tmp_path: pathlib.Path, path: str) -> None:
    def run(script: str, *arguments: str) -> list[str]:
        command = ["/bin/sh", str(FILES / script), str(tmp_path), *arguments]
        env = {"PATH": path, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command, env=env, stdout=subprocess.PIPE, text=True, check=True
        ).stdout.splitlines()

    start = ("start.sh", sys.executable, str(FILES), "--port", "0")
    try:
        first, again = run(*start), run(*start)
    finally:
        stopped = run("stop.sh")
    assert (first[0], again[0]) == ("started", "running")
    assert first[1] == again[1]
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(json.loads(first[1])["url"])
    assert (stopped, run("stop.sh")) == (["stopped"], ["absent"])


def test_a_number_that_another_process_has_by_now_is_left_alone(
    tmp_path: pathlib.Path, path: str
) -> None:
    other = subprocess.Popen(["/bin/sleep", "60"])
    try:
        (tmp_path / "process").write_text(str(other.pid), "utf-8")
        command = ["/bin/sh", str(FILES / "stop.sh"), str(tmp_path)]
        ended = subprocess.run(
            command, env={"PATH": path}, stdout=subprocess.PIPE, text=True, check=True
        )
        assert ended.stdout == "absent\n"
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
