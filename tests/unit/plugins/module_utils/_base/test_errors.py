# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    DependencyError,
    MrsError,
    OptionError,
    ServiceError,
)


def test_a_failure_has_message_hint_reason_and_facts() -> None:
    error = MrsError("It does not work.", hint="Do something else.", facts={"cluster": None})
    assert error.failure() == {
        "cluster": None,
        "msg": "It does not work. Do something else.",
        "error": {"status": None, "code": None, "request_id": None, "reason": "It does not work."},
    }


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            {
                "status": 400,
                "code": "12000018",
                "reason": "Scaling. ",
                "request_id": "req-7",
                "hint": "Wait.",
            },
            "Cannot resize: Scaling (HTTP 400, code 12000018, request req-7). Wait.",
        ),
        (
            {"status": 404, "code": "404", "reason": "Not found."},
            "Cannot resize: Not found (HTTP 404).",
        ),
        ({"status": 500, "code": None, "reason": "Oops"}, "Cannot resize: Oops (HTTP 500)."),
    ],
)
def test_a_refusal_tells_what_is_known(given: dict[str, object], text: str) -> None:
    assert str(ServiceError("resize", **given)) == text  # type: ignore[arg-type]


def test_a_bad_option_is_named_first() -> None:
    assert str(OptionError("count", "must be 0 or more")) == "count: must be 0 or more"


def test_a_library_that_is_missing_is_named_with_what_it_is_for() -> None:
    with pytest.raises(DependencyError) as caught:
        load("no_such_library.session", "no-such-library", "to log in")
    assert caught.value.library == "no-such-library"
    assert str(caught.value) == (
        "The Python library no-such-library is needed to log in and cannot be imported: No module "
        "named "
        "'no_such_library'. Install it for the Python that runs the task: pip install "
        "no-such-library."
    )


def test_a_library_that_is_there_is_given_back() -> None:
    assert load("json", "json", "for tests").loads("[1]") == [1]
