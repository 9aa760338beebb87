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
FOLDERS = sorted(
    path.name
    for path in REPOSITORY.iterdir()
    if path.is_dir() and path.name not in (".venv", "build")
)
NAMED = re.compile(rf"`+((?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]+)`+")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
#: Files of this repository by their full address, which pages of Galaxy need.
OWN = re.compile(r"https://github\.com/huaweicloud/ansible-collection-mrs/blob/main/([\w./-]*\w)")
TEXTS = [
    path
    for pattern in ("*.md", "roles/**/*.md", "tests/**/*.md", "docs/**/*.md", "docs/**/*.rst")
    for path in sorted(REPOSITORY.glob(pattern))
]


def missing(text: Path) -> list[str]:
    """Files that the text names and that are not there."""
    words = text.read_text(encoding="utf-8")
    named = [
        path
        for path in NAMED.findall(words)
        if "NAME" not in path and not (REPOSITORY / path).exists()
    ]
    linked = LINKED.findall(words) if text.suffix == ".md" else []
    own = [path for path in OWN.findall(words) if not (REPOSITORY / path).exists()]
    return named + own + [path for path in linked if not (text.parent / path).exists()]


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_each_file_that_a_text_names_is_there(text: Path) -> None:
    assert missing(text) == []


def test_a_file_that_is_not_there_is_found(tmp_path: Path) -> None:
    text = tmp_path / "a.md"
    address = "https://github.com/huaweicloud/ansible-collection-mrs/blob/main/nosuch.rst#part"
    text.write_text(
        "See `plugins/modules/nosuch.py` and [this](nosuch.md), not [that](https://example.org), "
        f"{address}"
    )
    assert missing(text) == ["plugins/modules/nosuch.py", "nosuch.rst", "nosuch.md"]


def test_the_readme_links_by_whole_addresses_and_does_not_install_ansible() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("https://")] == []
    assert "pip install ansible-core" not in text


def test_the_readme_has_the_sections_of_certification_in_their_order() -> None:
    sections = re.findall(
        r"^## (.+)$", (REPOSITORY / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert sections == [
        "Description",
        "Requirements",
        "Installation",
        "Use cases",
        "Testing",
        "Contributing",
        "Support",
        "Release notes and roadmap",
        "Related information",
        "License information",
    ]
