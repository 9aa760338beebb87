# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the event source in its own process, tells what it says, and ends it after some looks.

python watcher.py PLUGIN ARGUMENTS LOOKS: the plugin, a JSON file with its arguments, and how many
pauses it may make.
"""

from __future__ import annotations

import asyncio
import json
import logging
import pathlib
import runpy
import sys
import typing as t


class Queue:
    """Tells each event."""

    async def put(self, item: t.Any) -> None:
        print(json.dumps(item), flush=True)


async def watch(plugin: str, arguments: dict[str, t.Any], looks: int) -> None:
    main = runpy.run_path(plugin)["main"]
    sleep, left = asyncio.sleep, looks

    async def counted(seconds: float) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise asyncio.CancelledError
        await sleep(min(seconds, 0.01))

    main.__globals__["_imported"]().EventSource.__init__.__defaults__ = (None, counted)
    await main(Queue(), arguments)


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    try:
        asyncio.run(
            watch(
                sys.argv[1],
                json.loads(pathlib.Path(sys.argv[2]).read_text("utf-8")),
                int(sys.argv[3]),
            )
        )
    except asyncio.CancelledError:
        print("ended after the last look")
    except Exception:
        logging.exception("The event source has failed")  # as ansible-rulebook does
        sys.exit(1)
