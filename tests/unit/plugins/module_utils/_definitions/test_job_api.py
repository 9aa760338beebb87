# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import (
    api_for,
    other_api,
    version_numbers,
)


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("MRS 3.2.0-LTS.2", (3, 2, 0)),
        ("MRS 2.1.0", (2, 1, 0)),
        ("MRS-1.9.2", (1, 9, 2)),
        ("3.1.5", (3, 1, 5)),
        ("mrs 3", (3,)),
        ("FusionInsight V100R002C61", None),
        ("", None),
        (None, None),
    ],
)
def test_the_numbers_of_a_version(version: str | None, numbers: tuple[int, ...] | None) -> None:
    assert version_numbers(version) == numbers


@pytest.mark.parametrize(
    ("version", "safe_mode", "job_type", "api"),
    [
        ("MRS 3.2.0-LTS.2", False, "mapreduce", "v2"),
        ("MRS 3.5.0-LTS", True, "spark", "v2"),
        ("MRS 2.1.0", False, "mapreduce", "v1.1"),
        ("MRS 2.1.0", True, "mapreduce", "v2"),
        ("MRS 2.1.0", False, "spark_sql", "v2"),
        ("MRS 1.9.2", False, "flink", "v2"),
        ("MRS 1.8.10", False, "hiveql", "v1.1"),
        ("MRS 2.1.0", False, None, "v1.1"),
        ("FusionInsight V100R002C61", False, "mapreduce", "v1.1"),
        ("MRS 30.1", False, "mapreduce", "v2"),
        ("MRS 2.3.0-like-3.1", False, "mapreduce", "v1.1"),
        (None, None, "spark_python", "v1.1"),
    ],
)
def test_the_version_the_mode_and_the_type_decide(
    version: str | None, safe_mode: bool | None, job_type: str | None, api: str
) -> None:
    assert api_for(version, safe_mode, job_type) == api


@pytest.mark.parametrize(
    ("code", "api"),
    [("12000085", "v2"), ("12000064", "v2"), ("0167", "v1.1"), ("12000062", None), (None, None)],
)
def test_a_refusal_may_name_the_other_api(code: str | None, api: str | None) -> None:
    assert other_api(code) == api
