# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lines have at most 100 characters, also in files that no linter measures."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 100
FOLDERS = ("plugins", "roles", "extensions", "playbooks", "tests/tools")
#: What cannot be broken: the line of the licence, which the sanity tests prescribe, an import from
#: a module with a long name, a row of a table, and a command with one long path.
UNBREAKABLE = re.compile(
    r".*GNU General Public License v3\.0\+ .*|from \S+ import \((?:  # noqa: E501)?|\|.*\|"
    r"|pip install -r \S+"
)


def too_long(text: str) -> list[int]:
    """The numbers of the lines that are too long and could be broken."""
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) > LONGEST and not UNBREAKABLE.fullmatch(line)
    ]


def test_no_line_is_longer_than_100_characters() -> None:
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    files = [path for path in inside if path.is_file() and path.suffix != ".pyc"]
    assert len(files) > 300
    found = {
        str(path.relative_to(ROOT)): too_long(path.read_text("utf-8"))
        for path in [*files, ROOT / "Makefile", ROOT / "pyproject.toml"]
    }
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_what_counts() -> None:
    text = f"{'x' * 100}\n{'x' * 101}\n| {'x' * 101} |\nfrom {'x' * 101} import (\n"
    assert too_long(text) == [2]
