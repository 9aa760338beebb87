# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands for a module of awx.awx: takes its documented options, and writes them down."""

from __future__ import annotations

import json
import os
import pathlib

import yaml
from ansible.module_utils.basic import AnsibleModule


def main() -> None:
    with open(os.environ["AWX_MODULES"], encoding="utf-8") as file:
        modules = yaml.safe_load(file)
    # The copy of this file that Ansible runs is named like the module that it stands for.
    kind = pathlib.Path(__file__).stem.removeprefix("AnsiballZ_").rpartition(".")[2]
    module = AnsibleModule(argument_spec=modules[kind], supports_check_mode=True)
    given = {name: value for name, value in module.params.items() if value is not None}
    with open(os.environ["AWX_RECORD"], "a", encoding="utf-8") as file:
        file.write(json.dumps({"kind": kind, "given": given}) + "\n")
    module.exit_json(changed=True)


if __name__ == "__main__":
    main()
