# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many tasks in a row on one account, drawn at random; each finds what those before it left."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ansible_collections.huaweicloud.mrs.tests.faults.account import Account, AccountOfNames
from ansible_collections.huaweicloud.mrs.tests.faults.operations import (
    JOB,
    STARTS,
    TASK_NODE,
    Json,
    Operation,
    cluster_options,
    custom_options,
    mixed_options,
)
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import (
    BLOWS,
    Blow,
    Fault,
    Run,
    Schedule,
    faults,
    possible,
    schedules,
)
from ansible_collections.huaweicloud.mrs.tests.faults.trial import CLEAN


def _spoilt(schedule: Schedule, fault: Fault) -> Schedule:
    """The same with one fault in its first run, and all the time to mend it."""
    return possible(dataclasses.replace(schedule, runs=(Run((fault,)), *schedule.runs[1:])))


_ANY = schedules(("",), most_runs=2)
_CALM = _ANY.map(lambda each: dataclasses.replace(each, runs=(CLEAN,), rival=None, blow=None))
_SPOILT = st.builds(_spoilt, _ANY, faults())
#: What happens to a task: nothing in a third of all cases.
HOW = st.one_of(_CALM, _ANY, _SPOILT)
COUNT = st.integers(3, 6)
FEW = st.integers(0, 3)
TAGS = st.sampled_from(((), (("env", "prod"),), (("env", "test"), ("team", "data"))))


@functools.cache
def fixed(
    module: str, options: t.Callable[..., Json], *values: t.Any, **wanted: t.Any
) -> Operation:
    """The same operation each time for the same values: its options are checked only once."""
    return Operation(module, "", lambda flavor: options(flavor, *values), **wanted)


def cluster(
    core: int, task: int | None, tags: tuple[tuple[str, str], ...] | None, job: bool
) -> Operation:
    nodes = {"core": core} if task is None else {"core": core, "task": task}
    operation = fixed("mrs_cluster", _cluster, core, task, tags, job)
    other = fixed("mrs_cluster", _cluster, core + 1, task, tags, job).given
    return dataclasses.replace(
        operation, other=other, nodes=nodes, tags=None if tags is None else dict(tags)
    )


def _cluster(
    flavor: str,
    core: int,
    task: int | None,
    tags: tuple[tuple[str, str], ...] | None,
    has_job: bool,
) -> Json:
    options = cluster_options(flavor, core, task, tags=None if tags is None else dict(tags))
    return {**options, "job": JOB} if has_job else options


def _gone(flavor: str) -> Json:
    return {"name": "etl", "state": "absent"}


def scale(group: str, count: int) -> Operation:
    other = fixed("mrs_cluster_scale", _scale, group, count + 1).given
    operation = fixed("mrs_cluster_scale", _scale, group, count)
    return dataclasses.replace(operation, other=other, nodes={group: count})


def _scale(flavor: str, group: str, count: int) -> Json:
    options: Json = {"cluster": "etl", "node_group": group, "count": count}
    return {**options, "task_node": TASK_NODE} if group == "task" else options


def _job(flavor: str, number: int) -> Json:
    return {"cluster": "etl", **JOB, "output": f"s3a://etl/out-{number}/"}


def _end(flavor: str, state: str) -> Json:
    return {"cluster": "etl", "name": "wordcount", "state": state}


def _several(flavor: str, state: str, *ids: str) -> Json:
    return {"cluster": "etl", "id": list(ids), "state": state}


def custom(
    data: int, edge: int, tags: tuple[tuple[str, str], ...] | None, steps: bool
) -> Operation:
    operation = fixed("mrs_cluster", _custom, data, edge, tags, steps)
    other = fixed("mrs_cluster", _custom, data + 1, edge, tags, steps).given
    return dataclasses.replace(
        operation,
        other=other,
        nodes={"data": data, "edge": edge},
        tags=None if tags is None else dict(tags),
    )


def _custom(
    flavor: str, data: int, edge: int, tags: tuple[tuple[str, str], ...] | None, steps: bool
) -> Json:
    options = custom_options(flavor, data, edge, tags=None if tags is None else dict(tags))
    return {**options, "jobs": [{**JOB, "sync_iam_user": True}]} if steps else options


def mixed(analysis: int, streaming: int, tags: tuple[tuple[str, str], ...] | None) -> Operation:
    operation = fixed("mrs_cluster", _mixed, analysis, streaming, tags)
    other = fixed("mrs_cluster", _mixed, analysis, streaming + 1, tags).given
    return dataclasses.replace(
        operation,
        other=other,
        nodes={"core_node_analysis_group": analysis, "core_node_streaming_group": streaming},
        tags=None if tags is None else dict(tags),
    )


def _mixed(
    flavor: str, analysis: int, streaming: int, tags: tuple[tuple[str, str], ...] | None
) -> Json:
    return mixed_options(flavor, streaming, analysis, tags=None if tags is None else dict(tags))


def _component(flavor: str, name: str) -> Json:
    groups = [{"name": "data", "assigned_roles": [f"{name}Server"]}]
    return {"cluster": "etl", "name": name, "node_groups": groups}


class Tasks(RuleBasedStateMachine):
    """The account after some tasks. C(ended) is told of it in the end."""

    ended: t.ClassVar[t.Callable[[Account], None]] = staticmethod(lambda account: None)
    account: Account

    @rule(how=HOW)
    def delete_cluster(self, how: Schedule) -> None:
        self.do(fixed("mrs_cluster", _gone, clusters=0), how)

    @precondition(lambda self: self.account.done)
    @rule()
    def repeat(self) -> None:
        self.judge(self.account.repeat())

    @rule(what=st.sampled_from((*BLOWS, 1.0, 20.0, 400.0, 90_000.0)))
    def be_away(self, what: str | float) -> None:
        """Time passes, or somebody does something at the console."""
        if isinstance(what, str):
            self.account.strike(Blow(what, 0))
        else:
            self.account.pass_time(what)

    def do(self, operation: Operation, how: Schedule) -> None:
        self.judge(self.account.do(operation, how))

    def judge(self, wrong: list[str]) -> None:
        assert not wrong, "\n".join([*wrong, self.account.tell()])

    def teardown(self) -> None:
        if hasattr(self, "account"):
            type(self).ended(self.account)


class History(Tasks):
    """Of clusters that API v1.1 creates, and their jobs."""

    @initialize(start=st.sampled_from(STARTS), flavor=st.sampled_from(("otc", "hwc")))
    def begin(self, start: str, flavor: str) -> None:
        self.account = Account(start, flavor)

    @rule(core=COUNT, task=st.none() | FEW, tags=st.none() | TAGS, job=st.booleans(), how=HOW)
    def create_or_change_cluster(
        self, core: int, task: int | None, tags: t.Any, job: bool, how: Schedule
    ) -> None:
        self.do(cluster(core, task, tags, job), how)

    @rule(group=st.sampled_from(("core", "core", "task")), count=COUNT, how=HOW)
    def scale(self, group: str, count: int, how: Schedule) -> None:
        self.do(scale(group, count), how)

    @rule(number=st.integers(1, 6), how=HOW)
    def run_job(self, number: int, how: Schedule) -> None:
        other = fixed("mrs_job", _job, number + 1).given
        self.do(dataclasses.replace(fixed("mrs_job", _job, number), other=other), how)

    @rule(state=st.sampled_from(("cancelled", "absent")), how=HOW)
    def end_job(self, state: str, how: Schedule) -> None:
        self.do(fixed("mrs_job", _end, state), how)

    @precondition(lambda self: self.account.jobs())
    @rule(state=st.sampled_from(("present", "cancelled", "absent")), how=HOW)
    def treat_all_jobs_together(self, state: str, how: Schedule) -> None:
        self.do(fixed("mrs_job", _several, state, *self.account.jobs()), how)


class HistoryOfV2(Tasks):
    """Of custom clusters, which API v2 creates and changes."""

    @initialize(
        start=st.sampled_from(("nothing", "custom", "custom_large")),
        flavor=st.sampled_from(("otc", "hwc")),
    )
    def begin(self, start: str, flavor: str) -> None:
        self.account = Account(start, flavor, unpublished=True)

    @rule(data=COUNT, edge=FEW, tags=st.none() | TAGS, steps=st.booleans(), how=HOW)
    def create_or_change_cluster(
        self, data: int, edge: int, tags: t.Any, steps: bool, how: Schedule
    ) -> None:
        self.do(custom(data, edge, tags, steps), how)

    @rule(group=st.sampled_from(("data", "data", "edge")), count=COUNT, how=HOW)
    def scale(self, group: str, count: int, how: Schedule) -> None:
        self.do(scale(group, count), how)

    @rule(name=st.sampled_from(("Hive", "Flink")), how=HOW)
    def add_component(self, name: str, how: Schedule) -> None:
        self.do(fixed("mrs_component", _component, name, components=(name,)), how)


class HistoryOfMixed(Tasks):
    """Of mixed clusters, which have two groups of core nodes."""

    @initialize(start=st.sampled_from(("nothing", "mixed")), flavor=st.sampled_from(("otc", "hwc")))
    def begin(self, start: str, flavor: str) -> None:
        self.account = Account(start, flavor, unpublished=True)

    @rule(analysis=COUNT, streaming=COUNT, tags=st.none() | TAGS, how=HOW)
    def create_or_change_cluster(
        self, analysis: int, streaming: int, tags: t.Any, how: Schedule
    ) -> None:
        self.do(mixed(analysis, streaming, tags), how)

    @rule(purpose=st.sampled_from(("analysis", "streaming")), count=COUNT, how=HOW)
    def scale(self, purpose: str, count: int, how: Schedule) -> None:
        self.do(scale(f"core_node_{purpose}_group", count), how)


def named(name: str) -> Operation:
    return dataclasses.replace(fixed("mrs_cluster", _named, name), nodes={"core": 3}, name=name)


def _named(flavor: str, name: str) -> Json:
    return cluster_options(flavor, name=name)


def _gone_by_name(flavor: str, name: str) -> Json:
    return {"name": name, "state": "absent"}


def renamed(identity: str, name: str, rival: str) -> Operation:
    other = fixed("mrs_cluster", _renamed, identity, rival).given
    operation = fixed("mrs_cluster", _renamed, identity, name)
    return dataclasses.replace(operation, other=other, name=name)


def _renamed(flavor: str, identity: str, name: str) -> Json:
    return {"id": identity, "name": name}


NAME = st.sampled_from(AccountOfNames.names)


class HistoryOfNames(Tasks):
    """Of clusters that get other names, and the names that others had."""

    account: AccountOfNames

    @initialize(start=st.sampled_from(("nothing", "small")), flavor=st.sampled_from(("otc", "hwc")))
    def begin(self, start: str, flavor: str) -> None:
        self.account = AccountOfNames(start, flavor)

    @rule(name=NAME, how=HOW)
    def create(self, name: str, how: Schedule) -> None:
        self.do(named(name), how)

    @precondition(lambda self: self.account.ids())
    @rule(number=st.integers(0, 2), name=NAME, rival=NAME, how=HOW)
    def rename(self, number: int, name: str, rival: str, how: Schedule) -> None:
        ids = self.account.ids()
        self.do(renamed(ids[number % len(ids)], name, rival), how)

    @rule(name=NAME, how=HOW)
    def delete(self, name: str, how: Schedule) -> None:
        gone = fixed("mrs_cluster", _gone_by_name, name)
        self.do(dataclasses.replace(gone, clusters=0, name=name), how)
