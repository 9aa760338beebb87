# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults on request: rules that spoil requests or answers that match them."""

from __future__ import annotations

import re
import typing as t
from dataclasses import asdict, dataclass, field

from mrs_simulator.messages import JsonObject, Reply, answer

#: The service does not act. "hang" is the same as "hang_before".
BEFORE = ("cut_before", "status", "hang", "hang_before", "result_false", "expire_token")
#: The service acts, and then the answer is spoilt.
AFTER = ("cut_after", "status_after", "hang_after", "garbage", "truncate", "empty", "slow")
KINDS = (*BEFORE, *AFTER)

HANG_SECONDS = 3600.0


class FaultError(ValueError):
    """A rule that makes no sense."""


@dataclass
class Rule:
    """C(path) is a regular expression searched in the path; after C(after) matches the next C(times) are spoilt."""

    kind: str
    method: str = ""
    path: str = ""
    times: int = 1
    after: int = 0
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: t.Any = None
    seconds: float = 0.0
    hits: int = 0

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("", method) and re.search(self.path, path) is not None


def make_rule(document: JsonObject) -> Rule:
    """:raises FaultError: an unknown kind or field, a wrong type, or a path that is no regular expression."""
    fields = {"kind", "method", "path", "times", "after", "status", "headers", "body", "seconds"}
    unknown = set(document) - fields
    if unknown or document.get("kind") not in KINDS:
        raise FaultError(f"a fault has the fields {', '.join(sorted(fields))}, and kind is one of {', '.join(KINDS)}")
    rule = Rule(**document)
    whole = all(isinstance(value, int) and 0 <= value <= 1_000_000 for value in (rule.times, rule.after, rule.status))
    texts = isinstance(rule.method, str) and isinstance(rule.path, str)
    if not whole or not texts or not isinstance(rule.seconds, (int, float)) or not 0 <= rule.seconds <= HANG_SECONDS:
        raise FaultError(
            "times, after and status are whole numbers, seconds a number up to 3600, method and path texts"
        )
    if not 200 <= rule.status <= 599 or not _is_headers(rule.headers):
        raise FaultError("status is from 200 to 599, headers are printable texts")
    try:
        re.compile(rule.path)
    except re.error as exc:
        raise FaultError(f"path is not a regular expression: {exc}") from exc
    rule.method = rule.method.upper()
    return rule


def _is_headers(headers: t.Any) -> bool:
    return isinstance(headers, dict) and all(
        isinstance(text, str) and text.isascii() and text.isprintable() for item in headers.items() for text in item
    )


class Faults:
    """The rules in force, in the order they were added."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def take(self, method: str, path: str) -> Rule | None:
        """The first rule that spoils this request. Every matching rule before it counts the request as well."""
        for rule in self.rules:
            if rule.matches(method, path):
                rule.hits += 1
                if rule.after < rule.hits <= rule.after + rule.times:
                    return rule
        return None

    def document(self) -> list[JsonObject]:
        return [asdict(rule) for rule in self.rules]


def before(rule: Rule, path: str) -> Reply | None:
    """The answer of a rule that keeps the service from acting; None when the request goes on."""
    if rule.kind == "cut_before":
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
    if rule.kind == "cut_after":
        return Reply(reply.status, spoil="cut")
    if rule.kind == "hang_after":
        return Reply(reply.status, spoil="hang", delay=rule.seconds or HANG_SECONDS)
    if rule.kind == "status_after":
        return _with_status(rule)
    if rule.kind == "slow":
        reply.delay += rule.seconds
        return reply
    if rule.kind == "empty":
        return Reply(200 if reply.status == 204 else reply.status, headers=dict(rule.headers))
    body = _text(rule.body) or b"<html><body>The answer got lost on its way.</body></html>"
    if rule.kind == "garbage":
        return Reply(200 if reply.status == 204 else reply.status, body, {"Content-Type": "text/html", **rule.headers})
    return Reply(200 if reply.status == 204 else reply.status, reply.body or body, reply.headers, spoil="truncate")


def _with_status(rule: Rule) -> Reply:
    if rule.body is None:
        return Reply(rule.status, headers=dict(rule.headers))
    reply = answer(rule.status, rule.body)
    if isinstance(rule.body, str):
        reply = Reply(rule.status, _text(rule.body), {"Content-Type": "text/html"})
    reply.headers.update(rule.headers)
    return reply


def _text(body: t.Any) -> bytes:
    return body.encode("utf-8", "replace") if isinstance(body, str) else b""


def _refusal(rule: Rule, path: str) -> t.Any:
    """A failure that comes with HTTP 200 (Q39)."""
    if rule.body is not None:
        return rule.body
    if path.endswith("/run-job-flow"):
        return {"cluster_id": "", "result": False, "msg": "The request was refused."}
    return {"result": "12000014"}
