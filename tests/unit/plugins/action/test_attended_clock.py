# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task inside the controller ends with the play: nobody would hear of what it goes on to do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import typing as t
from pathlib import Path

TASK = """
import os, sys, time
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._in_process import AttendedClock

if os.fork():
    time.sleep(180)
os.setsid()  # as Ansible does for each task
clock = AttendedClock()
while clock.monotonic():
    with open(sys.argv[1], "a") as file:
        file.write(f"{os.getpid()}\\n")
    clock.sleep(0.05)
"""


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def until(seconds: float, done: t.Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.05)
    return False


def test_a_task_ends_when_its_play_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "told"
    command = [sys.executable, "-c", TASK, str(told)]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, start_new_session=True, env=environ) as play:
        assert until(120, told.exists)
        assert until(120, lambda: told.read_text().count("\n") > 2)
        task = int(told.read_text().split()[0])
        assert alive(task)
        os.killpg(play.pid, signal.SIGKILL)
    assert until(120, lambda: not alive(task))
