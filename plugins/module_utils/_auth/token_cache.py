# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps a token between tasks, for users who ask for it with C(HUAWEICLOUD_MRS_TOKEN_CACHE=1).

Each login has a file of its own, which only its user can read. Whatever is wrong with a file or a
folder, the answer is that there is no token: then one is fetched, as without the cache.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import pathlib
import stat
import tempfile
import typing as t
from datetime import datetime, timedelta

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import Settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import NonsenseError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw

SWITCH = "HUAWEICLOUD_MRS_TOKEN_CACHE"
#: A token that ends within this time is not used any more.
MARGIN = timedelta(minutes=5)


@dataclasses.dataclass(frozen=True)
class Granted:
    """What IAM answers to a login."""

    token: str = dataclasses.field(repr=False)
    project_id: str | None
    catalog: t.Sequence[t.Mapping[str, t.Any]]
    expires: datetime | None

    @classmethod
    def of(
        cls, token: t.Any, project_id: t.Any, catalog: t.Any, expires: datetime | None
    ) -> Granted:
        """From parts of an answer.

        :raises NonsenseError: they are not those of a token.
        """
        raw = Raw({"token": token, "project": project_id, "catalog": catalog})
        if not raw.identity("token") or not isinstance(project_id, (str, type(None))):
            raise NonsenseError("there is no token, or the id of its project is not a text")
        for service in raw.items("catalog"):
            service.items("endpoints")
        return cls(token, project_id, list(catalog or ()), expires)

    def lasts(self, now: datetime) -> bool:
        """It can be used for some time. Where nobody says when it ends, it cannot."""
        return self.expires is not None and self.expires - now > MARGIN


class TokenCache:
    """The token of one login."""

    def __init__(self, folder: pathlib.Path, settings: Settings) -> None:
        everything = json.dumps(settings._asdict(), sort_keys=True, default=str)
        self._folder = folder
        self._path = folder / (hashlib.sha256(everything.encode()).hexdigest() + ".json")

    def load(self) -> Granted | None:
        """What was kept, or nothing where it is not there or could be somebody else's."""
        try:
            handle = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with open(handle, encoding="utf-8") as file:
                if not (_is_private(self._folder.lstat()) and _is_private(os.fstat(handle))):
                    return None
                kept = json.load(file)
            expires = datetime.fromisoformat(kept["expires"])
            return Granted.of(
                kept["token"], kept["project_id"], kept["catalog"], expires.astimezone()
            )
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            OverflowError,
            RecursionError,
            NonsenseError,
        ):
            return None

    def keep(self, granted: Granted) -> None:
        """Keep it for later tasks.

        Readers and other writers see the old file or the new one, never a part of it.
        """
        if granted.expires is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self._folder.lstat()):
                return
            kept = {**dataclasses.asdict(granted), "expires": granted.expires.isoformat()}
            handle, name = tempfile.mkstemp(dir=self._folder)  # with mode 0600
            try:
                with open(handle, "w", encoding="utf-8") as file:
                    json.dump(kept, file)
                pathlib.Path(name).replace(self._path)
            except OSError:
                pathlib.Path(name).unlink(missing_ok=True)

    def drop(self) -> None:
        """The service does not accept the token any more."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def token_cache(settings: Settings, environ: t.Mapping[str, str]) -> TokenCache | None:
    """The cache of this login, if the user wants one."""
    is_wanted = environ.get(SWITCH, "").lower() in ("1", "true", "yes", "on")
    if settings.way != "keystone" or not is_wanted:
        return None
    home = environ.get("XDG_CACHE_HOME")
    if not home:
        home = os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".cache")
    if not os.path.isabs(home):
        return None
    return TokenCache(pathlib.Path(home) / "huaweicloud-mrs", settings)


def _is_private(status: os.stat_result) -> bool:
    """Whether it belongs to this user, is closed to all others, and is no link."""
    is_real = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return is_real and status.st_uid == os.geteuid() and not status.st_mode & 0o077
