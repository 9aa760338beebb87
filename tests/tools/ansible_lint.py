# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ansible-lint, which lets Ansible check the syntax of all playbooks and roles in one process.

Usage: ansible_lint.py, with the options of ansible-lint. It would start ansible-playbook once for
each of them, which takes a second. It still does when Ansible finds fault with one: then it says
which, and where. It also copies each string of a task for each rule, though nobody can change one,
and reads the same patterns of file names again for each file: here it does neither.
"""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
import typing as t

import yaml
from ansible.module_utils._internal import _datatag
from ansiblelint.__main__ import main
from ansiblelint.errors import MatchError
from ansiblelint.file_utils import Lintable
from ansiblelint.runner import Runner
from wcmatch import _wcparse

Matches = list[list[MatchError]]
one_by_one = Runner._map_syntax_check_workers


def play_of(role: Lintable) -> dict[str, t.Any]:
    """A play that imports the role."""
    tasks = [{"ansible.builtin.import_role": {"name": str(role.path.absolute())}}]
    return {"hosts": "localhost", "tasks": tasks}


def all_at_once(
    runner: Runner, worker: t.Callable[[Lintable], list[MatchError]], files: list[Lintable]
) -> Matches:
    """What is wrong with the syntax of the playbooks and roles."""
    playbooks = [str(file.path) for file in files if file.kind == "playbook"]
    roles = [play_of(file) for file in files if file.kind == "role"]
    env: t.Mapping[str, str] = runner.app.runtime.environ
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as of_roles:
        yaml.safe_dump(roles, of_roles)
        command = ["ansible-playbook", "--syntax-check", *playbooks]
        command += [of_roles.name] if roles else []
        checked = subprocess.run(
            command,
            env={**env, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "false"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    if checked.returncode:
        return one_by_one(runner, worker, files)
    print(f"Ansible has checked {len(playbooks)} playbooks and {len(roles)} roles.", flush=True)
    return []


if __name__ == "__main__":
    _datatag._AnsibleTaggedStr.__deepcopy__ = lambda text, _memo: text
    _wcparse.compile = functools.cache(_wcparse.compile)
    Runner._map_syntax_check_workers = all_at_once  # type: ignore[method-assign]
    sys.exit(main(sys.argv))
