# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From what is known and what is seen to events, and to what is known then: no service."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._events import (
    Cursor,
    Look,
    Seen,
    baseline,
    changes,
    prepared,
    settled,
)

STATES = {"starting": 1, "running": 2, "completed": 3, "abnormal": 4, "error": 5, "terminated": -1}


def cluster(identity: str, state: str = "running") -> Cluster:
    return Cluster.of(
        {"clusterId": identity, "clusterName": f"name of {identity}", "clusterState": state}
    )


def job(identity: str, state: str = "running", final: int = 0, created: int = 1) -> JobExecution:
    return JobExecution.of(
        {
            "id": identity,
            "job_name": f"name of {identity}",
            "job_state": STATES[state],
            "job_final_status": final,
            "create_at": created,
        }
    )


def look(
    *clusters: Cluster, jobs: dict[str, list[JobExecution]] | None = None, **more: frozenset[str]
) -> Look:
    by_id = {
        cluster_id: {each.id: each for each in found} for cluster_id, found in (jobs or {}).items()
    }
    return Look({each.id: each for each in clusters}, by_id, **more)


def seen(identity: str, status: str = "running", number: int = 0) -> Seen:
    return Seen(number, status, f"name of {identity}")


def told(cursor: Cursor, what: Look, watched: set[str]) -> list[str]:
    return [change.event["id"] for change in changes(cursor, what, watched)]


@pytest.mark.parametrize(
    ("status", "can_change"),
    [
        ("starting", True),
        ("running", True),
        ("completed", True),
        ("completed/succeeded", False),
        ("completed/failed", False),
        ("abnormal", False),
        ("error", False),
        ("terminated", False),
    ],
)
def test_a_job_can_change_until_it_has_an_end_and_a_result(status: str, can_change: bool) -> None:
    assert seen("j", status).can_change is can_change


class TestNumbers:
    def test_the_first_event_of_what_is_new_has_number_1(self) -> None:
        cursor = Cursor(jobs={"c": {}})
        assert told(cursor, look(cluster("c"), jobs={"c": [job("j")]}), {"c"}) == [
            "c/1/running",
            "j/1/running",
        ]

    def test_the_first_event_of_what_was_there_has_number_1(self) -> None:
        cursor = Cursor({"c": seen("c", "starting")}, {"c": {"j": seen("j", "starting")}})
        assert told(cursor, look(cluster("c"), jobs={"c": [job("j")]}), {"c"}) == [
            "c/1/running",
            "j/1/running",
        ]

    def test_each_event_has_the_number_after_the_one_before_and_the_cursor_keeps_it(self) -> None:
        cursor = Cursor({"c": seen("c", "scaling-out", 6)}, {"c": {"j": seen("j", "starting", 2)}})
        last = list(changes(cursor, look(cluster("c"), jobs={"c": [job("j")]}), {"c"}))[-1]
        assert last.event["id"] == "j/3/running"
        assert last.cursor == Cursor({"c": seen("c", number=7)}, {"c": {"j": seen("j", number=3)}})

    def test_each_event_brings_a_cursor_that_does_not_know_of_the_next(self) -> None:
        cursor = Cursor({"c": seen("c")}, {"c": {"k": seen("k")}})
        what = look(cluster("c"), jobs={"c": [job("j"), job("k", "error")]})
        first, second = (change.cursor.jobs["c"] for change in changes(cursor, what, {"c"}))
        assert first == {"j": seen("j", number=1), "k": seen("k")}
        assert second == {"j": seen("j", number=1), "k": seen("k", "error", 1)}


class TestChanges:
    def test_what_has_not_changed_is_not_told(self) -> None:
        cursor = Cursor({"c": seen("c", number=3)}, {"c": {"j": seen("j", "completed/failed", 2)}})
        assert (
            told(cursor, look(cluster("c"), jobs={"c": [job("j", "completed", final=1)]}), {"c"})
            == []
        )

    def test_a_cluster_that_is_not_watched_is_not_told(self) -> None:
        assert told(Cursor(), look(cluster("c"), cluster("d")), {"d"}) == ["d/1/running"]

    def test_a_cluster_that_could_not_be_read_is_left_for_another_time(self) -> None:
        what = look(
            cluster("c", "terminated"),
            cluster("d"),
            jobs={"d": [job("j")]},
            unread=frozenset({"c"}),
        )
        assert told(Cursor(jobs={"d": {}}), what, {"c", "d"}) == ["d/1/running", "j/1/running"]

    def test_clusters_are_told_by_id_and_jobs_by_their_creation(self) -> None:
        what = look(
            cluster("d"), cluster("c"), jobs={"c": [job("a", created=2), job("b", created=1)]}
        )
        assert told(Cursor(), what, {"d", "c"}) == [
            "c/1/running",
            "b/1/running",
            "a/1/running",
            "d/1/running",
        ]

    def test_a_cluster_goes_after_its_jobs(self) -> None:
        what = look(cluster("c", "terminated"), jobs={"c": [job("j", "terminated")]})
        assert told(Cursor(), what, {"c"}) == ["j/1/terminated", "c/1/terminated"]

    @pytest.mark.parametrize(
        ("underway", "repeated"), [("c/1/running", [True, False]), (None, [False, False])]
    )
    def test_only_the_event_that_was_handed_over_in_a_crash_is_said_to_be_repeated(
        self, underway: str | None, repeated: list[bool]
    ) -> None:
        what = look(cluster("c"), jobs={"c": [job("j")]})
        found = changes(Cursor(underway=underway), what, {"c"})
        assert [change.event["repeated"] for change in found] == repeated

    @pytest.mark.parametrize(
        ("state", "final", "failed"),
        [
            ("running", 1, False),
            ("completed", 2, False),
            ("completed", 0, False),
            ("completed", 1, True),
            ("terminated", 3, True),
            ("abnormal", 0, True),
        ],
    )
    def test_a_job_has_failed_when_it_has_ended_and_its_result_is_known_and_bad(
        self, state: str, final: int, failed: bool
    ) -> None:
        what = look(cluster("c"), jobs={"c": [job("j", state, final)]})
        (change,) = changes(Cursor({"c": seen("c")}), what, {"c"})
        assert change.event["failed"] is failed


class TestBaseline:
    SHOWN = look(
        cluster("live"),
        cluster("over", "terminated"),
        cluster("other"),
        jobs={"live": [job("j", "completed", final=2)], "over": [job("k", "error")]},
    )

    def test_what_is_there_is_known_and_was_never_told(self) -> None:
        assert baseline(self.SHOWN, {"live", "over"}, tell=False) == Cursor(
            {"live": seen("live"), "over": seen("over", "terminated"), "other": seen("other")},
            {"live": {"j": seen("j", "completed/succeeded")}, "over": {"k": seen("k", "error")}},
        )

    def test_what_shall_be_told_is_not_known_unless_it_is_over(self) -> None:
        assert baseline(self.SHOWN, {"live", "over"}, tell=True) == Cursor(
            {"over": seen("over", "terminated"), "other": seen("other")},
            {"live": {}, "over": {"k": seen("k", "error")}},
        )


class TestPrepared:
    def test_a_cluster_that_is_not_told_is_known_as_it_is_now_with_its_number(self) -> None:
        cursor = prepared(
            Cursor({"c": seen("c", "starting", 4)}), look(cluster("c"), cluster("d")), set(), set()
        )
        assert cursor.clusters == {"c": seen("c", number=4), "d": seen("d")}

    def test_a_cluster_that_is_told_is_left_as_it_was(self) -> None:
        known = Cursor({"c": seen("c", "starting", 4)}, {"c": {}})
        assert prepared(known, look(cluster("c"), cluster("d")), {"c", "d"}, {"c", "d"}) == known

    def test_a_cluster_that_could_not_be_read_is_left_as_it_was(self) -> None:
        known = Cursor({"c": seen("c", "starting", 4)})
        what = look(cluster("c"), cluster("d"), unread=frozenset({"c", "d"}))
        assert prepared(known, what, {"c", "d"}, set()).clusters == known.clusters

    def test_what_the_service_has_forgotten_is_forgotten(self) -> None:
        known = Cursor(
            {"c": seen("c"), "old": seen("old", "terminated")},
            {"c": {"j": seen("j"), "gone": seen("gone", "error")}},
        )
        cursor = prepared(known, look(cluster("c"), gone=frozenset({"old", "gone"})), {"c"}, {"c"})
        assert cursor == Cursor({"c": seen("c")}, {"c": {"j": seen("j")}})

    def test_the_jobs_of_a_cluster_that_is_not_watched_any_more_are_forgotten(self) -> None:
        known = Cursor(
            {"c": seen("c"), "d": seen("d")}, {"c": {"j": seen("j")}, "d": {"k": seen("k")}}
        )
        assert prepared(known, look(cluster("c"), cluster("d")), {"d"}, {"d"}).jobs == {
            "d": {"k": seen("k")}
        }

    def test_of_a_cluster_that_was_there_and_is_watched_from_now_on_the_jobs_are_known(
        self,
    ) -> None:
        what = look(cluster("c"), jobs={"c": [job("j", "error")]})
        assert prepared(Cursor({"c": seen("c")}), what, {"c"}, {"c"}).jobs == {
            "c": {"j": seen("j", "error")}
        }

    def test_of_a_cluster_that_is_new_no_job_is_known(self) -> None:
        what = look(cluster("c"), jobs={"c": [job("j", "error")]})
        assert prepared(Cursor(), what, {"c"}, {"c"}).jobs == {"c": {}}

    def test_new_jobs_of_a_cluster_that_was_watched_are_left_to_be_told(self) -> None:
        what = look(cluster("c"), jobs={"c": [job("j"), job("k")]})
        known = Cursor({"c": seen("c")}, {"c": {"j": seen("j", "starting", 1)}})
        assert prepared(known, what, {"c"}, {"c"}) == known

    def test_what_was_handed_over_in_a_crash_is_still_known(self) -> None:
        assert (
            prepared(Cursor(underway="c/1/running"), look(), set(), set()).underway == "c/1/running"
        )


def test_once_the_end_of_a_cluster_is_told_its_jobs_are_forgotten_and_itself_is_not() -> None:
    clusters = {"c": seen("c", "failed", 1), "d": seen("d", "terminated", 2)}
    jobs = {"j": seen("j", "error", 1)}
    assert settled(Cursor(clusters, {"c": jobs, "d": jobs}, "j/1/error")) == Cursor(
        clusters, {"c": jobs}
    )
