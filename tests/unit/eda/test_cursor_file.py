# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._cursor_file import CursorFile
from ansible_collections.huaweicloud.mrs.plugins.plugin_utils._events import Cursor, Seen

CURSOR = Cursor(
    {"c1": Seen(2, "running", "etl")},
    {"c1": {"j1": Seen(1, "completed/failed", "wordcount")}},
    "j1/2/error",
)


def test_what_is_written_is_read(tmp_path: pathlib.Path) -> None:
    with CursorFile(str(tmp_path / "new" / "folder" / "cursor.json")) as file:
        file.write("here", CURSOR)
        assert file.read("here") == CURSOR


def test_what_it_makes_is_only_for_its_owner(tmp_path: pathlib.Path) -> None:
    with CursorFile(str(tmp_path / "folder" / "cursor.json")) as file:
        file.write("here", CURSOR)
    made = [tmp_path / "folder", *(tmp_path / "folder").iterdir()]
    assert {path.name: f"{path.stat().st_mode & 0o777:o}" for path in made} == {
        "folder": "700",
        "cursor.json": "600",
        "cursor.json.lock": "600",
    }


def test_without_a_file_there_is_no_cursor(tmp_path: pathlib.Path) -> None:
    with CursorFile(str(tmp_path / "cursor.json")) as file:
        assert file.read("here") is None


def test_a_write_that_fails_leaves_the_old_cursor_and_nothing_else(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CursorFile(str(tmp_path / "cursor.json")) as file:
        file.write("here", CURSOR)

        def full(*_arguments: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(json, "dump", full)
        with pytest.raises(
            OptionError, match=r"state_file: cannot write .*cursor.json: No space left on device"
        ):
            file.write("here", Cursor())
        assert file.read("here") == CURSOR
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cursor.json", "cursor.json.lock"]


def test_a_place_where_there_can_be_no_file_is_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(OptionError, match="state_file: cannot use"),
        CursorFile(str(tmp_path / "file" / "cursor.json")),
    ):
        pass


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "cursor.json").mkdir()
    with (
        CursorFile(str(tmp_path / "cursor.json")) as file,
        pytest.raises(OptionError, match=r"state_file: cannot read .*: Is a directory"),
    ):
        file.read("here")


def test_after_one_has_left_another_can_come(tmp_path: pathlib.Path) -> None:
    for _each in range(2):
        with CursorFile(str(tmp_path / "cursor.json")):
            pass


def test_a_link_in_place_of_the_lock_is_refused_and_not_followed(tmp_path: pathlib.Path) -> None:
    (tmp_path / "cursor.json.lock").symlink_to(tmp_path / "elsewhere")
    with (
        pytest.raises(OptionError, match="state_file: cannot use"),
        CursorFile(str(tmp_path / "cursor.json")),
    ):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_what_a_killed_process_has_left_is_cleared_and_nothing_else(tmp_path: pathlib.Path) -> None:
    others = (
        ".cursor.json.lock",
        ".cursor.json.b.ab12_xyz",
        ".other.json.ab12_xyz",
        "cursor.json.ab12_xyz",
    )
    for name in (".cursor.json.ab12_xyz", ".cursor.json.00000000", *others):
        (tmp_path / name).touch()
    with CursorFile(str(tmp_path / "cursor.json")):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {*others, "cursor.json.lock"}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("~nobody-of-this-name/cursor.json", "there is no such user"),
        ("", "'' is not the path of a file"),
        ("/", "'/' is not the path of a file"),
        ("cursor\0.json", "is not the path of a file"),
    ],
)
def test_what_is_not_the_path_of_a_file_is_refused(path: str, told: str) -> None:
    with pytest.raises(OptionError, match="state_file: .*" + told):
        CursorFile(path)


@pytest.mark.parametrize(
    "parts",
    [
        {"clusters": {"c": [float("inf"), "running", "etl"]}},
        {"clusters": {"c": [1, "running", "etl", {"core": float("inf")}]}},
        {"jobs": {"c": {"j": [float("inf"), "running", "wordcount"]}}},
        {"underway": {"id": 1}},
    ],
)
def test_what_is_no_cursor_is_refused(tmp_path: pathlib.Path, parts: dict[str, t.Any]) -> None:
    path = tmp_path / "cursor.json"
    empty = {"version": 1, "scope": "here", "underway": None, "clusters": {}, "jobs": {}}
    path.write_text(json.dumps({**empty, **parts}))
    with (
        CursorFile(str(path)) as file,
        pytest.raises(OptionError, match="is not a state file of this version"),
    ):
        file.read("here")


def test_a_file_of_brackets_without_end_is_no_cursor(tmp_path: pathlib.Path) -> None:
    (tmp_path / "cursor.json").write_text("[" * 100_000)
    with (
        CursorFile(str(tmp_path / "cursor.json")) as file,
        pytest.raises(OptionError, match="is not a state file of this version"),
    ):
        file.read("here")
