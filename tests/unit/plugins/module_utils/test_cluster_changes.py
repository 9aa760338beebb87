# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    PROJECT,
    Json,
    cluster,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    LOST,
    Reply,
    changes_tags,
    lists,
    lists_jobs,
    reads,
    reads_policy,
    refusal,
    resizes,
    sets_policy,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

GROW = {"name": "etl", "node_groups": [{"name": "core", "count": 5}]}
GROWN = {"action": "scale_out", "group": "core", "from": 3, "to": 5}
SCALING = cluster(clusterState="scaling-out", stageDesc="Preparing for scale-out")
TITLE = f"etl ({CLUSTER})"


def grow_body(instances: int) -> Json:
    return {
        "service_id": "",
        "plan_id": "",
        "parameters": {
            "order_id": "",
            "node_id": "node_orderadd",
            "scale_type": "scale_out",
            "node_group": "core_node_default_group",
            "instances": instances,
            "skip_bootstrap_scripts": False,
            "scale_without_start": False,
        },
        "previous_values": {"plan_id": ""},
    }


class TestResize:
    BEGIN = (lists(cluster()), reads(cluster()))

    def test_q18_q33_the_difference_is_asked_for_and_the_count_is_waited_for(self) -> None:
        script = [
            *self.BEGIN,
            resizes(body=grow_body(2)),
            reads(cluster()),
            reads(SCALING),
            reads(cluster(core=5)),
            lists(cluster(core=5)),
        ]
        played = play("mrs_cluster", GROW, script)
        assert played.result["actions"] == [GROWN]
        assert played.result["cluster"]["node_counts"] == {"master": 2, "core": 5, "task": 0}

    def test_q33_the_old_state_may_show_for_long_before_anything_scales(self) -> None:
        grown = cluster(core=5)
        script = [
            *self.BEGIN,
            resizes(),
            *[reads(cluster())] * 6,
            reads(SCALING),
            reads(grown),
            lists(grown),
        ]
        assert play("mrs_cluster", GROW, script).result["actions"] == [GROWN]

    def test_without_wait_it_is_only_asked_for(self) -> None:
        script = [*self.BEGIN, resizes(), lists(SCALING)]
        played = play("mrs_cluster", {**GROW, "wait": False}, script)
        assert played.result["actions"] == [GROWN]
        assert played.clock.sleeps == []

    def test_one_group_after_the_other(self) -> None:
        groups = [{"name": "core", "count": 4}, {"name": "task", "count": 1}]
        with_task = cluster(core=3, task=2)
        grown, done = cluster(core=4, task=2), cluster(core=4, task=1)
        script = [
            lists(with_task),
            lists_jobs(),
            reads(with_task),
            resizes(body=grow_body(1)),
            reads(grown),
            lists(grown),
            lists_jobs(),
            reads(grown),
            resizes(),
            reads(done),
            lists(done),
        ]
        played = play("mrs_cluster", {"name": "etl", "node_groups": groups}, script)
        assert [action["action"] for action in played.result["actions"]] == [
            "scale_out",
            "scale_in",
        ]

    def test_without_wait_nothing_is_waited_for_and_the_resize_comes_last(self) -> None:
        given = {**GROW, "wait": False, "tags": {"env": "test"}}
        script = [
            lists(cluster()),
            tags(),
            changes_tags("create", env="test"),
            lists(cluster()),
            tags(),
            reads(cluster()),
            resizes(),
            lists(SCALING),
            tags(env="test"),
        ]
        played = play("mrs_cluster", given, script)
        assert [action["action"] for action in played.result["actions"]] == [
            "change_tags",
            "scale_out",
        ]
        assert played.clock.sleeps == []

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_after_the_service_acted_is_found_by_its_effect(
        self, reply: Reply
    ) -> None:
        script = [
            *self.BEGIN,
            resizes(reply),
            reads(cluster()),
            reads(SCALING),
            reads(SCALING),
            reads(cluster(core=5)),
            lists(cluster(core=5)),
        ]
        assert play("mrs_cluster", GROW, script).result["actions"] == [GROWN]

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_an_answer_lost_before_the_service_acted_is_asked_again_after_looking(
        self, reply: Reply
    ) -> None:
        looking: list[Exchange] = [reads(cluster())] * 6
        script = [
            *self.BEGIN,
            resizes(reply),
            *looking,
            reads(cluster()),
            resizes(),
            reads(cluster(core=5)),
            lists(cluster(core=5)),
        ]
        assert play("mrs_cluster", GROW, script).result["actions"] == [GROWN]

    def test_an_answer_lost_twice_is_an_error(self) -> None:
        lost, looking = resizes(LOST["connection lost"]), [reads(cluster())] * 6
        script = [*self.BEGIN, lost, *looking, reads(cluster()), lost, *looking]
        played = play_failing("mrs_cluster", GROW, script)
        assert (
            f"It is not known whether the service did resize cluster {TITLE}"
            in played.result["msg"]
        )
        assert played.result["changed"] is False

    def test_a_cluster_that_vanished_since_it_was_read_is_planned_anew(self) -> None:
        played = play_failing("mrs_cluster", GROW, [lists(cluster()), reads(GONE), lists()])
        assert "needed, since the cluster is not there" in played.result["msg"]

    def test_somebody_who_was_faster_while_the_service_throttled_is_waited_for(self) -> None:
        grown = cluster(core=5)
        script = [
            *self.BEGIN,
            resizes(Answer(429)),
            reads(SCALING),
            lists(SCALING),
            reads(grown),
            reads(grown),
        ]
        assert play("mrs_cluster", GROW, script).result["actions"] == []

    def test_a_deletion_is_no_sign_of_a_resize_whose_answer_was_lost(self) -> None:
        going, gone = cluster(clusterState="terminating"), cluster(clusterState="terminated")
        script = [
            *self.BEGIN,
            resizes(LOST["connection lost"]),
            reads(going),
            lists(going),
            reads(gone),
            lists(gone),
        ]
        played = play_failing("mrs_cluster", GROW, script)
        assert played.result["actions"] == []
        assert "needed, since the cluster is not there" in played.result["msg"]

    def test_a_look_that_fails_leaves_it_unknown(self) -> None:
        script = [
            *self.BEGIN,
            resizes(LOST["connection lost"]),
            reads(refusal("12000052", status=403)),
        ]
        played = play_failing("mrs_cluster", GROW, script)
        assert played.result["msg"].startswith(
            f"It is not known whether the service did resize cluster {TITLE}"
        )

    def test_12000018_means_wait_and_compare(self) -> None:
        grown = cluster(core=5)
        script = [
            *self.BEGIN,
            resizes(refusal("12000018")),
            reads(cluster()),
            reads(SCALING),
            lists(SCALING),
        ]
        played = play("mrs_cluster", GROW, [*script, reads(SCALING), reads(grown), reads(grown)])
        assert played.result["changed"] is False
        assert played.result["cluster"]["node_counts"]["core"] == 5

    def test_12000018_without_wait_is_an_error(self) -> None:
        played = play_failing(
            "mrs_cluster", {**GROW, "wait": False}, [*self.BEGIN, resizes(refusal("12000018"))]
        )
        assert played.result["error"]["code"] == "12000018"

    def test_a_cluster_that_changed_since_it_was_read_is_planned_anew(self) -> None:
        script = [
            lists(cluster()),
            reads(SCALING),
            lists(SCALING),
            reads(cluster(core=5)),
            reads(cluster(core=5)),
        ]
        assert play("mrs_cluster", GROW, script).result["actions"] == []

    @pytest.mark.parametrize("code", ["12000012", "12000017", "12000068", "12000080"])
    def test_q35_every_code_of_a_wrong_state_means_wait_and_compare(self, code: str) -> None:
        later = cluster(updateAt="1711540000")
        script = [
            *self.BEGIN,
            resizes(refusal(code)),
            reads(cluster()),
            reads(later),
            lists(later),
            reads(later),
        ]
        grown = cluster(core=5, updateAt="1711540000")
        played = play("mrs_cluster", GROW, [*script, resizes(), reads(grown), lists(grown)])
        assert played.result["actions"] == [GROWN]

    def test_a_list_that_is_behind_does_not_make_it_twice(self) -> None:
        grown = cluster(core=5)
        script = [
            *self.BEGIN,
            resizes(),
            reads(grown),
            lists(cluster()),
            lists(cluster()),
            lists(cluster()),
        ]
        played = play("mrs_cluster", GROW, [*script, lists(grown)])
        assert (played.result["actions"], played.clock.sleeps) == ([GROWN], [1.0, 2.0])

    def test_a_cluster_that_keeps_changing_is_an_error_in_the_end(self) -> None:
        seen = [cluster(updateAt=str(1711540000 + number)) for number in range(21)]
        rounds = [exchange for each in seen[1:] for exchange in (reads(each), lists(each))]
        played = play_failing("mrs_cluster", GROW, [lists(seen[0]), *rounds])
        assert played.result["msg"] == "Cluster etl keeps changing while this task changes it."
        assert played.clock.sleeps == [15.0] * 10  # after ten rounds, one each poll

    def test_a_refusal_for_good_is_an_error(self) -> None:
        played = play_failing(
            "mrs_cluster", GROW, [*self.BEGIN, resizes(refusal("12000234", "Sold out."))]
        )
        assert played.result["error"]["reason"] == "Sold out."


class TestFailedResize:
    BEGIN = (lists(cluster()), reads(cluster()), resizes())
    ERROR = cluster(scale="scaling-error", stageDesc="Scale-out failed: (MRS.105) no free IP")

    def test_q32_a_scaling_error_of_a_running_cluster_is_a_failure_with_its_reason(self) -> None:
        played = play_failing("mrs_cluster", GROW, [*self.BEGIN, reads(SCALING), reads(self.ERROR)])
        assert played.result["msg"] == (
            f"Cluster {TITLE} was to have 5 core nodes, has 3 (before: 3), and is running "
            "(Scale-out failed: (MRS.105) "
            "no free IP). The subnet has no free address. Set subnet_id to a larger subnet or "
            "free some addresses."
        )
        assert played.result["actions"] == [GROWN]

    def test_q32_an_error_that_was_there_before_the_resize_is_not_taken_for_ours(self) -> None:
        script = [
            lists(self.ERROR),
            reads(self.ERROR),
            resizes(),
            reads(self.ERROR),
            reads(SCALING),
        ]
        grown = cluster(core=5)
        assert play("mrs_cluster", GROW, [*script, reads(grown), lists(grown)]).result[
            "actions"
        ] == [GROWN]

    def test_a_resize_whose_answer_was_lost_and_which_failed_at_once_is_not_sent_again(
        self,
    ) -> None:
        failed = {**self.ERROR, "updateAt": "1711540000"}
        script = [*self.BEGIN[:2], resizes(LOST["connection lost"]), reads(failed), reads(failed)]
        played = play_failing("mrs_cluster", GROW, script)
        assert "was to have 5 core nodes, has 3" in played.result["msg"]
        assert played.result["actions"] == [GROWN]

    def test_an_old_error_that_comes_back_after_scaling_is_ours(self) -> None:
        script = [
            lists(self.ERROR),
            reads(self.ERROR),
            resizes(),
            reads(SCALING),
            reads(self.ERROR),
        ]
        assert (
            "was to have 5 core nodes, has 3"
            in play_failing("mrs_cluster", GROW, script).result["msg"]
        )

    def test_scaling_that_ended_with_the_old_count_is_a_failure(self) -> None:
        script = [*self.BEGIN, reads(SCALING), reads(cluster()), reads(cluster()), reads(cluster())]
        played = play_failing("mrs_cluster", GROW, script)
        assert played.result["msg"] == (
            f"Cluster {TITLE} was to have 5 core nodes, has 3 (before: 3), and is running. Look "
            "at the cluster's log "
            "in the console, then run the task again."
        )

    def test_a_count_that_comes_a_little_late_is_none(self) -> None:
        grown = cluster(core=5)
        script = [
            *self.BEGIN,
            reads(SCALING),
            reads(cluster()),
            reads(cluster()),
            reads(grown),
            lists(grown),
        ]
        assert play("mrs_cluster", GROW, script).result["changed"] is True

    def test_half_of_the_nodes_is_a_failure_that_tells_the_number(self) -> None:
        script = [*self.BEGIN, reads(SCALING), *[reads(cluster(core=4))] * 3]
        assert (
            "was to have 5 core nodes, has 4 (before: 3)"
            in play_failing("mrs_cluster", GROW, script).result["msg"]
        )

    @pytest.mark.parametrize("state", ["failed", "frozen", "terminating", "terminated"])
    def test_every_hopeless_state_ends_the_wait(self, state: str) -> None:
        script = [*self.BEGIN, reads(cluster(clusterState=state))]
        assert (
            f"Cluster {TITLE} is {state}" in play_failing("mrs_cluster", GROW, script).result["msg"]
        )

    def test_a_cluster_that_is_forgotten_ends_the_wait(self) -> None:
        assert (
            "is gone"
            in play_failing("mrs_cluster", GROW, [*self.BEGIN, *[reads(GONE)] * 6]).result["msg"]
        )

    def test_a_time_out_names_the_stage(self) -> None:
        script = [*self.BEGIN, reads(SCALING), reads(SCALING), reads(SCALING)]
        played = play_failing("mrs_cluster", {**GROW, "wait_timeout": 3}, script)
        assert (
            "it is still: scaling-out (Preparing for scale-out). Nothing was undone."
            in played.result["msg"]
        )
        assert (played.result["changed"], played.result["cluster"]["id"]) == (True, CLUSTER)

    def test_a_pause_that_the_service_asks_for_beyond_the_time_out_is_not_waited_for(self) -> None:
        body = {"error_code": "APIGW.0308", "error_msg": "Too many requests"}
        busy = Answer(429, body, {"Retry-After": "45"})
        script = [*self.BEGIN, reads(SCALING), reads(busy)]
        played = play_failing("mrs_cluster", {**GROW, "wait_timeout": 30}, script)
        assert played.result["msg"].startswith(
            f"Waited 1 s for cluster {TITLE}; it is still: scaling-out (Preparing for scale-out). "
            "The service refuses: "
            f"Cannot read cluster {CLUSTER}: Too many requests (HTTP 429, code APIGW.0308)."
        )
        assert "give it more time with wait_timeout" in played.result["msg"]
        assert (played.result["error"]["status"], played.result["changed"]) == (429, True)
        assert played.clock.sleeps == [1.0]

    def test_a_pause_within_the_time_out_is_waited_for(self) -> None:
        busy = Answer(429, "", {"Retry-After": "28"})
        script = [*self.BEGIN, reads(SCALING), reads(busy), reads(SCALING), reads(SCALING)]
        played = play_failing("mrs_cluster", {**GROW, "wait_timeout": 30}, script)
        assert played.result["msg"].startswith(
            f"Waited 30 s for cluster {TITLE}; it is still: scaling-out"
        )
        assert played.clock.sleeps == [1.0, 28.0, 1.0]


class TestScaleIn:
    SHRINK: t.ClassVar[Json] = {"name": "etl", "node_groups": [{"name": "core", "count": 2}]}

    def shrink(self, *jobs: Exchange) -> Json:
        shrunk = cluster(core=2)
        script = [
            lists(cluster()),
            *jobs,
            reads(cluster()),
            resizes(),
            reads(shrunk),
            lists(shrunk),
        ]
        return play("mrs_cluster", self.SHRINK, script).result

    def test_fewer_core_nodes_than_the_documents_allow_are_a_warning(self) -> None:
        assert self.shrink(lists_jobs())["warnings"] == [
            "Open Telekom Cloud documents at least 3 core nodes after a scale-in; 2 are wanted."
        ]

    def test_running_jobs_are_a_warning(self) -> None:
        assert (
            f"Cluster {TITLE} is scaled in while jobs run on it: wordcount ({JOB})."
            in (self.shrink(lists_jobs(running_job()))["warnings"])
        )

    def test_q37_a_cluster_that_does_not_show_its_jobs_is_scaled_all_the_same(self) -> None:
        refused = Exchange("GET", "/job-exes", refusal("12000064"))
        by_v2 = Exchange(
            "GET", f"/v2/{PROJECT}/clusters/{CLUSTER}/job-executions", refusal("12000064")
        )
        result = self.shrink(refused, by_v2)
        assert result["changed"] is True
        assert result["warnings"][0].startswith(
            f"It is not known whether jobs run on cluster {TITLE}, from which nodes are removed. "
            f"Cannot list the job executions of cluster {CLUSTER}: "
        )


class TestTags:
    GIVEN: t.ClassVar[Json] = {"name": "etl", "tags": {"env": "prod"}}
    BEGIN = (lists(cluster(tags="env=test,team=data")), tags(env="test", team="data"))

    def test_set_before_removed_and_looked_at_until_it_shows(self) -> None:
        changed = [changes_tags("create", env="prod"), changes_tags("delete", team="data")]
        late = [tags(env="test", team="data"), tags(env="prod", team="data"), tags(env="prod")]
        script = [*self.BEGIN, *changed, *late, lists(cluster(tags="env=prod"))]
        played = play("mrs_cluster", self.GIVEN, script)
        assert played.result["actions"] == [
            {"action": "change_tags", "set": {"env": "prod"}, "remove": ["team"]}
        ]
        assert played.result["cluster"]["tags"] == {"env": "prod"}

    def test_what_is_only_removed_is_one_call(self) -> None:
        given = {"name": "etl", "tags": {"env": "test"}}
        script = [
            *self.BEGIN,
            changes_tags("delete", team="data"),
            tags(env="test"),
            lists(cluster(tags="env=test")),
        ]
        played = play("mrs_cluster", given, script)
        assert played.result["actions"] == [
            {"action": "change_tags", "set": {}, "remove": ["team"]}
        ]

    @pytest.mark.parametrize(
        "lost", [LOST["connection lost"], LOST["502 with a page"], LOST["read timed out"]]
    )
    def test_a_lost_answer_is_asked_again_since_that_does_no_harm(self, lost: Reply) -> None:
        changed = [
            changes_tags("create", reply=lost, env="prod"),
            changes_tags("create", env="prod"),
        ]
        given = {**self.GIVEN, "purge_tags": False}
        script = [*self.BEGIN, *changed, tags(env="prod"), lists(cluster(tags="env=prod"))]
        assert play("mrs_cluster", given, script).result["changed"] is True

    def test_what_was_done_before_a_refusal_is_told(self) -> None:
        no = changes_tags("delete", reply=refusal("12000052", status=403), team="data")
        played = play_failing(
            "mrs_cluster", self.GIVEN, [*self.BEGIN, changes_tags("create", env="prod"), no]
        )
        assert played.result["actions"] == [
            {"action": "change_tags", "set": {"env": "prod"}, "remove": []}
        ]

    def test_tags_that_never_show_are_a_time_out(self) -> None:
        script = [
            *self.BEGIN,
            changes_tags("create", env="prod"),
            changes_tags("delete", team="data"),
        ]
        played = play_failing("mrs_cluster", self.GIVEN, [*script, *[tags(env="test")] * 8])
        assert played.result["msg"].startswith(
            f"Waited 60 s for the tags of cluster {TITLE}; it is still: changing"
        )

    def test_a_failed_read_of_the_tags_is_no_absence_of_tags(self) -> None:
        refused = Exchange("GET", f"/clusters/{CLUSTER}/tags", refusal("12000052"))
        played = play_failing("mrs_cluster", self.GIVEN, [lists(cluster(tags="")), refused])
        assert played.result["error"]["code"] == "12000052"

    def test_without_wait_the_effect_is_not_looked_for(self) -> None:
        given = {**self.GIVEN, "wait": False, "purge_tags": False}
        script = [*self.BEGIN, changes_tags("create", env="prod"), lists(cluster(tags="env=prod"))]
        assert play("mrs_cluster", given, script).result["changed"] is True


class TestPolicy:
    DAY: t.ClassVar[Json] = {
        "period_type": "daily",
        "start_time": "8:00",
        "end_time": "18:00",
        "min_capacity": 2,
        "max_capacity": 6,
    }
    POLICY: t.ClassVar[Json] = {
        "auto_scaling_enable": True,
        "min_capacity": 0,
        "max_capacity": 6,
        "resources_plans": [DAY],
    }
    GIVEN: t.ClassVar[Json] = {
        "name": "etl",
        "node_groups": [{"name": "task", "auto_scaling_policy": POLICY}],
    }

    SET = sets_policy(body={"node_group": "task_node_default_group", "auto_scaling_policy": POLICY})
    ACTION: t.ClassVar[Json] = {"action": "set_auto_scaling_policy", "group": "task"}

    def test_it_is_set_in_one_call(self) -> None:
        script = [
            lists(cluster(task=1)),
            reads_policy(None),
            self.SET,
            lists(cluster(task=1, policy=self.POLICY)),
        ]
        assert play("mrs_cluster", self.GIVEN, script).result["actions"] == [self.ACTION]

    def test_a_group_that_is_not_there_gets_its_first_nodes_before(self) -> None:
        task = {
            "name": "task",
            "count": 1,
            "size": "c6.4xlarge.4.linux.mrs",
            "auto_scaling_policy": self.POLICY,
        }
        without, with_nodes = cluster(), cluster(task=1)
        script = [lists(without), reads(without), resizes(), reads(with_nodes), lists(with_nodes)]
        script += [reads_policy(None), self.SET, lists(cluster(task=1, policy=self.POLICY))]
        played = play("mrs_cluster", {"name": "etl", "node_groups": [task]}, script)
        assert played.result["actions"] == [
            {"action": "scale_out", "group": "task", "from": 0, "to": 1},
            self.ACTION,
        ]

    @pytest.mark.parametrize(
        ("count", "wait", "told"),
        [
            (
                *(None, True),
                f"node_groups[task].count: cluster {TITLE} has no task nodes yet, and only a group "
                "with nodes can have a policy; give count and size of the first nodes",
            ),
            (
                *(1, False),
                f"Cluster {TITLE} is running: its policy can only be set once it has task nodes. "
                "With wait: true the task waits for it.",
            ),
        ],
    )
    def test_without_task_nodes_and_without_a_way_to_them_nothing_is_sent(
        self, count: int | None, wait: bool, told: str
    ) -> None:
        task = {
            "name": "task",
            "count": count,
            "size": "c6.4xlarge.4.linux.mrs",
            "auto_scaling_policy": self.POLICY,
        }
        given = {"name": "etl", "node_groups": [task], "wait": wait}
        assert play_failing("mrs_cluster", given, [lists(cluster())]).result["msg"] == told

    @pytest.mark.parametrize("wrapped", [True, False])
    def test_one_that_the_detail_does_not_show_is_read_by_the_other_api(
        self, wrapped: bool
    ) -> None:
        items = [
            {"node_group_name": "task_node_analysis_group", "auto_scaling_policy": self.POLICY}
        ]
        answer = Answer(200, {"auto_scaling_policies": items} if wrapped else items)
        result = play(
            "mrs_cluster", self.GIVEN, [lists(cluster(task=1)), reads_policy(answer)]
        ).result
        assert (result["changed"], result["warnings"]) == (False, [])

    @pytest.mark.parametrize("none", [None, refusal("MRS.00005016", status=404)])
    def test_what_the_other_api_does_not_show_either_is_not_there(
        self, none: Answer | None
    ) -> None:
        script = [
            lists(cluster(task=1)),
            reads_policy(none),
            self.SET,
            lists(cluster(task=1)),
            reads_policy(self.POLICY),
        ]
        result = play("mrs_cluster", self.GIVEN, script).result
        assert (result["actions"], result["warnings"]) == ([self.ACTION], [])

    def test_where_nobody_tells_it_is_set_once_and_the_task_goes_on(self) -> None:
        seen = [lists(cluster(task=1)), reads_policy(refusal("APIGW.0101", "No such API.", 404))]
        tagged = [lists(cluster(task=1, tags="env=prod")), seen[1]]
        script = [
            *seen[:1],
            tags(),
            seen[1],
            self.SET,
            *seen[:1],
            tags(),
            seen[1],
            changes_tags("create", env="prod"),
        ]
        played = play(
            "mrs_cluster",
            {**self.GIVEN, "tags": {"env": "prod"}},
            [*script, tags(env="prod"), *tagged],
        )
        assert [action["action"] for action in played.result["actions"]] == [
            "set_auto_scaling_policy",
            "change_tags",
        ]
        assert played.result["warnings"] == [
            f"The auto scaling policy of cluster {TITLE} cannot be read, so it cannot be compared "
            "and is set in each "
            "run: No such API."
        ]

    def test_one_that_shows_otherwise_than_it_was_set_is_set_once(self) -> None:
        other = lists(cluster(task=1, policy={**self.POLICY, "max_capacity": 5}))
        read = reads_policy({**self.POLICY, "max_capacity": 5})
        played = play("mrs_cluster", self.GIVEN, [other, read, self.SET, other])
        assert played.result["warnings"] == [
            "The service shows another auto scaling policy of cluster etl than the one that was "
            "set, so it is set in "
            "each run."
        ]

    @pytest.mark.parametrize("reply", [LOST["connection lost"], LOST["504 with nothing"]])
    def test_an_answer_lost_for_good_after_the_service_acted_is_found_by_its_effect(
        self, reply: Reply
    ) -> None:
        there = cluster(task=1, policy=self.POLICY)
        script = [
            lists(cluster(task=1)),
            reads_policy(None),
            sets_policy(reply),
            reads(there),
            lists(there),
        ]
        played = play("mrs_cluster", {**self.GIVEN, "api_retries": 0}, script)
        assert played.result["actions"] == [self.ACTION]

    def test_a_refusal_is_an_error(self) -> None:
        refused = sets_policy(Answer(200, {"result": "12000002"}))
        played = play_failing(
            "mrs_cluster", self.GIVEN, [lists(cluster(task=1)), reads_policy(None), refused]
        )
        assert "set the auto scaling policy" in played.result["msg"]


class TestTenTags:
    def test_those_that_go_are_removed_first_where_there_would_be_too_many(self) -> None:
        old = {f"old{number}": "x" for number in range(6)}
        new = {f"new{number}": "x" for number in range(6)}
        before = cluster(tags=",".join(f"{key}=x" for key in old))
        after = cluster(tags=",".join(f"{key}=x" for key in new))
        script = [
            lists(before),
            tags(**old),
            changes_tags("delete", **old),
            changes_tags("create", **new),
        ]
        played = play(
            "mrs_cluster", {"name": "etl", "tags": new}, [*script, tags(**new), lists(after)]
        )
        assert played.result["actions"] == [
            {"action": "change_tags", "set": new, "remove": sorted(old)}
        ]
