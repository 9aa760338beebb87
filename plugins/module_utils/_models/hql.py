# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service's own Base64 for SQL statements (service_v1 Q21).

The letters J and L are swapped, and one letter stands in front.

See the field C(hql) in U(https://docs.otc.t-systems.com/mapreduce-service/api-ref/).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import base64
import binascii

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.answers import clean

_SWAP = str.maketrans("JL", "LJ")
#: The service takes any letter here. A fixed one keeps the same statement the same text.
_FRONT = "g"


def encode_hql(statement: str) -> str:
    """C(show tables;) becomes C(gc2hvdyB0YWLsZXM7)."""
    return _FRONT + base64.b64encode(statement.encode()).decode().translate(_SWAP)


def decode_hql(text: str) -> str:
    """The statement; a text that is not encoded comes back as it is."""
    try:
        return clean(base64.b64decode(text[1:].translate(_SWAP), validate=True).decode())
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return text
