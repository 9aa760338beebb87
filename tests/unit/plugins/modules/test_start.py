# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A module's own process begins: from the archive of Ansible, on whatever Python there is."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import zipfile

import pytest

PLUGINS = pathlib.Path(__file__).resolve().parents[4] / "plugins"
PACKAGE = "ansible_collections/huaweicloud/mrs/plugins"
PROGRAM = """
import collections, importlib, json, os, sys
import ansible.module_utils.basic, requests
compiled = collections.Counter()
def note(event, arguments):
    if event == "compile" and arguments[1]:
        compiled[os.fsdecode(arguments[1])] += 1
sys.addaudithook(note)
sys.path.insert(0, sys.argv[1])
importlib.import_module("ansible_collections.huaweicloud.mrs.plugins.modules." + sys.argv[2])
ours = {
    os.path.relpath(path, sys.argv[1]): times
    for path, times in compiled.items()
    if path.startswith(sys.argv[1])
}
print(json.dumps(ours))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("archive") / "module.zip"
    with zipfile.ZipFile(path, "w") as file:
        for folder in (
            *list(pathlib.PurePath(PACKAGE).parents)[:-1],
            PACKAGE,
            f"{PACKAGE}/modules",
        ):
            file.writestr(f"{folder}/__init__.py", "")
        file.writestr(f"{PACKAGE}/module_utils/__init__.py", "")
        for source in [*PLUGINS.glob("modules/*.py"), *PLUGINS.glob("module_utils/**/*.py")]:
            file.write(source, f"{PACKAGE}/{source.relative_to(PLUGINS)}")
    return path


MODULES = sorted(source.stem for source in PLUGINS.glob("modules/*.py"))
ON_AN_OLD_PYTHON = """
import importlib, sys
sys.version_info, sys.executable = (3, 9, 18, "final", 0), "/usr/bin/python3"
sys.path.insert(0, sys.argv[1])
importlib.import_module("ansible_collections.huaweicloud.mrs.plugins.modules." + sys.argv[2])
"""


def python(program: str, archive: pathlib.Path, module: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, str(archive), module],
        env={
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("module", MODULES)
def test_each_file_of_ours_is_compiled_once(archive: pathlib.Path, module: str) -> None:
    """Python compiles each twice, which took most of the time of a module's own imports."""
    compiled = json.loads(python(PROGRAM, archive, module).stdout)
    utils = {
        path: times
        for path, times in compiled.items()
        if path.startswith(f"{PACKAGE}/module_utils/_")
    }
    # They come before.
    del (
        utils[f"{PACKAGE}/module_utils/__init__.py"],
        utils[f"{PACKAGE}/module_utils/_start.py"],
    )
    assert len(utils) > 10
    assert set(utils.values()) == {1}


@pytest.mark.parametrize("module", MODULES)
def test_a_python_that_is_too_old_is_refused_in_one_sentence(
    archive: pathlib.Path, module: str
) -> None:
    ended = python(ON_AN_OLD_PYTHON, archive, module)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert json.loads(ended.stdout) == {
        "failed": True,
        "msg": "This module needs Python 3.11 or newer where the task runs, and /usr/bin/python3 "
        "is Python 3.9. Set ansible_python_interpreter to a newer one.",
    }
