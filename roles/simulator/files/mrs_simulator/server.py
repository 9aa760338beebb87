# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator on a real socket of loopback: in the foreground, or in a thread for a test."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import signal
import socket
import sys
import threading
import types
import typing as t

import uvicorn

from mrs_simulator.clock import Clock
from mrs_simulator.identity import account
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator
from mrs_simulator.web.app import build_app

HOST = "127.0.0.1"


class Tls(t.NamedTuple):
    """Files in PEM form: the certificate, with those of authorities in between, and its key."""

    certificate: pathlib.Path
    key: pathlib.Path


def listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 takes a free one.

    asyncio turns off Nagle only where the protocol is named.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(256)
    return listener


def connection(simulator: Simulator) -> dict[str, str]:
    """What a client needs to know: the JSON line."""
    world = simulator.world
    project_id = world.identity.project_id
    return {
        "url": world.base_url,
        "auth_url": f"{world.base_url}/v3",
        "region": world.settings.region,
        "project_id": project_id,
        "project_name": world.identity.projects[project_id],
        "username": account.USERNAME,
        "password": account.PASSWORD,
        "user_domain_name": account.DOMAIN_NAME,
        "access_key": account.ACCESS_KEY,
        "secret_key": account.SECRET_KEY,
    }


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: t.Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close what is still being answered, too, so that no socket stays open."""
        await super().shutdown(sockets)
        for connection in [*self.server_state.connections]:
            if connection.transport:
                connection.transport.abort()
        await asyncio.sleep(0)


def make_server(
    simulator: Simulator, listener: socket.socket, ready: t.Callable[[], None], tls: Tls | None
) -> _Server:
    simulator.world.base_url = f"{'https' if tls else 'http'}://{HOST}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        build_app(simulator),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=120,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    return _Server(config, ready)


def run(
    simulator: Simulator,
    port: int,
    ready: t.Callable[[dict[str, str]], None],
    tls: Tls | None = None,
) -> None:
    """Serve in the foreground until SIGTERM or SIGINT.

    :raises OSError: the port is taken, or a file of TLS cannot be used.
    """
    # Uvicorn raises the signal once more after its own clean stop.
    signal.signal(signal.SIGTERM, _leave)
    listener = listen(port)
    server = make_server(simulator, listener, lambda: ready(connection(simulator)), tls)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def _leave(_number: int, _frame: types.FrameType | None) -> None:
    raise SystemExit(0)


class Running:
    """A simulator that serves in a thread of this process."""

    def __init__(self, simulator: Simulator, tls: Tls | None = None) -> None:
        self.simulator = simulator
        self._ready = threading.Event()
        self._listener = listen(0)
        self._server = make_server(simulator, self._listener, self._ready.set, tls)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True
        )

    @property
    def url(self) -> str:
        return self.simulator.world.base_url

    @property
    def connection(self) -> dict[str, str]:
        return connection(self.simulator)

    def start(self) -> None:
        self._thread.start()
        if not self._ready.wait(timeout=60):
            raise RuntimeError("the simulator did not start to listen")

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=60)
        self._listener.close()
        if self._thread.is_alive():
            raise RuntimeError("the simulator did not stop")


@contextlib.contextmanager
def serve(
    settings: Settings | None = None,
    clock: Clock | None = None,
    state_file: pathlib.Path | None = None,
    tls: Tls | None = None,
) -> t.Iterator[Running]:
    """A real server on a free port of loopback, until the block ends.

    C(with serve(Settings(speed=0)) as sim:) starts one without pauses.
    """
    running = Running(Simulator(settings, clock, state_file), tls)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def log_to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
