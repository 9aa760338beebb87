# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.folder import (
    FORBIDDEN,
    folder,
)
from ansible_collections.huaweicloud.mrs.tests.unit.test_documentation import documentation_of


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", "/"),
        ("//", "/"),
        ("/user", "/user"),
        ("/user/hive/", "/user/hive"),
        ("/a b/dt=2024-01-01/v1.0", "/a b/dt=2024-01-01/v1.0"),
        (f"/{'a' * 255}/b", f"/{'a' * 255}/b"),
        ("/ä", "/ä"),
    ],
)
def test_a_folder_is_an_absolute_path(path: str, found: str) -> None:
    assert folder(path) == found


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("", "an empty text is not an absolute path in HDFS, such as /user/hive"),
        ("tmp", "tmp is not an absolute path in HDFS, such as /user/hive"),
        ("~/x", "~/x is not an absolute path in HDFS, such as /user/hive"),
        ("obs://bucket/x", "obs://bucket/x is not an absolute path in HDFS, such as /user/hive"),
        (
            "hdfs://hacluster/x",
            "hdfs://hacluster/x is not an absolute path in HDFS, such as /user/hive",
        ),
        ("/a//b", "/a//b: a part of it is empty"),
        (
            "/a/../b",
            "/a/../b: the service refuses a dot at the beginning or the end of a part, as in ..",
        ),
        (
            "/a/.b",
            "/a/.b: the service refuses a dot at the beginning or the end of a part, as in .b",
        ),
        (
            "/a./b",
            "/a./b: the service refuses a dot at the beginning or the end of a part, as in a.",
        ),
        ("/a/*.csv?", "/a/*.csv?: the service refuses the characters * ? in it"),
        (f"/{'ä' * 128}", f"/{'ä' * 128}: a part of it has more than 255 bytes"),
    ],
)
def test_anything_else_is_refused_by_the_name_of_the_option(path: str, problem: str) -> None:
    with pytest.raises(OptionError) as caught:
        folder(path)
    assert str(caught.value) == f"path: {problem}"


def test_the_option_names_every_character_that_is_refused() -> None:
    text = " ".join(documentation_of("mrs_file_info")["options"]["path"]["description"])
    listed = text.partition("C(")[2].rpartition(")")[0].split()
    assert sorted(listed) == sorted(FORBIDDEN)
