# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads lists that come in pages, the pages side by side as soon as their number is known.

An answer counts as a list only where the list is in it: what makes no sense must not be taken for
"there is nothing". The rules:

* The key of the list is there and holds a list; null only beside a total of 0. Each item is an
  object with an id.
* Pages are read until as many items are found as the service counts; without a total, until a page
  is not full. An item that shows twice counts once.
* A list that is shorter than its total, or whose total fell while it was read (so that items may
  have moved to a page that had been read), is read once more. Then the items of both readings
  count; where they are still fewer than the total, that is an error.
* No more than C(MOST_ITEMS) are read, of a list without a total C(MOST_WITHOUT_TOTAL), and of any
  list not much more than twice what it said at first: a total that lies must not keep a task busy
  for ever.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    NonsenseError,
    ShortListError,
    UnansweredError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import map_in_parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, keys_of

T = t.TypeVar("T")
R = t.TypeVar("R")
Object = dict[str, t.Any]
#: Whether no more need be read, once these identities are found, of so many that there are in all.
Enough = t.Callable[[t.Collection[str], int], bool]

#: Items of one page. Some regions refuse more than 100 (for job-exes the documentation does).
PAGE_SIZE = 100
#: Ten years of a job every half hour are 175,000 executions.
MOST_ITEMS = 200_000
#: Every documented list has a total.
MOST_WITHOUT_TOTAL = 10_000
#: By so many items a list may grow while it is read, and once more by as many as it had.
GROWTH = 1000


@dataclasses.dataclass(frozen=True)
class Paging:
    """The keys of a list in the query and in the answer; they differ by call (service_v1 Q15).

    C(by_items): C(number) counts the items that are left out, not pages.
    """

    size: str
    number: str
    items: str
    total: str
    identity: str = "id"
    by_items: bool = False


CLUSTERS = Paging("pageSize", "currentPage", "clusters", "clusterTotal", "clusterId")
HOSTS = Paging("pageSize", "currentPage", "hosts", "total")
JOBS = Paging("page_size", "current_page", "job_executions", "totalRecord")
#: C(offset) is the number of a page (service_v2 V4).
JOBS_V2 = Paging("limit", "offset", "job_list", "total_record", "job_id")
NODES = Paging("limit", "offset", "nodes", "node_total", "node_name")


@dataclasses.dataclass(frozen=True)
class Listing(t.Generic[T]):
    """What is asked for, and how.

    :param ask: C(Transport.ask).
    :param of: makes the value of an item; at once, so that the answers need not be kept.
    :param enough: is asked after each page. The list is read page by page then, not side by side.
    """

    ask: t.Callable[[Request, t.Callable[[Object], _Page[T]]], _Page[T]]
    request: Request
    paging: Paging
    of: t.Callable[[Object], T]
    enough: Enough | None = None

    def page(self, number: int) -> _Page[T]:
        begin = (number - 1) * PAGE_SIZE if self.paging.by_items else number
        query = {**self.request.query, self.paging.size: PAGE_SIZE, self.paging.number: begin}
        request = self.request._replace(query=query)
        return self.ask(request, functools.partial(_page, self.paging, self.of))

    def describe(self, problem: str) -> str:
        return f"The service's answer to {self.request.action} makes no sense: {problem}."


@dataclasses.dataclass(frozen=True)
class _Page(t.Generic[T]):
    items: t.Sequence[tuple[str, T]]
    total: int | None


class _Reading(t.Generic[T]):
    """The pages of a list that were read one after the other, from the first one on."""

    def __init__(self, wanted: Listing[T]) -> None:
        self._wanted = wanted
        self._most = 0
        self._is_enough = False
        self._fell = False
        self.found: dict[str, T] = {}
        self.total: int | None = None
        self.ended = False

    @property
    def missing(self) -> int:
        """How many items the service counts and did not show."""
        return max(0, (self.total or 0) - len(self.found))

    @property
    def is_whole(self) -> bool:
        if self._is_enough:
            return True
        return not self._fell and not self.missing

    def take(self, page: _Page[T]) -> None:
        """:raises UnansweredError: the list has no end."""
        known = len(self.found)
        self.found.update(page.items)
        self._count(page)
        self.ended = len(self.found) == known or self._has_ended(page)

    def _count(self, page: _Page[T]) -> None:
        if page.total is not None:
            self._fell = self._fell or page.total < (self.total or 0)
            self.total = page.total
        if not self._most:
            self._most = self._limit()
        if len(self.found) > self._most:
            problem = f"it continues after {len(self.found)} items, and {self._at_first()}"
            raise UnansweredError(self._wanted.describe(problem))

    def _limit(self) -> int:
        """How many items the list may have, by what its first page says."""
        if self.total is None:
            return MOST_WITHOUT_TOTAL
        if self.total > MOST_ITEMS:
            problem = f"it counts {self.total} items, and at most {MOST_ITEMS} are read"
            raise UnansweredError(self._wanted.describe(problem))
        return min(MOST_ITEMS, 2 * self.total + GROWTH)

    def _at_first(self) -> str:
        key = self._wanted.paging.total
        if self.total is None:
            return f"has no {key}"
        return f"at most {self._most} were expected by its first {key}"

    def _has_ended(self, page: _Page[T]) -> bool:
        is_last = len(page.items) < PAGE_SIZE
        if self.total is None:
            return is_last
        if self._wanted.enough and self._wanted.enough(self.found, self.total):
            self._is_enough = True
            return True
        if len(self.found) > self.total:
            return is_last
        return not self.missing


def read_all(wanted: Listing[T]) -> list[T]:
    """The items of all pages, each once.

    :raises UnansweredError: they make no sense, each or together.
    """
    reading = _read(wanted)
    if reading.is_whole:
        return list(reading.found.values())
    again = _read(wanted)
    if again.is_whole:
        return list(again.found.values())
    again.found = {**reading.found, **again.found}
    if again.missing:
        problem = f"it counts {again.total} items and shows {len(again.found)}"
        raise ShortListError(wanted.describe(problem), hint="Try again later.")
    return list(again.found.values())


def _read(wanted: Listing[T]) -> _Reading[T]:
    reading = _Reading(wanted)
    reading.take(wanted.page(1))
    number = 1
    if wanted.enough is None and len(reading.found) == PAGE_SIZE:
        last = math.ceil((reading.total or 0) / PAGE_SIZE)
        for page in map_in_parallel(wanted.page, range(2, last + 1)):
            number += 1
            reading.take(page)
            if reading.ended:
                break
    while not reading.ended:
        number += 1
        reading.take(wanted.page(number))
    return reading


def _page(paging: Paging, of: t.Callable[[Object], T], answer: Object) -> _Page[T]:
    """:raises NonsenseError: it is not a page of the list."""
    raw = Raw(answer)
    if not raw.has(paging.items):
        raise NonsenseError(
            f"a list {paging.items} was expected, but the answer is {keys_of(answer)}"
        )
    total = raw.count(paging.total)
    if raw.get(paging.items) is None and total == 0:
        return _Page([], 0)
    items = raw.objects(paging.items)
    return _Page([(_identity(item, paging), of(item)) for item in items], total)


def _identity(item: Object, paging: Paging) -> str:
    identity = item.get(paging.identity)
    if not isinstance(identity, str):
        identity = Raw(item).identity(paging.identity)
    if not identity.strip():
        raise NonsenseError(f"{paging.items} has an item without {paging.identity}")
    return identity
