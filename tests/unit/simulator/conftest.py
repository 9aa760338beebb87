# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy
import json
import pathlib
import sys
import typing as t
from dataclasses import dataclass

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "roles" / "simulator" / "files"))

from mrs_simulator.base.messages import Request
from mrs_simulator.clock import ManualClock
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator

Json = dict[str, t.Any]

OTC_CREATION: Json = {
    "billing_type": 12,
    "data_center": "eu-de",
    "available_zone_id": "eu-de-02",
    "cluster_name": "sensor-etl",
    "cluster_version": "MRS 3.2.0-LTS.2",
    "cluster_type": 0,
    "safe_mode": 0,
    "vpc": "vpc-data",
    "vpc_id": "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
    "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
    "subnet_name": "subnet-etl",
    "security_groups_id": "",
    "enterprise_project_id": "0",
    "cluster_admin_secret": "Canary-Admin-1",
    "login_mode": 1,
    "node_public_cert_name": "ops-key",
    "log_collection": 1,
    "tags": [{"key": "env", "value": "test"}],
    "component_list": [
        {"component_name": "Hadoop"},
        {"component_name": "Spark2x"},
        {"component_name": "Hive"},
    ],
    "node_groups": [
        {
            "group_name": name,
            "node_num": count,
            "node_size": "c6.4xlarge.4.linux.mrs",
            "root_volume_size": "480",
            "root_volume_type": "SATA",
            "data_volume_type": "SATA",
            "data_volume_count": 1,
            "data_volume_size": 600,
        }
        for name, count in (("master_node_default_group", 2), ("core_node_analysis_group", 3))
    ],
}
HWC_CHANGES: Json = {
    "data_center": "cn-north-4",
    "available_zone_id": "ae04cf9d61544df3806a3feeb401b204",
}

#: A body of API v2: what it is for Huawei Cloud, whose cloud publishes most of it.
CREATION_V2: Json = {
    "cluster_version": "MRS 3.5.0-LTS",
    "cluster_name": "sensor-etl",
    "cluster_type": "ANALYSIS",
    "region": "cn-north-4",
    "availability_zone": "cn-north-4a",
    "vpc_name": "vpc-data",
    "subnet_name": "subnet-etl",
    "components": "Hadoop,Spark,Hive",
    "safe_mode": "SIMPLE",
    "manager_admin_password": "Canary-Admin-1",
    "login_mode": "KEYPAIR",
    "node_keypair_name": "ops-key",
    "tags": [{"key": "env", "value": "test"}],
}
OTC_CHANGES_V2: Json = {
    "cluster_version": "MRS 3.2.0-LTS.2",
    "region": "eu-de",
    "availability_zone": "eu-de-02",
    "components": "Hadoop,Spark2x,Hive",
}
CUSTOM_V2: Json = {
    "cluster_type": "CUSTOM",
    "components": "Hadoop,ZooKeeper,Ranger,DBService",
    "template_id": "mgmt_control_combined_v4.1",
}

JOB: Json = {
    "job_type": 1,
    "job_name": "wordcount",
    "jar_path": "s3a://etl-bucket/wc.jar",
    "arguments": "wordcount",
    "input": "s3a://etl-bucket/in/",
    "output": "s3a://etl-bucket/out/",
}


def group_v2(name: str, count: int, *roles: str, **changes: t.Any) -> Json:
    """A node group of a body of API v2."""
    disk = {"type": "SAS", "size": 480}
    group: Json = {
        "group_name": name,
        "node_num": count,
        "node_size": "c6.4xlarge.4.linux.mrs",
        "root_volume": disk,
        "data_volume": {"type": "SAS", "size": 600},
        "data_volume_count": 1,
    }
    return {**group, **({"assigned_roles": list(roles)} if roles else {}), **changes}


#: The groups of each type; those of the custom one as a test of Terraform lays them out.
GROUPS_V2: dict[str, list[Json]] = {
    "ANALYSIS": [
        group_v2("master_node_default_group", 2),
        group_v2("core_node_analysis_group", 3),
    ],
    "STREAMING": [
        group_v2("master_node_default_group", 2),
        group_v2("core_node_streaming_group", 3),
    ],
    "MIXED": [
        group_v2("master_node_default_group", 2),
        group_v2("core_node_analysis_group", 3),
        group_v2("core_node_streaming_group", 2),
        group_v2("task_node_analysis_group", 1),
    ],
    "CUSTOM": [
        group_v2(
            "master_node_default_group", 3, "OMSServer:1,2", "NameNode:2,3", "ResourceManager:2,3"
        ),
        group_v2("node_group_1", 4, "DataNode", "NodeManager"),
        group_v2("node_group_2", 1, "NodeManager"),
    ],
}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> t.Any:
        return json.loads(self.raw)

    @property
    def code(self) -> t.Any:
        return self.json["error_code"]


class Cloud:
    """A simulator on a clock that stands still, and a caller with a token.

    API v1.1 takes the jobs of MRS 3, too.
    """

    def __init__(self, **settings: t.Any) -> None:
        self.clock = ManualClock()
        self.simulator = Simulator(
            Settings(**{"speed": 100, "v11_jobs_on_3x": True, **settings}), self.clock
        )
        self.project = self.simulator.world.identity.project_id
        self.token, _ends = self.simulator.world.identity.issue(self.project, self.clock.now())

    def request(
        self, method: str, path: str, body: t.Any = None, query: str = "", **headers: str
    ) -> Answer:
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        sent = {
            "host": "mrs.simulator",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        reply = self.simulator.handle(Request(method, path, query, sent, raw))
        return Answer(reply.status, reply.headers, reply.body)

    def call(self, method: str, path: str, body: t.Any = None, query: str = "") -> Answer:
        headers = {"x-auth-token": self.token, "content-type": "application/json"}
        return self.request(method, f"/v1.1/{self.project}/{path}", body, query, **headers)

    def v2(self, method: str, path: str, body: t.Any = None, query: str = "") -> Answer:
        """A call of API v2, for a cluster: the path goes on after its ID."""
        headers = {"x-auth-token": self.token, "content-type": "application/json"}
        full = f"/v2/{self.project}/clusters/{path}".rstrip("/")
        return self.request(method, full, body, query, **headers)

    def creation_v2(self, kind: str = "ANALYSIS", **changes: t.Any) -> Json:
        """The body of a creation by API v2, in the dialect of the flavor."""
        body = {**copy.deepcopy(CREATION_V2), "cluster_type": kind}
        body["node_groups"] = copy.deepcopy(GROUPS_V2[kind])
        if kind == "STREAMING":
            body["components"] = "Kafka,ZooKeeper"
        if self.simulator.world.settings.flavor == "otc":
            body.update(OTC_CHANGES_V2)
        if kind == "CUSTOM":
            body.update(CUSTOM_V2)
        return {**body, **changes}

    def create_v2(self, kind: str = "ANALYSIS", **changes: t.Any) -> str:
        answer = self.v2("POST", "", self.creation_v2(kind, **changes))
        assert answer.status == 200, answer.raw
        return str(answer.json["cluster_id"])

    def running_v2(self, kind: str = "ANALYSIS", **changes: t.Any) -> str:
        cluster_id = self.create_v2(kind, **changes)
        self.clock.advance(100)
        assert self.state(cluster_id) == "running"
        return cluster_id

    def control(self, method: str, path: str, body: t.Any = None) -> Answer:
        return self.request(method, f"/_simulator/{path}", body)

    def set(self, **settings: t.Any) -> None:
        assert self.control("PATCH", "settings", settings).status == 200

    def creation(self, **changes: t.Any) -> Json:
        body = copy.deepcopy(OTC_CREATION)
        if self.simulator.world.settings.flavor == "hwc":
            body.update(HWC_CHANGES)
        return {**body, **changes}

    def create(self, **changes: t.Any) -> str:
        answer = self.call("POST", "run-job-flow", self.creation(**changes))
        assert answer.status == 200, answer.raw
        return str(answer.json["cluster_id"])

    def running(self, **changes: t.Any) -> str:
        cluster_id = self.create(**changes)
        self.clock.advance(100)
        assert self.state(cluster_id) == "running"
        return cluster_id

    def detail(self, cluster_id: str) -> Json:
        document = self.call("GET", f"cluster_infos/{cluster_id}").json
        return dict(document.get("cluster", document))

    def state(self, cluster_id: str) -> str:
        return str(self.detail(cluster_id)["clusterState"])

    def resize(
        self,
        cluster_id: str,
        scale_type: str,
        instances: t.Any = 1,
        group: str = "core",
        **more: t.Any,
    ) -> Answer:
        parameters = {
            "order_id": "",
            "scale_type": scale_type,
            "node_id": "node_orderadd",
            "node_group": f"{group}_node_default_group",
            "instances": instances,
            **more,
        }
        return self.call(
            "PUT",
            f"cluster_infos/{cluster_id}",
            {"service_id": "", "plan_id": "", "parameters": parameters},
        )

    def hosts(self, cluster_id: str, kind: str) -> list[str]:
        document = self.call("GET", f"clusters/{cluster_id}/hosts", query="pageSize=500").json
        return [host["id"] for host in document["hosts"] if host["type"].endswith(kind)]

    def submit(self, cluster_id: str, **changes: t.Any) -> Answer:
        return self.call("POST", "jobs/submit-job", {**JOB, "cluster_id": cluster_id, **changes})

    def job(self, job_id: str) -> tuple[int, int]:
        document = self.call("GET", f"job-exes/{job_id}").json["job_execution"]
        return document["job_state"], document["job_final_status"]


@pytest.fixture(name="make_cloud")
def _make_cloud() -> type[Cloud]:
    return Cloud


@pytest.fixture(name="cloud")
def _cloud() -> Cloud:
    return Cloud()


@pytest.fixture(name="server")
def _server() -> t.Iterator[Running]:
    with serve(Settings(speed=0)) as running:
        yield running
