# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logs in at IAM for a token, and finds the service in what comes with it.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t
from datetime import datetime

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import (
    Access,
    access,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login_settings import (
    TOKEN_TYPES,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import AuthError

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.keystone import Keystone
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import MakeIam
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import Settings
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import (
        Granted,
        TokenCache,
    )


#: The type of MRS in the catalog is one of these, in this order, or another that begins with mrs.
CATALOG_TYPES = ("mrs", "mrsv1.1")

WRONG_LOGIN = (
    "Check the user name, its domain, the password and the project; the user may also be locked."
)

WRONG_TOKEN = "The token is wrong or has expired: get a new one."


def find_in_catalog(
    catalog: t.Iterable[t.Mapping[str, t.Any]], region: str | None, interface: str
) -> str | None:
    """The address of MRS in the catalog of a token, as it stands there."""
    services = sorted(filter(_is_mrs, catalog), key=_rank)
    entries = [entry for service in services for entry in service.get("endpoints") or ()]
    addresses = (_address(entry, region, interface) for entry in entries)
    return next(filter(None, addresses), None)


def _is_mrs(service: t.Mapping[str, t.Any]) -> bool:
    return str(service.get("type")).startswith("mrs")


def _rank(service: t.Mapping[str, t.Any]) -> tuple[int, str]:
    """The types that are known come first, in their order."""
    kind = str(service.get("type"))
    place = CATALOG_TYPES.index(kind) if kind in CATALOG_TYPES else len(CATALOG_TYPES)
    return place, kind


def _address(entry: t.Mapping[str, t.Any], region: str | None, interface: str) -> str | None:
    """The address of an entry for this region and interface."""
    if entry.get("interface") != interface:
        return None
    if region not in (None, entry.get("region"), entry.get("region_id")):
        return None
    url = entry.get("url")
    return url if isinstance(url, str) else None


class _Login:
    """Sends a token: one that an earlier task has kept, else one from IAM.

    keystoneauth is only imported when IAM has to be asked.
    """

    def __init__(
        self,
        make: t.Callable[[], Keystone],
        now: t.Callable[[], datetime],
        cache: TokenCache | None,
    ) -> None:
        self._make, self._now, self._cache = make, now, cache
        self._keystone: Keystone | None = None
        self._granted = cache.load() if cache else None

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Auth-Token"] = self.granted().token
        return request

    def renew(self) -> bool:
        if self._cache:
            self._cache.drop()
        if self._keystone:
            self._keystone.invalidate()
        self._granted = None
        self.granted()
        return True

    def granted(self) -> Granted:
        """The token and what comes with it, fetched when there is none yet."""
        if self._granted and not self._keystone and self._granted.lasts(self._now()):
            return self._granted
        self._keystone = self._keystone or self._make()
        granted = self._keystone.granted()
        if self._cache and granted != self._granted:
            self._cache.keep(granted)
        self._granted = granted
        return granted


def logged_in(
    settings: Settings, make_iam: MakeIam, now: t.Callable[[], datetime], cache: TokenCache | None
) -> Access:
    """What is needed to talk to the service with a token of IAM."""
    advice = WRONG_TOKEN if settings.auth_type in TOKEN_TYPES else WRONG_LOGIN

    def keystone() -> Keystone:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.keystone import Keystone

        return Keystone(settings, make_iam(f"log in at {settings.auth_url}", advice))

    login = _Login(keystone, now, cache)
    granted = login.granted()
    if not granted.project_id:
        raise AuthError(
            f"The token of {settings.auth_url} belongs to no project, and MRS needs one that does.",
            hint="Set project_id (OS_PROJECT_ID) or auth.project_name (OS_PROJECT_NAME).",
        )
    found = find_in_catalog(granted.catalog, settings.region_name, settings.interface)
    return access(settings, granted.project_id, found, login, login.renew)
