# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A list of many executions takes little more memory than its result."""

from __future__ import annotations

import io
import json
import tracemalloc
import typing as t
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import requests.adapters

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.info import (
    JobExecutionInfoTask,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    ManualClock,
    cluster,
    job,
    options,
)

#: Five thousand executions run the same lines, and what traces them takes memory, too.
pytestmark = pytest.mark.no_cover
PAGES = 50
NONE_BY_V2 = json.dumps({"total_record": 0, "job_list": []}).encode()
DETAIL = json.dumps({"cluster": cluster()}).encode()


def page(number: int) -> bytes:
    """As JSON, since each value of an answer is an object of its own."""
    found = [
        job(id=f"c1f2a3b4-{number:04}-{place:03}", create_at=1711540000000 + place)
        for place in range(100)
    ]
    return json.dumps({"totalRecord": PAGES * 100, "job_executions": found}).encode()


class Service(requests.adapters.BaseAdapter):
    """Answers with one page of the list, whichever is asked for first."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = {str(number): page(number) for number in range(1, PAGES + 1)}

    def send(self, request: requests.PreparedRequest, **how: t.Any) -> requests.Response:
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url or "", request
        query = parse_qs(urlsplit(response.url).query)
        number = query.get("current_page", [""])[0]
        response.raw = io.BytesIO(self._pages.get(number, NONE_BY_V2 if query else DETAIL))
        return response

    def close(self) -> None:
        """Nothing is open."""


def listed(session: requests.Session) -> t.Any:
    environment = TaskEnvironment({}, ManualClock(), session=session)
    given = options("mrs_job_execution_info", cluster=CLUSTER)
    return run(JobExecutionInfoTask, given, check_mode=False, environment=environment)[
        "job_executions"
    ]


def test_the_peak_is_little_more_than_the_result() -> None:
    session = requests.Session()
    session.mount("https://", Service())
    assert len(listed(session)) == PAGES * 100  # what is imported and kept once does not count
    tracemalloc.start()
    try:
        executions = listed(session)
        left, peak = tracemalloc.get_traced_memory()
        del executions
        own = left - tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert peak < 1.1 * own
