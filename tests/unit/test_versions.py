# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One version stands everywhere, and the matrix tests what is declared as supported."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def requirements_of(name: str) -> dict[str, str]:
    """The packages of a requirements file with the versions they need, such as C(>=2.28.0)."""
    found = re.findall(r"^([\w.-]+)([=<>]=[\w.]+)", text_of(name), re.MULTILINE)
    return dict(found)


def cores_that_are_tested() -> list[str]:
    """The versions of ansible-core that make matrix and make oldest install, such as C(2.19)."""
    files = text_of("requirements/demo.in") + text_of("requirements/oldest.in")
    return sorted(set(re.findall(r"^ansible-core==(\d+\.\d+)", files, re.MULTILINE)))


def galaxy_version() -> str:
    return str(yaml.safe_load(text_of("galaxy.yml"))["version"])


def numbers(version: str) -> tuple[int, ...]:
    """A version in a form that compares."""
    return tuple(map(int, version.removesuffix("-dev").split(".")))


def test_the_simulator_has_the_version_of_the_collection() -> None:
    said = re.search(
        r'^VERSION = "(.+)"$',
        text_of("roles/simulator/files/mrs_simulator/version.py"),
        re.MULTILINE,
    )
    assert said
    assert said[1] == galaxy_version().removesuffix("-dev")


def test_nothing_claims_to_be_newer_than_the_collection() -> None:
    plugins = [*ROOT.glob("plugins/*/*.py"), *ROOT.glob("roles/*/meta/argument_specs.yml")]
    added = {
        version
        for path in plugins
        for version in re.findall(r"version_added: *(\d\S+)", path.read_text("utf-8"))
    }
    assert added
    assert max(map(numbers, added)) <= numbers(galaxy_version())


def test_the_newest_release_of_the_changelog_is_not_newer_than_the_collection() -> None:
    changelog = ROOT / "changelogs" / "changelog.yaml"
    released: t.Any = (
        yaml.safe_load(changelog.read_text("utf-8"))["releases"] if changelog.is_file() else {}
    )
    assert max(map(numbers, released), default=(0,)) <= numbers(galaxy_version())


def test_the_oldest_ansible_core_that_is_declared_is_tested() -> None:
    requires = yaml.safe_load(text_of("meta/runtime.yml"))["requires_ansible"]
    assert requires == f">={cores_that_are_tested()[0]}.0"
    assert (
        requirements_of("requirements/oldest.in")["ansible-core"]
        == f"=={cores_that_are_tested()[0]}.0"
    )


def test_the_readme_names_the_tested_versions_of_ansible_core() -> None:
    said = text_of("README.md").partition("## Testing")[2].partition("\n## ")[0]
    assert [version for version in cores_that_are_tested() if version not in said] == []


def test_the_oldest_libraries_that_are_declared_are_tested() -> None:
    declared = requirements_of("requirements.txt")
    oldest = requirements_of("requirements/oldest.in")
    assert declared.keys() == {"requests", "keystoneauth1", "openstacksdk"}
    assert {name: oldest[name] for name in declared} == {
        name: version.replace(">=", "==") for name, version in declared.items()
    }


def test_the_newest_libraries_are_locked() -> None:
    locked = requirements_of("requirements/demo.txt")
    assert [name for name in requirements_of("requirements.txt") if name not in locked] == []
