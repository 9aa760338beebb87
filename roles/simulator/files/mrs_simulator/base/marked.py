# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Words that a user has marked as secret with a leading @, such as @password=x."""

from __future__ import annotations

import re
import typing as t

#: The fields that may have such words.
FIELDS = frozenset({"arguments", "parameters", "hql", "forced_progress"})
_MARKED = re.compile(r"""(?<!\S)@([^\s=]+)=((?:"[^"]*"|'[^']*'|\S)*)""")
#: Shorter values are not looked for elsewhere: they would hide what is no secret.
_SHORTEST = 4


def mask(text: str) -> str:
    """As the service shows arguments: the value of each marked word is hidden."""
    return _MARKED.sub(r"@\1=*", text)


def hide(text: str) -> str:
    """Hide the values of marked words everywhere in a text that is kept or recorded."""
    values = {match[2].strip("\"'") for match in _MARKED.finditer(text)}
    text = mask(text)
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, "*") if len(value) >= _SHORTEST else text
    return text


def masked(document: t.Any, name: str = "") -> t.Any:
    """A copy in which the fields that may have marked words are masked, however deep."""
    if isinstance(document, dict):
        return {key: masked(value, key) for key, value in document.items()}
    if isinstance(document, (list, tuple)):
        return [masked(item, name) for item in document]
    return hide(document) if name in FIELDS and isinstance(document, str) else document
