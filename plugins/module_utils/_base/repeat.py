# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one place where something that failed is tried again. What may be is up to the caller.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import MrsError

T = t.TypeVar("T")


class Failed(Exception):
    """One attempt failed.

    :param harmless: the service has not acted, so it may be repeated whatever it is.
    :param passing: it may pass by itself, so what does no harm twice may be repeated.
    :param after: seconds that the service wants us to wait before that.
    """

    def __init__(
        self,
        error: MrsError,
        *,
        harmless: bool = False,
        passing: bool = False,
        after: float | None = None,
    ) -> None:
        super().__init__(str(error))
        self.error, self.harmless, self.passing, self.after = error, harmless, passing, after


def repeated(
    attempt: t.Callable[[], T],
    pause_after: t.Callable[[Failed, int], float | None],
    sleep: t.Callable[[float], None],
) -> T:
    """What the first attempt gives that does not fail.

    :param pause_after: seconds until the next attempt, by what failed and the number of attempts
        before that one; None when there shall be none.
    :raises MrsError: the error of the last attempt.
    """
    number = 0
    while True:
        try:
            return attempt()
        except Failed as failed:
            pause = pause_after(failed, number)
            if pause is None:
                raise failed.error from failed.__cause__
        sleep(pause)
        number += 1
