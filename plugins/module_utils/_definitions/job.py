# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a job shall be: from options to a definition that can be compared with what ran before.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import math
import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import clean
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import is_masked, words
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    is_secret_key,
    marked_words,
    secrets_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions import job_request_v2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2_TYPES
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.hql import encode_hql
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JOB_TYPES,
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.forms import in_yaml

_PATHS = ("jar_path", "input", "output", "job_log", "hive_script_path")
_FORBIDDEN = limits.Spelling(
    r"[^;|&>'<$]*", "the service refuses the characters ; | & > < ' and $ in it"
)

#: Options of a job (service_v1 3.7, 5.1).
LIMITS = (
    limits.Limit(
        "name",
        limits.Spelling(
            limits.NAME, "a job's name has 1 to 64 letters, digits, hyphens and underscores"
        ),
    ),
    *(limits.Limit(path, _FORBIDDEN) for path in (*_PATHS, "arguments")),
    *(limits.Limit(path, limits.Length(0, 1023)) for path in _PATHS),
    limits.Limit("arguments", limits.Length(0, 150000), {limits.OTC: limits.Length(0, 2047)}),
    limits.Limit(
        "arguments",
        _FORBIDDEN,
        {limits.HUAWEI: limits.Spelling(r'[^!"\\]*', 'must have none of the characters ! " \\')},
    ),
)
#: All arguments of a job by API v2 together (service_v2 4.1).
LIMITS_V2 = (
    limits.Limit("arguments", limits.Length(0, 150000), {limits.OTC: limits.Length(0, 4096)}),
)

Params = t.Mapping[str, t.Any]

CODES = {name: code for code, name in JOB_TYPES.items()}
MASKED = "results show * in place of a secret; give the secret itself"
#: What API v1.1 refuses for every job (service_v1 2.5), with what to do instead.
REFUSED_TYPES = {
    "hiveql": "API v1.1 does not run HiveQL statements; put them into a file and use hive_script",
    "spark_sql": (
        "API v1.1 does not run Spark SQL statements; put them into a file and use spark_script"
    ),
    "spark_python": (
        "API v1.1 does not run Spark programs in Python; it takes a cluster of MRS 1.9.2 or later"
    ),
    "flink": "API v1.1 does not run Flink programs; it takes a cluster of MRS 1.9.2 or later",
}
#: What each type cannot do without, whichever API runs it (12000081, 12000114).
NEEDED = job_request_v2.NEEDED
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
#: Types whose program has a main class.
WITH_MAIN_CLASS = ("mapreduce", "spark", "flink")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+\Z")


@dataclasses.dataclass(frozen=True)
class DesiredJob:
    """A job by name and definition.

    :param definition: the fields of API v1.1, arguments as one text.
    :param argument_list: the same arguments one by one; C(is_listed): they were given so.
    :param options: what stands before the program, such as C(--driver-memory).
    :param place: where the options of the job stand, such as C(job.), for error texts.
    """

    name: str
    definition: t.Mapping[str, str | None] = dataclasses.field(repr=False)
    rerun: str = "on_failure"
    shutdown_cluster: bool = False
    main_class: str | None = None
    options: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    argument_list: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    properties: t.Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    is_listed: bool = False
    place: str = ""
    sync_iam_user: bool = False
    iam_sync_timeout: float = 600.0

    @property
    def job_type(self) -> str:
        return self.definition["job_type"] or ""

    @property
    def needs_v2(self) -> bool:
        """Only API v2 has its type, or what it is given."""
        return self.job_type in V2_TYPES or bool(self.options or self.properties)

    def value(self, field: str) -> t.Any:
        """What is given in a field, whichever API has it."""
        if field in ("main_class", "options", "properties"):
            return getattr(self, field)
        return self.definition[field]

    def is_run_by(self, execution: JobExecution) -> bool:
        """The execution has this name and definition. What the service masks is not compared."""
        if execution.api == "v2":
            return job_request_v2.is_run_by(self, execution)
        if execution.name != self.name:
            return False
        return all(
            _is_same(field, wanted, getattr(execution, field))
            for field, wanted in self._as_answered()
        )

    def check(self, api: str) -> None:
        """:raises OptionError: this API cannot run the job so; names the option."""
        if api == "v2":
            job_request_v2.check(self)
        else:
            self._check_for_v1()

    def warnings(self, api: str) -> list[str]:
        """What this API does otherwise than the options say."""
        if api != "v2":
            return []
        return job_request_v2.warnings(self)

    def request(self, api: str, cluster_id: str) -> dict[str, t.Any]:
        """The request that submits the job (service_v1 5.1, service_v2 4.1)."""
        if api == "v2":
            return job_request_v2.request(self)
        return self.body(cluster_id)

    def _as_answered(self) -> t.Iterator[tuple[str, str | None]]:
        """The fields of API v1.1 with clean texts, as those of an answer are."""
        for field, value in self._fields_of_v1().items():
            yield field, None if value is None else clean(value)

    def body(self, cluster_id: str) -> dict[str, t.Any]:
        """The request of submit-job (service_v1 5.1)."""
        return {"cluster_id": cluster_id, **self._fields()}

    def creation(self) -> dict[str, t.Any]:
        """The one item of C(add_jobs) (service_v1 3.7)."""
        return {
            **self._fields(),
            "shutdown_cluster": self.shutdown_cluster,
            "submit_job_once_cluster_run": True,
        }

    def _fields(self) -> dict[str, t.Any]:
        given = {field: value for field, value in self._fields_of_v1().items() if value is not None}
        given["job_type"] = CODES[self.job_type]  # type: ignore[assignment]
        if "hql" in given:
            given["hql"] = encode_hql(given["hql"])
        return {"job_name": self.name, **given}

    def doubts(self, cloud: str | None, option: str = "", api: str = "v1.1") -> list[str]:
        """What the service may refuse.

        :raises OptionError: something that this cloud refuses, or that cannot be meant.
        """
        self._check_not_masked(option)
        if api == "v1.1":
            return limits.warnings(LIMITS, self.definition, cloud, option)
        given = {**self.definition, "arguments": None}
        together = {"arguments": "".join(job_request_v2.arguments(self))}
        return [
            *limits.warnings(LIMITS, given, cloud, option),
            *limits.warnings(LIMITS_V2, together, cloud, option),
        ]

    def _check_not_masked(self, option: str) -> None:
        """:raises OptionError: it is a copy of a result, which shows no secrets."""
        texts = {**self.definition, "options": " ".join(self.options)}
        for field, text in texts.items():
            if text and is_masked(text):
                raise OptionError(f"{option}{field}", MASKED)

    def _fields_of_v1(self) -> dict[str, str | None]:
        """API v1.1 wants the main class as the first argument."""
        if self.main_class is None:
            return dict(self.definition)
        words = (self.main_class, self.definition["arguments"])
        return {**self.definition, "arguments": " ".join(filter(None, words))}

    def _check_for_v1(self) -> None:
        if self.job_type in REFUSED_TYPES:
            raise OptionError(f"{self.place}job_type", REFUSED_TYPES[self.job_type])
        if self.job_type == "distcp" and not self.definition["file_action"]:
            raise OptionError(f"{self.place}file_action", "a job of type distcp needs it")
        for field in ("options", "properties"):
            if self.value(field):
                raise OptionError(
                    f"{self.place}{field}",
                    "not possible by API v1.1; it needs a cluster of MRS 3 or with Kerberos",
                )
        if self.is_listed:
            for number, word in enumerate(self.argument_list):
                _check_word(word, f"{self.place}arguments[{number}]")
        limits.check(LIMITS, {"arguments": self.definition["arguments"]}, self.place)

    def marked(self) -> list[str]:
        """The words that are marked as secret with a leading @."""
        texts = [*self.definition.values(), *self.argument_list, *self.options]
        return [word for text in texts for word in marked_words(text or "")]

    def secrets(self) -> set[str]:
        """What must not be shown of it."""
        hidden = {value for key, value in self.properties.items() if is_secret_key(key) and value}
        return secrets_of(self.marked()) | hidden


def desired_job(params: Params, option: str = "") -> DesiredJob:
    """The job that the options describe.

    :param option: where the options stand, such as C(job.), for error texts.
    :raises OptionError: they cannot work, whichever API takes the job.
    """
    for needed in ("name", "job_type"):
        if params[needed] is None:
            raise OptionError(f"{option}{needed}", "it is needed to run a job")
    given = params["arguments"]
    words = argument_list(given, f"{option}arguments")
    definition = {field: params[field] for field in DEFINITION}
    if isinstance(given, (list, tuple)):
        definition["arguments"] = " ".join(words)
    _check(params, definition, option)
    return DesiredJob(
        params["name"],
        definition,
        params["rerun"],
        params.get("shutdown_cluster", False),
        main_class=params["main_class"] or None,
        options=_option_words(params["options"], f"{option}options"),
        argument_list=words,
        properties=_properties(params["properties"], f"{option}properties"),
        is_listed=not isinstance(given, str),
        place=option,
        sync_iam_user=bool(params.get("sync_iam_user")),
        iam_sync_timeout=_sync_timeout(
            params.get("iam_sync_timeout", 600.0), f"{option}iam_sync_timeout"
        ),
    )


def _check(params: Params, definition: t.Mapping[str, str | None], option: str) -> None:
    """:raises OptionError: no API can run such a job."""
    kind = params["job_type"]
    if len(definition["arguments"] or "") > job_request_v2.MOST_IN_ARGUMENTS:
        raise OptionError(
            f"{option}arguments", f"must have at most {job_request_v2.MOST_IN_ARGUMENTS} characters"
        )
    for needed in NEEDED[kind]:
        if not definition[needed]:
            raise OptionError(f"{option}{needed}", f"a job of type {kind} needs it")
    limits.check(LIMITS, {**definition, "name": params["name"], "arguments": None}, option)
    endings = {**ENDINGS, "jar_path": ".py"} if kind == "spark_python" else ENDINGS
    for field in PATHS:
        ending = endings.get(field) if field in NEEDED[kind] else None
        _check_path(f"{option}{field}", definition[field], ending)
    if params["main_class"] and kind not in WITH_MAIN_CLASS:
        raise OptionError(f"{option}main_class", f"a job of type {kind} has none")


def _sync_timeout(seconds: float, option: str) -> float:
    if not 0 < seconds < math.inf:
        raise OptionError(option, f"must be greater than 0, not {seconds}")
    return seconds


def argument_list(arguments: t.Any, option: str) -> tuple[str, ...]:
    """The arguments one by one. A text is split at blanks, as the service of API v1.1 does."""
    if arguments is None:
        return ()
    if isinstance(arguments, str):
        return tuple(words(arguments))
    if not isinstance(arguments, (list, tuple)):
        raise OptionError(option, "give one text, or a list of texts and numbers")
    return tuple(_word(each, f"{option}[{number}]") for number, each in enumerate(arguments))


def _word(value: t.Any, option: str) -> str:
    if isinstance(value, float) and not _PLAIN_NUMBER.match(str(value)):
        raise OptionError(
            option,
            f"YAML reads it as the number {value}; write it in quotes as the program wants it",
        )
    if not isinstance(value, (str, int, float)):
        raise OptionError(option, "is neither a text nor a number")
    return in_yaml(value)


def _check_word(word: str, option: str) -> None:
    """What API v1.1, which wants one text, would not pass on as one argument."""
    if not word:
        raise OptionError(option, "is empty, and API v1.1 would leave it out")
    if word.split() != [word]:
        raise OptionError(option, "has a blank, where API v1.1 would split it")


def _option_words(given: t.Any, option: str) -> tuple[str, ...]:
    """Options from a list, or from a dictionary of option and value.

    An option without a value stands alone.
    """
    if given is None or isinstance(given, (list, tuple)):
        return argument_list(given, option)
    if not isinstance(given, dict):
        raise OptionError(option, "give a list, or a dictionary of option and value")
    found: list[str] = []
    for key, value in given.items():
        found.append(str(key))
        if value is not None:
            found.append(_word(value, f"{option}.{key}"))
    return tuple(found)


def _properties(given: t.Mapping[str, t.Any] | None, option: str) -> dict[str, str]:
    return {str(key): _word(value, f"{option}.{key}") for key, value in (given or {}).items()}


def _check_path(option: str, path: str | None, ending: str | None) -> None:
    """The rules of 3.7 and 5.1; which scheme a cluster wants depends on its version (12000086)."""
    if not path:
        return
    if not (path.startswith("/") or "://" in path):
        raise OptionError(
            option,
            f"{path} is not a path: it must start with / for HDFS, or with s3a:// or obs:// for "
            "OBS",
        )
    if ending and not path.lower().endswith(ending):
        raise OptionError(option, f"{path} does not end with {ending}")


def _is_same(field: str, wanted: str | None, found: str | None) -> bool:
    if field in ("arguments", "hql"):
        return _same_words(wanted, found)
    return (wanted or None) == (found or None)


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
    if shown.strip("*"):
        return False
    return not shown_marked or shown_key.lstrip("@") == key.lstrip("@")
