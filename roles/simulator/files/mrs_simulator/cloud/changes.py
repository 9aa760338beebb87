# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What both APIs share when they change a cluster that is there (service_v1 4.4, service_v2 5)."""

from __future__ import annotations

from mrs_simulator.base.errors import Refusal
from mrs_simulator.cloud.call import Call
from mrs_simulator.state.resources import Cluster, Pending
from mrs_simulator.state.transitions import actual_state

SCALING = ("scaling-out", "scaling-in")


def check_running(call: Call, cluster: Cluster) -> None:
    """:raises Refusal: it is not running, or is being scaled."""
    state = actual_state(cluster)
    if state in SCALING:
        raise Refusal("12000018")
    if state != "running":
        raise Refusal(call.settings.not_running_code, f"State: {state}.")


def start(call: Call, cluster: Cluster, pending: Pending) -> None:
    """Begin a resize."""
    pending.begins = call.now + call.settings.lag_of(pending.what)
    pending.ends = pending.begins + call.settings.duration(pending.what)
    if call.settings.next_scale == "error":
        call.settings.next_scale = "ok"
        pending.cause = call.settings.failure_cause
    cluster.scale = cluster.stage = ""
    cluster.pending = pending
