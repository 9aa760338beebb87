# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tasks have in common that only read: nothing is planned, nothing is done.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params, Plan


class Query:
    """A task that has C(read) and no more. It puts what it finds into C(context.results)."""

    def __init__(self, params: Params) -> None:
        self._params = params

    def secrets(self) -> t.Collection[str]:
        return ()

    def plan(self, current: None) -> None:
        return None

    def apply(self, context: Context, current: None, plan: Plan) -> None:
        """Nothing to do."""
