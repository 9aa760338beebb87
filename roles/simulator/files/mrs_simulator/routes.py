# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every route of the simulator: served, or documented and answered with 501 (api/mrs-v1.1.md 1, api/mrs-v2.md 1)."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from mrs_simulator import clusters, creation, iam, jobs, policies, scaling, tags
from mrs_simulator.errors import not_simulated
from mrs_simulator.messages import Call, Reply

Handler = t.Callable[[Call], Reply]


@dataclass(frozen=True)
class Route:
    """C(template) as in OpenAPI. C(acts) marks what changes something, one GET included.

    C(reads) names what is read that can be stale, see settings.STALE.
    """

    method: str
    template: str
    handler: Handler
    acts: bool = False
    authenticated: bool = True
    reads: str = ""

    @property
    def segments(self) -> list[str]:
        return self.template.strip("/").split("/")


def _documented(call: Call) -> Reply:
    raise not_simulated(f"{call.request.method} {call.params['route']} is documented but not served.")


_V11 = "/v1.1/{project_id}"
_V2 = "/v2/{project_id}"

SERVED: tuple[Route, ...] = (
    Route("GET", "/", iam.versions, authenticated=False),
    Route("GET", "/v3", iam.version_3, authenticated=False),
    Route("POST", "/v3/auth/tokens", iam.create_token, authenticated=False),
    Route("GET", "/v3/auth/catalog", iam.show_catalog, authenticated=False),
    Route("GET", "/v3/auth/domains", iam.list_domains, authenticated=False),
    Route("GET", "/v3/auth/projects", iam.list_own_projects, authenticated=False),
    Route("GET", "/v3/projects", iam.list_projects, authenticated=False),
    Route("GET", "/v3/regions", iam.list_regions, authenticated=False),
    Route("POST", "/v3.0/OS-CREDENTIAL/securitytokens", iam.create_temporary_key, authenticated=False),
    Route("POST", f"{_V11}/run-job-flow", creation.create_cluster, acts=True),
    Route("GET", f"{_V11}/cluster_infos", clusters.list_clusters, reads="clusters"),
    Route("GET", f"{_V11}/cluster_infos/{{cluster_id}}", clusters.show_cluster, reads="cluster"),
    Route("PUT", f"{_V11}/cluster_infos/{{cluster_id}}", scaling.resize_cluster, acts=True),
    Route("DELETE", f"{_V11}/clusters/{{cluster_id}}", clusters.delete_cluster, acts=True),
    Route("GET", f"{_V11}/clusters/{{cluster_id}}/hosts", clusters.list_hosts, reads="hosts"),
    Route("POST", f"{_V11}/jobs/submit-job", jobs.submit_job, acts=True),
    Route("GET", f"{_V11}/job-exes", jobs.list_job_exes, reads="jobs"),
    Route("GET", f"{_V11}/job-exes/{{job_exe_id}}", jobs.show_job_exe, reads="job"),
    Route("GET", f"{_V11}/job-executions", jobs.list_job_executions, reads="jobs"),
    Route("GET", f"{_V11}/job-executions/{{job_execution_id}}", jobs.show_job_execution, reads="job"),
    Route("GET", f"{_V11}/job-executions/{{job_execution_id}}/cancel", jobs.cancel_job_execution, acts=True),
    Route("DELETE", f"{_V11}/job-executions/{{job_execution_id}}", jobs.delete_job_execution, acts=True),
    Route("POST", f"{_V11}/autoscaling-policy/{{cluster_id}}", policies.set_policy, acts=True),
    Route("GET", f"{_V11}/clusters/tags", tags.list_project_tags),
    Route("POST", f"{_V11}/clusters/resource_instances/action", tags.find_clusters),
    Route("POST", f"{_V11}/clusters/{{cluster_id}}/tags", tags.add_tag, acts=True),
    Route("GET", f"{_V11}/clusters/{{cluster_id}}/tags", tags.list_tags),
    Route("DELETE", f"{_V11}/clusters/{{cluster_id}}/tags/{{key}}", tags.delete_tag, acts=True),
    Route("POST", f"{_V11}/clusters/{{cluster_id}}/tags/action", tags.tags_action, acts=True),
    Route("GET", f"{_V2}/autoscaling-policy/{{cluster_id}}", policies.show_policies, reads="cluster"),
)

_NOT_SERVED = """
POST /v1.1/{project_id}/jobs
GET /v1.1/{project_id}/jobs
PATCH /v1.1/{project_id}/jobs/{job_id}
GET /v1.1/{project_id}/jobs/{job_id}
DELETE /v1.1/{project_id}/jobs/{job_id}
POST /v1.1/{project_id}/jobs/{job_id}/execute
POST /v1.1/{project_id}/job-binaries
GET /v1.1/{project_id}/job-binaries
PUT /v1.1/{project_id}/job-binaries/{job_binary_id}
GET /v1.1/{project_id}/job-binaries/{job_binary_id}
DELETE /v1.1/{project_id}/job-binaries/{job_binary_id}
POST /v1.1/{project_id}/data-sources
GET /v1.1/{project_id}/data-sources
PUT /v1.1/{project_id}/data-sources/{data_source_id}
GET /v1.1/{project_id}/data-sources/{data_source_id}
DELETE /v1.1/{project_id}/data-sources/{data_source_id}
GET /v1.1/{region_id}/available-zones
GET /v1.1/{project_id}/metadata/versions/{version_name}
GET /v1/cluster/{cluster_id}/ssh
PUT /v1/cluster/{cluster_id}/ssh
GET /v1/{project_id}/clusters/{cluster_id}/async_task_status/update_ecs_agency
POST /v2/{project_id}/clusters
POST /v2/{project_id}/run-job-flow
PUT /v2/{project_id}/clusters/{cluster_id}/cluster-name
POST /v2/{project_id}/clusters/{cluster_id}/expand
POST /v2/{project_id}/clusters/{cluster_id}/shrink
POST /v2/{project_id}/clusters/{cluster_id}/components
GET /v2/{project_id}/clusters/{cluster_id}/nodes
POST /v2/{project_id}/clusters/{cluster_id}/job-executions
GET /v2/{project_id}/clusters/{cluster_id}/job-executions
GET /v2/{project_id}/clusters/{cluster_id}/job-executions/{job_execution_id}
POST /v2/{project_id}/clusters/{cluster_id}/job-executions/{job_execution_id}/kill
POST /v2/{project_id}/clusters/{cluster_id}/job-executions/batch-delete
GET /v2/{project_id}/clusters/{cluster_id}/job-executions/{job_execution_id}/sql-result
POST /v2/{project_id}/autoscaling-policy/{cluster_id}
PUT /v2/{project_id}/autoscaling-policy/{cluster_id}
DELETE /v2/{project_id}/autoscaling-policy/{cluster_id}
POST /v2/{project_id}/clusters/{cluster_id}/sql-execution
GET /v2/{project_id}/clusters/{cluster_id}/sql-execution/{sql_id}
POST /v2/{project_id}/clusters/{cluster_id}/sql-execution/{sql_id}/cancel
GET /v2/{project_id}/clusters/{cluster_id}/iam-sync-user
POST /v2/{project_id}/clusters/{cluster_id}/iam-sync-user
DELETE /v2/{project_id}/clusters/{cluster_id}/iam-sync-user
GET /v2/{project_id}/clusters/{cluster_id}/iam-sync
GET /v2/{project_id}/clusters/{cluster_id}/iam-sync/is-synchronous
GET /v2/{project_id}/clusters/{cluster_id}/agency-mapping
PUT /v2/{project_id}/clusters/{cluster_id}/agency-mapping
GET /v2/{project_id}/clusters/{cluster_id}/files
POST /v2/{project_id}/data-connectors
GET /v2/{project_id}/data-connectors
PUT /v2/{project_id}/data-connectors/{connector_id}
DELETE /v2/{project_id}/data-connectors/{connector_id}
GET /v2/{project_id}/clusters/{cluster_id}/tags/quota
GET /v2/{project_id}/clusters/{cluster_id}/tags/status
POST /v2/{project_id}/clusters/{cluster_id}/tags/switch
GET /v2/{project_id}/metadata/versions
GET /v2/{project_id}/metadata/version/{version_name}/available-flavor
GET /v2/{project_id}/clusters/{cluster_id}/security-rule/status
GET /v2/{project_id}/clusters/{cluster_id}/manager-auth
POST /v2/{project_id}/clusters/{cluster_id}/manager-auth
"""

NOT_SERVED: tuple[Route, ...] = tuple(
    Route(method, template, _documented, authenticated=False)
    for method, template in (line.split() for line in _NOT_SERVED.strip().splitlines())
)


def _index() -> dict[tuple[str, int], list[Route]]:
    """Routes by method and number of segments; those with more fixed segments first."""
    index: dict[tuple[str, int], list[Route]] = {}
    for route in sorted((*SERVED, *NOT_SERVED), key=lambda route: route.template.count("{")):
        index.setdefault((route.method, len(route.segments)), []).append(route)
    return index


_INDEX = _index()


def find(method: str, segments: list[str]) -> tuple[Route, dict[str, str]] | None:
    """The route of a request and its path parameters, or None."""
    for route in _INDEX.get((method, len(segments)), ()):
        params = _match(route.segments, segments)
        if params is not None:
            return route, {**params, "route": route.template}
    return None


def _match(template: list[str], segments: list[str]) -> dict[str, str] | None:
    params: dict[str, str] = {}
    for pattern, segment in zip(template, segments, strict=True):
        if pattern.startswith("{") and segment:
            params[pattern[1:-1]] = segment
        elif pattern != segment:
            return None
    return params
