# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator: a request goes in, a reply comes out. No sockets, no threads, no sleeping."""

from __future__ import annotations

import copy
import dataclasses
import email.utils
import pathlib
import threading
import time
import typing as t
import uuid

from mrs_simulator.base.errors import PlainRefusal, Refusal, gateway, not_simulated
from mrs_simulator.base.messages import Reply, Request
from mrs_simulator.clock import Clock, SystemClock
from mrs_simulator.cloud.call import Call
from mrs_simulator.cloud.world import World, forbidden
from mrs_simulator.control import faults, paths
from mrs_simulator.control.deliveries import Deliveries, Delivery
from mrs_simulator.control.rates import Rates
from mrs_simulator.control.record import RequestLog
from mrs_simulator.settings import SettingError, Settings
from mrs_simulator.state import persistence
from mrs_simulator.state.replica import Replica
from mrs_simulator.state.resources import Store
from mrs_simulator.state.transitions import settle
from mrs_simulator.version import VERSION
from mrs_simulator.wire import routes
from mrs_simulator.wire.route import Route

#: A route and the parameters in the path.
Found = tuple[Route, dict[str, str]]


def _check_content_type(request: Request) -> None:
    """A body is JSON and says so, or says nothing (service_v1 0.2; service_login 2).

    The table of status codes has 415 for it; which code stands in the body is not documented.
    """
    kind = request.content_type.partition(";")[0].strip().lower()
    if request.body and kind not in ("", "application/json"):
        raise gateway(
            415, "APIGW.0106", f"The content type of a body is application/json, not {kind[:64]}."
        )


class Simulator:
    """One simulated cloud.

    C(state_file) keeps it over restarts; C(on_request) is told of each request.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        clock: Clock | None = None,
        state_file: pathlib.Path | None = None,
        on_request: t.Callable[[str], None] | None = None,
    ) -> None:
        self._state_file = state_file
        self._on_request = on_request
        self._lock = threading.RLock()
        self.faults = faults.Faults()
        self.log = RequestLog()
        self.deliveries = Deliveries()
        self.replica = Replica()
        self.rates = Rates()
        store = persistence.load(state_file) if state_file is not None else None
        self._initial = settings or Settings()
        self.world = World(copy.deepcopy(self._initial), clock or SystemClock(), store)
        try:
            self.world.settings.patch(self.world.store.settings)
        except SettingError as exc:
            raise persistence.StateFileError(
                f"{state_file} holds a setting that this version does not know: {exc}"
            ) from exc
        self.world.clock.advance(self.world.store.clock_offset)

    def handle(self, request: Request) -> Reply:
        """Serve one request, faults included."""
        with self._lock:
            started = time.perf_counter()
            if request.path.startswith(paths.PREFIX):
                reply = self._control(request)
            else:
                reply = self._serve(request)
            if self._on_request is not None:
                milliseconds = (time.perf_counter() - started) * 1000
                self._on_request(
                    f"{request.method} {request.path} {reply.status} {milliseconds:.1f} ms"
                )
            return self._stamp(reply)

    def _control(self, request: Request) -> Reply:
        self.catch_up(self.world.clock.now())
        reply = paths.handle(self, request)
        if request.method != "GET":
            self._changed(self.world.clock.now())
        return reply

    def _serve(self, request: Request) -> Reply:
        now = self.world.clock.now()
        self.catch_up(now)
        rule = self.faults.take(request.method, request.path)
        if rule is not None:
            request = faults.rewrite(rule, request)
        found = routes.find(request.method, request.segments)
        reply = self._perform(request, found, rule, now)
        self._log(request, found, reply, rule.kind if rule else None, now)
        if rule is not None and rule.kind in faults.DELIVERED_LATER:
            self.deliveries.add(Delivery(now + rule.seconds, request, rule.kind))
        reply.delay += self.world.settings.latency
        return reply

    def _log(
        self, request: Request, found: Found | None, reply: Reply, fault: str | None, when: float
    ) -> None:
        write = found[0].acts if found else request.method not in ("GET", "HEAD", "OPTIONS")
        self.log.add(request, reply.status, write=write, fault=fault, when=when)

    def _deliver(self, delivery: Delivery) -> None:
        """A request arrives that its sender no longer waits for."""
        found = routes.find(delivery.request.method, delivery.request.segments)
        reply = self._act(delivery.request, found, delivery.when)
        self._log(delivery.request, found, reply, f"{delivery.fault}: delivered", delivery.when)

    def _perform(
        self, request: Request, found: Found | None, rule: faults.Rule | None, now: float
    ) -> Reply:
        if rule is not None:
            if rule.kind == "expire_token":
                self.world.identity.revoke(request.headers.get("x-auth-token", ""))
            reply = faults.before(rule, request.path)
            if reply is not None:
                return reply
        reply = self._act(request, found, now)
        return (
            faults.after(rule, reply) if rule is not None and rule.kind in faults.AFTER else reply
        )

    def _act(self, request: Request, found: Found | None, now: float) -> Reply:
        """Let the service act, and keep what it has done."""
        if self.world.settings.stale and self.replica.is_empty:
            self._note(now)
        reply = self._dispatch(request, found, now)
        acts = request.method != "GET" or (found is not None and found[0].acts)
        if reply.status < 400 and acts:
            self._changed(now)
        return reply

    def _changed(self, now: float) -> None:
        self.save()
        if self.world.settings.stale:
            self._note(now)

    def _note(self, now: float) -> None:
        self.replica.note(self.world.store, now, max(self.world.settings.stale.values()))

    def _dispatch(self, request: Request, found: Found | None, now: float) -> Reply:
        try:
            if found is None:
                raise gateway(
                    404, "APIGW.0101", "The API does not exist or has not been published."
                )
            if request.too_large:
                raise gateway(413, "APIGW.0201", "The request is larger than 12 MB.")
            _check_content_type(request)
            route, params = found
            call = Call(self.world, request, params, now, params.get("project_id", ""))
            if (
                not route.otc
                and call.settings.flavor == "otc"
                and not call.settings.serve_unpublished
            ):
                raise not_simulated(f"{route.template} is not published by Open Telekom Cloud.")
            if route.authenticated:
                self._authorize(call)
            if call.settings.limit_rates:
                self.rates.check(route.template + route.method, route.limit, now)
            return route.handler(self._behind(call, self.world.settings.stale.get(route.reads, 0)))
        except Refusal as refusal:
            return refusal.reply(self.world.settings)
        except PlainRefusal as refusal:
            return refusal.reply

    def _authorize(self, call: Call) -> None:
        principal = self.world.identity.authenticate(call.request, call.now)
        if self.world.settings.require_content_type and not call.request.content_type:
            raise gateway(415, "APIGW.0106", "Content-Type is missing.")
        if "region_id" in call.params:  # in the place of the project (service_v2 2)
            return
        if call.project_id not in self.world.identity.projects:
            raise forbidden("The project in the path is not one of this account.")
        if not principal.signed and principal.project_id != call.project_id:
            raise forbidden("The token is not scoped to the project in the path.")

    def _behind(self, call: Call, seconds: float) -> Call:
        """The same call to a copy of the world that is some seconds behind."""
        if not seconds:
            return call
        moment = call.now - seconds
        world = copy.copy(self.world)
        world.store = self.replica.at(moment)
        self._advance(world.store, moment)
        return dataclasses.replace(call, world=world, now=moment)

    def catch_up(self, now: float) -> None:
        """Bring everything to where it is at C(now), requests that arrive on the way included."""
        for delivery in self.deliveries.due(now):
            self._advance(self.world.store, delivery.when)
            self._deliver(delivery)
        self._advance(self.world.store, now)

    def _advance(self, store: Store, now: float) -> None:
        settings = self.world.settings
        settle(store, now, settings.flavor, settings.duration)

    def save(self) -> None:
        """Write the state file, if there is one, before the answer goes out."""
        if self._state_file is None:
            return
        store = self.world.store
        store.settings = {name: getattr(self.world.settings, name) for name in store.settings}
        persistence.save(self._state_file, store)

    def reset(self) -> None:
        """Forget all but the tokens, the time, and the settings it was started with."""
        old = self.world
        store = Store(tokens=old.store.tokens, clock_offset=old.store.clock_offset)
        self.world = World(copy.deepcopy(self._initial), old.clock, store)
        self.world.base_url = old.base_url
        self.faults = faults.Faults()
        self.log = RequestLog()
        self.deliveries = Deliveries()
        self.replica = Replica()
        self.rates = Rates()

    def _stamp(self, reply: Reply) -> Reply:
        """Headers of every answer."""
        reply.headers["X-Mrs-Simulator"] = VERSION
        reply.headers.setdefault("X-Request-Id", uuid.uuid4().hex)
        reply.headers["Date"] = email.utils.formatdate(
            time.time() + self.world.settings.clock_skew, usegmt=True
        )
        return reply
