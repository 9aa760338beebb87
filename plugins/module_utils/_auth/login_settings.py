# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the sources say of a login with a password or a token, as one.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    Settings,
    common_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.sources import (
    DOMAIN,
    USER,
    Layer,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import AuthError

TOKEN_TYPES = frozenset({"token", "v3token"})

PASSWORD_TYPES = frozenset({"password", "v3password"})

SECOND_FACTOR_TYPES = frozenset({"v3multifactor", "v3totp"})

SECOND_FACTOR = (
    "A login with a second factor (passcode, OS_PASSCODE, auth_type v3multifactor or v3totp) is "
    "not supported."
)

KEYS_INSTEAD = (
    "Use an access key instead, which needs none: access_key and secret_key (HUAWEICLOUD_SDK_AK, "
    "HUAWEICLOUD_SDK_SK)."
)


def login(layers: t.Sequence[Layer]) -> Settings:
    """:raises AuthError: something is missing, or there is a second factor."""
    auth, auth_type = _merged_auth(layers)
    if auth_type in SECOND_FACTOR_TYPES or auth.get("passcode"):
        raise AuthError(SECOND_FACTOR, hint=KEYS_INSTEAD)
    common = common_of(layers)
    if auth_type in TOKEN_TYPES:
        auth = {"token": auth.get("token"), **_domains(auth)}
        if not auth["token"]:
            raise AuthError("auth_type token needs auth.token (OS_TOKEN).")
        if not common["auth_url"]:
            return _bare_token(Settings(way="token", auth=auth, auth_type=auth_type, **common))
    elif auth_type in PASSWORD_TYPES:
        auth = {**_who(auth), **_domains(auth)}
    if not common["auth_url"]:
        raise AuthError("A login needs auth.auth_url (OS_AUTH_URL), the address of IAM.")
    settings = Settings(way="keystone", auth=auth, auth_type=auth_type, **common)
    if not settings.names_a_project:
        raise AuthError(
            "A login needs a project: project_id (OS_PROJECT_ID), auth.project_name "
            "(OS_PROJECT_NAME), or region_name "
            "(OS_REGION_NAME) for the project that is named like the region."
        )
    return settings


def _bare_token(settings: Settings) -> Settings:
    """A token that is sent as it is, since nothing says where IAM is."""
    if settings.project_id and (settings.endpoint or settings.region_name):
        return settings
    raise AuthError(
        "A token without auth.auth_url (OS_AUTH_URL) needs project_id (OS_PROJECT_ID), and "
        "endpoint "
        "(HUAWEICLOUD_MRS_ENDPOINT) or region_name (OS_REGION_NAME)."
    )


def _who(auth: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """User and password, checked to be complete."""
    if not auth.get("password"):
        raise AuthError("A login as a user needs auth.password (OS_PASSWORD).")
    if auth.get("user_id"):
        return {"user_id": auth["user_id"], "password": auth["password"]}
    if not auth.get("username"):
        raise AuthError(
            "A login with a password needs auth.username (OS_USERNAME) or auth.user_id "
            "(OS_USER_ID)."
        )
    if not _domains(auth):
        raise AuthError(
            "auth.username needs auth.user_domain_name (OS_USER_DOMAIN_NAME) or "
            "auth.user_domain_id "
            "(OS_USER_DOMAIN_ID): the account that the user belongs to."
        )
    return {"username": auth["username"], "password": auth["password"]}


def _domains(auth: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """The domains of the user and of the project. Where only one is given, it is both."""
    user = _domain(auth, "user_domain", "domain", "default_domain", "project_domain")
    project = _domain(auth, "project_domain", "domain", "default_domain", "user_domain")
    found = {f"user_domain_{kind}": value for kind, value in user.items()}
    return {**found, **{f"project_domain_{kind}": value for kind, value in project.items()}}


def _domain(auth: t.Mapping[str, t.Any], *names: str) -> dict[str, t.Any]:
    for name in names:
        for kind in ("id", "name"):
            if auth.get(f"{name}_{kind}"):
                return {kind: auth[f"{name}_{kind}"]}
    return {}


def _merged_auth(layers: t.Sequence[Layer]) -> tuple[dict[str, t.Any], str]:
    """Who logs in, and how.

    Of the keys that say who, of the domains and of the proofs (password, token, whatever a plugin
    knows), each is taken as a group from the highest layer that has any of it. The type comes from
    no lower layer than the proof.
    """
    merged: dict[str, t.Any] = {}
    auth_type: str | None = None
    proven = False
    for layer in layers:
        if not proven:
            auth_type = auth_type or layer.auth_type
            merged.update(layer.proof)
            proven = bool(layer.proof)
        for group in (USER, DOMAIN):
            if not group & merged.keys():
                merged.update({key: value for key, value in layer.auth.items() if key in group})
    usual = "token" if "token" in merged else "password"
    return merged, auth_type or usual
