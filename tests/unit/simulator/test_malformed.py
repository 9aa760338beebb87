# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a client sends, the simulator answers as documented and never falls over."""

from __future__ import annotations

import copy
import json
import typing as t

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
)
EXPECTED_500 = {"12000060", "120000213", "0175", "0176", "0183"}
TASKS: dict[str, t.Any] = {
    "node_size": "c6.large.2.linux.mrs",
    "data_volume_type": "SAS",
    "data_volume_count": 1,
    "data_volume_size": 200,
}
RESIZE: dict[str, t.Any] = {
    "parameters": {
        "scale_type": "scale_out",
        "node_id": "node_orderadd",
        "node_group": "task_node_default_group",
        "instances": 1,
        "task_node_info": TASKS,
        "server_ids": ["x"],
        "include_instances": ["x"],
    },
    "previous_values": {"plan_id": ""},
}
POLICY: dict[str, t.Any] = {
    "node_group": "task_node_default_group",
    "auto_scaling_policy": {
        "auto_scaling_enable": True,
        "min_capacity": 1,
        "max_capacity": 6,
        "resources_plans": [
            {
                "period_type": "daily",
                "start_time": "9:50",
                "end_time": "18:00",
                "min_capacity": 2,
                "max_capacity": 6,
            }
        ],
        "rules": [
            {
                "name": "r",
                "adjustment_type": "scale_out",
                "cool_down_minutes": 20,
                "scaling_adjustment": 1,
                "trigger": {
                    "metric_name": "YARNAppPending",
                    "metric_value": "25",
                    "evaluation_periods": 2,
                },
            }
        ],
    },
}
LOGIN: dict[str, t.Any] = {
    "auth": {
        "identity": {
            "methods": ["password"],
            "password": {"user": {"name": "x", "password": "y", "domain": {"name": "z"}}},
        },
        "scope": {"project": {"name": "eu-de", "domain": {"name": "z"}}},
    }
}
SEARCH: dict[str, t.Any] = {
    "action": "filter",
    "tags": [{"key": "env", "values": ["test"]}],
    "limit": "10",
    "offset": 0,
    "matches": [{"key": "resource_name", "value": "x"}],
}
JOB: dict[str, t.Any] = {
    "job_type": 1,
    "job_name": "once",
    "jar_path": "/x.jar",
    "arguments": "@a=b",
    "submit_job_once_cluster_run": True,
}


def _places(document: t.Any, path: tuple[t.Any, ...] = ()) -> list[tuple[t.Any, ...]]:
    """The path of every value in a document."""
    children: t.Any = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    return [path, *(place for key, value in children for place in _places(value, (*path, key)))]


def _put(document: t.Any, path: tuple[t.Any, ...], value: t.Any) -> t.Any:
    if not path:
        return value
    target = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return document


@pytest.fixture(name="prepared", scope="module")
def _prepared() -> list[t.Any]:
    return []


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(st.data())
def test_a_document_with_one_wrong_value_is_never_an_internal_error(
    make_cloud, prepared: list[t.Any], data: st.DataObject
) -> None:
    if not prepared:
        cloud = make_cloud(lag=0)
        prepared += [cloud, cloud.running()]
    cloud, cluster_id = prepared
    script = {"name": "s", "uri": "s3a://b/x.sh", "nodes": ["master"], "fail_action": "continue"}
    calls = [
        ("POST", "run-job-flow", cloud.creation(add_jobs=[JOB], bootstrap_scripts=[script])),
        ("PUT", f"cluster_infos/{cluster_id}", RESIZE),
        ("POST", "jobs/submit-job", {**JOB, "cluster_id": cluster_id}),
        ("POST", f"autoscaling-policy/{cluster_id}", POLICY),
        ("POST", f"clusters/{cluster_id}/tags", {"tag": {"key": "a", "value": "b"}}),
        (
            "POST",
            f"clusters/{cluster_id}/tags/action",
            {"action": "create", "tags": [{"key": "a", "value": "b"}]},
        ),
        ("POST", "clusters/resource_instances/action", SEARCH),
        ("POST", "/v3/auth/tokens", LOGIN),
        ("PATCH", "/_simulator/settings", {"speed": 100, "quotas": {"nodes": 9}}),
        (
            "POST",
            "/_simulator/faults",
            {"kind": "slow", "path": "never", "headers": {"a": "b"}, "times": 1},
        ),
        ("POST", "/_simulator/clock", {"advance": 0}),
        ("PATCH", f"/_simulator/clusters/{cluster_id}", {"core": 3, "scale": ""}),
    ]
    method, path, body = data.draw(st.sampled_from(calls))
    place = data.draw(st.sampled_from(_places(body)))
    document = _put(copy.deepcopy(body), place, data.draw(VALUES))
    raw = json.dumps(document).encode()
    answer = (
        cloud.request(method, path, raw) if path.startswith("/") else cloud.call(method, path, raw)
    )
    assert answer.status < 500 or answer.status == 501 or answer.code in EXPECTED_500
    assert cloud.state(cluster_id)
    json.loads(json.dumps(cloud.simulator.world.store.document()))


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(
    path=st.sampled_from(
        [
            "cluster_infos",
            "job-exes",
            "job-executions",
            "clusters/tags",
            "cluster_infos/x",
            "clusters/x/hosts",
        ]
    ),
    query=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)
    | st.lists(
        st.sampled_from(
            [
                "pageSize",
                "currentPage",
                "tags",
                "clusterState",
                "cluster_id",
                "page_size",
                "limit",
                "marker",
                "sort_by",
            ]
        ).flatmap(
            lambda name: st.text(
                st.characters(min_codepoint=33, max_codepoint=126), max_size=9
            ).map(lambda value: f"{name}={value}")
        )
    ).map("&".join),
)
def test_no_query_is_an_internal_error(make_cloud, path: str, query: str) -> None:
    answer = make_cloud().call("GET", path, query=query)
    assert answer.status < 500


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(
    path=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30),
    authorization=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(
        lambda rest: f"SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-sdk-date, Signature={rest}"
    ),
    date=st.text(max_size=16),
)
def test_no_path_and_no_authorization_is_an_internal_error(
    make_cloud, path: str, authorization: str, date: str
) -> None:
    cloud = make_cloud()
    headers = {"authorization": authorization, "x-sdk-date": date}
    assert cloud.request("GET", f"/{path}", **headers).status < 500
    assert cloud.request("GET", f"/v1.1/{cloud.project}/cluster_infos", **headers).status == 401
