# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module's task inside the controller's own process, where that changes nothing.

Starting a second Python costs nine tenths of such a task. The runner, the options and the result
are the module's; what is gained besides is progress on the terminal while a task waits. In every
other case the module runs.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import gc
import inspect
import json
import os
import shutil
import sys
import typing as t

from ansible import constants
from ansible.errors import AnsibleActionFail
from ansible.module_utils.common import json as ansible_json
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import (
    ModuleSpec,
    alias_warnings,
    hidden_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    DependencyError,
    MrsError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    every_spelling,
    mentions,
    secrets_in,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import (
    Clock,
    Observer,
    unobserved,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.connect import TaskEnvironment
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.run import Kind, failure, run
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._libraries import import_ahead
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._progress import ProgressReporter

import_ahead(os.environ)

Result = dict[str, t.Any]
Variables = t.Mapping[str, t.Any]

#: Variables of the user: false runs the modules as any other module; false keeps the terminal
#: quiet.
IN_PROCESS, PROGRESS = "mrs_in_process", "mrs_progress"


class AttendedClock(Clock):
    """The machine's clock in a process whose parent is the play.

    Ansible gives each task a session of its own, so what kills the play with all its group leaves
    its task alive, and nobody would hear of what that goes on to do.
    """

    def __init__(self) -> None:
        self._parent = os.getppid()

    def monotonic(self) -> float:
        self._end_with_the_play()
        return super().monotonic()

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self._end_with_the_play()

    def _end_with_the_play(self) -> None:
        if os.getppid() != self._parent:
            os._exit(1)


class InProcess(ActionBase):  # type: ignore[misc]  # ansible-core has no types
    """An action plugin; a subclass says which module's task and options it has."""

    TASK: Kind
    SPEC: ModuleSpec

    _supports_async = True
    _supports_check_mode = True
    _supports_diff = True

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> Result:
        result: Result = super().run(tmp, task_vars)
        variables = task_vars or {}
        if self._belongs_here(variables):
            gc.freeze()  # else a search for cycles copies what is shared with the play
            # Libraries are loaded before the first request, so the module begins anew. Its Python
            # may have them.
            with contextlib.suppress(DependencyError):
                return {**result, **self._outcome(variables)}
        return {**result, **self._module(variables)}

    def _module(self, variables: Variables) -> Result:
        """What Ansible does for a module that has no action plugin."""
        wrap_async = self._task.async_val and not getattr(
            self._connection, "has_native_async", False
        )
        result: Result = self._execute_module(task_vars=variables, wrap_async=wrap_async)
        if not wrap_async:
            # As Ansible's own plugins do.
            self._remove_tmp_path(self._connection._shell.tmpdir)  # noqa: SLF001
        return result

    def _belongs_here(self, variables: Variables) -> bool:
        """Whether the module would run here, as this user, with this Python; the user may refuse.

        On macOS the user has to ask for it.
        """
        return bool(
            self._connection.transport == "local"
            and not self._connection.become
            and not self._task.async_val
            and self._is_own_python(variables)
            and self._says(IN_PROCESS, variables, default=survives_a_fork(sys.platform))
        )

    def _is_own_python(self, variables: Variables) -> bool:
        """Whether no other Python is asked for.

        Without a wish it is Ansible's own, as for the implicit localhost.
        """
        if self._task.delegate_to:
            variables = variables.get("ansible_delegated_vars", {}).get(self._task.delegate_to, {})
        wanted = constants.config.get_config_value("INTERPRETER_PYTHON", variables=dict(variables))
        path = str(self._templar.template(wanted) or "auto").strip()
        return path.startswith("auto") or same_python(shutil.which(path) or path, sys.executable)

    def _says(self, name: str, variables: Variables, default: bool = True) -> bool:
        value = self._templar.template(variables.get(name, default))
        try:
            return bool(boolean(value))
        except TypeError as exc:
            raise AnsibleActionFail(
                f"The variable {name} is true or false, not {value!r}."
            ) from exc

    def _outcome(self, variables: Variables) -> Result:
        """The result as the module would give it.

        :raises DependencyError: a library is missing here.
        """
        sent = _as_sent(self._task.args)
        try:
            validation = ArgumentSpecValidator(**self.SPEC.arguments()).validate(
                self.SPEC.understood(sent)
            )
        except OptionError as error:
            return self._shown(sent, failure(error), (), variables, self._secrets(sent))
        params = validation.validated_parameters
        if validation.error_messages:
            result = self._refusal(validation)
        else:
            result = self._run(params, self._observer(variables))
        warnings = alias_warnings(validation)
        return self._shown(params, result, warnings, variables, self._secrets(params))

    def _shown(
        self,
        params: Result,
        result: Result,
        warnings: t.Iterable[str],
        variables: Variables,
        hidden: t.Collection[str],
    ) -> Result:
        """The result with what Ansible adds to those of modules, and without secrets."""
        said = list(dict.fromkeys([*warnings, *result.pop("warnings", ())]))
        whole = dict(result)
        if _shows_invocation(variables):
            whole["invocation"] = {"module_args": self.SPEC.shown(params)}
        if said:
            whole["warnings"] = said
        shown = {key: _without(value, hidden) for key, value in whole.items()}
        if shown.get("failed"):
            return self._as_of_module(shown)
        return shown

    def _secrets(self, params: Result) -> t.Collection[str]:
        return every_spelling({*hidden_in(self.SPEC.options, params), *secrets_in(params)})

    def _run(self, params: Result, observer: Observer) -> Result:
        environ: dict[str, t.Any] = {}
        self._compute_environment_string(environ)
        with _like_a_child(environ, self._loader.get_basedir()):
            environment = TaskEnvironment(os.environ, AttendedClock(), observer)
            try:
                return run(
                    self.TASK, params, check_mode=self._task.check_mode, environment=environment
                )
            except DependencyError:
                raise
            except MrsError as error:
                return failure(error)

    def _refusal(self, validation: t.Any) -> Result:
        """As AnsibleModule words it."""
        text = validation.errors.msg
        if isinstance(validation.errors[0], UnsupportedError):
            text = f"Unsupported parameters for ({self._task.action}) module: {text}"
        return {"failed": True, "msg": text}

    def _as_of_module(self, result: Result) -> Result:
        """A failure in the form that ansible-core gives those of modules.

        Ansible words a failure by where it comes from.
        """
        output = {
            "stdout": json.dumps(result),
            "stdout_lines": [],
            "stderr": "",
            "stderr_lines": [],
            "rc": 1,
        }
        profile = (
            ["legacy"]
            if "profile" in inspect.signature(self._parse_returned_data).parameters
            else []
        )
        parsed = self._parse_returned_data(output, *profile)
        as_dict = getattr(parsed, "as_result_dict", None)  # since ansible-core 2.21 it is an object
        return t.cast(Result, as_dict(for_round_trip=True) if as_dict else parsed)

    def _observer(self, variables: Variables) -> Observer:
        if self._task.no_log or not self._says(PROGRESS, variables):
            return unobserved
        # What runs Ansible may read a result from the standard output.
        return ProgressReporter(
            self._task.action, lambda line: self._display.display(line, stderr=True)
        )


def survives_a_fork(platform: str) -> bool:
    """Requests can be sent in the process that Ansible forks for each task.

    On macOS the system ends a forked process that uses certain of its libraries, and nobody can
    tell beforehand which part of Python or of a library does.
    """
    return platform != "darwin"


def same_python(one: str, other: str) -> bool:
    """Whether two paths lead to the same Python with the same libraries.

    Such are C(python) and C(python3) of one environment.
    """
    return _identity(one) == _identity(other)


def _identity(path: str) -> str:
    """The virtual environment of a Python; without one, the file behind all links.

    One environment has one Python under several names.
    """
    folder = os.path.dirname(os.path.abspath(path))
    for prefix in (folder, os.path.dirname(folder)):  # as Python looks for it (PEP 405)
        if os.path.isfile(os.path.join(prefix, "pyvenv.cfg")):
            return os.path.realpath(prefix)
    return os.path.realpath(path)


def _as_sent(args: Variables) -> Result:
    """The options as they would reach the module's process.

    Values are plain, dates are text, and keys are text.
    """
    if hasattr(ansible_json, "get_module_encoder"):
        way = ansible_json.Direction.CONTROLLER_TO_MODULE
        sent = json.dumps(args, cls=ansible_json.get_module_encoder("legacy", way))
        return t.cast(Result, json.loads(sent, cls=ansible_json.get_module_decoder("legacy", way)))
    # ansible-core 2.18
    return t.cast(
        Result,
        json.loads(json.dumps(args, cls=ansible_json.AnsibleJSONEncoder, vault_to_text=True)),
    )


def _without(value: t.Any, hidden: t.Collection[str]) -> t.Any:
    """A value of the result as AnsibleModule shows it.

    It copies everything, be there a secret or not.
    """
    is_plain = value is None or isinstance(value, bool)
    return value if is_plain or not mentions(value, hidden) else remove_values(value, hidden)


def _shows_invocation(variables: Variables) -> bool:
    """A setting since ansible-core 2.21; before, every module does."""
    name = "INJECT_INVOCATION"
    is_setting = constants.config.get_configuration_definition(name) is not None
    return not is_setting or bool(
        constants.config.get_config_value(name, variables=dict(variables))
    )


@contextlib.contextmanager
def _like_a_child(environ: Variables, folder: str) -> t.Iterator[None]:
    """The environment and the folder that the module's process would have.

    Each task has a process of its own, so nobody else sees them; libraries look there for proxies
    and clouds.yaml.
    """
    before, folder_before = dict(os.environ), os.getcwd()
    os.environ.update({name: str(value) for name, value in environ.items()})
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(folder_before)
        os.environ.clear()
        os.environ.update(before)
