# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the options of a task to a client that is logged in.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Transport
from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import AUTH
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import connect
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    Settings,
    resolve,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import redacted
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import (
    Clock,
    Observer,
    Progress,
    Waiter,
    unobserved,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import (
    MOST_CONNECTIONS,
    new_session,
)

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import (
        TokenCache,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params

UNVERIFIED = (
    "validate_certs is false: anybody between this machine and the service can read the "
    "credentials and change the answers."
)


class Shared:
    """What tasks that look at the same moment share: for each login a client with one list."""

    def __init__(self) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import Memo

        self.settings: Memo[Settings] = Memo()
        self.clients: Memo[Client] = Memo()


class TaskEnvironment(t.NamedTuple):
    """What a run takes from outside; a test gives its own."""

    environ: t.Mapping[str, str]
    clock: Clock = Clock()
    observer: Observer = unobserved
    session: requests.Session | None = None
    shared: Shared | None = None


def settings_of(params: Params, environment: TaskEnvironment) -> Settings:
    if environment.shared is None:
        return resolve(params, environment.environ)
    read = {name: params[name] for name in (*AUTH, "wait_timeout", "poll_interval")}
    return environment.shared.settings.get(repr(read), lambda: resolve(params, environment.environ))


def new_context(
    params: Params, settings: Settings, environment: TaskEnvironment, secrets: t.Collection[str]
) -> Context:
    interval = params.get("poll_interval", 0.0)  # a task that only reads has no options for waiting

    def observer(progress: Progress) -> None:
        environment.observer(Progress(*redacted(progress, secrets)))

    waiter = Waiter(environment.clock, params.get("wait_timeout", 0.0), interval, observer)
    try:
        client = _client(params, settings, environment, waiter, secrets)
    except MrsError as error:
        error.facts = {"warnings": [UNVERIFIED] if settings.verify is False else [], **error.facts}
        raise
    context = Context(
        client, waiter, params.get("wait", False), settings.region_name, params["outcome_timeout"]
    )
    context.acts = "wait" in params
    if settings.verify is False:
        context.warn(UNVERIFIED)
    return context


def _client(
    params: Params,
    settings: Settings,
    environment: TaskEnvironment,
    waiter: Waiter,
    secrets: t.Collection[str],
) -> Client:
    """Logged in, or the one of another run that is logged in alike."""
    timeout, retries = params["api_timeout"], params["api_retries"]

    def transport() -> Transport:
        clock = environment.clock
        session = environment.session or new_session(environment.environ)
        cache = _kept_token(settings, environment.environ)
        access = connect(
            settings,
            timeout=timeout,
            now=clock.now,
            sleep=clock.sleep,
            session=session,
            cache=cache,
        )
        width = params.get("concurrency", MOST_CONNECTIONS)
        return Transport(
            access,
            clock,
            timeout=timeout,
            retries=retries,
            session=session,
            width=width,
            secrets=secrets,
            check_pause=waiter.check_pause,
        )

    if environment.shared is None:
        return Client(transport())
    who = repr((tuple(settings), timeout, retries))
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client_of_many import (
        ClientOfMany,
    )

    return environment.shared.clients.get(who, lambda: ClientOfMany(transport()))


def _kept_token(settings: Settings, environ: t.Mapping[str, str]) -> TokenCache | None:
    """Where the token of a login is kept between tasks, if it is."""
    if settings.way != "keystone":
        return None
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import (
        token_cache,
    )

    return token_cache(settings, environ)
