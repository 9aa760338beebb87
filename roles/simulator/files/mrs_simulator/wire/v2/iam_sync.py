# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users of IAM on a cluster (service_v2 6). Only Huawei Cloud publishes these calls."""

from __future__ import annotations

from mrs_simulator.base.checks import Check, flag, items, record, text, without_nulls
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import Reply, answer
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.identity.account import GROUP, USERNAME
from mrs_simulator.state.resources import Cluster
from mrs_simulator.state.transitions import actual_state

MAX_NAMES = 1000


def _cluster(call: Call) -> Cluster:
    query_of(call)
    return call.world.cluster(call.project_id, call.params["cluster_id"])


def list_users(call: Call) -> Reply:
    """GET iam-sync-user."""
    cluster = _cluster(call)
    names = {"user_names": sorted(cluster.users), "group_names": sorted(cluster.user_groups)}
    return answer(200, names)


def show_status(call: Call) -> Reply:
    """GET iam-sync."""
    return answer(200, {"is_synchronizing": _cluster(call).sync is not None})


def show_synchronous(call: Call) -> Reply:
    """GET iam-sync/is-synchronous: has this cluster finished a synchronisation?"""
    return answer(200, {"is_synchronous": _cluster(call).synchronized})


def add_users(call: Call) -> Reply:
    """POST iam-sync-user. Users bring their groups; a group does not bring its users."""
    cluster = _cluster(call)
    users, groups, everybody = _names(call, {"is_all_sync": flag()})
    if everybody:
        users, groups = {USERNAME}, {GROUP}
    if not users <= {USERNAME}:
        raise Refusal("12000157", f"Users: {', '.join(sorted(users - {USERNAME}))[:200]}.")
    if not groups <= {GROUP}:
        raise Refusal("12000156", f"Groups: {', '.join(sorted(groups - {GROUP}))[:200]}.")
    if users:
        groups = groups | {GROUP}
    return _start(call, cluster, users | set(cluster.users), groups | set(cluster.user_groups))


def remove_users(call: Call) -> Reply:
    """DELETE iam-sync-user, with a body. Names that are not there do no harm."""
    cluster = _cluster(call)
    users, groups, _everybody = _names(call, {})
    return _start(call, cluster, set(cluster.users) - users, set(cluster.user_groups) - groups)


def _names(call: Call, more: dict[str, Check]) -> tuple[set[str], set[str], bool]:
    names = items(text(low=1, high=64), high=MAX_NAMES)
    optional: dict[str, Check] = {"user_names": names, "group_names": names, **more}
    body = without_nulls(body_of(call))
    record({}, optional, strict=call.settings.strict)(body, "")
    users, groups = set(body.get("user_names", [])), set(body.get("group_names", []))
    return users, groups, bool(body.get("is_all_sync", False))


def _start(call: Call, cluster: Cluster, users: set[str], groups: set[str]) -> Reply:
    if actual_state(cluster) != "running":
        raise Refusal("12000012", f"State: {actual_state(cluster)}.")
    if cluster.sync is not None:
        raise Refusal("12000154")
    ends = call.now + call.settings.duration("sync")
    cluster.sync = {"users": sorted(users), "groups": sorted(groups), "ends": ends}
    return answer(202, {"state": "synchronizing"})
