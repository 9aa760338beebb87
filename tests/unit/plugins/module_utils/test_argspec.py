# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the specifications accept and what they refuse, checked with Ansible's own validator."""

from __future__ import annotations

import importlib
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import (
    ModuleSpec,
    hidden_in,
)


def validated(module: str, options: dict[str, t.Any]) -> t.Any:
    spec = importlib.import_module(
        f"ansible_collections.huaweicloud.mrs.plugins.modules.{module}"
    ).SPEC
    return ArgumentSpecValidator(**spec.arguments()).validate(spec.understood(options))


def accepted(module: str, options: dict[str, t.Any]) -> dict[str, t.Any]:
    result = validated(module, options)
    assert result.error_messages == []
    parameters: dict[str, t.Any] = result.validated_parameters
    return parameters


NODE_GROUP = {
    "name": "task",
    "auto_scaling_policy": {"auto_scaling_enable": True, "min_capacity": 1, "max_capacity": 3},
}

REFUSED = [
    ("mrs_cluster", {}, "one of the following is required: name, id"),
    (
        "mrs_cluster",
        {"name": "etl", "key_pair": "ops", "root_password": "x"},
        "parameters are mutually exclusive: key_pair|root_password",
    ),
    (
        "mrs_cluster",
        {"name": "etl", "state": "gone"},
        "value of state must be one of: present, absent, got: gone",
    ),
    (
        "mrs_cluster",
        {"name": "etl", "type": "hybrid"},
        "value of type must be one of: analysis, streaming, mixed, custom, got: hybrid",
    ),
    (
        "mrs_cluster",
        {"name": "etl", "recreate": "always"},
        "value of recreate must be one of: never, on_failure, on_change, got: always",
    ),
    (
        "mrs_cluster",
        {"name": "etl", "node_groups": [{"count": 3}]},
        "missing required arguments: name found in node_groups",
    ),
    (
        "mrs_cluster",
        {"name": "etl", "job": {"name": "count"}},
        "missing required arguments: job_type found in job",
    ),
    (
        "mrs_cluster",
        {"name": "etl", "job": {"name": "count", "job_type": "storm"}},
        "value of job_type must be one of: mapreduce, spark, hive_script, hiveql, distcp, "
        "spark_script, spark_sql, "
        "spark_python, flink, got: storm found in job",
    ),
    (
        "mrs_cluster_scale",
        {"cluster": "etl"},
        "one of the following is required: count, include_instances",
    ),
    ("mrs_cluster_scale", {"count": 3}, "missing required arguments: cluster"),
    (
        "mrs_cluster_scale",
        {"cluster": "etl", "count": 3, "task_node": {"data_volume_count": 1}},
        "missing required arguments: size found in task_node",
    ),
    ("mrs_job", {"cluster": "etl"}, "one of the following is required: name, id"),
    ("mrs_job", {"name": "count"}, "missing required arguments: cluster"),
    (
        "mrs_job",
        {"cluster": "etl", "name": "count", "rerun": "sometimes"},
        "value of rerun must be one of: on_failure, never, always, got: sometimes",
    ),
    (
        "mrs_job",
        {"cluster": "etl", "name": "count", "file_action": "move"},
        "value of file_action must be one of: import, export, got: move",
    ),
    ("mrs_job_execution_info", {}, "one of the following is required: cluster, id"),
    ("mrs_job_execution_info", {"name": "count"}, "one of the following is required: cluster, id"),
    (
        "mrs_job_execution_info",
        {"cluster": "etl", "job_state": ["succeeded"]},
        "value of job_state must be one or more of: starting, running, completed, terminated, "
        "abnormal, error. "
        "Got no match for: succeeded",
    ),
    (
        "mrs_cluster_info",
        {"cluster_state": ["RUNNING", "foo"]},
        "value of cluster_state must be one or more of: starting, running, scaling-out, "
        "scaling-in, scaling-error, "
        "rebooting, abnormal, frozen, stopped, shutdown, failed, terminating, terminated. Got no "
        "match for: foo",
    ),
    ("mrs_host_info", {}, "missing required arguments: cluster"),
]


@pytest.mark.parametrize(("module", "options", "problem"), REFUSED)
def test_options_that_cannot_work_are_refused(
    module: str, options: dict[str, t.Any], problem: str
) -> None:
    assert validated(module, options).error_messages == [problem]


def test_the_names_of_the_api_stand_for_our_own() -> None:
    options = accepted(
        "mrs_cluster",
        {
            "cluster_name": "clicks",
            "data_center": "eu-de",
            "available_zone_id": "eu-de-02",
            "cluster_version": "MRS 3.2.0-LTS.2",
            "cluster_type": 1,
            "safe_mode": 0,
            "vpc": "vpc-data",
            "security_groups_id": "2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703",
            "node_public_cert_name": "ops-key",
            "cluster_admin_secret": "Secret-1",
            "log_collection": 1,
            "component_list": [{"component_name": "Kafka"}],
            "node_groups": [
                {"group_name": "core_node_streaming_group", "node_num": "3", "node_size": "c6"}
            ],
        },
    )
    own_names = (
        "name",
        "region_name",
        "availability_zone",
        "version",
        "type",
        "safe_mode",
        "vpc_name",
        "key_pair",
    )
    assert [options[name] for name in own_names] == [
        "clicks",
        "eu-de",
        "eu-de-02",
        "MRS 3.2.0-LTS.2",
        "streaming",
        False,
        "vpc-data",
        "ops-key",
    ]
    assert options["security_group_id"] == "2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703"
    assert options["admin_password"] == "Secret-1"
    assert options["log_collection"] is True
    assert options["components"] == [{"component_name": "Kafka"}]
    group = options["node_groups"][0]
    assert (group["name"], group["count"], group["size"]) == ("core_node_streaming_group", 3, "c6")


def test_a_single_id_is_a_list_of_one() -> None:
    assert accepted("mrs_job_execution_info", {"cluster": "etl", "id": "a"})["id"] == ["a"]


def test_arguments_may_be_a_text_or_a_list() -> None:
    assert (
        accepted("mrs_job", {"cluster": "etl", "name": "count", "arguments": "a b"})["arguments"]
        == "a b"
    )
    assert accepted("mrs_job", {"cluster": "etl", "name": "count", "arguments": ["a", 1]})[
        "arguments"
    ] == ["a", 1]


def test_what_is_not_given_stays_unknown_so_that_the_cloud_and_the_environment_can_say_it() -> None:
    options = accepted("mrs_cluster_info", {})
    later = (
        "cloud",
        "auth",
        "auth_type",
        "access_key",
        "project_id",
        "region_name",
        "validate_certs",
        "ca_cert",
    )
    assert {options[name] for name in later} == {None}


def test_the_policy_of_a_group_keeps_the_names_of_the_api() -> None:
    options = accepted("mrs_cluster", {"name": "etl", "node_groups": [NODE_GROUP]})
    assert options["node_groups"][0]["auto_scaling_policy"] == {
        "auto_scaling_enable": True,
        "min_capacity": 1,
        "max_capacity": 3,
        "resources_plans": None,
        "rules": None,
        "exec_scripts": None,
    }


def test_secrets_are_known_to_ansible_even_inside_of_a_dictionary() -> None:
    result = validated(
        "mrs_cluster", {"name": "etl", "auth": {"password": "hush"}, "admin_password": "hush too"}
    )
    assert result._no_log_values == {"hush", "hush too"}


def test_short_parts_of_a_secret_that_is_no_text_do_not_garble_what_refuses_it() -> None:
    given = {"admin_password": {"a": "e", "key": ["Canary-1", 7]}}
    assert set(hidden_in({"admin_password": {"no_log": True}}, given)) == {
        "{'a': 'e', 'key': ['Canary-1', 7]}",
        "['Canary-1', 7]",
        "Canary-1",
    }


def test_a_specification_is_handed_out_as_a_copy() -> None:
    spec = ModuleSpec(options={"name": {"type": "str"}}, required_one_of=[["name"]])
    spec.arguments()["argument_spec"]["name"]["type"] = "int"
    assert spec.arguments() == {
        "argument_spec": {"name": {"type": "str"}},
        "mutually_exclusive": (),
        "required_together": (),
        "required_one_of": [["name"]],
        "required_if": (),
    }
