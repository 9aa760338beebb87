# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import desired_job
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB_BODY,
    Json,
    an_execution,
    options,
    wanted_job,
)

SCRIPT = {
    "job_type": "hive_script",
    "jar_path": None,
    "hive_script_path": "obs://etl/q.sql",
    "arguments": None,
}
COPY = {"job_type": "distcp", "jar_path": None, "arguments": None, "file_action": "import"}


def test_the_request_has_what_is_given_and_nothing_else() -> None:
    assert wanted_job().body(CLUSTER) == JOB_BODY


def test_empty_texts_are_not_given() -> None:
    empty = dict.fromkeys(("job_log", "file_action", "hql", "hive_script_path"), "")
    assert wanted_job(**empty).body(CLUSTER) == JOB_BODY


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 1),
        ({"job_type": "spark"}, 2),
        (SCRIPT, 3),
        (COPY, 5),
        ({**SCRIPT, "job_type": "spark_script"}, 6),
    ],
)
def test_types_are_numbers_in_the_request(given: Json, code: int) -> None:
    assert wanted_job(**given).body(CLUSTER)["job_type"] == code


def test_q27_what_a_type_does_not_need_is_not_sent() -> None:
    assert wanted_job(**COPY, name="copy").body(CLUSTER) == {
        "cluster_id": CLUSTER,
        "job_name": "copy",
        "job_type": 5,
        "input": "s3a://etl/in/",
        "output": "s3a://etl/out/",
        "file_action": "import",
    }


def test_q21_a_statement_is_sent_encoded() -> None:
    assert wanted_job(**SCRIPT, hql="show tables;").body(CLUSTER)["hql"] == "gc2hvdyB0YWLsZXM7"


def test_with_the_creation_of_a_cluster_false_is_sent() -> None:
    body = {key: value for key, value in JOB_BODY.items() if key != "cluster_id"}
    assert wanted_job().creation() == {
        **body,
        "shutdown_cluster": False,
        "submit_job_once_cluster_run": True,
    }


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("a  b", "a  b"),
        (["wordcount", "-n", 3, 1.5], "wordcount -n 3 1.5"),
        ([True, False, -2.25, 0.1], "true false -2.25 0.1"),
        ([], ""),
        (None, None),
    ],
)
def test_arguments_are_one_line(given: t.Any, line: str | None) -> None:
    assert wanted_job(arguments=given).definition["arguments"] == line


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"name": ""}, "name"),
        ({"name": "word count"}, "name"),
        ({"name": "a" * 65}, "name"),
        ({"name": "wordcount\n"}, "name"),
        ({"job_type": None}, "job_type"),
        ({"jar_path": None}, "jar_path"),
        ({"jar_path": ""}, "jar_path"),
        ({"job_type": "spark", "jar_path": None}, "jar_path"),
        ({**SCRIPT, "hive_script_path": None}, "hive_script_path"),
        ({**SCRIPT, "job_type": "spark_script", "hive_script_path": None}, "hive_script_path"),
        ({**COPY, "input": None}, "input"),
        ({**COPY, "output": None}, "output"),
        ({"arguments": {"a": 1}}, "arguments"),
        ({"arguments": 5}, "arguments"),
        ({"arguments": ["a", ["b"]]}, "arguments[1]"),
        ({"arguments": ["a", None]}, "arguments[1]"),
        ({"arguments": [1e22]}, "arguments[0]"),
        ({"arguments": [float("nan")]}, "arguments[0]"),
        ({"jar_path": "etl/wc.jar"}, "jar_path"),
        ({"jar_path": "s3a://etl/wc.zip"}, "jar_path"),
        ({**SCRIPT, "hive_script_path": "s3a://etl/q.hql"}, "hive_script_path"),
        ({"input": "etl/in"}, "input"),
        ({"output": "etl/out"}, "output"),
        ({"job_log": "log"}, "job_log"),
        ({"job_type": "hiveql", "hql": None}, "hql"),
        ({"job_type": "spark_sql", "hql": ""}, "hql"),
        ({"job_type": "flink", "jar_path": None}, "jar_path"),
        ({"job_type": "spark_python", "jar_path": "obs://etl/wc.jar"}, "jar_path"),
        ({**SCRIPT, "main_class": "org.example.Main"}, "main_class"),
        ({"options": 5}, "options"),
        ({"options": {"--conf": ["a"]}}, "options.--conf"),
        ({"options": ["--conf", None]}, "options[1]"),
        ({"properties": {"a": ["b"]}}, "properties.a"),
    ]
    + [({"input": f"/a{character}b"}, "input") for character in ";|&>'<$"],
)
def test_bad_input_is_refused_by_the_name_of_its_option(given: Json, option: str) -> None:
    with pytest.raises(OptionError) as caught:
        wanted_job(**given)
    assert caught.value.option == option


SQL = {"jar_path": None, "arguments": None, "input": None, "output": None, "hql": "show tables"}
ONLY_V1_REFUSES = [
    ({**SQL, "job_type": "hiveql"}, "job_type"),
    ({**SQL, "job_type": "spark_sql"}, "job_type"),
    ({"job_type": "flink", "input": None, "output": None}, "job_type"),
    ({"job_type": "spark_python", "jar_path": "/wc.py", "input": None, "output": None}, "job_type"),
    ({**COPY, "file_action": None}, "file_action"),
    ({"arguments": ["a", "daily report"]}, "arguments[1]"),
    ({"arguments": ["a\tb"]}, "arguments[0]"),
    ({"arguments": ["a\n"]}, "arguments[0]"),
    ({"arguments": [" a"]}, "arguments[0]"),
    ({"arguments": [""]}, "arguments[0]"),
    ({"properties": {"fs.obs.endpoint": "obs.example.com"}}, "properties"),
    *[({"arguments": f"a{character}b"}, "arguments") for character in ";|&>'<$"],
]


@pytest.mark.parametrize(("given", "option"), ONLY_V1_REFUSES)
def test_what_only_api_v1_cannot_run_is_refused_for_it(given: Json, option: str) -> None:
    job = wanted_job(**given)
    job.check("v2")
    with pytest.raises(OptionError) as caught:
        job.check("v1.1")
    assert caught.value.option == option


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"job_type": "spark"}, "input"),
        ({**SCRIPT, "arguments": "a", "input": None, "output": None}, "arguments"),
        ({**SCRIPT, "jar_path": "/q.jar", "input": None, "output": None}, "jar_path"),
        ({"options": ["-D", "a=b"]}, "options"),
        ({"arguments": ["a" * 150001]}, "arguments"),
        ({"properties": {"a": "b" * 2048}}, "properties"),
        ({"properties": {"a": "b|c"}}, "properties"),
    ],
)
def test_what_api_v2_cannot_run_is_refused_for_it(given: Json, option: str) -> None:
    with pytest.raises(OptionError) as caught:
        wanted_job(**given).check("v2")
    assert caught.value.option == option


def test_the_option_is_named_with_the_place_where_it_stands() -> None:
    params = options(
        "mrs_job", cluster=CLUSTER, name="wordcount", job_type="hiveql", hql="show tables"
    )
    with pytest.raises(OptionError) as caught:
        desired_job(params, "job.").check("v1.1")
    assert str(caught.value) == (
        "job.job_type: API v1.1 does not run HiveQL statements; put them into a file and use "
        "hive_script"
    )


def test_for_api_v1_the_main_class_is_the_first_argument() -> None:
    job = wanted_job(job_type="spark", main_class="org.example.Main", arguments="a b")
    assert job.body(CLUSTER)["arguments"] == "org.example.Main a b"
    assert job.is_run_by(an_execution(job_type=2, arguments="org.example.Main a b"))


def test_the_values_of_secret_properties_are_secrets() -> None:
    job = wanted_job(
        properties={"fs.obs.secret.key": "hunter22", "fs.obs.endpoint": "obs.example.com"}
    )
    assert job.secrets() == {"hunter22"}
    assert "hunter22" not in repr(job)


@pytest.mark.parametrize(
    "path", ["/user/wc.jar", "s3a://etl/wc.JAR", "obs://etl/wc.jar", "hdfs://ns/wc.jar"]
)
def test_q20_every_scheme_is_passed_on(path: str) -> None:
    assert wanted_job(jar_path=path).definition["jar_path"] == path


def test_the_jar_of_a_type_that_needs_none_may_end_as_it_likes() -> None:
    assert (
        wanted_job(**{**SCRIPT, "jar_path": "s3a://etl/q.sql"}).definition["jar_path"]
        == "s3a://etl/q.sql"
    )


SAME = [
    ({}, {}),
    ({"job_log": None}, {"job_log": ""}),
    ({"job_log": ""}, {"job_log": None}),
    ({"arguments": "a b"}, {"arguments": " a  b "}),
    ({"arguments": "a @password=x b"}, {"arguments": "a @password=x b"}),
    ({"arguments": "a @password=x b"}, {"arguments": "a @password=* b"}),
    ({"arguments": "a @password=x b"}, {"arguments": "a @password=**** b"}),
    ({"arguments": "a @password=x b"}, {"arguments": "a password=*** b"}),
    ({"arguments": "a @password=x b"}, {"arguments": "a * b"}),
    ({"arguments": '@password="x y" b'}, {"arguments": "@password=* b"}),
    ({"arguments": '@password="x y" b'}, {"arguments": '@password="x y" b'}),
    ({"hql": None}, {"hql": ""}),
    ({"hql": "show tables;"}, {"hql": "gc2hvdyB0YWLsZXM7"}),
]


@pytest.mark.parametrize(("wanted", "found"), SAME)
def test_an_execution_of_this_name_and_definition_is_this_job(wanted: Json, found: Json) -> None:
    assert wanted_job(**wanted).is_run_by(an_execution(**found)) is True


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"job_name": "wordcount-2"}),
        ({}, {"job_type": 2}),
        ({}, {"jar_path": "s3a://etl/wc2.jar"}),
        ({}, {"input": "s3a://etl/in2/"}),
        ({}, {"output": None}),
        ({}, {"job_log": "s3a://etl/log/"}),
        ({"arguments": "a b"}, {"arguments": "a c"}),
        ({"arguments": "a b"}, {"arguments": "a"}),
        ({"arguments": "a"}, {"arguments": None}),
        ({"arguments": "a @password=x"}, {"arguments": "a @password=y"}),
        ({"arguments": "a @password=x"}, {"arguments": "a @token=*"}),
        ({"arguments": "a password=x"}, {"arguments": "a password=*"}),
        ({"arguments": "a @password"}, {"arguments": "a *"}),
        ({}, {"hql": "gc2hvdyB0YWLsZXM7"}),
    ],
)
def test_a_changed_definition_is_another_job(wanted: Json, found: Json) -> None:
    assert wanted_job(**wanted).is_run_by(an_execution(**found)) is False


def test_marked_values_are_secrets() -> None:
    assert wanted_job(arguments="a @password=hunter22").secrets() == {
        "@password=hunter22",
        "hunter22",
    }


def test_no_secret_is_in_the_representation() -> None:
    assert "hunter22" not in repr(wanted_job(arguments="a @password=hunter22"))


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"arguments": "run --password *"}, "arguments"),
        ({"arguments": ["run", "--password", "*"]}, "arguments"),
        ({"arguments": "run @key=*"}, "arguments"),
        ({"input": "s3a://********@etl/in"}, "input"),
        ({"options": ["--conf", "x.password=*"]}, "options"),
    ],
)
def test_what_a_result_shows_in_place_of_a_secret_is_not_submitted(
    given: Json, option: str
) -> None:
    job = wanted_job(**given)
    for api in ("v1.1", "v2"):
        with pytest.raises(OptionError, match=rf"^{option}: results show \* in place of a secret"):
            job.doubts(None, api=api)


def test_a_star_that_stands_for_no_secret_is_submitted() -> None:
    assert wanted_job(arguments="run --pattern *.csv *").doubts(None) == []
