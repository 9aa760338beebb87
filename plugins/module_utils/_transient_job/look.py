# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks at the clusters of a transient job, those that are gone included, and at their jobs.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    GONE,
    LEAVING,
    TAG,
    DesiredTransientJob,
    Seen,
    is_recent,
)


class Looked(t.NamedTuple):
    """What was seen. C(ids): of all clusters that have the name."""

    seen: tuple[Seen, ...]
    ids: frozenset[str]


def look(context: Context, wanted: DesiredTransientJob, project: str | None) -> Looked:
    """The clusters of the name that tell something of the run, with their job executions.

    :param project: of the enterprise, which limits the search.
    :raises MrsError: says that it is not known whether there is a cluster.
    """
    now = context.waiter.clock.now()
    try:
        everything = finding.all_of(context.client, project)
        listed = [each for each in everything if each.name == wanted.cluster]
        old = _of_no_interest(context, wanted, project, listed)
        read = finding.completed(context.client, [each for each in listed if each.id not in old])
        clusters = [each for each in read if _matters(wanted, each, now)]
        seen = parallel.map_in_parallel(lambda each: _with_jobs(context, each), clusters)
        return Looked(tuple(seen), frozenset(each.id for each in listed))
    except MrsError as error:
        told = f"Whether there is a cluster {wanted.cluster} could not be read."
        error.message = f"{error.message} {told}"
        raise


def _of_no_interest(
    context: Context, wanted: DesiredTransientJob, project: str | None, listed: t.Sequence[Cluster]
) -> set[str]:
    """The ids of those that are gone for long and not of this run.

    Lists may leave out tags, so those of this run are looked for by their tag.
    """
    now = context.waiter.clock.now()
    gone = [each for each in listed if each.state == "terminated"]
    old = {each.id for each in gone if not is_recent(each, now)}
    if not old or not wanted.run:
        return old
    tag = f"{TAG}*{wanted.run}"
    return old - {each.id for each in finding.all_of(context.client, project, tags=tag)}


def _matters(wanted: DesiredTransientJob, cluster: Cluster, now: datetime) -> bool:
    if cluster.state not in GONE:
        return True
    run = cluster.tags.get(TAG)
    if run == wanted.tag:
        return True
    if not run or wanted.run:
        return False
    return is_recent(cluster, now)


def _with_jobs(context: Context, cluster: Cluster) -> Seen:
    """With its job executions; a cluster that is starting has none."""
    if cluster.state == "starting":
        return Seen(cluster)
    try:
        return Seen(cluster, tuple(context.client.jobs.executions(cluster.id)))
    except ServiceError as error:
        if cluster.state not in LEAVING:
            raise
        return Seen(cluster, unread=error.reason or error.message)
