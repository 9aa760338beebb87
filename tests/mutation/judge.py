# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which mutants of a module no test notices.

To start Python and pytest takes longer than most tests. So they start once for a module and stop
before a test is imported; a fork for each mutant goes on from there, with its source in the place
of the module's.
"""

from __future__ import annotations

import importlib.util
import os
import pathlib
import resource
import signal
import sys
import types
import typing as t
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader

import pytest

from ansible_collections.huaweicloud.mrs.tests.mutation.mutants import Mutant

#: What a mutant may use before it counts as one that hangs, and so as killed.
CPU_SECONDS, SECONDS, MEMORY = 10, 300, 2 * 2**30
#: Exit codes of pytest.
PASSED, FAILED = (0,), (1, 2, 4)


class Replacement(MetaPathFinder, SourceFileLoader):
    """Imports the module from another source."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def find_spec(self, name: str, _path: t.Any = None, _target: t.Any = None) -> ModuleSpec | None:
        return (
            importlib.util.spec_from_file_location(name, self.path, loader=self)
            if name == self.name
            else None
        )

    def get_code(self, _name: str) -> types.CodeType:
        return compile(self._source, self.path, "exec")


class Judge:
    """A plugin of pytest: instead of collecting, forks for each source, and goes on there only."""

    def __init__(self, module: str, path: str, sources: list[str], jobs: int) -> None:
        self._module, self._path, self._sources, self._jobs = module, path, sources, jobs
        self._running: dict[int, int] = {}
        self.is_fork = False
        #: By the number of the source, whether its tests passed.
        self.passed: dict[int, bool] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        assert self._module not in sys.modules
        for number, source in enumerate(self._sources):
            while len(self._running) >= self._jobs:
                self._wait()
            child = os.fork()
            if not child:
                self._become(source)
                return
            self._running[child] = number
        while self._running:
            self._wait()
        pytest.exit("all are judged", 0)

    def _wait(self) -> None:
        child, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        if code > 0 and code not in FAILED:
            raise RuntimeError(f"pytest ended with {code}")
        self.passed[self._running.pop(child)] = code in PASSED

    def _become(self, source: str) -> None:
        self.is_fork = True
        signal.alarm(SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sys.meta_path.insert(0, Replacement(self._module, self._path, source))


def judged(root: str, path: str, mutants: list[Mutant], tests: list[str], jobs: int) -> list[int]:
    """The numbers of the mutants of the module at C(path) that the tests do not notice.

    It must run in a process of its own, which it changes.

    :raises RuntimeError: the tests fail without a change, or none of them imports the module.
    """
    os.chdir(root)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    module = "ansible_collections.huaweicloud.mrs." + path.removesuffix(".py").replace("/", ".")
    unchanged, useless = pathlib.Path(path).read_text("utf-8"), "raise RuntimeError\n"
    judge = Judge(
        module, f"{root}/{path}", [unchanged, useless, *(mutant.source for mutant in mutants)], jobs
    )
    # With capturing, forks would write into one file.
    code = pytest.main(["-x", "-q", "-s", "--tb=no", *tests], plugins=[judge])
    if judge.is_fork:
        os._exit(int(code))
    if not judge.passed.get(0) or judge.passed.get(1):
        raise RuntimeError(
            f"{path}: its tests fail without a change, or do not import it (pytest ended with "
            f"{code})"
        )
    return [number - 2 for number, passed in sorted(judge.passed.items()) if passed and number >= 2]
