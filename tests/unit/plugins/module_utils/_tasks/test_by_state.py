# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules that change something of a cluster do while it is in each of its states."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    JOB_OPTIONS,
    PROJECT,
    Json,
    cluster,
    custom_cluster,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    lists,
    lists_jobs,
    reads,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    ANY,
    Answer,
    Exchange,
    play,
    play_failing,
)

Script = list[Exchange]
ROOT = f"/v2/{PROJECT}/clusters/{CLUSTER}"
POLICIES = f"/v2/{PROJECT}/autoscaling-policy/{CLUSTER}"
POLICY: Json = {"auto_scaling_enable": False, "min_capacity": 1, "max_capacity": 6}
MAPPING: Json = {
    "agency": "read",
    "agency_id": "id-r",
    "identifier_type": "Group",
    "identifiers": ["guests"],
}
HIVE: Json = {"name": "core_data", "assigned_roles": ["HiveServer"]}
#: The states of a cluster on its way, and how they are told.
ON_ITS_WAY = {"starting": {"clusterState": "starting"}, "scaling-out": {"scale": "scaling-out"}}
#: Those out of which it does not come.
HOPELESS = ["failed", "frozen", "terminating"]


def there(**changes: t.Any) -> Json:
    return custom_cluster(**changes)


def says(path: str, body: t.Any) -> Exchange:
    return Exchange("GET", path, Answer(200, body))


@dataclasses.dataclass(frozen=True)
class Case:
    """A module, its options, what it reads besides the cluster, and the call that changes it."""

    module: str
    given: Json
    method: str
    path: str
    what: str
    before: Script = dataclasses.field(default_factory=list)
    after: Script = dataclasses.field(default_factory=list)

    def asks(self, reply: Answer) -> Exchange:
        return Exchange(self.method, self.path, reply, ANY, ANY)

    def refused(self) -> Script:
        """Of a policy it is checked whether another task was faster."""
        is_looked_at = self.module == "mrs_auto_scaling_policy"
        return [self.asks(BUSY), *(self.before if is_looked_at else [])]


def _mappings(*found: Json) -> Script:
    return [says(f"{ROOT}/agency-mapping", {"agency_mappings": list(found)})]


def _policies(*found: Json) -> Script:
    shown = [
        {"node_group_name": "edge", "resource_pool_name": "default", "auto_scaling_policy": each}
        for each in found
    ]
    return [says(POLICIES, shown)]


def _users(*found: str) -> Script:
    return [says(f"{ROOT}/iam-sync-user", {"user_names": list(found), "group_names": []})]


_EDGE: Json = {"cluster": "etl", "node_group": "edge"}
_ROBOT: Json = {"cluster": "etl", "users": ["robot"]}
_SYNCED = [says(f"{ROOT}/iam-sync", {"is_synchronizing": False})]
_WITH_HIVE = there(componentList=[{"componentName": "Hive"}])
CASES = [
    Case(
        "mrs_agency_mapping",
        {"cluster": "etl", "mappings": [MAPPING]},
        "PUT",
        f"{ROOT}/agency-mapping",
        "its agency mappings cannot be set now",
        _mappings(),
        _mappings(MAPPING),
    ),
    Case(
        "mrs_auto_scaling_policy",
        {**_EDGE, "policy": POLICY},
        "POST",
        POLICIES,
        "the auto scaling policy of group edge cannot be changed now",
        _policies(),
        _policies(POLICY),
    ),
    Case(
        "mrs_auto_scaling_policy",
        {**_EDGE, "state": "absent"},
        "DELETE",
        POLICIES,
        "the auto scaling policy of group edge cannot be changed now",
        _policies(POLICY),
        _policies(),
    ),
    Case(
        "mrs_iam_sync",
        _ROBOT,
        "POST",
        f"{ROOT}/iam-sync-user",
        "its IAM users cannot be changed now",
        _users(),
        [*_SYNCED, *_users("robot")],
    ),
    Case(
        "mrs_iam_sync",
        {**_ROBOT, "state": "absent"},
        "DELETE",
        f"{ROOT}/iam-sync-user",
        "its IAM users cannot be changed now",
        _users("robot"),
        [*_SYNCED, *_users()],
    ),
    Case(
        "mrs_component",
        {"cluster": "etl", "name": "Hive", "node_groups": [HIVE]},
        "POST",
        f"{ROOT}/components",
        "Hive cannot be added now",
        [],
        [reads(_WITH_HIVE)],
    ),
]
EACH = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.module} {case.given.get('state', '')}"
)
BUSY = refusal("12000012", "The cluster is busy.")
DONE = Answer(200, {"result": "succeeded"})


def _looked(case: Case, **state: str) -> Script:
    return [lists(there(**state)), *case.before]


@EACH
@pytest.mark.parametrize("state", ON_ITS_WAY)
def test_on_its_way_it_is_waited_for(case: Case, state: str) -> None:
    on_its_way, usable = there(**ON_ITS_WAY[state]), there()
    way = [reads(on_its_way), reads(on_its_way), reads(usable)]
    refused = [*_looked(case, **ON_ITS_WAY[state]), *case.refused(), *way]
    if case.module == "mrs_component":
        # What it needs is documented, so it does not ask to be told.
        script = [*_looked(case, **ON_ITS_WAY[state]), reads(on_its_way), reads(usable)]
    else:
        script = [*refused, *_looked(case)]
    result = play(case.module, case.given, [*script, case.asks(DONE), *case.after]).result
    assert result["changed"] is True
    [action] = result["actions"]
    assert action


@EACH
@pytest.mark.parametrize("state", ON_ITS_WAY)
def test_without_wait_the_error_names_the_state(case: Case, state: str) -> None:
    on_its_way = reads(there(**ON_ITS_WAY[state]))
    given = {**case.given, "wait": False}
    script = [*_looked(case, **ON_ITS_WAY[state]), *case.refused(), on_its_way]
    result = play_failing(case.module, given, script).result
    shown = {"starting": "starting", "scaling-out": "running (scaling-out)"}[state]
    assert result["msg"] == (
        f"Cluster etl ({CLUSTER}) is {shown}: {case.what}. With wait: true the task waits for it."
    )
    assert (result["changed"], result["error"]["code"]) == (False, "12000012")


@EACH
def test_one_that_stays_so_is_a_time_out_with_the_refusal(case: Case) -> None:
    on_its_way = reads(there(scale="scaling-out"))
    given = {**case.given, "wait_timeout": 1}
    asked = [] if case.module == "mrs_component" else [*case.refused(), on_its_way]
    script = [*_looked(case, scale="scaling-out"), *asked, *[on_its_way] * 2]
    message = play_failing(case.module, given, script).result["msg"]
    assert message.startswith(f"Waited 1 s for cluster etl ({CLUSTER}); it is still: running (sc")
    assert ("The service refuses: " in message) is bool(asked)


@EACH
@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize("state", HOPELESS)
def test_a_cluster_without_hope_is_an_error_before_the_request(
    case: Case, state: str, check_mode: bool
) -> None:
    script = _looked(case, clusterState=state)
    result = play_failing(case.module, case.given, script, check_mode=check_mode).result
    assert result["msg"].startswith(f"Cluster etl ({CLUSTER}) is {state}.")


@EACH
@pytest.mark.parametrize("wait", [True, False])
@pytest.mark.parametrize("state", HOPELESS)
def test_one_that_loses_hope_before_the_request_is_not_waited_for(
    case: Case, state: str, wait: bool
) -> None:
    script = [*_looked(case), *case.refused(), reads(there(clusterState=state))]
    result = play_failing(case.module, {**case.given, "wait": wait}, script).result
    assert result["msg"].startswith(f"Cluster etl ({CLUSTER}) is {state}.")


@EACH
def test_a_refusal_that_the_cluster_does_not_explain_is_told_as_it_is(case: Case) -> None:
    given = {**case.given, "outcome_timeout": 1}
    script = [*_looked(case), *case.refused(), *[reads(there())] * 3]
    message = play_failing(case.module, given, script).result["msg"]
    assert "The cluster is busy (HTTP 400, code 12000012, request req-7)." in message


@EACH
@pytest.mark.parametrize("state", ["terminating", "scaling-out"])
def test_nothing_to_do_is_no_error_in_any_state(case: Case, state: str) -> None:
    changes = {"scale": state} if state == "scaling-out" else {"clusterState": state}
    if case.module == "mrs_component":
        script = [lists({**_WITH_HIVE, **changes})]
    else:
        script = [lists(there(**changes)), case.after[-1]]
    assert play(case.module, case.given, script).result["changed"] is False


@pytest.mark.parametrize("check_mode", [True, False])
def test_a_frozen_cluster_is_sent_no_job(check_mode: bool) -> None:
    script = [lists(cluster(clusterState="frozen")), lists_jobs()]
    played = play_failing(
        "mrs_job", {"cluster": "etl", **JOB_OPTIONS}, script, check_mode=check_mode
    )
    assert played.result["msg"] == (
        f"Cluster etl ({CLUSTER}) is frozen. The cluster is frozen because the account has unpaid "
        "bills. Pay them, then run the task again."
    )


@pytest.mark.parametrize("state", ["failed", "terminating"])
def test_check_mode_tells_that_a_cluster_that_goes_takes_no_job(state: str) -> None:
    script = [lists(cluster(clusterState=state)), lists_jobs()]
    played = play("mrs_job", {"cluster": "etl", **JOB_OPTIONS}, script, check_mode=True)
    assert played.result["changed"]
    assert played.result["warnings"] == [
        f"Cluster etl ({CLUSTER}) is {state}, so it takes no jobs. In check mode, an earlier task "
        "may be one that would create it again."
    ]
