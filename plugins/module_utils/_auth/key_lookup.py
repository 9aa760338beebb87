# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What IAM tells of an access key: the project that is meant, and the user who owns the key.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t
from urllib.parse import quote

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import service_root
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.regions import iam_address
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    AuthError,
    MrsError,
    NonsenseError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.raw import Raw

if t.TYPE_CHECKING:
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.login import MakeIam
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import Settings
    from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.signature import Signature


WRONG_KEYS = (
    "Check access_key and secret_key, and with temporary keys security_token. They must belong "
    "together and to this cloud, and must not have expired."
)


def user_of_key(
    settings: Settings, make_iam: MakeIam, signature: t.Callable[[None, str], Signature]
) -> str | None:
    """The name of the user who owns an access key, where IAM tells it.

    It may not be allowed to ask.
    """
    if not (settings.auth_url or settings.region_name):
        return None
    root = service_root(settings.auth_url or iam_address(str(settings.region_name)), "")
    key = quote(str(settings.access_key), safe="")
    auth = signature(None, root)
    owner = _asked(
        settings,
        make_iam,
        auth,
        f"{root}/v3.0/OS-CREDENTIAL/credentials/{key}",
        "credential",
        "user_id",
    )
    if owner is None:
        return None
    return _asked(
        settings, make_iam, auth, f"{root}/v3/users/{quote(owner, safe='')}", "user", "name"
    )


def _asked(
    settings: Settings, make_iam: MakeIam, auth: Signature, url: str, outer: str, key: str
) -> str | None:
    iam = make_iam("look up the user of the access key", WRONG_KEYS)
    try:
        response = iam.request("GET", url, auth=auth, verify=settings.verify, allow_redirects=False)
        if response.status_code != 200:
            return None
        return Raw(response.json()).unwrapped(outer).text(key)
    except (MrsError, ValueError, RecursionError):
        return None


def find_project(settings: Settings, make_iam: MakeIam, root: str, auth: Signature) -> str:
    """:raises AuthError: there is not exactly one project of the name that is given."""
    name = settings.project_name or str(settings.region_name)
    iam = make_iam(f"look up the project {name}", WRONG_KEYS)
    url = f"{root}/v3/projects?name={quote(name, safe='')}"
    response = iam.request("GET", url, auth=auth, verify=settings.verify, allow_redirects=False)
    if response.status_code != 200:
        raise iam.refused(response)
    try:
        found = _projects_named(name, response.json())
    except (ValueError, RecursionError, NonsenseError) as exc:
        raise iam.nonsense(url) from exc
    if len(found) == 1:
        return found[0]
    problem, ids = "There is no project", ""
    if found:
        problem, ids = f"There are {len(found)} projects", f": {', '.join(sorted(found))}"
    raise AuthError(
        f"{problem} named {name} for this access key at {root}{ids}.",
        hint="Set project_id (HUAWEICLOUD_SDK_PROJECT_ID, OS_PROJECT_ID).",
    )


def _projects_named(name: str, answer: t.Any) -> list[str]:
    """:raises NonsenseError: the answer is not a list of projects."""
    found = []
    for project in map(Raw, Raw(answer).objects("projects")):
        identity, its_name = project.identity("id"), project.identity("name")
        if not identity or not its_name:
            raise NonsenseError("projects has an item without id or name")
        if its_name == name:
            found.append(identity)
    return found
