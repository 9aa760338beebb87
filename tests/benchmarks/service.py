# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator in a process of its own, with many clusters, nodes and jobs from the start.

Lists of executions are answered from memory when they are asked for once more, so that what is
measured is the client: to look through 100,000 executions for each page of 100 costs the simulator
more than the client takes for it.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import pathlib
import subprocess
import sys
import typing as t
import urllib.request

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION_BODY,
    DISKS,
    JOB_BODY,
)
from mrs_simulator.base.messages import JsonObject, Reply, Request, answer
from mrs_simulator.server import connection, run
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator
from mrs_simulator.wire.v1 import job_shape

ROOT = pathlib.Path(__file__).resolve().parents[2]
TAGS = {"team": "data"}
JSON_TYPE = {"content-type": "application/json"}
PAGE = 100


class Running(t.NamedTuple):
    """A simulator that is there: how to reach it, and its clusters' ids."""

    address: dict[str, str]
    clusters: list[str]

    def control(self, method: str, path: str, body: t.Any = None) -> t.Any:
        """Ask the reserved path for something."""
        data = None if body is None else json.dumps(body).encode()
        url = f"{self.address['url']}/_simulator/{path}"
        asked = urllib.request.Request(
            url, data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(asked, timeout=60) as reply:
            return json.loads(reply.read() or b"null")

    def requests(self) -> list[JsonObject]:
        """The requests since the last time, in order; C(time) is when each came, in seconds."""
        found: list[JsonObject] = self.control("GET", "requests")["requests"]
        self.control("DELETE", "requests")
        return found


@contextlib.contextmanager
def service(
    *, clusters: int = 1, core: int = 3, jobs: int = 0, lasting: float = 0.0, latency: float = 0.0
) -> t.Iterator[Running]:
    """A running simulator.

    :param core: core nodes of each cluster; two masters come on top.
    :param jobs: executions of the first cluster.
    :param lasting: seconds until the last execution is over, one after the other; 0: they all are.
    :param latency: seconds that each answer takes.
    """
    given = {
        "clusters": clusters,
        "core": core,
        "jobs": jobs,
        "lasting": lasting,
        "latency": latency,
    }
    options = [f"--{name}={value}" for name, value in given.items()]
    command = [sys.executable, "-m", __spec__.name, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            first = json.loads(t.cast("t.IO[bytes]", process.stdout).readline())
            yield Running(first["address"], first["clusters"])
        finally:
            process.terminate()


class Filled(Simulator):
    """Answers a page of executions from memory. What is over does not change any more."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        #: By the number of the page.
        self.pages: dict[str, bytes] = {}
        self.listed = ""

    def fill(self, clusters: int, core: int, jobs: int, lasting: float) -> list[str]:
        """Create all there shall be; gives the ids of the clusters."""
        login = {"x-auth-token": self._token(), **JSON_TYPE}
        found = [self._create(login, f"etl-{number:03}", core) for number in range(clusters)]
        if jobs:
            self._run_jobs(login, found[0], jobs)
        if lasting:
            self._prolong(lasting)
        elif jobs:
            self._remember(found[0], list(self.world.store.jobs.values()))
        self.log.entries.clear()
        return found

    def _dispatch(self, request: Request, found: t.Any, now: float) -> Reply:
        if self.pages and request.path.endswith("/job-exes"):
            asked = dict(request.pairs)
            if asked == {
                "cluster_id": self.listed,
                "page_size": str(PAGE),
                "current_page": asked["current_page"],
            }:
                return Reply(
                    200, self.pages[asked["current_page"]], {"Content-Type": "application/json"}
                )
        return super()._dispatch(request, found, now)

    def _post(self, path: str, body: JsonObject, headers: t.Mapping[str, str]) -> Reply:
        reply = self.handle(Request("POST", path, headers=headers, body=json.dumps(body).encode()))
        assert reply.status < 300, reply.body
        return reply

    def _token(self) -> str:
        details = connection(self)
        user = {
            "name": details["username"],
            "password": details["password"],
            "domain": {"name": details["user_domain_name"]},
        }
        scope = {"project": {"id": details["project_id"]}}
        body = {
            "auth": {
                "identity": {"methods": ["password"], "password": {"user": user}},
                "scope": scope,
            }
        }
        return self._post("/v3/auth/tokens", body, JSON_TYPE).headers["X-Subject-Token"]

    def _create(self, login: t.Mapping[str, str], name: str, core: int) -> str:
        master, others = ({**group, **DISKS} for group in CREATION_BODY["node_groups"])
        more = {
            "cluster_name": name,
            "cluster_admin_secret": "Only-4-the-simulator",
            "node_groups": [master, {**others, "node_num": core}],
            "tags": [{"key": key, "value": value} for key, value in TAGS.items()],
        }
        path = f"/v1.1/{self.world.identity.project_id}/run-job-flow"
        reply = self._post(path, {**CREATION_BODY, **more}, login)
        return str(json.loads(reply.body)["cluster_id"])

    def _run_jobs(self, login: t.Mapping[str, str], cluster: str, number: int) -> None:
        path = f"/v1.1/{self.world.identity.project_id}/jobs/submit-job"
        self._post(path, {**JOB_BODY, "cluster_id": cluster}, login)
        store = self.world.store
        first = next(iter(store.jobs.values()))
        for count in range(1, number):
            moments = ("submitted_at", "running_at", "result_at", "ends_at")
            earlier = {moment: getattr(first, moment) - 60 * (number - count) for moment in moments}
            spec = {**first.spec, "job_name": f"wordcount-{count % 500}"}
            job = dataclasses.replace(
                first, id=self.world.new_id(), number=count, spec=spec, **earlier
            )
            store.jobs[job.id] = job

    def _prolong(self, lasting: float) -> None:
        """The executions begin now, and end one after the other."""
        now, jobs = self.world.clock.now(), self.world.store.jobs.values()
        for number, job in enumerate(jobs, 1):
            job.submitted_at = job.running_at = now
            job.result_at = job.ends_at = now + lasting * number / len(jobs)

    def _remember(self, cluster: str, jobs: list[t.Any]) -> None:
        self.listed = cluster
        now = self.world.clock.now()
        for number, start in enumerate(range(0, len(jobs), PAGE), 1):
            items = [job_shape.job_exe(job, now) for job in jobs[start : start + PAGE]]
            body = answer(200, {"totalRecord": len(jobs), "job_executions": items}).body
            self.pages[str(number)] = body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clusters", "core", "jobs"):
        parser.add_argument(f"--{name}", type=int, required=True)
    for name in ("lasting", "latency"):
        parser.add_argument(f"--{name}", type=float, required=True)
    options = parser.parse_args()
    simulator = Filled(Settings(speed=0, seed=1))
    clusters = simulator.fill(options.clusters, options.core, options.jobs, options.lasting)
    simulator.world.settings.latency = options.latency

    def tell(address: dict[str, str]) -> None:
        print(json.dumps({"address": address, "clusters": clusters}), flush=True)

    run(simulator, 0, tell)


if __name__ == "__main__":
    main()
