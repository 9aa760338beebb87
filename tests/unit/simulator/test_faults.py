# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults on a real socket: what a client sees, and whether the service acted."""

from __future__ import annotations

import copy
import socket
import time
import typing as t
import urllib.parse

import pytest
import requests

from mrs_simulator.server import Running

CREATION = "run-job-flow$"


class Client:
    def __init__(self, server: Running, creation: dict[str, t.Any]) -> None:
        known = server.connection
        user = {
            "name": known["username"],
            "password": known["password"],
            "domain": {"name": known["user_domain_name"]},
        }
        auth = {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"id": known["project_id"]}},
        }
        self.server = server
        self.creation = creation
        self.session = requests.Session()
        self.session.trust_env = False
        login = self.session.post(
            f"{known['auth_url']}/auth/tokens", json={"auth": auth}, timeout=60
        )
        self.session.headers["X-Auth-Token"] = login.headers["X-Subject-Token"]
        self.base = f"{known['url']}/v1.1/{known['project_id']}"

    def fault(self, kind: str, **rule: t.Any) -> None:
        rule = {"method": "POST", "path": CREATION, "kind": kind, **rule}
        assert (
            self.session.post(
                f"{self.server.url}/_simulator/faults", json=rule, timeout=60
            ).status_code
            == 201
        )

    def create(self, timeout: float = 60) -> requests.Response:
        return self.session.post(f"{self.base}/run-job-flow", json=self.creation, timeout=timeout)

    def wait_for_hit(self) -> None:
        """Go on when a request that has met the fault has been dealt with."""
        (rule,) = self.server.simulator.faults.rules
        while not rule.hits:
            time.sleep(0.01)

    def total(self) -> int:
        return int(
            self.session.get(f"{self.base}/cluster_infos", timeout=60).json()["clusterTotal"]
        )


@pytest.fixture(name="client")
def _client(server: Running, cloud) -> t.Iterator[Client]:
    client = Client(server, copy.deepcopy(cloud.creation()))
    yield client
    client.session.close()


@pytest.mark.parametrize(("kind", "clusters"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_connection_gives_no_byte(client: Client, kind: str, clusters: int) -> None:
    client.fault(kind)
    with pytest.raises(requests.exceptions.ConnectionError):
        client.create()
    assert client.total() == clusters


def test_the_cut_is_on_the_wire(client: Client) -> None:
    client.fault("cut_after", method="GET", path="^/v3$")
    address = urllib.parse.urlsplit(client.server.url)
    with socket.create_connection((address.hostname, address.port), timeout=60) as raw:
        raw.sendall(b"GET /v3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert raw.recv(1000) == b""


@pytest.mark.parametrize(("kind", "clusters"), [("status", 0), ("status_after", 1)])
def test_a_status_before_or_after_the_work(client: Client, kind: str, clusters: int) -> None:
    client.fault(kind, status=502, body="<html>Bad Gateway</html>", headers={"Retry-After": "7"})
    answer = client.create()
    assert (answer.status_code, answer.text, answer.headers["Retry-After"]) == (
        502,
        "<html>Bad Gateway</html>",
        "7",
    )
    assert client.total() == clusters


def test_a_status_can_carry_a_json_body_or_none(client: Client) -> None:
    client.fault("status", status=429, body={"error_code": "APIGW.0308", "error_msg": "slow down"})
    client.fault("status", status=503)
    assert client.create().json()["error_code"] == "APIGW.0308"
    assert client.create().content == b""


def test_garbage_and_empty_answers_hide_that_the_service_acted(client: Client) -> None:
    client.fault("garbage")
    answer = client.create()
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()
    assert client.total() == 1
    client.fault("empty", method="GET", path="cluster_infos$")
    answer = client.session.get(f"{client.base}/cluster_infos", timeout=60)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_truncated_answer_breaks_off(client: Client) -> None:
    client.fault("truncate")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        client.create()
    assert client.total() == 1


@pytest.mark.parametrize(("kind", "clusters"), [("hang", 0), ("hang_after", 1)])
def test_a_hanging_answer_is_a_read_timeout(client: Client, kind: str, clusters: int) -> None:
    client.fault(kind)
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.create(timeout=0.2)
    client.wait_for_hit()  # it may still be on its way
    assert client.total() == clusters


def test_a_slow_answer_comes_late(client: Client) -> None:
    client.fault("slow", seconds=0.3)
    started = time.monotonic()
    assert client.create().status_code == 200
    assert time.monotonic() - started >= 0.3


def test_a_false_result_comes_with_200_and_nothing_is_done(client: Client) -> None:
    client.fault("result_false")
    answer = client.create()
    assert (answer.status_code, answer.json()["result"]) == (200, False)
    assert client.total() == 0


def test_an_expired_token_is_401_until_a_new_one_is_fetched(client: Client) -> None:
    client.fault("expire_token")
    for _round in range(2):
        answer = client.create()
        assert (answer.status_code, answer.json()["error_code"]) == (401, "APIGW.0301")


def test_rules_skip_and_count(client: Client) -> None:
    client.fault("status", status=503, after=1, times=2)
    client.creation["cluster_version"] = "MRS 9.9"
    assert [client.create().status_code for _round in range(5)] == [400, 503, 503, 400, 400]
    faults = client.session.get(f"{client.server.url}/_simulator/faults", timeout=60).json()[
        "faults"
    ]
    assert (faults[0]["kind"], faults[0]["hits"]) == ("status", 5)


def test_bodies_over_12_mb_are_413(client: Client) -> None:
    answer = client.session.post(
        f"{client.base}/run-job-flow", data=b"x" * (12 * 1024 * 1024 + 1), timeout=60
    )
    assert (answer.status_code, answer.json()["error_code"]) == (413, "APIGW.0201")
    answer = client.session.post(
        f"{client.base}/run-job-flow", data=b"x" * (12 * 1024 * 1024), timeout=60
    )
    assert (answer.status_code, answer.json()["error_code"]) == (400, "12000009")


def test_every_route_is_in_the_openapi_document(client: Client) -> None:
    answer = client.session.get(f"{client.server.url}/openapi.json", timeout=60)
    assert answer.headers["X-Mrs-Simulator"] == "1.0.0"
    paths = answer.json()["paths"]
    assert set(paths["/v1.1/{project_id}/cluster_infos/{cluster_id}"]) == {"get", "put"}
    assert paths["/v1.1/{project_id}/jobs"]["post"]["summary"] == "501: documented but not served."


@pytest.mark.parametrize(
    ("method", "path"),
    [("BREW", "/v3"), ("POST", "/openapi.json"), ("GET", "/docs"), ("HEAD", "/v3")],
)
def test_routes_of_the_framework_do_not_show_through(
    client: Client, method: str, path: str
) -> None:
    assert (
        client.session.request(method, f"{client.server.url}{path}", timeout=60).status_code == 404
    )


def test_a_server_stops_while_clients_hang(client: Client) -> None:
    client.fault("hang")
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.create(timeout=0.1)
    client.wait_for_hit()
    client.server.stop()  # which fails where it does not come to an end


def _listed(client: Client, **query: t.Any) -> requests.Response:
    return client.session.get(f"{client.base}/cluster_infos", params=query, timeout=60)


@pytest.mark.parametrize("body", [{}, None, [], "text", 5, {"clusters": 5}, {"clusterTotal": 3}])
def test_an_answer_can_be_any_json(client: Client, body: t.Any) -> None:
    client.fault("replace", method="GET", path="cluster_infos$", body=body)
    answer = _listed(client)
    assert (answer.status_code, answer.json()) == (200, body)
    assert answer.headers["Content-Type"] == "application/json"


def test_a_replaced_answer_hides_that_the_service_acted(client: Client) -> None:
    client.fault(
        "replace", status=500, body={"error_code": "0173"}, headers={"Retry-After": "\xb2"}
    )
    answer = client.create()
    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (
        500,
        {"error_code": "0173"},
        "\xb2",
    )
    assert client.total() == 1


def test_parts_of_an_answer_can_be_changed(client: Client) -> None:
    client.create()
    client.fault("merge", method="GET", path="cluster_infos$", body={"clusterTotal": 10**12})
    client.fault(
        "merge", method="GET", path="cluster_infos$", body={"clusterTotal": None, "more": {"a": 1}}
    )
    first, second = _listed(client).json(), _listed(client).json()
    assert (first["clusterTotal"], len(first["clusters"])) == (10**12, 1)
    assert (set(second), second["more"]) == ({"clusters", "more"}, {"a": 1})


def test_a_list_can_be_without_an_end(client: Client) -> None:
    client.create()
    client.fault("endless", method="GET", path="cluster_infos$", times=3)
    pages = [_listed(client, currentPage=number, pageSize=10).json() for number in (1, 2, 777)]
    assert [page["clusterTotal"] for page in pages] == [10**12] * 3
    assert len({page["clusters"][0]["clusterId"] for page in pages}) == 3
    assert _listed(client, currentPage=2).json()["clusters"] == []


@pytest.mark.parametrize("kind", ["huge", "gzip_bomb"])
def test_an_answer_can_be_of_any_size(client: Client, kind: str) -> None:
    client.fault(kind, method="GET", path="cluster_infos$", size=5 * 2**20 + 3)
    answer = _listed(client)
    assert len(answer.json()["padding"]) == 5 * 2**20 + 3
    assert answer.json()["clusters"] == []
    assert answer.headers.get("Content-Encoding") == ("gzip" if kind == "gzip_bomb" else None)


def test_a_bomb_is_small_on_the_wire(client: Client) -> None:
    client.fault("gzip_bomb", method="GET", path="cluster_infos$", size=50 * 2**20)
    answer = client.session.get(f"{client.base}/cluster_infos", stream=True, timeout=60)
    assert int(answer.headers["Content-Length"]) < 100_000
    answer.close()


@pytest.mark.parametrize("kind", ["drip_headers", "drip_body"])
def test_an_answer_can_drip(client: Client, kind: str) -> None:
    client.fault(kind, method="GET", path="cluster_infos$", seconds=0.002)
    started = time.monotonic()
    answer = _listed(client)
    assert (answer.status_code, answer.json()) == (200, {"clusterTotal": 0, "clusters": []})
    assert time.monotonic() - started > 35 * 0.002


@pytest.mark.parametrize("kind", ["drip_headers", "drip_body"])
def test_a_client_may_leave_while_it_drips(client: Client, kind: str) -> None:
    client.fault(kind, method="GET", path="cluster_infos$", seconds=60)
    with pytest.raises((requests.exceptions.ReadTimeout, requests.exceptions.ConnectionError)):
        client.session.get(f"{client.base}/cluster_infos", timeout=0.2)
    assert _listed(client).status_code == 200
