# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The usual addresses of MRS and IAM in the regions of the clouds.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from urllib.parse import urlsplit

OTC_DOMAIN = "otc.t-systems.com"
HUAWEI_DOMAIN = "myhuaweicloud.com"
#: Regions of the other clouds.
DOMAINS = {
    "eu-de": OTC_DOMAIN,
    "eu-nl": OTC_DOMAIN,
    "eu-west-0": "prod-cloud-ocb.orange-business.com",
}
#: Regions of Huawei Cloud whose MRS is under another domain than the rest. Their IAM is not.
MRS_DOMAINS = {
    "ap-southeast-1": "myhuaweicloud.cn",
    "ap-southeast-4": "myhuaweicloud.cn",
    "ru-northwest-2": "myhuaweicloud.cn",
    "eu-west-101": "myhuaweicloud.eu",
}
#: Regions of Huawei Cloud without an IAM address of their own.
WITHOUT_IAM = frozenset({"eu-west-101", "ru-northwest-2"})


def mrs_address(region: str) -> str:
    """Root of the MRS API in C(region), without a version."""
    domain = DOMAINS.get(region) or MRS_DOMAINS.get(region, HUAWEI_DOMAIN)
    return f"https://mrs.{region}.{domain}"


def cloud_of(address: str) -> str | None:
    """The cloud whose limits hold at an address, V(otc) or V(huawei); None if it is not known."""
    host = f".{urlsplit(address).hostname}"
    if host.endswith(f".{OTC_DOMAIN}"):
        return "otc"
    domains = (HUAWEI_DOMAIN, *MRS_DOMAINS.values())
    if host.endswith(tuple(f".{domain}" for domain in domains)):
        return "huawei"
    return None


def iam_address(region: str) -> str:
    """Root of the IAM API for C(region), without a version."""
    if region in WITHOUT_IAM:
        return f"https://iam.{HUAWEI_DOMAIN}"
    return f"https://iam.{region}.{DOMAINS.get(region, HUAWEI_DOMAIN)}"
