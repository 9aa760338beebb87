# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold after every schedule, whatever happened."""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import JobError
from ansible_collections.huaweicloud.mrs.tests.faults import trial
from ansible_collections.huaweicloud.mrs.tests.faults.operations import (
    JOB,
    output_of,
    was_cancelled,
)
from ansible_collections.huaweicloud.mrs.tests.faults.scene import components_of, nodes_by_group
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import LATE, TWICE, Run
from ansible_collections.huaweicloud.mrs.tests.faults.trial import Story
from ansible_collections.huaweicloud.mrs.tests.faults.window import (
    could_not_know,
    is_told,
    nobody_waited,
)
from ansible_collections.huaweicloud.mrs.tests.faults.word import (
    of_last_word,
    of_late_resizes,
    of_previews,
    of_runs,
)
from mrs_simulator.state.resources import Cluster, Job
from mrs_simulator.state.transitions import job_over

#: Nodes of each start, those included that are on their way.
BEFORE = {
    "large": {"core": 5, "task": 2},
    "shrinking": {"core": 5, "task": 0},
    "growing": {"core": 4, "task": 0},
    "custom": {"data": 3, "edge": 1},
    "custom_large": {"data": 5, "edge": 2},
    "custom_sick": {"data": 5, "edge": 2},
    "mixed": {"core_node_analysis_group": 3, "core_node_streaming_group": 3},
}


#: The groups that the console adds a node to.
GROWN = ("core", *trial.GROWN.values())


def violations(story: Story) -> list[str]:
    """What is wrong, in words; empty when all promises were kept."""
    return [
        *of_runs(story),
        *of_previews(story),
        *of_last_word(story),
        *of_late_resizes(story),
        *_of_clean_runs(story),
        *_of_clusters(story),
        *_of_jobs(story),
        *_of_connections(story),
        *_of_company(story),
    ]


def _of_clean_runs(story: Story) -> t.Iterator[str]:
    first, last = story.clean[-2], story.clean[-1]
    blown = {kind for kind, _key in story.blown}
    gone = "delete" in blown and story.operation.needs_its_cluster
    gone = gone or (story.schedule.operation == "wait_for_jobs" and blown & {"cancel", "forget"})
    gone = gone or _is_doubled_connection(story)
    if gone and (first.error or last.error):  # what it needs is not there any more, and it says so
        return
    for outcome in story.clean[:-2]:
        if not isinstance(outcome.error, JobError):
            yield f"a clean run fails: {outcome.error}"
    for outcome in (first, last):
        if outcome.error:
            yield f"a clean run fails: {outcome.error}"
    if last.record.effects or last.told.get("changed"):
        yield f"the repetition changes something: {last.told.get('actions')} {last.record.effects}"


def _of_connections(story: Story) -> t.Iterator[str]:
    """One of the name where it is wanted, and none where it is not."""
    wanted = {"connect": 1, "disconnect": 0}.get(story.schedule.operation)
    there = len(story.scene.world.store.connections)
    if wanted is not None and there != wanted and not _is_doubled_connection(story):
        yield f"{there} data connections of one name"


def _is_doubled_connection(story: Story) -> bool:
    """A creation that came twice or late, or another machine, made a second one.

    The service does not keep names unique. Every run after that says so, with the ids of both.
    """
    ids = [*story.scene.world.store.connections]
    rival = story.schedule.rival
    beyond = bool(rival and rival.machine == "elsewhere") or any(
        outcome.record.hit[kind] for outcome in story.all for kind in (*LATE, *TWICE)
    )
    return len(ids) > 1 and beyond and all(key in str(story.clean[-1].error) for key in ids)


def _of_clusters(story: Story) -> t.Iterator[str]:
    """One cluster, with the wanted nodes and tags, and never more than that."""
    operation, scene = story.operation, story.scene
    blows = collections.Counter(kind for kind, _key in story.blown)
    living = scene.living(operation.name)
    gone = blows["delete"] and operation.needs_its_cluster
    stays = operation.transient and blows["forget"] and _is_warned_of_costs(story)
    told = {key for kind, key in scene.beyond if kind == "create" and is_told(story, key)}
    living = [cluster for cluster in living if cluster.id not in told or not operation.transient]
    if len(living) != operation.clusters - (1 if gone and operation.clusters else 0) + (
        1 if stays else 0
    ):
        yield f"{len(living)} living clusters"
    made = operation.start == "nothing" or (operation.start == "leaving" and operation.clusters > 0)
    made += blows["delete"] if operation.clusters and not operation.needs_its_cluster else 0
    if len(scene.made_clusters) > made + _wanted_again(story) + len(told):
        yield f"{len(scene.made_clusters)} clusters were created"
    for cluster in living:
        yield from of_cluster(story, cluster)
    if operation.nodes:
        yield from of_most_nodes(story, BEFORE.get(operation.start, {"core": 3, "task": 0}))


def of_cluster(story: Story, cluster: Cluster) -> t.Iterator[str]:
    """The wanted nodes and tags, once the task has had its way."""
    operation = story.operation
    is_grown = (
        any(kind == "resize" for kind, _key in story.blown)
        and operation.module == "mrs_cluster_scale"
    )
    found = nodes_by_group(cluster)
    for name, count in operation.nodes.items():
        if found[name] != count + bool(is_grown and name in GROWN and operation.own != name):
            yield f"{found[name]} {name} nodes"
    missing = set(operation.components) - components_of(cluster)
    if missing:
        yield f"without the components {missing}"
    if operation.tags is not None and cluster.tags != dict(operation.tags):
        yield f"tags {cluster.tags}"


def of_most_nodes(story: Story, before: t.Mapping[str, int]) -> t.Iterator[str]:
    """Never more nodes than there were C(before), or than somebody wants."""
    blows = sum(kind == "resize" for kind, _key in story.blown)
    for kind, count in before.items():
        allowed = max(count, story.operation.nodes.get(kind, 0), _other_count(story, kind)) + blows
        seen = story.scene.most_nodes.get(("etl", kind), 0)
        if seen > allowed and not (
            could_not_know(story, "resize") and is_told(story, kind, str(seen))
        ):
            yield f"{seen} {kind} nodes at one time, where {allowed} were wanted"


def _is_warned_of_costs(story: Story) -> bool:
    """Somebody deleted the record of the job with which the cluster should end.

    It stays, and the task says so.
    """
    return any(
        "shutdown_cluster only works for a cluster that is created with its job" in text
        for text in story.clean[-1].told.get("warnings", [])
    )


def _wanted_again(story: Story) -> int:
    """A transient cluster whose job failed, or was ended by somebody, is wanted once more."""
    return sum(_is_excused(story, job) for job in _jobs(story)) if story.operation.transient else 0


def _other_count(story: Story, kind: str) -> int:
    rival, other = story.schedule.rival, story.operation.other
    if not (rival and rival.wants == "other" and other):
        return 0
    given = other(story.schedule.flavor)
    if given.get("node_group") == kind:
        return int(given["count"])
    return next(
        (group["count"] for group in given.get("node_groups", []) if group["name"] == kind), 0
    )


def _jobs(story: Story) -> list[Job]:
    """All executions of the wanted job that were ever there."""
    return [job for job in story.scene.made_jobs if output_of(job) == JOB["output"]]


def _is_excused(story: Story, job: Job) -> bool:
    """Whether it did not bring the wanted result: it failed, or somebody else ended it."""
    ended = {key for kind, key in story.blown if kind in ("delete", "cancel", "forget")}
    return job.outcome != (3, 2) or job.id in ended or job.cluster_id in ended


def _has_run(story: Story, job: Job) -> bool:
    """Whether it brought its result before the console deleted its cluster.

    Then no other one is wanted.
    """
    is_there = job.id in story.scene.world.store.jobs and not was_cancelled(job)
    return is_there and job.outcome == (3, 2) and job_over(job, story.scene.director.time)


def _of_jobs(story: Story) -> t.Iterator[str]:
    operation = story.operation
    if operation.jobs is None:
        return
    if "state" in operation.given("otc"):
        yield from _of_ended_jobs(story)
        return
    counted = [job for job in _jobs(story) if not _is_excused(story, job)]
    elsewhere = story.schedule.rival is not None and story.schedule.rival.machine == "elsewhere"
    cancelled = [job for job in counted if was_cancelled(job)]
    kept = [job for job in counted if not was_cancelled(job)]
    blown = {kind for kind, _key in story.blown}
    # What it had done is not known any more.
    wanted = operation.jobs or int(bool(blown & {"delete", "forget"}))
    least = 0 if any(_has_run(story, job) for job in _jobs(story)) else operation.jobs
    # Whoever cannot see the other in time cannot make way, and says so.
    excused = could_not_know(story, "submit") or (elsewhere and story.is_spoilt)
    excused = excused or nobody_waited(story)
    is_doubled = len(kept) > wanted and not (excused and is_told(story, *(job.id for job in kept)))
    if (len(kept) < least or is_doubled) and not _cannot_run(story):
        yield f"{len(counted)} executions of one wanted job, {len(cancelled)} of them cancelled"


def _of_ended_jobs(story: Story) -> t.Iterator[str]:
    """Those that the task means are waited for, ended or deleted; no other one is touched."""
    operation, scene = story.operation, story.scene
    state, flavor = operation.given("otc")["state"], story.schedule.flavor
    left = [job for job in scene.world.store.jobs.values() if operation.means(job, flavor)]
    if not story.blown and len(left) != operation.jobs:
        yield f"{len(left)} executions are there"
    if not story.blown and not all(job_over(job, scene.director.time) for job in left):
        yield f"executions are running that should be {state}"
    is_calm = not (story.is_spoilt or story.blown) and all(
        plan == Run() for plan in story.schedule.runs
    )
    if state == "cancelled" and is_calm and not all(job.cancelled_at for job in left):
        yield "executions have come to their own end that should be cancelled"
    meant = set(operation.given(flavor).get("id") or [job.id for job in left])
    touched = {
        key
        for each in story.all
        for kind, key in each.record.effects
        if kind in ("cancel", "forget")
    }
    if (operation.given(flavor).get("id") and touched - meant) or (state == "present" and touched):
        yield f"jobs were touched: {sorted(touched)}"


def _cannot_run(story: Story) -> bool:
    return story.operation.module == "mrs_job" and any(
        kind == "delete" for kind, _key in story.blown
    )


def _of_company(story: Story) -> t.Iterator[str]:
    """Several runs that want the same, and nothing in their way: all are green."""
    schedule = story.schedule
    rival = schedule.rival
    if (
        rival is None
        or rival.wants != "same"
        or rival.faults
        or schedule.blow
        or schedule.job != "succeeded"
    ):
        return
    if any(plan.faults or plan.wait_timeout < 1000 or not plan.wait for plan in schedule.runs):
        return
    if schedule.replica and story.operation.module == "mrs_auto_scaling_policy":
        return  # the service refuses a second policy while nobody sees the first one yet
    if _is_doubled_connection(story):
        return
    for outcome in story.all:
        if outcome.error:
            yield (
                f"{outcome.record.actor.name}: red, with nothing but company in its way: "
                f"{outcome.error}"
            )
