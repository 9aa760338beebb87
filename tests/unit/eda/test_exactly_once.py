# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wherever the source is stopped: each change is told once, and nothing is left out."""

from __future__ import annotations

import pathlib
import random

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.eda.scene import Queue, Scene
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json

FINAL = {"succeeded": (3, 2), "failed": (3, 1), "cancelled": (-1, 3), "abnormal": (4, 0)}


class Story:
    """Things that happen, as chance has it."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene = scene
        self.chance = random.Random(seed)
        self.clusters: list[str] = []
        self.running: list[str] = []
        self._names = iter(range(1000))

    def goes_on(self) -> None:
        for _each in range(self.chance.randrange(4)):
            self.chance.choice(
                [self._creates, self._submits, self._submits, self._ends, self._deletes]
            )()

    def _creates(self) -> None:
        self.clusters.append(self.scene.cluster(f"cluster-{next(self._names)}"))

    def _submits(self) -> None:
        if self.clusters and len(self.running) < 8:
            job = self.scene.job(self.chance.choice(self.clusters), f"job-{next(self._names)}")
            self.scene.force(job, 2, 0)
            self.running.append(job)

    def _ends(self) -> None:
        if self.running:
            job = self.running.pop(self.chance.randrange(len(self.running)))
            self.scene.force(job, *self.chance.choice(sorted(FINAL.values())))

    def _deletes(self) -> None:
        if len(self.clusters) > 1:
            self.scene.delete(self.clusters.pop(self.chance.randrange(len(self.clusters))))


@pytest.mark.parametrize("seed", range(12))
def test_the_events_lead_from_state_to_state_without_a_gap_or_a_repetition(
    tmp_path: pathlib.Path, seed: int
) -> None:
    scene = Scene(tmp_path)
    scene.watch()
    story = Story(scene, seed)
    events: list[Json] = []
    for _run in range(12):
        story.goes_on()
        queue = Queue(room=story.chance.choice([0, 1, 2, 1000]))
        events += scene.watch([story.goes_on, story.goes_on], queue=queue).events
    events += scene.watch([lambda: None]).events

    assert len({event["id"] for event in events}) == len(events) > 0
    last: dict[str, str] = {}
    for event in events:
        identity = (event["job_execution"] or event["cluster"])["id"]
        assert last.get(identity) == event["from"]
        last[identity] = event["to"]
    state = scene.control("GET", "state")
    assert last.keys() == {*state["clusters"], *state["jobs"]}
    assert {last[identity] for identity in story.clusters} <= {"running"}
    assert {last[identity] for identity in state["clusters"] if identity not in story.clusters} <= {
        "terminated"
    }
