# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import hashlib
import threading
import typing as t
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import quote, urlencode, urlsplit

import pytest
import requests
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.signature import (
    Signature,
    authorization,
    canonical_request,
    scoped_key,
    signed_names,
)

ACCESS_KEY = "MRSEXAMPLEACCESSKEY0"
SECRET_KEY = "mrsExampleSecretKey0123456789abcdefABCDE"
PROJECT = "0123456789abcdef0123456789abcdef"
HOST = "mrs.eu-de.otc.t-systems.com"
ROOT = f"https://{HOST}/v1.1/{PROJECT}"
DATE = "20240102T030405Z"
NOW = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def now() -> datetime:
    return NOW


def signed(
    method: str, url: str, *, signature: Signature | None = None, **arguments: t.Any
) -> requests.PreparedRequest:
    signature = signature or Signature(ACCESS_KEY, SECRET_KEY, PROJECT, now=now)
    return requests.Request(method, url, auth=signature, **arguments).prepare()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class TestPublishedValues:
    """Values computed with the vendor's library, and the example of the vendor's signing guide."""

    QUERY = "?pageSize=10&currentPage=1&tags=env*prod,team*a b"
    CANONICAL = """\
GET
/v1.1/0123456789abcdef0123456789abcdef/cluster_infos/
currentPage=1&pageSize=10&tags=env%2Aprod%2Cteam%2Aa%20b
content-type:application/json
host:mrs.eu-de.otc.t-systems.com
x-project-id:0123456789abcdef0123456789abcdef
x-sdk-date:20240102T030405Z

content-type;host;x-project-id;x-sdk-date
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"""

    def test_the_canonical_request_is_the_documented_one(self) -> None:
        headers = {
            "Host": HOST,
            "X-Sdk-Date": DATE,
            "X-Project-Id": PROJECT,
            "Content-Type": " application/json ",
        }
        canonical = canonical_request("get", f"{ROOT}/cluster_infos{self.QUERY}", headers, b"")
        assert canonical == self.CANONICAL
        assert (
            sha256(canonical) == "54ee63b7993a31476dccb81a56b4a21239ebce9a76733d64b3167b331e5fe8c3"
        )

    def test_a_list_with_a_query_is_signed_and_sent_in_the_documented_spelling(self) -> None:
        request = signed("GET", f"{ROOT}/cluster_infos{self.QUERY}")
        assert request.headers["Authorization"] == (
            "SDK-HMAC-SHA256 Access=MRSEXAMPLEACCESSKEY0, "
            "SignedHeaders=content-type;host;x-project-id;x-sdk-date, "
            "Signature=e864e9f0a9b7e1e22ed76b5c5920bf79d41959a6c5099d53ce4f7132f2d3907a"
        )
        assert request.url == (
            "https://mrs.eu-de.otc.t-systems.com/v1.1/0123456789abcdef0123456789abcdef/cluster_infos"
            "?currentPage=1&pageSize=10&tags=env%2Aprod%2Cteam%2Aa%20b"
        )
        assert request.headers["X-Sdk-Date"] == "20240102T030405Z"
        assert request.headers["Host"] == "mrs.eu-de.otc.t-systems.com"
        assert request.headers["X-Project-Id"] == "0123456789abcdef0123456789abcdef"
        assert request.headers["Content-Type"] == "application/json"

    @pytest.mark.parametrize(
        "body", [b'{"job_type":1,"job_name":"wc-1"}', '{"job_type":1,"job_name":"wc-1"}']
    )
    def test_the_bytes_of_a_body_are_signed(self, body: bytes | str) -> None:
        request = signed("POST", f"{ROOT}/jobs/submit-job", data=body)
        assert request.headers["Authorization"].endswith(
            "Signature=9fa0f6cea90daf5f2f7226a6d69ae28b1456b2b26e5dac00765433c238db1992"
        )
        assert request.body == b'{"job_type":1,"job_name":"wc-1"}'

    def test_an_encoded_path_is_signed(self) -> None:
        request = signed("DELETE", f"{ROOT}/clusters/c1/tags/a%20b~c")
        assert request.headers["Authorization"].endswith(
            "Signature=3b495ad6d8d4cd8ac01e3db9fdf20eec6007c6f640837b4f0944b595fe80f9ac"
        )

    def test_the_security_token_of_temporary_keys_is_sent_and_signed(self) -> None:
        signature = Signature(ACCESS_KEY, SECRET_KEY, PROJECT, "gQpjbi1ub3J0aC00example", now=now)
        request = signed("GET", f"{ROOT}/clusters/tags", signature=signature)
        assert request.headers["X-Security-Token"] == "gQpjbi1ub3J0aC00example"
        assert request.headers["Authorization"].endswith(
            "SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token, "
            "Signature=89a0ad42158c8ee5ff78f31c6d922a48e1e37b9224f8021ca2dc1811a6b6a4b1"
        )

    def test_the_smallest_set_of_headers_gives_the_documented_signature(self) -> None:
        headers = {"Host": HOST, "X-Sdk-Date": DATE}
        canonical = canonical_request(
            "GET", f"{ROOT}/cluster_infos?currentPage=1&pageSize=10", headers, b""
        )
        assert (
            sha256(canonical) == "df5de165025386fab77fb2273d38c28da3e9cb81aca347448061d9ee6507e6bf"
        )
        assert authorization(
            ACCESS_KEY, SECRET_KEY, DATE, canonical, signed_names(headers)
        ).endswith(
            "SignedHeaders=host;x-sdk-date, "
            "Signature=c3845bfc9f4c9d55024915f5477a517f77949178b139e4df544c4b645f0a9e62"
        )

    @pytest.mark.parametrize(
        ("scope", "key", "expected"),
        [
            (
                ("eu-de", "mrsv1.1"),
                "ca1dca8b6d363f43a569afbe3e95b5d91c8f8070afa012fcd1bcdb0d0c916ec4",
                "SDK-HMAC-SHA256 "
                "Credential=MRSEXAMPLEACCESSKEY0/20240102/eu-de/mrsv1.1/sdk_request, SignedHeaders="
                "host;x-sdk-date, "
                "Signature=b221fb99fba49db58c46c11088377594dd42031363ff010efc37422624bb87d2",
            ),
            (
                ("", ""),
                "5eaac10eacbf506ad1276ee48011679b3eddcf867944f2cc04cd841e1baaffd9",
                "SDK-HMAC-SHA256 Credential=MRSEXAMPLEACCESSKEY0/20240102///sdk_request, "
                "SignedHeaders="
                "host;x-sdk-date, "
                "Signature=007251a5a70c3408f5c5ae659610d04d8c85ee6bb068c1337176cf527b73a7d4",
            ),
        ],
    )
    def test_the_older_form_gives_the_documented_signature(
        self, scope: tuple[str, str], key: str, expected: str
    ) -> None:
        headers = {"Host": HOST, "X-Sdk-Date": DATE}
        canonical = canonical_request(
            "GET", f"{ROOT}/cluster_infos?currentPage=1&pageSize=10", headers, b""
        )
        assert scoped_key(SECRET_KEY, "20240102", scope).hex() == key
        assert (
            authorization(ACCESS_KEY, SECRET_KEY, DATE, canonical, signed_names(headers), scope)
            == expected
        )

    def test_a_scope_makes_the_signature_take_the_older_form(self) -> None:
        signature = Signature(ACCESS_KEY, SECRET_KEY, PROJECT, now=now, scope=("", ""))
        request = signed("GET", f"{ROOT}/clusters/tags", signature=signature)
        assert request.headers["Authorization"].startswith(
            "SDK-HMAC-SHA256 Credential=MRSEXAMPLEACCESSKEY0/20240102///sdk_request, "
            "SignedHeaders=content-type;host;x-project-id;x-sdk-date, Signature="
        )

    def test_the_example_of_the_signing_guide_comes_out(self) -> None:
        signature = Signature(
            "QTWAOYTTINDUT2QVKYUC",
            "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
            None,
            now=lambda: datetime(2019, 11, 15, 3, 36, 55, tzinfo=UTC),
        )
        url = (
            "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs"
            "?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0"
        )
        assert signed("GET", url, signature=signature).headers["Authorization"] == (
            "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, "
            "SignedHeaders=content-type;host;x-sdk-date, "
            "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
        )


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8) | st.sampled_from(
    ["a b", "*", "+", "~", "%41", "/", ",", "=", "&", "ä", "部门", "🙂", "'\"()!", ";", "?", "#"]
)


class TestAgainstTheVendorsLibrary:
    @given(
        method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
        segments=st.lists(WORDS.map(lambda word: word.replace("/", "-")), max_size=4),
        pairs=st.lists(st.tuples(WORDS.filter(bool), WORDS), max_size=5),
        body=st.binary(max_size=40),
        token=st.none() | st.just("temporary"),
    )
    def test_any_request_gets_the_signature_that_the_vendors_library_gives(
        self,
        method: str,
        segments: list[str],
        pairs: list[tuple[str, str]],
        body: bytes,
        token: str | None,
    ) -> None:
        path = "".join("/" + quote(segment, safe="") for segment in ["v1.1", *segments])
        query = urlencode(pairs, quote_via=quote)
        signature = Signature(ACCESS_KEY, SECRET_KEY, PROJECT, token, now=now)
        request = signed(method, f"https://{HOST}{path}?{query}", data=body, signature=signature)

        headers = {"X-Sdk-Date": DATE, "X-Project-Id": PROJECT, "Content-Type": "application/json"}
        theirs = SdkRequest(
            method=method,
            schema="https",
            host=HOST,
            resource_path=urlsplit(str(request.url)).path,
            query_params=list(pairs),
            header_params=headers | ({"X-Security-Token": token} if token else {}),
            body=body,
        )
        theirs = Signer(BasicCredentials(ACCESS_KEY, SECRET_KEY, PROJECT)).sign(theirs)
        assert request.headers["Authorization"] == theirs.header_params["Authorization"]
        assert urlsplit(str(request.url)).query == theirs.uri.partition("?")[2]


class TestTheRequest:
    def test_each_request_gets_the_date_of_its_own_moment(self) -> None:
        moments = iter([NOW, NOW + timedelta(minutes=20)])
        signature = Signature(ACCESS_KEY, SECRET_KEY, PROJECT, now=lambda: next(moments))
        dates = [
            signed("GET", ROOT, signature=signature).headers["X-Sdk-Date"] for _time in range(2)
        ]
        assert dates == ["20240102T030405Z", "20240102T032405Z"]

    def test_the_date_is_in_utc_whatever_the_clock_is_in(self) -> None:
        abroad = NOW.astimezone(timezone(timedelta(hours=8)))
        signature = Signature(ACCESS_KEY, SECRET_KEY, PROJECT, now=lambda: abroad)
        assert signed("GET", ROOT, signature=signature).headers["X-Sdk-Date"] == "20240102T030405Z"

    @pytest.mark.parametrize(
        ("url", "host"),
        [
            ("https://mrs.example.com/x", "mrs.example.com"),
            ("https://mrs.example.com:443/x", "mrs.example.com"),
            ("https://mrs.example.com:8443/x", "mrs.example.com:8443"),
            ("https://mrs.example.com:80/x", "mrs.example.com:80"),
            ("http://127.0.0.1:80/x", "127.0.0.1"),
            ("http://[::1]:8080/x", "[::1]:8080"),
            ("http://[::1]/x", "[::1]"),
            ("http://MRS.Example.com/x", "mrs.example.com"),
        ],
    )
    def test_the_host_has_its_port_only_where_that_is_unusual(self, url: str, host: str) -> None:
        assert signed("GET", url).headers["Host"] == host

    def test_the_content_type_of_the_request_is_kept(self) -> None:
        request = signed(
            "POST", ROOT, data=b"{}", headers={"Content-Type": "application/json;charset=utf8"}
        )
        assert request.headers["Content-Type"] == "application/json;charset=utf8"

    def test_without_a_project_there_is_no_project_header(self) -> None:
        request = signed("GET", ROOT, signature=Signature(ACCESS_KEY, SECRET_KEY, None, now=now))
        assert "X-Project-Id" not in request.headers
        assert "SignedHeaders=content-type;host;x-sdk-date," in request.headers["Authorization"]

    def test_a_blank_that_came_as_a_plus_is_sent_as_it_is_signed(self) -> None:
        request = signed("GET", ROOT, params={"tags": "a b+c"})
        assert urlsplit(str(request.url)).query == "tags=a%20b%2Bc"

    def test_its_representation_has_no_key(self) -> None:
        signature = Signature(ACCESS_KEY, SECRET_KEY, PROJECT, "temporary-token", now=now)
        assert (
            repr(signature)
            == "Signature(project_id='0123456789abcdef0123456789abcdef', scope=None)"
        )


def test_what_arrives_is_what_was_signed() -> None:
    arrived: list[tuple[str, str, dict[str, str], bytes]] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            arrived.append(
                (self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            )
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *arguments: t.Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Recorder) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        requests.post(
            f"http://localhost:{server.server_port}/v1.1/p/tags/a%20(b)~c",
            params={"q": "ä *", "b": "2", "a": "1"},
            data='{"name":"größe"}'.encode(),
            auth=Signature(ACCESS_KEY, SECRET_KEY, PROJECT, now=now),
            timeout=60,
        )
        thread.join()

    ((method, path, headers, body),) = arrived
    names = "content-type;host;x-project-id;x-sdk-date"
    seen = {name: headers[name] for name in names.split(";")}
    assert seen["host"] == f"localhost:{server.server_port}"
    assert path == "/v1.1/p/tags/a%20(b)~c?a=1&b=2&q=%C3%A4%20%2A"
    expected = authorization(
        ACCESS_KEY,
        SECRET_KEY,
        DATE,
        canonical_request(method, f"http://localhost{path}", seen, body),
        names,
    )
    assert headers["authorization"] == expected
