# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Renaming a cluster, and adding components to a custom one (service_v2 5.3 and 12)."""

from __future__ import annotations

import re

from mrs_simulator.base.checks import Check, items, record, refuse, text, unique, without_nulls
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud import catalog, creation
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.state.resources import Cluster, Pending
from mrs_simulator.state.transitions import actual_state
from mrs_simulator.wire.v2 import cluster_rules as rules
from mrs_simulator.wire.v2.creation import check_indexes


def rename(call: Call) -> Reply:
    """Refuses the cluster's own name, too: no document says that only other clusters count."""
    cluster = _cluster(call)
    body = body_of(call)
    name = text(pattern=rules.CLUSTER_NAME[call.settings.flavor])
    record({"cluster_name": name}, strict=call.settings.strict)(body, "")
    if actual_state(cluster) in ("terminating", "terminated"):
        raise Refusal("12000360", f"State: {actual_state(cluster)}.")
    creation.check_name(call, body["cluster_name"])
    cluster.name = body["cluster_name"]
    return answer(200, {"result": "succeeded"})


def add_components(call: Call) -> Reply:
    cluster = _cluster(call)
    body = without_nulls(body_of(call))
    modes = items(_mode(call.settings.strict), low=1, high=100)
    record({"components_install_mode": modes}, strict=call.settings.strict)(body, "")
    _check_cluster(cluster)
    wanted = [without_nulls(mode) for mode in body["components_install_mode"]]
    names = [mode["component"] for mode in wanted]
    _check_names(cluster, names)
    pending = Pending("add_component", 0, 0, components=names, roles=_roles(cluster, wanted))
    _start(call, cluster, pending)
    return answer(200, {"result": "succeeded"})


def _cluster(call: Call) -> Cluster:
    query_of(call)
    return call.world.cluster(call.project_id, call.params["cluster_id"])


def _mode(strict: bool) -> Check:
    group = record(
        {"name": text(low=1, high=64), "assigned_roles": items(rules.role, low=1, high=200)},
        strict=strict,
    )
    return record(
        {"component": text(low=1, high=64), "node_groups": items(group, low=1, high=10)},
        {
            "component_user_password": rules.password,
            "component_default_password": rules.password,
        },
        strict=strict,
    )


def _check_cluster(cluster: Cluster) -> None:
    if not cluster.is_custom or not _is_new_enough(cluster.version):
        raise Refusal(
            "12000054", "Only custom clusters of 3.1.2, 3.1.2-LTS.2 and later get components."
        )
    if actual_state(cluster) != "running":
        raise Refusal("12000012", f"State: {actual_state(cluster)}.")


def _is_new_enough(version: str) -> bool:
    numbers = [int(number) for number in re.findall(r"\d+", version)]
    oldest = [3, 1, 2, 2] if "LTS" in version else [3, 1, 2]
    return numbers >= oldest


def _check_names(cluster: Cluster, names: list[str]) -> None:
    """What is said of a component that is there already is not documented: a wrong value."""
    unique(names, "components_install_mode[].component")
    asked = [each["component_name"] for each in cluster.spec["component_list"]]
    there = {each["componentName"] for each in catalog.installed(cluster.version, asked)}
    for name in names:
        if name in there:
            refuse("component", f"{name} is installed already")
        if name not in catalog.components_of(cluster.version, cluster.type):
            refuse("component", f"{name} is not one of {cluster.version} for a custom cluster")


def _roles(cluster: Cluster, wanted: list[JsonObject]) -> dict[str, list[str]]:
    """The new roles by group."""
    roles: dict[str, list[str]] = {}
    for mode in wanted:
        for assigned in mode["node_groups"]:
            group = cluster.group_named(assigned["name"])
            if group is None:
                refuse("node_groups", f"{assigned['name']} is not a group of the cluster")
            check_indexes(assigned["assigned_roles"], group)
            roles.setdefault(group.name, []).extend(assigned["assigned_roles"])
    return roles


def _start(call: Call, cluster: Cluster, pending: Pending) -> None:
    """It takes the time of a scale-out."""
    settings = call.settings
    pending.begins = call.now + settings.lag_of("scale_out")
    pending.ends = pending.begins + settings.duration("scale_out")
    if settings.next_component == "failed":
        settings.next_component = "ok"
        pending.cause = settings.failure_cause
    cluster.pending = pending
