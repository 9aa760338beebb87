# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which executions are second ones, and which one is ours. What is done with them: test_job_run."""

from __future__ import annotations

import dataclasses
import types
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Waiter
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job.twins import Twins
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    Json,
    ManualClock,
    an_execution,
    job,
    running_job,
    wanted_job,
)


@dataclasses.dataclass
class Listed:
    """Stands in for the client. C(user): who is logged in; an error where nobody may ask that."""

    listed: t.Sequence[JobExecution]
    user: str | None = None

    @property
    def jobs(self) -> t.Any:
        return types.SimpleNamespace(executions=lambda cluster_id, name: [*self.listed])

    def user_name(self) -> str:
        assert self.user, "there is no need to ask who is logged in"
        return self.user


def twins(
    *known: JobExecution, listed: t.Sequence[JobExecution] = (), user: str | None = None
) -> Twins:
    return Twins(context(listed, user), CLUSTER, wanted_job(), known)


def context(listed: t.Sequence[JobExecution], user: str | None = None) -> Context:
    client = t.cast(Client, Listed(listed, user))
    return Context(client, Waiter(ManualClock(), 60.0, 15.0), True, None, 60.0)


def ids(found: t.Iterable[JobExecution]) -> list[str]:
    return [each.id for each in found]


def runs(name: str, began: int = 2000, **changes: t.Any) -> JobExecution:
    return an_execution(**running_job(id=name, create_at=began, **changes))


def ended(name: str, began: int, **changes: t.Any) -> JobExecution:
    return an_execution(**job(id=name, create_at=began, end_time=began + 100, **changes))


def of(user: str | None, name: str) -> JobExecution:
    return dataclasses.replace(runs(name), user=user)


@pytest.mark.parametrize(
    ("late", "user", "ours"),
    [
        ([], None, []),
        ([of("anna", "a")], None, ["a"]),
        ([of(None, "a"), of(None, "b")], None, ["a", "b"]),
        ([of("anna", "a"), of("robot", "b")], "robot", ["b"]),
        ([of("anna", "a"), of("robot", "b"), of("sam", "c")], "robot", ["b"]),
        ([of("anna", "a"), of("sam", "b")], "robot", ["a", "b"]),
    ],
)
def test_after_a_lost_answer_the_user_tells_which_one_is_ours(
    late: list[JobExecution], user: str | None, ours: list[str]
) -> None:
    assert ids(twins(user=user).ours_among(late)) == ours


@pytest.mark.parametrize(("began", "counts"), [(1999, False), (2000, True), (2001, True)])
def test_one_that_has_ended_and_is_older_than_all_of_before_only_shows_late(
    began: int, counts: bool
) -> None:
    found = twins(ended("known", 2000), listed=[ended("new", began)]).found()
    assert ids(found) == ["new"] * counts


@pytest.mark.parametrize(
    ("known", "are_two"),
    [
        ([], False),
        ([runs("a")], False),
        ([runs("a"), runs("b")], True),
        ([runs("a"), ended("b", 1000)], False),
        ([runs("a"), runs("other", arguments="else")], False),
        ([ended("a", 1000), ended("b", 2000)], False),
    ],
)
def test_two_that_run_are_one_too_many(known: list[JobExecution], are_two: bool) -> None:
    assert bool(Twins.among(context(known), CLUSTER, wanted_job(), known)) is are_two


CANCELLED: Json = {"job_state": -1, "job_final_status": 3}


@pytest.mark.parametrize(
    ("listed", "first"),
    [
        ([], "ours"),
        ([ended("a", 1000, **CANCELLED), ended("b", 2000, **CANCELLED)], "a"),
        ([ended("a", 1000, **CANCELLED), runs("b")], "b"),
        ([runs("a", job_state=99), runs("b")], "a"),
    ],
)
def test_the_first_one_that_nobody_has_cancelled_goes_on(
    listed: list[JobExecution], first: str
) -> None:
    assert twins(listed=listed).first_of([runs("ours"), runs("ours, too")]).id == first
