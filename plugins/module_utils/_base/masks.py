# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Masks the values of secrets in texts that others have written, as the service masks them.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    BEFORE_VALUE,
    LOGIN_IN_ADDRESS,
    MARKED,
    MASK,
    NAMED,
    QUOTED,
)

#: A marked word in a list of arguments, and inside of one, such as between the quotes of a
#: statement.
_MARKED_IN_LIST = re.compile(r"(?<![\w.])(@[^\s@=,]+)=.*?(?=, |\]$|$)", re.DOTALL)

_WORD = re.compile(rf"{MARKED.pattern}|\S+")

_NAMED_IN_LIST = re.compile(
    rf"({BEFORE_VALUE})(?!\*)({QUOTED}|.+?(?=, |\]$|$))", re.IGNORECASE | re.DOTALL
)

#: What is shown in place of a secret.
_SHOWN_MASKED = re.compile(
    rf"""(?:{BEFORE_VALUE}|(?<!\S)@[^\s@=]+=)\*+(?![^\s,;)\]}}"'])|{re.escape(MASK)}""",
    re.IGNORECASE,
)


def words(text: str) -> list[str]:
    """The words of C(text). A quoted value of a marked word may have blanks in it."""
    return _WORD.findall(text)


def mask_marked(text: str) -> str:
    """C(text) with the values of its marked words masked, as the service shows them."""
    return MARKED.sub(lambda word: word.group().partition("=")[0] + "=*", text)


def mask_listed(text: str) -> str:
    """As C(mask_marked), for the text of a list that API v2 answers, C([a, @password=x, b])."""
    return _MARKED_IN_LIST.sub(r"\1=*", text)


def mask_named(text: str) -> str:
    """As C(mask_marked), and the values of what is named like a secret, and logins in addresses."""
    return _without_logins(NAMED.sub(r"\1*", mask_marked(text)))


def mask_named_in_list(text: str) -> str:
    """As C(mask_named), for the text of a list."""
    return _without_logins(_NAMED_IN_LIST.sub(r"\1*", mask_listed(text)))


def mask_parameters(value: t.Any) -> t.Any:
    """C(value) with the C(parameters) of each script in it masked as arguments of jobs are."""
    if isinstance(value, dict):
        return {
            key: mask_named(item)
            if str(key).lower() == "parameters" and isinstance(item, str)
            else mask_parameters(item)
            for key, item in value.items()
        }
    return [mask_parameters(item) for item in value] if isinstance(value, list) else value


def is_masked(text: str) -> bool:
    """A secret in it is masked: it comes from a result, and nobody can use it."""
    return bool(_SHOWN_MASKED.search(text))


def _without_logins(text: str) -> str:
    return LOGIN_IN_ADDRESS.sub(f"://{MASK}@", text)
