# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Borders and details that the mutation test found without a test."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    NonsenseError,
    OptionError,
    WaitTimeoutError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Progress, Waiter
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.differences import (
    differences,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    Current,
    plan_present,
    resizes,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.policy_plan import covers
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster_state import Found
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    JOB,
    ManualClock,
    a_cluster,
    an_execution,
    group,
    wanted_cluster,
)


class TestWaiting:
    def test_a_stage_that_reads_the_same_is_told_once(self) -> None:
        told: list[Progress] = []
        states = iter(["starting"] * 4 + ["running"])
        waiter = Waiter(ManualClock(), timeout=60, interval=15, observer=told.append)
        waiter.until(
            "etl",
            lambda: next(states),
            lambda state: state == "running",
            lambda state: "".join(list(state)),
        )
        assert [progress.stage for progress in told] == ["starting", "running"]

    def test_a_read_that_lasts_past_the_deadline_is_the_last_one(self) -> None:
        clock = ManualClock()
        reads = []

        def slow() -> str:
            reads.append(clock.monotonic())
            clock.sleep(100)
            return "starting"

        with pytest.raises(WaitTimeoutError):
            Waiter(clock, timeout=60, interval=15).until("etl", slow, lambda state: False, str)
        assert len(reads) == 1

    def test_the_last_second_is_used(self) -> None:
        clock = ManualClock()
        with pytest.raises(WaitTimeoutError):
            Waiter(clock, timeout=4, interval=15).until(
                "etl", lambda: "starting", lambda state: False, str
            )
        assert clock.sleeps == [1, 2, 1]

    def test_stages_are_told_in_tenths_of_seconds(self) -> None:
        states = iter(["starting", "running"])
        waiter = Waiter(ManualClock(), timeout=60, interval=0.26)
        waiter.until("etl", lambda: next(states), lambda state: state == "running", str)
        assert [stage["seconds"] for stage in waiter.stages] == [0.3, 0.0]


def test_half_a_second_of_a_time_in_milliseconds_is_kept() -> None:
    moment = Raw({"time": 1711530100500}).time("time")
    assert moment is not None
    assert moment.isoformat() == "2024-03-27T09:01:40.500000+00:00"


class TestWhatTheServiceSays:
    def test_the_groups_of_an_old_answer_have_their_names_in_the_api(self) -> None:
        old = Cluster.of(
            {"clusterId": CLUSTER, "masterNodeNum": "2", "coreNodeNum": "3", "clusterType": 1}
        )
        assert [node_group.api_name for node_group in old.node_groups] == [
            "core_node_streaming_group",
            "master_node_default_group",
        ]

    def test_a_group_that_is_not_in_the_list_is_taken_from_the_old_fields(self) -> None:
        mixed = Cluster.of(
            {"nodeGroups": [group("core_node_analysis_group", 3)], "masterNodeNum": "2"}
        )
        assert mixed.counts == {"master": 2, "core": 3, "task": 0}

    def test_a_group_that_is_not_there_is_no_other_one(self) -> None:
        assert (
            Cluster.of({"nodeGroups": [group("task_node_analysis_group", 3)]}).group("master")
            is None
        )

    def test_a_group_without_a_number_has_no_nodes(self) -> None:
        assert (
            Cluster.of({"nodeGroups": [group("core_node_analysis_group", 3, NodeNum=None)]}).counts[
                "core"
            ]
            == 0
        )

    def test_an_empty_policy_is_none(self) -> None:
        answer = {"nodeGroups": [group("task_node_analysis_group", 3, AutoScalingPolicy={})]}
        (task,) = Cluster.of(answer).node_groups
        assert task.auto_scaling_policy is None

    @pytest.mark.parametrize("policy", ["none", ["none"]])
    def test_a_policy_that_is_no_object_is_not_taken_for_none(self, policy: t.Any) -> None:
        answer = {"nodeGroups": [group("task_node_analysis_group", 3, AutoScalingPolicy=policy)]}
        with pytest.raises(
            NonsenseError, match=r"^AutoScalingPolicy is a (text|list), not an object$"
        ):
            Cluster.of(answer)

    def test_only_a_completed_job_has_succeeded(self) -> None:
        assert an_execution(job_state=3, job_final_status=2).succeeded
        assert not an_execution(job_state=5, job_final_status=2).succeeded

    def test_an_execution_of_unknown_time_is_older_than_all_others(self) -> None:
        assert JobExecution.of({"id": JOB}).order == (0.0, JOB)

    def test_titles_have_name_and_id(self) -> None:
        assert a_cluster().title == f"etl ({CLUSTER})"
        assert an_execution().title == f"wordcount ({JOB})"


class TestPlans:
    @pytest.mark.parametrize(
        ("wanted", "there", "covered"),
        [
            ("25", "70", False),
            ("70", "25", False),
            (25, "25", True),
            (True, None, False),
            (False, None, True),
        ],
    )
    def test_a_policy_is_compared_value_by_value(
        self, wanted: t.Any, there: t.Any, covered: bool
    ) -> None:
        assert covers(wanted, there) is covered

    @pytest.mark.parametrize("size", ["c6.2xlarge.4.linux.mrs", "c6.8xlarge.4.linux.mrs"])
    def test_a_smaller_flavor_differs_as_well_as_a_larger_one(self, size: str) -> None:
        wanted = wanted_cluster(node_groups=[{"name": "core", "size": size}])
        assert differences(wanted, a_cluster()) == [
            ("node_groups[core].size", size, "c6.4xlarge.4.linux.mrs")
        ]

    def test_an_abnormal_cluster_is_not_replaced_as_a_failed_one_is(self) -> None:
        there = Current(Found(a_cluster(clusterState="abnormal")))
        assert plan_present(wanted_cluster(recreate="on_failure"), there).actions == []

    def test_the_first_task_nodes_need_a_size_also_when_core_nodes_are_scaled_with_them(
        self,
    ) -> None:
        wanted = wanted_cluster(
            node_groups=[{"name": "core", "count": 4}, {"name": "task", "count": 1}]
        )
        with pytest.raises(OptionError):
            resizes(wanted, a_cluster())

    def test_the_successor_of_a_cluster_that_is_named_by_its_id_has_its_name(self) -> None:
        wanted = wanted_cluster(
            name=None, id=CLUSTER, version="MRS 3.5.0-LTS", recreate="on_change"
        )
        made = plan_present(wanted, Current(Found(a_cluster())))
        assert made.actions[1] == {"action": "create", "cluster": "etl"}
        assert made.after["name"] == "etl"

    def test_a_new_cluster_without_task_nodes_is_shown_without_them(self) -> None:
        task = {"name": "task", "count": 0, "size": "c6.4xlarge.4.linux.mrs"}
        wanted = wanted_cluster(**{**CREATION, "node_groups": [*CREATION["node_groups"], task]})
        assert plan_present(wanted, Current(Found())).after["node_counts"] == {
            "master": 2,
            "core": 3,
            "task": 0,
        }
