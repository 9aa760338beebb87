# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The users of IAM on a cluster, and jobs that need them there (service_v2 6, V15)."""

from __future__ import annotations

import typing as t

import pytest

from mrs_simulator.state import persistence

JOB = {"job_name": "j", "job_type": "MapReduce", "arguments": []}
ME = {"user_names": ["simulator-user"]}


@pytest.fixture(name="huawei")
def _huawei(make_cloud) -> t.Any:
    return make_cloud(flavor="hwc")


def _users(cloud, cluster_id: str) -> t.Any:
    return cloud.v2("GET", f"{cluster_id}/iam-sync-user").json


def _submit(cloud, cluster_id: str) -> t.Any:
    return cloud.v2("POST", f"{cluster_id}/job-executions", JOB)


def test_a_user_is_synchronised_and_known_to_the_nodes_five_minutes_later(huawei) -> None:
    cluster_id = huawei.running()
    assert (_submit(huawei, cluster_id).status, _submit(huawei, cluster_id).code) == (400, "0192")
    answer = huawei.v2("POST", f"{cluster_id}/iam-sync-user", ME)
    assert (answer.status, answer.json) == (202, {"state": "synchronizing"})
    states = [("iam-sync", "is_synchronizing"), ("iam-sync/is-synchronous", "is_synchronous")]
    assert [huawei.v2("GET", f"{cluster_id}/{path}").json[name] for path, name in states] == [
        True,
        False,
    ]
    assert _users(huawei, cluster_id) == {"user_names": [], "group_names": []}
    huawei.clock.advance(100)
    assert [huawei.v2("GET", f"{cluster_id}/{path}").json[name] for path, name in states] == [
        False,
        True,
    ]
    assert _users(huawei, cluster_id) == {
        "user_names": ["simulator-user"],
        "group_names": ["simulator-group"],
    }
    huawei.clock.advance(299)
    assert _submit(huawei, cluster_id).code == "0192"
    huawei.clock.advance(1)
    assert _submit(huawei, cluster_id).status == 202


def test_a_second_synchronisation_has_to_wait_and_does_not_start_the_minutes_anew(huawei) -> None:
    cluster_id = huawei.running()
    path = f"{cluster_id}/iam-sync-user"
    huawei.v2("POST", path, {"is_all_sync": True})
    busy = huawei.v2("POST", path, ME)
    assert (busy.status, busy.code) == (500, "12000154")
    assert huawei.v2("DELETE", path, ME).code == "12000154"
    huawei.clock.advance(300)
    assert huawei.v2("POST", path, ME).status == 202
    huawei.clock.advance(100)
    assert _submit(huawei, cluster_id).status == 202


def test_users_are_taken_away_again(huawei) -> None:
    cluster_id = huawei.running()
    path = f"{cluster_id}/iam-sync-user"
    huawei.v2("POST", path, ME)
    huawei.clock.advance(500)
    answer = huawei.v2("DELETE", path, {**ME, "group_names": ["nobody"]})
    assert (answer.status, answer.json) == (202, {"state": "synchronizing"})
    huawei.clock.advance(100)
    assert _users(huawei, cluster_id) == {"user_names": [], "group_names": ["simulator-group"]}
    assert _submit(huawei, cluster_id).code == "0192"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"user_names": ["nobody"]}, "12000157"),
        ({"group_names": ["nobody"]}, "12000156"),
        ({"user_names": "simulator-user"}, "12000002"),
        ({"user_names": ["x"] * 1001}, "12000002"),
        ({"is_all_sync": "true"}, "12000002"),
        ({"users": []}, "12000002"),
    ],
)
def test_wrong_names_are_refused(huawei, body: dict[str, t.Any], code: str) -> None:
    cluster_id = huawei.running()
    assert huawei.v2("POST", f"{cluster_id}/iam-sync-user", body).code == code
    assert _users(huawei, cluster_id)["user_names"] == []


def test_otc_asks_for_it_with_kerberos_only_and_does_not_publish_the_calls(cloud) -> None:
    plain, secured = cloud.running(), cloud.running(cluster_name="secured", safe_mode=1)
    assert _submit(cloud, plain).status == 200
    assert _submit(cloud, secured).code == "0192"
    for method, path in (("GET", "iam-sync-user"), ("POST", "iam-sync-user"), ("GET", "iam-sync")):
        assert cloud.v2(method, f"{secured}/{path}", {}).code == "SIMULATOR.501"
    cloud.set(serve_unpublished=True, sync_delay=0)
    assert cloud.v2("POST", f"{secured}/iam-sync-user", ME).status == 202
    cloud.clock.advance(100)
    assert _submit(cloud, secured).status == 200


def test_it_survives_a_restart(make_cloud, tmp_path) -> None:
    huawei = make_cloud(flavor="hwc")
    cluster_id = huawei.running()
    huawei.v2("POST", f"{cluster_id}/iam-sync-user", ME)
    huawei.clock.advance(400)
    assert _submit(huawei, cluster_id).status == 202
    persistence.save(tmp_path / "state.json", huawei.simulator.world.store)
    assert persistence.load(tmp_path / "state.json") == huawei.simulator.world.store
