# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    ServiceError,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    OTHER,
    Json,
    cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    lists,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    client,
)

OLD = cluster(clusterId="old", clusterState="terminated", createAt="1000000000")
OLDER = cluster(clusterId="older", clusterState="terminated", createAt="900000000")
PAGE = {"pageSize": "100", "currentPage": "1"}


@pytest.mark.parametrize(
    ("reference", "is_id"),
    [
        (CLUSTER, True),
        (CLUSTER.upper(), True),
        ("etl", False),
        (f"{CLUSTER}0", False),
        (f"{CLUSTER}\n", False),
        ("4f0c6c1e8a514f4e9d0b7a3a52a1c9d7", False),
    ],
)
def test_an_id_is_told_from_a_name(reference: str, is_id: bool) -> None:
    assert finding.is_id(reference) is is_id


def test_a_name_must_match_whole() -> None:
    with client(
        lists(cluster(clusterName="etl-2"), cluster(clusterId=OTHER, clusterName="ETL"))
    ) as service:
        assert finding.by_name(service, "etl") == finding.Found()


def test_a_complete_item_of_the_list_needs_no_second_request() -> None:
    with client(lists(cluster())) as service:
        found = finding.by_name(service, "etl")
    assert found.cluster is not None
    assert (found.cluster.id, found.ids) == (CLUSTER, {CLUSTER})


def test_an_item_that_lacks_something_is_read_whole() -> None:
    short = {key: value for key, value in cluster().items() if key not in ("tags", "scale")}
    with client(lists(short), reads(cluster(tags="env=test"))) as service:
        found = finding.by_name(service, "etl")
    assert found.cluster is not None
    assert found.cluster.tags == {"env": "test"}


def test_what_vanishes_between_list_and_detail_is_not_there() -> None:
    short = {key: value for key, value in cluster().items() if key != "tags"}
    with client(lists(short), reads(GONE)) as service:
        assert finding.by_name(service, "etl").cluster is None


def test_q1_q2_terminated_and_failed_namesakes_are_not_meant() -> None:
    failed = cluster(clusterId="failed", clusterState="failed", createAt="1800000000")
    with client(lists(OLDER, failed, cluster(), OLD)) as service:
        found = finding.by_name(service, "etl")
    assert found.cluster is not None
    assert found.cluster.id == CLUSTER
    assert [each.id for each in found.terminated] == ["old", "older"]
    assert found.ids == {CLUSTER, "failed", "old", "older"}


@pytest.mark.parametrize(
    ("states", "meant"),
    [
        (["terminated"], None),
        (["failed", "terminated"], "0"),
        (["failed", "terminating"], "1"),
        (["terminating", "starting"], "1"),
        (["failed", "failed"], "1"),
    ],
)
def test_the_living_one_counts_then_the_one_that_goes_then_the_newest_failed_one(
    states: list[str], meant: str | None
) -> None:
    namesakes = [
        cluster(clusterId=str(number), clusterState=state, createAt=str(1711529080 + number))
        for number, state in enumerate(states)
    ]
    with client(lists(*namesakes)) as service:
        found = finding.by_name(service, "etl")
    assert (found.cluster.id if found.cluster else None) == meant


@pytest.mark.parametrize("state", ["running", "starting", "abnormal", "frozen", "rebooting"])
def test_two_living_namesakes_are_an_error_that_lists_their_ids(state: str) -> None:
    twin = cluster(clusterId=OTHER, clusterState=state)
    with client(lists(twin, cluster())) as service, pytest.raises(MrsError) as caught:
        finding.by_name(service, "etl")
    assert str(caught.value) == (
        f"Several living clusters are named etl: {CLUSTER}, {OTHER}. Set the option cluster to the "
        "id of the one that you mean."
    )


def test_the_enterprise_project_narrows_the_list() -> None:
    with client(lists(cluster(), query={**PAGE, "enterpriseProjectId": "ep-1"})) as service:
        assert finding.by_name(service, "etl", "ep-1").cluster is not None


def test_the_default_enterprise_project_is_not_asked_for() -> None:
    with client(lists(query=PAGE)) as service:
        assert finding.by_name(service, "etl", "0").cluster is None


def test_where_the_service_has_no_enterprise_projects_all_clusters_are_listed() -> None:
    refused = Exchange(
        "GET", "/cluster_infos", refusal("12000002"), {**PAGE, "enterpriseProjectId": "ep-1"}
    )
    with client(refused, lists(cluster(), query=PAGE)) as service:
        assert finding.by_name(service, "etl", "ep-1").cluster is not None


def test_any_other_refusal_of_the_list_is_an_error() -> None:
    with (
        client(Exchange("GET", "/cluster_infos", refusal("12000052"))) as service,
        pytest.raises(ServiceError),
    ):
        finding.by_name(service, "etl", "ep-1")


@pytest.mark.parametrize(
    ("answer", "living", "terminated"),
    [
        (GONE, None, []),
        (cluster(clusterState="terminated"), None, [CLUSTER]),
        (cluster(clusterState="terminating"), CLUSTER, []),
        (cluster(clusterState="failed"), CLUSTER, []),
    ],
)
def test_by_id(answer: Json | Answer, living: str | None, terminated: list[str]) -> None:
    with client(reads(answer, CLUSTER)) as service:
        found = finding.by_id(service, CLUSTER)
    assert (found.cluster.id if found.cluster else None) == living
    assert [each.id for each in found.terminated] == terminated


@pytest.mark.parametrize("code", ["APIGW.0101", "12000052"])
def test_q3_a_lookup_that_is_refused_is_never_absence(code: str) -> None:
    with client(reads(refusal(code, status=404))) as service, pytest.raises(ServiceError):
        finding.by_id(service, CLUSTER)


def test_a_reference_is_looked_up_by_id_or_by_name() -> None:
    with client(reads(cluster()), lists(cluster())) as service:
        assert finding.living(service, CLUSTER).name == "etl"
        assert finding.living(service, "etl").id == CLUSTER


@pytest.mark.parametrize(
    ("found", "past"), [(lists(), ""), (lists(OLDER, OLD), "; it was terminated (old)")]
)
def test_a_reference_to_nothing_is_an_error_that_knows_the_past(found: Exchange, past: str) -> None:
    with client(found) as service, pytest.raises(MrsError) as caught:
        finding.living(service, "etl")
    assert str(caught.value) == (
        f"There is no cluster etl in this project{past}. Check the option cluster, the region and "
        "the project."
    )


def test_job_records_are_those_of_the_living_cluster_or_the_one_terminated_last() -> None:
    with client(lists(OLD, cluster()), lists(OLDER, OLD), lists()) as service:
        assert finding.id_with_jobs(service, CLUSTER) == CLUSTER
        assert finding.id_with_jobs(service, "etl") == CLUSTER
        assert finding.id_with_jobs(service, "etl") == "old"
        assert finding.id_with_jobs(service, "etl") is None
