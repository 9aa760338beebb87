# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An IAM for tests, which answers what a test tells it to answer."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import threading
import typing as t
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import login as logging_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import Access
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import resolve

NOW = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
PROJECT = "0123456789abcdef0123456789abcdef"
MRS = "https://mrs.eu-de.otc.t-systems.com"
KEYS = {"access_key": "CANARY-ak", "secret_key": "CANARY-sk"}
Values = dict[str, t.Any]


def mrs_in_catalog(
    url: str = f"{MRS}/v1.1/{PROJECT}", region: str = "eu-de", **changes: str
) -> Values:
    endpoint = {
        "id": "9f2e",
        "interface": "public",
        "region": region,
        "region_id": region,
        "url": url,
    } | changes
    return {"id": "4c1f", "name": "mrs", "type": "mrs", "endpoints": [endpoint]}


def granted(token: str = "CANARY-token-1", lives: float = 86400, **changes: t.Any) -> Answer:
    """The answer to a login. C(lives): seconds, as keystoneauth counts them."""
    expires = datetime.now(UTC) + timedelta(seconds=lives)
    body = {
        "expires_at": expires.strftime("%Y-%m-%dT%H:%M:%S.000000Z"),
        "issued_at": "2026-03-01T06:52:13.855000Z",
        "methods": ["password"],
        "project": {"id": PROJECT, "name": "eu-de", "domain": {"id": "d78c", "name": "dom"}},
        "user": {"id": "b671", "name": "robot", "domain": {"id": "d78c", "name": "dom"}},
        "catalog": [mrs_in_catalog()],
    } | changes
    return Answer(201, {"token": body}, {"X-Subject-Token": token})


@dataclasses.dataclass
class Answer:
    status: int
    body: t.Any = ""
    headers: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body if isinstance(self.body, str) else json.dumps(self.body)


#: Instead of an answer: the connection is closed.
CUT = Answer(0)


@dataclasses.dataclass
class Seen:
    method: str
    path: str
    headers: dict[str, str]
    body: t.Any


class ScriptedIam(ThreadingHTTPServer):
    """Gives the answers of its script in turn, the last one for ever, and keeps the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Answer] = []
        self.seen: list[Seen] = []
        self.url = f"http://127.0.0.1:{self.server_port}"

    def next_answer(self, method: str) -> Answer:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class Handler(BaseHTTPRequestHandler):
    server: ScriptedIam
    disable_nagle_algorithm = True

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append(
            Seen(self.command, self.path, headers, json.loads(body) if body else None)
        )
        answer = self.server.next_answer(self.command)
        if answer is CUT:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response_only(answer.status)
        payload = answer.text.encode()
        for name, value in {"Content-Length": str(len(payload)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, format: str, *arguments: t.Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def running(server: ScriptedIam) -> t.Iterator[ScriptedIam]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def connect(params: Values, environ: t.Mapping[str, str] | None = None, **changes: t.Any) -> Access:
    """Log in, without real pauses."""
    settings = resolve(params, environ or {})
    return logging_in.connect(
        settings, **({"timeout": 5.0, "now": lambda: NOW, "sleep": lambda seconds: None} | changes)
    )


def login(iam: ScriptedIam, **changes: t.Any) -> Values:
    auth = {
        "auth_url": f"{iam.url}/v3",
        "username": "robot",
        "password": "CANARY-password",
        "user_domain_name": "dom",
        "project_id": PROJECT,
    } | changes
    return {"auth": auth, "region_name": "eu-de"}


def sent_by(access: Access, url: str = "") -> dict[str, str]:
    """The headers of a request to the service."""
    request = requests.Request(
        "GET", url or f"{access.endpoint}/v1.1/{access.project_id}/x", auth=access.auth
    )
    return dict(request.prepare().headers)


def refused(
    body: str = "The request you have made requires authentication.", status: int = 401
) -> Answer:
    error = {"error": {"code": status, "message": body, "title": "Refused"}}
    return Answer(status, error, {"X-IAM-Trace-Id": "trace-7"})
