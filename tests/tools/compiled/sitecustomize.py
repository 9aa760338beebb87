# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keep what Python compiles from zip archives; each Python with this folder on PYTHONPATH does.

Ansible sends a module as a zip archive of sources, and Python compiles all of it in each task:
nearly a third of what a task of a module costs in a test. What is kept is found by the bytes of
the source, so it is never out of date.
"""

from __future__ import annotations

import _imp
import marshal
import os
import sys
import types
import zipimport
from _blake2 import blake2b  # a tenth of what hashlib takes to import

FOLDER = os.path.join(
    os.path.abspath(__file__).removesuffix("tests/tools/compiled/sitecustomize.py"),
    f"build/compiled/{sys.implementation.cache_tag}-{sys.hexversion:x}",
)
compiled_anew = zipimport._compile_source  # type: ignore[attr-defined]


def compiled(pathname: str, source: bytes) -> types.CodeType:
    """The code of a source in an archive, from an earlier process if one compiled the same."""
    path = f"{FOLDER}/{blake2b(source, digest_size=20).hexdigest()}"
    try:
        with open(path, "rb") as file:
            code: types.CodeType = marshal.load(file)
    except FileNotFoundError:
        code = compiled_anew(pathname, source)
        keep(code, path)
    _imp._fix_co_filename(code, pathname)  # each process unpacks to a folder of its own
    return code


def keep(code: types.CodeType, path: str) -> None:
    """Write the code; processes side by side see all of it or nothing."""
    os.makedirs(FOLDER, exist_ok=True)
    unfinished = f"{path}.{os.getpid()}"
    with open(unfinished, "wb") as file:
        marshal.dump(code, file)
    os.replace(unfinished, path)


zipimport._compile_source = compiled  # type: ignore[attr-defined]
