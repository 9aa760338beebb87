# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs as API v2 spells them (service_v2 4.3 and 4.5)."""

from __future__ import annotations

from mrs_simulator.base.messages import JsonObject
from mrs_simulator.identity import account
from mrs_simulator.state.resources import Job
from mrs_simulator.state.transitions import job_end, job_over, job_state

#: The ways of a job that has not started yet, in order; OTC prints the first one as New.
STARTING = ("NEW", "NEW_SAVING", "SUBMITTED", "ACCEPTED")
#: By the numbers of v1.1, which the simulator keeps for both: state and result of v2.
_STATES: dict[tuple[int, int], tuple[str, str]] = {
    (3, 2): ("FINISHED", "SUCCEEDED"),
    (3, 1): ("FINISHED", "FAILED"),
    (3, 0): ("FINISHED", "UNDEFINED"),
    (3, 3): ("KILLED", "KILLED"),
    (4, 1): ("FAILED", "FAILED"),
    (5, 1): ("FAILED", "FAILED"),
    (-1, 3): ("KILLED", "KILLED"),
}


def state_of(job: Job, now: float, flavor: str) -> tuple[str, str]:
    """job_state and job_result."""
    number, final = job_state(job, now)
    if number == 1:
        share = (now - job.submitted_at) / max(job.running_at - job.submitted_at, 1e-9)
        word = STARTING[min(int(share * len(STARTING)), len(STARTING) - 1)]
        return ("New" if word == "NEW" and flavor == "otc" else word), "UNDEFINED"
    if number == 2:
        return "RUNNING", "UNDEFINED"
    return _STATES.get((number, final), ("FAILED", "FAILED"))


def detail(job: Job, now: float, flavor: str) -> JsonObject:
    """An item of the list, and what job_detail holds."""
    state, result = state_of(job, now, flavor)
    started = job.running_at if state not in (*STARTING, "New") else None
    ended = job_end(job) if job_over(job, now) else None
    until = ended or now
    begun = min(started, until) if started is not None else None
    document: JsonObject = {
        "job_id": job.id,
        "user": account.USERNAME,
        "job_name": job.spec["job_name"],
        "job_type": read_type(job.spec["job_type"]),
        "job_state": state,
        "job_result": result,
        "job_progress": _progress(job, now, ended is not None),
        "submitted_time": _milliseconds(job.submitted_at),
        "started_time": _milliseconds(begun or 0),
        "finished_time": _milliseconds(ended or 0),
        "elapsed_time": _milliseconds(until - begun) if begun is not None else 0,
        "queue": "default",
        "arguments": f"[{', '.join(job.spec['arguments'])}]",
        "properties": _map_text(job.spec["properties"]),
        "launcher_id": _application(job, 0),
    }
    if begun is not None:
        document["app_id"] = _application(job, 1)
        if document["job_type"] == "SparkSubmit":
            document["tracking_url"] = f"https://100.64.0.5:9022/proxy/{_application(job, 1)}/"
    return document


def read_type(job_type: str) -> str:
    """SparkPython is stored and listed as SparkSubmit (service_v2 4.1)."""
    return "SparkSubmit" if job_type == "SparkPython" else job_type


def _progress(job: Job, now: float, over: bool) -> int:
    share = (now - job.submitted_at) / max(job.ends_at - job.submitted_at, 1e-9)
    return 100 if over else max(0, min(99, int(100 * share)))


def _map_text(properties: dict[str, str]) -> str:
    """As Java prints a map. Its order is not promised: it is that of the names backwards here."""
    pairs = sorted(properties.items(), reverse=True)
    return "{" + ", ".join(f"{name}={value}" for name, value in pairs) + "}"


def _application(job: Job, step: int) -> str:
    return f"application_{_milliseconds(job.submitted_at)}_{2 * job.number + step:04d}"


def _milliseconds(epoch: float) -> int:
    return round(epoch * 1000)
