# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole source on the simulator: what is told, once, over restarts and crashes."""

from __future__ import annotations

import asyncio
import json
import logging
import pathlib
import stat
import sys
import types

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils import _cursor_file
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._event_source import (
    EventSource,
    Feedback,
)
from ansible_collections.huaweicloud.mrs.tests.unit.eda.scene import Queue, Scene
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json


@pytest.fixture(name="scene")
def _scene(tmp_path: pathlib.Path) -> Scene:
    return Scene(tmp_path)


def nothing() -> None:
    """Nothing happens."""


class TestWhatIsTold:
    def test_only_what_changes_after_the_first_look(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.job(etl, "old", "failed")
        assert scene.watch([nothing]).told == []

    def test_a_new_cluster_comes_before_its_job(self, scene: Scene) -> None:
        queue = scene.watch([lambda: scene.job(scene.cluster("etl"), "wordcount")])
        assert queue.told == [("etl", None, "running"), ("wordcount", None, "completed")]

    def test_each_state_of_a_job_that_a_look_has_seen(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.control("PATCH", "settings", {"speed_job": 100})
        queue = scene.watch(
            [
                lambda: scene.job(etl, "wordcount", "failed"),
                lambda: scene.control("POST", "clock", {"advance": 50}),
                lambda: scene.control("POST", "clock", {"advance": 100}),
            ]
        )
        assert queue.told == [
            ("wordcount", None, "starting"),
            ("wordcount", "starting", "running"),
            ("wordcount", "running", "completed"),
        ]
        assert [event["failed"] for event in queue.events] == [False, False, True]

    def test_an_event_has_everything_of_the_job_and_of_its_cluster(self, scene: Scene) -> None:
        etl = scene.cluster("etl", tags=[{"key": "team", "value": "data"}])
        queue = scene.watch(
            [lambda: scene.job(etl, "wordcount", "failed", arguments="wc @password=Canary-1")]
        )
        (event,) = queue.events
        job = event["job_execution"]
        assert event["event"] == "job_execution"
        assert event["id"] == f"{job['id']}/1/completed/failed"
        assert (job["name"], job["final_status"], job["arguments"]) == (
            "wordcount",
            "failed",
            "wc @password=*",
        )
        assert (event["cluster"]["id"], event["cluster"]["tags"]) == (etl, {"team": "data"})
        assert event["repeated"] is False
        json.dumps(event)

    def test_what_looks_like_a_template_is_none_any_more(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        arguments = "{{ lookup('pipe', 'id') }} {% set x = 1 %} {{{ {# {a}"
        queue = scene.watch([lambda: scene.force_text(scene.job(etl, "wordcount"), arguments)])
        assert queue.events[0]["job_execution"]["progress"] == (
            "{ { lookup('pipe', 'id') }} { % set x = 1 %} { { { { # {a}"
        )

    def test_a_job_whose_result_comes_later_has_not_failed_before(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        job = scene.job(etl, "wordcount")
        scene.force(job, 2, 0)
        queue = scene.watch([lambda: scene.force(job, 3, 0), lambda: scene.force(job, 3, 1)])
        assert queue.told == [
            ("wordcount", "running", "completed"),
            ("wordcount", "completed", "completed"),
        ]
        assert [event["failed"] for event in queue.events] == [False, True]

    def test_the_final_status_of_a_running_job_means_nothing(self, scene: Scene) -> None:
        job = scene.job(scene.cluster("etl"), "wordcount")
        scene.force(job, 2, 0)
        assert scene.watch([lambda: scene.force(job, 2, 1)]).told == []

    def test_a_deleted_cluster_goes_after_its_running_job(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.force(scene.job(etl, "wordcount"), 2, 0)
        queue = scene.watch([lambda: scene.delete(etl), nothing])
        assert queue.told == [
            ("wordcount", "running", "terminated"),
            ("etl", "running", "terminated"),
        ]

    def test_a_cluster_that_the_service_forgets_is_terminated_and_so_is_its_job(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        scene.force(scene.job(etl, "wordcount"), 2, 0)

        def forget() -> None:
            scene.control("PATCH", "settings", {"keep_deleted": False})
            scene.delete(etl)

        queue = scene.watch([forget, nothing, nothing])
        assert queue.told == [
            ("wordcount", "running", "terminated"),
            ("etl", "running", "terminated"),
        ]

    def test_a_cluster_and_its_job_that_came_and_went_while_nobody_looked(
        self, scene: Scene
    ) -> None:
        scene.watch()
        night = scene.cluster("night")
        scene.job(night, "report", "failed")
        scene.delete(night)
        queue = scene.watch([nothing])
        assert queue.told == [("report", None, "completed"), ("night", None, "terminated")]

    def test_a_failed_creation_is_a_failure(self, scene: Scene) -> None:
        scene.control("PATCH", "settings", {"next_creation": "failed"})
        queue = scene.watch([lambda: scene.cluster("etl")])
        assert [(event["to"], event["failed"]) for event in queue.events] == [("failed", True)]

    def test_a_record_that_is_deleted_is_no_event(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        job = scene.job(etl, "wordcount")
        queue = scene.watch([lambda: scene.call("DELETE", f"job-executions/{job}"), nothing])
        assert queue.told == []


class TestNodes:
    THREE, FIVE = ({"master": 2, "core": count, "task": 0} for count in (3, 5))

    def test_a_resize_between_two_looks_is_an_event(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        (event,) = scene.watch([lambda: scene.resize(etl, 2), nothing]).events
        assert (event["event"], event["from"], event["to"]) == ("cluster", "running", "running")
        assert (event["counts_before"], event["counts"], event["scaled"]) == (
            self.THREE,
            self.FIVE,
            True,
        )
        assert event["id"] == f"{etl}/1/running"

    def test_so_is_one_while_nobody_looked(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.watch()
        scene.resize(etl, 2)
        (event,) = scene.watch([nothing]).events
        assert (event["counts_before"], event["counts"], event["scaled"]) == (
            self.THREE,
            self.FIVE,
            True,
        )
        assert scene.watch([nothing]).events == []

    def test_a_resize_that_looks_have_seen_is_scaled_at_its_end(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.control("PATCH", "settings", {"speed_scale_out": 100})

        def later() -> None:
            scene.control("POST", "clock", {"advance": 70})

        events = scene.watch([lambda: scene.resize(etl, 2), later, later]).events
        assert [(event["to"], event["scaled"]) for event in events] == [
            ("scaling-out", False),
            ("running", True),
        ]
        assert (events[-1]["counts_before"], events[-1]["counts"]) == (self.THREE, self.FIVE)

    def test_a_new_cluster_and_its_end_and_jobs_are_no_resize(self, scene: Scene) -> None:
        made: list[str] = []

        def creates() -> None:
            made.append(scene.cluster("etl"))
            scene.job(made[0], "wordcount")

        queue = scene.watch([creates, lambda: scene.delete(made[0])])
        told = [
            (event["to"], event["counts_before"], event["counts"], event["scaled"])
            for event in queue.events
        ]
        assert told == [
            ("running", None, self.THREE, False),
            ("completed", None, None, False),
            ("terminated", self.THREE, None, False),
        ]

    def test_a_cursor_that_knows_no_nodes_learns_them(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.watch()
        kept = json.loads(scene.file.read_text("utf-8"))
        kept["clusters"] = {identity: parts[:3] for identity, parts in kept["clusters"].items()}
        scene.file.write_text(json.dumps(kept), "utf-8")
        (event,) = scene.watch([lambda: scene.resize(etl, 2), nothing]).events
        assert event["counts_before"] == self.THREE


class TestSelection:
    def test_a_cluster_that_is_not_there_is_named_at_the_start_once(
        self, scene: Scene, caplog: pytest.LogCaptureFixture
    ) -> None:
        scene.cluster("etl")
        queue = scene.watch(
            [nothing, lambda: scene.cluster("later")], clusters=["etl", "later", "nosuchcluster"]
        )
        assert [record.message for record in caplog.records] == [
            f"clusters: there is no cluster {name} in this project. It is watched as soon as "
            "there is one."
            for name in ("later", "nosuchcluster")
        ]
        assert queue.told == [("later", None, "running")]

    def test_one_that_is_renamed_is_named_once(
        self, scene: Scene, caplog: pytest.LogCaptureFixture
    ) -> None:
        etl = scene.cluster("etl")

        def rename() -> None:
            scene.simulator.world.store.clusters[etl].name = "archive"

        queue = scene.watch([nothing, rename, nothing], clusters=["etl"])
        assert [record.message for record in caplog.records] == [
            "clusters: there is no cluster etl in this project. It is watched as soon as there is "
            "one."
        ]
        assert queue.told == []

    def test_initial_events_tell_what_is_there_and_lives(self, scene: Scene) -> None:
        scene.delete(scene.cluster("old"))
        scene.job(scene.cluster("etl"), "wordcount")
        queue = scene.watch([nothing], initial_events=True)
        assert queue.told == [("etl", None, "running"), ("wordcount", None, "completed")]

    @pytest.mark.parametrize("by", ["name", "id"])
    def test_only_the_clusters_asked_for(self, scene: Scene, by: str) -> None:
        etl, other = scene.cluster("etl"), scene.cluster("other")

        def happen() -> None:
            scene.job(other, "unseen")
            scene.job(etl, "seen")
            scene.delete(other)

        assert scene.watch([happen], clusters=["etl" if by == "name" else etl]).told == [
            ("seen", None, "completed")
        ]

    def test_clusters_may_be_a_text_with_blanks_after_the_commas(self, scene: Scene) -> None:
        for name in ("first", "second", "third"):
            scene.cluster(name)
        told = scene.watch(clusters="first, second", initial_events=True).told
        assert sorted(name for name, *_states in told) == ["first", "second"]

    def test_only_clusters(self, scene: Scene) -> None:
        queue = scene.watch([lambda: scene.job(scene.cluster("etl"), "unseen")], events=["cluster"])
        assert queue.told == [("etl", None, "running")]

    def test_only_jobs(self, scene: Scene) -> None:
        queue = scene.watch(
            [lambda: scene.job(scene.cluster("etl"), "seen")], events=["job_execution"]
        )
        assert queue.told == [("seen", None, "completed")]

    def test_only_jobs_also_those_that_end_with_their_cluster(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.force(scene.job(etl, "wordcount"), 2, 0)
        queue = scene.watch([lambda: scene.delete(etl), nothing], events=["job_execution"])
        assert queue.told == [("wordcount", "running", "terminated")]

    def test_a_cluster_that_is_added_later_tells_only_what_changes_from_then_on(
        self, scene: Scene
    ) -> None:
        scene.cluster("etl")
        other = scene.cluster("other")
        scene.job(other, "old")
        scene.watch(clusters=["etl"])
        queue = scene.watch([lambda: scene.job(other, "new")], clusters=["etl", "other"])
        assert queue.told == [("new", None, "completed")]

    def test_a_cluster_that_shows_its_jobs_by_no_api_is_watched_itself(
        self, scene: Scene, caplog: pytest.LogCaptureFixture
    ) -> None:
        etl = scene.cluster("etl", safe_mode=1)
        refusal = {"error_code": "12000064", "error_msg": "No jobs here."}
        scene.control(
            "POST",
            "faults",
            {"kind": "status", "status": 400, "path": "job-executions$", "body": refusal},
        )
        queue = scene.watch([nothing, lambda: scene.delete(etl)])
        assert queue.told == [("etl", "running", "terminated")]
        assert (
            len([record for record in caplog.records if "cannot be watched" in record.message]) == 1
        )


class TestRestart:
    def test_nothing_is_told_again(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.watch([lambda: scene.job(etl, "wordcount", "failed")])
        assert scene.watch([nothing]).told == []

    def test_what_happened_in_between_is_told(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.watch()
        scene.job(etl, "wordcount", "failed")
        assert scene.watch([nothing]).told == [("wordcount", None, "completed")]

    @pytest.mark.parametrize("room", [0, 1, 2, 3])
    def test_a_source_that_is_stopped_between_events_goes_on_after_the_last_that_was_taken(
        self, scene: Scene, room: int
    ) -> None:
        etl = scene.cluster("etl")
        scene.watch()
        for name in ("one", "two", "three"):
            scene.job(etl, name)
        before, after = scene.watch(queue=Queue(room)), scene.watch()
        assert sorted(name for name, *_states in before.told + after.told) == [
            "one",
            "three",
            "two",
        ]
        assert len(before.told) == room

    def test_a_crash_after_the_event_was_taken_repeats_it_with_the_same_id_and_says_so(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        etl = scene.cluster("etl")
        scene.watch()
        scene.job(etl, "one")
        scene.job(etl, "two")
        queue = Queue()
        with monkeypatch.context() as patch:
            write = _cursor_file.CursorFile.write

            def killed(self: _cursor_file.CursorFile, scope: str, cursor: object) -> None:
                if queue.events:
                    raise KeyboardInterrupt
                write(self, scope, cursor)  # type: ignore[arg-type]

            patch.setattr(_cursor_file.CursorFile, "write", killed)
            with pytest.raises(KeyboardInterrupt):
                scene.watch(queue=queue)
        again = scene.watch([nothing])
        assert [event["id"] for event in queue.events] == [again.events[0]["id"]]
        assert [event["repeated"] for event in again.events] == [True, False]

    def test_initial_events_go_on_after_the_last_that_was_taken(self, scene: Scene) -> None:
        scene.job(scene.cluster("etl"), "one")
        scene.job(scene.cluster("other"), "two")
        told = []
        for _run in range(4):
            told += [
                name for name, *_states in scene.watch(queue=Queue(1), initial_events=True).told
            ]
        assert sorted(told) == ["etl", "one", "other", "two"]

    def test_the_end_of_jobs_and_of_their_cluster_go_on_after_the_last_that_was_taken(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        for name in ("one", "two"):
            scene.force(scene.job(etl, name), 2, 0)
        scene.watch()
        scene.delete(etl)
        told = []
        for _run in range(4):
            told += [name for name, *_states in scene.watch(queue=Queue(1)).told]
        assert (sorted(told[:2]), told[2:]) == (["one", "two"], ["etl"])

    def test_while_nothing_changes_the_file_is_not_written(self, scene: Scene) -> None:
        scene.cluster("etl")
        scene.watch()
        before = scene.file.stat()
        scene.watch([nothing, nothing])
        after = scene.file.stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def test_the_file_is_only_for_its_owner_and_holds_no_secret(self, scene: Scene) -> None:
        scene.watch(
            [lambda: scene.job(scene.cluster("etl"), "wordcount", arguments="@password=Canary-1")]
        )
        assert stat.S_IMODE(scene.file.stat().st_mode) == 0o600
        text = scene.file.read_text("utf-8")
        assert "wordcount" in text
        assert [
            secret for secret in ("Canary", scene.options()["auth"]["token"]) if secret in text
        ] == []


class Engine:
    """The queue of ansible-rulebook: the rules take C(most) events, then everything is stopped."""

    def __init__(self, most: int) -> None:
        self.queue: asyncio.Queue[Json] = asyncio.Queue(1)
        self._most = most
        self.taken: list[Json] = []

    async def put(self, item: Json) -> None:
        await self.queue.put(item)

    async def take(self) -> None:
        while len(self.taken) < self._most:
            self.taken.append((await self.queue.get())["mrs"])


def stopped_after(scene: Scene, most: int, feedback: Feedback | None = None) -> list[Json]:
    """What the rules took in until ansible-rulebook got the signal to end."""

    async def both() -> list[Json]:
        engine = Engine(most)
        source = EventSource(
            scene.options(), TaskEnvironment({}, scene.clock, session=scene.session)
        )
        running = asyncio.create_task(source.run(engine, feedback))
        await engine.take()
        await asyncio.sleep(0.2)
        running.cancel()
        await asyncio.wait([running])
        assert running.cancelled()
        return engine.taken

    return asyncio.run(both())


@pytest.mark.parametrize("most", [0, 1, 2])
def test_what_the_rules_had_no_time_for_when_everything_is_stopped_is_told_by_the_next_start(
    scene: Scene, most: int
) -> None:
    etl = scene.cluster("etl")
    scene.watch()
    for name in ("one", "two", "three"):
        scene.job(etl, name)
    before, after = stopped_after(scene, most), scene.watch().events
    assert len(before) == most
    assert sorted(event["job_execution"]["name"] for event in before + after) == [
        "one",
        "three",
        "two",
    ]
    assert {event["repeated"] for event in before + after} == {False}


def test_with_feedback_what_the_rules_had_and_did_not_confirm_is_repeated_and_says_so(
    scene: Scene,
) -> None:
    class Silent:
        async def get(self) -> Json:
            await asyncio.sleep(1000)
            return {}

    etl = scene.cluster("etl")
    scene.watch()
    scene.job(etl, "one")
    before, after = stopped_after(scene, 1, Silent()), scene.watch().events
    assert [event["id"] for event in before] == [event["id"] for event in after]
    assert [event["repeated"] for event in after] == [True]


@pytest.mark.parametrize(("has_database", "warnings"), [(True, 0), (False, 1), (None, 0)])
def test_feedback_without_a_database_is_warned_of_once(
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    has_database: bool | None,
    warnings: int,
) -> None:
    known = {} if has_database is None else {"persistence_enabled": has_database}
    settings = types.SimpleNamespace(settings=types.SimpleNamespace(**known))
    monkeypatch.setitem(sys.modules, "ansible_rulebook.conf", settings)
    for name in ("one", "two"):
        scene.cluster(name)
    queue = Queue()
    scene.watch(queue=queue, feedback=Rules(queue), initial_events=True)
    assert len(queue.events) == 2
    assert (
        len([record for record in caplog.records if "drools_db_file_path" in record.message])
        == warnings
    )


def uuids(scene: Scene, feedback: Feedback | None = None) -> list[str]:
    """By what ansible-rulebook knows the events of a start again."""

    class Uuids(Queue):
        async def put(self, item: Json) -> None:
            found.append(item["meta"]["uuid"])
            await super().put(item)

    found: list[str] = []
    scene.watch(queue=Uuids(), feedback=feedback, initial_events=True)
    return found


def test_a_repeated_event_is_the_same_for_ansible_rulebook_and_no_other_is(scene: Scene) -> None:
    class Silent:
        async def get(self) -> Json:
            raise asyncio.CancelledError

    scene.cluster("etl")
    scene.cluster("other")
    first, again = uuids(scene, Silent()), uuids(scene)
    assert (len(first), len(set(again)), again[0]) == (1, 2, first[0])
    scene.file.unlink()
    assert set(again).isdisjoint(uuids(scene))


class Rules:
    """Takes events in, late, as the feedback of ansible-rulebook tells."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._taken_in = 0

    async def get(self) -> Json:
        self._taken_in += 1
        known = [
            {"mrs": {"id": "of an earlier run"}},
            *({"mrs": event} for event in self._queue.events),
        ]
        return known[self._taken_in - 1]


def test_with_feedback_an_event_is_told_when_the_rules_have_taken_it_in(scene: Scene) -> None:
    etl = scene.cluster("etl")
    scene.watch()
    scene.job(etl, "wordcount")
    queue = Queue()
    scene.watch(queue=queue, feedback=Rules(queue))
    assert len(queue.events) == 1
    assert scene.watch().told == []


def test_an_event_that_the_rules_have_not_taken_in_is_told_again(scene: Scene) -> None:
    etl = scene.cluster("etl")
    scene.watch()
    scene.job(etl, "wordcount")

    class Silent:
        async def get(self) -> Json:
            raise asyncio.CancelledError

    before, after = scene.watch(feedback=Silent()), scene.watch()
    assert [event["id"] for event in before.events] == [event["id"] for event in after.events]
    assert [event["repeated"] for event in after.events] == [True]


def test_a_secret_that_the_service_says_back_is_not_in_the_event(scene: Scene) -> None:
    etl = scene.cluster("etl")
    token = scene.options()["auth"]["token"]
    queue = scene.watch([lambda: scene.force_text(scene.job(etl, "wordcount"), f"with {token}")])
    assert queue.events[0]["job_execution"]["progress"] == "with ********"


class TestPace:
    def test_pauses_grow_while_nothing_changes_and_are_short_again_after_a_change(
        self, scene: Scene
    ) -> None:
        etl = scene.cluster("etl")
        scene.watch(
            [nothing, nothing, lambda: scene.job(etl, "one"), nothing],
            poll_interval=8,
            max_poll_interval=20,
        )
        assert scene.pauses == [12, 18, 20, 8, 12]

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_pauses_are_much_longer_in_trouble_which_is_logged(
        self, scene: Scene, status: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        etl = scene.cluster("etl")

        def trouble() -> None:
            scene.control(
                "POST",
                "faults",
                {"kind": "status", "status": status, "path": "cluster_infos$", "times": 2},
            )
            scene.job(etl, "one")

        steps = [trouble, nothing, nothing]
        queue = scene.watch(steps, poll_interval=8, max_poll_interval=20, api_retries=0)
        assert scene.pauses == [12, 24, 48, 8]
        assert queue.told == [("one", None, "completed")]
        assert f"HTTP {status}" in caplog.text
        assert "Looking again in 24 s." in caplog.text

    def test_one_cluster_whose_jobs_cannot_be_read_does_not_keep_the_others_quiet(
        self, scene: Scene, caplog: pytest.LogCaptureFixture
    ) -> None:
        etl, other = scene.cluster("etl"), scene.cluster("other")

        def trouble() -> None:
            scene.control("POST", "faults", {"kind": "status", "path": "job-exes$"})
            scene.job(etl, "one")
            scene.job(other, "two")
            scene.delete(other)

        queue = scene.watch([trouble, nothing], api_retries=0)
        assert sorted(name for name, *_states in queue.told) == ["one", "other", "two"]
        assert "HTTP 503" in caplog.text

    def test_a_service_that_cannot_be_reached_at_first_is_waited_for(self, scene: Scene) -> None:
        etl = scene.cluster("etl")
        scene.control("POST", "faults", {"kind": "cut_before", "path": "cluster_infos$"})
        assert scene.watch([nothing, lambda: scene.job(etl, "one")], api_retries=0).told == [
            ("one", None, "completed")
        ]


class TestRefusals:
    def test_a_token_that_is_not_accepted_ends_the_source(
        self, scene: Scene, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with pytest.raises(MrsError, match="HTTP 401") as refused:
            scene.watch([nothing], auth={"token": "CANARY-token"})
        assert "CANARY" not in f"{refused.value!r} {caplog.text}"

    def test_a_refusal_that_says_the_token_back_ends_the_source_without_it(
        self, scene: Scene
    ) -> None:
        token = scene.options()["auth"]["token"]
        body = {"error_code": "12000099", "error_msg": f"not with {token}"}
        fault = {"kind": "status", "status": 403, "body": body, "path": "cluster_infos$"}
        with pytest.raises(MrsError, match=r"not with \*+") as refused:
            scene.watch([lambda: scene.control("POST", "faults", fault)])
        assert token not in f"{refused.value!r} {refused.value.hint}"

    def test_the_file_of_another_project_is_refused(self, scene: Scene) -> None:
        scene.watch()
        with pytest.raises(
            OptionError, match=r"state_file: .*cursor.json belongs to http.*, not to http.*"
        ):
            scene.watch(project_id="0123456789abcdef0123456789abcdef")

    def test_the_file_of_another_source_is_refused(self, scene: Scene) -> None:
        with (
            _cursor_file.CursorFile(str(scene.file)),
            pytest.raises(OptionError, match=r"state_file: .* is in use by another event source"),
        ):
            scene.watch()

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "{}",
            '{"version": 2, "scope": "here", "underway": null, "clusters": {}, "jobs": {}}',
            '{"version": 1, "clusters": [], "jobs": []}',
        ],
    )
    def test_a_file_that_is_no_cursor_is_refused_and_left_alone(
        self, scene: Scene, text: str
    ) -> None:
        scene.file.write_text(text, "utf-8")
        with pytest.raises(
            OptionError, match=r"state_file: .* is not a state file of this version"
        ):
            scene.watch()
        assert scene.file.read_text("utf-8") == text

    def test_certificates_that_are_not_checked_are_a_warning(
        self, scene: Scene, caplog: pytest.LogCaptureFixture
    ) -> None:
        scene.watch(validate_certs=False)
        assert "validate_certs is false" in caplog.text
