# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's SDK and clusters of API v2, in both dialects where OTC publishes the call."""

from __future__ import annotations

import typing as t

import pytest
from huaweicloudsdkcore.exceptions import exceptions
from huaweicloudsdkmrs.v2 import model

from mrs_simulator.clock import ManualClock
from mrs_simulator.server import serve
from mrs_simulator.settings import Settings

from .vendor import FLAVOR, Vendor

# The SDK uses what newer Pythons deprecate.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")

PLACES = {
    "hwc": {"region": "cn-north-4", "availability_zone": "cn-north-4a"},
    "otc": {"region": "eu-de", "availability_zone": "eu-de-02"},
}


def _vendor(flavor: t.Any) -> t.Iterator[Vendor]:
    with serve(Settings(flavor=flavor, speed=100), ManualClock()) as server:
        vendor = Vendor(server)
        yield vendor
        vendor.client.close()


@pytest.fixture(name="vendor", params=["hwc", "otc"])
def _both(request: pytest.FixtureRequest) -> t.Iterator[Vendor]:
    yield from _vendor(request.param)


@pytest.fixture(name="huawei")
def _huawei() -> t.Iterator[Vendor]:
    yield from _vendor("hwc")


def _group(name: str, count: int, roles: list[str] | None = None) -> t.Any:
    return model.NodeGroupV2(
        group_name=name,
        node_num=count,
        node_size=FLAVOR,
        root_volume=model.Volume(type="SAS", size=480),
        data_volume=model.Volume(type="SAS", size=600),
        data_volume_count=1,
        assigned_roles=roles,
    )


def _fields(vendor: Vendor, **changes: t.Any) -> dict[str, t.Any]:
    """Of a custom cluster."""
    fields = {
        "cluster_version": "MRS 3.3.0-LTS.1",
        "cluster_name": "sdk",
        "cluster_type": "CUSTOM",
        "vpc_name": "vpc",
        "subnet_name": "subnet",
        "components": "Hadoop,ZooKeeper",
        "safe_mode": "SIMPLE",
        "manager_admin_password": "Canary-Admin-1",
        "login_mode": "KEYPAIR",
        "node_keypair_name": "key",
        "template_id": "mgmt_control_combined_v2",
        "eip_id": "e-1",
        "eip_address": "80.158.1.2",
        "component_configs": [
            model.ComponentConfig(
                component_name="Hadoop",
                configs=[model.Config(key="a", value="1", config_file_name="core-site.xml")],
            )
        ],
        "bootstrap_scripts": [
            model.BootstrapScript(
                name="a", uri="obs://b/a.sh", nodes=["node_group_1"], fail_action="continue"
            )
        ],
        "tags": [model.Tag(key="env", value="test")],
        "node_groups": [
            _group("master_node_default_group", 3, ["OMSServer:1,2", "NameNode:2,3"]),
            _group("node_group_1", 3, ["DataNode", "NodeManager"]),
        ],
    }
    return {**fields, **PLACES[vendor.server.simulator.world.settings.flavor], **changes}


def _create(vendor: Vendor, client: t.Any, **changes: t.Any) -> str:
    body = model.CreateClusterReqV2(**_fields(vendor, **changes))
    return str(client.create_cluster(model.CreateClusterRequest(body=body)).cluster_id)


def _numbers(vendor: Vendor, cluster_id: str) -> dict[str, int]:
    groups = vendor.detail(cluster_id).node_groups
    return {group.group_name: group.node_num for group in groups}


def test_the_sdk_creates_a_custom_cluster(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = _create(vendor, client)
    vendor.advance(100)
    detail = vendor.detail(cluster_id)
    assert (detail.cluster_state, detail.cluster_type, detail.tags) == ("running", 3, "env=test")
    assert _numbers(vendor, cluster_id) == {"master_node_default_group": 3, "node_group_1": 3}
    with pytest.raises(exceptions.ClientRequestException) as caught:
        _create(vendor, client)
    assert (caught.value.status_code, caught.value.error_code) == (400, "12000043")
    client.close()


def test_the_sdk_renames_a_cluster(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = _create(vendor, client)
    body = model.UpdateClusterReq(cluster_name="nightly")
    request = model.UpdateClusterNameRequest(cluster_id=cluster_id, body=body)
    assert client.update_cluster_name(request).result == "succeeded"
    assert vendor.detail(cluster_id).cluster_name == "nightly"
    client.close()


def test_the_sdk_expands_and_shrinks_a_group(huawei: Vendor) -> None:
    client = huawei.v2()
    cluster_id = _create(huawei, client)
    huawei.advance(100)
    more = model.ExpandParam(node_group_name="node_group_1", count=2, skip_bootstrap_scripts=True)
    expand = model.ExpandClusterRequest(cluster_id=cluster_id, body=more)
    assert client.expand_cluster(expand).result == "succeeded"
    huawei.advance(120)
    assert _numbers(huawei, cluster_id)["node_group_1"] == 5
    less = model.ShrinkParam(node_group_name="node_group_1", count=1)
    shrink = model.ShrinkClusterRequest(cluster_id=cluster_id, body=less)
    assert client.shrink_cluster(shrink).result == "succeeded"
    huawei.advance(120)
    assert _numbers(huawei, cluster_id)["node_group_1"] == 4
    client.close()


def test_the_sdk_adds_a_component(huawei: Vendor) -> None:
    client = huawei.v2()
    cluster_id = _create(huawei, client)
    huawei.advance(100)
    group = model.AssignedNodeGroup(name="node_group_1", assigned_roles=["HiveServer:1,2"])
    mode = model.ComponentInstallMode(component="Hive", node_groups=[group])
    body = model.AddComponentsReq(components_install_mode=[mode])
    request = model.AddComponentRequest(cluster_id=cluster_id, body=body)
    assert client.add_component(request).result == "succeeded"
    huawei.advance(120)
    names = [each.component_name for each in huawei.detail(cluster_id).component_list]
    assert names == ["Hadoop", "ZooKeeper", "Hive", "DBService"]
    client.close()


def test_the_sdk_creates_a_cluster_with_steps(huawei: Vendor) -> None:
    client = huawei.v2()
    job = model.JobExecution(job_type="DistCp", job_name="copy", arguments=["obs://b/a", "/a"])
    body = model.RunJobFlowCommand(
        **_fields(huawei), steps=[model.StepConfig(job_execution=job)], delete_when_no_steps=True
    )
    cluster_id = client.run_job_flow(model.RunJobFlowRequest(body=body)).cluster_id
    huawei.advance(100)
    listed = client.show_job_exe_list_new(model.ShowJobExeListNewRequest(cluster_id=cluster_id))
    assert [(each.job_name, each.job_type) for each in listed.job_list] == [("copy", "DistCp")]
    huawei.advance(300)
    assert huawei.detail(cluster_id).cluster_state == "terminated"
    client.close()


def test_the_sdk_switches_default_tags(huawei: Vendor) -> None:
    client = huawei.v2()
    cluster_id = _create(huawei, client)
    quota = client.show_tag_quota(model.ShowTagQuotaRequest(cluster_id=cluster_id))
    assert (quota.total_quota, quota.available_quota) == (10, 9)
    body = model.ModifyDefaultTagsRequestBody(action="create")
    client.switch_cluster_tags(model.SwitchClusterTagsRequest(cluster_id=cluster_id, body=body))
    huawei.advance(100)
    shown = client.show_tag_status(model.ShowTagStatusRequest(cluster_id=cluster_id))
    assert (shown.status, shown.default_tags_enable) == ("succeed", True)
    client.close()


def test_the_sdk_lets_the_operators_in(huawei: Vendor) -> None:
    client = huawei.v2()
    cluster_id = _create(huawei, client)
    body = model.ClusterAuthTros(enable=True, auth_type=0, expire_time=4102444800)
    client.update_cluster_auth_tros(
        model.UpdateClusterAuthTrosRequest(cluster_id=cluster_id, body=body)
    )
    asked = model.ListClusterManagerAuthStateRequest(cluster_id=cluster_id)
    shown = client.list_cluster_manager_auth_state(asked)
    assert (shown.authorized, shown.expiration_time) == (True, "4102444800")
    client.close()
