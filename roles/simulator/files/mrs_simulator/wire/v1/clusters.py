# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""List, detail and deletion of clusters, and their hosts (service_v1 4.1, 4.2, 4.5, 4.6)."""

from __future__ import annotations

import typing as t

from mrs_simulator.base.checks import refuse
from mrs_simulator.base.errors import Refusal, not_simulated
from mrs_simulator.base.messages import Reply, answer
from mrs_simulator.base.parsing import page, whole
from mrs_simulator.cloud.call import Call, query_of
from mrs_simulator.state.resources import Cluster, Pending
from mrs_simulator.state.transitions import UNDELETABLE, actual_state, shown
from mrs_simulator.wire.v1 import cluster_shape

MAX_PAGE = 2147483646
STATES = (
    "starting", "running", "scaling-out", "scaling-in", "abnormal", "terminating", "terminated",
    "failed", "frozen", "rebooting", "shutdown", "scaling-error",
)  # fmt: skip

Filter = t.Callable[[Cluster], bool]


def list_clusters(call: Call) -> Reply:
    names = ["pageSize", "currentPage", "clusterState", "tags"]
    if call.settings.flavor == "hwc":
        names += ["clusterName", "enterpriseProjectId"]
    query = query_of(call, *names)
    size = whole(query, "pageSize", 10, 1, MAX_PAGE)
    number = whole(query, "currentPage", 1, 1, MAX_PAGE)
    filters = _filters(call, query)
    found = [
        cluster
        for cluster in call.world.clusters(call.project_id)
        if all(test(cluster) for test in filters)
    ]
    total: t.Any = str(len(found)) if call.settings.total_as_text else len(found)
    items = [
        cluster_shape.cluster(cluster, call, in_list=True) for cluster in page(found, number, size)
    ]
    return answer(200, {"clusterTotal": total, "clusters": items})


def _filters(call: Call, query: dict[str, str]) -> list[Filter]:
    filters: list[Filter] = []
    if query.get("clusterState"):
        filters.append(_state_filter(call, query["clusterState"]))
    if query.get("tags"):
        filters.append(_tag_filter(call, query["tags"]))
    if query.get("clusterName"):
        filters.append(lambda cluster: query["clusterName"] in cluster.name)
    wanted = query.get("enterpriseProjectId")
    if wanted == "all_granted_eps":
        raise not_simulated("What all_granted_eps means for MRS is not documented.")
    if wanted:
        filters.append(lambda cluster: cluster.spec.get("enterprise_project_id", "0") == wanted)
    if not call.settings.keep_deleted:
        filters.append(lambda cluster: cluster.state != "terminated")
    return filters


def _state_filter(call: Call, wanted: str) -> Filter:
    def state(cluster: Cluster) -> str:
        return shown(cluster, call.now, call.settings.flavor).state

    if call.settings.flavor == "hwc" and wanted in ("existing", "history"):
        return lambda cluster: (state(cluster) == "terminated") == (wanted == "history")
    if wanted not in STATES:
        refuse("clusterState", "is not a state of a cluster")
    return lambda cluster: state(cluster) == wanted


def _tag_filter(call: Call, text: str) -> Filter:
    """C(k1*v1,k2*v2): all of them; without a star the value is empty."""
    wanted = [part.partition("*")[::2] for part in text.split(",")]

    def test(cluster: Cluster) -> bool:
        tags = cluster.shown_tags(call.now)
        return all(tags.get(key) == value for key, value in wanted)

    return test


def show_cluster(call: Call) -> Reply:
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    document = cluster_shape.cluster(cluster, call)
    return answer(200, {"cluster": document} if call.settings.cluster_wrapper else document)


def delete_cluster(call: Call) -> Reply:
    query_of(call)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    state = actual_state(cluster)
    if state in UNDELETABLE:
        raise Refusal("12000021", f"State: {state}.")
    begins = call.now + call.settings.lag_of("delete")
    cluster.pending = Pending("delete", begins, begins + call.settings.duration("delete"))
    return answer(204)


def list_hosts(call: Call) -> Reply:
    query = query_of(call, "pageSize", "currentPage")
    size = whole(query, "pageSize", 10, 1, MAX_PAGE)
    number = whole(query, "currentPage", 1, 1, MAX_PAGE)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    hosts = [cluster_shape.host(host, cluster, call) for host in page(cluster.hosts, number, size)]
    return answer(200, {"total": len(cluster.hosts), "hosts": hosts})
