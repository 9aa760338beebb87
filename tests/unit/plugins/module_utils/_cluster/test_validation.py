# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service is asked what it offers before a cluster is created or changed, and only then."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    CREATION_BODY,
    CUSTOM,
    DISKS,
    JOB_OPTIONS,
    PROJECT,
    SIZE,
    Json,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    Reply,
    changes_tags,
    creates,
    lists,
    reads,
    refusal,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.modules.test_modules import (
    CLUSTER as WHOLE,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

GIVEN: Json = {
    **CREATION,
    "admin_password": "Canary-Admin-1",
    "validate": True,
    "wait": False,
}
VERSION = "MRS%202.1.0"
ID = "ae04cf9d61544df3806a3feeb401b204"
UNSERVED = refusal("APIGW.0101", "The API does not exist.", 404)


def zones(reply: Reply | None = None) -> Exchange:
    listed = [{"az_code": "eu-de-01", "az_id": "1" * 32}, {"az_code": "eu-de-02", "az_id": ID}]
    answer = Answer(200, {"available_zones": listed})
    return Exchange("GET", "/v1.1/eu-de/available-zones", reply or answer)


def versions(reply: Reply | None = None) -> Exchange:
    answer = Answer(200, {"cluster_versions": ["MRS 2.1.0", "MRS 1.9.2"]})
    return Exchange("GET", f"/v2/{PROJECT}/metadata/versions", reply or answer)


def of_version(**more: t.Any) -> Answer:
    return Answer(200, {"name": "MRS 2.1.0", "cluster_types": ["ANALYSIS"], **more})


def version(reply: Reply | None = None) -> Exchange:
    return Exchange("GET", f"/metadata/versions/{VERSION}", reply or of_version())


def flavors(reply: Reply | None = None, size: str = SIZE, zone: str = "eu-de-02") -> Exchange:
    groups = {group: [{"flavor_name": size}] for group in ("master", "core", "task")}
    answer = Answer(200, {"available_flavors": [{"az_code": "eu-de-02", **groups}]})
    path = f"/v2/{PROJECT}/metadata/version/{VERSION}/available-flavor"
    return Exchange("GET", path, reply or answer, {"availability_zone": zone})


def quota(left: int, reply: Reply | None = None) -> Exchange:
    path = f"/v2/{PROJECT}/clusters/{CLUSTER}/tags/quota"
    return Exchange("GET", path, reply or Answer(200, {"available_quota": left}))


OFFERED = [versions(), version(), flavors()]
CREATED = [lists(), creates(), reads(cluster(clusterState="starting"))]


class TestCreation:
    @pytest.mark.parametrize("zone", ["eu-de-02", ID])
    def test_it_is_created_when_all_fits_and_a_zone_goes_by_its_id(self, zone: str) -> None:
        secret = {"cluster_admin_secret": "Canary-Admin-1"}
        body = {**CREATION_BODY, "available_zone_id": ID, **secret}
        script = [lists(), zones(), *OFFERED, lists(), creates(body=body), CREATED[2]]
        result = play("mrs_cluster", {**GIVEN, "availability_zone": zone}, script).result
        assert (result["changed"], result["validated"]) == (True, True)

    @pytest.mark.parametrize("zone", ["eu-de-02", ID])
    def test_check_mode_asks_the_same_and_tells_the_name_of_the_zone(self, zone: str) -> None:
        given = {**GIVEN, "availability_zone": zone}
        result = play("mrs_cluster", given, [lists(), zones(), *OFFERED], check_mode=True).result
        assert (result["changed"], result["validated"]) == (True, True)
        assert result["cluster"]["availability_zone"] == "eu-de-02"

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_what_does_not_fit_is_an_error_and_nothing_is_created(self, check_mode: bool) -> None:
        script = [lists(), zones(), versions(), version(), flavors(size="c6.xlarge")]
        result = play_failing("mrs_cluster", GIVEN, script, check_mode=check_mode).result
        assert (result["changed"], result["actions"]) == (False, [])
        assert result["msg"].startswith(
            f"node_groups[master].size: {SIZE} is not a flavor of master nodes in eu-de-02; "
        )
        assert "node_groups[core].size: " in result["msg"]
        assert result["msg"].endswith("With validate: false, options are sent without this check.")

    def test_a_version_that_is_none_is_an_error_before_more_is_asked(self) -> None:
        given = {**GIVEN, "version": "MRS 2.1.1"}
        message = play_failing("mrs_cluster", given, [lists(), zones(), versions()]).result["msg"]
        assert message.startswith(
            "version: MRS 2.1.1 cannot be created here; did you mean MRS 2.1.0? The service "
        )

    def test_a_zone_that_is_none_is_an_error_before_more_is_asked(self) -> None:
        given = {**GIVEN, "availability_zone": "eu-de-04"}
        message = play_failing("mrs_cluster", given, [lists(), zones()]).result["msg"]
        assert message.startswith(
            "availability_zone: eu-de-04 is not a zone of the region; did you "
        )
        assert message.endswith("With validate: false, options are sent without this check.")

    def test_what_is_missing_is_told_before_what_does_not_fit(self) -> None:
        given = {**GIVEN, "version": None}
        message = play_failing("mrs_cluster", given, [lists(), zones()]).result["msg"]
        assert message.startswith("version: needed, since the cluster is not there")

    def test_a_cloud_that_serves_nothing_of_it_is_left_alone(self) -> None:
        asked = [
            *(zones(UNSERVED), versions(UNSERVED), version(UNSERVED)),
            Exchange("GET", flavors().path, UNSERVED, {}),
        ]
        result = play("mrs_cluster", GIVEN, [lists(), *asked, *CREATED]).result
        assert (result["changed"], result["validated"], result["warnings"]) == (True, False, [])

    def test_a_refusal_is_a_warning_with_the_reason(self) -> None:
        refused = version(refusal("12000093", "No metadata.", 400))
        script = [lists(), zones(), versions(), refused, flavors(), *CREATED]
        result = play("mrs_cluster", GIVEN, script).result
        assert result["validated"] is False
        assert result["warnings"][0].startswith(
            "Not all options were compared with what the service offers. Cannot read what there is "
            "in version MRS 2.1.0: No metadata"
        )

    def test_an_answer_without_sense_is_a_warning(self) -> None:
        script = [lists(), zones(), versions(Answer(200, {})), *OFFERED[1:], *CREATED]
        result = play("mrs_cluster", {**GIVEN, "api_retries": 0}, script).result
        assert (result["changed"], result["validated"]) == (True, False)
        assert (
            "cluster_versions was expected, but the answer is an empty object"
            in result["warnings"][0]
        )

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_a_lost_answer_is_asked_for_again(self, reply: t.Any) -> None:
        script = [lists(), zones(), versions(reply), *OFFERED, *CREATED]
        assert play("mrs_cluster", GIVEN, script).result["validated"] is True

    def test_with_validate_false_nothing_is_asked(self) -> None:
        result = play("mrs_cluster", {**GIVEN, "validate": False}, [lists(), *CREATED]).result
        assert "validated" not in result


class TestChanges:
    def test_where_nothing_is_to_be_done_nothing_is_asked(self) -> None:
        result = play("mrs_cluster", GIVEN, [lists(cluster())]).result
        assert result["changed"] is False
        assert "validated" not in result

    def test_nothing_is_asked_for_a_deletion(self) -> None:
        given = {"name": "etl", "state": "absent", "validate": True}
        assert "validated" not in play("mrs_cluster", given, [lists()]).result

    def test_a_replacement_is_asked_for_before_the_cluster_is_deleted(self) -> None:
        given = {**GIVEN, "version": "MRS 1.9.3", "wait": True, "recreate": "on_change"}
        other = cluster(clusterVersion="MRS 2.1.0")
        script = [lists(other), zones(), versions()]
        jobs = [Exchange("GET", "/job-exes", Answer(200, {"totalRecord": 0, "job_executions": []}))]
        result = play_failing("mrs_cluster", given, [script[0], *jobs, *script[1:]]).result
        assert "did you mean MRS 1.9.2?" in result["msg"]
        assert (result["changed"], result["actions"]) == (False, [])

    def first_nodes(self, size: str) -> Json:
        task = {"name": "task", "count": 1, "size": size, **DISKS}
        return {**GIVEN, "node_groups": [*CREATION["node_groups"], task]}

    def test_the_flavor_of_the_first_nodes_of_a_group(self) -> None:
        script = [lists(cluster()), version(), flavors()]
        given = self.first_nodes("c6.none.linux.mrs")
        message = play_failing("mrs_cluster", given, script, check_mode=True).result["msg"]
        assert message.startswith(
            "node_groups[task].size: c6.none.linux.mrs is not a flavor of task nodes in eu-de-02"
        )
        result = play("mrs_cluster", self.first_nodes(SIZE), script, check_mode=True).result
        assert result["validated"] is True

    def test_the_disks_of_the_first_nodes_of_a_group(self) -> None:
        given = self.first_nodes(SIZE)
        given["node_groups"][2]["data_volume_size"] = 100
        least = {"constraints": {"node_constraint": {"task": {"min_disk_size": 200}}}}
        script = [lists(cluster()), version(of_version(**least)), flavors()]
        message = play_failing("mrs_cluster", given, script, check_mode=True).result["msg"]
        assert message.startswith(
            "node_groups[task].data_volume_size: 100 GB is less than the 200 GB that MRS 2.1.0 ne"
        )

    @pytest.mark.parametrize("most", [4, 3])
    def test_the_number_of_nodes_of_a_group_that_is_there(self, most: int) -> None:
        groups = [CREATION["node_groups"][0], {"name": "core", "count": 4}]
        given = {**GIVEN, "node_groups": groups}
        limits = {"constraints": {"node_constraint": {"core": {"max_node_num": most}}}}
        script = [lists(cluster()), version(of_version(**limits))]
        if most == 4:
            result = play("mrs_cluster", given, script, check_mode=True).result
            assert (result["changed"], result["validated"]) == (True, True)
        else:
            message = play_failing("mrs_cluster", given, script, check_mode=True).result["msg"]
            assert message.startswith(
                "node_groups[core].count: 4 core nodes are more than the 3 that MRS 2.1.0 takes."
            )

    @pytest.mark.parametrize(("left", "fits"), [(2, True), (1, False)])
    def test_the_quota_of_tags(self, left: int, fits: bool) -> None:
        given = {"id": CLUSTER, "tags": {"a": "1", "b": "2"}, "validate": True, "wait": False}
        script = [reads(cluster()), tags(), quota(left)]
        if fits:
            done = [changes_tags("create", a="1", b="2"), reads(cluster(tags="a=1,b=2"))]
            result = play("mrs_cluster", given, [*script, *done]).result
            assert result["validated"] is True
        else:
            message = play_failing("mrs_cluster", given, script).result["msg"]
            assert message.startswith("tags: a, b are 2 more, but the cluster can get only 1 more.")

    def test_tags_that_come_in_the_place_of_others_are_not_asked_for(self) -> None:
        given = {"id": CLUSTER, "tags": {"a": "1"}, "validate": True}
        script = [reads(cluster()), tags(b="2")]
        result = play("mrs_cluster", given, script, check_mode=True).result
        assert (result["changed"], "validated" in result) == (True, False)


class TestScale:
    GIVEN: t.ClassVar[Json] = {"cluster": "etl", "count": 5, "validate": True, "wait": False}
    TASK: t.ClassVar[Json] = {
        "cluster": "etl",
        "node_group": "task",
        "count": 1,
        "validate": True,
        "task_node": {"size": "c6.none.linux.mrs", "data_volume_size": 100},
    }

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_a_number_beyond_the_limit_is_refused_before_the_request(
        self, check_mode: bool
    ) -> None:
        limits = {"constraints": {"node_constraint": {"core": {"max_node_num": 4}}}}
        script = [lists(cluster()), version(of_version(**limits))]
        result = play_failing("mrs_cluster_scale", self.GIVEN, script, check_mode=check_mode).result
        assert result["msg"].startswith(
            "count: 5 core nodes are more than the 4 that MRS 2.1.0 takes."
        )
        assert result["changed"] is False

    def test_the_first_task_nodes(self) -> None:
        least = {"constraints": {"node_constraint": {"task": {"min_disk_size": 200}}}}
        script = [lists(cluster()), version(of_version(**least)), flavors()]
        message = play_failing("mrs_cluster_scale", self.TASK, script).result["msg"]
        assert message.startswith(
            "task_node.size: c6.none.linux.mrs is not a flavor of task nodes in eu-de-02; there are"
        )
        assert "task_node.data_volume_size: 100 GB is less than the 200 GB" in message

    def test_nothing_to_do_asks_nothing_and_validate_false_neither(self) -> None:
        same = {**self.GIVEN, "count": 3}
        assert "validated" not in play("mrs_cluster_scale", same, [lists(cluster())]).result
        given = {**self.GIVEN, "validate": False}
        script = [lists(cluster())]
        result = play("mrs_cluster_scale", given, script, check_mode=True).result
        assert (result["changed"], "validated" in result) == (True, False)

    def test_a_cloud_that_does_not_tell_is_left_alone(self) -> None:
        script = [lists(cluster()), version(UNSERVED)]
        result = play("mrs_cluster_scale", self.GIVEN, script, check_mode=True).result
        assert (result["validated"], result["warnings"]) == (False, [])

    def test_a_cluster_that_comes_first_in_check_mode_is_not_asked_for(self) -> None:
        result = play("mrs_cluster_scale", self.GIVEN, [lists()], check_mode=True).result
        assert (result["changed"], "validated" in result) == (True, False)


class TestOnASimulatedCustomCluster:
    @pytest.fixture(name="cloud")
    def _cloud(self) -> Cloud:
        cloud = Cloud(speed=0.0)
        created = cloud.run("mrs_cluster", **CUSTOM)
        assert (created.get("msg"), created["validated"]) == (None, True)
        return cloud

    def test_nodes_with_roles_that_stay_are_not_scaled_in(self, cloud: Cloud) -> None:
        groups = [*CUSTOM["node_groups"], {**CUSTOM["node_groups"][1], "name": "keepers"}]
        groups[2] = {**groups[2], "assigned_roles": ["quorumpeer:1,2", "NodeManager", "meta"]}
        given = {**CUSTOM, "name": "store", "node_groups": groups}
        assert cloud.run("mrs_cluster", **given).get("msg") is None
        wanted = {"cluster": "store", "node_group": "keepers"}
        failed = cloud.run("mrs_cluster_scale", **wanted, count=1)
        assert failed["msg"].startswith(
            "count: 1 is too few: 2 nodes of the group must stay, because MRS 3.5.0-LTS does not "
            "remove nodes with the roles quorumpeer."
        )
        assert cloud.asked("POST", "/shrink") == 0
        groups[2] = {**groups[2], "count": 1}
        failed = cloud.run("mrs_cluster", **{**given, "node_groups": groups})
        assert failed["msg"].startswith("node_groups[keepers].count: 1 is too few")
        done = cloud.run("mrs_cluster_scale", **wanted, count=2)
        assert (done.get("msg"), done["removed"], done["validated"]) == (None, 1, True)

    def test_a_component_with_what_it_needs_and_its_roles(self, cloud: Cloud) -> None:
        groups = [{"name": "node_group_1", "assigned_roles": ["HSBroker", "HSBrooker", "Broker"]}]
        wanted = {"cluster": "lake", "name": "HetuEngine", "node_groups": groups}
        place = "node_groups[node_group_1].assigned_roles"
        for check_mode in (True, False):
            message = cloud.run("mrs_component", check_mode=check_mode, **wanted)["msg"]
            assert message.startswith(
                "name: HetuEngine of MRS 3.5.0-LTS needs Hive, which is not among them."
            )
            assert f"{place}: HSBrooker is not a role of MRS 3.5.0-LTS; did you mean HSB" in message
            assert f"{place}: Broker is a role of Kafka, which is not among the comp" in message
        assert cloud.asked("POST", "/components") == 0
        right = {**wanted, "name": "Flink"}
        right["node_groups"] = [{"name": "node_group_1", "assigned_roles": ["FlinkResource"]}]
        done = cloud.run("mrs_component", **right)
        assert (done.get("msg"), done["changed"], done["validated"]) == (None, True, True)
        before = len(cloud.simulator.log.entries)
        assert "validated" not in cloud.run("mrs_component", **right)
        asked = [each["path"] for each in [*cloud.simulator.log.entries][before:]]
        assert not [path for path in asked if "metadata" in path]


class TestOnTheSimulator:
    @pytest.fixture(name="runs")
    def _runs(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> t.Iterator[ModuleRuns]:
        with serve(Settings(speed=0, flavor="hwc")) as running:
            self.simulator: Running = running
            runs = ModuleRuns(capsys, monkeypatch)
            known = running.connection
            named = ("auth_url", "username", "password", "user_domain_name", "project_id")
            auth = {name: known[name] for name in named}
            runs.shared = {"auth": auth, "region_name": known["region"]}
            yield runs

    def given(self, **changes: t.Any) -> Json:
        whole = {**WHOLE, "availability_zone": "cn-north-4b", "version": "MRS 3.2.0-LTS.2"}
        return {**whole, **changes}

    def test_a_zone_by_its_name_and_no_difference_by_its_id(self, runs: ModuleRuns) -> None:
        created = runs.run("mrs_cluster", **self.given())
        assert (created["rc"], created["validated"]) == (0, True)
        assert created["cluster"]["availability_zone"] == "cn-north-4b"
        zones = runs.run("mrs_version_info")["zones"]
        identity = next(zone["id"] for zone in zones if zone["name"] == "cn-north-4b")
        for zone in (identity, "cn-north-4b"):
            again = runs.run("mrs_cluster", **self.given(availability_zone=zone))
            assert (again["rc"], again["changed"]) == (0, False)

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_everything_that_is_wrong_is_told_at_once(
        self, runs: ModuleRuns, check_mode: bool
    ) -> None:
        groups = [dict(group) for group in WHOLE["node_groups"]]
        groups[1]["root_volume_size"] = 100
        wrong = self.given(components=["Hadop", "Hive"], node_groups=groups)
        failed = runs.run("mrs_cluster", check_mode=check_mode, **wrong)
        assert failed["rc"] == 1
        assert "Hadop is not a component of MRS 3.2.0-LTS.2; did you mean Hadoop?" in failed["msg"]
        assert "Hive of MRS 3.2.0-LTS.2 needs Hadoop, which is not among them." in failed["msg"]
        assert "node_groups[core].root_volume_size: 100 GB is less than the 480 GB" in failed["msg"]
        assert self.simulator.simulator.world.store.clusters == {}

    def custom(self, *roles: str, zone: str = "cn-north-4b") -> Json:
        masters = ["OMSServer:1,2", "NameNode:2,3", "quorumpeer:1,2,3", "DBServer:1,3", "meta"]
        named = {"master": (3, masters), "node_group_1": (3, roles)}
        disks = {**DISKS, "size": SIZE}
        groups = [
            {"name": name, "count": count, "assigned_roles": list(assigned), **disks}
            for name, (count, assigned) in named.items()
        ]
        # API v2 takes the name of a VPC and not its id.
        return self.given(
            vpc_id="",
            type="custom",
            version="MRS 3.5.0-LTS",
            template="mgmt_control_combined_v4.1",
            components=["Hadoop", "ZooKeeper", "DBService"],
            availability_zone=zone,
            node_groups=groups,
        )

    def test_the_roles_of_a_custom_cluster(self, runs: ModuleRuns) -> None:
        given = self.custom("DataNode", "NodeManger:1", "RangerAdmin")
        failed = runs.run("mrs_cluster", check_mode=True, **given)
        place = "node_groups[node_group_1].assigned_roles"
        assert (
            f"{place}: NodeManger is not a role of MRS 3.5.0-LTS; did you mean NodeManager?"
            in (failed["msg"])
        )
        assert f"{place}: RangerAdmin is a role of Ranger, which is not among" in failed["msg"]
        assert "node_groups[master]" not in failed["msg"]

    def test_api_v2_gets_the_name_of_a_zone_that_is_given_by_its_id(self, runs: ModuleRuns) -> None:
        zones = {zone["name"]: zone["id"] for zone in runs.run("mrs_version_info")["zones"]}
        given = self.custom("DataNode", "NodeManager", zone=zones["cn-north-4b"])
        created = runs.run("mrs_cluster", **given)
        assert (created.get("msg"), created["validated"], created["api"]) == (None, True, "v2")
        assert created["cluster"]["availability_zone"] == "cn-north-4b"

    def test_a_component_is_added_only_with_what_it_needs(self, runs: ModuleRuns) -> None:
        given = self.custom("DataNode", "NodeManager", "HSBroker", "HMaster", "RegionServer")
        given["validate"] = False
        assert runs.run("mrs_cluster", **given).get("msg") is None
        given = {**given, "validate": True, "components": [*given["components"], "HetuEngine"]}
        failed = runs.run("mrs_cluster", check_mode=True, **given)
        assert failed["msg"].startswith(
            "components: HetuEngine of MRS 3.5.0-LTS needs Hive, which is not among them."
        )
        given["components"] = ["Hadoop", "ZooKeeper", "DBService", "HBase"]
        foreseen = runs.run("mrs_cluster", check_mode=True, **given)
        assert (foreseen["actions"], foreseen["validated"]) == (
            [{"action": "add_components", "components": ["HBase"]}],
            True,
        )

    def test_open_telekom_cloud_does_not_tell(
        self, capsys: pytest.CaptureFixture[str], runs: ModuleRuns
    ) -> None:
        self.simulator.simulator.world.settings.flavor = "otc"
        changes = {"availability_zone": "cn-north-4b"}
        created = runs.run("mrs_cluster", check_mode=True, **self.given(**changes))
        assert (created["rc"], created["validated"]) == (0, False)


class TestSuccessor:
    """What is deleted is lost, so it stays where the one in its place may be refused."""

    THERE: t.ClassVar[Json] = {
        **CREATION,
        "admin_password": "Canary-Admin-1",
        "node_groups": [{**group, **DISKS} for group in CREATION["node_groups"]],
    }
    NEWER: t.ClassVar[Json] = {**THERE, "version": "MRS 3.2.0-LTS.2", "recreate": "on_change"}

    @pytest.mark.parametrize(
        ("given", "doubt"),
        [
            (
                {"tags": {"owner": "Zoë"}},
                "tags.owner: Open Telekom Cloud refuses it: must have letters, digits, - and _ "
                "only.",
            ),
            (
                {"admin_password": None},
                "admin_password: Open Telekom Cloud needs it for a new cluster.",
            ),
            (
                {"jobs": [JOB_OPTIONS]},
                "jobs: this cloud may not serve the call that creates a cluster with jobs.",
            ),
        ],
    )
    def test_it_may_be_refused(self, given: Json, doubt: str) -> None:
        cloud = Cloud(serve_unpublished=False)
        identity = cloud.run("mrs_cluster", **self.THERE)["cluster"]["id"]
        for check_mode in (True, False):
            told = cloud.run("mrs_cluster", check_mode=check_mode, **{**self.NEWER, **given})
            assert told["msg"] == (
                f"Cluster etl ({identity}) is not deleted, since the service may refuse the new "
                f"cluster: {doubt} Nothing was changed. Correct these options, or set validate: "
                "false to take the risk."
            )
        assert cloud.asked("DELETE", "/clusters") == 0

    def test_the_risk_is_taken(self) -> None:
        cloud = Cloud()
        cloud.run("mrs_cluster", **self.THERE)
        done = cloud.run("mrs_cluster", **self.NEWER, jobs=[JOB_OPTIONS], validate=False)
        assert [each["action"] for each in done["actions"]] == ["delete", "create", "submit_job"]


def test_open_telekom_cloud_creates_none_without_the_password_of_the_administrator() -> None:
    endpoint = "https://mrs.eu-de.otc.t-systems.com"
    given = {**CREATION, "endpoint": endpoint}
    told = play_failing("mrs_cluster", given, [lists()], check_mode=True)
    assert told.result["msg"] == "admin_password: Open Telekom Cloud needs it for a new cluster"
    huawei = {**given, "endpoint": "https://mrs.cn-north-4.myhuaweicloud.com"}
    assert play("mrs_cluster", huawei, [lists()], check_mode=True).result["warnings"] == []
