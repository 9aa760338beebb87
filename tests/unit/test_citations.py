# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE: not part of the public interface of the collection.

"""Facts that the code cites, such as C(service_v1 4.4) or C(service_v2 V15), stand in the pages.

A citation names a page and what is found on it: sections by number, entries of its lists by letter.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = REPOSITORY / "docs" / "docsite" / "rst"
CITING = [
    path
    for folder in ("plugins", "roles", "tests", "extensions", "playbooks")
    for path in sorted((REPOSITORY / folder).rglob("*"))
    if path.suffix in (".py", ".yml", ".j2") and path != Path(__file__)
]
PLACE = r"(?:\d+(?:\.\d+)?(?![\d-])|[QVE]\d+)"
CITATION = re.compile(
    r"\b(service_(?:v1|v2|login|errors|rights))\b"
    rf"(?:[ ]({PLACE}(?:(?:, and |, | and | to ){PLACE})*))?"
)
#: Forms of citations that name no page. Quirks of API v1.1 are numbered with a Q.
STRAY = re.compile(
    r"\bapi/[\w.-]+\.md\b|\bmrs-v[\d.]+\b|\bquirks?\b|(?<![\w(])\(\d+\.\d+\)|\bQ\d+\b", re.I
)


def anchors(page: str) -> set[str]:
    """The sections and the entries of lists on a page, such as C(4.4) and C(Q23)."""
    text = (PAGES / f"{page}.rst").read_text()
    sections = re.findall(rf"^\.\. _ansible_collections\.\S+\.{page}_([\d_]+):$", text, re.M)
    return {each.replace("_", ".") for each in sections} | set(re.findall(r"_`([A-Z]\d+)`", text))


def dead(text: str) -> list[str]:
    """Citations in C(text) of what no page has."""
    return [
        f"{page} {place}"
        for page, places in CITATION.findall(text)
        for place in re.findall(PLACE, places)
        if place not in anchors(page)
    ]


def stray(text: str) -> list[str]:
    """What looks like a citation, but names no page."""
    return STRAY.findall(CITATION.sub("", text))


def test_each_citation_leads_to_a_page() -> None:
    found = {str(path.relative_to(REPOSITORY)): dead(path.read_text()) for path in CITING}
    assert {path: places for path, places in found.items() if places} == {}


def test_no_citation_is_without_its_page() -> None:
    found = {str(path.relative_to(REPOSITORY)): stray(path.read_text()) for path in CITING}
    assert {path: places for path, places in found.items() if places} == {}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("as the service says (service_v1 4.4, Q23 and 2.1 to 2.3).", []),
        ("as the service says (service_v1 4.44).", ["service_v1 4.44"]),
        ("see service_v1 5.1, service_v2 4.1 and V99", ["service_v2 V99"]),
    ],
)
def test_dead_citations_are_found(text: str, wrong: list[str]) -> None:
    assert dead(text) == wrong


@pytest.mark.parametrize(
    "text", ["(quirk Q23)", "(api/mrs-v1.1.md 4)", "as it is (4.4).", "says so (Q3)"]
)
def test_stray_citations_are_found(text: str) -> None:
    assert stray(text) != []
