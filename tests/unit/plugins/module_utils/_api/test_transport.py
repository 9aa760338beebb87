# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import socket
import typing as t

import pytest
import requests
from requests import exceptions

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import (
    Request,
    Transport,
    encoded_query,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import Access
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
    OvertakenError,
    ServiceError,
    UnansweredError,
    UnknownOutcomeError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import NoAnswerError
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import PROJECT, ManualClock
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import LOST, refusal
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    ScriptedHttp,
    session_with,
)

READ = Request("read it", "GET", "/it", repeatable=True)
WRITE = Request("write it", "POST", "/it", body={"a": 1})
GOOD = Answer(200, {"a": 1})


class Line:
    """A transport with a scripted other end."""

    def __init__(
        self,
        request: Request,
        replies: t.Sequence[t.Any],
        *,
        renews: bool = False,
        **changes: t.Any,
    ) -> None:
        body = request.body
        script = [Exchange(request.method, request.path, reply, body=body) for reply in replies]
        session, self.http = session_with(script)
        self.clock = ManualClock()
        self.token, self.renewed = "CANARY-token", 0
        self.renews = renews
        access = Access("https://mrs.example.com", PROJECT, self.sign, self.renew, True)
        self.request = request
        self.transport = Transport(
            access, self.clock, **{"timeout": 60.0, "retries": 5, "session": session, **changes}
        )

    def sign(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Auth-Token"] = self.token
        return request

    def renew(self) -> bool:
        self.renewed += 1
        self.token = f"CANARY-renewed-{self.renewed}"
        return self.renews

    def send(self) -> t.Any:
        answer = self.transport.send(self.request)
        self.http.check_end()
        return answer

    def fail(self, kind: type[Exception]) -> t.Any:
        with pytest.raises(kind) as caught:
            self.transport.send(self.request)
        self.http.check_end()
        return caught.value


def headers(http: ScriptedHttp) -> dict[str, str]:
    return dict(http.sent[0].headers)


class TestOneRequest:
    def test_it_gives_the_object_of_the_answer(self) -> None:
        assert Line(READ, [GOOD]).send() == {"a": 1}

    @pytest.mark.parametrize("request_", [READ, WRITE])
    def test_the_content_type_is_sent_always_even_without_a_body(self, request_: Request) -> None:
        line = Line(request_, [GOOD])
        line.send()
        sent = headers(line.http)
        assert (sent["Content-Type"], sent["X-Language"]) == ("application/json", "en-us")
        assert sent["X-Auth-Token"] == "CANARY-token"

    def test_every_request_has_a_time_limit(self) -> None:
        line = Line(READ, [GOOD], timeout=7.5)
        line.send()
        assert line.http.timeouts == [7.5]

    def test_the_body_is_compact_json_in_utf_8(self) -> None:
        line = Line(Request("write it", "POST", "/it", body={"a": [1, False, 0], "b": "ü"}), [GOOD])
        line.send()
        assert line.http.sent[0].body == b'{"a":[1,false,0],"b":"\\u00fc"}'

    def test_an_answer_that_nobody_reads_may_be_anything(self) -> None:
        request = Request("delete it", "DELETE", "/it", answers=False)
        assert Line(request, [Answer(204)]).send() == {}
        assert Line(request, [Answer(200, "ok")]).send() == {}

    def test_a_page_does_not_say_that_something_was_done(self) -> None:
        request = Request("delete it", "DELETE", "/it", answers=False)
        error = Line(request, [Answer(200, "<html>Blocked</html>")]).fail(UnknownOutcomeError)
        assert "HTTP 200 with no readable JSON object, but a page: Blocked." in str(error)

    def test_only_what_must_not_be_repeated_gets_a_connection_of_its_own(self) -> None:
        reading, writing = Line(READ, [GOOD]), Line(WRITE, [GOOD])
        reading.send()
        writing.send()
        assert (reading.http.closed, writing.http.closed) == (0, 1)

    def test_the_scope_names_service_and_project(self) -> None:
        assert Line(READ, []).transport.scope == f"https://mrs.example.com/v1.1/{PROJECT}"

    @pytest.mark.parametrize(
        ("query", "encoded"),
        [
            ({}, ""),
            ({"tags": "k1*v1,k2"}, "?tags=k1%2Av1%2Ck2"),
            ({"b": 2, "a": "x y/z~"}, "?a=x%20y%2Fz~&b=2"),
        ],
    )
    def test_the_query_is_sorted_and_percent_encoded(
        self, query: dict[str, str | int], encoded: str
    ) -> None:
        assert encoded_query(query) == encoded

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_redirects_are_not_followed(self, status: int) -> None:
        error = Line(
            READ, [Answer(status, headers={"Location": "https://evil.example.com/"})]
        ).fail(ServiceError)
        assert str(error) == (
            f"Cannot read it: the answer is a redirect, which is not followed (HTTP {status}). "
            "Check the option endpoint."
        )


class TestRefusals:
    def test_a_refusal_carries_all_that_is_known(self) -> None:
        error = Line(WRITE, [refusal("12000018", "The cluster is being scaled.")]).fail(
            ServiceError
        )
        assert (error.status, error.code, error.request_id) == (400, "12000018", "req-7")
        assert error.reason == "The cluster is being scaled."
        assert str(error) == (
            "Cannot write it: The cluster is being scaled (HTTP 400, code 12000018, request "
            "req-7). "
            "The cluster is being scaled already. Wait until that has ended, then run the task "
            "again."
        )

    def test_a_token_in_the_words_of_a_refusal_is_not_shown(self) -> None:
        error = Line(WRITE, [refusal("1", "Token CANARY-token is bad.", 403)]).fail(ServiceError)
        assert error.reason == "Token ******** is bad."

    def test_a_marked_word_of_a_job_of_others_in_a_refusal_is_not_shown(self) -> None:
        error = Line(WRITE, [refusal("1", "Cannot run wc @password=CANARY-1 there.", 403)]).fail(
            ServiceError
        )
        assert error.reason == "Cannot run wc @password=* there."

    @pytest.mark.parametrize("status", [400, 403, 404, 500])
    def test_a_refusal_that_cannot_pass_is_not_repeated(self, status: int) -> None:
        line = Line(READ, [refusal("12000009", "Bad parameter.", status)])
        line.fail(ServiceError)
        assert line.clock.sleeps == []

    @pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
    def test_a_read_is_repeated_when_the_service_stumbles(self, status: int) -> None:
        line = Line(READ, [Answer(status), Answer(status), GOOD])
        assert line.send() == {"a": 1}
        assert line.clock.sleeps == [0.5, 1.0]

    def test_a_read_is_repeated_as_often_as_said_and_no_more(self) -> None:
        line = Line(READ, [Answer(503)] * 6)
        assert line.fail(ServiceError).status == 503
        assert line.clock.sleeps == [0.5, 1.0, 2.0, 4.0, 8.0]

    def test_pauses_grow_to_thirty_seconds_within_three_minutes(self) -> None:
        line = Line(READ, [Answer(503)] * 11, retries=100)
        line.fail(ServiceError)
        assert line.clock.sleeps == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0, 30.0]

    def test_without_retries_nothing_is_repeated(self) -> None:
        assert Line(READ, [Answer(503)], retries=0).fail(ServiceError).status == 503

    def test_a_conflict_passes_for_what_can_be_repeated(self) -> None:
        assert Line(READ, [Answer(409, "{}"), GOOD]).send() == {"a": 1}
        Line(WRITE, [Answer(409, "{}")]).fail(ServiceError)

    def test_413_with_a_time_to_come_back_is_throttling(self) -> None:
        line = Line(READ, [Answer(413, headers={"Retry-After": "3"}), GOOD])
        line.send()
        assert line.clock.sleeps == [3.0]
        Line(READ, [Answer(413)]).fail(ServiceError)

    @pytest.mark.parametrize(
        "answer", [Answer(500), Answer(502, "<html></html>"), Answer(503), Answer(504), Answer(408)]
    )
    def test_a_write_is_never_repeated_when_the_service_may_have_acted(
        self, answer: Answer
    ) -> None:
        line = Line(WRITE, [answer])
        error = line.fail(UnknownOutcomeError)
        assert error.status == answer.status
        assert "It is not known whether the service did write it: HTTP" in str(error)
        assert line.clock.sleeps == []

    def test_a_write_that_the_service_refused_for_a_reason_is_a_refusal_even_with_500(self) -> None:
        error = Line(WRITE, [refusal("12000060", "Too many jobs.", 500)]).fail(ServiceError)
        assert error.code == "12000060"


class TestThrottling:
    @pytest.mark.parametrize("request_", [READ, WRITE])
    def test_429_is_waited_out_for_every_request(self, request_: Request) -> None:
        line = Line(request_, [Answer(429, headers={"Retry-After": "20"}), GOOD])
        assert line.send() == {"a": 1}
        assert line.clock.sleeps == [20.0]

    @pytest.mark.parametrize(
        ("value", "pause"),
        [
            ("20", 20.0),
            ("Wed, 27 Mar 2024 12:00:25 GMT", 25.0),
            ("Wed, 27 Mar 2024 12:00:25 -0000", 25.0),
            ("Wed, 27 Mar 2024 11:00:00 GMT", 0.5),
            ("0", 0.5),
            ("soon", 0.5),
            ("", 0.5),
            ("²", 0.5),
            ("9" * 400, 0.5),
            ("-1", 0.5),
            ("1e3", 0.5),
            ("Mon, 32 Jan 2024 00:00:00 GMT", 0.5),
            ("Mon, 01 Jan 2024 00:00:00 +9999999999999", 0.5),
            ("\x1b[2J", 0.5),
        ],
    )
    def test_the_time_to_come_back_is_seconds_or_a_date(self, value: str, pause: float) -> None:
        line = Line(WRITE, [Answer(429, headers={"Retry-After": value}), GOOD])
        line.send()
        assert line.clock.sleeps == [pause]

    def test_a_date_to_come_back_is_by_the_clock_of_the_service(self) -> None:
        headers = {
            "Date": "Wed, 27 Mar 2024 17:30:00 GMT",
            "Retry-After": "Wed, 27 Mar 2024 17:30:07 GMT",
        }
        line = Line(WRITE, [Answer(429, headers=headers), GOOD])
        line.send()
        assert line.clock.sleeps == [7.0]

    def test_a_time_to_come_back_beyond_three_minutes_is_an_error_at_once(self) -> None:
        line = Line(READ, [Answer(429, {"error_msg": "Slow down."}, {"Retry-After": "181"})])
        assert line.fail(ServiceError).reason == "Slow down."
        assert line.clock.sleeps == []

    def test_the_code_of_the_gateway_is_throttling_too(self) -> None:
        answer = Answer(
            429,
            {"error_code": "APIGW.0308", "error_msg": "The throttling threshold has been reached."},
        )
        line = Line(WRITE, [answer, GOOD])
        line.send()
        assert line.clock.sleeps == [0.5]


class TestTokens:
    def test_a_token_that_ran_out_is_renewed_once(self) -> None:
        line = Line(WRITE, [Answer(401), GOOD], renews=True)
        assert line.send() == {"a": 1}
        assert [sent.headers["X-Auth-Token"] for sent in line.http.sent] == [
            "CANARY-token",
            "CANARY-renewed-1",
        ]
        assert line.clock.sleeps == []

    def test_a_second_401_is_an_error(self) -> None:
        line = Line(READ, [Answer(401), Answer(401)], renews=True)
        assert line.fail(ServiceError).status == 401
        assert line.renewed == 1

    def test_a_request_renews_the_token_once_also_when_it_is_repeated(self) -> None:
        line = Line(READ, [Answer(401), Answer(503), Answer(401)], renews=True)
        assert line.fail(ServiceError).status == 401
        assert line.renewed == 1

    def test_what_cannot_be_renewed_is_an_error_at_once(self) -> None:
        assert Line(READ, [Answer(401)]).fail(ServiceError).status == 401

    def test_a_code_of_an_expired_token_counts_with_any_status(self) -> None:
        assert Line(
            READ, [refusal("APIGW.0301", "Incorrect IAM.", 401), GOOD], renews=True
        ).send() == {"a": 1}
        assert Line(
            READ, [refusal("12000001", "Bad identity.", 400), GOOD], renews=True
        ).send() == {"a": 1}

    def test_a_401_that_says_something_else_is_no_expired_token(self) -> None:
        line = Line(READ, [refusal("12000136", "Policy forbids.", 401)], renews=True)
        line.fail(ServiceError)
        assert line.renewed == 0


#: JSON that no service would send, and that brings down what is not prepared for it.
UNREADABLE = [
    '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"a":' * 70 + "1" + "}" * 70,
    '{"a": %s}' % ("9" * 400),
    '{"a": %s}' % ("9" * 5000),
    '{"a": 1e400}',
    '{"a": -1e400}',
    '{"a": NaN}',
    '{"a": -Infinity}',
]


class TestLostAnswers:
    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_a_read_whose_answer_was_lost_is_repeated(self, reply: t.Any) -> None:
        assert Line(READ, [reply, GOOD]).send() == {"a": 1}

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_a_write_whose_answer_was_lost_has_an_unknown_outcome(self, reply: t.Any) -> None:
        line = Line(WRITE, [reply])
        error = line.fail(UnknownOutcomeError)
        assert str(error).startswith("It is not known whether the service did write it: ")
        assert str(error).endswith(
            "Nothing was repeated. Run the task again: it first checks what is there."
        )
        assert line.clock.sleeps == []

    @pytest.mark.parametrize(
        "text", ["", "[]", "null", '"ok"', "<html></html>", '{"a":', *UNREADABLE]
    )
    def test_an_answer_without_a_readable_object_is_lost(self, text: str) -> None:
        assert "HTTP 200 with no readable JSON object" in str(
            Line(WRITE, [Answer(200, text)]).fail(UnknownOutcomeError)
        )

    def test_a_page_in_place_of_an_answer_is_told(self) -> None:
        page = "<html><title>Login</title><body>Guest of CANARY-token, log in</body></html>"
        reading = Line(READ, [Answer(200, page)], retries=0).fail(UnansweredError)
        assert str(reading) == (
            "Cannot read it: HTTP 200 with no readable JSON object, but a page: Login: Guest of "
            "********, log in. Check the option endpoint, and any proxy between this host and the "
            "service."
        )

    def test_the_cause_is_told_without_the_words_of_the_library(self) -> None:
        error = Line(WRITE, [exceptions.ConnectionError("CANARY")]).fail(UnknownOutcomeError)
        assert "the connection was lost." in str(error)
        assert "CANARY" not in str(error)


class TestLookingBeforeRepeating:
    """A pause may be long, and somebody else may act in it."""

    def line(self, replies: t.Sequence[t.Any], *answers: bool) -> Line:
        looks = iter(answers)
        return Line(WRITE._replace(still_due=lambda: next(looks)), replies)

    def test_what_is_still_due_is_sent_again(self) -> None:
        assert self.line([Answer(429), Answer(429), GOOD], True, True).send() == {"a": 1}

    def test_what_is_not_due_any_more_is_not_sent_again(self) -> None:
        error = self.line([Answer(429), Answer(429)], True, False).fail(OvertakenError)
        assert str(error) == "There was no need to write it any more."

    def test_a_first_attempt_needs_no_look(self) -> None:
        assert self.line([GOOD]).send() == {"a": 1}


class TestRefusedAfterALostAnswer:
    SET = Request("set it", "PUT", "/it", body={"a": 1}, repeatable=True)

    def test_what_the_lost_attempt_did_stays_unknown(self) -> None:
        error = Line(self.SET, [Answer(502), refusal("12000009", "Bad.")]).fail(UnknownOutcomeError)
        assert (error.status, error.code, error.reason) == (400, "12000009", "Bad.")
        assert str(error).startswith(
            "It is not known whether the service did set it: Cannot set it: Bad (HTTP 400,"
        )
        assert "Nothing was repeated" not in str(error)

    def test_a_read_does_nothing_so_its_refusal_is_a_refusal(self) -> None:
        error = Line(READ, [LOST["connection lost"], refusal("12000009", "Bad.")]).fail(
            ServiceError
        )
        assert error.code == "12000009"

    def test_a_refusal_before_the_lost_answer_changes_nothing(self) -> None:
        error = Line(self.SET, [Answer(429), Answer(502), Answer(502)], retries=2).fail(
            UnknownOutcomeError
        )
        assert error.status == 502


NEVER_SENT = NoAnswerError("Connection refused", sent=False)


class TestUnreachable:
    def test_a_write_that_was_never_sent_is_repeated(self) -> None:
        assert Line(WRITE, [NEVER_SENT, GOOD]).send() == {"a": 1}

    def test_what_stays_unreachable_is_said_so(self) -> None:
        error = Line(WRITE, [NEVER_SENT] * 3, retries=2).fail(UnreachableError)
        assert str(error) == (
            "Cannot write it: https://mrs.example.com cannot be reached (Connection refused). "
            "Check the option endpoint, the region and the network."
        )

    def test_a_port_where_nobody_listens_is_recognised(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NO_PROXY", "*")
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            root = f"http://127.0.0.1:{closed.getsockname()[1]}"
            access = Access(root, PROJECT, lambda request: request, lambda: False, True)
            transport = Transport(access, ManualClock(), timeout=60.0, retries=1)
            with pytest.raises(UnreachableError) as caught:
                transport.send(WRITE)
        assert str(caught.value).startswith(
            f"Cannot write it: {root} cannot be reached (Connection refused)."
        )

    def test_what_another_attempt_cannot_mend_is_not_tried_again(self) -> None:
        reply = NoAnswerError(
            "its certificate cannot be verified", sent=False, again=False, hint="Give ca_cert."
        )
        error = Line(READ, [reply]).fail(UnreachableError)
        text = (
            "Cannot read it: https://mrs.example.com cannot be reached (its certificate cannot be "
            "verified)."
        )
        assert str(error) == f"{text} Give ca_cert."

    @pytest.mark.parametrize(
        "reply", [exceptions.InvalidURL("bad"), exceptions.MissingSchema("bad")]
    )
    def test_an_address_that_is_none_is_a_fault_of_the_option(self, reply: Exception) -> None:
        error = Line(READ, [reply]).fail(OptionError)
        assert error.option == "endpoint"
