# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What comes first in a module's process: a new enough Python, and faster imports.

Python's zipimport compiles a file to tell its path, which is asked for before each import, and
again to run it.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import os
import sys
import zipimport

NEEDED = (3, 11)


class _Importer(zipimport.zipimporter):
    """Knows the path of a file of the collection without compiling it."""

    def get_filename(self, fullname: str) -> str:
        name = fullname.rpartition(".")[2]
        file = os.path.join(name, "__init__.py") if self.is_package(fullname) else f"{name}.py"
        return os.path.join(self.archive, self.prefix, file)


def _importer(folder: str) -> _Importer:
    """The importer of this folder and of those in it; Python asks the next one for any other."""
    if folder.startswith(os.path.dirname(__file__)):
        return _Importer(folder)
    raise ImportError(folder)


def start() -> None:
    """Refuse a Python that is too old, and compile once what is imported from here from now on."""
    if sys.version_info < NEEDED:
        _refuse()
    if isinstance(__spec__.loader, zipimport.zipimporter):
        sys.path_importer_cache.pop(os.path.dirname(__file__), None)
        sys.path_hooks.insert(0, _importer)


def _refuse() -> None:
    """As a module fails.

    Ansible itself runs on older ones, where the imports would fail in words of their own.
    """
    needed, found = (".".join(map(str, version[:2])) for version in (NEEDED, sys.version_info))
    message = (
        f"This module needs Python {needed} or newer where the task runs, and {sys.executable} is "
        f"Python {found}."
    )
    sys.stdout.write(
        json.dumps(
            {"failed": True, "msg": f"{message} Set ansible_python_interpreter to a newer one."}
        )
    )
    raise SystemExit(1)
