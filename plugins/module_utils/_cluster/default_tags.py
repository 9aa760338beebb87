# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Switches the default tags of the nodes of a cluster on or off, and waits for the end of that.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import default_tags as service
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OvertakenError,
    WaitError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import (
    SwitchDefaultTags,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


def switch(context: Context, cluster: Cluster, change: SwitchDefaultTags) -> None:
    """Ask for it, after the end of a switch that is going on.

    Where the answer is lost, the status is looked at.

    :raises OvertakenError: somebody else was faster. Look and plan again.
    :raises WaitError: the service could not do it.
    """

    def ask() -> bool:
        service.switch_default_tags(context.client, cluster, change.enabled)
        return True

    def look() -> service.DefaultTags:
        return service.default_tags(context.client, cluster)

    def judge(seen: service.DefaultTags) -> bool | Verdict:
        is_seen = seen.enabled == change.enabled or seen.status == service.PROCESSING
        return done_or_open(is_seen)

    subject = f"the default tags of cluster {cluster.title}"
    call = Call(subject, ask, look, judge, lambda seen: seen.status)
    if not context.wait:
        act_once(context, call)
        context.did(change)
        return
    idle = context.waiter.until(subject, look, _is_idle, lambda seen: seen.status)
    if idle.enabled == change.enabled:
        raise OvertakenError(f"Another switch of {subject} was going on.")
    act_once(context, call)
    context.did(change)
    course = _Course(context, cluster, change, idle.status)
    context.waiter.until(subject, look, course.is_over, lambda seen: seen.status)


def _is_idle(seen: service.DefaultTags) -> bool:
    return seen.status != service.PROCESSING


class _Course:
    """Judges what is seen of a switch, from the request on."""

    def __init__(
        self, context: Context, cluster: Cluster, change: SwitchDefaultTags, status: str
    ) -> None:
        self._context, self._cluster, self._change = context, cluster, change
        self._status = status
        self._began = False
        self._idle = context.lasting()

    def is_over(self, seen: service.DefaultTags) -> bool:
        """The status of before may still show, or once more, so it counts once it stays.

        :raises WaitError: it failed.
        """
        if seen.status == service.PROCESSING:
            self._began = True
            self._idle.ends()
            return False
        if seen.enabled == self._change.enabled:
            return True
        has_ended = self._began and seen.status != self._status
        if self._idle.stays() or has_ended:
            told = "on" if self._change.enabled else "off"
            raise WaitError(
                f"The default tags of cluster {self._cluster.title} could not be switched {told} "
                f"(status {seen.status or 'unknown'}).",
                hint="Look at the quota of tags of the cluster's nodes.",
            )
        return False
