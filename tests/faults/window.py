# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What nobody could prevent, since the API gives no way to: it must be told instead."""

from __future__ import annotations

import math
import typing as t

from ansible_collections.huaweicloud.mrs.tests.faults.schedules import LATE, TWICE
from ansible_collections.huaweicloud.mrs.tests.faults.trial import Outcome, Story


def could_not_know(story: Story, kind: str) -> bool:
    """Something of this kind was done twice that no run could know of in time.

    A request arrived when the run that had sent it was over, or while another machine was at work,
    which cannot see what is on its way; a resize was delivered once more when the first one had
    ended, since the API takes differences; or a run began, and asked for
    something, while a replica did not show yet what another one had done.
    """
    scene = story.scene
    if any(done == kind for done, _key in scene.beyond):
        return True
    if kind == "submit" and was_over_at_once(story):
        return True
    rival = story.schedule.rival
    if rival and rival.machine == "elsewhere" and _hit(story, LATE):
        return True
    if scene.behind and rival and any(steps == math.inf for _at, steps in rival.turns):
        return True  # it slept after a look at a copy, and its request followed when it woke
    if kind == "resize" and any(
        outcome.record.resized_again is not None for outcome in story.acted
    ):
        return True
    began = {job.id: job.submitted_at for job in scene.made_jobs}  # some begin with their cluster
    moments = [
        began.get(key, moment) if kind == "submit" else moment
        for (done, key), moment in scene.times.items()
        if done == kind
    ]
    window = scene.behind + 1.0
    return bool(scene.behind) and any(
        0.0 < other - moment <= window for moment in moments for other in moments
    )


def was_over_at_once(story: Story) -> bool:
    """The job had ended before a second execution could show or be cancelled: it is told.

    That takes as long as the network holds up the run that was delivered twice.
    """
    return any(
        outcome.record.hit[kind] and outcome.record.lost_time >= story.schedule.speed
        for outcome in story.all
        for kind in TWICE
    )


def not_withdrawn(story: Story) -> set[str]:
    """The executions of a request delivered twice that a red run says it could not end."""
    return {
        key
        for outcome in story.all
        if any(outcome.record.hit[kind] for kind in TWICE)
        for done, key in (*outcome.record.effects, *outcome.record.echoes)
        if done == "submit" and key in str(outcome.error or "")
    }


def nobody_waited(story: Story) -> bool:
    """The run whose request was delivered twice did not wait: it tells of the second execution."""
    return any(
        outcome.record.hit[kind] and not outcome.plan.wait
        for outcome in story.all
        for kind in TWICE
    )


def _hit(story: Story, kinds: t.Iterable[str]) -> bool:
    """A fault of one of these kinds happened."""
    return any(outcome.record.hit[kind] for outcome in story.acted for kind in kinds)


def is_told(story: Story, *words: str) -> bool:
    """A warning or an error of some run has these words: all, or one of them where they are ids."""
    several = any if len(words[0]) > 30 else all
    return any(several(word in text for word in words) for text in _said(story.acted))


def _said(outcomes: t.Iterable[Outcome]) -> t.Iterator[str]:
    for outcome in outcomes:
        yield from outcome.told.get("warnings", [])
        yield str(outcome.error or "")
        for action in outcome.told.get("actions", []):
            yield " ".join(map(str, action.values()))
