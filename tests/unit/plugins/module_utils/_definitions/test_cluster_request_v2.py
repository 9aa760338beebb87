# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_doubts,
    creation_request,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    CUSTOM,
    CUSTOM_BODY,
    DISKS,
    JOB_BODY_V2,
    JOB_OPTIONS,
    SIZE,
    Json,
    wanted_cluster,
)

#: An analysis cluster whose creation needs API v2.
ANALYSIS: Json = {
    **CREATION,
    "version": "MRS 3.2.0-LTS.2",
    "agency": "MRS_ECS_DEFAULT_AGENCY",
    "admin_password": "Canary-Admin-1",
}
GROUP = {"count": 3, "size": SIZE, **DISKS}


def creation(**given: object) -> Json:
    return creation_request(wanted_cluster(**given), "eu-de")


def refusal(**given: object) -> str:
    with pytest.raises(OptionError) as caught:
        creation(**given)
    return str(caught.value)


def test_a_custom_cluster_with_the_roles_of_the_reference() -> None:
    assert creation(**CUSTOM) == CUSTOM_BODY


def test_a_mixed_cluster_has_four_groups_besides_master() -> None:
    names = (
        "core_node_analysis_group",
        "core_node_streaming_group",
        "task_node_analysis_group",
        "task_node_streaming_group",
    )
    groups = [{"name": name, **GROUP} for name in (*names, "master")]
    body = creation(**{**ANALYSIS, "type": "mixed", "node_groups": groups})
    assert body["cluster_type"] == "MIXED"
    assert [group["group_name"] for group in body["node_groups"]] == [
        "master_node_default_group",
        *names,
    ]


def test_v12_a_data_volume_is_sent_where_there_is_none() -> None:
    groups = [{"name": name, "count": 2, "size": SIZE} for name in ("master", "core")]
    body = creation(**{**ANALYSIS, "node_groups": groups})
    assert body["node_groups"][1] == {
        "group_name": "core_node_analysis_group",
        "node_num": 2,
        "node_size": SIZE,
        "data_volume": {"type": "SATA", "size": 100},
        "data_volume_count": 0,
    }


def test_options_that_only_api_v2_has_have_the_names_of_the_api_in_it() -> None:
    given = {
        "eip_id": "e1",
        "eip_address": "100.64.10.7",
        "log_uri": "obs://logs/",
        "auto_create_security_group": True,
        "alarms": {"topic_urn": "urn:smn:a", "subscription": "ops"},
        "component_configs": [
            {"component": "Hive", "configs": [{"key": "a", "value": "1", "file": "hive-site.xml"}]}
        ],
        "external_metastores": [
            {
                "component": "Hive",
                "role_type": "hive_metastore",
                "source_type": "RDS_MYSQL",
                "connection": "c1",
            }
        ],
        "safe_mode": True,
        "log_collection": False,
        "tags": {"env": "test"},
        "security_group_id": "s1",
        "enterprise_project_id": "0",
    }
    body = creation(**{**ANALYSIS, **given})
    assert {key: body[key] for key in body.keys() - CUSTOM_BODY.keys()} == {
        "subnet_id": "b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31",
        "mrs_ecs_default_agency": "MRS_ECS_DEFAULT_AGENCY",
        "eip_id": "e1",
        "eip_address": "100.64.10.7",
        "log_uri": "obs://logs/",
        "smn_notify": {"topic_urn": "urn:smn:a", "subscription_name": "ops"},
        "component_configs": [
            {
                "component_name": "Hive",
                "configs": [{"key": "a", "value": "1", "config_file_name": "hive-site.xml"}],
            }
        ],
        "external_datasources": [
            {
                "component_name": "Hive",
                "role_type": "hive_metastore",
                "source_type": "RDS_MYSQL",
                "connector_id": "c1",
            }
        ],
        "log_collection": 0,
        "tags": [{"key": "env", "value": "test"}],
        "security_groups_id": "s1",
        "enterprise_project_id": "0",
    }
    assert body["safe_mode"] == "KERBEROS"
    assert body["auto_create_default_security_group"] is True


def test_the_api_s_own_names_lead_to_the_same_request() -> None:
    groups = [
        {
            "group_name": group["group_name"],
            **{
                ours: group[ours]
                for ours in ("node_num", "node_size", "data_volume_count", "assigned_roles")
            },
            "root_volume": group["root_volume"],
            "data_volume": group["data_volume"],
        }
        for group in copy.deepcopy(CUSTOM_BODY["node_groups"])
    ]
    body = {
        key: value
        for key, value in CUSTOM_BODY.items()
        if key not in ("charge_info", "login_mode", "region", "node_groups")
    }
    assert creation(**{**body, "region": "eu-de", "node_groups": groups}) == CUSTOM_BODY


def test_a_root_password_is_a_login_mode() -> None:
    body = creation(**{**CUSTOM, "key_pair": None, "root_password": "Canary-Root-1"})
    assert (body["login_mode"], body["node_root_password"]) == ("PASSWORD", "Canary-Root-1")
    assert "node_keypair_name" not in body


def test_scripts_run_on_groups() -> None:
    script = {"name": "agent", "uri": "obs://etl/agent.sh", "nodes": ["Master", "core"]}
    body = creation(**ANALYSIS, bootstrap_scripts=[script])
    assert body["bootstrap_scripts"] == [
        {
            "name": "agent",
            "uri": "obs://etl/agent.sh",
            "nodes": ["master_node_default_group", "core_node_analysis_group"],
            "active_master": False,
            "before_component_start": False,
            "fail_action": "errorout",
        }
    ]
    script["nodes"] = ["master", "node_group_1"]
    body = creation(**CUSTOM, bootstrap_scripts=[script])
    assert body["bootstrap_scripts"][0]["nodes"] == ["master_node_default_group", "node_group_1"]


def test_jobs_are_steps() -> None:
    body = creation(**CUSTOM, jobs=[JOB_OPTIONS], shutdown_cluster=True)
    steps = [{"job_execution": JOB_BODY_V2}]
    assert body == {**CUSTOM_BODY, "steps": steps, "delete_when_no_steps": True}


@pytest.mark.parametrize("option", ["vpc_name", "admin_password", "components", "version"])
def test_what_is_missing_is_named_with_the_reason(option: str) -> None:
    told = refusal(**{**CUSTOM, option: None})
    assert told.startswith(
        f"{option}: needed, since the cluster is not there and has to be created by API v2, which "
        "type: custom needs"
    )


def test_values_that_are_missing_can_be_seen_somewhere() -> None:
    told = refusal(**{**CUSTOM, "vpc_name": None, "subnet_name": None})
    assert told.endswith(
        "What shows such values: openstack router list, or hcloud VPC ListVpcs (vpc_name); "
        "openstack subnet list (the column Network), or hcloud VPC ListSubnets "
        "(subnet_id or subnet_name)"
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"availability_zone": "ae04cf9d61544df3806a3feeb401b204"},
            "availability_zone: API v2, which type: custom needs, takes the name of a zone, and "
            "ae04cf9d61544df3806a3feeb401b204 is an id; mrs_version_info shows both",
        ),
        ({"eip_address": "100.64.10.7"}, "eip_id: required with eip_address"),
        (
            {"alarms": {"topic_urn": "urn"}, "jobs": [JOB_OPTIONS]},
            "alarms: a cluster that is created with jobs cannot have them",
        ),
        (
            {"template": None},
            "template: a custom cluster needs it, such as mgmt_control_combined_v4.1",
        ),
        (
            {"version": "MRS 2.1.0", "jobs": [JOB_OPTIONS]},
            "jobs: they need a cluster of MRS 3, and this one has MRS 2.1.0",
        ),
    ],
)
def test_what_cannot_work_is_refused(given: Json, told: str) -> None:
    assert refusal(**{**CUSTOM, **given}) == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"assigned_roles": None},
            "node_groups[edge].assigned_roles: each group of a custom cluster needs its roles",
        ),
        (
            {"root_volume_type": None},
            "node_groups[edge]: API v2 needs both root_volume_type and root_volume_size",
        ),
        (
            {"data_volume_type": None, "data_volume_size": None},
            "node_groups[edge]: data disks need data_volume_type and data_volume_size",
        ),
        ({"count": 0, "size": None}, "node_groups[edge]: API v2 needs a size, also when count"),
    ],
)
def test_a_group_that_cannot_work_is_refused(changes: Json, told: str) -> None:
    edge = {"name": "edge", **GROUP, "assigned_roles": ["NodeManager"], **changes}
    given = {key: value for key, value in edge.items() if value is not None}
    groups = [*CUSTOM["node_groups"], given]
    assert refusal(**{**CUSTOM, "node_groups": groups}).startswith(told)


def test_a_custom_cluster_has_at_most_nine_groups_besides_master() -> None:
    groups = [
        {"name": f"group_{number}", **GROUP, "assigned_roles": ["meta"]} for number in range(10)
    ]
    told = refusal(**{**CUSTOM, "node_groups": [*CUSTOM["node_groups"][:1], *groups]})
    assert told == "node_groups: a custom cluster has at most 9 groups besides master"


def test_the_groups_that_a_type_needs_are_named() -> None:
    groups = [{"name": name, **GROUP} for name in ("master", "core_node_analysis_group")]
    told = refusal(**{**ANALYSIS, "type": "mixed", "node_groups": groups})
    assert told == (
        "node_groups: a new cluster needs a core_node_streaming_group group with count and size"
    )


class TestDoubts:
    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (
                {"admin_password": "Canary-Admin-Canary-Admin-1"},
                "admin_password: must have 8 to 26",
            ),
            ({"admin_password": "CanaryAdmin1"}, "admin_password: must have all of: lower case"),
            ({"admin_password": "Canary-Admin 1"}, "admin_password: must have no special"),
            (
                {"key_pair": None, "root_password": "CanaryRoot1"},
                "root_password: must have all of: lower case",
            ),
        ],
    )
    @pytest.mark.parametrize("cloud", ["otc", "huawei", None])
    def test_passwords_have_the_same_rules_on_every_cloud(
        self, given: Json, told: str, cloud: str | None
    ) -> None:
        with pytest.raises(OptionError) as caught:
            creation_doubts(wanted_cluster(**{**CUSTOM, **given}), cloud)
        assert str(caught.value).startswith(told)

    def test_v13_a_name_of_one_letter_is_a_warning_on_open_telekom_cloud(self) -> None:
        short = wanted_cluster(**{**CUSTOM, "name": "l"})
        assert creation_doubts(short, "otc") == [
            "name: API v2 of Open Telekom Cloud needs 2 to 64 characters."
        ]
        assert creation_doubts(short, "huawei") == []

    def test_the_numbers_of_masters_of_a_custom_cluster(self) -> None:
        groups = [{**CUSTOM["node_groups"][0], "count": 2}, CUSTOM["node_groups"][1]]
        desired = wanted_cluster(**{**CUSTOM, "node_groups": groups})
        assert creation_doubts(desired, None) == [
            "node_groups[master].count: must be 3 to 11, not 2."
        ]

    def test_disks_may_be_smaller_than_by_api_v1_1(self) -> None:
        groups = [{**group, "data_volume_size": 50} for group in CUSTOM["node_groups"]]
        assert creation_doubts(wanted_cluster(**{**CUSTOM, "node_groups": groups}), None) == []


def test_a_prepaid_cluster_is_refused_with_the_reason() -> None:
    told = refusal(**CUSTOM, charge_info={"charge_mode": "prePaid"})
    assert told.startswith("charge_info: ")
    assert "A prepaid one is an order that somebody has to pay in the console" in told


def test_a_parameter_of_a_component_has_one_value() -> None:
    size = {"key": "size", "value": "17", "file": "hive-site.xml"}
    others = [{**size, "file": "core-site.xml"}, {**size, "key": "length"}]
    twice = {"component": "Hive", "configs": [{**size, "value": "18"}]}
    configs = [{"component": "Hive", "configs": [size, *others]}]
    configs.append({"component": "Spark", "configs": [size]})
    assert wanted_cluster(**CUSTOM, component_configs=configs)
    assert refusal(**CUSTOM, component_configs=[*configs, twice]) == (
        "component_configs[Hive].configs: size in hive-site.xml is given twice"
    )


def test_a_password_in_a_configuration_is_not_shown() -> None:
    configs = [
        {"key": "fs.obs.secret.key", "value": "Canary-1", "file": "core-site.xml"},
        {"key": "hive.size", "value": "17", "file": "hive-site.xml"},
    ]
    desired = wanted_cluster(
        **CUSTOM, component_configs=[{"component": "Hive", "configs": configs}]
    )
    assert "Canary-1" in desired.secrets()
    assert "17" not in desired.secrets()
    assert "Canary" not in repr(desired)
