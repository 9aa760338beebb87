# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE: not part of the public interface of the collection.

"""Files that texts name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
#: Folders that a path begins with, so that it is one of this repository.
FOLDERS = sorted(path.name for path in REPOSITORY.iterdir() if path.is_dir() and path.name not in (".venv", "build"))
NAMED = re.compile(rf"`+((?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]+)`+")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
TEXTS = [
    path
    for pattern in ("*.md", "roles/**/*.md", "tests/**/*.md", "docs/**/*.md", "docs/**/*.rst")
    for path in sorted(REPOSITORY.glob(pattern))
]


def missing(text: Path) -> list[str]:
    """Files that the text names and that are not there."""
    words = text.read_text(encoding="utf-8")
    named = [path for path in NAMED.findall(words) if "NAME" not in path and not (REPOSITORY / path).exists()]
    linked = LINKED.findall(words) if text.suffix == ".md" else []
    return named + [path for path in linked if not (text.parent / path).exists()]


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_each_file_that_a_text_names_is_there(text: Path) -> None:
    assert missing(text) == []


def test_a_file_that_is_not_there_is_found(tmp_path: Path) -> None:
    text = tmp_path / "a.md"
    text.write_text("See `plugins/modules/nosuch.py` and [this](nosuch.md), not [that](https://example.org).")
    assert missing(text) == ["plugins/modules/nosuch.py", "nosuch.md"]
