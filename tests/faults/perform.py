# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One run of an operation over real sockets, in a file that other processes can import."""

from __future__ import annotations

import os
import tempfile
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import run
from ansible_collections.huaweicloud.mrs.tests.faults.operations import OPERATIONS, Json
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import options


def use_folder(folder: str) -> None:
    """In a new process: keep locks here."""
    os.environ["TMPDIR"] = tempfile.tempdir = folder


def perform(operation: str, connection: Json, start: t.Any = None) -> Json:
    """Run the task, after all others are ready to."""
    task = OPERATIONS[operation]
    auth = {
        key: connection[key]
        for key in ("auth_url", "username", "password", "user_domain_name", "project_name")
    }
    given = {
        **task.given("otc"),
        "auth": auth,
        "auth_type": None,
        "project_id": None,
        "endpoint": None,
        "region_name": "eu-de",
        "poll_interval": 0.05,
        "outcome_timeout": 0.1,
    }
    if start is not None:
        start.wait(timeout=300)
    return run(
        task.kind, options(task.module, **given), check_mode=False, environment=TaskEnvironment({})
    )
