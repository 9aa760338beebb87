# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The border to Ansible's modules: the one place where a result leaves and where an error becomes C(fail_json).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import os
import typing as t

from ansible.module_utils.basic import AnsibleModule  # type: ignore[import-untyped]
from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import ModuleSpec
from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import MrsError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._redact import marked_words, secrets_of
from ansible_collections.huaweicloud.mrs.plugins.module_utils._run import Surroundings, Task, run


class Module(AnsibleModule):  # type: ignore[misc]  # ansible-core has no types
    """Knows the marked words among the options as secrets before it logs how it was called."""

    def _log_invocation(self) -> None:
        self.no_log_values.update(secrets_of(_marked_in(self.params)))
        super()._log_invocation()


def run_module(kind: type[Task], spec: ModuleSpec) -> None:
    """Run the task and leave the process with its result."""
    module = Module(supports_check_mode=True, **spec.arguments())
    try:
        result = run(kind, module.params, check_mode=module.check_mode, surroundings=Surroundings(os.environ))
    except MrsError as error:
        for warning in error.facts.pop("warnings", ()):
            module.warn(warning)
        module.fail_json(**error.failure())
    for warning in result.pop("warnings"):
        module.warn(warning)
    module.exit_json(**result)


def _marked_in(value: t.Any) -> t.Iterator[str]:
    """The marked words in every text of the options."""
    if isinstance(value, str):
        yield from marked_words(value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _marked_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _marked_in(item)
