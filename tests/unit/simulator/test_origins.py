# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Requests that a page of another site makes a browser send, and those that programs send."""

from __future__ import annotations

import socket
import typing as t

import pytest
import requests

from mrs_simulator.server import Running

CONTROL = "/_simulator/settings"


@pytest.fixture(name="send")
def _send(server: Running) -> t.Iterator[t.Callable[..., requests.Response]]:
    with requests.Session() as session:
        session.trust_env = False

        def send(method: str, path: str, data: str = "", **headers: str) -> requests.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return session.request(
                method,
                server.url + path,
                data=data,
                headers=named,
                timeout=60,
                allow_redirects=False,
            )

        yield send


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "localhost.x",
        "[::2]",
        "",
        "@",
    ],
)
@pytest.mark.parametrize(
    "path", ["/_simulator/state", CONTROL, "/v3", "/openapi.json", "/v1.1/x/cluster_infos"]
)
def test_a_name_that_was_led_to_loopback_is_refused(send, host: str, path: str) -> None:
    answer = send("GET", path, Host=host)
    assert (answer.status_code, answer.json()["error_code"]) == (403, "SIMULATOR.403")
    assert "Host" in answer.json()["error_msg"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_a_page_of_another_site_changes_nothing(send, headers: dict[str, str]) -> None:
    for method, path in (
        ("PATCH", CONTROL),
        ("POST", "/_simulator/reset"),
        ("POST", "/v3/auth/tokens"),
    ):
        answer = send(method, path, '{"latency": 3}', **headers)
        assert (answer.status_code, answer.json()["error_code"]) == (403, "SIMULATOR.403")
    assert send("GET", CONTROL).json()["latency"] == 0


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/plain;charset=UTF-8", "Multipart/Form-Data; boundary=x"]
)
def test_a_form_of_an_old_browser_changes_nothing(send, kind: str) -> None:
    for method, path, status in (
        ("PATCH", CONTROL, 403),
        ("POST", "/_simulator/reset", 403),
        ("POST", "/v3/auth/tokens", 415),
    ):
        assert send(method, path, '{"latency": 3}', Content_Type=kind).status_code == status
    assert send("GET", CONTROL).json()["latency"] == 0


def test_programs_and_its_own_pages_are_served(server: Running, send) -> None:
    own = {"Origin": server.url, "Sec_Fetch_Site": "same-origin"}
    form = {"Content_Type": "application/x-www-form-urlencoded"}  # what curl -d sends
    for headers in (
        {},
        own,
        form,
        {"Content_Type": "application/json"},
        {"Sec_Fetch_Site": "none"},
    ):
        assert send("PATCH", CONTROL, '{"speed": 1}', **headers).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.1.2.3", "[::1]", "[::1]:443"])
def test_loopback_has_many_names(send, host: str) -> None:
    assert send("GET", "/v3", Host=host).status_code == 200


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        ("http://127.0.0.1:80/v3", "127.0.0.1", b"200"),
        ("HTTP://localhost/_simulator/clock", "evil.example", b"200"),
        ("http://localhost", "localhost", b"300"),
        ("http://evil.example/v3", "127.0.0.1", b"403"),
        ("http://evil.example/_simulator/clock", "127.0.0.1", b"403"),
        ("http://127.0.0.1@evil.example/v3", "127.0.0.1", b"403"),
    ],
)
def test_the_form_of_a_request_that_proxies_send(
    server: Running, target: str, host: str, status: bytes
) -> None:
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = line.recv(1 << 16)
    assert answer.split()[1] == status, answer
