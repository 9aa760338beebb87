# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The transport without sockets: same answers, and faults as real exceptions."""

from __future__ import annotations

import time
import typing as t

import pytest
import requests

from mrs_simulator import in_process
from mrs_simulator.clock import ManualClock
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator


class Client:
    def __init__(self) -> None:
        self.simulator = Simulator(Settings(speed=100), ManualClock())
        self.session = requests.Session()
        self.session.trust_env = False
        self.root = in_process.mount(self.session, self.simulator)
        project = self.simulator.world.identity.project_id
        token, _ends = self.simulator.world.identity.issue(
            project, self.simulator.world.clock.now()
        )
        self.session.headers.update({"X-Auth-Token": token, "Content-Type": "application/json"})
        self.base = f"{self.root}/v1.1/{project}"

    def fault(self, **rule: t.Any) -> None:
        assert self.session.post(f"{self.root}/_simulator/faults", json=rule).status_code == 201


@pytest.fixture(name="client")
def _client() -> t.Iterator[Client]:
    client = Client()
    yield client
    client.session.close()


def test_answers_look_like_those_of_a_server(client: Client) -> None:
    answer = client.session.get(f"{client.base}/cluster_infos", params={"pageSize": 1})
    assert (answer.status_code, answer.json(), answer.ok) == (
        200,
        {"clusterTotal": 0, "clusters": []},
        True,
    )
    assert answer.headers["x-mrs-simulator"] == "1.0.0"
    assert client.session.get(f"{client.base}/nothing").json()["error_code"] == "APIGW.0101"


def test_other_addresses_are_not_reached(client: Client) -> None:
    assert client.session.get_adapter(client.root).__class__.__name__ == "Transport"
    assert (
        client.session.get_adapter("https://mrs.eu-de.otc.t-systems.com").__class__.__name__
        == "HTTPAdapter"
    )


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("cut_before", requests.exceptions.ConnectionError),
        ("cut_after", requests.exceptions.ConnectionError),
        ("truncate", requests.exceptions.ChunkedEncodingError),
        ("hang", requests.exceptions.ReadTimeout),
        ("hang_after", requests.exceptions.ReadTimeout),
    ],
)
def test_a_lost_answer_is_the_exception_of_requests(
    client: Client, kind: str, error: type[Exception]
) -> None:
    client.fault(kind=kind, path="cluster_infos$")
    with pytest.raises(error):
        client.session.get(f"{client.base}/cluster_infos", timeout=(3, 30))
    assert client.session.get(f"{client.base}/cluster_infos").status_code == 200


def test_answers_in_pieces_are_whole_and_take_their_time_at_once(client: Client) -> None:
    client.fault(kind="huge", size=1000)
    client.fault(kind="gzip_bomb", size=1000)
    client.fault(kind="drip_body", seconds=0.5)
    client.fault(kind="drip_headers", seconds=5)
    lists = [client.session.get(f"{client.base}/cluster_infos", timeout=60) for _round in range(3)]
    assert [len(answer.content) for answer in lists] == [1050, 1050, 35]
    assert [answer.json()["clusterTotal"] for answer in lists] == [0, 0, 0]
    assert client.simulator.world.clock.now() == 1711529080 + 17.5
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.session.get(f"{client.base}/cluster_infos", timeout=60)


def test_waiting_moves_the_clock_instead_of_the_time(client: Client) -> None:
    client.fault(kind="slow", seconds=20)
    client.fault(kind="hang")
    started = time.monotonic()
    client.session.get(f"{client.base}/cluster_infos", timeout=30)
    with pytest.raises(requests.exceptions.ReadTimeout):
        client.session.get(f"{client.base}/cluster_infos", timeout=30)
    assert client.simulator.world.clock.now() == 1711529080 + 20 + 30
    assert time.monotonic() - started < 20
