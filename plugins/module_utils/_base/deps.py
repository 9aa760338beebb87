# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports libraries from outside ansible-core, not before they are needed.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import importlib
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import DependencyError


def load(module: str, library: str, needed_for: str) -> t.Any:
    """Import C(module), or say which C(library) to install and what it is needed for.

    :raises DependencyError: it cannot be imported.
    """
    try:
        return importlib.import_module(module)
    except ImportError as exc:
        raise DependencyError(library, needed_for, str(exc)) from exc
