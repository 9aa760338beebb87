# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An action that tells the simulator how to behave: ansible.builtin.uri starts a process for it."""

from __future__ import annotations

import json
import typing as t
import urllib.request

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    """Sends C(body) as JSON. An answer that is no success fails the task."""

    def run(self, tmp: t.Any = None, task_vars: t.Any = None) -> dict[str, t.Any]:
        given = self._task.args
        request = urllib.request.Request(
            given["url"],
            json.dumps(given["body"]).encode(),
            {"Content-Type": "application/json"},
            method=given["method"],
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return {**super().run(tmp, task_vars), "status": answer.status}
