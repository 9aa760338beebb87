# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One writer at a time: tasks of one user on one machine take turns to look and to act on the same thing.

The API has neither conditional requests nor request tokens, so "look, then act" is only safe while nobody acts in
between. The lock is held for the look and the request, never for a wait, and goes away with the process.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._errors import MrsError

#: Called with what tries to take the lock and says whether it did; comes back once it did, or raises.
UntilTaken = t.Callable[[t.Callable[[], bool]], None]


@contextlib.contextmanager
def held(until_taken: UntilTaken, *names: str) -> t.Iterator[None]:
    """Hold the lock of what C(names) name, such as the project and the cluster's name.

    :raises MrsError: the lock file cannot be made.
    """
    handle = _opened(names)

    def take() -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        until_taken(take)
        yield
    finally:
        os.close(handle)


def _opened(names: t.Sequence[str]) -> int:
    """The lock file of C(names), which nobody but this user can open."""
    folder = os.path.join(tempfile.gettempdir(), f"huaweicloud-mrs-{os.getuid()}")
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if os.lstat(folder).st_uid != os.getuid():
            raise PermissionError(f"{folder} belongs to another user")
        return os.open(os.path.join(folder, f"{digest}.lock"), os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    except OSError as exc:
        raise MrsError(f"Cannot take turns with other tasks on this machine: {exc}.") from exc
