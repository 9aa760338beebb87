# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes several calls side by side, a bounded number at a time, and gives their results in order.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import collections
import queue
import threading
import typing as t

T = t.TypeVar("T")
R = t.TypeVar("R")

#: How many requests are on the way at the same time. Services throttle those who ask for more.
WIDTH = 10
#: How many results are kept for a caller that has not taken them yet, for each call on the way.
AHEAD = 4


class _Call(t.Generic[T, R]):
    """One call and what came of it."""

    def __init__(self, function: t.Callable[[T], R], argument: T) -> None:
        self._function, self._argument = function, argument
        self._ended = threading.Event()
        self._value: R | None = None
        self._error: BaseException | None = None

    def make(self) -> None:
        try:
            self._value = self._function(self._argument)
        except BaseException as error:  # noqa: BLE001  raised where the result is taken
            self._error = error
        self._ended.set()

    def result(self) -> R:
        self._ended.wait()
        if self._error:
            raise self._error
        return t.cast(R, self._value)


class Memo(t.Generic[R]):
    """Makes one value for each key, however many threads ask for it.

    What that raises is raised for all of them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: dict[str, _Call[None, R]] = {}

    def get(self, key: str, make: t.Callable[[], R]) -> R:
        with self._lock:
            is_first = key not in self._calls
            call = self._calls.setdefault(key, _Call(lambda _nothing: make(), None))
        if is_first:
            call.make()
        return call.result()


def map_in_parallel(function: t.Callable[[T], R], arguments: t.Iterable[T]) -> t.Iterator[R]:
    """C(function) of each argument, in order.

    Whoever stops taking results, or gets an error, waits for nobody: calls that have not begun are
    not made, and the threads do not keep the process alive.
    """
    todo: queue.SimpleQueue[_Call[T, R] | None] = queue.SimpleQueue()
    begun: collections.deque[_Call[T, R]] = collections.deque()
    threads: list[threading.Thread] = []
    try:
        for argument in arguments:
            begun.append(_Call(function, argument))
            todo.put(begun[-1])
            if len(threads) < WIDTH:
                threads.append(threading.Thread(target=_work, args=(todo,), daemon=True))
                threads[-1].start()
            if len(begun) >= WIDTH * AHEAD:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        while not todo.empty():
            todo.get()
        for _thread in threads:
            todo.put(None)


def _work(todo: queue.SimpleQueue[_Call[T, R] | None]) -> None:
    while call := todo.get():
        call.make()
