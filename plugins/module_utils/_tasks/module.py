# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The border to Ansible's modules: options come in here, and results leave from here.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import gc
import os
import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import ModuleSpec, hidden_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    every_spelling,
    secrets_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import (
    Kind,
    failure,
    outcome,
)


class Module(AnsibleModule):  # type: ignore[misc]  # ansible-core has no types
    """Reads every form of the options; knows all secrets in them before it logs or refuses one."""

    def __init__(self, spec: ModuleSpec) -> None:
        self._spec = spec
        super().__init__(supports_check_mode=True, **spec.arguments())

    def _set_internal_properties(self, *args: t.Any, **kwargs: t.Any) -> None:
        """The options are complete then, and Ansible has not looked at them."""
        super()._set_internal_properties(*args, **kwargs)
        try:
            self.params: dict[str, t.Any] = self._spec.understood(self.params)
        except OptionError as error:
            self._hide()
            self.params = self._spec.shown(self.params)
            self.leave(failure(error))

    def _log_invocation(self) -> None:
        self._hide()
        given, self.params = self.params, self._spec.shown(self.params)
        super()._log_invocation()
        self.params = given

    def fail_json(self, *args: t.Any, **kwargs: t.Any) -> t.NoReturn:
        self._hide()
        self.params = self._spec.shown(getattr(self, "params", {}))
        super().fail_json(*args, **kwargs)
        raise AssertionError  # fail_json ends the process

    def leave(self, result: dict[str, t.Any]) -> t.NoReturn:
        gc.freeze()  # else Python searches all that it has loaded for cycles before it ends
        for warning in result.pop("warnings"):
            self.warn(warning)
        if result.pop("failed", False):
            self.fail_json(**result)
        self.exit_json(**result)
        raise AssertionError  # exit_json ends the process

    def _hide(self) -> None:
        params = getattr(self, "params", {})  # a refusal may come before they are read
        self.no_log_values.update(
            every_spelling({*hidden_in(self._spec.options, params), *secrets_in(params)})
        )


def run_module(kind: Kind, spec: ModuleSpec) -> None:
    """Run the task and leave the process with its result."""
    module = Module(spec)
    module.leave(
        outcome(
            kind,
            module.params,
            check_mode=module.check_mode,
            environment=TaskEnvironment(os.environ),
        )
    )
