# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a command, and kill it with all its children once the simulator was asked to run a job.

Usage: kill_after_submission.py CONTROL COMMAND..., where CONTROL is the address of the simulator's
control path.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import typing as t
import urllib.request

SECONDS = 60


def submitted(control: str) -> bool:
    """Whether the log of requests has a submission."""
    # The address is the simulator's own.
    with urllib.request.urlopen(f"{control}/requests", timeout=10) as answer:  # noqa: S310
        seen = json.load(answer)["requests"]
    return any(request["write"] and request["path"].endswith("/job-executions") for request in seen)


def main(control: str, command: t.Sequence[str]) -> int:
    """0 if it was killed, 1 if it ended before or never submitted a job."""
    # The command is the scenario's own.
    with subprocess.Popen(command, start_new_session=True) as process:  # noqa: S603
        deadline = time.monotonic() + SECONDS
        while process.poll() is None and time.monotonic() < deadline and not submitted(control):
            time.sleep(0.2)
        was_alive = process.poll() is None and submitted(control)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    return 0 if was_alive else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
