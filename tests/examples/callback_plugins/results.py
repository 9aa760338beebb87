# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the answer of each module to the file that MRS_RESULTS names, as JSON on a line."""

from __future__ import annotations

import json
import os
import typing as t

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: results
type: notification
short_description: Keeps the results of the collection's modules
description: Keeps the results of the modules for the check of the documented return values.
"""

PREFIX = "huaweicloud.mrs."


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "results"
    CALLBACK_NEEDS_ENABLED = True

    def _keep(self, result: t.Any) -> None:
        action, path = result._task.action, os.environ.get("MRS_RESULTS")
        if not path or not action.startswith(PREFIX):
            return
        items = (
            result._result.get("results", [result._result])
            if result._task.loop
            else [result._result]
        )
        with open(path, "a", encoding="utf-8") as file:
            for item in items:
                line = {
                    "module": action.removeprefix(PREFIX),
                    "task": result._task.get_name(),
                    "options": sorted(result._task.args),
                    "state": result._task.args.get("state", "present"),
                    "result": item,
                }
                file.write(json.dumps(line, default=str) + "\n")

    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._keep(result)

    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        self._keep(result)
