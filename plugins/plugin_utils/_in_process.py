# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module's task inside the controller's own process, where the module would run on the controller anyway.

Starting a second Python costs nine tenths of such a task. The runner, the options and the result are the module's; what
is gained besides is progress on the terminal while a task waits.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import os
import sys
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import ModuleSpec
from ansible_collections.huaweicloud.mrs.plugins.module_utils._redact import marked_in, secrets_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._run import Surroundings, Task, outcome
from ansible_collections.huaweicloud.mrs.plugins.module_utils._wait import Progress

Result = dict[str, t.Any]

#: Set this variable to false to run the modules as any other module.
SWITCH = "mrs_in_process"


class InProcess(ActionBase):  # type: ignore[misc]  # ansible-core has no types
    """An action plugin; a subclass says which module's task and options it has."""

    TASK: type[Task]
    SPEC: ModuleSpec

    _supports_async = True
    _supports_check_mode = True
    _supports_diff = True

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        result: Result = super().run(tmp, task_vars)
        variables = task_vars or {}
        if not self._belongs_here(variables):
            module = self._execute_module(task_vars=variables, wrap_async=self._task.async_val)
            return {**result, **module}
        return {**result, **self._outcome()}

    def _belongs_here(self, variables: t.Mapping[str, t.Any]) -> bool:
        """The module would run on this machine, as this user, with this Python, and the user did not object."""
        return bool(
            self._connection.transport == "local"
            and not self._play_context.become
            and not self._task.async_val
            and self._is_own_python(variables.get("ansible_python_interpreter"))
            and boolean(self._templar.template(variables.get(SWITCH, True)))
        )

    def _is_own_python(self, wanted: t.Any) -> bool:
        path = str(self._templar.template(wanted)) if wanted else "auto"
        return path.startswith("auto") or os.path.abspath(path) == os.path.abspath(sys.executable)

    def _outcome(self) -> Result:
        """The result as the module would give it."""
        validation = ArgumentSpecValidator(**self.SPEC.arguments()).validate(self._task.args)
        params = validation.validated_parameters
        hidden = set(validation._no_log_values) | secrets_of(marked_in(params))
        if validation.error_messages:
            result = self._refusal(validation)
        else:
            environ: dict[str, str] = {}
            self._compute_environment_string(environ)
            surroundings = Surroundings({**os.environ, **environ}, observer=self._show)
            result = outcome(self.TASK, params, check_mode=self._task.check_mode, surroundings=surroundings)
        warnings = [*(result.pop("warnings", [])), *self._alias_warnings(validation)]
        shown: Result = remove_values({**result, "invocation": {"module_args": params}}, hidden)
        return {**shown, **({"warnings": warnings} if warnings else {})}

    def _refusal(self, validation: t.Any) -> Result:
        """As AnsibleModule words it."""
        text = validation.errors.msg
        if isinstance(validation.errors[0], UnsupportedError):
            text = f"Unsupported parameters for ({self._task.action}) module: {text}"
        return {"failed": True, "msg": text}

    def _alias_warnings(self, validation: t.Any) -> list[str]:
        return [f"Both option {each['option']} and its alias {each['alias']} are set." for each in validation._warnings]

    def _show(self, progress: Progress) -> None:
        """One line for each stage of a wait, such as "mrs_cluster etl: Installing MRS Manager (6 min 10 s)"."""
        minutes, seconds = divmod(round(progress.elapsed), 60)
        passed = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
        self._display.display(
            f"{self._task.action.rpartition('.')[2]}, {progress.subject}: {progress.stage} ({passed})"
        )
