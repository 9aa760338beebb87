# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that can be told apart, and a search for them in all forms of writing."""

from __future__ import annotations

import base64
import json
import pathlib
import typing as t
from urllib.parse import quote, quote_plus

#: Where a secret is given, and the secret. Quotes, slashes and the like make its forms differ.
SECRETS = {
    "admin_password": 'CANARY-Adm"in\\1&x',
    "root_password": "CANARY/Root+1?x",
    "store": 'CANARY-Sto"re\\1&x',
    "wrong_password": 'CANARY "wrong" p/a+ss\\w',
    "wrong_token": "CANARY-token/with+signs=1",
    "wrong_secret_key": "CANARY/secret+key=1",
    "security_token": "CANARY/security+token=1",
    "word": "CANARY/word+in=arguments",
    "hql": "CANARY/word+in=hql",
    "script": "CANARY/word+in=script",
    "address": "CANARY%2Faddress-1",
}


def forms(secret: str) -> set[bytes]:
    """How it could be written: as it is, in JSON (also inside JSON), in an address, in base64."""
    escaped = json.dumps(secret)[1:-1]
    texts = {
        secret,
        escaped,
        json.dumps(escaped)[1:-1],
        repr(secret)[1:-1],
        quote(secret),
        quote(secret, safe=""),
    }
    texts.add(quote_plus(secret))
    found = {text.encode() for text in texts}
    for shift in range(3):  # in base64 it looks different at each place modulo 3
        encoded = base64.b64encode(b"\0" * shift + secret.encode())
        found.add(encoded[4 if shift else 0 :].rstrip(b"=")[: (len(secret) - 3) // 3 * 4])
    return found


def found_in(folder: pathlib.Path, secrets: t.Mapping[str, str]) -> list[str]:
    """Which secrets stand in which files below a folder, however deep."""
    wanted = {name: forms(secret) for name, secret in secrets.items()}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [
        f"{name} in {path.relative_to(folder)}"
        for path in files
        for name, spellings in wanted.items()
        if any(spelling in content for content in [path.read_bytes()] for spelling in spellings)
    ]
