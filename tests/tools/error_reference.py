# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the page of error codes from the table in plugins/module_utils/_base/error_codes.py.

Usage: error_reference.py [--check]. With --check nothing is written, and a page that is not up to
date is a failure.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "docsite" / "rst" / "error_reference.rst"
sys.path.insert(0, str(ROOT / "build" / "live"))

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base import error_codes  # noqa: E402

CODES, Retry = error_codes.CODES, error_codes.Retry

HEAD = """\
..
  Copyright (c) 2026, huaweicloud.mrs contributors
  GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
  SPDX-License-Identifier: GPL-3.0-or-later

.. Written by tests/tools/error_reference.py from plugins/module_utils/_base/error_codes.py.
   Change that, then run make format.

.. _ansible_collections.huaweicloud.mrs.docsite.error_reference:

Error codes
===========

What the codes of the service mean, and what to do. A task that fails says the same in its message.
For programs its result has ``error``, with ``status`` (of HTTP), ``code``, ``request_id`` and
``reason`` (the service's own words). If you ask the support of the cloud, give them the request ID.

.. contents::
   :local:
   :depth: 1

"""
SECTIONS = (
    (
        "Clusters",
        "Codes of requests about clusters and everything else but jobs.",
        error_codes.CLUSTERS,
    ),
    ("Jobs", "Codes of requests about jobs.", error_codes.JOBS),
    (
        "Gateway",
        "The gateway of the cloud refuses, before the service has seen the request.",
        error_codes.GATEWAY,
    ),
    (
        "Stages",
        "These are in ``stage`` and ``error`` of a cluster whose creation or resize failed "
        "after it was accepted.",
        error_codes.STAGES,
    ),
)
AGAIN = {
    Retry.NO: "no",
    Retry.STATE: "in another state",
    Retry.LATER: "later",
    Retry.AUTH: "with a new token",
    Retry.GONE: "it is gone",
}
LEGEND = """\
The column *Again* says whether the same request can succeed:

- *no*: it fails again.
- *in another state*: when the cluster or the job is in a state that allows it.
- *later*: after some minutes.
- *with a new token*: a task gets one by itself, once.
- *it is gone*: there is nothing any more. A deletion has then reached its goal.

"""


def row(codes: list[str]) -> str:
    """One row of a table: codes of one meaning, the meaning, what to do, whether again."""
    code = CODES[codes[0]]
    # The search of the site finds no numbers but in its index.
    names = ", ".join(f":index:`{each}`" for each in codes)
    cells = (names, _text(code.cause), _text(code.remedy), AGAIN[code.retry])
    return "   * - " + "\n     - ".join(cells) + "\n"


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_ ", "\\_ ").replace("`", "\\`")


def page() -> str:
    """The whole page.

    :raises ValueError: a code belongs to no section or to several.
    """
    parts = [HEAD, LEGEND]
    seen: list[str] = []
    for title, text, table in SECTIONS:
        codes = sorted(table, key=lambda code: (code.startswith("MRS"), len(code), code))
        seen += codes
        parts.append(f"{title}\n{'-' * len(title)}\n\n{text}\n\n")
        parts.append(".. list-table::\n   :header-rows: 1\n   :widths: 14 38 38 10\n\n")
        parts.append("   * - Code\n     - Meaning\n     - What to do\n     - Again\n")
        parts += [
            row(list(group))
            for _code, group in itertools.groupby(codes, key=lambda code: CODES[code])
        ]
        parts.append("\n")
    if sorted(seen) != sorted(CODES):
        raise ValueError(
            f"These codes are in no section or in several: {sorted(set(CODES) ^ set(seen))}"
        )
    return "".join(parts).rstrip("\n") + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, "utf-8")
    elif not PAGE.is_file() or PAGE.read_text("utf-8") != text:
        print(f"{PAGE.relative_to(ROOT)} is not what error_codes.py says. Run make format.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
