# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The commands install only files of packages whose hashes stand in the repository."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import typing as t
import venv
from pathlib import Path

import pip
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ansible_collections.huaweicloud.mrs.tests.tools.install import settings_of_uv
from ansible_collections.huaweicloud.mrs.tests.tools.newer_index import add

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def locked(path: Path) -> list[Requirement]:
    """What a lock file names; a requirement that has no hash fails."""
    entries = re.split(
        r"\n(?=\S)", re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE).strip()
    )
    for entry in entries:
        assert re.search(r"^ +--hash=sha256:[0-9a-f]{64}( \\)?$", entry, re.MULTILINE), entry
    return [Requirement(entry.partition(" \\\n")[0]) for entry in entries]


def versions(path: Path) -> dict[str, set[str]]:
    """The versions of each package in a lock file: several where they depend on the Python."""
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
    assert [path.stem for path in LOCKS] == sorted(
        path.stem for path in (ROOT / "requirements").glob("*.in")
    )


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_one_version_and_its_hashes_and_no_server(path: Path) -> None:
    assert [
        str(entry) for entry in locked(path) if not re.fullmatch(r"==[\w.]+", str(entry.specifier))
    ] == []
    assert "://" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_what_is_asked_for(path: Path) -> None:
    found = versions(path)
    for requirement in asked_for(path.with_suffix(".in")):
        pins = found[canonicalize_name(requirement.name)]
        assert any(requirement.specifier.contains(pin.removeprefix("==")) for pin in pins), (
            requirement
        )


def test_all_lists_but_the_oldest_agree() -> None:
    seen: dict[str, set[str]] = {}
    for path in LOCKS:
        for name, pins in versions(path).items() if path.stem != "oldest" else ():
            assert seen.setdefault(name, pins) == pins, f"{name} in {path.name}"


class Checkout:
    """A folder with the Makefile, one list of requirements and an index of packages of its own."""

    def __init__(self, folder: Path, tool: str) -> None:
        self.folder = folder
        self.tool = tool
        self.index = folder / "index"
        self.python = folder / ".venv" / "bin" / "python"
        self.lock = folder / "requirements" / "demo.txt"
        self.lock.parent.mkdir()
        for name in ("Makefile", "requirements/lock.txt", "tests/tools/install.py"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        venv.create(folder / ".venv", symlinks=True, with_pip=False)
        (packages,) = folder.glob(".venv/lib/python*/site-packages")
        (packages / "pip").symlink_to(Path(pip.__file__).parent)  # to install it takes seconds
        (folder / "build").mkdir()
        if tool == "uv":
            (folder / "build" / "uv").symlink_to(ROOT / "build" / "uv")

    def release(self, name: str, version: str, *metadata: str) -> str:
        """Publish a package; the line of the list that names it."""
        digest = hashlib.sha256(add(self.index, name, version, *metadata).read_bytes()).hexdigest()
        return f"{name}=={version} --hash=sha256:{digest}"

    def install(self, *lines: str) -> str:
        """Install the list; what is wrong."""
        stamp = self.folder / ".venv" / ".installed-demo"
        stamp.unlink(missing_ok=True)
        self.lock.write_text("\n".join(lines) + "\n", "utf-8")
        env = {
            "PATH": "/usr/bin:/bin",
            "PIP_INDEX_URL": self.index.as_uri(),
            "PIP_EXTRA_INDEX_URL": "",
            "UV_CACHE_DIR": str(self.folder / "cache"),
        }
        make = ["make", "--no-print-directory", f"PYTHON={sys.executable}", ".venv/.installed-demo"]
        run = subprocess.run(
            make, cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        assert stamp.exists() == (run.returncode == 0)
        said = run.stdout + run.stderr
        assert self.tool == "pip" or run.returncode or "so pip does" not in said
        return said if run.returncode else "installed"

    def installed(self) -> set[str]:
        """Packages and their versions."""
        freeze = [self.python, "-m", "pip", "freeze"]
        return set(
            subprocess.run(freeze, capture_output=True, text=True, check=True).stdout.split()
        )


@pytest.fixture(name="checkout", scope="module", params=["uv", "pip"])
def _checkout(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> t.Iterator[Checkout]:
    """One for all tests, since it takes seconds to make: each test needs other packages.

    In one of them uv is installed, in the other one it cannot be.
    """
    if request.param == "uv":  # it may not be there yet
        install = [sys.executable, "tests/tools/install.py", "build/uv"]
        subprocess.run(install, cwd=ROOT, check=True)
    checkout = Checkout(tmp_path_factory.mktemp("checkout"), request.param)
    yield checkout
    shutil.rmtree(checkout.folder / ".venv", ignore_errors=True)


def test_make_installs_a_file_only_when_its_hash_is_the_one_that_is_locked(
    checkout: Checkout,
) -> None:
    good = checkout.release("harmless", "1.0")
    assert "DO NOT MATCH THE HASHES" in checkout.install(f"harmless==1.0 --hash=sha256:{'0' * 64}")
    assert "Hashes are required" in checkout.install("harmless==1.0")
    assert checkout.install(good) == "installed"


def test_what_is_published_later_changes_nothing(checkout: Checkout) -> None:
    """The list drops extras: pip must not look for the newest release of one with an extra."""
    lines = [
        checkout.release("measure", "7.17.4", "Provides-Extra: toml"),
        checkout.release("plain", "1.0"),
        checkout.release(
            "needs-both", "2.0", "Requires-Dist: measure[toml]>=7.10", "Requires-Dist: plain"
        ),
    ]
    checkout.release("measure", "9999", "Provides-Extra: toml")
    checkout.release("plain", "9999")
    assert checkout.install(*lines) == "installed"
    assert {"measure==7.17.4", "needs-both==2.0", "plain==1.0"} <= checkout.installed()


def test_a_list_that_lacks_a_dependency_is_noticed(checkout: Checkout) -> None:
    forgotten = checkout.release("forgotten", "1.0")
    needs = checkout.release("needs", "2.0", "Requires-Dist: forgotten")
    said = checkout.install(needs)
    says = {
        "uv": "The package `needs` requires `forgotten`, but it's not installed",
        "pip": "needs 2.0 requires forgotten, which is not installed.",
    }
    assert says[checkout.tool] in said
    assert "requirements/demo.txt is not complete" in said
    assert checkout.install(needs, forgotten) == "installed"


def test_uv_looks_where_pip_is_set_up_to_look() -> None:
    said = """\
:env:.extra-index-url='file:///a file:///b'
:env:.disable-pip-version-check='1'
global.cert='/etc/ca.crt'
global.extra-index-url='file:///hidden'
global.find-links='/wheels /more'
install.index-url='https://inside.example.org/simple'
"""
    assert settings_of_uv(said) == {
        "SSL_CERT_FILE": "/etc/ca.crt",
        "UV_DEFAULT_INDEX": "https://inside.example.org/simple",
        "UV_EXTRA_INDEX_URL": "file:///a file:///b",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
