# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is read of versions, flavors and zones, whatever is missing."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import (
    Version,
    Zone,
    flavors_in,
    versions_in,
    zones_in,
)

ANSWER: dict[str, t.Any] = {
    "name": "MRS 3.3.0-LTS",
    "cluster_types": ["ANALYSIS", "HYBRID", "CUSTOM"],
    "components": [
        {
            "name": "Hive",
            "version": "3.1.0",
            "depend_on": ["Hadoop"],
            "available_cluster_types": ["ANALYSIS"],
            "valid_roles": ["HiveServer"],
            "visible": True,
        },
        {"name": "meta", "visible": False, "depend_on": None},
        {"name": None},
    ],
    "constraints": {
        "node_constraint": {
            "core": {"min_root_disk_size": "480", "min_disk_size": 100, "max_node_num": 500},
            "task": {"min_root_disk_size": None},
            "master": "none",
        },
        "safe_mode_kerberos_exclude_components": ["Kudu", 7],
    },
    "role_deploy_meta": [
        {"name": "quorumpeer", "constraints": ["no_scale_in"]},
        {"name": "DBServer", "constraints": ["other", "no_scale_in"]},
        {"name": "DataNode", "constraints": None},
    ],
}


def test_a_version() -> None:
    version = Version.of(ANSWER)
    assert version.result() == {
        "name": "MRS 3.3.0-LTS",
        "cluster_types": ["analysis", "mixed", "custom"],
        "components": [
            {
                "name": "Hive",
                "version": "3.1.0",
                "depends_on": ["Hadoop"],
                "cluster_types": ["analysis"],
                "roles": ["HiveServer"],
                "visible": True,
            },
            {
                "name": "meta",
                "version": None,
                "depends_on": [],
                "cluster_types": [],
                "roles": [],
                "visible": False,
            },
        ],
        "not_with_kerberos": ["Kudu"],
        "smallest_disks": {"core": {"root_volume_size": 480, "data_volume_size": 100}},
        "node_counts": {"core": {"most": 500}},
        "staying_roles": ["DBServer", "quorumpeer"],
    }
    hive = version.component("hive")
    assert hive is not None
    assert hive.roles == ("HiveServer",)
    assert version.component("Hue") is None


def test_a_version_of_which_nothing_is_told() -> None:
    assert Version.of({"components": None, "constraints": None}) == Version("", (), (), (), {})


@pytest.mark.parametrize("answer", [{"components": "Hive"}, {"constraints": ["x"]}, {}])
def test_nonsense_is_an_error(answer: dict[str, t.Any]) -> None:
    with pytest.raises(NonsenseError):
        Version.of(answer)


def test_versions_are_sorted_by_their_numbers_and_the_newest_is_first() -> None:
    listed = ["MRS 3.5.0-LTS", "MRS 1.9.2", "MRS 3.10.0", "", None, "MRS 3.5.0-LTS.1"]
    assert versions_in({"cluster_versions": listed}) == [
        "MRS 3.10.0",
        "MRS 3.5.0-LTS.1",
        "MRS 3.5.0-LTS",
        "MRS 1.9.2",
    ]
    assert versions_in({"cluster_versions": []}) == []


@pytest.mark.parametrize("read", [versions_in, flavors_in, zones_in])
@pytest.mark.parametrize("answer", [{}, {"total": 0}])
def test_a_list_that_is_missing_is_not_an_empty_one(
    read: t.Callable[[dict[str, t.Any]], t.Any], answer: dict[str, t.Any]
) -> None:
    with pytest.raises(NonsenseError):
        read(answer)


def test_flavors_by_zone_and_group() -> None:
    zone = {
        "az_code": "cn-north-4a",
        "core": [{"flavor_name": "b"}, {"flavor_name": "a"}, {}],
        "task": None,
    }
    assert flavors_in({"available_flavors": [zone, {"az_name": "AZ2"}]}) == {
        "cn-north-4a": {"master": [], "core": ["a", "b"], "task": []},
        "AZ2": {"master": [], "core": [], "task": []},
    }


def test_zones_have_a_name_and_an_id() -> None:
    listed = [
        {"id": "b-code", "az_name": "AZ2"},
        {"id": "a-code", "az_code": "a", "az_id": "0" * 32, "az_name": "AZ1"},
        {"az_id": "1" * 32},
    ]
    zones = zones_in({"available_zones": listed})
    assert zones == [Zone("a", "0" * 32, "AZ1"), Zone("b-code", "b-code", "AZ2")]
    assert zones[0].spellings == {"a", "0" * 32, "az1"}
