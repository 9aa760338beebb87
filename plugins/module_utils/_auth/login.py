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
from urllib.parse import quote, urlsplit

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.regions import (
    OTC_DOMAIN,
    iam_address,
    mrs_address,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    TOKEN_TYPES,
    Settings,
    secrets,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    MrsError,
    NonsenseError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Clock

if t.TYPE_CHECKING:
    import requests

    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.iam import Iam
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.keystone import Keystone
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.signature import (
        Scope,
        Signature,
    )
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import (
        Granted,
        TokenCache,
    )

    RequestAuth = t.Callable[[requests.PreparedRequest], requests.PreparedRequest]
    #: Takes action and advice; everything else is decided. Only when it is called, C(requests) is
    #: imported.
    MakeIam = t.Callable[[str, str], Iam]

#: The type of MRS in the catalog is one of these, in this order, or another that begins with mrs.
CATALOG_TYPES = ("mrs", "mrsv1.1")
WRONG_KEYS = (
    "Check access_key and secret_key, and with temporary keys security_token: they belong "
    "together, to this cloud, "
    "and may have expired."
)
WRONG_LOGIN = (
    "Check the user name, its domain, the password and the project; the user may also be locked."
)
WRONG_TOKEN = "The token is wrong or has expired: get a new one."


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
    if settings.verify is False:
        # The user has decided, and the runner says so once; urllib3 would repeat it for every
        # request.
        urllib3: t.Any = load("urllib3", "requests", "to talk to IAM")
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    if isinstance(settings.verify, str):
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import tls

        tls.check_authorities(settings.verify)
    if settings.way == "token":
        return _access(
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
    return _logged_in(settings, iam, now, cache)


def service_root(address: str, project_id: str) -> str:
    """C(address) without what each request adds: version and project."""
    address = address.rstrip("/").removesuffix(f"/{project_id}")
    return re.sub(r"/v\d+(\.\d+)?$", "", address).rstrip("/")


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


def _address_of_region(region: str | None) -> str | None:
    return mrs_address(region) if region else None


def _user_name(settings: Settings) -> str | None:
    """The name that a user logs in with, where there is one."""
    name = settings.auth.get("username")
    if settings.way != "keystone" or not isinstance(name, str):
        return None
    return name


def _access(
    settings: Settings, project_id: str, found: str | None, auth: Signature | _BareToken | _Login
) -> Access:
    """:param found: the address that the catalog has."""
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
    renew = auth.renew if isinstance(auth, _Login) else _nothing_to_renew
    name = _user_name(settings)
    return Access(
        service_root(address, project_id), project_id, auth, renew, settings.verify, lambda: name
    )


def _nothing_to_renew() -> bool:
    return False


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
        project_id = _find_project(settings, iam, root, signature(None, root))
    address = settings.endpoint or mrs_address(str(settings.region_name))
    access = _access(settings, project_id, None, signature(project_id, address))
    return access._replace(user_name=lambda: _user_of_key(settings, iam, signature))


def _user_of_key(
    settings: Settings, make_iam: MakeIam, signature: t.Callable[[None, str], Signature]
) -> str | None:
    """The name of the user who owns an access key, where IAM tells it.

    It may not be allowed to ask.
    """
    if not (settings.auth_url or settings.region_name):
        return None
    root = service_root(settings.auth_url or iam_address(str(settings.region_name)), "")
    key = quote(str(settings.access_key), safe="")
    auth = signature(None, root)
    owner = _asked(
        settings,
        make_iam,
        auth,
        f"{root}/v3.0/OS-CREDENTIAL/credentials/{key}",
        "credential",
        "user_id",
    )
    if owner is None:
        return None
    return _asked(
        settings, make_iam, auth, f"{root}/v3/users/{quote(owner, safe='')}", "user", "name"
    )


def _asked(
    settings: Settings, make_iam: MakeIam, auth: Signature, url: str, outer: str, key: str
) -> str | None:
    iam = make_iam("look up the user of the access key", WRONG_KEYS)
    try:
        response = iam.request("GET", url, auth=auth, verify=settings.verify, allow_redirects=False)
        if response.status_code != 200:
            return None
        return Raw(response.json()).unwrapped(outer).text(key)
    except (MrsError, ValueError, RecursionError):
        return None


def _scope(address: str) -> Scope | None:
    """The form of the signature that a cloud is known to take.

    For the Open Telekom Cloud that is the older one, with an empty region and service, as its
    Terraform provider sends it; for Huawei Cloud the current one, as its own library sends it.
    """
    if f".{urlsplit(address).hostname}".endswith(f".{OTC_DOMAIN}"):
        return ("", "")
    return None


def _find_project(settings: Settings, make_iam: MakeIam, root: str, auth: Signature) -> str:
    name = settings.project_name or str(settings.region_name)
    iam = make_iam(f"look up the project {name}", WRONG_KEYS)
    url = f"{root}/v3/projects?name={quote(name, safe='')}"
    response = iam.request("GET", url, auth=auth, verify=settings.verify, allow_redirects=False)
    if response.status_code != 200:
        raise iam.refused(response)
    try:
        found = _projects_named(name, response.json())
    except (ValueError, RecursionError, NonsenseError) as exc:
        raise iam.nonsense(url) from exc
    if len(found) == 1:
        return found[0]
    problem, ids = "There is no project", ""
    if found:
        problem, ids = f"There are {len(found)} projects", f": {', '.join(sorted(found))}"
    raise AuthError(
        f"{problem} named {name} for this access key at {root}{ids}.",
        hint="Set project_id (HUAWEICLOUD_SDK_PROJECT_ID, OS_PROJECT_ID).",
    )


def _projects_named(name: str, answer: t.Any) -> list[str]:
    """:raises NonsenseError: the answer is not a list of projects."""
    found = []
    for project in map(Raw, Raw(answer).objects("projects")):
        identity, its_name = project.identity("id"), project.identity("name")
        if not identity or not its_name:
            raise NonsenseError("projects has an item without id or name")
        if its_name == name:
            found.append(identity)
    return found


# Tokens


class _BareToken:
    """Sends a token that was given."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Auth-Token"] = self._token
        return request


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


def _logged_in(
    settings: Settings, make_iam: MakeIam, now: t.Callable[[], datetime], cache: TokenCache | None
) -> Access:
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
    return _access(settings, granted.project_id, found, login)
