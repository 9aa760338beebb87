# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mutation test: change one thing in the code that plans and waits; a test must notice.

Usage: python -m ansible_collections.huaweicloud.mrs.tests.mutation.run [--jobs N] [MODULE...]. A
mutant that no test kills must be explained in explained.yml beside this file, and each explanation
must fit one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import pathlib
import re
import sys
import time
import typing as t

import yaml

from ansible_collections.huaweicloud.mrs.tests.mutation.judge import judged
from ansible_collections.huaweicloud.mrs.tests.mutation.mutants import Mutant, mutants_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNITS = "tests/unit/plugins/module_utils"

# Each module with the tests that look at it, the quickest first.
TARGETS: dict[str, tuple[str, ...]] = {
    "_base/wait": ("_base/test_wait", "test_edges"),
    "_api/once": ("_api/test_once", "_job/test_submit", "test_cluster_removal"),
    "_cluster/resize_plan": (
        *("_cluster/test_resize", "_tasks/test_mrs_cluster_scale", "test_cluster_changes"),
    ),
    "_base/raw": ("_base/test_raw", "_models/test_cluster", "test_edges"),
    "_models/job_execution": (
        "_models/test_job_execution",
        "_api/test_jobs_v2",
        "test_job_end_states",
        "test_edges",
        "_tasks/test_info",
    ),
    **dict.fromkeys(
        ("_models/cluster", "_models/host"),
        ("_models/test_cluster", "test_edges", "_tasks/test_info"),
    ),
    **dict.fromkeys(
        (
            *("_cluster/plan", "_cluster/plan_checks", "_cluster/changes"),
            *("_cluster/create_plan", "_cluster/delete_plan", "_cluster/policy_plan"),
        ),
        (
            *("_cluster/test_plan", "_cluster/test_plan_checks", "_cluster/test_policy_plan"),
            *("test_cluster_changes", "test_edges"),
            *("_tasks/test_mrs_cluster", "_tasks/test_clusters_by_v2"),
            *("_cluster/test_default_tags", "_cluster/test_validation", "test_without_wait"),
            *("test_cluster_removal", "test_cluster_job"),
        ),
    ),
    "_cluster/differences": ("test_cluster_differences", "_cluster/test_plan"),
    "_base/repeat": ("_auth/test_iam", "_api/test_transport"),
    **dict.fromkeys(
        ("_job/plan", "_job/twins"),
        (
            *(
                "_job/test_plan",
                "_job/test_twins",
                "_job/test_submit",
                "test_job_run",
                "test_job_run_v2",
            ),
            *("test_executed_plan", "test_job_end_states"),
        ),
    ),
}

Entry = dict[str, str]


class Figures(t.NamedTuple):
    """A row of the table."""

    module: str
    mutants: int
    killed: int
    explained: int
    unexplained: int
    seconds: float

    @property
    def row(self) -> str:
        widths = (9, 9, 11, 13, 9)
        return f"{self.module:24}" + "".join(
            f"{each:{width}.0f}" for each, width in zip(self[1:], widths, strict=True)
        )


def explains(entry: Entry, module: str, mutant: Mutant) -> bool:
    """Whether the entry of explained.yml fits the mutant."""
    facts = {"operator": mutant.operator, "change": mutant.change}
    if entry.get("module", module) != module:
        return False
    return all(
        re.search(entry[name], facts[name], re.MULTILINE)
        for name in ("operator", "change")
        if name in entry
    )


def examine(module: str, explained: list[Entry], used: set[int], jobs: int) -> Figures:
    """Print what survives without an explanation, and note which explanations were of use."""
    began = time.monotonic()
    path = f"plugins/module_utils/{module}.py"
    mutants = mutants_of((ROOT / path).read_text("utf-8"))
    tests = [f"{UNITS}/{name}.py" for name in TARGETS[module]]
    # A process for each module, since pytest and what it imports are fresh only once.
    with multiprocessing.get_context("fork").Pool(1) as pool:
        alive = [
            mutants[number]
            for number in pool.apply(judged, (str(ROOT), path, mutants, tests, jobs))
        ]
    unexplained = 0
    for mutant in alive:
        fitting = {
            number for number, entry in enumerate(explained) if explains(entry, module, mutant)
        }
        used |= fitting
        if not fitting:
            unexplained += 1
            print(
                f"{path}:{mutant.line} in {mutant.function}, {mutant.operator}\n{mutant.change}\n",
                flush=True,
            )
    killed = len(mutants) - len(alive)
    seconds = time.monotonic() - began
    return Figures(module, len(mutants), killed, len(alive) - unexplained, unexplained, seconds)


def useless(explained: list[Entry], used: set[int], modules: t.Collection[str]) -> list[Entry]:
    """The explanations that fit no surviving mutant.

    Of modules without one, only a run of all modules tells it.
    """
    examined = {*modules, *([None] if len(modules) == len(TARGETS) else [])}
    return [
        entry
        for number, entry in enumerate(explained)
        if number not in used and entry.get("module") in examined
    ]


def main(arguments: t.Sequence[str]) -> int:
    """Examine the modules; 1 if a surviving mutant and the explanations do not fit."""
    parser = argparse.ArgumentParser(description="Mutation test.")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="how many mutants at a time"
    )
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help=f"all, or some of {', '.join(TARGETS)}"
    )
    options = parser.parse_args(arguments)
    modules = list(dict.fromkeys(options.modules or TARGETS))
    if unknown := set(modules) - TARGETS.keys():
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    explained = yaml.safe_load((ROOT / "tests" / "mutation" / "explained.yml").read_text("utf-8"))
    used: set[int] = set()
    print(
        f"{'':24}{'mutants':>9}{'killed':>9}{'explained':>11}{'unexplained':>13}{'seconds':>9}",
        flush=True,
    )
    rows = []
    for module in modules:
        rows.append(examine(module, explained, used, options.jobs))
        print(rows[-1].row, flush=True)
    total = Figures(
        "all", *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True))
    )
    print(total.row)
    stale = useless(explained, used, modules)
    for entry in stale:
        print(f"An explanation fits no mutant that survives: {entry}")
    return 1 if total.unexplained or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
