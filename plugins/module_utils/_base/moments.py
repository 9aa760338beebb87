# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Moments in the headers of answers.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

#: Seconds by which the clocks of a signer and of the service may differ.
CLOCK_TOLERANCE = 900


def seconds_to_wait(headers: t.Mapping[str, str], now: datetime) -> float | None:
    """What C(Retry-After) says, as a number of seconds or as a date; None where it says nothing.

    A date is by the clock of the service, which C(Date) shows: ours may be wrong.
    """
    header = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", header):
        return float(header)
    moment = moment_of(header)
    began = moment_of(headers.get("Date")) or now
    return max(0.0, (moment - began).total_seconds()) if moment else None


def moment_of(header: str | None) -> datetime | None:
    """The date of a header, if it is one."""
    try:
        moment = parsedate_to_datetime(header or "")
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def wrong_clock(date: str | None, now: datetime) -> str | None:
    """What to do where C(Date) of an answer shows that our clock is too wrong for a signature.

    Nobody would think of it.
    """
    theirs = moment_of(date)
    off = (now - theirs).total_seconds() if theirs else 0.0
    if abs(off) <= CLOCK_TOLERANCE:
        return None
    direction = "fast" if off > 0 else "slow"
    return f"The clock of this machine is {abs(off) / 60:.0f} minutes {direction}: set it right."
