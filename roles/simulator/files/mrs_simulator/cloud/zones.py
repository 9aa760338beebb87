# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The availability zones of a region: names, and the IDs that v1.1 takes (service_v2 2)."""

from __future__ import annotations

import typing as t
import uuid

#: The only ID that the documents show (service_v1 3.1).
FIRST_ID = "ae04cf9d61544df3806a3feeb401b204"


class Zone(t.NamedTuple):
    name: str
    id: str


def zones(flavor: str, region: str) -> tuple[Zone, ...]:
    """On OTC the ID is the name (seen live); those of Huawei Cloud, but the first, are made up."""
    if flavor == "otc":
        return tuple(
            Zone(f"{region}-{number:02d}", f"{region}-{number:02d}") for number in (1, 2, 3)
        )
    names = [f"{region}{letter}" for letter in "abc"]
    made_up = [uuid.uuid5(uuid.NAMESPACE_DNS, name).hex for name in names[1:]]
    return tuple(map(Zone, names, [FIRST_ID, *made_up]))


def by_name(name: str, flavor: str, region: str) -> Zone | None:
    return next((zone for zone in zones(flavor, region) if zone.name == name), None)


def name_of(identifier: str, flavor: str, region: str) -> str:
    """v1.1 takes any ID; one that is not in the list shows as the first zone, on OTC as itself."""
    known = {zone.id: zone.name for zone in zones(flavor, region)}
    return known.get(identifier, identifier if flavor == "otc" else f"{region}a")
