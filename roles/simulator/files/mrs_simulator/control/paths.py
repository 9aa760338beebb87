# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The reserved path /_simulator/: what a test or a person does to the simulator itself.

No authentication.
"""

from __future__ import annotations

import typing as t

from mrs_simulator.base.messages import JsonObject, Reply, Request, answer
from mrs_simulator.base.parsing import json_body
from mrs_simulator.cloud.nodes import make_hosts
from mrs_simulator.cloud.world import World
from mrs_simulator.control.faults import FaultError, Faults, make_rule
from mrs_simulator.control.record import RequestLog, redact
from mrs_simulator.settings import SettingError
from mrs_simulator.state.resources import Cluster, Group

PREFIX = "/_simulator"
MAX_ADVANCE = 10 * 365 * 86400


class Simulator(t.Protocol):
    """What the reserved path reaches of the simulator that it belongs to."""

    world: World
    faults: Faults
    log: RequestLog

    def catch_up(self, now: float) -> None: ...

    def reset(self) -> None: ...


class ControlError(Exception):
    """A request to the control path that makes no sense."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def handle(simulator: Simulator, request: Request) -> Reply:
    """Serve one request under the reserved path."""
    parts = request.segments[1:]
    try:
        if len(parts) == 2 and request.method == "PATCH" and parts[0] in FORCED:
            return answer(200, FORCED[parts[0]](simulator, parts[1], _body(request)))
        action = ACTIONS.get((request.method, "/".join(parts)))
        if action is None:
            served = [f"{method} {PREFIX}/{path}" for method, path in ACTIONS]
            raise ControlError(
                f"there are: {', '.join(served)}, PATCH {PREFIX}/{{clusters,jobs,hosts}}/{{id}}",
                404,
            )
        return action(simulator, request)
    except (ControlError, FaultError, SettingError) as exc:
        return answer(getattr(exc, "status", 400), {"error": str(exc)})


def _body(request: Request) -> JsonObject:
    document = json_body(request)
    if document is None:
        raise ControlError("the body must be a JSON object")
    return document


def _requests(simulator: Simulator, request: Request) -> Reply:
    return answer(200, {"requests": list(simulator.log.entries)})


def _forget_requests(simulator: Simulator, request: Request) -> Reply:
    simulator.log.entries.clear()
    return answer(204)


def _faults(simulator: Simulator, request: Request) -> Reply:
    return answer(200, {"faults": simulator.faults.document()})


def _add_fault(simulator: Simulator, request: Request) -> Reply:
    simulator.faults.rules.append(make_rule(_body(request)))
    return answer(201, {"faults": simulator.faults.document()})


def _forget_faults(simulator: Simulator, request: Request) -> Reply:
    simulator.faults.rules.clear()
    return answer(204)


def _reset(simulator: Simulator, request: Request) -> Reply:
    simulator.reset()
    return answer(204)


def _clock(simulator: Simulator, request: Request) -> Reply:
    return answer(200, {"now": simulator.world.clock.now()})


def _advance(simulator: Simulator, request: Request) -> Reply:
    seconds = _body(request).get("advance")
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, (int, float))
        or not 0 <= seconds <= MAX_ADVANCE
    ):
        raise ControlError(f"advance is a number of seconds from 0 to {MAX_ADVANCE}")
    simulator.world.clock.advance(seconds)
    simulator.world.store.clock_offset += seconds
    return _clock(simulator, request)


def _state(simulator: Simulator, request: Request) -> Reply:
    simulator.catch_up(simulator.world.clock.now())
    document = simulator.world.store.document()
    document["tokens"] = len(document["tokens"])
    document["jobs"] = redact(document["jobs"])
    return answer(
        200,
        {
            **document,
            "now": simulator.world.clock.now(),
            "settings": simulator.world.settings.document(),
        },
    )


def _settings(simulator: Simulator, request: Request) -> Reply:
    return answer(200, simulator.world.settings.document())


def _set(simulator: Simulator, request: Request) -> Reply:
    changes = _body(request)
    simulator.world.settings.patch(changes)
    simulator.world.store.settings.update(changes)
    return _settings(simulator, request)


ACTIONS: dict[tuple[str, str], t.Callable[[Simulator, Request], Reply]] = {
    ("GET", "requests"): _requests,
    ("DELETE", "requests"): _forget_requests,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _forget_faults,
    ("POST", "reset"): _reset,
    ("GET", "clock"): _clock,
    ("POST", "clock"): _advance,
    ("GET", "state"): _state,
    ("GET", "settings"): _settings,
    ("PATCH", "settings"): _set,
}


#: What can be forced of a cluster besides the numbers of its nodes.
TEXTS = ("state", "stage", "scale", "error")


def _force_cluster(simulator: Simulator, identifier: str, body: JsonObject) -> JsonObject:
    """Texts C(state), C(stage), C(scale), C(error), and numbers of nodes, which come or go.

    Those are given by C(core), C(task) or the name of a group.
    """
    cluster = simulator.world.store.clusters.get(identifier)
    if cluster is None:
        raise ControlError("there is no such cluster", 404)
    now = simulator.world.clock.now()
    simulator.catch_up(now)
    for name, value in body.items():
        if name in TEXTS:
            _check(isinstance(value, str), f"{name} is a text")
        else:
            _check(
                isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 500,
                f"{name} is a number up to 500",
            )
            _check(_group(cluster, name) is not None, f"the cluster has no {name} node group")
    for name, value in body.items():
        group = None if name in TEXTS else _group(cluster, name)
        if group is None:
            setattr(cluster, name, value)
        else:
            _force_count(simulator, cluster, group, value)
    if "state" in body:
        cluster.pending = None
    cluster.updated_at = now
    return {
        "id": cluster.id,
        "state": cluster.state,
        "stage": cluster.stage,
        "scale": cluster.scale,
        "error": cluster.error,
    }


def _group(cluster: Cluster, name: str) -> Group | None:
    return cluster.group(name) if name in ("core", "task") else cluster.group_named(name)


def _force_count(simulator: Simulator, cluster: Cluster, group: Group, count: int) -> None:
    keep = [host for host in cluster.hosts if host.group == group.name][:count]
    keep += make_hosts(simulator.world, cluster, group, count - len(keep))
    cluster.hosts = [host for host in cluster.hosts if host.group != group.name] + keep
    group.count = count


def _force_job(simulator: Simulator, identifier: str, body: JsonObject) -> JsonObject:
    """Force C(state) and C(final), both numbers, or C(progress), a text.

    An empty body lets the job go its own way again.
    """
    job = simulator.world.store.jobs.get(identifier)
    if job is None:
        raise ControlError("there is no such job", 404)
    _check(set(body) <= {"state", "final", "progress"}, "a job has state, final and progress")
    numbers = (body.get("state"), body.get("final"))
    are_numbers = all(isinstance(number, int) for number in numbers)
    _check(are_numbers or numbers == (None, None), "state and final are two numbers")
    _check(isinstance(body.get("progress", ""), str), "progress is a text")
    job.forced = None if body.get("state") is None else (body["state"], body["final"])
    job.forced_progress = body.get("progress", "")
    return {"id": job.id, "forced": job.forced, "progress": job.forced_progress}


def _force_host(simulator: Simulator, identifier: str, body: JsonObject) -> JsonObject:
    """C(status), such as SHUTOFF."""
    _check(set(body) == {"status"} and isinstance(body["status"], str), "a host has a status")
    for cluster in simulator.world.store.clusters.values():
        for host in cluster.hosts:
            if host.id == identifier:
                host.status = body["status"]
                return {"id": host.id, "status": host.status}
    raise ControlError("there is no such host", 404)


FORCED: dict[str, t.Callable[[Simulator, str, JsonObject], JsonObject]] = {
    "clusters": _force_cluster,
    "jobs": _force_job,
    "hosts": _force_host,
}


def _check(condition: bool, message: str) -> None:
    if not condition:
        raise ControlError(message)
