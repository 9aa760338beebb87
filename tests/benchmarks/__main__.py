# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures the collection against its rivals on this machine, and prints the table: make bench.

The results are in build/bench/results.json. With --publish they are kept, and written into the
documentation.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import pathlib
import platform
import sys
import time
import typing as t

from ansible_collections.huaweicloud.mrs.tests.benchmarks import plays, report
from ansible_collections.huaweicloud.mrs.tests.benchmarks.groups import GROUPS

Json = dict[str, t.Any]

RESULTS = plays.FOLDER / "results.json"
LIBRARIES = ("ansible-core", "requests", "keystoneauth1", "openstacksdk", "huaweicloudsdkmrs")


def machine() -> Json:
    """Where it was measured."""
    versions = {library: importlib.metadata.version(library) for library in LIBRARIES}
    return {
        "processors": os.cpu_count(),
        "model": _model(),
        "versions": {"Python": platform.python_version(), **versions},
    }


def _model() -> str:
    found = [line.split(":", 1)[1].strip() for line in _cpuinfo() if line.startswith("model name")]
    return found[0] if found else platform.machine()


def _cpuinfo() -> list[str]:
    path = pathlib.Path("/proc/cpuinfo")
    return path.read_text("utf-8").splitlines() if path.exists() else []


def measure(names: t.Sequence[str], rounds: int | None) -> Json:
    """The results of these groups, with those of the others from the last time."""
    old = json.loads(RESULTS.read_text("utf-8"))["groups"] if RESULTS.exists() else {}
    results: Json = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "groups": {}}
    for name, (function, usual) in GROUPS.items():
        if name in names:
            results["groups"][name] = function(rounds or usual)
        elif name in old:
            results["groups"][name] = old[name]
    plays.FOLDER.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False), "utf-8")
    return results


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"what to measure, of {', '.join(GROUPS)}"
    )
    parser.add_argument(
        "--rounds", type=int, help="how often, instead of the usual number for each group"
    )
    parser.add_argument(
        "--publish", action="store_true", help="write table and picture into the documentation"
    )
    parser.add_argument(
        "--last", action="store_true", help="measure nothing, take the results of the last time"
    )
    options = parser.parse_args()
    unknown = set(options.groups) - set(GROUPS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    names = [] if options.last else options.groups or list(GROUPS)
    results = measure(names, options.rounds)
    print(report.text(results))
    missed = sum(not row["met"] for row in report.lines(results))
    print(f"== {len(report.lines(results))} targets, {missed} missed; {RESULTS}")
    if options.publish:
        report.publish(results)
        print(f"== written to {report.PAGE} and {report.PICTURE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
