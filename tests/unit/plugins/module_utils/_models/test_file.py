# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.file import File
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import Json

FILE: Json = {
    "path_suffix": "part-00000",
    "owner": "omm",
    "group": "hive",
    "permission": "644",
    "replication": 3,
    "block_size": 134217728,
    "length": 1048576,
    "type": "FILE",
    "children_num": 0,
    "access_time": 0,
    "modification_time": 1711540298765,
}


def test_a_file_comes_out_with_every_documented_key() -> None:
    assert File.of("/user/hive", FILE).result() == {
        "name": "part-00000",
        "path": "/user/hive/part-00000",
        "type": "file",
        "size": 1048576,
        "owner": "omm",
        "group": "hive",
        "permission": "644",
        "replication": 3,
        "block_size": 134217728,
        "children": 0,
        "accessed_at": None,
        "modified_at": "2024-03-27T11:51:38Z",
    }


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [("/", "tmp", "/tmp"), ("/a", "b c", "/a/b c"), ("/data", "dt=1", "/data/dt=1")],
)
def test_its_path_is_that_of_the_folder_with_its_name(folder: str, name: str, path: str) -> None:
    assert File.of(folder, {**FILE, "path_suffix": name}).path == path


def test_what_the_service_does_not_tell_is_null() -> None:
    found = File.of("/", {"path_suffix": "x"}).result()
    assert {key: value for key, value in found.items() if value is not None} == {
        "name": "x",
        "path": "/x",
    }
