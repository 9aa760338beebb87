# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A component that is to be added to a cluster (service_v2 5.3).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits

#: Where a role of a component runs: on all nodes of a group, on some of them by their numbers from
#: 1, or so often on each.
ROLE = limits.Spelling(
    r"[A-Za-z][A-Za-z0-9_]*(:[1-9]\d*(,[1-9]\d*)*|\[[1-9]\d*\])?",
    "must be a role such as DataNode, NameNode:1,2 or EsNode[9]",
)
#: Options of a component that is added (service_v2 5.3, 3.2).
LIMITS = (
    limits.Limit("node_groups[].assigned_roles[]", ROLE),
    *(
        limits.Limit(password, rule)
        for password in ("user_password", "default_password")
        for rule in (limits.Length(8, 26), limits.Kinds(4), limits.COMMON_PASSWORD)
    ),
)

#: The first versions of clusters that take components, without and with LTS in their names.
FIRST_VERSION, FIRST_LTS = (3, 1, 2), 2


class Roles(t.NamedTuple):
    """The roles of a component that run on the nodes of a group."""

    group: str
    roles: tuple[str, ...]


class Component(t.NamedTuple):
    """What is installed, where its roles run, and the passwords that ClickHouse wants."""

    name: str
    node_groups: tuple[Roles, ...]
    user_password: str | None = None
    default_password: str | None = None

    def body(self) -> dict[str, t.Any]:
        """An item of the request."""
        passwords = {
            "component_user_password": self.user_password,
            "component_default_password": self.default_password,
        }
        return {
            "component": self.name,
            "node_groups": [
                {"name": each.group, "assigned_roles": list(each.roles)}
                for each in self.node_groups
            ],
            **{key: value for key, value in passwords.items() if value is not None},
        }


def component(params: Params) -> Component:
    """:raises OptionError: an option has a value that the service refuses."""
    limits.check(LIMITS, params)
    groups = params["node_groups"]
    if not groups:
        raise OptionError("node_groups", "name the groups whose nodes run its roles")
    limits.check_unique("name", groups, "node_groups")
    for group in groups:
        if not group["assigned_roles"]:
            raise OptionError(f"node_groups[{group['name']}].assigned_roles", "name a role")
    return Component(
        params["name"],
        tuple(Roles(each["name"], tuple(each["assigned_roles"])) for each in groups),
        params["user_password"],
        params["default_password"],
    )


def check_takes_components(cluster: Cluster, option: str = "cluster") -> None:
    """:raises OptionError: the service adds components to other types or versions only."""
    if cluster.type != "custom":
        raise OptionError(
            option,
            f"components can be added to custom clusters only, and {cluster.title} is of the type "
            f"{cluster.type}",
        )
    if not _is_new_enough(cluster.version or ""):
        raise OptionError(
            option,
            "components can be added from MRS 3.1.2 and MRS 3.1.2-LTS.2 on, and "
            f"{cluster.title} has {cluster.version}",
        )


def placed(wanted: Component, cluster: Cluster) -> Component:
    """The same, with the names that its groups have in the API.

    :raises OptionError: the cluster has no such group, or it is given by both of its names.
    """
    names = {group.name: group.api_name for group in cluster.node_groups}
    names |= {api_name: api_name for api_name in names.values()}
    for each in wanted.node_groups:
        if each.group not in names:
            there = ", ".join(group.api_name for group in cluster.node_groups)
            raise OptionError(
                f"node_groups[{each.group}]",
                f"cluster {cluster.title} has no such group; it has {there}",
            )
    groups = tuple(each._replace(group=names[each.group]) for each in wanted.node_groups)
    limits.check_unique("group", [each._asdict() for each in groups], "node_groups")
    return wanted._replace(node_groups=groups)


def _is_new_enough(version: str) -> bool:
    """A version that cannot be read is left to the service."""
    found = re.search(r"(\d+)\.(\d+)\.(\d+)(-LTS(?:\.(\d+))?)?", version)
    if not found:
        return True
    numbers = tuple(int(number) for number in found.groups()[:3])
    if numbers == FIRST_VERSION and found.group(4):
        return int(found.group(5) or 0) >= FIRST_LTS
    return numbers >= FIRST_VERSION
