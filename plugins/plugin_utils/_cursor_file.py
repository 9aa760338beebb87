# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeps the cursor of an event source over restarts, in a file for one process at a time.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib
import re
import tempfile
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._events import Cursor, Seen

OPTION = "state_file"
VERSION = 1
#: What reading something else raises.
NO_CURSOR = (*(ValueError, KeyError, TypeError, AttributeError), *(OverflowError, RecursionError))


class CursorFile:
    """The file; between entering and leaving, no other process can enter it."""

    def __init__(self, path: str) -> None:
        """:raises OptionError: it is not the path of a file."""
        try:
            self._path = pathlib.Path(path).expanduser()
        except RuntimeError as exc:
            raise OptionError(OPTION, f"cannot use {path}: there is no such user.") from exc
        if not self._path.name or "\0" in path:
            raise OptionError(OPTION, f"{path!r} is not the path of a file.")
        self._lock = contextlib.ExitStack()

    def __enter__(self) -> CursorFile:
        """:raises OptionError: another process is at it, or there can be no such file."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = self._path.with_name(f"{self._path.name}.lock")
            handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            self._lock.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._clear()
        except BlockingIOError:
            self._lock.close()
            problem = (
                f"{self._path} is in use by another event source. Give each one a file of its own."
            )
            raise OptionError(OPTION, problem) from None
        except OSError as exc:
            self._lock.close()
            raise OptionError(OPTION, f"cannot use {self._path}: {exc.strerror}.") from exc
        return self

    def __exit__(self, *error: object) -> None:
        self._lock.close()

    def _clear(self) -> None:
        """Remove what processes have left behind that were killed while they wrote.

        Nobody else writes now.
        """
        # As tempfile names it.
        unfinished = re.compile(rf"\.{re.escape(self._path.name)}\.[a-z0-9_]{{8}}")
        for each in self._path.parent.iterdir():
            if unfinished.fullmatch(each.name):
                each.unlink(missing_ok=True)

    def read(self, scope: str) -> Cursor | None:
        """The cursor of the last run; None when there was none.

        :param scope: service and project, as one text.
        :raises OptionError: it cannot be read, or belongs to another project.
        """
        try:
            kept = json.loads(self._path.read_text("utf-8"))
            version, found = kept["version"], kept["scope"]
            cursor = _cursor_of(kept) if version == VERSION else None
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise OptionError(OPTION, f"cannot read {self._path}: {exc.strerror}.") from exc
        except NO_CURSOR:
            cursor, found = None, scope
        if cursor is None:
            problem = (
                f"{self._path} is not a state file of this version. Move it away; the source then "
                "begins again and reports what changes from then on."
            )
            raise OptionError(OPTION, problem)
        if found != scope:
            raise OptionError(
                OPTION,
                f"{self._path} belongs to {found}, not to {scope}. Give each one its own file.",
            )
        return cursor

    def write(self, scope: str, cursor: Cursor) -> None:
        """Keep a cursor.

        Whoever reads the file later, even after a crash, sees the old one or the new one.

        :raises OptionError: it cannot be written.
        """
        try:
            # With mode 0600.
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
            try:
                with open(handle, "w", encoding="utf-8") as file:
                    json.dump(_document(scope, cursor), file)
                    file.flush()
                    os.fsync(handle)
                pathlib.Path(name).replace(self._path)
            except BaseException:
                pathlib.Path(name).unlink(missing_ok=True)
                raise
        except OSError as exc:
            raise OptionError(OPTION, f"cannot write {self._path}: {exc.strerror}.") from exc


def _document(scope: str, cursor: Cursor) -> dict[str, t.Any]:
    return {
        "version": VERSION,
        "scope": scope,
        "underway": cursor.underway,
        "origin": cursor.origin,
        "clusters": _texts(cursor.clusters),
        "jobs": {cluster_id: _texts(jobs) for cluster_id, jobs in cursor.jobs.items()},
    }


def _texts(seen: t.Mapping[str, Seen]) -> dict[str, t.Any]:
    return {
        identity: [part for part in dataclasses.astuple(each) if part is not None]
        for identity, each in seen.items()
    }


def _cursor_of(kept: t.Mapping[str, t.Any]) -> Cursor:
    """:raises NO_CURSOR: it is none."""
    jobs = {str(cluster_id): _seen(jobs) for cluster_id, jobs in kept["jobs"].items()}
    underway = kept["underway"]
    if not isinstance(underway, (str, type(None))):
        raise TypeError
    return Cursor(_seen(kept["clusters"]), jobs, underway, str(kept.get("origin", "")))


def _seen(kept: t.Mapping[str, t.Any]) -> dict[str, Seen]:
    return {str(identity): _one_seen(*parts) for identity, parts in kept.items()}


def _one_seen(number: t.Any, status: t.Any, name: t.Any, counts: t.Any = None) -> Seen:
    nodes = None if counts is None else {str(group): int(count) for group, count in counts.items()}
    return Seen(int(number), str(status), str(name), nodes)
