# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account of a run, made of what was seen: as values for programs, and as lines for people.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import result_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    ClusterOutcome,
    DesiredTransientJob,
    Situation,
    cluster_outcome,
    job_outcome,
)


@dataclasses.dataclass
class Report:
    """What one start of a run has to tell.

    C(cluster): as it was seen last. C(asked): its deletion was accepted in this start.
    C(executions): by place in the list of jobs. C(running): those that an earlier start had begun
    and that had not ended when the run was judged. C(submitted): the places of the jobs that this
    start began. C(notes): sentences about others.
    """

    wanted: DesiredTransientJob
    cluster: Cluster | None = None
    asked: bool = False
    reused: bool = False
    #: The cluster was seen while it was in use; what it leaves behind is told from this.
    used: Cluster | None = None
    own_group: bool = False
    executions: dict[int, JobExecution] = dataclasses.field(default_factory=dict)
    running: t.Mapping[int, JobExecution] = dataclasses.field(default_factory=dict)
    submitted: set[int] = dataclasses.field(default_factory=set)
    notes: list[str] = dataclasses.field(default_factory=list)
    reason: str = ""
    runtime: int = 0

    @property
    def outcome(self) -> ClusterOutcome:
        return cluster_outcome(self.cluster, asked=self.asked)

    @property
    def succeeded(self) -> bool:
        return not self.reason

    def results(self) -> dict[str, t.Any]:
        """The documented keys of the result."""
        shown = self.used or self.cluster
        done = [self._execution(place) for place in range(len(self.wanted.jobs))]
        return {
            "account": {
                "cluster": self.outcome,
                "cluster_id": self.cluster.id if self.cluster else None,
                "jobs": self._jobs(),
            },
            "succeeded": self.succeeded,
            "reason": self.reason,
            "job_executions": [each.result() for each in done if each],
            "cluster": result_of(shown),
            "reused": self.reused,
            "deleted": self.asked and self.outcome == "deleted",
            "runtime": self.runtime,
            "left_behind": self._left_behind(),
            "summary": self.lines(),
        }

    def _jobs(self) -> list[dict[str, t.Any]]:
        found = []
        for place, job in enumerate(self.wanted.jobs):
            execution = self.executions.get(place)
            outcome = job_outcome(execution, submitted=place in self.submitted)
            if outcome == "not_run" and place in self.running:
                outcome = "found"
            shown = result_of(self._execution(place))
            found.append({"name": job.name, "outcome": outcome, "job_execution": shown})
        return found

    def _execution(self, place: int) -> JobExecution | None:
        return self.executions.get(place) or self.running.get(place)

    def _left_behind(self) -> dict[str, t.Any]:
        """What the service keeps of a cluster that was deleted."""
        if not (self.used and self.asked and self.outcome == "deleted"):
            return {}
        group = self.used.security_group_id if self.own_group else None
        return {"security_group_id": group, "log_bucket": self.used.log_collection}

    def take(self, situation: Situation) -> None:
        """What is there of this run goes into the account."""
        self.executions.update(situation.there)
        self.running = situation.running
        if situation.own:
            self.cluster = self.used = situation.own.cluster
            self.reused = True
        elif situation.gone:
            last = max(situation.gone, key=lambda each: each.cluster.order)
            self.cluster, self.used, self.reused = last.cluster, None, False

    def known_executions(self) -> tuple[JobExecution, ...]:
        """Those on the cluster that was seen last."""
        cluster = self.cluster
        there = self.executions.values()
        return tuple(each for each in there if cluster and each.cluster_id in (None, cluster.id))

    # For people

    def lines(self) -> list[str]:
        """The account: other finds, the cluster, each job, what stays behind, why it failed."""
        lines = [*self.notes, self._cluster_line()]
        lines += [f"job {job['name']}: {_describe_job(job)}" for job in self._jobs()]
        left = self._left_behind()
        if left:
            lines.append(f"left behind: {_describe_left(left)}")
        if self.reason:
            lines.append(self.reason)
        return lines

    @property
    def _title(self) -> str:
        return self.cluster.title if self.cluster else self.wanted.cluster

    def _cluster_line(self) -> str:
        earlier = "left by an earlier start, " if self.reused else ""
        return f"cluster {self._title}: {earlier}{self._cluster_told()}"

    def _cluster_told(self) -> str:
        if self.outcome == "deleted" and not self.asked:
            moment = self.cluster.updated_at if self.cluster else None
            return f"deleted before, gone since {moment}"
        return {
            "never_created": "never created",
            "failed": "failed, the service removes it",
            "deleted": f"deleted after {self.runtime} s",
            "deletion_asked": "deletion requested, end not seen",
            "kept": f"STILL THERE, costs money since {_since(self.cluster)}",
        }[self.outcome]

    def sentence(self) -> str:
        """The end of the message of a failed run: what became of its cluster."""
        name, title = self.wanted.cluster, self._title
        if self.outcome == "deleted" and not self.asked:
            return f"The cluster {name} is gone."
        return {
            "never_created": f"No cluster {name} was created.",
            "failed": (
                f"The creation of cluster {title} failed, and the service removes it by itself."
            ),
            "deleted": f"The cluster {name} was deleted.",
            "deletion_asked": (
                f"The deletion of cluster {title} was requested; whether it is finished is not "
                "known."
            ),
            "kept": (
                f"It costs money since {_since(self.cluster)}: the cluster {title} is still there."
            ),
        }[self.outcome]


def _since(cluster: Cluster | None) -> str:
    if cluster is None:
        return "its creation"
    return cluster.charged_since or cluster.created_at or "its creation"


def _describe_job(job: dict[str, t.Any]) -> str:
    execution, outcome = job["job_execution"], job["outcome"]
    if outcome == "not_run":
        return "not run"
    if execution is None:
        return "submitted, its end was not seen"
    text = str(execution["state"])
    if execution["final_status"] not in (None, "unfinished"):
        text = str(execution["final_status"])
    if isinstance(execution["duration"], float):
        text += f" in {execution['duration']:.0f} s"
    if execution["job_log"]:
        text += f", log in {execution['job_log']}"
    if outcome == "found":
        text += ", found: not run again"
    return text


def _describe_left(left: dict[str, t.Any]) -> str:
    parts = []
    if left["security_group_id"]:
        parts.append(f"security group {left['security_group_id']}")
    if left["log_bucket"]:
        parts.append("perhaps an OBS bucket with logs")
    return " and ".join(parts) or "nothing"
