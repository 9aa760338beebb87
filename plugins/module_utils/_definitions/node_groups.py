# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The wanted groups of nodes, and what they are called. Pure.

In analysis and streaming clusters a group is called by its role. Mixed clusters have two groups of
a role, and custom ones any groups, so there they have names of their own.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import (
    MASTER_GROUP,
    OWN_NAMES,
    ROLES,
    Cluster,
    group_name,
    role_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.forms import most_alike

Params = t.Mapping[str, t.Any]

#: Fields of a group besides its name and count, with the names of API v1.1.
GROUP_FIELDS = {
    "size": "node_size",
    "root_volume_type": "root_volume_type",
    "root_volume_size": "root_volume_size",
    "data_volume_type": "data_volume_type",
    "data_volume_count": "data_volume_count",
    "data_volume_size": "data_volume_size",
}
#: The groups of a mixed cluster besides that of the masters (service_v2 3.2).
MIXED_GROUPS = (
    "core_node_analysis_group",
    "core_node_streaming_group",
    "task_node_analysis_group",
    "task_node_streaming_group",
)
_OWN_NAME = re.compile(r"\w{1,64}", re.ASCII)
#: A role, alone or in a name of the API, which says for which type of cluster it is.
_ROLE = re.compile(r"(master|core|task)(?:_node_(default|analysis|streaming)_group)?", re.ASCII)


class DesiredGroup(t.NamedTuple):
    """A node group; C(fields) by our names, without those that are not given."""

    name: str
    count: int | None  # type: ignore[assignment]  # a tuple has a method of this name
    fields: t.Mapping[str, t.Any]
    policy: dict[str, t.Any] | None = None
    assigned_roles: tuple[str, ...] = ()

    @property
    def scales_itself(self) -> bool:
        return bool((self.policy or {}).get("auto_scaling_enable"))

    def task_node(self) -> dict[str, t.Any]:
        """C(task_node_info) of the first task nodes (service_v1 4.4)."""
        return {
            GROUP_FIELDS[field]: value
            for field, value in self.fields.items()
            if not field.startswith("root_")
        }


def api_name(name: str, kind: str) -> str:
    """What the service calls a group of a cluster of this type."""
    if name == "master":
        return MASTER_GROUP
    if kind in OWN_NAMES:
        return name
    return f"{name}_node_{kind}_group"


def called(name: str, kind: str | None, option: str = "node_groups[].name") -> str:
    """What we call the group of a cluster of this type which an option calls C(name).

    :raises OptionError: such a cluster has no group of this name.
    """
    if kind == "mixed":
        return _of_mixed(name, option)
    if kind == "custom":
        if not _OWN_NAME.fullmatch(name):
            raise OptionError(option, f"{name}: a name has 1 to 64 letters, digits and _")
        return group_name(name, kind)
    role = _role(name, kind)
    if role is None:
        raise OptionError(option, _no_role(name, kind))
    return role


def _no_role(name: str, kind: str | None) -> str:
    if _ROLE.fullmatch(name.lower()):
        return f"{name} is a group of another type of cluster, and this one is {kind}"
    return f"{name} is none of master, core, task and their API names{_hint(name, ROLES)}"


def _role(name: str, kind: str | None) -> str | None:
    """The role of a group that an option names; None where such a cluster has no such group.

    Nothing is guessed: to scale another group than the one that was meant costs money.
    """
    found = _ROLE.fullmatch(name.lower())
    if found is None:
        return None
    role, purpose = found.groups()
    is_of_other = {purpose, kind} == {"analysis", "streaming"}
    return None if is_of_other else role


def _of_mixed(name: str, option: str) -> str:
    found = group_name(name.lower(), "mixed")
    if found == "master" or found in MIXED_GROUPS:
        return found
    both = [each for each in MIXED_GROUPS if each.startswith(f"{found}_")]
    if both:
        raise OptionError(
            option, f"{name} could be two groups of a mixed cluster: {' or '.join(both)}"
        )
    choice = ", ".join(("master", *MIXED_GROUPS))
    raise OptionError(
        option,
        f"{name} is not a group of a mixed cluster, which has {choice}{_hint(name, MIXED_GROUPS)}",
    )


def group_in(cluster: Cluster, name: str, option: str) -> str:
    """What the group that an option calls C(name) is called in the cluster that is there.

    :raises OptionError: the cluster has no such group.
    """
    if cluster.type == "mixed":
        found: str | None = _of_mixed(name, option)
    elif cluster.type == "custom":
        found = group_name(name, cluster.type)
    else:
        found = _role(name, cluster.type)
    names = list(dict.fromkeys((*cluster.counts, *(group.name for group in cluster.node_groups))))
    if found in names:
        return found
    raise OptionError(
        option,
        f"cluster {cluster.title} has no group {name}; it has {', '.join(names)}"
        f"{_hint(name, names)}",
    )


def _hint(name: str, names: t.Iterable[str]) -> str:
    meant = most_alike(name, names)
    return f"; did you mean {meant}?" if meant else ""


def groups_of(given: t.Sequence[Params]) -> tuple[DesiredGroup, ...]:
    """The groups as the options have them; C(settled) says what they are called."""
    return tuple(map(_group, given))


def settled(groups: t.Iterable[DesiredGroup], kind: str | None) -> tuple[DesiredGroup, ...]:
    """The groups with the names that they have in a cluster of this type, masters first.

    :raises OptionError: they cannot be the groups of one cluster.
    """
    found = [group._replace(name=called(group.name, kind)) for group in groups]
    if len({group.name for group in found}) < len(found):
        raise OptionError("node_groups", "a group is given twice")
    if sum(group.count or 0 for group in found if group.name != "master") > limits.MOST_NODES:
        raise OptionError(
            "node_groups", f"a cluster has at most {limits.MOST_NODES} core and task nodes"
        )
    _check_policies(found, kind)
    order = {role: place for place, role in enumerate(ROLES)}
    return tuple(sorted(found, key=lambda group: order.get(group.name, len(ROLES))))


def _check_policies(groups: t.Iterable[DesiredGroup], kind: str | None) -> None:
    for group in groups:
        can_scale = role_of(group.name) == "task"
        if kind == "custom":
            can_scale = group.name != "master"
        if group.policy and not can_scale:
            raise OptionError(
                "node_groups[].auto_scaling_policy",
                "only task nodes can scale by themselves, and groups of custom clusters",
            )


def _group(params: Params) -> DesiredGroup:
    policy = params["auto_scaling_policy"]
    fields = {field: params[field] for field in GROUP_FIELDS if params[field] is not None}
    return DesiredGroup(
        params["name"],
        params["count"],
        fields,
        without_none(policy) if policy else None,
        tuple(params["assigned_roles"] or ()),
    )


def without_none(value: t.Any) -> t.Any:
    """What is given of nested options; Ansible fills the rest with None."""
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_none(item) for item in value]
    return value
