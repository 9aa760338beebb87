# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends one request and says truthfully what came of it; the one place where requests are repeated.

A request is repeated when that cannot do a thing twice: because it never reached the service,
because the service refused it before looking at it (429, a token that ran out), or because the
caller says that repeating is harmless. Time passes before it is repeated, so the caller may have a
look first. Any other lost answer is an C(UnknownOutcomeError): the caller looks what became of it.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import json
import math
import threading
import types
import typing as t
from urllib.parse import quote

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import read_json
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    NonsenseError,
    OvertakenError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.repeat import Failed, repeated
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import NoAnswerError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import (
    MOST_CONNECTIONS,
    new_session,
)

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import Access

T = t.TypeVar("T")
Object = dict[str, t.Any]

#: Seconds within which one request is repeated, pauses included.
RETRY_BUDGET = 180.0
LONGEST_PAUSE = 30.0
#: An answer that has one of these may be an error, whatever its status.
ERROR_KEYS = frozenset(
    {"error_code", "errorCode", "errCode", "error_msg", "errorMsg", "error", "code"}
)


class Request(t.NamedTuple):
    """One request.

    :param action: what it does, for error texts: "Cannot <action>: ...".
    :param path: below C(/{api}/{project_id}), already percent-encoded.
    :param repeatable: sending it twice does the same as sending it once.
    :param answers: the answer has a JSON object; else there is nothing to read in it.
    :param listed_as: the answer may be a list in place of an object; it is then read as an object
        with the list under this key.
    :param everywhere: every cloud serves it. Open Telekom Cloud publishes nine operations of API v2
        (service_v2 1).
    :param of: what stands in the path in the place of the project.
    :param still_due: looks whether it is still to be done, before it is sent once more.
    """

    action: str
    method: str
    path: str
    query: t.Mapping[str, str | int] = types.MappingProxyType({})
    body: t.Mapping[str, t.Any] | None = None
    repeatable: bool = False
    answers: bool = True
    api: str = "v1.1"
    listed_as: str | None = None
    everywhere: bool = True
    of: str | None = None
    still_due: t.Callable[[], bool] | None = None

    @property
    def acts(self) -> bool:
        """It changes something.

        Not every GET is a read (service_v1 Q23), but every read can be repeated.
        """
        return self.method != "GET" or not self.repeatable


class _Limiter:
    """Limits how many requests are under way.

    This is C(size), and half as many each time the service wants fewer.
    """

    def __init__(self, size: int) -> None:
        self._changed = threading.Condition()
        self._inside, self._size, self._refusals = 0, size, 0

    @contextlib.contextmanager
    def one(self) -> t.Iterator[None]:
        """Room for one request, as soon as there is some."""
        with self._changed:
            self._changed.wait_for(lambda: self._inside < self._size)
            self._inside += 1
            refusals = self._refusals
        try:
            yield
        except Failed as failed:
            if failed.error.status == 429:
                self._narrow(refusals)
            raise
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify()

    def _narrow(self, refusals: int) -> None:
        """Those that were under way together and are refused together count once."""
        with self._changed:
            if self._refusals == refusals:
                self._refusals += 1
                self._size = max(1, min(self._size, self._inside) // 2)


class Transport:
    """:param timeout: seconds for one request; :param retries: most repeats of a request.

    :param width: how many requests may be under way at the same time.
    :param secrets: what must not be repeated from an answer.
    :param check_pause: told of each pause and its cause; raises where there is no time for it.
    """

    def __init__(
        self,
        access: Access,
        clock: Clock,
        *,
        timeout: float,
        retries: int,
        session: requests.Session | None = None,
        width: int = MOST_CONNECTIONS,
        secrets: t.Collection[str] = (),
        check_pause: t.Callable[[float, MrsError], None] = lambda seconds, error: None,
    ) -> None:
        self._requests = load("requests", "requests", "to talk to the service")
        self._access, self._clock, self._timeout, self._retries = access, clock, timeout, retries
        self._session: requests.Session = session or new_session()
        self._lock, self._renewals, self._paused_until = threading.Lock(), 0, -math.inf
        self._limiter = _Limiter(width)
        self._secrets = secrets
        self._check_pause = check_pause

    @property
    def scope(self) -> str:
        """The service and the project, as one text."""
        return self._root("v1.1")

    def _root(self, api: str, of: str | None = None) -> str:
        return f"{self._access.endpoint}/{api}/{of or self._access.project_id}"

    def monotonic(self) -> float:
        """Seconds on the clock of this host that never goes back."""
        return self._clock.monotonic()

    def user_name(self) -> str | None:
        return self._access.user_name()

    def send(self, request: Request) -> Object:
        """The answer's JSON object; empty where the request has none. Raises what C(ask) raises."""
        return self.ask(request, lambda answer: answer)

    def ask(self, request: Request, read: t.Callable[[Object], T]) -> T:
        """What C(read) makes of the answer's JSON object.

        :param read: raises C(NonsenseError) for an answer that is not the one to this request: it
            counts as lost.
        :raises ServiceError: the service refused.
        :raises UnreachableError: it was never asked.
        :raises UnansweredError: it does not act, and its answer was lost or makes no sense.
        :raises UnknownOutcomeError: it may have acted; its answer was lost or makes no sense.
        :raises OvertakenError: the service did not act, and by now it should not.
        """
        lost: list[MrsError] = []
        try:
            return self._repeated(request, read, lost)
        except MrsError as error:
            # What an earlier attempt did is not known, so a later refusal does not mean that
            # nothing was done.
            if lost and not isinstance(error, UnknownOutcomeError):
                from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import failures

                raise failures.lost(request, error.message, error) from error
            raise

    def _repeated(self, request: Request, read: t.Callable[[Object], T], lost: list[MrsError]) -> T:
        """Send until there is an answer, as often as that is allowed.

        Attempts that may have acted go into C(lost).
        """
        deadline = self._clock.monotonic() + RETRY_BUDGET
        renewed = False

        def attempt() -> T:
            nonlocal renewed
            renewals = self._renewals
            try:
                return self._in_turn(request, read)
            except Failed as failed:
                if renewed or not self._has_new_token(failed, renewals):
                    raise
                renewed = True
            return self._in_turn(request, read)

        def pause_after(failed: Failed, number: int) -> float | None:
            if isinstance(failed.error, UnknownOutcomeError) and request.acts:
                lost.append(failed.error)
            pause = self._pause(request, failed, number, deadline)
            if pause is not None:
                self._check_pause(pause, failed.error)
                if failed.error.status == 429:
                    self._paused_until = self._clock.monotonic() + pause
            return pause

        def sleep(pause: float) -> None:
            self._clock.sleep(pause)
            _check_due(request)

        return repeated(attempt, pause_after, sleep)

    def _in_turn(self, request: Request, read: t.Callable[[Object], T]) -> T:
        """One attempt, as soon as there is room for it."""
        with self._limiter.one():
            self._wait_for_service()
            return self._attempt(request, read)

    def _wait_for_service(self) -> None:
        """A service that wants fewer requests (429) means all that are on the way side by side."""
        left = self._paused_until - self._clock.monotonic()
        if left > 0.001:  # not what rounding leaves after one's own pause
            self._clock.sleep(left)

    def _has_new_token(self, failed: Failed, renewals: int) -> bool:
        """The token had expired, and there is another one now."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import failures

        return failures.is_expired(failed.error) and self._renewed_since(renewals)

    def _renewed_since(self, renewals: int) -> bool:
        """Get a new token, once for all requests that were on the way with the old one."""
        with self._lock:
            if self._renewals == renewals:
                if not self._access.renew():
                    return False
                self._renewals += 1
            return True

    def _pause(
        self, request: Request, failed: Failed, number: int, deadline: float
    ) -> float | None:
        """Seconds until the next attempt; None when there shall be none."""
        allowed = failed.harmless or (failed.passing and request.repeatable)
        if not allowed or number >= self._retries:
            return None
        grown = min(LONGEST_PAUSE, 0.5 * 2.0**number) * (0.5 + self._clock.jitter() / 2)
        pause = max(failed.after or 0.0, grown)
        if self._clock.monotonic() + pause > deadline:
            return None
        return pause

    def _attempt(self, request: Request, read: t.Callable[[Object], T]) -> T:
        if not request.repeatable:
            # A connection kept alive may be closed by the other side at any moment. For a request
            # that must not be repeated, a new one spares us the question whether it was still read.
            self._session.close()
        response = self._exchange(request)
        status, text = response.status_code, response.text
        if status >= 300:
            raise self._refused(request, response)
        answer = _json_object(text, request.listed_as)
        if answer and not ERROR_KEYS.isdisjoint(answer):
            self._check_no_error(request, response, answer)
        if not request.answers and not is_page(text):
            answer = {}
        if answer is None:
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import failures

            raise failures.unreadable(request, response, self._secrets)
        try:
            return read(answer)
        except NonsenseError as error:
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import failures

            raise failures.makes_no_sense(request, error.message) from error

    def _check_no_error(
        self, request: Request, response: requests.Response, answer: Object
    ) -> None:
        """A gateway may send an error with HTTP 200, in place of the answer."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import error_body

        if error_body.is_error(answer):
            raise self._refused(request, response)

    def _refused(self, request: Request, response: requests.Response) -> Failed:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import failures

        return failures.refused(request, response, self._secrets, self._clock.now())

    def _exchange(self, request: Request) -> requests.Response:
        """One request over the network, or why there was none."""
        body: bytes | None = None
        if request.body is not None:
            body = json.dumps(request.body, separators=(",", ":")).encode()
        try:
            return self._session.request(
                request.method,
                self._root(request.api, request.of) + request.path + encoded_query(request.query),
                data=body,
                headers={
                    "Content-Type": "application/json",
                    "Accept": "application/json",
                    "X-Language": "en-us",
                },
                auth=self._access.auth,
                timeout=self._timeout,
                verify=self._access.verify,
                allow_redirects=False,
            )
        except (NoAnswerError, self._requests.RequestException) as exc:
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import failures

            raise failures.not_exchanged(
                request, self._access.endpoint, self._timeout, exc
            ) from exc


def is_page(text: str) -> bool:
    """An answer is HTML, which the service never sends."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def _json_object(text: str, listed_as: str | None) -> Object | None:
    """None for anything else, and for what is no JSON."""
    try:
        answer = read_json(text)
    except ValueError:
        return None
    if isinstance(answer, list) and listed_as:
        return {listed_as: answer}
    if isinstance(answer, dict):
        return answer
    return None


def encoded_query(query: t.Mapping[str, str | int]) -> str:
    """The query as it is signed and sent: sorted, every reserved character percent-encoded."""
    pairs = [
        f"{quote(key, safe='-_.~')}={quote(str(value), safe='-_.~')}"
        for key, value in sorted(query.items())
    ]
    if not pairs:
        return ""
    return "?" + "&".join(pairs)


def _check_due(request: Request) -> None:
    """:raises OvertakenError: by now there is no need to ask again."""
    if request.still_due and not request.still_due():
        raise OvertakenError(f"There was no need to {request.action} any more.")
