# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import tempfile

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import parallel


@pytest.fixture(autouse=True)
def locks_and_notes_of_its_own(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves behind for the next run of a task is for no other test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture(autouse=True)
def one_request_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script of requests has one order."""
    monkeypatch.setattr(parallel, "WIDTH", 1)
