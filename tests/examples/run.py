# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the EXAMPLES of every module on the simulator: answers must be what is documented.

Usage: run.py [MODULE...]. Each module has a simulator of its own for each cloud that its examples
name, and its examples are the tasks of one play. On Open Telekom Cloud they come after the cluster
of mrs_cluster's first example. Each first example runs with a wrong key as well, and what no
example shows (failed clusters and jobs, other answers of Huawei Cloud) is in every_key.yml. The
outputs are in build/examples/.
"""

from __future__ import annotations

import subprocess
import sys
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor

import yaml
from returns import compare, constant, read
from simulated import ROOT, SIMULATOR, clouds, environment, login, variables

sys.path.insert(0, str(SIMULATOR))
from mrs_simulator.server import serve
from mrs_simulator.settings import Settings

MODULES = {path.stem: path for path in sorted((ROOT / "plugins" / "modules").glob("mrs_*.py"))}
OUTPUT = ROOT / "build" / "examples"
SCENARIO = ROOT / "tests" / "examples" / "every_key.yml"


def plays_of(name: str) -> dict[str, list[dict[str, t.Any]]]:
    """For each cloud a playbook of the module's examples.

    The examples from the first one on that names a zone of Huawei Cloud are for that cloud.
    """
    examples = constant(MODULES[name], "EXAMPLES")
    first = [] if name == "mrs_cluster" else constant(MODULES["mrs_cluster"], "EXAMPLES")[:1]
    huawei = (at for at, task in enumerate(examples) if "cn-north-4a" in str(task))
    border = next(huawei, len(examples))
    tasks = {"otc": [*first, *examples[:border]] if border else [], "hwc": examples[border:]}
    play = {"hosts": "localhost", "gather_facts": False}
    return {flavor: [{**play, "tasks": listed}] for flavor, listed in tasks.items() if listed}


def first_own_example(name: str) -> dict[str, t.Any]:
    """The first example that calls the module itself."""
    examples: list[dict[str, t.Any]] = constant(MODULES[name], "EXAMPLES")
    return next(task for task in examples if f"huaweicloud.mrs.{name}" in task)


def refusals() -> dict[str, t.Any]:
    """A play that runs the first example of every module with a wrong key: all are errors."""
    login = {
        "access_key": "{{ mrs_access_key }}",
        "secret_key": "wrong",
        "project_id": "{{ mrs_project_id }}",
    }
    is_right = "refused is failed and refused.error.status == 401"
    refused = {"register": "refused", "failed_when": f"not ({is_right})"}
    return {
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {"group/huaweicloud.mrs.mrs": login},
        "tasks": [{**first_own_example(name), **refused} for name in MODULES],
    }


def run(label: str, content: t.Any, flavor: t.Any = "otc") -> str | None:
    """Run a playbook on a simulator of its own; what is wrong, if something is."""
    started = time.monotonic()
    folder = OUTPUT / label
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.jsonl").unlink(missing_ok=True)
    (folder / "playbook.yml").write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    # Open Telekom Cloud does not publish all calls.
    with serve(Settings(flavor=flavor, speed=0, serve_unpublished=True)) as running:
        address = running.connection
        (folder / "clouds.yaml").write_text(yaml.safe_dump(clouds(address)), "utf-8")
        (folder / "variables.yml").write_text(yaml.safe_dump(variables(address)), "utf-8")
        env = environment(folder) | login(address) | {"HUAWEICLOUD_MRS_ENDPOINT": address["url"]}
        ended = subprocess.run(
            ["ansible-playbook", "-e", "@variables.yml", "playbook.yml"],
            cwd=folder,
            env=env | {"MRS_RESULTS": str(folder / "results.jsonl")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
    (folder / "output.log").write_text(ended.stdout, "utf-8")
    tasks = sum(len(play["tasks"]) for play in content)
    if ended.returncode:
        print(f"{ended.stdout}\nFAILED  {label}", flush=True)
        return f"{label} failed"
    print(f"ok      {label:32} {tasks:3} tasks {time.monotonic() - started:5.1f} s", flush=True)
    return None


def main(names: t.Sequence[str]) -> int:
    """Run the examples; with all of them, compare the return values, too.

    1 if something is wrong.
    """
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(run, f"{name}-{flavor}", play, flavor)
            for name in names or MODULES
            for flavor, play in plays_of(name).items()
        ]
        if not names:
            scenario = yaml.safe_load(SCENARIO.read_text("utf-8"))
            runs.append(pool.submit(run, "refusals", [refusals()]))
            runs += [
                pool.submit(run, f"every-key-{flavor}", scenario, flavor)
                for flavor in ("otc", "hwc")
            ]
    problems = [problem for each in runs if (problem := each.result())]
    keys = 0
    if not names and not problems:
        problems, keys = compare(MODULES, read(sorted(OUTPUT.glob("*/results.jsonl"))))
    print("\n".join(problems))
    examples = sum(len(constant(MODULES[name], "EXAMPLES")) for name in names or MODULES)
    compared = f"{keys} return values compared"
    if names:
        compared = "return values not compared, which needs the run of all modules"
    print(f"== {examples} examples run, {compared}, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
