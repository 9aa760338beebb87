# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What would be done with many clusters: each is a task of its own in check mode, side by side.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import functools
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import (
    AUTH,
    CLUSTER,
    ModuleSpec,
    alias_warnings,
    hidden_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    DependencyError,
    MrsError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.parallel import map_in_parallel
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import unobserved
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import (
    Shared,
    TaskEnvironment,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster import ClusterTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import failure, run

Result = dict[str, t.Any]

PLANS = ModuleSpec(
    options={
        **AUTH,
        "clusters": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": CLUSTER.options,
        },
    },
    one_by_one=("clusters",),
)


class ClusterPlansTask:
    """M(huaweicloud.mrs.mrs_cluster_plan_info)."""

    def __init__(self, params: Params) -> None:
        self._params = params
        self._validator = ArgumentSpecValidator(**CLUSTER.arguments())

    def secrets(self) -> t.Collection[str]:
        return set(hidden_in(PLANS.options, self._params))

    def run(self, environment: TaskEnvironment) -> Result:
        """:raises MrsError: some clusters have no plan; has those of the others."""
        environment = environment._replace(observer=unobserved, shared=Shared())
        plans = list(
            map_in_parallel(functools.partial(self._plan, environment), self._params["clusters"])
        )
        told = list(dict.fromkeys(warning for plan in plans for warning in plan.pop("warnings")))
        failed = [plan for plan in plans if plan["failed"]]
        if failed:
            raise _failure(plans, failed, told)
        diff = [plan["diff"] for plan in plans if plan["changed"]]
        return {"changed": False, "clusters": plans, "diff": diff, "warnings": told}

    def _plan(self, environment: TaskEnvironment, given: Params) -> Result:
        """What M(huaweicloud.mrs.mrs_cluster) answers in check mode.

        The keys are the same for each cluster.
        """
        params, told = self._with_login(given), []
        try:
            checked = self._validator.validate(CLUSTER.understood(params))
            params, told = checked.validated_parameters, alias_warnings(checked)
            if checked.error_messages:
                raise MrsError(_wording(checked.errors))
            result = run(ClusterTask, params, check_mode=True, environment=environment)
        except DependencyError:  # says nothing of this cluster
            raise
        except MrsError as error:
            result = failure(error)
        return {**_shown(params, result), "warnings": [*told, *result["warnings"]]}

    def _with_login(self, cluster: Params) -> Result:
        """What a cluster leaves open of the login is that of all."""
        names = {name: {name, *CLUSTER.options[name].get("aliases", ())} for name in AUTH}
        common = {name: self._params[name] for name in AUTH if not names[name] & cluster.keys()}
        return {**cluster, **{name: value for name, value in common.items() if value is not None}}


def _shown(params: Params, result: Result) -> Result:
    """The plan of one cluster; the same keys, whatever came of it."""
    cluster = result.get("cluster") or {}
    return {
        "name": params.get("name") or cluster.get("name"),
        "id": cluster.get("id") or params.get("id"),
        "changed": result["changed"],
        "failed": result.get("failed", False),
        **{key: result.get(key) for key in ("msg", "error", "cluster", "validated")},
        **{key: result.get(key) or [] for key in ("actions", "differences")},
        "diff": result.get("diff") or {},
    }


def _failure(plans: list[Result], failed: list[Result], warnings: list[str]) -> MrsError:
    reasons = " ".join(
        f"{plan['name'] or plan['id'] or f'clusters[{number}]'}: {plan['msg']}"
        for number, plan in enumerate(plans)
        if plan["failed"]
    )
    facts = {"changed": False, "clusters": plans, "warnings": warnings}
    error = MrsError(f"{len(failed)} of {len(plans)} clusters have no plan. {reasons}", facts=facts)
    for key, value in failed[0]["error"].items():
        setattr(error, key, value)
    return error


def _wording(errors: t.Any) -> str:
    """What is wrong with the options of a cluster."""
    unknown = "Unsupported parameters: " if isinstance(errors[0], UnsupportedError) else ""
    return f"{unknown}{errors.msg}"
