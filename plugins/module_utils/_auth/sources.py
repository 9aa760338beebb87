# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one source, such as the options of a task or the environment, says about the login.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import os
import types
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError

#: What an id or a region name consists of.
PLACE = r"[A-Za-z0-9_-]+"
USER = frozenset({"username", "user_id"})
DOMAIN = frozenset(
    f"{prefix}domain_{kind}"
    for prefix in ("user_", "project_", "default_", "")
    for kind in ("name", "id")
)
PROJECT = frozenset({"project_id", "project_name"})


class Layer(t.NamedTuple):
    """One source.

    :param auth: as in C(openstack.cloud), without the project.
    :param verify: a text is the path of the file with the authorities; V(None) says nothing.
    """

    access_key: str | None = None
    secret_key: str | None = None
    security_token: str | None = None
    auth: t.Mapping[str, t.Any] = types.MappingProxyType({})
    auth_type: str | None = None
    project_id: str | None = None
    project_name: str | None = None
    region_name: str | None = None
    endpoint: str | None = None
    verify: bool | str | None = None
    interface: str | None = None

    def __repr__(self) -> str:
        """Without secrets."""
        return f"Layer({self.way!r})"

    @property
    def way(self) -> str | None:
        """How to log in with the credentials that are here; None where there are none."""
        if self.access_key or self.secret_key:
            return "signature"
        if self.proof or self.auth_type or USER & self.auth.keys():
            return "keystone"
        return None

    @property
    def proof(self) -> dict[str, t.Any]:
        """What proves who one is: password, token, and whatever a plugin of keystoneauth knows."""
        return {
            key: value
            for key, value in self.auth.items()
            if key not in USER | DOMAIN | {"auth_url"}
        }


def from_options(params: t.Mapping[str, t.Any]) -> Layer:
    """The options of a task.

    :raises OptionError: they contradict each other.
    """
    auth = given(params.get("auth") or {})
    keys = given(
        {name: params.get(name) for name in ("access_key", "secret_key", "security_token")}
    )
    if auth and keys:
        raise OptionError(
            "auth", f"cannot be used together with {', '.join(keys)}: choose one way to log in."
        )
    verify: bool | str | None = params.get("validate_certs")
    if verify is not False and params.get("ca_cert"):
        verify = str(params["ca_cert"])
    names = ("auth_type", "project_id", "region_name", "endpoint")
    named = given({name: params.get(name) for name in names})
    return Layer(
        **keys,
        **{"project_id": auth.get("project_id"), **named},
        auth=without_project(auth),
        project_name=auth.get("project_name"),
        verify=verify,
    )


def from_environment(environ: t.Mapping[str, str]) -> list[Layer]:
    """The variables of Huawei Cloud's libraries, then those of OpenStack, which say more."""

    def read(name: str) -> str | None:
        return environ.get(name) or None

    huawei = Layer(
        access_key=read("HUAWEICLOUD_SDK_AK"),
        secret_key=read("HUAWEICLOUD_SDK_SK"),
        security_token=read("HUAWEICLOUD_SDK_SECURITY_TOKEN"),
        project_id=read("HUAWEICLOUD_SDK_PROJECT_ID"),
        endpoint=read("HUAWEICLOUD_MRS_ENDPOINT"),
    )
    project_id, project_name = read("OS_PROJECT_ID"), read("OS_PROJECT_NAME")
    if not (project_id or project_name):  # what projects were called before
        project_id, project_name = read("OS_TENANT_ID"), read("OS_TENANT_NAME")
    authority = read("OS_CACERT")
    names = ("auth_url", "password", "token", "passcode", *sorted(USER), *sorted(DOMAIN))
    openstack = Layer(
        access_key=read("OS_ACCESS_KEY"),
        secret_key=read("OS_SECRET_KEY"),
        security_token=read("OS_SECURITY_TOKEN"),
        auth=given({name: read(f"OS_{name.upper()}") for name in names}),
        auth_type=read("OS_AUTH_TYPE"),
        project_id=project_id,
        project_name=project_name,
        region_name=read("OS_REGION_NAME"),
        endpoint=read("OS_MAP_REDUCE_ENDPOINT_OVERRIDE"),
        verify=os.path.expanduser(authority) if authority else None,
    )
    return [huawei, openstack]


def given(values: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Those that are set, as text: neither V(None) nor empty."""
    return {key: str(value) for key, value in values.items() if value not in (None, "")}


def without_project(auth: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    return {key: value for key, value in auth.items() if key not in PROJECT}
