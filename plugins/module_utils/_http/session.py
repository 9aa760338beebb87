# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the sessions that send all requests.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import functools
import os
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.exchange import Exchange
from ansible_collections.huaweicloud.mrs.plugins.module_utils._http.proxies import proxies_for

if t.TYPE_CHECKING:
    import requests


#: Connections that are kept. With fewer than there are requests side by side, each further one is
#: made anew.
MOST_CONNECTIONS = 64


def new_session(environ: t.Mapping[str, str] | None = None) -> requests.Session:
    """A session that ignores redirects: it does not follow them, nor fail at a bad address in one.

    It reads no file with passwords (netrc), and of the C(environ) the proxies and the authorities
    only.
    """
    session: t.Any = load("requests", "requests", "to talk to the cloud").Session()
    session.trust_env = False
    session.merge_environment_settings = functools.partial(
        _settings, os.environ if environ is None else environ
    )
    session.get_redirect_target = _nowhere
    session.headers["Accept-Encoding"] = "gzip"
    exchange = Exchange(MOST_CONNECTIONS)
    for scheme in ("http://", "https://"):
        session.mount(scheme, exchange)
    return t.cast("requests.Session", session)


def _settings(
    environ: t.Mapping[str, str],
    url: str,
    _proxies: t.Any,
    stream: t.Any,
    verify: t.Any,
    cert: t.Any,
) -> dict[str, t.Any]:
    """What C(requests) takes from the environment for one request."""
    if verify in (True, None):
        verify = environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE") or True
    return {"proxies": proxies_for(url, environ), "stream": stream, "verify": verify, "cert": cert}


def _nowhere(_response: requests.Response) -> None:
    return None
