# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import read_json
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.job_execution import (
    JobExecution,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import job, wanted_job


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2.5, true, null, "ü"]}', {"a": [1, 2.5, True, None, "ü"]}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('{"time": 1711540800000}', {"time": 1711540800000}),
        ('{"nanoseconds": 1711540800000000000}', {"nanoseconds": 1711540800000000000}),
        ('{"a": ' * 64 + "1" + "}" * 64, None),
    ],
)
def test_what_a_service_sends_is_read(text: str, value: t.Any) -> None:
    found = read_json(text)
    assert value is None or found == value


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"vpc\u001b[2Jx", "vpc\ufffd[2Jx"),
        ("vpc\x1b[2Jx", "vpc\ufffd[2Jx"),
        (r"\u0000\u0007\b\u007f", "\ufffd\ufffd\ufffd\ufffd"),
        (r"\u009b31m", "\ufffd31m"),
        (r"\u202egnp.exe", "\ufffdgnp.exe"),
        (r"\u2066x\u2069", "\ufffdx\ufffd"),
        (r"\ud800", "\ufffd"),
        (r"\ud83d\ude00", "\U0001f600"),
        (r"over\rwritten", "over\ufffdwritten"),
        (r"two\r\nlines\tand a tab\n", "two\r\nlines\tand a tab\n"),
        (r"caf\u00e9 \u0639\u0631\u0628\u064a", "café عربي"),
    ],
)
def test_a_text_can_do_no_more_than_be_seen(written: str, seen: str) -> None:
    assert read_json(f'{{"name": ["{written}"], "{written}": 1}}') == {"name": [seen], seen: 1}


def test_a_job_with_such_characters_is_still_known_again() -> None:
    arguments = "count --fields-terminated-by \x01 --lines \x1f"
    answered = {
        **job(),
        "arguments": read_json('"count --fields-terminated-by \\u0001 --lines \\u001f"'),
    }
    assert wanted_job(arguments=arguments).is_run_by(JobExecution.of(answered))
