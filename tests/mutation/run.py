# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mutation test: change one thing in the code that plans, normalises and waits, and see whether a test notices.

Usage: run.py [MODULE...]. cosmic-ray changes files in place, so it works in a copy of the tree, one for each module. A
mutant that no test kills must be explained in explained.yml beside this file. It takes a quarter of an hour or more.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import typing as t
from concurrent.futures import ThreadPoolExecutor

import yaml
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import WorkerOutcome, WorkResult

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"
UNITS = "tests/unit/plugins/module_utils"
COLLECTION = pathlib.Path("ansible_collections/huaweicloud/mrs")

# Each module with the tests that look at it first, and whether only one function of it counts.
TARGETS: dict[str, tuple[str, ...]] = {
    "_cluster_plan": (
        "test_cluster_plan",
        "test_cluster_differences",
        "test_cluster_changes",
        "test_edges",
        "test_cluster",
    ),
    "_models": ("test_models", "test_edges", "test_info"),
    "_job_execution": ("test_job_execution", "test_edges", "test_info"),
    "_raw": ("test_raw", "test_models", "test_edges"),
    "_resize": ("test_resize", "test_scale"),
    "_wait": ("test_wait", "test_edges"),
}
ONLY = {"_resize": "plan"}

CONFIGURATION = """
[cosmic-ray]
module-path = "plugins/module_utils/{module}.py"
timeout = 60
excluded-modules = []
test-command = "{python} -m pytest -x -q -p no:cacheprovider {tests}"
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*"]
"""
# A | B stands in annotations only, which nothing evaluates.


def prepare(module: str) -> pathlib.Path:
    """A copy of the tree for this module; returns its root."""
    root = WORK / module / COLLECTION
    subprocess.run([sys.executable, "tests/tools/copy_tree.py", str(root)], cwd=ROOT, check=True)
    (root / "build" / "live" / COLLECTION.parent).mkdir(parents=True, exist_ok=True)
    link = root / "build" / "live" / COLLECTION
    if not link.is_symlink():
        link.symlink_to(root)
    shutil.copy2(ROOT / "plugins" / "module_utils" / f"{module}.py", root / "plugins" / "module_utils")
    tests = " ".join(f"{UNITS}/{name}.py" for name in TARGETS[module])
    (root / "mutation.toml").write_text(
        CONFIGURATION.format(module=module, python=sys.executable, tests=tests), encoding="utf-8"
    )
    (root / "mutation.sqlite").unlink(missing_ok=True)
    return root


def mutate(module: str) -> list[dict[str, t.Any]]:
    """What became of each mutant of the module: operator, function, line, the line before and after, outcome."""
    root = prepare(module)
    tools = pathlib.Path(sys.executable).parent

    def call(*command: str) -> str:
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        command = (str(tools / command[0]), *command[1:])
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    call("cosmic-ray", "init", "mutation.toml", "mutation.sqlite")
    call("cr-filter-operators", "mutation.sqlite", "mutation.toml")
    if module in ONLY:
        leave_out_all_but(ONLY[module], root / "mutation.sqlite")
    call("cosmic-ray", "--verbosity", "ERROR", "baseline", "mutation.toml")
    call("cosmic-ray", "exec", "mutation.toml", "mutation.sqlite")
    lines = call("cosmic-ray", "dump", "mutation.sqlite").splitlines()
    return [mutant for line in lines if (mutant := _mutant(*json.loads(line)))]


def leave_out_all_but(function: str, session: pathlib.Path) -> None:
    """Mark the mutants of other functions as skipped, as the filters of cosmic-ray do."""
    with use_db(str(session)) as database:
        for item in list(database.pending_work_items):
            if item.mutations[0].definition_name != function:
                database.set_result(item.job_id, WorkResult(WorkerOutcome.SKIPPED))


def _mutant(item: dict[str, t.Any], result: dict[str, t.Any] | None) -> dict[str, t.Any] | None:
    mutation = item["mutations"][0]
    if not result or result["worker_outcome"] == "skipped":
        return None
    diff = (result.get("diff") or "").splitlines()
    changed = [line for line in diff if line[:1] in "-+" and line[:3] not in ("---", "+++")]
    return {
        "operator": mutation["operator_name"].removeprefix("core/"),
        "function": mutation.get("definition_name"),
        "line": mutation["start_pos"][0],
        "change": "\n".join(changed),
        "outcome": "killed" if result["test_outcome"] == "killed" else str(result["test_outcome"]),
    }


def explains(entry: t.Mapping[str, str], module: str, mutant: t.Mapping[str, t.Any]) -> bool:
    """Whether the entry of explained.yml fits the mutant."""
    facts = {"operator": mutant["operator"], "change": mutant["change"]}
    if entry.get("module", module) != module:
        return False
    return all(re.search(entry[name], facts[name], re.MULTILINE) for name in ("operator", "change") if name in entry)


def report(module: str, mutants: list[dict[str, t.Any]], explained: list[dict[str, str]]) -> tuple[int, int]:
    """Print what survives without an explanation; how many survive, and how many of them are unexplained."""
    alive = [mutant for mutant in mutants if mutant["outcome"] != "killed"]
    new = [mutant for mutant in alive if not any(explains(entry, module, mutant) for entry in explained)]
    for mutant in new:
        print(f"{module}.py:{mutant['line']} in {mutant['function']}, {mutant['operator']}, {mutant['outcome']}")
        print(mutant["change"] + "\n")
    for entry in explained:
        if entry.get("module") == module and not any(explains(entry, module, mutant) for mutant in alive):
            print(f"{module}: an explanation fits no survivor: {entry['reason']}\n")
    print(f"{module}: {len(mutants)} mutants, {len(alive)} survive, {len(new)} of them unexplained", flush=True)
    return len(alive), len(new)


def main(names: t.Sequence[str]) -> int:
    """Run all modules; 1 if a mutant survives that nobody has explained."""
    explained = yaml.safe_load((ROOT / "tests" / "mutation" / "explained.yml").read_text("utf-8"))
    modules = list(names or TARGETS)
    with ThreadPoolExecutor(2) as pool:
        results = dict(zip(modules, pool.map(mutate, modules), strict=True))
    total = sum(map(len, results.values()))
    figures = [report(module, mutants, explained) for module, mutants in results.items()]
    survived, unexplained = (sum(each) for each in zip(*figures, strict=True))
    print(f"== {total} mutants, {total - survived} killed, {survived - unexplained} explained, {unexplained} not")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
