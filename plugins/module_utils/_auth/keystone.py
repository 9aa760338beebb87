# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fetches tokens with keystoneauth.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.iam import Iam
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login_settings import (
    PASSWORD_TYPES,
    TOKEN_TYPES,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import (
    Settings,
    secrets,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import Granted
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    NonsenseError,
    OptionError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import redacted

#: What keystoneauth raises for an answer whose shape it does not expect and does not check.
SHAPE_ERRORS = (
    NonsenseError,
    *(
        LookupError,
        TypeError,
        AttributeError,
        ValueError,
        ArithmeticError,
        AssertionError,
        RecursionError,
    ),
)


class Keystone:
    """A plugin of keystoneauth, which fetches a new token shortly before the old one expires."""

    def __init__(self, settings: Settings, iam: Iam) -> None:
        self._iam, self._settings = iam, settings
        self._errors: t.Any = load("keystoneauth1.exceptions", "keystoneauth1", "to log in")
        session: t.Any = load("keystoneauth1.session", "keystoneauth1", "to log in")
        direct = settings.auth_type in PASSWORD_TYPES | TOKEN_TYPES
        self._session = session.Session(
            session=iam, verify=settings.verify, redirect=False if direct else 30
        )
        self._plugin = _v3_plugin(settings) if direct else _other_plugin(settings, self._errors)

    def invalidate(self) -> None:
        self._plugin.invalidate()

    def granted(self) -> Granted:
        """The token and what comes with it, fetched when there is none yet."""
        url = str(self._settings.auth_url)
        try:
            access = self._plugin.get_access(self._session)
            catalog = access.service_catalog.catalog if access.has_service_catalog() else None
            return Granted.of(access.auth_token, access.project_id, catalog, access.expires)
        except (self._errors.HttpError, self._errors.InvalidResponse) as exc:
            if exc.response is None:
                raise self._iam.nonsense(url) from exc
            raise self._iam.refused(exc.response) from exc
        except self._errors.ClientException as exc:
            raise AuthError(
                f"Cannot log in at {url}: {redacted(str(exc), secrets(self._settings))}"
            ) from exc
        except SHAPE_ERRORS as exc:
            raise self._iam.nonsense(url) from exc


def _v3_plugin(settings: Settings) -> t.Any:
    """The plugin for a user with a password, or a token.

    These need no request to find out the version of IAM.
    """
    v3: t.Any = load("keystoneauth1.identity.v3", "keystoneauth1", "to log in")
    arguments = dict(settings.auth, **_project(settings))
    if settings.auth_type in PASSWORD_TYPES:
        return v3.Password(settings.auth_url, **arguments)
    arguments = {
        key: value for key, value in arguments.items() if not key.startswith("user_domain")
    }
    return v3.Token(settings.auth_url, **arguments)


def _project(settings: Settings) -> dict[str, str]:
    """By ID, by name, or the one named like the region, which every account has."""
    if settings.project_id:
        return {"project_id": settings.project_id}
    name = settings.project_name or settings.region_name
    return {"project_name": name} if name else {}


def _other_plugin(settings: Settings, errors: t.Any) -> t.Any:
    loading: t.Any = load("keystoneauth1.loading", "keystoneauth1", "to log in")
    try:
        loader = loading.get_plugin_loader(settings.auth_type)
        known = {option.dest for option in loader.get_options()}
        arguments = {"auth_url": settings.auth_url, **settings.auth, **_project(settings)}
        return loader.load_from_options(
            **{key: value for key, value in arguments.items() if key in known}
        )
    except errors.NoMatchingPlugin as exc:
        raise OptionError(
            "auth_type", f"keystoneauth1 has no plugin {settings.auth_type!r} here."
        ) from exc
    except errors.ClientException as exc:
        raise OptionError("auth", redacted(str(exc), secrets(settings))) from exc
