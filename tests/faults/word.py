# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each run says, against what it did in truth, in check mode as well."""

from __future__ import annotations

import collections
import math
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    JobError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.tests.faults import texts
from ansible_collections.huaweicloud.mrs.tests.faults.operations import CANARIES
from ansible_collections.huaweicloud.mrs.tests.faults.scene import nodes_by_group
from ansible_collections.huaweicloud.mrs.tests.faults.schedules import Rival
from ansible_collections.huaweicloud.mrs.tests.faults.trial import (
    OUTCOME_TIMEOUT,
    POLL,
    Outcome,
    Story,
)
from mrs_simulator.identity import account
from mrs_simulator.state.transitions import DEAD

#: What the results call the things that the record of the simulator calls otherwise.
ACTIONS = {
    "create": "create",
    "delete": "delete",
    "scale_out": "resize",
    "scale_in": "resize",
    "change_tags": "tags",
    "set_auto_scaling_policy": "policy",
    "delete_auto_scaling_policy": "policy",
    "switch_default_tags": "default_tags",
    "set_agency_mappings": "mappings",
    "create_data_connection": "connect",
    "change_data_connection": "reconnect",
    "delete_data_connection": "disconnect",
    "rename": "rename",
    "add_components": "components",
    "submit_job": "submit",
    "cancel_job": "cancel",
    "delete_job_execution": "forget",
}
#: It can be asked for any number of times, so nobody counts it.
IDEMPOTENT = "sync_iam_users"
USERS = ("users", "groups", "all")
#: Each of these is told by itself.
COUNTED = ("create", "submit", "cancel", "forget", "connect", "disconnect")


def of_runs(story: Story) -> list[str]:
    """What is wrong with what the runs did and said, each by itself."""
    return [
        f"{each.record.actor.name}: {text}" for each in story.all for text in _of_run(story, each)
    ]


def _of_run(story: Story, outcome: Outcome) -> t.Iterator[str]:
    if outcome.wrong:
        yield outcome.wrong
        return
    yield from _leaks(outcome)
    if not outcome.killed:
        yield from _of_result(outcome)
        yield from _of_check(outcome) if outcome.plan.check else _of_truth(story, outcome)
    patience = outcome.plan.wait_timeout + POLL + outcome.record.lost_time + 1.0
    if not outcome.plan.wait:
        patience = min(patience, _looking(story, outcome) + outcome.record.lost_time + 5.0)
    rival = story.rival
    if rival and rival.record.actor.machine == outcome.record.actor.machine:
        patience += rival.seconds  # they take turns
    if outcome.seconds > patience and not forever(story.schedule.rival):
        yield f"it took {outcome.seconds:.0f} s where {patience:.0f} s were allowed"


def _looking(story: Story, outcome: Outcome) -> float:
    """Seconds that a run may look for what became of requests.

    They are its own ones, those that an earlier run left open, and those of others where a replica
    is behind. One that is sent again because nothing shows is looked for once more, also where the
    service refuses it.
    """
    record = outcome.record
    left_open = any(other.record.unsure for other in story.all if other is not outcome)
    sent_again = min(record.unsure, record.writes - record.unsure)
    times = record.unsure + sent_again + left_open + bool(story.scene.behind)
    return (OUTCOME_TIMEOUT + POLL) * times


def forever(rival: Rival | None) -> bool:
    """The lead may stand still for as long as the rival takes."""
    return rival is not None and any(steps == math.inf for _at, steps in rival.turns)


def _leaks(outcome: Outcome) -> t.Iterator[str]:
    shown = "\n".join([*texts.strings(outcome.told), str(outcome.error)])
    for secret in {*CANARIES, account.PASSWORD, account.SECRET_KEY, *outcome.record.secrets} - {""}:
        if any(spelling in shown for spelling in texts.spellings(secret)):
            yield f"a secret is shown: {secret}"
    if any(letter in shown for letter in texts.CONTROLS if not letter.isprintable()):
        yield "a control character is shown"


def _of_result(outcome: Outcome) -> t.Iterator[str]:
    """C(changed), C(actions) and C(diff) say the same."""
    told = outcome.told
    changed, actions = told.get("changed", False), told.get("actions", [])
    if changed != bool(actions):
        yield f"changed is {changed}, and actions are {actions}"
    if outcome.result is None:
        return
    diff = outcome.result["diff"]
    if changed != (diff["before"] != diff["after"]):
        yield f"changed is {changed}, and the diff is {diff}"
    ways = collections.defaultdict(set)
    for action in actions:
        ways[action.get("group")].add(action["action"])
    for group, names in ways.items():
        if {"scale_out", "scale_in"} <= names:
            yield f"{group} nodes were added and taken away: {actions}"


def _of_check(outcome: Outcome) -> t.Iterator[str]:
    """Check mode does nothing."""
    if outcome.record.writes:
        yield f"check mode sends {outcome.record.writes} requests that change something"


def _of_truth(story: Story, outcome: Outcome) -> t.Iterator[str]:
    """C(actions) against what the run did in truth."""
    record = outcome.record
    done = collections.Counter(kind for kind, _key in set(record.effects))
    actions = [action["action"] for action in outcome.told.get("actions", [])]
    told = collections.Counter(ACTIONS[action] for action in actions if action != IDEMPOTENT)
    if isinstance(outcome.error, UnknownOutcomeError):
        return
    others = [other for other in story.acted if other is not outcome]
    by_others = {
        kind for other in others for kind, _key in (*other.record.effects, *other.record.echoes)
    }
    by_others |= {kind for kind, _key in story.blown} | story.under_way
    if "delete" in by_others:
        by_others.add("cancel")  # the end of a cluster ends its jobs
    # Setting the same tags, or deleting the same cluster, twice in the same moment looks the same
    # from both sides.
    excused = by_others if record.unsure else by_others & {"tags", "cancel", "mappings", "policy"}
    for kind in sorted(done.keys() | told.keys()):
        said_of, did = (
            count[kind] if kind in COUNTED else min(count[kind], 1) for count in (told, done)
        )
        if said_of < did and not record.hit["twice_second"]:
            yield f"it denies what it did: {kind} {did}, told {said_of}"
        if said_of > did and kind not in excused:
            yield f"it claims what it did not do: {kind} {did}, told {said_of}"


def of_late_resizes(story: Story) -> t.Iterator[str]:
    """A resize that was delivered once more while its run waited is told by that run."""
    for outcome in story.acted:
        again, record = outcome.record.resized_again, outcome.record
        slack = story.schedule.lag + POLL + record.lost_time + 1.0
        if (
            again is None
            or outcome.result is None
            or not outcome.plan.wait
            or record.ended <= again + slack
        ):
            continue
        if not any("the resize was requested twice" in text for text in outcome.told["warnings"]):
            yield (
                f"{record.actor.name}: it says nothing of the resize that came once more while it "
                "waited"
            )


def of_previews(story: Story) -> t.Iterator[str]:
    """Check mode says what a run right after it does."""
    pairs = [(story.previews[0], story.clean[0]), (story.previews[-1], story.clean[-1])]
    for check, run in pairs:
        if check.wrong or run.wrong or isinstance(run.error, JobError) or not check.settled:
            continue
        if any("There is no cluster" in text for text in check.told.get("warnings", [])):
            continue  # check mode assumes, and says, that an earlier task would have created it
        if any("was submitted twice" in text for text in run.told.get("warnings", [])):
            continue  # check mode does not say that a second execution would be cancelled
        yield from of_preview(check, run)


def of_preview(check: Outcome, run: Outcome) -> t.Iterator[str]:
    """The same for one of both."""
    said, done = _said(check), _said(run)
    if said != done:
        yield f"check mode says {said}, and the run does {done}"


def _said(outcome: Outcome) -> tuple[bool, t.Any, t.Any]:
    """Whether it failed, what it did or would do, and its diff.

    That the service does not know the user shows only when a job is submitted.
    """
    actions = outcome.told.get("actions", [])
    said = [action for action in actions if action["action"] != IDEMPOTENT]
    if outcome.error:
        return True, said, None
    assert outcome.result
    diff = outcome.result["diff"]
    after = {key: each for key, each in diff["after"].items() if key not in USERS}
    return False, said, {"before": diff["before"], "after": after}


def of_last_word(story: Story) -> t.Iterator[str]:
    """A green run that does not wait leaves behind what leads to the wanted state."""
    last, schedule, operation = story.outcomes[-1], story.schedule, story.operation
    alone = not (schedule.rival or schedule.blow or schedule.company or story.scene.beyond)
    # It does not look at the cluster after its request.
    alone = alone and not (operation.module == "mrs_cluster_scale" and last.record.echoes)
    if last.plan.wait or last.plan.check or last.result is None or not alone or story.left is None:
        return
    living = [
        each
        for each in story.left.clusters.values()
        if each.name == operation.name and each.state not in DEAD
    ]
    if len(living) != operation.clusters and not operation.transient:
        yield f"without waiting, it is green, and {len(living)} clusters will be there"
    for cluster in living:
        counts = {name: nodes_by_group(cluster)[name] for name in operation.nodes}
        if counts != dict(operation.nodes):
            yield f"without waiting, it is green, and there will be nodes {counts}"
        if operation.tags is not None and cluster.tags != dict(operation.tags):
            yield f"without waiting, it is green, and there will be tags {cluster.tags}"
