# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task is given, and what it plans to do. Contracts only: nothing here does anything.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import types
import typing as t

Params = t.Mapping[str, t.Any]
Action = dict[str, t.Any]


class Change(t.Protocol):
    """One thing to do. C(action) tells it in the result."""

    @property
    def action(self) -> Action: ...


class Plan(t.NamedTuple):
    """What is to do, and the state before and after it as the diff shows them. Pure data."""

    changes: tuple[Change, ...] = ()
    before: t.Mapping[str, t.Any] = types.MappingProxyType({})
    after: t.Mapping[str, t.Any] = types.MappingProxyType({})

    @property
    def actions(self) -> list[Action]:
        return [change.action for change in self.changes]
