# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tags of clusters, and clusters by tag (service_v1 9)."""

from __future__ import annotations

import re
import typing as t

from mrs_simulator.base.checks import (
    Check,
    anything,
    items,
    record,
    refuse,
    text,
    unique,
    whole_number,
    without_nulls,
)
from mrs_simulator.base.errors import Refusal
from mrs_simulator.base.messages import JsonObject, Reply, answer
from mrs_simulator.cloud.call import Call, body_of, query_of
from mrs_simulator.state.resources import Cluster

MAX_TAGS = 10
_OTC = re.compile(r"[A-Za-z0-9_-]*")
_HUAWEI_FORBIDDEN = set("=*<>\\,|/")


def check_tags(tags: list[JsonObject], flavor: str) -> dict[str, str]:
    """Tags as sent, checked; key to value.

    :raises Refusal: 12005001 too many, 12005002 bad characters or length, 12000002 a key twice.
    """
    unique([str(tag.get("key")) for tag in tags], "tags[].key")
    found = {
        _checked(tag.get("key"), 1, 36, flavor): _checked(tag.get("value", ""), 0, 43, flavor)
        for tag in tags
    }
    _check_number(found)
    return found


def _checked(value: t.Any, low: int, high: int, flavor: str) -> str:
    if not isinstance(value, str):
        refuse("tags", "keys and values must be strings")
    allowed = _OTC.fullmatch(value) is not None if flavor == "otc" else _huawei_allows(value)
    if not low <= len(value) <= high or not allowed:
        raise Refusal("12005002", "A key has 1 to 36 characters, a value at most 43.")
    return value


def _huawei_allows(value: str) -> bool:
    return value == value.strip(" ") and value.isprintable() and not _HUAWEI_FORBIDDEN & set(value)


def _check_number(tags: t.Mapping[str, str]) -> None:
    if len(tags) > MAX_TAGS:
        raise Refusal("12005001", f"At most {MAX_TAGS} are possible.")


def _cluster(call: Call) -> Cluster:
    return call.world.cluster(call.project_id, call.params["cluster_id"])


def _change(call: Call, cluster: Cluster, tags: dict[str, str]) -> Reply:
    """Set the tags; reads go on showing the old ones for as long as the settings say."""
    _check_number(tags)
    cluster.tags_before = cluster.shown_tags(call.now)
    cluster.tags = tags
    cluster.tags_visible_at = call.now + call.settings.tag_delay
    return answer(204)


def add_tag(call: Call) -> Reply:
    query_of(call)
    cluster = _cluster(call)
    body = body_of(call)
    record(
        {"tag": record({"key": anything}, {"value": anything}, strict=call.settings.strict)},
        strict=call.settings.strict,
    )(body, "")
    return _change(
        call, cluster, {**cluster.tags, **check_tags([body["tag"]], call.settings.flavor)}
    )


def delete_tag(call: Call) -> Reply:
    query_of(call)
    cluster = _cluster(call)
    key = call.params["key"]
    if key not in cluster.tags:
        raise Refusal("12005003")
    return _change(
        call, cluster, {name: value for name, value in cluster.tags.items() if name != key}
    )


def list_tags(call: Call) -> Reply:
    query_of(call)
    return answer(200, {"tags": _pairs(_cluster(call).shown_tags(call.now))})


def tags_action(call: Call) -> Reply:
    """Several tags at once; both actions can be repeated without harm."""
    query_of(call)
    cluster = _cluster(call)
    body = body_of(call)
    strict = call.settings.strict
    tag = record({"key": anything}, {"value": anything}, strict=strict)
    record(
        {"action": text(choices=("create", "delete")), "tags": items(tag, low=1)}, strict=strict
    )(body, "")
    if body["action"] == "create":
        return _change(
            call, cluster, {**cluster.tags, **check_tags(body["tags"], call.settings.flavor)}
        )
    keys = [tag["key"] for tag in body["tags"]]
    if not all(isinstance(key, str) and key for key in keys):
        refuse("tags[].key", "must be a string and not empty")
    return _change(
        call, cluster, {name: value for name, value in cluster.tags.items() if name not in keys}
    )


def _living(call: Call) -> list[Cluster]:
    return [
        cluster for cluster in call.world.clusters(call.project_id) if cluster.state != "terminated"
    ]


def list_project_tags(call: Call) -> Reply:
    query_of(call)
    values: dict[str, set[str]] = {}
    for cluster in _living(call):
        for key, value in cluster.shown_tags(call.now).items():
            values.setdefault(key, set()).add(value)
    return answer(
        200,
        {"tags": [{"key": key, "values": sorted(found)} for key, found in sorted(values.items())]},
    )


FILTERS: dict[str, t.Callable[[t.Iterable[bool]], bool]] = {
    "tags": all,
    "tags_any": any,
    "not_tags": lambda hits: not all(hits),
    "not_tags_any": lambda hits: not any(hits),
}


def _search(strict: bool) -> Check:
    tag = record(
        {"key": text(low=1, high=127)}, {"values": items(text(high=255), high=10)}, strict=strict
    )
    match = record({"key": text(choices=("resource_name",)), "value": text(high=64)}, strict=strict)
    optional: dict[str, Check] = {name: items(tag, high=10) for name in FILTERS}
    optional["limit"] = whole_number(1, 1000, also_text=True)
    optional["offset"] = whole_number(0, 2147483646, also_text=True)
    optional["matches"] = items(match, high=10)
    return record({"action": text(choices=("filter", "count"))}, optional, strict=strict)


def find_clusters(call: Call) -> Reply:
    """POST /clusters/resource_instances/action: a page of clusters, or only their number."""
    query_of(call)
    body = without_nulls(body_of(call))
    _search(call.settings.strict)(body, "")
    found = [cluster for cluster in _living(call) if _matches(cluster, body, call.now)]
    if body["action"] == "count":
        if {"limit", "offset"} & set(body):
            refuse("limit and offset", "cannot be combined with count")
        return answer(200, {"total_count": len(found)})
    start = int(body.get("offset", 0))
    resources = [
        {
            "resource_id": cluster.id,
            "resource_name": cluster.name,
            "resource_detail": None,
            "tags": _pairs(cluster.shown_tags(call.now)),
        }
        for cluster in found[start : start + int(body.get("limit", 1000))]
    ]
    return answer(200, {"resources": resources, "total_count": len(found)})


def _matches(cluster: Cluster, body: JsonObject, now: float) -> bool:
    tags = cluster.shown_tags(now)
    for name, decide in FILTERS.items():
        wanted: list[JsonObject] = body.get(name) or []
        if wanted and not decide([_has_tag(tags, tag) for tag in wanted]):
            return False
    return all(_is_in(match["value"], cluster.name) for match in body.get("matches", []))


def _has_tag(tags: t.Mapping[str, str], wanted: JsonObject) -> bool:
    if wanted["key"] not in tags:
        return False
    return not wanted.get("values") or tags[wanted["key"]] in wanted["values"]


def _is_in(text: str, name: str) -> bool:
    """An empty text is only in an empty name."""
    return text in name if text else not name


def _pairs(tags: t.Mapping[str, str]) -> list[JsonObject]:
    return [{"key": key, "value": value} for key, value in tags.items()]
