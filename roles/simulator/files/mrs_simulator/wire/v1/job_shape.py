# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs as the service spells them, in its three forms (service_v1 5.1, 5.3, 6.1, Q13, Q14, Q26)."""

from __future__ import annotations

import datetime
import typing as t

from mrs_simulator.settings import Settings
from mrs_simulator.state.resources import Job
from mrs_simulator.state.transitions import job_end, job_over, job_state

JsonObject = dict[str, t.Any]


def submitted(job: Job, settings: Settings) -> JsonObject:
    """The answer to submit-job.

    It says Running and "not finished" whatever the job does (service_v1 5.1).
    """
    unit = 1000 if settings.submit_times == "ms" else 1
    moment = int(job.submitted_at * unit)
    return {
        "id": job.id,
        "job_id": "",
        "cluster_id": job.cluster_id,
        "tenant_id": job.project_id,
        "group_id": job.id,
        **job.spec,
        "job_state": 2,
        "job_final_status": 0,
        "created_at": moment,
        "updated_at": moment,
        "start_time": moment,
        "end_time": None,
        "postpone_at": None,
        "return_code": None,
        "input_id": None,
        "output_id": None,
        "engine_job_id": None,
        "templated": False,
        "is_public": False,
        "is_protected": False,
        "create_by": job.user_id,
        "update_by": job.user_id,
        "user_id": job.user_id,
        "finished_step": 0,
        "step_num": 0,
        "task_num": 0,
        "job_main_id": "",
        "job_step_id": "",
        "step_name": "",
        "credentials": "",
        "job_configs": None,
        "extra": None,
        "data_source_urls": None,
        "info": None,
    }


def job_exe(job: Job, now: float) -> JsonObject:
    """An item of job-exes: times in milliseconds, and no d in create_at and update_at."""
    state, final = job_state(job, now)
    ended = _ended(job, now)
    return {
        "id": job.id,
        "tenant_id": job.project_id,
        "cluster_id": job.cluster_id,
        "group_id": job.id,
        "create_at": _milliseconds(job.submitted_at),
        "update_at": _milliseconds(_updated(job, now)),
        "start_time": _milliseconds(job.submitted_at),
        "end_time": _milliseconds(ended) if ended is not None else None,
        "postpone_at": None,
        "job_id": _application(job) if now >= job.running_at else "",
        **{name: value or None for name, value in job.spec.items()},
        "job_state": state,
        "job_final_status": final,
        "create_by": job.user_id,
        "update_by": job.user_id,
        "job_main_id": "",
        "job_step_id": "",
        "step_name": "",
        "finished_step": 0,
        "step_num": 0,
        "task_num": 0,
        "step_seq": 0,
        "spend_time": round(ended - job.submitted_at, 1) if ended is not None else None,
        "progress": job.forced_progress or "first progress",
    }


def _ended(job: Job, now: float) -> float | None:
    return job_end(job) if job_over(job, now) else None


def _updated(job: Job, now: float) -> float:
    """When it changed last."""
    ended = _ended(job, now)
    if ended is not None:
        return ended
    return max(moment for moment in _steps(job) if moment <= now)


def sahara(job: Job, now: float) -> JsonObject:
    """An item of job-executions: no state in it, times as ISO text without a zone."""
    ended = _ended(job, now)
    return {
        "id": job.id,
        "job_id": "",
        "cluster_id": job.cluster_id,
        "tenant_id": job.project_id,
        "created_at": _iso(job.submitted_at),
        "updated_at": _iso(ended if ended is not None else job.submitted_at),
        "start_time": _iso(job.submitted_at),
        "end_time": _iso(ended) if ended is not None else None,
        "return_code": None,
        "oozie_job_id": None,
        "engine_job_id": None,
        "input_id": None,
        "output_id": None,
        "is_protected": False,
        "is_public": False,
        "job_configs": None,
        "data_source_urls": None,
        "info": None,
    }


def _steps(job: Job) -> tuple[float, ...]:
    return (job.submitted_at, job.running_at, job.result_at)


def _application(job: Job) -> str:
    return f"application_{_milliseconds(job.submitted_at)}_{job.number:04d}"


def _milliseconds(epoch: float) -> int:
    return int(epoch * 1000)


def _iso(epoch: float) -> str:
    return datetime.datetime.fromtimestamp(epoch, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S")
