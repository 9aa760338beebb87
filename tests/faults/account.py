# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One account over many tasks: what is there, and what must hold after each of them."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import JobError
from ansible_collections.huaweicloud.mrs.tests.faults.operations import (
    Operation,
    output_of,
    was_cancelled,
)
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import LAGS, Blow, Run, Schedule
from ansible_collections.huaweicloud.mrs.tests.faults.trial import (
    CHECK,
    CLEAN,
    Outcome,
    Story,
    play_runs,
    set_scene,
    strike,
)
from ansible_collections.huaweicloud.mrs.tests.faults.verdict import of_cluster, of_most_nodes
from ansible_collections.huaweicloud.mrs.tests.faults.window import (
    could_not_know,
    not_withdrawn,
)
from ansible_collections.huaweicloud.mrs.tests.faults.word import of_preview, of_runs
from mrs_simulator.state.resources import Cluster, Job
from mrs_simulator.state.transitions import actual_state, job_over


@dataclasses.dataclass
class Before:
    """What there was when a task began."""

    living: list[Cluster]
    nodes: dict[str, int]
    made: int


#: What the groups of the clusters are called here.
GROUPS = (
    *("core", "task", "data", "edge"),
    *("core_node_analysis_group", "core_node_streaming_group"),
)


class Account:
    """C(stories): all tasks so far, with how each went."""

    #: The runs of a task that has nothing in its way.
    calm: tuple[Run, ...] = (CLEAN,)

    def __init__(self, start: str, flavor: str, *, unpublished: bool = False) -> None:
        self.scene = set_scene(start, flavor)
        self.scene.world.settings.serve_unpublished = unpublished
        self.flavor = flavor
        self.stories: list[Story] = []
        #: The last task, when it went well with nothing in its way, and nothing has happened since.
        self.done: Story | None = None
        #: Executions that need not be the only ones of their job: nobody could prevent a second
        #: one.
        self._excused: set[str] = set()

    def jobs(self) -> list[str]:
        """The ids that somebody can know of the executions on the existing cluster.

        A job that comes with a cluster has none before that runs.
        """
        clusters = {cluster.id for cluster in self.scene.living("etl")}
        there = (job for job in self.scene.world.store.jobs.values() if job.cluster_id in clusters)
        return [job.id for job in there if job.submitted_at <= self.scene.director.time]

    def pass_time(self, seconds: float) -> None:
        self.scene.director.sleep(seconds)

    def strike(self, blow: Blow) -> None:
        """Somebody does something at the console between two tasks."""
        story = Story(Schedule(""), Operation("", "", dict), self.scene)
        strike(story, blow)
        self.done = None
        self._excuse(story)
        self.pass_time(max(LAGS) + 1.0)

    def tell(self) -> str:
        """The last tasks, for the one who has to find out what went wrong."""
        return "\n".join(
            f"{story.operation.module} {story.operation.given(self.flavor)}\n{story.tell()}"
            for story in self.stories[-4:]
        )

    def do(self, operation: Operation, schedule: Schedule) -> list[str]:
        """One task, alone or with what the schedule has for it; gives what is wrong, in words."""
        is_calm = schedule.runs in ((CLEAN,), self.calm)
        is_calm = is_calm and schedule.rival is None and schedule.blow is None
        runs = self.calm if is_calm else schedule.runs
        schedule = dataclasses.replace(schedule, flavor=self.flavor, runs=runs)
        story = Story(schedule, operation, self.scene)
        before = self._look(story)
        self.stories.append(story)
        play_runs(story)
        self.pass_time(self.scene.behind)
        self._excuse(story)
        wrong = [*of_runs(story), *self._of_account(story, before)]
        if not could_not_know(story, "resize"):
            wrong += of_most_nodes(story, before.nodes)
        if is_calm and not wrong:
            wrong += self._of_calm_task(story, before)
        self.done = story if is_calm and story.outcomes[-1].result else None
        if any(kind == "delete" for outcome in story.all for kind, _key in outcome.record.effects):
            # Until then, what is shown is a cluster like any other.
            self.pass_time(schedule.lag + 1.0)
        self.scene.behind = 0.0
        return wrong

    def repeat(self) -> list[str]:
        """The last task, which is done, once more: there is nothing left to do."""
        assert self.done
        wrong = self.do(self.done.operation, self.done.schedule)
        outcome = self.stories[-1].outcomes[-1]
        if outcome.error or outcome.record.effects or outcome.told.get("changed"):
            wrong.append(
                f"the repetition does something: {outcome.error or outcome.told} "
                f"{outcome.record.effects}"
            )
        return wrong

    def _look(self, story: Story) -> Before:
        """What there is, and which changes are under way."""
        scene = self.scene
        living = scene.living("etl")
        scene.most_nodes.clear()
        for cluster in living:
            scene.note_nodes(cluster)
            if actual_state(cluster).startswith("scaling"):
                story.under_way.add("resize")
        clusters: t.Iterable[Cluster] = scene.world.store.clusters.values()
        if any(actual_state(cluster) == "terminating" for cluster in clusters):
            story.under_way.add("delete")
        nodes = {name: scene.most_nodes.get(("etl", name), 0) for name in GROUPS}
        return Before(living, nodes, len(scene.made_clusters))

    def _excuse(self, story: Story) -> None:
        """Jobs that were wanted again, and twins from machines that saw each other too late."""
        for kind, key in (
            *story.blown,
            *(each for outcome in story.all for each in outcome.record.effects),
        ):
            if kind in ("cancel", "forget"):
                self._excused.add(key)
        self._excused |= not_withdrawn(story)
        rival = story.schedule.rival
        elsewhere = rival is not None and rival.machine == "elsewhere" and story.is_spoilt
        if elsewhere or could_not_know(story, "submit"):
            counted = self._counted()
            for twins in counted.values():
                self._excused.update(twin.id for twin in twins[1:])

    def _counted(self) -> dict[tuple[str, str], list[Job]]:
        """The executions of each job on each cluster that have brought, or will, their result."""
        counted: dict[tuple[str, str], list[Job]] = collections.defaultdict(list)
        for key, jobs in self._good().items():
            counted[key] = [job for job in jobs if job.id not in self._excused]
        return counted

    def _good(self) -> dict[tuple[str, str], list[Job]]:
        """The same, with those that need not be the only ones of their job."""
        good: dict[tuple[str, str], list[Job]] = collections.defaultdict(list)
        at_first = [job for job in self.scene.world.store.jobs.values() if output_of(job)]
        there = {job.id: job for job in (*self.scene.made_jobs, *at_first)}
        for job in there.values():
            if job.outcome == (3, 2) and not was_cancelled(job):
                good[job.cluster_id, output_of(job)].append(job)
        return good

    def _of_account(self, story: Story, before: Before) -> t.Iterator[str]:
        """What must hold whatever happened."""
        living = self.scene.living("etl")
        if len(living) > 1:
            yield f"{len(living)} living clusters of one name"
        made = len(self.scene.made_clusters) - before.made
        deleted = sum(kind == "delete" for kind, _key in story.blown)
        wanted = (0 if before.living else 1) + deleted if story.operation.clusters else 0
        if made > (wanted if story.operation.module == "mrs_cluster" else 0):
            yield f"{made} clusters were created"
        for (_cluster, output), jobs in self._counted().items():
            if len(jobs) > 1:
                yield f"{len(jobs)} executions of the job with output {output}"
        for outcome in story.all:
            done = collections.Counter(kind for kind, _key in outcome.record.effects)
            if done["submit"] > 1 or done["create"] > 1:
                yield f"one run did {dict(done)}"

    def _of_calm_task(self, story: Story, before: Before) -> t.Iterator[str]:
        """With nothing in its way, a task brings about what it is for, and nothing else."""
        operation, outcome = story.operation, story.outcomes[-1]
        effects = {kind for kind, _key in outcome.record.effects}
        if operation.needs_cluster and not before.living:
            if effects:
                yield f"with no cluster there, it did {sorted(effects)}"
            return
        if "resize" in story.under_way and "No node was removed" in str(outcome.error):
            return  # an earlier task had asked for more nodes, which did not show yet
        if outcome.error and not isinstance(outcome.error, JobError):
            yield f"a task with nothing in its way fails: {outcome.error}"
            return
        living = self.scene.living("etl")
        if operation.module == "mrs_cluster" and len(living) != operation.clusters:
            yield f"{len(living)} living clusters"
        for cluster in living:
            yield from of_cluster(story, cluster)
            if outcome.result:
                yield from self._of_jobs(operation, cluster, outcome)

    def _of_jobs(self, operation: Operation, cluster: Cluster, outcome: Outcome) -> t.Iterator[str]:
        given = operation.given(self.flavor)
        wanted = given.get("job") or (given if operation.module == "mrs_job" else {})
        state = given.get("state", "present")
        if "output" in wanted:
            key = cluster.id, wanted["output"]
            number = len(self._counted()[key])
            if number > 1 or not self._good()[key]:
                yield f"{number} executions of the wanted job"
        there = [
            job
            for job in self.scene.world.store.cluster_jobs(cluster.id)
            if operation.means(job, self.flavor)
        ]
        began = self.scene.director.time - outcome.seconds
        if any(job.submitted_at > began for job in there) and any(
            "is starting" in w for w in outcome.told["warnings"]
        ):
            return  # it came with the cluster and does not show yet: the task says so
        if operation.module == "mrs_job" and state == "absent" and there:
            yield f"{len(there)} executions are there"
        now = self.scene.director.time
        if (
            operation.module == "mrs_job"
            and state == "cancelled"
            and not all(job_over(job, now) for job in there)
        ):
            yield "executions are running"


class AccountOfNames(Account):
    """Where clusters get other names. What happens at the console happens to the one called etl."""

    calm = (CHECK, CLEAN)
    names = ("etl", "nightly", "weekly")

    def ids(self) -> list[str]:
        """The living clusters."""
        return [cluster.id for name in self.names for cluster in self.scene.living(name)]

    def _look(self, story: Story) -> Before:
        before = super()._look(story)
        there = [cluster for name in self.names for cluster in self.scene.living(name)]
        self._named = {cluster.name: cluster.id for cluster in there}
        return dataclasses.replace(before, living=there)

    def _of_account(self, story: Story, before: Before) -> t.Iterator[str]:
        wanted = story.operation
        for name in self.names:
            if len(self.scene.living(name)) > 1:
                yield f"several living clusters are called {name}"
        made = len(self.scene.made_clusters) - before.made
        deleted = sum(kind == "delete" for kind, _key in story.blown)
        if made > (deleted + (wanted.name not in self._named) if wanted.clusters else 0):
            yield f"{made} clusters were created"
        meant = wanted.given(self.flavor).get("id")
        for kind, key in (effect for outcome in story.all for effect in outcome.record.effects):
            if kind == "rename" and key != meant:
                yield f"cluster {key} got another name"

    def _of_calm_task(self, story: Story, before: Before) -> t.Iterator[str]:
        operation, (check, outcome) = story.operation, story.outcomes
        meant = operation.given(self.flavor).get("id")
        holder = self._named.get(operation.name)
        if check.settled:
            yield from of_preview(check, outcome)
        if meant and holder not in (None, meant):
            if "has this name already" not in str(outcome.error) or outcome.record.effects:
                yield f"the name is taken: {outcome.told} {outcome.record.effects}"
            return
        if outcome.error:
            yield f"a task with nothing in its way fails: {outcome.error}"
        found = [cluster.id for cluster in self.scene.living(operation.name)]
        if len(found) != operation.clusters or (meant and found != [meant]):
            yield f"the clusters {found} are called {operation.name}"
        others = self._named.keys() - {operation.name}
        for name in others:
            if self._named[name] != meant and not self.scene.living(name):
                yield f"the cluster {name} is not there any more"
