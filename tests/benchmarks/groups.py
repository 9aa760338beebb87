# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The measurements, in groups that can be asked for by name.

Ours and the rival take turns in each round.
"""

from __future__ import annotations

import itertools
import json
import pathlib
import statistics
import subprocess
import sys
import time
import typing as t
import zipfile

from ansible_collections.huaweicloud.mrs.tests.benchmarks import plays, rows
from ansible_collections.huaweicloud.mrs.tests.benchmarks.service import ROOT, Running, service

Json = dict[str, t.Any]

LATENCY = 0.08
#: What a module needs from outside: not its own.
LIBRARIES = "ansible.module_utils.basic,requests"


def tasks(rounds: int) -> Json:
    """What a task costs in a play, and how many requests it makes."""
    runner = plays.Plays("tasks")
    with service() as running:
        kinds = plays.kinds(running, runner.folder)
        lines = _round_trips(runner, kinds, running)  # and whatever is there only the first time
        bases: list[float] = []
        costs: dict[str, list[float]] = {name: [] for name in kinds}
        for number in range(rounds):
            bases.append(runner.seconds(kinds["debug"], 0))
            for name in list(kinds)[:: 1 if number % 2 else -1]:
                costs[name].append(runner.seconds(kinds[name], kinds[name].units))
            _say(f"tasks: round {number + 1} of {rounds}")
    base = statistics.median(bases)
    each = {name: [(total - base) / kinds[name].units for total in costs[name]] for name in kinds}
    compared = [row.compared(each[ours], each[rival]) for ours, rival, row in rows.TASKS]
    return {
        "rows": compared + lines,
        "milliseconds": {name: _median_ms(each[name]) for name in each},
    }


def _round_trips(runner: plays.Plays, kinds: dict[str, plays.Kind], running: Running) -> list[Json]:
    made = {}
    for name, kind in kinds.items():
        runner.seconds(kind, 1)
        running.requests()
        runner.seconds(kind, 1)
        made[name] = len(running.requests())
    return [row.measured(made[name]) for name, row in rows.ROUND_TRIPS]


def executions(rounds: int, number: int = 100_000) -> Json:
    """A long list, and the memory for it."""
    ours, rivals = [], []
    with service(jobs=number, latency=LATENCY) as running:
        for count in range(rounds):
            ours.append(_work("executions", running.address, running.clusters[0]))
            rivals.append(_work("executions_by_sdk", running.address, running.clusters[0]))
            assert ours[-1]["found"] == rivals[-1]["found"] == number
            _say(f"executions: round {count + 1} of {rounds}")
    row = rows.EXECUTIONS
    row = rows.Row(row.what.format(f"{number:,}"), row.rival, row.limit)
    last = ours[-1]
    note = f"{last['memory'] / 2**20:.0f} MB at the peak for {last['own_memory'] / 2**20:.0f} MB"
    memory = rows.MEMORY.measured(
        statistics.median(each["memory"] / each["own_memory"] for each in ours), note
    )
    return {"rows": [row.compared(_seconds(ours), _seconds(rivals)), memory]}


def waiting(rounds: int, number: int = 100) -> Json:
    """Many executions of a cluster, waited for by one task."""
    with service(jobs=number, lasting=8, latency=LATENCY) as running:
        found = _work("waiting", running.address, running.clusters[0])["found"]
        times = sorted(request["time"] for request in running.requests())
    assert found == number
    looks = 1 + sum(later - earlier > LATENCY * 3 for earlier, later in itertools.pairwise(times))
    row = rows.Row(
        rows.WAITING.what.format(number), rows.WAITING.rival, rows.WAITING.limit, rows.WAITING.unit
    )
    note = f"{len(times)} requests for {looks} polls; a task for each job: {number} a poll"
    return {"rows": [row.measured(len(times) / looks, note)]}


def inventory(rounds: int, clusters: int = 200, core: int = 48) -> Json:
    """All nodes of many clusters."""
    ours, rivals, in_flight = [], [], 0
    with service(clusters=clusters, core=core, latency=LATENCY) as running:
        for count in range(rounds):
            running.requests()
            ours.append(_work("inventory", running.address, ""))
            in_flight = max(in_flight, _most_at_once(running.requests()))
            rivals.append(_work("inventory", running.address, "1"))
            assert ours[-1]["found"] == rivals[-1]["found"] == clusters * (core + 2)
            _say(f"inventory: round {count + 1} of {rounds}")
    row = rows.INVENTORY
    row = rows.Row(row.what.format(clusters, f"{clusters * (core + 2):,}"), row.rival, row.limit)
    return {
        "rows": [row.compared(_seconds(ours), _seconds(rivals)), rows.IN_FLIGHT.measured(in_flight)]
    }


def _most_at_once(requests: t.Sequence[Json]) -> int:
    """An answer takes LATENCY, so those that came within that time are under way together."""
    times = sorted(request["time"] for request in requests)
    return max(
        sum(start <= other < start + LATENCY for other in times[at : at + 200])
        for at, start in enumerate(times)
    )


def role(rounds: int, clusters: int = 50) -> Json:
    """Many clusters, nothing to do."""
    runner = plays.Plays("role")
    ours, rivals, requests = [], [], 0
    with service(clusters=clusters, latency=LATENCY) as running:
        login = plays.keys(running.address)
        wanted = [{**plays.definition(f"etl-{number:03}"), **login} for number in range(clusters)]
        by_role = plays.Kind(
            [{"ansible.builtin.include_role": {"name": "huaweicloud.mrs.cluster"}}],
            1,
            {"mrs_clusters": wanted},
        )
        item = {
            "huaweicloud.mrs.mrs_cluster": "{{ item }}",
            "loop": "{{ mrs_clusters }}",
            "no_log": True,
        }
        by_loop = plays.Kind([item], 1, {"mrs_clusters": wanted, "mrs_in_process": False})
        runner.seconds(by_role, 1)
        for count in range(rounds):
            base = runner.seconds(by_role, 0)
            running.requests()
            ours.append(runner.seconds(by_role, 1) - base)
            requests = len(running.requests())
            rivals.append(runner.seconds(by_loop, 1) - base)
            _say(f"role: round {count + 1} of {rounds}")
    row = rows.Row(rows.ROLE.what.format(clusters), rows.ROLE.rival, rows.ROLE.limit)
    return {"rows": [row.compared(ours, rivals, f"{requests} requests by the role")]}


def imports(rounds: int) -> Json:
    """A module's own code."""
    archive = _archive()
    found = [_work("imports", str(archive), LIBRARIES)["seconds"] for _round in range(rounds)]
    return {"rows": [rows.IMPORT.measured(statistics.median(found) * 1000, rounds=rounds)]}


def _archive() -> pathlib.Path:
    """What Ansible sends for mrs_cluster, without its own files."""
    plays.FOLDER.mkdir(parents=True, exist_ok=True)
    path = plays.FOLDER / "mrs_cluster.zip"
    root = pathlib.Path("ansible_collections", "huaweicloud", "mrs", "plugins")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in list(root.parents)[:-1] + [root, root / "modules", root / "module_utils"]:
            archive.writestr(f"{folder}/__init__.py", "")
        archive.write(
            ROOT / "plugins" / "modules" / "mrs_cluster.py",
            str(root / "modules" / "mrs_cluster.py"),
        )
        for file in sorted((ROOT / "plugins").glob("module_utils/**/*.py")):
            archive.write(file, str(root / file.relative_to(ROOT / "plugins")))
    return path


def growth(rounds: int) -> Json:
    """How cost grows with clusters, jobs and nodes: size, seconds, and the rival's seconds."""

    def point(
        size: int,
        ours: t.Callable[[Running], float],
        rival: t.Callable[[Running], float],
        **fleet: int,
    ) -> Json:
        with service(latency=LATENCY, **fleet) as running:
            return {
                "size": size,
                "ours": round(ours(running), 3),
                "rival": round(rival(running), 3),
            }

    def work(name: str, *arguments: str) -> t.Callable[[Running], float]:
        return lambda running: float(
            _work(name, running.address, *arguments or running.clusters[:1])["seconds"]
        )

    fleet, one_by_one = work("inventory", ""), work("inventory", "1")
    listed, by_sdk = work("executions"), work("executions_by_sdk")
    return {
        "clusters": [
            point(number, fleet, one_by_one, clusters=number, core=3)
            for number in (1, 5, 20, 50, 100)
        ],
        "nodes": [
            point(20 * number, fleet, one_by_one, clusters=20, core=number - 2)
            for number in (5, 50, 150, 450)
        ],
        "jobs": [point(number, listed, by_sdk, jobs=number) for number in (10, 100, 1000, 10_000)],
    }


def parts(rounds: int) -> Json:
    """Of what a task in the controller's process consists."""
    with service() as running:
        found = [_work("parts", running.address, running.clusters[0]) for _round in range(rounds)]
    return {"milliseconds": {name: _median_ms([each[name] for each in found]) for name in found[0]}}


def _work(name: str, *arguments: t.Any) -> Json:
    """Do it in a process of its own."""
    texts = [
        argument if isinstance(argument, str) else json.dumps(argument) for argument in arguments
    ]
    ended = subprocess.run(
        [sys.executable, str(plays.HERE / "worker.py"), name, *texts],
        env=plays.environment(plays.FOLDER),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"{name}: {ended.stderr[-2000:]}")
    return t.cast(Json, json.loads(ended.stdout))


def _seconds(found: t.Iterable[Json]) -> list[float]:
    return [each["seconds"] for each in found]


def _median_ms(seconds: t.Iterable[float]) -> float:
    return round(statistics.median(seconds) * 1000, 1)


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


#: Each group with its number of rounds.
GROUPS: dict[str, tuple[t.Callable[[int], Json], int]] = {
    "tasks": (tasks, 9),
    "imports": (imports, 9),
    "parts": (parts, 3),
    "inventory": (inventory, 3),
    "role": (role, 3),
    "executions": (executions, 1),
    "waiting": (waiting, 1),
    "growth": (growth, 1),
}
