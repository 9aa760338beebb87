# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the state and the final status of a run say together."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)


def job(state: int, final: int | None) -> JobExecution:
    return JobExecution.of({"id": "j", "job_state": state, "job_final_status": final})


@pytest.mark.parametrize(
    ("state", "final", "succeeded", "lacks_result"),
    [
        (3, 2, True, False),
        (3, 1, False, False),
        (3, 0, False, True),
        (3, None, False, True),
        (2, 0, False, False),
        (2, 2, False, False),
        (4, 0, False, False),
        (4, 2, False, False),
    ],
)
def test_only_a_completed_run_succeeds_or_has_a_result_to_come(
    state: int, final: int | None, succeeded: bool, lacks_result: bool
) -> None:
    assert (job(state, final).succeeded, job(state, final).lacks_result) == (
        succeeded,
        lacks_result,
    )


@pytest.mark.parametrize(
    ("state", "final", "ended"),
    [
        (2, 2, "completed"),
        (2, 0, "terminated"),
        (2, 1, "terminated"),
        (2, None, "terminated"),
        (4, 2, "abnormal"),
        (3, 1, "completed"),
    ],
)
def test_a_run_ends_with_its_cluster_unless_it_had_ended(
    state: int, final: int | None, ended: str
) -> None:
    assert job(state, final).ended_with_its_cluster().state == ended
