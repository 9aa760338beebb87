# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service says of versions, flavors and zones (service_v2 2)."""

from __future__ import annotations

import typing as t

import pytest

Json = dict[str, t.Any]
V2 = "/v2/{project}/metadata"
V1 = "/v1.1/{project}/metadata/versions"
FLAVORS = "version/MRS%203.5.0-LTS/available-flavor"


def ask(cloud, path: str, query: str = "") -> t.Any:
    headers = {"x_auth_token": cloud.token}
    return cloud.request("GET", path.format(project=cloud.project), query=query, **headers)


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    cloud = make_cloud(flavor="hwc")
    cloud.set(extra_versions=["MRS 3.5.0-LTS", "MRS 4"])
    return cloud


def test_the_list_has_what_can_be_created(huawei) -> None:
    answer = ask(huawei, f"{V2}/versions")
    assert answer.status == 200
    assert {"MRS 3.3.0-LTS.1", "MRS 1.9.2", "MRS 4"} < set(answer.json["cluster_versions"])


def test_v17_versions_in_one_path_and_version_in_the_other(huawei) -> None:
    listed = ask(huawei, f"{V2}/{FLAVORS}")
    assert (listed.status, listed.json["version_name"]) == (200, "MRS 3.5.0-LTS")
    for wrong in ("versions/MRS%203.5.0-LTS/available-flavor", "version"):
        assert (ask(huawei, f"{V2}/{wrong}").status) == 404


def test_flavors_of_each_zone_and_group(huawei) -> None:
    listed = ask(huawei, f"{V2}/{FLAVORS}").json["available_flavors"]
    assert [zone["az_code"] for zone in listed] == ["cn-north-4a", "cn-north-4b", "cn-north-4c"]
    assert listed[0]["az_name"] == "AZ1"
    for group in ("master", "core", "task"):
        sold = [{flavor["flavor_name"] for flavor in zone[group]} for zone in listed]
        assert "c6.4xlarge.4.linux.mrs" in sold[2] < sold[0] == sold[1]


@pytest.mark.parametrize("zone", ["cn-north-4a", "ae04cf9d61544df3806a3feeb401b204"])
def test_flavors_of_a_zone_by_its_code_or_its_id(huawei, zone: str) -> None:
    query = f"availability_zone={zone}"
    listed = ask(huawei, f"{V2}/{FLAVORS}", query).json["available_flavors"]
    assert [each["az_code"] for each in listed] == ["cn-north-4a"]


@pytest.mark.parametrize("query", ["availability_zone=eu-de-01", "zone=cn-north-4a"])
def test_what_is_no_zone_is_refused(huawei, query: str) -> None:
    assert ask(huawei, f"{V2}/{FLAVORS}", query).code == "12000002"


@pytest.mark.parametrize(
    "path", [f"{V2}/version/MRS%205/available-flavor", f"{V1}/MRS%205", f"{V1}/3.3.0-LTS.1"]
)
def test_a_version_that_is_not_known_is_refused(huawei, path: str) -> None:
    answer = ask(huawei, path)
    assert (answer.status, answer.code) == (400, "12000093")


def component(version: Json, name: str) -> Json:
    return next(each for each in version["components"] if each["name"] == name)


def test_a_version_tells_its_types_components_roles_and_limits(huawei) -> None:
    version = ask(huawei, f"{V1}/MRS%203.3.0-LTS.1").json
    assert version["name"] == "MRS 3.3.0-LTS.1"
    assert version["cluster_types"] == ["ANALYSIS", "STREAMING", "MIXED", "CUSTOM"]
    hive = component(version, "Hive")
    assert hive["depend_on"] == ["Hadoop", "DBService"]
    assert hive["valid_roles"] == ["HiveServer", "MetaStore", "WebHCat"]
    assert "ANALYSIS" in hive["available_cluster_types"]
    assert "STREAMING" not in hive["available_cluster_types"]
    assert component(version, "Manager")["visible"] is False
    roles = {role["name"]: role for role in version["role_deploy_meta"]}
    assert roles["NameNode"] == {
        "name": "NameNode",
        "component": "Hadoop",
        "constraints": ["no_scale_in"],
    }
    constraints = version["constraints"]
    assert constraints["node_constraint"]["core"]["min_root_disk_size"] == 480
    assert constraints["safe_mode_kerberos_exclude_components"] == ["Alluxio", "Kudu"]
    assert "c6.4xlarge.4.linux.mrs" in version["flavors"]["core"]


def test_an_older_version_has_two_types_and_nothing_hidden(huawei) -> None:
    version = ask(huawei, f"{V1}/MRS%201.9.2").json
    assert version["cluster_types"] == ["ANALYSIS", "STREAMING"]
    assert all(component["visible"] for component in version["components"])
    assert component(version, "Storm")["available_cluster_types"] == ["STREAMING"]
    assert version["constraints"]["node_constraint"]["core"]["min_root_disk_size"] == 40


def test_a_version_is_told_for_a_cluster_of_it(huawei) -> None:
    query = f"cluster_id={huawei.running()}"
    assert ask(huawei, f"{V1}/MRS%203.2.0-LTS.2", query).status == 200
    assert ask(huawei, f"{V1}/MRS%203.1.0", query).code == "12000093"
    assert ask(huawei, f"{V1}/MRS%203.1.0", "cluster_id=none").code == "12000003"


def test_zones_have_the_code_that_v2_wants_and_the_id_that_v1_wants(huawei) -> None:
    answer = ask(huawei, "/v1.1/cn-north-4/available-zones", "scope=center").json
    first = answer["available_zones"][0]
    assert (first["az_code"], first["az_id"]) == (
        "cn-north-4a",
        "ae04cf9d61544df3806a3feeb401b204",
    )
    assert answer["default_az_code"] == "cn-north-4a"
    assert len({zone["az_id"] for zone in answer["available_zones"]}) == 3


def test_zones_are_those_of_the_own_region_and_not_of_a_project(huawei) -> None:
    for region in ("eu-de", huawei.project):
        assert ask(huawei, f"/v1.1/{region}/available-zones").code == "120000213"
    assert huawei.request("GET", "/v1.1/cn-north-4/available-zones").status == 401


@pytest.mark.parametrize(
    "path",
    [f"{V2}/versions", f"{V2}/{FLAVORS}", f"{V1}/MRS%203.1.0", "/v1.1/eu-de/available-zones"],
)
def test_open_telekom_cloud_does_not_publish_it(cloud, path: str) -> None:
    assert (ask(cloud, path).status, ask(cloud, path).code) == (501, "SIMULATOR.501")
    cloud.set(serve_unpublished=True, extra_versions=["MRS 3.5.0-LTS"])
    assert ask(cloud, path).status == 200


def test_what_is_named_can_be_created(huawei) -> None:
    """Whatever the lists say of flavors and components, the creation takes."""
    version = ask(huawei, f"{V1}/MRS%203.3.0-LTS.1").json
    names = [
        each["name"]
        for each in version["components"]
        if "ANALYSIS" in each["available_cluster_types"] and each["visible"]
    ]
    for flavor in version["flavors"]["core"]:
        body = huawei.creation(
            cluster_name=flavor.replace(".", "_"),
            cluster_version="MRS 3.3.0-LTS.1",
            component_list=[{"component_name": name} for name in names],
        )
        for group in body["node_groups"]:
            group["node_size"] = flavor
        assert huawei.call("POST", "run-job-flow", body).status == 200
        huawei.clock.advance(1000)
