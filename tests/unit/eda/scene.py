# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A simulator in this process, an event source that looks at it, and what happens in between."""

from __future__ import annotations

import asyncio
import collections
import pathlib
import typing as t

import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._event_source import (
    EventSource,
    Feedback,
    checked,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION_BODY,
    Json,
    ManualClock,
)
from mrs_simulator import in_process
from mrs_simulator.clock import ManualClock as SimulatedClock
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator

NODES = {
    "node_size": "c6.4xlarge.4.linux.mrs",
    "root_volume_size": 480,
    "root_volume_type": "SATA",
    "data_volume_type": "SATA",
    "data_volume_count": 1,
    "data_volume_size": 600,
}
CREATION = {
    **CREATION_BODY,
    "cluster_admin_secret": "Canary-Admin-1",
    "node_groups": [{**group, **NODES} for group in CREATION_BODY["node_groups"]],
}
JOB = {"job_type": 1, "jar_path": "s3a://etl/wc.jar", "arguments": "wordcount"}

Step = t.Callable[[], t.Any]


class Stopped(Exception):
    """The test has seen enough."""


class Queue:
    """Takes events as ansible-rulebook's queue does.

    After C(room) events it is stopped while it waits for room.
    """

    def __init__(self, room: int = 1000) -> None:
        self.events: list[Json] = []
        self._limiter = room

    async def put(self, item: Json) -> None:
        if len(self.events) == self._limiter:
            raise asyncio.CancelledError
        self.events.append(item["mrs"])

    @property
    def told(self) -> list[tuple[str, str | None, str]]:
        """The name of the job or of the cluster, and the states of each event."""
        return [
            ((event["job_execution"] or event["cluster"])["name"], event["from"], event["to"])
            for event in self.events
        ]


class Scene:
    """A service in which nothing takes time unless a test says so."""

    def __init__(self, folder: pathlib.Path, **settings: t.Any) -> None:
        self.file = folder / "cursor.json"
        self.simulator = Simulator(
            Settings(**{"speed": 0, "seed": 1, **settings}), SimulatedClock()
        )
        self.session = requests.Session()
        self.session.trust_env = False
        self.root = in_process.mount(self.session, self.simulator)
        self.clock = ManualClock()
        self.pauses: list[float] = []
        self._project = self.simulator.world.identity.project_id
        self._token, _ends = self.simulator.world.identity.issue(
            self._project, self.simulator.world.clock.now()
        )

    def call(self, method: str, path: str, body: t.Any = None, api: str = "v1.1") -> t.Any:
        headers = {"X-Auth-Token": self._token}
        url = f"{self.root}/{api}/{self._project}/{path}"
        answer = self.session.request(method, url, json=body, headers=headers, timeout=60)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def control(self, method: str, path: str, body: t.Any = None) -> t.Any:
        answer = self.session.request(
            method, f"{self.root}/_simulator/{path}", json=body, timeout=9
        )
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def cluster(self, name: str, **changes: t.Any) -> str:
        return str(
            self.call("POST", "run-job-flow", {**CREATION, "cluster_name": name, **changes})[
                "cluster_id"
            ]
        )

    def job(self, cluster: str, name: str, outcome: str = "succeeded", **changes: t.Any) -> str:
        self.control("PATCH", "settings", {"next_job": outcome})
        body = {**JOB, "job_name": name, "cluster_id": cluster, **changes}
        return str(self.call("POST", "jobs/submit-job", body)["job_execution"]["id"])

    def job_v2(self, cluster: str, name: str) -> str:
        body = {
            "job_type": "MapReduce",
            "job_name": name,
            "arguments": ["s3a://etl/wc.jar", "wordcount"],
        }
        answer = self.call("POST", f"clusters/{cluster}/job-executions", body, api="v2")
        return str(answer["job_submit_result"]["job_id"])

    def delete(self, cluster: str) -> None:
        self.call("DELETE", f"clusters/{cluster}")

    def resize(self, cluster: str, more: int) -> None:
        """Add nodes to the core group, or take some away."""
        parameters = {
            "order_id": "",
            "scale_type": "scale_out" if more > 0 else "scale_in",
            "node_id": "node_orderadd",
            "node_group": "core_node_default_group",
            "instances": abs(more),
        }
        self.call(
            "PUT",
            f"cluster_infos/{cluster}",
            {"service_id": "", "plan_id": "", "parameters": parameters},
        )

    def force(self, job: str, state: int, final: int) -> None:
        self.control("PATCH", f"jobs/{job}", {"state": state, "final": final})

    def force_text(self, job: str, progress: str) -> None:
        self.control("PATCH", f"jobs/{job}", {"progress": progress})

    def requests_for(self, steps: t.Sequence[Step], **given: t.Any) -> list[str]:
        """The requests of the looks that follow the first."""
        self.watch([lambda: self.control("DELETE", "requests"), *steps], **given)
        sent = [
            request
            for request in self.control("GET", "requests")["requests"]
            if "/v1.1/" in request["path"]
        ]
        return [
            f"{each['method']} {each['path'].split('/', 3)[3]} {each['query']}" for each in sent
        ]

    def options(self, **given: t.Any) -> dict[str, t.Any]:
        login = {"auth": {"token": self._token}, "project_id": self._project, "endpoint": self.root}
        return checked({"state_file": str(self.file), **login, **given})

    def watch(
        self,
        steps: t.Sequence[Step] = (),
        queue: Queue | None = None,
        feedback: Feedback | None = None,
        **given: t.Any,
    ) -> Queue:
        """Look once, then once more after each step; the events of this run."""
        queue = queue or Queue()
        left = collections.deque(steps)

        async def sleep(seconds: float) -> None:
            self.pauses.append(seconds)
            if not left:
                raise Stopped
            left.popleft()()

        source = EventSource(
            self.options(**given), TaskEnvironment({}, self.clock, session=self.session), sleep
        )
        try:
            asyncio.run(source.run(queue, feedback))
        except (Stopped, asyncio.CancelledError):
            return queue
        raise AssertionError("a source that ends by itself")
