# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a night decides, by looking at values only."""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.cluster import Cluster
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job import words
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.report import Report
from ansible_collections.huaweicloud.mrs.plugins.module_utils._transient_job.state import (
    DesiredTransientJob,
    Seen,
    check,
    cluster_outcome,
    job_outcome,
    judge,
    recent,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    OTHER,
    RIVAL,
    Json,
    cluster,
    job,
    running_job,
    wanted_job,
)

LOAD, REPORT = wanted_job(name="load"), wanted_job(name="report")
TONIGHT = DesiredTransientJob("etl", (LOAD, REPORT), run="2026-11-28")
NO_RUN = DesiredTransientJob("etl", (LOAD, REPORT))
RAN = job(job_name="load")


def seen(
    state: str,
    *jobs: Json,
    run: str | None = "2026-11-28",
    unread: str | None = None,
    **changes: t.Any,
) -> Seen:
    """A cluster of the name in this state, made by this run, with these executions."""
    given = {
        "tags": f"transient-job={run}" if run else "",
        "chargingStartTime": "1711530046",
        **changes,
    }
    there = Cluster.of(cluster(clusterState=state, **given))
    return Seen(there, tuple(JobExecution.of(each) for each in jobs), unread)


class TestWhatIsMissing:
    @pytest.mark.parametrize("state", ["running", "terminated"])
    def test_a_job_that_ended_well_is_there_be_the_cluster_gone_or_not(self, state: str) -> None:
        situation = judge(TONIGHT, [seen(state, RAN)])
        assert (list(situation.there), situation.missing) == ([0], (1,))

    def test_all_jobs_of_several_clusters_count(self) -> None:
        second = seen("terminated", job(job_name="report", id=RIVAL), clusterId=OTHER)
        situation = judge(TONIGHT, [seen("terminated", RAN), second])
        assert (situation.missing, situation.is_over) == ((), True)

    def test_a_job_that_runs_is_not_there_yet_and_not_begun_again(self) -> None:
        situation = judge(TONIGHT, [seen("running", running_job(job_name="load"))])
        assert situation.missing == (0, 1)
        assert TONIGHT.to_begin(situation) == [REPORT]

    def test_what_ran_on_a_cluster_when_it_was_taken_down_is_missing(self) -> None:
        assert judge(TONIGHT, [seen("terminated", running_job(job_name="load"))]).missing == (0, 1)

    @pytest.mark.parametrize(("rerun", "missing"), [("on_failure", (0, 1)), ("never", (1,))])
    def test_a_job_that_failed_is_missing_as_its_rerun_says(
        self, rerun: str, missing: tuple[int, ...]
    ) -> None:
        night = DesiredTransientJob(
            "etl", (wanted_job(name="load", rerun=rerun), REPORT), run="2026-11-28"
        )
        assert (
            judge(night, [seen("terminated", job(job_name="load", job_final_status=1))]).missing
            == missing
        )

    def test_a_changed_definition_is_another_job(self) -> None:
        assert judge(
            TONIGHT, [seen("running", job(job_name="load", output="s3a://etl/x/"))]
        ).missing == (0, 1)

    def test_a_cluster_that_is_going_is_waited_for_before_its_jobs_are_judged(self) -> None:
        situation = judge(TONIGHT, [seen("terminating", running_job(job_name="load"))])
        assert (len(situation.ending), situation.missing) == (1, (0, 1))

    def test_without_an_identity_what_is_gone_is_another_night(self) -> None:
        situation = judge(NO_RUN, [seen("terminated", RAN, run="yes")])
        assert (situation.missing, situation.gone, situation.own) == ((0, 1), (), None)


class TestWhoseItIs:
    def test_a_living_cluster_of_the_run_is_continued(self) -> None:
        situation = judge(TONIGHT, [seen("running")])
        assert situation.own is not None
        assert situation.leftovers == situation.foreign == ()

    @pytest.mark.parametrize("run", ["2026-11-27", "yes"])
    def test_a_living_cluster_of_another_run_is_left_over(self, run: str) -> None:
        situation = judge(TONIGHT, [seen("running", run=run)])
        assert (situation.own, len(situation.leftovers)) == (None, 1)

    def test_without_identities_running_jobs_of_others_tell_that_it_is_another_run(self) -> None:
        mine, others = running_job(job_name="load"), running_job(job_name="old")
        assert judge(NO_RUN, [seen("running", mine, run="yes")]).leftovers == ()
        assert len(judge(NO_RUN, [seen("running", others, run="yes")]).leftovers) == 1
        assert judge(NO_RUN, [seen("running", job(job_name="old"), run="yes")]).leftovers == ()

    def test_a_living_cluster_without_the_tag_is_somebody_elses(self) -> None:
        situation = judge(TONIGHT, [seen("running", run=None)])
        with pytest.raises(
            MrsError,
            match=f"etl .{CLUSTER}. is there already and does not have the tag transient-job",
        ):
            check(TONIGHT, situation)


class TestRefusals:
    def test_leftover_fail_names_the_cluster_its_run_and_its_jobs(self) -> None:
        night = DesiredTransientJob("etl", (LOAD,), run="2026-11-28", leftover="fail")
        situation = judge(night, [seen("running", running_job(job_name="old"), run="2026-11-27")])
        expected = (
            f"Cluster etl .{CLUSTER}. of run 2026-11-27 is left over .running, .*; jobs: old "
            "running."
        )
        with pytest.raises(MrsError, match=expected):
            check(night, situation)

    @pytest.mark.parametrize(
        "gone",
        [
            seen("terminated"),
            seen("terminated", unread="cluster does not exist"),
            seen(
                "terminated",
                unread="cluster does not exist",
                tags="transient-job=2026-11-28,transient-job-begun=nothing",
            ),
        ],
    )
    def test_jobs_that_may_have_run_on_a_cluster_that_is_gone_are_not_run_again(
        self, gone: Seen
    ) -> None:
        with pytest.raises(
            MrsError, match=r"Whether load, report ran there cannot be known. Nothing was done."
        ):
            check(TONIGHT, judge(TONIGHT, [gone]))

    @pytest.mark.parametrize(
        "gone",
        [
            seen("failed", unread="cluster does not exist"),
            seen("terminated", chargingStartTime="0"),
            seen("terminated", tags="transient-job=2026-11-28,transient-job-begun=nothing"),
            seen("terminated", RAN),
        ],
    )
    def test_where_nothing_can_have_run_or_the_service_tells_it_goes_on(self, gone: Seen) -> None:
        check(TONIGHT, judge(TONIGHT, [gone]))

    def test_what_cannot_be_known_does_not_matter_when_nothing_is_missing(self) -> None:
        report = job(job_name="report", id=RIVAL)
        check(
            TONIGHT,
            judge(TONIGHT, [seen("terminated", unread="gone"), seen("terminated", RAN, report)]),
        )

    @pytest.mark.parametrize(("limit", "fits"), [(965, False), (966, True)])
    def test_no_time_is_given_that_no_creation_has_ever_kept_to(
        self, limit: int, fits: bool
    ) -> None:
        there = [
            seen("terminated", RAN),
            seen("terminated", clusterId=OTHER, chargingStartTime="1711539080"),
        ]
        took = words.shortest_creation(there)
        assert took == 966.0
        night = DesiredTransientJob("etl", (LOAD, REPORT), run="2026-11-28", max_runtime=limit)
        if fits:
            words.check_time(night, took, judge(night, there))
            return
        with pytest.raises(
            OptionError,
            match=r"^transient_job_max_runtime: 965 s are too few: each earlier creation",
        ):
            words.check_time(night, took, judge(night, there))


@pytest.mark.parametrize(
    ("there", "asked", "expected"),
    [
        (None, False, "never_created"),
        (seen("failed"), False, "failed"),
        (seen("terminated", chargingStartTime="0"), False, "failed"),
        (seen("terminated"), False, "deleted"),
        (seen("terminated", chargingStartTime="0"), True, "deleted"),
        (seen("terminating"), False, "deletion_asked"),
        (seen("running"), True, "deletion_asked"),
        (seen("running"), False, "kept"),
        (seen("starting"), False, "kept"),
    ],
)
def test_the_account_of_a_cluster_is_made_of_what_was_seen(
    there: Seen | None, asked: bool, expected: str
) -> None:
    assert cluster_outcome(there.cluster if there else None, asked=asked) == expected


@pytest.mark.parametrize(
    ("execution", "submitted", "expected"),
    [
        (None, False, "not_run"),
        (None, True, "failed"),
        (RAN, True, "ran"),
        (RAN, False, "found"),
        (job(job_final_status=1), True, "failed"),
        (running_job(), True, "failed"),
    ],
)
def test_the_account_of_a_job_is_made_of_what_was_seen(
    execution: Json | None, submitted: bool, expected: str
) -> None:
    assert (
        job_outcome(JobExecution.of(execution) if execution else None, submitted=submitted)
        == expected
    )


def test_an_earlier_night_is_told_of_for_a_day_and_only_to_those_without_an_identity() -> None:
    ended = [seen("terminated", RAN, run="yes")]  # updated at 1711531200
    for hours, night, expected in ((23, NO_RUN, 1), (25, NO_RUN, 0), (1, TONIGHT, 0)):
        now = datetime.fromtimestamp(1711531200 + hours * 3600, UTC)
        assert len(recent(night, ended, now)) == expected
    told = words.describe_recent(ended[0])
    assert told.startswith(
        f"An earlier run ended at 2024-03-27T09:20:00Z with cluster etl ({CLUSTER}) (jobs: load "
        "succ"
    )


def test_what_another_run_never_began_is_told_as_far_as_it_can_be_known() -> None:
    told = words.describe_unbegun(TONIGHT, seen("running", RAN))
    assert told == (
        "Of transient_job_jobs it did not start report; whether it had other jobs is not known."
    )


def test_the_plan_is_told_in_a_sentence() -> None:
    half, done = seen("terminated", RAN), seen("running", RAN, job(job_name="report", id=RIVAL))
    told = [
        words.describe_plan(TONIGHT, judge(TONIGHT, each))
        for each in ([], [half], [done], [seen("running")])
    ]
    assert told == [
        "Would create cluster etl, run load, report on it and delete it.",
        "Found, and not run again: load. Would create cluster etl, run report on it and delete it.",
        "Found, and not run again: load, report. Would delete cluster etl.",
        "Would use cluster etl, run load, report on it and delete it.",
    ]


class TestReport:
    def test_a_cluster_that_stays_is_told_with_the_time_since_when_it_costs_money(self) -> None:
        report = Report(TONIGHT, cluster=seen("running").cluster, reason="It failed.")
        assert report.lines() == [
            f"cluster etl ({CLUSTER}): STILL THERE, costs money since 2024-03-27T09:00:46Z",
            "job load: not run",
            "job report: not run",
            "It failed.",
        ]
        expected = (
            f"It costs money since 2024-03-27T09:00:46Z: the cluster etl ({CLUSTER}) is still "
            "there."
        )
        assert report.sentence() == expected

    @pytest.mark.parametrize(
        ("there", "asked", "line", "sentence"),
        [
            (None, False, "cluster etl: never created", "No cluster etl was created."),
            (
                "failed",
                False,
                "failed, the service removes it",
                "failed, and the service removes it by itself.",
            ),
            ("terminated", True, "deleted after 7 s", "The cluster etl was deleted."),
            (
                "terminated",
                False,
                "deleted before, gone since 2024-03-27T09:20:00Z",
                "The cluster etl is gone.",
            ),
            (
                "terminating",
                True,
                "deletion requested, end not seen",
                "was requested; whether it is finished is not known.",
            ),
        ],
    )
    def test_each_end_has_its_words(
        self, there: str | None, asked: bool, line: str, sentence: str
    ) -> None:
        report = Report(
            TONIGHT, cluster=seen(there).cluster if there else None, asked=asked, runtime=7
        )
        assert report.lines()[0].endswith(line)
        assert report.sentence().endswith(sentence)

    def test_jobs_are_told_with_what_became_of_them(self) -> None:
        found = JobExecution.of(job(job_name="load", job_log="s3a://etl/log/"))
        report = Report(TONIGHT, executions={0: found}, submitted={1})
        assert report.lines()[1:] == [
            "job load: succeeded in 318 s, log in s3a://etl/log/, found: not run again",
            "job report: submitted, its end was not seen",
        ]
        assert [each["outcome"] for each in report.results()["account"]["jobs"]] == [
            "found",
            "failed",
        ]
