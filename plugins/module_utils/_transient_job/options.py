# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of a transient job, checked as far as that can be done before anything is paid for.

Errors name the variables of the role transient_job, through which people give them.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import (
    AUTH,
    CLUSTER,
    IAM_SYNC,
    JOB_DEFINITION,
    RERUN,
    ModuleSpec,
    wait,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.regions import (
    DOMAINS,
    OTC_DOMAIN,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    component_names,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job import (
    DesiredJob,
    desired_job,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import api_for
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.limits import (
    LONGEST_TAG_VALUE,
    MOST_TAGS,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    NO_RUN,
    TAG,
    UNUSED_TAG,
    DesiredTransientJob,
)

Params = t.Mapping[str, t.Any]

#: Options of a cluster that a transient job itself decides on.
DECIDED: dict[str, t.Any] = {
    "state": "present",
    "id": None,
    "purge_tags": True,
    "job": None,
    "jobs": None,
    "shutdown_cluster": False,
    "recreate": "on_failure",
    "scale": True,
    "wait_for": "running",
}
_OF_CLUSTER = {
    name: option
    for name, option in CLUSTER.options.items()
    if name not in (*DECIDED, *AUTH, *wait(0)) or name == "region_name"
}
_OF_CLUSTER["name"] = {**_OF_CLUSTER["name"], "required": True}
_OF_JOB = {
    "name": {"type": "str", "required": True, "aliases": ["job_name"]},
    **JOB_DEFINITION,
    "job_type": {**JOB_DEFINITION["job_type"], "required": True},
    **IAM_SYNC,
    **RERUN,
}
_CLUSTER = ModuleSpec(_OF_CLUSTER, mutually_exclusive=CLUSTER.mutually_exclusive)
_JOB = ModuleSpec(_OF_JOB)

TRANSIENT_JOB = ModuleSpec(
    options={
        **AUTH,
        "cluster": {"type": "dict", "required": True, "options": _OF_CLUSTER},
        "jobs": {"type": "list", "elements": "dict", "required": True, "options": _OF_JOB},
        "run": {"type": "str", "takes_empty": True},
        "leftover": {"type": "str", "choices": ["wait", "fail", "drop"], "default": "wait"},
        "max_runtime": {"type": "int", "default": 14400},
        "keep_on_failure": {"type": "bool", "default": False},
        "poll_interval": wait(0)["poll_interval"],
    },
    one_by_one=("cluster", "jobs"),
)

_OTC_VALUE = re.compile(r"[A-Za-z0-9_-]+")
_FORBIDDEN_IN_VALUE = frozenset("=*<>\\,|/")
#: What has to be on a cluster for a job of this type; one of them is enough.
COMPONENTS = {
    "mapreduce": ("hadoop", "mapreduce", "yarn"),
    "distcp": ("hadoop", "mapreduce", "yarn"),
    "spark": ("spark", "spark2x"),
    "spark_script": ("spark", "spark2x"),
    "spark_sql": ("spark", "spark2x"),
    "spark_python": ("spark", "spark2x"),
    "hive_script": ("hive",),
    "hiveql": ("hive",),
    "flink": ("flink",),
}


def cluster_params(params: Params) -> dict[str, t.Any]:
    """The options of the cluster, as M(huaweicloud.mrs.mrs_cluster) would have them.

    :raises OptionError: some are none that it knows, or have the wrong type.
    """
    given = _validated(_CLUSTER, params["cluster"], "transient_job_cluster")
    tags = given["tags"] or {}
    for reserved in (TAG, UNUSED_TAG):
        if reserved in tags:
            raise OptionError(
                "transient_job_cluster.tags", f"the tag {reserved} is set by the role itself"
            )
    if len(tags) + 1 > MOST_TAGS:
        problem = (
            f"a cluster has at most {MOST_TAGS} tags, and the role adds one to the {len(tags)} of "
            "these"
        )
        raise OptionError("transient_job_cluster.tags", problem)
    login = {name: params[name] for name in AUTH}
    region = given["region_name"] or login.pop("region_name")
    return {
        **given,
        **login,
        "region_name": region,
        **DECIDED,
        "tags": {**tags, TAG: params["run"] or NO_RUN},
    }


def desired_transient_job(params: Params) -> DesiredTransientJob:
    """What the options ask for.

    :raises OptionError: they cannot work.
    """
    run, runtime = params["run"], params["max_runtime"]
    if run is not None:
        _check_run(run)
    if runtime < 1:
        raise OptionError("transient_job_max_runtime", f"must be 1 or more, not {runtime}")
    jobs = tuple(_job(given, place) for place, given in enumerate(params["jobs"]))
    _check_jobs(jobs, params["cluster"], run)
    return DesiredTransientJob(
        cluster=params["cluster"]["name"],
        jobs=jobs,
        run=run,
        leftover=params["leftover"],
        keep_on_failure=params["keep_on_failure"],
        max_runtime=runtime,
    )


def _check_run(run: str) -> None:
    """What no cloud takes as the value of a tag."""
    if not 1 <= len(run) <= LONGEST_TAG_VALUE:
        raise OptionError(
            "transient_job_run",
            f"has 1 to {LONGEST_TAG_VALUE} characters, not {len(run)}: it is kept in a tag",
        )
    if run == NO_RUN:
        raise OptionError(
            "transient_job_run", f"{NO_RUN} marks runs without an identity; take another text"
        )
    if run != run.strip() or not run.isprintable() or _FORBIDDEN_IN_VALUE & set(run):
        problem = "no blank at its ends, and none of the characters = * < > \\ , | /"
        raise OptionError("transient_job_run", f"{run!r} cannot be kept in a tag: {problem}")


def check_run_for(run: str | None, region: str | None, endpoint: str | None) -> None:
    """:raises OptionError: the cloud that this is about does not take it as the value of a tag."""
    if not run or not _is_otc(region, endpoint):
        return
    if not _OTC_VALUE.fullmatch(run):
        problem = (
            "the tags of Open Telekom Cloud have letters, digits, hyphens and underscores only"
        )
        raise OptionError("transient_job_run", f"{run!r} cannot be kept in a tag: {problem}")


def _is_otc(region: str | None, endpoint: str | None) -> bool:
    if region and DOMAINS.get(region) == OTC_DOMAIN:
        return True
    return endpoint is not None and endpoint.rstrip("/").endswith(OTC_DOMAIN)


def _job(given: t.Any, place: int) -> DesiredJob:
    option = f"transient_job_jobs[{place}]"
    return desired_job(_validated(_JOB, given, option), f"{option}.")


def _check_jobs(jobs: t.Sequence[DesiredJob], cluster: Params, run: str | None) -> None:
    if not jobs:
        raise OptionError(
            "transient_job_jobs", "it is empty, and a cluster without a job costs money for nothing"
        )
    for place, job in enumerate(jobs):
        option = f"transient_job_jobs[{place}]"
        twin = next((other for other in range(place) if is_same(jobs[other], job)), None)
        if twin is not None:
            problem = (
                f"is the same job as transient_job_jobs[{twin}], which is run once; give it "
                "another name"
            )
            raise OptionError(option, problem)
        if run is not None and job.rerun == "always":
            raise OptionError(
                f"{option}.rerun",
                "always cannot be used with transient_job_run, which runs nothing twice",
            )
        _check_kind(option, job, cluster)


def is_same(one: DesiredJob, other: DesiredJob) -> bool:
    return (one.name, dict(one.definition)) == (other.name, dict(other.definition))


def _check_kind(option: str, job: DesiredJob, cluster: Params) -> None:
    """Whether the cluster can run a job of this type."""
    kind = t.cast(str, job.definition["job_type"])
    if cluster["type"] == "streaming":
        raise OptionError(
            f"{option}.job_type", f"a streaming cluster runs no {kind} jobs; type: analysis does"
        )
    # Which API takes others, only the cluster itself can say.
    if job.needs_v2 or cluster["safe_mode"]:
        job.check(api_for(cluster["version"], cluster["safe_mode"], kind))
    names = {name.lower() for name in component_names(cluster["components"]) or ()}
    if names and not names & set(COMPONENTS[kind]):
        needed = " or ".join(name.capitalize() for name in COMPONENTS[kind])
        raise OptionError(
            f"{option}.job_type",
            f"a {kind} job needs {needed}, which is missing in components of the cluster",
        )


def _validated(spec: ModuleSpec, given: t.Any, option: str) -> dict[str, t.Any]:
    if not isinstance(given, dict):
        raise OptionError(option, "is a dictionary of options")
    checked = ArgumentSpecValidator(**spec.arguments()).validate(spec.understood(given))
    if checked.error_messages:
        raise MrsError(f"{option}: {checked.errors.msg}.")
    return t.cast("dict[str, t.Any]", checked.validated_parameters)
