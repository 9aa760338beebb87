# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""M(huaweicloud.mrs.mrs_component): a custom cluster has a component.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OvertakenError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params, Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.component_plan import (
    AddComponents,
    is_there,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.components import (
    add,
    until_there,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.component import (
    check_takes_components,
    component,
    placed,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster


class ComponentTask:
    """M(huaweicloud.mrs.mrs_component)."""

    def __init__(self, params: Params) -> None:
        self._reference: str = params["cluster"]
        self._wanted = component(params)
        self._validates: bool = params["validate"]

    def secrets(self) -> t.Collection[str]:
        wanted = self._wanted
        return [each for each in (wanted.user_password, wanted.default_password) if each]

    def read(self, context: Context) -> Cluster:
        context.results["api"] = V2
        cluster = finding.living(context.client, self._reference)
        context.results["cluster"] = cluster.result()
        return cluster

    def plan(self, current: Cluster) -> Plan:
        """:raises OptionError: the cluster takes no components, or has no such group."""
        before = {"components": current.component_names}
        if is_there(current, self._wanted.name):
            return Plan((), before)
        cluster_state.check_hope(current)
        check_takes_components(current)
        return Plan((AddComponents((placed(self._wanted, current),)),), before)

    def plan_for_later(self, context: Context) -> Plan:
        context.results.update(cluster={"id": None, "name": self._reference}, api=V2)
        return Plan((AddComponents((self._wanted,)),), {"components": []})

    def validate(self, context: Context, current: Cluster | None, plan: Plan) -> None:
        if not (self._validates and plan.changes and current):
            return
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster.validation import (
            Options,
            Validation,
        )

        validation = Validation(context, Options(components="name"))
        validation.check(plan, current)
        context.results.update(validation.result)

    def apply(self, context: Context, current: Cluster, plan: Plan) -> None:
        cluster, wanted = current, self._wanted.name
        problem = f"Cluster {cluster.title} keeps changing while {wanted} is being added."
        for _round in context.rounds(problem):
            if plan.changes and context.wait:
                cluster = cluster_wait.until_usable(context, cluster)
                plan = self.plan(cluster)
            context.planned(plan)
            if not plan.changes:
                return
            change = t.cast(AddComponents, plan.changes[0])
            try:
                add(context, cluster, change)
            except OvertakenError:
                cluster = cluster_wait.reader(context, cluster)()
                plan = self.plan(cluster)
            else:
                if context.wait:
                    until_there(context, cluster, change)
                return
