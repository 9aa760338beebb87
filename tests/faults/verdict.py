# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold after every schedule, whatever happened."""

from __future__ import annotations

import collections
import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import JobError, UnknownOutcomeError
from ansible_collections.huaweicloud.mrs.tests.faults.operations import CANARIES, JOB
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Run
from ansible_collections.huaweicloud.mrs.tests.faults.trial import POLL, Outcome, Story, forever
from mrs_simulator.identity import account
from mrs_simulator.state.resources import Cluster, Job
from mrs_simulator.state.transitions import job_over

#: What the results call the things that the record of the simulator calls otherwise.
ACTIONS = {
    "create": "create",
    "delete": "delete",
    "scale_out": "resize",
    "scale_in": "resize",
    "change_tags": "tags",
    "set_auto_scaling_policy": "policy",
    "submit_job": "submit",
    "cancel_job": "cancel",
    "delete_job_execution": "forget",
}
#: Each of these is told by itself.
COUNTED = ("create", "submit", "cancel", "forget")


def violations(story: Story) -> list[str]:
    """What is wrong, in words; empty when all promises were kept."""
    return [*of_runs(story), *_of_clean_runs(story), *_of_clusters(story), *_of_jobs(story), *_of_company(story)]


def of_runs(story: Story) -> list[str]:
    """What is wrong with what the runs did and said, each by itself."""
    return [f"{each.record.actor.name}: {text}" for each in story.all for text in _of_run(story, each)]


def _of_run(story: Story, outcome: Outcome) -> t.Iterator[str]:
    if outcome.wrong:
        yield outcome.wrong
        return
    yield from _leaks(outcome)
    if not outcome.killed:
        yield from _of_word(story, outcome)
    patience = outcome.plan.wait_timeout + POLL + outcome.record.lost_time + 1.0
    if outcome.seconds > patience and not forever(story.schedule.rival):
        yield f"it took {outcome.seconds:.0f} s where {patience:.0f} s were allowed"


def _leaks(outcome: Outcome) -> t.Iterator[str]:
    shown = json.dumps(outcome.told) + str(outcome.error)
    for secret in (*CANARIES, account.PASSWORD, account.SECRET_KEY):
        if secret in shown:
            yield f"a secret is shown: {secret}"


def _of_word(story: Story, outcome: Outcome) -> t.Iterator[str]:
    """C(changed) and C(actions) against what the run did in truth."""
    done = collections.Counter(kind for kind, _key in set(outcome.record.effects))
    said = bool(outcome.told.get("changed"))
    told = collections.Counter(ACTIONS[action["action"]] for action in outcome.told.get("actions", []))
    if said != bool(told):
        yield f"changed is {said}, and actions are {dict(told)}"
    if isinstance(outcome.error, UnknownOutcomeError):
        return
    by_others = {kind for other in story.all if other is not outcome for kind, _key in other.record.effects} | {
        kind for kind, _key in story.blown
    }
    by_others |= story.under_way
    if "delete" in by_others:
        by_others.add("cancel")  # the end of a cluster ends its jobs
    # Setting the same tags, or deleting the same cluster, twice in the same moment looks the same from both sides.
    excused = by_others if outcome.record.unsure else by_others & {"tags", "cancel"}
    for kind in sorted(done.keys() | told.keys()):
        said_of = told[kind] if kind in COUNTED else min(told[kind], 1)
        if said_of < done[kind]:
            yield f"it denies what it did: {kind} {done[kind]}, told {said_of}"
        if said_of > done[kind] and kind not in excused:
            yield f"it claims what it did not do: {kind} {done[kind]}, told {said_of}"


def _of_clean_runs(story: Story) -> t.Iterator[str]:
    first, last = story.clean[-2], story.clean[-1]
    blown = {kind for kind, _key in story.blown}
    gone = "delete" in blown and story.operation.module != "mrs_cluster"
    gone = gone or (story.schedule.operation == "wait_for_jobs" and blown & {"cancel", "forget"})
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


def _of_clusters(story: Story) -> t.Iterator[str]:
    """One cluster, with the wanted nodes and tags, and never more than that."""
    operation, scene = story.operation, story.scene
    blows = collections.Counter(kind for kind, _key in story.blown)
    living = scene.living("etl")
    gone = blows["delete"] and operation.module != "mrs_cluster"
    stays = operation.transient and blows["forget"] and _is_warned_of_costs(story)
    if len(living) != operation.clusters - (1 if gone and operation.clusters else 0) + (1 if stays else 0):
        yield f"{len(living)} living clusters"
    made = (operation.start == "nothing") + (blows["delete"] if operation.clusters else 0)
    if len(scene.made_clusters) > made + _wanted_again(story):
        yield f"{len(scene.made_clusters)} clusters were created"
    for cluster in living:
        yield from of_cluster(story, cluster)
    if operation.nodes:
        is_large = operation.start == "large"
        yield from of_most_nodes(story, {"core": 5 if is_large else 3, "task": 2 if is_large else 0})


def of_cluster(story: Story, cluster: Cluster) -> t.Iterator[str]:
    """The wanted nodes and tags, once the task has had its way."""
    operation = story.operation
    is_grown = any(kind == "resize" for kind, _key in story.blown) and operation.module == "mrs_cluster_scale"
    for kind, count in operation.nodes.items():
        if cluster.count(kind) != count + bool(is_grown and operation.own != kind):
            yield f"{cluster.count(kind)} {kind} nodes"
    if operation.tags is not None and cluster.tags != dict(operation.tags):
        yield f"tags {cluster.tags}"


def of_most_nodes(story: Story, before: t.Mapping[str, int]) -> t.Iterator[str]:
    """Never more nodes than there were C(before), or than somebody wants."""
    blows = sum(kind == "resize" for kind, _key in story.blown)
    for kind, count in before.items():
        allowed = max(count, story.operation.nodes.get(kind, 0), _other_count(story, kind)) + blows
        seen = story.scene.most_nodes.get(("etl", kind), 0)
        if seen > allowed:
            yield f"{seen} {kind} nodes at one time, where {allowed} were wanted"


def _is_warned_of_costs(story: Story) -> bool:
    """Somebody deleted the record of the job with which the cluster should end. It stays, and the task says so."""
    return any(
        "shutdown_cluster only acts on a cluster that is created with its job" in text
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
    return next((group["count"] for group in given.get("node_groups", []) if group["name"] == kind), 0)


def _jobs(story: Story) -> list[Job]:
    """All executions of the wanted job that were ever there."""
    return [job for job in story.scene.made_jobs if job.spec["output"] == JOB["output"]]


def _is_excused(story: Story, job: Job) -> bool:
    """It did not bring the result for which it was wanted: it failed, or somebody at the console ended it."""
    ended = {key for kind, key in story.blown if kind in ("delete", "cancel", "forget")}
    return job.outcome != (3, 2) or job.id in ended or job.cluster_id in ended


def _has_run(story: Story, job: Job) -> bool:
    """It brought its result before the console's deletion of its cluster could end it: no other one is wanted."""
    is_there = job.id in story.scene.world.store.jobs and job.cancelled_at is None
    return is_there and job.outcome == (3, 2) and job_over(job, story.scene.director.time)


def _of_jobs(story: Story) -> t.Iterator[str]:
    operation, scene = story.operation, story.scene
    if operation.jobs is None:
        return
    there = scene.world.store.jobs
    if operation.start != "nothing" and operation.kind.__name__ == "JobTask" and "run" not in story.schedule.operation:
        yield from _of_ended_jobs(story)
        return
    counted = [job for job in _jobs(story) if not _is_excused(story, job)]
    elsewhere = story.schedule.rival is not None and story.schedule.rival.machine == "elsewhere"
    withdrawn = [job for job in counted if job.id not in there and job.cancelled_at is not None] if elsewhere else []
    most = 2 if elsewhere and story.is_spoilt else 1  # whoever cannot see the other in time cannot make way
    least = 0 if any(_has_run(story, job) for job in _jobs(story)) else 1
    if not least <= len(counted) - len(withdrawn) <= most and not _cannot_run(story):
        yield f"{len(counted)} executions of one wanted job, {len(withdrawn)} of them withdrawn"


def _of_ended_jobs(story: Story) -> t.Iterator[str]:
    """Those that the task means are waited for, ended or deleted; no other one is touched."""
    operation, scene = story.operation, story.scene
    state, flavor = operation.given("otc")["state"], story.schedule.flavor
    left = [job for job in scene.world.store.jobs.values() if operation.means(job, flavor)]
    if not story.blown and len(left) != operation.jobs:
        yield f"{len(left)} executions are there"
    if not story.blown and not all(job_over(job, scene.director.time) for job in left):
        yield f"executions are running that should be {state}"
    is_calm = not (story.is_spoilt or story.blown) and all(plan == Run() for plan in story.schedule.runs)
    if state == "cancelled" and is_calm and not all(job.cancelled_at for job in left):
        yield "executions have come to their own end that should be cancelled"
    meant = set(operation.given(flavor).get("id") or [job.id for job in left])
    touched = {key for each in story.all for kind, key in each.record.effects if kind in ("cancel", "forget")}
    if (operation.given(flavor).get("id") and touched - meant) or (state == "present" and touched):
        yield f"jobs were touched: {sorted(touched)}"


def _cannot_run(story: Story) -> bool:
    return story.operation.module == "mrs_job" and any(kind == "delete" for kind, _key in story.blown)


def _of_company(story: Story) -> t.Iterator[str]:
    """Several runs that want the same, and nothing in their way: all are green."""
    schedule = story.schedule
    rival = schedule.rival
    if rival is None or rival.wants != "same" or rival.faults or schedule.blow or schedule.job != "succeeded":
        return
    if any(plan.faults or plan.wait_timeout < 1000 or not plan.wait for plan in schedule.runs):
        return
    for outcome in story.all:
        if outcome.error:
            yield f"{outcome.record.actor.name}: red, with nothing but company in its way: {outcome.error}"
