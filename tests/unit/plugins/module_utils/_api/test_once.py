# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One call that changes a light: it is asked for, and looked for where its answer is lost."""

from __future__ import annotations

import ast
import collections
import pathlib
import typing as t
from unittest import mock

import pytest

from ansible_collections.huaweicloud.mrs import plugins
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    ask_when_idle,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OvertakenError,
    ServiceError,
    UnknownOutcomeError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import (
    Observer,
    Progress,
    Waiter,
    unobserved,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import ManualClock

LOST = UnknownOutcomeError("It is not known whether the light is on.")
REFUSED = ServiceError("switch on", status=400, code="12000018", reason="busy")
BROKEN = ServiceError("switch on", status=500, code="12000042", reason="could not")
OVERTAKEN = OvertakenError("It is on.")
OFF, ON, GONE, OTHER = "off", "on", "gone", "other"
JUDGED = {OFF: Verdict.OPEN, ON: "done", GONE: Verdict.UNKNOWN, OTHER: Verdict.OVERTAKEN}


class Light:
    """C(answers): of the calls; C(states): what is seen, the last one for ever."""

    def __init__(
        self, answers: t.Sequence[str | BaseException], states: t.Sequence[str | BaseException]
    ) -> None:
        self.answers, self.states = collections.deque(answers), collections.deque(states)
        self.asked = self.looks = 0
        self.clock = ManualClock()

    def ask(self) -> str:
        self.asked += 1
        return self._said(self.answers.popleft())

    def look(self) -> str:
        self.looks += 1
        return self._said(self.states.popleft() if len(self.states) > 1 else self.states[0])

    @staticmethod
    def _said(what: str | BaseException) -> str:
        if isinstance(what, BaseException):
            raise what
        return what

    def switch(self, *, again: bool = False, shared: bool = False) -> str:
        context = Context(
            t.cast(Client, None),
            Waiter(self.clock, 600.0, 15.0),
            wait=True,
            region=None,
            patience=60.0,
        )
        call: Call[str, str] = Call(
            "light", self.ask, self.look, JUDGED.__getitem__, str, again=again, shared=shared
        )
        return act_once(context, call)


def test_an_answer_needs_no_look() -> None:
    light = Light(["answer"], [OFF])
    assert (light.switch(), light.looks) == ("answer", 0)


def test_a_lost_answer_is_looked_for_until_it_shows() -> None:
    light = Light([LOST], [OFF, OFF, ON])
    assert (light.switch(), light.asked, light.clock.sleeps) == ("done", 1, [1.0, 2.0])


def test_what_does_not_show_is_not_asked_for_again_where_that_could_do_it_twice() -> None:
    light = Light([LOST, "answer"], [OFF])
    with pytest.raises(UnknownOutcomeError) as caught:
        light.switch()
    assert str(caught.value) == (
        "It is not known whether the light is on. No effect was seen within 60 s. The request may "
        "still be on its way, so wait for the same time again."
    )
    assert (light.asked, sum(light.clock.sleeps)) == (1, 60.0)


def test_what_does_not_show_is_asked_for_again_where_the_service_refuses_a_second_one() -> None:
    light = Light([LOST, "answer"], [OFF])
    assert (light.switch(again=True), light.asked, sum(light.clock.sleeps)) == ("answer", 2, 60.0)


def test_what_all_want_alike_is_asked_for_again_at_once() -> None:
    light = Light([LOST, "answer"], [OFF])
    assert (light.switch(again=True, shared=True), light.asked, light.clock.sleeps) == (
        "answer",
        2,
        [],
    )


@pytest.mark.parametrize("second", [LOST, REFUSED, UnreachableError("no route"), OVERTAKEN])
def test_a_second_attempt_that_fails_does_not_say_that_nothing_was_done(second: MrsError) -> None:
    with pytest.raises(UnknownOutcomeError):
        Light([LOST, second], [OFF]).switch(again=True)
    seen: list[str | BaseException] = [*[OFF] * 8, ON]
    assert Light([LOST, second], seen).switch(again=True) == "done"


def test_something_else_that_happened_is_planned_again() -> None:
    light = Light([LOST], [OFF, OTHER])
    with pytest.raises(OvertakenError):
        light.switch(again=True)
    assert light.asked == 1


def test_what_nobody_can_tell_any_more_is_not_looked_for_any_longer() -> None:
    light = Light([LOST], [GONE])
    with pytest.raises(UnknownOutcomeError):
        light.switch(again=True, shared=True)
    assert (light.asked, light.looks) == (1, 1)


def test_no_need_any_more_before_it_was_asked_for() -> None:
    light = Light([OVERTAKEN], [ON])
    with pytest.raises(OvertakenError):
        light.switch()
    assert light.looks == 0


def test_a_refusal_is_an_answer() -> None:
    light = Light([REFUSED], [ON])
    with pytest.raises(ServiceError):
        light.switch(again=True)
    assert (light.asked, light.looks) == (1, 0)


@pytest.mark.parametrize(("seen", "looks"), [(ON, 1), (OFF, 1)])
def test_an_error_of_the_service_itself_may_come_after_it_acted(seen: str, looks: int) -> None:
    light = Light([BROKEN], [seen])
    if seen == ON:
        assert light.switch() == "done"
    else:
        with pytest.raises(ServiceError, match="12000042"):
            light.switch()
    assert (light.asked, light.looks) == (1, looks)


def _refusal(status: int | None, code: str | None) -> ServiceError:
    return ServiceError("switch on", status=status, code=code, reason="no")


@pytest.mark.parametrize(
    "error",
    [
        UnreachableError("no route"),
        _refusal(None, "99999999"),
        _refusal(499, "99999999"),
        _refusal(500, "12000018"),
        _refusal(500, "12000029"),
        _refusal(500, "12000003"),
    ],
)
def test_what_says_that_nothing_was_done_needs_no_look(error: MrsError) -> None:
    light = Light([error], [ON])
    with pytest.raises(type(error)):
        light.switch()
    assert light.looks == 0


@pytest.mark.parametrize(
    "error",
    [_refusal(400, "0173"), _refusal(500, "12000042"), _refusal(501, None), _refusal(599, "x")],
)
def test_what_may_come_after_it_was_done_needs_one(error: MrsError) -> None:
    light = Light([error], [ON])
    assert (light.switch(), light.looks) == ("done", 1)


def test_a_second_answer_that_is_lost_is_looked_for_as_long() -> None:
    light = Light([LOST, LOST], [OFF])
    with pytest.raises(UnknownOutcomeError):
        light.switch(again=True)
    assert sum(light.clock.sleeps) == 120.0
    light = Light([LOST, LOST], [OFF])
    with pytest.raises(UnknownOutcomeError):
        light.switch(again=True, shared=True)
    assert sum(light.clock.sleeps) == 60.0


def test_a_refusal_after_a_lost_answer_is_looked_for_as_long() -> None:
    light = Light([LOST, REFUSED], [*[OFF] * 10, ON])
    assert light.switch(again=True) == "done"


def test_one_look_is_enough_where_it_was_not_asked_for_again() -> None:
    light = Light([LOST, OVERTAKEN], [*[OFF] * 9, ON])
    with pytest.raises(UnknownOutcomeError):
        light.switch(again=True)
    assert light.looks == 9


@pytest.mark.parametrize("seen", [ON, GONE, OTHER])
def test_a_refusal_because_somebody_else_did_it_is_not_claimed(seen: str) -> None:
    with pytest.raises(OvertakenError):
        Light([REFUSED], [seen]).switch(shared=True)


def test_a_look_that_fails_leaves_it_unknown() -> None:
    with pytest.raises(UnknownOutcomeError):
        Light([LOST], [REFUSED]).switch(again=True)


def test_an_effect_is_there_or_it_is_open() -> None:
    assert (done_or_open(True), done_or_open(False)) == (True, Verdict.OPEN)


class TestWhileAnotherChangeIsGoingOn:
    BUSY = ServiceError("switch on", status=400, code="12000018", reason="busy")

    @staticmethod
    def ask(light: Light, *, wait: bool = True, observer: Observer = unobserved) -> bool:
        waiter = Waiter(light.clock, 600.0, 15.0, observer)
        context = Context(t.cast(Client, None), waiter, wait=wait, region=None, patience=60.0)
        return ask_when_idle(context, "light", lambda: _nothing(light.ask()), going_on="12000018")

    def test_it_is_asked_for_again(self) -> None:
        light, told = Light([self.BUSY, self.BUSY, "yes"], [OFF]), list[Progress]()
        assert self.ask(light, observer=told.append) is True
        assert (light.asked, light.clock.sleeps) == (3, [1.0, 2.0])
        assert [each.stage for each in told] == ["another change is going on", "accepted"]

    def test_without_wait_that_is_the_end(self) -> None:
        light = Light([self.BUSY, "yes"], [OFF])
        with pytest.raises(ServiceError, match="busy"):
            self.ask(light, wait=False)
        assert light.asked == 1

    @pytest.mark.parametrize("code", ["12000013", "12000021", None])
    def test_any_other_refusal_is_the_end(self, code: str | None) -> None:
        light = Light([_refusal(400, code), "yes"], [OFF])
        with pytest.raises(ServiceError):
            self.ask(light)
        assert light.asked == 1


def _nothing(_answer: str) -> None:
    """What is asked for has no answer."""


class TestAfterAnEarlierRun:
    """It left a request open.

    The next run on this machine gives it as much time before it sends anything.
    """

    @staticmethod
    def run(light: Light, minutes: float = 0.0) -> str:
        light.clock.seconds += 60 * minutes
        client = mock.create_autospec(
            Client, instance=True, scope="https://mrs.example.com/v1.1/project"
        )
        context = Context(
            client, Waiter(light.clock, 600.0, 15.0), wait=True, region=None, patience=60.0
        )
        call: Call[str, str] = Call(
            "light", light.ask, light.look, JUDGED.__getitem__, str, names=("light",)
        )
        return act_once(context, call)

    @pytest.fixture(autouse=True)
    def _left_open(self) -> None:
        with pytest.raises(UnknownOutcomeError):
            self.run(Light([LOST], [OFF]))

    def test_one_that_comes_late_is_found(self) -> None:
        light = Light(["answer"], [OFF, OFF, ON])
        with pytest.raises(OvertakenError):
            self.run(light)
        assert (light.asked, light.clock.sleeps) == (0, [1.0, 2.0])

    def test_one_that_does_not_come_is_asked_for_and_the_next_run_does_not_look(self) -> None:
        light = Light(["answer", "answer"], [OFF])
        assert (self.run(light), sum(light.clock.sleeps)) == ("answer", 60.0)
        assert (self.run(light), sum(light.clock.sleeps)) == ("answer", 60.0)

    def test_one_that_was_killed_while_it_asked_leaves_it_open(self) -> None:
        light = Light(["answer"], [OFF])
        assert (self.run(light), sum(light.clock.sleeps)) == ("answer", 60.0)
        with pytest.raises(KeyboardInterrupt):
            self.run(Light([KeyboardInterrupt()], [OFF]))
        light = Light(["answer"], [OFF, ON])
        with pytest.raises(OvertakenError):
            self.run(light)
        assert light.asked == 0
        light = Light(["answer"], [OFF])
        assert (self.run(light), light.looks) == ("answer", 0)

    def test_one_that_was_killed_while_it_looked_leaves_it_open(self) -> None:
        with pytest.raises(KeyboardInterrupt):
            self.run(Light(["answer"], [KeyboardInterrupt()]))
        light = Light(["answer"], [OFF, ON])
        with pytest.raises(OvertakenError):
            self.run(light)
        assert light.asked == 0

    def test_a_refusal_leaves_nothing_open(self) -> None:
        light = Light([REFUSED], [OFF])
        with pytest.raises(ServiceError):
            self.run(light)
        light = Light(["answer"], [OFF])
        assert (self.run(light), light.looks) == ("answer", 0)

    def test_after_ten_minutes_it_is_not_expected_any_more(self) -> None:
        light = Light(["answer"], [OFF])
        assert (self.run(light, minutes=12), light.looks) == ("answer", 0)


def test_there_is_no_other_place_that_deals_with_an_unknown_outcome() -> None:
    found = []
    for path in pathlib.Path(str(plugins.__path__[0])).rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text()))
        handlers = (
            node for node in nodes if isinstance(node, ast.ExceptHandler) and not _hands_on(node)
        )
        found += [
            path.name
            for each in handlers
            if each.type and "UnknownOutcomeError" in ast.unparse(each.type)
        ]
    assert found == ["once.py"]


def _hands_on(handler: ast.ExceptHandler) -> bool:
    """It notes the error and raises it again."""
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None


CHANGING = {
    *(
        "create_cluster",
        "resize_cluster",
        "delete_cluster",
        "set_task_policy",
        "send_tags",
    ),
    *("submit_job", "cancel_execution", "delete_execution"),
}


def test_every_call_that_changes_the_service_goes_through_it() -> None:
    found: dict[str, str] = {}
    for path in pathlib.Path(str(plugins.__path__[0])).rglob("*.py"):
        called = list(_called(ast.parse(path.read_text())))
        found.update(dict.fromkeys(CHANGING & set(called), path.name))
        assert "act_once" in path.read_text() or not CHANGING & set(called), path.name
    assert sorted(found) == sorted(CHANGING)


def _called(tree: ast.AST) -> t.Iterator[str]:
    """The names of the functions and methods that are called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
