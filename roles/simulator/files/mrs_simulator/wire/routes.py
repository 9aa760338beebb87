# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every route of the simulator: of IAM, of MRS v1.1 and of v2."""

from __future__ import annotations

from mrs_simulator.wire import iam
from mrs_simulator.wire.route import Route
from mrs_simulator.wire.v1 import routes as v1
from mrs_simulator.wire.v2 import routes as v2

IAM: tuple[Route, ...] = (
    Route("GET", "/", iam.versions, authenticated=False),
    Route("GET", "/v3", iam.version_3, authenticated=False),
    Route("POST", "/v3/auth/tokens", iam.create_token, authenticated=False),
    Route("GET", "/v3/auth/catalog", iam.show_catalog, authenticated=False),
    Route("GET", "/v3/auth/domains", iam.list_domains, authenticated=False),
    Route("GET", "/v3/auth/projects", iam.list_own_projects, authenticated=False),
    Route("GET", "/v3/projects", iam.list_projects, authenticated=False),
    Route("GET", "/v3/regions", iam.list_regions, authenticated=False),
    Route(
        "POST", "/v3.0/OS-CREDENTIAL/securitytokens", iam.create_temporary_key, authenticated=False
    ),
)
SERVED = (*IAM, *v1.SERVED, *v2.SERVED)
NOT_SERVED = (*v1.NOT_SERVED, *v2.NOT_SERVED)


def _index() -> dict[tuple[str, int], list[Route]]:
    """Routes by method and number of segments; those with more fixed segments first."""
    index: dict[tuple[str, int], list[Route]] = {}
    for route in sorted((*SERVED, *NOT_SERVED), key=lambda route: route.template.count("{")):
        index.setdefault((route.method, len(route.segments)), []).append(route)
    return index


_INDEX = _index()


def find(method: str, segments: list[str]) -> tuple[Route, dict[str, str]] | None:
    """The route of a request and its path parameters, or None."""
    for route in _INDEX.get((method, len(segments)), ()):
        params = _match(route.segments, segments)
        if params is not None:
            return route, {**params, "route": route.template}
    return None


def _match(template: list[str], segments: list[str]) -> dict[str, str] | None:
    params: dict[str, str] = {}
    for pattern, segment in zip(template, segments, strict=True):
        if pattern.startswith("{") and segment:
            params[pattern[1:-1]] = segment
        elif pattern != segment:
            return None
    return params
