# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the sessions that send all requests.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._deps import load

if t.TYPE_CHECKING:
    import requests


#: Connections that are kept. With fewer than there are requests side by side, each further one is made anew.
MOST_CONNECTIONS = 64


def new_session() -> requests.Session:
    """A session that is blind to redirects: it cannot follow one, nor stumble over one that leads to no address."""
    session: t.Any = load("requests", "requests", "to talk to the cloud").Session()
    session.get_redirect_target = _nowhere
    for adapter in session.adapters.values():
        adapter.init_poolmanager(connections=10, maxsize=MOST_CONNECTIONS)
    return t.cast("requests.Session", session)


def _nowhere(_response: requests.Response) -> None:
    return None
