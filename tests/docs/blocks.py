# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The code blocks of a page, and what the comments above them say about running them."""

from __future__ import annotations

import pathlib
import re
import textwrap
import typing as t
from dataclasses import dataclass, field

DIRECTIVE = re.compile(r"^(?P<indent> *)\.\. code-block:: *(?P<language>\S*)$")
COMMENT = re.compile(
    r"^ *\.\. (?P<name>simulator|not run|not logged in|fails)(?:: *(?P<value>.*))?$"
)
OPTION = re.compile(r"^ *:(?P<name>[\w-]+): *(?P<value>.*)$")


@dataclass(frozen=True)
class Block:
    """One code block: its first line in the page, language, options, and the comments above."""

    line: int
    language: str
    text: str
    options: t.Mapping[str, str] = field(default_factory=dict)
    comments: t.Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str | None:
        """The name of the file that the block is, from its caption."""
        return self.options.get("caption")


def blocks_of(page: pathlib.Path) -> list[Block]:
    """All code blocks of a page in order."""
    lines = page.read_text("utf-8").splitlines()
    blocks = []
    comments: dict[str, str] = {}
    number = 0
    while number < len(lines):
        comment, directive = COMMENT.match(lines[number]), DIRECTIVE.match(lines[number])
        number += 1
        if comment:
            comments[comment["name"]] = comment["value"] or ""
        elif directive:
            indent = len(directive["indent"])
            end = next(
                (
                    at
                    for at in range(number, len(lines))
                    if lines[at].strip() and _indent(lines[at]) <= indent
                ),
                len(lines),
            )
            blocks.append(_block(number + 1, directive["language"], lines[number:end], comments))
            comments, number = {}, end
    return blocks


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(line: int, language: str, lines: list[str], comments: dict[str, str]) -> Block:
    options = {}
    while lines and (option := OPTION.match(lines[0])):
        options[option["name"]] = option["value"]
        lines = lines[1:]
    text = textwrap.dedent("\n".join(lines)).strip("\n") + "\n"
    return Block(line, language, text, options, comments)
