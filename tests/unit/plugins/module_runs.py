# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs modules as Ansible does: options in as JSON, a result out as JSON, the process ends."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import typing as t

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common import warnings
from ansible.module_utils.common.parameters import PASS_VARS

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json

try:
    from ansible.module_utils.testing import patch_module_args
except ImportError:  # ansible-core 2.18

    @contextlib.contextmanager
    def patch_module_args(module_args: Json) -> t.Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("ansible.module_utils.common.warnings._global_warnings", [])
            patch.setattr(
                basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": module_args}).encode()
            )
            yield


class ModuleRuns:
    """C(shared): options that every run gets.

    C(logged): what the modules would have written to the system's log.
    """

    def __init__(self, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capture = capture
        self.shared: Json = {}
        self.logged: list[str] = []
        for name in [
            name for name in os.environ if name.startswith(("OS_", "HUAWEICLOUD_", "ANSIBLE_"))
        ]:
            patch.delenv(name)
        # What other tests of the same process have warned of is not ours.
        warned = type(warnings._global_warnings)
        patch.setattr(warnings, "_global_warnings", warned())
        # Other tests of the same process load parts of the controller, where a warning goes to the
        # terminal at once.
        patch.setattr("ansible.module_utils._internal.is_controller", False, raising=False)
        patch.setenv("NO_PROXY", "*")
        patch.setattr(
            basic.AnsibleModule,
            "log",
            lambda module, msg, log_args=None: self.logged.append(str(msg)),
        )

    def run(self, module: str, *, check_mode: bool = False, **given: object) -> Json:
        """The result of one run; C(rc) is the exit status of the process."""
        asked = {"check_mode": check_mode, "diff": True}
        # Ansible-core 2.21 shows the invocation only where it is asked to.
        if "inject_invocation" in PASS_VARS:
            asked["inject_invocation"] = True
        arguments = {
            **self.shared,
            **given,
            **{f"_ansible_{name}": value for name, value in asked.items()},
        }
        main = importlib.import_module(
            f"ansible_collections.huaweicloud.mrs.plugins.modules.{module}"
        ).main
        with patch_module_args(arguments), pytest.raises(SystemExit) as ended:
            main()
        printed = self._capture.readouterr()
        assert printed.err == ""
        result: Json = json.loads(printed.out)
        return {**result, "rc": ended.value.code}
