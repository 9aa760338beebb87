# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files in the HDFS of a cluster: a small tree, the same on each cluster (service_v2 9)."""

from __future__ import annotations

import re

from mrs_simulator.base.checks import refuse
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.base.parsing import page, whole
from mrs_simulator.cloud.call import Call, query_of
from mrs_simulator.state.resources import Cluster
from mrs_simulator.state.transitions import actual_state

#: Folders, and the folders in each. Files are in WAREHOUSE only.
FOLDERS: dict[str, tuple[str, ...]] = {
    "/": ("mr-history", "user"),
    "/mr-history": (),
    "/user": ("hive",),
    "/user/hive": ("warehouse",),
    "/user/hive/warehouse": (),
}
WAREHOUSE = "/user/hive/warehouse"
SIZE = 1 << 20
BLOCK = 128 << 20
SORT_KEYS = ("path_suffix", "length", "modification_time")
_PART = re.compile(r"[^:*?\"<>|\\;&,'`!{}\[\]$%+/]+")


def list_files(call: Call) -> Reply:
    """GET files; offset is the number of a page, from 1."""
    query = query_of(call, "path", "limit", "offset", "sort_key", "order")
    size = whole(query, "limit", 100, 1, 1000)
    number = whole(query, "offset", 1, 1, 2147483646)
    key = query.get("sort_key") or "path_suffix"
    if key not in SORT_KEYS:
        refuse("sort_key", f"must be one of {', '.join(SORT_KEYS)}")
    if query.get("order") not in (None, "", "asc", "desc"):
        refuse("order", "must be asc or desc")
    path = _path(query)
    cluster = call.world.cluster(call.project_id, call.params["cluster_id"])
    files = sorted(_files(call, cluster, path), key=lambda file: (file[key], file["path_suffix"]))
    if query.get("order") == "desc":
        files.reverse()
    return answer(200, {"total_count": len(files), "files": page(files, number, size)})


def _path(query: dict[str, str]) -> str:
    path = query.get("path") or refuse("path", "is mandatory")
    parts = path[1:].split("/") if path != "/" else []
    if not path.startswith("/") or not all(map(_is_part, parts)):
        refuse("path", "has a wrong form")
    return path


def _is_part(part: str) -> bool:
    has_dot = part.startswith(".") or part.endswith(".")
    return bool(_PART.fullmatch(part)) and not has_dot and len(part.encode()) <= 255


def _files(call: Call, cluster: Cluster, path: str) -> list[JsonObject]:
    """:raises Refusal: there is no HDFS now, or no such folder in it."""
    if actual_state(cluster) not in ("running", "scaling-out", "scaling-in"):
        raise Refusal("12000057", f"State: {actual_state(cluster)}.")
    if "Hadoop" not in {each["component_name"] for each in cluster.spec["component_list"]}:
        raise Refusal("12000057", "The cluster has no HDFS.")
    if path not in FOLDERS:
        raise Refusal("12000057", f"There is no folder {path}.")
    names = [f"part-{number:05}" for number in range(_number(call, path))]
    changed = int(cluster.charging_at * 1000)
    folders = [_entry(name, changed, _children(call, path, name)) for name in FOLDERS[path]]
    return folders + [_entry(name, changed, None) for name in names]


def _number(call: Call, path: str) -> int:
    return call.settings.hdfs_files if path == WAREHOUSE else 0


def _children(call: Call, path: str, name: str) -> int:
    child = f"{path.rstrip('/')}/{name}"
    return len(FOLDERS[child]) + _number(call, child)


def _entry(name: str, changed: int, children: int | None) -> JsonObject:
    """A folder with so many children, or a file."""
    is_file = children is None
    return {
        "path_suffix": name,
        "owner": "omm",
        "group": "supergroup",
        "permission": "644" if is_file else "755",
        "replication": 3 if is_file else 0,
        "block_size": BLOCK if is_file else 0,
        "length": SIZE if is_file else 0,
        "type": "FILE" if is_file else "DIRECTORY",
        "children_num": children or 0,
        "access_time": changed if is_file else 0,
        "modification_time": changed,
    }
