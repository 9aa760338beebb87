# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The routes of v2 (service_v2 1)."""

from __future__ import annotations

from mrs_simulator.wire.route import Route, documented
from mrs_simulator.wire.v2 import (
    agency_mappings,
    changes,
    connections,
    creation,
    default_tags,
    files,
    iam_sync,
    jobs,
    manager_auth,
    nodes,
    policies,
    scaling,
    versions,
)

_V2 = "/v2/{project_id}"
_CLUSTER = f"{_V2}/clusters/{{cluster_id}}"
_POLICY = f"{_V2}/autoscaling-policy/{{cluster_id}}"
_CONNECTIONS = f"{_V2}/data-connectors"
_CONNECTION = f"{_CONNECTIONS}/{{connector_id}}"
_MAPPINGS = f"{_CLUSTER}/agency-mapping"
_JOBS = f"{_CLUSTER}/job-executions"

SERVED: tuple[Route, ...] = (
    Route("POST", f"{_V2}/clusters", creation.create_cluster, acts=True, limit=60),
    Route("POST", f"{_V2}/run-job-flow", creation.run_job_flow, acts=True, limit=60, otc=False),
    Route("PUT", f"{_CLUSTER}/cluster-name", changes.rename, acts=True, limit=60),
    Route("POST", f"{_CLUSTER}/expand", scaling.expand, acts=True, limit=60, otc=False),
    Route("POST", f"{_CLUSTER}/shrink", scaling.shrink, acts=True, limit=60, otc=False),
    Route("POST", f"{_CLUSTER}/components", changes.add_components, acts=True, limit=60, otc=False),
    Route(
        "GET",
        _POLICY,
        policies.show_policies,
        reads="cluster",
        limit=1000,
    ),
    Route("POST", _POLICY, policies.create_policy, acts=True, limit=60, otc=False),
    Route("PUT", _POLICY, policies.change_policy, acts=True, limit=60, otc=False),
    Route("DELETE", _POLICY, policies.delete_policy, acts=True, limit=60, otc=False),
    Route("POST", _JOBS, jobs.submit, acts=True, limit=60),
    Route("GET", _JOBS, jobs.list_jobs, reads="jobs", limit=1000),
    Route("POST", f"{_JOBS}/batch-delete", jobs.batch_delete, acts=True, limit=60),
    Route("GET", f"{_JOBS}/{{job_execution_id}}", jobs.show, reads="job", limit=1000),
    Route("POST", f"{_JOBS}/{{job_execution_id}}/kill", jobs.kill, acts=True, limit=60),
    Route("GET", f"{_JOBS}/{{job_execution_id}}/sql-result", jobs.sql_result, limit=1000),
    Route("GET", f"{_CLUSTER}/iam-sync-user", iam_sync.list_users, limit=1000, otc=False),
    Route("POST", f"{_CLUSTER}/iam-sync-user", iam_sync.add_users, acts=True, limit=60, otc=False),
    Route(
        "DELETE",
        f"{_CLUSTER}/iam-sync-user",
        iam_sync.remove_users,
        acts=True,
        limit=60,
        otc=False,
    ),
    Route("GET", f"{_CLUSTER}/tags/quota", default_tags.show_quota, reads="cluster", otc=False),
    Route("GET", f"{_CLUSTER}/tags/status", default_tags.show_status, reads="cluster", otc=False),
    Route("POST", f"{_CLUSTER}/tags/switch", default_tags.switch, acts=True, otc=False),
    Route("GET", f"{_CLUSTER}/manager-auth", manager_auth.show, reads="cluster", otc=False),
    Route("POST", f"{_CLUSTER}/manager-auth", manager_auth.switch, acts=True, otc=False),
    Route("GET", f"{_CLUSTER}/files", files.list_files, limit=1000, otc=False),
    Route("GET", f"{_CLUSTER}/nodes", nodes.list_nodes, reads="hosts", limit=200, otc=False),
    Route("GET", f"{_CLUSTER}/iam-sync", iam_sync.show_status, otc=False),
    Route("GET", f"{_CLUSTER}/iam-sync/is-synchronous", iam_sync.show_synchronous, otc=False),
    Route("GET", _MAPPINGS, agency_mappings.show, reads="cluster", limit=1000, otc=False),
    Route("PUT", _MAPPINGS, agency_mappings.change, acts=True, limit=60, otc=False),
    Route("GET", _CONNECTIONS, connections.list_all, reads="connections", limit=1000, otc=False),
    Route("POST", _CONNECTIONS, connections.create, acts=True, limit=60, otc=False),
    Route("PUT", _CONNECTION, connections.change, acts=True, limit=60, otc=False),
    Route("DELETE", _CONNECTION, connections.delete, acts=True, limit=60, otc=False),
    Route("GET", f"{_V2}/metadata/versions", versions.list_versions, limit=1000, otc=False),
    Route(
        "GET",
        f"{_V2}/metadata/version/{{version_name}}/available-flavor",
        versions.list_flavors,
        limit=1000,
        otc=False,
    ),
)

NOT_SERVED = documented("""
POST /v2/{project_id}/clusters/{cluster_id}/sql-execution
GET /v2/{project_id}/clusters/{cluster_id}/sql-execution/{sql_id}
POST /v2/{project_id}/clusters/{cluster_id}/sql-execution/{sql_id}/cancel
GET /v2/{project_id}/clusters/{cluster_id}/security-rule/status
""")
