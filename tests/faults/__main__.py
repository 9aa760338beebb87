# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Searches for schedules and histories that break a promise, and prints the numbers.

make faults SCHEDULES=50000 (or with SEED=7)
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time

from ansible_collections.huaweicloud.mrs.tests.faults.search import Tally, portion

#: Schedules between two reports.
PORTION = 100


def main(number: int, seed: int, jobs: int) -> int:
    """Play so many schedules in so many processes; 1 if a promise was broken."""
    started = time.monotonic()
    portions = [
        (min(PORTION, number - done), seed * 1_000_003 + done) for done in range(0, number, PORTION)
    ]
    total = Tally()
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for tally in pool.imap_unordered(portion, portions):
            total.merge(tally)
            print(f"{time.monotonic() - started:7.0f} s  {total.figures()}", flush=True)
            for told, wrong in tally.broken:
                print("\n" + told.splitlines()[0])
                print("\n".join(f"    {text[:20_000]}" for text in wrong), flush=True)
    print(
        "\nFaults by kind: "
        + ", ".join(f"{kind} {count}" for kind, count in sorted(total.injected.items()))
    )
    print(f"== seed {seed}: {total.figures()}")
    return 1 if total.broken else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    options = parser.parse_args()
    sys.exit(main(options.schedules, options.seed, options.jobs))
