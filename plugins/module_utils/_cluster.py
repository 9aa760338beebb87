# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters: brought to the wanted state one change after the other, each planned from what is there then.

Shared behaviour of all changes: look, ask once, wait, look again. A request that somebody else was faster with is not
sent, and one whose answer was lost is looked for before anything is sent again.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _cluster_state, _cluster_wait, _find
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster_options import desired_cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster_plan import (
    ChangeTags,
    Create,
    Current,
    Delete,
    SetPolicy,
    differences,
    plan_absent,
    plan_present,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster_state import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import (
    MrsError,
    OvertakenError,
    ServiceError,
    UnknownOutcomeError,
    UnreachableError,
    WaitError,
    looking_after,
    waiting_after,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_plan import Submit, standing
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._plan import Params, Plan

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster_plan import ClusterChange
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JobExecution

DUPLICATE_NAME = "12000043"
#: How often a cluster may turn out to differ again after a change, before the task gives up.
MOST_ROUNDS = 20
#: Seconds that a job which was given with the creation may take to appear on the running cluster.
JOB_APPEARS_WITHIN = 300.0


class ClusterTask:
    """M(huaweicloud.mrs.mrs_cluster)."""

    def __init__(self, params: Params) -> None:
        self._desired = desired_cluster(params)
        self._absent = params["state"] == "absent"
        self._id: str | None = params["id"]
        self._region: str | None = None
        self._created = False
        self._followed = False  # since before it was usable, so that its first job may still be on its way

    def secrets(self) -> t.Collection[str]:
        return self._desired.secrets()

    # Looking

    def read(self, context: Context) -> Current:
        self._region = context.region
        found = self._find(context)
        cluster = found.cluster
        if cluster is None and self._desired.id and not self._desired.name and not self._absent:
            raise MrsError(f"There is no cluster {self._desired.id}.", hint="Give a name to create one.")
        context.results["cluster"] = cluster.result() if cluster else None
        if self._absent:
            return Current(found)
        if self._desired.job:
            context.results.setdefault("job_execution", None)
        return self._with_jobs(context, found)

    def _find(self, context: Context) -> Found:
        desired = self._desired
        if self._created:  # followed to its end, whatever that is
            cluster = context.client.cluster(t.cast(str, self._id))
            return self._with_true_tags(context, Found(cluster))
        if self._id:
            found = _find.by_id(context.client, self._id)
            if found.cluster or not desired.name:
                return self._with_true_tags(context, found)
        found = _find.by_name(context.client, t.cast(str, desired.name), desired.enterprise_project_id)
        return self._with_true_tags(context, found)

    def _with_true_tags(self, context: Context, found: Found) -> Found:
        """Tags in a detail may be late; a difference is only believed when the tag call says so, too."""
        cluster, wanted = found.cluster, self._desired.tags
        if cluster is None or wanted is None or cluster.state not in _cluster_state.USABLE or cluster.tags == wanted:
            return found
        return found._replace(cluster=cluster._replace(tags=context.client.tags(cluster)))

    def _with_jobs(self, context: Context, found: Found) -> Current:
        cluster, job = found.cluster, self._desired.job
        current = Current(found)
        if cluster and cluster.state in _cluster_state.USABLE:
            if job:
                current = current._replace(executions=self._executions(context, cluster))
            if self._desired.recreate == "on_change" and differences(self._desired, cluster):
                running = [each for each in context.client.job_executions(cluster.id) if not each.has_ended]
                current = current._replace(running=tuple(running))
        elif job and job.shutdown_cluster and not self._created:
            current = current._replace(finished=self._finished(context, found))
        return current

    def _executions(self, context: Context, cluster: Cluster) -> tuple[JobExecution, ...]:
        job = self._desired.job
        return tuple(context.client.job_executions(cluster.id, job.name)) if job else ()

    def _finished(self, context: Context, found: Found) -> JobExecution | None:
        """The wanted job, as it ran on a cluster of this name that it then shut down."""
        past = list(found.terminated)
        if found.cluster and found.cluster.state == "terminating":
            past.insert(0, found.cluster)
        for cluster in past:
            if cluster.created_at != past[0].created_at:  # older than the last one
                break
            there = self._outlived(cluster, self._executions(context, cluster))
            if there:
                context.results.update(cluster=cluster.result(), job_execution=there.result())
                return there
        return None

    def _outlived(self, cluster: Cluster, executions: t.Sequence[JobExecution]) -> JobExecution | None:
        """The wanted job on a cluster that is going or gone, judged by its end."""
        if cluster.state == "terminated":
            executions = [each.ended_with_its_cluster() for each in executions]
        there = standing(self._desired.job, executions) if self._desired.job else None
        return there if there and there.has_ended else None

    # Planning

    def plan(self, current: Current) -> Plan:
        if self._absent:
            return plan_absent(current)
        plan = plan_present(self._desired, current)
        for change in plan.changes:
            if isinstance(change, Create):  # what it lacks is said before anything is done, and in check mode, too
                dataclasses.replace(self._desired, name=change.name or None).creation(self._region)
        return plan

    # Acting

    def apply(self, context: Context, current: Current) -> None:
        if self._absent:
            self._remove(context, current.found.cluster)
            context.results["cluster"] = None
            return
        for _round in range(MOST_ROUNDS):
            current = self._settled(context, current)
            if self._is_shut_down(current):
                break
            changes = [change for change in self.plan(current).changes if not isinstance(change, Submit)]
            if not changes:
                break
            is_last = len(changes) == 1
            if (
                self._perform(context, current, t.cast("ClusterChange", changes[0]), is_last)
                and is_last
                and not context.wait
            ):
                current = self.read(context)
                break
            current = self.read(context)
        else:
            raise MrsError(f"Cluster {self._desired.name or self._id} keeps changing while it is brought to its state.")
        cluster = current.found.cluster
        if cluster and cluster.state == "abnormal":
            context.warn(f"Cluster {cluster.title} is {cluster.told}: it may not work.")
        self._run_job(context, current)

    def _settled(self, context: Context, current: Current) -> Current:
        """What is there once nothing is on its way any more. C(wait) false takes it as it is."""
        cluster = current.found.cluster
        if cluster is None or current.finished or self._is_shut_down(current):
            return current
        if self._created:
            _cluster_state.check_hope(cluster)
        if cluster.state == "terminating":
            if not context.wait:
                raise WaitError(f"Cluster {cluster.title} is being deleted.", hint="With wait: true it is waited for.")
            _cluster_wait.until_gone(context, cluster)
            return self.read(context)
        if (
            not context.wait
            or cluster.state == "failed"
            or (cluster.state in _cluster_state.USABLE and not cluster.scaling)
        ):
            return current
        self._start_up(context, cluster)
        return self.read(context)

    def _is_shut_down(self, current: Current) -> bool:
        """The cluster that was created with a job is going or gone, because the job is done."""
        cluster, job = current.found.cluster, self._desired.job
        wanted = bool(self._followed and job and job.shutdown_cluster)
        return wanted and cluster is not None and cluster.state in ("terminating", "terminated")

    def _start_up(self, context: Context, cluster: Cluster) -> None:
        """Wait for a usable cluster; one that its job shuts down may be gone before it was seen running."""
        self._followed = True
        job = self._desired.job
        ends = ("terminating", "terminated") if job and job.shutdown_cluster else ()
        _cluster_wait.follow(context, cluster, lambda seen: _cluster_state.is_usable(seen, or_in=ends))

    def _perform(self, context: Context, current: Current, change: ClusterChange, is_last: bool) -> bool:
        """Make one change; tells whether it was made by us."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils import _resize
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._resize_plan import Resize

        cluster = t.cast(Cluster, current.found.cluster)
        if isinstance(change, Create):
            return self._create(context, current)
        if isinstance(change, Delete):
            return self._make_room(context, cluster)
        if isinstance(change, Resize):
            if not _resize.send(context, cluster, change):
                return False
            context.actions.append(change.action)
            if context.wait or not is_last:
                _resize.finish(context, cluster, change)
            return True
        if isinstance(change, ChangeTags):
            self._change_tags(context, cluster, change)
        elif isinstance(change, SetPolicy):
            context.client.set_auto_scaling_policy(cluster, change.policy)
            context.actions.append(change.action)
        return True

    def _make_room(self, context: Context, cluster: Cluster) -> bool:
        """Delete a cluster that differs; once is what was allowed."""
        name = self._desired.name or cluster.name
        self._desired = dataclasses.replace(self._desired, recreate="never", name=name, id=None)
        self._id = None
        self._remove(context, cluster)
        return True

    def _create(self, context: Context, current: Current) -> bool:
        if self._created:
            raise MrsError(f"Cluster {self._desired.name} ({self._id}), just created, is gone again.")
        name = t.cast(str, self._desired.name)
        body = self._desired.creation(context.region)
        refused: ServiceError | None = None
        with context.alone("cluster name", name):
            found = self._find(context)
            if found.ids != current.found.ids:
                return False
            try:
                self._id = self._ask_for_creation(context, body, found)
            except OvertakenError:
                return False
            except ServiceError as error:
                if error.code != DUPLICATE_NAME:
                    raise
                refused = error
        if refused:
            self._await_name(context, self._find(context).cluster, refused)
            return False
        self._created = self._followed = True
        context.actions.append(Create(name).action)
        if self._desired.job:
            context.actions.append(Submit(self._desired.job.name).action)
        return True

    def _ask_for_creation(self, context: Context, body: dict[str, t.Any], found: Found) -> str:
        """Ask once; where the answer is lost, look for the cluster.

        A name is taken only once (12000043), so asking again after it was not found cannot make a second one.
        """
        lost: UnknownOutcomeError | None = None
        for _attempt in range(2):
            try:
                return context.client.create_cluster(body, lambda: self._find(context).ids == found.ids)
            except UnknownOutcomeError as error:
                lost = error
            except (ServiceError, UnreachableError) as error:
                if lost is None:
                    raise
                lost.__cause__ = error
            with looking_after(lost):
                made = self._appeared(context, body["cluster_name"], found)
            if made:
                return made
        raise t.cast(UnknownOutcomeError, lost)

    def _appeared(self, context: Context, name: str, before: Found) -> str | None:
        """The id of a cluster of this name that was not there before, within the time given to looking for it."""
        started = context.waiter.elapsed()
        seen = context.waiter.until(
            f"cluster {name}",
            lambda: _find.by_name(context.client, name, self._desired.enterprise_project_id),
            lambda seen: bool(seen.ids - before.ids) or context.waiter.elapsed() - started >= context.patience,
            lambda seen: "looking whether it was created",
        )
        new = seen.ids - before.ids
        return seen.cluster.id if seen.cluster and seen.cluster.id in new else next(iter(sorted(new)), None)

    def _await_name(self, context: Context, holder: Cluster | None, refused: ServiceError) -> None:
        """The name is taken. A living holder is adopted; a failed one is removed by the service before long."""
        if holder is None or (holder.state == "failed" and not context.wait):
            raise refused
        if holder.state == "failed":
            _cluster_wait.follow(context, holder, lambda seen: seen.state == "terminated", gone="terminated")

    def _change_tags(self, context: Context, cluster: Cluster, change: ChangeTags) -> None:
        """Set before removing, and look until the change shows: tags may be late (9.2)."""
        earlier = list(context.actions)
        if change.set:
            context.client.change_tags(cluster, "create", change.set)
            context.actions[:] = [*earlier, ChangeTags(change.set, {}).action]
        if change.remove:
            context.client.change_tags(cluster, "delete", change.remove)
            context.actions[:] = [*earlier, change.action]
        if not context.wait:
            return
        context.waiter.until(
            f"the tags of cluster {cluster.title}",
            lambda: context.client.tags(cluster),
            lambda tags: change.set.items() <= tags.items() and not change.remove.keys() & tags.keys(),
            lambda tags: "changing tags",
            limit=max(context.patience, 60.0),
        )

    def _remove(self, context: Context, cluster: Cluster | None) -> None:
        """Delete the cluster as soon as the service allows it, and wait until it is gone."""
        while cluster and cluster.state not in _cluster_state.LEAVING:
            cluster = self._delete(context, cluster)
        if cluster and context.wait:
            _cluster_wait.until_gone(context, cluster)

    def _delete(self, context: Context, cluster: Cluster) -> Cluster:
        """Ask for the deletion; gives the cluster as it is to be judged next."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._codes import Retry, lookup

        if context.wait:
            cluster = _cluster_wait.until_deletable(context, cluster)
            if cluster.state in _cluster_state.LEAVING:
                return cluster
        try:
            context.client.delete_cluster(cluster)
        except UnknownOutcomeError as lost:
            with looking_after(lost):
                now = _cluster_wait.until_leaving(context, cluster)
            if now.state not in _cluster_state.LEAVING:
                raise
        except ServiceError as error:
            now = context.client.cluster(cluster.id) or _cluster_state.with_state(cluster, "terminated")
            code = lookup(error.code, error.status)
            if now.state in _cluster_state.LEAVING:  # somebody else was faster
                return now
            if not context.wait or code is None or code.retry is not Retry.STATE:
                raise
            with waiting_after(error):
                return _cluster_wait.watch(
                    context, now, lambda seen: seen.state != now.state, context.patience, gone="terminated"
                )
        context.actions.append(Delete(cluster).action)
        return _cluster_state.with_state(cluster, "terminating")

    # The job

    def _run_job(self, context: Context, current: Current) -> None:
        job, cluster = self._desired.job, current.found.cluster
        if job is None:
            return
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job import run_job, until_appeared
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_wait import check_success

        if current.finished:
            check_success(current.finished)
            return
        if cluster is None or (self._created and not context.wait):
            return
        if self._followed:
            # It came with the creation and may take a while to show. On a new cluster there is none of before.
            until_appeared(context, cluster.id, job, JOB_APPEARS_WITHIN, must=self._created)
            job = dataclasses.replace(job, rerun="never")
        execution = run_job(context, cluster.id, job)
        if job.shutdown_cluster and context.wait:
            self._await_shutdown(context, cluster, execution)

    def _await_shutdown(self, context: Context, cluster: Cluster, execution: JobExecution) -> None:
        """The service deletes the cluster after the job, if it was created with it."""
        seen = _cluster_wait.until_leaving(context, cluster)
        if seen.state in _cluster_state.LEAVING:
            _cluster_wait.until_gone(context, seen)
        else:
            context.warn(f"shutdown_cluster only acts on a cluster that is created with its job; {seen.title} stays.")
