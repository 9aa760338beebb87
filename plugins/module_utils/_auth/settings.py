# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decides, before any request, who logs in where.

Explicit options win over clouds.yaml, which wins over the environment. Each source becomes a
C(Layer). The highest one that has credentials decides the way; what it leaves open is filled from
those below, but only in groups that belong
together: the domains all come from one layer, and a security token comes from no lower layer than
its keys.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import types
import typing as t
from urllib.parse import urlsplit

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.sources import (
    PLACE,
    Layer,
    from_environment,
    from_options,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options.forms import name_of_entry

Way = t.Literal["signature", "keystone", "token"]

NO_CREDENTIALS = (
    "No credentials: none of the options cloud, auth, access_key is set, and none of the "
    "environment variables "
    "OS_CLOUD, HUAWEICLOUD_SDK_AK, OS_ACCESS_KEY, OS_USERNAME, OS_TOKEN."
)
#: Each key, the one that it needs beside it, and what sets it in the environment.
KEYS = (
    ("access_key", "secret_key", "HUAWEICLOUD_SDK_AK or OS_ACCESS_KEY"),
    ("secret_key", "access_key", "HUAWEICLOUD_SDK_SK or OS_SECRET_KEY"),
)
#: In an address at whose end paths are added.
LEADS_ELSEWHERE = re.compile(r"(?i)[?#]|/(\.|%2e){1,2}(/|\Z)")
_IN_HEADER = re.compile(r"[!-~]+")
SECRET_WORDS = ("pass", "secret", "token", "key", "assertion", "jwt")


class Settings(t.NamedTuple):
    """What was decided.

    :param way: sign each request, log in through keystoneauth, or send a token as it is.
    :param auth: for keystoneauth: who logs in and the domains, without address and project.
    :param endpoint: as it was given, with or without version and project.
    :param auth_url: IAM, with or without C(/v3).
    :param verify: whether to verify certificates; a text is the path of the file with the
        authorities.
    """

    way: Way
    project_id: str | None = None
    project_name: str | None = None
    region_name: str | None = None
    endpoint: str | None = None
    auth_url: str | None = None
    verify: bool | str = True
    interface: str = "public"
    auth_type: str = "password"
    auth: t.Mapping[str, t.Any] = types.MappingProxyType({})
    access_key: str | None = None
    secret_key: str | None = None
    security_token: str | None = None

    def __repr__(self) -> str:
        """Without secrets."""
        return f"Settings({self.way!r})"

    @property
    def names_a_project(self) -> bool:
        """By its id, its name, or the region that it is named like."""
        return bool(self.project_id or self.project_name or self.region_name)


def resolve(params: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> Settings:
    """Merge the options of a task, an entry of clouds.yaml, and the environment.

    The options or C(OS_CLOUD) name the entry.

    :param params: the options of the fragment C(huaweicloud.mrs.auth); not given and V(None) are
        the same.
    :raises OptionError: an option cannot work.
    :raises AuthError: something is missing; says which options and which environment variables
        would give it.
    """
    limits.check(limits.SHARED, params)
    options = from_options(params)
    cloud = params.get("cloud") or environ.get("OS_CLOUD")
    layers = [options, *from_environment(environ)]
    if cloud:
        from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.clouds_yaml import (
            read_cloud,
        )

        layers.insert(1, read_cloud(_entry(cloud), options.region_name, environ))
    way = next((layer.way for layer in layers if layer.way), None)
    if way is None:
        raise AuthError(NO_CREDENTIALS, hint="See the documentation of the option auth.")
    settings = _signature(layers) if way == "signature" else _login(layers)
    _check(settings)
    return settings


def _login(layers: t.Sequence[Layer]) -> Settings:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login_settings import login

    return login(layers)


def _entry(cloud: object) -> str:
    try:
        return name_of_entry(cloud)
    except ValueError as exc:
        raise OptionError("cloud", str(exc)) from None


def secrets(settings: Settings) -> frozenset[str]:
    """Every value that must not be shown."""
    values = [settings.access_key, settings.secret_key, settings.security_token]
    values += [
        str(value)
        for key, value in settings.auth.items()
        if any(word in key for word in SECRET_WORDS)
    ]
    who = settings.auth.get("username") or settings.auth.get("user_id")
    password = settings.auth.get("password")
    if who and password:
        # As HTTP's own login joins them.
        values.append(f"{who}:{password}")
    return frozenset(value for value in values if value)


def _signature(layers: t.Sequence[Layer]) -> Settings:
    for option, beside, variables in KEYS:
        if not _first(layers, option):
            raise OptionError(option, _missing(f"with {beside}", variables))
    last = next(i for i, layer in enumerate(layers) if layer.secret_key)
    settings = Settings(
        way="signature",
        access_key=_first(layers, "access_key"),
        secret_key=_first(layers, "secret_key"),
        security_token=_first(layers[: last + 1], "security_token"),
        **common_of(layers),
    )
    _check_place(settings)
    return settings


def _check_place(settings: Settings) -> None:
    """:raises AuthError: signed requests would not find the service or the project."""
    if settings.region_name:
        return
    if not settings.endpoint:
        raise AuthError(
            "With access_key and secret_key, either region_name (OS_REGION_NAME) or endpoint "
            "(HUAWEICLOUD_MRS_ENDPOINT) is needed to find the service."
        )
    if not settings.project_id and not (settings.project_name and settings.auth_url):
        raise AuthError(
            "With access_key and secret_key, either project_id (HUAWEICLOUD_SDK_PROJECT_ID, "
            "OS_PROJECT_ID) or "
            "region_name (OS_REGION_NAME) is needed to find the project."
        )


def common_of(layers: t.Sequence[Layer]) -> dict[str, t.Any]:
    """What all ways need to know."""
    scoped = next((layer for layer in layers if layer.project_id or layer.project_name), Layer())
    return {
        "project_id": scoped.project_id,
        "project_name": scoped.project_name,
        "region_name": _first(layers, "region_name"),
        "endpoint": _first(layers, "endpoint"),
        "auth_url": next(
            (layer.auth["auth_url"] for layer in layers if "auth_url" in layer.auth), None
        ),
        "verify": _verify(layers),
        "interface": _first(layers, "interface") or "public",
    }


def _verify(layers: t.Sequence[Layer]) -> bool | str:
    """Whether to verify certificates; by the authorities of any layer, unless that is off."""
    given = [layer.verify for layer in layers if layer.verify is not None]
    if given and given[0] is not True:
        return given[0]
    return next((path for path in given if isinstance(path, str)), True)


def _check(settings: Settings) -> None:
    """Refuse what would send a request, or a secret, to a place that was not meant."""
    _check_address("endpoint", settings.endpoint)
    _check_address("auth.auth_url", settings.auth_url)
    for option, value in (
        ("project_id", settings.project_id),
        ("region_name", settings.region_name),
    ):
        if value and not re.fullmatch(PLACE, value):
            raise OptionError(option, f"{value!r} has characters that cannot be in it.")
    headers = {"access_key": settings.access_key, "security_token": settings.security_token}
    for option, value in {**headers, "auth.token": settings.auth.get("token")}.items():
        if value and not _IN_HEADER.fullmatch(value):
            raise OptionError(
                option, "has blanks or other characters that cannot be sent in a header."
            )


def _check_address(option: str, value: str | None) -> None:
    if not value:
        return
    if "@" in value:
        raise OptionError(option, "must not contain a user name or a password.")
    if not _is_address(value):
        raise OptionError(option, f"{value!r} is not an address such as https://mrs.example.com.")
    if LEADS_ELSEWHERE.search(value):
        raise OptionError(option, "must have no ?, # or .. in it: paths are added at its end.")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _first(layers: t.Sequence[Layer], name: str) -> str | None:
    return next((value for layer in layers if (value := getattr(layer, name))), None)


def _missing(beside: str, variables: str) -> str:
    return f"is needed {beside}. Set it, or the environment variable {variables}."
