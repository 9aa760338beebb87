# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import pathlib
import tempfile
import typing as t
from unittest import mock

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.client import Client
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import WaitTimeoutError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Plan
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Waiter
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION,
    JOB,
    JOB_OPTIONS,
    Json,
    ManualClock,
    cluster,
    failed_cluster,
    failed_job,
    host,
    job,
    running_job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    creates,
    hosts,
    lists,
    lists_jobs,
    lists_none_by_v2,
    reads,
    reads_job,
    reads_policy,
    refusal,
    submits,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)

NEWER = {**CREATION, "version": "MRS 3.3.0-LTS.1", "recreate": "on_change"}
DAY = {
    "period_type": "daily",
    "start_time": "8:00",
    "end_time": "18:00",
    "min_capacity": 2,
    "max_capacity": 6,
}
POLICY = {
    "auto_scaling_enable": True,
    "min_capacity": 0,
    "max_capacity": 6,
    "resources_plans": [DAY],
}
GROUPS = [{"name": "core", "count": 5}, {"name": "task", "auto_scaling_policy": POLICY}]
RUNNING = running_job()

#: Module, options, what is read, the actions that are foretold.
NODE_GOES = [lists(cluster()), hosts(host(1)), lists_jobs()]
FORETOLD: list[tuple[str, Json, list[Exchange], list[str]]] = [
    ("mrs_cluster", CREATION, [lists()], ["create"]),
    ("mrs_cluster", {**CREATION, "job": JOB_OPTIONS}, [lists()], ["create", "submit_job"]),
    ("mrs_cluster", CREATION, [lists(cluster())], []),
    ("mrs_cluster", CREATION, [lists(cluster(clusterState="starting"))], []),
    ("mrs_cluster", CREATION, [lists(cluster(clusterState="terminating"))], ["create"]),
    ("mrs_cluster", {**CREATION, "recreate": "on_failure"}, [lists(failed_cluster())], ["create"]),
    ("mrs_cluster", NEWER, [lists(cluster()), lists_jobs()], ["delete", "create"]),
    (
        "mrs_cluster",
        {**NEWER, "name": None, "id": CLUSTER},
        [reads(cluster()), lists_jobs()],
        ["delete", "create"],
    ),
    (
        "mrs_cluster",
        {"name": "etl", "node_groups": GROUPS, "tags": {"env": "prod"}, "job": JOB_OPTIONS},
        [lists(cluster(task=1)), tags(), reads_policy(None), lists_jobs()],
        ["set_auto_scaling_policy", "scale_out", "change_tags", "submit_job"],
    ),
    ("mrs_cluster", {"name": "etl", "state": "absent"}, [lists(cluster())], ["delete"]),
    ("mrs_cluster", {"id": CLUSTER, "state": "absent"}, [reads(GONE)], []),
    ("mrs_cluster_scale", {"cluster": "etl", "count": 5}, [lists(cluster())], ["scale_out"]),
    ("mrs_cluster_scale", {"cluster": "etl", "count": 3}, [lists(cluster())], []),
    (
        "mrs_cluster_scale",
        {"cluster": "etl", "includes": ["vm-1"]},
        NODE_GOES,
        ["scale_in"],
    ),
    ("mrs_job", {"cluster": CLUSTER, **JOB_OPTIONS}, [lists_jobs()], ["submit_job"]),
    ("mrs_job", {"cluster": CLUSTER, **JOB_OPTIONS}, [lists_jobs(job())], []),
    ("mrs_job", {"cluster": CLUSTER, **JOB_OPTIONS}, [lists_jobs(RUNNING)], []),
    ("mrs_job", {"cluster": CLUSTER, "id": JOB}, [reads_job(RUNNING)], []),
    (
        "mrs_job",
        {"cluster": CLUSTER, "name": "wordcount", "state": "cancelled"},
        [lists_jobs(RUNNING)],
        ["cancel_job"],
    ),
    (
        "mrs_job",
        {"cluster": CLUSTER, "id": JOB, "state": "cancelled"},
        [reads_job(RUNNING)],
        ["cancel_job"],
    ),
    (
        "mrs_job",
        {"cluster": CLUSTER, "name": "wordcount", "state": "absent"},
        [lists_jobs(RUNNING)],
        ["cancel_job", "delete_job_execution"],
    ),
    (
        "mrs_job",
        {"cluster": CLUSTER, "id": JOB, "state": "absent"},
        [reads_job(job())],
        ["delete_job_execution"],
    ),
    ("mrs_cluster_info", {}, [lists(cluster())], []),
    ("mrs_host_info", {"cluster": "etl"}, [lists(cluster()), hosts(host(1))], []),
    ("mrs_job_execution_info", {"cluster": CLUSTER}, [lists_jobs(job()), lists_none_by_v2()], []),
]


class TestCheckMode:
    @pytest.mark.parametrize(("module", "given", "script", "actions"), FORETOLD)
    def test_it_foretells_everything_and_writes_nothing(
        self, module: str, given: Json, script: list[Exchange], actions: list[str]
    ) -> None:
        played = play(module, given, script, check_mode=True)
        assert [action["action"] for action in played.result.get("actions", [])] == actions
        assert played.result["changed"] is bool(actions)
        assert [sent.method for sent in played.http.sent] == ["GET"] * len(played.http.sent)
        assert not [sent for sent in played.http.sent if "cancel" in str(sent.url)]
        assert played.clock.sleeps == []

    def test_a_difference_is_an_error_there_too(self) -> None:
        given = {"name": "etl", "version": "MRS 3.3.0-LTS.1"}
        played = play_failing("mrs_cluster", given, [lists(cluster())], check_mode=True)
        assert "version: wanted MRS 3.3.0-LTS.1, found MRS 2.1.0" in played.result["msg"]

    @pytest.mark.parametrize(
        ("module", "given", "script", "numbers"),
        [
            ("mrs_cluster_scale", {"cluster": "etl", "count": 5}, [lists(cluster())], (2, 0)),
            (
                "mrs_cluster_scale",
                {"cluster": "etl", "includes": ["vm-1"]},
                NODE_GOES,
                (0, 1),
            ),
        ],
    )
    def test_the_numbers_of_nodes_are_foretold(
        self, module: str, given: Json, script: list[Exchange], numbers: tuple[int, int]
    ) -> None:
        result = play(module, given, script, check_mode=True).result
        assert (result["added"], result["removed"]) == numbers


SECRET: Json = {
    **CREATION,
    "key_pair": None,
    "root_password": "Canary-Root-1",
    "admin_password": "Canary-Admin-1",
    "bootstrap_scripts": [
        {
            "name": "tune",
            "uri": "obs://etl/tune.sh",
            "nodes": ["core"],
            "parameters": "a @key=Canary-script",
        }
    ],
    "job": {**JOB_OPTIONS, "arguments": "run @password=Canary-job"},
}
ECHO = "refused: Canary-Root-1 Canary-Admin-1 Canary-script @password=Canary-job CANARY-token"


class TestSecrets:
    def texts(self, result: Json) -> str:
        return repr(result).lower()

    @pytest.mark.parametrize("check_mode", [True, False])
    def test_none_is_in_a_result_or_a_diff(self, check_mode: bool) -> None:
        there = cluster(
            nodePublicCertName=None,
            stageDesc=ECHO,
            bootstrapScripts=[
                {"name": "tune", "uri": "obs://etl/tune.sh", "parameters": "a @key=Canary-script"}
            ],
        )
        shown = job(arguments="run @password=Canary-job", progress=ECHO)
        script = [lists(there), lists_jobs(shown)]
        script += [] if check_mode else [lists_jobs(shown)]
        played = play("mrs_cluster", SECRET, script, check_mode=check_mode)
        assert "canary" not in self.texts(played.result)
        assert "refused: ********" in played.result["cluster"]["stage"]

    @pytest.mark.parametrize(
        "script",
        [
            [lists(), lists(), creates(refusal("12000042", ECHO))],
            [lists(), lists(), creates(Answer(200, {"result": False, "msg": ECHO}))],
            [lists(), lists(), creates(), reads(cluster(clusterState="failed", errorInfo=ECHO))],
            [lists(cluster(clusterState="frozen", stageDesc=ECHO))],
            [lists(cluster(subnetName=ECHO)), lists_jobs()],
        ],
    )
    def test_none_is_in_an_error(self, script: list[Exchange]) -> None:
        played = play_failing("mrs_cluster", SECRET, script)
        assert "canary" not in self.texts(played.result)
        assert "********" in played.result["msg"]

    def test_none_is_in_the_error_of_a_job(self) -> None:
        given = {"cluster": CLUSTER, **JOB_OPTIONS, "arguments": "run @password=Canary-job"}
        shown = failed_job(arguments="run @password=*", progress=ECHO, job_log=ECHO)
        script = [lists_jobs(), lists_jobs(), submits(shown), lists_jobs(shown)]
        played = play_failing("mrs_job", given, script)
        assert "canary-job" not in self.texts(played.result)
        assert "canary-token" not in self.texts(played.result)

    def test_the_secrets_are_sent_to_the_service_all_the_same(self) -> None:
        played = play_failing(
            "mrs_cluster", SECRET, [lists(), lists(), creates(refusal("12000042"))]
        )
        body = bytes(played.http.sent[2].body or b"")
        for secret in (
            b"Canary-Root-1",
            b"Canary-Admin-1",
            b"@key=Canary-script",
            b"@password=Canary-job",
        ):
            assert secret in body


class TestResults:
    def test_a_failure_tells_what_was_done_and_what_is_there(self) -> None:
        script = [lists(), lists(), creates(), reads(failed_cluster())]
        result = play_failing("mrs_cluster", CREATION, script).result
        assert sorted(result) == [
            "actions",
            "api",
            "changed",
            "cluster",
            "error",
            "failed",
            "msg",
            "stages",
            "warnings",
        ]
        assert (result["changed"], result["cluster"]["id"]) == (True, CLUSTER)

    def test_bad_options_fail_before_any_request(self) -> None:
        result = play_failing("mrs_cluster", {"name": "my etl"}, []).result
        assert result == {
            "failed": True,
            "changed": False,
            "warnings": [],
            "msg": "name: a cluster's name has 1 to 64 letters, digits, hyphens and underscores",
            "error": {
                "status": None,
                "code": None,
                "request_id": None,
                "reason": (
                    "name: a cluster's name has 1 to 64 letters, digits, hyphens and underscores"
                ),
            },
        }

    def test_without_credentials_nothing_is_sent(self) -> None:
        nobody = dict.fromkeys(("auth", "auth_type", "project_id", "endpoint"))
        assert "No credentials" in play_failing("mrs_cluster_info", nobody, []).result["msg"]

    def test_unverified_certificates_are_a_warning(self) -> None:
        played = play("mrs_cluster_info", {"validate_certs": False}, [lists()])
        assert played.result["warnings"] == [
            "validate_certs is false: anybody between this machine and the service can read the "
            "credentials and change the answers."
        ]

    @pytest.mark.parametrize(
        ("module", "given", "found"),
        [
            ("mrs_cluster", CREATION, [lists(cluster())]),
            ("mrs_cluster_scale", {"cluster": "etl", "count": 3}, [lists(cluster())]),
            ("mrs_job", {"cluster": CLUSTER, "id": JOB, "wait": False}, [reads_job(RUNNING)]),
        ],
    )
    def test_keys_are_the_same_in_check_mode(
        self, module: str, given: Json, found: list[Exchange]
    ) -> None:
        real, checked = (
            play(module, given, found, check_mode=mode).result for mode in (False, True)
        )
        assert sorted(real) == sorted(checked)

    def test_a_warning_is_told_once(self) -> None:
        clock = ManualClock()
        context = Context(
            t.cast(Client, None), Waiter(clock, 1.0, 1.0), wait=True, region=None, patience=1.0
        )
        context.warn("Mind the gap.")
        context.warn("Mind the gap.")
        assert context.reported() == {"stages": [], "warnings": ["Mind the gap."]}

    def test_an_empty_plan_has_no_actions(self) -> None:
        assert Plan().actions == []


class Alarm(ManualClock):
    """A clock that does something at a moment."""

    def __init__(self, moment: float, act: t.Callable[[], None]) -> None:
        super().__init__()
        self._moment, self._act = moment, act

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if self.seconds >= self._moment:
            self._act()


class TestTurns:
    """Tasks of one user on one machine take turns. Another one is at it, for 3 s or for ever."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    @staticmethod
    def working(clock: ManualClock) -> Context:
        client = mock.create_autospec(
            Client, instance=True, scope="https://mrs.example.com/v1.1/project"
        )
        return Context(client, Waiter(clock, 30.0, 15.0), wait=True, region=None, patience=30.0)

    def test_a_task_goes_on_within_a_second_of_the_other_ones_end(self) -> None:
        other = contextlib.ExitStack()
        other.enter_context(self.working(ManualClock()).alone("cluster", CLUSTER))
        context = self.working(Alarm(3.0, other.close))
        with context.alone("cluster", CLUSTER):
            assert context.reported()["stages"] == [
                {
                    "subject": "the turn of this task",
                    "name": "another task on this machine is changing the same cluster",
                    "seconds": 3.0,
                }
            ]

    def test_a_task_that_never_gets_its_turn_says_so(self) -> None:
        context = self.working(ManualClock())
        other = self.working(ManualClock()).alone("cluster", CLUSTER)
        with other, pytest.raises(WaitTimeoutError) as caught, context.alone("cluster", CLUSTER):
            pass
        assert caught.value.message == (
            "Waited 30 s for the turn of this task; it is still: "
            "another task on this machine is changing the same cluster."
        )

    def test_it_says_what_the_other_task_changes(self) -> None:
        context = self.working(ManualClock())
        other = self.working(ManualClock()).alone("data connection", "metadata")
        with (
            other,
            pytest.raises(WaitTimeoutError) as caught,
            context.alone("data connection", "metadata"),
        ):
            pass
        assert "another task on this machine is changing the same data connection" in str(
            caught.value
        )

    def test_a_task_that_is_alone_waits_for_nothing(self) -> None:
        context = self.working(ManualClock())
        with context.alone("cluster", CLUSTER):
            assert context.reported()["stages"] == []
