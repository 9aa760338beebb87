# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters and hosts as the service spells them on each cloud (service_v1 4, Q5 to Q15)."""

from __future__ import annotations

import functools
import typing as t

from mrs_simulator.base.messages import JsonObject
from mrs_simulator.cloud import catalog, zones
from mrs_simulator.cloud.call import Call
from mrs_simulator.state.resources import Cluster, Group, Host
from mrs_simulator.state.transitions import Shown, shown

#: Keys of the detail that the OTC list does not have (service_v1 4.1).
_NOT_IN_LIST = ("bootstrap_scripts", "bootstrapScripts", "tags", "scale")
_HADOOP = {True: "3.3.1", False: ""}


def cluster(cluster: Cluster, call: Call, in_list: bool = False) -> JsonObject:
    """One cluster of the list, or the detail without its wrapper."""
    settings = call.settings
    view = shown(cluster, call.now, settings.flavor)
    document = {
        **_identity(cluster, view),
        **_numbers(cluster),
        **_place(cluster, call),
        **_addresses(cluster),
        **_volumes(cluster),
        "componentList": _components(cluster),
        "nodeGroups": [
            _group(number, group, cluster, call) for number, group in enumerate(cluster.groups)
        ],
        "taskNodeGroups": [
            _group(number, group, cluster, call)
            for number, group in enumerate(cluster.groups)
            if group.kind == "task"
        ]
        or None,
        settings.bootstrap_key: _scripts(cluster),
        settings.manager_key: view.state == "running"
        and call.now >= cluster.charging_at + settings.manager_delay,
        "tags": _tags(cluster, call),
        "safeMode": _number(cluster.spec["safe_mode"], settings.safe_mode_as_text),
        "clusterType": _number(cluster.type, settings.type_as_text),
    }
    if settings.flavor == "hwc":
        document.update(_huawei(cluster, call))
    if in_list and not settings.list_full:
        for key in _NOT_IN_LIST:
            document.pop(key, None)
    return _unset(document, settings.unset)


def _identity(cluster: Cluster, view: Shown) -> JsonObject:
    return {
        "clusterId": cluster.id,
        "clusterName": cluster.name,
        "clusterState": view.state,
        "stageDesc": view.stage or None,
        "scale": view.scale or None,
        "errorInfo": cluster.error or None,
        "clusterVersion": cluster.version,
        "hadoopVersion": _HADOOP[catalog.is_version_3(cluster.version)],
        "logCollection": cluster.spec.get("log_collection", 1),
        "billingType": "Metered",
        "fee": "0.0",
        "createAt": _seconds(cluster.created_at),
        "updateAt": _seconds(cluster.updated_at),
        "chargingStartTime": _seconds(cluster.charging_at),
        "deploymentId": cluster.id,
        "instanceId": cluster.id,
        "orderId": f"MRS{_seconds(cluster.created_at)}{cluster.id[:8]}",
        "tenantId": cluster.project_id,
        "remark": "",
        "vnc": None,
        "nodePublicCertName": cluster.spec.get("node_public_cert_name"),
    }


def _numbers(cluster: Cluster) -> JsonObject:
    """Numbers by kind; of several core groups together, with the size of the first."""
    document: JsonObject = {"totalNodeNum": str(sum(group.count for group in cluster.groups))}
    for kind in ("master", "core"):
        group = cluster.group(kind)
        document[f"{kind}NodeNum"] = str(cluster.count(kind))
        document[f"{kind}NodeSize"] = group.size if group else None
        document[f"{kind}NodeSpecId"] = _spec_id(group.size) if group else None
        document[f"{kind}NodeProductId"] = None
    return document


def _place(cluster: Cluster, call: Call) -> JsonObject:
    zone = cluster.spec["available_zone_id"]
    return {
        "dataCenter": cluster.spec["data_center"],
        "azId": zone,
        "azName": zones.name_of(zone, call.settings.flavor, call.settings.region),
        "vpc": cluster.spec["vpc"],
        "subnetId": cluster.spec["subnet_id"],
        "subnetName": cluster.spec.get("subnet_name", ""),
        "securityGroupsId": cluster.security_group,
        "slaveSecurityGroupsId": cluster.security_group,
    }


def _addresses(cluster: Cluster) -> JsonObject:
    masters = [host.ip for host in cluster.hosts if host.kind == "master"]
    first, last = (masters[0], masters[-1]) if masters else (None, None)
    outside = f"100.64.{cluster.subnet}." if masters else None
    return {
        "externalIp": f"{outside}5" if outside else None,
        "externalAlternateIp": f"{outside}6" if outside else None,
        "internalIp": last,
        "masterNodeIp": first,
        "privateIpFirst": last,
    }


def _volumes(cluster: Cluster) -> JsonObject:
    master = cluster.group("master")
    assert master is not None
    core = cluster.group("core") or Group("", "core", 0, "")
    single = "volume_size" in cluster.spec
    return {
        "volumeSize": cluster.spec["volume_size"] if single else 0,
        "volumeType": cluster.spec.get("volume_type", core.data_type),
        "masterDataVolumeType": master.data_type,
        "masterDataVolumeSize": master.data_size,
        "masterDataVolumeCount": master.data_count,
        "coreDataVolumeType": core.data_type,
        "coreDataVolumeSize": core.data_size,
        "coreDataVolumeCount": core.data_count,
    }


def _components(cluster: Cluster) -> list[dict[str, str]]:
    return catalog.installed(
        cluster.version, [item["component_name"] for item in cluster.spec["component_list"]]
    )


def _group(number: int, group: Group, cluster: Cluster, call: Call) -> JsonObject:
    size = _number(group.data_size, call.settings.data_volume_size_as_text)
    document: JsonObject = {
        "GroupName": group.name,
        "NodeNum": group.count,
        "NodeSize": group.size,
        "NodeSpecId": _spec_id(group.size),
        "NodeProductId": None,
        "VmProductId": None,
        "VmSpecCode": group.size.rpartition(".")[0],
        "RootVolumeSize": group.root_size,
        "RootVolumeType": group.root_type,
        "RootVolumeProductId": None,
        "RootVolumeResourceSpecCode": None,
        "RootVolumeResourceType": None,
        "DataVolumeType": group.data_type,
        "DataVolumeCount": group.data_count,
        "DataVolumeSize": size,
        "DataVolumeProductId": None,
        "DataVolumeResourceSpecCode": None,
        "DataVolumeResourceType": None,
    }
    if call.settings.group_keys == "camel":
        return {key[0].lower() + key[1:]: value for key, value in document.items()}
    if call.settings.show_policy:
        document["AutoScalingPolicy"] = group.policy
    live: JsonObject = {
        "BillingType": 12,
        "NeedLvm": False,
        "SeqId": number,
        "assignedRoles": group.roles,
    }
    return {**document, **live, "clusterId": cluster.id, "cpuType": "X86"}


def _scripts(cluster: Cluster) -> list[JsonObject] | None:
    scripts = cluster.spec.get("bootstrap_scripts")
    if not scripts:
        return None
    done = cluster.charging_at > 0
    run = {"start_time": int(cluster.charging_at), "state": "SUCCESS" if done else "PENDING"}
    defaults = {"parameters": "", "active_master": False, "before_component_start": False}
    return [{**defaults, **script, **run} for script in scripts]


def _tags(cluster: Cluster, call: Call) -> t.Any:
    tags = cluster.shown_tags(call.now)
    if call.settings.tags_as_list:
        return [{"key": key, "value": value} for key, value in tags.items()]
    return ",".join(f"{key}={value}" for key, value in tags.items())


def _huawei(cluster: Cluster, call: Call) -> JsonObject:
    """Fields that only the Huawei documents have."""
    return {
        "duration": "0",
        "azCode": zones.name_of(
            cluster.spec["available_zone_id"], call.settings.flavor, call.settings.region
        ),
        "availabilityZoneId": cluster.spec["available_zone_id"],
        "azCategory": 0,
        "vpcId": cluster.spec["vpc_id"],
        "enterpriseProjectId": cluster.spec.get("enterprise_project_id", "0"),
        "eipId": cluster.spec.get("eip_id"),
        "eipAddress": cluster.spec.get("eip_address"),
        "eipv6Address": None,
        "periodType": 0,
        "mrsEcsDefaultAgency": cluster.spec.get("agency", "MRS_ECS_DEFAULT_AGENCY"),
    }


_OTC_TYPES = {"master": "Master", "core": "Core", "task": "Task"}
_HUAWEI_TYPES = {
    "core_node_analysis_group": "Analysis_Core",
    "core_node_streaming_group": "Streaming_Core",
    "task_node_analysis_group": "Analysis_Task",
    "task_node_streaming_group": "Streaming_Task",
}


def host(host: Host, cluster: Cluster, call: Call) -> JsonObject:
    """One node of the hosts list."""
    group = cluster.group_named(host.group)
    assert group is not None
    cpus, memory = catalog.machine(group.size) or (0, 0)
    huawei = call.settings.flavor == "hwc"
    kind = _OTC_TYPES[host.kind]
    if huawei and not cluster.is_custom:
        kind = _HUAWEI_TYPES.get(group.name, kind)
    document: JsonObject = {
        "id": host.id,
        "name": host.name,
        "ip": host.ip,
        "status": host.status,
        "flavor": group.size,
        "type": kind,
        "mem": str(memory * 1024),
        "cpu": str(cpus),
        "root_volume_size": str(group.root_size),
        "data_volume_type": group.data_type,
        "data_volume_size": group.data_size,
        "data_volume_count": group.data_count,
    }
    if huawei:
        document["resource_id"] = host.resource_id
        document["node_group_name"] = group.name
        document["availability_zone_id"] = cluster.spec["available_zone_id"]
        document["tags"] = []
    return document


@functools.lru_cache(maxsize=256)
def _spec_id(flavor: str) -> str:
    return flavor.partition(".linux")[0]


def _number(value: int, as_text: bool) -> int | str:
    return str(value) if as_text else value


def _seconds(epoch: float) -> str:
    return str(int(epoch))


def _unset(document: JsonObject, style: str) -> JsonObject:
    """Null, an empty text and a missing field mean the same (service_v1 Q40)."""
    if style == "null":
        return document
    if style == "missing":
        return {key: value for key, value in document.items() if value is not None}
    return {key: "" if value is None else value for key, value in document.items()}
