# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /run-job-flow: create a cluster and, if asked for, run one job on it (service_v1 3)."""

from __future__ import annotations

import copy

from mrs_simulator.base.checks import refuse, unique, without_nulls
from mrs_simulator.base.errors import Refusal, not_simulated
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud import catalog, creation
from mrs_simulator.cloud.call import Call, body_of
from mrs_simulator.cloud.nodes import check_quotas
from mrs_simulator.state.resources import Group
from mrs_simulator.wire.v1 import rules
from mrs_simulator.wire.v1.jobs import check_definition, new_job
from mrs_simulator.wire.v1.policies import check_policy
from mrs_simulator.wire.v1.tags import check_tags

#: What is not kept as it was sent: secrets, and what lives on in groups, tags and jobs.
DROPPED = (
    "cluster_admin_secret",
    "cluster_master_secret",
    "node_groups",
    "task_node_groups",
    "tags",
    "add_jobs",
)
FLAT_NAMES = (*rules.flat_parameters("otc"), "task_node_groups")


def create_cluster(call: Call) -> Reply:
    body = _without_unused_login(without_nulls(body_of(call)))
    _check_network(body)
    rules.create_cluster(call.settings.flavor, call.settings.strict)(body, "")
    _check_product(call, body)
    _check_login(body)
    tags = check_tags(body.get("tags", []), call.settings.flavor)
    _check_scripts(body)
    groups = _groups(call, body)
    _check_groups(call, body, groups)
    job = _check_job(call, body)
    creation.check_project(call, body["cluster_name"])
    check_quotas(call, groups)
    cluster = creation.make_cluster(call, _spec(body), groups, tags)
    if job is not None and cluster.pending is not None and not cluster.pending.cause:
        started = new_job(call, cluster, job, cluster.pending.ends)
        cluster.shutdown_jobs = [started.id] if job.get("shutdown_cluster") else []
    return answer(200, {"cluster_id": cluster.id, "result": True, "msg": ""})


def _without_unused_login(body: JsonObject) -> JsonObject:
    """Without the empty text of the way to log in that is not used.

    The vendor's example has ``cluster_master_secret: ""`` beside ``login_mode: 1`` (OTC documents,
    "Creating a Cluster and Running a Job"), and the OTC Go SDK sends both fields always.
    """
    unused = "node_public_cert_name" if body.get("login_mode", 1) == 0 else "cluster_master_secret"
    return {name: value for name, value in body.items() if name != unused or value != ""}


def _check_network(body: JsonObject) -> None:
    if not body.get("vpc") and not body.get("vpc_id"):
        raise Refusal("12000209")
    if not body.get("subnet_id") and not body.get("subnet_name"):
        raise Refusal("12000210")


def _check_product(call: Call, body: JsonObject) -> None:
    version = body["cluster_version"]
    if version not in catalog.VERSIONS and version not in call.settings.extra_versions:
        raise Refusal("12000093", f"Version: {version}.")
    if body["data_center"] != call.settings.region:
        raise Refusal(
            "120000213", f"Region: {body['data_center']}; this one is {call.settings.region}."
        )
    zone = body["available_zone_id"]
    if zone in rules.OTC_ZONES and not zone.startswith(call.settings.region):
        refuse("available_zone_id", f"is not a zone of {call.settings.region}")
    names = [component["component_name"] for component in body["component_list"]]
    sold = catalog.components_of(version, body.get("cluster_type", 0))
    for name in names:
        if name not in sold:
            refuse(
                "component_list", f"{name} is not a component of {version} for this type of cluster"
            )
    unique(names, "component_list")


def _check_login(body: JsonObject) -> None:
    if body.get("login_mode", 1) == 0:
        if "cluster_master_secret" not in body:
            refuse("cluster_master_secret", "is mandatory with login_mode 0")
    elif "node_public_cert_name" not in body:
        refuse("node_public_cert_name", "is mandatory with login_mode 1")


def _check_scripts(body: JsonObject) -> None:
    unique(
        [script["name"] for script in body.get("bootstrap_scripts", [])], "bootstrap_scripts[].name"
    )


def _groups(call: Call, body: JsonObject) -> list[Group]:
    """The node groups, from either of the two forms.

    :raises Refusal: both forms, none, or an incomplete one.
    """
    flat = sorted(set(body) & set(FLAT_NAMES))
    if "node_groups" in body:
        if flat:
            refuse("node_groups", f"cannot be combined with {', '.join(flat)}")
        return [_group(without_nulls(group)) for group in body["node_groups"]]
    for name in ("master_node_num", "master_node_size", "core_node_num", "core_node_size"):
        if name not in body:
            refuse(name, "is mandatory without node_groups")
    kind = body.get("cluster_type", 0)
    groups = [
        _flat_group(body, rules.MASTER, "master"),
        _flat_group(body, rules.CORE_GROUPS[kind], "core"),
    ]
    groups += [
        _group({**without_nulls(task), "group_name": rules.TASK_GROUPS[kind]})
        for task in body.get("task_node_groups", [])
    ]
    for group in groups:
        group.root_size = _flat_root_size(call, body["cluster_version"])
    return groups


def _flat_root_size(call: Call, version: str) -> int:
    """The flat form has no field for the system disk, and no document tells its size.

    The OTC documents have an example of the flat form for "MRS 3.X.X", whose images need 480 GB;
    users have reported creations that failed later since the service took 40: a setting.
    """
    return call.settings.flat_root_volume if catalog.is_version_3(version) else 40


def _group(document: JsonObject) -> Group:
    return Group(
        name=document["group_name"],
        kind=document["group_name"].partition("_")[0],
        count=document["node_num"],
        size=document["node_size"],
        root_type=document.get("root_volume_type", "SATA"),
        root_size=int(document.get("root_volume_size", 40)),
        data_type=document.get("data_volume_type", "SATA"),
        data_count=document.get("data_volume_count", 0),
        data_size=document.get("data_volume_size", 0),
        policy=document.get("auto_scaling_policy"),
    )


def _flat_group(body: JsonObject, name: str, kind: str) -> Group:
    """One group from the flat parameters; the old single disk wins (service_v1 3.3)."""
    group = Group(name, kind, body[f"{kind}_node_num"], body[f"{kind}_node_size"])
    if "volume_type" in body or "volume_size" in body:
        group.data_type, group.data_size = (
            body.get("volume_type", "SATA"),
            body.get("volume_size", 100),
        )
        group.data_count = 1
    else:
        group.data_type = body.get(f"{kind}_data_volume_type", "SATA")
        group.data_size = body.get(f"{kind}_data_volume_size", 100)
        group.data_count = body.get(f"{kind}_data_volume_count", 1)
    return group


def _check_groups(call: Call, body: JsonObject, groups: list[Group]) -> None:
    kind = body.get("cluster_type", 0)
    unique([group.name for group in groups], "node_groups[].group_name")
    allowed = (rules.MASTER, rules.CORE_GROUPS[kind], rules.TASK_GROUPS[kind])
    counts = {group.kind: group.count for group in groups}
    for group in groups:
        if group.name not in allowed:
            refuse("node_groups", f"{group.name} does not fit cluster_type {kind}")
        _check_group(group, kind)
    masters = (
        (2,)
        if call.settings.flavor == "hwc" and catalog.is_version_3(body["cluster_version"])
        else (1, 2)
    )
    if counts.get("master") not in masters:
        refuse("master nodes", f"must be {' or '.join(map(str, masters))}")
    if counts.get("core", 0) < 1:
        refuse("core nodes", "must be at least 1")
    creation.check_number(groups)


def _check_group(group: Group, cluster_type: int) -> None:
    if catalog.machine(group.size) is None:
        raise Refusal("12000048", f"Flavor: {group.size}.")
    if group.policy is None:
        return
    if group.kind != "task":
        refuse("auto_scaling_policy", "is only possible on task nodes")
    check_policy(group.policy, cluster_type)


def _check_job(call: Call, body: JsonObject) -> JsonObject | None:
    jobs: list[JsonObject] = body.get("add_jobs", [])
    if not jobs:
        return None
    job = without_nulls(jobs[0])
    if not job["submit_job_once_cluster_run"]:
        return None  # "submitted after the cluster is created", that is not by this call
    if job["job_type"] == 5:
        refuse("add_jobs[0].job_type", "5 (DistCp) is not possible at the creation")
    if body["safe_mode"] == 1:
        raise Refusal("12000064")
    if catalog.is_version_3(body["cluster_version"]) and not call.settings.v11_jobs_on_3x:
        raise not_simulated("What add_jobs does with a cluster of MRS 3.x is documented nowhere.")
    components = [component["component_name"] for component in body["component_list"]]
    check_definition(call, job, body["cluster_version"], components)
    return job


def _spec(body: JsonObject) -> JsonObject:
    spec: JsonObject = {key: value for key, value in body.items() if key not in DROPPED}
    spec["subnet_id"] = creation.subnet_id(body)
    return copy.deepcopy(spec)
