# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tasks have in common that keep one small thing.

They change it, and look again where somebody else was faster.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OvertakenError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Change, Plan

Current = t.TypeVar("Current")


class Keeper(t.Protocol[Current]):
    """A task that keeps one thing."""

    def read(self, context: Context) -> Current: ...

    def plan(self, current: Current) -> Plan: ...

    def make(self, context: Context, current: Current, change: Change) -> None:
        """Make one change, and show what is there then.

        :raises OvertakenError: somebody else was faster.
        """


def keep(
    task: Keeper[Current], context: Context, current: Current, plan: Plan, subject: str
) -> None:
    """Make the changes of the plan; where somebody else was faster, look and plan again.

    :param subject: what is kept, for the error.
    :raises MrsError: somebody else changes it again and again.
    """
    problem = f"Somebody else keeps changing {subject} while this task changes it."
    for _round in context.rounds(problem):
        context.planned(plan)
        try:
            for change in plan.changes:
                task.make(context, current, change)
        except OvertakenError:
            current = task.read(context)
            plan = task.plan(current)
        else:
            return
