# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the service always refuses fails first; what one cloud refuses warns elsewhere."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.regions import cloud_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster_creation import (
    creation_doubts,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    DISKS,
    JOB_OPTIONS,
    SIZE,
    Json,
    cluster,
    options,
    wanted_cluster,
    wanted_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    lists,
    lists_jobs,
    refusal,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    ANY,
    Exchange,
    play,
    play_failing,
)

OTC = "https://mrs.eu-de.otc.t-systems.com"
HUAWEI = "https://mrs.cn-north-4.myhuaweicloud.com"
ELSEWHERE = "https://mrs.example.com"
MRS_3 = "MRS 3.2.0-LTS.2"
DAY = {"start_time": "8:00", "end_time": "18:00", "min_capacity": 1, "max_capacity": 2}
TRIGGER = {"metric_name": "YARNAppPending", "metric_value": "2", "evaluation_periods": 1}
RULE = {
    "name": "grow",
    "adjustment_type": "scale_out",
    "cool_down_minutes": 20,
    "scaling_adjustment": 1,
}
SCRIPT = {"name": "tune", "uri": "obs://etl/tune.sh", "nodes": ["master"]}
HOOK = {**SCRIPT, "action_stage": "after_scale_in", "fail_action": "continue"}


def policy(**changes: t.Any) -> Json:
    """Options of a cluster with a policy."""
    given = {
        "auto_scaling_enable": True,
        "min_capacity": 0,
        "max_capacity": 6,
        "resources_plans": [DAY],
        **changes,
    }
    return {"node_groups": [{"name": "task", "auto_scaling_policy": given}]}


def rule(**changes: t.Any) -> Json:
    trigger = {**TRIGGER, **changes.pop("trigger", {})}
    return policy(rules=[{**RULE, "trigger": trigger, **changes}])


def nodes(**changes: t.Any) -> Json:
    """Options of a creation whose core nodes differ."""
    master, core = ({**each, **DISKS} for each in CREATION["node_groups"])
    return {**CREATION, "node_groups": [master, {**core, **changes}]}


ON = "node_groups[task].auto_scaling_policy"
ALWAYS_REFUSED: list[tuple[Json, str]] = [
    ({"tags": {f"t{number}": "" for number in range(11)}}, "tags: must have at most 10 tags"),
    ({"tags": {"": "x"}}, "tags.: must have 1 to 36 characters"),
    ({"tags": {"k" * 37: ""}}, f"tags.{'k' * 37}: must have 1 to 36 characters"),
    ({"tags": {"k": "v" * 44}}, "tags.k: must have at most 43 characters"),
    ({"tags": {"k": " v"}}, "tags.k: begins or ends with a blank, or cannot be printed"),
    ({"tags": {"k": "v\n"}}, "tags.k: begins or ends with a blank, or cannot be printed"),
    ({"admin_password": "Aa1-" * 9}, "admin_password: must have 8 to 32 characters"),
    ({"admin_password": "Pässw0rd-1"}, "admin_password: has characters besides those of ASCII"),
    (
        {"root_password": "Passw0rd #"},
        "root_password: must have no special characters but ! @ $ % ^ - _ = + [ { } ] : , . / ?",
    ),
    (policy(min_capacity=-1), f"{ON}.min_capacity: must be 0 to 500, not -1"),
    (policy(max_capacity=501), f"{ON}.max_capacity: must be 0 to 500, not 501"),
    (
        policy(min_capacity=7),
        "node_groups[].auto_scaling_policy: min_capacity 7 is above max_capacity 6",
    ),
    (
        policy(resources_plans=None),
        "node_groups[].auto_scaling_policy: a policy that is on needs resources_plans or rules",
    ),
    (
        policy(resources_plans=[{**DAY, "end_time": "8:29"}]),
        "node_groups[].auto_scaling_policy: 8:00 to 8:29: a plan ends on the day on which it "
        "begins, and at least 30 minutes later",
    ),
    (
        policy(resources_plans=[{**DAY, "start_time": "28800"}]),
        f"{ON}.resources_plans[0].start_time: must be hour:minute such as 8:30; quote it",
    ),
    (
        policy(resources_plans=[{**DAY, "period_type": "weekly"}]),
        f"{ON}.resources_plans[0].period_type: must be one of daily, not weekly",
    ),
    (rule(name="g r o w"), f"{ON}.rules[g r o w].name: must have 1 to 64 letters, digits, - and _"),
    (
        rule(description="x" * 1025),
        f"{ON}.rules[grow].description: must have at most 1024 characters",
    ),
    (
        rule(adjustment_type="grow"),
        f"{ON}.rules[grow].adjustment_type: must be one of scale_out, scale_in, not grow",
    ),
    (
        rule(cool_down_minutes=10081),
        f"{ON}.rules[grow].cool_down_minutes: must be 0 to 10080, not 10081",
    ),
    (rule(scaling_adjustment=0), f"{ON}.rules[grow].scaling_adjustment: must be 1 to 100, not 0"),
    (
        rule(trigger={"evaluation_periods": 289}),
        f"{ON}.rules[grow].trigger.evaluation_periods: must be 1 to 288, not 289",
    ),
    (
        rule(trigger={"metric_value": "25%"}),
        f"{ON}.rules[grow].trigger.metric_value: must be a number with at most two decimals",
    ),
    (
        rule(trigger={"comparison_operator": "<"}),
        f"{ON}.rules[grow].trigger.comparison_operator: must be one of LT, GT, LTOE, GTOE, not <",
    ),
    (
        policy(rules=[{**RULE, "trigger": TRIGGER}] * 2),
        "node_groups[].auto_scaling_policy.rules: grow is given twice",
    ),
    (
        policy(exec_scripts=[{**HOOK, "fail_action": "errorout"}]),
        "node_groups[].auto_scaling_policy.exec_scripts: fail_action must be continue for "
        "after_scale_in",
    ),
    (
        policy(exec_scripts=[{**HOOK, "action_stage": "later"}]),
        f"{ON}.exec_scripts[tune].action_stage: must be one of before_scale_out, before_scale_in, "
        "after_scale_out, "
        "after_scale_in, not later",
    ),
    (
        {"bootstrap_scripts": [{**SCRIPT, "name": " tune"}]},
        "bootstrap_scripts[ tune].name: must have 1 to 64 letters, digits, blanks, - and _, and "
        "begin with no blank",
    ),
    (
        {"bootstrap_scripts": [{**SCRIPT, "uri": "tune.sh"}]},
        "bootstrap_scripts[tune].uri: must be an OBS path, or a path on the nodes that starts "
        "with / and ends with .sh",
    ),
    (
        {"bootstrap_scripts": [{**SCRIPT, "nodes": ["mastr"]}]},
        "bootstrap_scripts[tune].nodes[0]: must be master, core or task",
    ),
    (
        {"bootstrap_scripts": [{**SCRIPT, "fail_action": "stop"}]},
        "bootstrap_scripts[tune].fail_action: must be one of continue, errorout, not stop",
    ),
    ({"bootstrap_scripts": [SCRIPT, SCRIPT]}, "bootstrap_scripts: tune is given twice"),
]


@pytest.mark.parametrize(("given", "told"), ALWAYS_REFUSED)
def test_what_every_cloud_refuses_fails_before_any_request(given: Json, told: str) -> None:
    result = play_failing(
        "mrs_cluster", {"name": "etl", "key_pair": None, **given}, [], check_mode=True
    ).result
    assert result["msg"] == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"input": "/" + "i" * 1023}, "input: must have at most 1023 characters"),
        ({"job_log": "/" + "i" * 1023}, "job_log: must have at most 1023 characters"),
        ({"arguments": "a" * 150001}, "arguments: must have at most 150000 characters"),
        ({"output": "/a;b"}, "output: the service refuses the characters ; | & > < ' and $ in it"),
    ],
)
def test_what_every_cloud_refuses_of_a_job_fails_before_any_request(given: Json, told: str) -> None:
    assert (
        play_failing("mrs_job", {"cluster": "etl", **JOB_OPTIONS, **given}, []).result["msg"]
        == told
    )
    of_cluster = {"name": "etl", "job": {**JOB_OPTIONS, **given}}
    assert play_failing("mrs_cluster", of_cluster, []).result["msg"] == f"job.{told}"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"count": -1}, "count: must be 0 to 500, not -1"),
        (
            {"task_node": {"size": SIZE, "data_volume_size": 99}},
            "task_node.data_volume_size: must be 100 to 32000, not 99",
        ),
        (
            {"task_node": {"size": SIZE, "data_volume_count": 21}},
            "task_node.data_volume_count: must be 0 to 20, not 21",
        ),
    ],
)
def test_what_every_cloud_refuses_of_a_scaling_fails_before_any_request(
    given: Json, told: str
) -> None:
    wanted = {"cluster": "etl", "node_group": "task", "count": 1, **given}
    assert play_failing("mrs_cluster_scale", wanted, []).result["msg"] == told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            nodes(data_volume_size=99),
            "node_groups[core].data_volume_size: must be 100 to 32000, not 99",
        ),
        (
            nodes(data_volume_size=32001),
            "node_groups[core].data_volume_size: must be 100 to 32000, not 32001",
        ),
        (
            nodes(data_volume_count=21),
            "node_groups[core].data_volume_count: must be 0 to 20, not 21",
        ),
        (
            nodes(root_volume_size=32001),
            "node_groups[core].root_volume_size: must be 1 to 32000, not 32001",
        ),
    ],
)
def test_disks_that_are_refused_fail_before_a_creation(given: Json, told: str) -> None:
    for check_mode in (True, False):
        assert (
            play_failing("mrs_cluster", given, [lists()], check_mode=check_mode).result["msg"]
            == told
        )


def test_a_cluster_that_was_made_with_other_disks_can_be_described() -> None:
    there = cluster()
    there["nodeGroups"][1]["DataVolumeSize"] = 10
    result = play("mrs_cluster", nodes(data_volume_size=10), [lists(there)], check_mode=True).result
    assert (result["changed"], result["warnings"]) == (False, [])


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_system_disk_that_mrs_3_finds_too_small_is_warned_of(check_mode: bool) -> None:
    given = {**nodes(root_volume_size=40), "version": MRS_3, "admin_password": "Abcd-1234"}
    warning = (
        "node_groups[core].root_volume_size 40: MRS 3 needs 480, the creation would fail after "
        "some minutes."
    )
    refused = Exchange("POST", "/run-job-flow", refusal("12000029"), body=ANY)
    if check_mode:
        result = play("mrs_cluster", given, [lists()], check_mode=True).result
    else:
        result = play_failing("mrs_cluster", given, [lists(), lists(), refused]).result
    assert result["warnings"] == [warning]


def doubts(given: Json, cloud: str | None = None) -> list[str]:
    return creation_doubts(wanted_cluster(**{"admin_password": "Abcd-1234", **given}), cloud)


@pytest.mark.parametrize(
    ("given", "warnings"),
    [
        ({**nodes(root_volume_size=40), "version": "MRS 2.1.0"}, []),
        (
            nodes(root_volume_type="ESSD"),
            ["node_groups[core].root_volume_type: must be one of SATA, SAS, SSD, GPSSD, not ESSD."],
        ),
        (
            {
                **CREATION,
                "version": MRS_3,
                "node_groups": [
                    {**CREATION["node_groups"][0], "count": 1},
                    CREATION["node_groups"][1],
                ],
            },
            ["node_groups[master].count 1: MRS 3 needs 2 masters on Huawei Cloud."],
        ),
        (
            {
                **CREATION,
                "node_groups": [
                    {**CREATION["node_groups"][0], "count": 3},
                    CREATION["node_groups"][1],
                ],
            },
            ["node_groups[master].count: must be 1 to 2, not 3."],
        ),
        (nodes(), []),
    ],
)
def test_where_versions_differ_it_is_a_warning(given: Json, warnings: list[str]) -> None:
    assert doubts(given) == warnings


CLOUDS: list[tuple[Json, str, str]] = [
    ({"tags": {"a.b": "c"}}, "otc", "tags.a.b: must have letters, digits, - and _ only"),
    ({"tags": {"a": "c@d e"}}, "otc", "tags.a: must have letters, digits, - and _ only"),
    ({"admin_password": "Aa1-" * 8}, "huawei", "admin_password: must have 8 to 26 characters"),
    (
        {"admin_password": "Passw0rdd"},
        "huawei",
        "admin_password: must have all of: lower case, upper case, digits, special characters",
    ),
    (
        {"admin_password": "Passw0rd #"},
        "huawei",
        "admin_password: must have no special characters but ! @ $ % ^ - _ = + [ { } ] : , . / ?",
    ),
    (
        nodes(data_volume_count=11),
        "otc",
        "node_groups[core].data_volume_count: must be 0 to 10, not 11",
    ),
    (
        {"job": {**JOB_OPTIONS, "arguments": "a" * 2048}},
        "otc",
        "job.arguments: must have at most 2047 characters",
    ),
    (
        {"job": {**JOB_OPTIONS, "arguments": 'a "b"'}},
        "huawei",
        'job.arguments: must have none of the characters ! " \\',
    ),
]
NAMES = {"otc": "Open Telekom Cloud", "huawei": "Huawei Cloud"}


@pytest.mark.parametrize(("given", "cloud", "told"), CLOUDS)
def test_what_one_cloud_refuses_fails_there_only(given: Json, cloud: str, told: str) -> None:
    with pytest.raises(OptionError) as caught:
        doubts(given, cloud)
    assert str(caught.value) == f"{told} ({NAMES[cloud]})"
    other = next(each for each in NAMES if each != cloud)
    assert doubts(given, other) == []
    where, _colon, problem = told.partition(": ")
    assert doubts(given) == [f"{where}: {NAMES[cloud]} refuses it: {problem}."]


@pytest.mark.parametrize(
    ("address", "cloud"),
    [
        (OTC, "otc"),
        ("https://mrs.eu-nl.otc.t-systems.com:443/v1.1/0123", "otc"),
        (HUAWEI, "huawei"),
        ("https://mrs.ap-southeast-1.myhuaweicloud.cn", "huawei"),
        ("https://mrs.eu-west-101.myhuaweicloud.eu", "huawei"),
        ("https://mrs.eu-west-0.prod-cloud-ocb.orange-business.com", None),
        ("http://127.0.0.1:8080", None),
        ("https://otc.t-systems.com.example.com", None),
        ("https://notmyhuaweicloud.com", None),
    ],
)
def test_a_cloud_is_known_by_its_address(address: str, cloud: str | None) -> None:
    assert cloud_of(address) == cloud


@pytest.mark.parametrize("check_mode", [True, False])
def test_new_tags_of_a_cluster_fail_where_its_cloud_refuses_them(check_mode: bool) -> None:
    given = {"name": "etl", "tags": {"a.b": "new", "old.one": "x"}, "endpoint": OTC}
    script = [lists(cluster(tags="old.one=x")), tags(**{"old.one": "x"})]
    result = play_failing("mrs_cluster", given, script, check_mode=check_mode).result
    assert result["msg"] == "tags.a.b: must have letters, digits, - and _ only (Open Telekom Cloud)"


@pytest.mark.parametrize("check_mode", [True, False])
def test_tags_and_nodes_that_nobody_asks_for_count_as_well(check_mode: bool) -> None:
    old = {f"old-{number}": "" for number in range(9)}
    there = cluster(core=300, task=300, tags=",".join(f"{key}=" for key in old))
    given = {"name": "etl", "tags": {"new-1": "", "new-2": ""}, "purge_tags": False}
    result = play_failing(
        "mrs_cluster", given, [lists(there), tags(**old)], check_mode=check_mode
    ).result
    assert result["msg"] == "tags: the cluster would have 11 tags, and it can have 10"
    more = {"name": "etl", "node_groups": [{"name": "core", "count": 301}]}
    result = play_failing("mrs_cluster", more, [lists(there)], check_mode=check_mode).result
    assert (
        result["msg"]
        == "node_groups: the cluster would have 601 core and task nodes, and it can have 500"
    )
    scaling = {"cluster": "etl", "count": 301}
    result = play_failing(
        "mrs_cluster_scale", scaling, [lists(there)], check_mode=check_mode
    ).result
    assert (
        result["msg"]
        == "count: the cluster would have 601 core and task nodes, and it can have 500"
    )


def test_fewer_nodes_are_possible_where_there_are_too_many() -> None:
    there = cluster(core=300, task=300)
    result = play(
        "mrs_cluster_scale",
        {"cluster": "etl", "count": 299},
        [lists(there), lists_jobs()],
        check_mode=True,
    )
    assert result.result["removed"] == 1


def test_a_job_that_would_be_submitted_is_warned_of_once() -> None:
    given = {"cluster": "etl", **JOB_OPTIONS, "arguments": "a" * 2048}
    result = play("mrs_job", given, [lists(cluster()), lists_jobs()], check_mode=True).result
    assert result["warnings"] == [
        "arguments: Open Telekom Cloud refuses it: must have at most 2047 characters."
    ]


def test_program_and_arguments_of_a_job_by_api_v2_count_together() -> None:
    program = JOB_OPTIONS["jar_path"]
    whole = {"main_class": None, "input": None, "output": None}
    fits = wanted_job(**whole, arguments="a" * (4096 - len(program)))
    assert fits.doubts("otc", api="v2") == []
    longer = wanted_job(**whole, arguments="a" * (4097 - len(program)))
    with pytest.raises(OptionError) as caught:
        longer.doubts("otc", api="v2")
    assert str(caught.value) == "arguments: must have at most 4096 characters (Open Telekom Cloud)"
    assert longer.doubts("huawei", api="v2") == []
    assert longer.doubts(None, api="v2") == [
        "arguments: Open Telekom Cloud refuses it: must have at most 4096 characters."
    ]


def test_the_first_task_nodes_are_judged_by_their_cloud() -> None:
    given = {
        "cluster": "etl",
        "node_group": "task",
        "count": 1,
        "task_node": {"size": SIZE, "data_volume_count": 0},
    }
    result = play("mrs_cluster_scale", given, [lists(cluster())], check_mode=True).result
    assert result["warnings"] == [
        "task_node.data_volume_count: Open Telekom Cloud refuses it: must be 1 to 10, not 0."
    ]
    failed = play_failing(
        "mrs_cluster_scale", {**given, "endpoint": OTC}, [lists(cluster())], check_mode=True
    ).result
    assert (
        failed["msg"] == "task_node.data_volume_count: must be 1 to 10, not 0 (Open Telekom Cloud)"
    )
    assert play(
        "mrs_cluster_scale", {**given, "endpoint": HUAWEI}, [lists(cluster())], check_mode=True
    ).result["changed"]


def test_a_password_is_not_in_what_is_told() -> None:
    assert "Passw0rd" not in repr(doubts({"admin_password": "Passw0rd #"}))


def test_every_limit_is_of_an_option_that_exists() -> None:
    given = options("mrs_cluster", **nodes(), tags={"a": "b"})
    assert [where for where, _value in limits.places("node_groups[].count", given)] == [
        "node_groups[master].count",
        "node_groups[core].count",
    ]
    assert wanted_job().doubts("otc") == []
