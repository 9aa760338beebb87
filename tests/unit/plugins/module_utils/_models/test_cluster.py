# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    Cluster,
    NodeGroup,
    role_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.host import Host
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    Json,
    a_cluster,
    a_host,
    cluster,
    custom_cluster,
    group,
    host,
    mixed_cluster,
)

GROUP = {
    "name": "core",
    "api_name": "core_node_analysis_group",
    "count": 3,
    "size": "c6.4xlarge.4.linux.mrs",
    "root_volume_type": "SATA",
    "root_volume_size": 480,
    "data_volume_type": "SATA",
    "data_volume_size": 600,
    "data_volume_count": 1,
    "auto_scaling_policy": None,
}


def test_a_cluster_comes_out_with_every_documented_key() -> None:
    assert a_cluster(tags="env=test", stageDesc="", errorInfo=None).result() == {
        "id": CLUSTER,
        "name": "etl",
        "state": "running",
        "stage": None,
        "error": None,
        "version": "MRS 2.1.0",
        "type": "analysis",
        "safe_mode": False,
        "region": "eu-de",
        "availability_zone": "eu-de-02",
        "vpc_id": None,
        "vpc_name": "vpc-data",
        "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
        "subnet_name": "subnet-etl",
        "security_group_id": "2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703",
        "enterprise_project_id": "0",
        "billing_type": "Metered",
        "key_pair": "ops-key",
        "log_collection": True,
        "created_at": "2024-03-27T08:44:40Z",
        "updated_at": "2024-03-27T09:20:00Z",
        "components": [{"id": "MRS 2.1.0_001", "name": "Hadoop", "version": "3.3.1"}],
        "node_groups": [
            GROUP,
            {**GROUP, "name": "master", "api_name": "master_node_default_group", "count": 2},
        ],
        "node_counts": {"master": 2, "core": 3, "task": 0},
        "tags": {"env": "test"},
        "internal_ip": "192.168.10.21",
        "external_ip": "100.64.10.5",
        "master_ip": "192.168.10.20",
        "scale_state": None,
        "bootstrap_scripts": [],
    }


def test_an_empty_answer_is_a_cluster_in_an_unknown_state() -> None:
    nothing = Cluster.of({})
    assert (nothing.id, nothing.name, nothing.state, nothing.counts) == (
        "",
        "",
        "unknown",
        {"master": 0, "core": 0, "task": 0},
    )
    assert nothing.complete is False


def test_q5_a_detail_is_wrapped_or_not() -> None:
    assert Cluster.of({"cluster": cluster()}) == Cluster.of(cluster())


def test_q6_camel_case_groups_are_the_same_as_pascal_case_ones() -> None:
    camel = {
        key[0].lower() + key[1:]: value
        for key, value in group("core_node_analysis_group", 3).items()
    }
    assert NodeGroup.of(Raw(camel)) == NodeGroup.of(Raw(group("core_node_analysis_group", 3)))


SCRIPT = {
    "name": "tune",
    "uri": "obs://etl/tune.sh",
    "parameters": "a @password=x",
    "nodes": ["task", "Core", "MASTER"],
    "active_master": "false",
    "before_component_start": True,
    "fail_action": "errorout",
    "state": "IN_PROGRESS",
    "start_time": 1711529080,
}


@pytest.mark.parametrize("spelling", ["bootstrap_scripts", "bootstrapScripts"])
def test_q7_bootstrap_scripts_have_two_spellings(spelling: str) -> None:
    answer = cluster()
    del answer["bootstrapScripts"]
    assert Cluster.of({**answer, spelling: [SCRIPT]}).bootstrap_scripts == (
        {
            "name": "tune",
            "uri": "obs://etl/tune.sh",
            "parameters": "a @password=*",
            "nodes": ["core", "master", "task"],
            "active_master": False,
            "before_component_start": True,
            "fail_action": "errorout",
            "state": "in_progress",
            "start_time": "2024-03-27T08:44:40Z",
        },
    )


def test_q7_a_script_without_anything_is_no_error() -> None:
    (script,) = a_cluster(bootstrapScripts=[{"name": "tune", "nodes": None}]).bootstrap_scripts
    assert (script["nodes"], script["parameters"], script["state"], script["start_time"]) == (
        [],
        "",
        None,
        None,
    )


def test_q8_counts_come_as_texts_where_there_are_no_groups() -> None:
    old = cluster(
        nodeGroups=None,
        masterNodeNum="2",
        coreNodeNum="3",
        coreNodeSize="c3.large",
        coreDataVolumeSize=100,
    )
    assert Cluster.of(old).counts == {"master": 2, "core": 3, "task": 0}
    core = Cluster.of(old).group("core")
    assert core is not None
    assert (core.api_name, core.size, core.data_volume_size) == (
        "core_node_analysis_group",
        "c3.large",
        100,
    )


class TestGroupsWithNamesOfTheirOwn:
    def test_a_custom_cluster_counts_by_group(self) -> None:
        found = Cluster.of(custom_cluster(data=4, edge=1))
        assert found.type == "custom"
        assert found.counts == {"master": 3, "core_data": 4, "edge": 1}
        assert [(each.name, each.api_name) for each in found.node_groups] == [
            ("master", "master_node_default_group"),
            ("core_data", "core_data"),
            ("edge", "edge"),
        ]
        assert found.group("core") is None

    def test_a_mixed_cluster_has_two_core_groups(self) -> None:
        assert Cluster.of(mixed_cluster(analysis=4, streaming=5)).counts == {
            "master": 2,
            "core_node_analysis_group": 4,
            "core_node_streaming_group": 5,
        }

    def test_old_fields_tell_masters_only(self) -> None:
        found = Cluster.of(custom_cluster(nodeGroups=None, coreNodeNum="3"))
        assert found.counts == {"master": 3}

    @pytest.mark.parametrize(
        ("answer", "node_group"),
        [
            ({"node_group_name": "core_data", "type": "Core"}, "core_data"),
            ({"node_group_name": "master_node_default_group", "type": "Master"}, "master"),
            ({"type": "Master"}, "master"),
            ({"type": "Core", "name": f"{CLUSTER}_core_dataAbCd-0001"}, "core_data"),
            ({"type": "Core"}, "core"),
        ],
    )
    def test_hosts_of_a_custom_cluster(self, answer: Json, node_group: str) -> None:
        found = Host.of({"id": "vm-1", **answer}, Cluster.of(custom_cluster()))
        assert found.node_group == node_group

    def test_hosts_of_a_custom_cluster_that_names_no_groups(self) -> None:
        found = Host.of({"id": "vm-1", "type": "Core"}, Cluster.of(custom_cluster(nodeGroups=None)))
        assert found.node_group == "core"

    @pytest.mark.parametrize(
        ("kind", "node_group"),
        [
            ("Analysis_Core", "core_node_analysis_group"),
            ("Streaming_Core", "core_node_streaming_group"),
            ("Master", "master"),
            ("Core", "core"),
            ("Task", "task_node_streaming_group"),
        ],
    )
    def test_hosts_of_a_mixed_cluster(self, kind: str, node_group: str) -> None:
        """A role alone tells the group where only one group has it."""
        answer = mixed_cluster()
        answer["nodeGroups"].append(group("task_node_streaming_group", 1))
        found = Host.of(host(1, kind), Cluster.of(answer))
        assert found.node_group == node_group

    @pytest.mark.parametrize(("kind", "node_group"), [("Core", "data"), ("Master", "master")])
    def test_hosts_of_a_custom_cluster_with_one_group(self, kind: str, node_group: str) -> None:
        groups = [group("master_node_default_group", 3), group("data", 3)]
        found = Host.of(host(1, kind), Cluster.of(custom_cluster(nodeGroups=groups)))
        assert found.node_group == node_group


def test_q8_the_old_way_of_a_streaming_cluster() -> None:
    core = a_cluster(nodeGroups=None, clusterType="1").group("core")
    assert core is not None
    assert core.api_name == "core_node_streaming_group"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (0, "analysis"),
        ("0", "analysis"),
        (1, "streaming"),
        ("1", "streaming"),
        (2, "mixed"),
        ("3", "custom"),
        (9, "9"),
        (None, None),
        ("", None),
    ],
)
def test_q9_q36_cluster_types_are_numbers_or_texts(told: t.Any, kind: str | None) -> None:
    assert a_cluster(clusterType=told).type == kind


@pytest.mark.parametrize(
    ("told", "safe"), [(0, False), ("0", False), (1, True), ("1", True), (None, None)]
)
def test_q9_safe_mode_is_a_number_or_a_text(told: t.Any, safe: bool | None) -> None:
    assert a_cluster(safeMode=told).safe_mode is safe


def test_q10_the_size_of_a_volume_is_a_number_or_a_text() -> None:
    assert (
        NodeGroup.of(
            Raw(group("core_node_analysis_group", 3, DataVolumeSize="600"))
        ).data_volume_size
        == 600
    )


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Metered", "Metered"),
        ("12", "Metered"),
        (12, "Metered"),
        ("Prepaid", "Prepaid"),
        ("", None),
    ],
)
def test_q11_the_billing_type_is_a_word_or_its_number(told: t.Any, kind: str | None) -> None:
    assert a_cluster(billingType=told).billing_type == kind


@pytest.mark.parametrize(
    ("told", "tags"),
    [
        ("env=test", {"env": "test"}),
        ("env=test,team=data", {"env": "test", "team": "data"}),
        ("team=data, env=test", {"env": "test", "team": "data"}),
        ("env,team=", {"env": "", "team": ""}),
        (
            [{"key": "env", "value": "test"}, {"key": "team", "value": None}],
            {"env": "test", "team": ""},
        ),
        ([], {}),
        ("", {}),
        (" ", {}),
        (None, {}),
        ("=x", {}),
    ],
)
def test_q12_tags_come_as_text_list_or_nothing(told: t.Any, tags: dict[str, str]) -> None:
    assert a_cluster(tags=told).tags == tags


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("tags", ["env"], "tags has an item that is a text, not an object"),
        ("tags", [{"value": "test"}], "tags has an item without key"),
        ("tags", {"env": "test"}, "tags is an object, not a list"),
        ("tags", 5, "tags is a number, not a list"),
        ("nodeGroups", 5, "nodeGroups is a number, not a list"),
        (
            "nodeGroups",
            [group("core_node_analysis_group", -1)],
            "NodeNum is a number, not a number of 0 or more",
        ),
        ("taskNodeGroups", {}, "taskNodeGroups is an empty object, not a list"),
        ("componentList", "Hadoop", "componentList is a text, not a list"),
        ("bootstrapScripts", [None], "bootstrapScripts has an item that is null, not an object"),
    ],
)
def test_nonsense_is_not_taken_for_nothing(field: str, value: t.Any, problem: str) -> None:
    with pytest.raises(NonsenseError) as caught:
        a_cluster(**{field: value})
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("told", "time"),
    [("1711529080", "2024-03-27T08:44:40Z"), ("0", None), ("", None), (None, None)],
)
def test_q13_the_clock_of_clusters_counts_seconds_in_texts(told: t.Any, time: str | None) -> None:
    assert a_cluster(createAt=told).created_at == time


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("master_node_default_group", "master"),
        ("core_node_analysis_group", "core"),
        ("core_node_streaming_group", "core"),
        ("core_node_default_group", "core"),
        ("task_node_analysis_group", "task"),
        ("task_node_streaming_group", "task"),
        ("task_node_default_group", "task"),
        ("MasterNode", "master"),
        ("Master", "master"),
        ("Analysis_Core", "core"),
        ("Streaming_Task", "task"),
        ("node_group_1", "node_group_1"),
    ],
)
def test_q16_every_name_of_a_group_leads_to_its_role(name: str, role: str) -> None:
    assert role_of(name) == role


@pytest.mark.parametrize(
    ("told", "shown", "zones"),
    [
        ({"azId": "eu-de-02", "azName": "eu-de-02"}, "eu-de-02", {"eu-de-02"}),
        (
            {"azId": "ae04cf9d61544df3806a3feeb401b204", "azName": "AZ1", "azCode": "cn-north-4a"},
            "cn-north-4a",
            {"ae04cf9d61544df3806a3feeb401b204", "AZ1", "cn-north-4a"},
        ),
        ({"azId": "ae04cf9d", "azName": None}, "ae04cf9d", {"ae04cf9d"}),
        ({"azId": None, "azName": None, "availabilityZoneId": "ae04"}, None, {"ae04"}),
    ],
)
def test_q29_a_zone_has_a_code_and_an_id(told: Json, shown: str | None, zones: set[str]) -> None:
    found = a_cluster(**told)
    assert (found.availability_zone, found.zones) == (shown, zones)


def test_q30_the_size_of_the_system_disk_is_the_one_that_the_service_tells() -> None:
    assert (
        NodeGroup.of(
            Raw(group("core_node_analysis_group", 3, RootVolumeSize="480"))
        ).root_volume_size
        == 480
    )


def test_q31_the_vpc_is_a_name() -> None:
    assert (a_cluster().vpc_name, a_cluster().vpc_id) == ("vpc-data", None)
    assert a_cluster(vpcId="6d2f1c8a").vpc_id == "6d2f1c8a"


def test_q34_the_obsolete_security_group_is_not_looked_at() -> None:
    found = a_cluster(securityGroupsId="a,b", slaveSecurityGroupsId="c")
    assert found.security_group_id == "a,b"


@pytest.mark.parametrize("nothing", [None, ""])
def test_q40_empty_and_null_texts_are_none(nothing: str | None) -> None:
    found = a_cluster(
        errorInfo=nothing,
        stageDesc=nothing,
        scale=nothing,
        externalIp=nothing,
        nodePublicCertName=nothing,
    )
    assert (found.error, found.stage, found.scale_state, found.external_ip, found.key_pair) == (
        None,
    ) * 5


def test_a_master_among_the_task_groups_is_not_believed() -> None:
    wrong = [group("master_node_default_group", 9), group("task_node_analysis_group", 4)]
    assert a_cluster(taskNodeGroups=wrong).counts == {"master": 2, "core": 3, "task": 4}
    assert a_cluster(taskNodeGroups=wrong, nodeGroups=None, masterNodeNum="2").counts["master"] == 2


def test_task_nodes_that_are_in_both_lists_count_once() -> None:
    task = [group("task_node_analysis_group", 4)]
    assert a_cluster(task=4, taskNodeGroups=task).counts == {"master": 2, "core": 3, "task": 4}


def test_groups_of_other_names_come_last() -> None:
    found = Cluster.of(
        cluster(nodeGroups=[group("node_group_1", 1), group("master_node_default_group", 2)])
    )
    assert [each.name for each in found.node_groups] == ["core", "master", "node_group_1"]


def test_components_are_sorted_by_name() -> None:
    found = a_cluster(componentList=[{"componentName": "Hive"}, {"componentName": "HBase"}, {}])
    assert [component["name"] for component in found.components] == [None, "HBase", "Hive"]
    assert found.component_names == ["", "HBase", "Hive"]


@pytest.mark.parametrize(
    ("one", "other", "is_older"),
    [
        ("1711531200", "1711531201", True),
        ("1711531201", "1711531201", False),
        ("1711531202", "1711531201", False),
        (None, "1711531201", False),
        ("1711531200", None, False),
    ],
)
def test_the_update_time_tells_which_answer_is_older(
    one: str | None, other: str | None, is_older: bool
) -> None:
    assert a_cluster(updateAt=one).is_older_than(a_cluster(updateAt=other)) is is_older


def test_clusters_are_sorted_by_their_creation() -> None:
    times = ["1711531201", None, "1711531200"]
    assert [each.order for each in sorted(map(_made_at, times), key=lambda each: each.order)] == [
        "",
        "2024-03-27T09:20:00Z",
        "2024-03-27T09:20:01Z",
    ]


def _made_at(moment: str | None) -> Cluster:
    return a_cluster(createAt=moment)


@pytest.mark.parametrize(
    ("state", "is_healthy"),
    [("ACTIVE", True), ("active", True), ("ABORTED", False), ("SHUTOFF", False), (None, False)],
)
def test_a_host_that_is_active_is_healthy(state: str | None, is_healthy: bool) -> None:
    assert a_host(1, status=state).is_healthy is is_healthy


@pytest.mark.parametrize(
    ("policy", "scales"),
    [
        (None, False),
        ({}, False),
        ({"auto_scaling_enable": False}, False),
        ({"auto_scaling_enable": "false"}, False),
        ({"auto_scaling_enable": True}, True),
        ({"auto_scaling_enable": "true"}, True),
    ],
)
def test_a_group_with_an_enabled_policy_scales_itself(policy: Json | None, scales: bool) -> None:
    task = a_cluster(task=1, policy=policy).group("task")
    assert task is not None
    assert task.scales_itself is scales


@pytest.mark.parametrize(
    "missing", ["tags", "scale", "bootstrapScripts", "nodeGroups", "componentList"]
)
def test_an_item_of_the_list_that_lacks_something_is_not_complete(missing: str) -> None:
    answer = cluster()
    del answer[missing]
    assert Cluster.of(answer).complete is False


@pytest.mark.parametrize(
    ("state", "scale", "scaling"),
    [
        ("running", None, False),
        ("running", "", False),
        ("running", "scaling-error", False),
        ("running", "scaled_up_first", False),
        ("running", "scaled-up-success", False),
        ("running", "scaling-out", True),
        ("running", "scaling-in", True),
        ("running", "scaling-up", True),
        ("running", "scaling_up_first", True),
        ("scaling-out", None, True),
        ("scaling-in", None, True),
    ],
)
def test_state_and_scale_tell_together_whether_it_scales(
    state: str, scale: str | None, scaling: bool
) -> None:
    assert a_cluster(clusterState=state, scale=scale).scaling is scaling


@pytest.mark.parametrize(
    ("stage", "error", "told"),
    [
        (None, None, "failed"),
        ("Cluster installation failed", None, "failed (Cluster installation failed)"),
        ("Creating VMs", "MRS.104", "failed (Creating VMs; MRS.104)"),
        ("MRS.104", "MRS.104", "failed (MRS.104)"),
    ],
)
def test_a_cluster_tells_its_state_its_stage_and_its_error(
    stage: str | None, error: str | None, told: str
) -> None:
    assert a_cluster(clusterState="failed", stageDesc=stage, errorInfo=error).description == told


def test_a_host_comes_out_with_every_documented_key() -> None:
    assert a_host(31).result() == {
        "id": "vm-31",
        "name": f"{CLUSTER}_node_core_31",
        "ip": "192.168.10.31",
        "node_group": "core",
        "state": "ACTIVE",
        "size": "c6.4xlarge.4.linux.mrs",
        "cpu": 16,
        "memory": 65536,
        "root_volume_size": 480,
        "data_volume_type": "SATA",
        "data_volume_size": 600,
        "data_volume_count": 1,
    }


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ({"type": "CoreNode"}, "core"),
        ({"type": "Streaming_Task"}, "task"),
        ({"type": None, "node_group_name": "master_node_default_group"}, "master"),
        ({"type": None}, ""),
    ],
)
def test_the_group_of_a_host_comes_from_its_type_or_its_group(told: Json, role: str) -> None:
    assert a_host(1, **told).node_group == role


def test_an_empty_host_is_no_error() -> None:
    assert (Host.of({}).id, Host.of({}).name, Host.of({}).cpu) == ("", "", None)


def test_secrets_in_the_parameters_of_scripts_are_not_shown() -> None:
    script = {"name": "tune", "uri": "obs://etl/tune.sh", "parameters": "fast @password=Canary-1"}
    found = a_cluster(task=2, policy={"exec_scripts": [script]}, bootstrapScripts=[script])
    task = found.result()["node_groups"][-1]
    assert found.result()["bootstrap_scripts"][0]["parameters"] == "fast @password=*"
    assert task["auto_scaling_policy"]["exec_scripts"][0]["parameters"] == "fast @password=*"
