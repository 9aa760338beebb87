# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import service_root
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.regions import (
    iam_address,
    mrs_address,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_login import (
    find_in_catalog,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils.scripted_iam import (
    Values,
    mrs_in_catalog,
)


class TestAddresses:
    @pytest.mark.parametrize(
        ("region", "mrs", "iam"),
        [
            ("eu-de", "https://mrs.eu-de.otc.t-systems.com", "https://iam.eu-de.otc.t-systems.com"),
            ("eu-nl", "https://mrs.eu-nl.otc.t-systems.com", "https://iam.eu-nl.otc.t-systems.com"),
            (
                "eu-west-0",
                "https://mrs.eu-west-0.prod-cloud-ocb.orange-business.com",
                "https://iam.eu-west-0.prod-cloud-ocb.orange-business.com",
            ),
            (
                "cn-north-4",
                "https://mrs.cn-north-4.myhuaweicloud.com",
                "https://iam.cn-north-4.myhuaweicloud.com",
            ),
            (
                "ap-southeast-1",
                "https://mrs.ap-southeast-1.myhuaweicloud.cn",
                "https://iam.ap-southeast-1.myhuaweicloud.com",
            ),
            (
                "ap-southeast-4",
                "https://mrs.ap-southeast-4.myhuaweicloud.cn",
                "https://iam.ap-southeast-4.myhuaweicloud.com",
            ),
            (
                "ru-northwest-2",
                "https://mrs.ru-northwest-2.myhuaweicloud.cn",
                "https://iam.myhuaweicloud.com",
            ),
            (
                "eu-west-101",
                "https://mrs.eu-west-101.myhuaweicloud.eu",
                "https://iam.myhuaweicloud.com",
            ),
        ],
    )
    def test_a_region_has_its_usual_addresses(self, region: str, mrs: str, iam: str) -> None:
        assert (mrs_address(region), iam_address(region)) == (mrs, iam)

    @pytest.mark.parametrize(
        "address",
        [
            "https://mrs.example.com",
            "https://mrs.example.com/",
            "https://mrs.example.com/v1.1",
            "https://mrs.example.com/v1/",
            "https://mrs.example.com/v2",
            "https://mrs.example.com/v1.1/p1",
            "https://mrs.example.com/v1.1/p1/",
            "https://mrs.example.com/p1",
        ],
    )
    def test_version_and_project_are_taken_off(self, address: str) -> None:
        assert service_root(address, "p1") == "https://mrs.example.com"

    def test_a_path_in_front_of_the_version_stays(self) -> None:
        assert (
            service_root("https://proxy.example.com/mrs/v2/p1", "p1")
            == "https://proxy.example.com/mrs"
        )

    @pytest.mark.parametrize(
        ("catalog", "region", "expected"),
        [
            ([mrs_in_catalog("https://a", "eu-de")], "eu-de", "https://a"),
            ([mrs_in_catalog("https://a", "eu-nl")], "eu-de", None),
            ([mrs_in_catalog("https://a", "eu-nl")], None, "https://a"),
            ([mrs_in_catalog("https://a", "old", region_id="eu-de")], "eu-de", "https://a"),
            ([mrs_in_catalog("https://a", interface="internal")], "eu-de", None),
            (
                [mrs_in_catalog("https://a") | {"type": "mrsv1.1"}, mrs_in_catalog("https://b")],
                "eu-de",
                "https://b",
            ),
            (
                [
                    mrs_in_catalog("https://a") | {"type": "mrsv2"},
                    mrs_in_catalog("https://b") | {"type": "mrsv1.1"},
                ],
                "eu-de",
                "https://b",
            ),
            ([mrs_in_catalog("https://a") | {"type": "mrsv2"}], "eu-de", "https://a"),
            (
                [mrs_in_catalog("https://a", "eu-nl"), mrs_in_catalog("https://b")],
                "eu-de",
                "https://b",
            ),
            ([mrs_in_catalog("https://a") | {"type": "ecs"}], "eu-de", None),
            ([{"type": "mrs"}, {"type": "mrs", "endpoints": None}], "eu-de", None),
            ([], "eu-de", None),
        ],
    )
    def test_mrs_is_found_in_the_catalog(
        self, catalog: list[Values], region: str | None, expected: str | None
    ) -> None:
        assert find_in_catalog(catalog, region, "public") == expected
