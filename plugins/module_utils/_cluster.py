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

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _find, _settle
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
from ansible_collections.huaweicloud.mrs.plugins.module_utils._find import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_plan import Submit, standing
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._run import Params, Plan, Work

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

    def read(self, work: Work) -> Current:
        self._region = work.region
        found = self._find(work)
        cluster = found.cluster
        if cluster is None and self._desired.id and not self._desired.name and not self._absent:
            raise MrsError(f"There is no cluster {self._desired.id}.", hint="Give a name to create one.")
        work.results["cluster"] = cluster.result() if cluster else None
        if self._absent:
            return Current(found)
        if self._desired.job:
            work.results.setdefault("job_execution", None)
        return self._with_jobs(work, found)

    def _find(self, work: Work) -> Found:
        desired = self._desired
        if self._created:  # followed to its end, whatever that is
            cluster = work.client.cluster(t.cast(str, self._id))
            return self._with_true_tags(work, Found(cluster))
        if self._id:
            found = _find.by_id(work.client, self._id)
            if found.cluster or not desired.name:
                return self._with_true_tags(work, found)
        found = _find.by_name(work.client, t.cast(str, desired.name), desired.enterprise_project_id)
        return self._with_true_tags(work, found)

    def _with_true_tags(self, work: Work, found: Found) -> Found:
        """Tags in a detail may be late; a difference is only believed when the tag call says so, too."""
        cluster, wanted = found.cluster, self._desired.tags
        if cluster is None or wanted is None or cluster.state not in _settle.USABLE or cluster.tags == wanted:
            return found
        return found._replace(cluster=cluster._replace(tags=work.client.tags(cluster)))

    def _with_jobs(self, work: Work, found: Found) -> Current:
        cluster, job = found.cluster, self._desired.job
        current = Current(found)
        if cluster and cluster.state in _settle.USABLE:
            if job:
                current = current._replace(executions=self._executions(work, cluster))
            if self._desired.recreate == "on_change" and differences(self._desired, cluster):
                running = [each for each in work.client.job_executions(cluster.id) if not each.has_ended]
                current = current._replace(running=tuple(running))
        elif job and job.shutdown_cluster and not self._created:
            current = current._replace(finished=self._finished(work, found))
        return current

    def _executions(self, work: Work, cluster: Cluster) -> tuple[JobExecution, ...]:
        job = self._desired.job
        return tuple(work.client.job_executions(cluster.id, job.name)) if job else ()

    def _finished(self, work: Work, found: Found) -> JobExecution | None:
        """The wanted job, as it ran on a cluster of this name that it then shut down."""
        past = list(found.terminated)
        if found.cluster and found.cluster.state == "terminating":
            past.insert(0, found.cluster)
        for cluster in past:
            if cluster.created_at != past[0].created_at:  # older than the last one
                break
            there = self._outlived(cluster, self._executions(work, cluster))
            if there:
                work.results.update(cluster=cluster.result(), job_execution=there.result())
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

    def apply(self, work: Work, current: Current) -> None:
        if self._absent:
            self._remove(work, current.found.cluster)
            work.results["cluster"] = None
            return
        for _round in range(MOST_ROUNDS):
            current = self._settled(work, current)
            if self._is_shut_down(current):
                break
            changes = [change for change in self.plan(current).changes if not isinstance(change, Submit)]
            if not changes:
                break
            is_last = len(changes) == 1
            if self._perform(work, current, t.cast("ClusterChange", changes[0]), is_last) and is_last and not work.wait:
                current = self.read(work)
                break
            current = self.read(work)
        else:
            raise MrsError(f"Cluster {self._desired.name or self._id} keeps changing while it is brought to its state.")
        cluster = current.found.cluster
        if cluster and cluster.state == "abnormal":
            work.warn(f"Cluster {cluster.title} is {cluster.told}: it may not work.")
        self._run_job(work, current)

    def _settled(self, work: Work, current: Current) -> Current:
        """What is there once nothing is on its way any more. C(wait) false takes it as it is."""
        cluster = current.found.cluster
        if cluster is None or current.finished or self._is_shut_down(current):
            return current
        if self._created:
            _settle.check_hope(cluster)
        if cluster.state == "terminating":
            if not work.wait:
                raise WaitError(f"Cluster {cluster.title} is being deleted.", hint="With wait: true it is waited for.")
            _settle.until_gone(work, cluster)
            return self.read(work)
        if not work.wait or cluster.state == "failed" or (cluster.state in _settle.USABLE and not cluster.scaling):
            return current
        self._start_up(work, cluster)
        return self.read(work)

    def _is_shut_down(self, current: Current) -> bool:
        """The cluster that was created with a job is going or gone, because the job is done."""
        cluster, job = current.found.cluster, self._desired.job
        wanted = bool(self._followed and job and job.shutdown_cluster)
        return wanted and cluster is not None and cluster.state in ("terminating", "terminated")

    def _start_up(self, work: Work, cluster: Cluster) -> None:
        """Wait for a usable cluster; one that its job shuts down may be gone before it was seen running."""
        self._followed = True
        job = self._desired.job
        ends = ("terminating", "terminated") if job and job.shutdown_cluster else ()
        _settle.follow(work, cluster, lambda seen: _settle.is_usable(seen, or_in=ends))

    def _perform(self, work: Work, current: Current, change: ClusterChange, is_last: bool) -> bool:
        """Make one change; tells whether it was made by us."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils import _resize

        cluster = t.cast(Cluster, current.found.cluster)
        if isinstance(change, Create):
            return self._create(work, current)
        if isinstance(change, Delete):
            return self._make_room(work, cluster)
        if isinstance(change, _resize.Resize):
            if not _resize.send(work, cluster, change):
                return False
            work.actions.append(change.action)
            if work.wait or not is_last:
                _resize.finish(work, cluster, change)
            return True
        if isinstance(change, ChangeTags):
            self._change_tags(work, cluster, change)
        elif isinstance(change, SetPolicy):
            work.client.set_auto_scaling_policy(cluster, change.policy)
            work.actions.append(change.action)
        return True

    def _make_room(self, work: Work, cluster: Cluster) -> bool:
        """Delete a cluster that differs; once is what was allowed."""
        name = self._desired.name or cluster.name
        self._desired = dataclasses.replace(self._desired, recreate="never", name=name, id=None)
        self._id = None
        self._remove(work, cluster)
        return True

    def _create(self, work: Work, current: Current) -> bool:
        if self._created:
            raise MrsError(f"Cluster {self._desired.name} ({self._id}), just created, is gone again.")
        name = t.cast(str, self._desired.name)
        body = self._desired.creation(work.region)
        refused: ServiceError | None = None
        with work.alone("cluster name", name):
            found = self._find(work)
            if found.ids != current.found.ids:
                return False
            try:
                self._id = self._ask_for_creation(work, body, found)
            except OvertakenError:
                return False
            except ServiceError as error:
                if error.code != DUPLICATE_NAME:
                    raise
                refused = error
        if refused:
            self._await_name(work, self._find(work).cluster, refused)
            return False
        self._created = self._followed = True
        work.actions.append(Create(name).action)
        if self._desired.job:
            work.actions.append(Submit(self._desired.job.name).action)
        return True

    def _ask_for_creation(self, work: Work, body: dict[str, t.Any], found: Found) -> str:
        """Ask once; where the answer is lost, look for the cluster.

        A name is taken only once (12000043), so asking again after it was not found cannot make a second one.
        """
        lost: UnknownOutcomeError | None = None
        for _attempt in range(2):
            try:
                return work.client.create_cluster(body, lambda: self._find(work).ids == found.ids)
            except UnknownOutcomeError as error:
                lost = error
            except (ServiceError, UnreachableError) as error:
                if lost is None:
                    raise
                lost.__cause__ = error
            with looking_after(lost):
                made = self._appeared(work, body["cluster_name"], found)
            if made:
                return made
        raise t.cast(UnknownOutcomeError, lost)

    def _appeared(self, work: Work, name: str, before: Found) -> str | None:
        """The id of a cluster of this name that was not there before, within the time given to looking for it."""
        started = work.waiter.elapsed()
        seen = work.waiter.until(
            f"cluster {name}",
            lambda: _find.by_name(work.client, name, self._desired.enterprise_project_id),
            lambda seen: bool(seen.ids - before.ids) or work.waiter.elapsed() - started >= work.patience,
            lambda seen: "looking whether it was created",
        )
        new = seen.ids - before.ids
        return seen.cluster.id if seen.cluster and seen.cluster.id in new else next(iter(sorted(new)), None)

    def _await_name(self, work: Work, holder: Cluster | None, refused: ServiceError) -> None:
        """The name is taken. A living holder is adopted; a failed one is removed by the service before long."""
        if holder is None or (holder.state == "failed" and not work.wait):
            raise refused
        if holder.state == "failed":
            _settle.follow(work, holder, lambda seen: seen.state == "terminated", gone="terminated")

    def _change_tags(self, work: Work, cluster: Cluster, change: ChangeTags) -> None:
        """Set before removing, and look until the change shows: tags may be late (9.2)."""
        earlier = list(work.actions)
        if change.set:
            work.client.change_tags(cluster, "create", change.set)
            work.actions[:] = [*earlier, ChangeTags(change.set, {}).action]
        if change.remove:
            work.client.change_tags(cluster, "delete", change.remove)
            work.actions[:] = [*earlier, change.action]
        if not work.wait:
            return
        work.waiter.until(
            f"the tags of cluster {cluster.title}",
            lambda: work.client.tags(cluster),
            lambda tags: change.set.items() <= tags.items() and not change.remove.keys() & tags.keys(),
            lambda tags: "changing tags",
            limit=max(work.patience, 60.0),
        )

    def _remove(self, work: Work, cluster: Cluster | None) -> None:
        """Delete the cluster as soon as the service allows it, and wait until it is gone."""
        while cluster and cluster.state not in _settle.LEAVING:
            cluster = self._delete(work, cluster)
        if cluster and work.wait:
            _settle.until_gone(work, cluster)

    def _delete(self, work: Work, cluster: Cluster) -> Cluster:
        """Ask for the deletion; gives the cluster as it is to be judged next."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._codes import Retry, lookup

        if work.wait:
            cluster = _settle.until_deletable(work, cluster)
            if cluster.state in _settle.LEAVING:
                return cluster
        try:
            work.client.delete_cluster(cluster)
        except UnknownOutcomeError as lost:
            with looking_after(lost):
                now = _settle.until_leaving(work, cluster)
            if now.state not in _settle.LEAVING:
                raise
        except ServiceError as error:
            now = work.client.cluster(cluster.id) or _settle.with_state(cluster, "terminated")
            code = lookup(error.code, error.status)
            if now.state in _settle.LEAVING:  # somebody else was faster
                return now
            if not work.wait or code is None or code.retry is not Retry.STATE:
                raise
            with waiting_after(error):
                return _settle.watch(work, now, lambda seen: seen.state != now.state, work.patience, gone="terminated")
        work.actions.append(Delete(cluster).action)
        return _settle.with_state(cluster, "terminating")

    # The job

    def _run_job(self, work: Work, current: Current) -> None:
        job, cluster = self._desired.job, current.found.cluster
        if job is None:
            return
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job import run_job, until_appeared
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_wait import check_success

        if current.finished:
            check_success(current.finished)
            return
        if cluster is None or (self._created and not work.wait):
            return
        if self._followed:
            # It came with the creation and may take a while to show. On a new cluster there is none of before.
            until_appeared(work, cluster.id, job, JOB_APPEARS_WITHIN, must=self._created)
            job = dataclasses.replace(job, rerun="never")
        execution = run_job(work, cluster.id, job)
        if job.shutdown_cluster and work.wait:
            self._await_shutdown(work, cluster, execution)

    def _await_shutdown(self, work: Work, cluster: Cluster, execution: JobExecution) -> None:
        """The service deletes the cluster after the job, if it was created with it."""
        seen = _settle.until_leaving(work, cluster)
        if seen.state in _settle.LEAVING:
            _settle.until_gone(work, seen)
        else:
            work.warn(f"shutdown_cluster only acts on a cluster that is created with its job; {seen.title} stays.")
