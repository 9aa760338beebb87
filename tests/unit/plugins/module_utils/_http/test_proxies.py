# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import typing as t
import urllib.request

import pytest
import requests.utils

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    DependencyError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.proxies import proxies_for
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import new_session
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.forwarding_proxy import (
    ForwardingProxy,
    Mode,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils.scripted_iam import (
    Answer,
    ScriptedIam,
    connect,
    granted,
    login,
    running,
)

MRS = "https://mrs.example.com"
PROXY = "http://proxy.example.com:3128"


class TestWhichProxy:
    @pytest.mark.parametrize(
        ("environ", "found"),
        [
            ({}, {}),
            ({"HTTPS_PROXY": PROXY}, {"https": PROXY}),
            ({"https_proxy": PROXY}, {"https": PROXY}),
            ({"https_proxy": "http://small:1", "HTTPS_PROXY": PROXY}, {"https": "http://small:1"}),
            ({"https_proxy": "", "HTTPS_PROXY": PROXY}, {}),
            ({"HTTP_PROXY": PROXY}, {}),
            ({"ALL_PROXY": PROXY}, {"https": PROXY}),
            ({"HTTPS_PROXY": "proxy.example.com:3128"}, {"https": "proxy.example.com:3128"}),
        ],
    )
    def test_the_environment_names_it(self, environ: dict[str, str], found: dict[str, str]) -> None:
        assert proxies_for(MRS, environ) == found

    @pytest.mark.parametrize(
        ("url", "exceptions", "is_exempt"),
        [
            (MRS, "*", True),
            (MRS, "example.com", True),
            (MRS, ".example.com", True),
            (MRS, "mrs.example.com", True),
            (MRS, "MRS.EXAMPLE.COM", True),
            (MRS, "localhost, example.com", True),
            (MRS, "example.org", False),
            (MRS, "s.example.com.org", False),
            (MRS, "", False),
            (MRS, ",", False),
            ("https://example.com", ".example.com", True),
            (f"{MRS}:8443", "example.com:8443", True),
            (f"{MRS}:8443", "example.com:443", False),
            ("https://10.1.2.3", "10.0.0.0/8", True),
            ("https://10.1.2.3", "10.1.2.3", True),
            ("https://10.1.2.3", "10.1.2.4", False),
            ("https://10.1.2.3:8443", "192.168.0.0/16,10.1.0.0/16", True),
        ],
    )
    def test_exceptions_are_read_as_requests_reads_them(
        self, url: str, exceptions: str, is_exempt: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert (proxies_for(url, {"HTTPS_PROXY": PROXY, "NO_PROXY": exceptions}) == {}) is is_exempt
        assert requests.utils.should_bypass_proxies(url, exceptions or None) is is_exempt

    def test_a_name_that_only_ends_alike_is_no_exception(self) -> None:
        environ = {"HTTPS_PROXY": PROXY, "NO_PROXY": "ple.com,.ple.com:443"}
        assert proxies_for(MRS, environ) == {"https": PROXY}

    def test_an_address_of_version_6(self) -> None:
        assert (
            proxies_for("https://[fd00::1]:8443", {"HTTPS_PROXY": PROXY, "NO_PROXY": "fd00::/8"})
            == {}
        )

    @pytest.mark.parametrize(
        "value",
        [
            "ftp://proxy",
            "http://",
            "http://[bad/",
            "http://h:port",
            "https://CANARY:p/w@h:1",
            "://",
        ],
    )
    def test_what_is_no_address_is_an_error_that_names_the_variable_alone(self, value: str) -> None:
        with pytest.raises(OptionError) as caught:
            proxies_for(MRS, {"HTTPS_PROXY": value})
        assert (
            str(caught.value)
            == "HTTPS_PROXY: is not the address of a proxy, such as http://proxy.example.com:3128."
        )

    def test_a_library_that_a_proxy_needs_is_named(self) -> None:
        with pytest.raises(DependencyError) as caught:
            proxies_for(MRS, {"HTTPS_PROXY": "socks5h://proxy:1080"})
        assert "The Python library PySocks is needed for the proxy that HTTPS_PROXY names" in str(
            caught.value
        )


@pytest.fixture(name="iam")
def _iam() -> t.Iterator[ScriptedIam]:
    with running(ScriptedIam()) as iam:
        yield iam


@pytest.fixture(name="mac")
def _mac(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS, where the system's framework must not be asked in a forked process."""

    def asked(*_arguments: object) -> t.NoReturn:
        raise AssertionError("the system was asked for its proxies")

    monkeypatch.setattr("sys.platform", "darwin")
    for place in (urllib.request, requests.utils):
        for name in ("getproxies", "proxy_bypass"):
            monkeypatch.setattr(place, name, asked)


@pytest.mark.usefixtures("mac")
class TestTheSystemIsNotAsked:
    def test_for_a_request(self, iam: ScriptedIam) -> None:
        iam.script = [Answer(200, "{}")]
        assert new_session({}).get(iam.url, timeout=60).json() == {}

    def test_for_a_request_through_a_proxy(self, iam: ScriptedIam) -> None:
        iam.script = [Answer(200, "{}")]
        with ForwardingProxy() as proxy:
            assert new_session({"http_proxy": proxy.url}).get(iam.url, timeout=60).json() == {}
        assert proxy.asked == [f"GET {iam.url}/"]

    def test_for_a_login(self, iam: ScriptedIam, monkeypatch: pytest.MonkeyPatch) -> None:
        iam.script = [granted()]
        with ForwardingProxy() as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
            monkeypatch.delenv("NO_PROXY", raising=False)
            monkeypatch.delenv("no_proxy", raising=False)
            connect(login(iam))
        assert proxy.asked == [f"POST {iam.url}/v3/auth/tokens"]


def test_a_login_whose_answer_gets_lost_at_the_proxy_is_repeated(iam: ScriptedIam) -> None:
    iam.script = [granted()]
    with ForwardingProxy() as proxy:
        proxy.modes = [Mode.DROP_UNREAD, Mode.DROP_AFTER, Mode.REFUSE_503]
        connect(login(iam), session=new_session({"HTTP_PROXY": proxy.url}))
    assert len(iam.seen) == 2


def test_the_file_with_passwords_of_the_user_is_not_read(
    iam: ScriptedIam, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login CANARY password CANARY\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    iam.script = [Answer(200, "{}")]
    new_session({}).get(iam.url, timeout=60)
    assert "authorization" not in iam.seen[0].headers


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_authorities_of_the_environment_count(variable: str) -> None:
    settings = t.cast(t.Any, new_session({variable: "/etc/ca.pem"})).merge_environment_settings
    assert settings(MRS, {}, False, True, None)["verify"] == "/etc/ca.pem"
    assert settings(MRS, {}, False, "/own.pem", None)["verify"] == "/own.pem"
    assert settings(MRS, {}, False, False, None)["verify"] is False
