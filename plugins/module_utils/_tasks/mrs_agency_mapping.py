# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""M(huaweicloud.mrs.mrs_agency_mapping) and M(huaweicloud.mrs.mrs_agency_mapping_info).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import agency_mappings as service
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import find as finding
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
    ask_when_idle,
    done_or_open,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    Change,
    Params,
    Plan,
    View,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._cluster import wait as cluster_wait
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.agency_mapping import (
    desired_mappings,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models import cluster_state
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.agency_mapping import (
    AgencyMapping,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.query import Query
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.rounds import keep

Mappings = tuple[AgencyMapping, ...]
#: Refused, since the mappings are being changed already.
GOING_ON = "MRS.0206"


class SetMappings(t.NamedTuple):
    """Replace the whole list of mappings."""

    wanted: Mappings
    there: Mappings

    @property
    def action(self) -> Action:
        return {
            "action": "set_agency_mappings",
            "added": [each.result() for each in self.wanted if each not in self.there],
            "removed": [each.result() for each in self.there if each not in self.wanted],
        }

    def effect(self, view: View) -> View:
        return _view(self.wanted)


class Current(t.NamedTuple):
    """The cluster and its mappings."""

    cluster: Cluster
    mappings: Mappings


class AgencyMappingTask:
    """M(huaweicloud.mrs.mrs_agency_mapping)."""

    def __init__(self, params: Params) -> None:
        self._reference: str = params["cluster"]
        self._wanted = desired_mappings(params["mappings"])

    def secrets(self) -> t.Collection[str]:
        return ()

    def read(self, context: Context) -> Current:
        context.results["api"] = V2
        cluster = finding.living(context.client, self._reference)
        there = service.mappings(context.client, cluster)
        context.results.update(_view(there))
        return Current(cluster, there)

    def plan(self, current: Current) -> Plan:
        """:raises WaitError: they differ, and the cluster never takes others."""
        there = current.mappings
        if there == self._wanted:
            return Plan((), _view(there))
        cluster_state.check_hope(current.cluster)
        return Plan((SetMappings(self._wanted, there),), _view(there))

    def plan_for_later(self, context: Context) -> Plan:
        context.results["api"] = V2
        return Plan((SetMappings(self._wanted, ()),) if self._wanted else (), _view(()))

    def predict(self, context: Context, plan: Plan) -> None:
        context.results.update(_view(self._wanted))

    def apply(self, context: Context, current: Current, plan: Plan) -> None:
        keep(self, context, current, plan, "the agency mappings")

    def make(self, context: Context, current: Current, change: Change) -> None:
        cluster = current.cluster
        subject = f"the agency mappings of cluster {cluster.title}"

        def look() -> Mappings:
            return service.mappings(context.client, cluster)

        def ask() -> bool:
            return ask_when_idle(
                context,
                subject,
                lambda: service.set_mappings(context.client, cluster, self._wanted),
                going_on=GOING_ON,
            )

        def judge(seen: Mappings) -> bool | Verdict:
            return done_or_open(seen == self._wanted)

        call = Call(subject, ask, look, judge, lambda seen: "checking whether they were set")
        what = "its agency mappings cannot be set now"
        with cluster_wait.for_another_state(context, cluster, what):
            act_once(context, call._replace(again=True))
        context.did(change)
        context.results.update(_view(self._wanted))
        if context.wait:
            self._show(context, subject, look, current.mappings)

    def _show(
        self, context: Context, subject: str, look: t.Callable[[], Mappings], before: Mappings
    ) -> None:
        """What is there once it is done, or is something else for long enough."""
        other = context.lasting()

        def is_over(seen: Mappings) -> bool:
            if seen == self._wanted:
                return True
            if seen == before:
                other.ends()
                return False
            return other.stays()

        seen = context.waiter.until(
            subject, look, is_over, lambda found: "as before" if found == before else "changed"
        )
        context.results.update(_view(seen))
        if seen != self._wanted:
            context.warn(
                f"The service shows other {subject.removeprefix('the ')} than those that were set, "
                "so they are set in each run."
            )


class AgencyMappingInfoTask(Query):
    """M(huaweicloud.mrs.mrs_agency_mapping_info)."""

    def read(self, context: Context) -> None:
        context.results["api"] = V2
        cluster = finding.living(context.client, self._params["cluster"])
        context.results.update(_view(service.mappings(context.client, cluster)))


def _view(mappings: Mappings) -> dict[str, t.Any]:
    return {"mappings": [each.result() for each in mappings]}
