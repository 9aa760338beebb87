# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No token, signature or password follows a redirect: the second server is never asked."""

from __future__ import annotations

import pathlib
import ssl
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils.scripted_iam import (
    PROJECT,
    Answer,
    ScriptedIam,
    granted,
    running,
)
from ansible_collections.huaweicloud.mrs.tests.unit.tls.authority import Authority
from ansible_collections.huaweicloud.mrs.tests.unit.tls.test_certificates import CREATION
from ansible_collections.huaweicloud.mrs.tests.unit.tls.ways import ASKING_IAM, WAYS, Ways, run

pytestmark = pytest.mark.filterwarnings("ignore:Support for InfluxDB")

KNOWN = {
    "region": "eu-de",
    "project_id": PROJECT,
    "project_name": "eu-de",
    "username": "robot",
    "password": "CANARY-password",
    "user_domain_name": "dom",
    "access_key": "CANARY-ak",
    "secret_key": "CANARY-sk",
}
STATUSES = (302, 307)
#: Where a redirect leads: the address of the one who sends it and of another server, as a format.
ELSEWHERE = {
    "another port": "https://127.0.0.1:{port}/v3/x",
    "another host": "https://localhost:{port}/v3/x",
    "without a scheme": "//127.0.0.1:{port}/v3/x",
    "http": "http://127.0.0.1:{plain}/v3/x",
    "with a login": "https://robot:CANARY-password@127.0.0.1:{port}/v3/x",
}
NO_ADDRESS = ("https://[::1", "http://[x]/", "http://127.0.0.1:99999999/", "http://\xff/")
NOTHING: dict[str, t.Any] = {"clusterTotal": "0", "clusters": []}


class Server(ScriptedIam):
    """C(reads): an answer to all of them.

    Without it they have a part in the script, as writes do.
    """

    reads: Answer | None = None

    def next_answer(self, method: str) -> Answer:
        return self.reads if self.reads and method == "GET" else super().next_answer(method)


@pytest.fixture(name="start")
def _start(authority: Authority) -> t.Iterator[t.Callable[..., Server]]:
    """Starts servers: with https, or plain."""
    ends: list[t.Any] = []

    def start(secure: bool = True) -> Server:
        server = Server()
        if secure:
            files = authority.certificate("127.0.0.1")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*files)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.url = server.url.replace("http:", "https:")
        ends.append(running(server))
        return ends[-1].__enter__()

    yield start
    for end in ends:
        end.__exit__(None, None, None)


class Scene:
    """A service that redirects, and two servers to which it leads; C(taken): what reached those."""

    def __init__(
        self, start: t.Callable[..., Server], folder: pathlib.Path, authority: Authority
    ) -> None:
        self.service, self.iam = start(), start()
        self.others = [start(), start(False)]
        for other in self.others:
            other.script = [Answer(200, NOTHING)]
        self._ways, self._ca_cert = Ways(folder, KNOWN, "CANARY-token"), str(authority.file)

    def redirect(self, status: int, location: str) -> Answer:
        secure, plain = self.others
        return Answer(
            status,
            "",
            {"Location": location.format(port=secure.server_port, plain=plain.server_port)},
        )

    def play(self, way: str, module: str, given: dict[str, t.Any]) -> dict[str, t.Any]:
        auth_url = f"{self.iam.url}/v3"
        login = {**self._ways.options(way, self.service.url, auth_url), "ca_cert": self._ca_cert}
        return run(module, {**given, **login}, self._ways.environ(way, auth_url))

    def answer_logins(self, way: str) -> None:
        projects = {"projects": [{"id": PROJECT, "name": "eu-de"}]}
        self.iam.script = [Answer(200, projects) if way == "keys without a project" else granted()]

    @property
    def taken(self) -> list[str]:
        return [
            f"{seen.method} {seen.path} {seen.headers} {seen.body}"
            for other in self.others
            for seen in other.seen
        ]


@pytest.fixture(name="scene")
def _scene(start: t.Callable[..., Server], tmp_path: pathlib.Path, authority: Authority) -> Scene:
    return Scene(start, tmp_path, authority)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("location", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_read_follows_nobody(location: str, way: str, scene: Scene) -> None:
    scene.answer_logins(way)
    for status in STATUSES:
        scene.service.script = [scene.redirect(status, location)]
        result = scene.play(way, "mrs_cluster_info", {})
        assert result["msg"] == (
            "Cannot list clusters: the answer is a redirect, which is not followed (HTTP "
            f"{status}). Check the option "
            "endpoint."
        )
    assert len(scene.service.seen) == len(STATUSES)
    assert scene.taken == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("location", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_write_follows_nobody(location: str, way: str, scene: Scene) -> None:
    scene.answer_logins(way)
    scene.service.reads = Answer(200, NOTHING)
    for status in STATUSES:
        scene.service.script = [scene.redirect(status, location)]
        scene.service.seen.clear()
        result = scene.play(way, "mrs_cluster", CREATION)
        assert "the answer is a redirect, which is not followed" in result["msg"]
        assert [seen.method for seen in scene.service.seen if seen.method != "GET"] == ["POST"]
    assert scene.taken == []


@pytest.mark.parametrize("way", ASKING_IAM)
@pytest.mark.parametrize("location", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_login_follows_nobody_to_another_server(location: str, way: str, scene: Scene) -> None:
    for status in STATUSES:
        scene.iam.script = [scene.redirect(status, location)]
        result = scene.play(way, "mrs_cluster_info", {})
        assert f"{scene.iam.url} redirects to http" in result["msg"]
        assert "which is not followed. Set auth_url to the address of IAM itself." in result["msg"]
        assert "CANARY" not in str(result)
    assert len(scene.iam.seen) == len(STATUSES)
    assert scene.taken == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("location", NO_ADDRESS)
def test_a_redirect_to_no_address_is_an_error_like_any_other(
    location: str, way: str, scene: Scene
) -> None:
    scene.answer_logins(way)
    scene.service.reads = Answer(200, NOTHING)
    scene.service.script = [Answer(302, "", {"Location": location})]
    assert "is a redirect, which is not followed" in scene.play(way, "mrs_cluster", CREATION)["msg"]
    scene.iam.script = [Answer(302, "", {"Location": location})]
    result = scene.play(way, "mrs_cluster", CREATION)
    assert ("which is not followed" in result["msg"]) is (result["failed"] is True)


def test_a_token_that_runs_out_is_not_renewed_elsewhere(scene: Scene) -> None:
    scene.iam.script = [granted(), scene.redirect(307, ELSEWHERE["another port"])]
    scene.service.script = [Answer(401, {"error_msg": "token expired"})]
    result = scene.play("password", "mrs_cluster_info", {})
    assert "redirects to" in result["msg"]
    assert (len(scene.iam.seen), len(scene.service.seen)) == (2, 1)
    assert scene.taken == []
