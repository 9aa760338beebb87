# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs in the short form, and what the Sahara form adds (service_v1 5 and 6.1 to 6.4)."""

from __future__ import annotations

import typing as t

from mrs_simulator.base.checks import refuse, without_nulls
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.marked import mask
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.base.parsing import page, whole
from mrs_simulator.cloud import catalog
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.identity.account import USER_ID
from mrs_simulator.state.resources import Cluster, Job
from mrs_simulator.state.transitions import (
    JOB_LOGS,
    JOB_OUTCOMES,
    JOB_STARTING,
    actual_state,
    job_over,
    job_state,
)
from mrs_simulator.wire.v1 import job_shape, rules

MAX_RUNNING = 10
FIELDS = (
    "jar_path",
    "arguments",
    "input",
    "output",
    "job_log",
    "file_action",
    "hql",
    "hive_script_path",
)


def submit_job(call: Call) -> Reply:
    query_of(call)
    body = without_nulls(body_of(call))
    rules.submit_job(call.settings.flavor, call.settings.strict)(body, "")
    cluster = call.world.cluster(call.project_id, body["cluster_id"])
    _check_interface(call, cluster)
    state = actual_state(cluster)
    if state not in ("running", "scaling-out", "scaling-in"):
        raise Refusal("12000062", f"State: {state}.")
    if call.now < cluster.charging_at + call.settings.warm_up:
        raise Refusal("12000062", "The cluster has just started.")
    components = [component["component_name"] for component in cluster.spec["component_list"]]
    check_definition(call, body, cluster.version, components)
    running = [
        job for job in call.world.store.cluster_jobs(cluster.id) if not job_over(job, call.now)
    ]
    if len(running) >= MAX_RUNNING:
        raise Refusal("12000060", f"At most {MAX_RUNNING} are possible.")
    document = job_shape.submitted(new_job(call, cluster, body, call.now), call.settings)
    return answer(200, {"job_execution": document} if call.settings.job_wrapper else document)


def _check_interface(call: Call, cluster: Cluster) -> None:
    """Can the jobs of this cluster be submitted and read with v1.1 at all?"""
    if cluster.secured:
        raise Refusal("12000064")
    if catalog.is_version_3(cluster.version) and not call.settings.v11_jobs_on_3x:
        raise Refusal("12000085")


def check_definition(call: Call, body: JsonObject, version: str, components: list[str]) -> None:
    """The rules between fields of a job, also of a creation (service_v1 2.5, 3.7, 5.1).

    :raises Refusal: with the code that the documents give, else 12000002.
    """
    kind = body["job_type"]
    if kind in (4, 7):
        refuse("job_type", f"{kind} is not supported by API V1.1")
    if kind in _PROGRAMS:
        _check_program(_PROGRAMS[kind], body, components)
    if kind == 5:
        _check_directions(body)
    else:
        _check_endings(body)
    modern = call.settings.refuse_s3a and catalog.is_version_3(version)
    if modern and any(body.get(name, "").startswith("s3a:") for name in FIELDS):
        raise Refusal("12000086")


class _Program(t.NamedTuple):
    """What a type of job needs, and how it is refused without.

    C(field) is that of its program, and one of C(components) is needed.
    """

    field: str
    no_field: str
    components: frozenset[str] = frozenset()
    no_component: str = ""


_SPARK = frozenset({"Spark", "Spark2x"})
_PROGRAMS = {
    1: _Program("jar_path", "12000081"),
    2: _Program("jar_path", "12000081", _SPARK, "12000063"),
    3: _Program("hive_script_path", "12000114", frozenset({"Hive"}), "0168"),
    6: _Program("hive_script_path", "12000114", _SPARK, "12000063"),
}


def _check_program(program: _Program, body: JsonObject, components: list[str]) -> None:
    if not body.get(program.field, "").strip():
        raise Refusal(program.no_field)
    if program.components and program.components.isdisjoint(components):
        raise Refusal(program.no_component)


def _check_endings(body: JsonObject) -> None:
    ending = ".jar" if body["job_type"] in (1, 2) else ".sql"
    for name, suffix in (("jar_path", ending), ("hive_script_path", ".sql")):
        if body.get(name) and not body[name].lower().endswith(suffix):
            refuse(name, f"must end with {suffix}")


_FILE_ACTIONS = {"import": ("obs", "hdfs"), "export": ("hdfs", "obs")}


def _check_directions(body: JsonObject) -> None:
    """DistCp: import is from OBS to HDFS, export the reverse (service_v1 5.1).

    Either path may be empty.
    """
    if not body.get("file_action"):
        refuse("file_action", "is mandatory for DistCp")
    for name, place in zip(("input", "output"), _FILE_ACTIONS[body["file_action"]], strict=True):
        path = body.get(name)
        if path and path.startswith("/") != (place == "hdfs"):
            refuse(name, f"must be a path of {place.upper()} for {body['file_action']}")


def new_job(call: Call, cluster: Cluster, body: JsonObject, starts: float) -> Job:
    """A job that starts at C(starts); its whole future is decided here."""
    world, settings = call.world, call.settings
    outcome = JOB_OUTCOMES[settings.next_job]
    settings.next_job = "succeeded"
    seconds = settings.duration("job")
    spec = {name: body.get(name, "") for name in FIELDS}
    spec["arguments"] = mask(spec["arguments"])
    spec.update(job_name=body["job_name"], job_type=body["job_type"])
    job = Job(
        id=world.new_id(),
        project_id=call.project_id,
        cluster_id=cluster.id,
        user_id=USER_ID,
        number=len(world.store.cluster_jobs(cluster.id)) + 1,
        spec=spec,
        submitted_at=starts,
        running_at=starts + JOB_STARTING * seconds,
        result_at=starts + (1 - JOB_LOGS * bool(spec["job_log"])) * seconds,
        ends_at=starts + seconds,
        outcome=outcome,
    )
    world.store.jobs[job.id] = job
    return job


def _visible(call: Call) -> list[Job]:
    """The jobs of the project that have been submitted, newest first."""
    jobs = [job for job in reversed(call.world.store.jobs.values()) if job.api == "v1.1"]
    mine = [job for job in jobs if job.project_id == call.project_id]
    return [job for job in mine if job.submitted_at <= call.now]


def list_job_exes(call: Call) -> Reply:
    query = query_of(
        call, "cluster_id", "clusterId", "id", "page_size", "current_page", "job_name", "state"
    )
    cluster_id = query.get("cluster_id") or query.get("clusterId")
    if not cluster_id:
        refuse("cluster_id", "is mandatory")
    size = whole(query, "page_size", 10, 1, 100)
    number = whole(query, "current_page", 1, 1, 2147483646)
    state = whole(query, "state", 0, -1, 4)
    if state == 1 or query.get("state") == "0":
        refuse("state", "must be one of -1, 2, 3, 4")
    _check_interface(call, call.world.cluster(call.project_id, cluster_id))
    jobs = [job for job in _visible(call) if job.cluster_id == cluster_id]
    found = [job for job in jobs if _is_asked_for(job, query, state, call.now)]
    items = [job_shape.job_exe(job, call.now) for job in page(found, number, size)]
    return answer(200, {"totalRecord": len(found), "job_executions": items})


def _is_asked_for(job: Job, query: t.Mapping[str, str], state: int, now: float) -> bool:
    return (
        query.get("id") in (None, "", job.id)
        and query.get("job_name") in (None, "", job.spec["job_name"])
        and state in (0, job_state(job, now)[0])
    )


def _job(call: Call, name: str) -> Job:
    """The job that the path names, if its cluster takes jobs of API v1.1 (service_v2 14)."""
    query_of(call)
    job = call.world.job(call.project_id, call.params[name], call.now)
    _check_interface(call, call.world.store.clusters[job.cluster_id])
    return job


def show_job_exe(call: Call) -> Reply:
    job = _job(call, "job_exe_id")
    return answer(200, {"job_execution": job_shape.job_exe(job, call.now)})


def list_job_executions(call: Call) -> Reply:
    """The Sahara form: pages by marker, and no filter."""
    query = query_of(call, "limit", "marker", "sort_by")
    limit = whole(query, "limit", 10, 1, 1073741822)
    documents = [job_shape.sahara(job, call.now) for job in _visible(call)]
    if query.get("sort_by"):
        documents = _sorted(documents, query["sort_by"])
    identifiers = [document["id"] for document in documents]
    start = 0
    if query.get("marker"):
        if query["marker"] not in identifiers:
            refuse("marker", "is not the ID of a job execution")
        start = identifiers.index(query["marker"]) + 1
    items = documents[start : start + limit]
    more = start + limit < len(documents)
    markers = {
        "prev": identifiers[start - 1] if start else None,
        "next": items[-1]["id"] if more else None,
    }
    return answer(200, {"markers": markers, "job_executions": items})


def _sorted(documents: list[JsonObject], sort_by: str) -> list[JsonObject]:
    name = sort_by.removeprefix("-")
    if documents and not isinstance(documents[0].get(name), str):
        refuse("sort_by", "is not a field of a job execution")
    return sorted(
        documents, key=lambda document: str(document[name]), reverse=sort_by.startswith("-")
    )


def show_job_execution(call: Call) -> Reply:
    job = _job(call, "job_execution_id")
    return answer(200, {"job_execution": job_shape.sahara(job, call.now)})


def cancel_job_execution(call: Call) -> Reply:
    """A GET that acts: the job ends as cancelled a little later, unless it ends before."""
    job = _job(call, "job_execution_id")
    if job_over(job, call.now):
        raise Refusal("0175", "The job is over.")
    if job.cancelled_at is None:
        job.cancelled_at = call.now + call.settings.duration("cancel")
    return answer(200, {"job_execution": job_shape.sahara(job, call.now)})


def delete_job_execution(call: Call) -> Reply:
    job = _job(call, "job_execution_id")
    if not job_over(job, call.now) and not call.settings.delete_running_jobs:
        raise Refusal("0183", f"Job ID: {job.id}.")
    del call.world.store.jobs[job.id]
    return answer(204)
