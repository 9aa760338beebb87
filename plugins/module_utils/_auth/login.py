# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logs in: turns settings into an address, a project and something that authenticates each request.

With keys no login is needed, only a look-up of the project where its ID is not given. With a user
and a password, or a token that has to be exchanged, keystoneauth fetches a token; that one answer
also has the project and the catalog.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t
from datetime import datetime
from urllib.parse import urlsplit

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.regions import (
    OTC_DOMAIN,
    iam_address,
    mrs_address,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    Settings,
    secrets,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import AuthError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.iam import Iam
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.signature import (
        Scope,
        Signature,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import (
        TokenCache,
    )

    RequestAuth = t.Callable[[requests.PreparedRequest], requests.PreparedRequest]
    #: Takes action and advice; everything else is decided. Only when it is called, C(requests) is
    #: imported.
    MakeIam = t.Callable[[str, str], Iam]

_VERSION = re.compile(r"/v\d+(\.\d+)?$")


class Access(t.NamedTuple):
    """What is needed to talk to the service.

    :param endpoint: root of the API such as C(https://mrs.eu-de.otc.t-systems.com): no version, no
        slash at the end.
    :param auth: for C(requests): authenticates one request.
    :param renew: to be called after a 401; True when there is a new token and the request may be
        repeated once.
    """

    endpoint: str
    project_id: str
    auth: RequestAuth
    renew: t.Callable[[], bool]
    verify: bool | str
    #: Name of the user who is logged in; None where it is not known.
    user_name: t.Callable[[], str | None] = lambda: None


def connect(
    settings: Settings,
    *,
    timeout: float,
    now: t.Callable[[], datetime],
    sleep: t.Callable[[float], None] = Clock().sleep,
    session: requests.Session | None = None,
    cache: TokenCache | None = None,
) -> Access:
    """Log in.

    :param timeout: seconds for one request.
    :param session: for the requests to IAM; else one of its own.
    :param cache: where the token is kept between tasks, if it is.
    :raises AuthError: IAM does not accept the credentials, or there is no project for them.
    :raises ServiceError: IAM cannot answer now.
    :raises UnreachableError: there is no IAM at that address.
    """
    _prepare_verification(settings.verify)
    if settings.way == "token":
        return access(
            settings, str(settings.project_id), None, _BareToken(str(settings.auth["token"]))
        )

    def iam(action: str, advice: str) -> Iam:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.iam import Iam

        known = secrets(settings)
        return Iam(
            action,
            advice=advice,
            secrets=known,
            timeout=timeout,
            now=now,
            sleep=sleep,
            session=session,
        )

    if settings.way == "signature":
        return _signed(settings, iam, now)
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_login import logged_in

    return logged_in(settings, iam, now, cache)


def _prepare_verification(verify: bool | str) -> None:
    """:raises OptionError: the file with the certificates cannot be used."""
    if verify is False:
        # The user has decided, and the runner says so once; urllib3 would repeat it for every
        # request.
        urllib3: t.Any = load("urllib3", "requests", "to talk to IAM")
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    if isinstance(verify, str):
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import tls

        tls.check_authorities(verify)


def service_root(address: str, project_id: str) -> str:
    """C(address) without what each request adds: version and project."""
    address = address.rstrip("/").removesuffix(f"/{project_id}")
    return _VERSION.sub("", address).rstrip("/")


def _address_of_region(region: str | None) -> str | None:
    return mrs_address(region) if region else None


def _user_name(settings: Settings) -> str | None:
    """The name that a user logs in with, where there is one."""
    name = settings.auth.get("username")
    if settings.way != "keystone" or not isinstance(name, str):
        return None
    return name


def _nothing_to_renew() -> bool:
    return False


def access(
    settings: Settings,
    project_id: str,
    found: str | None,
    auth: RequestAuth,
    renew: t.Callable[[], bool] = _nothing_to_renew,
) -> Access:
    """What is needed to talk to the service.

    :param found: the address that the catalog has.
    """
    address = settings.endpoint or found or _address_of_region(settings.region_name)
    if not address:
        raise AuthError(
            "The catalog of the token does not have MRS.",
            hint="Set endpoint (HUAWEICLOUD_MRS_ENDPOINT) or region_name (OS_REGION_NAME).",
        )
    if "@" in address:
        raise AuthError(
            "The address of MRS in the catalog of the token has a login or another @ in it."
        )
    name = _user_name(settings)
    return Access(
        service_root(address, project_id), project_id, auth, renew, settings.verify, lambda: name
    )


# Keys


def _signed(settings: Settings, iam: MakeIam, now: t.Callable[[], datetime]) -> Access:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.signature import Signature

    def signature(project_id: str | None, address: str) -> Signature:
        return Signature(
            str(settings.access_key),
            str(settings.secret_key),
            project_id,
            settings.security_token,
            now=now,
            scope=_scope(address),
        )

    project_id = settings.project_id
    if not project_id:
        root = service_root(settings.auth_url or iam_address(str(settings.region_name)), "")
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.key_lookup import (
            find_project,
        )

        project_id = find_project(settings, iam, root, signature(None, root))
    address = settings.endpoint or mrs_address(str(settings.region_name))

    def user_name() -> str | None:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.key_lookup import (
            user_of_key,
        )

        return user_of_key(settings, iam, signature)

    found = access(settings, project_id, None, signature(project_id, address))
    return found._replace(user_name=user_name)


def _scope(address: str) -> Scope | None:
    """The form of the signature that a cloud is known to take.

    For the Open Telekom Cloud that is the older one, with an empty region and service, as its
    Terraform provider sends it; for Huawei Cloud the current one, as its own library sends it.
    """
    if f".{urlsplit(address).hostname}".endswith(f".{OTC_DOMAIN}"):
        return ("", "")
    return None


# Tokens


class _BareToken:
    """Sends a token that was given."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Auth-Token"] = self._token
        return request
