# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Says in which tests coverage is measured: tracing every line doubles the time that a test takes.

What is covered of module_utils is what the tests of plugins cover. Other tests run the same lines
again, and so do the hundreds of examples of one test of hypothesis.
"""

from __future__ import annotations

import pathlib

import pytest

PLUGINS = pathlib.Path(__file__).parent / "plugins"
#: Here Ansible runs in processes of its own, which are not traced in any case.
ACTION = PLUGINS / "action"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark those in which nothing is traced."""
    if not config.pluginmanager.hasplugin("_cov"):
        return
    for item in items:
        is_elsewhere = PLUGINS not in item.path.parents or ACTION in item.path.parents
        has_examples = hasattr(getattr(item, "obj", None), "hypothesis")
        if is_elsewhere or has_examples:
            item.add_marker("no_cover")
