# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What API v2 says of data connections (service_v2 11). No password is read.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, iso_time


class DataConnection(t.NamedTuple):
    """A connection to a database that keeps the metadata of clusters.

    C(stamp): when it was changed last, as exactly as the service tells it.
    """

    id: str
    name: str | None
    source_type: str | None
    database: str | None
    username: str | None
    rds_instance_id: str | None
    available: bool | None
    used_clusters: tuple[str, ...]
    created_by: str | None
    created_at: str | None
    updated_at: str | None
    stamp: float | None = None

    def result(self) -> dict[str, t.Any]:
        """The documented form, C(connection)."""
        shown = {**self._asdict(), "used_clusters": list(self.used_clusters)}
        del shown["stamp"]
        return shown

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any]) -> DataConnection:
        """From an item of the list.

        :raises NonsenseError: what it leads to cannot be read.
        """
        raw = Raw(answer)
        source = _source(raw.certain_text("source_info"))
        status = raw.integer("status")
        clusters = raw.text_or_empty("used_clusters").split(",")
        return cls(
            id=raw.identity("connector_id"),
            name=raw.certain_text("connector_name"),
            source_type=raw.certain_text("source_type"),
            database=source.certain_text("db_name"),
            username=source.certain_text("user_name"),
            rds_instance_id=source.certain_text("rds_instance_id"),
            available=None if status is None else status == 0,
            used_clusters=tuple(sorted(filter(None, map(str.strip, clusters)))),
            created_by=raw.text("create_user") or raw.text("create_by"),
            created_at=iso_time(raw.time("create_time")),
            updated_at=iso_time(raw.time("last_update_time")),
            stamp=raw.number("last_update_time"),
        )


def _source(text: str | None) -> Raw:
    """C(source_info), which is JSON in a text; it may have a password, so nothing of it is told."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NonsenseError("source_info is not a JSON object in a text")
    return Raw(found)
