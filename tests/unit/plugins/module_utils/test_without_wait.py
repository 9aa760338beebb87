# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""C(wait: false), for every task that changes something and every state on the way.

Nothing is waited for. What has no difference is unchanged; what cannot be judged or asked for now
is an error that names the state, and nothing is sent.
"""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    JOB_OPTIONS,
    Json,
    cluster,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    lists,
    lists_jobs,
    reads,
    refusal,
    submits,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Exchange,
    play,
    play_failing,
)

STATES: dict[str, Json] = {
    "starting": cluster(clusterState="starting", stageDesc="Creating VMs"),
    "scaling-out": cluster(clusterState="scaling-out"),
    "scaling-in": cluster(clusterState="scaling-in"),
    "scaling-up": cluster(scale="scaling-up"),
    "rebooting": cluster(clusterState="rebooting"),
    "terminating": cluster(clusterState="terminating"),
}
#: How an error names the state.
TOLD = {"starting": "starting (Creating VMs)", "scaling-up": "running (scaling-up)"}

SAME = {"name": "etl", "version": "MRS 2.1.0"}
COUNTED = {**CREATION}
OTHER_COUNT = {"name": "etl", "node_groups": [{"name": "core", "count": 5}]}
TAGGED = {"name": "etl", "tags": {"env": "prod"}}
ABSENT = {"name": "etl", "state": "absent"}
COUNT, SCALE = {"cluster": "etl", "count": 3}, {"cluster": "etl", "count": 5}
RUN = {"cluster": "etl", **JOB_OPTIONS}

OK = ""
NUMBER = "the number of its nodes cannot be compared now"
RESIZE = "scale_out cannot be requested now"
TAGS = "change_tags cannot be requested now"
DELETE = "it cannot be deleted now"
ANOTHER = "another one of this name cannot be created now"
NODES = "its core nodes cannot be compared or scaled now"
SUBMIT = "job wordcount cannot be submitted now"
GOING = "The cluster is being deleted."

#: Task, options, and what comes of them in each state.
TABLE: list[tuple[str, Json, dict[str, str]]] = [
    (
        "mrs_cluster",
        SAME,
        {**dict.fromkeys(STATES, OK), "terminating": ANOTHER},
    ),
    (
        "mrs_cluster",
        COUNTED,
        {**dict.fromkeys(STATES, NUMBER), "starting": OK, "rebooting": OK, "terminating": ANOTHER},
    ),
    (
        "mrs_cluster",
        OTHER_COUNT,
        {
            **dict.fromkeys(STATES, NUMBER),
            "starting": RESIZE,
            "rebooting": RESIZE,
            "terminating": ANOTHER,
        },
    ),
    ("mrs_cluster", TAGGED, {**dict.fromkeys(STATES, TAGS), "terminating": ANOTHER}),
    (
        "mrs_cluster",
        ABSENT,
        {**dict.fromkeys(STATES, DELETE), "rebooting": "asked", "terminating": OK},
    ),
    (
        "mrs_cluster_scale",
        COUNT,
        {**dict.fromkeys(STATES, NODES), "starting": OK, "rebooting": OK, "terminating": GOING},
    ),
    ("mrs_cluster_scale", SCALE, {**dict.fromkeys(STATES, NODES), "terminating": GOING}),
    (
        "mrs_job",
        RUN,
        {"starting": SUBMIT, "rebooting": SUBMIT, "terminating": GOING, **dict.fromkeys(
            ("scaling-out", "scaling-in", "scaling-up"), "asked"
        )},
    ),
]  # fmt: skip
CASES = [
    pytest.param(module, given, state, told[state], id=f"{module}-{number}-{state}")
    for number, (module, given, told) in enumerate(TABLE)
    for state in STATES
    if told[state] != "asked"
]


def looks(module: str, given: Json, state: str) -> list[Exchange]:
    """What is read before it is planned."""
    script = [lists(STATES[state])]
    if given.get("tags") and state != "terminating":
        script.append(tags())
    return [*script, lists_jobs()] if module == "mrs_job" else script


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize(("module", "given", "state", "told"), CASES)
def test_what_comes_of_it(
    module: str, given: Json, state: str, told: str, check_mode: bool
) -> None:
    script, given = looks(module, given, state), {**given, "wait": False}
    if told == OK:
        played = play(module, given, script, check_mode=check_mode)
        assert (played.result["changed"], played.result["warnings"]) == (False, [])
    else:
        played = play_failing(module, given, script, check_mode=check_mode)
        if told != GOING:
            told = (
                f"Cluster etl ({CLUSTER}) is {TOLD.get(state, state)}: {told}. With wait: true the "
                "task waits for it."
            )
        assert told in played.result["msg"]
        assert (played.result["changed"], played.result["actions"]) == (False, [])
    assert played.clock.sleeps == []


def test_both_groups_cannot_be_scaled_at_once() -> None:
    groups = [{"name": "core", "count": 5}, {"name": "task", "count": 1}]
    script = [lists(cluster(task=2)), lists_jobs()]
    played = play_failing(
        "mrs_cluster", {"name": "etl", "node_groups": groups, "wait": False}, script
    )
    assert (
        "groups of nodes are scaled one after the other, so both changes cannot be requested now"
        in played.result["msg"]
    )


def test_a_cluster_is_not_deleted_whose_successor_would_have_to_wait() -> None:
    given = {**CREATION, "version": "MRS 3.3.0-LTS.1", "recreate": "on_change", "wait": False}
    played = play_failing("mrs_cluster", given, [lists(cluster()), lists_jobs()])
    assert "it cannot be replaced without waiting until it is deleted" in played.result["msg"]


def test_the_record_of_a_running_job_cannot_be_deleted() -> None:
    given = {"cluster": CLUSTER, "name": "wordcount", "state": "absent", "wait": False}
    played = play_failing("mrs_job", given, [lists_jobs(running_job())])
    assert played.result["msg"].endswith(
        "is running. With wait: true the task waits until it has ended."
    )
    assert played.result["changed"] is False


def test_whether_the_first_job_of_a_starting_cluster_runs_is_not_judged() -> None:
    given = {**CREATION, "job": JOB_OPTIONS, "wait": False}
    played = play("mrs_cluster", given, [lists(STATES["starting"])])
    assert (played.result["changed"], played.result["warnings"]) == (
        False,
        [
            f"Cluster etl ({CLUSTER}) is starting (Creating VMs): whether job wordcount runs on "
            "it was not checked."
        ],
    )


def test_a_running_job_is_not_waited_for() -> None:
    both = [lists_jobs(running_job())] * 2
    assert (
        play("mrs_job", {"cluster": CLUSTER, **JOB_OPTIONS, "wait": False}, both).result["changed"]
        is False
    )


def test_a_refused_job_names_the_state_of_a_cluster_that_is_given_by_its_id() -> None:
    script = [lists_jobs(), lists_jobs(), submits(refusal("12000062")), reads(STATES["starting"])]
    played = play_failing("mrs_job", {"cluster": CLUSTER, **JOB_OPTIONS, "wait": False}, script)
    assert played.result["msg"].startswith(
        f"Cluster etl ({CLUSTER}) is starting (Creating VMs): job wordcount cannot"
    )


def test_a_creation_is_not_waited_for() -> None:
    assert (
        play(
            "mrs_cluster", {"id": CLUSTER, "wait": False}, [reads(STATES["starting"])]
        ).clock.sleeps
        == []
    )
