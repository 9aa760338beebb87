# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""C(changed), C(actions), C(diff) tell what was done, even if things change after the look."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import Cancel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    DISKS,
    JOB,
    JOB_OPTIONS,
    RIVAL,
    Json,
    cluster,
    job,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    cancels,
    changes_tags,
    creates,
    deletes,
    deletes_job,
    lists,
    lists_jobs,
    reads,
    reads_job,
    refusal,
    resizes,
    submits,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Exchange,
    play,
    play_failing,
)
from mrs_simulator.base.messages import Reply, Request

STARTING = cluster(clusterState="starting", tags="")
SCALING = cluster(clusterState="scaling-out")
TAGGED: Json = {**CREATION, "tags": {"env": "prod"}}
GROW: Json = {"name": "etl", "node_groups": [{"name": "core", "count": 5}]}
SCALE: Json = {"cluster": "etl", "count": 5}
RUN: Json = {"cluster": CLUSTER, **JOB_OPTIONS}
AGAIN = (
    "Something changed after the first look, so it was planned again. Planned at first: {}. Done: "
    "{}."
)


def check(result: Json) -> None:
    """The three agree."""
    diff = result["diff"]
    assert result["changed"] is bool(result["actions"]) is (diff["before"] != diff["after"])


def test_a_rival_that_created_it_first() -> None:
    wanted = {**CREATION, "admin_password": "Canary-Admin-1"}
    result = play("mrs_cluster", wanted, [lists(), lists(cluster()), lists(cluster())]).result
    check(result)
    assert (result["changed"], result["diff"]["after"]["name"]) == (False, "etl")
    assert result["warnings"] == [AGAIN.format("create", "nothing")]


def test_a_cluster_that_is_deleted_meanwhile_is_created_anew_with_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cloud = Cloud()
    groups = [{**group, **DISKS} for group in CREATION["node_groups"]]
    wanted: Json = {**CREATION, "node_groups": groups, "admin_password": "Canary-Admin-1"}
    assert cloud.run("mrs_cluster", **wanted)["changed"] is True
    handle = cloud.simulator.handle

    def handle_and_delete(request: Request) -> Reply:
        reply = handle(request)
        if request.path.endswith("/tags/action"):
            handle(
                dataclasses.replace(
                    request,
                    method="DELETE",
                    path=request.path.removesuffix("/tags/action"),
                    body=b"",
                )
            )
            cloud.simulator.world.clock.advance(120)
        return reply

    monkeypatch.setattr(cloud.simulator, "handle", handle_and_delete)
    result = cloud.run("mrs_cluster", **{**wanted, "tags": {"env": "prod"}})
    assert [each["action"] for each in result["actions"]] == ["change_tags", "create"]
    assert result["warnings"] == [AGAIN.format("change_tags", "change_tags, create")]


def test_a_rival_that_created_it_first_with_other_tags() -> None:
    there = cluster(tags="env=test")
    script = [
        lists(),
        lists(there),
        lists(there),
        tags(env="test"),
        changes_tags("create", env="prod"),
    ]
    result = play(
        "mrs_cluster", TAGGED, [*script, tags(env="prod"), lists(cluster(tags="env=prod"))]
    ).result
    check(result)
    assert [action["action"] for action in result["actions"]] == ["change_tags"]
    assert (result["diff"]["before"]["tags"], result["diff"]["after"]["tags"]) == (
        {"env": "test"},
        {"env": "prod"},
    )


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_starting_cluster_whose_tags_show_late(check_mode: bool) -> None:
    script = [lists(STARTING), tags(env="prod")]
    there = cluster(tags="env=prod")
    later = [reads(STARTING), reads(there), reads(there)]
    result = play(
        "mrs_cluster", TAGGED, script if check_mode else [*script, *later], check_mode=check_mode
    ).result
    check(result)
    assert (result["changed"], result["warnings"]) == (False, [])


def test_a_starting_cluster_that_does_not_tell_its_tags() -> None:
    refused = Exchange("GET", f"/clusters/{CLUSTER}/tags", refusal("12000012"))
    script = [lists(STARTING), refused, reads(STARTING), reads(cluster(tags="env=prod"))]
    result = play("mrs_cluster", TAGGED, [*script, reads(cluster(tags="env=prod"))]).result
    check(result)
    assert result["warnings"] == [AGAIN.format("change_tags", "nothing")]


@pytest.mark.parametrize(("module", "given"), [("mrs_cluster", GROW), ("mrs_cluster_scale", SCALE)])
def test_a_rival_that_scaled_it_first(module: str, given: Json) -> None:
    grown = cluster(core=5)
    again = (
        [lists(SCALING), reads(grown), reads(grown)]
        if module == "mrs_cluster"
        else [reads(SCALING)]
    )
    script = [lists(cluster()), reads(SCALING), *again]
    script += [] if module == "mrs_cluster" else [reads(grown), reads(grown)]
    result = play(module, given, script).result
    check(result)
    assert result["diff"]["before"]["node_counts"]["core"] == 5
    assert result["warnings"] == [AGAIN.format("scale_out", "nothing")]


def test_a_resize_that_showed_is_not_sent_again_because_the_next_answers_are_behind() -> None:
    grown, behind = cluster(core=5), cluster()
    script = [lists(cluster()), reads(cluster()), resizes(), reads(SCALING), reads(grown)]
    result = play(
        "mrs_cluster", GROW, [*script, lists(behind), lists(SCALING), lists(grown)]
    ).result
    check(result)
    assert result["actions"] == [{"action": "scale_out", "group": "core", "from": 3, "to": 5}]


def test_a_list_behind_the_detail_that_was_waited_for_is_not_believed() -> None:
    """Somebody else scales to 6; the list still shows 5, as wanted, when the detail shows 6."""
    behind, grown, five = cluster(core=5, scale="scaling-out"), cluster(core=6), cluster(core=5)
    script = [lists(behind), reads(behind), reads(grown), reads(grown), lists_jobs(), reads(grown)]
    done = [resizes(), reads(SCALING), reads(five), reads(five)]
    result = play("mrs_cluster", GROW, [*script, *done]).result
    check(result)
    assert result["actions"] == [{"action": "scale_in", "group": "core", "from": 6, "to": 5}]


def test_a_rival_that_deleted_it_first() -> None:
    going, gone = cluster(clusterState="terminating"), cluster(clusterState="terminated")
    script = [lists(cluster()), deletes(refusal("12000021")), reads(going), reads(gone)]
    result = play("mrs_cluster", {"name": "etl", "state": "absent"}, script).result
    check(result)
    assert (result["changed"], result["cluster"]) == (False, None)


def test_a_rival_that_submitted_it_first() -> None:
    theirs = running_job(id=RIVAL)
    script = [lists_jobs(), lists_jobs(theirs), reads_job(job(id=RIVAL), RIVAL)]
    result = play("mrs_job", RUN, script).result
    check(result)
    assert (result["changed"], result["job_execution"]["id"]) == (False, RIVAL)


def test_a_submission_that_was_cancelled_is_told() -> None:
    ours, theirs = running_job(create_at=2000), running_job(id=RIVAL, create_at=1000)
    ended = job(job_state=-1, job_final_status=3, create_at=2000)
    script = [lists_jobs(), lists_jobs(), submits(ours), lists_jobs(ours, theirs)]
    script += [cancels(), reads_job(ended), deletes_job(), reads_job(job(id=RIVAL), RIVAL)]
    result = play("mrs_job", RUN, script).result
    check(result)
    assert result["warnings"] == [
        f"Job wordcount ({JOB}) was submitted twice in the same moment; this one was cancelled."
    ]


def test_a_second_execution_that_came_after_the_first_look_is_in_the_diff() -> None:
    """It is cancelled and its record deleted, and nothing else is done."""
    theirs, second = running_job(id=RIVAL, create_at=1000), running_job(create_at=2000)
    ended = job(job_state=-1, job_final_status=3, create_at=2000)
    script = [lists_jobs(), lists_jobs(second, theirs), reads_job(theirs, RIVAL)]
    script += [lists_jobs(second, theirs), cancels(), reads_job(ended), deletes_job()]
    script += [reads_job(job(id=RIVAL), RIVAL)]
    result = play("mrs_job", RUN, script).result
    check(result)
    assert result["diff"] == {
        "before": {"job_executions": {JOB: {"name": "wordcount", "state": "running"}}},
        "after": {"job_executions": {}},
    }


def test_a_job_that_ended_by_itself_before_it_was_cancelled() -> None:
    script = [
        lists_jobs(running_job()),
        cancels(refusal("0160", status=500)),
        reads_job(job()),
        reads_job(job()),
    ]
    result = play(
        "mrs_job", {"cluster": CLUSTER, "name": "wordcount", "state": "cancelled"}, script
    ).result
    check(result)
    assert result["actions"] == []


@pytest.mark.parametrize("check_mode", [True, False])
def test_what_is_foretold_is_what_is_done(check_mode: bool) -> None:
    script = (
        [lists()] if check_mode else [lists(), lists(), creates(), reads(cluster(tags="env=prod"))]
    )
    result = play("mrs_cluster", TAGGED, script, check_mode=check_mode).result
    check(result)
    assert result["actions"] == [{"action": "create", "cluster": "etl"}]
    assert result["diff"]["after"]["tags"] == {"env": "prod"}


class TestOvershoot:
    """More nodes than wanted come from a resize that was made twice.

    Nobody takes them away unasked.
    """

    TOLD = (
        f"Cluster etl ({CLUSTER}) has 7 core nodes, where 5 were requested and 3 were there "
        "before: the resize was requested twice, by somebody else or by a request that arrived "
        "late. No node was removed. Look whether "
        "jobs use the nodes. "
        "Then run the task again, which scales in to 5."
    )

    @pytest.mark.parametrize(
        ("module", "given"), [("mrs_cluster", GROW), ("mrs_cluster_scale", SCALE)]
    )
    def test_ours_and_another_one(self, module: str, given: Json) -> None:
        script = [
            lists(cluster()),
            reads(cluster()),
            resizes(),
            reads(SCALING),
            *[reads(cluster(core=7))] * 3,
        ]
        played = play_failing(module, given, script)
        assert played.result["msg"] == self.TOLD
        assert played.result["actions"] == [
            {"action": "scale_out", "group": "core", "from": 3, "to": 5}
        ]

    def test_one_that_shows_after_ours_has_ended(self) -> None:
        more = cluster(core=7)
        script = [
            lists(cluster()),
            reads(cluster()),
            resizes(),
            reads(cluster(core=5)),
            lists(more),
            lists_jobs(),
        ]
        assert play_failing("mrs_cluster", GROW, script).result["msg"] == self.TOLD

    @pytest.mark.parametrize(
        ("module", "given"), [("mrs_cluster", GROW), ("mrs_cluster_scale", SCALE)]
    )
    def test_one_that_was_never_seen_scaling(self, module: str, given: Json) -> None:
        script = [lists(cluster()), reads(cluster()), resizes(), *[reads(cluster(core=7))] * 3]
        assert play_failing(module, given, script).result["msg"] == self.TOLD

    @pytest.mark.parametrize("still_scaling", [True, False])
    def test_one_that_came_while_the_job_ran(self, still_scaling: bool) -> None:
        given = {**GROW, "job": {key: value for key, value in RUN.items() if key != "cluster"}}
        grown, more = cluster(core=5), cluster(core=7)
        script = [
            lists(cluster()),
            lists_jobs(),
            reads(cluster()),
            resizes(),
            reads(grown),
            lists(grown),
            lists_jobs(),
        ]
        script += [lists_jobs(), submits(job()), lists_jobs(job())]
        script += [reads(SCALING)] * still_scaling + [reads(more)]
        played = play_failing("mrs_cluster", given, script)
        assert played.result["msg"] == self.TOLD
        assert played.result["job_execution"]["state"] == "completed"

    def test_nothing_is_told_where_the_job_has_shut_the_cluster_down(self) -> None:
        given = {**GROW, "job": {key: value for key, value in RUN.items() if key != "cluster"}}
        grown, gone = cluster(core=5), cluster(clusterState="terminated", core=7)
        script = [
            lists(cluster()),
            lists_jobs(),
            reads(cluster()),
            resizes(),
            reads(grown),
            lists(grown),
            lists_jobs(),
        ]
        script += [lists_jobs(), submits(job()), lists_jobs(job()), reads(gone)]
        assert play("mrs_cluster", given, script).result["warnings"] == []

    @pytest.mark.parametrize(
        ("module", "given"), [("mrs_cluster", GROW), ("mrs_cluster_scale", SCALE)]
    )
    def test_that_of_others_before_ours_was_sent(self, module: str, given: Json) -> None:
        more = cluster(core=7)
        again = [lists(more) if module == "mrs_cluster" else reads(more), lists_jobs()]
        played = play_failing(module, given, [lists(cluster()), reads(more), *again])
        assert played.result["msg"] == self.TOLD
        assert (played.result["changed"], played.result["actions"]) == (False, [])

    @pytest.mark.parametrize(
        ("module", "given"), [("mrs_cluster", GROW), ("mrs_cluster_scale", SCALE)]
    )
    def test_more_nodes_from_the_beginning_are_scaled_in_as_asked(
        self, module: str, given: Json
    ) -> None:
        more, done = cluster(core=7), cluster(core=5)
        script = [lists(more), lists_jobs(), reads(more), resizes(), reads(done)]
        script += [lists(done)] if module == "mrs_cluster" else []
        assert play(module, given, script).result["actions"] == [
            {"action": "scale_in", "group": "core", "from": 7, "to": 5}
        ]


def test_the_diff_of_a_cluster_shows_an_execution_that_was_cancelled() -> None:
    change = Cancel(JobExecution.of(running_job()))
    assert change.effect({"name": "etl"}) == {
        "name": "etl",
        "job_executions": [f"wordcount ({JOB}): terminated"],
    }
