# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    CREATION_BODY,
    OTHER,
    Json,
    cluster,
    failed_cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    LOST,
    Reply,
    creates,
    lists,
    reads,
    refusal,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

CREATED = {"action": "create", "cluster": "etl"}
STARTING = cluster(clusterState="starting", stageDesc="Creating VMs")
TAKEN = refusal("12000043", "The cluster name already exists.")


class TestNothingToDo:
    def test_by_name_it_costs_one_request_and_writes_nothing(self) -> None:
        played = play("mrs_cluster", {**CREATION, "tags": {}}, [lists(cluster())])
        assert played.result["changed"] is False
        assert played.result["actions"] == []
        assert played.result["cluster"]["id"] == CLUSTER
        assert played.result["diff"]["before"] == played.result["diff"]["after"]

    def test_with_an_incomplete_list_it_costs_two(self) -> None:
        short = {key: value for key, value in cluster().items() if key != "tags"}
        assert (
            play("mrs_cluster", CREATION, [lists(short), reads(cluster())]).result["changed"]
            is False
        )

    def test_by_id_it_costs_one(self) -> None:
        assert play("mrs_cluster", {"id": CLUSTER}, [reads(cluster())]).result["changed"] is False

    def test_an_abnormal_cluster_is_a_warning(self) -> None:
        played = play("mrs_cluster", CREATION, [lists(cluster(clusterState="abnormal"))])
        assert played.result["warnings"] == [
            f"Cluster etl ({CLUSTER}) is abnormal: it may not work."
        ]

    def test_tags_that_are_late_in_the_detail_are_looked_up(self) -> None:
        script = [lists(cluster(tags="")), tags(env="test")]
        played = play("mrs_cluster", {**CREATION, "tags": {"env": "test"}}, script)
        assert played.result["changed"] is False
        assert played.result["cluster"]["tags"] == {"env": "test"}

    @pytest.mark.parametrize("state", ["starting", "scaling-out", "scaling-in", "rebooting"])
    def test_what_is_on_its_way_is_waited_for(self, state: str) -> None:
        script = [
            lists(cluster(clusterState=state)),
            reads(cluster(clusterState=state)),
            reads(cluster()),
        ]
        played = play("mrs_cluster", CREATION, [*script, reads(cluster())])
        assert played.result["changed"] is False
        assert played.result["cluster"]["state"] == "running"
        assert played.clock.sleeps == [1.0]

    def test_without_wait_it_is_taken_as_it_is(self) -> None:
        played = play("mrs_cluster", {**CREATION, "wait": False}, [lists(STARTING)])
        assert played.result["cluster"]["state"] == "starting"

    def test_an_unknown_id_without_a_name_is_an_error(self) -> None:
        played = play_failing("mrs_cluster", {"id": CLUSTER}, [reads(GONE)])
        assert played.result["msg"] == f"There is no cluster {CLUSTER}. Give a name to create one."

    def test_of_two_namesakes_the_option_id_names_one(self) -> None:
        played = play_failing("mrs_cluster", CREATION, [lists(cluster(), cluster(clusterId=OTHER))])
        assert played.result["msg"] == (
            f"Several living clusters are named etl: {CLUSTER}, {OTHER}. Set the option id to the "
            "id of the one that you mean."
        )

    def test_an_unknown_id_with_a_name_is_looked_up_by_name(self) -> None:
        script = [reads(GONE, OTHER), lists(cluster())]
        assert (
            play("mrs_cluster", {**CREATION, "id": OTHER}, script).result["cluster"]["id"]
            == CLUSTER
        )


class TestCreation:
    BEGIN = (lists(), lists())

    def test_one_request_and_a_wait(self) -> None:
        script = [
            *self.BEGIN,
            creates(CLUSTER, CREATION_BODY),
            reads(STARTING),
            reads(STARTING),
            reads(cluster(clusterState="starting", stageDesc="Deploying the cluster")),
            reads(cluster()),
            reads(cluster()),
        ]
        played = play("mrs_cluster", CREATION, script)
        assert played.result["changed"] is True
        assert played.result["actions"] == [CREATED]
        assert played.result["cluster"]["state"] == "running"
        assert played.result["stages"] == [
            {
                "subject": f"cluster etl ({CLUSTER})",
                "name": "starting (Creating VMs)",
                "seconds": 1.0,
            },
            {
                "subject": f"cluster etl ({CLUSTER})",
                "name": "starting (Deploying the cluster)",
                "seconds": 2.0,
            },
            {"subject": f"cluster etl ({CLUSTER})", "name": "running", "seconds": 0.0},
        ]
        assert played.result["diff"]["before"] == {}
        assert played.result["diff"]["after"]["node_counts"] == {"master": 2, "core": 3, "task": 0}

    def test_without_wait_it_returns_with_the_id(self) -> None:
        script = [*self.BEGIN, creates(), reads(STARTING)]
        played = play("mrs_cluster", {**CREATION, "wait": False}, script)
        assert (played.result["cluster"]["id"], played.result["cluster"]["state"]) == (
            CLUSTER,
            "starting",
        )
        assert played.clock.sleeps == []

    def test_terminated_and_forgotten_namesakes_are_ignored(self) -> None:
        past = cluster(clusterId=OTHER, clusterState="terminated")
        script = [lists(past), lists(past), creates(), reads(cluster())]
        assert play("mrs_cluster", CREATION, script).result["cluster"]["id"] == CLUSTER

    def test_a_namesake_that_is_going_is_waited_for(self) -> None:
        going, gone = (
            cluster(clusterId=OTHER, clusterState=state) for state in ("terminating", "terminated")
        )
        script = [
            lists(going),
            reads(going),
            reads(gone),
            lists(gone),
            lists(gone),
            creates(),
            reads(cluster()),
        ]
        assert play("mrs_cluster", CREATION, script).result["actions"] == [CREATED]

    def test_without_wait_a_namesake_that_is_going_is_an_error(self) -> None:
        going = lists(cluster(clusterState="terminating"))
        played = play_failing("mrs_cluster", {**CREATION, "wait": False}, [going])
        assert played.result["msg"] == (
            f"Cluster etl ({CLUSTER}) is terminating: another one of this name cannot be created "
            "now. "
            "With wait: true the task waits for it."
        )

    def test_somebody_who_was_faster_is_adopted(self) -> None:
        played = play("mrs_cluster", CREATION, [lists(), lists(cluster()), lists(cluster())])
        assert played.result["changed"] is False
        assert played.result["cluster"]["id"] == CLUSTER

    def test_somebody_who_was_faster_while_the_service_throttled_is_adopted(self) -> None:
        script = [*self.BEGIN, creates(Answer(429)), lists(cluster()), lists(cluster())]
        assert play("mrs_cluster", CREATION, script).result["changed"] is False

    def test_throttling_that_passes_is_no_error(self) -> None:
        script = [
            *self.BEGIN,
            creates(Answer(429, headers={"Retry-After": "9"})),
            lists(),
            creates(),
            reads(cluster()),
        ]
        played = play("mrs_cluster", CREATION, script)
        assert (played.result["actions"], played.clock.sleeps) == ([CREATED], [9.0])

    @pytest.mark.parametrize("waits", [True, False])
    def test_12000043_means_adopt(self, waits: bool) -> None:
        script = [*self.BEGIN, creates(TAKEN), lists(cluster()), lists(cluster())]
        played = play("mrs_cluster", {**CREATION, "wait": waits}, script)
        assert played.result["actions"] == []
        assert played.result["cluster"]["id"] == CLUSTER

    def test_12000043_with_nobody_to_adopt_is_an_error(self) -> None:
        played = play_failing(
            "mrs_cluster", CREATION, [*self.BEGIN, creates(TAKEN), *[lists()] * 6]
        )
        assert played.result["error"]["code"] == "12000043"
        assert played.result["changed"] is False

    def test_any_other_refusal_is_an_error_at_once(self) -> None:
        script = [*self.BEGIN, creates(refusal("12000031", "No vCPU."))]
        played = play_failing("mrs_cluster", CREATION, script)
        assert played.result["error"] == {
            "status": 400,
            "code": "12000031",
            "request_id": "req-7",
            "reason": "No vCPU.",
        }

    def test_q39_200_with_result_false_is_an_error(self) -> None:
        no = creates(Answer(200, {"cluster_id": "", "result": False, "msg": "No quota."}))
        played = play_failing("mrs_cluster", CREATION, [*self.BEGIN, no])
        assert played.result["msg"] == "Cannot create cluster etl: No quota (HTTP 200)."

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_what_lacks_is_said_before_anything_is_sent(self, check_mode: bool) -> None:
        played = play_failing("mrs_cluster", {"name": "etl"}, [lists()], check_mode=check_mode)
        assert "needed, since the cluster is not there" in played.result["msg"]

    def test_12000043_with_a_list_that_is_behind_means_adopt_when_it_shows(self) -> None:
        script = [*self.BEGIN, creates(TAKEN), lists(), lists(cluster()), lists(cluster())]
        assert play("mrs_cluster", CREATION, script).result["cluster"]["id"] == CLUSTER

    def test_a_new_cluster_that_does_not_show_yet_is_waited_for(self) -> None:
        script = [*self.BEGIN, creates(), *[reads(GONE)] * 3, reads(cluster())]
        assert play("mrs_cluster", CREATION, script).result["actions"] == [CREATED]

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_after_the_service_acted_leads_to_its_cluster(
        self, reply: Reply
    ) -> None:
        script = [
            *self.BEGIN,
            creates(reply),
            lists(),
            lists(STARTING),
            reads(STARTING),
            reads(STARTING),
        ]
        played = play("mrs_cluster", CREATION, [*script, reads(cluster()), reads(cluster())])
        assert played.result["actions"] == [CREATED]
        assert played.result["cluster"]["id"] == CLUSTER

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_before_the_service_acted_is_asked_again_after_looking(
        self, reply: Reply
    ) -> None:
        looking: list[Exchange] = [lists()] * 6
        script = [*self.BEGIN, creates(reply), *looking, creates(), reads(cluster())]
        played = play("mrs_cluster", CREATION, script)
        assert played.result["actions"] == [CREATED]
        assert sum(played.clock.sleeps) == 30.0

    def test_a_look_that_fails_leaves_it_unknown(self) -> None:
        no = Exchange("GET", "/cluster_infos", refusal("12000052", status=403))
        played = play_failing(
            "mrs_cluster", CREATION, [*self.BEGIN, creates(LOST["read timed out"]), no]
        )
        assert played.result["msg"].startswith(
            "It is not known whether the service did create cluster etl: no answer"
        )

    def test_an_answer_lost_twice_is_an_error_that_says_what_is_unknown(self) -> None:
        lost, looking = creates(LOST["504 with nothing"]), [lists()] * 6
        played = play_failing(
            "mrs_cluster", CREATION, [*self.BEGIN, lost, *looking, lost, *looking]
        )
        assert "It is not known whether the service did create cluster etl" in played.result["msg"]
        assert played.result["changed"] is False


class TestFailedCreation:
    BEGIN = (lists(), lists(), creates(), reads(STARTING))

    def test_a_failed_cluster_ends_the_wait_with_the_reason_of_the_service(self) -> None:
        played = play_failing(
            "mrs_cluster", CREATION, [*self.BEGIN, reads(STARTING), reads(failed_cluster())]
        )
        assert played.result["msg"].startswith(
            f"Cluster etl ({CLUSTER}) is failed (Cluster installation failed; (MRS.104) no "
            "resources). "
            "The cloud has not enough resources."
        )
        assert played.result["error"]["reason"] == "(MRS.104) no resources"
        assert played.result["changed"] is True
        assert played.result["actions"] == [CREATED]
        assert played.result["cluster"] == {
            "id": CLUSTER,
            "name": "etl",
            "state": "failed",
            "stage": "Cluster installation failed",
            "error": "(MRS.104) no resources",
            "scale_state": None,
            "node_counts": {"master": 2, "core": 3, "task": 0},
        }

    def test_q30_a_system_disk_that_is_too_small_is_explained(self) -> None:
        text = "(MRS.201) ... Ecs.0005: root volume size is [40], must over image mindisk [480]"
        failed = cluster(clusterState="failed", errorInfo=text)
        played = play_failing("mrs_cluster", CREATION, [*self.BEGIN, reads(failed)])
        assert "Set node_groups[].root_volume_size to at least 480." in played.result["msg"]

    @pytest.mark.parametrize("state", ["failed", "frozen", "terminating", "terminated"])
    def test_every_hopeless_state_ends_the_wait(self, state: str) -> None:
        played = play_failing(
            "mrs_cluster", CREATION, [*self.BEGIN, reads(cluster(clusterState=state))]
        )
        assert f"Cluster etl ({CLUSTER}) is {state}" in played.result["msg"]
        assert played.clock.sleeps == []

    @pytest.mark.parametrize("ends", [failed_cluster(), cluster(clusterState="terminated")])
    def test_one_that_failed_before_the_first_look_is_not_made_twice(self, ends: Json) -> None:
        script = [lists(), lists(), creates(), reads(ends)]
        played = play_failing("mrs_cluster", {**CREATION, "recreate": "on_failure"}, script)
        assert played.result["actions"] == [CREATED]

    def test_one_that_the_service_forgets_is_an_error(self) -> None:
        played = play_failing(
            "mrs_cluster", {**CREATION, "outcome_timeout": 60}, [*self.BEGIN, *[reads(GONE)] * 8]
        )
        assert (
            played.result["msg"]
            == f"Cluster etl ({CLUSTER}) is gone: the service does not know it any more."
        )
        assert sum(played.clock.sleeps) == 60.0

    def test_one_that_a_copy_of_the_service_does_not_know_yet_is_waited_for(self) -> None:
        script = [
            *self.BEGIN,
            reads(GONE),
            reads(STARTING),
            reads(GONE),
            reads(cluster()),
            reads(cluster()),
        ]
        assert play("mrs_cluster", CREATION, script).result["cluster"]["state"] == "running"

    def test_one_that_is_gone_at_the_first_look_is_an_error(self) -> None:
        played = play_failing(
            "mrs_cluster", CREATION, [lists(), lists(), creates(), *[reads(GONE)] * 7]
        )
        assert played.result["msg"] == f"Cluster etl ({CLUSTER}), just created, is gone again."

    def test_a_time_out_undoes_nothing_and_says_how_to_go_on(self) -> None:
        script = [*self.BEGIN, *[reads(STARTING)] * 4]
        played = play_failing("mrs_cluster", {**CREATION, "wait_timeout": 5}, script)
        assert played.result["msg"] == (
            f"Waited 5 s for cluster etl ({CLUSTER}); it is still: starting (Creating VMs). "
            "Nothing was undone. Run the task again to continue waiting, or give it more time with "
            "wait_timeout."
        )
        assert (played.result["cluster"]["id"], played.result["changed"]) == (CLUSTER, True)
        assert [stage["name"] for stage in played.result["stages"]] == ["starting (Creating VMs)"]
