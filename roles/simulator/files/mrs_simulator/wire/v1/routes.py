# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The routes of v1.1, and of v1 (service_v1 1 and 7, service_v2 2 and 12)."""

from __future__ import annotations

from mrs_simulator.wire.route import Route, documented
from mrs_simulator.wire.v1 import clusters, creation, jobs, policies, scaling, tags, versions

_V11 = "/v1.1/{project_id}"
_EXECUTIONS = f"{_V11}/job-executions"
_EXECUTION = f"{_EXECUTIONS}/{{job_execution_id}}"

SERVED: tuple[Route, ...] = (
    Route("POST", f"{_V11}/run-job-flow", creation.create_cluster, acts=True),
    Route("GET", f"{_V11}/cluster_infos", clusters.list_clusters, reads="clusters"),
    Route("GET", f"{_V11}/cluster_infos/{{cluster_id}}", clusters.show_cluster, reads="cluster"),
    Route("PUT", f"{_V11}/cluster_infos/{{cluster_id}}", scaling.resize_cluster, acts=True),
    Route("DELETE", f"{_V11}/clusters/{{cluster_id}}", clusters.delete_cluster, acts=True),
    Route("GET", f"{_V11}/clusters/{{cluster_id}}/hosts", clusters.list_hosts, reads="hosts"),
    Route("POST", f"{_V11}/jobs/submit-job", jobs.submit_job, acts=True),
    Route("GET", f"{_V11}/job-exes", jobs.list_job_exes, reads="jobs"),
    Route("GET", f"{_V11}/job-exes/{{job_exe_id}}", jobs.show_job_exe, reads="job"),
    Route("GET", _EXECUTIONS, jobs.list_job_executions, reads="jobs"),
    Route("GET", _EXECUTION, jobs.show_job_execution, reads="job"),
    Route("GET", f"{_EXECUTION}/cancel", jobs.cancel_job_execution, acts=True),
    Route("DELETE", _EXECUTION, jobs.delete_job_execution, acts=True),
    Route("POST", f"{_V11}/autoscaling-policy/{{cluster_id}}", policies.set_policy, acts=True),
    Route("GET", f"{_V11}/clusters/tags", tags.list_project_tags),
    Route("POST", f"{_V11}/clusters/resource_instances/action", tags.find_clusters),
    Route("POST", f"{_V11}/clusters/{{cluster_id}}/tags", tags.add_tag, acts=True),
    Route("GET", f"{_V11}/clusters/{{cluster_id}}/tags", tags.list_tags),
    Route("DELETE", f"{_V11}/clusters/{{cluster_id}}/tags/{{key}}", tags.delete_tag, acts=True),
    Route("POST", f"{_V11}/clusters/{{cluster_id}}/tags/action", tags.tags_action, acts=True),
    Route("GET", f"{_V11}/metadata/versions/{{version_name}}", versions.show_version, otc=False),
    Route("GET", "/v1.1/{region_id}/available-zones", versions.list_zones, otc=False),
)

NOT_SERVED = documented("""
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
GET /v1/cluster/{cluster_id}/ssh
PUT /v1/cluster/{cluster_id}/ssh
GET /v1/{project_id}/clusters/{cluster_id}/async_task_status/update_ecs_agency
""")
