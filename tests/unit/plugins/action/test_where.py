# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tasks run inside the controller: by their Python, and by the platform."""

from __future__ import annotations

import pathlib
import sys
import types
import typing as t

import pytest
from ansible.errors import AnsibleActionFail

from ansible_collections.huaweicloud.mrs.plugins.plugin_utils import _in_process
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._in_process import (
    InProcess,
    same_python,
)


@pytest.fixture(name="system")
def _system(tmp_path: pathlib.Path) -> pathlib.Path:
    """The folder of a Python of the system."""
    folder = tmp_path / "usr" / "bin"
    folder.mkdir(parents=True)
    (folder / "python3.11").write_text("")
    (folder / "python3").symlink_to("python3.11")
    return folder


def environment(root: pathlib.Path, python: pathlib.Path, *, copies: bool = False) -> pathlib.Path:
    """The folder of the commands of a virtual environment."""
    commands = root / "bin"
    commands.mkdir(parents=True)
    (root / "pyvenv.cfg").write_text("")
    for name in ("python", "python3", "python3.11"):
        if copies:
            (commands / name).write_text("")
        else:
            (commands / name).symlink_to(python)
    return commands


@pytest.mark.parametrize("copies", [False, True])
def test_the_names_in_one_environment_are_one_python(
    tmp_path: pathlib.Path, system: pathlib.Path, copies: bool
) -> None:
    commands = environment(tmp_path / "venv", system / "python3.11", copies=copies)
    (tmp_path / "link").symlink_to(tmp_path / "venv")
    for name in ("python", "python3", "python3.11", "../bin/python3"):
        assert same_python(str(commands / name), str(commands / "python3"))
    assert same_python(str(tmp_path / "link" / "bin" / "python"), str(commands / "python3"))


def test_two_environments_of_one_python_are_two(
    tmp_path: pathlib.Path, system: pathlib.Path
) -> None:
    one = environment(tmp_path / "one", system / "python3.11")
    two = environment(tmp_path / "two", system / "python3.11")
    assert not same_python(str(one / "python3"), str(two / "python3"))
    assert not same_python(str(one / "python3"), str(system / "python3.11"))


def test_the_links_of_a_system_lead_to_one_python(system: pathlib.Path) -> None:
    assert same_python(str(system / "python3"), str(system / "python3.11"))
    (system / "python3.12").write_text("")
    assert not same_python(str(system / "python3"), str(system / "python3.12"))
    assert not same_python(str(system / "python3"), str(system / "python4"))


def belongs_here(variables: dict[str, t.Any]) -> bool:
    """What a task on the implicit localhost decides."""
    plugin = t.cast(t.Any, InProcess.__new__(InProcess))
    plugin._connection = types.SimpleNamespace(transport="local", become=None)
    plugin._task = types.SimpleNamespace(async_val=0, delegate_to=None)
    plugin._templar = types.SimpleNamespace(template=lambda value: value)
    return t.cast(bool, plugin._belongs_here(variables))


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, True),
        ("linux", {"mrs_in_process": False}, False),
        ("freebsd14", {}, True),
        ("darwin", {}, False),
        ("darwin", {"mrs_in_process": True}, True),
        ("darwin", {"mrs_in_process": "yes"}, True),
        ("darwin", {"mrs_in_process": False}, False),
    ],
)
def test_on_macos_the_user_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, t.Any], expected: bool
) -> None:
    monkeypatch.setattr(_in_process.sys, "platform", platform)
    assert belongs_here(variables) is expected


def test_another_name_of_this_python_is_this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_in_process.sys, "platform", "linux")
    this = pathlib.Path(sys.executable)
    names = [name for name in ("python", "python3") if (this.parent / name).exists()]
    assert names
    for name in names:
        assert belongs_here({"ansible_python_interpreter": str(this.parent / name)})
    assert not belongs_here({"ansible_python_interpreter": "/usr/bin/another-python"})


def test_a_wish_that_is_none_is_refused_on_every_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform in ("linux", "darwin"):
        monkeypatch.setattr(_in_process.sys, "platform", platform)
        with pytest.raises(
            AnsibleActionFail, match="The variable mrs_in_process is true or false, not 'perhaps'"
        ):
            belongs_here({"mrs_in_process": "perhaps"})
