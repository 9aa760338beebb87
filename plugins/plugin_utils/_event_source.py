# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks at the service again and again, and hands one event over for each change.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import math
import os
import sys
import typing as t
import uuid

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Transport
from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import (
    AUTH,
    ModuleSpec,
    Options,
    hidden_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import connect
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import resolve
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    secrets as secrets_of_settings,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import token_cache
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    DependencyError,
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    redacted,
    secrets_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.proxies import logins
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import new_session
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils import _events
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._cursor_file import CursorFile
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._events import Cursor, Look
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._look import Observer

KINDS = ("cluster", "job_execution")
OPTIONS: Options = {
    **AUTH,
    "state_file": {"type": "path", "required": True},
    "clusters": {"type": "list", "elements": "str", "default": []},
    "events": {"type": "list", "elements": "str", "choices": list(KINDS), "default": list(KINDS)},
    "initial_events": {"type": "bool", "default": False},
    "poll_interval": {"type": "float", "default": 15.0},
    "max_poll_interval": {"type": "float", "default": 120.0},
    "feedback": {"type": "bool", "default": False},
}
SPEC = ModuleSpec(OPTIONS)
#: The argument in which ansible-rulebook hands over the queue of what its rules have taken in.
FEEDBACK = "eda_feedback_queue"
#: What does not pass by itself; and a login that is refused over and over locks the user.
LASTING_ERRORS = (OptionError, AuthError, DependencyError)
LASTING_STATUSES = frozenset({401, 403})
#: Seconds between two glances at the queue.
BETWEEN_GLANCES = 0.05
#: Seconds between two looks at most while the service has trouble, unless the user's own limit is
#: longer.
LONGEST_IN_TROUBLE = 600.0

log = logging.getLogger("huaweicloud.mrs")


class Queue(t.Protocol):
    """Takes events."""

    async def put(self, item: t.Any, /) -> None: ...


class Feedback(t.Protocol):
    """Gives the events back that the rules have taken in."""

    async def get(self) -> t.Any: ...


async def _until(done: t.Callable[[], bool], pause: float) -> None:
    """Let others work until it is so."""
    while not done():
        await asyncio.sleep(pause)


class EngineQueue:
    """The queue of ansible-rulebook, which holds one event until the rules look at it.

    What is in it when ansible-rulebook is ended is lost. So an event is only put there when the
    rules wait for one. No public part of a queue tells that; should the parts that are used here go
    away, it is put there at once.
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        # ansible-rulebook puts one with filters before its own.
        self._inner = getattr(queue, "queue", queue)

    async def until_wanted(self) -> None:
        """Wait until the rules wait for an event."""
        await _until(self._is_wanted, BETWEEN_GLANCES)

    async def hand_over(self, event: dict[str, t.Any], origin: str) -> None:
        """Put it there, and wait until it is taken: in the same moment where it is wanted.

        By the uuid an engine with persistence knows an event that it has had already.
        """
        identity = uuid.uuid5(uuid.NAMESPACE_OID, f"{origin}/{event['id']}")
        await self._queue.put({"mrs": event, "meta": {"uuid": str(identity)}})

        def is_taken() -> bool:
            there = getattr(self._inner, "_queue", ())
            return all(_identity(each) != event["id"] for each in there)

        await _until(is_taken, BETWEEN_GLANCES / 10)

    def _is_wanted(self) -> bool:
        waiting = getattr(self._inner, "_getters", None)
        return waiting is None or any(not each.done() for each in waiting)


@dataclasses.dataclass
class Pace:
    """How long to wait until the next look, in seconds."""

    shortest: float
    longest: float
    pause: float = 0.0

    def next(self, *, changed: bool, trouble: bool) -> float:
        """Longer while nothing changes, much longer while the service has trouble."""
        self.pause = self.pause or self.shortest
        if trouble:
            self.pause = min(max(self.longest, LONGEST_IN_TROUBLE), self.pause * 2)
        elif changed:
            self.pause = self.shortest
        else:
            self.pause = min(self.longest, self.pause * 1.5)
        return self.pause


def checked(args: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """The arguments of the source with their defaults.

    :raises MrsError: names those that are wrong.
    """
    result = ArgumentSpecValidator(**SPEC.arguments()).validate(SPEC.understood(args))
    if result.error_messages:
        hidden = {
            *hidden_in(OPTIONS, result.validated_parameters),
            *secrets_in(result.validated_parameters),
        }
        problems = redacted("; ".join(result.error_messages), hidden)
        raise MrsError(f"Wrong arguments of huaweicloud.mrs.mrs: {problems}")
    params: dict[str, t.Any] = result.validated_parameters
    if not params["events"]:
        raise OptionError("events", "the list is empty, so there would be no event at all")
    for name in ("poll_interval", "max_poll_interval"):
        if params[name] == math.inf:
            raise OptionError(name, "must be a number of seconds, not inf")
    if not params["poll_interval"] > 0:
        raise OptionError("poll_interval", f"must be more than 0, not {params['poll_interval']:g}")
    if not params["poll_interval"] <= params["max_poll_interval"]:
        raise OptionError(
            "max_poll_interval",
            f"must not be less than poll_interval, which is {params['poll_interval']:g}",
        )
    return params


class EventSource:
    """The source, from its arguments on.

    :param sleep: waits for some seconds and lets others work.
    :raises MrsError: an argument cannot work.
    """

    def __init__(
        self,
        params: Params,
        environment: TaskEnvironment | None = None,
        sleep: t.Callable[[float], t.Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._params = params
        self._environment = environment or TaskEnvironment(os.environ)
        self._sleep = sleep
        self._secrets = secrets_in(params) | logins(self._environment.environ)
        try:
            self._settings = resolve(params, self._environment.environ)
        except MrsError as error:
            raise _without(self._secrets, error) from None
        self._secrets |= secrets_of_settings(self._settings)
        self._file = CursorFile(params["state_file"])
        self._scope = ""
        self._cursor: Cursor | None = None
        self._has_warned = False
        self._missing: frozenset[str] = frozenset()

    async def run(self, queue: Queue, feedback: Feedback | None = None) -> t.NoReturn:
        """Go on until somebody stops it.

        :raises MrsError: it cannot work, now or any more.
        """
        pace = Pace(self._params["poll_interval"], self._params["max_poll_interval"])
        observer: Observer | None = None
        with self._file:
            while True:
                changed = trouble = False
                try:
                    if observer is None:
                        observer = await asyncio.to_thread(self._connect)
                    look = await asyncio.to_thread(observer.look, self._cursor)
                    self._warn_of_unknown(observer.unknown(look))
                    trouble = bool(look.unread)
                    changed = await self._tell(observer, look, queue, feedback)
                except MrsError as error:
                    trouble = True
                    self._give_up_or_warn(error)
                pause = pace.next(changed=changed, trouble=trouble)
                if trouble:
                    log.warning("Looking again in %.0f s.", pause)
                await self._sleep(pause)

    def _connect(self) -> Observer:
        clock, timeout = self._environment.clock, self._params["api_timeout"]
        session = self._environment.session or new_session(self._environment.environ)
        cache = token_cache(self._settings, self._environment.environ)
        access = connect(
            self._settings,
            timeout=timeout,
            now=clock.now,
            sleep=clock.sleep,
            session=session,
            cache=cache,
        )
        if access.verify is False:
            self._warn(
                "validate_certs is false: anybody between this machine and the service can read "
                "the credentials."
            )
        client = Client(
            Transport(
                access,
                clock,
                timeout=timeout,
                retries=self._params["api_retries"],
                secrets=self._secrets,
                session=session,
            )
        )
        self._scope = client.scope
        self._cursor = self._file.read(self._scope)
        with_jobs = "job_execution" in self._params["events"]
        return Observer(client, self._params["clusters"], with_jobs=with_jobs, warn=self._warn)

    async def _tell(
        self, observer: Observer, look: Look, queue: Queue, feedback: Feedback | None
    ) -> bool:
        """Hand over an event for each change; whether there was one."""
        watched = observer.watched(look)
        told = watched if "cluster" in self._params["events"] else frozenset[str]()
        known = self._cursor or self._first_cursor(look, watched)
        cursor = _events.prepared(known, look, watched, told)
        due = {change.event["cluster"]["id"] for change in _events.changes(cursor, look, watched)}
        if due:
            look = await asyncio.to_thread(observer.completed, look, due)
        changed, engine = False, EngineQueue(queue)
        for change in _events.changes(cursor, look, watched):
            await engine.until_wanted()
            # Before it is handed over it is noted, so that after a crash the next run knows what it
            # may have told.
            self._keep(dataclasses.replace(cursor, underway=change.event["id"]))
            await engine.hand_over(redacted(change.event, self._secrets), cursor.origin)
            if feedback:
                self._warn_without_memory()
                await _taken_in(feedback, change.event["id"])
            # Nothing waits between handing over and noting it: whoever stops the source cannot come
            # in between.
            cursor = dataclasses.replace(change.cursor, underway=None)
            self._keep(cursor)
            changed = True
        self._keep(_events.settled(cursor))
        return changed

    def _first_cursor(self, look: Look, watched: t.Collection[str]) -> Cursor:
        first = _events.baseline(look, watched, tell=self._params["initial_events"])
        return dataclasses.replace(first, origin=uuid.uuid4().hex)

    def _warn_without_memory(self) -> None:
        """Warn, once, of an ansible-rulebook without a database.

        Its rules confirm what they have, and it forgets that when it ends.
        """
        engine = getattr(sys.modules.get("ansible_rulebook.conf"), "settings", None)
        if getattr(engine, "persistence_enabled", True) is False and not self._has_warned:
            self._has_warned = True
            self._warn(
                "feedback: ansible-rulebook has no database, so it forgets what it has taken in "
                "when it ends. "
                "Set its variable drools_db_file_path, or those of a PostgreSQL database."
            )

    def _warn_of_unknown(self, names: t.Sequence[str]) -> None:
        """Warn of each once, at the start and when it is gone, as after it was renamed."""
        for name in names:
            if name not in self._missing:
                self._warn(
                    f"clusters: there is no cluster {name} in this project. It is watched as soon "
                    "as there is one."
                )
        self._missing = frozenset(names)

    def _keep(self, cursor: Cursor) -> None:
        if cursor != self._cursor:
            self._file.write(self._scope, cursor)
            self._cursor = cursor

    def _give_up_or_warn(self, error: MrsError) -> None:
        """:raises MrsError: what is wrong does not pass by itself."""
        if isinstance(error, LASTING_ERRORS) or error.status in LASTING_STATUSES:
            raise _without(self._secrets, error) from None
        self._warn(str(error))

    def _warn(self, message: str) -> None:
        log.warning("%s", redacted(message, self._secrets))


def _without(secrets: t.Collection[str], error: MrsError) -> MrsError:
    """The error with no secret in what it says."""
    error.message, error.hint = redacted(error.message, secrets), redacted(error.hint, secrets)
    return error


async def _taken_in(feedback: Feedback, identity: str) -> None:
    """Wait until the rules have taken in the event.

    What they say of other events comes from an earlier run.
    """
    while _identity(await feedback.get()) != identity:
        pass


def _identity(item: t.Any) -> t.Any:
    """The id of an event of ours that is in a queue."""
    event = item.get("mrs") if isinstance(item, dict) else None
    return event.get("id") if isinstance(event, dict) else None
