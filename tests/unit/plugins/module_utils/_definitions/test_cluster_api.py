# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_api import (
    resize_api,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    JOB_OPTIONS,
    Json,
    wanted_cluster,
)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"type": "mixed"}, "type: mixed"),
        ({"type": "custom"}, "type: custom"),
        ({"template": "mgmt_control_combined_v2"}, "template"),
        ({"component_configs": [{"component": "Hive", "configs": []}]}, "component_configs"),
        ({"eip_id": "e"}, "eip_id"),
        ({"eip_address": "100.64.10.7"}, "eip_address"),
        ({"agency": "MRS_ECS_DEFAULT_AGENCY"}, "agency"),
        (
            {
                "external_metastores": [
                    {"component": "Hive", "role_type": "hive_data", "source_type": "LOCAL_DB"}
                ]
            },
            "external_metastores",
        ),
        ({"alarms": {"topic_urn": "urn:smn:a"}}, "alarms"),
        ({"log_uri": "obs://logs/"}, "log_uri"),
        ({"auto_create_security_group": True}, "auto_create_security_group"),
        ({"jobs": [JOB_OPTIONS]}, "jobs"),
        (
            {"node_groups": [{"name": "core", "assigned_roles": ["DataNode"]}]},
            "node_groups[].assigned_roles",
        ),
    ],
)
def test_what_only_api_v2_has_is_created_by_it(given: Json, reason: str) -> None:
    assert wanted_cluster(**given).creation_api() == ("v2", reason)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"type": "analysis"},
        {"type": "streaming", "safe_mode": True, "version": "MRS 3.5.0-LTS"},
        {"job": JOB_OPTIONS},
        {"auto_create_security_group": False, "template": "", "jobs": []},
    ],
)
def test_all_others_are_created_by_api_v1_1(given: Json) -> None:
    assert wanted_cluster(**given).creation_api() == ("v1.1", None)


@pytest.mark.parametrize(
    ("kind", "api"),
    [
        ("analysis", "v1.1"),
        ("streaming", "v1.1"),
        (None, "v1.1"),
        ("mixed", "v2"),
        ("custom", "v2"),
    ],
)
def test_what_resizes_a_cluster_depends_on_its_type(kind: str | None, api: str) -> None:
    assert resize_api(kind) == api
