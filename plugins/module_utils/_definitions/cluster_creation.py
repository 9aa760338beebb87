# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The request for a new cluster, and what the service may refuse of it. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions import (
    cluster_request_v1,
    cluster_request_v2,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import (
    V1,
    V2,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import (
    creation_limits,
    limits,
    policy_limits,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )


def creation_request(desired: DesiredCluster, region: str | None) -> dict[str, t.Any]:
    """The request that creates it.

    :raises OptionError: something is missing that a new cluster needs.
    """
    by_v2 = desired.creation_api().api == V2
    request = cluster_request_v2.request if by_v2 else cluster_request_v1.request
    _check_jobs(desired)
    _check_scripts(desired)
    return request(desired.of_kind(desired.kind), desired.region or region)


def creation_doubts(desired: DesiredCluster, cloud: str | None) -> list[str]:
    """What the service may refuse of a creation.

    :raises OptionError: something that this cloud refuses.
    """
    api = desired.creation_api().api
    table = (*limits.CLUSTER, *creation_limits.CLUSTER, *policy_limits.OF_CLUSTER)
    found = limits.warnings(table, desired.given, cloud, api=api)
    if api == V2 and cloud == limits.OTC and len(desired.name or "") == 1:
        found.append("name: API v2 of Open Telekom Cloud needs 2 to 64 characters.")
    if api == V1 and desired.admin_password is None:
        found += _without_admin(cloud)
    for job in desired.all_jobs:
        job_api = V2 if desired.jobs else desired.job_api(desired.version, desired.safe_mode)
        found += job.doubts(cloud, job.place, job_api)
    return found


def _check_scripts(desired: DesiredCluster) -> None:
    policy_limits.check_not_masked(desired.bootstrap_scripts, "bootstrap_scripts")
    for group in desired.groups:
        policy_limits.check_not_masked(
            (group.policy or {}).get("exec_scripts"),
            f"node_groups[{group.name}].auto_scaling_policy.exec_scripts",
        )


def _check_jobs(desired: DesiredCluster) -> None:
    if desired.jobs and desired.job_api(desired.version, desired.safe_mode) != V2:
        raise OptionError(
            "jobs", f"they need a cluster of MRS 3, and this one has {desired.version}"
        )
    for job in desired.jobs:
        job.check(V2)
    if desired.job is None:
        return
    desired.job.check(desired.job_api(desired.version, desired.safe_mode))
    if desired.job.job_type == "distcp" and desired.creates_with_job:
        raise OptionError(
            "job.job_type",
            "distcp cannot run with the creation of a cluster before MRS 3; use mrs_job afterwards",
        )
    if desired.job.shutdown_cluster and not desired.creates_with_job:
        raise OptionError(
            "job.shutdown_cluster",
            f"a cluster of {desired.version} must be running before it takes a job, so the service "
            "does not delete it after the job; use the role transient_job, or on MRS 3 jobs with "
            "shutdown_cluster: true",
        )


def _without_admin(cloud: str | None) -> list[str]:
    """What Open Telekom Cloud says to it (service_v1 3.1).

    :raises OptionError: it is that cloud.
    """
    if cloud == limits.OTC:
        raise OptionError("admin_password", "Open Telekom Cloud needs it for a new cluster")
    needed = ["admin_password: Open Telekom Cloud needs it for a new cluster."]
    return [] if cloud else needed
