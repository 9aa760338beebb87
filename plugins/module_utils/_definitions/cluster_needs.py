# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What has to be given before a cluster can be created, and where its values are to be seen. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.node_groups import (
    DesiredGroup,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
        DesiredCluster,
    )

VPCS = "openstack router list, or hcloud VPC ListVpcs"
SUBNETS = "openstack subnet list (the column Network), or hcloud VPC ListSubnets"
ROOT_LOGIN = "key_pair or root_password"
#: What shows the names and ids that an option may have.
SHOWN_BY = {
    "availability_zone": "mrs_version_info",
    "vpc_id": VPCS,
    "vpc_name": VPCS,
    "subnet_id": SUBNETS,
    "subnet_name": SUBNETS,
    "subnet_id or subnet_name": SUBNETS,
}


def check(desired: DesiredCluster, region: str | None, needed: t.Iterable[str]) -> None:
    """What every creation needs, and C(needed): an option, or several of which one is needed.

    :raises OptionError: some are missing; names them all.
    """
    missing = [each for each in needed if not _is_given(desired, each)]
    if not desired.groups:
        missing.append("node_groups")
    if not region:
        missing.append("region_name (OS_REGION_NAME)")
    if not _is_given(desired, ROOT_LOGIN):
        missing.append(ROOT_LOGIN)
    if missing:
        raise OptionError(", ".join(missing), _why_needed(desired, missing))


def _is_given(desired: DesiredCluster, options: str) -> bool:
    """C(options): one, or several with C( or ) between them."""
    return any(getattr(desired, option) for option in options.split(" or "))


def _why_needed(desired: DesiredCluster, missing: t.Iterable[str]) -> str:
    choice = desired.creation_api()
    why = f" by API {choice.api}, which {choice.reason} needs" if choice.reason else ""
    shown_by: dict[str, list[str]] = {}
    for option in missing:
        if option in SHOWN_BY:
            shown_by.setdefault(SHOWN_BY[option], []).append(option)
    places = [f"{place} ({', '.join(options)})" for place, options in shown_by.items()]
    shown = f". What shows such values: {'; '.join(places)}" if places else ""
    return f"needed, since the cluster is not there and has to be created{why}{shown}"


def check_groups(groups: t.Sequence[DesiredGroup], needed: t.Iterable[str]) -> None:
    """A new cluster has certain groups, and each group tells its count and size.

    :raises OptionError: one is missing, or does not tell them.
    """
    known = {group.name: group for group in groups}
    for name in needed:
        group = known.get(name)
        if group is None or not group.count or "size" not in group.fields:
            raise OptionError(
                "node_groups", f"a new cluster needs a {name} group with count and size"
            )
    for group in groups:
        if group.count is None or (group.count and "size" not in group.fields):
            raise OptionError(
                "node_groups", f"the {group.name} group of a new cluster needs count and size"
            )
