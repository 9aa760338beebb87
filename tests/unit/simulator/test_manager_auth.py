# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permission for the operators of the cloud, by API v2 (service_v2 12)."""

from __future__ import annotations

import typing as t

import pytest

from .conftest import Answer, Cloud


@pytest.fixture(name="huawei")
def _huawei(make_cloud: type[Cloud]) -> Cloud:
    return make_cloud(flavor="hwc")


def _switch(cloud: Cloud, cluster_id: str, **body: t.Any) -> Answer:
    return cloud.v2("POST", f"{cluster_id}/manager-auth", {"auth_type": 0, **body})


def _shown(cloud: Cloud, cluster_id: str) -> tuple[bool, t.Any]:
    shown = cloud.v2("GET", f"{cluster_id}/manager-auth").json
    assert shown["auth_type"] == 0
    return shown["authorized"], shown["expiration_time"]


def test_it_lasts_seven_days_or_until_it_is_taken_back(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2()
    assert _shown(huawei, cluster_id) == (False, None)
    answer = _switch(huawei, cluster_id, enable=True)
    assert (answer.status, answer.raw) == (200, b"")
    ends = int(huawei.clock.now()) + 7 * 86400
    assert _shown(huawei, cluster_id) == (True, str(ends))
    _switch(huawei, cluster_id, enable=False)
    assert _shown(huawei, cluster_id) == (False, None)


def test_its_end_can_be_given_as_a_number_or_a_text(huawei: Cloud) -> None:
    cluster_id = huawei.running_v2()
    ends = int(huawei.clock.now()) + 60
    for given in (ends, str(ends)):
        _switch(huawei, cluster_id, enable=True, expire_time=given)
        assert _shown(huawei, cluster_id) == (True, str(ends))
    huawei.clock.advance(60)
    assert _shown(huawei, cluster_id) == (False, None)


@pytest.mark.parametrize(
    "body", [{}, {"enable": "true"}, {"enable": True, "auth_type": 1}, {"enable": True, "x": 1}]
)
def test_what_is_refused(huawei: Cloud, body: dict[str, t.Any]) -> None:
    assert _switch(huawei, huawei.running_v2(), **body).code == "12000002"
