# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import contextlib
import fcntl
import math
import os
import pathlib
import tempfile
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import lock
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"huaweicloud-mrs-{os.getuid()}"


def at_once(take: t.Callable[[], bool]) -> None:
    assert take()


def is_held(path: pathlib.Path) -> bool:
    with path.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def test_the_lock_is_held_inside_and_free_afterwards(folder: pathlib.Path) -> None:
    with lock.held(at_once, "project", "etl"):
        (path,) = folder.iterdir()
        assert is_held(path)
    assert not is_held(path)


def test_an_error_inside_sets_it_free(folder: pathlib.Path) -> None:
    with pytest.raises(RuntimeError), lock.held(at_once, "project", "etl"):
        raise RuntimeError
    (path,) = folder.iterdir()
    assert not is_held(path)


def test_other_names_have_other_locks(folder: pathlib.Path) -> None:
    with (
        lock.held(at_once, "project", "etl"),
        lock.held(at_once, "project", "etl2"),
        lock.held(at_once, "projecte", "tl"),
    ):
        assert len(list(folder.iterdir())) == 3


def test_a_second_task_tries_until_the_first_one_is_done() -> None:
    tried: list[bool] = []
    first = contextlib.ExitStack()
    first.enter_context(lock.held(at_once, "project", "etl"))

    def until_taken(take: t.Callable[[], bool]) -> None:
        tried.append(take())
        tried.append(take())
        first.close()
        tried.append(take())

    with lock.held(until_taken, "project", "etl"):
        assert tried == [False, False, True]


def test_nobody_else_can_read_what_is_locked(folder: pathlib.Path) -> None:
    with lock.held(at_once, "project", "etl"):
        (path,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)
    assert "etl" not in path.name


def test_a_link_in_place_of_the_lock_is_not_followed(
    folder: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    with lock.held(at_once, "project", "etl"):
        (path,) = folder.iterdir()
    path.unlink()
    path.symlink_to(tmp_path / "target")
    with pytest.raises(MrsError, match="symbolic links"), lock.held(at_once, "project", "etl"):
        pass
    assert not (tmp_path / "target").exists()


def test_a_folder_that_belongs_to_another_user_is_not_used(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    monkeypatch.setattr(
        os, "lstat", lambda path: os.stat_result((0, 0, 0, 0, os.getuid() + 1, 0, 0, 0, 0, 0))
    )
    problem = f"Cannot use the lock .* {folder} belongs to another user"
    with pytest.raises(MrsError, match=problem), lock.held(at_once, "project", "etl"):
        pass


class TestTroublesOfTheMachine:
    """They are errors in our words, never tracebacks."""

    def test_no_folder_can_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def none() -> str:
            raise FileNotFoundError(2, "No usable temporary directory found")

        monkeypatch.setattr(tempfile, "gettempdir", none)
        with pytest.raises(MrsError, match="No usable temporary directory found"):
            lock.noted("project", "etl")
        with pytest.raises(MrsError, match="No usable temporary directory found"):
            lock.note_open(1.0, "project", "etl")

    def test_a_note_that_its_process_could_not_finish_counts(self) -> None:
        lock.note_open(1.5, "project", "etl")
        assert lock.noted("project", "etl") == 1.5
        note = next(pathlib.Path(tempfile.gettempdir()).rglob("*.open"))
        note.write_text("")
        assert lock.noted("project", "etl") == math.inf
        lock.forget("project", "etl")
        lock.forget("project", "etl")
        assert lock.noted("project", "etl") is None

    def test_a_note_does_not_fit_on_the_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_args: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(MrsError, match="No space left on device"):
            lock.note_open(1.0, "project", "etl")

    def test_a_file_system_without_locks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def unsupported(*_args: object) -> None:
            raise OSError(95, "Operation not supported")

        monkeypatch.setattr(fcntl, "flock", unsupported)
        with (
            pytest.raises(MrsError, match="Operation not supported"),
            lock.held(at_once, "project", "etl"),
        ):
            pass
