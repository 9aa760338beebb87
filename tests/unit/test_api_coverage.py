# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of what is covered is true, and what would make it untrue is found."""

from __future__ import annotations

import importlib.util
import typing as t
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load() -> t.Any:
    path = ROOT / "tests" / "tools" / "api_coverage.py"
    spec = importlib.util.spec_from_file_location("api_coverage", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


coverage: t.Any = _load()


@pytest.fixture(name="known", scope="module")
def _known() -> t.Any:
    return coverage.operations()


@pytest.fixture(name="table")
def _table() -> t.Any:
    return coverage.Table()


def test_each_operation_and_each_field_is_decided_on(table: t.Any, known: t.Any) -> None:
    assert coverage.problems(table, known) == []
    assert len(known) == 63


def test_the_page_says_what_the_table_says(table: t.Any, known: t.Any) -> None:
    assert coverage.PAGE.read_text("utf-8") == coverage.page(table, known)


def test_the_fields_of_a_request_are_those_of_the_query_and_of_the_body(known: t.Any) -> None:
    fields = {(each.api, each.name): each.fields for each in known}
    assert fields["v2", "show_mrs_flavors"] == ("availability_zone",)
    assert fields["v2", "shrink_cluster"] == ("node_group_name", "count", "resource_ids")
    assert "steps.job_execution.properties" in fields["v2", "run_job_flow"]
    assert "node_groups.auto_scaling_policy.rules.trigger" in fields["v1", "create_cluster"]


def told(table: t.Any, known: t.Any, name: str, decision: t.Any) -> list[str]:
    """What is wrong once C(decision) is made about an operation of API v2."""
    table.operations["v2", name] = decision
    found: list[str] = coverage.problems(table, known)
    return found


@pytest.mark.parametrize(
    ("name", "decision", "problem"),
    [
        ("show_mrs_flavors", None, "say one of modules, client, left"),
        ("show_mrs_flavors", {"left": "x", "client": "x"}, "say one of modules, client, left"),
        ("show_mrs_flavors", {"left": "x"}, "it is called, so it is not left"),
        ("cancel_sql", {"modules": ["mrs_job"]}, "it is called nowhere"),
        ("cancel_sql", {"client": "x"}, "it is called nowhere"),
        (
            "show_mrs_flavors",
            {"modules": ["mrs_version_info"]},
            "availability_zone: no decision",
        ),
        (
            "show_mrs_flavors",
            {"modules": ["mrs_version_info"], "fields": {"availability_zone": "zone"}},
            "availability_zone: mrs_version_info has no option zone",
        ),
        (
            "show_mrs_flavors",
            {"modules": ["mrs_version_info"], "fields": {"availability_zone": {"no": "x"}}},
            "availability_zone: say an option, itself or left",
        ),
        (
            "update_cluster_name",
            {"modules": ["mrs_cluster"], "fields": {"zone": "name"}},
            "zone: the SDK has no such field",
        ),
    ],
)
def test_what_is_not_true_is_found(
    table: t.Any, known: t.Any, name: str, decision: t.Any, problem: str
) -> None:
    assert f"v2 {name}: {problem}" in told(table, known, name, decision)


def test_an_operation_that_the_sdk_does_not_have_is_found(table: t.Any, known: t.Any) -> None:
    assert told(table, known, "create_moon", {"left": "x"}) == [
        "v2 create_moon: the SDK has no such operation"
    ]


@pytest.mark.parametrize(
    ("path", "texts", "called"),
    [
        ("/v2/{project_id}/clusters/{cluster_id}/nodes", {"/clusters/{}/nodes"}, True),
        ("/v2/{project_id}/clusters/{cluster_id}/nodes", {"/clusters/{}/hosts"}, False),
        ("/v2/{project_id}/clusters/{cluster_id}/expand", {"/clusters/{}/{}", "expand"}, True),
        ("/v2/{project_id}/clusters/{cluster_id}/expand", {"/clusters/{}/{}"}, False),
        ("/v2/{project_id}/data-connectors/{id}", {"{}/{}", "/data-connectors"}, True),
        ("/v2/{project_id}/data-connectors/{id}", {"{}/{}"}, False),
    ],
)
def test_whether_a_path_is_in_the_code(path: str, texts: set[str], called: bool) -> None:
    assert coverage.is_called(path, texts) is called
