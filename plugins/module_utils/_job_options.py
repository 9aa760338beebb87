# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a job shall be: from options to a definition that can be compared with what ran before.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _limits
from ansible_collections.huaweicloud.mrs.plugins.module_utils._answer import clean
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._forms import in_yaml
from ansible_collections.huaweicloud.mrs.plugins.module_utils._hql import encode_hql
from ansible_collections.huaweicloud.mrs.plugins.module_utils._job_execution import JOB_TYPES, JobExecution
from ansible_collections.huaweicloud.mrs.plugins.module_utils._redact import marked_words, secrets_of, words

Params = t.Mapping[str, t.Any]

CODES = {name: code for code, name in JOB_TYPES.items()}
#: What API v1.1 refuses for every job (2.5), with what to do instead.
REFUSED_TYPES = {
    "hiveql": "API v1.1 does not run HiveQL statements; put them into a file and use hive_script",
    "spark_sql": "API v1.1 does not run Spark SQL statements; put them into a file and use spark_script",
}
#: What each type cannot do without (12000081, 12000114).
NEEDED = {
    "mapreduce": ("jar_path",),
    "spark": ("jar_path",),
    "hive_script": ("hive_script_path",),
    "spark_script": ("hive_script_path",),
    "distcp": ("file_action", "input", "output"),
}
DEFINITION = (
    "job_type",
    "jar_path",
    "arguments",
    "input",
    "output",
    "job_log",
    "hive_script_path",
    "hql",
    "file_action",
)
PATHS = ("jar_path", "input", "output", "job_log", "hive_script_path")
ENDINGS = {"jar_path": ".jar", "hive_script_path": ".sql"}
_PLAIN_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+\Z")


@dataclasses.dataclass(frozen=True)
class DesiredJob:
    """A job by name and definition."""

    name: str
    definition: t.Mapping[str, str | None] = dataclasses.field(repr=False)
    rerun: str = "on_failure"
    shutdown_cluster: bool = False

    def is_run_by(self, execution: JobExecution) -> bool:
        """The execution has this name and definition. What the service masks makes no difference by itself."""
        if execution.name != self.name:
            return False
        return all(
            _same_words(wanted, getattr(execution, field))
            if field in ("arguments", "hql")
            else (wanted or None) == (getattr(execution, field) or None)
            for field, wanted in self._as_answered()
            if field != "hql" or wanted or execution.hql
        )

    def _as_answered(self) -> t.Iterator[tuple[str, str | None]]:
        """The definition with clean texts, as those of an answer are."""
        for field, value in self.definition.items():
            yield field, None if value is None else clean(value)

    def body(self, cluster_id: str) -> dict[str, t.Any]:
        """The request of submit-job (5.1)."""
        return {"cluster_id": cluster_id, **self._fields()}

    def creation(self) -> dict[str, t.Any]:
        """The one item of C(add_jobs) (3.7)."""
        return {**self._fields(), "shutdown_cluster": self.shutdown_cluster, "submit_job_once_cluster_run": True}

    def _fields(self) -> dict[str, t.Any]:
        given = {field: value for field, value in self.definition.items() if value is not None}
        given["job_type"] = CODES[given["job_type"]]  # type: ignore[assignment]
        if "hql" in given:
            given["hql"] = encode_hql(given["hql"])
        return {"job_name": self.name, **given}

    def doubts(self, cloud: str | None, option: str = "") -> list[str]:
        """What the service may refuse.

        :raises OptionError: something that this cloud refuses.
        """
        return _limits.warnings(_limits.JOB, self.definition, cloud, option)

    def secrets(self) -> set[str]:
        """What must not be shown of it."""
        return secrets_of(word for value in self.definition.values() for word in marked_words(value or ""))


def desired_job(params: Params, option: str = "") -> DesiredJob:
    """The job that the options describe.

    :param option: where the options stand, such as C(job.), for error texts.
    :raises OptionError: they cannot work.
    """
    name, kind = params["name"], params["job_type"]
    if name is None:
        raise OptionError(f"{option}name", "it is needed to run a job")
    if kind is None:
        raise OptionError(f"{option}job_type", "it is needed to run a job")
    if kind in REFUSED_TYPES:
        raise OptionError(f"{option}job_type", REFUSED_TYPES[kind])
    definition = {field: params[field] for field in DEFINITION}
    definition["arguments"] = one_line(params["arguments"], f"{option}arguments")
    for needed in NEEDED[kind]:
        if not definition[needed]:
            raise OptionError(f"{option}{needed}", f"a job of type {kind} needs it")
    _limits.check(_limits.JOB, {"name": name, **definition}, option)
    for field in PATHS:
        _check_path(f"{option}{field}", definition[field], ENDINGS.get(field) if field in NEEDED[kind] else None)
    return DesiredJob(name, definition, params["rerun"], params.get("shutdown_cluster", False))


def one_line(arguments: t.Any, option: str) -> str | None:
    """The program's arguments as the service wants them: one text, separated by blanks.

    Where they are given as a list, the program gets as many of them as the list has.
    """
    if arguments is None or isinstance(arguments, str):
        return arguments
    if not isinstance(arguments, (list, tuple)):
        raise OptionError(option, "give one text, or a list of texts and numbers")
    return " ".join(_word(each, f"{option}[{number}]") for number, each in enumerate(arguments))


def _word(value: t.Any, option: str) -> str:
    if isinstance(value, float) and not _PLAIN_NUMBER.match(str(value)):
        raise OptionError(option, f"YAML reads it as the number {value}; write it in quotes as the program wants it")
    if not isinstance(value, (str, int, float)):
        raise OptionError(option, "is neither a text nor a number")
    word = in_yaml(value)
    if not word:
        raise OptionError(option, "is empty, and API v1.1 would leave it out")
    if word.split() != [word]:
        raise OptionError(option, "has a blank, where API v1.1 would split it")
    return word


def _check_path(option: str, path: str | None, ending: str | None) -> None:
    """The rules of 3.7 and 5.1; which scheme a cluster wants depends on its version (12000086)."""
    if not path:
        return
    if not (path.startswith("/") or "://" in path):
        raise OptionError(option, f"{path} is no path: it starts with / for HDFS, or with s3a:// or obs:// for OBS")
    if ending and not path.lower().endswith(ending):
        raise OptionError(option, f"{path} does not end with {ending}")


def _same_words(wanted: str | None, found: str | None) -> bool:
    """Equal word by word, where a marked word equals what the service shows in its place."""
    mine, theirs = words(wanted or ""), words(found or "")
    return len(mine) == len(theirs) and all(map(_same_word, mine, theirs))


def _same_word(wanted: str, found: str) -> bool:
    if wanted == found:
        return True
    key, marked, _value = wanted.partition("=")
    if not key.startswith("@") or not marked:
        return False
    shown_key, shown_marked, shown = found.rpartition("=")
    return not shown.strip("*") and (not shown_marked or shown_key.lstrip("@") == key.lstrip("@"))
