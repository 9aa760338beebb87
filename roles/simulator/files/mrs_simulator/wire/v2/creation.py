# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /clusters and /run-job-flow of API v2: clusters of all four types (service_v2 3)."""

from __future__ import annotations

import re
import typing as t
import uuid

from mrs_simulator.base.checks import refuse, refused_with, unique, without_nulls
from mrs_simulator.base.errors import Refusal, not_simulated
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud import catalog, creation, zones
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.cloud.nodes import check_quotas
from mrs_simulator.state.resources import CUSTOM, Cluster, Group
from mrs_simulator.wire.v1 import rules as v1
from mrs_simulator.wire.v1.policies import check_policy
from mrs_simulator.wire.v1.tags import check_tags
from mrs_simulator.wire.v2 import cluster_rules as rules
from mrs_simulator.wire.v2.jobs import check_components, check_definition, new_job

#: What a compact custom cluster may have (service_v2 3.2).
CUSTOM_MASTERS = range(3, 12)
_INDEXES = re.compile(r":([\d,]+)$")


def create_cluster(call: Call) -> Reply:
    query_of(call)
    body = without_nulls(body_of(call))
    with refused_with("MRS.0002"):
        rules.create_cluster(call.settings.flavor, call.settings.strict)(body, "")
        cluster = create(call, body)
    return answer(200, {"cluster_id": cluster.id})


def run_job_flow(call: Call) -> Reply:
    """POST /run-job-flow: the same and jobs that start once it runs, whose IDs nobody tells.

    Here they need no synchronised user; for the service that is not documented.
    """
    query_of(call)
    body = without_nulls(body_of(call))
    with refused_with("MRS.0002"):
        rules.run_job_flow(call.settings.flavor, call.settings.strict)(body, "")
        steps = _steps(call, body)
        cluster = create(call, body)
    assert cluster.pending is not None
    if not cluster.pending.cause:
        _start(call, cluster, steps, keep=not body.get("delete_when_no_steps"))
    return answer(200, {"cluster_id": cluster.id})


def _steps(call: Call, body: JsonObject) -> list[JsonObject]:
    if body.get("charge_info", {}).get("charge_mode") == "prePaid":
        refuse("charge_info", "prePaid is not possible with steps")
    steps: list[JsonObject] = [step["job_execution"] for step in body["steps"]]
    for number, step in enumerate(steps):
        check_definition(call, step, f"steps[{number}].job_execution")
        check_components(step["job_type"], _components(body))
    return steps


def _start(call: Call, cluster: Cluster, steps: list[JsonObject], *, keep: bool) -> None:
    """One after the other, or together: which of the two is not documented."""
    assert cluster.pending is not None
    starts = cluster.pending.ends
    jobs = []
    for step in steps:
        jobs.append(new_job(call, cluster, step, starts))
        starts = jobs[-1].ends_at if call.settings.steps == "in_turn" else starts
    cluster.shutdown_jobs = [] if keep else [job.id for job in jobs]


def create(call: Call, body: JsonObject) -> Cluster:
    """Create the cluster of a body that has the right form; nothing is created when this raises.

    :raises Refusal: the fields do not fit each other, the catalog or the project.
    """
    _check_not_simulated(body)
    _check_product(call, body)
    _check_login(body)
    _check_network(body)
    tags = check_tags(body.get("tags", []), call.settings.flavor)
    groups = [_group(without_nulls(group)) for group in body["node_groups"]]
    _check_groups(call, body, groups)
    _check_scripts(body, groups)
    creation.check_project(call, body["cluster_name"])
    check_quotas(call, groups)
    return creation.make_cluster(call, _spec(call, body), groups, tags)


def _check_not_simulated(body: JsonObject) -> None:
    """What the documents name without saying what happens then."""
    charges = [
        body.get("charge_info"),
        *(group.get("charge_info") for group in body["node_groups"]),
    ]
    if any(charge and charge["charge_mode"] == "prePaid" for charge in charges):
        raise not_simulated("A prepaid cluster is an order, and orders are not simulated.")
    if body.get("add_jobs"):
        raise not_simulated("add_jobs is documented for versions before MRS 1.8.7 alone.")
    if body.get("is_dec_project"):
        raise not_simulated("Dedicated clouds are not simulated.")


def _check_product(call: Call, body: JsonObject) -> None:
    version, kind = body["cluster_version"], rules.TYPES[body["cluster_type"]]
    if version not in catalog.VERSIONS and version not in call.settings.extra_versions:
        raise Refusal("12000093", f"Version: {version}.")
    if not catalog.has_api_v2(version):
        raise Refusal("12000054", "API V2 needs MRS 1.9.2 or later.")
    if kind == CUSTOM and not catalog.is_version_3(version):
        refuse("cluster_type", "CUSTOM needs MRS 3.x")
    region, flavor = call.settings.region, call.settings.flavor
    if body["region"] != region:
        raise Refusal("120000213", f"Region: {body['region']}; this one is {region}.")
    if zones.by_name(body["availability_zone"], flavor, region) is None:
        refuse("availability_zone", f"is not the name of a zone of {region}")
    names = _components(body)
    sold = catalog.components_of(version, kind)
    for name in names:
        if name not in sold:
            refuse("components", f"{name} is not one of {version} for {body['cluster_type']}")
    unique(names, "components")
    _check_template(body, kind)


def _components(body: JsonObject) -> list[str]:
    return [name.strip() for name in body["components"].split(",")]


def _check_template(body: JsonObject, kind: int) -> None:
    """Only custom clusters have one; what it does to another type is not told, so nothing."""
    if kind != CUSTOM:
        return
    if "template_id" not in body:
        refuse("template_id", "is mandatory for CUSTOM")
    if rules.TEMPLATE.fullmatch(body["template_id"]) is None:
        raise Refusal("12000099", f"Template: {body['template_id']}.")


def _check_login(body: JsonObject) -> None:
    needed = "node_root_password" if body["login_mode"] == "PASSWORD" else "node_keypair_name"
    if needed not in body:
        refuse(needed, f"is mandatory with login_mode {body['login_mode']}")


def _check_network(body: JsonObject) -> None:
    if not body.get("subnet_id") and not body.get("subnet_name"):
        raise Refusal("12000210")
    if body.get("eip_address") and not body.get("eip_id"):
        refuse("eip_id", "is mandatory with eip_address")


def _group(document: JsonObject) -> Group:
    """The system disk has 40 GB where none is given, as in v1.1 (service_v1 4.3)."""
    root, data = document.get("root_volume", {}), document["data_volume"]
    kind = document["group_name"].partition("_")[0]
    return Group(
        name=document["group_name"],
        kind=kind if document["group_name"] in STANDARD else "core",
        count=document["node_num"],
        size=document["node_size"],
        root_type=root.get("type", "SATA"),
        root_size=root.get("size", 40),
        data_type=data["type"],
        data_size=data["size"],
        data_count=document.get("data_volume_count", 0),
        policy=document.get("auto_scaling_policy"),
        roles=document.get("assigned_roles", []),
    )


STANDARD = (v1.MASTER, *v1.CORE_GROUPS.values(), *v1.TASK_GROUPS.values())


def _check_groups(call: Call, body: JsonObject, groups: list[Group]) -> None:
    kind = rules.TYPES[body["cluster_type"]]
    names = [group.name for group in groups]
    unique(names, "node_groups[].group_name")
    for name in (v1.MASTER, *rules.NEEDED.get(kind, ())):
        if name not in names:
            refuse("node_groups", f"{name} is missing, which {body['cluster_type']} needs")
    for group in groups:
        _check_group(body, kind, group)
    _check_counts(call, body, kind, groups)


def _check_group(body: JsonObject, kind: int, group: Group) -> None:
    allowed = (v1.MASTER, *rules.NEEDED.get(kind, ()), *rules.POSSIBLE.get(kind, ()))
    if kind != CUSTOM and group.name not in allowed:
        refuse("node_groups", f"{group.name} does not fit {body['cluster_type']}")
    if kind == CUSTOM and not group.roles:
        refuse("assigned_roles", f"is mandatory for CUSTOM, also for {group.name}")
    if catalog.machine(group.size) is None:
        raise Refusal("12000048", f"Flavor: {group.size}.")
    if group.policy is not None:
        if group.kind == "master" or (kind != CUSTOM and group.kind != "task"):
            refuse("auto_scaling_policy", f"is not possible on {group.name}")
        check_policy(group.policy, kind)
    check_indexes(group.roles, group)


def check_indexes(roles: list[str], group: Group) -> None:
    """C(NameNode:2,3) needs a second and a third node in the group."""
    for role in roles:
        found = _INDEXES.search(role)
        if found and max(map(int, found[1].split(","))) > group.count:
            refuse("assigned_roles", f"{role}: {group.name} has {group.count} nodes")


def _check_counts(call: Call, body: JsonObject, kind: int, groups: list[Group]) -> None:
    masters = sum(group.count for group in groups if group.kind == "master")
    if masters not in _masters(call, body, kind):
        allowed = ", ".join(map(str, _masters(call, body, kind)))
        refuse("master nodes", f"must be one of {allowed}")
    for group in groups:
        if group.name in rules.NEEDED.get(kind, ()) and group.count < 1:
            refuse("node_num", f"of {group.name} must be at least 1")
    creation.check_number(groups)


def _masters(call: Call, body: JsonObject, kind: int) -> t.Collection[int]:
    """How many there may be. For templates that are not compact no number is documented."""
    if kind == CUSTOM:
        compact = body["template_id"].startswith("mgmt_control_combined")
        return CUSTOM_MASTERS if compact else range(1, 500)
    version_3 = catalog.is_version_3(body["cluster_version"])
    return (2,) if call.settings.flavor == "hwc" and version_3 else (1, 2)


def _check_scripts(body: JsonObject, groups: list[Group]) -> None:
    scripts: list[JsonObject] = body.get("bootstrap_scripts", [])
    unique([script["name"] for script in scripts], "bootstrap_scripts[].name")
    names = {group.name for group in groups}
    for script in scripts:
        for node in script["nodes"]:
            if node not in names:
                refuse("bootstrap_scripts[].nodes", f"{node[:64]} is not a node group of the body")


def _spec(call: Call, body: JsonObject) -> JsonObject:
    """As if v1.1 had been asked, which is what reads the cluster. Secrets are not kept."""
    zone = zones.by_name(body["availability_zone"], call.settings.flavor, call.settings.region)
    assert zone is not None
    made_up = str(uuid.uuid5(uuid.NAMESPACE_DNS, body["vpc_name"]))
    spec: JsonObject = {
        "cluster_name": body["cluster_name"],
        "cluster_version": body["cluster_version"],
        "cluster_type": rules.TYPES[body["cluster_type"]],
        "safe_mode": rules.SAFE_MODES[body["safe_mode"]],
        "data_center": body["region"],
        "available_zone_id": zone.id,
        "vpc": body["vpc_name"],
        "vpc_id": body.get("vpc_id") or made_up,
        "subnet_id": creation.subnet_id(body),
        "component_list": [{"component_name": name} for name in _components(body)],
        "login_mode": int(body["login_mode"] == "KEYPAIR"),
    }
    for name, ours in KEPT.items():
        if name in body:
            spec[ours] = body[name]
    return spec


#: Fields that are kept as they are, with the names that they have in v1.1 or here.
KEPT = {
    "subnet_name": "subnet_name",
    "security_groups_id": "security_groups_id",
    "enterprise_project_id": "enterprise_project_id",
    "log_collection": "log_collection",
    "bootstrap_scripts": "bootstrap_scripts",
    "node_keypair_name": "node_public_cert_name",
    "eip_id": "eip_id",
    "eip_address": "eip_address",
    "mrs_ecs_default_agency": "agency",
    "template_id": "template_id",
    "external_datasources": "external_datasources",
    "log_uri": "log_uri",
    "smn_notify": "smn_notify",
}
