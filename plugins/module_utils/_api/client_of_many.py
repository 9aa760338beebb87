# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client for many tasks that look at the same moment.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import (
    Object,
    T,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import (
    Request,
    Transport,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import Memo
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


class ClientOfMany(Client):
    """A client for many tasks that look at the same moment: it reads a list of clusters once."""

    def __init__(self, transport: Transport) -> None:
        super().__init__(transport)
        self._lists: Memo[list[Cluster]] = Memo()
        self._answers: Memo[t.Any] = Memo()

    def ask_once(self, request: Request, read: t.Callable[[Object], T]) -> T:
        key = repr((request.method, request.path, request.of, sorted(request.query.items())))
        return t.cast("T", self._answers.get(key, lambda: self.ask(request, read)))

    def clusters(self, **filters: str) -> list[Cluster]:
        return self._lists.get(
            repr(sorted(filters.items())), lambda: super(ClientOfMany, self).clusters(**filters)
        )
