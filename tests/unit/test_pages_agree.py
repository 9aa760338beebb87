# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# PRIVATE: not part of the public interface of the collection.

"""What two places of the documentation say of one thing is the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = REPOSITORY / "docs" / "docsite" / "rst"
#: The pages of facts quote samples of the vendor.
GUIDES = sorted(
    path
    for path in (*PAGES.glob("*.rst"), *REPOSITORY.glob("roles/*/README.md"))
    if not path.name.startswith("service_")
)
WORDS = {8: "eight", 9: "nine", 10: "ten", 11: "eleven"}


def playbooks(text: str) -> list[str]:
    """The blocks of YAML on a page."""
    pages = re.findall(r"^\.\. code-block:: yaml\S*\n((?:\n|   .*\n)+)", text, re.M)
    return pages + re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_only_jobs_before_mrs_3_have_the_old_form_of_paths(path: Path) -> None:
    old = [block for block in playbooks(path.read_text("utf-8")) if "s3a://" in block]
    assert [block for block in old if "version: MRS 2" not in block] == []


def test_the_page_of_api_v2_counts_what_open_telekom_cloud_publishes() -> None:
    text = (PAGES / "service_v2.rst").read_text("utf-8")
    table = text.partition("- Source of status")[2].partition("A client should take")[0]
    rows = re.findall(r"^   \* - \d+\n(?:     .*\n)*", table, re.M)
    published = [row for row in rows if re.search(r"^     - yes$", row, re.M)]
    assert len(rows) == 40
    assert f"beyond the {WORDS[len(published)]} that it publishes" in text
