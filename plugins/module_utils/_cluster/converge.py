# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings a cluster to its wanted state, one change after the other.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OvertakenError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Change, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
    ChangeTags,
    Create,
    Delete,
    Rename,
    SwitchDefaultTags,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.look import Target, look
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    Current,
    plan_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy_plan import SetPolicy
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.plan import (
    Submit,
    execution_that_counts,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
        AddComponents,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import Resize
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )

#: Seconds that a job which was given with the creation may take to appear on the running cluster.
JOB_APPEARS_WITHIN = 300.0


class Convergence:
    """One run: each change is asked for once and waited for; then it looks and plans again.

    What is planned again is the rest of the first plan, except where somebody else has changed the
    cluster as well.
    """

    def __init__(self, context: Context, target: Target) -> None:
        self._context, self._target = context, target
        #: The first plan for the cluster as it is when nothing is on its way any more.
        self._first: Plan | None = None
        #: Changes that were made and showed as wanted once more, with the time of that.
        self._awaited: list[tuple[Change, float]] = []

    def run(self, current: Current, plan: Plan) -> None:
        """Do what is planned; the job comes last."""
        current = self._changed(current, plan)
        cluster = current.found.cluster
        if cluster and cluster.state == "abnormal":
            self._context.warn(
                f"Cluster {cluster.title} is {cluster.description}: it may not work."
            )
        if cluster and self._context.wait and not self._is_shut_down(current):
            self._await_readiness(cluster)
        self._run_jobs(current)
        if self._target.desired.all_jobs and self._context.wait:
            self._look_back(current)

    def _await_readiness(self, cluster: Cluster) -> None:
        """A running cluster may not be what the user waits for."""
        if self._target.desired.wait_for == "running":
            return
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.ready import (
            until_ready,
        )

        until_ready(self._context, cluster, self._target.desired.wait_for)

    def _look_back(self, current: Current) -> None:
        """A resize may have been delivered once more while the job ran.

        :raises WaitError: more nodes are there than this run asked for.
        """
        known = current.found.cluster
        if known is None or not self._resizes():
            return
        cluster = self._context.client.cluster(known.id)
        if cluster is None or cluster.state in cluster_state.HOPELESS:
            return
        cluster = cluster_wait.until_usable(self._context, cluster)
        self._context.results["cluster"] = cluster.result()
        self._check_counts(cluster)

    def _resizes(self) -> list[Resize]:
        """Those that this run has made."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import (
            Resize,
        )

        return [change for change in self._context.done.changes if isinstance(change, Resize)]

    def _check_counts(self, cluster: Cluster | None) -> None:
        """:raises WaitError: more nodes are there than this run asked for."""
        if cluster is None:
            return
        for resize in self._resizes():
            count = cluster.counts.get(resize.group, resize.after)
            if resize.outwards and count > resize.after:
                from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import (
                    resize_plan,
                )

                raise resize_plan.overshot(
                    cluster.title, resize.group, first=resize.before, wanted=resize.after, now=count
                )

    def _changed(self, current: Current, plan: Plan | None) -> Current:
        """What is there after all changes but the job."""
        problem = f"Cluster {self._target.title} keeps changing while this task changes it."
        for _round in self._context.rounds(problem):
            settled = self._settled(current)
            if self._is_shut_down(settled):
                return settled
            if plan is None or settled is not current:
                plan = plan_cluster(self._target.desired, settled, wait=self._context.wait)
            current = settled
            changes = self._left(current, plan)
            if not changes:
                return current
            plan = None
            if self._is_news(changes[0]) and self._perform(current, changes[0]):
                current = look(self._context, self._target)
                if len(changes) == 1 and not self._context.wait:
                    self._check_counts(current.found.cluster)
                    return current
            else:
                current = self._until_news(current, changes[0])
        return current

    def _is_news(self, change: Change) -> bool:
        """It was not made by this run.

        What was made may show late, and an answer from a copy that is behind may lack what the one
        before it had. So it is not made again for as long as an answer may be behind.
        """
        if isinstance(change, Create) or not self._is_made(change):
            return True
        now = self._context.waiter.elapsed()
        known = [when for each, when in self._awaited if each == change]
        if not known:
            self._awaited.append((change, now))
        return bool(known) and now - known[0] >= self._context.patience

    def _is_made(self, change: Change) -> bool:
        return change in self._context.done.changes

    def _until_news(self, current: Current, change: Change | None = None) -> Current:
        """What is there once it shows the change that was made, or what somebody else changed."""

        def is_new(seen: Current) -> bool:
            if change is None or not self._is_made(change):
                told = [(each.found, each.default_tags) for each in (seen, current)]
                return told[0] != told[1]
            return change not in plan_cluster(self._target.desired, seen, wait=True).changes

        stage = "waiting until the change shows"
        return self._context.until_shown(
            f"cluster {self._target.title}",
            lambda: look(self._context, self._target),
            is_new,
            lambda seen: stage,
        )

    def _left(self, current: Current, plan: Plan) -> list[Change]:
        """What is to do of the plan besides the job.

        :raises WaitError: nodes would be taken away that came while this task was at it.
        """
        self._context.planned(plan)
        cluster = current.found.cluster
        if self._first is None and cluster and cluster_state.is_settled(cluster):
            self._first = plan
        changes: list[Change] = []
        for change in plan.changes:
            if self._first and cluster:
                _check_not_overshot(cluster, self._first, change)
            if not isinstance(change, Submit) and not self._is_late(change, cluster):
                changes.append(change)
        return changes

    def _is_late(self, change: Change, cluster: Cluster | None) -> bool:
        """It was made, and does not show. What is asked for once more is the same, so it is not."""
        if change not in self._context.done.changes:
            return False
        if isinstance(change, SetPolicy):
            group = cluster.group(change.group) if cluster else None
            if group and group.auto_scaling_policy:
                self._context.warn(
                    "The service shows another auto scaling policy of cluster "
                    f"{self._target.title} than the one that was set, so it is set in each run."
                )
            return True
        return isinstance(change, (ChangeTags, SwitchDefaultTags)) and not self._context.wait

    def _settled(self, current: Current) -> Current:
        """What is there once nothing is on its way any more. C(wait) false takes it as it is."""
        context = self._context
        current = self._appeared(current)
        cluster = current.found.cluster
        if cluster is None or current.finished or self._is_shut_down(current):
            return current
        if self._target.created:
            cluster_state.check_hope(cluster)
        is_still = cluster.state == "failed" or cluster_state.is_settled(cluster)
        if is_still or not context.wait:
            return current
        if cluster.state == "terminating":
            cluster_wait.until_gone(context, cluster)
        else:
            self._start_up(cluster)
        return look(context, self._target)

    def _appeared(self, current: Current) -> Current:
        """A new cluster may not show yet."""
        if self._target.created and current.found.cluster is None:
            return self._until_news(current)
        return current

    def _is_shut_down(self, current: Current) -> bool:
        """The cluster that was created with a job is going or gone, because the job is done."""
        cluster = current.found.cluster
        wanted = self._target.followed and self._target.desired.shuts_down
        return wanted and cluster is not None and cluster.state in ("terminating", "terminated")

    def _start_up(self, cluster: Cluster) -> None:
        """Wait for a usable cluster, or one that its job has shut down before it was seen running.

        From then on it is looked for by its id, since a list may be behind the detail that was
        waited for.
        """
        self._target = self._target._replace(id=cluster.id, followed=True)
        ends = ("terminating", "terminated") if self._target.desired.shuts_down else ()
        cluster_wait.follow(
            self._context, cluster, lambda seen: cluster_state.is_usable(seen, or_in=ends)
        )

    # The changes

    def _perform(self, current: Current, change: Change) -> bool:
        """Make one change; tells whether it was made by us. If not: look and plan again."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import (
            component_plan,
            resize_plan,
        )

        make: dict[type, t.Callable[[Current, t.Any], None]] = {
            Create: self._create,
            Delete: self._replace,
            resize_plan.Resize: self._resize,
            Rename: self._rename,
            component_plan.AddComponents: self._add_components,
            ChangeTags: self._change_tags,
            SwitchDefaultTags: self._switch_default_tags,
            SetPolicy: self._set_policy,
        }
        try:
            make[type(change)](current, change)
        except OvertakenError:
            return False
        return True

    def _create(self, current: Current, change: Create) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.create import create

        desired = self._target.desired
        if self._target.created:
            raise MrsError(
                f"Cluster {desired.name} ({self._target.id}), just created, is gone again."
            )
        identity = create(self._context, desired, current.found)
        self._target = self._target._replace(id=identity, created=True, followed=True)
        self._context.did(change)
        for job in desired.all_jobs if desired.creates_with_job else ():
            self._context.did(Submit(job.name))

    def _replace(self, current: Current, change: Delete) -> None:
        """Delete a cluster that differs; once is what was allowed."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.delete import remove

        desired = self._target.desired.in_place_of(change.cluster)
        desired = desired._replace(recreate="never", id=None)
        self._target = self._target._replace(desired=desired, id=None)
        remove(self._context, change.cluster)

    def _resize(self, current: Current, change: Resize) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import (
            resize as resizing,
        )

        cluster = t.cast(Cluster, current.found.cluster)
        resizing.send(self._context, cluster, change)
        self._context.did(change)
        if self._context.wait:
            resizing.finish(self._context, cluster, change)

    def _rename(self, current: Current, change: Rename) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.rename import rename

        rename(self._context, t.cast(Cluster, current.found.cluster), change)

    def _add_components(self, current: Current, change: AddComponents) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import components

        cluster = t.cast(Cluster, current.found.cluster)
        components.add(self._context, cluster, change)
        if self._context.wait:
            components.until_there(self._context, cluster, change)

    def _change_tags(self, current: Current, change: ChangeTags) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.tags import (
            change_tags,
        )

        change_tags(self._context, t.cast(Cluster, current.found.cluster), change)

    def _switch_default_tags(self, current: Current, change: SwitchDefaultTags) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.default_tags import (
            switch,
        )

        switch(self._context, t.cast(Cluster, current.found.cluster), change)

    def _set_policy(self, current: Current, change: SetPolicy) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy import (
            set_policy,
        )

        set_policy(self._context, t.cast(Cluster, current.found.cluster), change)

    # The jobs

    def _run_jobs(self, current: Current) -> None:
        desired, cluster = self._target.desired, current.found.cluster
        if not desired.all_jobs:
            return
        if current.finished:
            _check_success(current.finished)
        elif cluster and self._can_judge_jobs(cluster, current):
            self._run_each(cluster, current.executions or ())
            if desired.shuts_down and self._context.wait:
                self._await_shutdown(cluster)

    def _can_judge_jobs(self, cluster: Cluster, current: Current) -> bool:
        """Whether it can be known which jobs run.

        Without C(wait), nobody knows what runs on a new cluster, or on one that is not usable.
        """
        if self._context.wait:
            return True
        if self._target.created:
            return False
        if current.executions is None:
            names = ", ".join(job.name for job in self._target.desired.all_jobs)
            self._context.warn(
                f"Cluster {cluster.title} is {cluster.description}: whether job {names} runs on it "
                "was not checked."
            )
            return False
        return True

    def _run_each(self, cluster: Cluster, before: t.Sequence[JobExecution]) -> None:
        """One after the other, since that may be the way in which the service runs them."""
        context, desired = self._context, self._target.desired
        is_busy = False
        for job in desired.all_jobs:
            there = execution_that_counts(job, before)
            may_show_late = is_busy and there is None
            if may_show_late and not context.wait:
                context.warn(
                    f"Whether job {job.name} came with cluster {cluster.title} was not checked "
                    "while others of its jobs run."
                )
                return
            self._run_one(cluster, job, is_late=may_show_late)
            if desired.jobs:
                is_busy = is_busy or (there is not None and not there.has_ended)
                context.results["job_executions"] += [context.results.pop("job_execution")]

    def _run_one(self, cluster: Cluster, job: DesiredJob, *, is_late: bool) -> None:
        """C(is_late): jobs that came with the creation run, so this one may come after them."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.submit import (
            run_job,
            until_appeared,
        )

        context, created = self._context, self._target.created
        seen: t.Sequence[JobExecution] = ()
        is_new = self._target.followed and self._came_with_creation(cluster)
        if is_new or is_late:
            # It may take a while to show. On a new cluster there is none of before.
            seen = until_appeared(context, cluster.id, job, JOB_APPEARS_WITHIN, must=created)
            job = dataclasses.replace(job, rerun="never") if is_new else job
        run_job(context, cluster.id, job, seen)

    def _came_with_creation(self, cluster: Cluster) -> bool:
        """Whether jobs were part of the creation.

        One job is, where API v1.1 makes the cluster and takes the job.
        """
        desired = self._target.desired
        if desired.jobs:
            return True
        by_v1 = desired.creation_api().api == V1
        return by_v1 and desired.job_api(cluster.version, cluster.safe_mode) == V1

    def _await_shutdown(self, cluster: Cluster) -> None:
        """The service deletes the cluster after the job, if it was created with it."""
        seen = cluster_wait.until_leaving(self._context, cluster)
        if seen.state in cluster_state.LEAVING:
            cluster_wait.until_gone(self._context, seen)
        else:
            self._context.warn(
                "shutdown_cluster only works for a cluster that is created with its job; "
                f"{seen.title} stays."
            )


def _check_success(executions: t.Iterable[JobExecution]) -> None:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import check_success

    for execution in executions:
        check_success(execution)


def _check_not_overshot(cluster: Cluster, first: Plan, change: Change) -> None:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import (
        check_not_overshot,
    )

    check_not_overshot(cluster.title, first.changes, change)
