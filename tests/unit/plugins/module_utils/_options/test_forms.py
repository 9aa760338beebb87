# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users write in place of the documented form is understood, or refused by its name."""

from __future__ import annotations

import importlib
import json
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB,
    JOB_BODY,
    Json,
    a_cluster,
    an_execution,
    options,
    wanted_cluster,
    wanted_job,
)

POLICY = {
    "autoScalingEnable": True,
    "MinCapacity": "1",
    "max_capacity": 6,
    "resources_plans": None,
    "rules": [
        {
            "name": "grow",
            "adjustmentType": "scale_out",
            "cool_down_minutes": 20,
            "scaling_adjustment": 1,
            "node_count": 3,
            "trigger": {
                "metric_name": "YARNAppPending",
                "metric_value": "2",
                "evaluation_periods": 1,
            },
        }
    ],
}


def understood(module: str, **given: t.Any) -> Json:
    spec = importlib.import_module(
        f"ansible_collections.huaweicloud.mrs.plugins.modules.{module}"
    ).SPEC
    result: Json = spec.understood(given)
    return result


def refused(module: str, **given: t.Any) -> str:
    with pytest.raises(OptionError) as caught:
        understood(module, **given)
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        (1, "mapreduce"),
        ("1", "mapreduce"),
        (2, "spark"),
        (3, "hive_script"),
        (4, "hiveql"),
        ("5", "distcp"),
        (6, "spark_script"),
        (7, "spark_sql"),
        ("MapReduce", "mapreduce"),
        ("SparkSubmit", "spark"),
        ("HiveScript", "hive_script"),
        ("HiveSql", "hiveql"),
        ("HIVEQL", "hiveql"),
        ("DistCp", "distcp"),
        ("SparkScript", "spark_script"),
        ("SparkSql", "spark_sql"),
        ("Spark-Script", "spark_script"),
    ],
)
def test_types_of_jobs_have_numbers_and_other_words(written: int | str, word: str) -> None:
    assert options("mrs_job", cluster=CLUSTER, name="a", job_type=written)["job_type"] == word
    job = {"name": "a", "job_type": written}
    assert options("mrs_cluster", name="etl", job=job)["job"]["job_type"] == word


@pytest.mark.parametrize(
    ("module", "option"),
    [
        ("mrs_cluster", "components"),
        ("mrs_cluster_info", "cluster_state"),
        ("mrs_cluster_scale", "include_instances"),
        ("mrs_cluster_scale", "exclude_instances"),
        ("mrs_iam_sync", "users"),
        ("mrs_job_execution_info", "job_state"),
    ],
)
def test_the_blanks_after_the_commas_of_a_text_belong_to_no_item(module: str, option: str) -> None:
    assert understood(module, **{option: "running, failed ,error"})[option] == [
        "running",
        "failed",
        "error",
    ]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), "inf", "Infinity", "-Infinity"])
@pytest.mark.parametrize("option", ["wait_timeout", "api_retries"])
def test_infinity_is_no_whole_number(option: str, value: t.Any) -> None:
    assert (
        refused("mrs_cluster", **{option: value}) == f"{option}: give a whole number, not {value}"
    )


def test_the_vendor_s_sample_of_submit_job_is_the_request() -> None:
    sample = {
        "job_type": 1,
        "job_name": "wordcount",
        "cluster_id": CLUSTER,
        "jar_path": "s3a://etl/wc.jar",
        "arguments": "wordcount",
        "input": "s3a://etl/in/",
        "output": "s3a://etl/out/",
        "job_log": "",
        "file_action": "",
        "hql": "",
        "hive_script_path": "",
    }
    empty = {"name": None, "cluster": None}
    assert wanted_job(**{**sample, **empty}).body(CLUSTER) == JOB_BODY


@pytest.mark.parametrize(
    ("module", "given", "read"),
    [
        ("mrs_cluster_info", {"cluster_state": "RUNNING"}, {"cluster_state": ["running"]}),
        (
            "mrs_cluster_info",
            {"cluster_state": ["Scaling-Out"]},
            {"cluster_state": ["scaling-out"]},
        ),
        ("mrs_cluster", {"type": "ANALYSIS"}, {"type": "analysis"}),
        ("mrs_cluster", {"type": "Streaming"}, {"type": "streaming"}),
        ("mrs_cluster", {"cluster_type": 1}, {"type": "streaming"}),
        ("mrs_cluster", {"safe_mode": "SIMPLE"}, {"safe_mode": False}),
        ("mrs_cluster", {"safe_mode": "Kerberos"}, {"safe_mode": True}),
        ("mrs_cluster", {"safe_mode": 0}, {"safe_mode": False}),
        ("mrs_cluster", {"safe_mode": "1"}, {"safe_mode": True}),
        ("mrs_cluster", {"state": "Absent"}, {"state": "absent"}),
        ("mrs_cluster", {"recreate": "ON_FAILURE"}, {"recreate": "on_failure"}),
        ("mrs_job", {"cluster": "etl", "rerun": "Never"}, {"rerun": "never"}),
        ("mrs_job", {"cluster": "etl", "file_action": "IMPORT"}, {"file_action": "import"}),
        (
            "mrs_job_execution_info",
            {"cluster": "etl", "job_state": ["Running", "ERROR"]},
            {"job_state": ["running", "error"]},
        ),
        (
            "mrs_job_execution_info",
            {"cluster": "etl", "job_state": "Running,Error"},
            {"job_state": ["running", "error"]},
        ),
    ],
)
def test_words_are_known_in_any_letters(module: str, given: Json, read: Json) -> None:
    named = {"name": "etl"} if module in ("mrs_cluster", "mrs_job") else {}
    found = options(module, **named, **given)
    assert {key: found[key] for key in read} == read


class TestTags:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ([{"key": "env", "value": "test"}, {"key": "team"}], {"env": "test", "team": ""}),
            ([{"key": 1, "value": 2}], {"1": "2"}),
            ([], {}),
            (
                {"keep": True, "drop": False, "none": None},
                {"keep": "true", "drop": "false", "none": ""},
            ),
            ("env=test", {"env": "test"}),
        ],
    )
    def test_are_a_dictionary_or_a_list_as_in_requests(self, written: t.Any, read: Json) -> None:
        assert wanted_cluster(tags=written).tags == read

    @pytest.mark.parametrize(
        ("written", "told"),
        [
            (
                [{"key": "env", "value": "a"}, {"key": "env", "value": "b"}],
                "tags: env is given twice",
            ),
            ([{"key": 1}, {"key": "1"}], "tags: 1 is given twice"),
            (["env"], "tags: give a dictionary, or a list whose items have a key and a value"),
            (
                [{"env": "a"}],
                "tags: give a dictionary, or a list whose items have a key and a value",
            ),
            (
                [{"key": "a", "value": "b", "x": 1}],
                "tags: give a dictionary, or a list whose items have a key and a value",
            ),
            ({"env": ["a"]}, "tags: the value of env is not a text"),
            ([{"key": "env", "value": {}}], "tags: the value of env is not a text"),
        ],
    )
    def test_are_refused_where_they_are_not_clear(self, written: t.Any, told: str) -> None:
        assert refused("mrs_cluster", tags=written) == told

    def test_are_looked_for_in_the_same_forms(self) -> None:
        tags = options("mrs_cluster_info", tags=[{"key": "env", "value": True}])["tags"]
        assert tags == {"env": "true"}


class TestResults:
    @pytest.mark.parametrize(
        "module", ["mrs_cluster_scale", "mrs_host_info", "mrs_job", "mrs_job_execution_info"]
    )
    def test_a_whole_cluster_means_its_id(self, module: str) -> None:
        whole = a_cluster().result()
        assert understood(module, cluster=whole)["cluster"] == CLUSTER
        assert (
            understood(module, cluster={"changed": False, "cluster": whole})["cluster"] == CLUSTER
        )
        assert understood(module, cluster_id=whole)["cluster_id"] == CLUSTER

    def test_a_cluster_that_check_mode_foretells_has_a_name_only(self) -> None:
        assert understood("mrs_job", cluster={"id": None, "name": "etl"})["cluster"] == "etl"

    @pytest.mark.parametrize(
        "written", [{}, {"cluster": None}, {"id": 5}, [], ["etl"], [{"id": "a"}]]
    )
    def test_what_is_no_cluster_is_refused_and_not_repeated(self, written: t.Any) -> None:
        told = (
            "cluster: give the name or the id of one cluster, or a whole one as mrs_cluster "
            "returns it"
        )
        assert refused("mrs_host_info", cluster=written) == told

    def test_whole_executions_and_hosts_mean_their_ids(self) -> None:
        execution = an_execution().result()
        assert understood("mrs_job", id=execution)["id"] == JOB
        assert understood("mrs_job", id=[execution, "other"])["id"] == [JOB, "other"]
        assert understood("mrs_job_execution_info", job_execution_id=[execution])[
            "job_execution_id"
        ] == [JOB]
        nodes = understood(
            "mrs_cluster_scale", includes=[{"id": "vm-1", "name": "a"}], exclude_instances="vm-2"
        )
        assert (nodes["includes"], nodes["exclude_instances"]) == (["vm-1"], ["vm-2"])
        assert refused("mrs_job", id={"job_execution": execution}).startswith(
            "id: give ids, or whole objects with an"
        )

    def test_the_groups_and_components_of_a_cluster_describe_it(self) -> None:
        whole = a_cluster(task=2, policy=POLICY)
        shown = whole.result()
        assert shown["components"][0].keys() >= {"id", "name", "version"}
        desired = wanted_cluster(node_groups=shown["node_groups"], components=shown["components"])
        assert desired.components == ("Hadoop",)
        assert [(group.name, group.count, group.fields["size"]) for group in desired.groups] == [
            ("master", 2, "c6.4xlarge.4.linux.mrs"),
            ("core", 3, "c6.4xlarge.4.linux.mrs"),
            ("task", 2, "c6.4xlarge.4.linux.mrs"),
        ]
        policy = desired.groups[2].policy
        assert policy is not None
        assert (policy["auto_scaling_enable"], policy["min_capacity"], policy["max_capacity"]) == (
            True,
            1,
            6,
        )
        assert policy["rules"][0]["adjustment_type"] == "scale_out"

    def test_a_group_by_the_api_s_name_alone_is_that_group(self) -> None:
        desired = wanted_cluster(
            type="streaming", node_groups=[{"api_name": "core_node_streaming_group", "count": 3}]
        )
        assert [group.name for group in desired.groups] == ["core"]


@pytest.mark.parametrize(
    ("module", "given", "told"),
    [
        ("mrs_cluster", {"nmae": "etl"}, "nmae: no such option; did you mean name?"),
        ("mrs_cluster", {"Name": "etl"}, "Name: no such option; did you mean name?"),
        (
            "mrs_cluster",
            {"nmae": 1, "versoin": 2, "xyz": 3},
            "nmae, versoin, xyz: no such option; did you mean name and version?",
        ),
        (
            "mrs_cluster",
            {"node_groups": [{"name": "core"}, {"name": "task", "cuont": 3}]},
            "node_groups[1].cuont: no such option; did you mean count?",
        ),
        (
            "mrs_cluster",
            {"job": {"job_tpye": "spark"}},
            "job.job_tpye: no such option; did you mean job_type?",
        ),
        (
            "mrs_cluster_info",
            {"auth": {"usernam": "x"}},
            "auth.usernam: no such option; did you mean username?",
        ),
    ],
)
def test_a_misspelt_option_is_told_what_was_meant(module: str, given: Json, told: str) -> None:
    assert refused(module, **given) == told


def test_an_option_that_is_like_no_other_is_left_to_ansible() -> None:
    given = {"cluster": "etl", "instances": 3, "scale_type": "scale_out"}
    assert understood("mrs_cluster_scale", **given) == given


def test_a_misspelt_group_is_told_what_was_meant() -> None:
    with pytest.raises(OptionError) as caught:
        wanted_cluster(type="streaming", node_groups=[{"name": "maste"}])
    assert str(caught.value).endswith(
        "none of master, core, task and their API names; did you mean master?"
    )


FLAT = {
    "cluster_name": "flat",
    "billing_type": 12,
    "login_mode": 1,
    "master_node_num": 2,
    "master_node_size": "s1.xlarge.linux.mrs",
    "core_node_num": "3",
    "core_node_size": "s1.xlarge.linux.mrs",
    "core_data_volume_type": "SSD",
    "core_data_volume_count": 2,
    "volume_type": "SATA",
    "volume_size": 100,
    "task_node_groups": [
        {
            "node_num": 1,
            "node_size": "s1.large.linux.mrs",
            "data_volume_type": "SAS",
            "data_volume_count": 1,
            "data_volume_size": 200,
        }
    ],
    "add_jobs": [
        {
            "job_type": 1,
            "job_name": "count",
            "jar_path": "s3a://etl/wc.jar",
            "arguments": "run @password=Canary-7",
            "file_action": "",
            "shutdown_cluster": True,
            "submit_job_once_cluster_run": True,
        }
    ],
}


def test_the_flat_form_is_refused_with_the_same_cluster_in_our_form() -> None:
    assert refused("mrs_cluster", **FLAT) == (
        "add_jobs, billing_type, core_data_volume_count, core_data_volume_type, core_node_num, "
        "core_node_size, "
        "login_mode, master_node_num, master_node_size, task_node_groups, volume_size, "
        "volume_type: "
        "the flat form of API v1.1 is not accepted. Use instead:\n"
        "node_groups:\n"
        "  - name: master\n"
        "    count: 2\n"
        '    size: "s1.xlarge.linux.mrs"\n'
        "    data_volume_type: SATA\n"
        "    data_volume_size: 100\n"
        "    data_volume_count: 1\n"
        "  - name: core\n"
        "    count: 3\n"
        '    size: "s1.xlarge.linux.mrs"\n'
        "    data_volume_type: SATA\n"
        "    data_volume_size: 100\n"
        "    data_volume_count: 2\n"
        "  - name: task\n"
        "    count: 1\n"
        '    size: "s1.large.linux.mrs"\n'
        "    data_volume_type: SAS\n"
        "    data_volume_size: 200\n"
        "    data_volume_count: 1\n"
        "job:\n"
        "  name: count\n"
        "  job_type: mapreduce\n"
        '  jar_path: "s3a://etl/wc.jar"\n'
        '  arguments: "run @password=*"\n'
        "  shutdown_cluster: true\n"
        "Leave out billing_type, which is always 12, and login_mode, which follows from what is "
        "given.\n"
        "MRS 3 needs a root_volume_size of 480 in each group, too, which the flat form does not "
        "have."
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"charge_info": {"charge_mode": "prePaid"}},
            "charge_info: not accepted. Leave out charge_info: a cluster is paid per use. A "
            "prepaid one is an order that somebody has to pay in the console before there is a "
            "cluster, and the API cannot take nodes away from it.",
        ),
        (
            {"billing_type": 12},
            "billing_type: not accepted. Leave out billing_type, which is always 12, and "
            "login_mode, which follows from what is given.",
        ),
    ],
)
def test_what_is_only_to_be_left_out_is_told_so(given: Json, told: str) -> None:
    assert refused("mrs_cluster", name="etl", **given) == told


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"core_node_num": 3}, 5),
        ({"add_jobs": []}, 2),
        ({"add_jobs": "x", "task_node_groups": None}, 2),
        ({"volume_size": 100}, 2),
    ],
)
def test_parts_of_the_flat_form_are_refused_as_well(given: Json, lines: int) -> None:
    told = refused("mrs_cluster", name="etl", **given).splitlines()
    assert (
        told[0]
        == f"{', '.join(sorted(given))}: the flat form of API v1.1 is not accepted. Use instead:"
    )
    assert len(told) == lines


@pytest.mark.parametrize(
    ("module", "given", "where"),
    [
        ("mrs_cluster", {"id": "", "state": "absent"}, "id"),
        ("mrs_cluster", {"name": "etl", "id": " "}, "id"),
        ("mrs_cluster_info", {"id": ""}, "id"),
        ("mrs_component", {"cluster": "", "name": "Hive"}, "cluster"),
        ("mrs_data_connection", {"name": "meta", "database": ""}, "database"),
        ("mrs_iam_sync", {"cluster": "etl", "users": ["robot", ""]}, "users[1]"),
        ("mrs_iam_sync", {"cluster": "etl", "users": "robot,,ann"}, "users[1]"),
        ("mrs_iam_sync", {"cluster": "etl", "groups": [None]}, "groups[0]"),
        ("mrs_agency_mapping", {"cluster": "etl", "mappings": ""}, "mappings"),
        ("mrs_auto_scaling_policy", {"cluster": "etl", "policy": " "}, "policy"),
        (
            "mrs_agency_mapping",
            {"cluster": "etl", "mappings": [{"agency": "", "identifiers": ["ann"]}]},
            "mappings[0].agency",
        ),
    ],
)
def test_an_empty_variable_is_an_error_that_names_the_option(
    module: str, given: Json, where: str
) -> None:
    assert refused(module, **given) == f"{where}: it is empty; give a value, or leave it out"


def test_what_may_be_empty_is_not_given_or_a_value() -> None:
    assert understood("mrs_cluster", auth={"token": ""}, endpoint="", vpc_id="") == {"auth": {}}
    config = {"component": "Hive", "configs": [{"key": "a", "value": "", "file": "b"}]}
    assert understood("mrs_cluster", component_configs=[config]) == {"component_configs": [config]}
    assert understood("mrs_iam_sync", users="", groups=[]) == {"users": [], "groups": []}


@pytest.mark.parametrize(
    "module",
    [
        "mrs_cluster",
        "mrs_cluster_info",
        "mrs_job",
        "mrs_job_execution_info",
        "mrs_data_connection",
        "mrs_data_connection_info",
    ],
)
@pytest.mark.parametrize("written", [".", "..", "a/b", "a b", "%2e%2e", "a?b", "a#b", "\u00fc"])
def test_an_id_is_one_part_of_a_path(module: str, written: str) -> None:
    assert refused(module, id=written) == (
        f"id: {written!r} is no id, which has letters, digits, hyphens and underscores"
    )


def test_blanks_around_ids_do_not_matter() -> None:
    assert understood("mrs_cluster", id=f"{CLUSTER}\n") == {"id": CLUSTER}
    assert understood("mrs_job", id=f"{JOB}, {JOB}") == {"id": [JOB, JOB]}


def test_the_id_of_a_whole_object_is_one_part_of_a_path() -> None:
    assert refused("mrs_job", id=[{"id": "../cancel"}]) == (
        "id: '../cancel' is no id, which has letters, digits, hyphens and underscores"
    )


def test_null_is_not_given() -> None:
    given = {"name": "etl", "key_pair": None, "job": {"name": "pi", "hql": None}}
    assert understood("mrs_cluster", **given) == {"name": "etl", "job": {"name": "pi"}}


@pytest.mark.parametrize(
    ("module", "given", "where"),
    [
        ("mrs_auto_scaling_policy", {"policy": 0}, "policy"),
        ("mrs_auto_scaling_policy", {"policy": [None]}, "policy"),
        (
            "mrs_auto_scaling_policy",
            {"policy": {"rules": [{"trigger": True}]}},
            "policy.rules[0].trigger",
        ),
        ("mrs_agency_mapping", {"mappings": [{}, None]}, "mappings[1]"),
        ("mrs_cluster", {"job": 1.5}, "job"),
    ],
)
def test_what_is_no_dictionary(module: str, given: Json, where: str) -> None:
    assert refused(module, **given) == f"{where}: give a dictionary"


def test_lists_and_dictionaries_are_read_from_text() -> None:
    mapping = {"agency": "a", "identifiers": ["ann", "bob"]}
    policy = {"auto_scaling_enable": True}
    given = {"mappings": json.dumps([{**mapping, "identifiers": "ann,bob"}])}
    assert understood("mrs_agency_mapping", **given) == {"mappings": [mapping]}
    assert understood("mrs_auto_scaling_policy", policy=json.dumps(policy)) == {"policy": policy}
    assert understood("mrs_iam_sync", users='["ann", "bob"]') == {"users": ["ann", "bob"]}
    assert understood("mrs_agency_mapping", mappings="[{") == {"mappings": "[{"}


WORD = "; a word like yes needs quotes"


@pytest.mark.parametrize(
    ("module", "given", "told"),
    [
        (
            "mrs_cluster_scale",
            {"cluster": "etl", "count": True},
            "count: give a number, not true",
        ),
        ("mrs_cluster", {"wait_timeout": False}, "wait_timeout: give a number, not false"),
        (
            "mrs_cluster",
            {"node_groups": [{"name": "core", "count": True}]},
            "node_groups[0].count: give a number, not true",
        ),
        ("mrs_cluster", {"name": True}, f"name: give a text, not true{WORD}"),
        ("mrs_cluster", {"vpc_id": {"id": "1"}}, "vpc_id: give a text, not a dictionary"),
        (
            "mrs_cluster",
            {"security_group_id": ["one", "two"]},
            "security_group_id: give a text, not a list",
        ),
        ("mrs_cluster", {"ca_cert": ["/ca.pem"]}, "ca_cert: give a text, not a list"),
        ("mrs_iam_sync", {"users": ["ann", True]}, f"users[1]: give a text, not true{WORD}"),
        (
            "mrs_cluster_scale",
            {"exclude_instances": [["node"]]},
            "exclude_instances[0]: give a text, not a list",
        ),
    ],
)
def test_what_ansible_would_make_a_number_or_a_text_of(module: str, given: Json, told: str) -> None:
    assert refused(module, **given) == told


def test_true_in_a_configuration_is_written_as_in_yaml() -> None:
    config = {"key": "hive.exec.parallel", "value": True, "file": "hive-site.xml"}
    read = understood("mrs_cluster", component_configs=[{"component": "Hive", "configs": [config]}])
    assert read["component_configs"][0]["configs"][0]["value"] == "true"
