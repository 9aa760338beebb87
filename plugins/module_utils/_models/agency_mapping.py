# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which agency of IAM the users and groups of a cluster take (service_v2 10).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw, described

TYPES = ("User", "Group")


class AgencyMapping(t.NamedTuple):
    """An agency, and the users or the groups that take it, sorted."""

    agency: str
    agency_id: str
    identifier_type: str
    identifiers: tuple[str, ...]

    def result(self) -> dict[str, t.Any]:
        """The documented form, which the option and the request have, too."""
        return {**self._asdict(), "identifiers": list(self.identifiers)}

    @classmethod
    def of(cls, answer: t.Mapping[str, t.Any]) -> AgencyMapping:
        """From an item of the list, or from an option that was checked.

        :raises NonsenseError: it names no agency, or nobody who takes it.
        """
        raw = Raw(answer)
        names = raw.get("identifiers")
        if not isinstance(names, list):
            raise NonsenseError(f"identifiers is {described(names)}, not a list")
        agency = raw.identity("agency")
        if not agency:
            raise NonsenseError("agency_mappings has an item without agency")
        kind = raw.text_or_empty("identifier_type")
        return cls(
            agency=agency,
            agency_id=raw.identity("agency_id"),
            identifier_type=kind.capitalize(),
            identifiers=tuple(sorted({str(name) for name in names})),
        )


def in_order(mappings: t.Iterable[AgencyMapping]) -> tuple[AgencyMapping, ...]:
    """The order of a list says nothing."""
    return tuple(sorted(mappings))
