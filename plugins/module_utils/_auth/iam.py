# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends requests to IAM, a few times where that helps, and says what its refusals mean.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import typing as t
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import (
    clean,
    read_json,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    MrsError,
    OptionError,
    ServiceError,
    UnreachableError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.repeat import Failed, repeated
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import NoAnswerError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.session import new_session

if t.TYPE_CHECKING:
    import requests

#: Seconds before each repetition. All requests to IAM look something up or fetch a token: repeating
#: is harmless.
PAUSES = (0.5, 2.0, 5.0)
LONGEST_PAUSE = 30.0
PASSING = frozenset({429, 500, 502, 503, 504})
RIGHT_ADDRESS = "auth_url is the address of IAM, which usually ends in /v3."
HINTS = {
    403: "The credentials are known but lack the right to do this in this project.",
    404: f"Check that {RIGHT_ADDRESS}",
    429: "There are too many requests to IAM. Try again later.",
}

WHERE_IAM_IS = "Check auth.auth_url (OS_AUTH_URL), region_name (OS_REGION_NAME) and the network."


class Iam:
    """Has the one method of C(requests.Session) that keystoneauth uses, so it can stand in for one.

    :param action: what the requests are for, for error texts: "Cannot <action>: ...".
    :param advice: what to do about a refusal of the credentials (401).
    :param secrets: what must not be repeated from an answer.
    :param timeout: seconds for one request.
    """

    def __init__(
        self,
        action: str,
        *,
        advice: str,
        secrets: t.Collection[str],
        timeout: float,
        now: t.Callable[[], datetime],
        sleep: t.Callable[[float], None],
        session: requests.Session | None = None,
    ) -> None:
        self._requests = load("requests", "requests", "to talk to IAM")
        self._session: requests.Session = session or new_session()
        self._action, self._advice, self._secrets = action, advice, secrets
        self._timeout, self._now, self._sleep = timeout, now, sleep

    def request(self, method: str, url: str, **arguments: t.Any) -> requests.Response:
        """The answer, whatever its status, unless that may pass.

        :raises AuthError: it is an error in place of an answer, or a redirect to another server:
            what follows it may have secrets.
        :raises ServiceError: IAM cannot answer now.
        :raises UnreachableError: there is no answer.
        """
        arguments["timeout"] = self._timeout

        def attempt() -> requests.Response:
            try:
                response = self._session.request(method, url, **arguments)
            except (NoAnswerError, self._requests.exceptions.RequestException) as exc:
                raise Failed(self._unreachable(url, exc), passing=_may_pass(exc)) from exc
            if response.status_code in PASSING:
                pause = self._wanted_pause(response)
                raise Failed(self.refused(response), passing=True, after=pause)
            if _leads_elsewhere(response) or _is_error(response):
                raise self.refused(response)
            _make_safe(response)
            return response

        return repeated(attempt, _pause_after, self._sleep)

    def _wanted_pause(self, response: requests.Response) -> float:
        """Seconds that IAM wants us to wait, within reason."""
        if "Retry-After" not in response.headers:
            return 0.0
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.moments import (
            seconds_to_wait,
        )

        return min(LONGEST_PAUSE, seconds_to_wait(response.headers, self._now()) or 0.0)

    def refused(self, response: requests.Response) -> MrsError:
        """What an answer means that is not the one asked for."""
        status, headers = response.status_code, response.headers
        if status < 300 and not _is_error(response):
            return self.nonsense(response.url)
        if 300 <= status < 400:
            return AuthError(
                f"Cannot {self._action}: {_root(response.url)} redirects to {_target(response)}, "
                "which is not "
                "followed.",
                hint="Set auth_url to the address of IAM itself.",
            )
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import error_body

        body = error_body.read(status, headers, response.text, self._secrets)
        told = ServiceError(
            self._action,
            status=status,
            code=body.code,
            reason=body.reason,
            request_id=body.request_id,
            hint=self._hint(status, body.code, headers.get("Date")),
        )
        if status in PASSING:
            return told
        error = AuthError(told.message, hint=told.hint)
        error.tell_answer_of(told)
        return error

    def nonsense(self, url: str) -> AuthError:
        """IAM would not answer like that."""
        return AuthError(
            f"Cannot {self._action}: what {_root(url)} answers is not an answer of IAM.",
            hint=f"Check that {RIGHT_ADDRESS}",
        )

    def _hint(self, status: int, code: str | None, date: str | None) -> str | None:
        if status == 401:
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.moments import (
                wrong_clock,
            )

            return wrong_clock(date, self._now()) or self._advice
        if status == 404 and code:
            return f"Check the project and its domain, and that {RIGHT_ADDRESS}"
        if status >= 500:
            return "Try again later."
        return HINTS.get(status)

    def _unreachable(self, url: str, exc: Exception) -> MrsError:
        root = _root(url)
        if not isinstance(exc, NoAnswerError):
            return OptionError("auth_url", f"{root} is not the address of IAM.")
        text = f"Cannot {self._action}: IAM at {root} cannot be reached ({exc.cause})."
        return UnreachableError(text, hint=exc.hint or WHERE_IAM_IS)


def _pause_after(failed: Failed, number: int) -> float | None:
    if not failed.passing or number >= len(PAUSES):
        return None
    return max(PAUSES[number], failed.after or 0.0)


def _make_safe(response: requests.Response) -> None:
    """keystoneauth takes the JSON of an answer as it is."""
    if response.status_code > 300 or not response.text:
        return
    try:
        content = json.dumps(read_json(response.text)).encode()
    except ValueError:
        content = b"unreadable"
    response._content = content  # noqa: SLF001


def _may_pass(exc: Exception) -> bool:
    """Where nobody takes a connection for so long, nobody will."""
    if not isinstance(exc, NoAnswerError) or not exc.again:
        return False
    return exc.sent or not exc.late


def _is_error(response: requests.Response) -> bool:
    """It says no, although its status does not."""
    if response.status_code >= 300 or "error" not in response.text:
        return False
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import error_body

    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and error_body.is_error(answer)


def _leads_elsewhere(response: requests.Response) -> bool:
    """It is a redirect to another scheme, host or port."""
    return 300 <= response.status_code < 400 and _target(response) != _root(response.url)


def _target(response: requests.Response) -> str:
    """The root of where a redirect leads."""
    try:
        return _root(urljoin(response.url, response.headers.get("Location", "")))
    except ValueError:
        return "something that is not an address"


def _root(url: str) -> str:
    parts = urlsplit(clean(url))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else url
