# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A folder in the HDFS of a cluster, as the option C(path) names it. Pure.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError

#: What no part of a path has (service_v2 9).
FORBIDDEN = ":*?\"<>|\\;&,'`!{}[]$%+"
#: Bytes of a part of a path (service_v2 9).
LONGEST_PART = 255


def folder(path: str, option: str = "path") -> str:
    """The path of a folder, without a slash at its end.

    :raises OptionError: it is not absolute, or the service refuses such a path.
    """
    if not path.startswith("/"):
        raise OptionError(
            option, f"{path or 'an empty text'} is not an absolute path in HDFS, such as /user/hive"
        )
    bare = path[1:].removesuffix("/")
    for part in bare.split("/") if bare else ():
        problem = _problem(part)
        if problem:
            raise OptionError(option, f"{path}: {problem}")
    return f"/{bare}"


def _problem(part: str) -> str | None:
    if not part:
        return "a part of it is empty"
    if part.startswith(".") or part.endswith("."):
        return f"the service refuses a dot at the beginning or the end of a part, as in {part}"
    found = sorted(set(FORBIDDEN) & set(part))
    if found:
        return f"the service refuses the characters {' '.join(found)} in it"
    if len(part.encode()) > LONGEST_PART:
        return f"a part of it has more than {LONGEST_PART} bytes"
    return None
