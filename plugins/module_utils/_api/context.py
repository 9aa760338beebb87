# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task works with: the client, the waiter, and what it has to tell in the end.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.regions import cloud_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Change, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Lasting, Waiter

T = t.TypeVar("T")

#: Seconds between two looks whether another task on this machine is done.
TURN = 1.0
#: Seconds after a request of unknown outcome, within which a run looks for it before it sends
#: anything.
CAREFUL_FOR = 600.0
#: How often things may turn out to be different from what was just seen, until a task gives up.
MOST_ROUNDS = 20
#: How many of these rounds follow each other at once.
QUICK_ROUNDS = 10


class Context:
    """What a task works with, and what it has to tell in the end.

    :param patience: seconds to look for the effect of a request whose answer was lost.
    """

    def __init__(
        self, client: Client, waiter: Waiter, wait: bool, region: str | None, patience: float
    ) -> None:
        self.client, self.waiter, self.wait = client, waiter, wait
        self.region, self.patience = region, patience
        #: Whether the task can change anything. One that only reads has nothing to tell of actions
        #: and stages.
        self.acts = True
        #: The changes that were made, and what was there before them.
        self.done = Plan()
        self.results: dict[str, t.Any] = {}
        self.warnings: list[str] = []

    @property
    def cloud(self) -> str | None:
        """The cloud, where the address of the service tells it."""
        return cloud_of(self.client.scope)

    def planned(self, plan: Plan) -> None:
        """A plan was made from what is there now.

        What others changed before our first change is not ours.
        """
        for warning in plan.warnings:
            self.warn(warning)
        if not self.done.changes:
            self.done = Plan(before=plan.before)

    def did(self, change: Change, *, instead_of: Change | None = None) -> None:
        """A change was made. C(instead_of): an earlier change that is now a part of this one."""
        earlier = tuple(each for each in self.done.changes if each is not instead_of)
        self.done = self.done._replace(changes=(*earlier, change))

    def alone(self, *names: str) -> contextlib.AbstractContextManager[None]:
        """Keep other tasks of this user on this machine from looking at and changing C(names).

        The first of C(names) is the kind of the object, such as C(cluster name); messages use it.

        :raises WaitTimeoutError: on entering; another task was at it until the deadline.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import lock

        def until_turn(take: t.Callable[[], bool]) -> None:
            if not take():
                kind = names[0].removesuffix(" name")
                stage = f"another task on this machine is changing the same {kind}"
                self.waiter.until("the turn of this task", take, bool, lambda _: stage, every=TURN)

        return lock.held(until_turn, self.client.scope, *names)

    def note_open(self, *names: str) -> None:
        """A request about what C(names) name is sent.

        Until it is known what became of it, the next run looks first, even if this one is killed.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import lock

        with contextlib.suppress(MrsError):
            lock.note_open(self.waiter.clock.now().timestamp(), self.client.scope, *names)

    def forget_open(self, *names: str) -> None:
        """It is known what became of that request."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import lock

        with contextlib.suppress(MrsError):
            lock.forget(self.client.scope, *names)

    def was_left_open(self, *names: str) -> bool:
        """A run on this machine, not long ago, has noted that."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import lock

        with contextlib.suppress(MrsError):
            moment = lock.noted(self.client.scope, *names)
            return moment is not None and self.waiter.clock.now().timestamp() - moment < CAREFUL_FOR
        return False

    def until_shown(
        self,
        subject: str,
        look: t.Callable[[], T],
        shows: t.Callable[[T], bool],
        describe: t.Callable[[T], str],
    ) -> T:
        """What C(look) finds once it C(shows) what is expected.

        Some answers are behind others. After the time that this may take, it is what was found
        last.
        """
        return self.waiter.until(subject, look, shows, describe, within=self.patience)

    def rounds(self, problem: str) -> t.Iterator[None]:
        """The rounds in which a task looks, plans and acts, until it returns or breaks.

        The later ones come a poll apart: what differs from look to look may be answers that are
        behind others.

        :raises MrsError: C(problem), after the last one: somebody else is faster each time.
        """
        for number in range(MOST_ROUNDS):
            if number >= QUICK_ROUNDS and self.wait:
                self.waiter.pause()
            yield
        raise MrsError(problem)

    def lasting(self) -> Lasting:
        """Tells when something has been seen for longer than an answer may be out of date."""
        return Lasting(self.waiter, self.patience)

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def reported(self) -> dict[str, t.Any]:
        """What there is to tell, at the end or where it failed."""
        stages = [
            {key: stage[key] for key in ("subject", "name", "seconds")}
            for stage in self.waiter.stages
        ]
        return {"stages": stages, "warnings": self.warnings, **self.results}
