# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which libraries an action plugin has imported before Ansible forks the process of each task."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import typing as t

import pytest

LIBRARIES = {"requests", "keystoneauth1", "openstack"}
PROGRAM = """
import importlib, json, os, sys
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils import _libraries
_libraries.import_ahead(os.environ)
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
os.environ["HOME"] = "/home/of/the/task"
loader = importlib.import_module("openstack.config.loader")
print(json.dumps(loader.CONFIG_FILES))
"""


def imported(folder: pathlib.Path, **environ: str) -> tuple[set[str], list[str]]:
    """The libraries in a run that starts in C(folder).

    It also tells where a task with another home finds a cloud.
    """
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={
            "HOME": str(folder),
            "PYTHONPATH": ":".join(path for path in sys.path if path),
            **environ,
        },
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    libraries, files = map(json.loads, done.stdout.splitlines())
    return LIBRARIES & set(libraries), files


@pytest.mark.parametrize(
    ("environ", "file", "expected"),
    [
        ({"HUAWEICLOUD_SDK_AK": "HST3EXAMPLE"}, "clouds.yaml", {"requests"}),
        ({}, "playbook.yml", {"requests", "keystoneauth1"}),
        ({}, "clouds.yaml", {"requests", "keystoneauth1", "openstack"}),
        ({}, ".config/openstack/clouds.yml", {"requests", "keystoneauth1", "openstack"}),
        ({"OS_CLOUD": "otc"}, "playbook.yml", {"requests", "keystoneauth1", "openstack"}),
        (
            {"OS_CLIENT_CONFIG_FILE": "/srv/otc.yaml"},
            "playbook.yml",
            {"requests", "keystoneauth1", "openstack"},
        ),
    ],
)
def test_what_the_run_is_likely_to_need(
    tmp_path: pathlib.Path, environ: dict[str, str], file: str, expected: set[str]
) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text("{}")
    assert imported(tmp_path, **environ)[0] == expected


def test_a_task_still_looks_for_clouds_in_a_home_of_its_own(tmp_path: pathlib.Path) -> None:
    files: t.Sequence[str] = imported(tmp_path, OS_CLOUD="otc")[1]
    assert "/home/of/the/task/.config/openstack/clouds.yaml" in files
