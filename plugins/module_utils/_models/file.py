# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What API v2 says of the files in the HDFS of a cluster (service_v2 9).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, iso_time


class File(t.NamedTuple):
    """A file or a folder; sizes in bytes."""

    name: str
    path: str
    type: str | None
    size: int | None
    owner: str | None
    group: str | None
    permission: str | None
    replication: int | None
    block_size: int | None
    children: int | None
    accessed_at: str | None
    modified_at: str | None

    def result(self) -> dict[str, t.Any]:
        """The documented form."""
        return self._asdict()

    @classmethod
    def of(cls, folder: str, answer: t.Mapping[str, t.Any]) -> File:
        """From an item of the list of a folder."""
        raw = Raw(answer)
        name = raw.identity("path_suffix")
        return cls(
            name=name,
            path=f"{folder.rstrip('/')}/{name}",
            type=raw.text_or_empty("type").lower() or None,
            size=raw.integer("length"),
            owner=raw.text("owner"),
            group=raw.text("group"),
            permission=raw.text("permission"),
            replication=raw.integer("replication"),
            block_size=raw.integer("block_size"),
            children=raw.integer("children_num"),
            accessed_at=iso_time(raw.time("access_time")),
            modified_at=iso_time(raw.time("modification_time")),
        )
