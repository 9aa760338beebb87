# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make a package index with a newer release of everything that is locked, as next month's will be.

Usage: newer_index.py FOLDER. Prints what PIP_EXTRA_INDEX_URL must be for pip to see that index
beside those that are set up. Each release is empty: whatever installs one does not work, and is not
pinned.
"""

from __future__ import annotations

import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import typing as t
import zipfile

REQUIREMENTS = pathlib.Path(__file__).resolve().parents[2] / "requirements"
NEWER = "9999"
# Needed by pip, venv or ansible-test without standing in a list.
INFRASTRUCTURE = {"pip", "virtualenv", "wheel"}


def write_wheel(folder: pathlib.Path, name: str, version: str, *metadata: str) -> pathlib.Path:
    """A wheel of an empty package."""
    stem = f"{name.replace('-', '_')}-{version}"
    heads = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata]
    files = {
        "METADATA": "\n".join(heads) + "\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / f"{stem}-py3-none-any.whl"
    record = f"{stem}.dist-info/RECORD,,\n"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(f"{stem}.dist-info/{file}", text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
            record += f"{stem}.dist-info/{file},sha256={digest.rstrip('=')},{len(text)}\n"
        archive.writestr(f"{stem}.dist-info/RECORD", record)
    return path


def add(index: pathlib.Path, name: str, version: str, *metadata: str) -> pathlib.Path:
    """Add a release to a simple index (PEP 503) of files; its wheel."""
    folder = index / name
    folder.mkdir(parents=True, exist_ok=True)
    wheel = write_wheel(folder, name, version, *metadata)
    with (folder / "index.html").open("a") as page:
        page.write(f'<a href="{wheel.name}">{wheel.name}</a>\n')
    return wheel


def locked() -> set[str]:
    """The names of all packages in all lists."""
    text = "".join(path.read_text("utf-8") for path in REQUIREMENTS.glob("*.txt"))
    return {name.lower() for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


def set_up_already() -> t.Iterator[str]:
    """The additional indexes of this machine, which the variable of the environment hides."""
    asked = [sys.executable, "-m", "pip", "config", "get", "global.extra-index-url"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    yield os.environ.get("PIP_EXTRA_INDEX_URL") or (
        "" if found.returncode else found.stdout.strip()
    )


def main(index: pathlib.Path) -> None:
    """Write the index and print where it is."""
    shutil.rmtree(index, ignore_errors=True)
    for name in locked() | INFRASTRUCTURE:
        add(index, re.sub(r"[-_.]+", "-", name), NEWER)
    print(*set_up_already(), index.resolve().as_uri())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
