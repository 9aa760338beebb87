# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real client, server and proxy: what is known of a request without an answer."""

from __future__ import annotations

import contextlib
import gzip
import json
import pathlib
import socket
import ssl
import threading
import time
import tracemalloc
import typing as t
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import (
    Request,
    Transport,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import Access
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    ServiceError,
    UnansweredError,
    UnknownOutcomeError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import (
    LARGEST_ANSWER,
    NoAnswerError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import new_session
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import PROJECT, ManualClock
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.forwarding_proxy import (
    ForwardingProxy,
    Mode,
)
from ansible_collections.huaweicloud.mrs.tests.unit.tls.authority import Authority

ACTING = [
    Request("submit job wc", "POST", "/jobs/submit-job", body={"job_name": "wc"}),
    Request("create cluster etl", "POST", "/run-job-flow", body={"cluster_name": "etl"}),
    Request("resize cluster etl", "PUT", "/cluster_infos/1", body={"instances": 2}),
]
READ = Request("read it", "GET", "/it", repeatable=True)
NEVER_SENT = [
    Mode.DROP_CONNECT,
    Mode.DROP_HANDSHAKE,
    Mode.REFUSE_407,
    Mode.REFUSE_502,
    Mode.REFUSE_503,
]
#: In a tunnel the handshake with the server is the first to notice it.
NEVER_SENT_IN_TUNNEL = [Mode.DROP_UNREAD, *NEVER_SENT]
LOST = [Mode.DROP_BEFORE, Mode.DROP_AFTER, Mode.DROP_AMID]
#: Seconds for what has to go well within a time that is then over: many times what it takes.
SOME_TIME = 4.0

Raw = t.Callable[[socket.socket], None]


class Service(ThreadingHTTPServer):
    """Acts on what it is asked, and answers as it is told: with C(raw), if there is one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.acted: list[str] = []
        self.packings: list[str] = []
        self.raw: Raw | None = None
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def handle_error(self, request: t.Any, client_address: t.Any) -> None:
        """Clients hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.acted.append(f"{self.command} {self.path.removeprefix(f'/v1.1/{PROJECT}')}")
        self.server.packings.append(self.headers["Accept-Encoding"])
        if self.server.raw:
            self.close_connection = True
            self.server.raw(self.connection)
            return
        content = b'{"done": true}'
        self.send_response_only(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, format: str, *arguments: t.Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(tls: ssl.SSLContext | None = None) -> t.Iterator[Service]:
    service = Service()
    if tls:
        service.socket = tls.wrap_socket(
            service.socket, server_side=True, do_handshake_on_connect=False
        )
        service.scheme = "https"
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()
        thread.join()


@pytest.fixture(name="service")
def _service() -> t.Iterator[Service]:
    with served() as service:
        yield service


@pytest.fixture(name="authority", scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(
    name="tls_context", params=[ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], scope="module"
)
def _tls_context(request: pytest.FixtureRequest, authority: Authority) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    files = authority.certificate("127.0.0.1")
    context.load_cert_chain(files.certificate, files.key)
    context.minimum_version = context.maximum_version = request.param
    return context


@pytest.fixture(name="tls_service")
def _tls_service(tls_context: ssl.SSLContext) -> t.Iterator[Service]:
    """One for each test: a request that was dropped may still be on its way when a test is over."""
    with served(tls_context) as service:
        yield service


@pytest.fixture(name="proxy")
def _proxy() -> t.Iterator[ForwardingProxy]:
    with ForwardingProxy(delay=0.1) as proxy:
        yield proxy


def transport(
    root: str, *, proxy: str = "", retries: int = 0, timeout: float = 60.0, ca: str | bool = True
) -> Transport:
    access = Access(root, PROJECT, lambda request: request, lambda: False, ca)
    environ = {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy}
    return Transport(
        access, ManualClock(), timeout=timeout, retries=retries, session=new_session(environ)
    )


def outcome(line: Transport, request: Request) -> MrsError:
    with pytest.raises(MrsError) as caught:
        line.send(request)
    return caught.value


class TestThroughAProxy:
    @pytest.mark.parametrize("request_", ACTING, ids=lambda request: request.action)
    @pytest.mark.parametrize("mode", [Mode.DROP_UNREAD, *LOST])
    def test_an_answer_lost_on_the_way_leaves_the_outcome_open(
        self, mode: Mode, request_: Request, service: Service, proxy: ForwardingProxy
    ) -> None:
        proxy.modes = [mode] * 5
        error = outcome(transport(service.url, proxy=proxy.url, retries=4), request_)
        assert error.__class__ is UnknownOutcomeError
        assert len(service.acted) <= 1
        assert len(proxy.modes) == 4

    def test_an_answer_that_does_not_come_in_time_leaves_the_outcome_open(
        self, service: Service, proxy: ForwardingProxy
    ) -> None:
        proxy.modes = [Mode.ANSWER_LATE] * 5
        line = transport(service.url, proxy=proxy.url, retries=4, timeout=SOME_TIME)
        assert outcome(line, ACTING[0]).__class__ is UnknownOutcomeError
        assert (len(service.acted), len(proxy.modes)) == (1, 4)

    @pytest.mark.parametrize("mode", [Mode.REFUSE_502, Mode.REFUSE_503, Mode.ANSWER_504])
    def test_what_the_proxy_answers_by_itself_leaves_the_outcome_open(
        self, mode: Mode, service: Service, proxy: ForwardingProxy
    ) -> None:
        proxy.modes = [mode] * 2
        error = outcome(transport(service.url, proxy=proxy.url, retries=1), ACTING[0])
        assert error.__class__ is UnknownOutcomeError
        assert len(proxy.modes) == 1

    def test_a_proxy_that_wants_a_login_refuses(
        self, service: Service, proxy: ForwardingProxy
    ) -> None:
        proxy.modes = [Mode.REFUSE_407]
        error = outcome(transport(service.url, proxy=proxy.url, retries=1), ACTING[0])
        assert isinstance(error, ServiceError)
        assert str(error) == (
            "Cannot submit job wc: proxy (HTTP 407). The proxy that HTTP_PROXY or HTTPS_PROXY "
            "names wants a login."
        )

    def test_a_proxy_that_is_not_there_means_that_nothing_was_sent(
        self, service: Service, nobody: str
    ) -> None:
        error = outcome(transport(service.url, proxy=nobody), ACTING[0])
        assert error.__class__ is UnreachableError
        assert str(error) == (
            f"Cannot submit job wc: {service.url} cannot be reached (by the proxy: Connection "
            "refused). "
            "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY."
        )

    def test_a_request_that_is_delivered_twice_acts_twice_and_is_answered_once(
        self, service: Service, proxy: ForwardingProxy
    ) -> None:
        proxy.modes = [Mode.TWICE]
        assert transport(service.url, proxy=proxy.url).send(ACTING[0]) == {"done": True}
        assert service.acted == ["POST /jobs/submit-job"] * 2

    def test_a_request_that_is_delivered_late_is_one_whose_outcome_is_open(
        self, service: Service, proxy: ForwardingProxy
    ) -> None:
        proxy.modes = [Mode.DELIVER_LATE]
        assert (
            outcome(transport(service.url, proxy=proxy.url), ACTING[0]).__class__
            is UnknownOutcomeError
        )
        _wait_for(lambda: service.acted == ["POST /jobs/submit-job"])

    @pytest.mark.parametrize("mode", LOST)
    def test_a_read_is_repeated(self, mode: Mode, service: Service, proxy: ForwardingProxy) -> None:
        proxy.modes = [mode]
        line = transport(service.url, proxy=proxy.url, retries=1)
        assert line.send(READ) == {"done": True}


class TestThroughATunnel:
    def line(
        self, service: Service, proxy: ForwardingProxy, authority: Authority, **changes: t.Any
    ) -> Transport:
        return transport(service.url, proxy=proxy.url, ca=str(authority.file), **changes)

    def test_all_is_well(
        self, tls_service: Service, proxy: ForwardingProxy, authority: Authority
    ) -> None:
        assert self.line(tls_service, proxy, authority).send(ACTING[0]) == {"done": True}
        assert proxy.asked == [f"CONNECT 127.0.0.1:{tls_service.server_port}"]

    @pytest.mark.parametrize("request_", ACTING, ids=lambda request: request.action)
    @pytest.mark.parametrize("mode", LOST)
    def test_an_answer_lost_on_the_way_leaves_the_outcome_open(
        self,
        mode: Mode,
        request_: Request,
        tls_service: Service,
        proxy: ForwardingProxy,
        authority: Authority,
    ) -> None:
        proxy.modes = [mode] * 5
        error = outcome(self.line(tls_service, proxy, authority, retries=4), request_)
        assert error.__class__ is UnknownOutcomeError
        assert len(proxy.modes) == 4

    def test_an_answer_that_does_not_come_in_time_leaves_the_outcome_open(
        self, tls_service: Service, proxy: ForwardingProxy, authority: Authority
    ) -> None:
        proxy.modes = [Mode.ANSWER_LATE] * 5
        line = self.line(tls_service, proxy, authority, retries=4, timeout=SOME_TIME)
        assert outcome(line, ACTING[0]).__class__ is UnknownOutcomeError
        assert (len(tls_service.acted), len(proxy.modes)) == (1, 4)

    @pytest.mark.parametrize("mode", NEVER_SENT_IN_TUNNEL)
    def test_a_tunnel_that_is_not_there_means_that_nothing_was_sent(
        self, mode: Mode, tls_service: Service, proxy: ForwardingProxy, authority: Authority
    ) -> None:
        proxy.modes = [mode]
        error = outcome(self.line(tls_service, proxy, authority), ACTING[0])
        assert error.__class__ is UnreachableError
        assert tls_service.acted == []

    @pytest.mark.parametrize("mode", NEVER_SENT_IN_TUNNEL)
    def test_then_it_is_tried_again(
        self, mode: Mode, tls_service: Service, proxy: ForwardingProxy, authority: Authority
    ) -> None:
        proxy.modes = [mode]
        assert self.line(tls_service, proxy, authority, retries=1).send(ACTING[0]) == {"done": True}
        assert tls_service.acted == ["POST /jobs/submit-job"]

    def test_the_refusal_of_a_tunnel_is_told(
        self, tls_service: Service, proxy: ForwardingProxy, authority: Authority
    ) -> None:
        proxy.modes = [Mode.REFUSE_407]
        error = outcome(self.line(tls_service, proxy, authority), ACTING[0])
        assert str(error) == (
            f"Cannot submit job wc: {tls_service.url} cannot be reached (the proxy refuses, with "
            "HTTP 407). "
            "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY."
        )

    def test_a_certificate_that_nobody_knows_means_that_nothing_was_sent(
        self, tls_service: Service, proxy: ForwardingProxy, tmp_path: pathlib.Path
    ) -> None:
        error = outcome(self.line(tls_service, proxy, Authority(tmp_path), retries=3), ACTING[0])
        assert error.__class__ is UnreachableError
        assert "its certificate cannot be verified" in str(error)
        assert len(proxy.asked) == 1


class TestWithoutAProxy:
    @pytest.mark.parametrize("request_", ACTING, ids=lambda request: request.action)
    def test_a_port_where_nobody_listens_means_that_nothing_was_sent(
        self, request_: Request, nobody: str
    ) -> None:
        assert outcome(transport(nobody), request_).__class__ is UnreachableError

    def test_a_name_that_nobody_knows_means_that_nothing_was_sent(self) -> None:
        assert outcome(transport("http://mrs.invalid"), ACTING[0]).__class__ is UnreachableError

    def test_nobody_takes_the_connection(self) -> None:
        with _full_house() as root:
            error = outcome(transport(root, timeout=0.3), ACTING[0])
        assert error.__class__ is UnreachableError
        assert "cannot be reached (no connection within 0.3 s)" in str(error)

    def test_no_tls_where_it_is_expected_means_that_nothing_was_sent(
        self, service: Service
    ) -> None:
        error = outcome(transport(service.url.replace("http:", "https:")), ACTING[0])
        assert error.__class__ is UnreachableError
        assert service.acted == []

    @pytest.mark.parametrize("request_", ACTING, ids=lambda request: request.action)
    def test_the_connection_is_closed_instead_of_an_answer(
        self, request_: Request, service: Service
    ) -> None:
        service.raw = lambda connection: None
        assert outcome(transport(service.url, retries=3), request_).__class__ is UnknownOutcomeError
        assert len(service.acted) == 1

    def test_a_connection_that_was_kept_and_is_closed_by_the_server(self, service: Service) -> None:
        session = new_session({})
        assert session.get(service.url, timeout=60).json() == {"done": True}
        service.raw = lambda connection: None
        with pytest.raises(NoAnswerError) as caught:
            session.post(service.url, json={}, timeout=60)
        assert caught.value.sent

    @pytest.mark.parametrize("requests_side_by_side", [8])
    def test_each_request_is_judged_by_itself(
        self, requests_side_by_side: int, service: Service, nobody: str
    ) -> None:
        lines = [transport(service.url), transport(nobody)] * (requests_side_by_side // 2)
        meeting = threading.Barrier(requests_side_by_side // 2, timeout=60)
        service.raw = lambda connection: _pass(meeting)
        found: dict[int, type[Exception]] = {}

        def send(place: int) -> None:
            found[place] = type(outcome(lines[place], ACTING[0]))

        threads = [threading.Thread(target=send, args=(place,)) for place in range(len(lines))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [found[place] for place in range(len(lines))] == [
            UnknownOutcomeError,
            UnreachableError,
        ] * 4


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def _drips(*parts: bytes) -> Raw:
    def raw(connection: socket.socket) -> None:
        for part in parts[:-1]:
            connection.sendall(part)
        with contextlib.suppress(OSError):  # until the client hangs up
            while True:
                connection.sendall(parts[-1])
                time.sleep(0.05)

    return raw


def _sends(head: bytes, block: bytes, times: int) -> Raw:
    def raw(connection: socket.socket) -> None:
        connection.sendall(HEAD + head + b"\r\n")
        for _time in range(times):
            connection.sendall(block)

    return raw


def _bomb(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join([packer.compress(bytes(2**20)) for _each in range(mebibytes)]) + packer.flush()


class TestBounds:
    @pytest.mark.parametrize(
        "raw",
        [
            _drips(b"H"),
            _drips(b"HTTP/1.1 100 Continue\r\n\r\n"),
            _drips(HEAD, b"X-Drip: 1\r\n"),
            _drips(HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
            _drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
            _drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
            _drips(HEAD + b"\r\n", b" "),
        ],
        ids=["status", "continue", "headers", "body", "chunks", "size of a chunk", "until the end"],
    )
    @pytest.mark.parametrize("request_", [ACTING[0], READ], ids=["acting", "reading"])
    def test_what_drips_ends_with_the_time(
        self, raw: Raw, request_: Request, service: Service
    ) -> None:
        service.raw = raw
        error = outcome(transport(service.url, timeout=0.5), request_)
        assert "no answer within 0.5 s" in str(error)
        assert error.__class__ is (UnknownOutcomeError if request_.acts else UnansweredError)

    @pytest.mark.parametrize(
        ("raw", "cause"),
        [
            (_sends(b"", bytes(2**20), 300), "the answer is larger than 16 MiB"),
            (
                _sends(b"Content-Length: 314572800\r\n", bytes(2**20), 300),
                "the answer is larger than 16 MiB",
            ),
            (
                _sends(b"Content-Encoding: gzip\r\n", _bomb(1024), 1),
                "the answer is larger than 16 MiB",
            ),
            (
                _sends(b"Content-Encoding: deflate\r\n", _bomb(1024), 1),
                "the answer is larger than 16 MiB",
            ),
            (
                _sends(b"Content-Encoding: gzip\r\n", b"no gzip", 1),
                "the answer cannot be decompressed",
            ),
            (
                _sends(b"Content-Encoding: br\r\n", b"x", 1),
                "the answer is compressed in a way that was not requested",
            ),
            (_sends(b"Content-Length: 20\r\n", b"{}", 1), "the connection was lost"),
            (
                _sends(b"Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n", 1),
                "the connection was lost",
            ),
            (
                _sends(b"Transfer-Encoding: chunked\r\n", b"x" * 2**20, 64),
                "the connection was lost",
            ),
        ],
    )
    def test_what_is_too_large_or_torn_is_not_kept(
        self, raw: Raw, cause: str, service: Service
    ) -> None:
        service.raw = raw
        tracemalloc.start()
        try:
            error = outcome(transport(service.url), ACTING[0])
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert error.__class__ is UnknownOutcomeError
        assert f"It is not known whether the service did submit job wc: {cause}." in str(error)
        assert most < 4 * LARGEST_ANSWER

    def test_a_read_that_is_too_large_is_not_tried_again(self, service: Service) -> None:
        service.raw = _sends(b"Content-Encoding: gzip\r\n", _bomb(32), 1)
        assert outcome(transport(service.url, retries=3), READ).__class__ is UnansweredError
        assert len(service.acted) == 1

    def test_only_gzip_is_asked_for(self, service: Service) -> None:
        """Servers do not agree on what "deflate" is."""
        transport(service.url).send(READ)
        assert service.packings == ["gzip"]

    @pytest.mark.parametrize(
        ("packing", "pack"),
        [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress)],
    )
    def test_a_packed_answer_is_read(
        self, packing: str, pack: t.Callable[[bytes], bytes], service: Service
    ) -> None:
        content = json.dumps({"arguments": "x" * 2**22})
        packed = pack(content.encode())
        service.raw = _sends(
            f"Content-Encoding: {packing}\r\nContent-Length: {len(packed)}\r\n".encode(), packed, 1
        )
        assert transport(service.url).send(READ) == json.loads(content)


@pytest.fixture(name="nobody")
def _nobody() -> t.Iterator[str]:
    """An address where nobody listens, and which nobody else can take."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{closed.getsockname()[1]}"


@contextlib.contextmanager
def _full_house() -> t.Iterator[str]:
    """An address where somebody listens who takes no more connections."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _each in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def _wait_for(done: t.Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def _pass(meeting: threading.Barrier) -> None:
    """Go on when all are there."""
    meeting.wait()
