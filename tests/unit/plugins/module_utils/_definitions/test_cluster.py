# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_request,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    CREATION_BODY,
    JOB_OPTIONS,
    Json,
    a_cluster,
    options,
    wanted_cluster,
)

MASTER, CORE = CREATION["node_groups"]
POLICY = {"auto_scaling_enable": True, "min_capacity": 0, "max_capacity": 6}
SCRIPT = {"name": "tune", "uri": "obs://etl/tune.sh", "nodes": ["Master", "CORE"]}
SCRIPT_BODY = {
    "name": "tune",
    "uri": "obs://etl/tune.sh",
    "nodes": ["master", "core"],
    "active_master": False,
    "before_component_start": False,
    "fail_action": "errorout",
}


def creation(**given: t.Any) -> Json:
    return creation_request(wanted_cluster(**{**CREATION, **given}), "eu-de")


def test_a_creation_has_what_is_given_and_the_documented_defaults() -> None:
    assert creation() == CREATION_BODY


def test_the_api_s_own_names_lead_to_the_same_request() -> None:
    own = {
        "cluster_name": "etl",
        "data_center": "eu-de",
        "available_zone_id": "eu-de-02",
        "cluster_version": "MRS 2.1.0",
        "cluster_type": "0",
        "vpc": "vpc-data",
        "vpc_id": CREATION["vpc_id"],
        "subnet_id": CREATION["subnet_id"],
        "subnet_name": "subnet-etl",
        "node_public_cert_name": "ops-key",
        "component_list": [{"component_name": "Hadoop"}],
        "node_groups": [
            {
                "group_name": "master_node_default_group",
                "node_num": 2,
                "node_size": "c6.4xlarge.4.linux.mrs",
            },
            {
                "group_name": "core_node_analysis_group",
                "node_num": 3,
                "node_size": "c6.4xlarge.4.linux.mrs",
            },
        ],
    }
    assert (
        creation_request(desired_cluster(options("mrs_cluster", **own, region_name=None)), None)
        == CREATION_BODY
    )


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"type": "analysis"}, {"cluster_type": 0}),
        ({"type": "0"}, {"cluster_type": 0}),
        ({"safe_mode": False}, {"safe_mode": 0}),
        ({"safe_mode": True}, {"safe_mode": 1}),
        ({"log_collection": False}, {"log_collection": 0}),
        ({"log_collection": True}, {"log_collection": 1}),
        ({"security_group_id": ""}, {}),
        ({"root_password": ""}, {}),
        ({"security_group_id": "2b7f"}, {"security_groups_id": "2b7f"}),
        ({"enterprise_project_id": "0"}, {"enterprise_project_id": "0"}),
        ({"admin_password": "Canary-Admin-1"}, {"cluster_admin_secret": "Canary-Admin-1"}),
        ({"tags": {}}, {}),
        (
            {"tags": {"team": None, "env": "test", 1: 2}},
            {
                "tags": [
                    {"key": "1", "value": "2"},
                    {"key": "env", "value": "test"},
                    {"key": "team", "value": ""},
                ]
            },
        ),
        ({"bootstrap_scripts": []}, {}),
        ({"bootstrap_scripts": [SCRIPT]}, {"bootstrap_scripts": [SCRIPT_BODY]}),
        (
            {
                "components": [
                    "Hadoop",
                    {"component_name": "Hive"},
                    {"id": "x_4", "name": "Loader", "version": "1.99"},
                ]
            },
            {
                "component_list": [
                    {"component_name": "Hadoop"},
                    {"component_name": "Hive"},
                    {"component_name": "Loader"},
                ]
            },
        ),
    ],
)
def test_explicit_zeros_and_false_are_sent_and_what_is_not_given_is_not(
    given: Json, sent: Json
) -> None:
    assert creation(**given) == {**CREATION_BODY, **sent}


def test_a_root_password_means_login_mode_0() -> None:
    body = creation(key_pair=None, root_password="Canary-Root-1")
    assert (body["login_mode"], body["cluster_master_secret"]) == (0, "Canary-Root-1")
    assert "node_public_cert_name" not in body


@pytest.mark.parametrize("kind", ["streaming", "1"])
def test_a_streaming_cluster_has_streaming_groups(kind: str) -> None:
    task = {"name": "task", "count": 0}
    body = creation(type=kind, node_groups=[task, CORE, MASTER])
    assert body["cluster_type"] == 1
    assert [(group["group_name"], group["node_num"]) for group in body["node_groups"]] == [
        ("master_node_default_group", 2),
        ("core_node_streaming_group", 3),
        ("task_node_streaming_group", 0),
    ]


def test_q27_volumes_are_sent_where_given_and_the_system_disk_as_a_text() -> None:
    volumes = {
        "root_volume_type": "SATA",
        "root_volume_size": 480,
        "data_volume_type": "SAS",
        "data_volume_size": 600,
        "data_volume_count": 0,
    }
    core = creation(node_groups=[MASTER, {**CORE, **volumes}])["node_groups"][1]
    assert core == {
        "group_name": "core_node_analysis_group",
        "node_num": 3,
        "node_size": "c6.4xlarge.4.linux.mrs",
        "root_volume_type": "SATA",
        "root_volume_size": "480",
        "data_volume_type": "SAS",
        "data_volume_size": 600,
        "data_volume_count": 0,
    }


def test_a_policy_is_sent_with_its_group_without_what_is_not_given() -> None:
    rule = {
        "name": "grow",
        "adjustment_type": "scale_out",
        "cool_down_minutes": 0,
        "scaling_adjustment": 1,
        "trigger": {"metric_name": "YARNAppPending", "metric_value": 2, "evaluation_periods": 1},
    }
    task = {
        "name": "task",
        "count": 1,
        "size": "c6.large",
        "auto_scaling_policy": {**POLICY, "rules": [rule]},
    }
    sent = creation(node_groups=[MASTER, CORE, task])["node_groups"][2]["auto_scaling_policy"]
    assert sent == {
        "auto_scaling_enable": True,
        "min_capacity": 0,
        "max_capacity": 6,
        "rules": [{**rule, "trigger": {**rule["trigger"], "metric_value": "2"}}],
    }


def test_a_job_comes_along_with_false_where_it_is_false() -> None:
    (job,) = creation(job=JOB_OPTIONS)["add_jobs"]
    assert (job["job_name"], job["shutdown_cluster"], job["submit_job_once_cluster_run"]) == (
        "wordcount",
        False,
        True,
    )
    (job,) = creation(job={**JOB_OPTIONS, "shutdown_cluster": True})["add_jobs"]
    assert job["shutdown_cluster"] is True


@pytest.mark.parametrize(
    ("lacking", "option"),
    [
        ("availability_zone", "availability_zone"),
        ("version", "version"),
        ("vpc_id", "vpc_id"),
        ("vpc_name", "vpc_name"),
        ("subnet_id", "subnet_id"),
        ("subnet_name", "subnet_name"),
        ("components", "components"),
        ("node_groups", "node_groups"),
        ("key_pair", "key_pair or root_password"),
    ],
)
def test_what_a_new_cluster_lacks_is_named(lacking: str, option: str) -> None:
    with pytest.raises(OptionError) as caught:
        creation(**{lacking: None})
    assert str(caught.value).startswith(
        f"{option}: needed, since the cluster is not there and has to be created"
    )


def test_what_shows_several_of_the_missing_values_is_named_once() -> None:
    with pytest.raises(OptionError) as caught:
        creation(vpc_id=None, vpc_name=None, subnet_id=None)
    assert str(caught.value).endswith(
        "What shows such values: openstack router list, or hcloud VPC ListVpcs (vpc_id, vpc_name); "
        "openstack subnet list (the column Network), or hcloud VPC ListSubnets (subnet_id)"
    )


def test_a_successor_has_the_name_and_the_type_of_the_cluster_before_it() -> None:
    there = a_cluster(clusterName="tune", clusterType=1)
    successor = wanted_cluster(name=None, id=there.id).in_place_of(there)
    assert (successor.name, successor.type) == ("tune", "streaming")
    given = wanted_cluster(name="etl", type="analysis").in_place_of(there)
    assert (given.name, given.type) == ("etl", "analysis")
    assert wanted_cluster().in_place_of(a_cluster(clusterType=7)).type is None


def test_everything_that_lacks_is_named_at_once() -> None:
    with pytest.raises(OptionError) as caught:
        creation_request(
            desired_cluster(options("mrs_cluster", name="etl", region_name=None)), None
        )
    assert caught.value.option == (
        "availability_zone, version, vpc_id, vpc_name, subnet_id, subnet_name, components, "
        "node_groups, "
        "region_name (OS_REGION_NAME), key_pair or root_password"
    )


@pytest.mark.parametrize(
    "groups",
    [
        [CORE],
        [MASTER],
        [MASTER, {**CORE, "count": 0}],
        [MASTER, {"name": "core", "count": 3}],
        [{"name": "master", "size": "c6.large"}, CORE],
        [MASTER, CORE, {"name": "task", "count": 2}],
        [MASTER, CORE, {"name": "task", "size": "c6.large"}],
    ],
)
def test_groups_of_a_new_cluster_need_count_and_size(groups: list[Json]) -> None:
    with pytest.raises(OptionError) as caught:
        creation(node_groups=groups)
    assert caught.value.option == "node_groups"


TOO_LONG = "Aa1-" * 9


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"name": ""}, "name"),
        ({"name": "my etl"}, "name"),
        ({"name": "étl"}, "name"),
        ({"name": "e" * 65}, "name"),
        ({"name": "etl\n"}, "name"),
        ({"admin_password": "Aa1-aa1"}, "admin_password"),
        ({"admin_password": TOO_LONG[:33]}, "admin_password"),
        ({"admin_password": "aaaaAAAA"}, "admin_password"),
        ({"admin_password": "aaaaaaaa"}, "admin_password"),
        ({"root_password": TOO_LONG[:27]}, "root_password"),
        ({"root_password": "aaaa1111"}, "root_password"),
        ({"admin_password": ""}, "admin_password"),
        ({"components": [{"nmae": "Hive"}]}, "components"),
        ({"components": [""]}, "components"),
        ({"components": [3]}, "components"),
        ({"job": {**JOB_OPTIONS, "name": "word count"}}, "job.name"),
        ({"job": {**JOB_OPTIONS, "job_type": "hiveql"}}, "job.hql"),
        ({"job": {**JOB_OPTIONS, "jar_path": "wc.jar"}}, "job.jar_path"),
        ({"type": "analysis", "node_groups": [{"name": "edge"}]}, "node_groups[].name"),
        ({"node_groups": [{"name": "core", "count": -1}]}, "node_groups[core].count"),
        ({"node_groups": [{"name": "core", "count": 501}]}, "node_groups[core].count"),
        (
            {"node_groups": [{"name": "core", "count": 400}, {"name": "task", "count": 101}]},
            "node_groups",
        ),
        ({"node_groups": [{"name": "core"}, {"name": "core"}]}, "node_groups"),
        (
            {
                "type": "analysis",
                "node_groups": [{"name": "core"}, {"name": "core_node_analysis_group"}],
            },
            "node_groups",
        ),
        (
            {"node_groups": [{"name": "core", "auto_scaling_policy": POLICY}]},
            "node_groups[].auto_scaling_policy",
        ),
    ]
    + [({"tags": {f"a{character}": "b"}}, f"tags.a{character}") for character in "=*<>\\,|/"]
    + [({"tags": {"a": f"b{character}"}}, "tags.a") for character in "=*<>\\,|/"],
)
def test_bad_input_is_refused_by_the_name_of_its_option(given: Json, option: str) -> None:
    with pytest.raises(OptionError) as caught:
        wanted_cluster(**{"key_pair": None, **given})
    assert caught.value.option == option


@pytest.mark.parametrize(
    ("option", "password"),
    [
        ("admin_password", "Aaaaaaa1"),
        ("admin_password", "aaaaaa1 "),
        ("admin_password", TOO_LONG[:32]),
        ("root_password", "AAAAAA1-"),
        ("root_password", TOO_LONG[:26]),
    ],
)
def test_passwords_that_any_cloud_takes_are_accepted(option: str, password: str) -> None:
    assert getattr(wanted_cluster(**{option: password}), option) == password


def test_a_refused_password_is_not_in_the_error() -> None:
    with pytest.raises(OptionError) as caught:
        wanted_cluster(admin_password="canarycanary")
    assert "canary" not in str(caught.value.failure())


def test_masters_do_not_count_among_the_500_nodes() -> None:
    groups = [
        {"name": "master", "count": 2},
        {"name": "core", "count": 400},
        {"name": "task", "count": 100},
    ]
    assert wanted_cluster(node_groups=groups).group("task") is not None


def test_passwords_and_marked_words_are_secrets_and_not_in_the_representation() -> None:
    desired = wanted_cluster(
        admin_password="Canary-Admin-1",
        root_password="Canary-Root-1",
        bootstrap_scripts=[{**SCRIPT, "parameters": "a @key=canary-script"}],
        job={**JOB_OPTIONS, "arguments": "@key=canary-job"},
    )
    assert desired.secrets() == {
        "Canary-Admin-1",
        "Canary-Root-1",
        "@key=canary-script",
        "canary-script",
        "@key=canary-job",
        "canary-job",
    }
    assert "canary" not in repr(desired).lower()


@pytest.mark.parametrize("policy", [None, {**POLICY, "auto_scaling_enable": False}])
def test_a_group_without_an_enabled_policy_does_not_scale_itself(policy: Json | None) -> None:
    task = wanted_cluster(node_groups=[{"name": "task", "auto_scaling_policy": policy}]).group(
        "task"
    )
    assert task is not None
    assert task.scales_itself is False


COPY: Json = {
    "name": "fetch",
    "job_type": "distcp",
    "file_action": "import",
    "input": "obs://etl/in",
    "output": "/user/in",
}


def test_copying_is_submitted_to_a_new_cluster_of_mrs_3() -> None:
    body = creation(version="MRS 3.2.0-LTS.2", job=COPY)
    assert "add_jobs" not in body


def test_copying_cannot_run_with_the_creation_of_a_cluster_of_mrs_2() -> None:
    with pytest.raises(
        OptionError, match="distcp cannot run with the creation of a cluster before MRS 3"
    ):
        creation(version="MRS 2.1.0", job=COPY)
