# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schedules that broke a promise once, each with what went wrong."""

from __future__ import annotations

import math

import pytest

from ansible_collections.huaweicloud.mrs.tests.faults.schedules import (
    Blow,
    Fault,
    Replica,
    Rival,
    Run,
    Schedule,
)
from ansible_collections.huaweicloud.mrs.tests.faults.search import check

FOUND = {
    # The transport sent it again 45 s after the look; the rival's resize was over by then, and the
    # delta came on top.
    "a resize refused with 429 is made twice": Schedule(
        "grow_both",
        (Run((Fault("429_seconds"),), wait_timeout=30),),
        Rival(turns=((2, 1.0),), faults=(Fault("429_seconds"),)),
        login="keys",
        speed=0.0,
        lag=30.0,
    ),
    # Any change of the cluster, a deletion too, was taken for the effect of the resize whose answer
    # was lost.
    "a deletion is taken for a resize": Schedule(
        "grow_core",
        (Run((Fault("cut_before"),)),),
        blow=Blow("delete_cluster", 6),
        speed=3.0,
        lag=30.0,
    ),
    # A look that was not answered counted as a resize of unknown outcome, and the rival's resize as
    # its effect.
    "a look without an answer is taken for a resize": Schedule(
        "scale_in_chosen",
        (Run((Fault("html_after", "request", 5, 8),), wait=False),),
        Rival(turns=((3, 5.0), (9, math.inf)), faults=(Fault("429_date"),)),
        speed=40.0,
        lag=0.0,
    ),
    # It had acted, but did not show yet; the second request was refused (12000018), and that
    # refusal was all it told.
    "a lost resize is denied when the second one is refused": Schedule(
        "shift", (Run((Fault("late"),), wait=False),), speed=300.0, lag=30.0
    ),
    # Tags were set, removing others failed: actions said that nothing was done.
    "half a change of tags is denied": Schedule(
        "tag", (Run((Fault("502_html", "write", 2, 7),)),), speed=300.0
    ),
    # The deletion was repeated and refused (12000021) while the old state still showed: nobody had
    # deleted it.
    "a deletion whose answer is lost is denied": Schedule(
        "delete", (Run((Fault("504_after"),)),), flavor="hwc", speed=3.0, lag=30.0
    ),
    # The record was gone already, and the task said that it had deleted it.
    "somebody else's deletion of a record is claimed": Schedule(
        "delete_record", blow=Blow("delete_job", 4), speed=0.0
    ),
    # It had ended by the time of the look, which was taken for an end of its own accord.
    "a cancellation whose answer is lost is denied": Schedule(
        "cancel_job", (Run((Fault("cut_after"),)),), speed=0.0
    ),
    # It was claimed, though the record was deleted by somebody else: nobody can tell what ended the
    # job.
    "a cancellation that nobody can tell is claimed": Schedule(
        "cancel_job",
        (Run((Fault("cut_before"),)),),
        blow=Blow("delete_job", 4),
        speed=40.0,
        lag=0.0,
    ),
    # The second request did not reach the service, and that was all that it told.
    "a cancellation whose answer is lost is denied when the second one cannot be sent": Schedule(
        "cancel_job",
        (
            Run(
                (Fault("504_after", "write", 1), Fault("never_sent", "write", 2, 9)),
                wait_timeout=30,
            ),
        ),
        speed=40.0,
        lag=2.0,
    ),
    "a resize whose answer is lost is denied when the second one cannot be sent": Schedule(
        "grow_core",
        (
            Run(
                (Fault("504_after", "write", 1), Fault("never_sent", "write", 2, 9)),
                wait_timeout=30,
            ),
        ),
        speed=300.0,
        lag=300.0,
    ),
    # The twin was still running when its record was to be deleted, stayed as the latest one, and
    # the job ran again.
    "a cancelled twin asks for another run": Schedule(
        "run_job", rival=Rival(machine="elsewhere", turns=((4, 3.0),)), login="token", speed=40.0
    ),
    # A rival's cluster was in the list and terminated when its detail was read: it counted as never
    # having been.
    "a cluster that ends between list and detail is created again": Schedule(
        "create_and_shut_down",
        (Run((Fault("429_seconds", "request", 2),)),),
        Rival(turns=((1, 1.0), (1, 2.0))),
        speed=3.0,
        lag=0.0,
    ),
    # Looks were so slow that the time for looking was over before one showed the change; the next
    # look was not checked.
    "a lost resize is denied when the looks for it are slow": Schedule(
        "scale_out_core",
        (
            Run(
                (
                    Fault("slow", "request", 9, 2),
                    Fault("html_after", "write", 1),
                    Fault("503", "write", 2, 2),
                )
            ),
        ),
        Rival(turns=((1, 1.0),)),
        speed=300.0,
        lag=30.0,
    ),
    # The turn of a task, while another one on the same machine waited for its answers, was waited
    # for without limit.
    "a task waits for its turn beyond its deadline": Schedule(
        "create_and_shut_down",
        (
            Run((Fault("409", "write", 1, 9),), wait_timeout=30),
            Run((Fault("500"), Fault("cut_before", "write", 1, 4)), gap=7.0, wait_timeout=30),
        ),
        Rival(turns=((2, 3.0), (6, 3.0)), faults=(Fault("hang_before", "write", 1, 3),)),
        speed=40.0,
        lag=0.0,
        job="failed",
        seed=2,
    ),
    # A job was offered to a deleted cluster until the time-out, with hundreds of requests.
    "a job waits for a cluster that is gone": Schedule(
        "run_job", blow=Blow("delete_cluster", 1), login="password", speed=0.0, lag=30.0
    ),
    # The verdict wanted another execution, though the job had succeeded while its cluster was
    # deleted at the console.
    "a job that has succeeded on a deleted cluster is wanted again": Schedule(
        "create_and_shut_down",
        (
            Run((Fault("slow"),), gap=100.0, wait_timeout=7200),
            Run(gap=100.0, wait_timeout=7200),
            Run(gap=2000.0, wait_timeout=7200, wait=False),
        ),
        blow=Blow("delete_cluster", 6),
        speed=40.0,
        lag=30.0,
        seed=2,
    ),
    # The list was behind the detail at the end of the wait, and was believed: 6 nodes, and ok.
    "an old list is believed after the wait": Schedule(
        "grow_while_growing",
        (
            Run((Fault("odd_list", "request", 4, 2), Fault("twice_much_later")), wait_timeout=30),
            Run((Fault("twice_much_later"),)),
        ),
        Rival("other", "elsewhere", ((7, 1.0), (7, 5.0), (12, 5.0))),
        flavor="hwc",
        login="keys",
        speed=300.0,
        lag=0.0,
        replica=Replica(30.0),
    ),
    # A second execution was cancelled by mrs_cluster, whose diff had no place for it: a traceback.
    "a cancelled execution breaks the diff of its cluster": Schedule(
        "grow_and_run_job",
        (
            Run(
                (Fault("twice", "request", 4), Fault("hang_before", "write", 1, 9)),
                gap=100.0,
                wait=False,
            ),
            Run((Fault("twice", "request", 4),), gap=100.0, wait=False),
        ),
        Rival("other", "here", ((9, 1.0),)),
        blow=Blow("resize", 11),
        flavor="hwc",
        login="keys",
        speed=40.0,
        lag=0.0,
        seed=2,
    ),
    # The rival deleted the record while the end of the job was waited for: red, though absent is
    # what was wanted.
    "two tasks delete one running job": Schedule(
        "delete_job", rival=Rival(turns=((1, 2.0),)), speed=40.0, lag=0.0
    ),
    # A cluster that was being deleted was taken for one that installs components.
    "a component is claimed that a deletion kept away": Schedule(
        "add_component",
        (Run((Fault("409"),), gap=7.0), Run((Fault("hang_before"),), gap=7.0)),
        blow=Blow("delete_cluster", 1),
        speed=0.0,
        lag=30.0,
        seed=1,
    ),
    # A job that a copy did not know yet was said to be gone.
    "a job is gone for a copy that is behind": Schedule(
        "create_with_steps_and_shut_down",
        rival=Rival(turns=((1, 2.0),)),
        speed=300.0,
        lag=2.0,
        seed=3,
        replica=Replica(30.0, "some"),
    ),
    # An answer that makes no sense showed no task nodes, which was taken for the effect of the
    # resize of core nodes.
    "a resize is claimed since another group shows no nodes": Schedule(
        "scale_in_core",
        (Run((Fault("503", "write", 1, 5), Fault("odd_total", "request", 8)), gap=100.0),),
        blow=Blow("delete_cluster", 8),
        login="keys",
        speed=300.0,
        lag=0.0,
        job="failed",
        seed=3,
    ),
    # The rule counted the switches of two clusters, and what was told of them once.
    "default tags of a cluster and of the next one": Schedule(
        "tag_nodes",
        (Run(gap=2000.0, wait_timeout=30, wait=False, check=True),),
        Rival(machine="elsewhere", turns=((4, 5.0),), faults=(Fault("html_after", "write", 2),)),
        blow=Blow("delete_cluster", 2),
        login="password",
        speed=300.0,
        lag=30.0,
        job="unknown",
        seed=2,
        replica=Replica(30.0),
    ),
    "chosen nodes are taken for kept by a copy that is behind": Schedule(
        "scale_in_chosen",
        (Run((Fault("odd_objects"),)),),
        Rival(
            machine="elsewhere",
            turns=((8, 5.0), (9, 2.0), (9, 2.0)),
            faults=(Fault("never_sent", "write", 1, 9),),
        ),
        blow=Blow("resize", 5),
        speed=40.0,
        lag=30.0,
        seed=3,
        replica=Replica(30.0, "some"),
    ),
    "a component is asked for again and again while a copy is behind": Schedule(
        "add_component",
        (Run((Fault("429_seconds", "write", 1, 9),), gap=100.0), Run(wait=False)),
        flavor="hwc",
        login="password",
        speed=40.0,
        lag=30.0,
        seed=1,
        replica=Replica(30.0, "some"),
    ),
    # A submission waits for another state of the cluster, the synchronisation for its sake did not.
    "a user is synchronised while the cluster is scaled": Schedule(
        "run_job_by_v2",
        (Run(wait_timeout=30, wait=False, check=True),),
        blow=Blow("resize", 2),
        flavor="hwc",
        speed=40.0,
        lag=0.0,
        seed=2,
        replica=Replica(8.0, "all"),
    ),
    # The switch had begun, and a copy that did not know of it yet was taken for its end.
    "the default tags are switched while a copy is behind": Schedule(
        "tag_nodes",
        (Run((Fault("409", "write", 1, 9),)),),
        speed=40.0,
        replica=Replica(8.0, "some"),
    ),
    # 7 nodes: the wait had ended, and what came from a copy then was that of before it.
    "answers of before the wait are believed after it": Schedule(
        "shift_custom",
        (Run(gap=2000.0, wait_timeout=30),),
        Rival(machine="elsewhere", turns=((1, 1.0),)),
        speed=300.0,
        lag=2.0,
        replica=Replica(30.0, "some"),
    ),
    "nodes are taken away again while a copy is behind": Schedule(
        "shrink",
        (Run(wait_timeout=30, wait=False),),
        login="password",
        speed=40.0,
        lag=0.0,
        replica=Replica(30.0, "some"),
    ),
    "a task gives up while a copy is behind": Schedule(
        "grow_while_starting",
        rival=Rival(turns=((1, 1.0),)),
        speed=40.0,
        lag=0.0,
        replica=Replica(30.0, "some"),
    ),
    # The second one was red, since the service refuses a component that is there.
    "two tasks add one component": Schedule(
        "add_component", rival=Rival(turns=((1, 1.0),)), flavor="hwc", speed=0.0, lag=0.0, seed=2
    ),
    # The second one was red, since its name was taken: by the cluster that it was for.
    "two tasks give one cluster the same name": Schedule(
        "rename_and_change_custom",
        rival=Rival(turns=((1, 1.0), (1, 3.0))),
        login="password",
        speed=0.0,
        lag=0.0,
    ),
    # Steps of a creation that was delivered again when its cluster was gone: no run told of the
    # second cluster.
    "a second cluster with steps is not told": Schedule(
        "create_with_steps_and_shut_down",
        (Run((Fault("twice_much_later", "request", 5, 8),), wait=False), Run(gap=100.0)),
        login="keys",
        speed=40.0,
        lag=2.0,
    ),
    # Each look was by turns "scaling-out" and, from the copy, "running": 20 rounds in 15 seconds.
    "a task gives up while a copy shows an earlier state by turns": Schedule(
        "rename_and_change_custom",
        (Run((Fault("kill_after", "write", 2),)),),
        Rival(turns=((1, 1.0),)),
        flavor="hwc",
        login="keys",
        speed=40.0,
        lag=30.0,
        seed=3,
        replica=Replica(30.0, "some"),
    ),
    # It waited for the end of its own execution, which it had cancelled.
    "a task that does not wait waits for a cancellation": Schedule(
        "run_job_by_v2",
        (Run(wait=False),),
        Rival(machine="elsewhere", turns=((3, 3.0), (6, 5.0), (11, 1.0))),
        login="password",
        speed=300.0,
        seed=2,
    ),
    # The network delivered the resize twice, each took no time, and the task was green beside a
    # cluster with too many nodes.
    "without waiting, a resize that was made twice is not told": Schedule(
        "change_with_job_that_has_run",
        (Run((Fault("twice_lost"),), wait=False),),
        login="token",
        speed=0.0,
        lag=0.0,
        job="succeeded",
    ),
    # After a killed task, reads came by turns from a copy without the component; the refusal of the
    # second request ("installed already") was the end.
    "a component that is there is asked for by what a copy shows": Schedule(
        "add_component",
        (
            Run(
                (
                    Fault("429", "write", 2),
                    Fault("kill_after", "request", 5, 2),
                    Fault("500", "write", 2, 7),
                ),
                wait_timeout=30,
                wait=False,
            ),
        ),
        blow=Blow("cancel_job", 6),
        flavor="hwc",
        login="keys",
        lag=2.0,
        job="succeeded",
        seed=1,
        replica=Replica(30.0, "some"),
    ),
    # A mistake of the rule about time: mappings whose answer was lost are sent again, refused since
    # the first request is at work, and looked for once more.
    "a refusal of what was sent again is looked for as long": Schedule(
        "map_agencies",
        (Run((Fault("twice_lost"),), wait=False), Run(check=True), Run(gap=2000.0)),
        flavor="hwc",
        login="password",
        speed=300.0,
        lag=0.0,
    ),
    # Two machines create a data connection in the same moment. The service takes both, and each
    # task after that names both; only somebody who knows them can delete one.
    "two machines make the same data connection": Schedule(
        "connect",
        (Run(),),
        Rival("same", machine="elsewhere", turns=((2, 2.0),)),
        login="token",
        speed=40.0,
        lag=30.0,
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_does_not_happen_again(name: str) -> None:
    check(FOUND[name])
