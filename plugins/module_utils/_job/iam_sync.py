# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IAM users and groups that a cluster knows: only they can run jobs by API v2 (service_v2 6).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    ask_when_idle,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    View,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.jobs_v2 import SyncedUsers

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
        return {**view, **view_of(users, groups), **everyone}

    def body(self) -> dict[str, t.Any]:
        return {
            "is_all_sync": self.everyone,
            "user_names": list(self.users),
            "group_names": list(self.groups),
        }

    def is_in(self, synced: SyncedUsers) -> bool:
        """The cluster knows them. Of everyone that cannot be seen."""
        has_all = {*self.users} <= {*synced.users} and {*self.groups} <= {*synced.groups}
        return has_all and not self.everyone


class Forget(t.NamedTuple):
    """Take users and groups from the cluster."""

    users: Names = ()
    groups: Names = ()

    @property
    def action(self) -> Action:
        return {"action": "forget_iam_users", **_named(self.users, self.groups)}

    def effect(self, view: View) -> View:
        return view_of(set(view["users"]) - {*self.users}, set(view["groups"]) - {*self.groups})

    def body(self) -> dict[str, t.Any]:
        return {"user_names": list(self.users), "group_names": list(self.groups)}

    def is_in(self, synced: SyncedUsers) -> bool:
        """The cluster knows none of them."""
        return not {*self.users} & {*synced.users} and not {*self.groups} & {*synced.groups}


def synchronise(context: Context, cluster_id: str, change: Synchronise) -> None:
    """Ask for the synchronisation, and wait for its end where the task waits."""
    ask(context, cluster_id, change)
    context.did(change)
    until_synchronised(context, cluster_id)


def ask(context: Context, cluster_id: str, change: Synchronise | Forget) -> None:
    """Ask once; asking again does the same once more."""
    service = context.client.jobs.v2
    subject = f"the IAM users of cluster {cluster_id}"
    send = service.sync_users if isinstance(change, Synchronise) else service.forget_users

    def ask_once_idle() -> bool:
        return ask_when_idle(
            context, subject, lambda: send(cluster_id, change.body()), going_on=GOING_ON
        )

    def look() -> tuple[SyncedUsers, bool]:
        return service.users(cluster_id), service.is_synchronizing(cluster_id)

    def judge(seen: tuple[SyncedUsers, bool]) -> bool | Verdict:
        synced, is_going_on = seen
        return done_or_open(change.is_in(synced) or is_going_on)

    stage = "checking whether it was requested"
    act_once(context, Call(subject, ask_once_idle, look, judge, lambda seen: stage, again=True))


def until_synchronised(context: Context, cluster_id: str) -> None:
    """Where the task waits: until no synchronisation is going on."""
    if not context.wait:
        return
    context.waiter.until(
        f"the IAM users of cluster {cluster_id}",
        lambda: context.client.jobs.v2.is_synchronizing(cluster_id),
        lambda is_going_on: not is_going_on,
        lambda is_going_on: "synchronising" if is_going_on else "synchronised",
    )


def view_of(users: set[str], groups: set[str]) -> dict[str, t.Any]:
    return {"users": sorted(users), "groups": sorted(groups)}


def _named(users: Names, groups: Names) -> dict[str, t.Any]:
    return {"users": list(users), "groups": list(groups)}
