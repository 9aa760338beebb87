# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run gates in phases, three at a time, and close with a table and the closing line of pytest.

Usage: run_gates.py PHASE..., where a PHASE is one make target or several, such as "unit lint demo",
best the longest first. The first gate of a phase has priority: as a single process it would
otherwise be the last to end. What a gate prints goes to build/logs/GATE.log; a gate that fails is
shown whole, and the others run all the same, so that one run tells everything that is wrong. Only
when the very first gate fails, the set-up, nothing follows.
"""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

LOGS = pathlib.Path("build/logs")
#: One more than a small machine has processors, since gates also wait for what they test.
AT_ONCE = 3
#: Of the gates after the first one of a phase.
NICENESS = 5
printing = threading.Lock()


@dataclass(frozen=True)
class Result:
    """What became of a gate."""

    gate: str
    passed: bool
    seconds: float
    cpu: float
    figures: str


def figures_in(text: str) -> str:
    """The figures of a gate: its lines with ==, the last line of pytest, else Ansible's recap."""
    marked = re.findall(r"^(?:== (.*)|(\d+ (?:passed|failed).*))$", text, re.MULTILINE)
    recaps = re.findall(r"^\S+ +: (ok=.*)$", text, re.MULTILINE)
    return "; ".join(mark or closing for mark, closing in marked) or " ".join(
        "; ".join(recaps).split()
    )


def run(gate: str, niceness: int) -> Result:
    """Run one gate as `make GATE`, so much behind others that are not nice."""
    log = LOGS / f"{gate}.log"
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    started = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(
            ["nice", "-n", str(niceness), "make", gate],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _process, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds, cpu = time.monotonic() - started, used.ru_utime + used.ru_stime
    text = log.read_text("utf-8", errors="replace")
    figures = figures_in(text)
    with printing:
        if process.returncode:
            print(f"\n-------- {gate} --------\n{text}", flush=True)
        print(
            f"{'FAILED' if process.returncode else 'passed'}  {gate:18} {seconds:6.1f} s  "
            f"{figures}",
            flush=True,
        )
    return Result(gate, not process.returncode, seconds, cpu, figures)


def main(phases: t.Sequence[str]) -> int:
    """Run all phases; 1 if a gate failed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    results: list[Result] = []
    for phase in phases:
        gates = phase.split()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            results += pool.map(run, gates, [0] + [NICENESS] * (len(gates) - 1))
        if not results[0].passed:
            break

    print("\nGate                Result  Seconds    CPU  Figures")
    for result in results:
        word = "passed" if result.passed else "FAILED"
        print(
            f"{result.gate:18}  {word:6}  {result.seconds:7.0f}  {result.cpu:5.0f}  "
            f"{result.figures}"
        )
    failed = [result.gate for result in results if not result.passed]
    word, seconds = "FAILED" if failed else "passed", time.monotonic() - started
    print(f"All of it           {word}  {seconds:7.0f}  {sum(each.cpu for each in results):5.0f}")
    if failed:
        print(f"Failed: {', '.join(failed)}. Each can be run alone: make {failed[0]}")
        return 1
    for result in results:
        if result.gate == "unit":  # pytest's closing line
            print(result.figures.split("; ")[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
