# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users write of versions and zones, and what the service lists of them.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import Zone
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.forms import most_alike

#: How many names an error lists.
MOST_NAMES = 12


def is_version(given: str, name: str) -> bool:
    """They mean the same version; C(MRS) before the number may be left out."""
    return _bare(given) == _bare(name)


def _bare(version: str) -> str:
    return version.strip().lower().removeprefix("mrs").lstrip(" -")


def zone_called(given: str, zones: t.Sequence[Zone]) -> Zone:
    """The zone with this name or id.

    :raises OptionError: there is none.
    """
    for zone in zones:
        if given.strip().lower() in zone.spellings:
            return zone
    names = [zone.name for zone in zones]
    raise OptionError(
        "availability_zone", f"{given} is not a zone of the region{meant(given, names)}"
    )


def listed(names: t.Sequence[str]) -> str:
    """The names, the last one after C(and)."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def meant(given: str, names: t.Sequence[str]) -> str:
    """The end of a sentence that says what there is instead."""
    alike = most_alike(given, names)
    if alike:
        return f"; did you mean {alike}?"
    shown = ", ".join(names[:MOST_NAMES])
    others = len(names) - MOST_NAMES
    more = f" and {others} others" if others > 0 else ""
    return f"; there are: {shown}{more}" if names else ""
