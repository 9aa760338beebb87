# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nights of the role transient_job: what may happen to one, drawn at random, and played.

What is played is the whole of the role but its last three tasks, which turn a result into facts and
words: the task of C(mrs_transient_job), on the in-process simulator.
"""

from __future__ import annotations

import collections
import copy
import dataclasses
import functools
import json
import traceback
import typing as t

from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_request,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import desired_job
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_transient_job import (
    TransientJobTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.tests.faults.director import Actor, ClientClock
from ansible_collections.huaweicloud.mrs.tests.faults.network import Killed, Looping, connected
from ansible_collections.huaweicloud.mrs.tests.faults.operations import (
    JOB,
    PLACES,
    Json,
    cluster_options,
)
from ansible_collections.huaweicloud.mrs.tests.faults.scene import Record, Scene
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import (
    ACTED,
    KILLS,
    NOT_ACTED,
    Fault,
)
from ansible_collections.huaweicloud.mrs.tests.faults.trial import API_TIMEOUT, POLL, URL, in_turn
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import options as checked
from mrs_simulator.settings import Settings

#: The runs: that of this night, and that of the night before.
TONIGHT, YESTERDAY = "2026-11-28", "2026-11-27"
JOBS: list[Json] = [
    {**JOB, "name": name, "output": f"s3a://etl/{name}/"} for name in ("load", "count", "report")
]
OLD_JOB: Json = {**JOB, "name": "old", "output": "s3a://etl/old/"}
#: What may be there before.
BEFORE = (
    "nothing",
    "yesterday's",
    "yesterday's idle",
    "yesterday's starting",
    "foreign",
    "without a run",
)
#: Faults after which somebody else may act on the same thing for a long time; nights do without.
_KINDS = tuple(kind for kind in (*NOT_ACTED, *ACTED) if kind != "slow")


@dataclasses.dataclass(frozen=True)
class Start:
    """One start of the role. C(gap): seconds after the one before it."""

    run: str | None = TONIGHT
    faults: tuple[Fault, ...] = ()
    gap: float = 0.0
    leftover: str = "wait"
    max_runtime: int = 14400
    keep: bool = False


@dataclasses.dataclass(frozen=True)
class Company:
    """A second controller: starts before the C(at)-th request of the first, for some requests."""

    run: str | None = TONIGHT
    machine: str = "here"
    turns: tuple[tuple[int, float], ...] = ((1, 1.0),)
    leftover: str = "wait"


@dataclasses.dataclass(frozen=True)
class Plot:
    """A night: what is there before, the starts, and what the service and others do.

    C(bad_job): which submission ends badly, from 1, and how. C(creation): ok, failed, quota.
    C(blow): before which request of the first start somebody deletes the living cluster at the
    console. C(api): the one that takes jobs.
    """

    before: str = "nothing"
    starts: tuple[Start, ...] = (Start(),)
    company: Company | None = None
    creation: str = "ok"
    bad_job: tuple[int, str] | None = None
    blow: int = 0
    flavor: str = "otc"
    speed: float = 40.0
    lag: float = 2.0
    seed: int = 0
    api: str = "v1.1"


@dataclasses.dataclass
class Ended:
    """How a start ended."""

    start: Start
    record: Record
    result: Json | None = None
    error: MrsError | None = None
    killed: bool = False
    wrong: str = ""
    #: Living clusters of the name at its end, and the states of all, as they are in truth.
    living: list[str] = dataclasses.field(default_factory=list)
    states: dict[str, str] = dataclasses.field(default_factory=dict)
    #: Whether another controller was still at work.
    in_company: bool = False

    @property
    def told(self) -> Json:
        return self.result or (self.error.failure() if self.error else {})

    def tell(self) -> list[str]:
        end = (
            "killed"
            if self.killed
            else self.wrong or str(self.error or "") or self.told.get("summary")
        )
        return [
            repr(self.start),
            *self.record.trace,
            f"  effects {self.record.effects}",
            f"  {end}",
        ]


@dataclasses.dataclass
class Night:
    """A plot and what came of it.

    C(clean): starts with nothing in their way, until all is well, and one more.
    """

    plot: Plot
    scene: Scene
    ended: list[Ended] = dataclasses.field(default_factory=list)
    company: Ended | None = None
    clean: list[Ended] = dataclasses.field(default_factory=list)
    console: int = 0

    @property
    def all(self) -> list[Ended]:
        return [*self.ended, *([self.company] if self.company else []), *self.clean]

    @property
    def hit(self) -> collections.Counter[str]:
        found: collections.Counter[str] = collections.Counter()
        for each in self.all:
            found.update(each.record.hit)
        return found

    def tell(self) -> str:
        prefix = f"/v1.1/{self.scene.project}"
        lines = [repr(self.plot), *(line for each in self.all for line in each.tell())]
        return "\n".join(lines).replace(prefix, "")


def play(plot: Plot) -> Night:
    """All starts of the plot, then clean ones."""
    night = Night(plot, _scene(plot))
    scene = night.scene
    with in_turn(scene):
        for number, start in enumerate(plot.starts):
            scene.director.sleep(start.gap)
            scene.before_request = functools.partial(_interfere, night, number == 0)
            night.ended.append(_begin(night, scene.director.lead, start))
        scene.director.finish()
        scene.director.lead.wakes = scene.director.time
        scene.before_request = _nothing
        scene.world.settings.patch({"quotas": {}, "next_creation": "ok", "next_job": "succeeded"})
        scene.director.sleep(plot.lag + 1.0)
        for _attempt in range(4):
            night.clean.append(_begin(night, scene.director.lead, Start()))
            if night.clean[-1].result is not None:
                break
        night.clean.append(_begin(night, scene.director.lead, Start()))
    return night


def _scene(plot: Plot) -> Scene:
    scene = Scene(Settings(flavor=t.cast("t.Any", plot.flavor), seed=plot.seed, speed=10.0))
    settings = scene.world.settings
    if plot.before != "nothing":
        tags = {"foreign": {}, "without a run": {"transient-job": "yes"}}
        tag = tags.get(plot.before, {"transient-job": YESTERDAY})
        settings.speed_create = 2000.0 if plot.before.endswith("starting") else 10.0
        given = _cluster(
            plot.flavor, plot.api, tags=tag, region_name=PLACES[plot.flavor]["region_name"]
        )
        body = creation_request(desired_cluster(checked("mrs_cluster", **given)), None)
        assert scene.call("POST", "run-job-flow", json.dumps(body).encode()) == 200
        scene.director.time += 100
        if not plot.before.endswith(("idle", "starting")):
            settings.speed_job = 3000.0
            _begin_old_job(scene, plot.api)
            scene.director.time += 100
    scene.console.effects, scene.made_jobs, scene.made_clusters = [], [], []
    settings.speed, settings.speed_cancel, settings.lag = plot.speed, plot.speed / 10, plot.lag
    settings.speed_create = settings.speed_job = None
    settings.quotas = {"nodes": 1} if plot.creation == "quota" else {}
    settings.next_creation = "failed" if plot.creation == "failed" else "ok"
    return scene


def _cluster(flavor: str, api: str, **more: t.Any) -> Json:
    """The version decides which API takes the jobs."""
    version = {"v1.1": "MRS 2.1.0", "v2": "MRS 3.2.0-LTS.2"}[api]
    return cluster_options(flavor, version=version, components=["Hadoop"], **more)


def _begin_old_job(scene: Scene, api: str) -> None:
    cluster = scene.living("etl")[0].id
    definition = desired_job(checked("mrs_job", cluster=cluster, **OLD_JOB))
    body = json.dumps(definition.request(api, cluster)).encode()
    scene.world.settings.sync_required = "no"  # somebody had synchronised that cluster
    if api == "v2":
        assert scene.call("POST", f"clusters/{cluster}/job-executions", body, "v2") < 300
    else:
        assert scene.call("POST", "jobs/submit-job", body) == 200
    scene.world.settings.use_dialect(scene.world.settings.dialect)


def _nothing(record: Record) -> None:
    """Nobody interferes."""


def _interfere(night: Night, is_first: bool, record: Record) -> None:
    """Before a request: jobs end as the plot says, and others come in between."""
    plot, scene = night.plot, night.scene
    settings = scene.world.settings
    bad = plot.bad_job
    settings.next_job = bad[1] if bad and len(scene.made_jobs) + 1 == bad[0] else "succeeded"
    if not is_first or record.actor is not scene.director.lead:
        return
    if plot.blow == record.requests:
        _strike(night)
    for at, steps in plot.company.turns if plot.company else ():
        if at == record.requests:
            if night.company is None:
                _enter(night, t.cast(Company, plot.company))
            scene.director.let(t.cast(Ended, night.company).record.actor, steps)


def _strike(night: Night) -> None:
    scene = night.scene
    for cluster in scene.living("etl"):
        scene.call("DELETE", f"clusters/{cluster.id}")
    night.console += len(scene.console.effects)
    scene.console.effects = []


def _enter(night: Night, company: Company) -> None:
    actor = Actor("company", company.machine)
    start = Start(company.run, leftover=company.leftover)
    night.company = Ended(start, Record(actor))

    def act() -> None:
        night.company = _begin(night, actor, start)

    night.scene.director.enter(actor, act)


def _begin(night: Night, actor: Actor, start: Start) -> Ended:
    """One start of the real code, whatever becomes of it."""
    scene = night.scene
    ended = Ended(start, Record(actor, start.faults))
    session = connected(scene, ended.record)
    scene.records.append(ended.record)
    environment = TaskEnvironment({}, ClientClock(scene.director), session=session)
    params = {
        **_parameters(night.plot.flavor, night.plot.api, start),
        "auth": {"token": scene.token()},
    }
    try:
        ended.result = run(TransientJobTask, params, check_mode=False, environment=environment)
    except MrsError as error:
        ended.error = error
    except Killed:
        ended.killed = True
    except Looping:
        ended.wrong = f"it sends requests for ever: {ended.record.trace[-20:]}"
    except Exception:  # noqa: BLE001  any other error is what the search looks for
        ended.wrong = traceback.format_exc()
    ended.living = [each.id for each in scene.living("etl")]
    ended.states = {key: _state(each) for key, each in scene.world.store.clusters.items()}
    company = night.company
    ended.in_company = bool(
        company and company.record.actor is not actor and not company.record.actor.over
    )
    ended.in_company = ended.in_company or actor is not scene.director.lead
    return ended


def _state(cluster: t.Any) -> str:
    return (
        "terminating"
        if cluster.pending and cluster.pending.what == "delete"
        else str(cluster.state)
    )


@functools.cache
def _project(flavor: str) -> str:
    return Scene(Settings(flavor=t.cast("t.Any", flavor))).project


@functools.cache
def _parsed(flavor: str, api: str, start: Start) -> Json:
    given = _cluster(flavor, api, validate=False)  # what is offered changes nothing
    jobs = [OLD_JOB] if start.run == YESTERDAY else JOBS
    jobs = [{**job, "sync_iam_user": True} for job in jobs]
    return checked(
        "mrs_transient_job",
        cluster=given,
        jobs=jobs,
        run=start.run,
        leftover=start.leftover,
        max_runtime=start.max_runtime,
        keep_on_failure=start.keep,
        region_name=PLACES[flavor]["region_name"],
        poll_interval=POLL,
        api_timeout=API_TIMEOUT,
        project_id=_project(flavor),
        endpoint=URL,
    )


def _parameters(flavor: str, api: str, start: Start) -> Json:
    plain = dataclasses.replace(start, faults=(), gap=0.0)
    return copy.deepcopy(_parsed(flavor, api, plain))


# Drawing


def _faults() -> st.SearchStrategy[Fault]:
    one = st.builds(
        Fault,
        st.sampled_from(_KINDS),
        st.sampled_from(("write", "request")),
        st.integers(1, 30),
        st.just(1),
    )
    several = st.builds(
        Fault, st.sampled_from(NOT_ACTED), st.just("request"), st.integers(1, 30), st.integers(2, 9)
    )
    kill = st.builds(
        Fault, st.sampled_from(KILLS), st.just("request"), st.integers(1, 45), st.just(1)
    )
    kill_write = st.builds(
        Fault, st.sampled_from(KILLS), st.just("write"), st.integers(1, 6), st.just(1)
    )
    return st.one_of(one, several, kill, kill_write, kill_write)


def _starts() -> st.SearchStrategy[Start]:
    return st.builds(
        Start,
        run=st.sampled_from((TONIGHT, TONIGHT, TONIGHT, YESTERDAY)),
        faults=st.lists(_faults(), max_size=2).map(tuple),
        gap=st.sampled_from((0.0, 0.0, 7.0, 100.0, 2000.0, 100_000.0)),
        leftover=st.sampled_from(("wait", "wait", "fail", "drop")),
        max_runtime=st.sampled_from((14400, 14400, 14400, 50, 130)),
        keep=st.sampled_from((False, False, False, True)),
    )


def _companies() -> st.SearchStrategy[Company]:
    turn = st.tuples(st.integers(1, 30), st.sampled_from((1.0, 2.0, 3.0, 5.0, 12.0)))
    return st.builds(
        Company,
        run=st.sampled_from((TONIGHT, TONIGHT, YESTERDAY)),
        machine=st.sampled_from(("here", "elsewhere")),
        turns=st.lists(turn, min_size=1, max_size=3).map(lambda turns: tuple(sorted(turns))),
        leftover=st.sampled_from(("wait", "fail", "drop")),
    )


def plots() -> st.SearchStrategy[Plot]:
    """Random nights."""
    return st.builds(
        Plot,
        before=st.sampled_from((*BEFORE, "nothing", "nothing")),
        starts=st.lists(_starts(), min_size=1, max_size=4).map(tuple),
        company=st.one_of(st.none(), st.none(), _companies()),
        creation=st.sampled_from(("ok", "ok", "ok", "ok", "failed", "quota")),
        bad_job=st.one_of(
            st.none(),
            st.none(),
            st.tuples(
                st.integers(1, 4), st.sampled_from(("failed", "abnormal", "error", "unknown"))
            ),
        ),
        blow=st.sampled_from((0, 0, 0, 0, 5, 9, 14, 20)),
        flavor=st.sampled_from(("otc", "hwc")),
        speed=st.sampled_from((3.0, 40.0, 40.0, 300.0)),
        lag=st.sampled_from((0.0, 2.0, 30.0)),
        seed=st.integers(0, 3),
        api=st.sampled_from(("v1.1", "v2")),
    )
