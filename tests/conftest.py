# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets pytest run without make: the collection is in build/live, on the path Ansible wants.

Examples of hypothesis are the same ones each time, and take the time that they take: a busy machine
is no defect.
"""

from __future__ import annotations

import importlib
import pathlib

import hypothesis

ROOT = pathlib.Path(__file__).resolve().parents[1]
LINK = ROOT / "build" / "live" / "ansible_collections" / "huaweicloud" / "mrs"

if not LINK.exists():
    LINK.parent.mkdir(parents=True, exist_ok=True)
    LINK.symlink_to(ROOT)
    importlib.invalidate_caches()  # which remember that there was no such folder

hypothesis.settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")
