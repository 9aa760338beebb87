# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The exchanges of API v1.1 that scripts are written with: one function for each endpoint."""

from __future__ import annotations

import typing as t

import requests.exceptions

from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import NoAnswerError
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    PROJECT,
    Json,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    ANY,
    Answer,
    Exchange,
)

Reply = Answer | Exception

JOBS_V2 = f"/v2/{PROJECT}/clusters/{CLUSTER}/job-executions"

#: Answers with nothing in them.
NO_CONTENT = Answer(204)
SUCCEEDED = Answer(200, {"result": "succeeded"})
ACCEPTED = Answer(202)
CANCELLING = Answer(200, {"job_execution": {}})

#: The ways in which an answer gets lost, by name.
LOST: dict[str, Reply] = {
    "connection lost": NoAnswerError("the connection was lost", sent=True),
    "read timed out": NoAnswerError("no answer within 60 s", sent=True, late=True),
    "torn answer": NoAnswerError("the connection was lost", sent=True),
    "cut without a word": requests.exceptions.ConnectionError(
        "Connection aborted: RemoteDisconnected"
    ),
    "502 with a page": Answer(502, "<html><head><title>502 Bad Gateway</title></head></html>"),
    "504 with nothing": Answer(504),
    "truncated JSON": Answer(200, '{"cluster_id": "4f0c6c1e-8a5'),
    "200 with nothing": Answer(200),
}


def refusal(code: str, message: str = "The service says no.", status: int = 400) -> Answer:
    return Answer(status, {"error_code": code, "error_msg": message}, {"X-Request-Id": "req-7"})


GONE = refusal("12000003", "The cluster does not exist.")


def lists(*clusters: Json, query: t.Any = ANY) -> Exchange:
    return Exchange(
        "GET",
        "/cluster_infos",
        Answer(200, {"clusterTotal": len(clusters), "clusters": clusters}),
        query,
    )


def reads(answer: Json | Answer, identity: str | None = None) -> Exchange:
    """The detail of a cluster, wrapped."""
    reply = answer if isinstance(answer, Answer) else Answer(200, {"cluster": answer})
    identity = identity or (CLUSTER if isinstance(answer, Answer) else str(answer["clusterId"]))
    return Exchange("GET", f"/cluster_infos/{identity}", reply)


def takes_jobs_by_v1() -> Exchange:
    """The detail of a cluster, which decides which API takes its jobs."""
    return reads(cluster())


def takes_jobs_by_v2() -> Exchange:
    return lists(cluster(clusterVersion="MRS 3.2.0-LTS.2"))


def lists_v2(*found: Json, query: t.Any = ANY) -> Exchange:
    return Exchange(
        "GET", JOBS_V2, Answer(202, {"total_record": len(found), "job_list": list(found)}), query
    )


def lists_none_by_v2() -> Exchange:
    """What API v2 says of a job on a cluster of MRS 2, of which API v1.1 knows nothing."""
    return lists_v2()


def reads_v2(answer: Json | Answer, identity: str = JOB) -> Exchange:
    reply = answer if isinstance(answer, Answer) else Answer(202, {"job_detail": answer})
    return Exchange("GET", f"{JOBS_V2}/{identity}", reply)


def reads_none_by_v2(identity: str = JOB) -> Exchange:
    return reads_v2(refusal("0176", status=500), identity)


def submits_v2(reply: Reply | str = JOB, body: t.Any = ANY) -> Exchange:
    """C(reply): an id stands for the answer that names it."""
    accepted = {"job_submit_result": {"job_id": reply, "state": "COMPLETE"}}
    return Exchange(
        "POST", JOBS_V2, Answer(202, accepted) if isinstance(reply, str) else reply, {}, body
    )


def kills(reply: Reply = ACCEPTED, identity: str = JOB) -> Exchange:
    return Exchange("POST", f"{JOBS_V2}/{identity}/kill", reply, {})


def deletes_v2(reply: Reply = ACCEPTED, identity: str = JOB) -> Exchange:
    return Exchange("POST", f"{JOBS_V2}/batch-delete", reply, {}, {"job_id_list": [identity]})


def creates(reply: Reply | str = CLUSTER, body: t.Any = ANY) -> Exchange:
    """C(reply): an id stands for the answer that names it."""
    answer = (
        Answer(200, {"cluster_id": reply, "result": True, "msg": ""})
        if isinstance(reply, str)
        else reply
    )
    return Exchange("POST", "/run-job-flow", answer, {}, body)


def resizes(reply: Reply = SUCCEEDED, body: t.Any = ANY) -> Exchange:
    return Exchange("PUT", f"/cluster_infos/{CLUSTER}", reply, {}, body)


def deletes(reply: Reply = NO_CONTENT, identity: str = CLUSTER) -> Exchange:
    return Exchange("DELETE", f"/clusters/{identity}", reply, {})


def hosts(*found: Json) -> Exchange:
    return Exchange(
        "GET", f"/clusters/{CLUSTER}/hosts", Answer(200, {"total": len(found), "hosts": found})
    )


def nodes(*found: Json, reply: Reply | None = None, query: t.Any = ANY) -> Exchange:
    """By API v2: the nodes with their components."""
    answer = Answer(200, {"node_total": len(found), "nodes": list(found)})
    return Exchange("GET", f"/v2/{PROJECT}/clusters/{CLUSTER}/nodes", reply or answer, query)


def tags(**found: str) -> Exchange:
    items = [{"key": key, "value": value} for key, value in found.items()]
    return Exchange("GET", f"/clusters/{CLUSTER}/tags", Answer(200, {"tags": items}))


def changes_tags(action: str, *, reply: Reply = NO_CONTENT, **changed: str) -> Exchange:
    items = [{"key": key, "value": value} for key, value in changed.items()]
    return Exchange(
        "POST", f"/clusters/{CLUSTER}/tags/action", reply, {}, {"action": action, "tags": items}
    )


def sets_policy(reply: Reply = SUCCEEDED, body: t.Any = ANY) -> Exchange:
    return Exchange("POST", f"/autoscaling-policy/{CLUSTER}", reply, {}, body)


def reads_policy(reply: Reply | Json | None) -> Exchange:
    """By API v2.

    C(reply): a policy stands for the answer that has it, None for that of a cluster without one.
    """
    items = (
        []
        if reply is None
        else [{"node_group_name": "task_node_analysis_group", "auto_scaling_policy": reply}]
    )
    answer = (
        Answer(200, {"auto_scaling_policies": items})
        if reply is None or isinstance(reply, dict)
        else reply
    )
    return Exchange("GET", f"/v2/{PROJECT}/autoscaling-policy/{CLUSTER}", answer)


def submits(reply: Reply | Json, body: t.Any = ANY) -> Exchange:
    """C(reply): an execution stands for the answer that has it."""
    answer = Answer(200, {"job_execution": reply}) if isinstance(reply, dict) else reply
    return Exchange("POST", "/jobs/submit-job", answer, {}, body)


def lists_jobs(*found: Json, query: t.Any = ANY) -> Exchange:
    return Exchange(
        "GET", "/job-exes", Answer(200, {"totalRecord": len(found), "job_executions": found}), query
    )


def reads_job(answer: Json | Answer, identity: str = JOB) -> Exchange:
    reply = answer if isinstance(answer, Answer) else Answer(200, {"job_execution": answer})
    return Exchange("GET", f"/job-exes/{identity}", reply)


def cancels(reply: Reply = CANCELLING, identity: str = JOB) -> Exchange:
    return Exchange("GET", f"/job-executions/{identity}/cancel", reply, {})


def deletes_job(reply: Reply = NO_CONTENT, identity: str = JOB) -> Exchange:
    return Exchange("DELETE", f"/job-executions/{identity}", reply, {})
