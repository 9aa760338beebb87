# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    OptionError,
    WaitError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.resize_plan import (
    LaterResize,
    Resize,
    check_not_overshot,
    check_task_node,
    plan,
    warnings,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json, an_execution

COUNTS = {"master": 2, "core": 3, "task": 0}


@pytest.mark.parametrize(
    ("wanted", "steps"),
    [
        ({}, []),
        ({"core": 3, "task": 0}, []),
        ({"core": 5}, [("core", 3, 5)]),
        ({"core": 2}, [("core", 3, 2)]),
        ({"task": 2}, [("task", 0, 2)]),
        ({"core": 5, "task": 2}, [("core", 3, 5), ("task", 0, 2)]),
        ({"core": 2, "task": 2}, [("task", 0, 2), ("core", 3, 2)]),
        ({"master": 1}, []),
    ],
)
def test_growing_groups_come_first_and_masters_never(
    wanted: dict[str, int], steps: list[tuple[str, int, int]]
) -> None:
    assert [(step.group, step.before, step.after) for step in plan(COUNTS, wanted)] == steps


counts = st.fixed_dictionaries(
    {"master": st.integers(1, 2), "core": st.integers(0, 500), "task": st.integers(0, 500)}
)
wishes = st.fixed_dictionaries(
    {}, optional={role: st.integers(0, 500) for role in ("master", "core", "task")}
)


@given(counts, wishes)
def test_plans_converge_in_one_pass_and_never_touch_masters(
    before: dict[str, int], wanted: dict[str, int]
) -> None:
    now = dict(before)
    for step in plan(before, wanted):
        assert step.group != "master"
        assert now[step.group] == step.before != step.after
        now[step.group] = step.after
    assert now == {**before, **wanted, "master": before["master"]}
    assert plan(now, wanted) == []


PARAMETERS: list[tuple[Resize, Json]] = [
    (
        Resize("core", 3, 5),
        {
            "scale_type": "scale_out",
            "node_group": "core_node_default_group",
            "instances": 2,
            "skip_bootstrap_scripts": False,
            "scale_without_start": False,
        },
    ),
    (
        Resize(
            "task",
            0,
            1,
            task_node={"node_size": "c6.large"},
            skip_bootstrap_scripts=True,
            scale_without_start=True,
        ),
        {
            "scale_type": "scale_out",
            "node_group": "task_node_default_group",
            "instances": 1,
            "skip_bootstrap_scripts": True,
            "scale_without_start": True,
            "task_node_info": {"node_size": "c6.large"},
        },
    ),
    (
        Resize("task", 1, 2, task_node={"node_size": "c6.large"}),
        {
            "scale_type": "scale_out",
            "node_group": "task_node_default_group",
            "instances": 1,
            "skip_bootstrap_scripts": False,
            "scale_without_start": False,
        },
    ),
    (
        Resize("core", 5, 3),
        {"scale_type": "scale_in", "node_group": "core_node_default_group", "instances": 2},
    ),
    (
        Resize("core", 5, 3, remove=("a", "b"), keep=("c",)),
        {
            "scale_type": "scale_in",
            "node_group": "core_node_default_group",
            "instances": 2,
            "include_instances": ["a", "b"],
            "exclude_instances": ["c"],
        },
    ),
    (
        Resize("task", 2, 1, remove=("a",), keep=("c",)),
        {
            "scale_type": "scale_in",
            "node_group": "task_node_default_group",
            "instances": 1,
            "server_ids": ["a"],
        },
    ),
]


@pytest.mark.parametrize(("resize", "parameters"), PARAMETERS)
def test_q16_q17_q18_q19_a_resize_is_a_delta_of_a_default_group_with_real_flags(
    resize: Resize, parameters: Json
) -> None:
    assert resize.parameters() == parameters


@pytest.mark.parametrize(
    ("resize", "body"),
    [
        (
            Resize("core_data", 3, 5, api="v2"),
            {
                "node_group_name": "core_data",
                "count": 2,
                "skip_bootstrap_scripts": False,
                "scale_without_start": False,
            },
        ),
        (
            Resize(
                *("core_data", 3, 4),
                api="v2",
                skip_bootstrap_scripts=True,
                scale_without_start=True,
            ),
            {
                "node_group_name": "core_data",
                "count": 1,
                "skip_bootstrap_scripts": True,
                "scale_without_start": True,
            },
        ),
        (Resize("core_data", 5, 3, api="v2"), {"node_group_name": "core_data", "count": 2}),
        (Resize("core_data", 9, 3, api="v2"), {"node_group_name": "core_data", "count": 6}),
        (
            Resize("core_data", 3, 8, api="v2"),
            {
                "node_group_name": "core_data",
                "count": 5,
                "skip_bootstrap_scripts": False,
                "scale_without_start": False,
            },
        ),
        (
            Resize("core_data", 5, 4, api="v2", remove=("vm-1",), resource_ids=("r-1",)),
            {"node_group_name": "core_data", "resource_ids": ["r-1"]},
        ),
    ],
)
def test_v16_api_v2_is_always_told_whether_scripts_run(resize: Resize, body: Json) -> None:
    assert resize.body() == body


@pytest.mark.parametrize(
    ("resize", "action"),
    [
        (Resize("core", 3, 5), {"action": "scale_out", "group": "core", "from": 3, "to": 5}),
        (Resize("task", 2, 1), {"action": "scale_in", "group": "task", "from": 2, "to": 1}),
        (
            Resize("core", 5, 4, remove=("a",)),
            {"action": "scale_in", "group": "core", "from": 5, "to": 4, "instances": ["a"]},
        ),
    ],
)
def test_a_resize_tells_what_it_does(resize: Resize, action: Json) -> None:
    assert resize.action == action


@pytest.mark.parametrize("task_node", [None, {}, {"data_volume_count": 1}])
def test_the_first_task_nodes_need_a_size(task_node: Json | None) -> None:
    with pytest.raises(OptionError) as caught:
        check_task_node(Resize("task", 0, 1, task_node=task_node), "task_node")
    assert caught.value.option == "task_node"


@pytest.mark.parametrize(
    "resize",
    [
        Resize("task", 0, 1, task_node={"node_size": "c6.large"}),
        Resize("task", 1, 2),
        Resize("core", 0, 1),
    ],
)
def test_all_other_nodes_need_none(resize: Resize) -> None:
    check_task_node(resize, "task_node")


FLOOR = "Open Telekom Cloud documents at least 3 core nodes after a scale-in; 2 are wanted."
BUSY = "Cluster etl is scaled in while jobs run on it: wordcount (e1)."


@pytest.mark.parametrize(
    ("resizes", "busy", "told"),
    [
        ([Resize("core", 5, 2)], False, [FLOOR]),
        ([Resize("core", 5, 3)], False, []),
        ([Resize("core", 5, 4)], False, []),
        ([Resize("core", 1, 2)], True, []),
        ([Resize("task", 5, 2)], True, [BUSY]),
        ([Resize("core_data", 5, 2)], False, []),
        ([Resize("analysis", 5, 2)], False, []),
        ([Resize("task", 2, 3), Resize("core", 5, 2)], True, [FLOOR, BUSY]),
    ],
)
def test_a_scale_in_warns_of_few_nodes_and_of_jobs(
    resizes: list[Resize], busy: bool, told: list[str]
) -> None:
    running = [an_execution(id="e1", name="wordcount")] if busy else []
    assert warnings("etl", resizes, running) == told


class TestNodesThatTheTaskDidNotAskFor:
    """The cluster has more nodes than were requested; the next plan is to remove some."""

    SCALE_IN = Resize("core", 7, 5)

    def test_after_a_scale_out_they_stay(self) -> None:
        with pytest.raises(WaitError) as caught:
            check_not_overshot("etl", [Resize("core", 3, 5)], self.SCALE_IN)
        assert str(caught.value).startswith(
            "Cluster etl has 7 core nodes, where 5 were requested and 3 were there before: "
        )

    @pytest.mark.parametrize("first", [[], [Resize("task", 3, 5)], [Resize("task", 5, 3)]])
    def test_they_stay_where_the_group_had_nothing_to_do(self, first: list[Resize]) -> None:
        with pytest.raises(WaitError, match="where 5 were requested and 5 were there before"):
            check_not_overshot("etl", first, self.SCALE_IN)

    def test_a_scale_in_goes_on(self) -> None:
        check_not_overshot("etl", [Resize("core", 9, 5)], self.SCALE_IN)

    @pytest.mark.parametrize("change", [Resize("core", 4, 5), LaterResize("core", 5)])
    def test_what_adds_nodes_goes_on(self, change: Resize | LaterResize) -> None:
        check_not_overshot("etl", [Resize("core", 3, 5)], change)


def test_a_resize_for_later_tells_what_it_does() -> None:
    assert LaterResize("core", 5).action == {
        "action": "scale_out",
        "group": "core",
        "from": None,
        "to": 5,
    }
