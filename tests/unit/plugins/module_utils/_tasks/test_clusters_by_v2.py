# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters that API v2 creates, on the simulator: every changing call loses its answer once."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    CUSTOM,
    DISKS,
    JOB_OPTIONS,
    SIZE,
    Json,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud

CREATE = {"action": "create", "cluster": "lake"}
CLUSTERS = "/v2/.*/clusters$"
BY_V1: Json = {
    **CREATION,
    "node_groups": [{**group, **DISKS} for group in CREATION["node_groups"]],
    "admin_password": "Canary-Admin-1",
}
#: The kinds in which an answer is lost after the service acted.
LOSSES = ["cut_after", "status_after", "truncate", "garbage", "empty"]
PI: Json = {
    "name": "pi",
    "job_type": "mapreduce",
    "jar_path": "obs://etl/pi.jar",
    "arguments": ["pi", "10"],
}


WITH_JOBS: Json = {**CUSTOM, "jobs": [JOB_OPTIONS, PI]}
SUBMITTED = [
    {"action": "submit_job", "job": "wordcount"},
    {"action": "submit_job", "job": "pi"},
]
STEPS = "/v2/.*/run-job-flow$"


@pytest.fixture(name="cloud")
def _cloud() -> Cloud:
    return Cloud()


def done(result: Json) -> list[Json]:
    """What a task that did not fail has done."""
    assert "failed" not in result, result["msg"]
    actions: list[Json] = result["actions"]
    return actions


class TestCreation:
    def test_a_custom_cluster_is_created_once_and_found_unchanged(self, cloud: Cloud) -> None:
        created = cloud.run("mrs_cluster", **CUSTOM)
        assert done(created) == [CREATE]
        assert created["api"] == "v2"
        assert created["diff"]["after"]["api"] == "v2"
        assert created["cluster"]["type"] == "custom"
        assert created["cluster"]["node_counts"] == {"master": 3, "node_group_1": 3}
        again = cloud.run("mrs_cluster", **CUSTOM)
        assert done(again) == []
        assert again["diff"]["before"] == again["diff"]["after"]
        assert cloud.asked("POST", "/clusters") == 1

    @pytest.mark.parametrize("loss", LOSSES)
    def test_a_lost_answer_makes_no_second_one(self, cloud: Cloud, loss: str) -> None:
        cloud.lose_answer("POST", CLUSTERS, loss)
        assert done(cloud.run("mrs_cluster", **CUSTOM)) == [CREATE]
        assert cloud.asked("POST", "/clusters") == 1
        assert len(cloud.run("mrs_cluster_info")["clusters"]) == 1

    def test_a_name_that_was_taken_meanwhile_is_used(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        nothing: Json = {"clusterTotal": 0, "clusters": []}
        cloud.replace_answer("GET", "/cluster_infos$", nothing, times=2)
        late = cloud.run("mrs_cluster", **CUSTOM)
        assert done(late) == []
        assert late["cluster"]["name"] == "lake"
        assert len(cloud.run("mrs_cluster_info")["clusters"]) == 1

    def test_a_request_that_is_delivered_twice_makes_one(self, cloud: Cloud) -> None:
        cloud.lose_answer("POST", CLUSTERS, "twice")
        assert done(cloud.run("mrs_cluster", **CUSTOM)) == [CREATE]
        assert len(cloud.run("mrs_cluster_info")["clusters"]) == 1

    def test_a_creation_that_fails_is_an_error_with_the_reason(self) -> None:
        cloud = Cloud(next_creation="failed")
        refused = cloud.run("mrs_cluster", **CUSTOM)
        assert refused["failed"] is True
        assert "Cluster lake (" in refused["msg"]
        assert "is failed" in refused["msg"]
        assert done(cloud.run("mrs_cluster", **CUSTOM, recreate="on_failure")) == [CREATE]

    def test_check_mode_foretells_it(self, cloud: Cloud) -> None:
        foretold = cloud.run("mrs_cluster", check_mode=True, **CUSTOM)
        assert done(foretold) == [CREATE]
        assert foretold["api"] == "v2"
        assert foretold["cluster"]["node_counts"] == {"master": 3, "node_group_1": 3}
        assert [group["name"] for group in foretold["cluster"]["node_groups"]] == [
            "master",
            "node_group_1",
        ]
        assert foretold["diff"]["after"] == {
            "name": "lake",
            "node_counts": {"master": 3, "node_group_1": 3},
            "tags": {},
            "auto_scaling_policy": None,
            "api": "v2",
        }
        assert cloud.asked("POST", "/clusters") == 0

    @pytest.mark.parametrize("options", [CUSTOM, BY_V1])
    def test_check_mode_names_types_and_groups_as_the_run_after_it(
        self, cloud: Cloud, options: Json
    ) -> None:
        """By both APIs."""
        predicted, made = (
            cloud.run("mrs_cluster", check_mode=check_mode, **options)["cluster"]
            for check_mode in (True, False)
        )
        assert (made["type"], made["safe_mode"]) == (predicted["type"], predicted["safe_mode"])
        names, names_predicted = (
            {group["name"]: group["api_name"] for group in cluster["node_groups"]}
            for cluster in (made, predicted)
        )
        assert names == names_predicted

    def test_a_cloud_that_does_not_publish_steps_says_so(self) -> None:
        cloud = Cloud(serve_unpublished=False)
        refused = cloud.run("mrs_cluster", **CUSTOM, jobs=[JOB_OPTIONS])
        assert refused["failed"] is True
        assert "This cloud does not serve this call of API v2" in refused["msg"]

    def test_passwords_are_nowhere_in_the_result(self, cloud: Cloud) -> None:
        assert "canary" not in repr(cloud.run("mrs_cluster", **CUSTOM)).lower()

    def test_a_group_that_is_not_there_is_a_difference(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        refused = cloud.run("mrs_cluster", name="lake", node_groups=[{"name": "core", "count": 3}])
        assert refused["differences"] == [
            {"field": "node_groups", "wanted": ["core"], "found": ["master", "node_group_1"]}
        ]


OUT = {"action": "scale_out", "group": "node_group_1", "from": 3, "to": 5}
IN = {"action": "scale_in", "group": "node_group_1", "from": 5, "to": 4}


class TestResize:
    @staticmethod
    def wanted(count: int) -> Json:
        return {"name": "lake", "node_groups": [{"name": "node_group_1", "count": count}]}

    @pytest.mark.parametrize("loss", [None, *LOSSES])
    def test_a_group_is_brought_to_its_count_once(self, cloud: Cloud, loss: str | None) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        for call in ("expand", "shrink") if loss else ():
            cloud.lose_answer("POST", f"/v2/.*/{call}$", loss or "")
        foretold = cloud.run("mrs_cluster", check_mode=True, **self.wanted(5))
        assert (done(foretold), foretold["api"]) == ([OUT], "v2")
        grown = cloud.run("mrs_cluster", **self.wanted(5))
        assert (done(grown), grown["api"]) == ([OUT], "v2")
        assert grown["cluster"]["node_counts"] == {"master": 3, "node_group_1": 5}
        assert done(cloud.run("mrs_cluster", **self.wanted(5))) == []
        shrunk = cloud.run("mrs_cluster_scale", cluster="lake", node_group="node_group_1", count=4)
        assert done(shrunk) == [IN]
        assert (shrunk["api"], shrunk["removed"]) == ("v2", 1)
        assert (cloud.asked("POST", "/expand"), cloud.asked("POST", "/shrink")) == (1, 1)

    def test_each_core_group_of_a_mixed_cluster_is_one_of_its_own(self, cloud: Cloud) -> None:
        names = ("master", "core_node_analysis_group", "core_node_streaming_group")
        node = {"size": SIZE, **DISKS}
        mixed: Json = {
            **{key: value for key, value in CUSTOM.items() if key != "template"},
            "type": "mixed",
            "components": ["Hadoop", "Kafka"],
            "node_groups": [
                {"name": name, "count": count, **node}
                for name, count in zip(names, (2, 3, 3), strict=True)
            ],
        }
        assert done(cloud.run("mrs_cluster", **mixed)) == [CREATE]
        assert done(cloud.run("mrs_cluster", **mixed)) == []
        grown = cloud.run("mrs_cluster_scale", cluster="lake", node_group=names[2], count=4)
        assert done(grown) == [{"action": "scale_out", "group": names[2], "from": 3, "to": 4}]
        assert grown["cluster"]["node_counts"] == dict(zip(names, (2, 3, 4), strict=True))
        refused = cloud.run("mrs_cluster_scale", cluster="lake", count=4)
        assert refused["msg"] == (
            "node_group: core could be two groups of a mixed cluster: core_node_analysis_group or "
            "core_node_streaming_group"
        )

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (
                {"exclude_instances": ["{healthy}"], "count": 3},
                "exclude_instances: the service chooses which nodes of this cluster are removed",
            ),
            (
                {"include_instances": ["{healthy}"]},
                "include_instances: in mixed and custom clusters only nodes whose machine is down "
                "can be named, and {healthy} is ACTIVE; give count, and the service chooses",
            ),
            (
                {"include_instances": ["{sick}"], "count": 2},
                "count: API v2 removes either the nodes of include_instances or a number of "
                "nodes; leave out count, or give 3",
            ),
            ({"node_group": "master", "count": 4}, "node_group: masters cannot be scaled"),
        ],
    )
    def test_what_api_v2_cannot_do_is_refused(self, cloud: Cloud, given: Json, told: str) -> None:
        names = self.grown_to_four(cloud)
        written = {
            key: [each.format(**names) for each in value] if isinstance(value, list) else value
            for key, value in given.items()
        }
        refused = cloud.run(
            "mrs_cluster_scale", **{"cluster": "lake", "node_group": "node_group_1", **written}
        )
        assert refused["msg"] == told.format(**names)
        assert cloud.asked("POST", "/shrink") == 0

    @pytest.mark.parametrize("loss", [None, "cut_after"])
    def test_a_node_that_is_down_is_taken_away_by_its_name(
        self, cloud: Cloud, loss: str | None
    ) -> None:
        sick = self.grown_to_four(cloud)["sick"]
        if loss:
            cloud.lose_answer("POST", "/v2/.*/shrink$", loss)
        gone = cloud.run(
            "mrs_cluster_scale",
            cluster="lake",
            node_group="node_group_1",
            include_instances=[sick],
        )
        assert [action["to"] for action in done(gone)] == [3]
        hosts = cloud.run("mrs_host_info", cluster="lake")["hosts"]
        assert sick not in [host["name"] for host in hosts]

    def grown_to_four(self, cloud: Cloud) -> dict[str, str]:
        """Names of a healthy node and of one that is down."""
        cloud.run("mrs_cluster", **CUSTOM)
        cloud.run("mrs_cluster", **self.wanted(4))
        (cluster,) = cloud.simulator.world.store.clusters.values()
        healthy, sick = [host for host in cluster.hosts if host.group == "node_group_1"][:2]
        sick.status = "SHUTOFF"
        return {"healthy": healthy.name, "sick": sick.name}

    def test_a_resize_that_fails_is_an_error_with_the_reason(self) -> None:
        cloud = Cloud(next_scale="error")
        cloud.run("mrs_cluster", **CUSTOM)
        refused = cloud.run("mrs_cluster", **self.wanted(5))
        assert refused["failed"] is True
        assert "was to have 5 node_group_1 nodes, has 3 (before: 3)" in refused["msg"]

    def test_nodes_of_a_prepaid_cluster_are_an_order(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        cloud.replace_answer("POST", "/expand$", {"order_id": "CS0001"})
        refused = cloud.run("mrs_cluster", **self.wanted(4))
        assert refused["changed"] is False
        assert "it is an order that has to be paid in the console first: CS0001" in refused["msg"]


RENAMED = {"action": "rename", "from": "lake", "to": "pond"}


class TestRename:
    @pytest.mark.parametrize("loss", [None, *LOSSES])
    def test_an_id_with_another_name_is_a_new_name(self, cloud: Cloud, loss: str | None) -> None:
        identity = cloud.run("mrs_cluster", **CUSTOM)["cluster"]["id"]
        wanted = {**CUSTOM, "id": identity, "name": "pond"}
        foretold = cloud.run("mrs_cluster", check_mode=True, **wanted)
        assert done(foretold) == [RENAMED]
        assert (foretold["diff"]["before"]["name"], foretold["diff"]["after"]["name"]) == (
            "lake",
            "pond",
        )
        if loss:
            cloud.lose_answer("PUT", "/v2/.*/cluster-name$", loss)
        renamed = cloud.run("mrs_cluster", **wanted)
        assert (done(renamed), renamed["api"]) == ([RENAMED], "v2")
        assert renamed["cluster"]["name"] == "pond"
        assert done(cloud.run("mrs_cluster", **wanted)) == []
        assert cloud.asked("PUT", "/cluster-name") == 1

    def test_a_name_that_another_cluster_has_is_refused(self, cloud: Cloud) -> None:
        identity = cloud.run("mrs_cluster", **CUSTOM)["cluster"]["id"]
        cloud.run("mrs_cluster", **{**CUSTOM, "name": "pond"})
        refused = cloud.run("mrs_cluster", id=identity, name="pond")
        assert (refused["changed"], refused["error"]["code"]) == (False, "12000043")
        assert refused["msg"].startswith(f"Cannot rename cluster lake ({identity}) to pond: ")

    def test_check_mode_foretells_that_a_name_is_taken(self, cloud: Cloud) -> None:
        identity = cloud.run("mrs_cluster", **CUSTOM)["cluster"]["id"]
        other = cloud.run("mrs_cluster", **{**CUSTOM, "name": "pond"})["cluster"]["id"]
        foretold = cloud.run("mrs_cluster", check_mode=True, id=identity, name="pond")
        assert (foretold["changed"], foretold["msg"]) == (
            False,
            f"Cannot rename cluster lake ({identity}) to pond: cluster pond ({other}) has this "
            "name already. Choose another name.",
        )
        cloud.run("mrs_cluster", name="pond", state="absent")
        free = cloud.run("mrs_cluster", check_mode=True, id=identity, name="pond")
        assert done(free) == [RENAMED]


def with_hive(**changes: object) -> Json:
    """The custom cluster with a component more, whose roles run on the masters."""
    master, data = CUSTOM["node_groups"]
    roles = [*master["assigned_roles"], "HiveServer:1,2", "MetaStore:1,2", "WebHCat:1,2"]
    return {
        **CUSTOM,
        "components": [*CUSTOM["components"], "Hive"],
        "node_groups": [{**master, "assigned_roles": roles}, data],
        **changes,
    }


ADDED = {"action": "add_components", "components": ["Hive"]}


class TestComponents:
    @pytest.mark.parametrize("loss", [None, *LOSSES])
    def test_one_that_is_not_there_is_added_once(self, cloud: Cloud, loss: str | None) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        foretold = cloud.run("mrs_cluster", check_mode=True, **with_hive())
        assert done(foretold) == [ADDED]
        assert "Hive" not in foretold["diff"]["before"]["components"]
        assert "Hive" in foretold["diff"]["after"]["components"]
        if loss:
            cloud.lose_answer("POST", "/v2/.*/components$", loss)
        added = cloud.run("mrs_cluster", **with_hive())
        assert (done(added), added["api"]) == ([ADDED], "v2")
        assert "Hive" in [each["name"] for each in added["cluster"]["components"]]
        assert added["cluster"]["state"] == "running"
        assert done(cloud.run("mrs_cluster", **with_hive())) == []
        assert cloud.asked("POST", "/components") == 1
        (cluster,) = cloud.simulator.world.store.clusters.values()
        assert {"HiveServer:1,2", "MetaStore:1,2", "WebHCat:1,2"} <= set(cluster.groups[0].roles)

    def test_without_a_wait_a_group_is_not_scaled_as_well(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        master, data = with_hive()["node_groups"]
        both = with_hive(node_groups=[master, {**data, "count": 4}], wait=False)
        refused = cloud.run("mrs_cluster", **both)
        assert "it cannot be scaled while components are added" in refused["msg"]
        assert done(cloud.run("mrs_cluster", **with_hive(wait=False))) == [ADDED]

    def test_an_installation_that_fails_is_an_error(self) -> None:
        cloud = Cloud(next_component="failed")
        cloud.run("mrs_cluster", **CUSTOM)
        refused = cloud.run("mrs_cluster", **with_hive())
        assert (refused["failed"], refused["actions"]) == (True, [ADDED])
        assert "Hive" in refused["msg"]

    def test_without_roles_nobody_can_tell_where_it_shall_run(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        refused = cloud.run("mrs_cluster", **with_hive(node_groups=CUSTOM["node_groups"]))
        assert refused["msg"] == (
            "components: Hive is not in the cluster. To add it, give its roles to node groups, in "
            "node_groups[].assigned_roles (HiveServer, MetaStore, WebHCat)"
        )
        assert cloud.asked("POST", "/components") == 0

    def test_one_that_the_version_has_not_is_refused(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        refused = cloud.run("mrs_cluster", name="lake", components=["Hadoop", "Hife"])
        assert refused["msg"] == (
            "components: Hife is not in the cluster, and the version of the cluster does not "
            "have it"
        )

    def test_a_cloud_that_does_not_tell_roles_is_no_place_for_it(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        gone = {"error_code": "APIGW.0101", "error_msg": "The API does not exist."}
        cloud.replace_answer("GET", "/metadata/versions/", gone, status=404)
        refused = cloud.run("mrs_cluster", **with_hive())
        assert refused["msg"].startswith(
            "components: Hive is not in the cluster. Add it with mrs_component"
        )


class TestPolicies:
    SET = ("set_auto_scaling_policy", "node_group_1")

    @staticmethod
    def with_policy(most: int, **more: object) -> Json:
        master, data = CUSTOM["node_groups"]
        policy = {
            "auto_scaling_enable": True,
            "min_capacity": 3,
            "max_capacity": most,
            "resources_plans": [
                {
                    "start_time": "8:00",
                    "end_time": "18:00",
                    "min_capacity": 3,
                    "max_capacity": most,
                }
            ],
            **more,
        }
        return {**CUSTOM, "node_groups": [master, {**data, "auto_scaling_policy": policy}]}

    def test_it_comes_with_the_creation(self, cloud: Cloud) -> None:
        assert done(cloud.run("mrs_cluster", **self.with_policy(6))) == [CREATE]
        assert done(cloud.run("mrs_cluster", **self.with_policy(6))) == []

    @pytest.mark.parametrize("loss", [None, *LOSSES])
    def test_a_group_is_given_one_and_then_another(self, cloud: Cloud, loss: str | None) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        for number, method in enumerate(("POST", "PUT"), 1):
            wanted = self.with_policy(5 + number)
            foretold = cloud.run("mrs_cluster", check_mode=True, **wanted)
            if loss:
                cloud.lose_answer(method, "/v2/.*/autoscaling-policy/", loss)
            given = cloud.run("mrs_cluster", **wanted)
            for result in (foretold, given):
                ((action, group),) = [(each["action"], each["group"]) for each in done(result)]
                assert (action, group, result["api"]) == (*self.SET, "v2")
                before = result["diff"]["before"]["auto_scaling_policies"]["node_group_1"]
                assert (before or {}).get("max_capacity") == {1: None, 2: 6}[number]
                shown = result["diff"]["after"]["auto_scaling_policies"]["node_group_1"]
                assert shown["max_capacity"] == 5 + number
            unchanged = cloud.run("mrs_cluster", **wanted)
            assert done(unchanged) == []
            assert "auto_scaling_policies" not in unchanged["diff"]["before"]

    def test_scripts_of_one_are_given_at_the_creation_only(self, cloud: Cloud) -> None:
        cloud.run("mrs_cluster", **CUSTOM)
        script = {
            "name": "announce",
            "uri": "obs://etl/announce.sh",
            "nodes": ["master_node_default_group"],
            "action_stage": "before_scale_out",
            "fail_action": "continue",
        }
        refused = cloud.run("mrs_cluster", **self.with_policy(6, exec_scripts=[script]))
        assert refused["msg"].startswith(
            "node_groups[node_group_1].auto_scaling_policy.exec_scripts: in mixed and custom"
        )


def test_a_life_through_a_lost_answer_at_each_step(cloud: Cloud) -> None:
    """One playbook, run again and again on a bad network."""
    lost = [
        ("POST", CLUSTERS),
        ("POST", "/v2/.*/expand$"),
        ("POST", "/v2/.*/shrink$"),
        ("POST", "/v2/.*/components$"),
        ("PUT", "/v2/.*/cluster-name$"),
        ("DELETE", "/v1.1/.*/clusters/"),
    ]
    for method, path in lost:
        cloud.lose_answer(method, path)
    master, data = with_hive()["node_groups"]
    steps: list[Json] = [
        CUSTOM,
        {**CUSTOM, "node_groups": [CUSTOM["node_groups"][0], {**data, "count": 5}]},
        {**CUSTOM, "node_groups": [CUSTOM["node_groups"][0], {**data, "count": 4}]},
        with_hive(node_groups=[master, {**data, "count": 4}]),
    ]
    made = []
    for step in steps:
        made += done(cloud.run("mrs_cluster", **step))
        assert done(cloud.run("mrs_cluster", **step)) == []
        assert done(cloud.run("mrs_cluster", check_mode=True, **step)) == []
    (cluster,) = cloud.run("mrs_cluster_info")["clusters"]
    last = {**steps[-1], "id": cluster["id"], "name": "pond"}
    made += done(cloud.run("mrs_cluster", **last))
    assert done(cloud.run("mrs_cluster", **last)) == []
    made += done(cloud.run("mrs_cluster", name="pond", state="absent"))
    assert done(cloud.run("mrs_cluster", name="pond", state="absent")) == []
    assert [action["action"] for action in made] == [
        "create",
        "scale_out",
        "scale_in",
        "add_components",
        "rename",
        "delete",
    ]
    assert [
        cloud.asked(method, path.strip("$").rpartition("/")[2]) for method, path in lost[1:5]
    ] == [1] * 4
    assert all(rule.hits for rule in cloud.simulator.faults.rules)


class TestJobs:
    @pytest.mark.parametrize("loss", [None, *LOSSES])
    def test_they_come_with_the_creation_and_are_followed(
        self, cloud: Cloud, loss: str | None
    ) -> None:
        if loss:
            cloud.lose_answer("POST", STEPS, loss)
        ran = cloud.run("mrs_cluster", **WITH_JOBS)
        assert done(ran) == [CREATE, *SUBMITTED]
        assert [(job["name"], job["final_status"]) for job in ran["job_executions"]] == [
            ("wordcount", "succeeded"),
            ("pi", "succeeded"),
        ]
        assert done(cloud.run("mrs_cluster", **WITH_JOBS)) == []
        assert cloud.asked("POST", "/run-job-flow") == 1
        assert cloud.asked("POST", "/job-executions") == 0

    def test_what_has_not_been_run_is_submitted_to_a_cluster_that_is_there(
        self, cloud: Cloud
    ) -> None:
        cloud.run("mrs_cluster", **{**WITH_JOBS, "jobs": [PI]})
        ran = cloud.run("mrs_cluster", **WITH_JOBS)
        assert done(ran) == SUBMITTED[:1]
        assert [job["name"] for job in ran["job_executions"]] == ["wordcount", "pi"]
        assert cloud.asked("POST", "/job-executions") == 1

    def test_a_cluster_that_was_not_waited_for_is_not_given_them_twice(self, cloud: Cloud) -> None:
        assert done(cloud.run("mrs_cluster", **WITH_JOBS, wait=False)) == [CREATE, *SUBMITTED]
        later = cloud.run("mrs_cluster", **WITH_JOBS)
        assert done(later) == []
        assert [job["final_status"] for job in later["job_executions"]] == ["succeeded"] * 2
        assert cloud.asked("POST", "/job-executions") == 0

    def test_one_that_may_still_come_is_given_time_while_another_runs(self) -> None:
        cloud = Cloud(speed_job=3000.0)
        cloud.run("mrs_cluster", **{**WITH_JOBS, "jobs": [JOB_OPTIONS]}, wait=False)
        cloud.simulator.world.clock.advance(200.0)
        told = cloud.run("mrs_cluster", **WITH_JOBS, wait=False)
        assert done(told) == []
        assert told["warnings"][0].startswith("Whether job pi came with cluster lake (")
        waited = cloud.run("mrs_cluster", **WITH_JOBS, wait_timeout=20000)
        assert done(waited) == SUBMITTED[1:]
        (stage,) = [
            stage
            for stage in waited["stages"]
            if stage["name"] == "waiting for the job that came with the cluster"
        ]
        assert (stage["subject"], stage["seconds"]) == ("job pi", 300.0)

    def test_whether_they_ran_on_a_cluster_that_is_forgotten_is_not_guessed(
        self, cloud: Cloud
    ) -> None:
        given = {**WITH_JOBS, "shutdown_cluster": True}
        cloud.run("mrs_cluster", **given)
        gone = {"error_code": "12000003", "error_msg": "The cluster does not exist."}
        cloud.replace_answer("GET", "/job-executions", gone, status=400)
        refused = cloud.run("mrs_cluster", **given)
        assert refused["msg"].startswith("Whether job wordcount ran on cluster lake (")
        assert refused["msg"].endswith(
            "Look at its output. To run it on a new cluster, give another name, or "
            "jobs[wordcount].rerun: always."
        )
        assert cloud.asked("POST", "/run-job-flow") == 1

    def test_jobs_that_run_again_on_a_new_cluster_are_warned_of(self, cloud: Cloud) -> None:
        given = {**WITH_JOBS, "shutdown_cluster": True}
        cloud.simulator.world.settings.patch({"next_job": "failed"})
        assert cloud.run("mrs_cluster", **given)["failed"] is True
        cloud.simulator.world.clock.advance(3000.0)
        for check_mode in (True, False):
            again = cloud.run("mrs_cluster", check_mode=check_mode, **given)
            (warning,) = again["warnings"]
            assert "These have succeeded, and run again: pi (" in warning
        assert cloud.asked("POST", "/run-job-flow") == 2

    def test_a_cluster_goes_with_its_jobs_and_a_second_run_makes_no_other(
        self, cloud: Cloud
    ) -> None:
        given = {**WITH_JOBS, "shutdown_cluster": True}
        ran = cloud.run("mrs_cluster", **given)
        assert done(ran) == [CREATE, *SUBMITTED]
        assert ran["cluster"]["state"] == "terminated"
        again = cloud.run("mrs_cluster", **given)
        assert done(again) == []
        assert [job["name"] for job in again["job_executions"]] == ["wordcount", "pi"]
        assert cloud.asked("POST", "/run-job-flow") == 1
