# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import clean
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.hql import (
    decode_hql,
    encode_hql,
)


@pytest.mark.parametrize(
    ("statement", "encoded"),
    [("show tables;", "gc2hvdyB0YWLsZXM7"), ("$", "gLA=="), (",", "gJA=="), ("", "g")],
)
def test_q21_hql_is_base64_with_j_and_l_swapped_and_a_letter_in_front(
    statement: str, encoded: str
) -> None:
    assert encode_hql(statement) == encoded
    assert decode_hql(encoded) == statement


@pytest.mark.parametrize("front", "aZ0x")
def test_the_letter_in_front_is_arbitrary(front: str) -> None:
    assert decode_hql(front + "c2hvdyB0YWLsZXM7") == "show tables;"


@pytest.mark.parametrize("text", ["show tables;", "select 1", "g===", "g/w=="])
def test_a_text_that_is_not_encoded_comes_back_as_it_is(text: str) -> None:
    assert decode_hql(text) == text


@given(st.text())
def test_every_statement_comes_back(statement: str) -> None:
    assert decode_hql(encode_hql(statement)) == clean(statement)
