# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two tasks give one cluster the same name."""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import CUSTOM, Json
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.on_simulator import Cloud
from mrs_simulator.control import faults

TAKEN: Json = {"error_code": "12000043", "error_msg": "The cluster name already exists."}


def test_a_name_that_somebody_gave_it_meanwhile_is_there() -> None:
    cloud = Cloud()
    identity = cloud.run("mrs_cluster", **CUSTOM)["cluster"]["id"]
    # The name is there, and the service says that it is taken: by this cluster.
    rule = {"kind": "status_after", "method": "PUT", "path": "/cluster-name$"}
    cloud.simulator.faults.rules.append(faults.make_rule({**rule, "status": 400, "body": TAKEN}))
    result = cloud.run("mrs_cluster", id=identity, name="pond")
    assert "failed" not in result, result["msg"]
    assert (result["actions"], result["cluster"]["name"]) == ([], "pond")
    assert cloud.asked("PUT", "/cluster-name") == 1
