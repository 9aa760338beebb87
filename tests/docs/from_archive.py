# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Go a new user's way, from the archive of the collection to transient_job, by one page.

Usage: from_archive.py ARCHIVE PAGE... Runs each page as run.py does, with what that leaves out: an
empty home, nothing of this checkout in the environment, and the commands that install. In place of
huaweicloud.mrs they install the archive, and the libraries in the versions that this Python has.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import pathlib
import re
import sys

from blocks import Block
from run import OUTPUT, PAGES, Page, PageError, run

# Ansible says this to everybody who has no inventory, and the page says that it is all right.
USUAL = ("No inventory was parsed", "provided hosts list is empty")


class FirstDay(Page):
    """The page, followed by somebody who has a Python and the archive."""

    prelude = ""

    def __init__(
        self, path: pathlib.Path, exits: contextlib.ExitStack, folder: pathlib.Path
    ) -> None:
        super().__init__(path, exits, folder)
        versions = folder.with_name("versions.txt")
        installed = importlib.metadata.distributions()
        versions.write_text(
            "".join(f"{each.name}=={each.version}\n" for each in installed), "utf-8"
        )
        self.environment = {
            "HOME": str(folder),
            "PATH": os.pathsep.join([f"{sys.base_prefix}/bin", "/usr/bin", "/bin"]),
            "LC_ALL": "C.UTF-8",
            "PAGE_STATE": str(folder / ".exports"),
            # Where pip finds packages on this machine, and those that it has.
            **{name: value for name, value in os.environ.items() if name.startswith("PIP_")},
            "PIP_CONSTRAINT": str(versions),
            "PIP_NO_COMPILE": "0",  # to pip this means: do not compile all that is installed
            "XDG_CONFIG_HOME": str(pathlib.Path.home() / ".config"),
            "XDG_CACHE_HOME": str(pathlib.Path.home() / ".cache"),
        }

    def start(self, options: str) -> None:
        """No simulator but that which the page starts."""

    def command(self, block: Block) -> None:
        self.shell(block, block.text.replace("install huaweicloud.mrs", f"install {sys.argv[1]}"))

    def shell(self, block: Block, command: str) -> None:
        super().shell(block, command)
        warned = re.findall(r"^\[(?:\w+ )*WARNING\]: (.*)", self.output, re.M)
        if unusual := [line for line in warned if not line.startswith(USUAL)]:
            raise PageError(f"a new user is warned by\n{command}\n" + "\n".join(unusual))

    def run(self) -> None:
        super().run()
        if left := list(self.folder.glob(".cache/*/process")):
            raise PageError(f"a simulator still runs: {left}")


if __name__ == "__main__":
    failed = [
        name
        for name in sys.argv[2:]
        if run(PAGES / f"{name}.rst", FirstDay, OUTPUT / "from-archive") is not None
    ]
    sys.exit(bool(failed))
