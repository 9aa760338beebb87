# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users write of versions and zones, and what the service lists of them."""

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.catalogue import (
    is_version,
    meant,
    zone_called,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.version import Zone

ZONES = [Zone("cn-north-4a", "a" * 32, "AZ1"), Zone("cn-north-4b", "b" * 32, None)]


@pytest.mark.parametrize("given", ["MRS 3.5.0-LTS", "3.5.0-lts", "mrs-3.5.0-LTS", " MRS 3.5.0-LTS"])
def test_a_version_in_any_spelling(given: str) -> None:
    assert is_version(given, "MRS 3.5.0-LTS")
    assert not is_version(given, "MRS 3.5.0-LTS.1")


@pytest.mark.parametrize("given", ["cn-north-4b", "CN-North-4b", "b" * 32])
def test_a_zone_by_its_name_or_its_id(given: str) -> None:
    assert zone_called(given, ZONES) == ZONES[1]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("cn-north-4d", "cn-north-4d is not a zone of the region; did you mean cn-north-4b?"),
        ("x", "x is not a zone of the region; there are: cn-north-4a, cn-north-4b"),
    ],
)
def test_a_zone_that_is_none(given: str, told: str) -> None:
    with pytest.raises(OptionError) as caught:
        zone_called(given, ZONES)
    assert str(caught.value) == f"availability_zone: {told}"


def test_what_was_meant() -> None:
    assert meant("hadop", ["Hadoop", "Hive"]) == "; did you mean Hadoop?"
    assert meant("x", []) == ""
    assert meant("x", [str(number) for number in range(14)]).endswith("10, 11 and 2 others")
