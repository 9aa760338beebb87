# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state file: it is written whole, in one step, so it is valid even after a kill."""

from __future__ import annotations

import json
import os
import pathlib

from mrs_simulator.state.resources import Store, load_store

FORMAT = 2


class StateFileError(Exception):
    """The state file cannot be read or written."""


def load(path: pathlib.Path) -> Store | None:
    """The stored state, or None when there is no file yet.

    :raises StateFileError: the file is not one of this simulator, or could never be written.
    """
    folder = path.absolute().parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StateFileError(f"{path} cannot be written: there is no folder {folder} to write into")
    try:
        document = json.loads(path.read_text("ascii"))
        if document["format"] != FORMAT:
            raise StateFileError(f"{path} has format {document['format']}, not {FORMAT}")
        return load_store(document["store"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as exc:
        raise StateFileError(f"{path} is not a state file of the simulator: {exc}") from exc


def save(path: pathlib.Path, store: Store) -> None:
    """Write to a temporary file beside it, bring it to the disk, and put it in place."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    text = json.dumps({"format": FORMAT, "store": store.document()})
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
