# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole nights on a simulated cloud, whose time passes only while somebody waits."""

from __future__ import annotations

import pathlib
import re
import tempfile
import typing as t

import pytest
import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_transient_job import (
    TransientJobTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import outcome
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CREATION,
    DISKS,
    JOB_OPTIONS,
    Json,
    options,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import ClockOfSimulator
from mrs_simulator import in_process
from mrs_simulator.base.messages import Request
from mrs_simulator.clock import ManualClock
from mrs_simulator.control.faults import BEFORE, make_rule
from mrs_simulator.settings import Settings
from mrs_simulator.simulator import Simulator

RUN = "2024-03-27"
CLUSTER: Json = {
    **CREATION,
    "admin_password": "Canary-Admin-1",
    "node_groups": [{**group, **DISKS} for group in CREATION["node_groups"]],
}
JOBS: list[Json] = [
    {**JOB_OPTIONS, "name": name, "output": f"s3a://etl/{name}/"} for name in ("load", "report")
]
SYNCED = [{**job, "sync_iam_user": True} for job in JOBS]
OLD: Json = {**JOB_OPTIONS, "name": "old", "output": "s3a://etl/old/"}
#: Everything that a night with nothing in its way changes in the cloud.
PLAIN = ["create", "submit", "submit", "delete"]
#: A request, by its method and the end of its path.
CALLS = {
    "create": r"POST .*/(run-job-flow|clusters)$",
    "submit": r"POST .*/(submit-job|job-executions)$",
    "delete": r"DELETE .*/clusters/[^/]*$",
    "sync": r"POST .*/iam-sync-user$",
    "tag": r"POST .*/tags/action$",
    "look": r"GET .*/cluster_infos/[^/]*$",
    "list": r"GET .*/cluster_infos(\?|$)",
    "poll": r"GET .*/(job-exes|job-executions)/[^/?]+$",
    "jobs": r"GET .*/(job-exes|job-executions)(\?|$)",
}

Step = t.Callable[[], t.Any]
#: When, at which request, and what.
Event = tuple[str, str, Step]


class Killed(BaseException):
    """The controller is gone."""


def killed() -> None:
    raise Killed


class Way(in_process.Transport):
    """The way of one start to the simulator; something may happen before or after a request."""

    def __init__(self, simulator: Simulator, events: list[Event]) -> None:
        super().__init__(simulator)
        self._events = events

    def send(
        self, request: requests.PreparedRequest, *given: t.Any, **how: t.Any
    ) -> requests.Response:
        self._happens("before", request)
        response = super().send(request, *given, **how)
        self._happens("after", request)
        return response

    def _happens(self, when: str, request: requests.PreparedRequest) -> None:
        event = self._events[0] if self._events else None
        if (
            event
            and event[0] == when
            and re.search(CALLS[event[1]], f"{request.method} {request.url}")
        ):
            self._events.pop(0)
            event[2]()


def check_diff(result: Json) -> None:
    """C(changed), C(actions) and C(diff) of a start say the same."""
    if result.get("failed"):
        return
    diff = result["diff"]
    assert result["changed"] is bool(result["actions"]) is (diff["before"] != diff["after"])


class Cloud:
    """A simulated cloud, and starts of the role on it."""

    def __init__(self, **settings: t.Any) -> None:
        self.clock = ManualClock()
        self.simulator = Simulator(
            Settings(**{"speed": 100, "lag": 1, "seed": 1, **settings}), self.clock
        )
        world = self.simulator.world
        self._project = world.identity.project_id
        self._token, _ends = world.identity.issue(self._project, self.clock.now())
        self.done: list[str] = []

    def start(self, *events: Event, check_mode: bool = False, **given: t.Any) -> Json:
        """The result of a start during which these things happen, one after the other."""
        session = requests.Session()
        session.trust_env = False
        session.mount(self.simulator.world.base_url, Way(self.simulator, [*events]))
        login = {"auth": {"token": self._token}, "project_id": self._project}
        wanted = {
            "cluster": CLUSTER,
            "jobs": JOBS,
            "run": RUN,
            "endpoint": self.simulator.world.base_url,
            **login,
        }
        params = options("mrs_transient_job", **{**wanted, **given})
        environment = TaskEnvironment({}, ClockOfSimulator(self.clock), session=session)
        before = len(self.simulator.log.entries)
        try:
            result = outcome(
                TransientJobTask, params, check_mode=check_mode, environment=environment
            )
            check_diff(result)
            return result
        finally:
            self.clock.advance(2)
            self.done = [
                name for entry in [*self.simulator.log.entries][before:] for name in changes(entry)
            ]

    def set(self, **settings: t.Any) -> None:
        self.simulator.world.settings.patch(settings)

    def spoil(self, call: str, kind: str = "cut_after", **more: t.Any) -> None:
        """What happens to the next request of this kind."""
        method, path = CALLS[call].split(" ")
        self.simulator.faults.rules.append(
            make_rule({"kind": kind, "method": method, "path": path, **more})
        )

    def renew(self) -> None:
        """A new token, since the old one has expired."""
        self._token, _ends = self.simulator.world.identity.issue(self._project, self.clock.now())

    def strike(self) -> None:
        """Somebody deletes the living cluster at the console."""
        for cluster in self.simulator.world.store.clusters.values():
            if cluster.state == "running":
                self.call("DELETE", f"clusters/{cluster.id}")
        self.clock.advance(2)

    def call(self, method: str, path: str) -> None:
        """A request of somebody else."""
        headers = {"host": "mrs.simulator", "x-auth-token": self._token}
        reply = self.simulator.handle(
            Request(method, f"/v1.1/{self._project}/{path}", "", headers, b"")
        )
        assert reply.status < 300

    @property
    def states(self) -> list[str]:
        self.simulator.catch_up(self.clock.now())
        return [each.state for each in self.simulator.world.store.clusters.values()]

    @property
    def jobs(self) -> list[str]:
        return [each.spec["job_name"] for each in self.simulator.world.store.jobs.values()]


def changes(entry: Json) -> list[str]:
    """What a request changed, as one word."""
    text = f"{entry['method']} {entry['path']}"
    did = entry["write"] and entry["fault"] not in BEFORE and entry["status"] < 300
    return [
        name
        for name in ("create", "submit", "delete", "tag")
        if did and re.search(CALLS[name], text)
    ]


def told(result: Json) -> tuple[str, list[str]]:
    """The account in short."""
    account = result["account"]
    return account["cluster"], [job["outcome"] for job in account["jobs"]]


@pytest.fixture(name="cloud")
def _cloud() -> Cloud:
    return Cloud()


def place(cloud: Cloud) -> Json:
    zones = {"otc": "eu-de-02", "hwc": "ae04cf9d61544df3806a3feeb401b204"}
    settings = cloud.simulator.world.settings
    return {"availability_zone": zones[settings.flavor], "region_name": settings.region}


def yesterday(cloud: Cloud, **given: t.Any) -> str:
    """The night before was killed while its job ran; the id of its cluster."""
    with pytest.raises(Killed):
        cloud.start(("after", "submit", killed), run="2024-03-26", jobs=[OLD], **given)
    (left,) = cloud.simulator.world.store.clusters
    return left


class TestARun:
    @pytest.mark.parametrize("version", ["MRS 2.1.0", "MRS 3.2.0-LTS.2"])
    @pytest.mark.parametrize("flavor", ["otc", "hwc"])
    def test_it_is_made_once_and_then_told(self, flavor: str, version: str) -> None:
        """By API v1.1 and by v2."""
        cloud = Cloud(flavor=flavor)
        wanted = {"cluster": {**CLUSTER, **place(cloud), "version": version}, "jobs": SYNCED}
        made = cloud.start(**wanted)
        assert told(made) == ("deleted", ["ran", "ran"])
        assert (made["changed"], made["succeeded"], made["deleted"], made["reused"]) == (
            True,
            True,
            True,
            False,
        )
        assert cloud.done == PLAIN
        again = cloud.start(**wanted)
        assert told(again) == ("deleted", ["found", "found"])
        assert (again["changed"], again["deleted"], again["left_behind"], cloud.done) == (
            False,
            False,
            {},
            [],
        )
        assert cloud.states == ["terminated"]

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_what_the_service_does_not_offer_is_told_before_anything_is_paid_for(
        self, check_mode: bool
    ) -> None:
        cloud = Cloud(flavor="hwc")
        wanted = {**CLUSTER, **place(cloud), "version": "MRS 3.2.0-LTS.2"}
        wanted = {**wanted, "components": ["Hadoop", "Sparck2x"]}
        given = {"cluster": wanted, "jobs": SYNCED, "check_mode": check_mode}
        result = cloud.start(**given)
        assert result["msg"].startswith(
            "transient_job_cluster: components: Sparck2x is not a component of MRS 3.2.0-LTS.2; "
            "did you mean Spark2x?"
        )
        assert (told(result), cloud.done) == (("never_created", ["not_run", "not_run"]), [])
        result = cloud.start(**{**given, "cluster": {**wanted, "availability_zone": "cn-north"}})
        assert result["msg"].startswith(
            "transient_job_cluster: availability_zone: cn-north is not a zone of the region; did "
            "you"
        )

    def test_a_zone_may_be_given_by_its_name_and_nothing_is_asked_twice(self) -> None:
        cloud = Cloud(flavor="hwc")
        wanted = {**CLUSTER, **place(cloud), "version": "MRS 3.2.0-LTS.2"}
        given = {"cluster": {**wanted, "availability_zone": "cn-north-4b"}, "jobs": SYNCED}
        made = cloud.start(**given)
        assert (told(made), made["validated"]) == (("deleted", ["ran", "ran"]), True)
        asked = [
            each["path"]
            for each in cloud.simulator.log.entries
            if "metadata" in each["path"] or "available-zones" in each["path"]
        ]
        assert len(asked) == len(set(asked)) == 4
        assert "validated" not in cloud.start(**given)

    def test_with_validate_false_nothing_is_asked(self) -> None:
        cloud = Cloud(flavor="hwc")
        wanted = {**CLUSTER, **place(cloud), "version": "MRS 3.2.0-LTS.2", "validate": False}
        made = cloud.start(cluster=wanted, jobs=SYNCED)
        assert (told(made)[0], "validated" in made) == ("deleted", False)
        assert not [each for each in cloud.simulator.log.entries if "metadata" in each["path"]]

    def test_its_account_is_told_to_people(self, cloud: Cloud) -> None:
        result = cloud.start()
        name = f"cluster etl ({result['account']['cluster_id']})"
        group = result["cluster"]["security_group_id"]
        assert result["summary"] == [
            f"{name}: deleted after 420 s",
            "job load: succeeded in 100 s",
            "job report: succeeded in 100 s",
            f"left behind: security group {group} and perhaps an OBS bucket with logs",
        ]
        assert cloud.start()["summary"] == [
            f"{name}: deleted before, gone since 2024-03-27T08:51:36Z",
            "job load: succeeded in 100 s, found: not run again",
            "job report: succeeded in 100 s, found: not run again",
        ]

    def test_a_security_group_of_others_is_not_left_behind(self, cloud: Cloud) -> None:
        group = {
            "security_group_id": "2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703",
            "log_collection": False,
        }
        assert cloud.start(cluster={**CLUSTER, **group})["summary"][-1] == "left behind: nothing"

    def test_it_is_made_on_a_cluster_with_kerberos(self) -> None:
        cloud = Cloud(flavor="hwc")
        of_cluster = {**CLUSTER, **place(cloud), "safe_mode": True}
        assert told(cloud.start(cluster=of_cluster, jobs=SYNCED)) == ("deleted", ["ran", "ran"])
        assert (told(cloud.start(cluster=of_cluster, jobs=SYNCED)), cloud.done) == (
            ("deleted", ["found", "found"]),
            [],
        )

    def test_another_run_is_another_night(self, cloud: Cloud) -> None:
        cloud.start()
        assert told(cloud.start(run="2024-03-28")) == ("deleted", ["ran", "ran"])
        assert (cloud.done, cloud.states) == (PLAIN, ["terminated", "terminated"])

    def test_without_an_identity_each_start_is_a_night_and_names_the_one_before(
        self, cloud: Cloud
    ) -> None:
        first = cloud.start(run=None)
        second = cloud.start(run=None)
        assert (told(second), cloud.done) == (("deleted", ["ran", "ran"]), PLAIN)
        (warning,) = second["warnings"]
        identity = first["account"]["cluster_id"]
        assert warning == (
            f"An earlier run ended at 2024-03-27T08:51:36Z with cluster etl ({identity}) (jobs: "
            "load succeeded, "
            "report succeeded). This is a new run. Set transient_job_run to run nothing twice."
        )
        assert second["summary"][0] == warning

    def test_it_is_found_after_months(self, cloud: Cloud) -> None:
        cloud.start()
        cloud.clock.advance(90 * 86400)
        cloud.renew()
        assert (told(cloud.start()), cloud.done) == (("deleted", ["found", "found"]), [])

    def test_what_is_new_in_its_list_is_run_on_another_cluster(self, cloud: Cloud) -> None:
        cloud.start(jobs=JOBS[:1])
        result = cloud.start()
        assert (told(result), cloud.done) == (
            ("deleted", ["found", "ran"]),
            ["create", "submit", "delete"],
        )
        assert cloud.jobs == ["load", "report"]


class TestCheckMode:
    def test_it_foretells_a_night(self, cloud: Cloud) -> None:
        result = cloud.start(check_mode=True)
        assert [action["action"] for action in result["actions"]] == [
            "create",
            "submit_job",
            "submit_job",
        ]
        assert result["plan"] == "Would create cluster etl, run load, report on it and delete it."
        assert (told(result), cloud.done) == (("never_created", ["not_run", "not_run"]), [])

    def test_it_foretells_that_nothing_is_left_to_do(self, cloud: Cloud) -> None:
        cloud.start()
        result = cloud.start(check_mode=True)
        assert (result["changed"], result["actions"]) == (False, [])
        assert (
            result["plan"]
            == "Found, and not run again: load, report. Nothing to do with cluster etl."
        )

    def test_it_names_what_is_left_over(self, cloud: Cloud) -> None:
        old = yesterday(cloud)
        result = cloud.start(check_mode=True)
        assert [action["action"] for action in result["actions"]] == [
            "delete",
            "create",
            "submit_job",
            "submit_job",
        ]
        (warning,) = result["warnings"]
        assert warning.startswith(
            f"Cluster etl ({old}) of run 2024-03-26 is left over (running, made "
        )
        assert warning.endswith("; jobs: old starting). It is deleted once no job runs there.")

    def test_it_foretells_that_a_cluster_is_used(self, cloud: Cloud) -> None:
        with pytest.raises(Killed):
            cloud.start(("before", "submit", killed))
        result = cloud.start(check_mode=True)
        assert [action["action"] for action in result["actions"]] == [
            "submit_job",
            "submit_job",
            "delete",
        ]
        assert result["plan"] == "Would use cluster etl, run load, report on it and delete it."

    def test_a_job_that_runs_is_neither_run_again_nor_called_not_run(self, cloud: Cloud) -> None:
        with pytest.raises(Killed):
            cloud.start(("after", "submit", killed))
        result = cloud.start(check_mode=True)
        assert result["plan"] == (
            "Would use cluster etl, wait for load, run report on it and delete it."
        )
        assert told(result) == ("kept", ["found", "not_run"])
        assert result["summary"][1:] == [
            "job load: starting, found: not run again",
            "job report: not run",
        ]
        assert [each["name"] for each in result["job_executions"]] == ["load"]


class TestKilled:
    @pytest.mark.parametrize(
        ("call", "when", "left"),
        [
            ("create", "before", ["create", "submit", "submit", "delete"]),
            ("create", "after", ["submit", "submit", "delete"]),
            ("submit", "before", ["submit", "submit", "delete"]),
            ("submit", "after", ["submit", "delete"]),
            ("delete", "before", ["delete"]),
            ("delete", "after", []),
        ],
    )
    def test_the_next_start_goes_on(
        self, cloud: Cloud, call: str, when: str, left: list[str]
    ) -> None:
        with pytest.raises(Killed):
            cloud.start((when, call, killed))
        result = cloud.start()
        assert (result["succeeded"], cloud.done) == (True, left)
        assert (cloud.jobs, cloud.states) == (["load", "report"], ["terminated"])

    def test_a_synchronisation_of_users_that_goes_on_is_waited_for(self) -> None:
        cloud = Cloud(flavor="hwc")
        of_cluster = {**CLUSTER, **place(cloud), "version": "MRS 3.2.0-LTS.2"}
        wanted = {"cluster": of_cluster, "jobs": SYNCED}
        with pytest.raises(Killed):
            cloud.start(("after", "sync", killed), **wanted)
        assert told(cloud.start(**wanted)) == ("deleted", ["ran", "ran"])
        assert (cloud.done, cloud.jobs) == (["submit", "submit", "delete"], ["load", "report"])

    def test_a_cluster_that_differs_and_is_not_in_use_makes_room(self, cloud: Cloud) -> None:
        with pytest.raises(Killed):
            cloud.start(("before", "submit", killed))
        result = cloud.start(
            cluster={**CLUSTER, "subnet_id": "c2f7b8a1-1d46-4029-9e8b-7b3a8d1f5e42"}
        )
        assert told(result) == ("deleted", ["ran", "ran"])
        assert cloud.done == ["tag", "delete", *PLAIN]

    def test_a_cluster_that_was_deleted_before_any_job_is_no_riddle_later(
        self, cloud: Cloud
    ) -> None:
        """The tag tells that nothing was begun there, and nobody has to ask for its executions."""
        cloud.start(max_runtime=50)
        assert cloud.done == ["create", "tag", "delete"]
        assert told(cloud.start()) == ("deleted", ["ran", "ran"])

    def test_a_cluster_that_is_gone_without_its_executions_ends_the_night(
        self, cloud: Cloud
    ) -> None:
        cloud.set(speed_job=1000)
        with pytest.raises(Killed):
            cloud.start(("after", "submit", killed))
        cloud.simulator.world.store.jobs.clear()
        cloud.strike()
        cloud.clock.advance(200)
        result = cloud.start()
        assert result["msg"].startswith(
            "Run 2024-03-27 has had a cluster that is gone, and the service does not give"
        )
        assert "Whether load, report ran there cannot be known. Nothing was done." in result["msg"]
        assert cloud.done == []


class TestLeftover:
    def test_wait_lets_the_old_job_end(self, cloud: Cloud) -> None:
        old = yesterday(cloud)
        result = cloud.start()
        assert (told(result), cloud.done) == (("deleted", ["ran", "ran"]), ["delete", *PLAIN])
        assert cloud.jobs == ["old", "load", "report"]
        assert (
            f"Cluster etl ({old}) of run 2024-03-26 was deleted (jobs: old succeeded)."
            in result["summary"][1]
        )
        assert (
            "Of transient_job_jobs it did not start load, report; whether it had"
            in result["summary"][1]
        )

    def test_drop_does_not_wait_for_it(self, cloud: Cloud) -> None:
        cloud.set(speed_job=5000)
        yesterday(cloud)
        cloud.set(speed_job=100)
        result = cloud.start(leftover="drop")
        assert (told(result), cloud.done) == (("deleted", ["ran", "ran"]), ["delete", *PLAIN])
        assert "It is deleted at once." in result["summary"][0]
        assert re.search(r"was deleted .jobs: old (starting|running)", result["summary"][1])

    def test_fail_names_it_and_does_nothing(self, cloud: Cloud) -> None:
        old = yesterday(cloud)
        result = cloud.start(leftover="fail")
        assert (result["failed"], told(result), cloud.done) == (
            True,
            ("never_created", ["not_run", "not_run"]),
            [],
        )
        assert f"Cluster etl ({old}) of run 2024-03-26 is left over" in result["msg"]
        assert "set transient_job_leftover to wait or drop" in result["msg"]

    def test_a_job_that_takes_too_long_ends_the_wait_and_nothing_was_done(
        self, cloud: Cloud
    ) -> None:
        cloud.set(speed_job=5000)
        yesterday(cloud)
        result = cloud.start(max_runtime=600)
        assert (result["failed"], cloud.done, cloud.states) == (True, [], ["running"])
        assert "is left over" in result["msg"]
        assert result["msg"].endswith("Nothing was done. No cluster etl was created.")

    def test_a_cluster_that_no_night_has_made_is_left_alone(self, cloud: Cloud) -> None:
        with pytest.raises(Killed):
            cloud.start(("before", "submit", killed))
        (cluster,) = cloud.simulator.world.store.clusters.values()
        cluster.tags.clear()
        result = cloud.start()
        assert "is there already and does not have the tag transient-job" in result["msg"]
        assert (cloud.done, cloud.states) == ([], ["running"])


class TestFailures:
    def test_a_quota_that_is_used_up_is_told_and_no_cluster_is_claimed(self, cloud: Cloud) -> None:
        cloud.set(quotas={"nodes": 1})
        result = cloud.start(keep_on_failure=True)
        assert (result["failed"], told(result)) == (True, ("never_created", ["not_run", "not_run"]))
        assert result["msg"].endswith("No cluster etl was created.")
        assert result["summary"][0] == "cluster etl: never created"

    @pytest.mark.parametrize("keep", [False, True])
    def test_a_failed_creation_is_cleared_away_by_the_service(
        self, cloud: Cloud, keep: bool
    ) -> None:
        cloud.set(next_creation="failed")
        result = cloud.start(keep_on_failure=keep)
        assert (told(result), cloud.done) == (("failed", ["not_run", "not_run"]), ["create"])
        assert result["msg"].endswith("failed, and the service removes it by itself.")
        cloud.set(next_creation="ok")
        assert told(cloud.start()) == ("deleted", ["ran", "ran"])

    def test_a_failed_job_ends_the_night_and_the_next_start_makes_the_rest(
        self, cloud: Cloud
    ) -> None:
        cloud.set(next_job="failed")
        result = cloud.start()
        assert (told(result), cloud.done) == (
            ("deleted", ["failed", "not_run"]),
            ["create", "submit", "delete"],
        )
        assert result["msg"].startswith("Job load (")
        assert result["msg"].endswith("The cluster etl was deleted.")
        cloud.set(next_job="succeeded")
        assert (told(cloud.start()), cloud.jobs) == (
            ("deleted", ["ran", "ran"]),
            ["load", "load", "report"],
        )

    def test_what_a_failed_job_leaves_is_kept_on_request_and_used_again(self, cloud: Cloud) -> None:
        cloud.set(next_job="failed")
        result = cloud.start(keep_on_failure=True)
        assert (told(result), cloud.done) == (("kept", ["failed", "not_run"]), ["create", "submit"])
        assert "It costs money since 2024-03-27T" in result["msg"]
        assert "STILL THERE, costs money since 2024-03-27T" in result["summary"][0]
        cloud.set(next_job="succeeded")
        again = cloud.start()
        assert (told(again), cloud.done) == (
            ("deleted", ["ran", "ran"]),
            ["submit", "submit", "delete"],
        )
        assert again["reused"]
        assert ": left by an earlier start, deleted after " in again["summary"][0]

    def test_a_job_that_is_never_run_again_stays_failed(self, cloud: Cloud) -> None:
        cloud.set(next_job="failed")
        jobs = [{**JOBS[0], "rerun": "never"}]
        cloud.start(jobs=jobs)
        result = cloud.start(jobs=jobs)
        assert (result["failed"], told(result), cloud.done) == (True, ("deleted", ["failed"]), [])
        assert result["msg"].endswith("The cluster etl is gone.")

    def test_the_time_is_over_during_a_job(self, cloud: Cloud) -> None:
        cloud.set(speed_job=5000)
        result = cloud.start(max_runtime=700)
        assert (told(result), cloud.done) == (
            ("deleted", ["failed", "not_run"]),
            ["create", "submit", "delete"],
        )
        assert result["msg"].startswith(
            "The 700 seconds of transient_job_max_runtime are over. Waited "
        )
        assert result["summary"][1].startswith("job load: ")

    def test_there_is_hardly_time_for_a_creation(self, cloud: Cloud) -> None:
        result = cloud.start(max_runtime=50)
        expected = (
            "transient_job_max_runtime is 50 s. On a cloud, a creation takes 10 to 20 minutes."
        )
        assert (result["warnings"], told(result)) == (
            [expected],
            ("deleted", ["not_run", "not_run"]),
        )
        again = cloud.start(max_runtime=50)
        assert again["msg"].startswith(
            "transient_job_max_runtime: 50 s are too few: each earlier creation of this cluster"
        )
        assert cloud.done == []

    def test_what_there_is_cannot_be_seen(self, cloud: Cloud) -> None:
        cloud.spoil(
            "list",
            "status",
            status=403,
            times=9,
            body={"error_code": "APIGW.0302", "error_msg": "No."},
        )
        result = cloud.start()
        assert " Whether there is a cluster etl could not be read." in result["msg"]
        assert cloud.done == []

    @pytest.mark.parametrize(("times", "outcome"), [(2, "deleted"), (99, "kept")])
    def test_a_deletion_that_is_refused_is_tried_again(
        self, cloud: Cloud, times: int, outcome: str
    ) -> None:
        body = {"error_code": "12000004", "error_msg": "An internal error occurred."}
        cloud.spoil("delete", "status", status=400, body=body, times=times)
        result = cloud.start()
        assert told(result) == (outcome, ["ran", "ran"])
        if outcome == "kept":
            assert "The cluster could not be deleted and costs money: " in result["msg"]

    def test_the_end_of_a_deletion_is_not_seen(self, cloud: Cloud) -> None:
        cloud.set(speed_delete=10_000)
        result = cloud.start()
        assert told(result) == ("deletion_asked", ["ran", "ran"])
        assert result["msg"].endswith("was requested; whether it is finished is not known.")
        assert result["summary"][0].endswith("deletion requested, end not seen")


class TestLostAnswers:
    @pytest.mark.parametrize("call", ["create", "submit", "delete"])
    @pytest.mark.parametrize("kind", ["cut_after", "hang_after"])
    def test_nothing_is_done_twice(self, cloud: Cloud, call: str, kind: str) -> None:
        cloud.spoil(call, kind)
        assert told(cloud.start()) == ("deleted", ["ran", "ran"])
        assert (cloud.done, cloud.jobs, cloud.states) == (PLAIN, ["load", "report"], ["terminated"])

    def test_a_tag_is_the_same_when_set_once_more(self, cloud: Cloud) -> None:
        cloud.spoil("tag")
        assert told(cloud.start(max_runtime=50)) == ("deleted", ["not_run", "not_run"])
        assert cloud.done == ["create", "tag", "tag", "delete"]

    def test_a_creation_that_never_arrived_is_asked_for_again(self, cloud: Cloud) -> None:
        cloud.spoil("create", "cut_before")
        assert (told(cloud.start()), cloud.done) == (("deleted", ["ran", "ran"]), PLAIN)

    def test_a_submission_that_never_showed_is_never_made_again_by_itself(
        self, cloud: Cloud
    ) -> None:
        cloud.spoil("submit", "cut_before")
        result = cloud.start()
        assert (result["failed"], told(result)) == (True, ("deleted", ["failed", "not_run"]))
        assert "It is not known whether the service did submit job load" in result["msg"]
        assert result["summary"][1] == "job load: submitted, its end was not seen"
        again = cloud.start()
        assert "Whether load, report ran there cannot be known. Nothing was done." in again["msg"]
        assert (cloud.done, cloud.jobs) == ([], [])

    def test_a_creation_that_arrives_late_is_not_made_twice(self, cloud: Cloud) -> None:
        cloud.spoil("create", "late", seconds=40)
        assert told(cloud.start()) == ("deleted", ["ran", "ran"])
        assert (cloud.jobs, cloud.states) == (["load", "report"], ["terminated"])

    def test_a_creation_whose_outcome_nobody_knows_is_looked_for_by_the_next_start(
        self, cloud: Cloud
    ) -> None:
        cloud.spoil("create", "late", seconds=200)
        cloud.spoil("create", "cut_before", times=9)
        result = cloud.start()
        assert told(result) == ("never_created", ["not_run", "not_run"])
        assert "It is not known whether the service did create cluster etl" in result["msg"]
        cloud.clock.advance(100)
        assert told(cloud.start()) == ("deleted", ["ran", "ran"])
        # Only now the creation arrived.
        assert (cloud.done, cloud.states) == (
            PLAIN,
            ["terminated"],
        )


class TestTwoControllers:
    def test_the_second_does_all_of_it_while_the_first_waits_for_the_cluster(
        self, cloud: Cloud
    ) -> None:
        second: list[Json] = []
        result = cloud.start(("before", "look", lambda: second.append(cloud.start())))
        assert told(second[0]) == ("deleted", ["ran", "ran"])
        assert (cloud.jobs, cloud.states) == (["load", "report"], ["terminated"])
        assert told(result) == ("deleted", ["not_run", "not_run"])
        assert result["msg"].endswith(
            " is terminated. The cluster was deleted. The cluster etl is gone."
        )
        assert told(cloud.start()) == ("deleted", ["found", "found"])

    def test_the_second_finds_what_the_first_has_begun(self, cloud: Cloud) -> None:
        second: list[Json] = []
        cloud.start(("before", "poll", lambda: second.append(cloud.start())))
        assert (cloud.jobs, cloud.states) == (["load", "report"], ["terminated"])
        assert told(second[0]) == ("deleted", ["found", "ran"])

    def test_somebody_deletes_the_cluster_meanwhile(self, cloud: Cloud) -> None:
        cloud.set(speed_job=1000)
        result = cloud.start(("after", "submit", lambda: None), ("before", "poll", cloud.strike))
        assert result["failed"]
        assert told(result) == ("deleted", ["failed", "not_run"])
        assert told(cloud.start()) == ("deleted", ["ran", "ran"])

    def test_what_somebody_has_deleted_is_not_said_to_be_kept(self, cloud: Cloud) -> None:
        cloud.set(speed_job=1000)
        events: list[Event] = [("after", "submit", lambda: None), ("before", "poll", cloud.strike)]
        result = cloud.start(*events, keep_on_failure=True)
        assert told(result) == ("deleted", ["failed", "not_run"])
        assert result["msg"].endswith("The cluster etl is gone.")

    def test_somebody_deletes_the_cluster_that_is_to_be_used_again(self, cloud: Cloud) -> None:
        with pytest.raises(Killed):
            cloud.start(("before", "submit", killed))
        result = cloud.start(("after", "jobs", lambda: None), ("before", "look", cloud.strike))
        assert told(result) == ("deleted", ["not_run", "not_run"])
        assert "Whether load, report ran there cannot be known. Nothing was done." in result["msg"]
        assert cloud.done == ["delete"]  # that of the console

    def test_a_job_of_an_earlier_start_that_ends_with_its_cluster_is_not_called_not_run(
        self, cloud: Cloud
    ) -> None:
        load = {**JOBS[0], "rerun": "never"}
        cloud.set(next_job="failed")
        cloud.start(jobs=[load], keep_on_failure=True)
        cloud.set(speed_job=1000)
        with pytest.raises(Killed):
            cloud.start(("after", "submit", killed), jobs=JOBS[1:])
        result = cloud.start(jobs=[load, JOBS[1]])
        assert told(result) == ("deleted", ["failed", "failed"])
        assert result["summary"][2].startswith("job report: cancelled")

    def test_on_another_machine_the_second_creates_the_cluster_a_moment_sooner(
        self, cloud: Cloud, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
    ) -> None:
        second: list[Json] = []

        def elsewhere() -> None:
            with monkeypatch.context() as patch:
                patch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
                second.append(cloud.start())

        (tmp_path / "elsewhere").mkdir()
        result = cloud.start(("after", "list", lambda: None), ("before", "list", elsewhere))
        assert told(second[0]) == ("deleted", ["ran", "ran"])
        assert told(result) == ("deleted", ["found", "found"])
        assert (cloud.jobs, cloud.states) == (["load", "report"], ["terminated"])
