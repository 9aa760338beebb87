# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""M(huaweicloud.mrs.mrs_version_info): what can be created.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import metadata
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import map_in_parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.catalogue import (
    is_version,
    zone_called,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import Zone
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.query import Query


class VersionInfoTask(Query):
    """M(huaweicloud.mrs.mrs_version_info)."""

    def read(self, context: Context) -> None:
        if context.region is None:
            raise OptionError(
                "region_name (OS_REGION_NAME)", "needed, since zones are listed by region"
            )
        zones = metadata.zones(context.client, context.region)
        wanted, zone = self._params["version"], self._params["availability_zone"]
        only = zone_called(zone, zones) if zone else None
        names = [
            name
            for name in metadata.versions(context.client)
            if wanted is None or is_version(wanted, name)
        ]

        def version(name: str) -> dict[str, t.Any]:
            return _describe(context, name, only)

        context.results["versions"] = list(map_in_parallel(version, names))
        context.results["zones"] = [each._asdict() for each in zones if only in (None, each)]


def _describe(context: Context, name: str, zone: Zone | None) -> dict[str, t.Any]:
    """A version with its flavors."""
    version = metadata.version(context.client, name)
    flavors = metadata.flavors(context.client, name, zone)
    return {**version._replace(name=name).result(), "flavors": flavors}
