# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IAM users and groups that a cluster knows: only they can run jobs by API v2 (service_v2 6).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    ask_when_idle,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    Params,
    Plan,
    View,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v2 import SyncedUsers

#: Users and groups of one request that takes them away (service_v2 6).
MOST_NAMES = 1000
#: Refused, since users are being synchronised already.
GOING_ON = "12000154"
Names = tuple[str, ...]


class Synchronise(t.NamedTuple):
    """Make users and groups known to the cluster; C(everyone): all users of the account."""

    users: Names = ()
    groups: Names = ()
    everyone: bool = False

    @property
    def action(self) -> Action:
        return {"action": "sync_iam_users", **_named(self.users, self.groups), "all": self.everyone}

    def effect(self, view: View) -> View:
        everyone = {"all": True} if self.everyone else {}
        users, groups = (
            {*view.get("users", ()), *self.users},
            {*view.get("groups", ()), *self.groups},
        )
        return {**view, **_view(users, groups), **everyone}

    def body(self) -> dict[str, t.Any]:
        return {
            "is_all_sync": self.everyone,
            "user_names": list(self.users),
            "group_names": list(self.groups),
        }


class Forget(t.NamedTuple):
    """Take users and groups from the cluster."""

    users: Names = ()
    groups: Names = ()

    @property
    def action(self) -> Action:
        return {"action": "forget_iam_users", **_named(self.users, self.groups)}

    def effect(self, view: View) -> View:
        return _view(set(view["users"]) - {*self.users}, set(view["groups"]) - {*self.groups})

    def body(self) -> dict[str, t.Any]:
        return {"user_names": list(self.users), "group_names": list(self.groups)}


class Current(t.NamedTuple):
    """What the cluster knows."""

    cluster_id: str
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
        if self._absent and params["all"]:
            raise OptionError(
                "all", "name the users and groups that the cluster shall not know any more"
            )
        if len(self._users) > MOST_NAMES or len(self._groups) > MOST_NAMES:
            raise OptionError("users, groups", f"up to {MOST_NAMES} of each are possible")

    def secrets(self) -> t.Collection[str]:
        return ()

    def read(self, context: Context) -> Current:
        context.results["api"] = "v2"
        cluster = finding.living(context.client, self._params["cluster"])
        current = Current(
            cluster.id,
            context.client.jobs_v2.users(cluster.id),
            self._is_synchronous(context, cluster.id),
        )
        _show(context, current.synced)
        return current

    def _is_synchronous(self, context: Context, cluster_id: str) -> bool:
        return bool(self._params["all"]) and context.client.jobs_v2.is_synchronous(cluster_id)

    def plan(self, current: Current) -> Plan:
        synced = current.synced
        before = _view(set(synced.users), set(synced.groups))
        users = _those(self._users, synced.users, known=self._absent)
        groups = _those(self._groups, synced.groups, known=self._absent)
        everyone = bool(self._params["all"]) and not current.is_synchronous
        if not (users or groups or everyone):
            return Plan((), before)
        if self._absent:
            return Plan((Forget(users, groups),), before)
        return Plan((Synchronise(users, groups, everyone),), before)

    def apply(self, context: Context, current: Current, plan: Plan) -> None:
        for change in plan.changes:
            if isinstance(change, Synchronise):
                synchronise(context, current.cluster_id, change)
            elif isinstance(change, Forget):
                _forget(context, current.cluster_id, change)
        if plan.changes and context.wait:
            _show(context, context.client.jobs_v2.users(current.cluster_id))


class IamSyncInfoTask:
    """M(huaweicloud.mrs.mrs_iam_sync_info)."""

    def __init__(self, params: Params) -> None:
        self._params = params

    def secrets(self) -> t.Collection[str]:
        return ()

    def read(self, context: Context) -> None:
        context.acts = False
        cluster = finding.living(context.client, self._params["cluster"])
        context.results["api"] = "v2"
        _show(context, context.client.jobs_v2.users(cluster.id))
        context.results["synchronizing"] = context.client.jobs_v2.is_synchronizing(cluster.id)

    def plan(self, current: None) -> None:
        """There is nothing to change."""

    def apply(self, context: Context, current: None, plan: Plan) -> None:
        """There is nothing to change."""


def _when_idle(context: Context, cluster_id: str, ask: t.Callable[[], None]) -> bool:
    return ask_when_idle(context, f"the IAM users of cluster {cluster_id}", ask, going_on=GOING_ON)


def synchronise(context: Context, cluster_id: str, change: Synchronise) -> None:
    """Ask for the synchronisation, and wait for its end where the task waits."""
    service = context.client.jobs_v2

    def ask() -> bool:
        return _when_idle(
            context, cluster_id, lambda: service.sync_users(cluster_id, change.body())
        )

    def judge(seen: tuple[SyncedUsers, bool]) -> bool | Verdict:
        synced, is_going_on = seen
        has_all = {*change.users} <= {*synced.users} and {*change.groups} <= {*synced.groups}
        is_done = has_all and not change.everyone
        return True if is_done or is_going_on else Verdict.OPEN

    _ask(context, cluster_id, ask, judge)
    context.did(change)
    _until_synchronised(context, cluster_id)


def _forget(context: Context, cluster_id: str, change: Forget) -> None:
    service = context.client.jobs_v2

    def ask() -> bool:
        return _when_idle(
            context, cluster_id, lambda: service.forget_users(cluster_id, change.body())
        )

    def judge(seen: tuple[SyncedUsers, bool]) -> bool | Verdict:
        synced, is_going_on = seen
        has_none = not {*change.users} & {*synced.users} and not {*change.groups} & {*synced.groups}
        return True if has_none or is_going_on else Verdict.OPEN

    _ask(context, cluster_id, ask, judge)
    context.did(change)
    _until_synchronised(context, cluster_id)


def _ask(
    context: Context,
    cluster_id: str,
    ask: t.Callable[[], bool],
    judge: t.Callable[[tuple[SyncedUsers, bool]], bool | Verdict],
) -> None:
    """Ask once; asking again does the same once more."""
    service = context.client.jobs_v2

    def look() -> tuple[SyncedUsers, bool]:
        return service.users(cluster_id), service.is_synchronizing(cluster_id)

    subject = f"the IAM users of cluster {cluster_id}"
    act_once(
        context,
        Call(
            subject, ask, look, judge, lambda seen: "looking whether it was asked for", again=True
        ),
    )


def _until_synchronised(context: Context, cluster_id: str) -> None:
    if not context.wait:
        return
    context.waiter.until(
        f"the IAM users of cluster {cluster_id}",
        lambda: context.client.jobs_v2.is_synchronizing(cluster_id),
        lambda is_going_on: not is_going_on,
        lambda is_going_on: "synchronising" if is_going_on else "synchronised",
    )


def _show(context: Context, synced: SyncedUsers) -> None:
    context.results.update(users=list(synced.users), groups=list(synced.groups))


def _those(names: Names, synced: t.Collection[str], *, known: bool) -> Names:
    """The names that the cluster knows, or those that it does not."""
    return tuple(name for name in names if (name in synced) is known)


def _view(users: set[str], groups: set[str]) -> dict[str, t.Any]:
    return {"users": sorted(users), "groups": sorted(groups)}


def _named(users: Names, groups: Names) -> dict[str, t.Any]:
    return {"users": list(users), "groups": list(groups)}
