# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import typing as t
from datetime import UTC, datetime, timedelta

import pytest
import requests

from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import login as logging_in
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth import (
    token_cache as kept_tokens,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import Settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import (
    Granted,
    TokenCache,
    token_cache,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils.scripted_iam import (
    Answer,
    ScriptedIam,
    granted,
    running,
    sent_by,
)

PASSWORD = {"username": "robot", "password": "CANARY-password", "user_domain_name": "dom"}
LOGIN = Settings(
    way="keystone",
    project_name="eu-de",
    region_name="eu-de",
    auth_url="https://iam.example.com/v3",
    auth=PASSWORD,
)


WRITE_OFTEN = """
import pathlib, sys
from datetime import datetime, timedelta, timezone
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.settings import Settings
from ansible_collections.huaweicloud.mrs.plugins.module_utils._auth.token_cache import (
    Granted, TokenCache
)

folder, letter = pathlib.Path(sys.argv[1]), sys.argv[2]
login = Settings(
    way="keystone", region_name="eu-de", auth_url="https://iam.example.com/v3",
    auth={"username": "robot"},
)
granted = Granted(letter * 5000, "p1", [], datetime.now(timezone.utc) + timedelta(hours=1))
for _time in range(20):
    cache = TokenCache(folder, login)
    cache.keep(granted)
    kept = cache.load()
    assert kept is None or len(set(kept.token)) == 1
"""


def now() -> datetime:
    return datetime.now(UTC)


def grant(token: str = "CANARY-token", lives: float = 3600) -> Granted:
    return Granted(
        token, "p1", [{"type": "mrs", "endpoints": []}], now() + timedelta(seconds=lives)
    )


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "cache" / "huaweicloud-mrs"


@pytest.fixture
def iam(monkeypatch: pytest.MonkeyPatch) -> t.Iterator[ScriptedIam]:
    monkeypatch.setenv("NO_PROXY", "*")
    with running(ScriptedIam()) as server:
        server.script = [
            granted("CANARY-token-1"),
            granted("CANARY-token-2"),
            granted("CANARY-token-3"),
        ]
        yield server


class TestWhenItIsUsed:
    @pytest.mark.parametrize("value", ["1", "true", "Yes", "on"])
    def test_the_user_asks_for_it(self, value: str) -> None:
        assert (
            token_cache(LOGIN, {"HUAWEICLOUD_MRS_TOKEN_CACHE": value, "HOME": "/home/me"})
            is not None
        )

    @pytest.mark.parametrize(
        "environ", [{}, {"HUAWEICLOUD_MRS_TOKEN_CACHE": ""}, {"HUAWEICLOUD_MRS_TOKEN_CACHE": "0"}]
    )
    def test_else_there_is_none(self, environ: dict[str, str]) -> None:
        assert token_cache(LOGIN, {"HOME": "/home/me", **environ}) is None

    @pytest.mark.parametrize("way", ["signature", "token"])
    def test_who_does_not_log_in_has_none(self, way: t.Any) -> None:
        environ = {"HUAWEICLOUD_MRS_TOKEN_CACHE": "1", "HOME": "/home/me"}
        assert token_cache(LOGIN._replace(way=way), environ) is None

    def test_it_lies_in_the_cache_folder_of_the_user(self, tmp_path: pathlib.Path) -> None:
        for environ, place in (
            ({"HOME": str(tmp_path)}, tmp_path / ".cache"),
            ({"HOME": "/home/me", "XDG_CACHE_HOME": str(tmp_path / "x")}, tmp_path / "x"),
        ):
            cache = token_cache(LOGIN, {"HUAWEICLOUD_MRS_TOKEN_CACHE": "1", **environ})
            assert cache is not None
            cache.keep(grant())
            assert len(list((place / "huaweicloud-mrs").iterdir())) == 1

    def test_a_folder_that_is_no_absolute_path_is_not_used(self) -> None:
        assert (
            token_cache(LOGIN, {"HUAWEICLOUD_MRS_TOKEN_CACHE": "1", "XDG_CACHE_HOME": "cache"})
            is None
        )


class TestFile:
    def test_what_is_kept_comes_back(self, folder: pathlib.Path) -> None:
        kept = grant()
        TokenCache(folder, LOGIN).keep(kept)
        assert TokenCache(folder, LOGIN).load() == kept

    def test_only_the_user_can_read_it(self, folder: pathlib.Path) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        [file] = folder.iterdir()
        assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)

    def test_neither_its_name_nor_its_text_has_the_password(self, folder: pathlib.Path) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        [file] = folder.iterdir()
        assert "CANARY-password" not in file.name + file.read_text()

    @pytest.mark.parametrize(
        "change",
        [
            {"auth_url": "https://other.example.com/v3"},
            {"auth": {**PASSWORD, "username": "other"}},
            {"auth": {**PASSWORD, "password": "other"}},
            {"auth": {**PASSWORD, "user_domain_name": "other"}},
            {"auth_type": "v3password"},
            {"project_name": "other"},
            {"project_id": "other"},
            {"region_name": "other"},
            {"interface": "internal"},
            {"verify": False},
        ],
        ids=str,
    )
    def test_another_login_has_another_token(
        self, folder: pathlib.Path, change: dict[str, t.Any]
    ) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        assert TokenCache(folder, LOGIN._replace(**change)).load() is None

    def test_a_token_that_nobody_says_the_end_of_is_not_kept(self, folder: pathlib.Path) -> None:
        TokenCache(folder, LOGIN).keep(dataclasses.replace(grant(), expires=None))
        assert not folder.exists()

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "{}", '{"token": "x", "expires": "soon"}', "\x00\xff"]
    )
    def test_a_spoilt_file_is_no_file(self, folder: pathlib.Path, text: str) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        [file] = folder.iterdir()
        file.write_bytes(text.encode("latin-1"))
        assert TokenCache(folder, LOGIN).load() is None

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o622])
    def test_a_file_that_others_can_read_or_change_is_not_used(
        self, folder: pathlib.Path, mode: int
    ) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        [file] = folder.iterdir()
        file.chmod(mode)
        assert TokenCache(folder, LOGIN).load() is None

    def test_a_folder_that_others_can_change_is_not_used(self, folder: pathlib.Path) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        folder.chmod(0o770)
        assert TokenCache(folder, LOGIN).load() is None
        TokenCache(folder, LOGIN._replace(project_id="other")).keep(grant())
        assert len(list(folder.iterdir())) == 1

    def test_what_belongs_to_somebody_else_is_not_used(
        self, folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        monkeypatch.setattr(kept_tokens.os, "geteuid", lambda: os.getuid() + 1)
        assert TokenCache(folder, LOGIN).load() is None

    def test_a_link_is_not_followed(self, folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
        TokenCache(folder, LOGIN).keep(grant())
        [file] = folder.iterdir()
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
        assert TokenCache(folder, LOGIN).load() is None

    def test_a_folder_that_is_a_link_is_not_used(
        self, folder: pathlib.Path, tmp_path: pathlib.Path
    ) -> None:
        real = tmp_path / "real"
        real.mkdir(mode=0o700)
        folder.parent.mkdir()
        folder.symlink_to(real)
        TokenCache(folder, LOGIN).keep(grant())
        assert list(real.iterdir()) == []

    def test_where_nothing_can_be_written_nothing_is_kept(self, tmp_path: pathlib.Path) -> None:
        (tmp_path / "file").write_text("")
        cache = TokenCache(tmp_path / "file" / "cache", LOGIN)
        cache.keep(grant())
        cache.drop()
        assert cache.load() is None

    def test_many_processes_that_write_at_once_leave_one_whole_file(
        self, folder: pathlib.Path
    ) -> None:
        # Processes of their own, not a pool: where one of its workers cannot import this file, a
        # pool waits for ever.
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITE_OFTEN, str(folder), letter], env=environ)
            for letter in "abcd"
        ]
        assert [writer.wait(300) for writer in writers] == [0, 0, 0, 0]
        [file] = folder.iterdir()
        assert json.loads(file.read_text())["token"] in {letter * 5000 for letter in "abcd"}


class TestLogin:
    def connect(
        self, iam: ScriptedIam, folder: pathlib.Path, **changes: t.Any
    ) -> logging_in.Access:
        settings = LOGIN._replace(auth_url=f"{iam.url}/v3", **changes)
        return logging_in.connect(settings, timeout=60, now=now, cache=TokenCache(folder, settings))

    def token_of(self, access: logging_in.Access) -> str:
        return sent_by(access)["X-Auth-Token"]

    def test_the_second_task_does_not_ask_iam(self, iam: ScriptedIam, folder: pathlib.Path) -> None:
        first, second = self.connect(iam, folder), self.connect(iam, folder)
        assert (self.token_of(first), self.token_of(second)) == ("CANARY-token-1", "CANARY-token-1")
        assert (first.endpoint, first.project_id) == (second.endpoint, second.project_id)
        assert len(iam.seen) == 1

    def test_a_token_that_ends_soon_is_renewed_before_it_does(
        self, iam: ScriptedIam, folder: pathlib.Path
    ) -> None:
        iam.script = [granted("CANARY-token-1", lives=299), granted("CANARY-token-2")]
        self.connect(iam, folder)
        assert self.token_of(self.connect(iam, folder)) == "CANARY-token-2"
        assert self.token_of(self.connect(iam, folder)) == "CANARY-token-2"
        assert len(iam.seen) == 2

    def test_a_token_that_the_service_refuses_is_replaced_for_all(
        self, iam: ScriptedIam, folder: pathlib.Path
    ) -> None:
        self.connect(iam, folder)
        access = self.connect(iam, folder)
        assert access.renew() is True
        assert self.token_of(access) == "CANARY-token-2"
        assert self.token_of(self.connect(iam, folder)) == "CANARY-token-2"
        assert len(iam.seen) == 2

    def test_a_refused_login_keeps_nothing(self, iam: ScriptedIam, folder: pathlib.Path) -> None:
        iam.script = [Answer(401, {"error": {"code": 401, "message": "no"}})]
        with pytest.raises(logging_in.AuthError):
            self.connect(iam, folder)
        assert not folder.exists()

    def test_a_token_that_ends_during_a_wait_is_replaced(
        self, iam: ScriptedIam, folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.connect(iam, folder)
        access = self.connect(iam, folder)
        request = requests.Request("GET", "https://mrs.example.com").prepare()
        monkeypatch.setattr(kept_tokens, "MARGIN", timedelta(days=2))  # as if a day had passed
        assert access.auth(request).headers["X-Auth-Token"] == "CANARY-token-2"
