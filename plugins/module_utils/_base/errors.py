# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The errors of this collection: one root, and a class for each thing a caller tells apart.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import typing as t


class MrsError(Exception):
    """Root of all errors of the collection.

    :param message: what was tried, on which resource, what came back.
    :param hint: what to do next.
    :param facts: further keys for the result of the failed task, such as C(cluster) or C(stages).
    """

    status: int | None = None
    code: str | None = None
    request_id: str | None = None
    reason: str | None = None

    def __init__(
        self, message: str, *, hint: str | None = None, facts: t.Mapping[str, t.Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facts: dict[str, t.Any] = dict(facts or {})

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message

    def tell_answer_of(self, other: MrsError) -> None:
        """Tell what the service answered as C(other) tells it."""
        self.status, self.code, self.reason = other.status, other.code, other.reason
        self.request_id = other.request_id

    def failure(self) -> dict[str, t.Any]:
        """The result of a task that failed with this error: C(msg), C(error) and the facts."""
        error = {
            "status": self.status,
            "code": self.code,
            "request_id": self.request_id,
            "reason": self.reason or self.message,
        }
        return {**self.facts, "msg": str(self), "error": error}


class OptionError(MrsError):
    """An option has a value that cannot work. Raised before any request is sent."""

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(f"{option}: {problem}")
        self.option = option


class DependencyError(MrsError):
    """A Python library that the chosen way needs is not installed."""

    def __init__(self, library: str, needed_for: str, cause: str) -> None:
        super().__init__(
            f"The Python library {library} is needed {needed_for} and cannot be imported: {cause}.",
            hint=f"Install it for the Python that runs the task: pip install {library}.",
        )
        self.library = library


class AuthError(MrsError):
    """No usable credentials, or the service does not accept them."""


class UnreachableError(MrsError):
    """The request never reached the service, so nothing was done."""


class UnansweredError(MrsError):
    """A read was sent and its answer was lost or makes no sense."""


class ShortListError(UnansweredError):
    """A list has fewer items than it says."""


class NonsenseError(MrsError):
    """An answer, or a part of it, is not what the API documents.

    Who has asked adds what was asked.
    """


class UnknownOutcomeError(MrsError):
    """The request was sent, and no clear answer came: the service may or may not have acted."""

    def after_looking(self, seconds: float) -> UnknownOutcomeError:
        """The same, after a search for the effect of the request that found nothing."""
        looked = (
            f"No effect was seen within {seconds:g} s. The request may still be on its way, so "
            "wait for the same time again."
        )
        error = UnknownOutcomeError(
            self.message, hint=" ".join(filter(None, (looked, self.hint))), facts=self.facts
        )
        error.tell_answer_of(self)
        error.__cause__ = self.__cause__
        return error


class MissingClusterError(MrsError):
    """There is no cluster of this name.

    In check mode an earlier task may be the one that creates it.
    """


class OvertakenError(MrsError):
    """A request was not sent again, because what it was to do looks different by now.

    Look and plan again.
    """


@contextlib.contextmanager
def while_looking(doubt: MrsError) -> t.Iterator[None]:
    """While one looks what became of a request.

    Where that fails, the error tells why it was looked for.
    """
    try:
        yield
    except MrsError as error:
        raise doubt from error


class ServiceError(MrsError):
    """The service answered, and refused.

    :param action: what was tried, such as C(resize cluster etl (4f0c...)).
    :param reason: the service's own words.
    """

    def __init__(
        self,
        action: str,
        *,
        status: int,
        code: str | None,
        reason: str,
        request_id: str | None = None,
        hint: str | None = None,
    ) -> None:
        known = [f"HTTP {status}"]
        if code and code != str(status):
            known.append(f"code {code}")
        if request_id:
            known.append(f"request {request_id}")
        super().__init__(f"Cannot {action}: {reason.rstrip('. ')} ({', '.join(known)}).", hint=hint)
        self.status, self.code, self.reason, self.request_id = status, code, reason, request_id


class DifferenceError(MrsError):
    """What is there differs from what is wanted in fields that cannot be changed in place."""


class WaitError(MrsError):
    """What is waited for can no longer happen."""


class WaitTimeoutError(MrsError):
    """What is waited for did not come in time.

    Nothing is undone: the next run goes on from here.
    """


class JobError(MrsError):
    """A job ended, and not well."""


@contextlib.contextmanager
def waiting_after(refused: MrsError | None) -> t.Iterator[None]:
    """While one waits until the service does not refuse any more.

    Where that is in vain, the error tells the reason of the refusal.
    """
    try:
        yield
    except WaitTimeoutError as error:
        if refused:
            said = "The service refuses: " if isinstance(refused, ServiceError) else ""
            error.message = f"{error.message} {said}{refused.message}"
            error.hint = " ".join(filter(None, (refused.hint, error.hint)))
            error.tell_answer_of(refused)
        raise
