# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sets and removes tags of a cluster, and looks until that shows.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.tags import (
    read_tags,
    send_tags,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import ChangeTags
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster

#: So many tags a cluster has at most, while they are changed as well.
MOST_TAGS = 10
#: Seconds that a change of tags may take to show (service_v1 9.2).
SHOWS_WITHIN = 60.0

Tags = t.Mapping[str, str]


def change_tags(context: Context, cluster: Cluster, change: ChangeTags) -> None:
    """Set before removing, unless there would be too many tags for a moment.

    Then look until the change shows.
    """
    parts = [ChangeTags(change.set, {}), ChangeTags({}, change.remove)]
    if len({**cluster.tags, **change.set}) > MOST_TAGS:
        parts.reverse()
    done = None
    for part in parts:
        if part.set or part.remove:
            ask_for(context, cluster, part)
            whole = change if done else part
            context.did(whole, instead_of=done)
            done = whole
    if context.wait:
        context.waiter.until(
            f"the tags of cluster {cluster.title}",
            lambda: read_tags(context.client, cluster),
            lambda tags: _shows(change, tags),
            lambda tags: "changing tags",
            limit=max(context.patience, SHOWS_WITHIN),
        )


def ask_for(context: Context, cluster: Cluster, part: ChangeTags) -> None:
    """Set tags, or remove some. Where the answer is lost, they are looked at."""

    def ask() -> bool:
        action, tags = ("create", part.set) if part.set else ("delete", part.remove)
        send_tags(context.client, cluster, action, tags)
        return True

    def judge(tags: Tags) -> bool | Verdict:
        return done_or_open(_shows(part, tags))

    subject = f"the tags of cluster {cluster.title}"
    act_once(
        context,
        Call(
            subject,
            ask,
            lambda: read_tags(context.client, cluster),
            judge,
            lambda tags: "changing tags",
        ),
    )


def _shows(change: ChangeTags, tags: Tags) -> bool:
    return change.set.items() <= tags.items() and not change.remove.keys() & tags.keys()
