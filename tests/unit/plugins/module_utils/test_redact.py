# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._redact import (
    marked_words,
    mask_marked,
    mentions,
    redacted,
    secrets_in,
    secrets_of,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wordcount", []),
        ("user@example.com", []),
        ("@password", []),
        ("@=x", []),
        ("@password=", []),
        ("a @password=x b", ["@password=x"]),
        ("@a=1 @b=2", ["@a=1", "@b=2"]),
        ("@password=a=b", ["@password=a=b"]),
        ('@password="a b" c', ['@password="a b"']),
        ("@password='a b' c", ["@password='a b'"]),
        ('@password="a b"c d', ['@password="a b"c']),
        ('@password="a b', ['@password="a']),
        ("@password=x\n@token=y", ["@password=x", "@token=y"]),
    ],
)
def test_marked_words_are_found(text: str, expected: list[str]) -> None:
    assert marked_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), (" a  b ", ["a", "b"]), ('a @p="x y" b@c=d', ["a", '@p="x y"', "b@c=d"])],
)
def test_a_marked_word_is_one_word_with_the_blanks_of_its_value(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("wordcount in out", "wordcount in out"),
        ("run @password=x --to @token=y", "run @password=* --to @token=*"),
        ('@password="a b" c', "@password=* c"),
        ("@password=*", "@password=*"),
        ("", ""),
    ],
)
def test_marked_words_are_masked_as_the_service_shows_them(text: str, masked: str) -> None:
    assert mask_marked(text) == masked


def test_secrets_of_options_are_found_however_deep() -> None:
    value = {"job": {"arguments": ["run", "@a=1"], "count": 3}, "scripts": ({"parameters": "x @b=2"},), "none": None}
    assert secrets_in(value) == {"@a=1", "@b=2"}


def test_a_login_inside_an_address_is_a_secret() -> None:
    assert secrets_in({"endpoint": "ftp://robot:Canary-7@mrs.example.com", "auth": {"auth_url": "https://iam/v3"}}) == {
        "robot:Canary-7"
    }


@pytest.mark.parametrize(
    ("word", "secrets"),
    [
        ("@password=hunter22", {"@password=hunter22", "hunter22"}),
        ('@password="hunter 22"', {'@password="hunter 22"', "hunter 22"}),
        ("@password=abc", {"@password=abc"}),
    ],
)
def test_the_value_of_a_marked_word_is_secret_unless_it_is_too_short_to_tell_apart(
    word: str, secrets: set[str]
) -> None:
    assert secrets_of([word]) == secrets


def test_a_value_of_stars_is_no_secret() -> None:
    assert secrets_of(["@password=****"]) == {"@password=****"}


def test_secrets_are_replaced_however_deep() -> None:
    value = {"msg": "password hunter22 refused", "hunter22": [("x hunter22", 3, None, True)], "count": 22}
    assert redacted(value, {"hunter22"}) == {
        "msg": "password ******** refused",
        "********": [["x ********", 3, None, True]],
        "count": 22,
    }


def test_what_has_no_secret_in_it_is_not_copied() -> None:
    value = [{"name": "etl", "parts": [1, None, "x"]}]
    assert redacted(value, {"hunter22"}) is value


@pytest.mark.parametrize(
    ("value", "is_mentioned"),
    [
        ("x hunter22", True),
        ({"hunter22": 1}, True),
        ([1, {"a": ("b", ["hunter22"])}], True),
        (["hunt", "er22"], False),
        ({"hunt": "er22"}, False),
        (None, False),
    ],
)
def test_a_secret_is_noticed_however_deep(value: t.Any, is_mentioned: bool) -> None:
    assert mentions(value, {"hunter22"}) is is_mentioned


def test_a_number_may_be_a_secret() -> None:
    assert mentions({"id": 4711}, {"4711"})


def test_of_two_secrets_the_longer_one_is_replaced_first() -> None:
    assert redacted("hunter22-admin", {"hunter22", "hunter22-admin"}) == "********"


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_secret_survives(value: t.Any) -> None:
    assert "canary" not in repr(redacted([value, "a canary", {"canary": "canary"}], {"canary"}))
