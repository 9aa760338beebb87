# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Default tags of nodes, and the quota of tags, by API v2 (service_v2 12)."""

from __future__ import annotations

import typing as t

import pytest

from .conftest import Answer, Cloud


@pytest.fixture(name="huawei")
def _huawei(make_cloud: type[Cloud]) -> Cloud:
    return make_cloud(flavor="hwc")


def _switch(cloud: Cloud, cluster_id: str, action: t.Any) -> Answer:
    return cloud.v2("POST", f"{cluster_id}/tags/switch", {"action": action})


def _status(cloud: Cloud, cluster_id: str) -> tuple[t.Any, t.Any]:
    shown = cloud.v2("GET", f"{cluster_id}/tags/status").json
    return shown["status"], shown["default_tags_enable"]


def test_default_tags_are_switched_on_and_off(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2()
    assert _status(huawei, cluster_id) == ("succeed", "false")
    answer = _switch(huawei, cluster_id, "create")
    assert (answer.status, answer.raw) == (202, b"")
    assert _status(huawei, cluster_id) == ("processing", "false")
    huawei.clock.advance(100)
    assert _status(huawei, cluster_id) == ("succeed", "true")
    _switch(huawei, cluster_id, "delete")
    huawei.clock.advance(100)
    assert _status(huawei, cluster_id) == ("succeed", "false")


def test_a_switch_can_fail(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2()
    huawei.set(next_tag_switch="failed", default_tags_as_text=False)
    _switch(huawei, cluster_id, "create")
    huawei.clock.advance(100)
    assert _status(huawei, cluster_id) == ("failed", False)


def test_the_quota_counts_the_tags_of_the_cluster(huawei: Cloud) -> None:
    tags = [{"key": f"key{number}", "value": "x"} for number in range(8)]
    cluster_id = huawei.running_v2(tags=tags)
    quota = huawei.v2("GET", f"{cluster_id}/tags/quota")
    assert (quota.status, quota.json) == (200, {"total_quota": 10, "available_quota": 2})
    query = "auto_scaling_policy_tags=true"
    assert huawei.v2("GET", f"{cluster_id}/tags/quota", query=query).status == 501


def test_without_room_default_tags_are_refused(huawei: Cloud) -> None:
    tags = [{"key": f"key{number}", "value": "x"} for number in range(10)]
    cluster_id = huawei.running_v2(tags=tags)
    refused = _switch(huawei, cluster_id, "create")
    assert (refused.status, refused.code) == (400, "MRS.00000000")
    assert _switch(huawei, cluster_id, "delete").status == 202


def test_an_unknown_cluster_is_told_in_the_words_of_these_pages(huawei: Cloud) -> None:
    for refused in (_switch(huawei, "none", "create"), huawei.v2("GET", "none/tags/status")):
        assert (refused.status, refused.code) == (400, "MRS.00000000")
    quota = huawei.v2("GET", "none/tags/quota")
    assert (quota.status, quota.json["error"]["error_code"]) == (400, "MRS.00000000")


def test_another_action_is_refused(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2()
    for action in ("update", None):
        assert _switch(huawei, cluster_id, action).code == "12000002"
