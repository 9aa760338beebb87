# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which proxy a request takes, by the environment alone and as C(requests) reads it.

On macOS C(requests) would also ask the system, whose library must not be used in a forked process
such as Ansible's.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import ipaddress
import typing as t
from urllib.parse import urlsplit

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.deps import load
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.redact import login_in

Environ = t.Mapping[str, str]
VARIABLES = ("http_proxy", "https_proxy", "all_proxy")
SOCKS = ("socks4", "socks4a", "socks5", "socks5h")


def proxies_for(url: str, environ: Environ) -> dict[str, str]:
    """The proxy for this address, in the form that C(requests) takes; empty where there is none.

    :raises OptionError: a variable does not name one.
    """
    parts = urlsplit(url)
    if _is_exempt(parts.hostname or "", parts.port, _read(environ, "no_proxy")):
        return {}
    for name in (f"{parts.scheme}_proxy", "all_proxy"):
        if proxy := _read(environ, name):
            _check(name.upper(), proxy)
            return {parts.scheme: proxy}
    return {}


def logins(environ: Environ) -> set[str]:
    """What must not be shown of the addresses of proxies."""
    return {login for name in VARIABLES for login in login_in(_read(environ, name))}


def _read(environ: Environ, name: str) -> str:
    """A variable. The spelling in small letters wins, also when it is empty."""
    return environ.get(name, environ.get(name.upper(), "")).strip()


def _is_exempt(host: str, port: int | None, exceptions: str) -> bool:
    entries = exceptions.replace(" ", "").lower().split(",")
    if entries == ["*"]:
        return True
    names = (host, f"{host}:{port}")
    return any(entry and _covers(entry, names) for entry in entries)


def _covers(entry: str, names: tuple[str, str]) -> bool:
    """One of the names is the entry or below it, or is an address in its network."""
    try:
        return ipaddress.ip_address(names[0]) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        domain = entry.lstrip(".")
        return any(name == domain or name.endswith(f".{domain}") for name in names)


def _check(variable: str, proxy: str) -> None:
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https", *SOCKS):
        raise OptionError(
            variable, "is not the address of a proxy, such as http://proxy.example.com:3128."
        )
    if parts.scheme in SOCKS:
        load("socks", "PySocks", f"for the proxy that {variable} names")
