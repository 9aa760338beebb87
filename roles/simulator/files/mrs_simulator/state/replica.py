# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A copy for reading that is some seconds behind, as behind a database that replicates late."""

from __future__ import annotations

import copy

from mrs_simulator.state.resources import Store


class Replica:
    """The store as it was after each change, for as long as somebody may still ask for it.

    Between two changes a cluster and a job are functions of the clock, so that no more is needed.
    """

    def __init__(self) -> None:
        self._history: list[tuple[float, Store]] = []

    @property
    def is_empty(self) -> bool:
        return not self._history

    def note(self, store: Store, now: float, seconds: float) -> None:
        """Remember the store as it is at C(now). Nobody asks for more than C(seconds) back."""
        kept = Store(
            clusters=copy.deepcopy(store.clusters),
            jobs=copy.deepcopy(store.jobs),
            connections=copy.deepcopy(store.connections),
        )
        self._history.append((now, kept))
        while len(self._history) > 1 and self._history[1][0] <= now - seconds:
            del self._history[0]

    def at(self, moment: float) -> Store:
        """A copy of the store after the last change that had happened by then."""
        found = self._history[0][1]
        for when, store in self._history:
            if when <= moment:
                found = store
        return copy.deepcopy(found)
