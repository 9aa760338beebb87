# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The HTTP status of each code (service_errors 3)."""

from __future__ import annotations

import pytest

from mrs_simulator.base.errors import status_of

STATUSES = {
    401: "12000001 12000136",
    404: "12000057 12005003",
    500: """12000004 12000020 12000055 12000060 12000068 12000069 12000070 12000071 12000073
        12000102 12000103 12000154 12000156 12000157 12000163 12000164 120000213 120000214 130000002
        MRS.0010 MRS.0011 MRS.0205 MRS.0206 MRS.0207 MRS.0208 MRS.0209 MRS.0210 MRS.0211 MRS.0212
        MRS.0216 MRS.0217 MRS.0218""",
    400: """12000002 12000003 12000012 12000017 12000018 12000021 12000043 12000062 12000064
        12000085 120000212 0171 MRS.0002 MRS.1010""",
}


@pytest.mark.parametrize("flavor", ["otc", "hwc"])
def test_the_status_is_that_of_the_error_table(flavor: str) -> None:
    found = {
        status: [code for code in codes.split() if status_of(code, flavor) != status]
        for status, codes in STATUSES.items()
    }
    assert found == {401: [], 404: [], 500: [], 400: []}


def test_clouds_differ_in_codes_of_four_digits() -> None:
    assert (status_of("0176", "otc"), status_of("0176", "hwc")) == (500, 400)
