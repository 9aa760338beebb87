# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Install what a list of requirements names into the environment of the Python that runs this.

Usage: VENV/bin/python install.py FOLDER [LIST]. uv does it, which pip installs into the FOLDER, as
requirements/lock.txt says. It looks for packages where pip is set up to look. Where it cannot do
it, pip does, which takes several times as long.

Only files with the hashes of the list are installed. Nothing is resolved, so what is published
later changes nothing; a check finds what the list lacks. Python compiles what is imported, a small
part of what is installed.
"""

from __future__ import annotations

import fcntl
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import typing as t

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
OPTIONS = ["--no-deps", "--no-build-isolation", "--require-hashes"]
#: The settings of pip that say where packages are, and the variables that say the same to uv.
SAME = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
}


def settings_of_uv(pip_config: str) -> dict[str, str]:
    """What uv must be told, from what `pip config list` prints."""
    lines = re.findall(r"^(global|install|:env:)\.([\w-]+)=(.+)$", pip_config, re.MULTILINE)
    # The environment counts more than a section of the command, and that more than the global one.
    lines.sort(key=lambda line: (":env:", "install", "global").index(line[0]), reverse=True)
    said = {name: " ".join(shlex.split(value)).split() for _section, name, value in lines}
    settings = {
        SAME[name]: ("," if name == "find-links" else " ").join(values)
        for name, values in said.items()
        if name in SAME and values
    }
    # The hashes say which file is meant, whichever index offers it.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **settings}


def uv_in(folder: pathlib.Path, lock: pathlib.Path) -> str | None:
    """The uv that the list names; None if it cannot be installed here."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / lock.name
    with (folder / ".lock").open("w") as taken:
        fcntl.flock(taken, fcntl.LOCK_EX)  # several environments are made at the same time
        if not (stamp.exists() and stamp.read_bytes() == lock.read_bytes()):
            command = [*PIP, "install", "-qq", "--no-compile", *OPTIONS, "--upgrade"]
            command += ["--only-binary=:all:", "--target", str(folder), "-r", str(lock)]
            if subprocess.run(command, check=False).returncode:
                return None
            shutil.copy(lock, stamp)
    return str(folder / "bin" / "uv")


def install(name: str, tool: t.Sequence[str], env: t.Mapping[str, str]) -> bool:
    """Whether the tool, uv or pip, could install the list."""
    return not subprocess.run([*tool, *OPTIONS, "-r", name], env=env, check=False).returncode


def main(folder: pathlib.Path, *lists: str) -> int:
    """Install the lists; 1 if that is not possible or if they lack something."""
    uv = uv_in(folder, pathlib.Path("requirements", "lock.txt"))
    config = subprocess.run([*PIP, "config", "list"], capture_output=True, text=True, check=False)
    env = {**settings_of_uv(config.stdout), **os.environ}
    python = ["-q", "--python", sys.executable]
    for name in lists:
        if uv and install(name, [uv, "pip", "install", *python], env):
            continue
        print(f"uv could not install {name}, so pip does.", flush=True)
        if not install(name, [*PIP, "install", "-qq", "--no-compile"], os.environ):
            return 1
    check = [uv, "pip", "check", *python] if uv else [*PIP, "check"]
    lacking = subprocess.run(
        check, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if lacking.returncode:
        print(f"{lacking.stdout}{' '.join(lists)} is not complete, see make lock")
    return lacking.returncode


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), *sys.argv[2:]))
