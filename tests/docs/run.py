# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run every command and every playbook on the pages, each page with its own simulator.

Usage: run.py [PAGE...]. README.md beside this file says how a page is written so that it can be
run.
"""

from __future__ import annotations

import contextlib
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor

import yaml
from blocks import Block, blocks_of
from simulated import (
    ROOT,
    SIMULATOR,
    Address,
    environment,
    login,
    simulator,
    temporary_keys_of,
    token_of,
    variables,
)

PAGES = ROOT / "docs" / "docsite" / "rst"
OUTPUT = ROOT / "build" / "docs-run"
SECONDS_PER_BLOCK = 300
SHOWN_ONLY = ("text", "none", "rst", "python", "diff")
# What a page says for a user's own account, and what it means on the simulator.
STANDS_FOR: dict[str, t.Callable[[Address], str]] = {
    "https://iam.eu-de.otc.t-systems.com/v3": lambda address: address["auth_url"],
    "https://iam.cn-north-4.myhuaweicloud.com/v3": lambda address: address["auth_url"],
    "https://iam.eu-west-0.prod-cloud-ocb.orange-business.com/v3": lambda address: address[
        "auth_url"
    ],
    "https://mrs.eu-de.otc.t-systems.com": lambda address: address["url"],
    "OTC-EU-DE-00000000001000000000": lambda address: address["user_domain_name"],
    "my-account": lambda address: address["user_domain_name"],
    "my-user": lambda address: address["username"],
    "my-password": lambda address: address["password"],
    "my-project-id": lambda address: address["project_id"],
    "my-access-key": lambda address: address["access_key"],
    "my-secret-key": lambda address: address["secret_key"],
    "my-token": token_of,
    "my-temporary-access-key": lambda address: temporary_keys_of(address, token_of(address))[
        "access"
    ],
}


class PageError(Exception):
    """A page says something that is not so."""


class Page:
    """One page while it is run.

    :param folder: where it is run; what is in it is deleted. What came out is in the file
        C(FOLDER.log).
    """

    prelude = 'ansible-playbook() { command ansible-playbook -e @page-variables.json "$@"; }'

    def __init__(
        self, path: pathlib.Path, exits: contextlib.ExitStack, folder: pathlib.Path
    ) -> None:
        self.path = path
        self.exits = exits
        self.blocks = blocks_of(path)
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.log = folder.with_suffix(".log")
        self.log.write_text("", "utf-8")
        self.environment = {
            **environment(self.folder),
            "MRS_RESULTS": str(self.folder / "results.jsonl"),
            "PAGE_STATE": str(self.folder / ".exports"),
        }
        self.address: Address = {}
        self.output = ""
        self.ran = self.shown = 0
        (self.folder / ".exports").touch()

    def run(self) -> None:
        """Run all blocks in order.

        :raises PageError: one of them does not do what the page says.
        """
        if any(
            block.language not in SHOWN_ONLY and "not run" not in block.comments
            for block in self.blocks
        ):
            self.start("")
        for block in self.blocks:
            try:
                self.take(block)
            except PageError as error:
                raise PageError(f"{self.path.name}:{block.line}: {error}") from None
        unused = [
            block.file
            for block in self.blocks
            if self.is_playbook(block) and not self.is_used(block)
        ]
        if unused:
            raise PageError(f"{self.path.name}: no command runs {', '.join(map(str, unused))}")

    def take(self, block: Block) -> None:
        if "simulator" in block.comments:
            self.start(block.comments["simulator"])
        if "not logged in" in block.comments:
            self.log_out()
        kind = {
            "bash": self.command,
            "yaml+jinja": self.yaml,
            "yaml": self.yaml,
            "json": self.json,
            "ini": self.ini,
        }
        if block.language in SHOWN_ONLY:
            self.expect(block)
        elif block.language in kind:
            kind[block.language](block)
        else:
            raise PageError(f"nobody knows how to run a block of {block.language or 'no language'}")

    def start(self, options: str) -> None:
        """Leave the simulator of the page, with all in it; with options, start another."""
        self.exits.close()
        self.log_out()
        self.environment.pop("HUAWEICLOUD_MRS_ENDPOINT", None)
        if options == "none":
            return
        self.address = self.exits.enter_context(simulator(self.log, *shlex.split(options)))
        self.environment |= login(self.address) | {"HUAWEICLOUD_MRS_ENDPOINT": self.address["url"]}

    def clean_up(self) -> None:
        """End the simulator that the page itself has started, if it did not come to that."""
        for process in self.folder.glob(".cache/*/process"):
            subprocess.run(
                [str(SIMULATOR / "stop.sh"), str(process.parent)], capture_output=True, check=False
            )

    def log_out(self) -> None:
        """Forget all credentials, those that the page exported before, too.

        The service stays where it is.
        """
        for name in [name for name in self.environment if name.startswith("OS_")]:
            del self.environment[name]
        (self.folder / ".exports").write_text("", "utf-8")

    def meant(self, text: str) -> str:
        """The text with the values of the simulator in place of those of a user's account."""
        if "my-temporary" in text:
            keys = temporary_keys_of(self.address, token_of(self.address))
            for name, key in (
                ("access-key", "access"),
                ("secret-key", "secret"),
                ("security-token", "securitytoken"),
            ):
                text = text.replace(f"my-temporary-{name}", keys[key])
        for said, meant in STANDS_FOR.items():
            if said in text:
                text = text.replace(said, meant(self.address))
        return text

    def is_playbook(self, block: Block) -> bool:
        """Whether it is a list of plays.

        They have hosts, and no sources as the rules of ansible-rulebook have.
        """
        named = {
            key
            for key in ("hosts", "sources")
            if re.search(rf"^[- ] {key}:", block.text, re.MULTILINE)
        }
        is_list = block.language.startswith("yaml") and re.search(r"^- ", block.text, re.MULTILINE)
        return bool(block.file and is_list and named == {"hosts"})

    def is_used(self, block: Block, *, really: bool = False) -> bool:
        """A command names it, or it is part of a scenario and a command runs molecule.

        C(really): one that is run.
        """
        name = "molecule " if "/molecule/" in str(block.file) else str(block.file)
        commands = [other for other in self.blocks if other.language == "bash"]
        return any(
            name in other.text for other in commands if not (really and "not run" in other.comments)
        )

    def yaml(self, block: Block) -> None:
        """A file, or tasks, or keywords of a play."""
        if "not run" in block.comments:
            yaml.safe_load(block.text)
            self.shown += 1
            return
        if block.file:
            self.write(block)
            return
        content = yaml.safe_load(block.text)
        play = {"hosts": "localhost", "gather_facts": False}
        if isinstance(content, dict):
            play |= content | {
                "tasks": [{"name": "List clusters", "huaweicloud.mrs.mrs_cluster_info": None}]
            }
        else:
            play["tasks"] = content
        name = f"line-{block.line}.yml"
        text = self.meant(yaml.safe_dump([play], sort_keys=False, width=1000))
        (self.folder / name).write_text(text, "utf-8")
        self.shell(block, f"ansible-playbook {name}")

    def json(self, block: Block) -> None:
        json.loads(block.text)
        self.write(block)

    def ini(self, block: Block) -> None:
        self.write(block)

    def write(self, block: Block) -> None:
        if not block.file:
            raise PageError(f"a block of {block.language} needs a caption, the name of the file")
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.meant(block.text), "utf-8")
        if self.is_playbook(block) and not self.is_used(block, really=True):
            ended = self.subprocess(f"ansible-playbook --syntax-check {shlex.quote(block.file)}")
            if ended.returncode:
                raise PageError(ended.stdout)

    def command(self, block: Block) -> None:
        if "not run" in block.comments:
            if not block.comments["not run"]:
                raise PageError("why is it not run?")
            ended = subprocess.run(
                ["bash", "-n"], input=block.text, text=True, capture_output=True, check=False
            )
            if ended.returncode:
                raise PageError(ended.stderr)
            self.shown += 1
            return
        self.shell(block, self.meant(block.text))

    def shell(self, block: Block, command: str) -> None:
        """Run commands, and keep what they export for the blocks that follow."""
        ended = self.subprocess(command)
        self.output = ended.stdout
        self.ran += 1
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"---- line {block.line}\n{command}\n{ended.stdout}\n")
        if bool(ended.returncode) != ("fails" in block.comments):
            raise PageError(f"exit status {ended.returncode} of\n{command}\n{ended.stdout}")

    def subprocess(self, command: str) -> subprocess.CompletedProcess[str]:
        extra = json.dumps(variables(self.address) if self.address else {})
        (self.folder / "page-variables.json").write_text(extra, "utf-8")
        script = f". $PAGE_STATE\n{self.prelude}\n{command}\nexport -p > $PAGE_STATE\n"
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS_PER_BLOCK,
            check=False,
        )

    def expect(self, block: Block) -> None:
        """Each line of a block of text is in the output of what was run before, if anything was.

        Dots are anything.
        """
        if block.language != "text" or "not run" in block.comments or not self.ran:
            return
        said = [" ".join(line.split()) for line in self.output.splitlines()]
        for line in filter(None, map(str.strip, block.text.splitlines())):
            pattern = ".*".join(re.escape(part) for part in " ".join(line.split()).split("..."))
            if not any(re.fullmatch(pattern, each) for each in said):
                raise PageError(f"the output has no line\n  {line}\nbut\n{self.output}")
        self.shown += 1


def run(path: pathlib.Path, kind: type[Page] = Page, output: pathlib.Path = OUTPUT) -> str | None:
    """Run a page; what is wrong with it."""
    started = time.monotonic()
    with contextlib.ExitStack() as exits:
        page = kind(path, exits, output / path.stem)
        try:
            page.run()
        except PageError as error:
            print(f"FAILED  {error}", flush=True)
            return str(error)
        finally:
            page.clean_up()
    seconds = time.monotonic() - started
    print(
        f"ok      {path.stem:32} {page.ran:3} blocks run, {page.shown} shown, {seconds:5.1f} s",
        flush=True,
    )
    return None


def main(names: t.Sequence[str]) -> int:
    """Run the pages asked for; 1 if one of them fails."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    pages = [PAGES / f"{name}.rst" for name in names] or sorted(PAGES.glob("*.rst"))
    with ThreadPoolExecutor(2) as pool:
        problems = list(pool.map(run, pages))
    failed = sum(problem is not None for problem in problems)
    print(f"== {len(pages) - failed} of {len(pages)} pages do what they say")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
