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
import dataclasses
import json
import math
import threading
import typing as t
from urllib.parse import quote

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import (
    read_json,
    seconds_to_wait,
    wrong_clock,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    NonsenseError,
    OptionError,
    OvertakenError,
    ServiceError,
    UnansweredError,
    UnknownOutcomeError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import mask_named
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import NoAnswerError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import (
    MOST_CONNECTIONS,
    new_session,
)

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import Access
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import Code

T = t.TypeVar("T")
Object = dict[str, t.Any]

#: Seconds within which one request is repeated, pauses included.
RETRY_BUDGET = 180.0
LONGEST_PAUSE = 30.0
#: The statuses that say nothing about whether the service acted.
LOST_STATUSES = frozenset({408, 500, 502, 503, 504})
#: An answer that has one of these may be an error, whatever its status.
ERROR_KEYS = frozenset(
    {"error_code", "errorCode", "errCode", "error_msg", "errorMsg", "error", "code"}
)
#: The gateway has no such route: where not every cloud serves it, this one does not.
NO_SUCH_ROUTE = frozenset({"APIGW.0101", "APIG.0101"})
NOT_EVERYWHERE = (
    "This cloud does not serve this call of API {api}. Open Telekom Cloud does not publish it."
)
PROXY_LOGIN = "The proxy that HTTP_PROXY or HTTPS_PROXY names wants a login."
CREDENTIAL_HEADERS = ("X-Auth-Token", "Authorization", "X-Security-Token")


@dataclasses.dataclass(frozen=True)
class Request:
    """One request.

    :param action: what it does, for error texts: "Cannot <action>: ...".
    :param path: below C(/{api}/{project_id}), already percent-encoded.
    :param repeatable: sending it twice does the same as sending it once.
    :param answers: the answer has a JSON object; else there is nothing to read in it.
    :param listed_as: the key under which an answer is read that is a list and no object, if that
        may be.
    :param everywhere: every cloud serves it. Open Telekom Cloud publishes nine operations of API v2
        (service_v2 1).
    :param of: what stands in the path in the place of the project.
    :param still_due: looks whether it is still to be done, before it is sent once more.
    """

    action: str
    method: str
    path: str
    query: t.Mapping[str, str | int] = dataclasses.field(default_factory=dict)
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


class _Failed(Exception):
    """One attempt failed.

    C(harmless): the service has not acted, so it may be repeated whatever it is.
    """

    def __init__(
        self,
        error: MrsError,
        *,
        harmless: bool = False,
        passing: bool = False,
        after: float | None = None,
    ) -> None:
        super().__init__(str(error))
        self.error, self.harmless, self.passing, self.after = error, harmless, passing, after


class _Room:
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
        except _Failed as failed:
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
        self._lock, self._renewals, self._quiet_until = threading.Lock(), 0, -math.inf
        self._room = _Room(width)
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
                raise _lost(request, error.message, error) from error
            raise

    def _repeated(self, request: Request, read: t.Callable[[Object], T], lost: list[MrsError]) -> T:
        """Send until there is an answer, as often as that is allowed.

        Attempts that may have acted go into C(lost).
        """
        deadline = self._clock.monotonic() + RETRY_BUDGET
        renewed = False
        attempt = 0
        while True:
            renewals = self._renewals
            try:
                with self._room.one():
                    self._keep_quiet()
                    return self._attempt(request, read)
            except _Failed as failed:
                if isinstance(failed.error, UnknownOutcomeError) and request.acts:
                    lost.append(failed.error)
                if not renewed and _is_expired(failed.error) and self._renewed_since(renewals):
                    renewed = True
                    continue
                pause = self._pause(request, failed, attempt, deadline)
                if pause is None:
                    raise failed.error from failed.__cause__
                self._check_pause(pause, failed.error)
                if failed.error.status == 429:
                    self._quiet_until = self._clock.monotonic() + pause
            self._clock.sleep(pause)
            _check_due(request)
            attempt += 1

    def _keep_quiet(self) -> None:
        """A service that wants fewer requests (429) means all that are on the way side by side."""
        left = self._quiet_until - self._clock.monotonic()
        if left > 0.001:  # not what rounding leaves after one's own pause
            self._clock.sleep(left)

    def _renewed_since(self, renewals: int) -> bool:
        """Get a new token, once for all requests that were on the way with the old one."""
        with self._lock:
            if self._renewals == renewals:
                if not self._access.renew():
                    return False
                self._renewals += 1
            return True

    def _pause(
        self, request: Request, failed: _Failed, attempt: int, deadline: float
    ) -> float | None:
        """Seconds until the next attempt; None when there shall be none."""
        allowed = failed.harmless or (failed.passing and request.repeatable)
        if not allowed or attempt >= self._retries:
            return None
        grown = min(LONGEST_PAUSE, 0.5 * 2.0**attempt) * (0.5 + self._clock.jitter() / 2)
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
        if status >= 400:
            raise self._refused(request, response)
        if status >= 300:
            raise _Failed(
                ServiceError(
                    request.action,
                    status=status,
                    code=None,
                    reason="the answer is a redirect, which is not followed",
                    hint="Check the option endpoint.",
                )
            )
        answer = _json_object(text, request.listed_as)
        if answer and not ERROR_KEYS.isdisjoint(answer):
            self._check_no_error(request, response, answer)
        if not request.answers:
            answer = {}
        if answer is None:
            raise _Failed(
                _lost(request, f"HTTP {status} with no readable JSON object"), passing=True
            )
        try:
            return read(answer)
        except NonsenseError as error:
            raise _Failed(_makes_no_sense(request, error.message), passing=True) from error

    def _check_no_error(
        self, request: Request, response: requests.Response, answer: Object
    ) -> None:
        """A gateway may send an error with HTTP 200, in place of the answer."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import error_body

        if error_body.is_error(answer):
            raise self._refused(request, response)

    def _exchange(self, request: Request) -> requests.Response:
        """One request over the network, or why there was none."""
        body: bytes | None = None
        if request.body is not None:
            body = json.dumps(request.body, separators=(",", ":")).encode()
        errors = self._requests.exceptions
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
        except NoAnswerError as exc:
            raise self._not_exchanged(request, exc) from exc
        except (errors.InvalidURL, errors.MissingSchema, errors.InvalidSchema) as exc:
            raise OptionError(
                "endpoint", f"{self._access.endpoint} is not the address of a service"
            ) from exc
        except errors.Timeout as exc:
            raise _Failed(
                _lost(request, f"no answer within {self._timeout:g} s"), passing=True
            ) from exc
        except errors.RequestException as exc:
            raise _Failed(_lost(request, "the connection was lost"), passing=True) from exc

    def _not_exchanged(self, request: Request, no_answer: NoAnswerError) -> _Failed:
        if no_answer.sent:
            return _Failed(_lost(request, no_answer.cause), passing=no_answer.again)
        text = (
            f"Cannot {request.action}: {self._access.endpoint} cannot be reached "
            f"({no_answer.cause})."
        )
        error = UnreachableError(
            text, hint=no_answer.hint or "Check the option endpoint, the region and the network."
        )
        return _Failed(error, harmless=no_answer.again)

    def _refused(self, request: Request, response: requests.Response) -> _Failed:
        """What an answer of 400 and above means."""
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import error_codes
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import error_body

        status = response.status_code
        headers = response.request.headers
        sent = {str(headers[key]) for key in CREDENTIAL_HEADERS if key in headers}
        body = error_body.read(status, response.headers, response.text, sent.union(self._secrets))
        known = error_codes.lookup(body.code, status)
        error = ServiceError(
            request.action,
            status=status,
            code=body.code,
            reason=mask_named(body.reason),  # it may repeat a job that others have given
            request_id=body.request_id,
            hint=self._clock_is_wrong(response) or _hint(request, status, body.code, known),
        )
        after = seconds_to_wait(response.headers.get("Retry-After"), self._clock.now())
        if status == 429:
            return _Failed(error, harmless=True, after=after)
        passing = _is_passing(status, known, after)
        if request.acts and _may_have_acted(status, known, passing):
            lost = _lost(request, f"HTTP {status}: {error.reason}", error)
            return _Failed(lost, passing=True, after=after)
        return _Failed(error, passing=passing, after=after)

    def _clock_is_wrong(self, response: requests.Response) -> str | None:
        """A reason to refuse a signature."""
        if response.status_code != 401 or "Authorization" not in response.request.headers:
            return None
        return wrong_clock(response.headers.get("Date"), self._clock.now())


def is_unserved(status: int | None, code: str | None) -> bool:
    """A refusal of a call that not every cloud serves means that this one does not."""
    return status == 501 or code in NO_SUCH_ROUTE


def _hint(request: Request, status: int, code: str | None, known: Code | None) -> str | None:
    if not request.everywhere and is_unserved(status, code):
        return NOT_EVERYWHERE.format(api=request.api)
    if known:
        return f"{known.cause} {known.remedy}"
    if status == 407:
        return PROXY_LOGIN
    return None


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


def _is_passing(status: int, known: Code | None, after: float | None) -> bool:
    """The same request may be taken later."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import Retry

    if status == 409 or (status == 413 and after is not None):
        return True
    if known:
        return known.retry is Retry.LATER
    return status in LOST_STATUSES


def _may_have_acted(status: int, known: Code | None, passing: bool) -> bool:
    """A refusal does not say for sure that nothing was done.

    An error with HTTP 200 does where its code is known.
    """
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import Retry

    if status < 300:
        return known is None or known.retry is Retry.LATER
    return passing and status in LOST_STATUSES


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


def _lost(
    request: Request, cause: str, seen: MrsError | None = None
) -> UnansweredError | UnknownOutcomeError:
    """The answer is lost: nobody knows what the request did, if it did anything."""
    if not request.acts:
        return UnansweredError(
            f"Cannot {request.action}: {cause.rstrip('. ')}.", hint="Try again later."
        )
    hint = "Run the task again: it first checks what is there."
    if not request.repeatable:
        hint = f"Nothing was repeated. {hint}"
    if seen and seen.hint:
        hint = f"{seen.hint} {hint}"
    error = UnknownOutcomeError(
        f"It is not known whether the service did {request.action}: {cause.rstrip('. ')}.",
        hint=hint,
    )
    if seen:
        error.tell_answer_of(seen)
    return error


def _makes_no_sense(request: Request, problem: str) -> MrsError:
    """The answer is not one to this request."""
    if request.acts:
        return _lost(request, f"its answer makes no sense: {problem}")
    return UnansweredError(
        f"The service's answer to {request.action} makes no sense: {problem}.",
        hint="Check the option endpoint, and any proxy between this host and the service.",
    )


def _is_expired(error: MrsError) -> bool:
    """Whether the token is not accepted any more.

    12000136 is a 401 that says something else.
    """
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import error_codes

    known = error_codes.lookup(error.code, error.status)
    return known.retry is error_codes.Retry.AUTH if known else error.status == 401
