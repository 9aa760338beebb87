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
#: What the diff shows.
View = t.Mapping[str, t.Any]


class Shown(t.Protocol):
    """What a result tells of."""

    def result(self) -> dict[str, t.Any]: ...


def result_of(thing: Shown | None) -> dict[str, t.Any] | None:
    """The documented form; null where there is none."""
    return thing.result() if thing else None


class Change(t.Protocol):
    """One thing to do."""

    @property
    def action(self) -> Action:
        """How the result tells it."""

    def effect(self, view: View) -> View:
        """What is there afterwards, where C(view) was there before. It differs from C(view)."""


class Plan(t.NamedTuple):
    """Changes, in their order, and what was there before the first of them. Pure data.

    C(warnings): what the user should know of them, in check mode as well.
    """

    changes: tuple[Change, ...] = ()
    before: View = types.MappingProxyType({})
    warnings: tuple[str, ...] = ()

    @property
    def after(self) -> View:
        view = self.before
        for change in self.changes:
            view = change.effect(view)
        return view

    @property
    def actions(self) -> list[Action]:
        return [change.action for change in self.changes]

    def result(self) -> dict[str, t.Any]:
        """The parts of a result that tell of changes. They come from one place, so they agree."""
        diff = {"before": dict(self.before), "after": dict(self.after)}
        return {"changed": bool(self.changes), "actions": self.actions, "diff": diff}
