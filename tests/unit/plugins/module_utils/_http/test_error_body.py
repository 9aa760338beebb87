# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.error_body import (
    ErrorBody,
    is_error,
    is_gone,
    read,
)

SECRET = "XQ3sdGhpcyBpcyBub3QgZm9yIHlvdQ=="
NGINX = """<html>
<head><title>502 Bad Gateway</title></head>
<body bgcolor="white">
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx</center>
</body>
</html>"""
STYLED = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Gateway Time-out</title>
<style>body > h1 { color: red }</style><script>if (1 < 2) { report("<b>") }</script></head>
<body><!-- build <7> --><p>The server didn&#39;t respond &amp; gave up.</p></body></html>"""


def code_and_reason(status: int, body: str) -> tuple[str | None, str]:
    found = read(status, {}, body)
    return found.code, found.reason


@pytest.mark.parametrize(
    ("status", "body", "code", "reason"),
    [
        pytest.param(
            400,
            '{"error_code": "12000002", "error_msg": "The parameter is invalid."}',
            "12000002",
            "The parameter is invalid.",
            id="E1, the usual shape of MRS",
        ),
        pytest.param(
            400,
            '{"errorCode": "12000003", "errorMsg": "The cluster does not exist."}',
            "12000003",
            "The cluster does not exist.",
            id="E2, MRS on Huawei Cloud",
        ),
        pytest.param(
            400,
            '{"errorCode": "12000003", "message": "The cluster does not exist."}',
            "12000003",
            "The cluster does not exist.",
            id="E2 with the message under another key",
        ),
        pytest.param(
            500,
            '{"code": "MRS.0205", "message": "Not synchronised."}',
            "MRS.0205",
            "Not synchronised.",
            id="E3, other services",
        ),
        pytest.param(
            401,
            '{"error": {"code": 401, '
            '"message": "The request you have made requires authentication.", '
            '"title": "Unauthorized"}}',
            "401",
            "The request you have made requires authentication.",
            id="E4, IAM",
        ),
        pytest.param(
            401,
            '{"error_msg": "verify aksk signature fail", "error_code": "APIGW.0301", '
            '"request_id": "9c1f"}',
            "APIGW.0301",
            "verify aksk signature fail",
            id="E5, the gateway",
        ),
        pytest.param(
            429,
            '{"error_msg": "over ratelimit, limit:20, time:1 second", "error_code": "APIG.0308"}',
            "APIG.0308",
            "over ratelimit, limit:20, time:1 second",
            id="E5 under the old name of the gateway",
        ),
        pytest.param(
            404,
            '{"itemNotFound": {"message": "The cluster could not be found.", "code": 404}}',
            "404",
            "The cluster could not be found.",
            id="E6, one level more",
        ),
        pytest.param(
            500,
            '{"fault": {"inner": [{"error_code": "0201", "error_msg": "No such job."}]}}',
            "0201",
            "No such job.",
            id="E6, several levels and a list more",
        ),
        pytest.param(
            502, NGINX, None, "502 Bad Gateway nginx", id="E7, a page that repeats its title"
        ),
        pytest.param(
            504,
            STYLED,
            None,
            "Gateway Time-out: The server didn't respond & gave up.",
            id="E7, a page with a style",
        ),
        pytest.param(
            503,
            "<html><title>Busy</title></html>",
            None,
            "Busy",
            id="E7, a page with nothing but a title",
        ),
        pytest.param(
            503, "upstream connect error\r\n", None, "upstream connect error", id="E7, plain text"
        ),
        pytest.param(
            500, "a < b > c", None, "a < b > c", id="E7, plain text that looks a little like HTML"
        ),
        pytest.param(
            403,
            '{"error_code": "PAP5.0011", "error_msg": "Forbidden", '
            f'"encoded_authorization_message": "{SECRET}"}}',
            "PAP5.0011",
            "Forbidden",
            id="E8, a refused policy",
        ),
        pytest.param(500, "", "500", "the service gave no reason", id="E9, nothing"),
        pytest.param(500, " \r\n", "500", "the service gave no reason", id="E9, blanks"),
        pytest.param(500, "{}", "500", "the service gave no reason", id="E9, an empty object"),
        pytest.param(500, "null", None, "the service gave no reason", id="E9, null"),
        pytest.param(
            500, "<html></html>", None, "the service gave no reason", id="E9, an empty page"
        ),
        pytest.param(
            200,
            '{"job_submit_result": {"job_id": "7f1f", "state": "FAILED"},'
            ' "error_code": "0173", "error_msg": "Failed to submit the job."}',
            "0173",
            "Failed to submit the job.",
            id="E10, a failure inside a good answer",
        ),
    ],
)
def test_every_shape_of_an_error_body_is_read(
    status: int, body: str, code: str | None, reason: str
) -> None:
    assert code_and_reason(status, body) == (code, reason)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"error_code": 176, "error_msg": "x"}', "0176"),
        ('{"error_code": 12000003, "error_msg": "x"}', "12000003"),
        ('{"error_code": "0176", "error_msg": "x"}', "0176"),
        ('{"error_code": "176", "error_msg": "x"}', "176"),
        ('{"code": 400, "message": "x"}', "400"),
        ('{"code": 404, "message": "x"}', "404"),
        ('{"code": true, "message": "x"}', "400"),
        ('{"code": null, "message": "x"}', "400"),
        ('{"code": 1.5, "message": "x"}', "400"),
        ('{"code": "", "message": "x"}', "400"),
        ('{"code": {"message": "x"}}', "400"),
        ('{"errCode": "MRS.0002", "faultstring": "x"}', "MRS.0002"),
    ],
)
def test_a_code_is_text_with_the_zeros_that_a_number_lost(body: str, code: str | None) -> None:
    assert code_and_reason(400, body) == (code, "x")


def test_a_number_equal_to_the_http_status_is_no_code_that_lost_a_zero() -> None:
    assert code_and_reason(201, '{"code": 201, "message": "x"}') == ("201", "x")


@pytest.mark.parametrize(
    ("body", "code", "reason"),
    [
        pytest.param(
            '{"inner": {"code": "2", "message": "inside"}, '
            '"error_code": "1", "error_msg": "outside"}',
            "1",
            "outside",
            id="the outer object before the inner one",
        ),
        pytest.param(
            '{"code": "500", "error": {"error_code": "12000003", "error_msg": "whole"}}',
            "12000003",
            "whole",
            id="an inner object with both before an outer one with half",
        ),
        pytest.param(
            '{"error_code": "12000003", "inner": {"details": "apart"}}',
            "12000003",
            "apart",
            id="halves from two objects when none is whole",
        ),
        pytest.param(
            '{"code": "2", "message": "second", "error_code": "1", "error_msg": "first"}',
            "1",
            "first",
            id="the keys of MRS before those of others",
        ),
        pytest.param(
            '{"error": "Unauthorized"}', "500", "Unauthorized", id="a message without a code"
        ),
        pytest.param(
            '{"error_code": "12000003", "error_msg": ""}',
            "12000003",
            '{"error_code": "12000003", "error_msg": ""}',
            id="a code without a message: the body itself",
        ),
        pytest.param(
            '{"error_code" "12000003"}',
            None,
            '{"error_code" "12000003"}',
            id="broken JSON: the body itself",
        ),
        pytest.param(
            '\ufeff{"error_code": "1", "error_msg": "x"}', "1", "x", id="a byte order mark in front"
        ),
    ],
)
def test_code_and_message_are_looked_for_in_a_fixed_order(
    body: str, code: str | None, reason: str
) -> None:
    assert code_and_reason(500, body) == (code, reason)


def test_a_raw_body_is_cut() -> None:
    reason = read(500, {}, "x" * 5000).reason

    assert reason == "x" * 297 + "..."


def test_a_long_message_of_the_service_is_cut_later() -> None:
    reason = read(400, {}, json.dumps({"error_code": "1", "error_msg": "x" * 5000})).reason

    assert reason == "x" * 997 + "..."


@pytest.mark.parametrize(
    "body",
    [
        '{"error_code": "1", '
        '"error_msg": "red \\u001b[31mtext\\u0000\\r\\n two\\u202e \\ud800lines"}',
        "red \x1b[31mtext\x00\r\n two\u202e \ud800lines",
        "<p>red &#27;[31mtext\r\n two&#x202e; \ud800lines</p>",
    ],
)
def test_control_characters_become_blanks(body: str) -> None:
    assert read(400, {}, body).reason == "red [31mtext two lines"


def test_a_message_in_chinese_is_kept() -> None:
    assert (
        read(400, {}, '{"error_code": "12000003", "error_msg": "集群不存在。"}').reason
        == "集群不存在。"
    )


@pytest.mark.parametrize(
    ("headers", "body", "request_id"),
    [
        ({}, '{"error_code": "1", "error_msg": "x", "request_id": "in-body"}', "in-body"),
        ({"X-Request-Id": "in-header"}, '{"request_id": "in-body"}', "in-body"),
        ({"X-Request-Id": "gateway"}, '{"request_id": ""}', "gateway"),
        ({"x-REQUEST-id": "gateway"}, "", "gateway"),
        ({"X-Openstack-Request-Id": "req-1"}, "", "req-1"),
        ({"X-IAM-Trace-Id": "trace"}, "", "trace"),
        (
            {
                "X-IAM-Trace-Id": "trace",
                "x-openstack-request-id": "req-1",
                "X-Request-Id": "gateway",
            },
            "",
            "gateway",
        ),
        ({"X-IAM-Trace-Id": "trace", "x-openstack-request-id": "req-1"}, "", "req-1"),
        ({"Content-Type": "text/html"}, "<p>x</p>", None),
        ({"X-Request-Id": "a\r\nb" + "c" * 200}, "", "a b" + "c" * 94 + "..."),
    ],
)
def test_the_request_id_comes_from_the_body_or_a_header(
    headers: dict[str, str], body: str, request_id: str | None
) -> None:
    assert read(500, headers, body).request_id == request_id


@pytest.mark.parametrize(
    "body",
    [
        f'{{"encoded_authorization_message": "{SECRET}"}}',
        f'{{"encoded_authorization_message":"{SECRET}","error_code":"PAP5.0011"}}',
        '{"error_code": "1", '
        f'"error_msg": "no: {{\\"encoded_authorization_message\\":\\"{SECRET}\\"}}"}}',
        f'{{"error_code": "1", "error_msg": "encoded_authorization_message: {SECRET}"}}',
        f'{{"error_code": "1", "broken "encoded_authorization_message": "{SECRET}',
        f"<p>encoded_authorization_message={SECRET}</p>",
    ],
)
def test_the_encoded_authorization_message_is_never_part_of_the_reason(body: str) -> None:
    found = read(403, {}, body)

    assert SECRET[:6] not in repr(found)
    assert found.reason


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"code": ' + "1" * 5000 + ', "message": "x"}',
        '{"code": 1e999, "message": "x"}',
        "<p>&#" + "1" * 6000 + ";</p>",
        "<![bad[",
        "<title" * 50_000,
        "<script" * 50_000,
        "<!--" * 50_000,
        '"' * 200_000,
        "\\" * 200_000,
        "encoded_authorization_message" * 10_000,
    ],
    ids=lambda body: f"{body[:12]} {len(body)}",
)
def test_a_hostile_body_is_read_without_an_error(body: str) -> None:
    assert 0 < len(read(500, {}, body).reason) <= 300


KEYS = (
    st.sampled_from(
        ["error_code", "errorCode", "code", "error_msg", "message", "error", "request_id"]
    )
    | st.text()
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)
PIECES = [
    "<",
    ">",
    "</",
    "<title>",
    "<script ",
    "<!--",
    "-->",
    "&#27;",
    "&lt;",
    "encoded_authorization_message",
    '"',
    ":",
]
PAGES = st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join)


@given(
    status=st.integers(),
    headers=st.dictionaries(
        st.sampled_from(["X-Request-Id", "x-iam-trace-id"]) | st.text(), st.text()
    ),
    body=st.text() | PAGES | PAGES.map("<".__add__) | VALUES.map(json.dumps),
)
def test_any_answer_is_read_into_printable_lines(
    status: int, headers: dict[str, str], body: str
) -> None:
    found = read(status, headers, body)

    assert found.reason.isprintable()
    assert 0 < len(found.reason) <= 1000
    for short in filter(None, (found.code, found.request_id)):
        assert short.isprintable()
        assert len(short) <= 100
    assert "" not in (found.code, found.request_id)
    assert is_gone(status, found.code) in (True, False)


@given(
    code=st.text(alphabet="0123456789.", min_size=1, max_size=40),
    reason=st.text(alphabet='abcxyz<&"集', min_size=1),
)
def test_what_a_service_says_in_its_usual_shape_is_what_is_read(code: str, reason: str) -> None:
    assert read(400, {}, json.dumps({"error_code": code, "error_msg": reason})) == ErrorBody(
        code, reason, None
    )


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "12000003"),
        (500, "0176"),
        (400, "0176"),
        (500, "176"),
        (500, "0201"),
        (404, "12005003"),
        (404, "404"),
        (404, "MRS.9999"),
        (404, "12000999"),
    ],
)
def test_some_refusals_say_that_the_object_is_gone(status: int, code: str) -> None:
    assert is_gone(status, code) is True


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "APIGW.0101"),
        (404, "APIG.0101"),
        (404, "APIGW.9999"),
        (404, None),
        (404, ""),
        (404, "12000057"),
        (400, "12000002"),
        (400, "12000021"),
        (500, "12000004"),
        (500, None),
        (400, "404"),
        (403, "MRS.9999"),
    ],
)
def test_every_other_refusal_does_not_say_so(status: int, code: str | None) -> None:
    assert is_gone(status, code) is False


@pytest.mark.parametrize(
    "answer",
    [
        {"error_code": "12000041", "error_msg": "Failed."},
        {"errorCode": "12000003", "errorMsg": "The cluster does not exist."},
        {"errorCode": 176},
        {"error_msg": "Failed."},
        {"code": "MRS.0205", "message": "Not synchronised."},
        {"error": {"code": 401, "message": "Unauthorized"}},
        {"error": "invalid_request"},
        {"error_msg": "Forbidden", "error_code": "APIGW.0302", "request_id": "9c1f"},
        {"job_submit_result": {"state": "FAILED"}, "error_code": "0168", "error_msg": "Failed."},
    ],
)
def test_an_error_is_one_whatever_its_status(answer: dict[str, object]) -> None:
    assert is_error(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"clusters": [], "clusterTotal": 0},
        {"cluster_id": "4f0c", "result": True, "msg": "done"},
        {"result": "succeeded"},
        {"job_submit_result": {"state": "COMPLETE"}, "error_code": None, "error_msg": ""},
        {"error_code": "0", "clusters": []},
        {"code": 0, "message": "ok"},
        {"code": "eu-de", "name": "a"},
        {"error": None},
    ],
)
def test_an_answer_is_no_error(answer: dict[str, object]) -> None:
    assert not is_error(answer)
