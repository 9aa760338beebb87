# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads lists that come in pages, the pages side by side as soon as their number is known.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._side_by_side import side_by_side
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transport import Request

T = t.TypeVar("T")
Object = dict[str, t.Any]
#: Whether no more need be read, once these identities are found, of so many that there are in all.
Enough = t.Callable[[t.Collection[str], int], bool]

#: Items of one page. Some regions refuse more than 100 (for job-exes the documentation does).
PAGE_SIZE = 100


@dataclasses.dataclass(frozen=True)
class Paging:
    """The keys of a list, which differ from call to call (quirk Q15): in the query, and in the answer."""

    size: str
    number: str
    items: str
    total: str


CLUSTERS = Paging("pageSize", "currentPage", "clusters", "clusterTotal")
HOSTS = Paging("pageSize", "currentPage", "hosts", "total")
JOBS = Paging("page_size", "current_page", "job_executions", "totalRecord")


@dataclasses.dataclass(frozen=True)
class _Page(t.Generic[T]):
    items: t.Sequence[tuple[str, T]]
    total: int | None


def read_all(
    send: t.Callable[[Request], Object],
    request: Request,
    paging: Paging,
    of: t.Callable[[Object], T],
    enough: Enough | None = None,
) -> list[T]:
    """The items of all pages, each once: a list that grows while it is read shifts items to the next page.

    :param of: makes the value of an item; at once, so that the answers need not be kept.
    :param enough: is asked after each page. The list is read page by page then, instead of side by side.
    """
    page = functools.partial(_read, send, request, paging, of)
    first = page(1)
    found: dict[str, T] = dict(first.items)

    def takes(another: _Page[T]) -> bool:
        before = len(found)
        for identity, item in another.items:
            found.setdefault(identity, item)
        return len(found) > before

    number, total = 1, first.total
    if total is not None and enough is None and len(first.items) == PAGE_SIZE:
        number = math.ceil(total / PAGE_SIZE)
        for another in side_by_side(page, range(2, number + 1)):
            total = another.total
            if not takes(another):
                break
    another = first
    while another.items and not _is_whole(found, another, total, enough):
        number += 1
        another = page(number)
        total = another.total
        if not takes(another):
            break
    return list(found.values())


def _is_whole(found: t.Collection[str], last: _Page[t.Any], total: int | None, enough: Enough | None) -> bool:
    if total is None:
        return len(last.items) < PAGE_SIZE
    return len(found) >= total or (enough is not None and enough(found, total))


def _read(
    send: t.Callable[[Request], Object],
    request: Request,
    paging: Paging,
    of: t.Callable[[Object], T],
    number: int,
) -> _Page[T]:
    query = {**request.query, paging.size: PAGE_SIZE, paging.number: number}
    answer = Raw(send(dataclasses.replace(request, query=query)))
    items = [item for item in answer.get(paging.items) or () if isinstance(item, dict)]
    return _Page([(_identity(item), of(item)) for item in items], answer.integer(paging.total))


def _identity(item: Object) -> str:
    return str(item.get("id") or item.get("clusterId") or Raw(item).text("clusterId") or repr(item))
