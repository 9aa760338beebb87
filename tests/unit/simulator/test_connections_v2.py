# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections to databases (service_v2 11)."""

from __future__ import annotations

import json
import typing as t

import pytest

from mrs_simulator.state import persistence

SOURCE = {"db_name": "d", "user_name": "u", "password": "Canary-7", "rds_instance_id": "i"}


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    return make_cloud(flavor="hwc")


def _ask(cloud, method: str, path: str = "", body: t.Any = None, query: str = "") -> t.Any:
    headers = {"x_auth_token": cloud.token, "content_type": "application/json"}
    whole = f"/v2/{cloud.project}/data-connectors{path}"
    return cloud.request(method, whole, body, query, **headers)


def _body(source: t.Any = None, **changes: t.Any) -> dict[str, t.Any]:
    info = json.dumps(SOURCE if source is None else source)
    connector = {"connector_name": "hive", "source_type": "RDS_MYSQL", "source_info": info}
    return {"data_connector": {**connector, **changes}}


def test_one_is_created_listed_changed_and_deleted(huawei) -> None:
    created = _ask(huawei, "POST", body=_body())
    assert created.status == 201
    identity = created.json["connector_id"]
    [shown] = _ask(huawei, "GET").json["data_connectors"]
    assert (shown["connector_id"], shown["connector_name"], shown["status"]) == (
        identity,
        "hive",
        0,
    )
    assert json.loads(shown["source_info"]) == {
        "db_name": "d",
        "user_name": "u",
        "rds_instance_id": "i",
    }
    huawei.clock.advance(5)
    changed = _ask(huawei, "PUT", f"/{identity}", _body(connector_name="spark"))
    assert changed.json == {"result": "succeeded"}
    [then] = _ask(huawei, "GET", query="connector_name=spark").json["data_connectors"]
    assert then["last_update_time"] == shown["last_update_time"] + 5000
    assert _ask(huawei, "DELETE", f"/{identity}").status == 204
    assert _ask(huawei, "GET").json == {"total_count": 0, "data_connectors": []}
    assert _ask(huawei, "DELETE", f"/{identity}").code == "MRS.0010"


def test_names_repeat_and_the_offset_counts_items(huawei) -> None:
    for _number in range(3):
        _ask(huawei, "POST", body=_body())
    page = _ask(huawei, "GET", query="limit=2&offset=1").json
    assert (page["total_count"], len(page["data_connectors"])) == (3, 2)


def test_one_that_a_cluster_uses_is_not_deleted(huawei) -> None:
    identity = _ask(huawei, "POST", body=_body()).json["connector_id"]
    cluster_id = huawei.running()
    cluster = huawei.simulator.world.store.clusters[cluster_id]
    cluster.spec["external_datasources"] = [{"connector_id": identity}]
    [shown] = _ask(huawei, "GET").json["data_connectors"]
    assert shown["used_clusters"] == cluster_id
    assert _ask(huawei, "DELETE", f"/{identity}").code == "MRS.0010"


@pytest.mark.parametrize(
    "body",
    [
        _body(connector_name="a" * 65),
        _body(source_type="ORACLE"),
        _body(source_info="no JSON"),
        _body(source={"db_name": "d"}),
        _body(source={**SOURCE, "host": "h"}),
        {"connector_name": "hive"},
    ],
)
def test_what_no_document_has_is_refused(huawei, body: dict[str, t.Any]) -> None:
    answer = _ask(huawei, "POST", body=body)
    assert answer.code == "12000002"
    assert b"Canary" not in answer.raw


def test_otc_does_not_publish_the_calls(cloud) -> None:
    assert _ask(cloud, "GET").code == "SIMULATOR.501"


def test_the_password_is_neither_kept_nor_recorded(huawei, tmp_path) -> None:
    _ask(huawei, "POST", body=_body())
    persistence.save(tmp_path / "state.json", huawei.simulator.world.store)
    assert "Canary" not in (tmp_path / "state.json").read_text()
    assert persistence.load(tmp_path / "state.json") == huawei.simulator.world.store
    assert b"Canary" not in huawei.control("GET", "requests").raw
