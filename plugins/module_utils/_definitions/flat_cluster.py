# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The flat form of a creation, in the form of the options (service_v1 3.3, 3.4 and 3.7).

It says nothing of system disks, which MRS 3 needs larger than the service's default. So it is not
sent, but explained.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import mask_named

Given = t.Mapping[str, t.Any]
Item = dict[str, t.Any]

#: Options of a group by the API's names, in the order in which they are told.
_GROUP = {
    "node_num": "count",
    "node_size": "size",
    "data_volume_type": "data_volume_type",
    "data_volume_size": "data_volume_size",
    "data_volume_count": "data_volume_count",
}
#: What is said where one of these keys is given.
_LEAVE_OUT = {
    frozenset({"charge_info"}): (
        "Leave out charge_info: a cluster is paid per use. A prepaid one is an order that "
        "somebody has to pay in the console before there is a cluster, and the API cannot "
        "take nodes away from it."
    ),
    frozenset({"billing_type", "login_mode"}): (
        "Leave out billing_type, which is always 12, and login_mode, which follows from what "
        "is given."
    ),
}
_ROOT_VOLUME = (
    "MRS 3 needs a root_volume_size of 480 in each group, too, which the flat form does not have."
)
_NOT_OF_A_JOB = ("submit_job_once_cluster_run",)


def refuse(given: Given, flat: t.Collection[str]) -> t.NoReturn:
    """:raises OptionError: names the keys of the flat form, and writes them as options."""
    keys = sorted(given.keys() & set(flat))
    groups = _groups(given)
    jobs = [_job(each) for each in _items(given.get("add_jobs"))]
    told = [*_block("node_groups:", groups, "  - "), *_block("job:", jobs[:1], "  ")]
    told += [advice for names, advice in _LEAVE_OUT.items() if not names.isdisjoint(keys)]
    if groups:
        told.append(_ROOT_VOLUME)
    if set(keys) <= set().union(*_LEAVE_OUT):
        raise OptionError(", ".join(keys), f"not accepted. {' '.join(told)}")
    told = told or ["Give node_groups, each with name, count, size and volumes, and job."]
    raise OptionError(
        ", ".join(keys),
        "\n".join(["the flat form of API v1.1 is not accepted. Use instead:", *told]),
    )


def _groups(given: Given) -> list[Item]:
    """The node groups of the flat form that say anything, each with its name."""
    groups = [_node_group("master", given), _node_group("core", given)]
    tasks = [_task_group(each) for each in _items(given.get("task_node_groups"))]
    return [group for group in groups if len(group) > 1] + tasks


def _items(value: t.Any) -> list[Item]:
    if not isinstance(value, list):
        return []
    return [each for each in value if isinstance(each, dict)]


def _node_group(role: str, given: Given) -> Item:
    """A group by the keys that begin with its role.

    C(volume_type) and C(volume_size) win over them (service_v1 3.3).
    """
    own = {key: given.get(f"{role}_{key}") for key in _GROUP}
    for key in ("type", "size"):
        own[f"data_volume_{key}"] = given.get(f"volume_{key}") or own[f"data_volume_{key}"]
    if own["data_volume_size"]:
        own["data_volume_count"] = own["data_volume_count"] or 1
    found = _renamed(own, _GROUP)
    if not {"count", "size"} & found.keys():
        return {}
    return {"name": role, **found}


def _task_group(given: Item) -> Item:
    return {
        "name": "task",
        **_renamed(given, _GROUP),
        **_renamed(given, {"auto_scaling_policy": "auto_scaling_policy"}),
    }


def _job(given: Item) -> Item:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import JOB_DEFINITION

    names = {key: key for key in given if key not in _NOT_OF_A_JOB}
    job = _renamed(given, {"job_name": "name", **{key: key for key in names if key != "job_name"}})
    if "job_type" in job:
        job["job_type"] = JOB_DEFINITION["job_type"]["reads"](job["job_type"])
    return {
        key: mask_named(value) if isinstance(value, str) else value for key, value in job.items()
    }


def _renamed(values: Given, names: t.Mapping[str, str]) -> Item:
    """Without what is not given, or empty."""
    return {name: values[key] for key, name in names.items() if values.get(key) not in (None, "")}


def _block(title: str, items: t.Sequence[Item], first: str) -> list[str]:
    """The items below their title; nothing where there are none."""
    if not items:
        return []
    lines = [line for item in items for line in _lines(item, first)]
    return ["\n".join([title, *lines])]


def _lines(values: Item, first: str) -> t.Iterator[str]:
    """As YAML. JSON is YAML, so that nested values need no more."""
    lead = first
    for key, value in values.items():
        shown = value if isinstance(value, str) and value.isalnum() else json.dumps(value)
        yield f"{lead}{key}: {shown}"
        lead = " " * len(first)
