# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays a schedule: the real code of a task, the simulated cloud, and all that gets in the way."""

from __future__ import annotations

import collections
import contextlib
import copy
import dataclasses
import functools
import json
import traceback
import typing as t
from unittest import mock

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import lock, parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.tests.faults import wires
from ansible_collections.huaweicloud.mrs.tests.faults.director import Actor, ClientClock
from ansible_collections.huaweicloud.mrs.tests.faults.network import Killed, Looping, connected
from ansible_collections.huaweicloud.mrs.tests.faults.operations import (
    OPERATIONS,
    PLACES,
    Json,
    Operation,
    store,
)
from ansible_collections.huaweicloud.mrs.tests.faults.scene import Effect, Record, Scene
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Blow, Rival, Run, Schedule
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import options as checked
from mrs_simulator.identity import account
from mrs_simulator.settings import Settings
from mrs_simulator.state.resources import CUSTOM, MIXED, Store

#: Seconds between two looks of a task, and for one request.
POLL = 15.0
API_TIMEOUT = 60.0
#: Seconds that a run looks for what became of a request without an answer.
OUTCOME_TIMEOUT = 60.0
CLEAN = Run(wait_timeout=50_000)
CHECK = Run(check=True)
#: Seconds that a read takes on its way to the service in a crowd.
FAST = 0.02
#: The group that the console adds a node to by API v2.
GROWN = {MIXED: "core_node_streaming_group", CUSTOM: "data"}


@dataclasses.dataclass
class Outcome:
    """How a run ended: with a result, an error of ours, killed, or as it must not end."""

    record: Record
    plan: Run
    result: Json | None = None
    error: MrsError | None = None
    killed: bool = False
    wrong: str | None = None
    seconds: float = 0.0
    #: No cluster was on its way to another state when it began, and no replica was behind.
    settled: bool = True

    @property
    def told(self) -> Json:
        """What Ansible would show."""
        return self.result or (self.error.failure() if self.error else {})


@dataclasses.dataclass
class Story:
    """A schedule and what came of it."""

    schedule: Schedule
    operation: Operation
    scene: Scene
    outcomes: list[Outcome] = dataclasses.field(default_factory=list)
    rival: Outcome | None = None
    #: The other machines of a crowd.
    company: list[Outcome] = dataclasses.field(default_factory=list)
    #: Results of the clean runs at the end; the last one is a repetition.
    clean: list[Outcome] = dataclasses.field(default_factory=list)
    #: What check mode said before the first of them, and before the last.
    previews: list[Outcome] = dataclasses.field(default_factory=list)
    #: What would have become of the account after the runs if nobody had done anything else.
    left: Store | None = None
    #: What the console did, and to what.
    blown: list[Effect] = dataclasses.field(default_factory=list)
    #: What was under way before.
    under_way: set[str] = dataclasses.field(default_factory=set)

    @property
    def all(self) -> list[Outcome]:
        return [*self.acted, *self.previews]

    @property
    def acted(self) -> list[Outcome]:
        """Those that were not just to say what they would do."""
        rivals = [*([self.rival] if self.rival else []), *self.company]
        return [*self.outcomes, *rivals, *self.clean]

    @property
    def requests(self) -> int:
        return sum(outcome.record.requests for outcome in self.all)

    @property
    def injected(self) -> collections.Counter[str]:
        """How many of each fault really hit a request."""
        hit: collections.Counter[str] = collections.Counter()
        for outcome in self.all:
            hit.update(outcome.record.hit)
        if self.rival:
            hit["rival"] += 1
        hit.update(f"console {kind}" for kind, _key in self.blown)
        return hit

    @property
    def is_spoilt(self) -> bool:
        """Some request of a run did not go its way."""
        return any(outcome.record.hit for outcome in self.all)

    def tell(self) -> str:
        """The whole of it, for the one who has to find out what went wrong."""
        lines = [repr(self.schedule)]
        for outcome in self.all:
            end = "killed" if outcome.killed else outcome.wrong or outcome.told
            lines += [*outcome.record.trace, f"  effects {outcome.record.effects}", f"  {end}"]
        return "\n".join(lines)


def play(schedule: Schedule) -> Story:
    """All that the schedule says, then clean runs until the task has had its way, then one more."""
    operation = OPERATIONS[schedule.operation]
    scene = set_scene(operation.start, schedule.flavor, schedule.seed)
    settings = scene.world.settings
    settings.serve_unpublished = operation.unpublished
    # What the documents leave open, each way.
    settings.expand_result = ("succeeded", "success")[schedule.seed % 2]
    settings.steps = ("together", "in_turn")[schedule.seed // 2 % 2]
    settings.next_component = "failed" if schedule.job == "failed" else "ok"
    story = Story(schedule, operation, scene, under_way=set(operation.under_way))
    with wires.way(story.scene, schedule.way):
        play_runs(story)
        _mend(story)
        with in_turn(story.scene):
            _run_clean(story)
    return story


def _mend(story: Story) -> None:
    """Somebody mends the cluster whose new component failed: until then it takes none."""
    scene, schedule = story.scene, story.schedule
    scene.world.settings.next_component = "ok"
    if schedule.job != "failed" or not story.operation.components:
        return
    scene.director.sleep(schedule.speed + schedule.lag + 1.0)
    scene.simulator.catch_up(scene.director.time)
    for cluster in scene.world.store.clusters.values():
        if cluster.state == "abnormal":
            cluster.state = "running"


@contextlib.contextmanager
def in_turn(scene: Scene) -> t.Iterator[None]:
    """Only the director says who moves: its locks, no old notes, and no threads within a run."""
    with (
        mock.patch.object(lock, "held", scene.director.held),
        mock.patch.object(lock, "note_open"),
        mock.patch.object(parallel, "map_in_parallel", map),
    ):
        yield


def set_scene(start: str, flavor: str, seed: int = 0) -> Scene:
    """A cloud of its own, with what is there before."""
    return Scene(Settings(flavor=t.cast("t.Any", flavor), seed=seed), store(start, flavor))


def play_runs(story: Story) -> None:
    """The runs of the schedule with all in their way, until all that was sent has arrived."""
    scene, schedule = story.scene, story.schedule
    scene.arrived, scene.times = [], {}
    settings = scene.world.settings
    settings.speed, settings.speed_cancel, settings.lag = (
        schedule.speed,
        schedule.speed / 10,
        schedule.lag,
    )
    settings.next_job = schedule.job
    replica = schedule.replica
    if replica:
        scene.fall_behind(replica.behind, replica.of)
    with in_turn(scene):
        _gather(story)
        for number, plan in enumerate(schedule.runs):
            scene.director.sleep(plan.gap)
            scene.deliver_late()
            scene.before_request = functools.partial(_interfere, story) if number == 0 else _nothing
            pace = (FAST, schedule.company[0]) if schedule.company else None
            story.outcomes.append(
                _run(story, scene.director.lead, plan, story.operation.given, pace)
            )
        scene.director.finish()
    scene.before_request = _nothing
    scene.director.lead.wakes = scene.director.time
    story.left = scene.in_the_end()
    while scene.late:
        scene.director.sleep(max(0.0, min(late.due for late in scene.late) - scene.director.time))
        scene.deliver_late()
    scene.director.sleep(schedule.lag + 1.0 if story.blown or scene.beyond else 0.0)


def _run_clean(story: Story) -> None:
    """A job that failed is run again by the next run: that is wanted, and takes a second one."""
    lead, given = story.scene.director.lead, story.operation.given
    story.scene.director.sleep(story.scene.behind)
    story.previews.append(_run(story, lead, CHECK, given))
    for _attempt in range(3):
        story.clean.append(_run(story, lead, CLEAN, given))
        story.scene.director.sleep(story.scene.behind)
        if story.clean[-1].result is not None:
            break
    story.previews.append(_run(story, lead, CHECK, given))
    story.clean.append(_run(story, lead, CLEAN, given))


def _gather(story: Story) -> None:
    """The other machines of a crowd begin in the same moment."""
    for number, delay in enumerate(story.schedule.company[1:], start=2):
        actor = Actor(f"machine {number}", f"machine {number}")

        def act(actor: Actor = actor, delay: float = delay) -> None:
            story.company.append(_run(story, actor, Run(), story.operation.given, (FAST, delay)))

        story.scene.director.enter(actor, act)


def _nothing(record: Record) -> None:
    """Nobody interferes."""


def _interfere(story: Story, record: Record) -> None:
    """The lead is about to send a request of its first run: does anybody else come before?"""
    schedule, director = story.schedule, story.scene.director
    if record.actor is not director.lead:
        return
    blow, rival = schedule.blow, schedule.rival
    if blow and blow.at == record.requests:
        strike(story, blow)
    for at, steps in rival.turns if rival else ():
        if at == record.requests:
            if story.rival is None:
                _enter(story, t.cast(Rival, rival))
            director.let(t.cast(Outcome, story.rival).record.actor, steps)


def _enter(story: Story, rival: Rival) -> None:
    actor = Actor("rival", rival.machine)
    story.rival = Outcome(Record(actor), Run())
    given = (
        story.operation.other
        if rival.wants == "other" and story.operation.other
        else story.operation.given
    )

    def act() -> None:
        story.rival = _run(story, actor, Run(rival.faults), given)

    story.scene.director.enter(actor, act)


def strike(story: Story, blow: Blow) -> None:
    """Somebody does something at the console, if there is something to do it to."""
    scene = story.scene
    clusters = scene.living("etl")
    jobs = [
        job for job in scene.world.store.jobs.values() if job.submitted_at <= scene.director.time
    ]
    settings = scene.world.settings
    settings.delete_running_jobs = True
    if blow.what == "delete_cluster" and clusters:
        scene.call("DELETE", f"clusters/{clusters[0].id}")
    elif blow.what == "delete_job" and jobs:
        scene.call("DELETE", f"job-executions/{jobs[0].id}")
    elif blow.what == "cancel_job" and jobs:
        scene.call("GET", f"job-executions/{jobs[0].id}/cancel")
    elif blow.what == "resize" and clusters and clusters[0].type in GROWN:
        group = GROWN[clusters[0].type]
        body = json.dumps({"node_group_name": group, "count": 1}).encode()
        scene.call("POST", f"clusters/{clusters[0].id}/expand", body, api="v2")
    elif blow.what == "resize" and clusters:
        wanted = {"scale_type": "scale_out", "node_id": "node_orderadd", "instances": 1}
        body = json.dumps({"parameters": wanted}).encode()
        scene.call("PUT", f"cluster_infos/{clusters[0].id}", body)
    settings.delete_running_jobs = False
    story.blown += scene.console.effects
    scene.console.effects = []


def _run(
    story: Story,
    actor: Actor,
    plan: Run,
    given: t.Callable[[str], Json],
    pace: tuple[float, float] | None = None,
) -> Outcome:
    """One run of the real code, whatever becomes of it."""
    scene, schedule = story.scene, story.schedule
    record = Record(actor, plan.faults, pace, began=scene.director.time)
    scene.records.append(record)
    outcome = Outcome(record, plan, settled=not scene.behind and scene.is_settled())
    params = {
        **_parameters(story.operation.module, given, schedule.flavor, schedule.login),
        "wait": plan.wait,
        "wait_timeout": plan.wait_timeout,
    }
    if schedule.login == "token":
        params["auth"] = {**params["auth"], "token": scene.token()}
    session = (
        wires.session(scene, record, params)
        if schedule.way != "inside"
        else connected(scene, record)
    )
    environment = TaskEnvironment({}, ClientClock(scene.director), session=session)
    try:
        kind, is_check = story.operation.kind, plan.check
        outcome.result = run(kind, params, check_mode=is_check, environment=environment)
    except MrsError as error:
        outcome.error = error
    except Killed:
        outcome.killed = True
    except Looping:
        outcome.wrong = f"it sends requests for ever: {record.trace[-20:]}"
    except Exception:  # noqa: BLE001  # any other error is what the search looks for
        outcome.wrong = traceback.format_exc()
    record.ended = scene.director.time
    outcome.seconds = record.ended - record.began
    return outcome


@functools.cache
def _parsed(module: str, given: t.Callable[[str], Json], flavor: str, login: str) -> Json:
    credentials: dict[str, Json] = {
        "token": {"project_id": _project(flavor), "endpoint": URL},
        "password": {
            "auth": {
                "auth_url": f"{URL}/v3",
                "username": account.USERNAME,
                "password": account.PASSWORD,
                "user_domain_name": account.DOMAIN_NAME,
            },
            "auth_type": None,
            "project_id": None,
            "endpoint": None,
        },
        "keys": {
            "access_key": account.ACCESS_KEY,
            "secret_key": account.SECRET_KEY,
            "auth": None,
            "auth_type": None,
            "project_id": _project(flavor),
            "endpoint": URL,
        },
    }
    common = {
        "region_name": PLACES[flavor]["region_name"],
        "poll_interval": POLL,
        "api_timeout": API_TIMEOUT,
        "outcome_timeout": OUTCOME_TIMEOUT,
    }
    return checked(module, **{**given(flavor), **common, **credentials[login]})


def _parameters(module: str, given: t.Callable[[str], Json], flavor: str, login: str) -> Json:
    return copy.deepcopy(_parsed(module, given, flavor, login))


URL = "http://mrs.simulator"


@functools.cache
def _project(flavor: str) -> str:
    return Scene(Settings(flavor=t.cast("t.Any", flavor))).project
