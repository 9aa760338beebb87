# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.differences import (
    differences,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    Json,
    a_cluster,
    cluster,
    group,
    wanted_cluster,
)

SCRIPT = {
    "name": "tune",
    "uri": "obs://etl/tune.sh",
    "nodes": ["core", "master"],
    "parameters": "a @key=x",
}
TOLD = {
    **SCRIPT,
    "parameters": "a @key=*",
    "active_master": False,
    "fail_action": "errorout",
    "state": "SUCCESS",
}


def found(wanted: Json, **there: t.Any) -> list[tuple[str, t.Any, t.Any]]:
    return differences(wanted_cluster(**wanted), a_cluster(**there))


def test_a_cluster_as_it_was_created_has_no_difference() -> None:
    assert found(CREATION) == []


def test_nothing_wanted_is_no_difference() -> None:
    assert found({"region_name": None}) == []


@pytest.mark.parametrize(
    ("wanted", "there", "difference"),
    [
        ({"region_name": "eu-nl"}, {}, ("region", "eu-nl", "eu-de")),
        ({"version": "MRS 3.3.0-LTS.1"}, {}, ("version", "MRS 3.3.0-LTS.1", "MRS 2.1.0")),
        ({"type": "1"}, {}, ("type", "streaming", "analysis")),
        ({"safe_mode": True}, {}, ("safe_mode", True, False)),
        ({"vpc_name": "vpc-2"}, {}, ("vpc_name", "vpc-2", "vpc-data")),
        ({"vpc_id": "b"}, {"vpcId": "a"}, ("vpc_id", "b", "a")),
        ({"subnet_id": "b"}, {"subnetId": "a"}, ("subnet_id", "b", "a")),
        ({"subnet_name": "b"}, {}, ("subnet_name", "b", "subnet-etl")),
        ({"enterprise_project_id": "b"}, {}, ("enterprise_project_id", "b", "0")),
        ({"key_pair": "b"}, {}, ("key_pair", "b", "ops-key")),
        ({"log_collection": False}, {}, ("log_collection", False, True)),
        ({"eip_id": "b"}, {"eipId": "a"}, ("eip_id", "b", "a")),
        (
            {"eip_id": "a", "eip_address": "100.64.10.8"},
            {"eipId": "a", "eipAddress": "100.64.10.7"},
            ("eip_address", "100.64.10.8", "100.64.10.7"),
        ),
        ({"availability_zone": "eu-de-01"}, {}, ("availability_zone", "eu-de-01", "eu-de-02")),
        ({"security_group_id": "b"}, {"securityGroupsId": "a"}, ("security_group_id", "b", "a")),
        (
            {"security_group_id": "a"},
            {"securityGroupsId": "a,b"},
            ("security_group_id", "a", "a,b"),
        ),
        (
            {"security_group_id": "a,b"},
            {"securityGroupsId": "a"},
            ("security_group_id", "a,b", "a"),
        ),
        ({"components": ["Hive", "Hadoop"]}, {}, ("components", ["Hadoop", "Hive"], ["Hadoop"])),
        (
            {"node_groups": [{"name": "core", "size": "c6.large"}]},
            {},
            ("node_groups[core].size", "c6.large", "c6.4xlarge.4.linux.mrs"),
        ),
        (
            {"node_groups": [{"name": "core", "data_volume_size": 700}]},
            {},
            ("node_groups[core].data_volume_size", 700, 600),
        ),
        (
            {"node_groups": [{"name": "core", "data_volume_size": 500}]},
            {},
            ("node_groups[core].data_volume_size", 500, 600),
        ),
        (
            {"node_groups": [{"name": "master", "count": 1}]},
            {},
            ("node_groups[master].count", 1, 2),
        ),
        ({"bootstrap_scripts": [SCRIPT]}, {}, ("bootstrap_scripts", ["tune"], [])),
        (
            {"bootstrap_scripts": []},
            {"bootstrapScripts": [TOLD]},
            ("bootstrap_scripts", [], ["tune"]),
        ),
        (
            {"bootstrap_scripts": [{**SCRIPT, "uri": "obs://etl/2.sh"}]},
            {"bootstrapScripts": [TOLD]},
            ("bootstrap_scripts[tune].uri", "obs://etl/2.sh", "obs://etl/tune.sh"),
        ),
        (
            {"bootstrap_scripts": [{**SCRIPT, "nodes": ["task"]}]},
            {"bootstrapScripts": [TOLD]},
            ("bootstrap_scripts[tune].nodes", ["task"], ["core", "master"]),
        ),
        (
            {"bootstrap_scripts": [{**SCRIPT, "parameters": "b"}]},
            {"bootstrapScripts": [TOLD]},
            ("bootstrap_scripts[tune].parameters", "b", "a @key=*"),
        ),
    ],
)
def test_what_cannot_be_changed_in_place_is_found(
    wanted: Json, there: Json, difference: tuple[str, t.Any, t.Any]
) -> None:
    assert found(wanted, **there) == [difference]


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ({"version": "MRS 3.2.0-LTS.2"}, {"clusterVersion": None}),
        ({"vpc_id": "b"}, {}),
        ({"key_pair": "b"}, {"nodePublicCertName": ""}),
        ({"eip_id": "b", "eip_address": "100.64.10.8"}, {}),
        ({"eip_id": "b"}, {"eipId": None}),
        ({"eip_id": "a"}, {"eipId": "a", "eipAddress": "100.64.10.7"}),
        ({"enterprise_project_id": "b"}, {"enterpriseProjectId": None}),
        ({"security_group_id": "b"}, {"securityGroupsId": ""}),
        ({"availability_zone": "b"}, {"azId": None, "azName": None}),
        ({"components": ["Hive"]}, {"componentList": None}),
        (
            {"node_groups": [{"name": "core", "data_volume_size": 700}]},
            {"nodeGroups": None, "coreDataVolumeSize": ""},
        ),
        (
            {"bootstrap_scripts": [{**SCRIPT, "active_master": True}]},
            {"bootstrapScripts": [{**TOLD, "active_master": None}]},
        ),
        (
            {"bootstrap_scripts": [SCRIPT]},
            {"bootstrapScripts": [{**TOLD, "nodes": None, "uri": ""}]},
        ),
    ],
)
def test_what_the_service_does_not_tell_is_no_difference(wanted: Json, there: Json) -> None:
    assert found(wanted, **there) == []


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ({"security_group_id": "b,a"}, {"securityGroupsId": "a,b"}),
        ({"security_group_id": ""}, {"securityGroupsId": "a"}),
        ({"components": ["hadoop"]}, {}),
        ({"components": []}, {}),
        ({"node_groups": [{"name": "core", "data_volume_type": "sata"}]}, {}),
        ({"node_groups": [{"name": "task", "count": 4}]}, {"task": 2}),
        ({"node_groups": [{"name": "task", "size": "c6.large"}]}, {}),
        ({"node_groups": [{"name": "task", "size": "c6.large"}]}, {"task": 0}),
        ({"node_groups": [{"name": "core", "count": 9}]}, {}),
        (
            {"bootstrap_scripts": [{**SCRIPT, "nodes": ["Master", "CORE"]}]},
            {"bootstrapScripts": [TOLD]},
        ),
        (
            {
                "admin_password": "Canary-Admin-1",
                "root_password": "Canary-Root-1",
                "key_pair": None,
            },
            {},
        ),
    ],
)
def test_another_way_of_saying_the_same_is_no_difference(wanted: Json, there: Json) -> None:
    assert found(wanted, **there) == []


@pytest.mark.parametrize("zone", ["ae04cf9d61544df3806a3feeb401b204", "cn-north-4a"])
def test_q29_a_zone_is_compared_by_code_and_by_id(zone: str) -> None:
    there = {"azId": "ae04cf9d61544df3806a3feeb401b204", "azName": None, "azCode": "cn-north-4a"}
    assert found({"availability_zone": zone}, **there) == []


def test_components_that_the_service_adds_by_itself_are_no_difference() -> None:
    there = [
        {"componentName": "Hadoop"},
        {"componentName": "ZooKeeper"},
        {"componentName": "DBService"},
    ]
    assert found({"components": ["Hadoop"]}, componentList=there) == []


def test_scripts_are_not_missed_in_an_item_of_the_list_that_has_none() -> None:
    answer = cluster()
    del answer["bootstrapScripts"]
    assert differences(wanted_cluster(bootstrap_scripts=[SCRIPT]), Cluster.of(answer)) == []


def test_every_difference_is_told() -> None:
    there = [
        group("master_node_default_group", 1),
        group("core_node_analysis_group", 3, NodeSize="c3.large"),
    ]
    wanted = {**CREATION, "version": "MRS 3.3.0-LTS.1"}
    assert [field for field, _wanted, _found in found(wanted, nodeGroups=there)] == [
        "version",
        "node_groups[master].count",
        "node_groups[core].size",
    ]


@pytest.mark.parametrize("given", ["--password Canary-1", "--password *"])
def test_secrets_in_parameters_are_not_shown_and_a_result_is_no_difference(given: str) -> None:
    there = {**TOLD, "parameters": "--password Canary-1"}
    shown = a_cluster(bootstrapScripts=[there]).result()["bootstrap_scripts"]
    assert shown[0]["parameters"] == "--password *"
    assert not found(
        {"bootstrap_scripts": [{**SCRIPT, "parameters": given}]}, bootstrapScripts=[there]
    )


def test_another_secret_in_parameters_is_a_difference() -> None:
    wanted = {"bootstrap_scripts": [{**SCRIPT, "parameters": "--password Canary-2"}]}
    there = {**TOLD, "parameters": "--password Canary-1"}
    assert found(wanted, bootstrapScripts=[there]) == [
        ("bootstrap_scripts[tune].parameters", "--password *", "--password *")
    ]
