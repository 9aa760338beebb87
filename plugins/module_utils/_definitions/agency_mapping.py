# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mappings of agencies that a user wants (service_v2 10).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.agency_mapping import (
    AgencyMapping,
    in_order,
)


def desired_mappings(given: t.Iterable[t.Mapping[str, t.Any]]) -> tuple[AgencyMapping, ...]:
    """:raises OptionError: one names nobody, or says the same as another one."""
    wanted = [AgencyMapping.of(each) for each in given]
    seen = set()
    for number, each in enumerate(wanted):
        where = f"mappings[{number}]"
        if not each.identifiers:
            raise OptionError(f"{where}.identifiers", "name the users or groups that use it")
        key = (each.agency_id, each.identifier_type)
        if key in seen:
            raise OptionError(
                where, f"{each.agency} is given twice with identifier_type {each.identifier_type}"
            )
        seen.add(key)
    return in_order(wanted)
