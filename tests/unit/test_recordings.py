# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recorder writes no secret, and the comparer finds what differs."""

from __future__ import annotations

import importlib
import json
import typing as t
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = "GET /v1.1/{project}/cluster_infos 200"


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> t.Any:
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "tools"))
    return importlib.import_module("ansible_collections.huaweicloud.mrs.tests.recordings.record")


@pytest.fixture
def compare() -> t.Any:
    return importlib.import_module("ansible_collections.huaweicloud.mrs.tests.recordings.compare")


def test_secrets_are_masked_wherever_they_stand(record: t.Any) -> None:
    said = {
        "cluster_admin_secret": "Canary-1",
        "auth": {"identity": {"password": {"user": {"name": "me", "password": "Canary-2"}}}},
        "add_jobs": [{"job_name": "train", "arguments": "org.Train @password=Canary-3 rounds=10"}],
        "credential": {"access": "Canary-4", "secret": "Canary-5"},
    }
    assert "Canary" not in json.dumps(record.masked(said))


def test_what_is_no_secret_stays(record: t.Any) -> None:
    said = {
        "add_jobs": [{"arguments": "@password=x rounds=10"}],
        "node_public_cert_name": "ops-key",
        "secret": None,
    }
    assert record.masked(said) == {
        "add_jobs": [{"arguments": "@password=MASKED rounds=10"}],
        "node_public_cert_name": "ops-key",
        "secret": None,
    }


def test_a_route_has_names_in_place_of_ids(record: t.Any) -> None:
    path = (
        "/v1.1/0123456789abcdef0123456789abcdef/cluster_infos/4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7"
    )
    assert record.route_of(path) == "/v1.1/{project}/cluster_infos/{id}"


def recording(path: Path, *answers: t.Any) -> Path:
    exchange = {"method": "GET", "route": "/v1.1/{project}/cluster_infos", "status": 200}
    path.write_text(
        "".join(json.dumps({**exchange, "answer": answer}) + "\n" for answer in answers), "utf-8"
    )
    return path


def test_equal_answers_have_no_difference(compare: t.Any, tmp_path: Path) -> None:
    one = recording(
        tmp_path / "one", {"clusters": [{"clusterName": "etl", "createAt": "1711530100"}]}
    )
    other = recording(
        tmp_path / "other", {"clusters": [{"clusterName": "clicks", "createAt": "1711530199"}]}
    )
    assert compare.compare(compare.read(one), compare.read(other)) == []


def test_fields_and_looks_that_differ_are_told(compare: t.Any, tmp_path: Path) -> None:
    cloud = recording(
        tmp_path / "cloud",
        {"clusterTotal": "3", "clusters": [{"createAt": 1711530100000, "vpcId": "x"}]},
    )
    simulator = recording(
        tmp_path / "simulator",
        {"clusterTotal": 3, "clusters": [{"createAt": 1711530100, "new": 1}]},
    )
    assert compare.compare(compare.read(cloud), compare.read(simulator)) == [
        f"{LIST} .clusters[].vpcId: only the cloud has it",
        f"{LIST} .clusters[].new: only the simulator has it",
        f"{LIST} .clusterTotal: str, a number in the cloud, int, a number in the simulator",
        f"{LIST} .clusters[].createAt: "
        "int, a time of 13 digits in the cloud, int, a time of 10 digits in the simulator",
    ]
