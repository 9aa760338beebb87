# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keep what Ansible reads anew in each process; each Python with this folder on PYTHONPATH does.

Ansible sends a module as a zip archive of sources, and Python compiles all of it in each task:
nearly a third of what a task of a module costs in a test. Each command of Ansible compiles what it
needs of the collection, and reads what its own collection redirects: a sixth of what it costs to
start. Each task compiles its templates, and those of the variables that they name, in a process of
its own. What is kept is found by the bytes of the source, so it is never out of date.
"""

from __future__ import annotations

import _imp
import marshal
import os
import sys
import types
import zipimport
from _blake2 import blake2b  # a tenth of what hashlib takes to import
from _frozen_importlib_external import PathFinder, SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing takes longer to import than all of the above
    import typing as t

FOLDER = os.path.join(
    os.path.abspath(__file__).removesuffix("tests/tools/compiled/sitecustomize.py"),
    f"build/compiled/{sys.implementation.cache_tag}-{sys.hexversion:x}",
)
#: Compiles what is in collections, and reads their meta/runtime.yml.
LOADER = "ansible.utils.collection_loader._collection_finder"
#: Compiles the Python that it makes of templates.
TEMPLATES = "jinja2.environment"
compiled_anew = zipimport._compile_source  # type: ignore[attr-defined]


def kept(kind: str, source: bytes, made: t.Callable[[], t.Any]) -> t.Any:
    """What is made of a source, from an earlier process if one made it of the same."""
    path = f"{FOLDER}/{kind}-{blake2b(source, digest_size=20).hexdigest()}"
    try:
        with open(path, "rb") as file:
            return marshal.load(file)
    except FileNotFoundError:
        result = made()
    os.makedirs(FOLDER, exist_ok=True)
    unfinished = f"{path}.{os.getpid()}"
    with open(unfinished, "wb") as file:
        marshal.dump(result, file)
    os.replace(unfinished, path)  # processes side by side see all of it or nothing
    return result


def compiled(pathname: str, source: bytes) -> types.CodeType:
    """The code of a source."""
    code: types.CodeType = kept("code", source, lambda: compiled_anew(pathname, source))
    _imp._fix_co_filename(code, pathname)  # each process unpacks to a folder of its own
    return code


class KeepingLoader(SourceFileLoader):
    """Gives a module that compiles functions that keep what they return."""

    def exec_module(self, module: types.ModuleType) -> None:
        names: dict[str, t.Any] = vars(module)
        # A package without a file has no bytes but an empty text.
        names["compile"] = lambda source, filename, *_mode, **_options: compiled(
            filename, source.encode() if isinstance(source, str) else source or b""
        )
        super().exec_module(module)
        if "_meta_yml_to_dict" in names:
            read = names["_meta_yml_to_dict"]
            names["_meta_yml_to_dict"] = lambda text, name: kept(
                "meta", text if isinstance(text, bytes) else text.encode(), lambda: read(text, name)
            )


class KeepingFinder(PathFinder):
    """Finds the modules that compile, and nothing else."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):  # type: ignore[no-untyped-def, override]
        spec = super().find_spec(name, path, target) if name in (LOADER, TEMPLATES) else None
        if spec and spec.origin:
            spec.loader = KeepingLoader(name, spec.origin)
        return spec


zipimport._compile_source = compiled  # type: ignore[attr-defined]
sys.meta_path.insert(0, KeepingFinder)
