# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ends a cluster of a transient job: waits for what runs there, deletes it, looks once more.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    WaitTimeoutError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Action, View
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.repeat import Failed, repeated
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import delete
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
    ChangeTags,
    Delete,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.tags import ask_for
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.wait import Watch
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    LEAVING,
    NO_RUN,
    UNUSED,
    UNUSED_TAG,
    Seen,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.words import (
    describe_leftover,
)

#: Seconds for the deletion of a cluster; it may be starting, and is only deleted afterwards.
REMOVAL = 3600
#: How often a deletion that is refused or does not get through is tried, and the seconds in
#: between.
REMOVALS, REMOVAL_PAUSE = 5, 30.0


class MarkUnused(t.NamedTuple):
    """Tell by a tag that no job was begun on the cluster."""

    cluster: Cluster

    @property
    def action(self) -> Action:
        return {"action": "change_tags", "set": {UNUSED_TAG: UNUSED}, "remove": []}

    def effect(self, view: View) -> View:
        return view


def allow(context: Context, seconds: float) -> None:
    """From now on there are so many seconds for all waits."""
    context.waiter.timeout = context.waiter.elapsed() + seconds


def until_idle(context: Context, seen: Seen) -> Seen:
    """Wait until no job runs there, also none that its own controller begins meanwhile."""
    cluster = seen.cluster
    try:
        while seen.running:
            Watch(context, cluster.id, seen.running, cluster.title).until_ended()
            seen = seen._replace(executions=tuple(context.client.jobs.executions(cluster.id)))
    except WaitTimeoutError as error:
        error.message = f"{describe_leftover(seen)} {error.message} Nothing was done."
        error.hint = None
        raise
    return seen


def until_ended(context: Context, clusters: t.Iterable[Cluster]) -> None:
    """Wait for clusters that are being deleted."""
    allow(context, REMOVAL)
    for cluster in clusters:
        cluster_wait.until_gone(context, cluster)


def remove(context: Context, seen: Seen, *, was_used: bool) -> None:
    """Delete a cluster, and wait until it is gone.

    A deletion that does not get through is tried again.

    :param was_used: a job was begun there in this start.
    """
    cluster = seen.cluster
    if not was_used:
        allow(context, REMOVAL)
        with contextlib.suppress(MrsError):
            _mark_unused(context, seen)

    def attempt() -> None:
        allow(context, REMOVAL)
        try:
            delete.remove(context, seen_again(context, cluster))
        except MrsError as error:
            raise Failed(error, passing=not was_asked(context, cluster)) from error.__cause__

    def pause_after(failed: Failed, number: int) -> float | None:
        return REMOVAL_PAUSE if failed.passing and number < REMOVALS - 1 else None

    repeated(attempt, pause_after, context.waiter.clock.sleep)


def _mark_unused(context: Context, seen: Seen) -> None:
    """Mark a cluster on which no job was begun, by a tag.

    Records of jobs may go with their cluster, and then nobody knows.
    """
    if seen.run in (None, NO_RUN) or seen.executions:
        return
    cluster = cluster_wait.until_deletable(context, seen.cluster)
    if cluster.state not in LEAVING and not context.client.jobs.executions(cluster.id):
        ask_for(context, cluster, ChangeTags({UNUSED_TAG: UNUSED}, {}))
        context.did(MarkUnused(cluster))


def seen_again(context: Context, cluster: Cluster) -> Cluster:
    """As it is now. One that the service does not know any more is terminated."""
    seen = context.client.cluster(cluster.id)
    return seen or cluster_state.with_state(cluster, "terminated")


def was_asked(context: Context, cluster: Cluster) -> bool:
    """Whether this start has asked for the deletion, and the service has accepted it."""
    deleted = [each.cluster.id for each in context.done.changes if isinstance(each, Delete)]
    return cluster.id in deleted
