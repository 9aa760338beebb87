# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write what stands in several files from the one place that has it.

- RETURN of the modules: what a cluster, a job execution or an error contains, and whole results,
  from docs/results.yml. Ansible has no fragments for results.
- The action group in meta/runtime.yml, and the list of modules in README.md, from the files in
  plugins/modules.

Usage: shared_text.py [--check]. With --check nothing is written, and a file that is not up to date
is a failure.
"""

from __future__ import annotations

import re
import sys
import textwrap
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "results.yml"
#: Columns of a line.
WIDTH = 100
#: The result that contains what docs/results.yml has under a name.
KINDS = {
    "cluster": "cluster",
    "clusters": "cluster",
    "job_execution": "job_execution",
    "job_executions": "job_execution",
    "hosts": "host",
    "connection": "connection",
    "connections": "connection",
    "mappings": "mapping",
    "policies": "policy",
    "policy": "policy",
    "stages": "stage",
    "error": "error",
}
#: Results that are the same in each module that has them.
WHOLE = ("validated",)
#: Results that have a name of the table above and contain something else.
OTHERS = {("mrs_cluster_plan_info", "clusters"), ("mrs_cluster", "job_executions")}


def blocks() -> dict[str, str]:
    """The text of each entry of docs/results.yml."""
    parts = re.split(r"^(\w+):\n", SOURCE.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def wrapped(text: str) -> str:
    """YAML whose texts without quotes are broken into lines that are short enough.

    A text that is short enough as it is stays so.
    """
    paragraph = re.compile(
        r"^(?P<first>(?P<indent> *)(?:- |\w+: )+)"
        r"(?P<text>[^\s'\"|>&*\[{].*(?:\n(?P=indent) ++(?!- |\w+:(?: |$)).+)*)$",
        re.MULTILINE,
    )

    def broken(found: re.Match[str]) -> str:
        if max(map(len, found[0].splitlines())) <= WIDTH:
            return found[0]
        first, words = found["first"], " ".join(found["text"].split())
        depth = len(first) if first.endswith("- ") else len(found["indent"]) + 2
        return textwrap.fill(
            words,
            WIDTH,
            initial_indent=first,
            subsequent_indent=" " * depth,
            break_long_words=False,
            break_on_hyphens=False,
        )

    return paragraph.sub(broken, text)


def with_results(name: str, text: str) -> str:
    """A module with what its results contain."""
    shared = blocks()
    before, returns, after = re.split(
        r'(?s)(?<=^RETURN = r""")(.*?)(?=^"""$)', text, maxsplit=1, flags=re.MULTILINE
    )

    def filled(result: re.Match[str]) -> str:
        key = result["key"]
        kind = KINDS.get(key)
        if kind is None or (name, key) in OTHERS:
            return result[0]
        contains = "".join(f"  {line}\n" if line else "\n" for line in shared[kind].splitlines())
        return f"{result['head']}  contains:\n{contains}"

    result = re.compile(
        r"(?P<head>^(?P<key>\w+):\n(?:(?!  contains:|\w).*\n)*)  contains:\n(?:(?!\w).*\n)*",
        re.MULTILINE,
    )
    returns = result.sub(filled, returns)
    for key in WHOLE:
        own = re.compile(rf"(?<=^{key}:\n)(?:  .*\n)+", re.MULTILINE)
        returns = own.sub(lambda _own, key=key: shared[key], returns)
    return before + wrapped(returns) + after


def modules() -> list[Path]:
    return sorted((ROOT / "plugins" / "modules").glob("mrs_*.py"))


def with_action_group(text: str) -> str:
    """meta/runtime.yml with every module in the action group."""
    names = "".join(f"    - {path.stem}\n" for path in modules())
    return re.sub(r"(?<=^  mrs:\n)(?:    - \w+\n)+", names, text, flags=re.MULTILINE)


def with_modules(text: str) -> str:
    """README.md with a row for each module, in the words of its short description."""
    rows = []
    for path in modules():
        found = re.search(r'DOCUMENTATION = r"""(.*?)"""', path.read_text("utf-8"), re.DOTALL)
        documentation = yaml.safe_load(found[1]) if found else {}
        rows.append(f"| `{path.stem}` | {documentation['short_description']} |\n")
    return re.sub(
        r"(?<=^\|---\|---\|\n)(?:\| `mrs_\w+` .*\n)+", "".join(rows), text, flags=re.MULTILINE
    )


def wanted() -> t.Iterator[tuple[Path, str]]:
    """Each file with shared text, and how it should read."""
    for path in modules():
        yield path, with_results(path.stem, path.read_text("utf-8"))
    yield (
        ROOT / "meta" / "runtime.yml",
        with_action_group((ROOT / "meta" / "runtime.yml").read_text("utf-8")),
    )
    yield ROOT / "README.md", with_modules((ROOT / "README.md").read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Write or check the files."""
    old = [(path, text) for path, text in wanted() if path.read_text("utf-8") != text]
    for path, text in old:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is not what its sources say. Run make format.")
        else:
            path.write_text(text, "utf-8")
    return int(bool(old) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
