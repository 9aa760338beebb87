# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of M(huaweicloud.mrs.mrs_transient_job) and of the role transient_job.

It makes way for the run, runs the missing jobs on a cluster of its own, and takes that down. Each
round looks at what is there and decides anew, since other controllers may be at work on the same
run.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import hidden_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
    OvertakenError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Create
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.look import look
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.options import (
    TRANSIENT_JOB,
    check_run_for,
    cluster_params,
    desired_transient_job,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.plan import (
    has_to_go,
    plan_run,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.remove import (
    allow,
    remove,
    until_ended,
    until_idle,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.report import Report
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.run import (
    Run,
    check_ends,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    Seen,
    Situation,
    check,
    judge,
    recent,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.words import (
    check_time,
    describe_end,
    describe_leftover,
    describe_plan,
    describe_recent,
    describe_time,
    describe_unbegun,
    shortest_creation,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
        Validation,
    )

#: What is said of a cluster of another run: when it is deleted.
TREATMENTS = {
    "fail": "",
    "wait": " It is deleted once no job runs there.",
    "drop": " It is deleted at once.",
}


class TransientJobTask:
    """What the role transient_job does."""

    def __init__(self, params: Params) -> None:
        self._hidden = set(hidden_in(TRANSIENT_JOB.options, params))
        self._params = cluster_params(params)
        waiting = {"wait": True, "wait_timeout": 0, "poll_interval": params["poll_interval"]}
        self._wanted = desired_transient_job({**params, "cluster": self._params})
        self._desired = desired_cluster({**self._params, **waiting})
        self._report = Report(self._wanted, own_group=not self._desired.security_group_id)
        self._validation: Validation | None = None
        self._region: str | None = None
        self._took: float | None = None
        self._ids: frozenset[str] = frozenset()
        self._began = 0.0

    def secrets(self) -> t.Collection[str]:
        jobs = (secret for job in self._wanted.jobs for secret in job.secrets())
        return {*self._hidden, *self._desired.secrets(), *jobs}

    # Looking

    def read(self, context: Context) -> Situation:
        context.wait = context.acts = True
        self._show(context)
        self._region = context.region
        check_run_for(self._wanted.run, context.region, self._params["endpoint"])
        allow(context, self._wanted.max_runtime)
        seen, self._ids = look(context, self._wanted, self._desired.enterprise_project_id)
        situation = judge(self._wanted, seen)
        self._report.take(situation)
        if situation.needs_cluster and self._params["validate"]:
            self._look_up_zone(context)
        self._note(context, self._words(context, seen, situation))
        self._show(context)
        context.results["plan"] = describe_plan(self._wanted, situation)
        return situation

    def _words(self, context: Context, seen: t.Sequence[Seen], situation: Situation) -> list[str]:
        """What there is to say about other runs, and about the time that there is."""
        treatment = TREATMENTS[self._wanted.leftover]
        now = context.waiter.clock.now()
        earlier = [describe_recent(each) for each in recent(self._wanted, seen, now)]
        left = [f"{describe_leftover(each)}{treatment}" for each in situation.leftovers]
        self._took = shortest_creation(seen)
        return [*earlier, *left, *describe_time(self._wanted, self._took, situation)]

    def _note(self, context: Context, words: t.Iterable[str]) -> None:
        for text in words:
            context.warn(text)
            if text not in self._report.notes:
                self._report.notes.append(text)

    def _show(self, context: Context) -> None:
        context.results.update(self._report.results())

    # What the service offers

    def validate(self, context: Context, current: Situation, plan: Plan) -> None:
        """Before anything is done and paid for."""
        is_created = any(isinstance(change, Create) for change in plan.changes)
        if not (is_created and self._params["validate"]):
            return
        self._look_up_zone(context)
        validation = self._questions(context)
        with _of_variable():
            validation.check(plan, None, self._desired)
        context.results.update(validation.result)

    def _look_up_zone(self, context: Context) -> None:
        """Each API wants a zone in another form, and the plan looks at the request."""
        with _of_variable():
            self._desired = self._questions(context).in_zone(self._desired)

    def _questions(self, context: Context) -> Validation:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
            Validation,
        )

        self._validation = self._validation or Validation(context)
        return self._validation

    # Planning and acting

    def plan(self, current: Situation) -> Plan:
        check(self._wanted, current)
        check_time(self._wanted, self._took, current)
        return plan_run(self._wanted, self._desired, current, self._region)

    def apply(self, context: Context, current: Situation, plan: Plan) -> None:
        report = self._report
        self._began = context.waiter.elapsed()
        try:
            for _round in context.rounds(f"Cluster {self._wanted.cluster} keeps changing."):
                if self._round(context, current):
                    break
                current = self.read(context)
                context.planned(self.plan(current))
        except MrsError as error:
            report.reason = report.reason or str(error)
            error.message = f"{report.reason} {report.sentence()}"
            error.hint = None
            raise
        finally:
            report.runtime = round(context.waiter.elapsed() - self._began)
            self._show(context)

    def _round(self, context: Context, current: Situation) -> bool:
        """One step towards the end of the run; tells whether that was the last one."""
        if current.leftovers:
            for each in current.leftovers:
                self._end_leftover(context, each)
        elif current.ending:
            until_ended(context, [each.cluster for each in current.ending])
        elif has_to_go(self._desired, current) and current.own:
            remove(context, current.own, was_used=bool(self._report.submitted))
        elif current.is_over:
            check_ends(self._report)
            return True
        else:
            run = Run(context, self._wanted, self._desired, self._report, self._ids)
            self._began = run.began
            with contextlib.suppress(OvertakenError):
                run.spend(current)
                return True
        return False

    def _end_leftover(self, context: Context, seen: Seen) -> None:
        """Wait for what runs on the cluster of another run, and take it down."""
        if self._wanted.leftover == "wait":
            allow(context, self._wanted.max_runtime)
            seen = until_idle(context, seen)
        remove(context, seen, was_used=bool(self._report.submitted))
        self._note(context, [f"{describe_end(seen)} {describe_unbegun(self._wanted, seen)}"])


@contextlib.contextmanager
def _of_variable() -> t.Iterator[None]:
    """Options of the cluster are given in a variable of the role."""
    try:
        yield
    except OptionError as error:
        error.message = f"transient_job_cluster: {error.message}"
        raise
