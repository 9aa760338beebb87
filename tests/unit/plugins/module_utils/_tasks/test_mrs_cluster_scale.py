# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    Json,
    cluster,
    host,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    SUCCEEDED,
    Reply,
    hosts,
    lists,
    lists_jobs,
    reads,
    refusal,
    resizes,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Exchange,
    play,
    play_failing,
)

CORE = (host(1), host(2), host(3))
TASK = (host(4, "Analysis_Task"), host(5, "Analysis_Task"))
MASTER = host(9, "Master")
SCALING = cluster(clusterState="scaling-out")
NO_JOBS = lists_jobs()


def asks(parameters: Json, reply: Reply = SUCCEEDED) -> Exchange:
    body = {
        "service_id": "",
        "plan_id": "",
        "parameters": {"order_id": "", "node_id": "node_orderadd", **parameters},
        "previous_values": {"plan_id": ""},
    }
    return resizes(reply, body)


def out(group: str, instances: int, **more: object) -> Json:
    return {
        "scale_type": "scale_out",
        "node_group": f"{group}_node_default_group",
        "instances": instances,
        "skip_bootstrap_scripts": False,
        "scale_without_start": False,
        **more,
    }


def into(group: str, instances: int, **more: object) -> Json:
    return {
        "scale_type": "scale_in",
        "node_group": f"{group}_node_default_group",
        "instances": instances,
        **more,
    }


class TestToACount:
    def test_more_core_nodes(self) -> None:
        script = [
            lists(cluster()),
            reads(cluster()),
            asks(out("core", 2)),
            reads(SCALING),
            reads(cluster(core=5)),
        ]
        played = play("mrs_cluster_scale", {"cluster": "etl", "count": 5}, script)
        assert played.result["actions"] == [
            {"action": "scale_out", "group": "core", "from": 3, "to": 5}
        ]
        assert (played.result["added"], played.result["removed"]) == (2, 0)
        assert played.result["cluster"]["node_counts"]["core"] == 5
        assert played.result["diff"] == {
            "before": {"node_counts": {"master": 2, "core": 3, "task": 0}},
            "after": {"node_counts": {"master": 2, "core": 5, "task": 0}},
        }

    def test_by_id_and_fewer(self) -> None:
        before, after = cluster(core=5), cluster(core=4)
        script = [reads(before), NO_JOBS, reads(before), asks(into("core", 1)), reads(after)]
        played = play("mrs_cluster_scale", {"cluster": CLUSTER, "count": 4}, script)
        assert (played.result["added"], played.result["removed"]) == (0, 1)

    def test_enough_is_no_change(self) -> None:
        played = play("mrs_cluster_scale", {"cluster": "etl", "count": 3}, [lists(cluster())])
        assert (played.result["changed"], played.result["added"], played.result["removed"]) == (
            False,
            0,
            0,
        )

    def test_options_of_new_nodes_are_sent(self) -> None:
        given = {
            "cluster": "etl",
            "count": 4,
            "skip_bootstrap_scripts": True,
            "scale_without_start": True,
        }
        body = out("core", 1, skip_bootstrap_scripts=True, scale_without_start=True)
        script = [lists(cluster()), reads(cluster()), asks(body), reads(cluster(core=4))]
        assert play("mrs_cluster_scale", given, script).result["changed"] is True

    def test_the_first_task_nodes_are_described(self) -> None:
        node = {
            "size": "c6.large",
            "data_volume_type": "SAS",
            "data_volume_size": 100,
            "data_volume_count": 1,
        }
        given = {"cluster": "etl", "node_group": "task", "count": 1, "task_node": node}
        info = {
            "node_size": "c6.large",
            "data_volume_type": "SAS",
            "data_volume_size": 100,
            "data_volume_count": 1,
        }
        body = out("task", 1, task_node_info=info)
        script = [lists(cluster()), reads(cluster()), asks(body), reads(cluster(task=1))]
        assert play("mrs_cluster_scale", given, script).result["added"] == 1

    def test_further_task_nodes_are_not_described_since_the_service_refuses_that(self) -> None:
        given = {
            "cluster": "etl",
            "node_group": "task",
            "count": 2,
            "task_node_info": {"node_size": "c6.large"},
        }
        script = [
            lists(cluster(task=1)),
            reads(cluster(task=1)),
            asks(out("task", 1)),
            reads(cluster(task=2)),
        ]
        assert play("mrs_cluster_scale", given, script).result["added"] == 1

    def test_without_wait_it_is_only_asked_for(self) -> None:
        script = [lists(cluster()), reads(cluster()), asks(out("core", 1))]
        played = play("mrs_cluster_scale", {"cluster": "etl", "count": 4, "wait": False}, script)
        assert (played.result["changed"], played.result["added"]) == (True, 1)

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_a_group_that_scales_itself_is_a_warning(self, check_mode: bool) -> None:
        policy = {"auto_scaling_enable": True}
        before, after = cluster(task=1, policy=policy), cluster(task=2, policy=policy)
        script = [lists(before)]
        script += [] if check_mode else [reads(before), asks(out("task", 1)), reads(after)]
        given = {"cluster": "etl", "node_group": "task", "count": 2}
        played = play("mrs_cluster_scale", given, script, check_mode=check_mode)
        assert played.result["warnings"] == [
            f"Auto scaling is on for the task nodes of cluster etl ({CLUSTER}): it may undo this."
        ]

    def test_what_is_scaling_is_waited_for_and_compared_again(self) -> None:
        grown = cluster(core=5)
        script = [lists(SCALING), reads(SCALING), reads(grown), reads(grown)]
        assert (
            play("mrs_cluster_scale", {"cluster": "etl", "count": 5}, script).result["changed"]
            is False
        )

    def test_12000018_means_wait_and_compare(self) -> None:
        grown = cluster(core=5)
        begin = [
            lists(cluster()),
            reads(cluster()),
            asks(out("core", 2), refusal("12000018")),
            reads(SCALING),
        ]
        played = play(
            "mrs_cluster_scale",
            {"cluster": "etl", "count": 5},
            [*begin, reads(SCALING), reads(grown), reads(grown)],
        )
        assert (played.result["changed"], played.result["added"]) == (False, 0)

    def test_a_resize_refused_for_a_node_that_is_down_is_asked_for_again_until_it_is_taken(
        self,
    ) -> None:
        refused = asks(out("core", 2), refusal("12000080", "Some nodes are not running."))
        looking: list[Exchange] = [reads(cluster())] * 7
        script = [
            lists(cluster()),
            reads(cluster()),
            refused,
            *looking,
            asks(out("core", 2)),
            reads(cluster(core=5)),
        ]
        played = play("mrs_cluster_scale", {"cluster": "etl", "count": 5}, script)
        assert played.result["actions"] == [
            {"action": "scale_out", "group": "core", "from": 3, "to": 5}
        ]

    def test_a_wait_in_vain_after_a_refusal_tells_the_reason_of_the_service(self) -> None:
        refused = asks(out("core", 2), refusal("12000080", "Some nodes are not running."))
        given = {"cluster": "etl", "count": 5, "wait_timeout": 10}
        script: list[Exchange] = [
            lists(cluster()),
            reads(cluster()),
            refused,
            *[reads(cluster())] * 5,
        ]
        result = play_failing("mrs_cluster_scale", given, script).result
        assert result["msg"] == (
            f"Waited 10 s for cluster etl ({CLUSTER}); it is still: running. The service refuses: "
            "Cannot resize "
            f"cluster etl ({CLUSTER}): Some nodes are not running (HTTP 400, code 12000080, "
            "request req-7). "
            "Some nodes are not running. Wait until every node runs, then run the task again. "
            "Nothing was undone. Run the task again to continue waiting, or give it more time with "
            "wait_timeout."
        )
        assert (result["error"]["code"], result["error"]["reason"]) == (
            "12000080",
            "Some nodes are not running.",
        )

    def test_another_count_reached_by_somebody_else_is_gone_on_from(self) -> None:
        grown = cluster(core=4)
        script = [
            lists(cluster()),
            reads(grown),
            reads(grown),
            reads(grown),
            asks(out("core", 1)),
            reads(cluster(core=5)),
        ]
        played = play("mrs_cluster_scale", {"cluster": "etl", "count": 5}, script)
        assert played.result["actions"] == [
            {"action": "scale_out", "group": "core", "from": 4, "to": 5}
        ]
        assert played.result["added"] == 1

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_after_the_service_acted_is_found_by_its_effect(
        self, reply: Reply
    ) -> None:
        script = [
            lists(cluster()),
            reads(cluster()),
            asks(out("core", 2), reply),
            reads(SCALING),
            reads(cluster(core=5)),
        ]
        assert (
            play("mrs_cluster_scale", {"cluster": "etl", "count": 5}, script).result["added"] == 2
        )

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_before_the_service_acted_is_asked_again_after_looking(
        self, reply: Reply
    ) -> None:
        looking: list[Exchange] = [reads(cluster())] * 7
        script = [
            lists(cluster()),
            reads(cluster()),
            asks(out("core", 2), reply),
            *looking,
            asks(out("core", 2)),
        ]
        played = play(
            "mrs_cluster_scale", {"cluster": "etl", "count": 5}, [*script, reads(cluster(core=5))]
        )
        assert played.result["actions"] == [
            {"action": "scale_out", "group": "core", "from": 3, "to": 5}
        ]

    @pytest.mark.parametrize("state", ["failed", "frozen", "terminating"])
    def test_a_hopeless_cluster_is_an_error(self, state: str) -> None:
        script = [lists(cluster(clusterState=state))]
        played = play_failing("mrs_cluster_scale", {"cluster": "etl", "count": 5}, script)
        assert f"Cluster etl ({CLUSTER}) is {state}." in played.result["msg"]

    def test_an_answer_that_is_behind_another_one_is_given_time(self) -> None:
        grown = cluster(core=5)
        script = [lists(cluster()), reads(grown), reads(cluster()), reads(cluster()), reads(grown)]
        played = play("mrs_cluster_scale", {"cluster": "etl", "count": 5}, script)
        assert (played.result["changed"], played.clock.sleeps) == (False, [1.0, 2.0])

    def test_a_cluster_that_keeps_changing_is_an_error_in_the_end(self) -> None:
        script: list[Exchange] = [lists(cluster())]
        for number in range(20):
            seen = cluster(updateAt=str(1711540000 + number))
            script += [reads(seen), reads(seen)]
        given = {"cluster": "etl", "count": 5}
        played = play_failing("mrs_cluster_scale", given, script)
        assert (
            played.result["msg"]
            == f"Cluster etl ({CLUSTER}) keeps changing while this task scales it."
        )


class TestChosenNodes:
    def test_q17_core_nodes_are_included_and_excluded(self) -> None:
        given = {"cluster": "etl", "count": 2, "includes": ["192.168.10.1"], "excludes": ["vm-2"]}
        body = into("core", 1, include_instances=["vm-1"], exclude_instances=["vm-2"])
        after = cluster(core=2)
        script = [
            lists(cluster()),
            hosts(MASTER, *CORE),
            NO_JOBS,
            reads(cluster()),
            asks(body),
            reads(after),
        ]
        played = play("mrs_cluster_scale", given, [*script, hosts(MASTER, host(2), host(3))])
        assert played.result["actions"] == [
            {"action": "scale_in", "group": "core", "from": 3, "to": 2, "instances": ["vm-1"]}
        ]
        assert played.result["removed"] == 1

    def test_q17_task_nodes_are_named_by_server_ids(self) -> None:
        before, after = cluster(task=2), cluster(task=1)
        given = {"cluster": "etl", "node_group": "task", "server_ids": [TASK[0]["name"]]}
        body = into("task", 1, server_ids=["vm-4"])
        script = [
            lists(before),
            hosts(*CORE, *TASK),
            NO_JOBS,
            reads(before),
            asks(body),
            reads(after),
            hosts(TASK[1]),
        ]
        assert play("mrs_cluster_scale", given, script).result["removed"] == 1

    def test_q17_task_nodes_that_shall_stay_make_the_others_go(self) -> None:
        before, after = cluster(task=2), cluster(task=1)
        given = {"cluster": "etl", "node_group": "task", "count": 1, "exclude_instances": ["vm-5"]}
        body = into("task", 1, server_ids=["vm-4"])
        script = [
            lists(before),
            hosts(*TASK),
            NO_JOBS,
            reads(before),
            asks(body),
            reads(after),
            hosts(TASK[1]),
        ]
        assert play("mrs_cluster_scale", given, script).result["removed"] == 1

    def test_nodes_that_are_gone_already_need_nothing(self) -> None:
        script = [lists(cluster()), hosts(*CORE)]
        played = play(
            "mrs_cluster_scale", {"cluster": "etl", "includes": ["vm-7", "192.168.10.8"]}, script
        )
        assert (played.result["changed"], played.result["removed"]) == (False, 0)

    @pytest.mark.parametrize("option", ["include_instances", "exclude_instances"])
    @pytest.mark.parametrize("check_mode", [True, False])
    def test_nodes_of_another_group_are_an_error(self, option: str, check_mode: bool) -> None:
        script = [lists(cluster(task=2)), hosts(*CORE, *TASK)]
        given = {"cluster": "etl", "count": 2, option: ["vm-1", "vm-4"]}
        played = play_failing("mrs_cluster_scale", given, script, check_mode=check_mode)
        assert played.result["msg"] == f"{option}: not in node_group core: vm-4 (task)"

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_a_node_that_shall_stay_must_be_there(self, check_mode: bool) -> None:
        given = {"cluster": "etl", "count": 2, "excludes": ["vm-1", "vm-01"]}
        script = [lists(cluster()), hosts(*CORE)]
        played = play_failing("mrs_cluster_scale", given, script, check_mode=check_mode)
        assert (
            played.result["msg"] == f"exclude_instances: cluster etl ({CLUSTER}) has no node vm-01"
        )

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_a_node_that_shall_go_and_is_not_there_is_a_warning(self, check_mode: bool) -> None:
        given = {"cluster": "etl", "includes": ["vm-01"]}
        script = [lists(cluster()), hosts(*CORE)]
        played = play("mrs_cluster_scale", given, script, check_mode=check_mode)
        assert (played.result["changed"], played.result["warnings"]) == (
            False,
            [
                f"include_instances: cluster etl ({CLUSTER}) has no node vm-01. It may be gone "
                "already."
            ],
        )

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_check_mode_warns_as_a_run_does(self, check_mode: bool) -> None:
        script = [lists(cluster()), lists_jobs(running_job())]
        script += [] if check_mode else [reads(cluster()), resizes(), reads(cluster(core=2))]
        played = play(
            "mrs_cluster_scale", {"cluster": "etl", "count": 2}, script, check_mode=check_mode
        )
        assert played.result["warnings"] == [
            "Open Telekom Cloud documents at least 3 core nodes after a scale-in; 2 are wanted.",
            f"Cluster etl ({CLUSTER}) is scaled in while jobs run on it: wordcount ({JOB}).",
        ]

    def test_of_the_named_nodes_those_that_are_left_go(self) -> None:
        after = cluster(core=2)
        body = into("core", 1, include_instances=["vm-1"])
        script = [
            lists(cluster()),
            hosts(*CORE),
            NO_JOBS,
            reads(cluster()),
            asks(body),
            reads(after),
        ]
        played = play(
            "mrs_cluster_scale",
            {"cluster": "etl", "includes": ["vm-1", "vm-7"]},
            [*script, hosts(host(2))],
        )
        assert played.result["removed"] == 1

    def test_a_growing_group_needs_no_choice(self) -> None:
        given = {"cluster": "etl", "count": 4, "excludes": ["vm-1"]}
        script = [
            lists(cluster()),
            hosts(*CORE),
            reads(cluster()),
            asks(out("core", 1)),
            reads(cluster(core=4)),
        ]
        assert play("mrs_cluster_scale", given, script).result["added"] == 1

    @pytest.mark.parametrize(
        ("given", "left", "wrong"),
        [
            ({"includes": ["vm-1"]}, (host(1), host(2)), "vm-1"),
            ({"excludes": ["vm-1"]}, (host(2), host(3)), "vm-1"),
        ],
    )
    def test_a_service_that_removes_others_is_found_out(
        self, given: Json, left: tuple[Json, ...], wrong: str
    ) -> None:
        after = cluster(core=2)
        script = [
            lists(cluster()),
            hosts(*CORE),
            NO_JOBS,
            reads(cluster()),
            resizes(),
            reads(after),
        ]
        script += [hosts(*left)] * 2
        options = {"cluster": "etl", "count": 2, "outcome_timeout": 1, **given}
        played = play_failing("mrs_cluster_scale", options, script)
        assert (
            f"the service ignored what was said of {wrong}: it kept nodes" in played.result["msg"]
        )
        assert played.result["changed"] is True


class TestBadOptions:
    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"count": -1}, "count: must be 0 to 500, not -1"),
            ({"count": 501}, "count: must be 0 to 500, not 501"),
            (
                {"includes": ["a", "b"], "excludes": ["b", "c"]},
                "exclude_instances: b is in include_instances, too",
            ),
            (
                {"count": 1, "task_node": {"size": "c6.large"}},
                "task_node: only task nodes have it; set node_group to task",
            ),
        ],
    )
    def test_before_any_request(self, given: Json, message: str) -> None:
        assert (
            play_failing("mrs_cluster_scale", {"cluster": "etl", **given}, []).result["msg"]
            == message
        )

    def test_more_named_nodes_than_the_count_removes(self) -> None:
        given = {"cluster": "etl", "count": 2, "includes": ["vm-1", "vm-2"]}
        played = play_failing("mrs_cluster_scale", given, [lists(cluster()), hosts(*CORE)])
        assert played.result["msg"] == (
            "include_instances: 2 named nodes are still there, but going from 3 to 2 nodes "
            "removes 1; "
            "give a lower count"
        )

    @pytest.mark.parametrize("group", ["core", "task"])
    def test_more_kept_nodes_than_the_count_leaves(self, group: str) -> None:
        there = (
            CORE
            if group == "core"
            else tuple(host(number, "Analysis_Task") for number in (1, 2, 3))
        )
        given = {"cluster": "etl", "node_group": group, "count": 1, "excludes": ["vm-1", "vm-2"]}
        played = play_failing("mrs_cluster_scale", given, [lists(cluster(task=3)), hosts(*there)])
        assert played.result["msg"] == (
            "exclude_instances: 2 of the group's 3 nodes must be removed, so not all of these can "
            "stay"
        )

    def test_first_task_nodes_without_a_size(self) -> None:
        given = {"cluster": "etl", "node_group": "task", "count": 1}
        played = play_failing("mrs_cluster_scale", given, [lists(cluster())])
        assert played.result["msg"] == (
            "task_node: the cluster has no task nodes yet, so the size of the first ones is needed"
        )

    def test_no_cluster(self) -> None:
        played = play_failing("mrs_cluster_scale", {"cluster": "etl", "count": 5}, [lists()])
        assert "There is no cluster etl" in played.result["msg"]
