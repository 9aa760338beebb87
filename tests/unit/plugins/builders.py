# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Builds what many tests need: answers of the service, and options as Ansible gives them."""

from __future__ import annotations

import importlib
import typing as t
from datetime import UTC, datetime, timedelta

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    DesiredCluster,
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import (
    DesiredJob,
    desired_job,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.host import Host
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)

Json = dict[str, t.Any]

PROJECT = "0123456789abcdef0123456789abcdef"
CLUSTER = "4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7"
OTHER = "5a1d7d2f-9b62-4a5f-8e1c-8b4b63b2d0e8"
JOB = "c1f2a3b4-5d6e-4f70-8192-a3b4c5d6e7f8"
RIVAL = "d2a3b4c5-6e7f-4081-92a3-b4c5d6e7f809"

#: Options by which a task reaches the service without a login.
CREDENTIALS: Json = {
    "auth": {"token": "CANARY-token"},
    "auth_type": "token",
    "project_id": PROJECT,
    "endpoint": "https://mrs.example.com",
    "region_name": "eu-de",
}
SIZE = "c6.4xlarge.4.linux.mrs"
#: The volumes of a node, which options and requests call alike. No cloud creates a cluster without
#: them.
DISKS: Json = {
    "root_volume_type": "SATA",
    "root_volume_size": 480,
    "data_volume_type": "SATA",
    "data_volume_size": 600,
    "data_volume_count": 1,
}
#: What a new cluster needs, as options of mrs_cluster.
CREATION: Json = {
    "name": "etl",
    "availability_zone": "eu-de-02",
    "version": "MRS 2.1.0",
    "vpc_id": "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
    "vpc_name": "vpc-data",
    "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
    "subnet_name": "subnet-etl",
    "key_pair": "ops-key",
    "components": ["Hadoop"],
    "node_groups": [
        {"name": "master", "count": 2, "size": SIZE},
        {"name": "core", "count": 3, "size": SIZE},
    ],
}
#: The request that these options lead to.
CREATION_BODY: Json = {
    "billing_type": 12,
    "data_center": "eu-de",
    "available_zone_id": "eu-de-02",
    "cluster_name": "etl",
    "cluster_version": "MRS 2.1.0",
    "cluster_type": 0,
    "safe_mode": 0,
    "vpc": "vpc-data",
    "vpc_id": "6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55",
    "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
    "subnet_name": "subnet-etl",
    "login_mode": 1,
    "node_public_cert_name": "ops-key",
    "component_list": [{"component_name": "Hadoop"}],
    "node_groups": [
        {"group_name": "master_node_default_group", "node_num": 2, "node_size": SIZE},
        {"group_name": "core_node_analysis_group", "node_num": 3, "node_size": SIZE},
    ],
}
_MASTER_ROLES = [
    *("OMSServer:1,2", "SlapdServer:1,2", "KerberosServer:1,2", "KerberosAdmin:1,2"),
    *("quorumpeer:1,2,3", "NameNode:2,3", "Zkfc:2,3", "JournalNode:1,2,3"),
    *("ResourceManager:2,3", "JobHistoryServer:3", "DBServer:1,3", "HttpFS:1,3"),
    *("TimelineServer:3", "RangerAdmin:1,2", "UserSync:2", "TagSync:2"),
    *("KerberosClient", "SlapdClient", "meta"),
]
_DATA_ROLES = ["DataNode", "NodeManager", "KerberosClient", "SlapdClient", "meta"]
#: A custom cluster with the roles of the reference (service_v2 3.2), as options of mrs_cluster.
CUSTOM: Json = {
    "name": "lake",
    "type": "custom",
    "availability_zone": "eu-de-02",
    "version": "MRS 3.5.0-LTS",
    "template": "mgmt_control_combined_v4.1",
    "vpc_name": "vpc-data",
    "subnet_name": "subnet-etl",
    "key_pair": "ops-key",
    "admin_password": "Canary-Admin-1",
    "components": ["Hadoop", "ZooKeeper", "Ranger", "DBService"],
    "node_groups": [
        {"name": "master", "count": 3, "size": SIZE, **DISKS, "assigned_roles": _MASTER_ROLES},
        {"name": "node_group_1", "count": 3, "size": SIZE, **DISKS, "assigned_roles": _DATA_ROLES},
    ],
}
#: The request that these options lead to.
CUSTOM_BODY: Json = {
    "cluster_version": "MRS 3.5.0-LTS",
    "cluster_name": "lake",
    "cluster_type": "CUSTOM",
    "charge_info": {"charge_mode": "postPaid"},
    "region": "eu-de",
    "availability_zone": "eu-de-02",
    "vpc_name": "vpc-data",
    "subnet_name": "subnet-etl",
    "components": "Hadoop,ZooKeeper,Ranger,DBService",
    "safe_mode": "SIMPLE",
    "manager_admin_password": "Canary-Admin-1",
    "login_mode": "KEYPAIR",
    "node_keypair_name": "ops-key",
    "auto_create_default_security_group": False,
    "template_id": "mgmt_control_combined_v4.1",
    "node_groups": [
        {
            "group_name": name,
            "node_num": 3,
            "node_size": SIZE,
            "root_volume": {"type": "SATA", "size": 480},
            "data_volume": {"type": "SATA", "size": 600},
            "data_volume_count": 1,
            "assigned_roles": roles,
        }
        for name, roles in (
            ("master_node_default_group", _MASTER_ROLES),
            ("node_group_1", _DATA_ROLES),
        )
    ],
}
#: A job, as options and as the request that submits it.
JOB_OPTIONS: Json = {
    "name": "wordcount",
    "job_type": "mapreduce",
    "jar_path": "s3a://etl/wc.jar",
    "arguments": "wordcount",
    "input": "s3a://etl/in/",
    "output": "s3a://etl/out/",
}
JOB_BODY_V2: Json = {
    "job_name": "wordcount",
    "job_type": "MapReduce",
    "arguments": ["s3a://etl/wc.jar", "wordcount", "s3a://etl/in/", "s3a://etl/out/"],
    "properties": {},
}
JOB_BODY: Json = {
    "cluster_id": CLUSTER,
    "job_name": "wordcount",
    "job_type": 1,
    "jar_path": "s3a://etl/wc.jar",
    "arguments": "wordcount",
    "input": "s3a://etl/in/",
    "output": "s3a://etl/out/",
}


class ManualClock(Clock):
    """A clock that only moves when somebody sleeps, and remembers for how long."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.sleeps: list[float] = []

    def now(self) -> datetime:
        return datetime(2024, 3, 27, 12, 0, 0, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.seconds += seconds

    def jitter(self) -> float:
        return 1.0


def options(module: str, **given: t.Any) -> Json:
    """The options of a module with defaults and aliases resolved, the way Ansible does it.

    None means not given.
    """
    spec = importlib.import_module(
        f"ansible_collections.huaweicloud.mrs.plugins.modules.{module}"
    ).SPEC
    values = {key: value for key, value in {**CREDENTIALS, **given}.items() if value is not None}
    checked = ArgumentSpecValidator(**spec.arguments()).validate(spec.understood(values))
    assert not checked.error_messages, checked.error_messages
    return checked.validated_parameters


def wanted_cluster(**given: t.Any) -> DesiredCluster:
    return desired_cluster(options("mrs_cluster", **{"name": "etl", **given}))


def wanted_job(**given: t.Any) -> DesiredJob:
    return desired_job(options("mrs_job", **{"cluster": CLUSTER, **JOB_OPTIONS, **given}))


def group(name: str, count: int, **changes: t.Any) -> Json:
    """A node group as the service answers it."""
    return {
        "GroupName": name,
        "NodeNum": count,
        "NodeSize": "c6.4xlarge.4.linux.mrs",
        "RootVolumeSize": 480,
        "RootVolumeType": "SATA",
        "DataVolumeType": "SATA",
        "DataVolumeCount": 1,
        "DataVolumeSize": 600,
        **changes,
    }


def cluster(
    core: int = 3, task: int | None = None, policy: Json | None = None, **changes: t.Any
) -> Json:
    """A cluster as the service answers it, without a wrapper; C(policy): of the task nodes."""
    groups = [group("master_node_default_group", 2), group("core_node_analysis_group", core)]
    if task is not None:
        groups.append(group("task_node_analysis_group", task, AutoScalingPolicy=policy))
    return {
        "clusterId": CLUSTER,
        "clusterName": "etl",
        "clusterState": "running",
        "clusterVersion": "MRS 2.1.0",
        "clusterType": 0,
        "safeMode": 0,
        "logCollection": 1,
        "billingType": "Metered",
        "masterNodeNum": "2",
        "coreNodeNum": str(core),
        "createAt": "1711529080",
        "updateAt": "1711531200",
        "dataCenter": "eu-de",
        "azId": "eu-de-02",
        "azName": "eu-de-02",
        "vpc": "vpc-data",
        "subnetId": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
        "subnetName": "subnet-etl",
        "securityGroupsId": "2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703",
        "externalIp": "100.64.10.5",
        "internalIp": "192.168.10.21",
        "masterNodeIp": "192.168.10.20",
        "nodePublicCertName": "ops-key",
        "componentList": [
            {"componentId": "MRS 2.1.0_001", "componentName": "Hadoop", "componentVersion": "3.3.1"}
        ],
        "nodeGroups": groups,
        "taskNodeGroups": None,
        "bootstrapScripts": None,
        "tags": "",
        "scale": None,
        "stageDesc": None,
        "errorInfo": None,
        "enterpriseProjectId": "0",
        **changes,
    }


def custom_cluster(data: int = 3, edge: int = 0, **changes: t.Any) -> Json:
    """A cluster whose groups have names of their own; one name begins like that of a role."""
    groups = [
        group("core_data", data),
        group("edge", edge),
        group("master_node_default_group", 3),
    ]
    of_type = {"clusterType": 3, "clusterVersion": "MRS 3.5.0-LTS", "coreNodeNum": None}
    return cluster(**{**of_type, "masterNodeNum": "3", "nodeGroups": groups, **changes})


def mixed_cluster(analysis: int = 3, streaming: int = 3, **changes: t.Any) -> Json:
    """A cluster with two groups of core nodes."""
    groups = [
        group("master_node_default_group", 2),
        group("core_node_analysis_group", analysis),
        group("core_node_streaming_group", streaming),
    ]
    of_type = {"clusterType": 2, "clusterVersion": "MRS 3.5.0-LTS"}
    return cluster(**{**of_type, "nodeGroups": groups, **changes})


def failed_cluster(**changes: t.Any) -> Json:
    return cluster(
        clusterState="failed",
        stageDesc="Cluster installation failed",
        errorInfo="(MRS.104) no resources",
        **changes,
    )


def job(**changes: t.Any) -> Json:
    """A successful execution of the job of C(JOB_OPTIONS), as the service answers it."""
    return {
        "id": JOB,
        "job_name": "wordcount",
        "job_type": 1,
        "job_state": 3,
        "job_final_status": 2,
        "cluster_id": CLUSTER,
        "jar_path": "s3a://etl/wc.jar",
        "arguments": "wordcount",
        "input": "s3a://etl/in/",
        "output": "s3a://etl/out/",
        "create_at": 1711540000123,
        "start_time": 1711540000123,
        "end_time": 1711540318000,
        **changes,
    }


def job_v2(**changes: t.Any) -> Json:
    """The same execution as API v2 lists it."""
    return {
        "job_id": JOB,
        "user": "robot",
        "job_name": "wordcount",
        "job_type": "MapReduce",
        "job_state": "FINISHED",
        "job_result": "SUCCEEDED",
        "job_progress": 100,
        "submitted_time": 1711540000123,
        "started_time": 1711540012345,
        "finished_time": 1711540318000,
        "elapsed_time": 305655,
        "queue": "default",
        "arguments": "[s3a://etl/wc.jar, wordcount, s3a://etl/in/, s3a://etl/out/]",
        "properties": "{}",
        "launcher_id": "application_1711530100001_0006",
        "app_id": "application_1711530100001_0007",
        **changes,
    }


def running_job_v2(**changes: t.Any) -> Json:
    running = {
        "job_state": "RUNNING",
        "job_result": "UNDEFINED",
        "job_progress": 40,
        "finished_time": 0,
    }
    return job_v2(**{**running, **changes})


def running_job(**changes: t.Any) -> Json:
    return job(**{"job_state": 2, "job_final_status": 0, "end_time": None, **changes})


def failed_job(**changes: t.Any) -> Json:
    return job(**{"job_final_status": 1, **changes})


def host(number: int, kind: str = "Core", **changes: t.Any) -> Json:
    """A node as the service answers it, with the id C(vm-number)."""
    return {
        "id": f"vm-{number}",
        "name": f"{CLUSTER}_node_{kind.lower()}_{number}",
        "ip": f"192.168.10.{number}",
        "status": "ACTIVE",
        "flavor": "c6.4xlarge.4.linux.mrs",
        "type": kind,
        "mem": "65536",
        "cpu": "16",
        "root_volume_size": "480",
        "data_volume_type": "SATA",
        "data_volume_size": 600,
        "data_volume_count": 1,
        **changes,
    }


def node(
    number: int, *states: str, group: str = "core_node_analysis_group", **changes: t.Any
) -> Json:
    """A node as API v2 lists it, with a component for each of the states."""
    return {
        "node_name": f"node-{number}",
        "resource_id": f"resource-{number}",
        "node_group_name": group,
        "node_type": "Core",
        "node_status": "started",
        "server_info": {"server_id": f"vm-{number}", "internal_ip": f"192.168.10.{number}"},
        "component_infos": [
            {
                "id": str(place),
                "name": f"Role{place}",
                "role_name": f"Role{place}",
                "service_name": "HDFS",
                "running_status": state,
                "ha_status": "",
                "config_status": "SYNCHRONIZED",
            }
            for place, state in enumerate(states)
        ],
        **changes,
    }


def a_cluster(**changes: t.Any) -> Cluster:
    return Cluster.of(cluster(**changes))


def an_execution(**changes: t.Any) -> JobExecution:
    return JobExecution.of(job(**changes))


def a_host(number: int, kind: str = "Core", **changes: t.Any) -> Host:
    return Host.of(host(number, kind, **changes))
