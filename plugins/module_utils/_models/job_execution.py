# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service says of a run of a job, with real types, UTC times and names for codes.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t
from datetime import datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import (
    mask_named,
    mask_named_in_list,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, iso_time
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.hql import decode_hql

JOB_TYPES = dict(
    enumerate(
        ("mapreduce", "spark", "hive_script", "hiveql", "distcp", "spark_script", "spark_sql"),
        start=1,
    )
)
JOB_STATES = {
    -1: "terminated",
    1: "starting",
    2: "running",
    3: "completed",
    4: "abnormal",
    5: "error",
}
FINAL_STATUSES = {0: "unfinished", 1: "failed", 2: "succeeded", 3: "cancelled"}
#: The words of API v2, without case, in ours (service_v2 16). It lists C(SparkPython) as
#: C(SparkSubmit).
V2_TYPES_LISTED = {
    "mapreduce": "mapreduce",
    "sparksubmit": "spark",
    "sparkpython": "spark",
    "hivescript": "hive_script",
    "hivesql": "hiveql",
    "distcp": "distcp",
    "sparkscript": "spark_script",
    "sparksql": "spark_sql",
    "flink": "flink",
}
#: Types that read back as another one.
LISTED_AS = {"spark_python": "spark"}
V2_STATES = {
    "new": "starting",
    "new_saving": "starting",
    "submitted": "starting",
    "accepted": "starting",
    "running": "running",
    "finished": "completed",
    "failed": "error",
    "killed": "terminated",
}
V2_STATUSES = {
    "undefined": "unfinished",
    "failed": "failed",
    "succeeded": "succeeded",
    "killed": "cancelled",
}
ENDED_JOB_STATES = frozenset({"terminated", "completed", "abnormal", "error"})


@dataclasses.dataclass(frozen=True, slots=True)
class JobExecution:
    """One run of a job; duration in seconds."""

    id: str
    name: str
    job_type: str | None
    cluster_id: str | None
    state: str
    final_status: str | None
    progress: str | None
    jar_path: str | None
    arguments: str | None
    input: str | None
    output: str | None
    job_log: str | None
    hive_script_path: str | None
    hql: str | None
    file_action: str | None
    application_id: str | None
    return_code: str | None
    created: datetime | None
    started: datetime | None
    ended: datetime | None
    spent: float | None
    api: str = "v1.1"
    job_result: str | None = None
    user: str | None = None
    queue: str | None = None
    launcher_id: str | None = None
    tracking_url: str | None = None
    #: The service's text, in which secrets may be; never shown.
    properties: str | None = dataclasses.field(default=None, repr=False)
    sql_result: dict[str, t.Any] | None = None

    @property
    def title(self) -> str:
        return f"{self.name} ({self.id})"

    @property
    def has_ended(self) -> bool:
        """Decided by the state alone: the final status of a running job means nothing."""
        return self.state in ENDED_JOB_STATES

    @property
    def succeeded(self) -> bool:
        return self.state == "completed" and self.final_status == "succeeded"

    @property
    def tells_result(self) -> bool:
        """Its final status says how it went."""
        return self.final_status not in (None, "unfinished")

    @property
    def lacks_result(self) -> bool:
        """It is completed, and the service does not tell yet how it went."""
        return self.state == "completed" and not self.tells_result

    @property
    def description(self) -> str:
        """State, result and progress, for people."""
        if self.lacks_result and self.api == "v2":
            return "ended, result unknown"
        text = self.state
        if self.has_ended and self.tells_result:
            text += f" with final status {self.final_status}"
        if self.progress:
            text += f", progress: {self.progress}"
        return text

    def is_on(self, cluster_id: str) -> bool:
        """It belongs to this cluster, or does not say to which one."""
        return self.cluster_id is None or self.cluster_id.casefold() == cluster_id.casefold()

    @property
    def order(self) -> tuple[float, str]:
        """Sorts by creation, oldest first."""
        return (self.created.timestamp() if self.created else 0.0, self.id)

    def ended_with_its_cluster(self) -> JobExecution:
        """Nothing runs on a terminated cluster, though a record may say so.

        Then only its final status tells how it ended.
        """
        if self.has_ended:
            return self
        ended = "completed" if self.final_status == "succeeded" else "terminated"
        return dataclasses.replace(self, state=ended)

    def result(self) -> dict[str, t.Any]:
        """The documented form, C(job_execution). Secrets in the arguments stay masked."""
        return {
            **{field: getattr(self, field) for field in _SHOWN},
            "arguments": self._shown_arguments(),
            "result": self.job_result,
            "hql": _masked(self.hql),
            "created_at": iso_time(self.created),
            "started_at": iso_time(self.started),
            "ended_at": iso_time(self.ended),
            "duration": self._duration(),
        }

    def _shown_arguments(self) -> str | None:
        if not self.arguments:
            return None
        if self.api == "v1.1":
            return _masked(self.arguments)
        return mask_named_in_list(self.arguments)

    def _duration(self) -> float | None:
        if self.spent is not None:
            return self.spent
        if self.started is None or self.ended is None:
            return None
        return (self.ended - self.started).total_seconds()

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any]) -> JobExecution:
        """From submit-job, job-exes or its list, wrapped in C(job_execution) or not (5.1 to 5.3).

        :raises NonsenseError: it is none, or it cannot be told which job it is.
        """
        raw = Raw(answer).unwrapped("job_execution")
        kind, hql = raw.certain_integer("job_type"), raw.certain_text("hql")
        return cls(
            id=raw.identity("id"),
            name=raw.certain_text_or_empty("job_name"),
            job_type=None if kind is None else JOB_TYPES.get(kind, str(kind)),
            cluster_id=raw.text("cluster_id"),
            state=_state(raw.certain_integer("job_state")),
            final_status=_final_status(raw.certain_integer("job_final_status")),
            progress=_masked(raw.text("progress")),  # it may repeat the arguments
            jar_path=raw.certain_text("jar_path"),
            arguments=raw.certain_text("arguments"),
            input=raw.certain_text("input"),
            output=raw.certain_text("output"),
            job_log=raw.certain_text("job_log"),
            hive_script_path=raw.certain_text("hive_script_path"),
            hql=decode_hql(hql) if hql else None,
            file_action=raw.certain_text("file_action"),
            application_id=raw.text("job_id"),
            return_code=raw.text("return_code"),
            created=raw.time("create_at") or raw.time("created_at"),
            started=raw.time("start_time"),
            ended=raw.time("end_time"),
            spent=raw.number("spend_time"),
        )

    @classmethod
    def of_v2(cls, answer: t.Mapping[str, t.Any], cluster_id: str) -> JobExecution:
        """From an item of API v2's list, or a detail wrapped in C(job_detail) (service_v2 4.3).

        The arguments are the service's text: what stands in them, such as the program, is not taken
        out.
        """
        raw = Raw(answer).unwrapped("job_detail")
        kind, state = raw.certain_text_or_empty("job_type"), raw.certain_text_or_empty("job_state")
        result = raw.certain_text_or_empty("job_result").lower()
        spent = raw.number("elapsed_time")
        return cls(
            id=raw.identity("job_id"),
            name=raw.certain_text_or_empty("job_name"),
            job_type=V2_TYPES_LISTED.get(kind.lower(), kind or None),
            cluster_id=cluster_id,
            state=_state_of(state.lower(), result),
            final_status=_status_of(result),
            progress=raw.text("job_progress"),
            jar_path=None,
            arguments=raw.certain_text("arguments"),
            input=None,
            output=None,
            job_log=None,
            hive_script_path=None,
            hql=None,
            file_action=None,
            application_id=raw.text("app_id"),
            return_code=None,
            created=raw.time("submitted_time"),
            started=raw.time("started_time"),
            ended=raw.time("finished_time"),
            spent=spent / 1000 if spent else None,
            api="v2",
            job_result=result or None,
            user=raw.text("user"),
            queue=raw.text("queue"),
            launcher_id=raw.text("launcher_id"),
            tracking_url=raw.text("tracking_url"),
            properties=raw.certain_text("properties"),
        )


def _state_of(state: str, result: str) -> str:
    """The state in our words (service_v2 4.5).

    Of a job that has ended, the result says more than the state.
    """
    if result == "killed":
        return "terminated"
    if not state:
        return "starting"
    ours = V2_STATES.get(state, f"unknown state {state}")
    if ours == "completed" and result == "failed":
        return "error"
    return ours


def _status_of(result: str) -> str | None:
    if not result:
        return None
    return V2_STATUSES.get(result, f"unknown status {result}")


def _masked(text: str | None) -> str | None:
    return mask_named(text) if text else None


def _state(number: int | None) -> str:
    """Where the service does not tell it yet, a job is about to start."""
    if number is None:
        return "starting"
    return JOB_STATES.get(number, f"unknown state {number}")


def _final_status(number: int | None) -> str | None:
    if number is None:
        return None
    return FINAL_STATUSES.get(number, f"unknown status {number}")


_SHOWN_OTHERWISE = frozenset(
    ("api", "arguments", "hql", "created", "started", "ended", "spent", "job_result", "properties")
)
#: What is shown as it is.
_SHOWN = [
    field.name for field in dataclasses.fields(JobExecution) if field.name not in _SHOWN_OTHERWISE
]
