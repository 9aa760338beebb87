# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""API v2: connections to databases outside of clusters (service_v2 11). Their names may repeat.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import Calls, Object, part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import Paging
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, keys_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.data_connection import (
    DataConnection,
)

#: C(offset) is the number of items to leave out, from 0.
CONNECTIONS = Paging(
    "limit", "offset", "data_connectors", "total_count", "connector_id", by_items=True
)
PATH = "/data-connectors"


def connections(calls: Calls) -> list[DataConnection]:
    """All connections of the project.

    How exact the filters of the service are is not documented, so none is used.
    """
    request = Request(
        "list the data connections", "GET", PATH, repeatable=True, api="v2", everywhere=False
    )
    return calls.list_all(request, CONNECTIONS, DataConnection.of)


def create_connection(calls: Calls, body: Object) -> str:
    """Create a connection; gives its id."""
    name = body["data_connector"]["connector_name"]
    action = f"create data connection {name}"
    return calls.ask(Request(action, "POST", PATH, body=body, api="v2", everywhere=False), _created)


def change_connection(calls: Calls, connection: DataConnection, body: Object) -> None:
    """Overwrite a connection; doing so twice is doing so once."""
    calls.succeed(_request("change", "PUT", connection, body=body))


def delete_connection(calls: Calls, connection: DataConnection) -> bool:
    """Delete a connection; False when it was gone already."""
    return calls.delete(_request("delete", "DELETE", connection, answers=False))


def _request(verb: str, method: str, connection: DataConnection, **how: t.Any) -> Request:
    action = f"{verb} data connection {connection.name} ({connection.id})"
    path = f"{PATH}/{part(connection.id)}"
    return Request(action, method, path, repeatable=True, api="v2", everywhere=False, **how)


def _created(answer: Object) -> str:
    identity = Raw(answer).identity("connector_id")
    if not identity:
        raise NonsenseError(f"connector_id was expected, but the answer is {keys_of(answer)}")
    return identity
