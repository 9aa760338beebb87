# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import WaitError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Waiter
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    Json,
    ManualClock,
    a_cluster,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import GONE, reads
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import Answer, client


@pytest.mark.parametrize(
    ("state", "scale", "usable"),
    [
        ("running", None, True),
        ("running", "scaling-error", True),
        ("running", "scaled-up-success", True),
        ("abnormal", None, True),
        ("running", "scaling-out", False),
        ("running", "scaling-up", False),
        ("abnormal", "scaling-in", False),
        ("scaling-out", None, False),
        ("starting", None, False),
        ("rebooting", None, False),
        ("unknown", None, False),
    ],
)
def test_what_is_usable(state: str, scale: str | None, usable: bool) -> None:
    assert cluster_state.is_usable(a_cluster(clusterState=state, scale=scale)) is usable


@pytest.mark.parametrize("state", ["failed", "frozen", "terminating", "terminated"])
def test_what_never_will_be(state: str) -> None:
    with pytest.raises(WaitError, match=f"is {state}"):
        cluster_state.is_usable(a_cluster(clusterState=state))


def test_a_state_that_is_named_ends_the_wait_whatever_it_means() -> None:
    assert (
        cluster_state.is_usable(a_cluster(clusterState="terminated"), or_in=("terminated",)) is True
    )


def test_a_hopeless_cluster_tells_stage_error_and_reason() -> None:
    error = cluster_state.hopeless(
        a_cluster(clusterState="failed", stageDesc="Creating VMs", errorInfo="(MRS.105) full")
    )
    assert str(error).startswith(
        f"Cluster etl ({CLUSTER}) is failed (Creating VMs; (MRS.105) full). The subnet has no "
        "free address."
    )
    assert error.reason == "(MRS.105) full"


def test_another_state_of_a_cluster_has_no_stage_of_before() -> None:
    going = cluster_state.with_state(
        a_cluster(stageDesc="Creating VMs", errorInfo="x"), "terminating"
    )
    assert (going.state, going.stage, going.error) == ("terminating", None, None)


def working(service: Client) -> Context:
    return Context(
        service, Waiter(ManualClock(), 600.0, 15.0), wait=True, region=None, patience=30.0
    )


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (cluster(), "running"),
        (cluster(clusterState="abnormal"), "abnormal"),
        (cluster(clusterState="failed"), "failed"),
        (cluster(clusterState="terminating"), "terminating"),
        (GONE, "terminated"),
    ],
)
def test_q4_a_starting_cluster_is_followed_until_it_may_be_deleted(
    end: Json | Answer, state: str
) -> None:
    starting = cluster(clusterState="starting")
    with client(reads(starting), reads(end)) as service:
        assert cluster_wait.until_deletable(working(service), Cluster.of(starting)).state == state


@pytest.mark.parametrize("state", ["running", "abnormal", "frozen", "failed", "terminating"])
def test_q4_all_others_need_no_look(state: str) -> None:
    with client() as service:
        assert (
            cluster_wait.until_deletable(working(service), a_cluster(clusterState=state)).state
            == state
        )


@pytest.mark.parametrize(
    "end", [cluster(clusterState="terminated"), cluster(clusterState="failed"), GONE]
)
def test_q1_q3_gone_is_terminated_or_forgotten(end: Json | Answer) -> None:
    with client(reads(cluster(clusterState="terminating")), reads(end)) as service:
        cluster_wait.until_gone(working(service), a_cluster())


def test_what_was_seen_last_is_in_the_result() -> None:
    with client(reads(cluster(clusterState="starting")), reads(cluster())) as service:
        context = working(service)
        cluster_wait.until_usable(context, a_cluster(clusterState="starting"))
    assert context.results["cluster"]["state"] == "running"


def test_a_usable_cluster_needs_no_look() -> None:
    with client() as service:
        assert cluster_wait.until_usable(working(service), a_cluster()).id == CLUSTER
