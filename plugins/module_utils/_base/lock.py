# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One writer at a time: the tasks of one user on one machine take turns at one thing.

The API has neither conditional requests nor request tokens, so "look, then act" is only safe while
nobody acts in between. The lock is held for the look and the request, never for a wait, and goes
away with the process.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import math
import os
import tempfile
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError

#: Called with what tries to take the lock and says whether it did; comes back once it did, or
#: raises.
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
        except OSError as exc:  # as of a file system that has no locks
            raise _unusable(exc) from exc
        return True

    try:
        until_taken(take)
        yield
    finally:
        os.close(handle)


def note_open(moment: float, *names: str) -> None:
    """Note that a request about what C(names) name is sent now, and nobody knows its outcome yet.

    :raises MrsError: it cannot be noted, such as on a full disk.
    """
    handle = _opened(names, "open")
    try:
        os.ftruncate(handle, 0)
        os.write(handle, str(moment).encode())
    except OSError as exc:
        raise _unusable(exc) from exc
    finally:
        os.close(handle)


def noted(*names: str) -> float | None:
    """When such a request was sent, if that was noted.

    Just now, where the process was killed while it wrote the note.

    :raises MrsError: there is no folder for notes, or nobody may read it.
    """
    if not os.path.exists(_note(names)):
        return None
    handle = _opened(names, "open")
    try:
        return float(os.read(handle, 100).decode("ascii", "replace"))
    except ValueError:
        return math.inf
    except OSError as exc:
        raise _unusable(exc) from exc
    finally:
        os.close(handle)


def forget(*names: str) -> None:
    """It is known what became of the request.

    :raises MrsError: the note cannot be removed.
    """
    try:
        os.unlink(_note(names))
    except FileNotFoundError:
        pass
    except OSError as exc:
        raise _unusable(exc) from exc


def _note(names: t.Sequence[str]) -> str:
    return os.path.join(_folder(), _file(names, "open"))


def _folder() -> str:
    """:raises MrsError: this machine has no folder that can be written."""
    try:
        return os.path.join(tempfile.gettempdir(), f"huaweicloud-mrs-{os.getuid()}")
    except OSError as exc:
        raise _unusable(exc) from exc


def _file(names: t.Sequence[str], ending: str) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32] + f".{ending}"


def _opened(names: t.Sequence[str], ending: str = "lock") -> int:
    """The file of C(names), which nobody but this user can open."""
    folder = _folder()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if os.lstat(folder).st_uid != os.getuid():
            raise PermissionError(f"{folder} belongs to another user")
        return os.open(
            os.path.join(folder, _file(names, ending)),
            os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW,
            0o600,
        )
    except OSError as exc:
        raise _unusable(exc) from exc


def _unusable(exc: OSError) -> MrsError:
    return MrsError(f"Cannot use the lock that tasks on this machine share: {exc}.")
