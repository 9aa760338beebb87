# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The commands install only files of packages whose hashes stand in the repository."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def locked(path: Path) -> list[Requirement]:
    """What a lock file names; a requirement that has no hash fails."""
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE).strip())
    for entry in entries:
        assert re.search(r"^ +--hash=sha256:[0-9a-f]{64}( \\)?$", entry, re.MULTILINE), entry
    return [Requirement(entry.partition(" \\\n")[0]) for entry in entries]


def versions(path: Path) -> dict[str, set[str]]:
    """The versions of each package in a lock file: more than one where they depend on the Python."""
    found: dict[str, set[str]] = {}
    for requirement in locked(path):
        found.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return found


def asked_for(path: Path) -> list[Requirement]:
    """What a requirements file and those that it includes ask for."""
    requirements: list[Requirement] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("-r "):
            requirements += asked_for(path.parent / line.removeprefix("-r "))
        elif line and not line.startswith("#"):
            requirements.append(Requirement(line))
    return requirements


def test_each_list_of_requirements_is_locked() -> None:
    assert [path.stem for path in LOCKS] == sorted(path.stem for path in (ROOT / "requirements").glob("*.in"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_one_version_and_its_hashes_and_no_server(path: Path) -> None:
    assert [str(entry) for entry in locked(path) if not re.fullmatch(r"==[\w.]+", str(entry.specifier))] == []
    assert "://" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_what_is_asked_for(path: Path) -> None:
    found = versions(path)
    for requirement in asked_for(path.with_suffix(".in")):
        pins = found[canonicalize_name(requirement.name)]
        assert any(requirement.specifier.contains(pin.removeprefix("==")) for pin in pins), requirement


def test_all_lists_but_the_oldest_agree() -> None:
    seen: dict[str, set[str]] = {}
    for path in LOCKS:
        for name, pins in versions(path).items() if path.stem != "oldest" else ():
            assert seen.setdefault(name, pins) == pins, f"{name} in {path.name}"


def wheel_in(folder: Path) -> str:
    """Write a wheel of an empty package into the folder; its hash."""
    info = {
        "METADATA": "Metadata-Version: 2.1\nName: harmless\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    path = folder / "harmless-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        record = "harmless-1.0.dist-info/RECORD,,\n"
        for name, text in info.items():
            archive.writestr(f"harmless-1.0.dist-info/{name}", text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
            record += f"harmless-1.0.dist-info/{name},sha256={digest},{len(text)}\n"
        archive.writestr("harmless-1.0.dist-info/RECORD", record)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_make_installs_a_file_only_when_its_hash_is_the_one_that_is_locked(tmp_path: Path) -> None:
    digest = wheel_in(tmp_path)
    shutil.copy(ROOT / "Makefile", tmp_path)
    lock = tmp_path / "requirements" / "demo.txt"
    lock.parent.mkdir()

    def install(line: str) -> str:
        lock.write_text(f"{line}\n")
        env = {"PATH": "/usr/bin:/bin", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
        make = ["make", "--no-print-directory", f"PYTHON={sys.executable}", ".venv/.installed-demo"]
        run = subprocess.run(make, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        return run.stderr if run.returncode else "installed"

    assert "DO NOT MATCH THE HASHES" in install(f"harmless==1.0 --hash=sha256:{'0' * 64}")
    assert "Hashes are required" in install("harmless==1.0")
    assert not (tmp_path / ".venv" / ".installed-demo").exists()
    assert install(f"harmless==1.0 --hash=sha256:{digest}") == "installed"
