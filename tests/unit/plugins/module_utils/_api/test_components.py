# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Components are added by API v2 (service_v2 5.3)."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import components
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    ServiceError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import (
    Component,
    Roles,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    PROJECT,
    a_cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import LOST, refusal
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    client,
)

FLINK = Component("Flink", (Roles("node_group_1", ("FlinkResource",)),))
BODY = {
    "components_install_mode": [
        {
            "component": "Flink",
            "node_groups": [{"name": "node_group_1", "assigned_roles": ["FlinkResource"]}],
        }
    ]
}


def adds(reply: t.Any) -> Exchange:
    return Exchange("POST", f"/v2/{PROJECT}/clusters/{CLUSTER}/components", reply, {}, BODY)


@pytest.mark.parametrize("result", ["succeeded", "success"])
def test_one_request_names_all_components(result: str) -> None:
    with client(adds(Answer(200, {"result": result}))) as service:
        components.add_components(service, a_cluster(), [FLINK])


def test_an_answer_that_says_no_is_a_refusal() -> None:
    with (
        client(adds(Answer(200, {"result": "failed"}))) as service,
        pytest.raises(ServiceError, match="Cannot add Flink to cluster etl"),
    ):
        components.add_components(service, a_cluster(), [FLINK])


@pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
def test_it_is_not_repeated(reply: t.Any) -> None:
    with client(adds(reply)) as service, pytest.raises(UnknownOutcomeError):
        components.add_components(service, a_cluster(), [FLINK])


def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so() -> None:
    refused = refusal("APIGW.0101", "No such API.", 404)
    with client(adds(refused)) as service, pytest.raises(ServiceError) as caught:
        components.add_components(service, a_cluster(), [FLINK])
    assert "This cloud does not serve this call of API v2." in str(caught.value)
