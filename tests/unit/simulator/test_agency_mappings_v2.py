# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which agencies the users and groups of a cluster take (service_v2 10)."""

from __future__ import annotations

import typing as t

import pytest

from mrs_simulator.state import persistence

MAPPING = {
    "agency": "a",
    "agency_id": "i",
    "identifier_type": "User",
    "identifiers": ["robot"],
}


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    return make_cloud(flavor="hwc")


def _set(cloud, cluster_id: str, *mappings: t.Any) -> t.Any:
    body = {"agency_mappings": list(mappings)}
    return cloud.v2("PUT", f"{cluster_id}/agency-mapping", body)


def _shown(cloud, cluster_id: str) -> t.Any:
    return cloud.v2("GET", f"{cluster_id}/agency-mapping").json


def test_the_whole_list_is_replaced_and_shows_when_that_is_over(huawei, tmp_path) -> None:
    cluster_id = huawei.running()
    assert _set(huawei, cluster_id, MAPPING).json == {"result": "succeeded"}
    assert _shown(huawei, cluster_id) == {"agency_mappings": []}
    busy = _set(huawei, cluster_id)
    assert (busy.status, busy.code) == (500, "MRS.0206")
    huawei.clock.advance(100)
    assert _shown(huawei, cluster_id) == {"agency_mappings": [MAPPING]}
    persistence.save(tmp_path / "state.json", huawei.simulator.world.store)
    assert persistence.load(tmp_path / "state.json") == huawei.simulator.world.store
    _set(huawei, cluster_id)
    huawei.clock.advance(100)
    assert _shown(huawei, cluster_id) == {"agency_mappings": []}


@pytest.mark.parametrize(
    "mapping",
    [
        {**MAPPING, "identifier_type": "Role"},
        {**MAPPING, "agency_id": ""},
        {key: value for key, value in MAPPING.items() if key != "agency_id"},
        {**MAPPING, "identifiers": "robot"},
    ],
)
def test_what_no_document_has_is_refused(huawei, mapping: t.Any) -> None:
    assert _set(huawei, huawei.running(), mapping).code == "12000002"


def test_only_a_running_cluster_takes_them(huawei) -> None:
    assert _set(huawei, huawei.create(), MAPPING).code == "12000012"


def test_otc_does_not_publish_the_calls(cloud) -> None:
    assert cloud.v2("GET", f"{cloud.running()}/agency-mapping").code == "SIMULATOR.501"
