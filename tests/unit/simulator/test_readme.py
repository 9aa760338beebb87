# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The README has every option, setting, fault and path, and first what is not simulated."""

from __future__ import annotations

import pathlib
import re

import pytest

import mrs_simulator
from mrs_simulator.__main__ import TRANSITIONS, main
from mrs_simulator.control.faults import KINDS
from mrs_simulator.control.paths import ACTIONS
from mrs_simulator.settings import PATCHABLE

README = pathlib.Path(mrs_simulator.__file__).with_name("README.md").read_text("utf-8")


def test_it_says_first_what_is_not_simulated() -> None:
    assert re.findall(r"^## (.*)$", README, re.MULTILINE)[0] == "What is not simulated"


def test_every_setting_fault_and_control_path_is_documented() -> None:
    words = set(re.findall(r"[\w-]+", README))
    assert [name for name in PATCHABLE if name not in words] == []
    assert [kind for kind in KINDS if f"`{kind}`" not in README] == []
    assert [path for _method, path in ACTIONS if f"$S/{path}" not in README] == []


def test_every_option_is_documented(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert len(options) >= 9 + len(TRANSITIONS)
    assert [option for option in sorted(options) if f"`{option}" not in README] == []
