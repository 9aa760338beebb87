# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A job as API v2 wants it: a list of arguments, laid out by its type (service_v2 4.1).

Pure.

The service answers this list as one text. The same text is built here from what is wanted, and
texts are compared: nothing is ever split out of the text of the service, since an argument may
itself contain what separates arguments.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    V2_TYPES_LISTED,
)

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import DesiredJob
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
        JobExecution,
    )

Words = list[str]

#: Our types in the words of API v2 (service_v2 16).
TYPES = {
    "mapreduce": "MapReduce",
    "spark": "SparkSubmit",
    "spark_python": "SparkPython",
    "hive_script": "HiveScript",
    "hiveql": "HiveSql",
    "distcp": "DistCp",
    "spark_script": "SparkScript",
    "spark_sql": "SparkSql",
    "flink": "Flink",
}
#: What a job of a type needs, and what it can have besides.
NEEDED = {
    "mapreduce": ("jar_path",),
    "spark": ("jar_path",),
    "spark_python": ("jar_path",),
    "flink": ("jar_path",),
    "hive_script": ("hive_script_path",),
    "spark_script": ("hive_script_path",),
    "hiveql": ("hql",),
    "spark_sql": ("hql",),
    "distcp": ("input", "output"),
}
POSSIBLE = {
    "mapreduce": ("main_class", "arguments", "input", "output"),
    "spark": ("main_class", "options", "arguments"),
    "spark_python": ("options", "arguments"),
    "flink": ("main_class", "options", "arguments"),
    "hive_script": ("options",),
    "spark_script": ("options",),
    "hiveql": ("options",),
    "spark_sql": ("options",),
    "distcp": ("file_action",),
}
FIELDS = (
    *("jar_path", "main_class", "options", "arguments", "input", "output"),
    *("hive_script_path", "hql", "file_action"),
)
#: Characters of all arguments, and of all properties, together (service_v2 4.1).
MOST_IN_ARGUMENTS = 150_000
MOST_IN_PROPERTIES = 2048
_NOT_IN_PROPERTIES = re.compile(r"[><|'`&!\\]")
#: A class with its package, such as C(org.example.Main).
_CLASS_NAME = re.compile(r"(?:[a-z_]\w*\.)+[A-Z]\w*\Z")


def request(job: DesiredJob) -> dict[str, t.Any]:
    """The body of C(POST /clusters/{cluster_id}/job-executions)."""
    return {
        "job_name": job.name,
        "job_type": TYPES[job.job_type],
        "arguments": arguments(job),
        "properties": dict(job.properties),
    }


def arguments(job: DesiredJob) -> Words:
    """The arguments in the layout of the type; what is not given is left out."""
    layout = _LAYOUTS[job.job_type]
    return layout(job)


def text_of(words: t.Iterable[str]) -> str:
    """The text in which the service answers a list (service_v2 V3)."""
    return f"[{', '.join(words)}]"


def is_run_by(job: DesiredJob, execution: JobExecution) -> bool:
    """Whether the execution has the name, type, arguments and properties of the job.

    It does not matter who submitted it.
    """
    return (
        execution.name == job.name
        and execution.job_type == V2_TYPES_LISTED[TYPES[job.job_type].lower()]
        and execution.arguments == text_of(arguments(job))
        and _has_properties(execution.properties, job.properties)
    )


def check(job: DesiredJob) -> None:
    """:raises OptionError: API v2 cannot run the job so; names the option."""
    option = job.place
    for field in NEEDED[job.job_type]:
        if not job.value(field):
            raise OptionError(f"{option}{field}", f"a job of type {job.job_type} needs it")
    for field in FIELDS:
        is_possible = field in NEEDED[job.job_type] or field in POSSIBLE[job.job_type]
        if job.value(field) and not is_possible:
            advice = "; write it among arguments" if "arguments" in POSSIBLE[job.job_type] else ""
            raise OptionError(
                f"{option}{field}", f"a job of type {job.job_type} has none in API v2{advice}"
            )
    _check_sizes(job, option)


def warnings(job: DesiredJob) -> list[str]:
    """What API v2 does otherwise than the options say."""
    found = []
    if job.value("job_log"):
        found.append(
            "job_log: API v2 has no path for logs, so it is not used. Look at the log in YARN."
        )
    if job.marked():
        found.append(
            "arguments: API v2 does not mask arguments that begin with @. Everybody who may read "
            "jobs can read them."
        )
    return found


def _check_sizes(job: DesiredJob, option: str) -> None:
    length = sum(map(len, arguments(job)))
    if length > MOST_IN_ARGUMENTS:
        raise OptionError(
            f"{option}arguments",
            f"{length} characters are too many; {MOST_IN_ARGUMENTS} are possible",
        )
    length = sum(len(key) + len(value) for key, value in job.properties.items())
    if length > MOST_IN_PROPERTIES:
        raise OptionError(
            f"{option}properties",
            f"{length} characters are too many; {MOST_IN_PROPERTIES} are possible",
        )
    for key, value in job.properties.items():
        if _NOT_IN_PROPERTIES.search(key + value):
            raise OptionError(
                f"{option}properties",
                f"{key}: the service refuses the characters > < | ' ` & ! and \\ in it",
            )


def _has_properties(text: str | None, wanted: t.Mapping[str, str]) -> bool:
    """C({a=1, b=2}) has exactly these properties, in any order (service_v2 V3).

    The text is not split.
    """
    found = (text or "{}").strip()
    pairs = [f"{key}={value}" for key, value in wanted.items()]
    inner = found[1:-1]
    if len(inner) != len(", ".join(pairs)):
        return False
    marked = f", {inner}, "
    return all(f", {pair}, " in marked for pair in pairs)


def _given(*words: str | None) -> Words:
    return [word for word in words if word]


def _mapreduce(job: DesiredJob) -> Words:
    program = _given(job.value("jar_path"), job.main_class)
    return [*program, *job.argument_list, *_given(job.value("input"), job.value("output"))]


def _spark(job: DesiredJob) -> Words:
    main_class, rest = spark_class(job)
    words = ["--master", "yarn", "--deploy-mode", "cluster"]
    if main_class:
        words += ["--class", main_class]
    return [*words, *job.options, *_given(job.value("jar_path")), *rest]


def spark_class(job: DesiredJob) -> tuple[str | None, Words]:
    """The main class and the arguments of a Spark job.

    API v1.1 wants the class as the first argument.
    """
    rest = list(job.argument_list)
    if job.main_class is not None or job.job_type != "spark" or not rest:
        return job.main_class, rest
    if _CLASS_NAME.match(rest[0]):
        return rest[0], rest[1:]
    return None, rest


def _script(job: DesiredJob) -> Words:
    return [*job.options, *_given(job.value("hive_script_path"))]


def _statements(job: DesiredJob) -> Words:
    return [*job.options, *_given(job.value("hql"))]


def _distcp(job: DesiredJob) -> Words:
    return _given(job.value("input"), job.value("output"))


def _flink(job: DesiredJob) -> Words:
    words = ["run", "-d", *job.options, "-m", "yarn-cluster"]
    if job.main_class:
        words += ["-c", job.main_class]
    return [*words, *_given(job.value("jar_path")), *job.argument_list]


_LAYOUTS: dict[str, t.Callable[[DesiredJob], Words]] = {
    "mapreduce": _mapreduce,
    "spark": _spark,
    "spark_python": _spark,
    "hive_script": _script,
    "spark_script": _script,
    "hiveql": _statements,
    "spark_sql": _statements,
    "distcp": _distcp,
    "flink": _flink,
}
