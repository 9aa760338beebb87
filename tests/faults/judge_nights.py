# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must hold of every night: each job once, no cluster left in silence, a true account."""

from __future__ import annotations

import collections
import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    JobError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.tests.faults.nights import TONIGHT, Ended, Night
from ansible_collections.huaweicloud.mrs.tests.faults.operations import CANARIES
from mrs_simulator.state.resources import Job

#: What the account may call each state of the service.
STATES = {
    "failed": {"failed", "terminated"},
    "deleted": {"terminated"},
    "deletion_asked": {"terminating", "terminated"},
    "kept": {"starting", "running", "scaling-out", "scaling-in"},
}


def violations(night: Night) -> list[str]:
    """What is wrong, in words."""
    found = [
        f"{each.record.actor.name}: {text}" for each in night.all for text in _of_start(night, each)
    ]
    return [*found, *_of_jobs(night), *_of_clusters(night), *_of_clean(night)]


def _of_start(night: Night, ended: Ended) -> t.Iterator[str]:
    if ended.wrong:
        yield ended.wrong
        return
    if ended.killed:
        return
    shown = json.dumps(ended.told) + str(ended.error)
    yield from (f"a secret is shown: {secret}" for secret in CANARIES if secret in shown)
    if "account" not in ended.told:
        yield f"there is no account: {ended.error}"
        return
    if not ended.in_company:
        yield from _of_living(ended, shown)
        yield from _of_account(night, ended)
    yield from _of_actions(ended)


def _of_living(ended: Ended, shown: str) -> t.Iterator[str]:
    """No cluster is left without a word."""
    if (
        isinstance(ended.error, UnknownOutcomeError)
        or ended.record.unsure
        or "Whether there is a cluster" in shown
    ):
        return
    for identity in ended.living:
        if identity not in shown:
            yield f"cluster {identity} is left without a word"


def _of_account(night: Night, ended: Ended) -> t.Iterator[str]:
    """The account equals the state of the simulator."""
    account = ended.told["account"]
    identity, said = account["cluster_id"], account["cluster"]
    if said == "never_created":
        made = [key for kind, key in ended.record.effects if kind == "create"]
        if made and not ended.record.unsure:
            yield f"it says never_created, and made {made}"
    elif said == "kept" and f"Cannot read cluster {identity}" in str(ended.error):
        return  # it was there when it was last seen, and the error says that it cannot be read
    elif ended.states.get(identity) not in STATES[said]:
        yield f"it says {said} of {identity}, which is {ended.states.get(identity)}"
    if said == "failed" and night.scene.world.store.clusters[identity].charging_at:
        yield "it says failed of a cluster that was running"
    for job in account["jobs"]:
        yield from _of_job(night, ended, job)


def _of_job(night: Night, ended: Ended, job: dict[str, t.Any]) -> t.Iterator[str]:
    execution = job["job_execution"]
    if execution is None:
        submitted = [key for kind, key in ended.record.effects if kind == "submit"]
        mine = [
            key
            for key in submitted
            if night.scene.world.store.jobs[key].spec["job_name"] == job["name"]
        ]
        if mine and job["outcome"] != "failed" and not ended.record.unsure:
            yield f"it says that {job['name']} was not run, and submitted {mine}"
        return
    truth = night.scene.world.store.jobs[execution["id"]]
    if execution["state"] in ("starting", "running"):  # its end comes after the account
        return
    is_good = truth.outcome == (3, 2) and truth.cancelled_at is None
    if (job["outcome"] in ("ran", "found")) != is_good and not ended.record.unsure:
        yield (
            f"it says {job['outcome']} of {job['name']}, whose end is {truth.outcome} "
            f"{truth.cancelled_at}"
        )
    if _has_twins(night):
        return
    began = ("submit", execution["id"]) in ended.record.effects
    if job["outcome"] == "ran" and not began:
        yield f"it says that it ran {job['name']}, which it found"
    if job["outcome"] == "found" and began:
        yield f"it says that it found {job['name']}, which it ran"


def _of_actions(ended: Ended) -> t.Iterator[str]:
    told = collections.Counter(action["action"] for action in ended.told.get("actions", ()))
    done = collections.Counter(kind for kind, _key in set(ended.record.effects))
    if isinstance(ended.error, UnknownOutcomeError) or ended.record.unsure:
        return
    for action, kind in (("create", "create"), ("submit_job", "submit"), ("delete", "delete")):
        if told[action] != done[kind]:
            yield f"it tells {action} {told[action]} times, and did so {done[kind]} times"


def _runs_of_jobs(night: Night) -> dict[tuple[str, str], list[Job]]:
    """The executions of each job of a run that have brought, or will bring, the wanted result."""
    counted: dict[tuple[str, str], list[Job]] = collections.defaultdict(list)
    for job in night.scene.made_jobs:
        tags = night.scene.world.store.clusters[job.cluster_id].tags
        run = tags.get("transient-job")
        if run and job.outcome == (3, 2) and job.cancelled_at is None:
            counted[run, job.spec["job_name"]].append(job)
    return counted


def _has_twins(night: Night) -> bool:
    """Two machines submitted the same job at once: one execution counts, the other is cancelled."""
    company = night.plot.company
    return bool(company and company.machine == "elsewhere") and any(
        kind == "cancel" for each in night.all for kind, _key in each.record.effects
    )


def _of_jobs(night: Night) -> t.Iterator[str]:
    company = night.plot.company
    if company and company.machine == "elsewhere" and night.hit:
        return  # nobody could see the twin in time
    for (run, name), jobs in _runs_of_jobs(night).items():
        if run != "yes" and len(jobs) > 1:
            yield f"{len(jobs)} executions of {name} in run {run}"


def _of_clusters(night: Night) -> t.Iterator[str]:
    """In the end nothing costs money that nobody knows of, and never two of the name."""
    living = night.scene.living("etl")
    if len(living) > 1:
        yield f"{len(living)} living clusters of one name"
    last = night.clean[-1]
    if living and last.result is not None:
        yield f"a night has ended well, and {living[0].id} is there"


def _of_clean(night: Night) -> t.Iterator[str]:
    """With nothing in its way, the run is made; once more, and nothing happens."""
    if night.plot.before == "foreign" and not night.console:
        wrong = [each for each in night.all if each.record.effects and not each.killed]
        yield from (
            f"somebody else's cluster was there, and it did {each.record.effects}" for each in wrong
        )
        return
    last, before = night.clean[-1], night.clean[:-1]
    for each in before:
        if each.error and not _is_excused(night, each):
            yield f"a clean start fails: {each.error}"
    if last.error and not _is_excused(night, last):
        yield f"the last start fails: {last.error}"
    if last.result is not None and last.record.effects:
        yield f"the repetition does {last.record.effects}"
    if last.result is not None:
        done = {
            name for (run, name), jobs in _runs_of_jobs(night).items() if run == TONIGHT and jobs
        }
        if len(done) != 3:
            yield f"a night has ended well with {sorted(done)}"


def _is_excused(night: Night, ended: Ended) -> bool:
    """What was there may be gone without a record of its jobs: then the run must not go on."""
    # One that an earlier start began.
    if isinstance(ended.error, JobError) and ended is not night.clean[-1]:
        return True
    return "cannot be known" in str(ended.error)
