# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every call that changes the service goes through here, and a lost answer is looked for.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import enum
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import Retry, lookup
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OvertakenError,
    ServiceError,
    UnknownOutcomeError,
    while_looking,
)

Answer = t.TypeVar("Answer")
Seen = t.TypeVar("Seen")


#: Refusals after which it may have been done all the same: the service says to look.
DONE_OR_NOT = frozenset({"0173"})


class Verdict(enum.Enum):
    """What is seen of a call whose effect does not show."""

    OPEN = "open"
    """Nothing has happened yet."""
    OVERTAKEN = "overtaken"
    """Something else happened, so it is not asked for again: look and plan again."""
    UNKNOWN = "unknown"
    """Nobody can tell any more whether it happened."""


def done_or_open(is_done: bool) -> bool | Verdict:
    """What is seen of a call whose answer only says that it was taken."""
    return True if is_done else Verdict.OPEN


class Call(t.NamedTuple, t.Generic[Answer, Seen]):
    """A call that changes the service, and how to find out whether it did.

    C(subject), C(describe): how a wait tells what is looked at.
    C(ask): sends it and gives its answer; raises OvertakenError where there is no need any more.
    C(look): reads what it changes. C(judge): what the answer was, as far as that can be seen.
    C(again): it may be sent a second time, because the service refuses to do it twice.
    C(shared): the effect is the same whoever sends it, such as a deletion. So after a refusal the
    effect is looked for, too, because somebody else may have been faster, and it is sent again
    without a pause. C(names): what it is about. Where an earlier run left such a call open, its
    effect is looked for first.
    """

    subject: str
    ask: t.Callable[[], Answer]
    look: t.Callable[[], Seen]
    judge: t.Callable[[Seen], Answer | Verdict]
    describe: t.Callable[[Seen], str]
    again: bool = False
    shared: bool = False
    names: tuple[str, ...] = ()


class _Doubt(t.NamedTuple):
    """There is no answer.

    C(error): what to tell if nothing shows. C(at_once): one look is enough.
    """

    error: MrsError
    lost: UnknownOutcomeError | None
    at_once: bool


def act_once(context: Context, call: Call[Answer, Seen]) -> Answer:
    """The answer of the call. Where it was lost: what it was, as its effect shows.

    :raises OvertakenError: it was not made, since something else happened. Look and plan again.
    :raises UnknownOutcomeError: its answer was lost, and nothing shows within the time for looking.
    """
    _look_for_earlier(context, call)
    with _noted(context, call.names):
        return _asked_once(context, call)


@contextlib.contextmanager
def _noted(context: Context, names: tuple[str, ...]) -> t.Iterator[None]:
    """A run that is killed in between leaves a note for the next one.

    So does one that does not know what became of its request.
    """
    if not names:
        yield
        return
    context.note_open(*names)
    try:
        yield
    except UnknownOutcomeError:
        raise
    except MrsError:
        context.forget_open(*names)
        raise
    context.forget_open(*names)


def _asked_once(context: Context, call: Call[Answer, Seen]) -> Answer:
    lost: UnknownOutcomeError | None = None
    for is_last in (False, True) if call.again else (True,):
        asked = _ask(call, lost)
        if not isinstance(asked, _Doubt):
            return asked
        doubt, lost = asked, asked.lost
        seen = _look(context, call, doubt, is_last)
        if not _is_unclear(seen, lost):
            return _settled(call, seen, lost)
        if seen is Verdict.UNKNOWN or not (lost or call.shared):
            break
    raise _given_up(context, doubt)


def _is_unclear(seen: object, lost: UnknownOutcomeError | None) -> bool:
    """Whether it happened, and it may still have happened by a request whose answer was lost."""
    if seen is Verdict.UNKNOWN:
        return lost is not None
    return seen is Verdict.OPEN


def _settled(
    call: Call[Answer, t.Any], seen: Answer | Verdict, lost: UnknownOutcomeError | None
) -> Answer:
    """The answer that was seen.

    :raises OvertakenError: it is not that of this call.
    """
    if isinstance(seen, Verdict) or (call.shared and lost is None):
        raise OvertakenError(f"Somebody else was faster: {call.subject}.")
    return seen


def _given_up(context: Context, doubt: _Doubt) -> MrsError:
    """The refusal; or, where an answer was lost, that nobody knows."""
    if doubt.lost is None:
        return doubt.error
    return doubt.lost.after_looking(context.patience)


def _look_for_earlier(context: Context, call: Call[Answer, Seen]) -> None:
    """A call of an earlier run may still be on its way.

    It is given as much time as an answer that was lost.

    :raises OvertakenError: it has come. Look and plan again.
    """
    if not call.names or not context.was_left_open(*call.names):
        return
    seen = context.until_shown(call.subject, call.look, _shows(call), call.describe)
    if call.judge(seen) is not Verdict.OPEN:
        context.forget_open(*call.names)
        raise OvertakenError(f"A request of an earlier run took effect: {call.subject}.")


def _ask(call: Call[Answer, Seen], lost: UnknownOutcomeError | None) -> Answer | _Doubt:
    """Ask once.

    C(lost): the answer of an earlier attempt was lost, so a refusal does not say that nothing was
    done.
    """
    try:
        return call.ask()
    except OvertakenError:
        if lost is None:
            raise
        return _Doubt(lost, lost, at_once=True)
    except UnknownOutcomeError as error:
        return _Doubt(error, error, at_once=False)
    except MrsError as error:
        if lost:
            lost.__cause__ = error
            return _Doubt(lost, lost, at_once=False)
        if call.shared or _may_have_acted(error):
            return _Doubt(error, None, at_once=True)
        raise


def _look(
    context: Context, call: Call[Answer, Seen], doubt: _Doubt, is_last: bool
) -> Answer | Verdict:
    """Look for the effect, as long as it may take to show."""
    at_once = doubt.at_once or (call.shared and not is_last)
    within = 0.0 if at_once else context.patience
    with while_looking(doubt.error):
        seen = context.waiter.until(
            call.subject, call.look, _shows(call), call.describe, within=within
        )
        return call.judge(seen)


def _shows(call: Call[t.Any, Seen]) -> t.Callable[[Seen], bool]:
    return lambda seen: call.judge(seen) is not Verdict.OPEN


def _may_have_acted(error: MrsError) -> bool:
    """An error of the service itself, which it may have met after it had begun."""
    if not isinstance(error, ServiceError):
        return False
    if error.code in DONE_OR_NOT:
        return True
    if (error.status or 0) < 500:
        return False
    known = lookup(error.code, error.status)
    return known is None or known.retry is Retry.NO


def ask_when_idle(
    context: Context, subject: str, ask: t.Callable[[], None], *, going_on: str
) -> bool:
    """Ask; again while another change is going on, such as that of a killed run.

    C(going_on): the code with which the service refuses then. Without C(wait) that is the end.
    """

    def refusal() -> ServiceError | None:
        try:
            ask()
        except ServiceError as error:
            if error.code != going_on or not context.wait:
                raise
            return error
        return None

    context.waiter.until(
        subject,
        refusal,
        lambda refused: refused is None,
        lambda refused: "another change is going on" if refused else "accepted",
    )
    return True
