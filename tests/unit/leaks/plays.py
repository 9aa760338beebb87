# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module, role and way to log in, with secrets in every place that can hold one.

The secrets stand in variables C(secrets) and C(cloud), so that the playbook itself has none.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action import (
    test_both_ways as both_ways,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.test_both_ways import (
    UNSIGNED,
    Json,
    task,
)

SCRIPT: Json = {
    "name": "prepare",
    "uri": "s3a://etl/prepare.sh",
    "parameters": "fetch @key={{ secrets.script }}",
    "nodes": ["master"],
    "fail_action": "continue",
}
CREATION: Json = {
    **both_ways.CREATION,
    "key_pair": "{{ omit }}",
    "root_password": "{{ secrets.root_password }}",
    "admin_password": "{{ secrets.admin_password }}",
    "bootstrap_scripts": [SCRIPT],
}
JOB: Json = {**both_ways.JOB, "arguments": ["wordcount", "@password={{ secrets.word }}"]}
HIVE: Json = {
    "cluster": "etl",
    "name": "q",
    "job_type": "hiveql",
    "hql": "select '@k={{ secrets.hql }}'; @p={{ secrets.hql }}",
}
CONNECTION: Json = {
    "name": "store",
    "source_type": "RDS_MYSQL",
    "database": "meta",
    "username": "hive",
    "password": "{{ secrets.store }}",
    "rds_instance_id": "rds-1",
}
COMPONENT: Json = {
    "cluster": "etl",
    "name": "ClickHouse",
    "node_groups": [{"name": "core", "assigned_roles": ["ClickHouseServer"]}],
    "user_password": "{{ secrets.root_password }}",
    "default_password": "{{ secrets.root_password }}",
}
USER: Json = {
    "auth_url": "{{ cloud.auth_url }}",
    "username": "{{ cloud.username }}",
    "user_domain_name": "{{ cloud.user_domain_name }}",
    "project_name": "{{ cloud.project_name }}",
}
LOGIN: Json = {
    "access_key": "{{ cloud.access_key }}",
    "secret_key": "{{ cloud.secret_key }}",
    "project_id": "{{ cloud.project_id }}",
    "region_name": "{{ cloud.region }}",
    "endpoint": "{{ cloud.url }}",
    "api_retries": 0,
    "outcome_timeout": 1,  # a lost answer is looked after for a minute otherwise
}
QUICK: Json = {"poll_interval": 0.01}


#: Clusters that nobody can plan, for one reason each.
BAD: list[Json] = [
    {**CREATION, "safe_mode": True},
    {**CREATION, "no_such_option": 1},
    {**CREATION, "wait": "{{ secrets.root_password }}"},
    {**CREATION, **LOGIN, "secret_key": "{{ secrets.wrong_secret_key }}"},
    {**CREATION, **UNSIGNED, "auth": {**USER, "password": "{{ secrets.wrong_password }}"}},
    {**CREATION, **UNSIGNED, "auth": {**USER, "token": "{{ secrets.wrong_token }}"}},
]


def simulator(path: str, method: str, body: Json | str) -> Json:
    """A task that tells the simulator how to behave."""
    url = f"{{{{ cloud.url }}}}/_simulator/{path}"
    options = {"url": url, "method": method, "body": body}
    # A fault may repeat a secret.
    return {
        "name": f"{method} {path}",
        "simulate": options,
        "no_log": True,
    }


def logins() -> list[Json]:
    """All that can be wrong with a login, in one module or another."""
    info = "mrs_cluster_info"
    password, token = "{{ secrets.wrong_password }}", "{{ secrets.wrong_token }}"
    keys = {"secret_key": "{{ secrets.wrong_secret_key }}"}
    plain = {**UNSIGNED, "auth": {**USER, "password": "{{ cloud.password }}"}}
    return [
        task("password", info, plain),
        task(
            "token",
            info,
            {**UNSIGNED, "project_id": LOGIN["project_id"], "auth": {"token": "{{ cloud.token }}"}},
        ),
        task("temporary keys", info, "{{ cloud.temporary }}"),
        task(
            "wrong password", "mrs_job", {**UNSIGNED, **JOB, "auth": {**USER, "password": password}}
        ),
        task(
            "wrong token",
            "mrs_host_info",
            {**UNSIGNED, "cluster": "x", "auth": {**USER, "token": token}},
        ),
        task(
            "wrong token as it is",
            info,
            {**UNSIGNED, "project_id": LOGIN["project_id"], "auth": {"token": token}},
        ),
        task("wrong key", "mrs_cluster_scale", {**keys, "cluster": "etl", "count": 4}),
        task("wrong temporary key", info, {"security_token": "{{ secrets.security_token }}"}),
        task("two logins", info, {**keys, "auth": {**USER, "password": password}}),
        task("a login that is no dict", info, {**UNSIGNED, "auth": f"password={password}"}),
        task(
            "unknown suboption",
            info,
            {**UNSIGNED, "auth": {"pasword": "x", "password": password, "token": token}},
        ),
        task(
            "login in the address",
            info,
            {"endpoint": "https://me:{{ secrets.address }}@127.0.0.1:9"},
        ),
        task("nobody there", info, {"endpoint": "http://127.0.0.1:9", **keys}),
        task("unknown region", info, {"region_name": "nowhere-1", "endpoint": "", **keys}),
        task("a header that cannot be", info, {"security_token": "{{ secrets.wrong_password }}"}),
    ]


def modules() -> list[Json]:
    """A life of a cluster, with what can go wrong on the way."""
    failing = {"ignore_errors": True, "diff": True}
    return [
        task("in check mode", "mrs_cluster", CREATION, check_mode=True, diff=True),
        task("bad option", "mrs_cluster", {**CREATION, "no_such_option": 1}),
        task(
            "bad type",
            "mrs_cluster",
            {**CREATION, "node_groups": [{"name": "core", "count": "many"}]},
        ),
        task(
            "refused by the service",
            "mrs_cluster",
            {**CREATION, "availability_zone": "no such zone"},
            diff=True,
        ),
        simulator("faults", "POST", {"kind": "cut_after", "path": "run-job-flow"}),
        task("cluster, with a lost answer", "mrs_cluster", {**CREATION, **QUICK}, diff=True),
        task("once more", "mrs_cluster", {**CREATION, **QUICK}, diff=True),
        task("what cannot be changed", "mrs_cluster", {**CREATION, "safe_mode": True}, diff=True),
        task("nodes", "mrs_cluster_scale", {"cluster": "etl", "count": 4, **QUICK}, diff=True),
        task("job", "mrs_job", JOB, diff=True),
        task(
            "job once more, with another secret",
            "mrs_job",
            {**JOB, "arguments": "wordcount @password={{ secrets.hql }}"},
        ),
        task(
            "bad option of a job",
            "mrs_job",
            {**JOB, "wait": "{{ secrets.word }} @p={{ secrets.word }}"},
        ),
        task("refused type", "mrs_job", HIVE),
        simulator("settings", "PATCH", {"next_job": "failed"}),
        task("a job that fails", "mrs_job", {**JOB, "name": "fails"}),
        simulator("faults", "POST", "{{ echo }}"),
        task(
            "an answer that repeats the request",
            "mrs_job",
            {**JOB, "name": "echo", "poll_interval": 0.1},
            **failing,
        ),
        simulator("settings", "PATCH", {"speed": 1000}),
        task("a job that takes too long", "mrs_job", {**JOB, "name": "slow", "wait_timeout": 1}),
        simulator("settings", "PATCH", {"speed": 0}),
        simulator("faults", "POST", {"kind": "hang", "path": "cluster_infos", "times": 2}),
        task(
            "a service that does not answer",
            "mrs_host_info",
            {"cluster": "etl", "api_timeout": 0.2},
        ),
        simulator("faults", "DELETE", {}),
        task("hosts", "mrs_host_info", {"cluster": "etl"}),
        task("clusters", "mrs_cluster_info", {"name": "etl"}),
        task("executions", "mrs_job_execution_info", {"cluster": "etl"}),
        task(
            "plans",
            "mrs_cluster_plan_info",
            {"clusters": [CREATION, {**CREATION, **LOGIN, "name": "new"}]},
        ),
        task("plans that fail", "mrs_cluster_plan_info", {"clusters": BAD}, diff=True),
        task(
            "plans that are none",
            "mrs_cluster_plan_info",
            {"clusters": "{{ secrets.root_password }}"},
        ),
        task(
            "cancelled",
            "mrs_job",
            {"cluster": "etl", "name": "slow", "state": "cancelled", **QUICK},
        ),
        *connections(),
        task("gone", "mrs_cluster", {"name": "etl", "state": "absent", **QUICK}),
    ]


def connections() -> list[Json]:
    """A data connection, whose password is in JSON in a text; and a component with passwords."""
    always = {**CONNECTION, "update_password": "always", **QUICK}
    return [
        simulator("settings", "PATCH", {"serve_unpublished": True}),
        simulator("faults", "POST", {"kind": "cut_after", "method": "POST", "path": "connectors$"}),
        task(
            "connection, with a lost answer",
            "mrs_data_connection",
            {**CONNECTION, **QUICK},
            diff=True,
        ),
        simulator("faults", "POST", "{{ echo_store }}"),
        task("a refusal that repeats it", "mrs_data_connection", always, diff=True),
        task("bad option of it", "mrs_data_connection", {**always, "x": "{{ secrets.store }}"}),
        task("connections", "mrs_data_connection_info", {}),
        task("component", "mrs_component", COMPONENT, diff=True),
    ]


def roles() -> list[Json]:
    """Both roles, each to a good and to a bad end."""
    cluster = {**CREATION, **LOGIN, **QUICK, "name": "by-role"}
    job = {**JOB, "name": "nightly"}
    del job["cluster"], job["poll_interval"]
    bad = {**cluster, "name": "bad", "availability_zone": "no such zone"}
    return [
        role("cluster", mrs_clusters=[cluster]),
        role("cluster", mrs_clusters=[bad, {**cluster, "state": "absent"}]),
        role("cluster", mrs_clusters=[{**cluster, "type": "no such type"}]),
        role(
            "transient_job",
            transient_job_cluster={**cluster, "name": "night"},
            transient_job_jobs=[job],
        ),
        role("transient_job", transient_job_cluster=bad, transient_job_jobs=[job]),
        role(
            "transient_job",
            transient_job_cluster=cluster,
            transient_job_jobs=[{**job, "job_type": "none"}],
        ),
    ]


def role(name: str, **variables: t.Any) -> Json:
    include = {
        "name": f"Role {name}",
        "ansible.builtin.include_role": {"name": f"huaweicloud.mrs.{name}"},
    }
    rescue = [{"name": "It failed", "ansible.builtin.debug": {"var": "ansible_failed_result"}}]
    return {"name": name, "block": [{**include, "vars": variables}], "rescue": rescue}
