# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
import subprocess
import sys
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import login as logging_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import Settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.signature import (
    authorization,
    canonical_request,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import AuthError
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils.scripted_iam import (
    KEYS,
    MRS,
    NOW,
    PROJECT,
    Answer,
    ScriptedIam,
    Values,
    connect,
    granted,
    login,
    mrs_in_catalog,
    refused,
    running,
    sent_by,
)


@pytest.fixture
def iam(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[ScriptedIam]:
    monkeypatch.setenv("NO_PROXY", "*")
    with running(ScriptedIam()) as server:
        yield server


class TestKeys:
    def test_with_project_and_region_nothing_is_asked(self) -> None:
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
        assert sent_by(access)["Authorization"].startswith(
            "SDK-HMAC-SHA256 Access=CANARY-ak, SignedHeaders="
        )

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
        self, endpoint: str, form: str
    ) -> None:
        access = connect(KEYS | {"endpoint": endpoint, "project_id": PROJECT})
        assert sent_by(access)["Authorization"].startswith(f"SDK-HMAC-SHA256 {form}, ")

    @pytest.mark.parametrize(
        ("params", "environ", "asked"),
        [
            ({"region_name": "eu-de"}, {}, "/v3/projects?name=eu-de"),
            (
                {"region_name": "eu-de"},
                {"OS_PROJECT_NAME": "eu-de_sub ü"},
                "/v3/projects?name=eu-de_sub%20%C3%BC",
            ),
        ],
    )
    def test_the_project_is_looked_up_by_its_name_or_the_region(
        self, params: Values, environ: dict[str, str], asked: str, iam: ScriptedIam
    ) -> None:
        name = environ.get("OS_PROJECT_NAME", "eu-de")
        iam.script = [
            Answer(
                200,
                {"projects": [{"id": "other", "name": f"{name}2"}, {"id": PROJECT, "name": name}]},
            )
        ]
        access = connect(
            KEYS | params | {"security_token": "CANARY-st"},
            environ | {"OS_AUTH_URL": f"{iam.url}/v3/"},
        )
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
                "There are 2 projects named eu-de for this access key at {url}: a, b. Set "
                "project_id "
                "(HUAWEICLOUD_SDK_PROJECT_ID, OS_PROJECT_ID).",
            ),
        ],
    )
    def test_it_has_to_be_exactly_one_project(
        self, projects: list[Values], text: str, iam: ScriptedIam
    ) -> None:
        iam.script = [Answer(200, {"projects": projects})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == text.format(url=iam.url)

    @pytest.mark.parametrize(
        "body",
        [
            *("<html>", "[]", "null", "{}", '"none"'),
            *('{"projects": null}', '{"projects": {}}', '{"projects": ""}', '{"projects": 5}'),
            *(
                '{"projects": [{}]}',
                '{"projects": [1]}',
                '{"projects": [{"id": null, "name": "eu-de"}]}',
            ),
            *('{"projects": [{"id": 5, "name": "eu-de"}]}', '{"projects": [{"id": "a"}]}'),
        ],
    )
    def test_an_answer_that_is_none_is_told(self, body: str, iam: ScriptedIam) -> None:
        iam.script = [Answer(200, body)]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == (
            f"Cannot look up the project eu-de: what {iam.url} answers is not an answer of IAM. "
            "Check that auth_url is the address of IAM, which usually ends in /v3."
        )

    def test_a_redirect_is_not_followed(self, iam: ScriptedIam) -> None:
        iam.script = [Answer(302, headers={"Location": f"{iam.url}/elsewhere?x=y"})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == (
            f"Cannot look up the project eu-de: {iam.url} redirects to {iam.url}, which is not "
            "followed. "
            "Set auth_url to the address of IAM itself."
        )
        assert len(iam.seen) == 1

    def test_a_refusal_has_the_words_of_iam_and_advice(self, iam: ScriptedIam) -> None:
        body = {
            "error_msg": "verify aksk signature fail",
            "error_code": "APIGW.0301",
            "request_id": "9c1f",
        }
        iam.script = [Answer(401, body)]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value) == (
            "Cannot look up the project eu-de: verify aksk signature fail (HTTP 401, code "
            "APIGW.0301, request 9c1f). "
            "Check access_key and secret_key, and with temporary keys security_token. They must "
            "belong together and to this cloud, and must not have expired."
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
            (
                "Tue, 02 Jan 2024 02:34:05 GMT",
                "The clock of this machine is 30 minutes fast: set it right.",
            ),
            (
                "Tue, 02 Jan 2024 05:04:05 -0000",
                "The clock of this machine is 120 minutes slow: set it right.",
            ),
        ],
    )
    def test_a_wrong_clock_is_told(self, date: str, hint: str, iam: ScriptedIam) -> None:
        iam.script = [dataclasses.replace(refused(), headers={"Date": date})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert raised.value.hint == hint

    @pytest.mark.parametrize("date", ["Tue, 02 Jan 2024 03:10:00 GMT", "yesterday"])
    def test_a_clock_that_is_right_or_not_told_is_not_blamed(
        self, date: str, iam: ScriptedIam
    ) -> None:
        iam.script = [dataclasses.replace(refused(), headers={"Date": date})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert str(raised.value.hint).startswith("Check access_key and secret_key")


class TestLogin:
    def test_one_request_gives_token_project_and_address(self, iam: ScriptedIam) -> None:
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
        self, path: str, iam: ScriptedIam
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
        self, changes: Values, identity: Values, scope: Values, iam: ScriptedIam
    ) -> None:
        iam.script = [granted()]
        connect(login(iam, **changes))
        assert iam.seen[0].body == {
            "auth": {
                "identity": {"methods": ["password"], "password": {"user": identity}},
                "scope": scope,
            }
        }

    def test_a_token_is_exchanged_for_one_of_the_project(self, iam: ScriptedIam) -> None:
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

    def test_a_token_without_iam_is_sent_as_it_is(self) -> None:
        access = connect(
            {"auth": {"token": "CANARY-given"}, "project_id": PROJECT, "endpoint": f"{MRS}/v1.1/"}
        )
        assert (access.endpoint, access.project_id, access.renew()) == (MRS, PROJECT, False)
        assert sent_by(access)["X-Auth-Token"] == "CANARY-given"

    def test_another_plugin_is_loaded_by_its_name(self, iam: ScriptedIam) -> None:
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
        access = logging_in.connect(settings, timeout=60.0, now=lambda: NOW)
        assert access.project_id == PROJECT
        assert iam.seen[0].body["auth"]["identity"] == {
            "methods": ["application_credential"],
            "application_credential": {"id": "ac", "secret": "CANARY-acs"},
        }

    def test_what_another_plugin_says_is_told(self, iam: ScriptedIam) -> None:
        iam.script = [Answer(200, "no JSON")]
        auth = {
            "client_id": "robot",
            "client_secret": "CANARY-secret",
            "identity_provider": "idp",
            "protocol": "openid",
            "discovery_endpoint": f"{iam.url}/discovery",
        }
        settings = Settings(
            way="keystone",
            auth_type="v3oidcclientcredentials",
            auth=auth,
            auth_url=f"{iam.url}/v3",
            project_id=PROJECT,
        )
        with pytest.raises(AuthError) as raised:
            logging_in.connect(settings, timeout=60.0, now=lambda: NOW)
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: OpenID Connect Discovery Document is not valid JSON."
        )

    def test_a_new_token_is_fetched_on_demand(self, iam: ScriptedIam) -> None:
        iam.script = [granted("CANARY-token-1"), granted("CANARY-token-2")]
        access = connect(login(iam))
        assert access.renew() is True
        assert sent_by(access)["X-Auth-Token"] == "CANARY-token-2"
        assert len(iam.seen) == 2

    def test_a_new_token_is_fetched_before_the_old_one_expires(self, iam: ScriptedIam) -> None:
        iam.script = [granted("CANARY-token-1", lives=30), granted("CANARY-token-2")]
        access = connect(login(iam))
        assert [sent_by(access)["X-Auth-Token"] for _time in range(2)] == [
            "CANARY-token-2",
            "CANARY-token-2",
        ]

    def test_a_refused_renewal_is_an_error(self, iam: ScriptedIam) -> None:
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
    def test_an_endpoint_wins_over_the_catalog_which_wins_over_the_usual_address(
        self, changes: Values, expected: str, iam: ScriptedIam
    ) -> None:
        iam.script = [granted()]
        assert connect(login(iam) | changes).endpoint == expected

    def test_without_a_region_the_catalog_decides(self, iam: ScriptedIam) -> None:
        iam.script = [granted(catalog=[mrs_in_catalog("https://mrs.somewhere/v1.1", "some")])]
        assert connect(login(iam) | {"region_name": None}).endpoint == "https://mrs.somewhere"

    @pytest.mark.parametrize("changes", [{"catalog": []}, {"catalog": None}])
    def test_a_catalog_without_mrs_needs_an_option(self, changes: Values, iam: ScriptedIam) -> None:
        iam.script = [granted(**changes)]
        with pytest.raises(AuthError) as raised:
            connect(login(iam) | {"region_name": None})
        assert str(raised.value) == (
            "The catalog of the token does not have MRS. "
            "Set endpoint (HUAWEICLOUD_MRS_ENDPOINT) or region_name (OS_REGION_NAME)."
        )

    def test_a_token_without_a_project_is_no_use(self, iam: ScriptedIam) -> None:
        answer = granted(domain={"id": "d78c", "name": "dom"})
        del answer.body["token"]["project"]
        iam.script = [answer]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"The token of {iam.url}/v3 belongs to no project, and MRS needs one that does. "
            "Set project_id (OS_PROJECT_ID) or auth.project_name (OS_PROJECT_NAME)."
        )


class TestImports:
    """Imports decide how long a task takes: requests a tenth of a second, openstack three."""

    PROGRAM = """
import sys
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import login as logging_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
params, environ = eval(sys.argv[1])
logging_in.connect(settings.resolve(params, environ), timeout=60, now=Clock().now)
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
        assert self.imported(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url}) == [
            "requests"
        ]

    def test_a_login_needs_keystoneauth_but_not_openstacksdk(self, iam: ScriptedIam) -> None:
        iam.script = [granted()]
        assert self.imported(login(iam)) == ["keystoneauth1", "requests"]
