# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import socket
import typing as t
from datetime import timedelta

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    MrsError,
    OptionError,
    ServiceError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils.scripted_iam import (
    CUT,
    KEYS,
    NOW,
    PROJECT,
    Answer,
    ScriptedIam,
    connect,
    granted,
    login,
    refused,
    running,
    sent_by,
)

WHERE = "Check auth.auth_url (OS_AUTH_URL), region_name (OS_REGION_NAME) and the network."


@pytest.fixture
def iam(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[ScriptedIam]:
    monkeypatch.setenv("NO_PROXY", "*")
    with running(ScriptedIam()) as server:
        yield server


class TestRefusedLogin:
    @pytest.mark.parametrize(
        ("answer", "text"),
        [
            (
                refused(),
                "The request you have made requires authentication (HTTP 401, request trace-7). "
                "Check the user name, its domain, the password and the project; the user may also "
                "be locked.",
            ),
            (
                refused("No right.", 403),
                "No right (HTTP 403, request trace-7). "
                "The credentials are known but lack the right to do this in this project.",
            ),
            (
                Answer(404, "<html><title>404 Not Found</title></html>"),
                "404 Not Found (HTTP 404). Check that auth_url is the address of IAM, which "
                "usually ends in /v3.",
            ),
            (
                refused("Invalid input for field password: 'CANARY-password' is too short.", 400),
                "Invalid input for field password: '********' is too short (HTTP 400, request "
                "trace-7).",
            ),
        ],
    )
    def test_the_words_of_iam_are_kept_and_what_to_do_is_told(
        self, answer: Answer, text: str, iam: ScriptedIam
    ) -> None:
        iam.script = [answer]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == f"Cannot log in at {iam.url}/v3: {text}"
        assert len(iam.seen) == 1

    def test_a_refused_token_has_its_own_advice(self, iam: ScriptedIam) -> None:
        iam.script = [refused("The token must be updated")]
        auth = {"auth_url": f"{iam.url}/v3", "token": "CANARY-given", "project_id": PROJECT}
        with pytest.raises(AuthError) as raised:
            connect({"auth": auth})
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: The token must be updated (HTTP 401, request "
            "trace-7). "
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
            granted(catalog={"type": "mrs"}),
            granted(catalog=["mrs"]),
            granted(catalog=[{"type": "mrs", "endpoints": 5}]),
            granted(catalog=[{"type": "mrs", "endpoints": ["https://mrs.example.com"]}]),
            granted(project=5),
            granted(project={"id": 5}),
            granted(expires_at="soon"),
            granted(expires_at=5),
            Answer(201, granted().body),
            granted(token=""),
        ],
    )
    def test_an_answer_that_is_none_is_told(self, answer: Answer, iam: ScriptedIam) -> None:
        iam.script = [answer]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: what {iam.url} answers is not an answer of IAM. "
            "Check that auth_url is the address of IAM, which usually ends in /v3."
        )

    def test_an_error_with_a_good_status_is_one(self, iam: ScriptedIam) -> None:
        iam.script = [
            Answer(
                200, {"error": {"code": 401, "message": "Wrong password.", "title": "Unauthorized"}}
            )
        ]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert (
            str(raised.value)
            == f"Cannot log in at {iam.url}/v3: Wrong password (HTTP 200, code 401)."
        )

    def test_the_password_does_not_follow_a_redirect(self, iam: ScriptedIam) -> None:
        iam.script = [
            Answer(307, headers={"Location": "https://elsewhere.example.com/v3/auth/tokens"})
        ]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: {iam.url} redirects to "
            "https://elsewhere.example.com, which is not "
            "followed. Set auth_url to the address of IAM itself."
        )
        assert len(iam.seen) == 1

    def test_an_unknown_plugin_is_named(self, iam: ScriptedIam) -> None:
        with pytest.raises(OptionError) as raised:
            connect(login(iam) | {"auth_type": "v3nix"})
        assert str(raised.value) == "auth_type: keystoneauth1 has no plugin 'v3nix' here."

    def test_what_a_plugin_misses_is_named(self, iam: ScriptedIam) -> None:
        with pytest.raises(OptionError, match=r"^auth: .*identity_provider"):
            connect(login(iam) | {"auth_type": "v3oidcaccesstoken"})


class TestTrouble:
    def test_what_may_pass_is_tried_again(self, iam: ScriptedIam) -> None:
        pauses: list[float] = []
        iam.script = [Answer(503), CUT, Answer(429, headers={"Retry-After": "7"}), granted()]
        assert connect(login(iam), sleep=pauses.append).project_id == PROJECT
        assert pauses == [0.5, 2.0, 7.0]

    def test_a_look_up_that_is_tried_again_is_signed_again(self, iam: ScriptedIam) -> None:
        moments = iter([NOW, NOW + timedelta(seconds=3)])
        iam.script = [Answer(502), Answer(200, {"projects": [{"id": PROJECT, "name": "eu-de"}]})]
        connect(
            KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url}, now=lambda: next(moments)
        )
        assert [seen.headers["x-sdk-date"] for seen in iam.seen] == [
            "20240102T030405Z",
            "20240102T030408Z",
        ]

    @pytest.mark.parametrize("way", ["keys", "login"])
    @pytest.mark.parametrize(
        "text", ["[" * 100_000, '{"token": NaN}', '{"projects": %s}' % ("9" * 400), "[]", "7"]
    )
    def test_what_no_iam_would_answer_is_told(self, text: str, way: str, iam: ScriptedIam) -> None:
        iam.script = [Answer(200, text, {"X-Subject-Token": "CANARY-token"})]
        params = login(iam) if way == "login" else KEYS | {"region_name": "eu-de"}
        with pytest.raises(AuthError) as raised:
            connect(params, {"OS_AUTH_URL": iam.url})
        assert f"what {iam.url} answers is not an answer of IAM." in str(raised.value)

    def test_what_a_terminal_would_obey_is_not_told(self, iam: ScriptedIam) -> None:
        found = [{"id": f"{PROJECT}\x1b[2J", "name": "eu-de"}, {"id": "1", "name": "eu-de"}]
        iam.script = [Answer(200, {"projects": found})]
        with pytest.raises(AuthError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": iam.url})
        assert f"{PROJECT}\ufffd[2J" in str(raised.value)

    def test_a_redirect_to_such_a_place_is_told_without_it(self, iam: ScriptedIam) -> None:
        iam.script = [Answer(302, headers={"Location": "https://evil\x1b[2J.example.com/"})]
        with pytest.raises(AuthError) as raised:
            connect(login(iam))
        assert "\x1b" not in str(raised.value)

    def test_a_pause_has_its_limit(self, iam: ScriptedIam) -> None:
        pauses: list[float] = []
        iam.script = [Answer(429, headers={"Retry-After": "86400"}), granted()]
        connect(login(iam), sleep=pauses.append)
        assert pauses == [30.0]

    @pytest.mark.parametrize(
        ("status", "hint"),
        [(429, "There are too many requests to IAM. Try again later."), (503, "Try again later.")],
    )
    def test_what_does_not_pass_is_an_error_of_the_service(
        self, status: int, hint: str, iam: ScriptedIam
    ) -> None:
        iam.script = [refused("Busy", status)]
        with pytest.raises(ServiceError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: Busy (HTTP {status}, request trace-7). {hint}"
        )
        assert len(iam.seen) == 4

    def test_a_connection_that_is_lost_again_and_again_is_told(self, iam: ScriptedIam) -> None:
        iam.script = [CUT]
        with pytest.raises(UnreachableError) as raised:
            connect(login(iam))
        assert str(raised.value) == (
            f"Cannot log in at {iam.url}/v3: IAM at {iam.url} cannot be reached (the connection "
            f"was lost). {WHERE}"
        )
        assert len(iam.seen) == 4

    @pytest.mark.parametrize("way", ["keys", "login"])
    def test_an_address_where_nobody_listens_is_told(self, way: str, iam: ScriptedIam) -> None:
        pauses: list[float] = []
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"
            params = login(iam, auth_url=url) if way == "login" else KEYS | {"region_name": "eu-de"}
            with pytest.raises(UnreachableError) as raised:
                connect(params, {"OS_AUTH_URL": url}, sleep=pauses.append)
        action = f"log in at {url}" if way == "login" else "look up the project eu-de"
        assert (
            str(raised.value)
            == f"Cannot {action}: IAM at {url} cannot be reached (Connection refused). {WHERE}"
        )
        assert pauses == [0.5, 2.0, 5.0]

    def test_silence_has_a_timeout(self, iam: ScriptedIam) -> None:
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            with pytest.raises(UnreachableError) as raised:
                connect(login(iam, auth_url=url), timeout=0.05)
        assert str(raised.value) == (
            f"Cannot log in at {url}: IAM at {url} cannot be reached (no answer within 0.05 s). "
            f"{WHERE}"
        )

    def test_an_address_that_is_none_is_told(self) -> None:
        with pytest.raises(OptionError) as raised:
            connect(KEYS | {"region_name": "eu-de"}, {"OS_AUTH_URL": "http://.example.com"})
        assert str(raised.value) == "auth_url: http://.example.com is not the address of IAM."


class TestNothingLeaks:
    @pytest.mark.parametrize(
        "script",
        [
            [refused("CANARY-password CANARY-ak CANARY-sk CANARY-given")],
            [refused("CANARY-password CANARY-ak CANARY-sk CANARY-given", 500)],
            [Answer(400, "CANARY-password CANARY-ak CANARY-sk CANARY-given")],
            [Answer(201, "CANARY-password CANARY-ak CANARY-sk CANARY-given")],
            [
                Answer(
                    302, headers={"Location": "https://me:CANARY-sk@example.com/?x=CANARY-password"}
                )
            ],
            [CUT],
        ],
    )
    @pytest.mark.parametrize("way", ["keys", "login", "token"])
    def test_no_secret_is_in_any_error(
        self, way: str, script: list[Answer], iam: ScriptedIam
    ) -> None:
        iam.script = script
        params = {
            "keys": KEYS | {"region_name": "eu-de"},
            "login": login(iam),
            "token": {"auth": {"token": "CANARY-given", "project_id": PROJECT}},
        }[way]
        own = {
            "keys": ("CANARY-ak", "CANARY-sk"),
            "login": ("CANARY-password",),
            "token": ("CANARY-given",),
        }[way]
        with pytest.raises(MrsError) as raised:
            connect(params, {"OS_AUTH_URL": f"{iam.url}/v3"})
        error: BaseException | None = raised.value
        shown = json.dumps(raised.value.failure())
        while error:
            shown += f"{error} {error!r}"
            error = error.__cause__
        assert [secret for secret in own if secret in shown] == []

    def test_none_is_in_the_representation_of_an_access(self, iam: ScriptedIam) -> None:
        iam.script = [granted()]
        ways = [
            login(iam),
            KEYS | {"security_token": "CANARY-st", "region_name": "eu-de", "project_id": PROJECT},
            {"auth": {"token": "CANARY-given"}, "region_name": "eu-de", "project_id": PROJECT},
        ]
        for params in ways:
            access = connect(params)
            assert "CANARY" not in f"{access} {access!r} {access.auth!r} {access.renew!r}"

    def test_none_is_logged(self, iam: ScriptedIam, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("DEBUG")
        iam.script = [granted()]
        sent_by(connect(login(iam)))
        assert caplog.text
        assert "CANARY" not in caplog.text
