# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Jobs of API v2: submit, list, show, kill, delete, SQL results (service_v2 4)."""

from __future__ import annotations

import re
import typing as t

from mrs_simulator.base.checks import NAME, Check, items, record, refuse, text, without_nulls
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.base.parsing import page, whole
from mrs_simulator.cloud import catalog
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.identity.account import USER_ID, USERNAME
from mrs_simulator.state.resources import Cluster, Job
from mrs_simulator.state.transitions import (
    JOB_OUTCOMES,
    JOB_STARTING,
    actual_state,
    job_over,
    job_state,
)
from mrs_simulator.wire.v2 import job_shape

MAX_RUNNING = 10
#: The types, each with the components of which the cluster needs one, and the code without it.
TYPES: dict[str, tuple[tuple[str, ...], str]] = {
    "MapReduce": ((), ""),
    "DistCp": ((), ""),
    "SparkSubmit": (("Spark", "Spark2x"), "0057"),
    "SparkPython": (("Spark", "Spark2x"), "0057"),
    "SparkScript": (("Spark", "Spark2x"), "0057"),
    "SparkSql": (("Spark", "Spark2x"), "0057"),
    "HiveScript": (("Hive",), "0168"),
    "HiveSql": (("Hive",), "0168"),
    "Flink": (("Flink",), "0169"),
}
MAX_ARGUMENTS = {"otc": 4096, "hwc": 150_000}
MAX_PROPERTIES = 2048
PROPERTIES_FORBIDDEN = "><|'`&!\\"
STATES = ("NEW", "NEW_SAVING", "SUBMITTED", "ACCEPTED", "RUNNING", "FINISHED", "FAILED", "KILLED")
RESULTS = ("UNDEFINED", "SUCCEEDED", "FAILED", "KILLED")
WITH_SQL_RESULT = ("SparkSql", "SparkScript")
#: What the filters of the list may be (service_v2 4.2).
FILTERS = {
    "job_name": re.compile(r".{1,128}", re.DOTALL),
    "job_id": re.compile(r".{1,64}", re.DOTALL),
    "user": re.compile(r"\D.{0,31}", re.DOTALL),
    "queue": re.compile(r".{1,64}", re.DOTALL),
}
_READING = re.compile(r"\s*(select|show|desc|describe|explain)\b", re.IGNORECASE)


def submit(call: Call) -> Reply:
    """POST job-executions: 202 by Huawei Cloud; no page of OTC tells, and its rule is 200."""
    query_of(call)
    cluster = _cluster(call)
    body = without_nulls(body_of(call))
    check_definition(call, body, "")
    _check_cluster(call, cluster, body["job_type"])
    status = 202 if call.settings.flavor == "hwc" else 200
    if call.settings.next_submit == "failed":
        call.settings.next_submit = "ok"
        return answer(status, _failed(call))
    job = new_job(call, cluster, body, call.now)
    return answer(status, {"job_submit_result": {"job_id": job.id, "state": "COMPLETE"}})


def _failed(call: Call) -> JsonObject:
    """A failure that comes with a success (V2)."""
    word = "JOBSTAT_SUBMIT_FAILED" if call.settings.flavor == "otc" else "FAILED"
    return {
        "job_submit_result": {"job_id": call.world.new_id(), "state": word},
        "error_code": "0173",
        "error_msg": "Failed to submit the job.",
    }


def _cluster(call: Call) -> Cluster:
    """:raises Refusal: there is no such cluster, or it is too old for API v2 (service_v1 0.3)."""
    try:
        cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    except Refusal as refusal:
        if call.settings.flavor == "hwc":
            refusal.shape = "E2"  # V11
        raise
    if not catalog.has_api_v2(cluster.version):
        raise Refusal("12000054", "API V2 needs MRS 1.9.2 or later.")
    return cluster


def check_definition(call: Call, body: JsonObject, name: str) -> None:
    """The fields of a job (service_v2 4.1).

    What the documents forbid in arguments is not checked: their own examples have it.
    """
    required: dict[str, Check] = {
        "job_type": text(choices=tuple(TYPES)),
        "job_name": text(pattern=NAME),
    }
    optional: dict[str, Check] = {
        "arguments": items(text(high=150_000), high=100_000),
        "properties": _properties,
    }
    record(required, optional, strict=call.settings.strict)(body, name)
    limit = MAX_ARGUMENTS[call.settings.flavor]
    if sum(map(len, body.get("arguments") or [])) > limit:
        refuse("arguments", f"must have at most {limit} characters together")


def _properties(value: t.Any, name: str) -> None:
    if not isinstance(value, dict):
        refuse(name, "must be an object")
    for key, item in value.items():
        text(high=MAX_PROPERTIES, forbidden=PROPERTIES_FORBIDDEN)(key, f"{name} (a name)")
        text(high=MAX_PROPERTIES, forbidden=PROPERTIES_FORBIDDEN)(item, f"{name}.{key[:64]}")
    if sum(len(key) + len(item) for key, item in value.items()) > MAX_PROPERTIES:
        refuse(name, f"must have at most {MAX_PROPERTIES} characters together")


def _check_cluster(call: Call, cluster: Cluster, job_type: str) -> None:
    """Does this cluster take this job now?"""
    state = actual_state(cluster)
    if state not in ("running", "scaling-out", "scaling-in"):
        raise Refusal("0056", f"State: {state}.")
    if call.now < cluster.charging_at + call.settings.warm_up:
        raise Refusal(call.settings.warm_up_code, "The cluster has just started.")
    check_components(job_type, [each["component_name"] for each in cluster.spec["component_list"]])
    _check_user(call, cluster)
    jobs = call.world.store.cluster_jobs(cluster.id)
    if sum(not job_over(job, call.now) for job in jobs) >= MAX_RUNNING:
        raise Refusal("0177")


def check_components(job_type: str, components: t.Collection[str]) -> None:
    """:raises Refusal: none of the components that run such jobs is there."""
    needed, code = TYPES[job_type]
    if needed and not set(components) & set(needed):
        raise Refusal(code)


def _check_user(call: Call, cluster: Cluster) -> None:
    """The user must be on the cluster, and known to its nodes, which learn it minutes later (6)."""
    rule = call.settings.sync_required
    if rule == "no" or (rule == "kerberos" and not cluster.secured):
        return
    since = cluster.users.get(USERNAME)
    if since is None or call.now < since + call.settings.sync_delay:
        raise Refusal("0192", f"User: {USERNAME}.")


def new_job(call: Call, cluster: Cluster, body: JsonObject, starts: float) -> Job:
    """A job from C(starts) on; its whole future is decided here."""
    world, settings = call.world, call.settings
    outcome = JOB_OUTCOMES[settings.next_job]
    settings.next_job = "succeeded"
    seconds = settings.duration("job")
    job = Job(
        id=world.new_id(),
        project_id=call.project_id,
        cluster_id=cluster.id,
        user_id=USER_ID,
        number=len(world.store.cluster_jobs(cluster.id)) + 1,
        spec={"arguments": [], "properties": {}, **without_nulls(body)},
        submitted_at=starts,
        running_at=starts + JOB_STARTING * seconds,
        result_at=starts + seconds,
        ends_at=starts + seconds,
        outcome=outcome,
        api="v2",
    )
    world.store.jobs[job.id] = job
    return job


def list_jobs(call: Call) -> Reply:
    """GET job-executions; offset is the number of a page, from 1 (V4)."""
    names = ["job_name", "job_type", "job_state", "job_result", "limit", "offset", "sort_by"]
    names += ["submitted_time_begin", "submitted_time_end"]
    if call.settings.flavor == "hwc":
        names += ["job_id", "user", "queue"]
    query = query_of(call, *names)
    size = whole(query, "limit", 10, 1, 1000)
    number = whole(query, "offset", 1, 1, 2147483646)
    begin = whole(query, "submitted_time_begin", 0, 0, 10**12 * 9)
    end = whole(query, "submitted_time_end", 0, 0, 10**12 * 9)
    _check_words(query)
    cluster = _cluster(call)
    found = [
        document
        for job in _visible(call, cluster)
        for document in [job_shape.detail(job, call.now, call.settings.flavor)]
        if _matches(call, document, query)
        and begin <= document["submitted_time"]
        and (not end or document["submitted_time"] <= end)
    ]
    if query.get("sort_by") == "asc":
        found.reverse()
    body = {"total_record": len(found), "job_list": page(found, number, size)}
    return answer(_read_status(call), body)


def _check_words(query: dict[str, str]) -> None:
    for name, words in (("job_state", STATES), ("job_result", RESULTS)):
        if query.get(name) and query[name].upper() not in words:
            refuse(name, f"must be one of {', '.join(words)}")
    if query.get("job_type") and query["job_type"] not in TYPES:
        refuse("job_type", f"must be one of {', '.join(TYPES)}")
    for name, form in FILTERS.items():
        if name in query and form.fullmatch(query[name]) is None:
            refuse(name, "has a wrong length or form")
    if query.get("sort_by") not in (None, "", "asc", "desc"):
        refuse("sort_by", "must be asc or desc")


def _matches(call: Call, document: JsonObject, query: dict[str, str]) -> bool:
    wanted = query.get("job_name", "")
    if call.settings.part_of_job_name:
        named = wanted in document["job_name"]
    else:
        named = wanted in ("", document["job_name"])
    others = ("job_id", "user", "job_type", "job_state", "job_result", "queue")
    return named and all(
        query.get(name, "").lower() in ("", document[name].lower()) for name in others
    )


def _visible(call: Call, cluster: Cluster) -> list[Job]:
    """The jobs of this API on the cluster, newest first."""
    jobs = reversed(call.world.store.cluster_jobs(cluster.id))
    return [job for job in jobs if job.api == "v2" and job.submitted_at <= call.now]


def _read_status(call: Call) -> int:
    """202, "for compatibility" (V1)."""
    return 202 if call.settings.reads_202 else 200


def _job(call: Call, identifier: str) -> Job:
    cluster = _cluster(call)
    job = call.world.job(call.project_id, identifier, call.now, "v2")
    if job.cluster_id != cluster.id:
        raise Refusal(_unknown(call), f"Job ID: {identifier}.")
    return job


def _unknown(call: Call) -> str:
    return "0176" if call.settings.unknown_job == "404" else call.settings.unknown_job


def show(call: Call) -> Reply:
    """GET job-executions/{id}."""
    query_of(call)
    job = _job(call, call.params["job_execution_id"])
    document = job_shape.detail(job, call.now, call.settings.flavor)
    return answer(_read_status(call), {"job_detail": document})


def kill(call: Call) -> Reply:
    """POST .../kill: accepted with 202 and no body; the job ends a little later."""
    query_of(call)
    job = _job(call, call.params["job_execution_id"])
    if job_over(job, call.now):
        raise Refusal("0175", "The job is over.")
    if job.cancelled_at is None:
        job.cancelled_at = call.now + call.settings.duration("cancel")
    return Reply(202)


def batch_delete(call: Call) -> Reply:
    """POST .../batch-delete: all of them, or none."""
    query_of(call)
    body = body_of(call)
    identifiers = items(text(high=64), high=100_000)
    record({"job_id_list": identifiers}, strict=call.settings.strict)(body, "")
    if not body["job_id_list"] or "" in body["job_id_list"]:
        raise Refusal("0178")
    jobs = [_job(call, identifier) for identifier in body["job_id_list"]]
    for job in jobs:
        if not job_over(job, call.now) and not call.settings.delete_running_jobs:
            raise Refusal("0183", f"Job ID: {job.id}.")
    for job in jobs:
        call.world.store.jobs.pop(job.id, None)
    return Reply(202)


def sql_result(call: Call) -> Reply:
    """GET .../sql-result: one key for each statement; the rows are made up."""
    query_of(call)
    job = _job(call, call.params["job_execution_id"])
    if job.spec["job_type"] not in WITH_SQL_RESULT:
        raise Refusal("0179")
    state, final = job_state(job, call.now)
    if state in (1, 2):
        raise Refusal("0180" if state == 1 else "0183")
    if (state, final) != (3, 2):
        raise Refusal("0181")
    return answer(200, {call.settings.sql_key: _sql_results(job)})


def _sql_results(job: Job) -> JsonObject:
    last = job.spec["arguments"][-1] if job.spec["arguments"] else ""
    statements = [part for part in last.split(";") if part.strip()]
    if job.spec["job_type"] == "SparkScript":
        statements = ["(what is in the file)"]  # which nobody reads
    return {
        str(number): [{"column": "value"} if _READING.match(part) else {"result": "succeed"}]
        for number, part in enumerate(statements)
    }
