# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a refusal repeats of the request is not shown, in any spelling, cut off or not."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import outcome
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    PROJECT,
    Json,
    ManualClock,
    options,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import refusal
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils._base.test_redact import (
    SECRETS,
    SPELLINGS,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play_failing,
    session_with,
    task_of,
)

pytestmark = pytest.mark.filterwarnings("ignore:Support for InfluxDB")

KEYS: Json = {
    **dict.fromkeys(("auth", "auth_type")),
    "access_key": "AK",
    "project_id": PROJECT,
    "region_name": "eu-de",
    "endpoint": "https://mrs.example.com",
}


def refused(secret: str, answer: Answer) -> str:
    """The whole result as a text."""
    script = [Exchange("GET", "/cluster_infos", answer)]
    result = play_failing(
        "mrs_cluster_info", {**KEYS, "secret_key": secret, "api_retries": 0}, script
    ).result
    assert "********" in result["error"]["reason"]
    return json.dumps(result, ensure_ascii=False)


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("form", ["message", "page", "text"])
def test_no_spelling_of_a_secret_is_shown(
    form: str, secret: str, spell: t.Callable[[str], str]
) -> None:
    said = f"The value {spell(secret)} is wrong."
    answers = {
        "message": refusal("12000009", said, 403),
        "page": Answer(403, f"<html><body>{said}</body></html>"),
        "text": Answer(403, said),
    }
    shown = refused(secret, answers[form])
    assert spell(secret).strip("'\"[]{}\\") not in shown
    assert secret not in shown


@pytest.mark.parametrize("length", [290, 295, 298, 990, 995, 998, 3990, 3995])
@pytest.mark.parametrize("form", ["message", "page", "text"])
def test_the_beginning_of_a_secret_is_not_shown_where_an_answer_is_cut_off(
    form: str, length: int
) -> None:
    secret = "Canary-7Zq-of-some-length"
    said = "********" + "x" * (length - 8) + secret + "y" * 20
    answers = {
        "message": refusal("12000009", said, 403),
        "page": Answer(403, f"<html><body>{said}</body></html>"),
        "text": Answer(403, said),
    }
    assert "Canar" not in refused(secret, answers[form])


@pytest.mark.parametrize("form", ["message", "text"])
def test_the_beginning_of_a_secret_is_not_shown_where_the_service_has_cut_it_off(form: str) -> None:
    said = "You sent password=Canary-7"
    answers = {"message": refusal("12000009", said, 403), "text": Answer(403, said)}
    assert "Canary" not in refused("Canary-7Zq-of-some-length", answers[form])


def test_neither_are_code_and_number_of_the_request() -> None:
    answer = Answer(
        403,
        {"error_code": "Canary-7Zq", "error_msg": "Canary-7Zq"},
        {"X-Request-Id": "req Canary-7Zq"},
    )
    assert "Canary" not in refused("Canary-7Zq", answer)


def test_the_login_of_a_proxy_is_not_shown() -> None:
    answer = Answer(
        407, "<html>Proxy-Authorization: Basic cm9ib3Q6Q2FuYXJ5LzctWnE= (robot:Canary/7-Zq)</html>"
    )
    session, _http = session_with([Exchange("GET", "/cluster_infos", answer)])
    environ = {"HTTPS_PROXY": "http://robot:Canary%2F7-Zq@proxy.example.com:3128"}
    environment = TaskEnvironment(environ, ManualClock(), session=session)
    params = options("mrs_cluster_info", **KEYS, secret_key="SK-of-a-test")
    shown = json.dumps(
        outcome(task_of("mrs_cluster_info"), params, check_mode=False, environment=environment)
    )
    assert "HTTP 407" in shown
    assert "Canary" not in shown
    assert "cm9ib3Q6Q2" not in shown


ADDRESSES = [
    "robot:Canary-7@host/v3",
    "ftp://robot:Canary-7@host",
    "https://robot:Canary-7@[bad/",
    "https://robot:Ca/nary-7@host/v3",
    "https://robot:Can@ry-7@host/v3",
    "https://robot:Canary-7@host/v3",
]
LOGIN = {
    "username": "robot",
    "password": "Secret-of-a-test",
    "user_domain_name": "dom",
    "project_name": "eu-de",
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "place", ["OS_AUTH_URL", "HUAWEICLOUD_MRS_ENDPOINT", "auth_url", "endpoint", "cloud"]
)
def test_an_address_with_a_login_in_it_is_not_shown(
    place: str,
    address: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: t.Any,
) -> None:
    runs = ModuleRuns(capsys, monkeypatch)
    given: Json = {
        "region_name": "eu-de",
        "auth": {**LOGIN, "auth_url": "https://iam.example.com/v3"},
    }
    if place.isupper():
        monkeypatch.setenv(place, address)
        given["auth"] = LOGIN if place == "OS_AUTH_URL" else given["auth"]
    elif place == "cloud":
        entry = {"auth": {**LOGIN, "auth_url": address}, "region_name": "eu-de"}
        (tmp_path / "clouds.yaml").write_text(json.dumps({"clouds": {"mine": entry}}), "utf-8")
        monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(tmp_path / "clouds.yaml"))
        given = {"cloud": "mine"}
    elif place == "endpoint":
        given["endpoint"] = address
    else:
        given["auth"] = {**LOGIN, "auth_url": address}
    result = runs.run("mrs_cluster_info", **given)
    assert "must not contain a user name or a password." in result["msg"]
    shown = json.dumps(result) + "".join(runs.logged)
    assert "ry-7" not in shown
    assert "robot:Ca" not in shown


@pytest.mark.parametrize(
    ("date", "hint"),
    [
        (
            "Wed, 27 Mar 2024 10:00:00 GMT",
            "The clock of this machine is 120 minutes fast: set it right.",
        ),
        (
            "Wed, 27 Mar 2024 12:00:07 GMT",
            "The service does not accept the token or the signature.",
        ),
    ],
)
def test_a_wrong_clock_is_told_where_the_service_refuses_a_signature(date: str, hint: str) -> None:
    refused_by_gateway = Answer(
        401, {"error_code": "APIGW.0301", "error_msg": "Incorrect IAM."}, {"Date": date}
    )
    result = play_failing(
        "mrs_cluster_info",
        {**KEYS, "secret_key": "SK-of-a-test"},
        [Exchange("GET", "/cluster_infos", refused_by_gateway)],
    ).result
    assert hint in result["msg"]
