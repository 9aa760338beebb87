# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults on request: rules that spoil requests or answers that match them."""

from __future__ import annotations

import re
import typing as t
from dataclasses import asdict, dataclass, field

from mrs_simulator.base.messages import JsonObject, Reply, Request, answer
from mrs_simulator.control import strange

#: The service does not act. "hang" is the same as "hang_before"; "late" acts when nobody waits.
BEFORE = ("cut_before", "status", "hang", "hang_before", "result_false", "expire_token", "late")
#: The service acts, and then the answer is spoilt.
AFTER = (
    "cut_after", "status_after", "hang_after", "garbage", "truncate", "empty", "slow", "twice",
    "replace", "merge", "endless", "huge", "gzip_bomb", "drip_headers", "drip_body",
)  # fmt: skip
KINDS = (*BEFORE, *AFTER)
#: The request arrives (once more) after C(seconds).
DELIVERED_LATER = ("late", "twice")

HANG_SECONDS = 3600.0
MAX_SIZE = 2**31


class FaultError(ValueError):
    """A rule that makes no sense."""


@dataclass
class Rule:
    """A fault.

    C(path) is a regular expression that is searched in the path. After C(after) matches the next
    C(times) are spoilt.
    """

    kind: str
    method: str = ""
    path: str = ""
    times: int = 1
    after: int = 0
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: t.Any = None
    seconds: float = 0.0
    size: int = 300 * 2**20
    hits: int = 0

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("", method) and re.search(self.path, path) is not None


_FIELDS = frozenset(Rule.__dataclass_fields__) - {"hits"}


def make_rule(document: JsonObject) -> Rule:
    """:raises FaultError: a kind, a field, a type or a regular expression is wrong."""
    if not set(document) <= _FIELDS or document.get("kind") not in KINDS:
        raise FaultError(
            f"a fault has the fields {', '.join(sorted(_FIELDS))}, and kind is one of "
            f"{', '.join(KINDS)}"
        )
    rule = Rule(**{"status": 200 if document["kind"] == "replace" else 503, **document})
    _check_numbers(rule)
    if not isinstance(rule.method, str) or not isinstance(rule.path, str):
        raise FaultError("method and path are texts")
    if not _is_headers(rule.headers):
        raise FaultError("headers are printable texts of the character set Latin-1")
    if rule.kind == "merge" and not isinstance(rule.body, dict):
        raise FaultError("the body of merge is an object")
    try:
        re.compile(rule.path)
    except re.error as exc:
        raise FaultError(f"path is not a regular expression: {exc}") from exc
    rule.method = rule.method.upper()
    return rule


def _check_numbers(rule: Rule) -> None:
    for name, low, high in (
        ("times", 0, 1_000_000),
        ("after", 0, 1_000_000),
        ("status", 200, 599),
        ("size", 0, MAX_SIZE),
    ):
        number = getattr(rule, name)
        if not isinstance(number, int) or not low <= number <= high:
            raise FaultError(f"{name} is a whole number from {low} to {high}")
    if not isinstance(rule.seconds, (int, float)) or not 0 <= rule.seconds <= HANG_SECONDS:
        raise FaultError(f"seconds is a number up to {HANG_SECONDS:.0f}")


def _is_headers(headers: t.Any) -> bool:
    return isinstance(headers, dict) and all(
        isinstance(text, str) and text.isprintable() and max(text, default=" ") <= "\xff"
        for item in headers.items()
        for text in item
    )


class Faults:
    """The rules in force, in the order they were added."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def take(self, method: str, path: str) -> Rule | None:
        """The first rule that spoils this request.

        Every matching rule before it counts the request as well.
        """
        for rule in self.rules:
            if rule.matches(method, path):
                rule.hits += 1
                if rule.after < rule.hits <= rule.after + rule.times:
                    return rule
        return None

    def document(self) -> list[JsonObject]:
        return [asdict(rule) for rule in self.rules]


def rewrite(rule: Rule, request: Request) -> Request:
    """The request as it reaches the service."""
    return strange.first_page(request) if rule.kind == "endless" else request


def before(rule: Rule, path: str) -> Reply | None:
    """The answer of a rule that keeps the service from acting; None when the request goes on."""
    if rule.kind in ("cut_before", "late"):
        return Reply(0, spoil="cut")
    if rule.kind in ("hang", "hang_before"):
        return Reply(0, spoil="hang", delay=rule.seconds or HANG_SECONDS)
    if rule.kind == "status":
        return _with_status(rule)
    if rule.kind == "result_false":
        return answer(200, _refusal(rule, path))
    return None


def after(rule: Rule, reply: Reply) -> Reply:
    """The spoilt form of the answer of a service that has acted."""
    return _SPOILT[rule.kind](rule, reply)


def _cut(rule: Rule, reply: Reply) -> Reply:
    return Reply(reply.status, spoil="cut")


def _hang(rule: Rule, reply: Reply) -> Reply:
    return Reply(reply.status, spoil="hang", delay=rule.seconds or HANG_SECONDS)


def _slow(rule: Rule, reply: Reply) -> Reply:
    reply.delay += rule.seconds
    return reply


def _empty(rule: Rule, reply: Reply) -> Reply:
    return Reply(_with_body(reply), headers=dict(rule.headers))


def _garbage(rule: Rule, reply: Reply) -> Reply:
    return Reply(
        _with_body(reply), _garbage_of(rule), {"Content-Type": "text/html", **rule.headers}
    )


def _truncate(rule: Rule, reply: Reply) -> Reply:
    body = reply.body or _garbage_of(rule)
    return Reply(_with_body(reply), body, reply.headers, spoil="truncate")


def _replace(rule: Rule, _reply: Reply) -> Reply:
    reply = Reply(rule.status, strange.as_json(rule.body), {"Content-Type": "application/json"})
    reply.headers.update(rule.headers)
    return reply


def _merge(rule: Rule, reply: Reply) -> Reply:
    return strange.merge(reply, rule.body)


def _endless(_rule: Rule, reply: Reply) -> Reply:
    return strange.always_new(reply)


def _huge(rule: Rule, reply: Reply) -> Reply:
    reply.chunks = lambda: strange.padded(reply.body, rule.size)
    return reply


def _gzip_bomb(rule: Rule, reply: Reply) -> Reply:
    reply.body = strange.compressed(reply.body, rule.size)
    reply.headers["Content-Encoding"] = "gzip"
    return reply


def _drip(rule: Rule, reply: Reply) -> Reply:
    reply.spoil = "drip_headers" if rule.kind == "drip_headers" else "drip_body"
    reply.pace = rule.seconds or 1.0
    return reply


_SPOILT: dict[str, t.Callable[[Rule, Reply], Reply]] = {
    "cut_after": _cut,
    "status_after": lambda rule, _reply: _with_status(rule),
    "hang_after": _hang,
    "garbage": _garbage,
    "truncate": _truncate,
    "empty": _empty,
    "slow": _slow,
    "twice": lambda _rule, reply: reply,
    "replace": _replace,
    "merge": _merge,
    "endless": _endless,
    "huge": _huge,
    "gzip_bomb": _gzip_bomb,
    "drip_headers": _drip,
    "drip_body": _drip,
}


def _with_body(reply: Reply) -> int:
    """A status that can have a body."""
    return 200 if reply.status == 204 else reply.status


def _with_status(rule: Rule) -> Reply:
    if rule.body is None:
        return Reply(rule.status, headers=dict(rule.headers))
    reply = answer(rule.status, rule.body)
    if isinstance(rule.body, str):
        reply = Reply(rule.status, _text(rule.body), {"Content-Type": "text/html"})
    reply.headers.update(rule.headers)
    return reply


def _garbage_of(rule: Rule) -> bytes:
    return _text(rule.body) or b"<html><body>The answer got lost on its way.</body></html>"


def _text(body: t.Any) -> bytes:
    return body.encode("utf-8", "replace") if isinstance(body, str) else b""


def _refusal(rule: Rule, path: str) -> t.Any:
    """A failure that comes with HTTP 200 (service_v1 Q39)."""
    if rule.body is not None:
        return rule.body
    if path.endswith("/run-job-flow"):
        return {"cluster_id": "", "result": False, "msg": "The request was refused."}
    return {"result": "12000014"}
