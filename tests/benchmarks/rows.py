# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured against what, and which ratio is wanted."""

from __future__ import annotations

import dataclasses
import statistics
import typing as t

Json = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table.

    C(limit) is a ratio to the rival where there is one, else a number of C(unit).
    """

    what: str
    rival: str
    limit: float
    unit: str = "x"
    exact: bool = False

    @property
    def target(self) -> str:
        return f"{'' if self.exact else '≤ '}{self._amount(self.limit)}"

    def _amount(self, value: float) -> str:
        number = f"{value:g}" if self.exact else f"{value:.3g}"
        return (
            f"{number} {self.unit.replace('requests', 'request') if number == '1' else self.unit}"
        )

    def measured(self, value: float, note: str = "", **more: t.Any) -> Json:
        """The line with what was found."""
        met = value == self.limit if self.exact else value <= self.limit
        measured = self._amount(value)
        known = {
            "what": self.what,
            "rival": self.rival,
            "target": self.target,
            "measured": measured,
            "met": met,
        }
        return {**known, "note": note, "value": value, **more}

    def compared(self, ours: t.Sequence[float], rivals: t.Sequence[float], note: str = "") -> Json:
        """The line with the median ratio of pairs.

        C(ours) and C(rivals) have the seconds of each round.
        """
        ratio = statistics.median(our / rival for our, rival in zip(ours, rivals, strict=True))
        both = f"{_time(statistics.median(ours))} to {_time(statistics.median(rivals))}"
        return self.measured(
            ratio,
            f"{both}{', ' if note else ''}{note}",
            rounds=len(ours),
            ours=[round(each, 5) for each in ours],
            rivals=[round(each, 5) for each in rivals],
        )


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


GET = "``uri`` with one GET"
#: What a task costs in a play: ours, the rival, and the line of the table.
TASKS: tuple[tuple[str, str, Row], ...] = (
    ("keys", "uri", Row("unchanged ``mrs_cluster`` by ID, AK/SK, in process", GET, 0.15)),
    ("token", "uri", Row("the same by token, fetched in each task", GET, 0.25)),
    ("kept token", "uri", Row("the same by token, kept between tasks", GET, 0.15)),
    ("module, keys", "uri", Row("the same as a module, AK/SK", GET, 1.15)),
    ("module, token", "uri", Row("the same as a module, by token", GET, 1.3)),
    (
        "token, by name",
        "by hand",
        Row("unchanged cluster by name, by token, in process", "three ``uri`` tasks", 0.1),
    ),
    (
        "cloud",
        "openstacksdk",
        Row("the same by ID, by ``cloud``", "a module with ``openstack.connect`` and one GET", 0.3),
    ),
)
#: Round trips of one task, exactly.
ROUND_TRIPS: tuple[tuple[str, Row], ...] = tuple(
    (kind, Row(f"round trips of an unchanged cluster, {how}", "", number, "requests", exact=True))
    for kind, how, number in (
        ("keys", "AK/SK, by ID", 1),
        ("keys, by name", "AK/SK, by name", 2),
        ("token", "token, by ID", 2),
        ("token, by name", "token, by name", 3),
        ("kept token", "kept token, by ID", 1),
        ("cloud", "``cloud``, by ID", 2),
    )
)
EXECUTIONS = Row("{} executions listed, 80 ms", "loop over ``huaweicloudsdkmrs``, 100 a page", 0.2)
MEMORY = Row("memory by which the process grows for this", "memory of its result", 2.0)
WAITING = Row("{} jobs waited for together", "a waiting task for each job", 1.0, "requests a poll")
INVENTORY = Row("inventory of {} clusters, {} hosts, 80 ms", "one request after the other", 0.15)
IN_FLIGHT = Row("requests of the inventory under way at once", "", 64, "requests")
ROLE = Row(
    "{} unchanged clusters with role ``cluster``, 80 ms", "``mrs_cluster`` modules in a loop", 0.15
)
IMPORT = Row("import of a module's own code, from the archive that Ansible sends", "", 25, "ms")
