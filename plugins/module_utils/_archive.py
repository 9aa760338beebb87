# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes imports from the archive in which Ansible sends a module twice as fast.

Python's zipimport compiles a file to tell its path, which is asked for before each import, and again to run it.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import os
import sys
import zipimport


class _Importer(zipimport.zipimporter):
    """Knows the path of a file of this folder, in which there are no packages, without compiling it."""

    def get_filename(self, fullname: str) -> str:
        return os.path.join(self.archive, self.prefix, f"{fullname.rpartition('.')[2]}.py")


def compile_once() -> None:
    """Compile the files of this folder that are imported from now on once, if they are in an archive."""
    if isinstance(__spec__.loader, zipimport.zipimporter):
        folder = os.path.dirname(__file__)
        sys.path_importer_cache[folder] = _Importer(folder)
