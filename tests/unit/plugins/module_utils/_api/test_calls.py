# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.calls import part
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_what_leads_to_another_path_is_no_part_of_one(text: str) -> None:
    """DELETE /clusters/{id}/tags/.. would be DELETE /clusters/{id}/."""
    with pytest.raises(MrsError) as caught:
        part(text)
    assert str(caught.value) == f"{text!r} cannot stand in the path of a request."


@pytest.mark.parametrize(
    ("text", "quoted"), [("a/b", "a%2Fb"), ("a b", "a%20b"), ("...", "..."), ("%2e", "%252e")]
)
def test_a_part_of_a_path_is_quoted(text: str, quoted: str) -> None:
    assert part(text) == quoted
