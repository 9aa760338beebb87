# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads an entry of clouds.yaml with openstacksdk, which knows the places and the contents.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import logging
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.sources import (
    Layer,
    given,
    without_project,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError

#: Where the keys are written, in the entry itself or in its C(auth).
KEYS = {
    "access_key": ("access_key", "ak"),
    "secret_key": ("secret_key", "sk"),
    "security_token": ("security_token",),
}
ENDPOINTS = ("mrs_endpoint_override", "mrs_endpoint")


def read_cloud(name: str, region: str | None, environ: t.Mapping[str, str]) -> Layer:
    """The entry C(name).

    :param region: the one that the entry is wanted for, if that is said already.
    :param environ: may name the files: C(OS_CLIENT_CONFIG_FILE), C(OS_CLIENT_SECURE_FILE).
    :raises OptionError: there is no such entry or it cannot be read.
    """
    entry = _entry(name, region, environ)
    config = entry.config
    auth = given(config.get("auth") or {})
    keys = {key: _pick(spellings, config, auth) for key, spellings in KEYS.items()}
    spelt = {spelling for spellings in KEYS.values() for spelling in spellings}
    auth = {key: value for key, value in auth.items() if key not in spelt}
    verify, _certificate = entry.get_requests_verify_args()
    auth_type = config.get("auth_type")
    return Layer(
        **keys,
        auth=without_project(auth),
        # openstacksdk says password where the entry says nothing
        auth_type=None if auth_type == "password" else auth_type,
        project_id=auth.get("project_id"),
        project_name=auth.get("project_name"),
        region_name=config.get("region_name") or None,
        endpoint=_pick(ENDPOINTS, config),
        verify=_verify(verify),
        interface=config.get("interface"),
    )


def _entry(name: str, region: str | None, environ: t.Mapping[str, str]) -> t.Any:
    loader: t.Any = load(
        "openstack.config.loader",
        "openstacksdk",
        "to read clouds.yaml, which the option cloud names",
    )
    files = {
        "config_files": [environ.get("OS_CLIENT_CONFIG_FILE"), *loader.CONFIG_FILES],
        "secure_files": [environ.get("OS_CLIENT_SECURE_FILE"), *loader.SECURE_FILES],
    }
    found = {kind: [path for path in paths if path] for kind, paths in files.items()}
    # It logs the line of a file that is no YAML, and that line may have a secret.
    logging.getLogger("openstack.config").setLevel(logging.CRITICAL)
    source = "clouds.yaml"
    try:
        # The environment is a layer of our own, so that it does not get mixed into the entry here.
        config = loader.OpenStackConfig(load_envvars=False, **found)
        source = (
            config.config_filename
            or f"clouds.yaml, since none of {', '.join(found['config_files'])} can be read"
        )
        return config.get_one(
            cloud=name, validate=False, **({"region_name": region} if region else {})
        )
    except (
        Exception
    ) as exc:  # a border: openstacksdk lets errors of the file system and of YAML pass through
        raise OptionError("cloud", f"cannot read {name!r} from {source}: {_reason(exc)}") from exc


def _verify(value: t.Any) -> bool | str | None:
    """A word in quotes is no file; what is neither a word nor a file says nothing."""
    word = str(value).strip().lower()
    if word in ("false", "no", "off", "0"):
        return False
    return value if isinstance(value, str) and word not in ("true", "yes", "on", "1") else None


def _reason(error: Exception) -> str:
    """What is wrong with the file, without anything that the file says."""
    if hasattr(error, "problem_mark") or isinstance(error, UnicodeError):
        return "it is not valid YAML"
    if isinstance(error, (AttributeError, KeyError, TypeError, ValueError)):
        return "its form is wrong; clouds, each entry of it, and auth in an entry are dictionaries"
    return str(error)


def _pick(names: t.Iterable[str], *places: t.Mapping[str, t.Any]) -> str | None:
    return next((str(place[name]) for place in places for name in names if place.get(name)), None)
