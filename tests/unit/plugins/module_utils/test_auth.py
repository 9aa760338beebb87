# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import dataclasses
import ipaddress
import json
import pathlib
import socket
import ssl
import subprocess
import sys
import threading
import typing as t
import warnings
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _auth
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import Access, find_in_catalog, service_root
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import (
    AuthError,
    MrsError,
    OptionError,
    ServiceError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._regions import iam_address, mrs_address
from ansible_collections.huaweicloud.mrs.plugins.module_utils._settings import Settings, resolve
from ansible_collections.huaweicloud.mrs.plugins.module_utils._signature import authorization, canonical_request

NOW = datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
PROJECT = "0123456789abcdef0123456789abcdef"
MRS = "https://mrs.eu-de.otc.t-systems.com"
KEYS = {"access_key": "CANARY-ak", "secret_key": "CANARY-sk"}
Values = dict[str, t.Any]


def mrs_in_catalog(url: str = f"{MRS}/v1.1/{PROJECT}", region: str = "eu-de", **changes: str) -> Values:
    endpoint = {"id": "9f2e", "interface": "public", "region": region, "region_id": region, "url": url} | changes
    return {"id": "4c1f", "name": "mrs", "type": "mrs", "endpoints": [endpoint]}


def granted(token: str = "CANARY-token-1", lives: float = 86400, **changes: t.Any) -> Answer:
    """The answer to a login. C(lives): seconds, as keystoneauth counts them."""
    expires = datetime.now(timezone.utc) + timedelta(seconds=lives)
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
    """Gives the answers of its script one after the other, the last one for ever, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Answer] = []
        self.seen: list[Seen] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: ScriptedIam

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append(Seen(self.command, self.path, headers, json.loads(body) if body else None))
        script = self.server.script
        answer = script.pop(0) if len(script) > 1 else script[0]
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

    do_GET = do_POST = answer

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


@pytest.fixture
def iam(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[ScriptedIam]:
    monkeypatch.setenv("NO_PROXY", "*")
    with running(ScriptedIam()) as server:
        yield server


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def connect(pauses: list[float]) -> t.Callable[..., Access]:
    def call(params: Values, environ: t.Mapping[str, str] | None = None, **changes: t.Any) -> Access:
        settings = resolve(params, environ or {})
        return _auth.connect(settings, **({"timeout": 5.0, "now": lambda: NOW, "sleep": pauses.append} | changes))

    return call


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
    request = requests.Request("GET", url or f"{access.endpoint}/v1.1/{access.project_id}/x", auth=access.auth)
    return dict(request.prepare().headers)


def refused(body: str = "The request you have made requires authentication.", status: int = 401) -> Answer:
    error = {"error": {"code": status, "message": body, "title": "Refused"}}
    return Answer(status, error, {"X-IAM-Trace-Id": "trace-7"})


class TestKeys:
    def test_with_project_and_region_nothing_is_asked(self, connect: t.Callable[..., Access]) -> None:
        access = connect(KEYS | {"region_name": "cn-north-4", "project_id": PROJECT})
        assert (access.endpoint, access.project_id, access.verify) == (
            "https://mrs.cn-north-4.myhuaweicloud.com",
            PROJECT,
            True,
        )
        assert access.renew() is False
        assert sent_by(access) == {
            "Content-Type": "application/json",
            "Host": "mrs.cn-north-4.myhuaweicloud.com",
            "X-Sdk-Date": "20240102T030405Z",
            "X-Project-Id": PROJECT,
            "Authorization": sent_by(access)["Authorization"],
        }
        assert sent_by(access)["Authorization"].startswith("SDK-HMAC-SHA256 Access=CANARY-ak, SignedHeaders=")

    @pytest.mark.parametrize(
        ("endpoint", "form"),
        [
            ("https://mrs.eu-de.otc.t-systems.com", "Credential=CANARY-ak/20240102///sdk_request"),
            ("https://mrs.otc.t-systems.com:8443", "Credential=CANARY-ak/20240102///sdk_request"),
            ("https://mrs.cn-north-4.myhuaweicloud.com", "Access=CANARY-ak"),
            ("https://mrs.otc.t-systems.com.example.org", "Access=CANARY-ak"),
            ("https://nototc.t-systems.com", "Access=CANARY-ak"),
        ],
    )
    def test_each_cloud_gets_the_form_of_signature_it_is_known_to_take(
        self, endpoint: str, form: str, connect: t.Callable[..., Access]
    ) -> None:
        access = connect(KEYS | {"endpoint": endpoint, "project_id": PROJECT})
        assert sent_by(access)["Authorization"].startswith(f"SDK-HMAC-SHA256 {form}, ")

    @pytest.mark.parametrize(
        ("params", "environ", "asked"),
        [
            ({"region_name": "eu-de"}, {}, "/v3/projects?name=eu-de"),
            ({"region_name": "eu-de"}, {"OS_PROJECT_NAME": "eu-de_sub ü"}, "/v3/projects?name=eu-de_sub%20%C3%BC"),
        ],
    )
    def test_the_project_is_looked_up_by_its_name_or_the_region(
        self, params: Values, environ: dict[str, str], asked: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        name = environ.get("OS_PROJECT_NAME", "eu-de")
        iam.script = [Answer(200, {"projects": [{"id": "other", "name": f"{name}2"}, {"id": PROJECT, "name": name}]})]
        access = connect(KEYS | params | {"security_token": "CANARY-st"}, environ | {"OS_AUTH_URL": f"{iam.url}/v3/"})
        assert access.project_id == PROJECT
        (seen,) = iam.seen
        assert (seen.method, seen.path) == ("GET", asked)
        assert "x-project-id" not in seen.headers
        names = "content-type;host;x-sdk-date;x-security-token"
        headers = {name: seen.headers[name] for name in names.split(";")}
        canonical = canonical_request("GET", iam.url + seen.path, headers, b"")
        assert seen.headers["authorization"] == authorization(
            "CANARY-ak", "CANARY-sk", "20240102T030405Z", canonical, names
        )

    @pytest.mark.parametrize(
        ("projects", "text"),
        [
            (
                [],
                "There is no project named eu-de for this access key at {url}. Set project_id "
                "(HUAWEICLOUD_SDK_PROJECT_ID, OS_PROJECT_ID).",
            ),
            (
                [{"id": "b", "name": "eu-de"}, {"id": "a", "name": "eu-de"}],
                "There are 2 projects named eu-de for this access key at {url}: a, b. Set project_id "
                "(HUAWEICLOUD_SDK_PROJECT_ID, OS_PROJECT_ID).",
            ),
        ],
    )
    def test_it_has_to_be_exactly_one_project(
        self, projects: list[Values], text: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [Answer(200, {"projects": projects})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == text.format(url=iam.url)

    @pytest.mark.parametrize("body", ["<html>", "[]", '{"projects": null}', '{"projects": [{}]}', '{"projects": [1]}'])
    def test_an_answer_that_is_none_is_told(
        self, body: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [Answer(200, body)]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == (
            f"Cannot look up the project eu-de: what {iam.url} answers is not an answer of IAM. "
            "Check auth_url: it is the address of IAM and usually ends in /v3."
        )

    def test_a_redirect_is_not_followed(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        iam.script = [Answer(302, headers={"Location": f"{iam.url}/elsewhere?x=y"})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == (
            f"Cannot look up the project eu-de: {iam.url} redirects to {iam.url}, which is not followed. "
            "Set auth_url to the address of IAM itself."
        )
        assert len(iam.seen) == 1

    def test_a_refusal_has_the_words_of_iam_and_advice(
        self, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        body = {"error_msg": "verify aksk signature fail", "error_code": "APIGW.0301", "request_id": "9c1f"}
        iam.script = [Answer(401, body)]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == (
            "Cannot look up the project eu-de: verify aksk signature fail (HTTP 401, code APIGW.0301, request 9c1f). "
            "Check access_key and secret_key, and with temporary keys security_token: they belong together, to this "
            "cloud, and may have expired."
        )
        assert raised.value.failure()["error"] == {
            "status": 401,
            "code": "APIGW.0301",
            "request_id": "9c1f",
            "reason": "verify aksk signature fail",
        }

    @pytest.mark.parametrize(
        ("date", "hint"),
        [
            ("Tue, 02 Jan 2024 02:34:05 GMT", "The clock of this machine is 30 minutes fast: set it right."),
            ("Tue, 02 Jan 2024 05:04:05 -0000", "The clock of this machine is 120 minutes slow: set it right."),
        ],
    )
    def test_a_wrong_clock_is_told(
        self, date: str, hint: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [dataclasses.replace(refused(), headers={"Date": date})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert raised.value.hint == hint

    @pytest.mark.parametrize("date", ["Tue, 02 Jan 2024 03:10:00 GMT", "yesterday"])
    def test_a_clock_that_is_right_or_not_told_is_not_blamed(
        self, date: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [dataclasses.replace(refused(), headers={"Date": date})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value.hint).startswith("Check access_key and secret_key")


class TestLogin:
    def test_one_request_gives_token_project_and_address(
        self, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted()]
        access = connect(login(iam))
        assert (access.endpoint, access.project_id, access.verify) == (MRS, PROJECT, True)
        assert sent_by(access)["X-Auth-Token"] == "CANARY-token-1"
        assert "Authorization" not in sent_by(access)
        (seen,) = iam.seen
        assert (seen.method, seen.path) == ("POST", "/v3/auth/tokens")
        assert seen.headers["content-type"] == "application/json"

    @pytest.mark.parametrize("path", ["", "/", "/v3", "/v3/"])
    def test_the_address_of_iam_may_be_with_or_without_version(
        self, path: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted()]
        connect(login(iam, auth_url=iam.url + path))
        assert [seen.path for seen in iam.seen] == ["/v3/auth/tokens"]

    @pytest.mark.parametrize(
        ("changes", "identity", "scope"),
        [
            (
                {},
                {"name": "robot", "password": "CANARY-password", "domain": {"name": "dom"}},
                {"project": {"id": PROJECT}},
            ),
            (
                {"project_id": None, "project_name": "eu-de_sub", "project_domain_id": "d2"},
                {"name": "robot", "password": "CANARY-password", "domain": {"name": "dom"}},
                {"project": {"name": "eu-de_sub", "domain": {"id": "d2"}}},
            ),
            (
                {"project_id": None},
                {"name": "robot", "password": "CANARY-password", "domain": {"name": "dom"}},
                {"project": {"name": "eu-de", "domain": {"name": "dom"}}},
            ),
            (
                {"username": None, "user_id": "b671"},
                {"id": "b671", "password": "CANARY-password"},
                {"project": {"id": PROJECT}},
            ),
        ],
    )
    def test_the_user_and_the_project_are_told_as_the_options_say(
        self, changes: Values, identity: Values, scope: Values, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted()]
        connect(login(iam, **changes))
        assert iam.seen[0].body == {
            "auth": {"identity": {"methods": ["password"], "password": {"user": identity}}, "scope": scope}
        }

    def test_a_token_is_exchanged_for_one_of_the_project(
        self, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted()]
        auth = {"auth_url": f"{iam.url}/v3", "token": "CANARY-given", "user_domain_name": "dom"}
        access = connect({"auth": auth, "region_name": "eu-de"})
        assert sent_by(access)["X-Auth-Token"] == "CANARY-token-1"
        assert iam.seen[0].body == {
            "auth": {
                "identity": {"methods": ["token"], "token": {"id": "CANARY-given"}},
                "scope": {"project": {"name": "eu-de", "domain": {"name": "dom"}}},
            }
        }

    def test_a_token_without_iam_is_sent_as_it_is(self, connect: t.Callable[..., Access]) -> None:
        access = connect({"auth": {"token": "CANARY-given"}, "project_id": PROJECT, "endpoint": f"{MRS}/v1.1/"})
        assert (access.endpoint, access.project_id, access.renew()) == (MRS, PROJECT, False)
        assert sent_by(access)["X-Auth-Token"] == "CANARY-given"

    def test_another_plugin_is_loaded_by_its_name(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        iam.script = [granted()]
        secret = {"application_credential_id": "ac", "application_credential_secret": "CANARY-acs"}
        settings = Settings(
            way="keystone",
            auth_type="v3applicationcredential",
            auth=secret,
            auth_url=f"{iam.url}/v3",
            region_name="eu-de",
            project_id=PROJECT,
        )
        access = _auth.connect(settings, timeout=5.0, now=lambda: NOW)
        assert access.project_id == PROJECT
        assert iam.seen[0].body["auth"]["identity"] == {
            "methods": ["application_credential"],
            "application_credential": {"id": "ac", "secret": "CANARY-acs"},
        }

    def test_a_new_token_is_fetched_on_demand(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        iam.script = [granted("CANARY-token-1"), granted("CANARY-token-2")]
        access = connect(login(iam))
        assert access.renew() is True
        assert sent_by(access)["X-Auth-Token"] == "CANARY-token-2"
        assert len(iam.seen) == 2

    def test_a_new_token_is_fetched_before_the_old_one_expires(
        self, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted("CANARY-token-1", lives=30), granted("CANARY-token-2")]
        access = connect(login(iam))
        assert [sent_by(access)["X-Auth-Token"] for _time in range(2)] == ["CANARY-token-2", "CANARY-token-2"]

    def test_a_refused_renewal_is_an_error(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        iam.script = [granted(), refused("The account is locked.")]
        access = connect(login(iam))
        with pytest.raises(AuthError, match="The account is locked"):
            access.renew()

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"endpoint": "https://mrs.example.com/v2/"}, "https://mrs.example.com"),
            ({"region_name": "eu-nl"}, "https://mrs.eu-nl.otc.t-systems.com"),
        ],
    )
    def test_an_endpoint_wins_over_the_catalogue_which_wins_over_the_usual_address(
        self, changes: Values, expected: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted()]
        assert connect(login(iam) | changes).endpoint == expected

    def test_without_a_region_the_catalogue_decides(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        iam.script = [granted(catalog=[mrs_in_catalog("https://mrs.somewhere/v1.1", "some")])]
        assert connect(login(iam) | {"region_name": None}).endpoint == "https://mrs.somewhere"

    @pytest.mark.parametrize("changes", [{"catalog": []}, {"catalog": None}])
    def test_a_catalogue_without_mrs_needs_an_option(
        self, changes: Values, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted(**changes)]
        with pytest.raises(AuthError) as raised:
            connect(login(iam) | {"region_name": None})
        assert str(raised.value) == (
            "The catalogue of the token does not have MRS. "
            "Set endpoint (HUAWEICLOUD_MRS_ENDPOINT) or region_name (OS_REGION_NAME)."
        )

    def test_a_token_without_a_project_is_no_use(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        answer = granted(domain={"id": "d78c", "name": "dom"})
        del answer.body["token"]["project"]
        iam.script = [answer]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"The token of {iam.url}/v3 belongs to no project, and MRS needs one that does. "
            "Set project_id (OS_PROJECT_ID) or auth.project_name (OS_PROJECT_NAME)."
        )


class TestRefusedLogin:
    @pytest.mark.parametrize(
        ("answer", "text"),
        [
            (
                refused(),
                "The request you have made requires authentication (HTTP 401, request trace-7). "
                "Check the user name, its domain and the password; the user may also be locked.",
            ),
            (
                refused("No right.", 403),
                "No right (HTTP 403, request trace-7). "
                "The credentials are known but lack the right to do this in this project.",
            ),
            (
                Answer(404, "<html><title>404 Not Found</title></html>"),
                "404 Not Found (HTTP 404). Check auth_url: it is the address of IAM and usually ends in /v3.",
            ),
            (
                refused("Invalid input for field password: 'CANARY-password' is too short.", 400),
                "Invalid input for field password: '********' is too short (HTTP 400, request trace-7).",
            ),
        ],
    )
    def test_the_words_of_iam_are_kept_and_what_to_do_is_told(
        self, answer: Answer, text: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [answer]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == f"Cannot log in at {iam.url}/v3: {text}"
        assert len(iam.seen) == 1

    def test_a_refused_token_has_its_own_advice(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        iam.script = [refused("The token must be updated")]
        auth = {"auth_url": f"{iam.url}/v3", "token": "CANARY-given", "project_id": PROJECT}
        with pytest.raises(AuthError) as raised:
            connect({"auth": auth})
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: The token must be updated (HTTP 401, request trace-7). "
            "The token is wrong or has expired: get a new one."
        )

    @pytest.mark.parametrize(
        "answer",
        [
            Answer(201, "<html>Welcome</html>"),
            Answer(200, {"versions": []}),
            Answer(201, {"token": {}}),
            Answer(201, {"token": []}, {"X-Subject-Token": "CANARY-token"}),
            Answer(201, []),
            Answer(201, {"token": {"catalog": 5}}, {"X-Subject-Token": "CANARY-token"}),
        ],
    )
    def test_an_answer_that_is_none_is_told(
        self, answer: Answer, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [answer]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: what {iam.url} answers is not an answer of IAM. "
            "Check auth_url: it is the address of IAM and usually ends in /v3."
        )

    def test_the_password_does_not_follow_a_redirect(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        iam.script = [Answer(307, headers={"Location": "https://elsewhere.example.com/v3/auth/tokens"})]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: {iam.url} redirects to https://elsewhere.example.com, which is not "
            "followed. Set auth_url to the address of IAM itself."
        )
        assert len(iam.seen) == 1

    def test_an_unknown_plugin_is_named(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        with pytest.raises(OptionError) as raised:
            connect(login(iam) | {"auth_type": "v3nix"})
        assert str(raised.value) == "auth_type: keystoneauth1 has no plugin 'v3nix' here."

    def test_what_a_plugin_misses_is_named(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        with pytest.raises(OptionError, match=r"^auth: .*identity_provider"):
            connect(login(iam) | {"auth_type": "v3oidcaccesstoken"})


class TestTrouble:
    def test_what_may_pass_is_tried_again(
        self, iam: ScriptedIam, pauses: list[float], connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [Answer(503), CUT, Answer(429, headers={"Retry-After": "7"}), granted()]
        assert connect(login(iam)).project_id == PROJECT
        assert pauses == [0.5, 2.0, 7.0]

    def test_a_look_up_that_is_tried_again_is_signed_again(
        self, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        moments = iter([NOW, NOW + timedelta(seconds=3)])
        iam.script = [Answer(502), Answer(200, {"projects": [{"id": PROJECT, "name": "eu-de"}]})]
        connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url}, now=lambda: next(moments))
        assert [seen.headers["x-sdk-date"] for seen in iam.seen] == ["20240102T030405Z", "20240102T030408Z"]

    def test_a_pause_has_its_limit(
        self, iam: ScriptedIam, pauses: list[float], connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [Answer(429, headers={"Retry-After": "86400"}), granted()]
        connect(login(iam))
        assert pauses == [30.0]

    @pytest.mark.parametrize(
        ("status", "hint"), [(429, "IAM wants fewer requests. Try again later."), (503, "Try again later.")]
    )
    def test_what_does_not_pass_is_an_error_of_the_service(
        self, status: int, hint: str, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [refused("Busy", status)]
        with pytest.raises(ServiceError) as raised:
            connect(login(iam))
        assert str(raised.value) == (f"Cannot log in at {iam.url}/v3: Busy (HTTP {status}, request trace-7). {hint}")
        assert len(iam.seen) == 4

    def test_a_connection_that_is_lost_again_and_again_is_told(
        self, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [CUT]
        with pytest.raises(UnreachableError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: IAM at {iam.url} cannot be reached (the connection was lost)."
        )
        assert len(iam.seen) == 4

    @pytest.mark.parametrize("way", ["keys", "login"])
    def test_an_address_where_nobody_listens_is_told(
        self, way: str, iam: ScriptedIam, pauses: list[float], connect: t.Callable[..., Access]
    ) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            params = login(iam, auth_url=url) if way == "login" else KEYS | {"region_name": "eu-de"}
            with pytest.raises(UnreachableError) as raised:
                connect(params, {"OS_AUTH_URL": url})
        action = f"log in at {url}" if way == "login" else "look up the project eu-de"
        assert str(raised.value) == f"Cannot {action}: IAM at {url} cannot be reached (Connection refused)."
        assert pauses == [0.5, 2.0, 5.0]

    def test_silence_has_a_timeout(self, iam: ScriptedIam, connect: t.Callable[..., Access]) -> None:
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            with pytest.raises(UnreachableError) as raised:
                connect(login(iam, auth_url=url), timeout=0.05)
        assert str(raised.value) == (
            f"Cannot log in at {url}: IAM at {url} cannot be reached (no answer within 0.05 s)."
        )

    def test_an_address_that_is_none_is_told(self, connect: t.Callable[..., Access]) -> None:
        with pytest.raises(OptionError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": "http://.example.com"})
        assert str(raised.value) == "auth_url: http://.example.com is not the address of IAM."


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A certificate for 127.0.0.1 that nobody signed but itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.now(timezone.utc) - timedelta(days=1)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=2))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "iam.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


class TestCertificates:
    @pytest.fixture
    def secure_iam(self, certificate: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> t.Iterator[ScriptedIam]:
        monkeypatch.setenv("NO_PROXY", "*")
        server = ScriptedIam()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.url = server.url.replace("http:", "https:")
        server.script = [granted()]
        with running(server):
            yield server

    def test_one_that_nobody_knows_is_refused(
        self, secure_iam: ScriptedIam, pauses: list[float], connect: t.Callable[..., Access]
    ) -> None:
        with pytest.raises(UnreachableError) as raised:
            connect(login(secure_iam))
        assert str(raised.value) == (
            f"Cannot log in at {secure_iam.url}/v3: IAM at {secure_iam.url} cannot be reached (its certificate cannot "
            "be verified). Give the authority that signed it with ca_cert."
        )
        assert pauses == []

    def test_the_authority_may_be_given(
        self, secure_iam: ScriptedIam, certificate: pathlib.Path, connect: t.Callable[..., Access]
    ) -> None:
        access = connect(login(secure_iam) | {"ca_cert": str(certificate)})
        assert (access.project_id, access.verify) == (PROJECT, str(certificate))

    def test_verification_may_be_turned_off_without_a_warning_for_each_request(
        self, secure_iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        with warnings.catch_warnings(record=True) as caught:
            access = connect(login(secure_iam) | {"validate_certs": False})
        assert (access.project_id, access.verify) == (PROJECT, False)
        assert [str(warning.message) for warning in caught if "urllib3" in warning.filename] == []

    def test_a_file_that_is_not_there_is_named(self, connect: t.Callable[..., Access]) -> None:
        with pytest.raises(OptionError) as raised:
            connect(KEYS | {"region_name": "eu-de", "project_id": PROJECT, "ca_cert": "/nix/ca.pem"})
        assert str(raised.value) == "ca_cert: there is no file /nix/ca.pem."


class TestAddresses:
    @pytest.mark.parametrize(
        ("region", "mrs", "iam"),
        [
            ("eu-de", "https://mrs.eu-de.otc.t-systems.com", "https://iam.eu-de.otc.t-systems.com"),
            ("eu-nl", "https://mrs.eu-nl.otc.t-systems.com", "https://iam.eu-nl.otc.t-systems.com"),
            (
                "eu-west-0",
                "https://mrs.eu-west-0.prod-cloud-ocb.orange-business.com",
                "https://iam.eu-west-0.prod-cloud-ocb.orange-business.com",
            ),
            ("cn-north-4", "https://mrs.cn-north-4.myhuaweicloud.com", "https://iam.cn-north-4.myhuaweicloud.com"),
            (
                "ap-southeast-1",
                "https://mrs.ap-southeast-1.myhuaweicloud.cn",
                "https://iam.ap-southeast-1.myhuaweicloud.com",
            ),
            (
                "ap-southeast-4",
                "https://mrs.ap-southeast-4.myhuaweicloud.cn",
                "https://iam.ap-southeast-4.myhuaweicloud.com",
            ),
            ("ru-northwest-2", "https://mrs.ru-northwest-2.myhuaweicloud.cn", "https://iam.myhuaweicloud.com"),
            ("eu-west-101", "https://mrs.eu-west-101.myhuaweicloud.eu", "https://iam.myhuaweicloud.com"),
        ],
    )
    def test_a_region_has_its_usual_addresses(self, region: str, mrs: str, iam: str) -> None:
        assert (mrs_address(region), iam_address(region)) == (mrs, iam)

    @pytest.mark.parametrize(
        "address",
        [
            "https://mrs.example.com",
            "https://mrs.example.com/",
            "https://mrs.example.com/v1.1",
            "https://mrs.example.com/v1/",
            "https://mrs.example.com/v2",
            "https://mrs.example.com/v1.1/p1",
            "https://mrs.example.com/v1.1/p1/",
            "https://mrs.example.com/p1",
        ],
    )
    def test_version_and_project_are_taken_off(self, address: str) -> None:
        assert service_root(address, "p1") == "https://mrs.example.com"

    def test_a_path_in_front_of_the_version_stays(self) -> None:
        assert service_root("https://proxy.example.com/mrs/v2/p1", "p1") == "https://proxy.example.com/mrs"

    @pytest.mark.parametrize(
        ("catalog", "region", "expected"),
        [
            ([mrs_in_catalog("https://a", "eu-de")], "eu-de", "https://a"),
            ([mrs_in_catalog("https://a", "eu-nl")], "eu-de", None),
            ([mrs_in_catalog("https://a", "eu-nl")], None, "https://a"),
            ([mrs_in_catalog("https://a", "old", region_id="eu-de")], "eu-de", "https://a"),
            ([mrs_in_catalog("https://a", interface="internal")], "eu-de", None),
            ([mrs_in_catalog("https://a") | {"type": "mrsv1.1"}, mrs_in_catalog("https://b")], "eu-de", "https://b"),
            (
                [mrs_in_catalog("https://a") | {"type": "mrsv2"}, mrs_in_catalog("https://b") | {"type": "mrsv1.1"}],
                "eu-de",
                "https://b",
            ),
            ([mrs_in_catalog("https://a") | {"type": "mrsv2"}], "eu-de", "https://a"),
            ([mrs_in_catalog("https://a", "eu-nl"), mrs_in_catalog("https://b")], "eu-de", "https://b"),
            ([mrs_in_catalog("https://a") | {"type": "ecs"}], "eu-de", None),
            ([{"type": "mrs"}, {"type": "mrs", "endpoints": None}], "eu-de", None),
            ([], "eu-de", None),
        ],
    )
    def test_mrs_is_found_in_the_catalogue(
        self, catalog: list[Values], region: str | None, expected: str | None
    ) -> None:
        assert find_in_catalog(catalog, region, "public") == expected


class TestNothingLeaks:
    @pytest.mark.parametrize(
        "script",
        [
            [refused("CANARY-password CANARY-ak CANARY-sk CANARY-given")],
            [refused("CANARY-password CANARY-ak CANARY-sk CANARY-given", 500)],
            [Answer(400, "CANARY-password CANARY-ak CANARY-sk CANARY-given")],
            [Answer(201, "CANARY-password CANARY-ak CANARY-sk CANARY-given")],
            [Answer(302, headers={"Location": "https://me:CANARY-sk@example.com/?x=CANARY-password"})],
            [CUT],
        ],
    )
    @pytest.mark.parametrize("way", ["keys", "login", "token"])
    def test_no_secret_is_in_any_error(
        self, way: str, script: list[Answer], iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = script
        params = {
            "keys": KEYS | {"region_name": "eu-de"},
            "login": login(iam),
            "token": {"auth": {"token": "CANARY-given", "project_id": PROJECT}},
        }[way]
        own = {"keys": ("CANARY-ak", "CANARY-sk"), "login": ("CANARY-password",), "token": ("CANARY-given",)}[way]
        with pytest.raises(MrsError) as raised:
            connect(params, {"OS_AUTH_URL": f"{iam.url}/v3"})
        error: BaseException | None = raised.value
        shown = json.dumps(raised.value.failure())
        while error:
            shown += f"{error} {error!r}"
            error = error.__cause__
        assert [secret for secret in own if secret in shown] == []

    def test_none_is_in_the_representation_of_an_access(
        self, iam: ScriptedIam, connect: t.Callable[..., Access]
    ) -> None:
        iam.script = [granted()]
        ways = [
            login(iam),
            KEYS | {"security_token": "CANARY-st", "region_name": "eu-de", "project_id": PROJECT},
            {"auth": {"token": "CANARY-given"}, "region_name": "eu-de", "project_id": PROJECT},
        ]
        for params in ways:
            access = connect(params)
            assert "CANARY" not in f"{access} {access!r} {access.auth!r} {access.renew!r}"

    def test_none_is_logged(
        self, iam: ScriptedIam, caplog: pytest.LogCaptureFixture, connect: t.Callable[..., Access]
    ) -> None:
        caplog.set_level("DEBUG")
        iam.script = [granted()]
        sent_by(connect(login(iam)))
        assert caplog.text
        assert "CANARY" not in caplog.text


class TestImports:
    """What a task imports decides how long it takes: requests takes a tenth of a second, openstack three times that."""

    PROGRAM = """
import sys
from ansible_collections.huaweicloud.mrs.plugins.module_utils import _auth, _settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._wait import Clock
params, environ = eval(sys.argv[1])
_auth.connect(_settings.resolve(params, environ), timeout=5, now=Clock().now)
print(*sorted({"requests", "keystoneauth1", "openstack", "yaml"} & set(sys.modules)))
"""

    def imported(self, params: Values, environ: dict[str, str] | None = None) -> list[str]:
        program = [sys.executable, "-c", self.PROGRAM, repr((params, environ or {}))]
        environment = {"PYTHONPATH": ":".join(path for path in sys.path if path), "NO_PROXY": "*"}
        done = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.split()

    def test_keys_with_a_project_need_no_library(self) -> None:
        assert self.imported(KEYS | {"region_name": "eu-de", "project_id": PROJECT}) == []

    def test_a_token_that_is_sent_as_it_is_needs_no_library(self) -> None:
        auth = {"token": "CANARY-given", "project_id": PROJECT}
        assert self.imported({"auth": auth, "region_name": "eu-de"}) == []

    def test_keys_without_a_project_need_requests(self, iam: ScriptedIam) -> None:
        iam.script = [Answer(200, {"projects": [{"id": PROJECT, "name": "eu-de"}]})]
        assert self.imported(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url}) == ["requests"]

    def test_a_login_needs_keystoneauth_but_not_openstacksdk(self, iam: ScriptedIam) -> None:
        iam.script = [granted()]
        assert self.imported(login(iam)) == ["keystoneauth1", "requests"]
