# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import html
import json
import re
import typing as t
from base64 import b64encode
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.escaped import patterns
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.masks import (
    is_masked,
    mask_listed,
    mask_marked,
    mask_named,
    mask_named_in_list,
    words,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import (
    MASK,
    login_in,
    marked_words,
    mentions,
    redacted,
    secrets_in,
    secrets_of,
)


def json_in_json(text: str, times: int) -> str:
    for _time in range(times):
        text = json.dumps([text])
    return text


SECRETS = {
    "plain": "Canary-7Zq",
    "quotes": "Ca\"na'ry-7",
    "backslash": "Ca\\nary-7\\",
    "beyond ASCII": "Cänäry-ß7",
    "beyond 16 bits": "Canary-\U0001f600-7",
    "of an address": "Ca/na+ry?7=&@ x",
    "of HTML": "<Ca>&nary'7",
    "blanks": "Ca nary  7",
}
SPELLINGS: dict[str, t.Callable[[str], str]] = {
    "plain": lambda secret: secret,
    "JSON": lambda secret: json.dumps({"a": secret}),
    "JSON in UTF-8": lambda secret: json.dumps({"a": secret}, ensure_ascii=False),
    "JSON with escaped slashes": lambda secret: json.dumps([secret]).replace("/", "\\/"),
    "JSON in JSON": lambda secret: json.dumps(json.dumps([secret])),
    "a text of a request in an answer that repeats it": lambda secret: json.dumps(
        json.dumps({"a": json.dumps([secret])})
    ),
    "the same in Python": lambda secret: repr(json.dumps({"a": json.dumps([secret])})),
    "address": quote,
    "all of an address": lambda secret: quote(secret, safe=""),
    "form": quote_plus,
    "form in small digits": lambda secret: re.sub(
        "%..", lambda found: found.group().lower(), quote_plus(secret)
    ),
    "address in an address": lambda secret: quote(quote(secret, safe=""), safe=""),
    "JSON six times": lambda secret: json_in_json(secret, 6),
    "JSON in Python in JSON": lambda secret: json_in_json(repr({"a": json.dumps(secret)}), 2),
    "JSON in an address in JSON": lambda secret: json.dumps(quote(json_in_json(secret, 2))),
    "octets in Python": lambda secret: repr(json.dumps(secret, ensure_ascii=False).encode()),
    "HTML in HTML": lambda secret: html.escape(html.escape(secret)),
    "Python": repr,
    "Python in ASCII": ascii,
    "Python in a list": lambda secret: repr({"b": ["'\"", secret]}),
    "Python in a text": lambda secret: repr(f"'\"{secret}"),
    "Base64": lambda secret: b64encode(secret.encode()).decode(),
    "hexadecimal": lambda secret: secret.encode().hex(),
    "HTML": html.escape,
    "HTML without quotes": lambda secret: html.escape(secret, quote=False),
    "HTML in ASCII": lambda secret: (
        html.escape(secret).encode("ascii", "xmlcharrefreplace").decode()
    ),
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_is_masked_in_every_spelling(secret: str, spell: t.Callable[[str], str]) -> None:
    spelt = spell(secret)
    found = redacted({"msg": f"It says {spelt}."}, {secret})["msg"]
    assert MASK in found
    assert set(found.replace(MASK, "")) <= set("It says.{}[]\"'\\ab:,%0123456789BCD&")


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_no_quantifier_is_possessive_which_python_before_3_11_5_misreads(secret: str) -> None:
    for pattern in patterns(frozenset({secret})):
        assert not re.search(r"(?<!\\)[*+?}]\+", pattern.pattern)


@pytest.mark.parametrize("before", ["", "a", "ab", '{"a": "'])
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_a_secret_in_a_longer_text_in_base64_is_masked(secret: str, before: str) -> None:
    for text in (f"{before}{secret}, b", f"{before}{json.dumps(secret)}, b"):
        packed = b64encode(text.encode()).decode()
        found = redacted(packed, {secret})
        assert MASK in found
        assert len(found.replace(MASK, "")) <= len(packed) - len(secret) * 4 // 3 + 2


def test_a_long_row_of_backslashes_is_soon_read() -> None:
    row = "\\" * 100_000
    assert redacted({"msg": row}, {'Ca\\"nary', "\\a\\b"}) == {"msg": row}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("end", ["", "...", "\u2026", '"}'])
def test_the_beginning_of_a_secret_that_was_cut_off_is_masked(secret: str, end: str) -> None:
    assert (
        redacted(f"password is {secret[:7]}{end}", {secret}, torn=True)
        == f"password is {MASK}{end}"
    )


def test_the_name_at_the_end_of_a_text_is_no_beginning_of_its_login() -> None:
    secrets = {"data-robot:Canary-7Zq", "Canary-7Zq", "half-one:half-two"}
    assert redacted("User: data-robot.", secrets, torn=True) == "User: data-robot."
    assert redacted("User: data-robot:Can", secrets, torn=True) == f"User: {MASK}"
    assert redacted("password half-one", secrets, torn=True) == f"password {MASK}"


def test_what_only_looks_like_a_beginning_stays() -> None:
    assert redacted("Canar", {"Canary-7Zq"}, torn=True) == "Canar"
    assert redacted("Canary birds", {"Canary-7Zq"}, torn=True) == "Canary birds"


def test_a_short_secret_is_looked_for_as_it_is() -> None:
    assert redacted("a&b %26 YSZi", {"a&b"}) == f"{MASK} %26 YSZi"


@pytest.mark.parametrize(
    ("address", "login"),
    [
        ("robot:Canary-7@host/v3", {"robot:Canary-7", "Canary-7"}),
        ("ftp://robot:Canary-7@host", {"robot:Canary-7", "Canary-7"}),
        ("https://robot:Ca/n@ry-7@host", {"robot:Ca/n@ry-7", "Ca/n@ry-7"}),
        (
            "http://robot:Ca%2Fnary@proxy:3128",
            {"robot:Ca%2Fnary", "Ca%2Fnary", "robot:Ca/nary", "Ca/nary"},
        ),
        ("https://robot:Canary-7@[bad/", {"robot:Canary-7", "Canary-7"}),
        ("https://mrs.example.com/v3", set()),
        (None, set()),
    ],
)
def test_the_login_in_an_address_of_any_form(address: str | None, login: set[str]) -> None:
    assert login_in(address) == login
    assert secrets_in({"endpoint": address}) >= login
    assert secrets_in({"auth": {"auth_url": address}}) >= login


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
def test_a_marked_word_is_one_word_with_the_blanks_of_its_value(
    text: str, expected: list[str]
) -> None:
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


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("[wordcount, @password=x, out]", "[wordcount, @password=*, out]"),
        ("[run, @password=a b]", "[run, @password=*]"),
        ("[select '@key=x' from t; @token=y]", "[select '@key=*]"),
        ("[load(@key=x), in]", "[load(@key=*, in]"),
        ("[mail=robot@example.com=x]", "[mail=robot@example.com=x]"),
    ],
)
def test_marked_words_of_a_list_are_masked_wherever_they_stand_in_an_argument(
    text: str, masked: str
) -> None:
    assert mask_listed(text) == masked


@pytest.mark.parametrize(
    ("text", "masked", "secrets"),
    [
        ("-Dfs.s3a.secret.key=Canary/1+a run", "-Dfs.s3a.secret.key=* run", {"Canary/1+a"}),
        ("--password Canary-1 in", "--password * in", {"Canary-1"}),
        ("--conf x.session.token='Canary 1'", "--conf x.session.token=*", {"Canary 1"}),
        ('{"secretKey": "Canary-1"}', '{"secretKey": *}', {"Canary-1"}),
        (
            "jdbc:mysql://h/db?password=Canary-1&ssl=1",
            "jdbc:mysql://h/db?password=*",
            {"Canary-1", "Canary-1&ssl=1"},
        ),
        (
            "set fs.obs.access.key = Canary-1;\nselect 2",
            "set fs.obs.access.key = *;\nselect 2",
            {"Canary-1"},
        ),
        (
            "create table t using jdbc options (user 'u', password 'Canary-1')",
            "create table t using jdbc options (user 'u', password *)",
            {"Canary-1"},
        ),
        (
            'tblproperties ("hive.sql.dbcp.password" = "Canary-1")',
            'tblproperties ("hive.sql.dbcp.password" = *)',
            {"Canary-1"},
        ),
        ("with ('password'='Canary 1')", "with ('password'=*)", {"Canary 1"}),
        (
            "https://b.obs/x?AccessKeyId=A&Signature=Canary-1",
            "https://b.obs/x?AccessKeyId=A&Signature=*",
            {"Canary-1"},
        ),
        (
            "https://b.obs/x?x-obs-security-token=Canary-1",
            "https://b.obs/x?x-obs-security-token=*",
            {"Canary-1"},
        ),
        ("https://u:Canary-1@h/x", "https://********@h/x", {"u:Canary-1"}),
        ("the password is 'wrong', signature=1", None, set()),
        ("--password-file /x --password --verbose", None, set()),
        (
            "wrong password: expired; use_password=true",
            "wrong password: expired; use_password=*",
            set(),
        ),
    ],
)
def test_what_is_named_like_a_secret_in_a_text_is_one(
    text: str, masked: str | None, secrets: set[str]
) -> None:
    assert (mask_named(text), secrets_in({"arguments": text})) == (masked or text, secrets)


@pytest.mark.parametrize(
    ("items", "masked", "secrets"),
    [
        (["--password", "Canary 1", "in"], "[--password, *, in]", {"Canary 1"}),
        (["--conf", "x.password=Canary 1"], "[--conf, x.password=*]", {"Canary 1", "Canary"}),
        (["-Dfs.obs.secret.key=Canary-1", "in"], "[-Dfs.obs.secret.key=*, in]", {"Canary-1"}),
        (["--password", "--verbose"], "[--password, --verbose]", set()),
        (["s3a://ak:Canary-1@b/x", "in"], "[s3a://********@b/x, in]", {"ak:Canary-1"}),
    ],
)
def test_what_is_named_like_a_secret_in_a_list_is_one(
    items: list[str], masked: str, secrets: set[str]
) -> None:
    assert mask_named_in_list(f"[{', '.join(items)}]") == masked
    assert secrets_in({"arguments": items}) == secrets


def test_an_option_that_is_named_like_a_secret_has_one() -> None:
    given = {"--password": "Canary-1", "--executor-memory": "2g", "--use-password": None}
    assert secrets_in({"options": given}) == {"Canary-1"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("--password *", True),
        ("run @password=* fast", True),
        ("db password=**", True),
        ("https://********@h", True),
        ("select * from t", False),
        ("--pattern *.csv password=*x", False),
    ],
)
def test_a_secret_that_comes_from_a_result_is_known_as_none(text: str, masked: bool) -> None:
    assert is_masked(text) is masked


def test_a_long_text_with_many_names_is_soon_read() -> None:
    for text in (
        "a" * 150_000,
        "password=" * 15_000,
        "-a" * 75_000,
        "-password " * 15_000,
        "://a" * 30_000,
    ):
        assert len(mask_named(text)) <= 150_000
        assert secrets_in({"arguments": [text]}) is not None


def test_secrets_of_options_are_found_however_deep() -> None:
    value = {
        "job": {"arguments": ["run", "@a=1"], "count": 3},
        "scripts": ({"parameters": "x @b=2"},),
        "none": None,
    }
    assert secrets_in(value) == {"@a=1", "@b=2"}


def test_a_login_inside_an_address_is_a_secret() -> None:
    found = secrets_in(
        {"jar_path": "ftp://robot:Canary-7@mrs.example.com", "auth": {"auth_url": "https://iam/v3"}}
    )
    assert found == {"robot:Canary-7"}


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
    value = {
        "msg": "password hunter22 refused",
        "hunter22": [("x hunter22", 3, None, True)],
        "count": 22,
    }
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


@pytest.mark.parametrize(
    ("given", "secrets"),
    [
        ({"cluster": {"name": "etl", "root_password": "Canary-1"}}, {"Canary-1"}),
        ({"properties": [{"a.secret.key": {"x": ["Canary-1", 7]}}]}, {"Canary-1", "7"}),
        ({"configs": [{"key": "a.password", "value": ["Canary-1"]}]}, {"Canary-1"}),
        ({"update_password": "always", "access_key": "an option of its own"}, set()),
        ({"tags": {"next-password": "on-friday"}}, set()),
        ({"clusters": [{"tags": [{"key": "password", "value": "on-friday"}]}]}, set()),
    ],
)
def test_what_is_named_like_a_secret_is_one_in_any_form_but_for_tags(
    given: t.Any, secrets: set[str]
) -> None:
    assert secrets_in(given) == secrets
