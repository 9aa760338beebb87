# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t
from datetime import UTC, datetime, timedelta

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import (
    Raw,
    iso_time,
    keys_of,
)


@pytest.mark.parametrize(
    "spelling", ["GroupName", "groupName", "group_name", "groupname", "GROUPNAME"]
)
def test_q6_one_object_mixes_three_spellings(spelling: str) -> None:
    assert Raw({spelling: "core"}).text("GroupName") == "core"


@pytest.mark.parametrize(
    "spelling", ["mrsManagerFinish", "isMrsManagerFinish", "ismrsManagerFinish"]
)
def test_q7_keys_with_a_leading_is(spelling: str) -> None:
    assert Raw({spelling: True}).flag("mrsManagerFinish") is True


def test_a_key_that_just_begins_with_is_keeps_it() -> None:
    assert Raw({"isPublic": True}).flag("public") is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("3", 3),
        (3, 3),
        (3.0, 3),
        ("3.0", 3),
        (" 3 ", 3),
        ("0", 0),
        ("", None),
        (None, None),
        ("many", None),
        ([], None),
        ({}, None),
        ("nan", None),
        ("inf", None),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        ("1" * 400, None),
        (2**53, 9007199254740992),
        (2**53 + 2, None),
        (True, None),
        (False, None),
    ],
)
def test_q8_numbers_come_as_texts(value: t.Any, number: int | None) -> None:
    assert Raw({"coreNodeNum": value}).integer("coreNodeNum") == number


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        ("0", False),
        ("1", True),
        (0, False),
        (1, True),
        (True, True),
        (False, False),
        ("true", True),
        ("False", False),
        ("", None),
        (None, None),
        ("maybe", None),
        (2, None),
        (float("nan"), None),
        ([], None),
    ],
)
def test_q9_flags_come_as_numbers_and_texts(value: t.Any, flag: bool | None) -> None:
    assert Raw({"safeMode": value}).flag("safeMode") is flag


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("1711529080", "2024-03-27T08:44:40Z"),
        (1711529080, "2024-03-27T08:44:40Z"),
        (1711529080123, "2024-03-27T08:44:40Z"),
        ("1711529080123", "2024-03-27T08:44:40Z"),
        ("2017-06-22T06:23:51", "2017-06-22T06:23:51Z"),
        ("2017-06-22T06:23:51Z", "2017-06-22T06:23:51Z"),
        ("2017-06-22T08:23:51+02:00", "2017-06-22T06:23:51Z"),
        ("2013-10-15 14:25:04.970513", "2013-10-15T14:25:04Z"),
        ("0", None),
        (0, None),
        (-1, None),
        ("", None),
        (None, None),
        ("Fri, 09 Dec 2016", None),
        (1e300, None),
        ([1], None),
        (10**400, None),
        (float("nan"), None),
        (True, None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
    ],
)
def test_q13_three_clocks(value: t.Any, time: str | None) -> None:
    assert iso_time(Raw({"createAt": value}).time("createAt")) == time


def test_times_are_shown_to_the_second_in_utc() -> None:
    assert iso_time(datetime(2024, 3, 27, 8, 44, 40, 999999, tzinfo=UTC)) == "2024-03-27T08:44:40Z"


def test_times_know_that_they_are_utc() -> None:
    moment = Raw({"at": "2017-06-22T08:23:51+02:00"}).time("at")
    assert moment is not None
    assert moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize("empty", [{}, {"remark": None}, {"remark": ""}])
def test_q40_null_empty_and_missing_mean_the_same(empty: dict[str, t.Any]) -> None:
    raw = Raw(empty)
    assert raw.get("remark") is None
    assert raw.text("remark") is None
    assert raw.integer("remark") is None
    assert raw.flag("remark") is None
    assert raw.time("remark") is None
    assert raw.items("remark") == []


def test_has_tells_a_null_from_a_missing_key() -> None:
    assert Raw({"bootstrap_scripts": None}).has("bootstrapScripts") is True
    assert Raw({}).has("bootstrapScripts") is False


@pytest.mark.parametrize("answer", [{"cluster": {"clusterId": "4f0c"}}, {"clusterId": "4f0c"}])
def test_q5_an_answer_is_wrapped_or_not(answer: dict[str, t.Any]) -> None:
    assert Raw(answer).unwrapped("cluster").text("clusterId") == "4f0c"


@pytest.mark.parametrize("answer", [None, [], "text", 3])
def test_what_is_no_object_has_nothing_in_it(answer: t.Any) -> None:
    assert Raw(answer).get("clusterId") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (3, "3"), (1.5, "1.5"), (True, None), ([], None), ({"a": 1}, None)],
)
def test_texts_are_texts_or_numbers(value: t.Any, text: str | None) -> None:
    assert Raw({"key": value}).text("key") == text


def test_items_are_the_objects_of_a_list() -> None:
    raw = Raw({"hosts": [{"id": "a"}, {"id": "c"}], "other": None})
    assert [item.text("id") for item in raw.items("hosts")] == ["a", "c"]
    assert raw.items("other") == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"id": "d"}, "hosts is an object, not a list"),
        (5, "hosts is a number, not a list"),
        ("a,b", "hosts is a text, not a list"),
        (False, "hosts is false, not a list"),
        ([{"id": "a"}, None], "hosts has an item that is null, not an object"),
        ([["a"]], "hosts has an item that is a list, not an object"),
    ],
)
def test_items_of_something_else_are_nonsense(value: t.Any, problem: str) -> None:
    for read in (Raw({"hosts": value}).items, Raw({"hosts": value}).objects):
        with pytest.raises(NonsenseError) as caught:
            read("hosts")
        assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("answer", "problem"),
    [({}, "hosts is missing, not a list"), ({"hosts": None}, "hosts is null, not a list")],
)
def test_a_list_that_must_be_there(answer: dict[str, t.Any], problem: str) -> None:
    with pytest.raises(NonsenseError) as caught:
        Raw(answer).objects("hosts")
    assert str(caught.value) == problem


@pytest.mark.parametrize("value", [True, -1, 2.5, "many", [], {}, float("nan"), 10**400, "-1"])
def test_a_count_is_a_whole_number_or_nonsense(value: t.Any) -> None:
    with pytest.raises(NonsenseError, match=r"^total is .*, not a number of 0 or more$"):
        Raw({"total": value}).count("total")


@pytest.mark.parametrize(("value", "count"), [(0, 0), ("3", 3), (3.0, 3), (None, None), ("", None)])
def test_a_count_may_be_a_text_and_may_be_missing(value: t.Any, count: int | None) -> None:
    assert Raw({"total": value}).count("total") == count


@pytest.mark.parametrize("value", [[], {}, True])
def test_what_decides_is_never_nothing_for_nonsense(value: t.Any) -> None:
    raw = Raw({"key": value})
    for read in (raw.certain_text, raw.certain_integer):
        with pytest.raises(NonsenseError):
            read("key")
    assert Raw({"key": None}).certain_text("key") is None


@pytest.mark.parametrize(
    ("value", "identity"), [("a", "a"), (" ", ""), (5, ""), (None, ""), ({}, "")]
)
def test_an_id_is_a_text(value: t.Any, identity: str) -> None:
    assert Raw({"id": value}).identity("id") == identity


@pytest.mark.parametrize("wrapped", [None, 5, "a", []])
def test_a_wrapper_around_nothing_is_nonsense(wrapped: t.Any) -> None:
    with pytest.raises(NonsenseError):
        Raw({"cluster": wrapped}).unwrapped("cluster")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "an empty object"),
        ({"a": 1}, "an object with a"),
        ({"a": 1, "CANARY secret\x1b[2J": 2}, "an object with a and others"),
        (dict.fromkeys("abcdefg"), "an object with a, b, c, d, e and others"),
    ],
)
def test_of_an_answer_only_its_keys_are_told(answer: dict[str, t.Any], told: str) -> None:
    assert keys_of(answer) == told


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"azName": "one", "azId": "2"}, "one"),
        ({"azCode": "", "azName": None, "azId": "2"}, "2"),
        ({}, None),
    ],
)
def test_the_first_text_that_is_there_counts(answer: dict[str, t.Any], text: str | None) -> None:
    assert Raw(answer).first_text("azCode", "azName", "azId") == text


def test_a_name_that_is_there_counts_even_if_it_has_no_value() -> None:
    assert Raw({"old": 1, "new": None}).key_of("new", "old") == "new"
    assert Raw({"old": 1}).key_of("new", "old") == "old"


def test_a_text_that_is_missing_is_empty_where_it_has_to_be_a_text() -> None:
    assert Raw({"name": None}).text_or_empty("name") == ""
    assert Raw({}).certain_text_or_empty("name") == ""
    with pytest.raises(NonsenseError):
        Raw({"name": ["etl"]}).certain_text_or_empty("name")
