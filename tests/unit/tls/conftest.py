# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.tls.authority import Authority
from ansible_collections.huaweicloud.mrs.tests.unit.tls.ways import Ways, new_token
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(name="authority", scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(name="cloud", scope="module")
def _cloud(authority: Authority) -> t.Iterator[Running]:
    """A simulator that serves https, with a certificate of the authority."""
    with serve(Settings(speed=0), tls=authority.certificate("127.0.0.1")) as running:
        yield running


@pytest.fixture(name="ways")
def _ways(cloud: Running, authority: Authority, tmp_path: pathlib.Path) -> Ways:
    return Ways(tmp_path, cloud.connection, new_token(cloud.connection, authority.file))
