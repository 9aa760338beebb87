# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Node counts: from wanted numbers to the deltas of the service, one group after the other. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
    WaitError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Action, Change, View
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_api import (
    resize_api,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
        DesiredGroup,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )


#: Documented floor of core nodes; some clouds go below it, so it is a warning and the service
#: decides.
CORE_FLOOR = 3


@dataclasses.dataclass(frozen=True)
class Resize:
    """Bring one group from C(before) to C(after) nodes.

    C(remove), C(keep): VM ids of nodes that shall go or must stay. C(task_node): size and volumes
    (C(node_size), C(data_volume_*)) of the first task nodes, which the service needs then and
    refuses later. C(api): the one that resizes the cluster. C(resource_ids): the same nodes as in
    C(remove), as API v2 calls them.
    """

    group: str
    before: int
    after: int
    remove: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    task_node: t.Mapping[str, t.Any] | None = None
    skip_bootstrap_scripts: bool = False
    scale_without_start: bool = False
    api: str = V1
    resource_ids: tuple[str, ...] = ()

    @property
    def outwards(self) -> bool:
        return self.after > self.before

    @property
    def direction(self) -> str:
        """As the action is called, and the C(scale_type) of API v1.1."""
        return "scale_out" if self.outwards else "scale_in"

    @property
    def action(self) -> Action:
        action: Action = {
            "action": self.direction,
            "group": self.group,
            "from": self.before,
            "to": self.after,
        }
        if self.remove:
            action["instances"] = list(self.remove)
        return action

    def effect(self, view: View) -> View:
        return {**view, "node_counts": {**view["node_counts"], self.group: self.after}}

    def parameters(self) -> dict[str, t.Any]:
        """The C(parameters) of the request of API v1.1."""
        parameters: dict[str, t.Any] = {
            "scale_type": self.direction,
            "node_group": f"{self.group}_node_default_group",
            "instances": abs(self.after - self.before),
        }
        if self.outwards:
            parameters["skip_bootstrap_scripts"] = self.skip_bootstrap_scripts
            parameters["scale_without_start"] = self.scale_without_start
            if self.task_node and self.before == 0:
                parameters["task_node_info"] = dict(self.task_node)
        elif self.group == "task":
            parameters["server_ids"] = list(self.remove)
        else:
            parameters["include_instances"] = list(self.remove)
            parameters["exclude_instances"] = list(self.keep)
        return {key: value for key, value in parameters.items() if value != []}

    def body(self) -> dict[str, t.Any]:
        """The request of API v2 (service_v2 5.1).

        Bootstrap scripts would not run without a word of them, unlike by API v1.1 (V16).
        """
        group = {"node_group_name": self.group}
        if self.outwards:
            return {
                **group,
                "count": self.after - self.before,
                "skip_bootstrap_scripts": self.skip_bootstrap_scripts,
                "scale_without_start": self.scale_without_start,
            }
        if self.resource_ids:
            return {**group, "resource_ids": list(self.resource_ids)}
        return {**group, "count": self.before - self.after}


def plan(counts: t.Mapping[str, int], wanted: t.Mapping[str, int]) -> list[Resize]:
    """The resizes that bring C(counts) to C(wanted), by group.

    Growing groups come first, so that work finds a place to go.
    """
    found = [
        Resize(group, there, wanted[group])
        for group, there in counts.items()
        if group != "master" and wanted.get(group, there) != there
    ]
    return sorted(found, key=lambda resize: not resize.outwards)


def steps(desired: DesiredCluster, cluster: Cluster, wanted: t.Mapping[str, int]) -> list[Resize]:
    """The resizes of a cluster that is wanted with so many nodes in these groups."""
    found = []
    for resize in plan(cluster.counts, wanted):
        group = t.cast("DesiredGroup", desired.group(resize.group))
        api = resize_api(cluster.type)
        step = dataclasses.replace(resize, task_node=group.task_node(), api=api)
        check_task_node(step, "node_groups[task].size")
        found.append(step)
    return found


def overshot(title: str, group: str, *, first: int, wanted: int, now: int) -> WaitError:
    """More nodes are there than this task, which wanted to add some, had asked for.

    It does not take them away.
    """
    return WaitError(
        f"Cluster {title} has {now} {group} nodes, where {wanted} were requested and {first} were "
        "there before: the resize was requested twice, by somebody else or by a request that "
        "arrived late. No node was removed.",
        hint=(
            "Look whether jobs use the nodes. Then run the task again, which scales in to "
            f"{wanted}."
        ),
    )


def check_not_overshot(title: str, first: t.Sequence[Change], resize: Change) -> None:
    """:raises WaitError: nodes would go that were not there at the first plan of this task."""
    if not isinstance(resize, Resize) or resize.outwards:
        return
    before = {each.group: each for each in first if isinstance(each, Resize)}.get(resize.group)
    if before is None or before.outwards:
        there = before.before if before else resize.after
        raise overshot(title, resize.group, first=there, wanted=resize.after, now=resize.before)


def warnings(
    title: str, resizes: t.Iterable[Resize], running: t.Sequence[JobExecution]
) -> list[str]:
    """What a scale-in may do to work that is going on.

    C(running): the jobs on the cluster that is called C(title).
    """
    inwards = [resize for resize in resizes if not resize.outwards]
    found = [
        f"Open Telekom Cloud documents at least {CORE_FLOOR} core nodes after a scale-in; "
        f"{resize.after} are wanted."
        for resize in inwards
        if resize.group == "core" and resize.after < CORE_FLOOR
    ]
    if inwards and running:
        jobs = ", ".join(job.title for job in running)
        found.append(f"Cluster {title} is scaled in while jobs run on it: {jobs}.")
    return found


class LaterResize(t.NamedTuple):
    """Scale a group of a cluster that is not there yet, so that its count is not known."""

    group: str
    after: int

    @property
    def action(self) -> Action:
        return {"action": "scale_out", "group": self.group, "from": None, "to": self.after}

    def effect(self, view: View) -> View:
        return {**view, "node_counts": {self.group: self.after}}


def check_task_node(resize: Resize, option: str) -> None:
    """:raises OptionError: the first task nodes are wanted and nothing says of which size."""
    is_first = resize.group == "task" and resize.before == 0
    given = resize.task_node or {}
    if is_first and not given.get("node_size"):
        raise OptionError(
            option, "the cluster has no task nodes yet, so the size of the first ones is needed"
        )
