# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the calls of both APIs share: lists, missing objects, refusals with HTTP 200.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t
from urllib.parse import quote

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import (
    Request,
    Transport,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    NonsenseError,
    ServiceError,
    ShortListError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import (
    Raw,
    described,
    keys_of,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import Enough, Paging

T = t.TypeVar("T")
Object = dict[str, t.Any]
StillDue = t.Callable[[], bool]
#: Filters of lists that the collection applies once more by itself, so that it can do without them.
FILTERS = frozenset({"clusterState", "tags", "job_name"})


#: What an answer with C(result) says where it says yes (service_v2 V10).
ACCEPTED = ("succeeded", "success")


class Calls:
    """Sends requests and reads their answers. Every method raises what C(Transport.send) raises."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.ask, self.send = transport.ask, transport.send

    def ask_once(self, request: Request, read: t.Callable[[Object], T]) -> T:
        """As C(ask), for what is the same for all who look at the same moment."""
        return self.ask(request, read)

    @property
    def scope(self) -> str:
        """The service and the project, as one text."""
        return self._transport.scope

    def list_all(
        self,
        request: Request,
        paging: Paging,
        of: t.Callable[[Object], T],
        enough: Enough | None = None,
    ) -> list[T]:
        """All items of a list.

        Whether the total of a list is that of its filter is not documented. Where it cannot be
        reached, the whole list is read: who asks applies the filter, too.
        """
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import (
            Listing,
            read_all,
        )

        wanted = Listing(self.ask, request, paging, of, enough)
        try:
            return read_all(wanted)
        except ShortListError:
            query = {key: value for key, value in request.query.items() if key not in FILTERS}
            if query == request.query:
                raise
            return read_all(dataclasses.replace(wanted, request=request._replace(query=query)))

    def read(self, request: Request, read: t.Callable[[Object], T]) -> T | None:
        """What C(read) makes of the answer.

        None where this very object does not exist (service_v1 Q3).
        """
        try:
            return self.ask(request, read)
        except ServiceError as error:
            if _is_gone(error):
                return None
            raise

    def delete(self, request: Request) -> bool:
        """Delete an object; False when it was gone already."""
        try:
            self.send(request)
        except ServiceError as error:
            if _is_gone(error):
                return False
            raise
        return True

    def succeed(self, request: Request) -> None:
        """Send a request whose answer tells in C(result) if it was accepted (service_v1 Q39)."""

        def read(answer: Object) -> None:
            refusal = refusal_in(answer)
            if refusal is not None:
                raise refused(request.action, refusal)

        self.ask(request, read)


def part(text: str) -> str:
    """C(text) as one part of a path.

    :raises MrsError: it cannot be one, however it is quoted: it would lead to another place.
    """
    if text in ("", ".", ".."):
        raise MrsError(f"{text!r} cannot stand in the path of a request.")
    return quote(text, safe="-_.~")


def _is_gone(error: ServiceError) -> bool:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.error_body import is_gone

    return is_gone(error.status, error.code)


# What answers say. An answer that is not one to its request raises NonsenseError.


class _Identified(t.Protocol):
    @property
    def id(self) -> str: ...


IdentifiedT = t.TypeVar("IdentifiedT", bound=_Identified)


def about(identity: str, found: IdentifiedT, answer: Object) -> IdentifiedT:
    """What was read of an answer, if it is about the object that was asked for."""
    if not found.id:
        raise NonsenseError(
            f"an object with an id was expected, but the answer is {keys_of(answer)}"
        )
    if found.id.casefold() != identity.casefold():
        raise NonsenseError(f"it is about {found.id[:64]}")
    return found


def refusal_in(answer: Object) -> str | None:
    """Why the service refuses in an answer with HTTP 200 (service_v1 Q39); None if it accepts."""
    raw = Raw(answer)
    result = raw.get("result")
    if result is True or result in ACCEPTED:
        return None
    if result is False:
        return raw.text("msg") or "the service gave no reason"
    if isinstance(result, str):
        return raw.text("msg") or result
    raise NonsenseError(f"result is {described(result)}, not succeeded")


def refused(action: str, reason: str) -> ServiceError:
    """HTTP 200 that says no. The reason may be a code alone."""
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import error_codes

    known = error_codes.lookup(reason)
    code = reason if known else None
    return ServiceError(
        action, status=200, code=code, reason=reason, hint=str(known) if known else None
    )
