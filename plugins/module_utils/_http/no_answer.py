# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why there is no answer, in words that can be shown.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import (
    Attempt,
    NoAnswerError,
    UnreadableError,
)

CHECK_PROXY = "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY."

_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (\d{3})")


def no_answer(exc: Exception, attempt: Attempt, *, is_proxied: bool) -> NoAnswerError:
    """What an attempt that ended with C(exc) means."""
    sent = bool(attempt.sent)
    causes = list(_causes(exc))
    if attempt.left <= 0 or any(isinstance(cause, TimeoutError) for cause in causes):
        what = "answer" if sent else "connection"
        return NoAnswerError(f"no {what} within {attempt.seconds:g} s", sent=sent, late=True)
    if isinstance(exc, UnreadableError):
        return NoAnswerError(str(exc), sent=True, again=False)
    if sent:
        return NoAnswerError("the connection was lost", sent=True)
    return _not_connected(causes, is_proxied=is_proxied)


def _not_connected(causes: t.Sequence[BaseException], *, is_proxied: bool) -> NoAnswerError:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._http import tls

    refusal = tls.refusal(" ".join(map(str, causes)))
    if refusal:
        return NoAnswerError(refusal.cause, sent=False, again=False, hint=refusal.hint)
    words = next(filter(None, map(_words_of, causes)), "there is no connection")
    if not is_proxied:
        return NoAnswerError(words, sent=False)
    refused = next(filter(None, (_TUNNEL_REFUSED.search(str(cause)) for cause in causes)), None)
    told = f"by the proxy: {words}"
    if refused:
        told = f"the proxy refuses, with HTTP {refused.group(1)}"
    return NoAnswerError(told, sent=False, hint=CHECK_PROXY)


def _words_of(cause: BaseException) -> str | None:
    """What the operating system says, where that can be shown."""
    if not isinstance(cause, OSError):
        return None
    text = str(cause.strerror or "")
    return text if text.isprintable() and text.isascii() else None


def _causes(exc: BaseException) -> t.Iterator[BaseException]:
    """The error and those that it was made of.

    requests and urllib3 keep them in different places.
    """
    found: list[BaseException] = [exc]
    for each in found:
        yield each
        inner = (each.__cause__, each.__context__, getattr(each, "reason", None), *each.args)
        found += [one for one in inner if isinstance(one, BaseException) and one not in found]
