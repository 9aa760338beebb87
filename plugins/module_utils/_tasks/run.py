# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a task: options, desired, current, plan, apply, result.

Knows neither AnsibleModule nor an action plugin.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    secrets as secrets_of_settings,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MissingClusterError,
    MrsError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    redacted,
    secrets_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.proxies import logins
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import (
    TaskEnvironment,
    new_context,
    settings_of,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params, Plan


class Task(t.Protocol):
    """What a module does. The constructor checks the options, before any request."""

    def __init__(self, params: Params) -> None: ...

    def secrets(self) -> t.Collection[str]:
        """Values of the options that must not be shown."""

    def read(self, context: Context) -> t.Any:
        """The current state; what is known goes into C(context.results)."""

    def plan(self, current: t.Any) -> Plan | None:
        """What is to do, by looking at values only. None where the task just reads."""

    def apply(self, context: Context, current: t.Any, plan: Plan) -> None:
        """Do what is planned, and wait for it.

        Each change that was made goes to C(context.did), each new plan to C(context.planned), what
        is there into C(context.results).
        """


@t.runtime_checkable
class Predicting(t.Protocol):
    """A task that can say in check mode what would be there."""

    def predict(self, context: Context, plan: Plan) -> None:
        """What would be there goes into C(context.results)."""


@t.runtime_checkable
class Validating(t.Protocol):
    """A task that asks the service whether what is planned can work, before anything is done."""

    def validate(self, context: Context, current: t.Any, plan: Plan) -> None:
        """:raises OptionError: it cannot."""


@t.runtime_checkable
class ForLater(t.Protocol):
    """A task on a cluster that can be planned before the cluster is there."""

    def plan_for_later(self, context: Context) -> Plan:
        """What would be done with the new cluster.

        What would be there goes into C(context.results).
        """


@t.runtime_checkable
class Removing(ForLater, t.Protocol):
    """A task that may take something away from a cluster, as with C(state=absent)."""

    def removes(self) -> bool:
        """Where the cluster is gone, so is what it would take away."""


@t.runtime_checkable
class ManyTasks(t.Protocol):
    """What a module does that runs many tasks, each with a login of its own.

    The constructor checks the options.
    """

    def __init__(self, params: Params) -> None: ...

    def secrets(self) -> t.Collection[str]:
        """Values of the options that must not be shown."""

    def run(self, environment: TaskEnvironment) -> dict[str, t.Any]:
        """The result."""


#: What a failed task tells of its cluster.
OF_A_FAILURE = ("id", "name", "state", "stage", "error", "scale_state", "node_counts")
Kind = t.Union[type[Task], type[ManyTasks]]


def run(
    kind: Kind, params: Params, *, check_mode: bool, environment: TaskEnvironment
) -> dict[str, t.Any]:
    """The result of the task.

    :raises MrsError: its C(failure()) is the result of the failed task.
    """
    secrets = secrets_in(params) | logins(environment.environ)
    try:
        task = kind(params)
        secrets.update(task.secrets())
        if isinstance(task, ManyTasks):
            result = task.run(environment)
        else:
            settings = settings_of(params, environment)
            secrets.update(secrets_of_settings(settings))
            result = _bring_about(
                task, new_context(params, settings, environment, secrets), check_mode
            )
    except MrsError as error:
        error.message = redacted(error.message, secrets)
        error.hint, error.reason = redacted(error.hint, secrets), redacted(error.reason, secrets)
        error.facts = redacted(error.facts, secrets)
        raise
    return t.cast("dict[str, t.Any]", redacted(result, secrets))


def outcome(
    kind: Kind, params: Params, *, check_mode: bool, environment: TaskEnvironment
) -> dict[str, t.Any]:
    """As C(run), but an error is the result of a failed task.

    The one place where errors become results.
    """
    try:
        return run(kind, params, check_mode=check_mode, environment=environment)
    except MrsError as error:
        return failure(error)


def failure(error: MrsError) -> dict[str, t.Any]:
    """The result of a task that failed with this error.

    A whole cluster would bury the message on the terminal.
    """
    result = {"changed": False, "warnings": [], **error.failure(), "failed": True}
    cluster = result.get("cluster")
    if isinstance(cluster, dict):
        result["cluster"] = {key: cluster[key] for key in OF_A_FAILURE if key in cluster}
    return result


def _bring_about(task: Task, context: Context, check_mode: bool) -> dict[str, t.Any]:
    try:
        has_plan = _foretell(task, context) if check_mode else _act(task, context)
    except MrsError as error:
        actions = context.done.actions
        done: dict[str, t.Any] = {"warnings": context.warnings}
        if context.acts:
            done = {"actions": actions, **context.reported()}
        error.facts = {"changed": bool(actions), **done, **error.facts}
        raise
    if not has_plan:
        return {"changed": False, "warnings": context.warnings, **context.results}
    return {**context.done.result(), **context.reported()}


def _act(task: Task, context: Context) -> bool:
    """Do what is planned. False for a task that only reads, which has no plan."""
    try:
        current = task.read(context)
    except MissingClusterError as error:
        return _nothing_left(task, context, error)
    plan = task.plan(current)
    if plan is None:
        return False
    _announce(task, context, current, plan)
    task.apply(context, current, plan)
    _tell_of_other_plan(context, plan)
    return True


def _nothing_left(task: Task, context: Context, error: MissingClusterError) -> bool:
    """:raises MissingClusterError: the cluster has to be there for what the task does."""
    if not (isinstance(task, Removing) and task.removes()):
        raise error
    context.warn(f"{error.message} So there is nothing to remove.")
    context.planned(task.plan_for_later(context))
    return True


def _foretell(task: Task, context: Context) -> bool:
    """Tell what would be done. False for a task that only reads, which has no plan."""
    current, plan = _planned_ahead(task, context)
    if plan is None:
        return False
    _announce(task, context, current, plan)
    if isinstance(task, Predicting):
        task.predict(context, plan)
    context.done = plan
    return True


def _announce(task: Task, context: Context, current: t.Any, plan: Plan) -> None:
    context.planned(plan)
    if isinstance(task, Validating):
        task.validate(context, current, plan)


def _planned_ahead(task: Task, context: Context) -> tuple[t.Any, Plan | None]:
    """What is there, and what is to do; a cluster that an earlier task creates may be missing."""
    try:
        current = task.read(context)
    except MissingClusterError as error:
        if not isinstance(task, ForLater):
            raise
        context.warn(
            f"{error.message} In check mode, it may be one that an earlier task would create."
        )
        return None, task.plan_for_later(context)
    return current, task.plan(current)


def _tell_of_other_plan(context: Context, plan: Plan) -> None:
    """What was done differs from the first plan, since others acted as well.

    More than planned is usual where the cluster could not tell all at first. A cluster that nobody
    meant to create is not. That users have to be synchronised is told by the refusal of their job.
    """
    planned, done = (
        [str(action["action"]) for action in each.actions] for each in (plan, context.done)
    )
    done = [action for action in done if action in planned or action != "sync_iam_users"]
    if done[: len(planned)] != planned or "create" in done[len(planned) :]:
        context.warn(
            "Something changed after the first look, so it was planned again. Planned at first: "
            f"{_named(planned)}. "
            f"Done: {_named(done)}."
        )


def _named(actions: t.Sequence[str]) -> str:
    return ", ".join(actions) or "nothing"
