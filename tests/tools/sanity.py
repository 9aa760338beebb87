# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run every sanity test of ansible-test in the copied tree, and make sure that they really ran.

Usage: sanity.py TREE. ansible-test exits with 0 when it finds nothing to test or lacks a tool; so
its report is read, and a test that did not run and is not named in NOT_APPLICABLE is a failure.
What is in tests is not shipped, and left to the linters.
"""

from __future__ import annotations

import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import ansible_test

NOT_APPLICABLE = {
    "empty-init": "it looks at the folders of ansible-core only",
    "pslint": "there is no PowerShell",
}


def write_pip_settings(path: pathlib.Path) -> None:
    """The settings of pip, also those of the environment, which ansible-test does not hand on."""
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(pathlib.Path.home() / folder / "pip.conf" for folder in (".pip", ".config/pip"))
    names = [name for name in os.environ if name.startswith("PIP_")]
    values = {
        name.removeprefix("PIP_").lower().replace("_", "-"): os.environ[name] for name in names
    }
    # As in the Makefile: Python compiles what is imported. To pip, false means "do not compile".
    settings.read_dict({"global": {"no-compile": "false", **values}})
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        settings.write(file)


def environment(home: pathlib.Path) -> dict[str, str]:
    """A clean environment, with pip's settings and the get-pip script in its home.

    ansible-test would look for both there.
    """
    cache = home / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    requirements = pathlib.Path(
        ansible_test.__path__[0], "_internal", "python_requirements.py"
    ).read_text("utf-8")
    for version in re.findall(r"pip='([\d.]+)'", requirements):
        script = cache / f"get_pip_{version.replace('.', '_')}.py"
        shutil.copyfile(pathlib.Path(__file__).with_name("get_pip.py"), script)
    own, shared = home / ".cache" / "pip", pathlib.Path.home() / ".cache" / "pip"
    if shared.is_dir() and not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        own.symlink_to(shared)
    write_pip_settings(home / ".pip" / "pip.conf")
    return {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


def main(tree: pathlib.Path) -> int:
    """Run the tests and print a line of figures."""
    env = environment(pathlib.Path("build/home").resolve())
    report = tree / "tests" / "output" / "junit"
    shutil.rmtree(report, ignore_errors=True)
    listed = subprocess.run(
        ["ansible-test", "sanity", "--list-tests"],
        cwd=tree,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    options = ["--venv", "--python", python, "--color", "no", "--junit", "--exclude", "tests/"]
    command = ["ansible-test", "sanity", *options]
    status = subprocess.run(command, cwd=tree, env=env, check=False).returncode

    cases = [
        case
        for path in sorted(report.glob("*.xml"))
        for case in ElementTree.parse(path).iter("testcase")
    ]
    ran = {
        case.attrib["name"].partition("-python-")[0]
        for case in cases
        if case.find("skipped") is None
    }
    missing = set(listed) - ran - set(NOT_APPLICABLE)
    for name in sorted(set(listed) & set(NOT_APPLICABLE) - ran):
        print(f"Not applicable: {name}, {NOT_APPLICABLE[name]}")
    if missing or not ran:
        print(f"These sanity tests did not run: {', '.join(sorted(missing))}")
        status = status or 1
    print(f"== {len(ran)} of {len(listed)} sanity tests ran on Python {python}")
    return status


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
