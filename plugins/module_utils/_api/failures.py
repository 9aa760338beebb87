# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it means that a request has failed: whether it may be sent again, and what the user is told.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import is_page
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import error_codes
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import Retry
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
    ServiceError,
    UnansweredError,
    UnknownOutcomeError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import mask_named
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.moments import (
    seconds_to_wait,
    wrong_clock,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.repeat import Failed
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import error_body
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import NoAnswerError

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import Code


#: What to do where something else than the service seems to answer.
ELSEWHERE = "Check the option endpoint, and any proxy between this host and the service."
#: The statuses that say nothing about whether the service acted.
LOST_STATUSES = frozenset({408, 500, 502, 503, 504})

#: The gateway has no such route: where not every cloud serves it, this one does not.
NO_SUCH_ROUTE = frozenset({"APIGW.0101", "APIG.0101"})

NOT_EVERYWHERE = (
    "This cloud does not serve this call of API {api}. Open Telekom Cloud does not publish it."
)

PROXY_LOGIN = "The proxy that HTTP_PROXY or HTTPS_PROXY names wants a login."

CREDENTIAL_HEADERS = ("X-Auth-Token", "Authorization", "X-Security-Token")


def not_exchanged(
    request: Request, endpoint: str, timeout: float, exc: Exception
) -> OptionError | Failed:
    """What an exception of the library means: no answer, or only a part of one."""
    errors: t.Any = load("requests.exceptions", "requests", "to talk to the service")
    if isinstance(exc, NoAnswerError):
        return _no_answer(request, endpoint, exc)
    if isinstance(exc, (errors.InvalidURL, errors.MissingSchema, errors.InvalidSchema)):
        return OptionError("endpoint", f"{endpoint} is not the address of a service")
    cause = "the connection was lost"
    if isinstance(exc, errors.Timeout):
        cause = f"no answer within {timeout:g} s"
    return Failed(lost(request, cause), passing=True)


def _no_answer(request: Request, endpoint: str, no_answer: NoAnswerError) -> Failed:
    if no_answer.sent:
        return Failed(lost(request, no_answer.cause), passing=no_answer.again)
    text = f"Cannot {request.action}: {endpoint} cannot be reached ({no_answer.cause})."
    error = UnreachableError(
        text, hint=no_answer.hint or "Check the option endpoint, the region and the network."
    )
    return Failed(error, harmless=no_answer.again)


def refused(
    request: Request, response: requests.Response, secrets: t.Collection[str], now: datetime
) -> Failed:
    """What a refusal means: an answer, with any status, that does not do what was requested."""
    status = response.status_code
    if 300 <= status < 400:
        return _redirected(request, status)
    body = _said(response, secrets)
    known = error_codes.lookup(body.code, status)
    error = ServiceError(
        request.action,
        status=status,
        code=body.code,
        reason=mask_named(body.reason),  # it may repeat a job that others have given
        request_id=body.request_id,
        hint=_clock_is_wrong(response, now) or _hint(request, status, body.code, known),
    )
    after = seconds_to_wait(response.headers, now)
    if status == 429:
        return Failed(error, harmless=True, after=after)
    passing = _is_passing(status, known, after)
    if request.acts and _may_have_acted(status, known, passing):
        doubt = lost(request, f"HTTP {status}: {error.reason}", error)
        return Failed(doubt, passing=True, after=after)
    return Failed(error, passing=passing, after=after)


def _redirected(request: Request, status: int) -> Failed:
    return Failed(
        ServiceError(
            request.action,
            status=status,
            code=None,
            reason="the answer is a redirect, which is not followed",
            hint="Check the option endpoint.",
        )
    )


def _clock_is_wrong(response: requests.Response, now: datetime) -> str | None:
    """A reason to refuse a signature."""
    if response.status_code != 401 or "Authorization" not in response.request.headers:
        return None
    return wrong_clock(response.headers.get("Date"), now)


def is_unserved(status: int | None, code: str | None) -> bool:
    """Whether a refusal means that this cloud does not serve the call."""
    return status == 501 or code in NO_SUCH_ROUTE


def _hint(request: Request, status: int, code: str | None, known: Code | None) -> str | None:
    if not request.everywhere and is_unserved(status, code):
        return NOT_EVERYWHERE.format(api=request.api)
    if known:
        return f"{known.cause} {known.remedy}"
    if status == 407:
        return PROXY_LOGIN
    return None


def _is_passing(status: int, known: Code | None, after: float | None) -> bool:
    """The same request may be taken later."""
    if status == 409 or (status == 413 and after is not None):
        return True
    if known:
        return known.retry is Retry.LATER
    return status in LOST_STATUSES


def _may_have_acted(status: int, known: Code | None, passing: bool) -> bool:
    """A refusal does not say for sure that nothing was done.

    An error with HTTP 200 does where its code is known.
    """
    if status < 300:
        return known is None or known.retry is Retry.LATER
    return passing and status in LOST_STATUSES


def lost(
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


def unreadable(request: Request, response: requests.Response, secrets: t.Collection[str]) -> Failed:
    """The answer is no JSON, or not what an answer to the request has.

    A page comes from something on the way to the service, and says what that wants.
    """
    cause = f"HTTP {response.status_code} with no readable JSON object"
    if not is_page(response.text):
        return Failed(lost(request, cause), passing=True)
    page = _said(response, secrets)
    error = lost(request, f"{cause}, but a page: {page.reason}")
    error.hint = f"{ELSEWHERE} {error.hint}" if request.acts else ELSEWHERE
    return Failed(error, passing=True)


def _said(response: requests.Response, secrets: t.Collection[str]) -> error_body.ErrorBody:
    """What an answer says, without the credentials of its request."""
    headers = response.request.headers
    sent = {str(headers[key]) for key in CREDENTIAL_HEADERS if key in headers}
    return error_body.read(
        response.status_code, response.headers, response.text, sent.union(secrets)
    )


def makes_no_sense(request: Request, problem: str) -> Failed:
    """The answer is not one to this request."""
    if request.acts:
        return Failed(lost(request, f"its answer makes no sense: {problem}"), passing=True)
    error = UnansweredError(
        f"The service's answer to {request.action} makes no sense: {problem}.",
        hint=ELSEWHERE,
    )
    return Failed(error, passing=True)


def is_expired(error: MrsError) -> bool:
    """Whether the token is not accepted any more.

    12000136 is a 401 that says something else.
    """
    known = error_codes.lookup(error.code, error.status)
    return known.retry is Retry.AUTH if known else error.status == 401
