# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The test vectors of service_login 3.6 and 4, and what a gateway refuses."""

from __future__ import annotations

import hashlib
import time

import pytest

from mrs_simulator.base.messages import Request
from mrs_simulator.identity import signatures
from mrs_simulator.identity.account import ACCESS_KEY, SECRET_KEY

PROJECT = "0123456789abcdef0123456789abcdef"
SECRET = "mrsExampleSecretKey0123456789abcdefABCDE"
DATE = "20240102T030405Z"
MOMENT = 1704164645
HEADERS = {
    "host": "mrs.eu-de.otc.t-systems.com",
    "content-type": "application/json",
    "x-project-id": PROJECT,
    "x-sdk-date": DATE,
}
FULL = "content-type;host;x-project-id;x-sdk-date"
LIST_QUERY = "currentPage=1&pageSize=10&tags=env%2Aprod%2Cteam%2Aa%20b"

VECTORS = [
    (
        Request("GET", f"/v1.1/{PROJECT}/cluster_infos", LIST_QUERY, HEADERS),
        FULL,
        "54ee63b7993a31476dccb81a56b4a21239ebce9a76733d64b3167b331e5fe8c3",
        "e864e9f0a9b7e1e22ed76b5c5920bf79d41959a6c5099d53ce4f7132f2d3907a",
    ),
    (
        Request(
            "POST",
            f"/v1.1/{PROJECT}/jobs/submit-job",
            "",
            HEADERS,
            b'{"job_type":1,"job_name":"wc-1"}',
        ),
        FULL,
        "523257301e899fc38d99a453a0fe51b6350ad394c11ae1f11710d8c462e036ff",
        "9fa0f6cea90daf5f2f7226a6d69ae28b1456b2b26e5dac00765433c238db1992",
    ),
    (
        Request("DELETE", f"/v1.1/{PROJECT}/clusters/c1/tags/a%20b~c", "", HEADERS),
        FULL,
        "a9d9795b1a2b9dc0d8987f38b50916debd044a4864508396e6b4cbe75fe5692d",
        "3b495ad6d8d4cd8ac01e3db9fdf20eec6007c6f640837b4f0944b595fe80f9ac",
    ),
    (
        Request(
            "GET",
            f"/v1.1/{PROJECT}/clusters/tags",
            "",
            {**HEADERS, "x-security-token": "gQpjbi1ub3J0aC00example"},
        ),
        f"{FULL};x-security-token",
        "61542e4566fdba5f02c5c9d64a8a31535318129115885423254155738230cb08",
        "89a0ad42158c8ee5ff78f31c6d922a48e1e37b9224f8021ca2dc1811a6b6a4b1",
    ),
    (
        Request("GET", f"/v1.1/{PROJECT}/cluster_infos", "currentPage=1&pageSize=10", HEADERS),
        "host;x-sdk-date",
        "df5de165025386fab77fb2273d38c28da3e9cb81aca347448061d9ee6507e6bf",
        "c3845bfc9f4c9d55024915f5477a517f77949178b139e4df544c4b645f0a9e62",
    ),
]


@pytest.mark.parametrize(("request_", "signed", "digest", "signature"), VECTORS)
def test_the_documented_vectors_verify(
    request_: Request, signed: str, digest: str, signature: str
) -> None:
    canonical = signatures.canonical_request(request_, signed.split(";"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == digest
    header = (
        f"SDK-HMAC-SHA256 Access=MRSEXAMPLEACCESSKEY0, SignedHeaders={signed}, "
        f"Signature={signature}"
    )
    signatures.verify(request_, signatures.parse(header), SECRET, MOMENT)


@pytest.mark.parametrize(
    ("scope", "key", "signature"),
    [
        (
            "20240102/eu-de/mrsv1.1/sdk_request",
            "ca1dca8b6d363f43a569afbe3e95b5d91c8f8070afa012fcd1bcdb0d0c916ec4",
            "b221fb99fba49db58c46c11088377594dd42031363ff010efc37422624bb87d2",
        ),
        (
            "20240102///sdk_request",
            "5eaac10eacbf506ad1276ee48011679b3eddcf867944f2cc04cd841e1baaffd9",
            "007251a5a70c3408f5c5ae659610d04d8c85ee6bb068c1337176cf527b73a7d4",
        ),
    ],
)
def test_the_scoped_form_verifies(scope: str, key: str, signature: str) -> None:
    assert signatures.signing_key(SECRET, scope).hex() == key
    header = (
        f"SDK-HMAC-SHA256 Credential=MRSEXAMPLEACCESSKEY0/{scope}, SignedHeaders=host;x-sdk-date, "
        f"Signature={signature}"
    )
    parsed = signatures.parse(header)
    assert parsed.access_key == "MRSEXAMPLEACCESSKEY0"
    signatures.verify(VECTORS[4][0], parsed, SECRET, MOMENT)


@pytest.mark.parametrize("seconds", [-901, 901])
def test_a_clock_more_than_15_minutes_off_is_refused(seconds: int) -> None:
    request, signed, _digest, value = VECTORS[0]
    parsed = signatures.Signature("MRSEXAMPLEACCESSKEY0", "", tuple(signed.split(";")), value)
    signatures.verify(request, parsed, SECRET, MOMENT + (900 if seconds > 0 else -900))
    with pytest.raises(signatures.SignatureError, match="15 minutes"):
        signatures.verify(request, parsed, SECRET, MOMENT + seconds)


def test_the_date_must_be_signed() -> None:
    request, _signed, _digest, value = VECTORS[0]
    parsed = signatures.Signature("MRSEXAMPLEACCESSKEY0", "", ("host",), value)
    with pytest.raises(signatures.SignatureError, match="not among the signed headers"):
        signatures.verify(request, parsed, SECRET, MOMENT)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer x",
        "SDK-HMAC-SHA256 Access=a",
        "SDK-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0",
    ],
)
def test_other_authorization_headers_are_refused(header: str) -> None:
    with pytest.raises(signatures.SignatureError):
        signatures.parse(header)


def _signed(cloud, secret: str = SECRET_KEY, access: str = ACCESS_KEY) -> dict[str, str]:
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    headers = {"host": "mrs.simulator", "x-sdk-date": date}
    request = Request("GET", f"/v1.1/{cloud.project}/cluster_infos", "", headers)
    canonical = signatures.canonical_request(request, ("host", "x-sdk-date"))
    value = signatures.sign(canonical, date, secret)
    header = f"SDK-HMAC-SHA256 Access={access}, SignedHeaders=host;x-sdk-date, Signature={value}"
    return {"authorization": header, "x-sdk-date": date}


def test_a_signed_request_is_served_without_a_token(cloud) -> None:
    answer = cloud.request("GET", f"/v1.1/{cloud.project}/cluster_infos", **_signed(cloud))
    assert (answer.status, answer.json) == (200, {"clusterTotal": 0, "clusters": []})


def test_a_changed_body_or_a_wrong_key_is_a_bad_signature(cloud) -> None:
    path = f"/v1.1/{cloud.project}/cluster_infos"
    for answer in (
        cloud.request("GET", path, b"changed", **_signed(cloud)),
        cloud.request("GET", path, **_signed(cloud, secret="wrong")),
    ):
        assert (answer.status, answer.code) == (401, "APIGW.0301")
        assert "verify aksk signature fail" in answer.json["error_msg"]
        assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_a_clock_that_runs_ahead_is_told(cloud) -> None:
    cloud.set(clock_skew=1000)
    answer = cloud.request("GET", f"/v1.1/{cloud.project}/cluster_infos", **_signed(cloud))
    assert (answer.status, answer.code) == (401, "APIGW.0301")
    assert "15 minutes" in answer.json["error_msg"]


def test_a_moved_clock_does_not_spoil_signatures(cloud) -> None:
    cloud.control("POST", "clock", {"advance": 86400})
    assert (
        cloud.request("GET", f"/v1.1/{cloud.project}/cluster_infos", **_signed(cloud)).status == 200
    )


def test_a_token_and_a_signature_together_are_refused(cloud) -> None:
    headers = {**_signed(cloud), "x-auth-token": cloud.token}
    answer = cloud.request("GET", f"/v1.1/{cloud.project}/cluster_infos", **headers)
    assert (answer.status, answer.code) == (401, "APIGW.0301")


def test_temporary_keys_sign_until_they_expire_and_only_with_their_security_token(cloud) -> None:
    identity = {"methods": ["token"], "token": {"id": cloud.token, "duration_seconds": 900}}
    answer = cloud.request(
        "POST", "/v3.0/OS-CREDENTIAL/securitytokens", {"auth": {"identity": identity}}
    )
    credential = answer.json["credential"]
    path = f"/v1.1/{cloud.project}/cluster_infos"
    signed = _signed(cloud, credential["secret"], credential["access"])
    assert cloud.request("GET", path, **signed).code == "APIGW.0301"
    signed["x-security-token"] = credential["securitytoken"]
    assert cloud.request("GET", path, **signed).status == 200
    cloud.clock.advance(900)
    assert cloud.request("GET", path, **signed).code == "APIGW.0301"
