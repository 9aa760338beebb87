# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Words the progress of a wait for people: one line for each stage.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.wait import Progress

_ID = re.compile(r" \([0-9a-f-]{36}\)\Z")


class ProgressReporter:
    """Tells stages such as C(mrs_cluster etl: Installing MRS Manager (6 min 10 s)).

    :param action: name of the module; what it is about anyway is not repeated.
    :param tell: takes a line.
    """

    def __init__(self, action: str, tell: t.Callable[[str], None]) -> None:
        self._module = action.rpartition(".")[2]
        self._kind = self._module.split("_")[1] + " "
        self._tell = tell

    def __call__(self, progress: Progress) -> None:
        subject = _ID.sub("", progress.subject).removeprefix(self._kind)
        line = f"{self._module} {subject}: {progress.stage} ({_duration(progress.elapsed)})"
        # The stage is the service's text: it must not move the cursor or begin another line.
        self._tell("".join(letter for letter in " ".join(line.split()) if letter.isprintable()))


def _duration(elapsed: float) -> str:
    minutes, seconds = divmod(round(elapsed), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
