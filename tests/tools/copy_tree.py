# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copy what git would commit into a checkout of its own, below a path that ansible-test accepts.

Usage: copy_tree.py TARGET. What lies in TARGET and is no longer in the checkout is deleted.
ansible-test asks git for the files; without a repository of its own the copy, which lies in an
ignored folder, would have none, and every test would pass by doing nothing.
"""

from __future__ import annotations

import fcntl
import os
import pathlib
import shutil
import subprocess
import sys


def git(folder: pathlib.Path, *arguments: str) -> str:
    """What git prints when it runs in the folder."""
    # A git hook sets GIT_DIR and the like, which would lead to another repository.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True
    ).stdout


def files_of(folder: pathlib.Path) -> set[str]:
    """The files in the folder, by relative path, that are committed or would be added."""
    listed = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return {name for name in listed if name and (folder / name).is_file()}


def stale(source: pathlib.Path, target: pathlib.Path) -> bool:
    """Whether the target is missing or differs in size or time from the source."""
    if not target.is_file():
        return True
    was, now = target.stat(), source.stat()
    return (was.st_size, was.st_mtime_ns, was.st_mode) != (
        now.st_size,
        now.st_mtime_ns,
        now.st_mode,
    )


def main(target: pathlib.Path) -> None:
    """Bring the target to the state of the current folder."""
    source = pathlib.Path.cwd()
    target.mkdir(parents=True, exist_ok=True)
    lock = (target.parent / ".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)  # gates that run side by side all bring the copy up to date
    if not (target / ".git").is_dir():
        git(target, "init", "-q")
    wanted = files_of(source)
    for name in files_of(target) - wanted:
        (target / name).unlink()
    for name in sorted(wanted):
        if stale(source / name, target / name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
    git(target, "add", "--all")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
