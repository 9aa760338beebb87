# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters: the task of M(huaweicloud.mrs.mrs_cluster).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.look import Target, look
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.plan import (
    Current,
    plan_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.cluster import (
    desired_cluster,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V1, V2

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
        Validation,
    )


class ClusterTask:
    """M(huaweicloud.mrs.mrs_cluster)."""

    def __init__(self, params: Params) -> None:
        self._target = Target(desired_cluster(params), params["id"])
        self._absent: bool = params["state"] == "absent"
        self._wait: bool = params["wait"]
        self._validates: bool = params["validate"] and not self._absent
        self._validation: Validation | None = None
        ends_at_once = not self._wait and not self._absent
        if params["wait_for"] != "running" and ends_at_once:
            raise OptionError("wait_for", "with wait: false nothing is waited for")

    def secrets(self) -> t.Collection[str]:
        return self._target.desired.secrets()

    def read(self, context: Context) -> Current:
        current = look(context, self._target, absent=self._absent)
        context.results["api"] = self._api(context, current)
        is_new = current.found.cluster is None and not current.finished
        if self._validates and is_new:
            self._look_up_zone(context)
        return current

    def _look_up_zone(self, context: Context) -> None:
        """Each API wants a zone in another form, and the plan looks at the request."""
        desired = self._questions(context).in_zone(self._target.desired)
        self._target = self._target._replace(desired=desired)

    def _questions(self, context: Context) -> Validation:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
            Validation,
        )

        self._validation = self._validation or Validation(context)
        return self._validation

    def _api(self, context: Context, current: Current) -> str:
        """API v1.1, unless the creation or a job of the cluster goes by API v2."""
        desired, cluster = self._target.desired, current.found.cluster
        if self._absent:
            return V1
        if cluster is None and desired.creation_api().api == V2:
            return V2
        if not desired.all_jobs:
            return V1
        if cluster is None:
            return desired.job_api(desired.version, desired.safe_mode)
        return context.client.jobs.api(cluster.id, desired.all_jobs[0].job_type)

    def plan(self, current: Current) -> Plan:
        if self._absent:
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import (
                delete_plan,
            )

            name = self._target.desired.name
            return delete_plan.plan_absent(current, name, wait=self._wait)
        return plan_cluster(self._target.desired, current, wait=self._wait)

    def validate(self, context: Context, current: Current, plan: Plan) -> None:
        if not (self._validates and plan.changes):
            return
        if _creates(plan):
            self._look_up_zone(context)
        validation = self._questions(context)
        validation.check(plan, current.found.cluster, self._target.desired)
        context.results.update(validation.result)

    def predict(self, context: Context, plan: Plan) -> None:
        if _creates(plan):
            from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.predict import (
                predicted,
            )

            desired = self._target.desired
            context.results["cluster"] = predicted(desired, context.region)
        elif self._wait and plan.before.get("default_tags", True) is None:
            context.warn(
                "It is not known whether the default tags would be switched. A run without check "
                "mode waits for the cluster and then compares them."
            )
        _check_new_name(context, plan)
        _tell_api(context, plan)

    def apply(self, context: Context, current: Current, plan: Plan) -> None:
        _tell_api(context, plan)
        if self._absent:
            _delete(context, current)
        elif plan.changes or not self._is_reached(current):
            self._converge(context, current, plan)

    def _is_reached(self, current: Current) -> bool:
        """The cluster runs, and nothing else is waited for."""
        desired, cluster = self._target.desired, current.found.cluster
        if cluster is None or desired.all_jobs or desired.wait_for != "running":
            return False
        return cluster.state == "running" and not cluster.scaling

    def _converge(self, context: Context, current: Current, plan: Plan) -> None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.converge import (
            Convergence,
        )

        Convergence(context, self._target).run(current, plan)
        _tell_api(context, context.done)


def _delete(context: Context, current: Current) -> None:
    if current.found.cluster:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.delete import remove

        remove(context, current.found.cluster)
    context.results["cluster"] = None


def _creates(plan: Plan) -> bool:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Create

    return any(isinstance(change, Create) for change in plan.changes)


def _check_new_name(context: Context, plan: Plan) -> None:
    """:raises MrsError: another cluster has it, which the service says when it is asked."""
    if not plan.changes:
        return
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.changes import Rename
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.rename import check_free

    for change in plan.changes:
        if isinstance(change, Rename):
            check_free(context, context.results["cluster"]["id"], change)


def _tell_api(context: Context, plan: Plan) -> None:
    """Some changes of a cluster go by API v2."""
    if any(getattr(change, "api", V1) == V2 for change in plan.changes):
        context.results["api"] = V2
