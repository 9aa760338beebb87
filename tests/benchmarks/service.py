# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator in a process of its own, full from the start: so many clusters, each with so many nodes and jobs.

Lists of executions are answered from memory when they are asked for once more, so that what is measured is the client:
to look through 100,000 executions for each page of 100 costs the simulator more than the client takes for it.
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

from mrs_simulator import wire_jobs
from mrs_simulator.messages import JsonObject, Reply, Request, answer
from mrs_simulator.server import connection, run
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZE = "c6.4xlarge.4.linux.mrs"
DISKS = {
    "root_volume_type": "SATA",
    "root_volume_size": 480,
    "data_volume_type": "SATA",
    "data_volume_size": 600,
    "data_volume_count": 1,
}
CREATION: JsonObject = {
    "billing_type": 12,
    "data_center": "eu-de",
    "available_zone_id": "eu-de-02",
    "cluster_version": "MRS 3.2.0-LTS.2",
    "cluster_type": 0,
    "safe_mode": 0,
    "vpc": "vpc-data",
    "vpc_id": "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
    "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
    "subnet_name": "subnet-etl",
    "login_mode": 1,
    "node_public_cert_name": "ops-key",
    "cluster_admin_secret": "Only-4-the-simulator",
    "component_list": [{"component_name": "Hadoop"}, {"component_name": "Spark2x"}],
    "tags": [{"key": "team", "value": "data"}],
}
JOB: JsonObject = {
    "job_name": "wordcount",
    "job_type": 1,
    "jar_path": "s3a://etl/jars/wordcount.jar",
    "arguments": "wordcount --partitions 64",
    "input": "s3a://etl/in/2024-03-27/",
    "output": "s3a://etl/out/2024-03-27/",
    "job_log": "s3a://etl/logs/",
}
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
        asked = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(asked, timeout=60) as reply:
            return json.loads(reply.read() or b"null")

    def requests(self) -> list[JsonObject]:
        """The requests since the last time, in order; C(time) is when each came, in seconds."""
        found: list[JsonObject] = self.control("GET", "requests")["requests"]
        self.control("DELETE", "requests")
        return found


@contextlib.contextmanager
def service(*, clusters: int = 1, core: int = 3, jobs: int = 0, latency: float = 0.0) -> t.Iterator[Running]:
    """A running simulator.

    :param core: core nodes of each cluster; two masters come on top.
    :param jobs: executions of the first cluster, all of them over.
    :param latency: seconds that each answer takes.
    """
    options = [f"--clusters={clusters}", f"--core={core}", f"--jobs={jobs}", f"--latency={latency}"]
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

    def fill(self, clusters: int, core: int, jobs: int) -> list[str]:
        """Create all there shall be; gives the ids of the clusters."""
        login = {"x-auth-token": self._token(), **JSON_TYPE}
        found = [self._create(login, f"etl-{number:03}", core) for number in range(clusters)]
        if jobs:
            self._run_jobs(login, found[0], jobs)
        self.log.entries.clear()
        return found

    def _dispatch(self, request: Request, found: t.Any, now: float) -> Reply:
        if self.pages and request.path.endswith("/job-exes"):
            asked = dict(request.pairs)
            if asked == {"cluster_id": self.listed, "page_size": str(PAGE), "current_page": asked["current_page"]}:
                return Reply(200, self.pages[asked["current_page"]], {"Content-Type": "application/json"})
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
        body = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}}
        return self._post("/v3/auth/tokens", body, JSON_TYPE).headers["X-Subject-Token"]

    def _create(self, login: t.Mapping[str, str], name: str, core: int) -> str:
        counts = {"master_node_default_group": 2, "core_node_analysis_group": core}
        groups = [{"group_name": group, "node_num": n, "node_size": SIZE, **DISKS} for group, n in counts.items()]
        path = f"/v1.1/{self.world.identity.project_id}/run-job-flow"
        reply = self._post(path, {**CREATION, "cluster_name": name, "node_groups": groups}, login)
        return str(json.loads(reply.body)["cluster_id"])

    def _run_jobs(self, login: t.Mapping[str, str], cluster: str, number: int) -> None:
        path = f"/v1.1/{self.world.identity.project_id}/jobs/submit-job"
        self._post(path, {**JOB, "cluster_id": cluster}, login)
        store = self.world.store
        first = next(iter(store.jobs.values()))
        for count in range(1, number):
            moments = ("submitted_at", "running_at", "result_at", "ends_at")
            earlier = {moment: getattr(first, moment) - 60 * (number - count) for moment in moments}
            spec = {**first.spec, "job_name": f"wordcount-{count % 500}"}
            job = dataclasses.replace(first, id=self.world.new_id(), number=count, spec=spec, **earlier)
            store.jobs[job.id] = job
        self._remember(cluster, list(store.jobs.values()))

    def _remember(self, cluster: str, jobs: list[t.Any]) -> None:
        self.listed = cluster
        now = self.world.clock.now()
        for number, start in enumerate(range(0, len(jobs), PAGE), 1):
            items = [wire_jobs.job_exe(job, now) for job in jobs[start : start + PAGE]]
            body = answer(200, {"totalRecord": len(jobs), "job_executions": items}).body
            self.pages[str(number)] = body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("clusters", "core", "jobs"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--latency", type=float, required=True)
    options = parser.parse_args()
    simulator = Filled(Settings(speed=0, seed=1))
    clusters = simulator.fill(options.clusters, options.core, options.jobs)
    simulator.world.settings.latency = options.latency

    def tell(address: dict[str, str]) -> None:
        print(json.dumps({"address": address, "clusters": clusters}), flush=True)

    run(simulator, 0, tell)


if __name__ == "__main__":
    main()
