# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A component that is to be added, and the clusters that take some (service_v2 5.3)."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import (
    check_takes_components,
    component,
    placed,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    Json,
    a_cluster,
    custom_cluster,
)

PASSWORD = "Canary-Click-1"
GIVEN: Json = {
    "name": "ClickHouse",
    "node_groups": [
        {"name": "node_group_1", "assigned_roles": ["ClickHouseServer", "ClickHouseBalancer:1,2"]}
    ],
    "user_password": PASSWORD,
    "default_password": None,
}


def test_its_request_has_the_names_of_the_service_and_no_password_that_is_not_given() -> None:
    assert component(GIVEN).body() == {
        "component": "ClickHouse",
        "node_groups": [
            {
                "name": "node_group_1",
                "assigned_roles": ["ClickHouseServer", "ClickHouseBalancer:1,2"],
            }
        ],
        "component_user_password": "Canary-Click-1",
    }


@pytest.mark.parametrize("role", ["DataNode", "NameNode:1,2", "EsNode[9]", "meta", "quorumpeer:3"])
def test_roles_run_on_all_nodes_on_some_or_several_times(role: str) -> None:
    groups = [{"name": "node_group_1", "assigned_roles": [role]}]
    assert component({**GIVEN, "node_groups": groups}).node_groups[0].roles == (role,)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"node_groups": []}, "node_groups: name the groups whose nodes run its roles"),
        (
            {"node_groups": [{"name": "a", "assigned_roles": []}]},
            "node_groups[a].assigned_roles: name a role",
        ),
        (
            {"node_groups": [{"name": "a", "assigned_roles": ["NameNode:0"]}]},
            "node_groups[a].assigned_roles[0]: must be a role such as DataNode, NameNode:1,2 or "
            "EsNode[9]",
        ),
        (
            {"node_groups": [{"name": "a", "assigned_roles": ["X"]}] * 2},
            "node_groups: a is given twice",
        ),
        ({"user_password": "short"}, "user_password: must have 8 to 26 characters"),
        (
            {"default_password": "no-upper-case-1"},
            "default_password: must have all of: lower case, upper case, digits, special "
            "characters",
        ),
        (
            {"default_password": "Canary#1"},
            "default_password: must have no special characters but ! @ $ % ^ - _ = + [ { } ] : , . "
            "/ ?",
        ),
    ],
)
def test_what_the_service_refuses_is_an_error_that_names_the_option(
    changes: Json, message: str
) -> None:
    with pytest.raises(OptionError) as caught:
        component({**GIVEN, **changes})
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "version",
    ["MRS 3.1.2", "MRS 3.1.2-LTS.2", "MRS 3.1.2-LTS.6", "MRS 3.1.5", "MRS 3.5.0-LTS", "a new one"],
)
def test_custom_clusters_from_these_versions_on_take_components(version: str) -> None:
    check_takes_components(a_cluster(clusterType=3, clusterVersion=version))


@pytest.mark.parametrize("version", ["MRS 3.1.0", "MRS 3.1.2-LTS", "MRS 3.1.2-LTS.1", "MRS 2.1.0"])
def test_older_clusters_take_none(version: str) -> None:
    with pytest.raises(OptionError, match=r"cluster: components can be added from MRS 3\.1\.2 and"):
        check_takes_components(a_cluster(clusterType=3, clusterVersion=version))


def test_clusters_of_another_type_take_none() -> None:
    told = r"custom clusters only, and etl .* is of the type mixed"
    with pytest.raises(OptionError, match=told):
        check_takes_components(a_cluster(clusterType=2, clusterVersion="MRS 3.5.0-LTS"))


def test_groups_may_be_called_by_their_role() -> None:
    groups = [
        {"name": "master", "assigned_roles": ["FlinkServer:1,2"]},
        {"name": "edge", "assigned_roles": ["FlinkResource"]},
    ]
    wanted = component({**GIVEN, "node_groups": groups})
    there = Cluster.of(custom_cluster())
    assert [each.group for each in placed(wanted, there).node_groups] == [
        "master_node_default_group",
        "edge",
    ]


def test_a_group_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(OptionError) as caught:
        placed(component(GIVEN), Cluster.of(custom_cluster()))
    assert str(caught.value).startswith("node_groups[node_group_1]: cluster etl (")
    assert str(caught.value).endswith(
        "has no such group; it has master_node_default_group, core_data, edge"
    )


def test_a_group_is_given_once_whatever_it_is_called() -> None:
    groups = [
        {"name": "master", "assigned_roles": ["A"]},
        {"name": "master_node_default_group", "assigned_roles": ["B"]},
    ]
    cluster = Cluster.of(custom_cluster())
    with pytest.raises(OptionError, match="master_node_default_group is given twice"):
        placed(component({**GIVEN, "node_groups": groups}), cluster)
