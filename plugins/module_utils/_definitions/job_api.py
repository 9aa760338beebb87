# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which API takes the jobs of a cluster. Pure.

Version and mode of the cluster decide, and the type of the job where API v1.1 has not all types. A
refusal of one API that names the other one is followed once.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

V1 = "v1.1"
V2 = "v2"

#: Jobs of a cluster from this version on are refused by API v1.1 (service_v1 0.3, code 12000085).
V2_FROM = (3,)
#: API v2 takes jobs of clusters from this version on (service_v1 0.3).
V2_POSSIBLE_FROM = (1, 9, 2)
#: What only API v2 runs (service_v1 2.5, service_v2 4.1).
V2_TYPES = frozenset({"hiveql", "spark_sql", "spark_python", "flink"})
#: A refusal of one API that means: take the other one.
OTHER_API = {"12000085": V2, "12000064": V2, "0167": V1}

#: What of a cluster decides which API takes its jobs: its version, and whether it uses Kerberos.
JobFacts = tuple[t.Union[str, None], t.Union[bool, None]]
NOTHING_KNOWN: JobFacts = (None, None)
_VERSION = re.compile(r"(?:MRS[ -])?(\d+(?:\.\d+)*)", re.IGNORECASE)


def version_numbers(version: str | None) -> tuple[int, ...] | None:
    """C(MRS 3.2.0-LTS.2) is (3, 2, 0). None for a text that is not a version of MRS."""
    found = _VERSION.match((version or "").strip())
    if not found:
        return None
    return tuple(int(number) for number in found[1].split("."))


def api_for(version: str | None, safe_mode: bool | None, job_type: str | None = None) -> str:
    """The API that takes a job of this type on a cluster of this version and mode.

    :param version: such as C(MRS 3.2.0-LTS.2). Where the text says nothing, it is API v1.1, whose
        refusal is followed.
    """
    numbers = version_numbers(version)
    if safe_mode:
        return V2
    if numbers is None:
        return V1
    first = V2_POSSIBLE_FROM if job_type in V2_TYPES else V2_FROM
    return V2 if numbers >= first else V1


def takes_both(version: str | None, safe_mode: bool | None) -> bool:
    """API v1.1 takes the jobs of the cluster, and API v2 those that v1.1 cannot run.

    Neither knows the jobs of the other.
    """
    numbers = version_numbers(version)
    return api_for(version, safe_mode) == V1 and numbers is not None and numbers >= V2_POSSIBLE_FROM


def other_api(code: str | None) -> str | None:
    """The API that a refusal with this code points to; None where it says nothing of APIs."""
    return OTHER_API.get(code or "")
