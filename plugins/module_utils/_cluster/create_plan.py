# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is to do to create a cluster, or to put one in the place of another. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import DifferenceError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
    Create,
    Delete,
    SwitchDefaultTags,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import view_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Submit
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    OWN_NAMES,
    ROLES,
    Cluster,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
        ClusterChange,
        Current,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )


def creation(desired: DesiredCluster, wait: bool) -> list[ClusterChange]:
    """A new cluster, and what it gets once it runs."""
    api = desired.creation_api().api
    changes: list[ClusterChange] = [Create(desired.name or "", wanted_view(desired), api)]
    if desired.default_tags and wait:
        changes.append(SwitchDefaultTags(True))
    changes += [Submit(job.name) for job in desired.all_jobs]
    return changes


def replacement(
    desired: DesiredCluster,
    current: Current,
    cluster: Cluster,
    different: t.Sequence[tuple[str, t.Any, t.Any]],
    wait: bool,
) -> Plan:
    """A new cluster instead of the different one, if the user wants it and no job is killed."""
    told = "; ".join(
        f"{field}: wanted {_describe(wanted)}, found {_describe(there)}"
        for field, wanted, there in different
    )
    if desired.recreate == "on_change" and not current.running:
        if not wait:
            raise cluster_state.not_now(
                cluster, "it cannot be replaced without waiting until it is deleted"
            )
        successor = desired.in_place_of(cluster)
        return Plan((Delete(cluster), *creation(successor, wait)), before=view_of(cluster))
    hint = (
        "Nothing was changed. Set the options to what was found, or set recreate: on_change to "
        "delete the cluster and create it again."
    )
    if current.running:
        jobs = ", ".join(job.title for job in current.running)
        hint = f"It is not recreated while jobs run on it: {jobs}."
    facts = {
        "differences": [
            {"field": field, "wanted": want, "found": found} for field, want, found in different
        ]
    }
    message = f"Cluster {cluster.title} differs in what the service cannot change in place: {told}."
    raise DifferenceError(message, hint=hint, facts=facts)


def _describe(value: t.Any) -> str:
    """A value in a sentence, as a playbook spells it."""
    if isinstance(value, (bool, list)):
        return json.dumps(value)
    return str(value)


def wanted_view(desired: DesiredCluster) -> dict[str, t.Any]:
    """What the diff shows of a cluster that is to be created."""
    desired = desired.of_kind(None)
    task = desired.group("task")
    counts: dict[str, int] = {}
    if desired.type not in OWN_NAMES:
        counts.update(dict.fromkeys(ROLES, 0))
    counts.update({group.name: group.count or 0 for group in desired.groups})
    return {
        "name": desired.name,
        "node_counts": counts,
        "tags": dict(desired.tags or {}),
        "auto_scaling_policy": task.policy if task else None,
    }
