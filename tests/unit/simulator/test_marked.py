# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is kept of words that are marked as secret."""

from __future__ import annotations

import pytest

from mrs_simulator.base.marked import hide


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("wordcount @password=Secret-1", "wordcount @password=*"),
        ("select '@k=Secret-1'; @p=Secret-1", "select '@k=*'; @p=*"),
        ("copy Secret-1 @p='Secret-1'", "copy * @p=*"),
        ("table t1 @p=1", "table t1 @p=*"),
        ("me@example.com", "me@example.com"),
    ],
)
def test_the_value_of_a_marked_word_is_kept_nowhere(said: str, kept: str) -> None:
    assert hide(said) == kept
