# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""M(huaweicloud.mrs.mrs_iam_sync) and M(huaweicloud.mrs.mrs_iam_sync_info).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Change, Params, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.iam_sync import (
    Forget,
    Names,
    Synchronise,
    ask,
    until_synchronised,
    view_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.query import Query
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.rounds import keep

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v2 import SyncedUsers

#: Users and groups of one request that takes them away (service_v2 6).
MOST_NAMES = 1000


class Current(t.NamedTuple):
    """The cluster, and what it knows."""

    cluster: Cluster
    synced: SyncedUsers
    #: The cluster has finished a synchronisation before.
    is_synchronous: bool


class IamSyncTask:
    """M(huaweicloud.mrs.mrs_iam_sync)."""

    def __init__(self, params: Params) -> None:
        self._params = params
        self._absent: bool = params["state"] == "absent"
        self._users: Names = tuple(sorted(set(params["users"] or ())))
        self._groups: Names = tuple(sorted(set(params["groups"] or ())))
        if params["users"] is None and params["groups"] is None and not params["all"]:
            raise OptionError("users, groups, all", "none of them is given, and one is needed")
        if self._absent and params["all"]:
            raise OptionError(
                "all", "not possible with state: absent; name the users and groups to remove"
            )
        if len(self._users) > MOST_NAMES or len(self._groups) > MOST_NAMES:
            raise OptionError("users, groups", f"up to {MOST_NAMES} of each are possible")

    def secrets(self) -> t.Collection[str]:
        return ()

    def read(self, context: Context) -> Current:
        context.results["api"] = V2
        cluster = finding.living(context.client, self._params["cluster"])
        current = Current(
            cluster,
            context.client.jobs.v2.users(cluster.id),
            self._is_synchronous(context, cluster.id),
        )
        _show(context, current.synced)
        return current

    def _is_synchronous(self, context: Context, cluster_id: str) -> bool:
        return bool(self._params["all"]) and context.client.jobs.v2.is_synchronous(cluster_id)

    def plan(self, current: Current) -> Plan:
        """:raises WaitError: there is something to change, and the cluster never takes it."""
        synced = current.synced
        plan = self._plan(synced.users, synced.groups, everyone=not current.is_synchronous)
        if plan.changes:
            cluster_state.check_hope(current.cluster)
        return plan

    def removes(self) -> bool:
        return self._absent

    def plan_for_later(self, context: Context) -> Plan:
        context.results.update(api=V2, users=[], groups=[])
        return self._plan((), (), everyone=True)

    def _plan(self, known_users: Names, known_groups: Names, *, everyone: bool) -> Plan:
        """C(everyone): the cluster has not made all users known yet."""
        before = view_of(set(known_users), set(known_groups))
        users = _those(self._users, known_users, known=self._absent)
        groups = _those(self._groups, known_groups, known=self._absent)
        everyone = everyone and bool(self._params["all"])
        if not (users or groups or everyone):
            return Plan((), before)
        change = Forget(users, groups) if self._absent else Synchronise(users, groups, everyone)
        return Plan((change,), before)

    def predict(self, context: Context, plan: Plan) -> None:
        context.results.update(users=plan.after["users"], groups=plan.after["groups"])

    def apply(self, context: Context, current: Current, plan: Plan) -> None:
        keep(self, context, current, plan, f"the IAM users of cluster {current.cluster.title}")

    def make(self, context: Context, current: Current, change: Change) -> None:
        asked = t.cast("Synchronise | Forget", change)
        cluster = current.cluster
        what = "its IAM users cannot be changed now"
        with cluster_wait.for_another_state(context, cluster, what):
            ask(context, cluster.id, asked)
        context.did(change)
        until_synchronised(context, cluster.id)
        if context.wait:
            _show(context, context.client.jobs.v2.users(cluster.id))


class IamSyncInfoTask(Query):
    """M(huaweicloud.mrs.mrs_iam_sync_info)."""

    def read(self, context: Context) -> None:
        context.acts = False
        cluster = finding.living(context.client, self._params["cluster"])
        context.results["api"] = V2
        _show(context, context.client.jobs.v2.users(cluster.id))
        context.results["synchronizing"] = context.client.jobs.v2.is_synchronizing(cluster.id)


def _show(context: Context, synced: SyncedUsers) -> None:
    context.results.update(users=list(synced.users), groups=list(synced.groups))


def _those(names: Names, synced: t.Collection[str], *, known: bool) -> Names:
    """The names that the cluster knows, or those that it does not."""
    return tuple(name for name in names if (name in synced) is known)
