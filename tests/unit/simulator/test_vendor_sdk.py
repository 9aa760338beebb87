# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clients of others on a real server: the vendor's SDK signs, keystoneauth1 has tokens."""

from __future__ import annotations

import json
import typing as t

import pytest
from huaweicloudsdkcore.exceptions import exceptions
from huaweicloudsdkmrs.v1 import model
from huaweicloudsdkmrs.v2 import model as model_v2
from keystoneauth1 import session as keystone
from keystoneauth1.identity import v3

from mrs_simulator.clock import ManualClock
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

from .vendor import FLAVOR, Vendor

# The SDK warns of its own v1 job calls, and uses what newer Pythons deprecate.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Method .* of MrsClient is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning"),
]


@pytest.fixture(name="vendor")
def _vendor() -> t.Iterator[Vendor]:
    with serve(Settings(flavor="hwc", speed=100, v11_jobs_on_3x=True), ManualClock()) as server:
        vendor = Vendor(server)
        yield vendor
        vendor.client.close()


def test_the_sdk_creates_lists_scales_and_deletes(vendor: Vendor) -> None:
    cluster_id = vendor.create()
    assert vendor.detail(cluster_id).cluster_state == "starting"
    vendor.advance(100)
    detail = vendor.detail(cluster_id)
    assert (detail.cluster_state, detail.core_node_num, detail.node_groups[1].node_num) == (
        "running",
        "3",
        3,
    )
    listed = vendor.client.list_clusters(
        model.ListClustersRequest(page_size="5", cluster_state="existing", tags="env*test")
    )
    assert (listed.cluster_total, listed.clusters[0].cluster_name) == (1, "sdk")
    parameters = model.ClusterScalingParams(
        scale_type="scale_out",
        node_id="node_orderadd",
        node_group="task_node_default_group",
        instances=2,
        skip_bootstrap_scripts="true",
    )
    scaling = model.ClusterScalingReq(parameters=parameters)
    answer = vendor.client.update_cluster_scaling(
        model.UpdateClusterScalingRequest(cluster_id=cluster_id, body=scaling)
    )
    assert answer.result == "succeeded"
    vendor.advance(110)
    hosts = vendor.client.list_hosts(model.ListHostsRequest(cluster_id=cluster_id, page_size="100"))
    assert (hosts.total, hosts.hosts[7].type) == (8, "Analysis_Task")
    vendor.client.delete_cluster(model.DeleteClusterRequest(cluster_id=cluster_id))
    vendor.advance(110)
    assert vendor.detail(cluster_id).cluster_state == "terminated"


def test_the_sdk_runs_and_deletes_jobs(vendor: Vendor) -> None:
    cluster_id = vendor.create()
    vendor.advance(100)
    body = model.SubmitJobReqV11(
        job_name="wc",
        cluster_id=cluster_id,
        jar_path="s3a://b/wc.jar",
        job_type=1,
        arguments="wordcount",
        job_log="s3a://b/log",
    )
    job = vendor.client.create_and_execute_job(model.CreateAndExecuteJobRequest(body=body))
    assert (job.job_name, job.job_state) == ("wc", 2)
    vendor.advance(100)
    shown = vendor.client.show_job_exes(model.ShowJobExesRequest(job_exe_id=job.id)).job_execution
    assert (shown.job_state, shown.job_final_status, shown.spend_time) == (3, 2, 100.0)
    query = model.ListExecuteJobRequest(cluster_id=cluster_id, page_size="10", current_page="1")
    listed = vendor.client.list_execute_job(query)
    assert (listed.total_record, listed.job_executions[0].id) == (1, job.id)
    vendor.client.delete_job_execution(model.DeleteJobExecutionRequest(job_execution_id=job.id))
    assert vendor.client.list_execute_job(query).total_record == 0


def test_the_sdk_handles_tags(vendor: Vendor) -> None:
    cluster_id = vendor.create()
    client = vendor.client
    team = model.Tag(key="team name", value="a b")
    client.create_cluster_tag(
        model.CreateClusterTagRequest(cluster_id=cluster_id, body=model.CreateTagReq(tag=team))
    )
    more = model.BatchCreateClusterTagsReq(
        action="create", tags=[model.Tag(key="x", value="1"), model.Tag(key="y", value="2")]
    )
    client.batch_create_cluster_tags(
        model.BatchCreateClusterTagsRequest(cluster_id=cluster_id, body=more)
    )
    less = model.BatchDeleteClusterTagsReq(action="delete", tags=[model.Tag(key="x")])
    client.batch_delete_cluster_tags(
        model.BatchDeleteClusterTagsRequest(cluster_id=cluster_id, body=less)
    )
    client.delete_cluster_tag(model.DeleteClusterTagRequest(cluster_id=cluster_id, key="team name"))
    tags = client.list_cluster_tags(model.ListClusterTagsRequest(cluster_id=cluster_id)).tags
    assert [(tag.key, tag.value) for tag in tags] == [("env", "test"), ("y", "2")]
    assert [
        (tag.key, tag.values) for tag in client.list_all_tags(model.ListAllTagsRequest()).tags
    ] == [
        ("env", ["test"]),
        ("y", ["2"]),
    ]
    search = model.ListResourceReq(
        action="filter", tags=[model.TagWithMultiValue(key="env", values=["test"])]
    )
    found = client.list_clusters_by_tags(model.ListClustersByTagsRequest(body=search))
    assert (found.total_count, found.resources[0].resource_id) == (1, cluster_id)


def test_the_sdk_sets_an_auto_scaling_policy(vendor: Vendor) -> None:
    cluster_id = vendor.create()
    trigger = model.Trigger(
        metric_name="YARNAppPending",
        metric_value="5",
        comparison_operator="GT",
        evaluation_periods=2,
    )
    rule = model.Rule(
        name="r",
        adjustment_type="scale_out",
        cool_down_minutes=20,
        scaling_adjustment=1,
        trigger=trigger,
    )
    policy = model.AutoScalingPolicy(
        auto_scaling_enable=True, min_capacity=1, max_capacity=3, rules=[rule]
    )
    body = model.AutoScalingPolicyReqV11(
        node_group="task_node_default_group", auto_scaling_policy=policy
    )
    answer = vendor.client.create_scaling_policy(
        model.CreateScalingPolicyRequest(cluster_id=cluster_id, body=body)
    )
    assert answer.result == "succeeded"
    client = vendor.v2()
    shown = client.show_auto_scaling_policy(
        model_v2.ShowAutoScalingPolicyRequest(cluster_id=cluster_id)
    )
    item = shown.body[0]
    assert (item.node_group_name, item.resource_pool_name) == (
        "task_node_analysis_group",
        "default",
    )
    assert (item.auto_scaling_policy.max_capacity, item.auto_scaling_policy.rules[0].name) == (
        3,
        "r",
    )
    client.close()


def test_the_sdk_names_the_task_group_by_its_own_name(vendor: Vendor) -> None:
    cluster_id = vendor.create()
    policy = model.AutoScalingPolicy(auto_scaling_enable=False, min_capacity=1, max_capacity=3)
    for name in ("task_node_analysis_group", "task_node_default_group"):
        body = model.AutoScalingPolicyReqV11(node_group=name, auto_scaling_policy=policy)
        request = model.CreateScalingPolicyRequest(cluster_id=cluster_id, body=body)
        assert vendor.client.create_scaling_policy(request).result == "succeeded"


def test_the_sdk_creates_changes_and_deletes_a_policy_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = vendor.create()
    key = {"node_group_name": "task_node_analysis_group", "resource_pool_name": "default"}

    def policy(most: int) -> t.Any:
        plan = model_v2.ResourcesPlan("daily", "8:00", "18:00", 1, most, ["MONDAY"])
        info = model_v2.AutoScalingPolicyInfo(True, 1, most, [plan], [], [])
        return model_v2.AutoScalingPolicyV2(**key, auto_scaling_policy=info)

    def most() -> list[int]:
        asked = model_v2.ShowAutoScalingPolicyRequest(cluster_id=cluster_id)
        shown = client.show_auto_scaling_policy(asked).body
        return [item.auto_scaling_policy.max_capacity for item in shown or ()]

    client.create_auto_scaling_policy(
        model_v2.CreateAutoScalingPolicyRequest(cluster_id=cluster_id, body=policy(3))
    )
    assert most() == [3]
    client.update_auto_scaling_policy(
        model_v2.UpdateAutoScalingPolicyRequest(cluster_id=cluster_id, body=policy(5))
    )
    assert most() == [5]
    client.delete_auto_scaling_policy(
        model_v2.DeleteAutoScalingPolicyRequest(
            cluster_id=cluster_id, body=model_v2.AutoScalingPolicyDeleteReq(**key)
        )
    )
    assert most() == []
    client.close()


def test_the_sdk_creates_by_the_flat_parameters_with_an_empty_secret(vendor: Vendor) -> None:
    body = model.CreateClusterReqV11(
        cluster_version="MRS 3.1.0",
        cluster_name="flat",
        billing_type=12,
        data_center="cn-north-4",
        vpc="vpc",
        vpc_id="v",
        subnet_id="s",
        available_zone_id="ae04cf9d61544df3806a3feeb401b204",
        component_list=[model.ComponentAmbV11(component_name="Hadoop")],
        safe_mode=0,
        login_mode=1,
        node_public_cert_name="key",
        cluster_master_secret="",
        master_node_num=2,
        master_node_size=FLAVOR,
        core_node_num=3,
        core_node_size=FLAVOR,
    )
    cluster_id = vendor.client.create_cluster(model.CreateClusterRequest(body=body)).cluster_id
    vendor.advance(100)
    detail = vendor.detail(cluster_id)
    assert (detail.cluster_state, detail.cluster_type, detail.error_info) == ("running", 0, None)


def _synchronised(vendor: Vendor, client: t.Any) -> str:
    """A cluster on which the user of the SDK may run jobs."""
    cluster_id = vendor.create()
    vendor.advance(100)
    body = model_v2.UpdateSyncRequest(user_names=["simulator-user"], is_all_sync=False)
    request = model_v2.UpdateSyncIamUserRequest(cluster_id=cluster_id, body=body)
    assert client.update_sync_iam_user(request).state == "synchronizing"
    assert (
        client.list_sync_status(
            model_v2.ListSyncStatusRequest(cluster_id=cluster_id)
        ).is_synchronizing
        is True
    )
    vendor.advance(400)
    asked = model_v2.ListSyncRequirementsRequest(cluster_id=cluster_id)
    assert client.list_sync_requirements(asked).is_synchronous is True
    return cluster_id


def test_the_sdk_synchronises_users_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = _synchronised(vendor, client)
    shown = client.show_sync_iam_user(model_v2.ShowSyncIamUserRequest(cluster_id=cluster_id))
    assert (shown.user_names, shown.group_names) == (["simulator-user"], ["simulator-group"])
    body = model_v2.CancelSyncRequest(
        user_names=["simulator-user"], group_names=["simulator-group"]
    )
    request = model_v2.CancelSyncIamUserRequest(cluster_id=cluster_id, body=body)
    assert client.cancel_sync_iam_user(request).state == "synchronizing"
    vendor.advance(100)
    shown = client.show_sync_iam_user(model_v2.ShowSyncIamUserRequest(cluster_id=cluster_id))
    assert (shown.user_names, shown.group_names) == ([], [])
    client.close()


def test_the_sdk_keeps_data_connections_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    source = {"db_name": "d", "user_name": "u", "password": "p", "rds_instance_id": "i"}

    def body(name: str) -> t.Any:
        connector = model_v2.DataConnector(name, "RDS_MYSQL", json.dumps(source))
        return model_v2.DataConnectorReq(connector)

    def names() -> list[str]:
        shown = client.list_data_connector(model_v2.ListDataConnectorRequest(limit=10, offset=0))
        return [each.connector_name for each in shown.data_connectors or ()]

    created = client.create_data_connector(model_v2.CreateDataConnectorRequest(body("hive")))
    assert names() == ["hive"]
    asked = model_v2.UpdateDataConnectorRequest(created.connector_id, body("spark"))
    assert client.update_data_connector(asked).result == "succeeded"
    assert names() == ["spark"]
    client.delete_data_connector(model_v2.DeleteDataConnectorRequest(created.connector_id))
    assert names() == []
    client.close()


def test_the_sdk_sets_agency_mappings_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = vendor.create()
    vendor.advance(100)
    mapping = model_v2.AgencyMapping("obs", "User", ["robot"], "id")
    body = model_v2.AgencyMappingArray([mapping])
    request = model_v2.UpdateAgencyMappingRequest(cluster_id, body)
    assert client.update_agency_mapping(request).result == "succeeded"
    vendor.advance(100)
    shown = client.show_agency_mapping(model_v2.ShowAgencyMappingRequest(cluster_id))
    assert [(each.agency, each.identifiers) for each in shown.agency_mappings] == [
        ("obs", ["robot"])
    ]
    client.close()


def test_the_sdk_lists_files_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    request = model_v2.ShowHdfsFileListRequest(
        cluster_id=vendor.create(), path="/user/hive/warehouse"
    )
    vendor.advance(100)
    shown = client.show_hdfs_file_list(request)
    assert (shown.total_count, [file.path_suffix for file in shown.files][:1]) == (
        3,
        ["part-00000"],
    )
    client.close()


def test_the_sdk_lists_versions_flavors_and_zones(vendor: Vendor) -> None:
    client, region = vendor.v2(), vendor.server.connection["region"]
    listed = client.show_mrs_version_list(model_v2.ShowMrsVersionListRequest())
    assert "MRS 3.3.0-LTS.1" in listed.cluster_versions
    asked = model_v2.ShowMrsFlavorsRequest(
        version_name="MRS 3.3.0-LTS.1", availability_zone="cn-north-4b"
    )
    flavors = client.show_mrs_flavors(asked).available_flavors
    assert [(zone.az_code, zone.core[0].flavor_name) for zone in flavors] == [
        ("cn-north-4b", "c6.large.2.linux.mrs")
    ]
    known = vendor.client.show_mrs_version_metadata(
        model.ShowMrsVersionMetadataRequest(version_name="MRS 3.3.0-LTS.1")
    )
    assert known.cluster_types == ["ANALYSIS", "STREAMING", "MIXED", "CUSTOM"]
    assert known.constraints.node_constraint.core.min_root_disk_size == 480
    assert (known.components[0].name, known.components[0].visible) == ("Hadoop", True)
    zones = vendor.client.list_available_zones(model.ListAvailableZonesRequest(region_id=region))
    assert zones.available_zones[0].az_id == "ae04cf9d61544df3806a3feeb401b204"
    client.close()


def test_the_sdk_lists_nodes_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = vendor.create()
    vendor.advance(100)
    request = model_v2.ListNodesRequest(
        cluster_id=cluster_id, limit=4, offset=2, query_node_detail=True
    )
    shown = client.list_nodes(request)
    assert (shown.node_total, len(shown.nodes)) == (6, 2)
    node = shown.nodes[0]
    assert (node.node_status, node.component_infos[0].running_status) == ("started", "GOOD")
    assert (node.node_detail.cpu_usage, node.server_info.server_type) == ("12.5", "ECS")
    client.close()


def test_the_sdk_runs_jobs_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = _synchronised(vendor, client)

    def submit(name: str) -> str:
        arguments = ["obs://b/wc.jar", "wordcount", "obs://b/in"]
        body = model_v2.JobExecution(
            job_type="MapReduce",
            job_name=name,
            arguments=arguments,
            properties={"fs.obs.endpoint": "obs"},
        )
        request = model_v2.CreateExecuteJobRequest(cluster_id=cluster_id, body=body)
        result = client.create_execute_job(request).job_submit_result
        assert result.state == "COMPLETE"
        return str(result.job_id)

    def shown(job_id: str) -> t.Any:
        request = model_v2.ShowSingleJobExeRequest(cluster_id=cluster_id, job_execution_id=job_id)
        return client.show_single_job_exe(request).job_detail

    first, second = submit("first"), submit("second")
    assert (shown(first).job_state, shown(first).user) == ("NEW", "simulator-user")
    assert shown(first).arguments == "[obs://b/wc.jar, wordcount, obs://b/in]"
    client.stop_job(model_v2.StopJobRequest(cluster_id=cluster_id, job_execution_id=second))
    vendor.advance(100)
    assert (shown(first).job_state, shown(first).job_result) == ("FINISHED", "SUCCEEDED")
    query = model_v2.ShowJobExeListNewRequest(
        cluster_id=cluster_id, user="simulator-user", limit="1", offset="2"
    )
    listed = client.show_job_exe_list_new(query)
    assert (listed.total_record, [job.job_name for job in listed.job_list]) == (2, ["first"])
    gone = model_v2.JobBatchDelete(job_id_list=[first, second])
    client.batch_delete_jobs(model_v2.BatchDeleteJobsRequest(cluster_id=cluster_id, body=gone))
    assert client.show_job_exe_list_new(query).total_record == 0
    client.close()


def test_the_sdk_reads_the_results_of_sql_by_v2(vendor: Vendor) -> None:
    client = vendor.v2()
    cluster_id = _synchronised(vendor, client)
    vendor.server.simulator.world.store.clusters[cluster_id].spec["component_list"].append(
        {"component_name": "Spark2x"}
    )
    body = model_v2.JobExecution(job_type="SparkSql", job_name="sql", arguments=["select 1"])
    request = model_v2.CreateExecuteJobRequest(cluster_id=cluster_id, body=body)
    job_id = client.create_execute_job(request).job_submit_result.job_id
    vendor.advance(100)
    asked = model_v2.ShowSqlResultWithJobRequest(cluster_id=cluster_id, job_execution_id=job_id)
    assert client.show_sql_result_with_job(asked).sql_results == {"0": [{"column": "value"}]}
    client.close()


def test_the_sdk_finds_the_project_by_itself(vendor: Vendor) -> None:
    client = vendor.without_project()
    assert client.list_clusters(model.ListClustersRequest()).cluster_total == 0
    client.close()


def test_the_sdk_reads_the_errors(vendor: Vendor) -> None:
    with pytest.raises(exceptions.ClientRequestException) as caught:
        vendor.detail("unknown")
    assert (caught.value.status_code, caught.value.error_code) == (400, "12000003")
    vendor.credentials.sk = "wrong"
    with pytest.raises(exceptions.ClientRequestException) as caught:
        vendor.detail("unknown")
    assert (caught.value.status_code, caught.value.error_code) == (401, "APIGW.0301")


def test_every_other_call_of_the_sdk_is_documented_and_answers_501(vendor: Vendor) -> None:
    calls = [
        (vendor.client.list_cluster_ssh_state, model.ListClusterSshStateRequest(cluster_id="x")),
        (
            vendor.client.update_cluster_ssh,
            model.UpdateClusterSshRequest(cluster_id="x", enable=True),
        ),
        (vendor.client.list_async_task_status, model.ListAsyncTaskStatusRequest(cluster_id="x")),
    ]
    for call, request in calls:
        with pytest.raises(exceptions.ServerResponseException) as caught:
            call(request)
        assert (caught.value.status_code, caught.value.error_code) == (501, "SIMULATOR.501")


@pytest.mark.parametrize("scope", ["project_id", "project_name"])
def test_keystoneauth_logs_in_finds_mrs_and_renews_its_token(server: Running, scope: str) -> None:
    known = server.connection
    auth = v3.Password(
        auth_url=known["auth_url"],
        username=known["username"],
        password=known["password"],
        user_domain_name=known["user_domain_name"],
        project_domain_name=known["user_domain_name"] if scope == "project_name" else None,
        **{scope: known[scope]},
    )
    client = keystone.Session(auth=auth)
    assert client.get_project_id() == known["project_id"]
    filters = {"service_type": "mrs", "region_name": known["region"], "interface": "public"}
    assert client.get_endpoint(skip_discovery=True, **filters) == f"{known['url']}/v1.1"
    path = f"{known['url']}/v1.1/{known['project_id']}/cluster_infos"
    assert client.get(path).json() == {"clusterTotal": 0, "clusters": []}
    server.simulator.world.identity.revoke(client.get_token())
    assert client.get(path).status_code == 200
    client.session.close()


def test_keystoneauth_discovers_the_version_of_iam(server: Running) -> None:
    known = server.connection
    auth = v3.Password(
        auth_url=known["auth_url"],
        username=known["username"],
        password=known["password"],
        user_domain_name=known["user_domain_name"],
        project_id=known["project_id"],
    )
    client = keystone.Session(auth=auth)
    assert client.get_endpoint(service_type="identity", version="3") == f"{known['url']}/v3"
    client.session.close()
