# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every documented error code: the simulator answers it, the task shows cause and remedy."""

from __future__ import annotations

import copy
import typing as t

import pytest
import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import CODES, lookup
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import ClusterInfoTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster import ClusterTask
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import Task, outcome
from ansible_collections.huaweicloud.mrs.tests.faults.operations import (
    JOB,
    OPERATIONS,
    PLACES,
    cluster_options,
    store,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    Json,
    ManualClock,
    options,
)
from mrs_simulator import clock, in_process
from mrs_simulator.base import errors
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator

REASON = "What the service says to this"
#: HTTP status by code, where it is not 400. Codes of jobs (four digits) come with 500 or 400,
#: depending on the cloud.
STATUS = {
    401: "12000001 12000136 APIGW.0301 APIGW.0303",
    403: "APIGW.0302",
    404: "12000057 12005003 APIGW.0101",
    429: "APIGW.0308",
    500: """12000004 12000020 12000055 12000060 12000068 12000069 12000070 12000071 12000073
        12000102 12000103 12000154 12000156 12000157 12000163 12000164 120000213 120000214 130000002
        MRS.0010 MRS.0011 MRS.0205 MRS.0206 MRS.0207 MRS.0208 MRS.0209 MRS.0210 MRS.0211 MRS.0212
        MRS.0216 MRS.0217 MRS.0218""",
    502: "APIGW.0201",
}
STATUS_OF = {code: status for status, codes in STATUS.items() for code in codes.split()}
#: Some of those that come with 400.
BAD_REQUESTS = """12000002 12000003 12000012 12000017 12000018 12000021 12000043 12000062 12000064
    12000085 120000212 0171 MRS.0002 MRS.1010"""
#: They stand in the stage of a cluster, and answer no request.
STAGES = {
    "MRS.101",
    "MRS.102",
    "MRS.103",
    "MRS.104",
    "MRS.105",
    "MRS.201",
    "MRS.202",
    "MRS.203",
    "MRS.300",
}
JOBS = {
    "12000060",
    "12000061",
    "12000062",
    "12000063",
    "12000064",
    "12000081",
    "12000085",
    "12000086",
    "12000114",
}
SCALING = {
    "12000012",
    "12000013",
    "12000014",
    "12000017",
    "12000018",
    "12000028",
    "12000080",
    "12000123",
    "12000125",
}


class Service:
    """A simulator, and tasks that run against it without a retry and without waiting."""

    def __init__(self, flavor: str, start: str = "nothing", **settings: t.Any) -> None:
        before = store(start, flavor)
        self.simulator = Simulator(
            Settings(**{"flavor": flavor, "speed": 100.0, **settings}), clock.ManualClock()
        )
        self.simulator.world.clock.advance(before.clock_offset - self.simulator.world.clock.now())
        self.simulator.world.store.clusters = copy.deepcopy(before.clusters)
        self._session = requests.Session()
        self._session.trust_env = False
        self._flavor, self._url = flavor, in_process.mount(self._session, self.simulator)

    def spoil(self, path: str, method: str, status: int, code: str) -> None:
        rule = {"kind": "status", "times": 100, "path": path, "method": method, "status": status}
        body = {"error_code": code, "error_msg": f"{REASON}."}
        answer = self._session.post(f"{self._url}/_simulator/faults", json={**rule, "body": body})
        assert answer.status_code == 201

    def run(self, kind: type[Task], module: str, given: Json) -> Json:
        simulated = self.simulator.world
        token, _ends = simulated.identity.issue(
            simulated.identity.project_id, simulated.clock.now()
        )
        fixed = {
            "auth": {"token": token},
            "project_id": simulated.identity.project_id,
            "endpoint": self._url,
            "region_name": PLACES[self._flavor]["region_name"],
            "api_retries": 0,
        }
        waiting = {} if module.endswith("_info") else {"wait": False}
        environment = TaskEnvironment({}, ManualClock(), session=self._session)
        return outcome(
            kind,
            options(module, **{**given, **waiting, **fixed}),
            check_mode=False,
            environment=environment,
        )


def check_shown(result: Json, code: str, status: int) -> None:
    known = lookup(code, status)
    assert known is not None
    assert result["failed"] is True
    assert (result["error"]["status"], result["error"]["code"], result["error"]["reason"]) == (
        status,
        code,
        f"{REASON}.",
    )
    for text in (REASON, known.cause, known.remedy):
        assert text in result["msg"]


def status_of(code: str, flavor: str) -> int:
    if len(code) == 4:
        return 500 if flavor == "otc" else 400
    return STATUS_OF.get(code, 400)


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
def test_the_simulator_gives_each_code_its_status(flavor: str) -> None:
    """Those of the gateway are faults, which say their status themselves."""
    wanted = {code: STATUS_OF[code] for code in STATUS_OF if not code.startswith("APIGW.")}
    wanted |= dict.fromkeys(BAD_REQUESTS.split(), 400)
    assert {code: errors.status_of(code, flavor) for code in wanted} == wanted


def test_clouds_differ_in_codes_of_four_digits() -> None:
    assert (errors.status_of("0176", "otc"), errors.status_of("0176", "hwc")) == (500, 400)


def test_the_table_knows_no_code_that_is_not_documented() -> None:
    assert set(STATUS_OF) | STAGES | JOBS | SCALING <= set(CODES)


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
@pytest.mark.parametrize("code", sorted(set(CODES) - STAGES))
class TestEveryCode:
    def test_a_task_that_reads_shows_it(self, code: str, flavor: str) -> None:
        service, status = Service(flavor), status_of(code, flavor)
        service.spoil("/cluster_infos$", "GET", status, code)
        check_shown(service.run(ClusterInfoTask, "mrs_cluster_info", {}), code, status)

    def test_a_task_that_acts_shows_it(self, code: str, flavor: str) -> None:
        name, path, method = "create", "/run-job-flow$", "POST"
        if code in JOBS or len(code) == 4:
            # Where one API refuses, the other one as well.
            name, path = (
                "run_job",
                "(/jobs/submit-job|/job-executions)$",
            )
        elif code in SCALING:
            name, path, method = "scale_out_core", "/cluster_infos/", "PUT"
        operation, status = OPERATIONS[name], status_of(code, flavor)
        service = Service(flavor, operation.start)
        service.spoil(path, method, status, code)
        check_shown(
            service.run(operation.kind, operation.module, operation.given(flavor)), code, status
        )
        assert len(service.simulator.world.store.jobs) == 0


@pytest.mark.parametrize("code", sorted(STAGES))
def test_a_creation_that_fails_later_shows_the_cause_in_its_stage(code: str) -> None:
    service = Service("otc", failure_cause=f"({code}) {REASON}.", next_creation="failed")
    given = OPERATIONS["create"].given("otc")
    assert service.run(ClusterTask, "mrs_cluster", given)["changed"] is True
    service.simulator.world.clock.advance(200)
    result = service.run(ClusterTask, "mrs_cluster", given)
    assert result["error"]["reason"] == f"({code}) {REASON}."
    for text in (REASON, CODES[code].cause, CODES[code].remedy):
        assert text in result["msg"]


class TestStatesOfTheService:
    """Codes that the simulator gives by itself, since the service would in this state."""

    @pytest.mark.parametrize(
        ("code", "changes", "settings"),
        [
            ("12000030", {}, {"quotas": {"nodes": 4}}),
            ("12000031", {}, {"quotas": {"vcpus": 8}}),
            ("12000032", {}, {"quotas": {"memory_gb": 8}}),
            ("12000033", {}, {"quotas": {"disks": 1}}),
            ("12000034", {}, {"quotas": {"disk_gb": 10}}),
            ("12000093", {"version": "MRS 9.9.9"}, {}),
            ("12000063", {"job": {**JOB, "job_type": "spark"}, "components": ["Hadoop"]}, {}),
            ("12005002", {"tags": {"name of team": "data"}}, {}),
            ("12000042", {"job": None}, {"failure_cause": "many"}),
        ],
    )
    def test_a_creation_is_refused(self, code: str, changes: Json, settings: Json) -> None:
        service = Service("otc", **settings)
        for number in range(10 if code == "12000042" else 0):
            other = cluster_options("otc", name=f"other-{number}")
            assert service.run(ClusterTask, "mrs_cluster", other)["changed"] is True
        self.check(service.run(ClusterTask, "mrs_cluster", cluster_options("otc", **changes)), code)

    @pytest.mark.parametrize(
        ("code", "operation", "forced"),
        [
            ("12000017", "scale_out_core", {"state": "abnormal"}),
            ("12000062", "run_job", {"state": "abnormal"}),
        ],
    )
    def test_a_cluster_is_in_the_wrong_state(self, code: str, operation: str, forced: Json) -> None:
        task = OPERATIONS[operation]
        service = Service("otc", task.start)
        (cluster,) = service.simulator.world.store.clusters.values()
        cluster.state = forced["state"]
        self.check(service.run(task.kind, task.module, task.given("otc")), code)

    def test_a_deletion_that_has_to_wait_for_the_cluster_is_not_sent_without_wait(self) -> None:
        task = OPERATIONS["delete"]
        service = Service("otc", task.start)
        (cluster,) = service.simulator.world.store.clusters.values()
        cluster.state = "starting"
        result = service.run(task.kind, task.module, task.given("otc"))
        assert (result["failed"], result["changed"]) == (True, False)
        assert "is starting: it cannot be deleted now" in result["msg"]

    def test_a_resize_is_under_way_that_does_not_show_yet(self) -> None:
        task = OPERATIONS["scale_out_core"]
        service = Service("otc", task.start, lag=50.0)
        assert service.run(task.kind, task.module, task.given("otc"))["changed"] is True
        self.check(service.run(task.kind, task.module, task.given("otc")), "12000018")

    def check(self, result: Json, code: str) -> None:
        assert result["error"]["code"] == code
        assert CODES[code].cause in result["msg"]
        assert CODES[code].remedy in result["msg"]
