# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What both APIs share when they create a cluster (service_v1 3, service_v2 3)."""

from __future__ import annotations

import uuid

from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject
from mrs_simulator.cloud import catalog
from mrs_simulator.cloud.call import Call
from mrs_simulator.cloud.nodes import make_hosts
from mrs_simulator.state.resources import Cluster, Group, Pending
from mrs_simulator.state.transitions import DEAD, actual_state

MAX_IN_CREATION = 10
MAX_NODES = 500


def check_project(call: Call, name: str) -> None:
    """:raises Refusal: a living cluster has the name, or too many are in creation."""
    check_name(call, name)
    clusters = call.world.clusters(call.project_id)
    if sum(actual_state(cluster) == "starting" for cluster in clusters) >= MAX_IN_CREATION:
        raise Refusal("12000042", f"At most {MAX_IN_CREATION} clusters can be in creation.")


def check_name(call: Call, name: str) -> None:
    clusters = call.world.clusters(call.project_id)
    if any(cluster.name == name and actual_state(cluster) not in DEAD for cluster in clusters):
        raise Refusal("12000043", f"Name: {name}.")


def check_number(groups: list[Group], added: int = 0) -> None:
    """:raises Refusal: more core and task nodes than a cluster can have."""
    count = sum(group.count for group in groups if group.kind != "master")
    if count + added > MAX_NODES:
        raise Refusal("12000028", f"At most {MAX_NODES} are possible.")


def subnet_id(body: JsonObject) -> str:
    """The ID of the subnet, made up where the body has only its name."""
    name = body.get("subnet_name", "")
    return body.get("subnet_id") or str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def make_cluster(
    call: Call, spec: JsonObject, groups: list[Group], tags: dict[str, str]
) -> Cluster:
    """A cluster that starts. C(spec) has the fields of v1.1, whichever API was asked."""
    world, now = call.world, call.now
    cluster = Cluster(
        id=world.new_id(),
        project_id=call.project_id,
        name=spec["cluster_name"],
        spec=spec,
        created_at=now,
        updated_at=now,
        groups=groups,
        security_group=spec.get("security_groups_id") or world.new_id(),
        subnet=len(world.store.clusters) % 250,
        tags=tags,
    )
    pending = Pending(
        "create", now, now + call.settings.duration("create"), cause=_failure(call, spec, groups)
    )
    if not pending.cause:
        pending.added = [
            host for group in groups for host in make_hosts(world, cluster, group, group.count)
        ]
    cluster.pending = pending
    world.store.clusters[cluster.id] = cluster
    return cluster


def _failure(call: Call, spec: JsonObject, groups: list[Group]) -> str:
    """Why this creation will fail later, or nothing (service_v1 Q30)."""
    minimum = call.settings.min_root_volume
    smallest = min(group.root_size for group in groups)
    if catalog.is_version_3(spec["cluster_version"]) and smallest < minimum:
        detail = f"root volume size is [{smallest}], must over image mindisk [{minimum}]"
        return f"(MRS.201) Creating the ECS failed. Ecs.0005: {detail}"
    if call.settings.next_creation == "failed":
        call.settings.next_creation = "ok"
        return call.settings.failure_cause
    return ""
