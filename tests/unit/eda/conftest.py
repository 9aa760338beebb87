# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import parallel


@pytest.fixture(autouse=True)
def one_request_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests have one order."""
    monkeypatch.setattr(parallel, "WIDTH", 1)
