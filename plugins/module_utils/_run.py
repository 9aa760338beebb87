# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a task: options, desired, current, plan, apply, result. Knows neither AnsibleModule nor an action plugin.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import types
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import connect
from ansible_collections.huaweicloud.mrs.plugins.module_utils._client import Client, ClientOfMany
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._redact import redacted, secrets_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._session import MOST_CONNECTIONS
from ansible_collections.huaweicloud.mrs.plugins.module_utils._settings import Settings, resolve
from ansible_collections.huaweicloud.mrs.plugins.module_utils._settings import secrets as secrets_of_settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transport import Transport
from ansible_collections.huaweicloud.mrs.plugins.module_utils._wait import Clock, Observer, Progress, Waiter, unobserved

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._token_cache import TokenCache

#: Seconds between two looks whether another task on this machine is done.
TURN = 1.0
UNVERIFIED = "validate_certs is false: whoever is on the way can read the credentials and change the answers."

Params = t.Mapping[str, t.Any]
Action = dict[str, t.Any]


class Change(t.Protocol):
    """One thing to do. C(action) tells it in the result."""

    @property
    def action(self) -> Action: ...


class Plan(t.NamedTuple):
    """What is to do, and the state before and after it as the diff shows them. Pure data."""

    changes: tuple[Change, ...] = ()
    before: t.Mapping[str, t.Any] = types.MappingProxyType({})
    after: t.Mapping[str, t.Any] = types.MappingProxyType({})

    @property
    def actions(self) -> list[Action]:
        return [change.action for change in self.changes]


@dataclasses.dataclass
class Work:
    """What a task works with, and what it has to tell in the end."""

    client: Client
    waiter: Waiter
    wait: bool
    region: str | None
    #: Seconds to look for the effect of a request whose answer was lost.
    patience: float
    #: Whether the task can change anything. One that only reads has nothing to tell of actions and stages.
    acts: bool = True
    actions: list[Action] = dataclasses.field(default_factory=list)
    results: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    warnings: list[str] = dataclasses.field(default_factory=list)

    def alone(self, *names: str) -> contextlib.AbstractContextManager[None]:
        """No other task of this user on this machine looks at and changes what C(names) name in the meantime.

        :raises WaitTimeoutError: on entering; another task was at it until the deadline.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils import _lock

        return _lock.held(self._until_turn, self.client.scope, *names)

    def _until_turn(self, take: t.Callable[[], bool]) -> None:
        if not take():
            stage = "another task on this machine is changing the same cluster or job"
            self.waiter.until("the turn of this task", take, bool, lambda taken: stage, every=TURN)

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def told(self) -> dict[str, t.Any]:
        """What there is to tell, at the end or where it failed."""
        stages = [{key: stage[key] for key in ("subject", "name", "seconds")} for stage in self.waiter.stages]
        return {"stages": stages, "warnings": self.warnings, **self.results}


class Task(t.Protocol):
    """What a module does. The constructor checks the options, before any request."""

    def __init__(self, params: Params) -> None: ...

    def secrets(self) -> t.Collection[str]:
        """Values of the options that must not be shown."""

    def read(self, work: Work) -> t.Any:
        """The current state; what is known goes into C(work.results)."""

    def plan(self, current: t.Any) -> Plan | None:
        """What is to do, by looking at values only. None where the task just reads."""

    def apply(self, work: Work, current: t.Any) -> None:
        """Do it, and wait for it. What was done goes into C(work.actions), what is there into C(work.results)."""


@t.runtime_checkable
class ManyTasks(t.Protocol):
    """What a module does that runs many tasks, each with a login of its own. The constructor checks the options."""

    def __init__(self, params: Params) -> None: ...

    def secrets(self) -> t.Collection[str]:
        """Values of the options that must not be shown."""

    def run(self, surroundings: Surroundings) -> dict[str, t.Any]:
        """The result."""


Kind = t.Union[type[Task], type[ManyTasks]]


class Shared:
    """What runs that look at the same moment have in common: a client for each login, with one list of clusters."""

    def __init__(self) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._side_by_side import Once

        self.settings: Once[Settings] = Once()
        self.clients: Once[Client] = Once()


@dataclasses.dataclass(frozen=True)
class Surroundings:
    """What a run takes from outside; a test gives its own."""

    environ: t.Mapping[str, str]
    clock: Clock = dataclasses.field(default_factory=Clock)
    observer: Observer = unobserved
    session: requests.Session | None = None
    shared: Shared | None = None


def run(kind: Kind, params: Params, *, check_mode: bool, surroundings: Surroundings) -> dict[str, t.Any]:
    """The result of the task.

    :raises MrsError: its C(failure()) is the result of the failed task.
    """
    secrets = secrets_in(params)
    try:
        task = kind(params)
        secrets.update(task.secrets())
        if isinstance(task, ManyTasks):
            result = task.run(surroundings)
        else:
            settings = _settings(params, surroundings)
            secrets.update(secrets_of_settings(settings))
            result = _bring_about(task, _work(params, settings, surroundings, secrets), check_mode)
    except MrsError as error:
        error.message = redacted(error.message, secrets)
        error.hint, error.reason = redacted(error.hint, secrets), redacted(error.reason, secrets)
        error.facts = redacted(error.facts, secrets)
        raise
    return t.cast("dict[str, t.Any]", redacted(result, secrets))


def outcome(kind: Kind, params: Params, *, check_mode: bool, surroundings: Surroundings) -> dict[str, t.Any]:
    """As C(run), but an error is the result of a failed task. The one place where errors become results."""
    try:
        return run(kind, params, check_mode=check_mode, surroundings=surroundings)
    except MrsError as error:
        return failure(error)


def failure(error: MrsError) -> dict[str, t.Any]:
    """The result of a task that failed with this error."""
    return {"changed": False, "warnings": [], **error.failure(), "failed": True}


def _settings(params: Params, surroundings: Surroundings) -> Settings:
    if surroundings.shared is None:
        return resolve(params, surroundings.environ)
    read = {name: params[name] for name in (*AUTH, "wait_timeout", "poll_interval")}
    return surroundings.shared.settings.get(repr(read), lambda: resolve(params, surroundings.environ))


def _work(params: Params, settings: Settings, surroundings: Surroundings, secrets: t.Collection[str]) -> Work:
    interval = params.get("poll_interval", 0.0)  # a task that only reads has no options for waiting

    def observer(progress: Progress) -> None:
        surroundings.observer(Progress(*redacted(progress, secrets)))

    waiter = Waiter(surroundings.clock, params.get("wait_timeout", 0.0), interval, observer)
    try:
        client = _client(params, settings, surroundings, waiter)
    except MrsError as error:
        error.facts = {"warnings": [UNVERIFIED] if settings.verify is False else [], **error.facts}
        raise
    work = Work(client, waiter, params.get("wait", False), settings.region_name, patience=2 * interval)
    work.acts = "wait" in params
    if settings.verify is False:
        work.warn(UNVERIFIED)
    return work


def _client(params: Params, settings: Settings, surroundings: Surroundings, waiter: Waiter) -> Client:
    """Logged in, or the one of another run that is logged in alike."""
    timeout, retries = params["api_timeout"], params["api_retries"]

    def transport() -> Transport:
        clock, session = surroundings.clock, surroundings.session
        cache = _kept_token(settings, surroundings.environ)
        access = connect(settings, timeout=timeout, now=clock.now, sleep=clock.sleep, session=session, cache=cache)
        width = params.get("concurrency", MOST_CONNECTIONS)
        return Transport(
            access,
            clock,
            timeout=timeout,
            retries=retries,
            session=session,
            width=width,
            check_pause=waiter.check_pause,
        )

    if surroundings.shared is None:
        return Client(transport())
    who = repr((dataclasses.astuple(settings), timeout, retries))
    return surroundings.shared.clients.get(who, lambda: ClientOfMany(transport()))


def _kept_token(settings: Settings, environ: t.Mapping[str, str]) -> TokenCache | None:
    """Where the token of a login is kept between tasks, if it is."""
    if settings.way != "keystone":
        return None
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._token_cache import token_cache

    return token_cache(settings, environ)


def _bring_about(task: Task, work: Work, check_mode: bool) -> dict[str, t.Any]:
    try:
        current = task.read(work)
        plan = task.plan(current)
        if plan is None:
            return {"changed": False, "warnings": work.warnings, **work.results}
        if check_mode:
            work.actions = plan.actions
        else:
            task.apply(work, current)
    except MrsError as error:
        done = {"actions": work.actions, **work.told()} if work.acts else {"warnings": work.warnings}
        error.facts = {"changed": bool(work.actions), **done, **error.facts}
        raise
    diff = {"before": dict(plan.before), "after": dict(plan.after)}
    return {"changed": bool(work.actions), "actions": work.actions, "diff": diff, **work.told()}
