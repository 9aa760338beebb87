# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.error_codes import (
    CODES,
    Retry,
    explain,
    lookup,
)

DOCUMENTED = {
    "no": """
        12000002 12000009 12000013 12000014 12000027 12000028 12000030 12000031 12000032 12000033
        12000034 12000038 12000042 12000043 12000044 12000045 12000046 12000048 12000050 12000052
        12000053 12000054 12000055 12000057 12000059 12000067 12000069 12000090 12000093 12000094
        12000095 12000099 12000105 12000106 12000107 12000108 12000109 12000111 12000112 12000115
        12000116 12000117 12000118 12000119 12000121 12000123 12000124 12000130 12000131 12000132
        12000133 12000134 12000135 12000136 12000139 12000140 12000141 12000142 12000209 12000210
        12000233 12000234 12000360 12000361 12000362 12000363 12005001 12005002 13000046 120000213
        120000214 MRS.0002 MRS.0010 MRS.0011 MRS.0207 MRS.0210 MRS.0211 MRS.1010 12000061 12000063
        12000064 12000081 12000085 12000086 12000114 0057 0093 0165 0168 0169 0173 0178 0179 0181
        0185 0187 0188 0190 0192 0211 APIGW.0101 APIGW.0302 APIGW.0303 MRS.101 MRS.102 MRS.103
        MRS.104 MRS.105 MRS.201 MRS.202 MRS.203 MRS.300
    """,
    "state": """
        12000012 12000017 12000018 12000021 12000068 12000080 12000082 12000100 12000101 12000125
        12000129 12000154 MRS.0206 MRS.0212 12000060 12000062 0056 0177 0180 0183 0202
    """,
    "later": """
        12000004 12000019 12000020 12000023 12000029 12000036 12000041 12000070 12000071 12000073
        12000087 12000092 12000102 12000103 12000104 12000110 12000113 12000122 12000127 12000128
        12000138 12000156 12000157 12000163 12000164 120000212 MRS.0205 MRS.0208 MRS.0209 MRS.0216
        MRS.0217 MRS.0218 0023 0160 0161 0162 0166 0167 0170 0171 0172 0174 0175 0182 0189 0191 0193
        0194 0199 0200 APIGW.0201 APIGW.0308
    """,
    "auth": "12000001 12000126 130000002 APIGW.0301",
    "gone": "12000003 12005003 MRS.00005016 0176 0201",
}
ALSO_SPELLED = {
    "12000212": "120000212",
    "12000213": "120000213",
    "12000214": "120000214",
    "13000002": "130000002",
}


@pytest.mark.parametrize("retry", DOCUMENTED)
def test_every_documented_code_is_known_with_its_class(retry: str) -> None:
    documented = set(DOCUMENTED[retry].split())

    assert {code for code in CODES if CODES[code].retry.value == retry} - set(
        ALSO_SPELLED
    ) == documented


def test_no_code_is_known_that_is_not_documented() -> None:
    assert len(CODES) == 198


@pytest.mark.parametrize("code", sorted(CODES))
def test_cause_and_remedy_are_whole_sentences(code: str) -> None:
    for sentence in (CODES[code].cause, CODES[code].remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert sentence == " ".join(sentence.split())
        assert 10 <= len(sentence) <= 200


@pytest.mark.parametrize(("printed", "meant"), ALSO_SPELLED.items())
def test_codes_with_one_zero_too_many_are_known_in_both_spellings(printed: str, meant: str) -> None:
    assert lookup(meant) is not None
    assert lookup(printed) == lookup(meant)


@pytest.mark.parametrize("code", ["0176", "176", 176, " 176 "])
def test_a_job_code_is_known_with_or_without_its_leading_zero(code: str | int) -> None:
    known = lookup(code)

    assert known is not None
    assert known.cause == "The job does not exist."


def test_a_code_that_came_as_a_number_is_known() -> None:
    known = lookup(12000003)

    assert known is not None
    assert known.retry is Retry.GONE


def test_a_number_behind_mrs_is_another_code_than_the_bare_number() -> None:
    bare, prefixed = lookup("0211"), lookup("MRS.0211")

    assert bare is not None
    assert prefixed is not None
    assert bare.cause == "A cluster has at most four additional security groups."
    assert prefixed.cause == "The new agency is missing."


@pytest.mark.parametrize("number", ["0101", "0201", "0301", "0302", "0303", "0308"])
def test_the_old_and_the_new_prefix_of_the_gateway_are_equal(number: str) -> None:
    assert lookup(f"APIGW.{number}") is not None
    assert lookup(f"APIG.{number}") == lookup(f"APIGW.{number}")


@pytest.mark.parametrize(
    ("status", "retry"), [(413, Retry.NO), (502, Retry.LATER), (504, Retry.LATER)]
)
def test_the_status_decides_what_gateway_code_0201_means(status: int, retry: Retry) -> None:
    known = lookup("APIGW.0201", status)

    assert known is not None
    assert known.retry is retry


@pytest.mark.parametrize(
    "code", [None, "", "401", "404", "500", "12000999", "MRS.9999", "APIGW.9999", "no code", "-1"]
)
def test_an_unknown_code_is_not_explained(code: str | None) -> None:
    assert lookup(code) is None


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("12000021", "a failed cluster is removed by the service"),
        ("12000043", "other enterprise projects"),
        ("12000059", "Set key_pair"),
        ("12000048", "the size of the nodes"),
        ("13000046", "security_group_id"),
        ("12000064", "in the console"),
        ("12000081", "Set jar_path."),
        ("12000085", "API v2"),
        ("12000086", "obs://"),
        ("12000114", "Set hive_script_path."),
        ("12000124", "auto_scaling_policy"),
        ("0167", "older than MRS 1.9.2"),
        ("0192", "IAM User Sync"),
        ("APIGW.0101", "endpoint"),
        ("APIGW.0308", "Wait a minute"),
    ],
)
def test_the_remedy_says_what_to_do(code: str, advice: str) -> None:
    assert advice in CODES[code].remedy


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (403, "Ask for a role of MRS in this project; check region_name and project_id."),
        (429, "Wait a minute, raise poll_interval or run fewer tasks at once."),
        (500, "Run the task again in a few minutes."),
        (503, "Run the task again in a few minutes."),
    ],
)
def test_a_status_without_a_code_says_what_to_do(status: int, advice: str) -> None:
    known = lookup(None, status)

    assert known is not None
    assert known.remedy == advice
    assert lookup(str(status), status) is known


@pytest.mark.parametrize("status", [400, 401, 404, 409, 413])
def test_a_status_that_may_mean_anything_is_not_explained(status: int) -> None:
    assert lookup(None, status) is None


def test_a_code_with_two_meanings_tells_both() -> None:
    assert CODES["12000068"].cause == (
        "Some nodes are not running; for a Hive or Spark script it means that the script (mains) "
        "is missing."
    )


def test_cause_and_remedy_are_printed_together() -> None:
    assert str(CODES["12000210"]) == "The subnet is missing. Set subnet_id and subnet_name."


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        (
            "(MRS.201) Failed to create the VM. Ecs.0005: root volume size is [40], must over "
            "image mindisk [480]",
            "The image of this version needs a system disk of 480 GB and the task asks for 40 GB. "
            "Set node_groups[].root_volume_size to at least 480.",
        ),
        (
            "MRS.105",
            "The subnet has no free address. Set subnet_id to a larger subnet or free some "
            "addresses.",
        ),
        (
            "Scale-out failed: (MRS.101)The quota is exceeded.",
            "The quota is not enough. Choose a smaller count or size in node_groups, or ask "
            "for more quota.",
        ),
        (
            "MRS.299, then MRS.300: failure",
            "The service has an internal error. Try again later; if it stays, ask the support of "
            "the cloud.",
        ),
    ],
)
def test_a_cause_inside_the_text_of_a_stage_is_explained(text: str, explanation: str) -> None:
    assert explain(text) == explanation


@pytest.mark.parametrize(
    "text", [None, "", "Installing MRS Manager", "MRS.1010", "MRS.199", "MRS 3.2.0-LTS.2", "XMRS"]
)
def test_a_text_without_a_known_cause_is_not_explained(text: str | None) -> None:
    assert explain(text) is None
