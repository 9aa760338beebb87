# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Schemathesis makes of the OpenAPI document, and what is no HTTP: nothing fells it."""

from __future__ import annotations

import contextlib
import re
import socket
import typing as t

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from ansible_collections.huaweicloud.mrs.tests.unit.simulator.conftest import OTC_CREATION
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings
from mrs_simulator.wire.routes import NOT_SERVED, SERVED

#: Codes of the service that come with a status of 500 and above: it documents them so.
DOCUMENTED_500 = {
    "12000060", "12000154", "12000156", "12000157", "120000213",
    "0056", "0057", "0168", "0169", "0175", "0176", "0177", "0178", "0179", "0180", "0181", "0183",
    "0192",
    "SIMULATOR.501",
}  # fmt: skip
SERVED_ROUTES = [f"{route.method} {route.template}" for route in SERVED]
OTHER_ROUTES = [f"{route.method} {route.template}" for route in NOT_SERVED]
NAMES = {name for label in OTHER_ROUTES for name in re.findall(r"{(\w+)}", label)}


EXAMPLES = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Target:
    """A simulator with a cluster, and somebody who may do everything."""

    def __init__(self, running: Running) -> None:
        self.url, identity = running.url, running.simulator.world.identity
        token, _ends = identity.issue(identity.project_id, running.simulator.world.clock.now())
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update({"X-Auth-Token": token})
        project = f"{self.url}/v1.1/{identity.project_id}"
        self.cluster_id = self.session.post(f"{project}/run-job-flow", json=OTC_CREATION).json()[
            "cluster_id"
        ]
        self.known = {"project_id": identity.project_id, "cluster_id": self.cluster_id}
        schema = schemathesis.openapi.from_dict(self.session.get(f"{self.url}/openapi.json").json())
        self.operations = {each.ok().label: each.ok() for each in schema.get_all_operations()}

    def cases(self, label: str, mode: GenerationMode) -> t.Any:
        """Requests for a route of this project and of the cluster that is there."""
        known = {name: value for name, value in self.known.items() if f"{{{name}}}" in label}
        return self.operations[label].as_strategy(mode, path_parameters=known)

    def answer(self, case: schemathesis.Case) -> t.Any:
        return case.call(base_url=self.url, session=self.session)


@pytest.fixture(name="target", scope="module")
def _target() -> t.Iterator[Target]:
    with serve(Settings(speed=0, seed=1)) as running:
        yield Target(running)


def test_the_document_has_every_route(target: Target) -> None:
    assert sorted(target.operations) == sorted([*SERVED_ROUTES, *OTHER_ROUTES])


def _never_fails(target: Target, cases: t.Any) -> None:
    @EXAMPLES
    @given(case=cases)
    def search(case: schemathesis.Case) -> None:
        answer = target.answer(case)
        assert answer.status_code < 500 or answer.json()["error_code"] in DOCUMENTED_500

    search()


@pytest.mark.parametrize("label", SERVED_ROUTES)
def test_no_request_is_an_internal_error(label: str, target: Target) -> None:
    _never_fails(target, target.cases(label, GenerationMode.POSITIVE))
    _never_fails(target, target.operations[label].as_strategy())


@pytest.mark.parametrize(
    "label", [label for label in SERVED_ROUTES if label.startswith(("POST", "PUT"))]
)
def test_no_wrong_request_is_an_internal_error(label: str, target: Target) -> None:
    _never_fails(target, target.cases(label, GenerationMode.NEGATIVE))


def test_what_is_not_simulated_says_so(target: Target) -> None:
    for label in OTHER_ROUTES:
        answer = target.answer(
            target.operations[label].Case(path_parameters=dict.fromkeys(NAMES, "x"))
        )
        assert answer.status_code == 501, label


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /v3/auth/tokens HTTP/1.1\r\nHost: [::1]\r\nContent-Length: -1\r\n\r\n",
        b"POST /v3/auth/tokens HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 9\r\n\r\n{",
        b"POST /v3/auth/tokens HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: [::1]\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /%00%ff%zz HTTP/1.1\r\nHost: [::1]\r\nX-Auth-Token: \xff\r\n\r\n",
        b"\x00" * 100_000,
    ],
    ids=range(10),
)
def test_what_is_no_http_does_not_stop_it(sent: bytes, target: Target) -> None:
    port = int(target.url.rpartition(":")[2])
    answer = b""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=60) as line,
    ):
        line.sendall(sent)  # it may hang up before it has read everything
        line.shutdown(socket.SHUT_WR)
        answer = line.recv(1 << 16)
    assert not answer.startswith(b"HTTP/1.1 5"), answer
    assert target.session.get(f"{target.url}/v3").status_code == 200
